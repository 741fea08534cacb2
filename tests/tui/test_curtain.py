"""The curtain: nothing is seen past it, nothing gets past it, and all is as it was."""

from __future__ import annotations

import re
import signal
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.events import MouseDown, Paste
from textual.widgets import Input

from plannertui import i18n
from plannertui.store import drafts, entries
from plannertui.store.open import open_store
from plannertui.tui import editor
from plannertui.tui.almanac import HEIGHT, WIDTH, page
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.capture import CaptureLine
from plannertui.tui.editor import Editor
from plannertui.tui.isnew import WELCOMED
from tests.terminal import planner as on_terminal
from tests.tui.sample import fill, planner

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from plannertui.store.open import Store
    from tests.terminal import Terminal

CANARY = "the quetzal canary"


def text_of(rows: list[list[tuple[str, str]]]) -> list[str]:
    return ["".join(text for text, _role in row) for row in rows]


# -- the calendar ----------------------------------------------------------------------


@given(
    st.dates(date(1, 2, 1), date(9999, 11, 30)),
    st.integers(1, 200),
    st.integers(1, 60),
    st.integers(0, 6),
    st.sampled_from(["en", "zh_Hans"]),
)
def test_a_page_fills_any_terminal(
    today: date, width: int, height: int, week_start: int, language: str
) -> None:
    i18n.use(language)
    rows = page(today, width, height, week_start)
    assert len(rows) == height
    assert {cell_len(text) for text in text_of(rows)} == {width}
    if width >= WIDTH and height >= HEIGHT:
        marked = [text for row in rows for text, role in row if role == "reversed"]
        assert [text.strip() for text in marked] == [str(today.day)]


def test_a_page_is_that_of_cal() -> None:
    said = [line.rstrip() for line in text_of(page(date(2024, 9, 14), 20, 9))]
    assert said == [
        "   September 2024",
        "",
        "Mo Tu We Th Fr Sa Su",
        "                   1",
        " 2  3  4  5  6  7  8",
        " 9 10 11 12 13 14 15",
        "16 17 18 19 20 21 22",
        "23 24 25 26 27 28 29",
        "30",
    ]
    i18n.use("zh_Hans")
    said = text_of(page(date(2024, 9, 14), 80, 24, week_start=6))
    assert any("2024年8月" in line and "2024年10月" in line for line in said)
    assert any(line.strip().startswith("日 一") for line in said)


# -- behind it -------------------------------------------------------------------------


@pytest.fixture
def app(store: Store, now: datetime) -> PlannerApp:
    fill(store, now)
    store.set_meta(WELCOMED, "1")
    return PlannerApp(planner(store, now))


def hidden(app: PlannerApp) -> bool:
    """Whether the curtain is drawn, by now."""
    return app.drawn


def shown(app: PlannerApp) -> str:
    """What the curtain says."""
    return "\n".join(strip.text for strip in app.curtain_strips())


@pytest.mark.parametrize("key", ["f12", "ctrl+backslash"])
async def test_from_a_field_of_a_dialog_and_back_to_the_letter(
    app: PlannerApp, store: Store, key: str
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("a", *"some words", "left", "left")
        dialog = app.screen
        assert isinstance(dialog, CaptureLine)
        field = dialog.query_one(Input)
        await pilot.press(key)
        assert hidden(app)
        await pilot.press(*"typed by somebody", "enter", "escape", "tab", "u")
        app.post_message(Paste("a paste"))
        app.post_message(MouseDown(None, 5, 5, 0, 0, 1, False, False, False, 5, 5))
        await pilot.pause()
        assert app.screen is dialog
        await pilot.press(key)
        assert not hidden(app)
        assert app.focused is field
        assert (field.value, field.cursor_position) == ("some words", 8)
        await pilot.press("X")
        assert field.value == "some worXds"


async def test_a_backtick_is_a_character_in_a_text_and_a_key_elsewhere(
    app: PlannerApp,
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("a", "x", "grave_accent")
        assert not hidden(app)
        assert app.screen.query_one(Input).value == "x`"
        await pilot.press("escape", "r")
        await pilot.pause()
        assert isinstance(app.focused, Editor)
        await pilot.press("grave_accent")
        assert not hidden(app)
        assert app.focused.text == "`"
        await pilot.press("backspace", "escape", "question_mark")
        await pilot.pause()
        await pilot.press("grave_accent")
        assert hidden(app)
        await pilot.press("grave_accent")
        assert not hidden(app)


@pytest.mark.parametrize("character", ["｀", "·"])
async def test_the_key_while_an_input_method_is_on(
    app: PlannerApp, character: str
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("1", character)
        assert hidden(app)


async def test_another_key_by_the_settings(store: Store, now: datetime) -> None:
    store.set_meta(WELCOMED, "1")
    shared = planner(store, now)
    shared.settings.keys = {"app.curtain": "f6,§"}
    app = PlannerApp(shared)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("1", "grave_accent", "f12", "ctrl+backslash")
        assert not hidden(app)
        await pilot.press("§")
        assert hidden(app)
        await pilot.press("f6")
        assert not hidden(app)


async def test_what_is_said_meanwhile_is_said_afterwards(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("f12")
        app.notify(CANARY, timeout=0.001)
        app.screen.notify("another one")
        await pilot.pause(0.05)
        assert not list(app._notifications)
        assert CANARY not in shown(app)
        await pilot.press("f12")
        # The first one's time begins when it is seen.
        assert [note.message for note in app._notifications][-1] == "another one"


async def test_what_was_typed_is_kept_once_it_is_hidden(
    app: PlannerApp, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor, "QUIET_SECONDS", 1000)
    monkeypatch.setattr(editor, "LONGEST_SECONDS", 1000)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        await pilot.press(*"half a sentence")
        assert not drafts.ls(store)
        await pilot.press("f12")
        await pilot.pause()
        assert [draft.body for draft in drafts.ls(store)] == ["half a sentence"]
        assert isinstance(app.focused, Editor)


@pytest.mark.case(70)
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("size", [(120, 36), (60, 20), (12, 4), (1, 1)])
async def test_neutral_words_in_any_size(
    app: PlannerApp, language: str, size: tuple[int, int]
) -> None:
    i18n.use(language)
    async with app.run_test(size=size) as pilot:
        await pilot.press("f12", "escape")
        said = shown(app)
        lines = said.split("\n")
        assert (max(map(cell_len, lines)), len(lines)) == size
        if size[0] >= 60:
            assert {"en": "` back", "zh_Hans": "` 返回"}[language] in lines[-1]
            calendar = {"en": "September 2024", "zh_Hans": "2024年9月"}[language]
            assert calendar in said
        await pilot.press("f12")
        assert not hidden(app)


async def run_to(pilot: Pilot[None], app: PlannerApp, command: str) -> None:
    """Choose a command in the palette."""
    await pilot.press("ctrl+p", *command)
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


async def test_it_is_a_command_like_others(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await run_to(pilot, app, "curtain")
        assert hidden(app)


# -- at the bytes ----------------------------------------------------------------------


@pytest.fixture
def db(tmp_path: Path, now: datetime) -> Path:
    path = tmp_path / "planner.db"
    store = open_store(str(path), now=now)
    store.set_meta(WELCOMED, "1")
    entries.add(store, text=CANARY, day=now.date(), now=now)
    store.close()
    return path


def ready(terminal: Terminal) -> None:
    terminal.wait_for(CANARY)
    terminal.wait(terminal.settled, "a calm screen")


def since(terminal: Terminal, mark: int) -> str:
    return terminal.raw[mark:].decode("utf-8", "replace")


WIPED = re.compile(r"\x1b\[0m((?:\x1b\[\d+;1H\x1b\[2K)+)\x1b\[H")


@pytest.mark.case(61)
def test_nothing_is_left_on_the_terminal(db: Path, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('title = "Notes"\n', "utf-8")
    env = {"PLANNERTUI_CONFIG": str(config)}
    with on_terminal(db, env=env, columns=80, rows=24) as terminal:
        for _calm in range(4):
            ready(terminal)
        before = terminal.text
        mark = len(terminal.raw)
        # The letter behind it is for nobody: it would quit.
        terminal.send("`q")
        terminal.wait_for("October 2024")
        terminal.wait(terminal.settled, "a calm screen")
        sent = since(terminal, mark)
        # Painted before anything else, the title as well, and every cell of it.
        assert sent.index("August") < sent.index("\x1b]0;Calendar\x07")
        assert CANARY not in terminal.text
        assert "Tonight" not in terminal.text
        for columns, rows in ((1, 1), (30, 8), (80, 24)):
            terminal.resize(columns, rows)
            terminal.wait(terminal.settled, "a calm screen")
        terminal.wait_for("September 2024")
        hidden = since(terminal, mark)
        assert CANARY not in hidden
        assert "Tonight" not in hidden
        terminal.send("`")
        terminal.wait(lambda: terminal.text == before, "what was there")
        assert since(terminal, mark).rstrip().count("\x1b]0;Notes\x07") == 1
        terminal.press("q")
        assert terminal.wait_exit() == 0
        # Each row is emptied before the terminal's own screen is back; nothing is ever
        # erased as a whole, which some terminals take to be for the scrollback.
        wiped = list(WIPED.finditer(terminal.sent))[-1]
        assert wiped[1].count("\x1b[2K") == 24
        assert wiped.end() < terminal.sent.rindex("\x1b[?1049l")
        assert CANARY not in terminal.sent[wiped.start() :]
        assert not re.search(r"\x1b\[[0-3]?J", terminal.sent)
        assert "\n" not in terminal.sent.replace("\r\n", "")
        terminal.assert_restored()
        terminal.assert_safe()


@pytest.mark.case(61)
def test_ways_to_end_while_it_is_drawn(db: Path, now: datetime) -> None:
    for end, code in (("SIGTERM", 143), ("ctrl+q", 0)):
        with on_terminal(db) as terminal:
            if end == "SIGTERM":
                ready(terminal)
                terminal.press("r")
                terminal.wait_for("Ctrl+S")
                terminal.type("half a sentence")
            terminal.wait_for("half a sentence")
            terminal.wait(terminal.settled, "a calm screen")
            terminal.press("ctrl+\\")
            terminal.wait_for("October")
            mark = len(terminal.raw)
            if end == "SIGTERM":
                terminal.kill(signal.SIGTERM)
            else:
                terminal.press(end)
            assert terminal.wait_exit() == code
            assert "half" not in since(terminal, mark)
            terminal.assert_restored()
            terminal.assert_safe()
        store = open_store(str(db), now=now)
        bodies = [draft.body for draft in drafts.ls(store)]
        store.close()
        assert bodies == ["half a sentence"]
