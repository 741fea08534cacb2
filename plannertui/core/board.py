"""The board of a year: what its goals have by months, and where a day stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plannertui.core.day import month_length

if TYPE_CHECKING:
    from datetime import date

    from plannertui.core.figures import Week
    from plannertui.core.goals import Goal, Milestone, Pace

MONTHS = 12


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal on the board: pairs (proved, only said) of wins by month, and two lines.

    ``points`` are days and the progress known on them, ``expected`` what was to be.
    """

    goal: Goal
    pace: Pace
    wins: tuple[tuple[int, int], ...]
    points: tuple[tuple[date, float], ...]
    expected: tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A year from its ``first`` day to its ``last``; ``rest`` are wins of no goal."""

    year: int
    first: date
    last: date
    theme: str
    rows: tuple[GoalRow, ...]
    rest: tuple[tuple[int, int], ...]
    weeks: tuple[Week, ...]

    @property
    def months(self) -> list[tuple[int, int]]:
        """The twelve months, as (year, month)."""
        start = self.first.year * 12 + self.first.month - 1
        return [divmod(start + n, 12) for n in range(MONTHS)]

    def column(self, day: date) -> int | None:
        """The month of the board that ``day`` is in, None outside of the year."""
        at = (day.year - self.first.year) * 12 + day.month - self.first.month
        return at if 0 <= at < MONTHS else None

    def place(self, day: date) -> float:
        """Where ``day`` stands on the board, from 0 to 1; months are equally wide."""
        at = (day.year - self.first.year) * 12 + day.month - self.first.month
        inside = (day.day - 1) / month_length(day.year, day.month)
        return min(1.0, max(0.0, (at + inside) / MONTHS))

    def steps(self, row: GoalRow, column: int) -> list[Milestone]:
        """The milestones of a goal in a month: by the day done, else the day due."""
        return [
            step
            for step in row.goal.milestones
            if (day := step.done_on or step.due) is not None
            and self.column(day) == column
        ]
