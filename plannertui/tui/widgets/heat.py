"""The year as a heatmap: a column for each week, a line for each day of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.core.words import month_name
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.tui.widgets.bar import merge
from plannertui.tui.widgets.days import weekday_heads
from plannertui.tui.widgets.drawn import Line, Span, fit, line, pad

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plannertui.core.figures import Day, Week
    from plannertui.tui.themes import Frame

LEFT = 3
DAYS = 7


def heat_lines(
    weeks: Sequence[Week], today: date, width: int, frame: Frame
) -> list[Line]:
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
    lines = [line((" " * LEFT, ""), (_months(shown, cell), "muted"))]
    for weekday in range(DAYS):
        cells: list[Span] = []
        for week in shown:
            day = next((d for d in week.days if d.day.weekday() == weekday), None)
            cells.append(_cell(day, today, cell, frame))
        name = heads[weekday] if weekday % 2 == 0 else ""
        lines.append(line((pad(name, LEFT), "muted"), *merge(cells)))
    kept = sum(week.kept for week in weeks)
    said = ngettext("{count} week kept", "{count} weeks kept", kept)
    lines.append(line())
    marks = (
        (frame.full * cell, "here"),
        (" " + _("reflected"), "muted"),
        ("   " + _free(frame) * cell, "track"),
        (" " + _("free"), "muted"),
        ("   " + _off(frame), "faint"),
        (" " + _("day off"), "muted"),
        ("   " + said.format(count=kept), "muted"),
    )
    if sum(cell_len(text) for text, _role in marks) <= width:
        lines.append(line(*marks))
    else:
        lines.append(line((fit(said.format(count=kept), width, frame), "muted")))
    return lines


def _free(frame: Frame) -> str:
    return frame.shades[0]


def _off(frame: Frame) -> str:
    return "." if frame.name == "ascii" else "·"


def _cell(day: Day | None, today: date, width: int, frame: Frame) -> Span:
    """One day: full where one reflected, light for a free day, blank where none was."""
    if day is None:
        return (" " * width, "")
    if day.mark == "reflected":
        return (frame.full * width, "here")
    if day.mark == "free":
        return (_free(frame) * width, "here")
    if day.day == today:
        return (pad(frame.time, width), "time")
    if day.mark == "off":
        return (pad(_off(frame), width), "faint")
    return (" " * width, "")


def _months(weeks: Sequence[Week], cell: int) -> str:
    """The names of the months above the weeks in which they begin."""
    text = ""
    before = 0
    for at, week in enumerate(weeks):
        month = week.days[-1].day.month
        if month != before and cell_len(text) <= at * cell:
            name = month_name(month)
            if at * cell + cell_len(name) <= len(weeks) * cell:
                text = pad(text, at * cell) + name + " "
            before = month
    return text.rstrip()


def strip_line(marks: Sequence[bool], frame: Frame) -> tuple[Span, ...]:
    """Days as one cell each: full where something was done, a dot where not."""
    return merge(
        [(frame.full, "here") if done else (_off(frame), "faint") for done in marks]
    )
