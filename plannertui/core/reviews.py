"""Reviews: which there are, their steps, their periods, and when each is due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from plannertui.core.day import (
    half_span,
    month_span,
    quarter_of,
    quarter_span,
    week_label,
    week_span,
    year_of,
    year_span,
)
from plannertui.core.errors import Usage
from plannertui.core.reviewsteps import MONTH, QUARTER, WEEK, Step
from plannertui.core.reviewyears import PLAN, YEAR_CLOSE, YEAR_OPEN
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

Kind = Literal["week", "month", "quarter", "year-close", "year-open", "plan"]
KINDS: tuple[Kind, ...] = (
    "week",
    "month",
    "quarter",
    "year-close",
    "year-open",
    "plan",
)

NAMES: dict[Kind, str] = {
    "week": N_("Week"),
    "month": N_("Month"),
    "quarter": N_("Quarter"),
    "year-close": N_("Year close"),
    "year-open": N_("Plan my year"),
    "plan": N_("Plan my year, short"),
}

STEPS: dict[Kind, tuple[Step, ...]] = {
    "week": WEEK,
    "month": MONTH,
    "quarter": QUARTER,
    "year-close": YEAR_CLOSE,
    "year-open": YEAR_OPEN,
    "plan": PLAN,
}

_WEEK_LABEL = re.compile(r"(\d{4})-?W(\d{1,2})")
_MONTH_LABEL = re.compile(r"(\d{4})-(\d{1,2})")
_QUARTER_LABEL = re.compile(r"(\d{4})-?Q([1-4])")
_HALF_LABEL = re.compile(r"(\d{4})-?H([12])")
_YEAR_LABEL = re.compile(r"(\d{4})")


class Period(NamedTuple):
    """What a review looks at: its label and its days, both ends included.

    ``also`` is a second label that ends on the same day: "2024-H1" beside "2024-Q2".
    """

    label: str
    first: date
    last: date
    also: str = ""

    @property
    def shown(self) -> str:
        """The label, with the second one beside it."""
        return f"{self.label} · {self.also}" if self.also else self.label


@dataclass(frozen=True, slots=True)
class Due:
    """A review of a period and the workday on which it is due."""

    kind: Kind
    period: Period
    on: date


def name_of(kind: Kind) -> str:
    """What people call a review."""
    return _(NAMES[kind])


def steps_of(kind: Kind) -> tuple[Step, ...]:
    """The steps of a review, in order."""
    return STEPS[kind]


def minutes_of(kind: Kind) -> int:
    """How long a review takes."""
    return sum(step.minutes for step in STEPS[kind])


def period_of(kind: Kind, day: date, year_start: int = 1) -> Period:
    """The period of ``kind`` that ``day`` belongs to."""
    year = year_of(day, year_start)
    if kind == "week":
        return Period(week_label(day), *week_span(day))
    if kind == "month":
        return Period(f"{day:%Y-%m}", *month_span(day.year, day.month))
    if kind == "quarter":
        return _quarter(year, quarter_of(day, year_start), year_start)
    return Period(f"{year:04}", *year_span(year, year_start))


def _quarter(year: int, number: int, year_start: int) -> Period:
    also = f"{year:04}-H{number // 2}" if number % 2 == 0 else ""
    span = quarter_span(year, number, year_start)
    return Period(f"{year:04}-Q{number}", *span, also)


def read_period(kind: Kind, text: str, year_start: int = 1) -> Period:
    """The period that a label names; Usage says how one is written.

    A half year, "2024-H1", is looked at by the steps of a quarter.
    """
    label = text.strip().upper()
    try:
        if kind == "week" and (found := _WEEK_LABEL.fullmatch(label)):
            day = date.fromisocalendar(int(found[1]), int(found[2]), 4)
            return period_of("week", day)
        if kind == "month" and (found := _MONTH_LABEL.fullmatch(label)):
            return period_of("month", date(int(found[1]), int(found[2]), 1))
        if kind == "quarter" and (found := _QUARTER_LABEL.fullmatch(label)):
            return _quarter(int(found[1]), int(found[2]), year_start)
        if kind == "quarter" and (found := _HALF_LABEL.fullmatch(label)):
            year, half = int(found[1]), int(found[2])
            return Period(f"{year:04}-H{half}", *half_span(year, half, year_start))
        if kind not in ("week", "month", "quarter") and (
            found := _YEAR_LABEL.fullmatch(label)
        ):
            year = int(found[1])
            return Period(f"{year:04}", *year_span(year, year_start))
    except ValueError:
        pass
    like = {"week": "2024-W37", "month": "2024-09", "quarter": "2024-Q3, 2024-H1"}
    raise Usage(
        _('"{text}" is no period of this review. Write it like this: {like}').format(
            text=text, like=like.get(kind, "2024")
        )
    )


def due_on(kind: Kind, period: Period, calendar: WorkCalendar) -> date | None:
    """The last workday of ``period``, for planning a year its first one.

    None where nobody works in all of it.
    """
    if kind == "week":
        return calendar.last_of_week(period.first + timedelta(days=3))
    if kind in ("year-open", "plan"):
        first = period.first
        day = first if calendar.is_workday(first) else calendar.next(first)
    else:
        last = period.last
        day = last if calendar.is_workday(last) else calendar.previous(last)
    return day if period.first <= day <= period.last else None


def latest(
    kind: Kind, today: date, calendar: WorkCalendar, year_start: int = 1
) -> Due | None:
    """The review of ``kind`` that came due last, today included.

    A period without a workday has none, so the one before it is the last.
    """
    period = period_of(kind, today, year_start)
    for _back in range(3):
        day = due_on(kind, period, calendar)
        if day is not None and day <= today:
            return Due(kind, period, day)
        if period.first == date.min:
            return None
        period = period_of(kind, period.first - timedelta(days=1), year_start)
    return None


def coming(
    kind: Kind, today: date, calendar: WorkCalendar, year_start: int = 1
) -> Due | None:
    """The next review of ``kind`` after today."""
    period = period_of(kind, today, year_start)
    for _ahead in range(3):
        day = due_on(kind, period, calendar)
        if day is not None and day > today:
            return Due(kind, period, day)
        if period.last == date.max:
            return None
        period = period_of(kind, period.last + timedelta(days=1), year_start)
    return None
