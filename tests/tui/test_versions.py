"""The versions of what the cursor is on: shown, read, and one brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from plannertui.store import entries
from plannertui.store.history import undo
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.versions import VersionsDialog
from plannertui.tui.panes.journal import JournalPane
from plannertui.tui.widgets.items import ItemList
from tests.tui.sample import planner

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_a_version_comes_back(
    store: Store, now: datetime, size: tuple[int, int]
) -> None:
    entry = entries.add(store, text="the old [/] budget", day=now.date(), now=now)
    entries.edit(store, entry, now, text="the new [/] budget")
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.screen.query_one(JournalPane).query_one(ItemList).focus()
        await pilot.press("Z")
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, VersionsDialog)
        shown = str(dialog.query_one("#differences", Static).render())
        assert "[-old-]{+new+} [/] budget" in shown
        await pilot.press("down", "enter")
        await pilot.pause()
        assert entries.get(store, entry.id).text == "the old [/] budget"
    undo(store, now)
    assert entries.get(store, entry.id).text == "the new [/] budget"


async def test_one_version_and_none(store: Store, now: datetime) -> None:
    entries.add(store, text="once", day=now.date(), now=now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        app.screen.query_one(JournalPane).query_one(ItemList).focus()
        await pilot.press("Z")
        await pilot.pause()
        assert isinstance(app.screen, VersionsDialog)
        keys = "\n".join(str(each.render()) for each in app.screen.query(Static))
        assert "never changed" in keys
        await pilot.press("enter", "escape", "1", "Z")
        await pilot.pause()
        assert not isinstance(app.screen, VersionsDialog)
