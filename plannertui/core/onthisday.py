"""The same day in other years. On the shell's daily path: imports next to nothing."""

from __future__ import annotations

from datetime import date

from plannertui.core.day import month_length


def same_days(day: date, first: int, last: int) -> list[date]:
    """The days of the years ``first`` to ``last`` that ``day`` recalls, the newest first.

    29 February is recalled on 28 February where a year has no 29th, and recalls the
    28th of such years: no leap day is lost for four years.
    """
    found = []
    for year in range(last, first - 1, -1):
        if year == day.year:
            continue
        leap = month_length(year, 2) == 29
        if (day.month, day.day) == (2, 29):
            found.append(date(year, 2, 29 if leap else 28))
        elif (day.month, day.day) == (2, 28):
            if leap and month_length(day.year, 2) == 28:
                found.append(date(year, 2, 29))
            found.append(date(year, 2, 28))
        else:
            found.append(day.replace(year=year))
    return found
