"""A situation on a real terminal: the whole way by keys, and a kill in the middle."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from plannertui.store import drafts, matters, people, priorities, situations
from plannertui.store.open import open_store
from plannertui.tui.isnew import WELCOMED
from tests.terminal import Terminal, planner

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from plannertui.core.situations import Situation


@pytest.fixture
def db(tmp_path: Path, now: datetime) -> Path:
    """A leader with one priority."""
    path = tmp_path / "planner.db"
    store = open_store(str(path), now=now)
    store.set_meta(WELCOMED, "1")
    director = people.add(store, alias="Director", relation="leader", now=now)
    priorities.add(store, director, text="No old complaint", basis="said", now=now)
    store.close()
    return path


def found(path: Path, now: datetime) -> list[Situation]:
    store = open_store(str(path), now=now)
    try:
        return situations.ls(store, None)
    finally:
        store.close()


def drafted(path: Path, now: datetime) -> str:
    store = open_store(str(path), now=now)
    try:
        return "".join(draft.body for draft in drafts.ls(store))
    finally:
        store.close()


def begin(terminal: Terminal) -> None:
    """Press s, and begin."""
    terminal.wait_for("Tonight")
    terminal.wait(terminal.settled, "a calm screen")
    terminal.type("s")
    terminal.wait_for("Begin: what has happened")
    terminal.type("\n")
    terminal.wait_for("1/6 Line")


@pytest.mark.parametrize("fast", [False, True], ids=["calm", "in one go"])
def test_the_whole_way(db: Path, now: datetime, fast: bool) -> None:
    steps = [
        ("2/6 Facts", "system down\n6 cases end today\n\n\n"),
        ("3/6 Chair", "fault\n34 waiting\n\nothers too\n\nhow long\n\n"),
        ("4/6 Heart", "order\n \nbureau\nhow many\n\nclose\n"),
        ("5/6 Options", "\ndeadline\nentry\nqueue\n"),
        ("6/6 Move", "paper\n2 staff\nus\n\n\n6 late\n\n\x1b[C\n\x1b[C\n"),
        ("Message", "\npaper for today\napproval\n15:00\nthe six\n16\n"),
    ]
    with planner(db, columns=80, rows=24) as terminal:
        begin(terminal)
        if fast:
            terminal.type("".join(keys for _mark, keys in steps))
        else:
            for mark, keys in steps:
                terminal.type(keys)
                terminal.wait_for(mark)
        terminal.wait_for("DECIDE by 15:00")
        terminal.wait(terminal.settled, "a calm screen")
        terminal.type("d")
        terminal.wait_for("sent")
        terminal.assert_safe()
        terminal.press("escape")
        terminal.wait_for("Situations")
        terminal.press("q")
        terminal.wait_for("Tonight")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()
    (one,) = found(db, now)
    assert (one.line, one.clock, one.state) == (
        "system down",
        "6 cases end today",
        "sent",
    )
    assert one.facts == {
        "confirmed": ["fault", "34 waiting"],
        "reported": ["others too"],
        "unknown": ["how long"],
    }
    assert one.chair == {
        "answerable_for": "order",
        "priorities": ["L1.1"],
        "asked_by": "bureau",
        "asked_what": "how many",
    }
    assert one.heart == {"between": "deadline / entry", "symptom": "queue"}
    assert (one.predicted, one.options["pick"]) == ("close", 1)
    assert one.options["public_test"] == "yes"
    assert one.move["report_again_at"] == "16:00"
    store = open_store(str(db), now=now)
    (promise,) = matters.ls(store, kind="promise")
    store.close()
    assert promise.title == "report again 16:00: system down"


@pytest.mark.case(69)
def test_a_kill_in_the_middle_loses_nothing(db: Path, now: datetime) -> None:
    with planner(db, columns=80, rows=24) as terminal:
        begin(terminal)
        terminal.type("system down\n\n\n\n")
        terminal.wait_for("2/6 Facts")
        terminal.type("fault\n34 wai")
        terminal.wait_for("34 wai")
        # Nothing on the screen tells that the draft is written; the store does.
        terminal.wait(lambda: "34 wai" in drafted(db, now), "the draft")
        terminal.kill(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
    assert [one.facts for one in found(db, now)] == [{}]
    with planner(db, columns=80, rows=24) as terminal:
        terminal.wait_for("Tonight")
        terminal.wait(terminal.settled, "a calm screen")
        terminal.type("s")
        terminal.wait_for("system down")
        terminal.type("\n")
        terminal.wait_for("2/6 Facts")
        terminal.wait_for("34 wai")
        terminal.wait(terminal.settled, "a calm screen")
        terminal.type("\x1b")
        terminal.wait_for("Tonight")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    assert [one.facts for one in found(db, now)] == [{"confirmed": ["fault", "34 wai"]}]


@pytest.mark.parametrize("end", ["SIGTERM", "SIGHUP"])
def test_an_interruption_keeps_the_first_line(
    db: Path, now: datetime, end: str
) -> None:
    with planner(db, columns=80, rows=24) as terminal:
        begin(terminal)
        terminal.type("system do")
        terminal.wait_for("system do")
        number = signal.Signals[end]
        terminal.kill(number)
        assert terminal.wait_exit() == 128 + number
        terminal.assert_restored()
        assert "system do" not in terminal.text
    assert "a-line\tsystem do" in drafted(db, now)


def test_a_letter_paints_little(db: Path, now: datetime) -> None:
    with planner(db, columns=80, rows=24) as terminal:
        begin(terminal)
        terminal.type("z")
        terminal.wait(lambda: "a-line\tz" in drafted(db, now), "the draft")
        terminal.wait(terminal.settled, "a calm screen")
        before = len(terminal.raw)
        terminal.type("q")
        terminal.wait_for("zq")
        terminal.wait(lambda: "a-line\tzq" in drafted(db, now), "the draft")
        terminal.wait(terminal.settled, "a calm screen")
        # A letter, its line, the word beside it: not the screen.
        assert len(terminal.raw) - before < 1000
