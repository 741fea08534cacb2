"""Group F: what signals, sizes, pipes and poor terminals do to the program."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.store import drafts, entries
from plannertui.store.open import open_store
from plannertui.tui.isnew import WELCOMED
from tests.terminal import Terminal, planner

if TYPE_CHECKING:
    from tests.conftest import Ptui
    from tests.faults.harness import Strength, Tally

WORDS = "one two three four five six seven eight nine ten "


@pytest.fixture
def db(tmp_path: Path, now: datetime) -> Path:
    path = tmp_path / "planner.db"
    store = open_store(str(path), now=now)
    store.set_meta(WELCOMED, "1")
    entries.add(store, text="a quiet morning", day=now.date(), now=now)
    store.close()
    return path


def drafted(path: Path, now: datetime) -> str:
    store = open_store(str(path), now=now)
    try:
        assert store.read("PRAGMA integrity_check") == [("ok",)]
        return "".join(draft.body for draft in drafts.ls(store))
    finally:
        store.close()


def ready(terminal: Terminal) -> None:
    terminal.wait_for("a quiet morning")
    terminal.wait(terminal.settled, "a calm screen")


def begin(terminal: Terminal, text: str) -> None:
    ready(terminal)
    terminal.press("r")
    terminal.wait_for("Ctrl+S")
    terminal.type(text)
    terminal.wait_for(text.strip())


# -- signals -----------------------------------------------------------------------------


@pytest.mark.case(68)
@pytest.mark.parametrize("name", ["SIGINT", "SIGQUIT"])
def test_an_interruption_or_quit_from_outside(
    db: Path, now: datetime, name: str
) -> None:
    number = signal.Signals[name]
    with planner(db) as terminal:
        begin(terminal, "Officer B ran the counter")
        terminal.type("!")
        terminal.wait_for("counter!")
        terminal.kill(number)
        assert terminal.wait_exit() == 128 + number
        terminal.assert_restored()
        terminal.assert_safe()
        assert "Officer" not in terminal.text
    assert drafted(db, now) == "Officer B ran the counter!"


@pytest.mark.case(68)
def test_keys_that_signal_elsewhere_are_keys(db: Path, now: datetime) -> None:
    r"""Ctrl+C says which key quits, Ctrl+\ draws the curtain: neither ends it."""
    with planner(db) as terminal:
        begin(terminal, "Officer B")
        terminal.press("ctrl+c")
        terminal.send("\x1c")
        terminal.wait_gone("Officer B")
        terminal.send("\x1c")
        terminal.wait_for("Officer B")
        terminal.type(" ran")
        terminal.wait_for("Officer B ran")
        assert terminal.process.poll() is None
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()


@pytest.mark.case(68, 70)
def test_a_storm_of_resizes_while_one_types(
    db: Path, now: datetime, tally: Tally, strength: Strength
) -> None:
    chance = random.Random(7)
    text = (WORDS * 3).strip()
    sizes = [(1, 1), (10, 3), (500, 200), (120, 36), (80, 24), (2, 60), (60, 20)]
    with planner(db) as terminal:
        ready(terminal)
        terminal.press("r")
        terminal.wait_for("Ctrl+S")
        for number, word in enumerate(text.split(" ")):
            terminal.type(word if number == 0 else " " + word)
            for _ in range(strength(1, 2)):
                terminal.resize(*chance.choice(sizes))
                terminal._pump(0.002)
                tally.tried()
        terminal.resize(120, 36)
        terminal.wait_for("nine ten")
        terminal.wait(terminal.settled, "a calm screen")
        terminal.press("ctrl+s")
        terminal.wait_for("saved")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()
        terminal.assert_safe()
    store = open_store(str(db), now=now)
    assert entries.get(store, "J2").text == text
    store.close()


@pytest.mark.case(69)
def test_a_kill_while_one_types_costs_a_second_at_most(
    db: Path, now: datetime, tally: Tally, strength: Strength
) -> None:
    """Killed at random moments of steady typing; what is lost was typed in the last 1 s.

    The draft is due 0.4 s after the last key and 1 s after the first at the latest. A
    machine that is busy gets as much more as its own clock was late.
    """
    chance = random.Random(11)
    text = WORDS * 12
    for _ in range(strength(2, 5)):
        with planner(db) as terminal:
            ready(terminal)
            terminal.press("r")
            terminal.wait_for("Ctrl+S")
            terminal.wait(terminal.settled, "a calm screen")
            typed: list[tuple[float, str]] = []
            began = time.monotonic()
            end = began + 1.2 + chance.random()
            late = 0.0
            for letter in text:
                at = time.monotonic()
                if at > end:
                    break
                terminal.type(letter)
                typed.append((at, letter))
                terminal._pump(0.02)
                late = max(late, time.monotonic() - at - 0.02)
            killed = time.monotonic()
            terminal.kill(signal.SIGKILL)
            assert terminal.wait_exit() == -signal.SIGKILL
        kept = drafted(db, now)
        store = open_store(str(db), now=now)
        for draft in drafts.ls(store):
            drafts.drop(store, draft.target)
        store.close()
        whole = "".join(letter for _at, letter in typed)
        tally.tried()
        assert whole.startswith(kept), (whole, kept)
        # What was typed more than a second (and the lateness of the machine) ago is there.
        due = "".join(
            letter for at, letter in typed if at < killed - 1.0 - 10 * late - 0.5
        )
        if len(kept) < len(due):
            tally.loses(f"{len(due) - len(kept)} characters older than a second")


# -- terminals that are none -------------------------------------------------------------


@pytest.mark.case(71)
@pytest.mark.parametrize(
    "redirect",
    [
        "</dev/null",
        "<&-",
        "< <(echo piped)",
        "| true",
        ">/dev/null",
        ">&-",
        ">/dev/full",
    ],
)
def test_the_screen_without_a_terminal_and_verbs_all_the_same(
    db: Path, redirect: str
) -> None:
    ptui = f'"{sys.executable}" -m plannertui'
    script = (
        f"{ptui} {redirect}; echo screen=${{PIPESTATUS[0]}}; "
        f"{ptui} note 'a line' </dev/null; echo note=$?; "
        f"{ptui} ls {redirect}; echo ls=${{PIPESTATUS[0]}}"
    )
    ran = subprocess.run(
        ["bash", "-c", script],
        env={
            **os.environ,
            "PLANNERTUI_DB": str(db),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "screen=2" in ran.stdout, ran.stderr
    assert "ptui today" in ran.stderr
    assert "note=0" in ran.stdout
    full = redirect == ">/dev/full"
    assert f"ls={int(full)}" in ran.stdout, ran.stderr
    assert "\x1b" not in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.case(72)
@pytest.mark.parametrize("term", ["dumb", "", None])
def test_a_poor_terminal_has_the_verbs(db: Path, term: str | None) -> None:
    command = (
        f'P="{sys.executable} -m plannertui"; $P; echo "screen=$?"; $P ls; $P today'
    )
    with Terminal(
        ["sh", "-c", command], env={"TERM": term, "PLANNERTUI_DB": str(db)}
    ) as terminal:
        assert terminal.wait_exit() == 0
        assert "screen=2" in terminal.sent
        assert "ptui today" in terminal.sent
        assert terminal.sent.count("a quiet morning") >= 1
        assert "\x1b[?1049h" not in terminal.sent


SURROUNDINGS: dict[str, dict[str, str | None]] = {
    "no colour": {"NO_COLOR": "1"},
    "C": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "no locale": {"LC_ALL": None, "LANG": None, "PYTHONUTF8": "0"},
}


@pytest.mark.case(73)
@pytest.mark.parametrize("name", sorted(SURROUNDINGS))
def test_what_is_shown_in_poor_surroundings(ptui: Ptui, name: str) -> None:
    """States are told by words and signs; a text goes in and comes out whole."""
    env = SURROUNDINGS[name]
    text = "预算 café counter"
    assert ptui("promise", "--by", "2024-09-10", input=text, env=env).code == 0
    told = ptui("today", env=env)
    assert told.code == 0
    assert "\x1b[" not in told.out
    assert "counter" in told.out
    assert ptui("ls", "--json", env=env).json[0]["text"] == text
    assert ptui("show", "M1", "--json").json["title"] == text


@pytest.mark.case(73)
def test_no_colour_is_sent_where_none_is_wanted(db: Path) -> None:
    """And what colours say elsewhere is said in words or signs."""
    with planner(db, env={"NO_COLOR": "1"}) as terminal:
        ready(terminal)
        terminal.wait_for("not encrypted")
        terminal.press("q")
        assert terminal.wait_exit() == 0
        for codes in terminal.sent.split("\x1b[")[1:]:
            number, _m, _rest = codes.partition("m")
            if not number.replace(";", "").isdigit():
                continue
            parts = number.split(";")
            if parts[0] in ("38", "48") and parts[1:2] == ["2"]:
                red, green, blue = parts[2:5]
                assert red == green == blue, f"a colour: {number}"
