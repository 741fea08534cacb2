"""Days as the screen names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.words import month_name, weekday
from plannertui.i18n import gettext as _
from plannertui.i18n import language

if TYPE_CHECKING:
    from datetime import date


def short_day(day: date) -> str:
    """A day without its year: "Fri 20 Sep", "9月20日 周五"."""
    if language() == "zh_Hans":
        return f"{day.month}月{day.day}日 {weekday(day)}"
    return f"{weekday(day)} {day.day} {month_name(day.month)}"


def long_day(day: date) -> str:
    """A day with its year: "Fri 20 Sep 2024", "2024年9月20日 周五"."""
    if language() == "zh_Hans":
        return f"{day.year}年{short_day(day)}"
    return f"{short_day(day)} {day.year}"


def day_near(day: date, today: date) -> str:
    """A day as one would say it on ``today``: "tomorrow", "Fri", "Mon 23 Sep"."""
    away = (day - today).days
    if away == 0:
        return _("today")
    if away == 1:
        return _("tomorrow")
    if away == -1:
        return _("yesterday")
    if 1 < away < 7:
        return weekday(day)
    return short_day(day) if day.year == today.year else long_day(day)
