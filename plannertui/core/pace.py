"""How far a goal is against the time that is gone.

Asked by the shell's daily verbs about goals read without their class: imports nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Literal, Protocol

    from plannertui.core.workdays import WorkCalendar

    Health = Literal["ahead", "on_pace", "behind", "at_risk"]

    class Measured(Protocol):
        """A number on its way from ``start`` to ``target``."""

        @property
        def start(self) -> float: ...
        @property
        def target(self) -> float: ...
        @property
        def now(self) -> float: ...
        @property
        def direction(self) -> str: ...

    class Step(Protocol):
        """A milestone."""

        @property
        def done_on(self) -> date | None: ...

    class Aim(Protocol):
        """What a goal's pace is reckoned from."""

        @property
        def measure(self) -> Measured | None: ...
        @property
        def milestones(self) -> Sequence[Step]: ...
        @property
        def state(self) -> str: ...
        @property
        def start(self) -> date: ...
        @property
        def due(self) -> date: ...


AHEAD = 10
BEHIND = -10
AT_RISK = -25


class Pace:
    """Progress against time, both in percent from 0 to 100; ``gap`` in points."""

    __slots__ = ("elapsed", "gap", "health", "progress")

    def __init__(
        self, progress: float, elapsed: float, gap: int, health: Health
    ) -> None:
        self.progress = progress
        self.elapsed = elapsed
        self.gap = gap
        self.health = health

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pace) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Pace{self._key()}"

    def _key(self) -> tuple[float, float, int, str]:
        return self.progress, self.elapsed, self.gap, self.health


def progress(goal: Aim) -> float:
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
        done = sum(1 for step in goal.milestones if step.done_on is not None)
        return 100.0 * done / len(goal.milestones)
    return 100.0 if goal.state == "done" else 0.0


def health(gap: int) -> Health:
    """The word for ``gap``, progress minus elapsed time in points."""
    if gap > AHEAD:
        return "ahead"
    if gap < AT_RISK:
        return "at_risk"
    return "behind" if gap < BEHIND else "on_pace"


def pace(goal: Aim, calendar: WorkCalendar, today: date) -> Pace:
    """``goal`` against the workdays of ``calendar`` from its start to its due date."""
    done = progress(goal)
    elapsed = 100.0 * calendar.elapsed(goal.start, goal.due, today)
    gap = round(done) - round(elapsed)
    return Pace(done, elapsed, gap, health(gap))
