"""A screen that has the key files what the shell captures without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from plannertui.store import inbox, items
from plannertui.store.items import Filter
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.capture import CaptureLine
from plannertui.tui.intake import Intake
from plannertui.tui.main import MainScreen
from tests import sealed
from tests.tui.sample import TODAY, planner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from plannertui.store.open import Store
    from tests.conftest import Ptui


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "planner.db"
    sealed.planned(path)
    db = sealed.opened(path)
    yield db
    db.close()


@pytest.fixture
def app(store: Store, now: datetime) -> PlannerApp:
    return PlannerApp(planner(store, now))


def said(app: PlannerApp) -> list[str]:
    return [toast.message for toast in app._notifications]


async def test_it_is_filed_shown_and_said(
    app: PlannerApp, store: Store, ptui: Ptui
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        intake = Intake(app, app.planner)
        intake.look()
        assert said(app) == []
        ptui("note", "from the shell @nobody")
        # Also under a dialog: what is typed there is left alone.
        await pilot.press("a", *"half a")
        await pilot.pause()
        intake.look()
        await pilot.pause()
        assert isinstance(app.screen, CaptureLine)
        assert said(app) == [
            "1 line that was captured while locked is filed: J1",
            "J1  @nobody kept as text",
        ]
        main = cast(MainScreen, app.screen_stack[0])
        main._poll()
        await pilot.pause()
        journal: Any = main.query_one("#journal")
        assert [i.text for i in journal.lines.items] == ["from the shell @nobody"]
        found = items.ls(store, Filter(since=TODAY, until=TODAY))
        assert [item.text for item in found] == ["from the shell @nobody"]
        assert not inbox.waits(store.path)


async def test_what_fails_is_said_once_and_tried_again(
    app: PlannerApp, store: Store, ptui: Ptui, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plannertui.core.errors import DiskFull
    from plannertui.store import filing

    def full(*_args: Any, **_options: Any) -> None:
        raise DiskFull("No room.")

    # What looks every second is this test.
    monkeypatch.setattr(Intake, "begin", lambda _self: None)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        intake = Intake(app, app.planner)
        ptui("note", "one")
        with inbox.Inbox(store.path):
            intake.look()
        assert said(app) == []
        with monkeypatch.context() as patch:
            patch.setattr(filing, "file_capture", full)
            intake.look()
            intake.look()
        await pilot.pause()
        assert said(app) == ["What was captured while locked still waits: No room."]
        ptui("note", "two")
        intake.look()
        assert len(items.ls(store, Filter(since=TODAY, until=TODAY))) == 2
