"""What the views of the calendar say about days and things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.day import week_label
from plannertui.core.daywords import day_month, kind_words, month_word, weekday_heads
from plannertui.core.things import time_words
from plannertui.core.words import MARKS, month_name, weekday
from plannertui.i18n import gettext as _
from plannertui.i18n import language

if TYPE_CHECKING:
    from datetime import date

    from plannertui.core.things import Scene, Thing
    from plannertui.core.workdays import WorkCalendar
    from plannertui.outputs.calendar.canvas import Pen

ALERT = {"deadline": "behind", "appraisal": "here", "one_on_one": "here"}


def sign(thing: Thing, pen: Pen) -> str:
    """The mark before a thing: that of its kind of matter, of a milestone, a bullet."""
    if thing.noun == "milestone":
        return pen.step
    if thing.noun == "event":
        return pen.bullet
    kind = "grey" if thing.nature == "grey" else thing.kind
    return MARKS.get(kind, pen.open_box)


def colour(thing: Thing) -> str:
    """The role of a thing's mark or bar: what needs one's leader, what has an end."""
    if thing.computed:
        return "faint"
    if thing.noun == "matter":
        return "here" if thing.kind == "promise" else "muted"
    return ALERT.get(thing.kind, "muted")


def title_role(thing: Thing, held: bool) -> str:
    """The role of a thing's title: where one is, and what is only expected."""
    return "strong" if held else "muted" if thing.computed else ""


def day_kind(calendar: WorkCalendar, day: date) -> str:
    """The holiday, the leave or the make-up workday that ``day`` is; else ""."""
    said = kind_words(calendar, day)
    return "" if calendar.kind(day) == "weekend" and not said else said


def day_head(day: date, width: int, pen: Pen) -> str:
    """A day over its column, as long as ``width`` lets it: "Mon 9", "9"."""
    said = _("{weekday} {day}").format(weekday=weekday(day), day=day.day)
    if pen.width(said) <= width:
        return said
    heads = weekday_heads()[day.weekday()]
    short = _("{weekday} {day}").format(weekday=heads, day=day.day)
    return short if pen.width(short) <= width else str(day.day)


def day_label(day: date) -> str:
    """A day in a list: "Sat 14 Sep", "9月14日 周六"."""
    if language() == "zh_Hans":
        return f"{day_month(day)} {weekday(day)}"
    return f"{weekday(day)} {day_month(day)}"


def span_label(first: date, last: date, dash: str) -> str:
    """ "9 – 15 September 2024", "2024年9月9日 – 15日": as little as says it."""
    if language() == "zh_Hans":
        start = f"{first.year}年{first.month}月{first.day}日"
        end = f"{last.day}日"
        if first.month != last.month or first.year != last.year:
            end = f"{last.month}月{end}"
        if first.year != last.year:
            end = f"{last.year}年{end}"
        return f"{start} {dash} {end}"
    end = f"{last.day} {month_word(last.month)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} {dash} {end}"
    if first.year == last.year:
        return f"{first.day} {month_name(first.month)} {dash} {last.day} {month_name(last.month)} {last.year}"
    return (
        f"{first.day} {month_name(first.month)} {first.year} {dash} "
        f"{last.day} {month_name(last.month)} {last.year}"
    )


def week_words(day: date) -> str:
    """ "W37": the ISO week of a day."""
    return _("W{week}").format(week=int(week_label(day)[-2:]))


def unpublished(scene: Scene) -> str:
    """That the calendar of a year in the window is not published, or ""."""
    for year in range(scene.first.year, scene.last.year + 1):
        if not scene.calendar.known(year):
            said = _(
                "The calendar of {year} is not published yet: Monday to Friday assumed."
            )
            return said.format(year=year)
    return ""


def when_words(thing: Thing, pen: Pen) -> str:
    """When a thing is: "Thu 19 Sep · 10:00–10:30", "Mon 16 – Wed 18 Sep"."""
    said = day_label(thing.first)
    if thing.days > 1 and thing.whole_days:
        said += f" {pen.dash} {day_label(thing.last)}"
    clock = time_words(thing, pen.dash)
    return f"{said} {pen.dot} {clock}" if clock else said
