"""Dates as people type them, in English and Chinese: one reading for shell and screen.

A period read as a day is its last day (``Q3``, ``eom``, ``2026-W47``, ``next month``,
月底), because one plans up to its end. Weeks run from Monday to Sunday.

========================= ============================================================
``2024-09-20``            also 2024-9-20, 2024/9/20, 2024.9.20, 20240920, 20 sep 2024
``9-20`` ``sep 20``       month and day: the next one, today included; ``past`` the last one
``fri``                   the next Friday, today included; ``past`` the last one
``this fri``              Friday of this week, gone or to come
``next fri`` ``last fri`` Friday of the week after, or before, this one, whatever today is:
                          on a Saturday ``last fri`` is eight days ago, ``fri`` or
                          ``yesterday`` is the day before. 下周五 and 上周五 mean the same
``+3d`` ``in 2 weeks``    d, w, m, y; ``-3d`` and ``3d ago`` back. A month that lacks the day
                          gives its last one
``eow eom eoq eoy``       ends; ``sow som soq soy`` starts; ``end of next month``
``Q3`` ``H1`` ``W47``     the first one not over yet; ``past`` the last one begun; with a
``sep``                   year 2024-Q3, 2024-H1, 2024-W47, 2024-09
``FY2024`` ``FY24Q3``     years named by the calendar year in which they start; quarters and
                          halves follow ``year_start``; ``eoy`` and ``2024`` do not
``last 30 days``          as a span only, today included
========================= ============================================================

What is not clear is an error: 11/12/2026, 7, 24-9-20, 3d, March review.
"""

from __future__ import annotations

from datetime import date

from plannertui.core.day import (
    half_span,
    month_length,
    month_span,
    plus_days,
    plus_months,
    quarter_of,
    quarter_span,
    week_span,
    year_of,
    year_span,
)
from plannertui.core.errors import UnreadableDate
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Span = tuple[date, date]

LONGEST = 60


def parse_date(
    text: str, today: date, *, past: bool = False, year_start: int = 1
) -> date:
    """The day that ``text`` names, seen from ``today``; UnreadableDate when none.

    ``past`` looks back where a weekday, a month and day or a period has no year.
    """
    found = _read(text, Asked(today, past, year_start, False))
    if found is None:
        raise UnreadableDate(
            _("Cannot read “{text}” as a date. Try {iso}, next fri or +3d.").format(
                text=_shown(text), iso=today.isoformat()
            )
        )
    return found[1]


def parse_span(
    text: str, today: date, *, past: bool = False, year_start: int = 1
) -> Span:
    """The first and last day of the day or period that ``text`` names."""
    found = _read(text, Asked(today, past, year_start, True))
    if found is None:
        raise UnreadableDate(
            _(
                "Cannot read “{text}” as a day or a period. Try {iso}, last week or {month}."
            ).format(
                text=_shown(text), iso=today.isoformat(), month=today.isoformat()[:7]
            )
        )
    return found


class Asked:
    """What a text is read against: a day, a direction, the first month of the year."""

    __slots__ = ("past", "span", "today", "year_start")

    def __init__(self, today: date, past: bool, year_start: int, span: bool) -> None:
        self.today = today
        self.past = past
        self.year_start = year_start
        self.span = span

    @property
    def year(self) -> int:
        """The year that today belongs to."""
        return year_of(self.today, self.year_start)

    def nearest(
        self, around: int, span_of: Callable[[int], Span | None]
    ) -> Span | None:
        """Of the spans of years or months near ``around``, the one that is meant.

        Forward: the first that is not over yet. Back: the last that has begun.
        """
        steps = range(around - 8, around + 9)
        for step in reversed(steps) if self.past else steps:
            span = span_of(step)
            if span is None:
                continue
            if self.past and span[0] <= self.today:
                return span
            if not self.past and span[1] >= self.today:
                return span
        return None

    def week(self, offset: int) -> Span | None:
        """The week so many weeks from this one."""
        day = plus_days(week_span(self.today)[0], offset * 7)
        return None if day is None else week_span(day)

    def weekday(self, weekday: int, offset: int | None = None) -> Span | None:
        """The weekday, 0 is Monday, of the week at ``offset``; without one the nearest."""
        if offset is not None:
            week = self.week(offset)
            return None if week is None else one(plus_days(week[0], weekday))
        if self.past:
            return one(plus_days(self.today, -((self.today.weekday() - weekday) % 7)))
        return one(plus_days(self.today, (weekday - self.today.weekday()) % 7))

    def month(self, offset: int) -> Span | None:
        """The month so many months from this one."""
        day = plus_months(self.today.replace(day=1), offset)
        return None if day is None else month_span(day.year, day.month)

    def quarter(self, offset: int) -> Span | None:
        """The quarter so many quarters from this one."""
        index = self.year * 4 + quarter_of(self.today, self.year_start) - 1 + offset
        return part(index // 4, "q", index % 4 + 1, self.year_start)


def one(day: date | None) -> Span | None:
    """A single day as a span."""
    return None if day is None else (day, day)


def exact(year: int, month: int, day: int) -> Span | None:
    """The day of that year, month and number, None when there is none."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    if not 1 <= day <= month_length(year, month):
        return None
    return one(date(year, month, day))


def month_day(asked: Asked, month: int, day: int) -> Span | None:
    """The nearest day of that month and number; 29 February waits for its year."""
    return asked.nearest(asked.today.year, lambda year: exact(year, month, day))


def month(year: int, number: int) -> Span | None:
    """A month of a calendar year."""
    if not (1 <= year <= 9999 and 1 <= number <= 12):
        return None
    return month_span(year, number)


def week(year: int, number: int, weekday: int | None = None) -> Span | None:
    """An ISO week, or its day 1 to 7; None for a week that the year does not have."""
    if not (1 <= year <= 9999 and 1 <= number <= 53):
        return None
    if weekday is not None and not 1 <= weekday <= 7:
        return None
    try:
        span = week_span(date.fromisocalendar(year, number, 1))
    except ValueError:
        return None
    return span if weekday is None else one(plus_days(span[0], weekday - 1))


def part(year: int, letter: str, number: int, year_start: int) -> Span | None:
    """A quarter ("q") or half ("h") of a year that starts in ``year_start``."""
    if not 1 <= year <= 9999:
        return None
    if letter == "q":
        return quarter_span(year, number, year_start) if 1 <= number <= 4 else None
    return half_span(year, number, year_start) if 1 <= number <= 2 else None


def whole_year(year: int, year_start: int = 1) -> Span | None:
    """All of a year."""
    return year_span(year, year_start) if 1 <= year <= 9999 else None


def shift(asked: Asked, count: int, unit: str) -> Span | None:
    """So many days ("d"), weeks, months or years from today."""
    if unit in "dw":
        return one(plus_days(asked.today, count * (7 if unit == "w" else 1)))
    return one(plus_months(asked.today, count * (12 if unit == "y" else 1)))


def last_days(asked: Asked, count: int) -> Span | None:
    """The ``count`` days that end today: a span, never a day."""
    if not asked.span or count < 1:
        return None
    first = plus_days(asked.today, 1 - count)
    return None if first is None else (first, asked.today)


def edge(span: Span | None, last: bool) -> Span | None:
    """The last day of a span, or its first, as a span."""
    return None if span is None else one(span[1] if last else span[0])


def halfwidth(text: str) -> str:
    """``text`` in lower case with full-width characters and dashes as plain ones."""
    plain = []
    for character in text:
        code = ord(character)
        if 0xFF01 <= code <= 0xFF5E:
            character = chr(code - 0xFEE0)
        elif character.isspace():
            character = " "
        elif code in (0x2010, 0x2011, 0x2012, 0x2013, 0x2212):
            character = "-"
        plain.append(character)
    return "".join(plain).lower().strip()


def _read(text: str, asked: Asked) -> Span | None:
    if len(text) > LONGEST:
        return None
    plain = halfwidth(text)
    if not plain:
        return None
    # Only what is typed in that language costs its module.
    if plain.isascii():
        from plannertui.core.dates_en import read
    else:
        from plannertui.core.dates_zh import read
    return read(plain, asked)


def _shown(text: str) -> str:
    """``text`` short and without anything that a terminal would act on."""
    safe = "".join(c if c.isprintable() else "\ufffd" for c in text[: LONGEST + 1])
    return safe if len(safe) <= LONGEST else safe[:LONGEST] + "…"
