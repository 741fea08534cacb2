"""The passphrase on the screen: set at the first run or later, changed, taken away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, Static

from plannertui.core.errors import Locked
from plannertui.store import backups, entries, key, sealing
from plannertui.store.key import Key, bare
from plannertui.store.open import open_store
from plannertui.tui import opener
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.confirm import Confirm
from plannertui.tui.dialogs.firstrun import PassphraseQuestion
from plannertui.tui.dialogs.passphrase import (
    CodeDialog,
    LockDialog,
    PassphraseDialog,
    in_rows,
)
from plannertui.tui.dialogs.step import Question
from plannertui.tui.isnew import WELCOMED
from plannertui.tui.main import MainScreen
from plannertui.tui.screens.review import ReviewScreen
from plannertui.tui.secret import Secret
from tests.tui.sample import planner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from textual.pilot import Pilot

    from plannertui.store.open import Store

WORDS = "quiet river under the bridge"
TEXT = "a quiet morning"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cheap set of parameters: what it costs to guess is not what is tried here."""
    monkeypatch.setitem(key.KDFS, 1, (1 << 10, 8, 1))
    monkeypatch.setattr(opener, "STEP", 0.0)


@pytest.fixture
def path(tmp_path: Path, now: datetime) -> Path:
    """A plain store with one entry."""
    path = tmp_path / "planner.db"
    store = open_store(str(path), now=now)
    store.set_meta(WELCOMED, "1")
    entries.add(store, text=TEXT, day=now.date(), now=now)
    store.close()
    return path


@pytest.fixture
def app(path: Path, now: datetime) -> Iterator[PlannerApp]:
    """The program on it."""
    app = PlannerApp(planner(open_store(str(path), now=now), now))
    yield app
    app.planner.db.close()


@pytest.fixture
def sealed(path: Path, now: datetime) -> Iterator[PlannerApp]:
    """The program on the same store, sealed."""
    its_key = sealing.set_passphrase(str(path), WORDS)
    app = PlannerApp(planner(open_store(str(path), now=now, key=its_key), now))
    yield app
    app.planner.db.close()


async def until(pilot: Pilot[None], done: Callable[[], bool]) -> None:
    for _n in range(3000):
        await pilot.pause(0.01)
        if done():
            return
    raise AssertionError(f"never came; on top is {pilot.app.screen}")


async def on_top(pilot: Pilot[None], kind: type[Any]) -> Any:
    """The screen on top, once it is a ``kind`` that is there."""
    await until(
        pilot,
        lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.is_mounted,
    )
    await pilot.pause()
    return pilot.app.screen


def said(screen: Any) -> str:
    return str(screen.query_one("#said", Static).content)


def told(app: PlannerApp) -> str:
    return "\n".join(note.message for note in app._notifications)


def put(screen: Any, **values: str) -> None:
    for name, value in values.items():
        screen.query_one(f"#{name}", Input).value = value


def text_of(path: Path, now: datetime, with_key: Key | None = None) -> str:
    store: Store = open_store(str(path), now=now, key=with_key)
    try:
        return str(store.read("SELECT text FROM entry")[0][0])
    finally:
        store.close()


async def type_back(pilot: Pilot[None]) -> str:
    """Write the code down and type it back; the code."""
    dialog = await on_top(pilot, CodeDialog)
    code = str(dialog.key.code)
    await pilot.press("enter")
    put(dialog, typed=code.lower().replace("-", " "))
    await pilot.press("enter")
    return code


async def test_it_is_set_and_everything_goes_on(
    app: PlannerApp, path: Path, now: datetime
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        dialog = await on_top(pilot, PassphraseDialog)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: "protects nothing" in said(dialog))
        await pilot.press(*"short")
        assert "guessed soon" in said(dialog)
        await pilot.press("enter", *"shorter", "enter")
        await until(pilot, lambda: "not the same" in said(dialog))
        assert {field.value for field in dialog.query(Secret)} == {""}
        put(dialog, new=WORDS, again=WORDS)
        await pilot.press("ctrl+s")
        shown = await on_top(pilot, CodeDialog)
        assert not sealing.is_sealed(str(path))
        assert shown.key.code.partition("-")[0] in str(
            shown.query_one("#code", Static).content
        )
        await pilot.press("enter")
        assert not shown.query_one("#code").display
        put(shown, typed="XXXX")
        await until(pilot, lambda: "Group 1" in said(shown))
        put(shown, typed=shown.key.code[:12])
        await until(pilot, lambda: "2 of 14" in said(shown))
        await pilot.press("enter")
        await until(pilot, lambda: "not all" in said(shown))
        await pilot.press("escape")
        assert shown.query_one("#code").display
        code = await type_back(pilot)
        main = await on_top(pilot, MainScreen)
        await until(pilot, lambda: app.sealed)
        assert "Encrypted" in told(app)
        assert "encrypted" in str(main.query_one("#status").render())
        assert "not encrypted" not in str(main.query_one("#status").render())
        # Years that nobody has looked at yet are read from the store that is open now.
        assert app.planner.calendar.is_workday(date(2031, 5, 7))
        await pilot.press("w")
        await on_top(pilot, ReviewScreen)
        await pilot.press("escape")
        await on_top(pilot, MainScreen)
        await pilot.press("a", *"after that", "enter")
        await until(pilot, lambda: len(app.planner.db.read("SELECT 1 FROM entry")) == 2)
        # Every pane reads from the store that is open by now.
        assert "failed" not in told(app)
    app.planner.db.close()
    with pytest.raises(Locked):
        text_of(path, now)
    assert text_of(path, now, sealing.unlock(str(path), WORDS)) == TEXT
    assert text_of(path, now, sealing.unlock_with_code(str(path), code)) == TEXT


async def test_the_copies_from_before_are_sealed_too(
    app: PlannerApp, path: Path, now: datetime
) -> None:
    made = backups.make(app.planner.db, now, "asked")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        dialog = await on_top(pilot, PassphraseDialog)
        put(dialog, new=WORDS, again=WORDS)
        await pilot.press("ctrl+s")
        await type_back(pilot)
        await until(pilot, lambda: "sealed, too" in told(app))
        its_key = app.planner.db.key
    for file in path.parent.rglob("*"):
        if file.is_file():
            assert TEXT.encode() not in file.read_bytes(), file
    found = backups.ls(str(path))
    assert made.number in [each.number for each in found]
    assert all(each.sealed for each in found)
    for each in found:
        assert backups.verify(str(path), each, its_key, now).state == "whole"


async def test_who_goes_back_has_no_passphrase(
    app: PlannerApp, path: Path, now: datetime
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        dialog = await on_top(pilot, PassphraseDialog)
        put(dialog, new=WORDS, again=WORDS)
        await pilot.press("ctrl+s")
        await on_top(pilot, CodeDialog)
        await pilot.press("escape")
        await on_top(pilot, MainScreen)
        await until(pilot, lambda: "there is no passphrase" in told(app))
    assert text_of(path, now) == TEXT


async def test_it_is_changed(sealed: PlannerApp, path: Path, now: datetime) -> None:
    app = sealed
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        await on_top(pilot, LockDialog)
        await pilot.press("c")
        dialog = await on_top(pilot, PassphraseDialog)
        put(dialog, old="another", new="the new words", again="the new words")
        await pilot.press("ctrl+s")
        await on_top(pilot, MainScreen)
        await until(pilot, lambda: "not the passphrase" in told(app))
        await pilot.press("f4")
        await on_top(pilot, LockDialog)
        await pilot.press("c")
        dialog = await on_top(pilot, PassphraseDialog)
        put(dialog, old=WORDS, new="the new words", again="the new words")
        await pilot.press("ctrl+s")
        await type_back(pilot)
        await on_top(pilot, MainScreen)
        await until(pilot, lambda: "new passphrase" in told(app))
    app.planner.db.close()
    with pytest.raises(Locked):
        sealing.unlock(str(path), WORDS)
    assert text_of(path, now, sealing.unlock(str(path), "the new words")) == TEXT


@pytest.mark.parametrize("noes", [0, 1, 2])
async def test_taking_it_away_asks_twice(
    sealed: PlannerApp, path: Path, now: datetime, noes: int
) -> None:
    app = sealed
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        await on_top(pilot, LockDialog)
        await pilot.press("x")
        dialog = await on_top(pilot, PassphraseDialog)
        put(dialog, old=WORDS)
        await pilot.press("enter")
        first = await on_top(pilot, Confirm)
        if noes != 1:
            await pilot.press("y")
            await until(pilot, lambda: app.screen is not first)
            await on_top(pilot, Confirm)
        await pilot.press("y" if noes == 0 else "n")
        await on_top(pilot, MainScreen)
        await until(pilot, lambda: app.sealed is (noes > 0) and bool(told(app)))
    app.planner.db.close()
    if noes:
        assert sealing.is_sealed(str(path))
        assert text_of(path, now, sealing.unlock(str(path), WORDS)) == TEXT
    else:
        assert text_of(path, now) == TEXT


async def test_the_code_is_shown_after_the_passphrase(sealed: PlannerApp) -> None:
    async with sealed.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        await on_top(pilot, LockDialog)
        await pilot.press("r")
        dialog = await on_top(pilot, PassphraseDialog)
        put(dialog, old=WORDS)
        await pilot.press("enter")
        shown = await on_top(pilot, CodeDialog)
        assert shown.key == sealed.planner.db.key


async def test_another_window_is_told_of_and_nothing_is_changed(
    app: PlannerApp, path: Path, now: datetime
) -> None:
    other = open_store(str(path), now=now)
    other.read("SELECT 1 FROM entry")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        dialog = await on_top(pilot, PassphraseDialog)
        put(dialog, new=WORDS, again=WORDS)
        await pilot.press("ctrl+s")
        await type_back(pilot)
        await on_top(pilot, MainScreen)
        await until(pilot, lambda: "another window" in told(app))
        assert not app.sealed
        await pilot.press("a", *"after that", "enter")
        await until(pilot, lambda: len(app.planner.db.read("SELECT 1 FROM entry")) == 2)
    other.close()
    assert text_of(path, now) == TEXT


async def test_the_first_run_offers_it(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "new.db"
    shared = planner(open_store(str(path), now=now), now)
    shared.settings.path = str(tmp_path / "config.toml")
    app = PlannerApp(shared)
    async with app.run_test(size=(60, 20)) as pilot:
        for _step in range(4):
            question = await on_top(pilot, Question)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is not question)  # noqa: B023
        question = await on_top(pilot, PassphraseQuestion)
        put(question, new="one", again="two")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert question.query_one("#problem").display
        put(question, new=WORDS, again=WORDS)
        await pilot.press("ctrl+s")
        await type_back(pilot)
        await on_top(pilot, MainScreen)
        await until(pilot, lambda: app.sealed)
    app.planner.db.close()
    assert sealing.is_sealed(str(path))
    open_store(str(path), now=now, key=sealing.unlock(str(path), WORDS)).close()


def test_a_code_as_it_is_written_down() -> None:
    code = Key(bytes(range(32)), bytes(16)).code
    rows = in_rows(code).split("\n")
    assert [len(row.split()) for row in rows] == [5, 5, 4]
    assert bare("".join(rows)) == bare(code)
