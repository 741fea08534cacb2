"""The days that a rule gives in one day, week, month or year."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from plannertui.core.day import month_length
from plannertui.core.rules import WORKDAY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.core.workdays import WorkCalendar

LAST = date.max.toordinal()


def week_of(day: date, wkst: int) -> int:
    """The ordinal of the first day of the week of ``day``, weeks beginning on ``wkst``."""
    number = day.toordinal()
    return number - (number - 1 - wkst) % 7


def in_period(
    rule: Rule, anchor: date, period: int, calendar: WorkCalendar | None
) -> Sequence[int]:
    """The ordinals of the days that the rule gives in one period, in order."""
    freq = rule.freq
    if freq == "WEEKLY":
        wanted = rule.by_day or ((0, anchor.weekday()),)
        if not rule.by_workdays and not rule.by_month:
            # 1 January of year 1 was a Monday: the weekday of n is (n - 1) % 7.
            at = sorted((day - (period - 1)) % 7 for _n, day in wanted)
            return [period + n for n in at if 1 <= period + n <= LAST]
        week = range(max(1, period), min(period + 7, LAST + 1))
        return _kept(rule._replace(by_day=wanted), week, calendar)
    if freq == "DAILY":
        if not rule.by_day and not rule.by_month and not rule.by_month_day:
            return (period,)
        return _kept(rule, range(period, period + 1), calendar)
    if freq == "MONTHLY":
        year, month = divmod(period, 12)
        if rule.by_month and month + 1 not in rule.by_month:
            return ()
        return _in_month(rule, year, month + 1, anchor.day, calendar)
    return _in_year(rule, period, anchor, calendar)


def _in_month(
    rule: Rule, year: int, month: int, day: int, calendar: WorkCalendar | None
) -> list[int]:
    length = month_length(year, month)
    before = date(year, month, 1).toordinal() - 1
    numbers = rule.by_month_day
    if not numbers and not rule.by_day:
        numbers = (day,)
    found = {n if n > 0 else length + 1 + n for n in numbers}
    kept = sorted(before + n for n in found if 1 <= n <= length)
    if not rule.by_day:
        return kept
    on = _on_weekdays(rule, before + 1, before + length, calendar)
    return sorted(on.intersection(kept) if numbers else on)


def _on_weekdays(
    rule: Rule, first: int, last: int, calendar: WorkCalendar | None
) -> set[int]:
    """The days from ``first`` to ``last`` that BYDAY means, numbers counted in there."""
    found: set[int] = set()
    for n, day in rule.by_day:
        if day == WORKDAY:
            found.update(i for i in range(first, last + 1) if _worked(i, calendar))
            continue
        start = first + (day - (first - 1)) % 7
        every = range(start, last + 1, 7)
        if not n:
            found.update(every)
        elif -len(every) <= n <= len(every):
            found.add(every[n - 1 if n > 0 else n])
    return found


def _in_year(
    rule: Rule, year: int, anchor: date, calendar: WorkCalendar | None
) -> list[int]:
    first = date(year, 1, 1).toordinal()
    length = 366 if month_length(year, 2) == 29 else 365
    if rule.by_year_day or rule.by_week_no:
        inside = range(first, first + length)
        kept = _kept(rule._replace(by_day=()), inside, calendar)
        if not rule.by_day:
            return kept
        # Numbers count within the year, as they do where no month is named.
        return sorted(_counted_in(rule, year, calendar).intersection(kept))
    if rule.by_day and not rule.by_month:
        on = _on_weekdays(rule, first, first + length - 1, calendar)
        if not rule.by_month_day:
            return sorted(on)
        return [n for n in sorted(on) if _is_month_day(n, rule.by_month_day)]
    months: Sequence[int] = rule.by_month
    if not months:
        months = range(1, 13) if rule.by_month_day else (anchor.month,)
    found = []
    for month in months:
        found += _in_month(rule, year, month, anchor.day, calendar)
    return found


def _counted_in(rule: Rule, year: int, calendar: WorkCalendar | None) -> set[int]:
    if rule.by_month:
        found: set[int] = set()
        for month in rule.by_month:
            first = date(year, month, 1).toordinal()
            last = first + month_length(year, month) - 1
            found |= _on_weekdays(rule, first, last, calendar)
        return found
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return _on_weekdays(rule, first, last, calendar)


def _kept(rule: Rule, numbers: range, calendar: WorkCalendar | None) -> list[int]:
    """The days of ``numbers`` that every part of the rule lets through."""
    weekdays = {day for _n, day in rule.by_day}
    found = []
    for number in numbers:
        day = date.fromordinal(number)
        if rule.by_month and day.month not in rule.by_month:
            continue
        if rule.by_month_day and not _is_month_day(number, rule.by_month_day):
            continue
        if rule.by_year_day and not _is_year_day(day, rule.by_year_day):
            continue
        if rule.by_week_no and not _is_week(day, rule.by_week_no, rule.wkst):
            continue
        if weekdays and not (
            day.weekday() in weekdays
            or (WORKDAY in weekdays and _worked(number, calendar))
        ):
            continue
        found.append(number)
    return found


def _is_month_day(number: int, wanted: tuple[int, ...]) -> bool:
    day = date.fromordinal(number)
    return (
        day.day in wanted or day.day - month_length(day.year, day.month) - 1 in wanted
    )


def _is_year_day(day: date, wanted: tuple[int, ...]) -> bool:
    length = 366 if month_length(day.year, 2) == 29 else 365
    number = day.toordinal() - date(day.year, 1, 1).toordinal() + 1
    return number in wanted or number - length - 1 in wanted


def _is_week(day: date, wanted: tuple[int, ...], wkst: int) -> bool:
    """Whether ``day`` lies in one of the weeks, whose first has four days of its year."""
    start = week_of(day, wkst)
    year = date.fromordinal(max(1, min(LAST, start + 3))).year
    number = (start - _first_week(year, wkst)) // 7 + 1
    weeks = (_first_week(min(year + 1, 9999), wkst) - _first_week(year, wkst)) // 7
    return number in wanted or number - weeks - 1 in wanted


@lru_cache(maxsize=512)
def _first_week(year: int, wkst: int) -> int:
    return week_of(date(year, 1, 4), wkst)


def placed(found: Sequence[int], places: tuple[int, ...]) -> list[int]:
    every = list(found)
    picked = {
        every[place - 1 if place > 0 else place]
        for place in places
        if -len(every) <= place <= len(every) and place
    }
    return sorted(picked)


def _worked(number: int, calendar: WorkCalendar | None) -> bool:
    if calendar is None:
        return (number - 1) % 7 < 5
    return calendar.is_workday(date.fromordinal(number))
