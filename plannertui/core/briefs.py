"""What one takes into a one-on-one, and what is open between two people, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plannertui.core.events import Event
from plannertui.core.goals import Goal
from plannertui.core.matters import Matter, outcome
from plannertui.core.pace import Pace
from plannertui.core.people import Basis, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One line of a brief: its words, the thing it is about, and what is to be known.

    ``kind`` is that of the thing ("warn", "win", "ask", "promise" …), of a belief
    ("said", "seen", "guess") or "" for words of one's own. ``item`` is its place on the
    agenda, from 1, or 0. ``day`` is when it was written or, for a belief, checked;
    ``basis`` is that of the belief behind an ask, "" for none.
    """

    text: str
    handle: str = ""
    kind: str = ""
    day: date | None = None
    due: date | None = None
    closed_on: date | None = None
    basis: str = ""
    state: str = ""
    share: str = "ready"
    nature: str = "official"
    carried: str = ""
    carried_on: date | None = None
    item: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a goal that serves this leader stands; ``as_of`` is its last check-in."""

    goal: Goal
    pace: Pace
    as_of: date | None


@dataclass(frozen=True, slots=True)
class StyleLine:
    """One line of somebody's way of working; ``name`` is one of ``people.STYLE``."""

    name: str
    text: str
    basis: Basis
    checked_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything for one talk, in the order in which it is said.

    ``standings`` and ``warnings`` come first. What is on the agenda is in ``decide``,
    ``inform``, ``ask``, ``thanks`` or ``carried``; the rest of ``ask`` are open asks
    and beliefs to check. ``wins`` are ready ones since the last talk that are not on the
    agenda. ``promises`` are those between the two, open or closed since the last talk.
    """

    event: Event
    person: Person | None
    last: Event | None
    wanted: str
    standings: tuple[Standing, ...]
    warnings: tuple[Point, ...]
    decide: tuple[Point, ...]
    inform: tuple[Point, ...]
    wins: tuple[Point, ...]
    ask: tuple[Point, ...]
    promises: tuple[Point, ...]
    carried: tuple[Point, ...]
    style: tuple[StyleLine, ...]
    thanks: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A promise, a thing awaited or an ask between me and somebody.

    ``result`` is "open", or how it ended: a promise of either side as ``outcome`` says,
    an ask "answered" or "dropped". ``age`` counts workdays from the day it was made to
    its end or to today, ``late`` those past its due date. ``origin`` is the talk that
    it came out of.
    """

    handle: str
    text: str
    kind: str
    nature: str
    made_on: date
    due: date | None
    closed_on: date | None
    result: str
    age: int
    late: int
    origin: str = ""


RESULTS = ("open", "kept", "renegotiated", "late", "broken", "released")
ASK_RESULTS = ("open", "answered", "dropped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What I owe, what is owed to me, and what I want to know: open first, then by day."""

    person: Person
    mine: tuple[LedgerLine, ...]
    theirs: tuple[LedgerLine, ...]
    asks: tuple[LedgerLine, ...]

    def totals(self) -> dict[str, dict[str, int]]:
        """How many of each side ended how; they add up to the lines."""
        sides = {
            "mine": (self.mine, RESULTS),
            "theirs": (self.theirs, RESULTS),
            "asks": (self.asks, ASK_RESULTS),
        }
        return {
            side: {name: sum(one.result == name for one in lines) for name in names}
            for side, (lines, names) in sides.items()
        }


def result(matter: Matter) -> str:
    """How a line of the ledger ended, in the words of ``LedgerLine.result``."""
    if matter.kind != "ask":
        return outcome(matter)
    return {"open": "open", "done": "answered"}.get(matter.state, "dropped")
