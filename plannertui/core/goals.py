"""Yearly goals: measure or milestones, whom they serve, and their pace against time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from plannertui.core.pace import AHEAD, AT_RISK, BEHIND, Pace, health, pace, progress
from plannertui.core.rows import Row

if TYPE_CHECKING:
    from plannertui.core.pace import Health
    from plannertui.core.priorities import Priority

__all__ = [
    "AHEAD",
    "AT_RISK",
    "BEHIND",
    "DIRECTIONS",
    "IF_THEN_LENGTH",
    "OBSTACLE_LENGTH",
    "STATES",
    "TITLE_LENGTH",
    "WHY_LENGTH",
    "CheckIn",
    "Coverage",
    "Direction",
    "Goal",
    "Health",
    "Measure",
    "Milestone",
    "Pace",
    "Serve",
    "State",
    "coverage",
    "covered",
    "health",
    "pace",
    "progress",
]

State = Literal["draft", "active", "paused", "done", "released", "carried"]
STATES: tuple[State, ...] = (
    "draft",
    "active",
    "paused",
    "done",
    "released",
    "carried",
)

Direction = Literal["up", "down", "hold"]
DIRECTIONS: tuple[Direction, ...] = ("up", "down", "hold")

TITLE_LENGTH = 80
WHY_LENGTH = 200
OBSTACLE_LENGTH = 120
IF_THEN_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Measure:
    """A number the goal moves from ``start`` to ``target``; ``now`` is the last one."""

    name: str
    unit: str
    start: float
    target: float
    now: float
    direction: Direction = "up"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of a goal; its handle is the goal's and a number, G2.3."""

    id: int
    handle: str
    title: str
    due: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Serve:
    """How a goal serves one of a leader's priorities, in a sentence."""

    priority_id: int
    handle: str
    label: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The measure's value as of a day, with a word about it."""

    id: int
    day: date
    value: float | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Row):
    """A goal of one year. What it serves may be empty: then it is one's own course."""

    year: int
    title: str
    why: str = ""
    measure: Measure | None = None
    milestones: tuple[Milestone, ...] = ()
    serves: tuple[Serve, ...] = ()
    start: date
    due: date
    obstacle: str = ""
    if_then: str = ""
    state: State = "active"
    position: int = 0
    released_why: str = ""
    told: str = ""


class Coverage(NamedTuple):
    """Active priorities served by an active goal, of all; goals that are own course."""

    served: int
    priorities: int
    own: int


def coverage(goals: Iterable[Goal], priorities: Sequence[Priority]) -> Coverage:
    """How far the active ``goals`` serve the active ``priorities``."""
    return covered(goals, {p.id for p in priorities if p.state == "active"})


def covered(goals: Iterable[Goal], wanted: Set[int]) -> Coverage:
    """How far the active ``goals`` serve the active priorities with these ids."""
    active = [goal for goal in goals if goal.state == "active"]
    served = {s.priority_id for goal in active for s in goal.serves} & wanted
    return Coverage(len(served), len(wanted), sum(1 for g in active if not g.serves))
