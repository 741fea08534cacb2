"""Seeing an entry again on the main screen: then above, now under the pen, put off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from plannertui.store import entries, revisits
from plannertui.tui.app import PlannerApp
from plannertui.tui.main import MainScreen
from plannertui.tui.panes.reflect import ReflectPane
from tests.tui.sample import planner

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.core.entries import Entry
    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)
THEN = TODAY - timedelta(days=30)


@pytest.fixture
def old(store: Store, now: datetime) -> Entry:
    store.set_meta("welcomed", "1")
    return entries.add(
        store,
        text="The pilot will be dropped.",
        day=THEN,
        now=now - timedelta(days=30),
        revisit_on=TODAY,
    )


async def test_then_and_now_stand_together(
    store: Store, now: datetime, old: Entry
) -> None:
    app = PlannerApp(planner(store, now, calendar="CN"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        pane = cast(MainScreen, app.screen).query_one(ReflectPane)
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert len(pane.asked) == 2
        assert "asked to be seen again" not in pane.card.why.text
        await pilot.press("n")
        await pilot.pause()
        assert "asked to be seen again" in pane.card.why.text
        assert "The pilot will be dropped." in pane.card.then.text
        await pilot.press("enter", *"Half", "escape")
        await pilot.pause()
        await pilot.pause()
        (said,) = revisits.answers(store, old)
        assert said.text == "Half"
        assert revisits.due(store, date(2030, 1, 1)) == []
        # Then and now are still there for the day.
        assert "The pilot will be dropped." in pane.card.then.text
        assert pane.editor.text == "Half"


async def test_it_is_put_off_and_ended_by_a_key(
    store: Store, now: datetime, old: Entry
) -> None:
    app = PlannerApp(planner(store, now, calendar="CN"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("escape", "n", "z")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert entries.get(store, old.id).revisit_on == date(2024, 10, 14)
        pane = cast(MainScreen, app.screen).query_one(ReflectPane)
        assert len(pane.asked) == 1
