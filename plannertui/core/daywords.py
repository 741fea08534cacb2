"""Days, months and runs of days in words, and moving from day to day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from plannertui.core.day import plus_days, plus_months
from plannertui.core.words import day_kind_word, month_name, weekday
from plannertui.i18n import gettext as _
from plannertui.i18n import language

if TYPE_CHECKING:
    from plannertui.core.workdays import WorkCalendar

ONE_DAY = timedelta(days=1)
WEEKS = 42


def weekday_heads() -> tuple[str, ...]:
    """Monday to Sunday in at most two cells each."""
    return (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))


def month_word(month: int) -> str:
    """The name of the month from 1 to 12 in full: "September", "九月"."""
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )[month - 1]


def month_title(year: int, month: int) -> str:
    """September 2024, 2024年9月."""
    return _("{month} {year}").format(month=month_word(month), number=month, year=year)


def day_short(day: date) -> str:
    """A day of the next weeks: "Sun 15", "15日 周日"."""
    return _("{weekday} {day}").format(weekday=weekday(day), day=day.day)


def day_month(day: date) -> str:
    """A day of any time: "14 Sep", "9月14日"."""
    return _("{day} {month}").format(day=day.day, month=month_name(day.month))


def kind_words(calendar: WorkCalendar, day: date) -> str:
    """What is unusual about ``day``: a holiday's name, a make-up workday; else "".

    A weekend that holidays go on from, or to, has their name.
    """
    kind = calendar.kind(day)
    if kind == "workday":
        return ""
    if kind in ("holiday", "weekend"):
        for first, last, name in runs(calendar, day, day):
            if first <= day <= last and name != day_kind_word("leave"):
                return name
    return "" if kind == "weekend" else day_kind_word(kind)


def runs(
    calendar: WorkCalendar, first: date, last: date
) -> list[tuple[date, date, str]]:
    """Holidays and leave that touch ``first`` to ``last``: first day, last day, name.

    A run is every day off in a row, weekends included, with the names of its holidays.
    """
    found: list[tuple[date, date, str]] = []
    day = first
    while (
        day > date.min and not calendar.is_workday(day) and (first - day).days < WEEKS
    ):
        day -= ONE_DAY
    start: date | None = None
    names: list[str] = []
    while True:
        off = not calendar.is_workday(day)
        if off and start is None:
            start, names = day, []
        if off:
            _add_name(names, calendar, day)
        over = not off or day == date.max or (day - last).days > WEEKS
        if over and start is not None:
            end = day if off else day - ONE_DAY
            if names and end >= first and start <= last:
                said = [name for name in names if name] or [day_kind_word("holiday")]
                found.append((start, end, ", ".join(said)))
            start = None
        if day == date.max or (day >= last and over):
            return found
        day += ONE_DAY


def _add_name(names: list[str], calendar: WorkCalendar, day: date) -> None:
    """Add the name of ``day``, a day off, unless it is there; "" for one in lieu."""
    kind = calendar.kind(day)
    if kind == "leave":
        name = day_kind_word("leave")
    elif kind == "holiday":
        name = calendar.name(day)
        # A day off in lieu carries the date that it stands for.
        if any(character.isdigit() for character in name):
            name = ""
    else:
        return
    if not any(before and name.startswith(before) for before in names):
        names.append(name)


def run_label(first: date, last: date, dash: str) -> str:
    """Sun 15 – Tue 17, or the one day."""
    if first == last:
        return day_short(first)
    return f"{day_short(first)} {dash} {day_short(last)}"


def shift_months(day: date, months: int) -> date:
    """``day`` moved by whole months, held within the years 1 to 9999."""
    return plus_months(day, months) or (date.max if months > 0 else date.min)


def shift_days(day: date, days: int) -> date:
    """``day`` moved by ``days``, held within the years 1 to 9999."""
    return plus_days(day, days) or (date.max if days > 0 else date.min)


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
