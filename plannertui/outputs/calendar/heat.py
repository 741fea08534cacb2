"""The year as a heatmap: a column for each week, a line for each day of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.bars import merge
from plannertui.core.daywords import weekday_heads
from plannertui.core.words import month_name
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plannertui.core.figures import Day, Week
    from plannertui.outputs.calendar.canvas import Pen, Span, Spans

LEFT = 3
DAYS = 7


def heat(weeks: Sequence[Week], today: date, width: int, pen: Pen) -> list[Spans]:
    """The months, seven lines of days, and what the marks mean, in ``width`` cells.

    Two cells for each week where there is room; where there is not even one, the weeks
    around ``today`` are shown.
    """
    cell = 2 if width >= LEFT + 2 * len(weeks) else 1
    room = max(1, (width - LEFT) // cell)
    shown = list(weeks)
    if len(shown) > room:
        at = next(
            (n for n, w in enumerate(shown) if w.days[-1].day >= today), len(shown)
        )
        start = max(0, min(at + 1 - room, len(shown) - room))
        shown = shown[start : start + room]
    heads = weekday_heads()
    lines: list[Spans] = [((" " * LEFT, ""), (_months(shown, cell, pen), "muted"))]
    for weekday in range(DAYS):
        cells: list[Span] = []
        for week in shown:
            day = next((d for d in week.days if d.day.weekday() == weekday), None)
            cells.append(_cell(day, today, cell, pen))
        name = heads[weekday] if weekday % 2 == 0 else ""
        lines.append(((pen.pad(name, LEFT), "muted"), *merge(cells)))
    kept = sum(week.kept for week in weeks)
    said = ngettext("{count} week kept", "{count} weeks kept", kept)
    lines.append(())
    marks = (
        (pen.full * cell, "here"),
        (" " + _("reflected"), "muted"),
        ("   " + _free(pen) * cell, "track"),
        (" " + _("free"), "muted"),
        ("   " + _off(pen), "faint"),
        (" " + _("day off"), "muted"),
        ("   " + said.format(count=kept), "muted"),
    )
    if sum(pen.width(text) for text, _role in marks) <= width:
        lines.append(marks)
    else:
        lines.append(((pen.cut(said.format(count=kept), width), "muted"),))
    return lines


def _free(pen: Pen) -> str:
    return pen.shades[0]


def _off(pen: Pen) -> str:
    return "." if pen.ascii else "·"


def _cell(day: Day | None, today: date, width: int, pen: Pen) -> Span:
    """One day: full where one reflected, light for a free day, blank where none was."""
    if day is None:
        return (" " * width, "")
    if day.mark == "reflected":
        return (pen.full * width, "here")
    if day.mark == "free":
        return (_free(pen) * width, "here")
    if day.day == today:
        return (pen.pad(pen.time, width), "time")
    if day.mark == "off":
        return (pen.pad(_off(pen), width), "faint")
    return (" " * width, "")


def _months(weeks: Sequence[Week], cell: int, pen: Pen) -> str:
    """The names of the months above the weeks in which they begin."""
    text = ""
    before = 0
    for at, week in enumerate(weeks):
        month = week.days[-1].day.month
        if month != before and pen.width(text) <= at * cell:
            name = month_name(month)
            if at * cell + pen.width(name) <= len(weeks) * cell:
                text = text + " " * (at * cell - pen.width(text)) + name + " "
            before = month
    return text.rstrip()


def strip(marks: Sequence[bool], pen: Pen) -> tuple[Span, ...]:
    """Days as one cell each: full where something was done, a dot where not."""
    return merge(
        [(pen.full, "here") if done else (_off(pen), "faint") for done in marks]
    )
