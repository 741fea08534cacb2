"""What the sheet of a goal is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from plannertui.tui.wording import long_day, short_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.core.goals import CheckIn, Goal, Pace
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.history import Revision
    from plannertui.store.items import Item


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown of a goal, read from the store once."""

    goal: Goal
    pace: Pace
    checks: Sequence[CheckIn]
    evidence: Sequence[Item]
    changes: Sequence[Revision]
    whom: dict[int, str]
    today: date
    calendar: WorkCalendar
    language: str


def dated(day: date, today: date) -> str:
    return short_day(day) if day.year == today.year else long_day(day)
