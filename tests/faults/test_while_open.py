"""Case 74: the disk fills up, the file goes away, the machine sleeps, all while one types."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import DiskFull, StoreError
from plannertui.store import drafts, entries
from plannertui.store.open import open_store
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.capture import CaptureLine
from plannertui.tui.isnew import WELCOMED
from plannertui.tui.planner import Planner
from tests.terminal import Terminal, planner
from tests.tui.sample import fill
from tests.tui.sample import planner as planner_of

if TYPE_CHECKING:
    from plannertui.store.open import Store

SENTENCE = "Officer B ran the counter"


@pytest.fixture
def db(tmp_path: Path, now: datetime) -> Path:
    """A store in a folder of its own, its first run over, with one entry in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    path = folder / "planner.db"
    store = open_store(str(path), now=now)
    store.set_meta(WELCOMED, "1")
    entries.add(store, text="a quiet morning", day=now.date(), now=now)
    store.close()
    return path


def kept(path: Path, now: datetime) -> list[str]:
    store = open_store(str(path), now=now)
    try:
        return [draft.body for draft in drafts.ls(store)]
    finally:
        store.close()


def begin(terminal: Terminal, text: str) -> None:
    terminal.wait_for("a quiet morning")
    terminal.wait(terminal.settled, "a calm screen")
    terminal.press("r")
    terminal.wait_for("Ctrl+S")
    terminal.type(text)
    terminal.wait_for(text)


# -- the file ----------------------------------------------------------------------------


@pytest.mark.case(74)
@pytest.mark.parametrize("how", ["the file", "the folder", "another file"])
def test_a_store_that_goes_away_while_one_types(
    db: Path, now: datetime, how: str
) -> None:
    """Said at once, nothing written into the void, and all there when it is back."""
    away = db.parent.parent / "away"
    with planner(db) as terminal:
        begin(terminal, SENTENCE)
        terminal.wait(lambda: kept(db, now) == [SENTENCE], "the draft")
        if how == "the folder":
            db.parent.rename(away)
        else:
            away.mkdir()
            for path in list(db.parent.iterdir()):
                path.rename(away / path.name)
            if how == "another file":
                open_store(str(db), now=now).close()
        terminal.wait_for("was removed or replaced")
        terminal.type(" alone")
        terminal.wait_for("not saved")
        terminal.wait_for(SENTENCE + " alone")
        # Quitting would lose it: that is said first.
        terminal.press("ctrl+q")
        terminal.wait_for("could not be kept")
        assert terminal.process.poll() is None
        if how == "the folder":
            away.rename(db.parent)
        else:
            for path in list(db.parent.iterdir()):
                path.unlink()
            for path in list(away.iterdir()):
                path.rename(db.parent / path.name)
        terminal.wait(lambda: kept(db, now) == [SENTENCE + " alone"], "the draft")
        terminal.press("ctrl+s")
        terminal.wait_for("saved 18:10")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()
        terminal.assert_safe()
    store = open_store(str(db), now=now)
    assert entries.get(store, "J2").text == SENTENCE + " alone"
    assert store.read("PRAGMA integrity_check") == [("ok",)]
    store.close()


@pytest.mark.case(74)
def test_quitting_twice_leaves_without_what_cannot_be_kept(
    db: Path, now: datetime
) -> None:
    with planner(db) as terminal:
        begin(terminal, SENTENCE)
        terminal.wait(lambda: kept(db, now) == [SENTENCE], "the draft")
        shutil.rmtree(db.parent)
        terminal.type("!")
        terminal.wait_for("not saved")
        terminal.press("ctrl+q")
        terminal.wait_for("Quit again")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()
    assert not db.exists(), "an empty store was put in its place"


@pytest.mark.case(74)
def test_a_signal_says_what_it_could_not_keep(db: Path, now: datetime) -> None:
    with planner(db) as terminal:
        begin(terminal, SENTENCE)
        terminal.wait(lambda: kept(db, now) == [SENTENCE], "the draft")
        shutil.rmtree(db.parent)
        terminal.type("!")
        terminal.wait_for(SENTENCE + "!")
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_exit() == 143
        assert "could not be kept" in terminal.text
        assert SENTENCE not in terminal.text


@pytest.mark.case(74)
def test_a_verb_writes_into_no_file_that_is_gone(store: Store, now: datetime) -> None:
    os.rename(store.path, store.path + ".away")
    with pytest.raises(StoreError, match="removed or replaced"):
        entries.add(store, text="void", day=now.date(), now=now)
    with pytest.raises(StoreError, match="removed or replaced"):
        drafts.put(store, "new:capture", "void", now=now, session="1:2")
    os.rename(store.path + ".away", store.path)
    assert entries.add(store, text="back", day=now.date(), now=now).handle == "J1"


def is_capture(app: PlannerApp) -> bool:
    return isinstance(app.screen, CaptureLine)


# -- the disk ----------------------------------------------------------------------------


@pytest.mark.case(5, 74)
async def test_a_line_that_cannot_be_kept_is_not_left(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Esc and quitting stay where the text is, as long as nothing else holds it."""
    fill(store, now)
    app = PlannerApp(planner_of(store, now))

    def full(*args: object, **options: object) -> None:
        raise DiskFull("No room to write.")

    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("a", *"> list")
        with monkeypatch.context() as patch:
            patch.setattr(drafts, "put", full)
            await pilot.press("escape")
            await pilot.pause()
            assert is_capture(app)
            await pilot.press("ctrl+q")
            await pilot.pause()
            assert app.is_running
            said = [note.message for note in app._notifications]
            assert any("could not be kept: No room to write." in each for each in said)
        await pilot.press("escape")
        await pilot.pause()
        assert not is_capture(app)
    assert [draft.body for draft in drafts.ls(store)] == ["> list"]


@pytest.mark.case(5, 74)
async def test_who_says_it_twice_leaves_a_line_that_cannot_be_kept(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is held in a line for ever, and a line that was changed asks again."""
    fill(store, now)
    app = PlannerApp(planner_of(store, now))

    def full(*args: object, **options: object) -> None:
        raise DiskFull("No room to write.")

    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("a", *"> list")
        monkeypatch.setattr(drafts, "put", full)
        await pilot.press("escape")
        await pilot.press("s", "escape")
        await pilot.pause()
        assert is_capture(app)
        said = [note.message for note in app._notifications]
        assert any("Esc again" in each for each in said)
        await pilot.press("escape")
        await pilot.pause()
        assert not is_capture(app)


@pytest.mark.case(7, 74)
async def test_a_store_that_cannot_be_looked_at_is_said_and_asked_again(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the screen does once a second does not end the program."""
    fill(store, now)
    app = PlannerApp(planner_of(store, now))

    def broken(_self: Store) -> int:
        raise DiskFull("disk I/O error")

    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for keys in ((), ("5",)):
            await pilot.press(*keys)
            with monkeypatch.context() as patch:
                patch.setattr(type(store), "version", broken)
                app.screen._poll()  # type: ignore[attr-defined]
                await pilot.pause()
                said = [note.message for note in app._notifications]
                assert "disk I/O error" in said
            app.clear_notifications()
            app.screen._poll()  # type: ignore[attr-defined]
            await pilot.pause()
            assert not app._notifications
            assert app.is_running


@pytest.mark.case(74)
def test_every_flush_that_fails_is_known(store: Store, now: datetime) -> None:
    shared: Planner = planner_of(store, now)
    done: list[str] = []

    def fails() -> None:
        raise DiskFull("No room.")

    shared.keep(fails)
    shared.keep(lambda: done.append("kept"))
    assert not shared.flush_drafts()
    assert done == ["kept"]
    assert isinstance(shared.unkept, DiskFull)
    shared.let_go(fails)
    assert shared.flush_drafts()
    assert shared.unkept is None


# -- the machine sleeps ------------------------------------------------------------------

MOVED = """
import sys
from datetime import datetime
from plannertui.cli import clock
file = sys.argv.pop(1)
def now(env):
    with open(file) as moment:
        return datetime.fromisoformat(moment.read())
clock.now = now
from plannertui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def set_clock(file: Path, moment: datetime) -> None:
    part = file.with_suffix(".part")
    part.write_text(moment.isoformat())
    part.replace(file)


@pytest.mark.case(30, 74)
@pytest.mark.parametrize(
    "asleep",
    [timedelta(hours=14), timedelta(hours=-1)],
    ids=["a night", "back an hour"],
)
def test_a_machine_that_slept(
    db: Path, now: datetime, tmp_path: Path, asleep: timedelta
) -> None:
    """Stopped in the middle of a sentence; the clock is another one when it wakes."""
    clock = tmp_path / "clock"
    set_clock(clock, now)
    command = [sys.executable, "-c", MOVED, str(clock)]
    with Terminal(command, env={"PLANNERTUI_DB": str(db)}) as terminal:
        begin(terminal, SENTENCE)
        terminal.kill(signal.SIGSTOP)
        set_clock(clock, now + asleep)
        terminal.type(", alone")
        terminal.kill(signal.SIGCONT)
        terminal.wait_for(SENTENCE + ", alone")
        terminal.press("ctrl+s")
        terminal.wait_for("saved")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()
        terminal.assert_safe()
    store = open_store(str(db), now=now)
    try:
        entry = entries.get(store, "J2")
        assert entry.text == SENTENCE + ", alone"
        # It was begun on that evening, and belongs to it.
        assert entry.day == now.date()
        assert drafts.ls(store) == []
    finally:
        store.close()
