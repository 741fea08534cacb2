"""Backups on the screen: made when due, listed, looked at, put in place; told if they fail."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from plannertui import i18n
from plannertui.core.text import cell_width
from plannertui.store import backups, entries, rewriting, tended
from plannertui.store.key import Key
from plannertui.store.open import Store, open_store
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.backups import BackupsDialog
from plannertui.tui.dialogs.confirm import Confirm
from plannertui.tui.main import MainScreen
from plannertui.tui.status import StatusLine
from plannertui.tui.widgets.rows import RowList
from tests.tui.sample import planner

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZE = (100, 30)


@pytest.fixture
def written(store: Store, now: datetime) -> Store:
    """A store with one entry, whose owner was welcomed."""
    store.set_meta("welcomed", "1")
    entries.add(store, text="one", day=now.date(), now=now)
    return store


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot, opening=key == "B")


async def settle(pilot: Pilot[None], *, opening: bool = False) -> None:
    """Until nothing is at work any longer, and the dialog is there."""
    await pilot.pause(0.02)
    for _ in range(400):
        await pilot.pause(0.01)
        dialog = pilot.app.screen
        if not isinstance(dialog, BackupsDialog):
            if opening:
                continue
            break
        if not dialog._busy and dialog.query_one(RowList).lines:
            break
    await pilot.pause()
    await pilot.pause()


def shown(app: PlannerApp) -> list[str]:
    return [line.text for line in app.screen.query_one(RowList).lines]


def said(app: PlannerApp) -> str:
    return str(app.screen.query_one("#backups-said", Static).content)


def top(app: PlannerApp) -> str:
    return app.screen_stack[0].query_one(StatusLine).render().plain


def texts(db: Store) -> list[str]:
    return [row[0] for row in db.read("SELECT text FROM entry ORDER BY id")]


async def test_made_looked_at_and_put_in_place(written: Store, now: datetime) -> None:
    app = PlannerApp(planner(written, now))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "B")
        assert isinstance(app.screen, BackupsDialog)
        assert "There is no backup yet" in shown(app)[0]
        keys = app.screen.query_one("#backups-keys", Static)
        # No key is shown that would do nothing.
        assert str(keys.content) == "b back up now   Esc back"
        await press(pilot, "enter", "v")
        await press(pilot, "b")
        assert said(app) == "B1 is made, and whole."
        (row,) = shown(app)
        for part in ("B1", "2024-09-14 18:10", "whole", "1 entry", "asked for"):
            assert part in row
        await press(pilot, "v")
        assert said(app) == "B1 is whole."
        entries.add(written, text="two", day=now.date(), now=now)
        await press(pilot, "enter")
        assert isinstance(app.screen, Confirm)
        assert "Lost: 1, won back: 0" in app.screen.detail
        await press(pilot, "n")
        assert texts(written) == ["one", "two"]
        await press(pilot, "enter")
        await press(pilot, "y")
        await pilot.pause()
        assert isinstance(app.screen, MainScreen)
        assert texts(written) == ["one"]
        # The same store is written to and read on, with its keys and panes.
        entries.add(written, text="three", day=now.date(), now=now)
        app.screen.reload()
        await press(pilot, "a")
        await press(pilot, *"four", "enter")
        assert texts(written) == ["one", "three", "four"]
    (kept,) = Path(written.path).parent.glob("before-restore/*.db")
    copy = open_store(str(kept), now=now)
    assert texts(copy) == ["one", "two"]
    copy.close()


async def test_one_is_made_when_it_is_due(written: Store, now: datetime) -> None:
    later = now + timedelta(hours=21)
    app = PlannerApp(planner(written, later))
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        (made,) = backups.ls(written.path)
        assert (made.why, made.state) == ("due", "whole")
        assert "backup" not in top(app)


async def test_one_that_fails_stands_on_top(written: Store, now: datetime) -> None:
    Path(written.path).parent.joinpath("backups").write_text("in the way")
    app = PlannerApp(planner(written, now + timedelta(hours=21)))
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "backup failed" in top(app)
        assert any("No backup was made" in n.message for n in app._notifications)
        await press(pilot, "B")
        assert said(app) == "backup failed: its folder cannot be written"
        await press(pilot, "b")
        assert "backups" in said(app)


async def test_a_damaged_one_is_not_put_in_place(written: Store, now: datetime) -> None:
    made = backups.make(written, now, "asked")
    with open(made.path, "r+b") as file:
        file.seek(20_000)
        file.write(b"\xff" * 5000)
    app = PlannerApp(planner(written, now))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "B", "enter")
        assert isinstance(app.screen, BackupsDialog)
        assert "damaged" in said(app)
        await press(pilot, "v")
        assert "B1 is damaged" in said(app)
        assert "damaged" in shown(app)[0]
    assert texts(written) == ["one"]


async def test_of_a_sealed_store(written: Store, now: datetime) -> None:
    """An older plain one goes in sealed; one of another passphrase goes to the shell."""
    plain = backups.make(written, now, "asked")
    one = Key(b"1" * 32, b"\xf0salt of one key")
    other = Key(b"2" * 32, b"\xf1salt of another")
    path = written.path
    written.close()
    rewriting.convert(path, None, other)
    db = open_store(path, now=now, key=other)
    backups.make(db, now, "key")
    db.close()
    rewriting.convert(path, other, one)
    db = open_store(path, now=now, key=one)
    app = PlannerApp(planner(db, now))
    try:
        async with app.run_test(size=SIZE) as pilot:
            await press(pilot, "B")
            assert "not encrypted" in shown(app)[1]
            await press(pilot, "enter")
            assert "ptui restore B2" in said(app)
            await press(pilot, "b")
            assert said(app) == "B3 is made, and whole."
            await press(pilot, "end", "enter")
            assert isinstance(app.screen, Confirm)
            await press(pilot, "y")
            await pilot.pause()
            assert db.key == one
            assert texts(db) == ["one"]
    finally:
        db.close()
    assert plain.sealed is False


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
async def test_it_fits(
    written: Store, now: datetime, size: tuple[int, int], language: str
) -> None:
    i18n.use(language)
    for number in range(12):
        backups.make(written, now + timedelta(minutes=number), "migration")
    app = PlannerApp(planner(written, now, language, frame="ascii"))
    async with app.run_test(size=size) as pilot:
        await press(pilot, "B")
        rows = app.screen.query_one(RowList)
        assert len(rows.rows) == 10
        assert all(cell_width(text) <= rows.size.width for text in shown(app))
        box = app.screen.query_one("#backups").region
        assert box.height <= size[1]
        assert box.width <= size[0]
        keys = app.screen.query_one(".keys").region
        assert keys.bottom <= size[1]


async def test_no_backup_for_long_is_told(written: Store, now: datetime) -> None:
    shared = planner(written, now + timedelta(days=5))
    shared.settings.backup_hours = 20
    written.set_meta(tended.TRIED, str(int((now + timedelta(days=5)).timestamp())))
    app = PlannerApp(shared)
    async with app.run_test(size=(160, 30)) as pilot:
        await pilot.pause()
        assert "no backup for 5 days" in top(app)
