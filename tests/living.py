"""A year lived through the shell: what a person does each working day, by one seed.

Every step is a command line that the program parses and runs as it would for a shell;
only the process is shared, since a year has more than a thousand of them.
"""

from __future__ import annotations

import io
import json
import random
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plannertui.cli.main import main
from plannertui.core.workdays import WorkCalendar, build_year

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(lambda year: build_year("CN", year), frozenset())
PEOPLE = ("L1", "L2", "P1", "P2", "P3")
PROOFS = (
    ("--number", "412 to 188"),
    ("--document", "register, week 37"),
    ("--witness", "L2"),
    ("--credit", "P3"),
)


KINDS = (
    *("note", "note", "win", "win", "promise", "promise", "waiting", "ask", "warn"),
    *("surprise", "lesson", "grey", "task"),
)
ENDS = ("done", "done", "done", "move", "move", "silent", "drop", "told")


class Life:
    """Lives a year in the store at ``path``; ``said`` counts the command lines."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.config = path.with_name("config.toml")
        self.config.write_text('calendar = "CN"\n')
        self.chance = random.Random(seed)
        self.said = 0
        self.today = date(2024, 1, 2)
        self.clock = time(9)
        self.open: dict[str, list[str]] = {"promise": [], "matter": [], "situation": []}
        self.wins: list[str] = []

    @property
    def now(self) -> datetime:
        """The moment at which the next command is given."""
        return datetime.combine(self.today, self.clock, ZONE)

    def say(self, *words: str, codes: tuple[int, ...] = (0,)) -> Any:
        """Give one command line, and get the document it prints."""
        out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
        err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
        # Not mock.patch: putting a whole environment back costs more than most lines.
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PLANNERTUI_DB", str(self.path))
            patch.setenv("PLANNERTUI_CONFIG", str(self.config))
            patch.setenv("PLANNERTUI_NOW", self.now.isoformat())
            for name, stream in (("stdin", None), ("stdout", out), ("stderr", err)):
                patch.setattr(sys, name, stream)
            code = main([*words, "--json"])
        self.said += 1
        text, complaint = (_read(stream) for stream in (out, err))
        assert code in codes, f"{words}: {code}\n{complaint}"
        if code:
            return None
        return json.loads(text) if text else None

    def maybe(self, chance: float) -> bool:
        """Whether something with this chance happens."""
        return self.chance.random() < chance

    # -- the year ----------------------------------------------------------------------

    def begin(self) -> None:
        """Leaders and others, what they answer for, three goals, the year's standards."""
        for words in (
            ("leader", "add", "Director", "--primary"),
            ("leader", "add", "Deputy"),
            ("person", "add", "Finance", "--relation", "peer"),
            ("person", "add", "IT", "--relation", "peer"),
            ("person", "add", "Officer-B", "--relation", "below"),
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
                "Inspection in October",
                "--basis",
                "seen",
            ),
            ("leader", "priority", "add", "L1", "Regional pilot", "--basis", "guess"),
            ("leader", "priority", "add", "L1", "Evening counters", "--basis", "guess"),
            (
                "goal",
                "add",
                "Licence backlog",
                "--measure",
                "cases",
                "--from",
                "412",
                "--to",
                "100",
            ),
            ("goal", "add", "One form"),
            ("goal", "add", "Handover manual"),
            ("goal", "serve", "G1", "L1.1", "--how", "by legal deadline"),
            ("goal", "serve", "G2", "L1.3"),
            (
                "year",
                "set",
                "--theme",
                "Fewer, finished",
                "--standard",
                "Tell me early",
                "--standard",
                "Fix the cause",
            ),
        ):
            self.say(*words)

    def live(self, until: date) -> None:
        """Live every working day up to and with ``until``."""
        while self.today <= until:
            if CALENDAR.is_workday(self.today):
                self.day()
            self.today += timedelta(days=1)
        self.today = until

    def day(self) -> None:
        """One working day: what happens, what is due, the evening, sometimes more."""
        self.clock = time(9, 30)
        for _ in range(self.chance.randint(1, 3)):
            self.capture()
        self.clock = time(15)
        self.settle()
        if self.maybe(0.05):
            self.hard_moment()
        if self.maybe(0.1):
            self.second_thoughts()
        self.clock = time(18, 20)
        if self.maybe(0.7):
            self.say(
                "reflect",
                "The oldest case is",
                str(self.chance.randint(20, 90)),
                "days",
            )
        if self.maybe(0.05):
            self.say("goal", "check-in", "G1", str(self.chance.randint(90, 412)))

    def capture(self) -> None:
        """Write one line of some kind down."""
        who = self.chance.choice(PEOPLE)
        ahead = f"+{self.chance.randint(1, 15)}d"
        goal = self.chance.choice(("G1", "G2", "G3"))
        kind = self.chance.choice(KINDS)
        text = f"{kind} of {self.today:%d %b} about {goal}"
        match kind:
            case "promise" | "waiting":
                made = self.say(kind, text, "--to", who, "--by", ahead)
                self.open["promise" if kind == "promise" else "matter"].append(
                    made["handle"]
                )
            case "ask":
                made = self.say("ask", text, "--to", who)
                self.open["matter"].append(made["handle"])
            case "grey":
                self.say("grey", text, "--from", who)
            case "warn":
                self.say("add", f"! {text} @{who} ^{ahead}")
            case "win":
                made = self.say("win", text, "--goal", goal)
                self.wins.append(made["handle"])
            case "surprise":
                made = self.say("note", text)
                self.say("edit", made["handle"], "--kind", "surprise")
            case "task":
                made = self.say("promise", text, "--to", who, "--by", ahead)
                self.say("edit", made["handle"], "--kind", "task")
                self.open["matter"].append(made["handle"])
            case _:
                self.say(kind, text, "--goal", goal)

    def settle(self) -> None:
        """Keep, move, drop or forget what is open; prove or leave what is a claim."""
        if self.open["promise"] and self.maybe(0.6):
            handle = self.chance.choice(self.open["promise"])
            end = self.chance.choice(ENDS)
            if end == "move":
                told = self.chance.choice(("--told", "--not-told", "--told=+0d"))
                self.say("move", handle, "--to", f"+{self.chance.randint(1, 9)}d", told)
                return
            words = {
                "done": ("done", handle),
                "silent": ("done", handle),
                "drop": ("drop", handle, "--not-told"),
                "told": ("drop", handle, "--told"),
            }[end]
            self.say(*words)
            self.open["promise"].remove(handle)
        if self.open["matter"] and self.maybe(0.3):
            handle = self.chance.choice(self.open["matter"])
            self.say("done", handle)
            self.open["matter"].remove(handle)
        if self.wins and self.maybe(0.4):
            name, value = self.chance.choice(PROOFS)
            self.say("edit", self.chance.choice(self.wins), name, value)

    def hard_moment(self) -> None:
        """Something fails; it is looked at from the leader's chair, and closed."""
        kind = self.chance.choice(("emergency", "contradiction", "decision"))
        made = self.say(
            "situation", "add", f"{kind} of {self.today:%d %b}", "--kind", kind
        )
        handle = made["handle"]
        ways = ("--a", "Paper intake | 2 staff | us", "--b", "Close at 15:00 | 6 late")
        count = self.chance.choice((2, 4))
        self.say("situation", "step", handle, "options", *ways[:count], "--pick", "A")
        self.say(
            *("situation", "step", handle, "move", "--type", "decide"),
            *("--propose", "Paper for today", "--needed", "approval", "--by", "15:00"),
        )
        if self.maybe(0.8):
            self.say("situation", "send", handle)
        if self.maybe(0.7):
            lesson = (
                ("--lesson", "Test on one counter first") if self.maybe(0.5) else ()
            )
            match = self.chance.choice(("yes", "partly", "no"))
            self.say(
                "situation",
                "close",
                handle,
                "--match",
                match,
                "--happened",
                "It held.",
                *lesson,
            )

    def second_thoughts(self) -> None:
        """Take something back, throw something away, check a belief."""
        which = self.chance.randint(1, 4)
        if which == 1:
            self.say("undo")
            self.say("redo")
        elif which == 2:
            made = self.say("note", "to be thrown away")
            self.say("rm", made["handle"])
        elif which == 3:
            answer = self.chance.choice(("yes", "partly", "no"))
            basis = self.chance.choice(("said", "seen"))
            # A belief that turned out wrong is over: there is nothing left to check.
            self.say(
                "leader",
                "priority",
                "check",
                self.chance.choice(("L1.3", "L1.4")),
                answer,
                "--basis",
                basis,
                codes=(0, 2, 3, 4),
            )
        else:
            standard = self.chance.choice(("yes", "partly", "no"))
            self.say("mirror", "answer", standard, "An example of the day.")


def _read(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
