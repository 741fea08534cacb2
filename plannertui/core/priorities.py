"""What a leader answers for, each with what the belief rests on."""

from __future__ import annotations

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
GUESS_STALE_DAYS = 60
LOOK_AGAIN_DAYS = 120

__all__ = [
    "BASES",
    "KINDS",
    "RIGHT",
    "STATES",
    "Basis",
    "Check",
    "Kind",
    "Priority",
    "State",
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
