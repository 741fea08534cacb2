"""Yearly goals: measure or milestones, whom they serve, and their pace against time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from plannertui.core.rows import Row

if TYPE_CHECKING:
    from plannertui.core.priorities import Priority
    from plannertui.core.workdays import WorkCalendar

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

Health = Literal["ahead", "on_pace", "behind", "at_risk"]

TITLE_LENGTH = 80
WHY_LENGTH = 200
OBSTACLE_LENGTH = 120
IF_THEN_LENGTH = 160

AHEAD = 10
BEHIND = -10
AT_RISK = -25


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


@dataclass(frozen=True, slots=True)
class Pace:
    """Progress against time, both in percent from 0 to 100; ``gap`` in points."""

    progress: float
    elapsed: float
    gap: int
    health: Health


def progress(goal: Goal) -> float:
    """How far the goal is, in percent from 0 to 100.

    By the measure where there is one, else by milestones done of all; 0 without either.
    A measure to hold is 100 while it stands at its target or better.
    """
    measure = goal.measure
    if measure is not None:
        span = measure.target - measure.start
        if measure.direction == "hold" or span == 0:
            held = (
                measure.now <= measure.target
                if span < 0
                else measure.now >= measure.target
            )
            return 100.0 if held else 0.0
        return min(100.0, max(0.0, 100.0 * (measure.now - measure.start) / span))
    if goal.milestones:
        done = sum(1 for m in goal.milestones if m.done_on is not None)
        return 100.0 * done / len(goal.milestones)
    return 100.0 if goal.state == "done" else 0.0


def health(gap: int) -> Health:
    """The word for ``gap``, progress minus elapsed time in points."""
    if gap > AHEAD:
        return "ahead"
    if gap < AT_RISK:
        return "at_risk"
    return "behind" if gap < BEHIND else "on_pace"


def pace(goal: Goal, calendar: WorkCalendar, today: date) -> Pace:
    """``goal`` against the workdays of ``calendar`` from its start to its due date."""
    done = progress(goal)
    elapsed = 100.0 * calendar.elapsed(goal.start, goal.due, today)
    gap = round(done) - round(elapsed)
    return Pace(done, elapsed, gap, health(gap))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Active priorities served by an active goal, of all; goals that are own course."""

    served: int
    priorities: int
    own: int


def coverage(goals: Iterable[Goal], priorities: Sequence[Priority]) -> Coverage:
    """How far the active ``goals`` serve the active ``priorities``."""
    active = [goal for goal in goals if goal.state == "active"]
    wanted = {p.id for p in priorities if p.state == "active"}
    served = {s.priority_id for goal in active for s in goal.serves} & wanted
    return Coverage(len(served), len(wanted), sum(1 for g in active if not g.serves))
