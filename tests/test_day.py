"""A day in the life, typed into a real terminal, with every key counted.

From the warning at a quarter past eleven to the appraisal in October: what somebody does
who works under a leader, by keys alone. ``KEYS`` holds how many keys each part takes
besides the letters of one's own words; the README tells the same numbers.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.terminal import Terminal, planner

if TYPE_CHECKING:
    from tests.conftest import Ptui

KEYS = {
    "a warning": 2,
    "a promise": 2,
    "a situation": 43,
    "a grey matter": 2,
    "the brief": 2,
}
"""Keys of each part, its own letters not counted."""

SEED: tuple[tuple[str, ...], ...] = (
    ("leader", "add", "Director", "--primary", "--in-room"),
    ("leader", "add", "Deputy Director", "--in-room"),
    ("person", "add", "Finance", "--relation", "peer"),
    (
        "leader",
        "priority",
        "add",
        "L1",
        "No complaint older than 30 days",
        "--basis",
        "said",
    ),
    (
        "leader",
        "priority",
        "add",
        "L1",
        "The inspection looks at the online form first",
        "--basis",
        "guess",
    ),
    (
        "goal",
        "add",
        "Licence backlog",
        "--measure",
        "open cases",
        "--from",
        "412",
        "--to",
        "100",
        "--serves",
        "L1.1",
    ),
    ("goal", "check-in", "G1", "188"),
    ("goal", "add", "One counter, one form", "--milestone", "Form check 10"),
    (
        "year",
        "set",
        "--theme",
        "Fewer, finished",
        "--standard",
        "Tell me early, even if it is small",
        "--appraisal",
        "2024-10-28",
    ),
    (
        "meet",
        "add",
        "L1",
        "--on",
        "2024-09-19",
        "--at",
        "10:00",
        "--every",
        "2w",
        "--minutes",
        "30",
    ),
)


class Hands:
    """Somebody at a terminal whose keys are counted; ``letters`` are of their own words."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.keys = 0
        self.letters = 0

    def press(self, *keys: str) -> None:
        """Press keys, each when the one before has been answered."""
        for key in keys:
            self.terminal.press(key)
            self.keys += 1
            self.calm()

    def write(self, text: str) -> None:
        """Type one's own words."""
        self.terminal.type(text)
        self.letters += len(text)
        self.calm()

    def fill(self, *lines: str) -> None:
        """Fill fields one after the other, Enter after each; "" is Enter alone."""
        for line in lines:
            if line:
                self.write(line)
            self.press("enter")

    def calm(self) -> None:
        """Wait until nothing more is drawn."""
        for _ in range(3):
            self.terminal.wait(self.terminal.settled, "a calm screen")

    def sees(self, *texts: str) -> None:
        """Wait until each of the texts stands on the screen."""
        for text in texts:
            self.terminal.wait_for(text)


class Desk:
    """Opens the planner at a moment, and keeps how many keys each part took."""

    def __init__(self, db: Path) -> None:
        self.db = db
        self.counted: dict[str, int] = {}

    def at(self, moment: str, columns: int = 120, rows: int = 36) -> Sitting:
        """One sitting, from opening the planner to leaving it."""
        return Sitting(self, f"2024-{moment}:00+08:00", columns, rows)


class Sitting:
    """The planner, open; as a context it gives the hands, and leaves at the end."""

    def __init__(self, desk: Desk, now: str, columns: int, rows: int) -> None:
        self.desk = desk
        self.terminal = planner(desk.db, now=now, columns=columns, rows=rows)
        self.hands = Hands(self.terminal)

    def __enter__(self) -> Hands:
        try:
            self.terminal.wait_for("Tonight")
            self.hands.calm()
        except BaseException:
            self.terminal.close()
            raise
        self.hands.keys = 0
        return self.hands

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if kind is None:
                self.terminal.assert_safe()
                self.terminal.press("ctrl+q")
                assert self.terminal.wait_exit() == 0
                self.terminal.assert_restored()
        finally:
            self.terminal.close()


@pytest.fixture
def desk(ptui: Ptui, tmp_path: Path, home: Path) -> Desk:
    """An office in September, as somebody has it in the planner."""
    config = home / ".config" / "plannertui" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('calendar = "CN"\n')
    for words in SEED:
        ran = ptui(*words, env={"PLANNERTUI_NOW": "2024-09-12T09:00:00+08:00"})
        assert ran.code == 0, ran.err
    return Desk(tmp_path / "planner.db")


def exported(ptui: Ptui) -> dict[str, list[dict[str, Any]]]:
    """Everything that is kept, as the shell exports it."""
    tables: dict[str, list[dict[str, Any]]] = ptui("export", "--json").json["tables"]
    return tables


def test_a_day_in_the_life(desk: Desk, ptui: Ptui) -> None:
    counted = desk.counted

    # 08:40, sixty seconds: what is coming stands there without a key.
    with desk.at("09-14T08:40") as hands:
        hands.sees("make-up workday", "179 of 251", "Thu 19 10:00", "on pace", "72 %")

    # 11:15, five seconds each.
    with desk.at("09-14T11:15") as hands:
        hands.press("a")
        hands.write("! budget for forms may come back @P1 ^9-23")
        hands.press("enter")
        hands.sees("warning for Mon 23 Sep")
        counted["a warning"], hands.keys = hands.keys, 0
        hands.press("a")
        hands.write("> list of 30 oldest @L1 ^fri")
        hands.press("enter")
        hands.sees("promise due Fri 20 Sep")
        counted["a promise"] = hands.keys

    # 13:20, five minutes, at 80 by 24: six steps from the Director's chair.
    with desk.at("09-14T13:20", 80, 24) as hands:
        hands.press("s", "enter")
        hands.fill("licence system down since 13:10", "statutory clock on 6 cases")
        hands.fill("", "")
        hands.sees("2/6 Facts")
        hands.fill("IT confirms a database fault", "34 people waiting", "")
        hands.fill("other districts affected", "", "time of repair", "")
        hands.sees("3/6 Chair", "You sit in Director", "said", "guess")
        hands.fill("statutory deadlines")
        hands.press("space", "enter")
        hands.fill("bureau head", "how many citizens, how long")
        hands.fill("accept paper receipts", "close the counters")
        hands.sees("4/6 Heart")
        hands.fill("", "legal deadline", "data entry", "queue length")
        hands.sees("5/6 Options")
        hands.fill("paper intake with receipts", "2 staff, 3 h", "us")
        hands.fill("close at 15:00", "6 deadlines missed", "applicants")
        hands.fill("", "")
        hands.press("right", "enter", "right", "enter")
        hands.sees("6/6 Move")
        hands.fill("", "paper receipts for today", "approval of paper receipts")
        hands.fill("15:00", "taking the 6 cases first", "16:00")
        hands.sees("DECIDE by 15:00")
        hands.press("d")
        hands.sees("sent")
        counted["a situation"] = hands.keys
        hands.press("escape", "escape")

    # 16:30, twenty seconds: the blur between duty and favour is named and dated.
    with desk.at("09-14T16:30") as hands:
        hands.press("a")
        hands.write("~ driver for family errand @L2")
        hands.press("enter")
        hands.sees("grey")
        counted["a grey matter"] = hands.keys

    # 18:10, three minutes: it is closed, and what was predicted stands beside what was.
    with desk.at("09-14T18:10") as hands:
        hands.press("s", "c")
        hands.sees("close the counters")
        hands.write("close the counters")
        hands.press("tab")
        hands.write("paper receipts, approved at once")
        hands.press("tab", "tab", "tab")
        hands.write("approved paper at once")
        hands.press("tab", "left", "tab")
        hands.write("he protects deadlines before queues")
        hands.press("ctrl+s")
        hands.sees("closed")
        hands.press("escape")
        # What was undecided goes first now, before any other question.
        hands.sees("Boundary", "not decided yet")
        hands.press("r")
        hands.write("He asked whether I could just have the driver fetch something.")
        hands.press("ctrl+s", "escape")
        hands.press("5", "end")
        hands.sees("undecided", "not decided yet")
        hands.press("b")
        hands.write("Could you just have the driver fetch it?")
        hands.press("tab", "tab", "tab", "tab", "right", "right", "tab", "tab")
        hands.press("right", "right", "tab", "right", "right", "tab", "right", "tab")
        hands.press("right", "right", "ctrl+s")
        hands.sees("declined")
        hands.press("escape", "n", "r")
        hands.write("Oldest case now 21 days.")
        hands.press("ctrl+o", "shift+tab", "left")
        hands.sees("Seen by")
        hands.press("tab", "tab", "tab", "tab")
        hands.write("L2")
        hands.press("ctrl+s")
        hands.sees("win")

    # 18:30, fifteen minutes: the week, step by step; one step is skipped.
    with desk.at("09-14T18:30") as hands:
        hands.press("w", "enter")
        hands.sees("1/8 Clear")
        hands.press("n")
        hands.sees("2/8 Promises", "report again 16:00")
        hands.press("d")
        hands.press("n", "n", "n", "x")
        hands.sees("6/8 Mirror", "Tell me early, even if it is small")
        hands.press("escape", "escape")

    # Wednesday, four minutes: the page to take along, in one key from the talk.
    with desk.at("09-18T17:00") as hands:
        hands.press("7", "b")
        hands.sees("One-on-one: Director", "Say first", "188", "Ask (checking guesses)")
        counted["the brief"] = hands.keys
        hands.press("escape")

    # Thursday, two minutes: the guess was wrong, and is put right.
    with desk.at("09-19T10:40") as hands:
        hands.press("7", "h")
        hands.sees("After the one-on-one", "You wanted to know")
        hands.write("They look at the counters first")
        hands.press("tab")
        hands.write("draft note on counter hours ^fri")
        hands.press("ctrl+s")
        hands.sees("What comes of it")
        hands.press("right", "right", "right", "right", "ctrl+s")
        hands.sees("→ L1.3", "→ M4")

    # October: what a room can check, and what was left out of it.
    with desk.at("10-21T09:00") as hands:
        hands.press("p", "j", "j", "j")
        hands.sees("Nominator", "private")
        hands.press("escape")

    assert counted == KEYS
    tables = exported(ptui)
    handles = {h["id"]: f"{h['letter']}{h['number']}" for h in tables["handle"]}
    (situation,) = tables["situation"]
    assert (situation["state"], situation["match"]) == ("closed", "no")
    assert situation["actual"] == "approved paper at once"
    assert json.loads(situation["chair"])["priorities"] == ["L1.1"]
    matters = {m["title"]: m for m in tables["matter"]}
    report = matters["report again 16:00: licence system down since 13:10"]
    assert (report["kind"], report["state"]) == ("promise", "done")
    assert matters["list of 30 oldest @L1"]["due"] == "2024-09-20"
    grey = matters["driver for family errand @L2"]
    boundary = json.loads(grey["boundary"])
    assert (grey["nature"], grey["state"]) == ("grey", "done")
    assert (boundary["decision"], boundary["tests"]) == (
        "declined",
        ["no", "no", "yes"],
    )
    assert matters["draft note on counter hours"]["due"] == "2024-09-20"
    entries = {(e["kind"], e["text"]): e for e in tables["entry"]}
    assert ("lesson", "he protects deadlines before queues") in entries
    win = entries["win", "Oldest case now 21 days."]
    assert json.loads(win["win"])["witnesses"] == ["L2"]
    beliefs = {handles[k["id"]]: k for k in tables["priority"]}
    assert beliefs["L1.2"]["state"] == "changed"
    assert json.loads(beliefs["L1.2"]["checks"]) == [["2024-09-19", "guess", "no"]]
    after = beliefs["L1.3"]
    assert (after["text"], after["basis"]) == (
        "They look at the counters first",
        "said",
    )
    (talk, following) = sorted(tables["event"], key=lambda e: str(e["starts_on"]))
    assert (talk["state"], following["starts_on"]) == ("followed_up", "2024-10-10")
