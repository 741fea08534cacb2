"""Days, spans and numbers as a report writes them, in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.words import MONTHS, month_name, weekday
from plannertui.i18n import gettext as _
from plannertui.i18n import language

if TYPE_CHECKING:
    from datetime import date


def chinese() -> bool:
    """Whether what is written is Chinese."""
    return language() == "zh_Hans"


def day(on: date, today: date) -> str:
    """ "14 Sep", "9月14日"; with its year where that is another."""
    if chinese():
        return (
            f"{f'{on.year}年' if on.year != today.year else ''}{on.month}月{on.day}日"
        )
    far = f" {on.year}" if on.year != today.year else ""
    return f"{on.day} {month_name(on.month)}{far}"


def full_day(on: date) -> str:
    """ "14 Sep 2024", "2024年9月14日"."""
    if chinese():
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {month_name(on.month)} {on.year}"


def named_day(on: date, today: date) -> str:
    """ "Fri 20 Sep", "9月20日 周五"."""
    if chinese():
        return f"{day(on, today)} {weekday(on)}"
    return f"{weekday(on)} {day(on, today)}"


def span(first: date, last: date) -> str:
    """ "9-14 Sep 2024", "2024年9月9日至14日"."""
    if first == last:
        return full_day(first)
    if chinese():
        if (first.year, first.month) == (last.year, last.month):
            return f"{full_day(first)}至{last.day}日"
        if first.year == last.year:
            return f"{full_day(first)}至{last.month}月{last.day}日"
        return f"{full_day(first)}至{full_day(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{full_day(last)}"
    if first.year == last.year:
        return f"{first.day} {month_name(first.month)} - {full_day(last)}"
    return f"{full_day(first)} - {full_day(last)}"


def number(value: float) -> str:
    """``value`` without needless decimals."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"


def percent(value: float) -> str:
    """ "72 %", "72%"."""
    return f"{round(value)}%" if chinese() else f"{round(value)} %"


def month_letter(month: int) -> str:
    """ "J", "1月": the shortest name of a month."""
    return f"{month}月" if chinese() else _(MONTHS[month - 1])[0]


def listed(words: list[str]) -> str:
    """ "IT, Officer B", "信息科、小许"."""
    return ("、" if chinese() else ", ").join(words)
