"""A month as lines: weeks, counts, holidays, what is due, and the selected day."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from plannertui.core.day import month_length
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.tui.widgets.days import (
    kind_words,
    month_title,
    weekday_heads,
)
from plannertui.tui.widgets.drawn import BLANK, Line, fit, line, pad_left
from plannertui.tui.wording import long_day, short_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plannertui.core.workdays import WorkCalendar
    from plannertui.tui.themes import Frame
    from plannertui.tui.widgets.drawn import Span

WEEKS = 6
HEAD = 2
SHADE_FROM = (1, 3, 5)
WEEK_COLUMN = 2
DAY_KINDS = {
    "weekend": "weekend",
    "holiday": "holiday",
    "leave": "holiday",
    "workday": "",
    "makeup": "",
}

NONE: Mapping[date, int] = MappingProxyType({})


class Marks(NamedTuple):
    """What a month's days carry: entries per day, and the days something is due on."""

    counts: Mapping[date, int] = NONE
    due: Mapping[date, int] = NONE


class Geometry(NamedTuple):
    """How a month lies in its width: with a column of weeks or not, and cells a day."""

    weeks: bool
    cell: int

    @property
    def start(self) -> int:
        """The cell in which Monday begins."""
        return WEEK_COLUMN if self.weeks else 0

    @property
    def width(self) -> int:
        """The cells from the first to the last of the grid."""
        return self.start + 7 * self.cell


def geometry(width: int) -> Geometry:
    """The widest of the four layouts that fits ``width`` cells."""
    for weeks, cell in ((True, 5), (True, 4), (True, 3), (False, 3)):
        # A day's closing bracket stands in the next one's first cell where a day has
        # three cells, so Sunday's needs one more.
        need = (WEEK_COLUMN if weeks else 0) + 7 * cell + (1 if cell == 3 else 0)
        if need <= width:
            return Geometry(weeks, cell)
    return Geometry(False, 3)


def grid(year: int, month: int, week_start: int = 0) -> list[list[date | None]]:
    """Six weeks from ``week_start`` on, None where another month's days would be."""
    first = date(year, month, 1)
    cells: list[date | None] = [None] * ((first.weekday() - week_start) % 7)
    cells += [date(year, month, n + 1) for n in range(month_length(year, month))]
    cells += [None] * (7 * WEEKS - len(cells))
    return [cells[n : n + 7] for n in range(0, 7 * WEEKS, 7)]


def shade(count: int) -> int:
    """0 to 3: how dark a day with ``count`` entries is."""
    return sum(1 for least in SHADE_FROM if count >= least)


class Look(NamedTuple):
    """How days are drawn: the characters, and shades as characters or as grounds.

    ``week_start`` is the weekday that weeks begin on, 0 is Monday.
    """

    frame: Frame
    glyphs: bool
    week_start: int = 0


def day_roles(calendar: WorkCalendar, day: date, selected: bool, today: date) -> str:
    """The roles that the figure of ``day`` plays."""
    if day == today:
        return "today selected" if selected else "today"
    role = DAY_KINDS[calendar.kind(day)]
    return "selected" if selected else role


def mark_of(calendar: WorkCalendar, day: date, marks: Marks, frame: Frame) -> Span:
    """The one mark of ``day`` that matters most, and its role."""
    if marks.due.get(day):
        return frame.due, "here"
    kind = calendar.kind(day)
    if kind == "makeup":
        return frame.makeup, "muted"
    if kind in ("holiday", "leave"):
        return frame.holiday, "holiday"
    return " ", ""


def week_line(
    week: list[date | None],
    at: Geometry,
    selected: date,
    today: date,
    calendar: WorkCalendar,
    marks: Marks,
    look: Look,
) -> Line:
    """One week of the month."""
    spans: list[Span] = []
    if at.weeks:
        # A week has the number of its Monday, whichever day it begins on.
        days = [d for d in week if d is not None]
        monday = next((d for d in days if d.weekday() == 0), days[0] if days else None)
        number = None if monday is None else monday.isocalendar().week
        spans.append(("  " if number is None else f"{number:2}", "faint"))
    closing = False
    for day in week:
        lead = "]" if closing else " "
        lead_role = "here selected" if closing else ""
        closing = False
        if day is None:
            spans.append((lead, lead_role))
            spans.append((" " * (at.cell - 1), ""))
            continue
        here = day == selected
        level = shade(marks.counts.get(day, 0))
        ground = "" if look.glyphs or not level else f" shade-{level}"
        figure = day_roles(calendar, day, here, today)
        mark, mark_role = mark_of(calendar, day, marks, look.frame)
        if here:
            lead, lead_role = "[", "here selected"
        elif at.cell == 3:
            if lead == " " and mark != " ":
                lead, lead_role = mark, mark_role
        elif look.glyphs and level and lead == " ":
            lead, lead_role = look.frame.shades[level - 1], "muted"
        if at.cell == 3:
            spans += [(lead, lead_role), (f"{day.day:2}", figure + ground)]
            closing = here
            continue
        if here:
            mark, mark_role = "]", "here selected"
        gap = (" ", "") if at.cell == 5 else ("", "")
        spans += [
            gap,
            (lead, lead_role + ground),
            (f"{day.day:2}", figure + ground),
            (mark, mark_role + ground),
        ]
    if closing:
        spans.append(("]", "here selected"))
    return line(*spans)


def head_lines(year: int, month: int, at: Geometry, week_start: int = 0) -> list[Line]:
    """The month's name over its middle, and the weekdays over their columns."""
    title = month_title(year, month)
    room = (at.width - cell_len(title)) // 2
    spans: list[Span] = []
    if at.weeks:
        spans.append((pad_left(_("Wk")[:2], WEEK_COLUMN), "faint"))
    heads = weekday_heads()
    for name in (*heads[week_start:], *heads[:week_start]):
        cell = pad_left(name, 3 if at.cell < 5 else 4)
        spans.append((cell + " " * (at.cell - cell_len(cell)), "muted"))
    return [line((" " * max(0, room), ""), (title, "strong")), line(*spans)]


def legend_lines(
    year: int, month: int, calendar: WorkCalendar, marks: Marks, look: Look
) -> list[Line]:
    """What shades and marks mean; only the marks that this month has."""
    spans: list[Span] = []
    for level, least in enumerate(SHADE_FROM, 1):
        more = "+" if level == len(SHADE_FROM) else ""
        if look.glyphs:
            spans.append((look.frame.shades[level - 1], "muted"))
            spans.append((f" {least}{more}  ", "muted"))
        else:
            spans.append((f" {least}{more} ", f"shade-{level}"))
            spans.append((" ", ""))
    spans.append((_("entries a day"), "muted"))
    days = [day for week in grid(year, month) for day in week if day is not None]
    kinds = {calendar.kind(day) for day in days}
    parts: list[Span] = []
    for there, sign, role, word in (
        (any(day in marks.due for day in days), look.frame.due, "here", _("due")),
        ("holiday" in kinds, look.frame.holiday, "muted", _("holiday")),
        ("makeup" in kinds, look.frame.makeup, "muted", _("make-up")),
        ("leave" in kinds, look.frame.holiday, "muted", _("leave")),
    ):
        if there:
            parts += [(sign, role), (f" {word}  ", "muted")]
    return [line(*spans), line(*parts)]


def day_lines(
    day: date, today: date, calendar: WorkCalendar, marks: Marks, look: Look
) -> list[Line]:
    """The selected day in words: what day it is, and what it carries."""
    dot = f" {look.frame.dot} "
    said = kind_words(calendar, day)
    first = line(
        (short_day(day) if day.year == today.year else long_day(day), "strong"),
        (dot + said if said else "", "muted"),
    )
    parts = [_("W{week}").format(week=day.isocalendar().week)]
    count = marks.counts.get(day, 0)
    if count:
        parts.append(
            ngettext("{count} entry", "{count} entries", count).format(count=count)
        )
    due = marks.due.get(day, 0)
    if due:
        parts.append(ngettext("{count} due", "{count} due", due).format(count=due))
    return [first, line((dot.join(parts), "muted"))]


def unknown_line(day: date) -> Line:
    """That the calendar of the year is not known."""
    said = _("{year}: calendar not published").format(year=day.year)
    return line((said, "behind"))


def month_lines(
    day: date,
    today: date,
    width: int,
    calendar: WorkCalendar,
    marks: Marks,
    look: Look,
    *,
    compact: bool = False,
) -> list[Line]:
    """The month of ``day`` as lines: head, weeks, the day in words, the legend.

    ``compact`` leaves off the blank line and the legend.
    """
    at = geometry(width)
    lines = head_lines(day.year, day.month, at, look.week_start)
    lines += [
        week_line(week, at, day, today, calendar, marks, look)
        for week in grid(day.year, day.month, look.week_start)
    ]
    if not compact:
        lines.append(BLANK)
    lines += day_lines(day, today, calendar, marks, look)
    unknown = not calendar.known(day.year)
    if unknown:
        lines.append(unknown_line(day))
    elif not compact:
        lines.append(BLANK)
    if not compact:
        lines += legend_lines(day.year, day.month, calendar, marks, look)
    return [cut(each, width, look.frame) for each in lines]


def cut(each: Line, width: int, frame: Frame) -> Line:
    """``each``, its last span cut where it is wider than ``width``."""
    over = each.width - width
    if over <= 0 or not each.spans:
        return each
    text, roles = each.spans[-1]
    head = text[: len(text) - len(text.lstrip())]
    kept = head + fit(text[len(head) :], cell_len(text) - len(head) - over, frame)
    return line(*each.spans[:-1], (kept, roles), fill=each.fill)


def day_at(x: int, y: int, day: date, width: int, week_start: int = 0) -> date | None:
    """The day of the month of ``day`` that is drawn at cell ``x`` of line ``y``."""
    at = geometry(width)
    column, row = (x - at.start) // at.cell, y - HEAD
    if x < at.start or column > 6 or not 0 <= row < WEEKS:
        return None
    return grid(day.year, day.month, week_start)[row][column]
