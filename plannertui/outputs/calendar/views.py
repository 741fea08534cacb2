"""Which views there are, the days that each shows, and how one goes from page to page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.day import year_of, year_span
from plannertui.core.daywords import long_day, month_title, shift_days, shift_months
from plannertui.core.things import week_first
from plannertui.i18n import pgettext
from plannertui.outputs.calendar import agenda, hours, month, year
from plannertui.outputs.calendar.words import day_kind, span_label, week_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plannertui.core.board import Board
    from plannertui.core.things import Scene
    from plannertui.outputs.calendar.canvas import Pen, Sheet, Spans

VIEWS = ("day", "week", "month", "agenda", "year")
NARROW = 64
"""The cells under which a week is a list."""
AGENDA_DAYS = 28


def names() -> dict[str, str]:
    """What the views are called."""
    return {
        "day": pgettext("view", "Day"),
        "week": pgettext("view", "Week"),
        "month": pgettext("view", "Month"),
        "agenda": pgettext("view", "Agenda"),
        "year": pgettext("view", "Year"),
    }


def window(
    view: str, day: date, week_start: int = 0, year_start: int = 1
) -> tuple[date, date]:
    """The first and last day of the page of ``view`` that ``day`` is on."""
    if view == "week":
        first = week_first(day, week_start)
        return first, shift_days(first, 6)
    if view == "month":
        return month.window(day, week_start)
    if view == "agenda":
        return day, shift_days(day, AGENDA_DAYS - 1)
    if view == "year":
        return year_span(year_of(day, year_start), year_start)
    return day, day


def shows_all(day: date, end: date, week_start: int = 0, year_start: int = 1) -> str:
    """The view that shows all days from ``day`` to ``end``: one page, or the list."""
    for view in ("week", "month"):
        if end <= window(view, day, week_start)[1]:
            return view
    whole = (day, end) == window("year", day, week_start, year_start)
    return "year" if whole else "agenda"


def turned(view: str, day: date, pages: int) -> date:
    """``day`` so many pages of ``view`` later."""
    if view == "month":
        return shift_months(day, pages)
    if view == "year":
        return shift_months(day, 12 * pages)
    days = {"agenda": AGENDA_DAYS, "week": 7}.get(view, 1)
    return shift_days(day, days * pages)


def title(view: str, scene: Scene, pen: Pen) -> str:
    """What the page shows: "W37 · 9 – 15 September 2024"."""
    if view == "month":
        return month_title(scene.day.year, scene.day.month)
    if view == "day":
        parts = [long_day(scene.day), day_kind(scene.calendar, scene.day)]
        return f" {pen.dot} ".join(part for part in parts if part)
    if view == "year" and scene.first.month == 1:
        return str(scene.first.year)
    said = span_label(scene.first, scene.last, pen.dash)
    if view == "week":
        thursday = shift_days(scene.first, (3 - scene.first.weekday()) % 7)
        said = f"{week_words(thursday)} {pen.dot} {said}"
    return said


def draw(
    view: str,
    scene: Scene,
    width: int,
    height: int,
    pen: Pen,
    *,
    week_start: int = 0,
    per_hour: int = 0,
    whole: bool = True,
    board: Board | None = None,
    below: Sequence[Spans] = (),
) -> Sheet:
    """A page of ``view``; that of a year needs its ``board``; ``below`` comes last."""
    if board is not None:
        return year.draw(board, scene, width, pen, height if whole else 0)
    if view == "month":
        return month.draw(scene, width, height, pen)
    if view == "agenda" or (view == "week" and width < NARROW):
        return agenda.draw(
            scene, width, pen, every=view == "week", week_start=week_start
        )
    sheet = hours.draw(scene, width, height, pen, per_hour, whole)
    return sheet._replace(body=(*sheet.body, *below))
