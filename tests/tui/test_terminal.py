"""The real program on a real terminal: what only a pty shows."""

from __future__ import annotations

import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.store import drafts, entries
from plannertui.store.open import open_store
from plannertui.tui.isnew import WELCOMED
from tests import hostile
from tests.terminal import Terminal, planner

if TYPE_CHECKING:
    from tests.conftest import Ptui

# A sentence of one line in the editor, so that it can be looked for on the screen.
SENTENCE = "Officer B ran the counter"


@pytest.fixture
def db(tmp_path: Path, now: datetime) -> Path:
    """A store whose first run is over, with one entry in it."""
    path = tmp_path / "planner.db"
    store = open_store(str(path), now=now)
    store.set_meta(WELCOMED, "1")
    entries.add(store, text="a quiet morning", day=now.date(), now=now)
    store.close()
    return path


def drafted(path: Path, now: datetime) -> list[str]:
    """The texts of the drafts in the store."""
    store = open_store(str(path), now=now)
    try:
        return [draft.body for draft in drafts.ls(store)]
    finally:
        store.close()


def ready(terminal: Terminal) -> None:
    """Wait until the planner takes keys: its panes are filled and its keys shown."""
    terminal.wait_for("a quiet morning")
    terminal.wait(terminal.settled, "a calm screen")


def begin(terminal: Terminal, text: str) -> None:
    """Type ``text`` as the day's note or answer, and see it there."""
    terminal.press("r")
    terminal.wait_for("Ctrl+S")
    terminal.type(text)
    terminal.wait_for(text)


# -- ends ------------------------------------------------------------------------------


@pytest.mark.case(61)
def test_quit_leaves_the_terminal_as_it_was(db: Path) -> None:
    with planner(db) as terminal:
        ready(terminal)
        terminal.press("q")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()
        terminal.assert_safe()
        assert not terminal.text.strip(), "something was left on the screen"


@pytest.mark.case(67)
@pytest.mark.parametrize("end", ["SIGTERM", "SIGHUP", "hang-up"])
def test_an_interruption_keeps_every_character(
    db: Path, now: datetime, end: str
) -> None:
    with planner(db) as terminal:
        ready(terminal)
        begin(terminal, SENTENCE)
        # The last key is not answered by a wait: nothing may depend on the draft timer.
        terminal.type("!")
        if end == "hang-up":
            terminal.wait_for(SENTENCE + "!")
            terminal.hang_up()
            assert terminal.wait_exit() == 129
        else:
            terminal.wait_for(SENTENCE + "!")
            number = signal.Signals[end]
            terminal.kill(number)
            assert terminal.wait_exit() == 128 + number
            terminal.assert_restored()
            assert SENTENCE not in terminal.text
        terminal.assert_safe()
    assert drafted(db, now) == [SENTENCE + "!"]


@pytest.mark.case(69, 1)
def test_a_killed_program_has_the_draft_that_it_said_it_has(
    db: Path, now: datetime
) -> None:
    with planner(db) as terminal:
        ready(terminal)
        begin(terminal, SENTENCE)
        # Nothing on the screen tells that the timer has run; the store does.
        terminal.wait(lambda: drafted(db, now) == [SENTENCE], "the draft")
        terminal.kill(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
    assert drafted(db, now) == [SENTENCE]


@pytest.mark.case(68)
def test_the_shell_gets_the_terminal_back_while_the_planner_is_suspended(
    db: Path, now: datetime, tmp_path: Path
) -> None:
    program = tmp_path / "ptui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m plannertui "$@"\n')
    program.chmod(0o755)
    env = {
        "PLANNERTUI_DB": str(db),
        "PLANNERTUI_NOW": now.isoformat(),
        "PS1": "here> ",
        "ENV": "",
    }
    with Terminal(["sh", "-i"], env=env) as terminal:
        terminal.wait_for("here>")
        terminal.type(f"{program}\n")
        ready(terminal)
        begin(terminal, SENTENCE)
        # In a text Ctrl+Z takes back what was typed: one leaves the text first.
        terminal.press("escape")
        terminal.wait_gone("Ctrl+S")
        terminal.press("ctrl+z")
        terminal.wait_gone(SENTENCE)
        terminal.wait_match(r"here>$|[Ss]topped")
        terminal.type("echo back-in-$((40 + 2))\n")
        terminal.wait_for("back-in-42")
        terminal.type("fg\n")
        terminal.wait_for(SENTENCE)
        begin(terminal, ", alone")
        terminal.press("ctrl+q")
        # What is typed while it still runs is its own.
        terminal.wait_gone("Tonight")
        terminal.type("echo left-$?-$((6 * 7))\n")
        terminal.wait_for("left-0-42")
        terminal.assert_safe()
        terminal.type("exit\n")
        terminal.wait_exit()


CRASH = """
import sys
from plannertui.tui import commands

def broken(*args, **kwargs):
    secret = "the secret"
    raise ValueError("about " + secret)

commands.all_of = broken
from plannertui.cli.main import main
sys.exit(main([]))
"""


@pytest.mark.case(59)
def test_a_fault_tells_its_place_and_nobodys_text(db: Path, now: datetime) -> None:
    env = {"PLANNERTUI_DB": str(db), "PLANNERTUI_NOW": now.isoformat()}
    with Terminal([sys.executable, "-c", CRASH], env=env) as terminal:
        ready(terminal)
        begin(terminal, SENTENCE)
        terminal.press("ctrl+p")
        assert terminal.wait_exit() == 1
        terminal.assert_restored()
        terminal.assert_safe()
        said = terminal.text.strip()
        assert len(said.splitlines()) == 1
        assert "ValueError" in said
        assert "commands" in said or "opening" in said or "palette" in said
        assert SENTENCE not in said
        assert "secret" not in terminal.sent
    assert drafted(db, now) == [SENTENCE]


# -- keys that come faster than they are answered ---------------------------------------


@pytest.mark.parametrize("last", ["ctrl+s", "ctrl+q"])
def test_a_key_that_acts_at_once_waits_for_the_letters_before_it(
    db: Path, ptui: Ptui, last: str
) -> None:
    with planner(db) as terminal:
        ready(terminal)
        terminal.send("r" + SENTENCE + {"ctrl+s": "\x13\x11", "ctrl+q": "\x11"}[last])
        assert terminal.wait_exit() == 0
    texts = [item["text"] for item in ptui("ls", "--json").json]
    assert texts == ["a quiet morning", SENTENCE]


def test_fields_filled_in_one_burst(tmp_path: Path, ptui: Ptui) -> None:
    with planner(tmp_path / "planner.db") as terminal:
        terminal.wait_for("1 of 5")
        terminal.press("escape")
        terminal.wait_for("2 of 5")
        terminal.send("Fewer\rDirector\rComplaints\r\x1b[C\rInspection\x13")
        terminal.wait_for("4 of 5")
        # The last question is about a passphrase: nothing, and there is none.
        terminal.send("Licence backlog\r412\r100\rcases\r\r\r")
        terminal.wait_for("now 412 cases")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    priorities = ptui("leader", "priority", "ls", "--json").json
    kept = [(one["text"], one["basis"]) for one in priorities]
    assert kept == [("Complaints", "said"), ("Inspection", "guess")]


# -- terminals that are none -----------------------------------------------------------


def test_without_a_terminal_it_says_so(ptui: Ptui) -> None:
    ran = ptui()
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert "ptui today" in ran.err


@pytest.mark.case(71)
@pytest.mark.parametrize("redirect", ["</dev/null", ">/dev/null", "<&-", ">&-"])
def test_half_a_terminal_is_none(db: Path, redirect: str) -> None:
    command = f'"{sys.executable}" -m plannertui {redirect}; echo "code=$?"'
    with Terminal(["sh", "-c", command], env={"PLANNERTUI_DB": str(db)}) as terminal:
        terminal.wait_for("code=2")
        assert "ptui today" in terminal.text
        assert terminal.wait_exit() == 0
        assert "\x1b" not in terminal.sent


def test_the_screen_is_drawn_though_the_errors_go_elsewhere(
    db: Path, tmp_path: Path
) -> None:
    errors = tmp_path / "errors"
    command = f'exec "{sys.executable}" -m plannertui 2>"{errors}"'
    env = {"PLANNERTUI_DB": str(db), "PLANNERTUI_NOW": "2024-09-14T18:10:00+08:00"}
    with Terminal(["sh", "-c", command], env=env) as terminal:
        ready(terminal)
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    assert errors.read_text() == ""


@pytest.mark.case(72)
@pytest.mark.parametrize("term", ["dumb", "", None])
def test_a_terminal_that_shows_nothing_gets_words(db: Path, term: str | None) -> None:
    with planner(db, env={"TERM": term}) as terminal:
        assert terminal.wait_exit() == 2
        assert "ptui today" in terminal.text
        assert "\x1b" not in terminal.sent


# -- sizes, languages, colours ---------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=lambda size: f"{size[0]}")
def test_it_starts_with_its_three_parts(
    db: Path, language: str, size: tuple[int, int]
) -> None:
    columns, rows = size
    with planner(db, "--lang", language, columns=columns, rows=rows) as terminal:
        ready(terminal)
        words = {
            "en": ("goals", "September 2024"),
            "zh_Hans": ("目标", "2024年9月"),
        }[language]
        terminal.wait_for(words[1])
        # At 80 columns the goals are behind a tab; the tab says so.
        assert words[0] in terminal.text.lower()
        terminal.press("1")
        terminal.wait(terminal.settled, "the goals")
        terminal.press("3")
        terminal.wait_for(words[1])
        terminal.press("q")
        assert terminal.wait_exit() == 0
        terminal.assert_safe()


@pytest.mark.case(70)
def test_any_size_and_back(db: Path) -> None:
    with planner(db) as terminal:
        ready(terminal)
        begin(terminal, SENTENCE)
        for columns, rows in (
            *((1, 1), (10, 3), (500, 200), (2, 60), (300, 1), (80, 24), (1, 1)),
            *((59, 10), (60, 11), (79, 24), (121, 5), (12, 12), (1, 1), (500, 200)),
        ):
            terminal.resize(columns, rows)
        terminal.resize(120, 36)
        terminal.wait_for(SENTENCE)
        terminal.wait_for("September 2024")
        for columns, rows in ((1, 1), (10, 3), (500, 200)):
            terminal.resize(columns, rows)
            terminal.wait(terminal.settled, "a calm screen")
            terminal.type("x")
        terminal.resize(120, 36)
        terminal.wait_for(SENTENCE + "xxx")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()
        terminal.assert_safe()


@pytest.mark.case(73)
@pytest.mark.parametrize(
    "env",
    [
        {"NO_COLOR": "1"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TERM": "linux", "COLORTERM": None},
    ],
    ids=["no colour", "C locale", "console"],
)
def test_poor_surroundings(db: Path, env: dict[str, str | None]) -> None:
    with planner(db, env=env) as terminal:
        ready(terminal)
        terminal.wait_for("September 2024")
        terminal.press("q")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()


# -- what the shell writes meanwhile ---------------------------------------------------


def test_what_the_shell_writes_appears_and_the_cursor_stays(
    db: Path, ptui: Ptui
) -> None:
    with planner(db) as terminal:
        ready(terminal)
        begin(terminal, SENTENCE)
        terminal.wait(terminal.settled, "a calm screen")
        at = terminal.cursor
        assert ptui("win", "Twelve old cases closed").code == 0
        terminal.wait_for("Twelve old cases closed")
        terminal.wait(lambda: terminal.cursor == at, f"the cursor back at {at}")
        terminal.type(" alone")
        terminal.wait_for(SENTENCE + " alone")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0


# -- hostile texts ---------------------------------------------------------------------


def walk(terminal: Terminal) -> None:
    """Go through every pane, list and dialog, and come back."""

    def calm() -> None:
        terminal.wait(terminal.settled, "a calm screen")
        terminal.assert_safe()

    def open_and_leave(*keys: str, text: str = "") -> None:
        for key in keys:
            terminal.press(key)
            calm()
        if text:
            terminal.type(text)
            calm()
        # Esc alone, and answered: with a key behind it would be Alt and that key.
        terminal.press("escape")
        calm()

    for pane in "123":
        terminal.press(pane)
        calm()
        for key in ("down", "down", "pagedown", "end", "home"):
            terminal.press(key)
            calm()
    terminal.press("1")
    open_and_leave("enter", "down", "down")
    terminal.press("2", "2")
    calm()
    for _ in range(6):
        terminal.press("down")
        calm()
    open_and_leave("enter")
    open_and_leave("E")
    open_and_leave("m")
    terminal.press("d")
    calm()
    terminal.press("u")
    calm()
    open_and_leave("a", text="> [/] [@click=app.quit]x[/] @L")
    open_and_leave("/", text="x")
    open_and_leave("?")
    open_and_leave("ctrl+p")
    open_and_leave("g", text="[/] fri")
    terminal.press("3")
    for key in "lhjkJKLH":
        terminal.press(key)
        calm()
    terminal.press("t")
    calm()


@pytest.mark.case(38, 39, 40)
@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=lambda size: f"{size[0]}")
def test_no_text_is_a_command(
    tmp_path: Path, now: datetime, size: tuple[int, int]
) -> None:
    path = tmp_path / "hostile.db"
    store = open_store(str(path), now=now)
    hostile.fill(store, now)
    store.close()
    columns, rows = size
    with planner(path, columns=columns, rows=rows) as terminal:
        terminal.wait_for("Sat 14 Sep")
        walk(terminal)
        assert terminal.process.poll() is None
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()
        terminal.assert_safe()


@pytest.mark.case(38, 40)
def test_a_hostile_paste_is_kept_and_harmless(db: Path, now: datetime) -> None:
    text = hostile.EVERYTHING
    with planner(db) as terminal:
        ready(terminal)
        terminal.press("r")
        terminal.wait_for("Ctrl+S")
        # A terminal takes ESC out of what it pastes, or the paste would end early.
        pasted = text.replace("\x1b", "").replace("\0", "")
        terminal.paste(pasted)
        terminal.wait(lambda: bool(drafted(db, now)), "the draft")
        terminal.wait(terminal.settled, "a calm screen")
        terminal.assert_safe()
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        terminal.assert_safe()


@pytest.mark.case(38)
def test_hostile_arguments_are_harmless(ptui: Ptui, db: Path) -> None:
    with planner(db) as terminal:
        ready(terminal)
        for number, text in enumerate(hostile.TEXTS.values()):
            ran = ptui("note", "--", f"n{number} {text}".replace("\0", ""))
            assert ran.code == 0, ran.err
        # Whole: the last of them lie below the edge of the screen.
        terminal.wait_for(f"{len(hostile.TEXTS) + 1} lines")
        terminal.assert_safe()
        terminal.press("q")
        assert terminal.wait_exit() == 0
