"""Locking: every text goes, the store is shut, and what was typed is there again."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import weakref
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, Static

from plannertui import i18n
from plannertui.core.errors import DiskFull, Locked, WrongPassphrase
from plannertui.store import drafts, entries, keeper, key, sealing
from plannertui.store.open import open_store
from plannertui.store.shut import Shut, locked_store
from plannertui.tui import curtain, locking, opener, status
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.capture import CaptureLine
from plannertui.tui.dialogs.check_in import CheckInDialog
from plannertui.tui.dialogs.drafts import DraftDialog
from plannertui.tui.editor import Editor
from plannertui.tui.isnew import WELCOMED
from plannertui.tui.main import MainScreen
from plannertui.tui.screens.unlock import UnlockScreen
from plannertui.tui.secret import Secret
from tests.conftest import NOW
from tests.terminal import Terminal
from tests.terminal import planner as on_terminal
from tests.tui.sample import fill, planner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.pilot import Pilot

    from plannertui.store.key import Key
    from plannertui.store.open import Store
    from tests.conftest import Ptui

WORDS = "quiet river"
CHEAP = (1 << 10, 8, 1)
CANARY = "the quetzal canary"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cheap set of parameters: what it costs to guess is not what is tried here."""
    monkeypatch.setitem(key.KDFS, 1, CHEAP)
    monkeypatch.setattr(opener, "STEP", 0.0)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Key]:
    """The folder of a sealed store with a year in it, and its key."""
    folder = tmp_path_factory.mktemp("sealed")
    path = str(folder / "planner.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(key.KDFS, 1, CHEAP)
        store = open_store(path, now=NOW)
        fill(store, NOW)
        store.set_meta(WELCOMED, "1")
        entries.add(store, text=CANARY, day=NOW.date(), now=NOW)
        store.close()
        return folder, sealing.set_passphrase(path, WORDS)


@pytest.fixture
def sealed(filled: tuple[Path, Key], tmp_path: Path, quick: None) -> Key:
    """The key of a copy of it, which the test may have."""
    folder, its_key = filled
    for name in ("planner.db", "planner.db.seal"):
        shutil.copyfile(folder / name, tmp_path / name)
    return its_key


@pytest.fixture
def db(sealed: Key, tmp_path: Path, now: datetime) -> Iterator[Store]:
    """That store, open."""
    store = open_store(str(tmp_path / "planner.db"), now=now, key=sealed)
    yield store
    store.close()


def begin(db: Store, now: datetime) -> PlannerApp:
    return PlannerApp(planner(db, now))


def top(app: PlannerApp) -> Any:
    """The screen on top, by now."""
    return app.screen


def focused(app: PlannerApp) -> Any:
    """What has the focus, by now."""
    return app.focused


def is_locked(app: PlannerApp) -> bool:
    return app.locked


def is_hidden(app: PlannerApp) -> bool:
    return app.drawn


async def until(pilot: Pilot[None], done: Callable[[], bool]) -> None:
    for _n in range(3000):
        await pilot.pause(0.01)
        if done():
            return
    raise AssertionError(f"never came; on top is {pilot.app.screen}")


async def unlock(pilot: Pilot[None], app: PlannerApp, words: str = WORDS) -> None:
    await until(pilot, lambda: bool(top(app).query(Secret)))
    await until(pilot, lambda: not top(app).query_one(Secret).disabled)
    top(app).query_one(Secret).value = words
    await pilot.press("enter")


def said(app: PlannerApp) -> str:
    return str(top(app).query_one("#said", Static).content)


def open_files(path: str) -> list[str]:
    """The files of the store that this process has open."""
    found = []
    for each in Path("/proc/self/fd").iterdir():
        try:
            name = os.readlink(each)
        except OSError:
            continue
        if name.startswith(path) and not name.endswith(".lock"):
            found.append(name)
    return found


# -- a store that is locked at the start -----------------------------------------------


@pytest.fixture
def shut_app(sealed: Key, tmp_path: Path, now: datetime) -> Iterator[PlannerApp]:
    """The program on a store that nobody has opened."""
    db = open_store(str(tmp_path / "planner.db"), now=now, key=sealed)
    shared = planner(db, now)
    db.close()
    shared.db = locked_store(db.path)
    yield PlannerApp(shared)
    shared.db.close()


async def test_what_was_captured_meanwhile_is_there(
    shut_app: PlannerApp, ptui: Ptui
) -> None:
    assert ptui("note", "from the locked shell").out.startswith("sealed")
    app = shut_app
    async with app.run_test(size=(120, 36)) as pilot:
        await unlock(pilot, app)
        await until(pilot, lambda: isinstance(top(app), MainScreen))

        def shown() -> bool:
            lines = top(app).query_one("#journal").lines.items
            return any("from the locked shell" in item.text for item in lines)

        await until(pilot, shown)
        assert any("is filed: J" in toast.message for toast in app._notifications)
    assert ptui("inbox", "--json").json["waiting"] == 0


@pytest.mark.parametrize("by", ["passphrase", "code"])
async def test_it_begins_with_the_unlock_screen_alone(
    shut_app: PlannerApp, sealed: Key, by: str
) -> None:
    app = shut_app
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(focused(app), Secret))
        assert [type(screen) for screen in app.screen_stack] == [UnlockScreen]
        field = top(app).query_one(Secret)
        await pilot.press(*"rivers")
        assert "rivers" not in str(field._value)
        await pilot.press("enter")
        await until(pilot, lambda: "not the passphrase" in said(app))
        await until(pilot, lambda: not field.disabled)
        assert field.value == ""
        assert is_locked(app)
        await unlock(pilot, app, WORDS if by == "passphrase" else sealed.code)
        await until(pilot, lambda: isinstance(top(app), MainScreen))
        assert [type(screen) for screen in app.screen_stack] == [MainScreen]
        assert not is_locked(app)
        assert app.planner.db.key == sealed
        line = top(app).query_one(status.StatusLine)
        assert "encrypted" in str(line.render())
        assert "not encrypted" not in str(line.render())


async def test_a_mistyped_code_is_told_from_a_wrong_passphrase(
    shut_app: PlannerApp, sealed: Key
) -> None:
    wrong = sealed.code[:-1] + ("1" if sealed.code[-1] != "1" else "2")
    async with shut_app.run_test(size=(80, 24)) as pilot:
        await unlock(pilot, shut_app, wrong)
        await until(pilot, lambda: "mistyped" in said(shut_app))
        await unlock(pilot, shut_app, sealed.code.lower())
        await until(pilot, lambda: isinstance(top(shut_app), MainScreen))


async def test_waiting_grows_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    rested: list[float] = []

    async def rest(seconds: float) -> None:
        rested.append(seconds)

    async def never(*_asked: object) -> Key:
        raise WrongPassphrase("no")

    monkeypatch.setattr("asyncio.sleep", rest)
    monkeypatch.setattr("asyncio.to_thread", never)
    it = opener.Opener()
    for _n in range(9):
        with pytest.raises(WrongPassphrase):
            await it.key_for("", "")
        await it.wait()
    assert rested == [1, 2, 3, 4, 5, 5, 5, 5]


async def test_nothing_but_quitting_gets_past_it(
    shut_app: PlannerApp, tmp_path: Path
) -> None:
    before = (tmp_path / "planner.db").read_bytes()
    async with shut_app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(focused(shut_app), Secret))
        await pilot.press("ctrl+p", "question_mark", "f9", "tab", "f12", "f12", "a")
        assert [type(screen) for screen in shut_app.screen_stack] == [UnlockScreen]
        assert shut_app.locked
        await pilot.press("escape")
        await until(pilot, lambda: not shut_app._running or shut_app._exit)
    assert shut_app.return_code == 0
    assert (tmp_path / "planner.db").read_bytes() == before


async def test_a_store_that_cannot_be_used_is_told(
    shut_app: PlannerApp, tmp_path: Path
) -> None:
    path = tmp_path / "planner.db"
    data = bytearray(path.read_bytes())
    data[2000:2010] = b"0123456789"
    path.write_bytes(data)
    async with shut_app.run_test(size=(80, 24)) as pilot:
        await unlock(pilot, shut_app)
        await until(pilot, lambda: "damaged" in said(shut_app))
        assert shut_app.locked


# -- locking ---------------------------------------------------------------------------


@pytest.mark.case(66)
async def test_every_text_goes_and_what_was_typed_is_kept(
    db: Store, now: datetime
) -> None:
    app = begin(db, now)
    path, key = db.path, db.key
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        await pilot.press(*"half a sentence")
        await pilot.press("escape", "5")
        await pilot.pause()
        await pilot.press("a", *"and a line", "left")
        assert isinstance(top(app), CaptureLine)
        app.copy_to_clipboard(CANARY)
        app.notify(CANARY)
        gone = [
            weakref.ref(widget)
            for screen in app.screen_stack
            for widget in screen.walk_children()
        ]
        assert len(gone) > 20
        await pilot.press("f9")
        await until(pilot, lambda: app.locked)
        assert [type(screen) for screen in app.screen_stack] == [UnlockScreen]
        assert db.key is None
        assert isinstance(db.conn, Shut)
        assert open_files(path) == []
        assert app.clipboard == ""
        assert not list(app._notifications)
        with pytest.raises(Locked):
            entries.get(db, 1)
        await until(pilot, lambda: all(ref() is None for ref in gone))

        await unlock(pilot, app)
        await until(pilot, lambda: isinstance(top(app), MainScreen))
        assert app.planner.db.key == key
        await until(
            pilot, lambda: any("is kept" in n.message for n in app._notifications)
        )
        await pilot.press("a")
        await pilot.pause()
        assert top(app).query_one(Input).value == "and a line"


@pytest.mark.case(66)
async def test_a_text_under_the_pen_is_offered_again(db: Store, now: datetime) -> None:
    app = begin(db, now)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        await pilot.press(*"half a sentence", "f9")
        await until(pilot, lambda: app.locked)
        await unlock(pilot, app)
        await until(pilot, lambda: isinstance(top(app), DraftDialog))
        assert top(app).draft.body == "half a sentence"
        # That is offered: nothing else needs to be told of.
        assert not any("is kept" in n.message for n in app._notifications)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(focused(app), Editor))
        await pilot.press("end", *", whole")
        assert isinstance(focused(app), Editor)
        assert focused(app).text == "half a sentence, whole"


@pytest.mark.case(66)
async def test_nobody_there(
    db: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(locking, "ticks", lambda: clock[0])
    app = begin(db, now)
    app.planner.settings.lock_after = 60
    async with app.run_test(size=(120, 36)) as pilot:
        clock[0] += 59
        await app._look()
        assert not is_locked(app)
        await pilot.press("j")
        clock[0] += 59
        await app._look()
        assert not is_locked(app)
        clock[0] += 1
        await app._look()
        assert is_locked(app)
        await unlock(pilot, app)
        await until(pilot, lambda: isinstance(top(app), MainScreen))
        # Whoever wakes the machine with a key sees nothing, and the key does nothing.
        clock[0] += 7200
        await pilot.press("a")
        await until(pilot, lambda: app.locked)
        assert [type(screen) for screen in app.screen_stack] == [UnlockScreen]
        await unlock(pilot, app)
        await until(pilot, lambda: isinstance(top(app), MainScreen))
        app.planner.settings.lock_after = 0
        clock[0] += 7200
        await app._look()
        assert not is_locked(app)


async def test_a_plain_store_has_the_curtain_and_is_told(
    store: Store, now: datetime
) -> None:
    store.set_meta(WELCOMED, "1")
    app = PlannerApp(planner(store, now))
    app.planner.settings.curtain_return = "passphrase"
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("f9")
        await pilot.pause()
        assert is_hidden(app)
        assert not is_locked(app)
        await pilot.press("grave_accent")
        await pilot.pause()
        assert any("nothing is locked" in n.message for n in app._notifications)
        assert app.screen.query_one(status.StatusLine)
        assert "not encrypted" in str(app.screen.query_one(status.StatusLine).render())


@pytest.mark.case(66)
async def test_what_cannot_be_kept_is_not_taken_away(
    db: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_asked: object, **_named: object) -> None:
        raise DiskFull("full")

    app = begin(db, now)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        with monkeypatch.context() as patch:
            patch.setattr(drafts, "put", full)
            await pilot.press(*"half a sentence", "f9")
            await pilot.pause()
            assert not is_locked(app)
            assert is_hidden(app)
            # It is no longer enough to press the key.
            await pilot.press("f12", *"river", "enter")
            await until(pilot, lambda: "not the passphrase" in app._hint)
            await pilot.press("f12", *WORDS, "enter")
            await until(pilot, lambda: not app.drawn)
        assert isinstance(focused(app), Editor)
        assert focused(app).text == "half a sentence"
        await pilot.press("f9")
        await until(pilot, lambda: app.locked)


@pytest.fixture
def session(
    db: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The path of the store, with an unlocked session of the shell beside the screen."""
    folder = tmp_path / "run"
    folder.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    assert db.key is not None
    keeper.keep(db.path, db.key, 600, os.environ)
    yield db.path
    keeper.forget(db.path, os.environ)


@pytest.mark.case(66)
async def test_what_was_put_off_is_tried_again(
    session: str, db: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_asked: object, **_named: object) -> None:
        raise DiskFull("full")

    app = begin(db, now)
    clock = [1000.0]
    monkeypatch.setattr(locking, "ticks", lambda: clock[0])
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        with monkeypatch.context() as patch:
            patch.setattr(drafts, "put", full)
            await pilot.press(*"half a sentence", "f9")
            await until(pilot, lambda: app.drawn)
            # Nobody else reads it by now, and it is to be seen that this is not locked.
            assert keeper.fetch(session, os.environ) is None
            await until(pilot, lambda: "Not locked yet" in app._hint)
            assert app.owed
            await app._look()
            assert (is_locked(app), is_hidden(app)) == (False, True)
            # After a long while, too, whoever is there may type the passphrase.
            clock[0] += 7200
            await pilot.press("f12", *"river")
            assert app._hint.count("•") == 5
        await app._look()
        assert (is_locked(app), is_hidden(app)) == (True, False)
        assert [type(screen) for screen in app.screen_stack] == [UnlockScreen]
        await unlock(pilot, app)
        await until(pilot, lambda: isinstance(top(app), DraftDialog))
        assert top(app).draft.body == "half a sentence"
        assert not app.owed


@pytest.mark.case(66)
async def test_who_comes_back_owes_no_lock(
    db: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = begin(db, now)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("1", "c")
        await until(pilot, lambda: isinstance(top(app), CheckInDialog))
        await pilot.press(*"170", "f9")
        await until(pilot, lambda: app.owed)
        await pilot.press("f12", *WORDS, "enter")
        await until(pilot, lambda: not app.drawn)
        await app._look()
        assert (is_locked(app), is_hidden(app)) == (False, False)


@pytest.mark.case(66)
@pytest.mark.parametrize("why", ["idle", "key", "locked before"])
async def test_locking_ends_the_session_of_the_shell(
    session: str, db: Store, now: datetime, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(locking, "ticks", lambda: clock[0])
    app = begin(db, now)
    app.planner.settings.lock_after = 60
    async with app.run_test(size=(120, 36)) as pilot:
        if why == "idle":
            clock[0] += 60
            await app._look()
        else:
            if why == "locked before":
                # As for leaving to the shell, which goes on reading.
                assert await app.lock(session=False)
                assert keeper.fetch(session, os.environ) is not None
            await pilot.press("f9")
        await until(pilot, lambda: keeper.fetch(session, os.environ) is None)
        await until(pilot, lambda: app.locked)


@pytest.mark.case(66)
async def test_half_a_line_that_no_draft_has_is_not_taken_away(
    db: Store, now: datetime
) -> None:
    app = begin(db, now)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("1", "c")
        await until(pilot, lambda: isinstance(top(app), CheckInDialog))
        await pilot.press(*"170")
        await app.lock()
        assert not is_locked(app)
        assert is_hidden(app)
        await pilot.press("grave_accent", *WORDS, "enter")
        await until(pilot, lambda: not app.drawn)
        assert top(app).query_one(Input).value == "170"
        await pilot.press(*("backspace",) * 3)
        assert await app.lock()


async def test_what_reads_apart_comes_to_an_end(db: Store, now: datetime) -> None:
    app = begin(db, now)
    slow = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT count(*) FROM n"
    )

    begun = Event()

    def read() -> None:
        with app.planner.beside() as own:
            begun.set()
            own.read(slow)

    async with app.run_test(size=(120, 36)):
        reading = asyncio.create_task(asyncio.to_thread(read))
        while not begun.is_set():
            await asyncio.sleep(0.01)
        assert await app.lock()
        with pytest.raises(Exception, match="interrupted"):
            await reading
        assert open_files(db.path) == []


# -- the curtain of a sealed store -----------------------------------------------------


async def test_the_passphrase_lifts_the_curtain(db: Store, now: datetime) -> None:
    app = begin(db, now)
    app.planner.settings.curtain_return = "passphrase"
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("a", *"a line", "f12", "f12")
        assert is_hidden(app)
        assert app._hint.startswith("Passphrase:")
        await pilot.press(*"river`", "backspace", "backspace")
        assert app._hint.count("•") == 4
        assert "riv" not in "".join(strip.text for strip in app.curtain_strips())
        await pilot.press("enter")
        await until(pilot, lambda: "not the passphrase" in app._hint)
        # A key of the curtain that is no character gives it up.
        await pilot.press(*"x", "f12")
        assert (app._hint, app._typed) == ("", None)
        await pilot.press("escape")
        assert "Ctrl+Q" in app._hint
        await pilot.press(*WORDS, "enter")
        await until(pilot, lambda: not app.drawn)
        assert isinstance(top(app), CaptureLine)
        assert top(app).query_one(Input).value == "a line"


async def test_locked_behind_the_curtain(db: Store, now: datetime) -> None:
    app = begin(db, now)
    app.planner.settings.curtain_return = "passphrase"
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("1", "grave_accent", "f9")
        await until(pilot, lambda: app.locked)
        assert is_hidden(app)
        await pilot.press("grave_accent")
        assert not is_hidden(app)
        assert [type(screen) for screen in app.screen_stack] == [UnlockScreen]


# -- a field for secrets ---------------------------------------------------------------


async def test_a_secret_goes_into_no_clipboard(shut_app: PlannerApp) -> None:
    async with shut_app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(focused(shut_app), Secret))
        field = top(shut_app).query_one(Secret)
        await pilot.press(*"secret", "shift+home", "ctrl+c")
        assert shut_app.clipboard == ""
        await pilot.press("ctrl+x")
        assert (shut_app.clipboard, field.value) == ("", "")


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("size", [(60, 20), (12, 3), (1, 1)])
async def test_any_size(
    shut_app: PlannerApp, language: str, size: tuple[int, int]
) -> None:
    i18n.use(language)
    async with shut_app.run_test(size=size) as pilot:
        await unlock(pilot, shut_app, "wrong")
        await pilot.pause()
        await unlock(pilot, shut_app)
        await until(pilot, lambda: isinstance(top(shut_app), MainScreen))


def test_keys_of_these_have_names() -> None:
    assert curtain.CURTAIN_KEY.id == "app.curtain"
    assert locking.LOCK_KEY.id == "app.lock"


# -- at the terminal -------------------------------------------------------------------


@pytest.mark.case(61, 66, 68)
def test_suspended_it_is_locked_and_nothing_is_left(
    tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "planner.db"
    store = open_store(str(path), now=now)
    store.set_meta(WELCOMED, "1")
    entries.add(store, text=CANARY, day=date(2024, 9, 14), now=now)
    store.close()
    sealing.set_passphrase(str(path), WORDS)
    program = tmp_path / "ptui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m plannertui "$@"\n')
    program.chmod(0o755)
    env = {
        "PLANNERTUI_DB": str(path),
        "PLANNERTUI_NOW": now.isoformat(),
        "PS1": "here> ",
        "ENV": "",
    }
    with Terminal(["sh", "-i"], env=env, columns=100, rows=30) as terminal:
        terminal.wait_for("here>")
        terminal.type(f"{program}\n")
        terminal.wait_for("Locked")
        assert CANARY not in terminal.sent
        terminal.type("quiet rivers\n")
        terminal.wait_for("not the passphrase")
        terminal.type(f"{WORDS}\n")
        terminal.wait_for(CANARY)
        terminal.wait(terminal.settled, "a calm screen")
        terminal.press("r")
        terminal.wait_for("Ctrl+S")
        terminal.type("half a sentence")
        terminal.wait_for("half a sentence")
        # In a text Ctrl+Z takes back what was typed; a signal comes from anywhere.
        os.kill(terminal.group, signal.SIGTSTP)
        terminal.wait_gone(CANARY)
        terminal.wait_match(r"here>$|[Ss]topped")
        mark = len(terminal.raw)
        assert terminal.modes() <= {7, 25}
        terminal.type("fg\n")
        terminal.wait_for("Locked")
        terminal.wait(terminal.settled, "a calm screen")
        again = terminal.raw[mark:].decode()
        assert CANARY not in again
        assert "sentence" not in again
        terminal.type(f"{WORDS}\n")
        terminal.wait_for("half a sentence")
        terminal.press("ctrl+q")
        terminal.wait_gone("half a sentence")
        terminal.type("echo left-$?-$((6 * 7))\n")
        terminal.wait_for("left-0-42")
        assert WORDS not in terminal.sent.replace("\x1b", "")
        terminal.assert_safe()
        terminal.type("exit\n")
        terminal.wait_exit()


async def test_ctrl_z_suspends_from_a_dialog_too(
    db: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def suspend(app: PlannerApp) -> None:
        asked.append(type(app.screen).__name__)

    monkeypatch.setattr(PlannerApp, "action_suspend_process", suspend)
    app = begin(db, now)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("a", *"half a line", "ctrl+z")
        await until(pilot, lambda: asked == ["CaptureLine"])
        assert top(app).query_one(Input).value == "half a line"
        await pilot.press("escape", "r")
        await until(pilot, lambda: isinstance(focused(app), Editor))
        await pilot.press(*"gone", "ctrl+z")
        await pilot.pause()
        assert asked == ["CaptureLine"]


@pytest.mark.parametrize("words", [WORDS, "another"])
def test_the_screen_takes_the_passphrase_from_a_descriptor(
    tmp_path: Path, words: str
) -> None:
    path = tmp_path / "planner.db"
    open_store(str(path), now=NOW).close()
    sealing.set_passphrase(str(path), WORDS)
    given = tmp_path / "given"
    given.write_text(words + "\n")
    call = f"exec '{sys.executable}' -m plannertui --passphrase-fd 3 3<'{given}'"
    env = {"PLANNERTUI_DB": str(path), "PLANNERTUI_NOW": NOW.isoformat()}
    with Terminal(["sh", "-c", call], env=env, columns=100, rows=30) as terminal:
        if words != WORDS:
            assert terminal.wait_exit() == 5
            assert "does not open" in terminal.text
            return
        terminal.wait_for("encrypted")
        assert "Locked" not in terminal.sent
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0


def test_interrupted_while_locked(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "planner.db"
    open_store(str(path), now=now).close()
    sealing.set_passphrase(str(path), WORDS)
    with on_terminal(path) as terminal:
        terminal.wait_for("Locked")
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_exit() == 143
        terminal.assert_restored()
        terminal.assert_safe()
        assert not terminal.text.strip()
