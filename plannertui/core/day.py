"""Days, weeks, quarters and years: which one a moment or a day belongs to.

A span is its first and last day, both included. A year is named by the calendar year in
which it starts; ``year_start`` is the month it starts in, 1 to 12. Spans that would leave
the years 1 to 9999 end at the first or last day there is.
"""

from __future__ import annotations

from datetime import date, datetime

DAY_START = 240

_LAST = date.max.toordinal()


def day_of(now: datetime, day_start: int = DAY_START) -> date:
    """The day that ``now`` is lived in: until ``day_start`` it is still yesterday.

    ``day_start`` is minutes after midnight on the wall clock, so a night of changing
    clocks ends its day at the same reading as any other. The zone of ``now`` is kept.
    """
    day = now.date()
    if now.hour * 60 + now.minute >= day_start or day == date.min:
        return day
    return date.fromordinal(day.toordinal() - 1)


def stamp(now: datetime) -> str:
    """``now`` as kept: ISO 8601 with milliseconds and offset; refused without a zone."""
    if now.utcoffset() is None:
        raise ValueError("a stamp needs a zone")
    return now.isoformat(timespec="milliseconds")


def plus_days(day: date, days: int) -> date | None:
    """``day`` and so many days later, or None past the years 1 to 9999."""
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= _LAST else None


def later(day: date, days: int) -> date:
    """``day`` and so many days later or, below 0, earlier, within the years there are."""
    found = plus_days(day, days)
    if found is not None:
        return found
    return date.max if days > 0 else date.min


def plus_months(day: date, months: int) -> date | None:
    """``day`` and so many months later, None past the years 1 to 9999.

    A month without that day gives its last one: 31 January and one month is 28 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def month_length(year: int, month: int) -> int:
    """How many days ``month`` has in ``year``."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def month_span(year: int, month: int) -> tuple[date, date]:
    """``month`` of the calendar year ``year``."""
    return date(year, month, 1), date(year, month, month_length(year, month))


def week_span(day: date) -> tuple[date, date]:
    """The week of ``day``, Monday to Sunday."""
    monday = day.toordinal() - day.weekday()
    return date.fromordinal(monday), date.fromordinal(min(monday + 6, _LAST))


def week_label(day: date) -> str:
    """The ISO week of ``day``, as in "2024-W37"."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def year_of(day: date, year_start: int = 1) -> int:
    """The year that ``day`` belongs to."""
    return day.year if day.month >= year_start else day.year - 1


def year_span(year: int, year_start: int = 1) -> tuple[date, date]:
    """The twelve months of ``year``."""
    return _months(year, year_start, 0, 12)


def quarter_of(day: date, year_start: int = 1) -> int:
    """The quarter that ``day`` belongs to, 1 to 4, counted from ``year_start``."""
    return (day.month - year_start) % 12 // 3 + 1


def quarter_span(year: int, quarter: int, year_start: int = 1) -> tuple[date, date]:
    """The three months of ``quarter`` in ``year``."""
    return _months(year, year_start, quarter * 3 - 3, 3)


def half_span(year: int, half: int, year_start: int = 1) -> tuple[date, date]:
    """The six months of the first or second ``half`` of ``year``."""
    return _months(year, year_start, half * 6 - 6, 6)


def _months(year: int, start: int, skip: int, months: int) -> tuple[date, date]:
    """``months`` months of ``year`` from its ``skip``-th on, kept within 1 to 9999."""
    first = year * 12 + start - 1 + skip
    return _first_day(first), _day_before(first + months)


def _first_day(month: int) -> date:
    year, month = divmod(month, 12)
    if year > 9999:
        return date.max
    return date(year, month + 1, 1) if year else date.min


def _day_before(month: int) -> date:
    year, month = divmod(month - 1, 12)
    if year > 9999:
        return date.max
    return date(year, month + 1, month_length(year, month + 1)) if year else date.min
