"""What a leader answers for, each with what the belief rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from plannertui.core.people import BASES, Basis
from plannertui.core.rows import Row

Kind = Literal["goal", "pressure", "position"]
KINDS: tuple[Kind, ...] = ("goal", "pressure", "position")

State = Literal["active", "met", "changed", "dropped"]
STATES: tuple[State, ...] = ("active", "met", "changed", "dropped")

TEXT_LENGTH = 120
LOWEST = 5
GUESS_STALE_DAYS = 60
LOOK_AGAIN_DAYS = 120

__all__ = [
    "BASES",
    "KINDS",
    "RIGHT",
    "STATES",
    "Bases",
    "Basis",
    "Check",
    "Kind",
    "Perspective",
    "Priority",
    "State",
    "bases",
    "perspective",
    "ranks",
    "shifted",
    "stale",
]


Right = Literal["yes", "partly", "no"]
RIGHT: tuple[Right, ...] = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True)
class Check:
    """A belief that was checked with the leader: when, what it rested on, if it held."""

    on: date
    was: Basis
    right: Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority(Row):
    """One thing a leader answers for; its handle is the leader's and a number, L1.2."""

    person_id: int
    kind: Kind = "goal"
    text: str
    rank: int = 3
    basis: Basis = "guess"
    checked_on: date | None = None
    since: date | None = None
    until: date | None = None
    state: State = "active"
    successor_id: int | None = None
    checks: tuple[Check, ...] = ()


def stale(priority: Priority, today: date) -> bool:
    """Whether it asks for a look: a guess after 60 days, anything else after 120."""
    if priority.state != "active":
        return False
    if priority.checked_on is None:
        return priority.basis == "guess"
    limit = GUESS_STALE_DAYS if priority.basis == "guess" else LOOK_AGAIN_DAYS
    return (today - priority.checked_on).days > limit


@dataclass(frozen=True, slots=True)
class Bases:
    """How many beliefs rest on what, and how many of the guesses are stale."""

    said: int
    seen: int
    guess: int
    stale: int


def bases(priorities: Iterable[Priority], today: date) -> Bases:
    """What the active ones of ``priorities`` rest on."""
    active = [each for each in priorities if each.state == "active"]
    on = [each.basis for each in active]
    old = sum(1 for each in active if each.basis == "guess" and stale(each, today))
    return Bases(on.count("said"), on.count("seen"), on.count("guess"), old)


@dataclass(frozen=True, slots=True)
class Perspective:
    """How many guesses were checked, and how many of them were right or partly so."""

    checked: int
    right: int
    partly: int


def perspective(priorities: Iterable[Priority]) -> Perspective:
    """The checks of guesses; looking again at what was said or seen does not count."""
    checks = [c.right for each in priorities for c in each.checks if c.was == "guess"]
    return Perspective(len(checks), checks.count("yes"), checks.count("partly"))


def shifted(ordered: Sequence[Priority], which: int, by: int) -> list[Priority]:
    """``ordered`` with the one whose id is ``which`` moved by ``by`` places."""
    found = list(ordered)
    at = next(n for n, each in enumerate(found) if each.id == which)
    found.insert(max(0, min(len(found) - 1, at + by)), found.pop(at))
    return found


def ranks(ordered: Sequence[Priority]) -> dict[int, int]:
    """The ranks, by id, with which ``ordered`` is listed as it stands.

    Five weigh 1 to 5. What comes after them shares the last rank, and stands there in
    the order in which it was written down.
    """
    return {each.id: min(LOWEST, at) for at, each in enumerate(ordered, 1)}
