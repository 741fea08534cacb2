"""What the next two weeks bring: events, what is due, holidays; and what is overdue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.reactive import var

from plannertui.i18n import gettext as _
from plannertui.store.onview import person_of, title_of
from plannertui.tui.keys import N_, bind
from plannertui.tui.labels import kind_of, mark
from plannertui.tui.messages import EventAsked, ItemPicked
from plannertui.tui.widgets.days import (
    day_month,
    day_short,
    kind_words,
    run_label,
    runs,
    shift_days,
)
from plannertui.tui.widgets.drawn import BLANK, Drawn, Line, fit, flat, line, pad
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.binding import BindingType

    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner
    from plannertui.tui.themes import Frame

DAYS = 14
OVERDUE_DAYS = 90
MOST_OVERDUE = 5
MOST_ROWS = 2
NARROW = 20


class Row(NamedTuple):
    """One thing of the agenda and the lines it takes; ``handle`` is "" for a holiday."""

    lines: tuple[Line, ...]
    handle: str = ""
    item: Item | None = None


def sign_of(item: Item, frame: Frame) -> str:
    """What stands before ``item``: an event's time, or the mark of its kind."""
    if item.noun == "event":
        return item.at or frame.bullet
    sign = mark(kind_of(item))
    return frame.open_box if sign == "-" else sign


def item_row(
    item: Item, day: str, left: int, width: int, frame: Frame, late: bool
) -> Row:
    """``item`` under ``day`` in a column of ``left`` cells: at most two lines, and whom."""
    sign = sign_of(item, frame)
    text = flat(title_of(item))
    if item.rule_day is not None:
        text += " " + frame.again
    who = flat(person_of(item))
    if who.casefold() in text.casefold():
        who = ""
    start = left + 1 + cell_len(sign) + 1
    room = max(4, width - start)
    rows = wrap(text, room) or [""]
    if len(rows) > MOST_ROWS:
        rows = [*rows[: MOST_ROWS - 1], fit(text[len(rows[0]) :].lstrip(), room, frame)]
    who = fit(who, room, frame)
    if who and cell_len(rows[-1]) + 1 + cell_len(who) > room:
        if len(rows) < MOST_ROWS or room < NARROW:
            rows.append("")
        else:
            rows[-1] = fit(rows[-1], room - 1 - cell_len(who), frame)
    lines = []
    for index, row in enumerate(rows):
        last = index == len(rows) - 1
        gap = room - cell_len(row) - cell_len(who)
        lines.append(
            line(
                (
                    pad(day if index == 0 else "", left) + " ",
                    "at-risk" if late else "muted",
                ),
                (pad(sign if index == 0 else "", cell_len(sign)) + " ", "muted"),
                (row, ""),
                (" " * gap + who if who and last else "", "muted"),
            )
        )
    return Row(tuple(lines), item.handle, item)


def agenda_rows(
    coming: Sequence[Item],
    overdue: Sequence[Item],
    calendar: WorkCalendar,
    today: date,
    width: int,
    frame: Frame,
) -> list[Row]:
    """The agenda from ``today`` on at ``width`` cells."""
    last = shift_days(today, DAYS - 1)
    free = runs(calendar, today, last)
    days = [max(today, item.day) for item in coming]
    left = max((cell_len(day_short(day)) for day in [today, *days]), default=0)
    rows: list[Row] = []
    if overdue:
        far = max(cell_len(day_month(item.day)) for item in overdue)
        rows.append(Row((line((_("Overdue"), "heading")),)))
        for item in overdue[:MOST_OVERDUE]:
            rows.append(item_row(item, day_month(item.day), far, width, frame, True))
        more = len(overdue) - MOST_OVERDUE
        if more > 0:
            said = _("and {count} more").format(count=more)
            rows.append(Row((line((said, "muted")),)))
        rows.append(Row((BLANK,)))
    rows.append(Row((line((fit(_("Next two weeks"), width, frame), "heading")),)))
    timed: list[tuple[date, int, Row]] = []
    for first, end, name in free:
        label = run_label(first, end, "-" if frame.name == "ascii" else "–")
        said = fit(name, width - cell_len(label) - 2, frame)
        row = Row((line((label, "muted"), ("  " + said, "holiday")),))
        timed.append((max(first, today), 0, row))
    for day in _makeups(calendar, today, last):
        said = fit(kind_words(calendar, day), width - left - 1, frame)
        row = Row((line((pad(day_short(day), left) + " ", "muted"), (said, "muted")),))
        timed.append((day, 1, row))
    before: date | None = None
    for item, day in zip(coming, days, strict=True):
        label = "" if day == before else day_short(day)
        before = day
        timed.append((day, 2, item_row(item, label, left, width, frame, False)))
    rows += [row for _day, _order, row in sorted(timed, key=lambda each: each[:2])]
    if not timed:
        said = _("Nothing is due, nothing is planned.")
        rows += [Row((line((part, "muted")),)) for part in wrap(said, width)]
    if not calendar.known(last.year):
        said = _("The calendar of {year} is not published: Monday to Friday assumed.")
        rows.append(Row((BLANK,)))
        for part in wrap(said.format(year=last.year), width):
            rows.append(Row((line((part, "behind")),)))
    return rows


def _makeups(calendar: WorkCalendar, first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if calendar.kind(day) == "makeup":
            yield day


class Agenda(Drawn):
    """The agenda as a list to move in; Enter or a click goes to the thing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "k,up",
            "move(-1)",
            N_("up"),
            id="agenda.up",
            tooltip=N_("Go to the line above"),
            show=False,
        ),
        bind(
            "j,down",
            "move(1)",
            N_("down"),
            id="agenda.down",
            tooltip=N_("Go to the line below"),
            show=False,
        ),
        bind(
            "home",
            "edge(False)",
            N_("first"),
            id="agenda.first",
            tooltip=N_("Go to the first line"),
            show=False,
        ),
        bind(
            "end",
            "edge(True)",
            N_("last"),
            id="agenda.last",
            tooltip=N_("Go to the last line"),
            show=False,
        ),
        bind(
            "enter",
            "open",
            N_("open"),
            id="agenda.open",
            tooltip=N_("Go to what is due"),
        ),
        bind(
            "n",
            "new_event",
            N_("new event"),
            id="agenda.event",
            tooltip=N_("Add an event on the day one is on"),
        ),
        bind(
            "e",
            "edit_event",
            N_("change event"),
            id="agenda.edit",
            tooltip=N_("Change the event one is on"),
        ),
    ]

    cursor: var[int] = var(0, init=False)
    """Which of the things that can be opened one is on."""

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(planner, id=id)
        self._coming: list[Item] = []
        self._overdue: list[Item] = []
        self._owners: list[int | None] = []
        self.handles: list[str] = []
        self._items: list[Item | None] = []

    def show(self, coming: list[Item], overdue: list[Item]) -> None:
        """Show these; the cursor stays on its thing where that is still there."""
        self._coming, self._overdue = coming, overdue
        before = self.item
        self.redraw()
        if before is None:
            return
        # Of what repeats each time is a thing of its own.
        keys = [(i.id, i.rule_day) if i else None for i in self._items]
        here = (before.id, before.rule_day)
        now = self.item
        if here in keys:
            self.cursor = keys.index(here)
        elif now is not None and (now.noun, now.day) == (before.noun, before.day):
            # One that was changed alone is a thing of its own now, in the same place.
            pass
        elif before.handle in self.handles:
            self.cursor = self.handles.index(before.handle)

    @property
    def picked(self) -> str:
        """The handle one is on, "" when there is nothing to open."""
        return self.handles[self.cursor] if self.cursor < len(self.handles) else ""

    @property
    def item(self) -> Item | None:
        """The thing one is on."""
        return self._items[self.cursor] if self.cursor < len(self._items) else None

    def draw(self, width: int) -> list[Line]:
        """The rows, the one with the cursor on its own ground while focused."""
        planner = self.planner
        rows = agenda_rows(
            self._coming,
            self._overdue,
            planner.calendar,
            planner.today,
            width,
            self.frame,
        )
        self.handles = [row.handle for row in rows if row.handle]
        self._items = [row.item for row in rows if row.handle]
        lines: list[Line] = []
        self._owners = []
        number = -1
        for row in rows:
            number += 1 if row.handle else 0
            here = bool(row.handle) and self.has_focus and number == self.cursor
            for each in row.lines:
                lines.append(Line(each.spans, "cursor") if here else each)
                self._owners.append(number if row.handle else None)
        return lines

    def watch_cursor(self) -> None:
        """Repaint the two things, and keep the one in view."""
        self.redraw()
        self._follow()

    def _follow(self) -> None:
        shown = [n for n, owner in enumerate(self._owners) if owner == self.cursor]
        if shown:
            top = 0 if self.cursor == 0 else shown[0]
            self.keep_in_view(top, shown[-1])

    def on_focus(self) -> None:
        """Show where one is."""
        self.redraw()

    def on_blur(self) -> None:
        """Hide where one was."""
        self.redraw()

    def action_move(self, by: int) -> None:
        """Move by things that can be opened."""
        self.cursor = max(0, min(len(self.handles) - 1, self.cursor + by))

    def action_edge(self, last: bool) -> None:
        """Move to the first or the last."""
        self.cursor = max(0, len(self.handles) - 1) if last else 0

    def action_open(self) -> None:
        """Go to the thing one is on."""
        if self.picked:
            self.post_message(ItemPicked(self.picked))

    def action_new_event(self) -> None:
        """Ask for an event on the day of the thing one is on."""
        item, today = self.item, self.planner.today
        day = today if item is None else max(today, item.day)
        self.post_message(EventAsked(day))

    def action_edit_event(self) -> None:
        """Change the event one is on; what is no event is opened."""
        item = self.item
        if item is None or item.noun != "event":
            self.action_open()
        else:
            self.post_message(EventAsked(item.day, item.id, item.rule_day))

    def on_click(self, event: events.Click) -> None:
        """Go to the thing under the mouse."""
        at = event.get_content_offset(self)
        index = -1 if at is None else at.y + self.scroll_offset.y
        owner = self._owners[index] if 0 <= index < len(self._owners) else None
        if owner is not None:
            event.stop()
            self.cursor = owner
            self.action_open()
