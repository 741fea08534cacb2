"""This day in other years, under the journal: one quiet line, or unfolded a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store.otheryears import on_this_day
from plannertui.tui import labels
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Folded, ItemPicked
from plannertui.tui.widgets.drawn import BLANK, fit, flat, line, pad
from plannertui.tui.widgets.item_lines import with_aliases
from plannertui.tui.widgets.rows import Row, RowList
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner

KEY = "O"
MOST_YEARS = 3
MOST_LINES = 4


class OtherYears(Vertical):
    """Folded: how much there is and of which years. Unfolded: each text of then."""

    DEFAULT_CSS = """
    OtherYears {
        height: auto;
        max-height: 60%;
        & > Static { height: 1; color: $muted; }
        & > RowList { height: auto; max-height: 100%; display: none; }
        &.-open > RowList { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "go",
            N_("go there"),
            id="years.go",
            tooltip=N_("Go to that day."),
        ),
        bind(
            "escape",
            "fold",
            N_("fold"),
            id="years.fold",
            tooltip=N_("Fold the other years again."),
        ),
    ]

    def __init__(self, planner: Planner) -> None:
        super().__init__()
        self.planner = planner
        self.items: Sequence[Item] = ()

    def compose(self) -> ComposeResult:
        """The line, and the list under it."""
        yield Static("", markup=False)
        yield RowList(self.planner, self._rows)

    @property
    def is_open(self) -> bool:
        """Whether it is unfolded."""
        return self.has_class("-open")

    def show_day(self, day: date, *, keep: bool) -> None:
        """Read what there is of ``day``; with another day it is folded."""
        found = on_this_day(self.planner.db, day, self.planner.today)
        same = found == list(self.items)
        self.items = found
        self.display = bool(found)
        if not keep or not found:
            self.fold()
        if not same or not keep:
            self._say()
            if self.is_open:
                self.query_one(RowList).reload()

    def on_resize(self, event: events.Resize) -> None:
        """Say as much as fits."""
        self._say()

    def _say(self) -> None:
        if not self.items or not self.is_mounted:
            return
        years = list(dict.fromkeys(item.day.year for item in self.items))
        named = _(", ").join(str(year) for year in years[:MOST_YEARS])
        if len(years) > MOST_YEARS:
            named += self.planner.frame.ellipsis
        count = len(self.items)
        said = ngettext(
            "On this day: {count} line in {years}",
            "On this day: {count} lines in {years}",
            count,
        ).format(count=count, years=named)
        if not self.is_open:
            dot = self.planner.frame.dot
            said = f"{said} {dot} {_('{key} opens').format(key=KEY)}"
        width = self.size.width or 40
        self.query_one(Static).update(Content(fit(said, width, self.planner.frame)))

    def unfold(self) -> None:
        """Show the texts, and go to them."""
        self.add_class("-open")
        self._say()
        rows = self.query_one(RowList)
        rows.reload()
        rows.focus(scroll_visible=False)

    def fold(self) -> None:
        """Show the line alone."""
        if self.is_open:
            self.remove_class("-open")
            self._say()

    def action_fold(self) -> None:
        """Fold, and go back to the journal."""
        self.fold()
        self.post_message(Folded())

    def action_go(self) -> None:
        """Go to the day of the text one is on."""
        row = self.query_one(RowList).row
        if row is not None:
            self.post_message(ItemPicked(row.handle))

    def on_row_list_chosen(self) -> None:
        """A double click goes there."""
        self.action_go()

    def _rows(self, width: int) -> list[Row]:
        rows: list[Row] = []
        day = None
        for item in self.items:
            if item.day != day:
                if rows:
                    rows.append(Row((BLANK,)))
                day = item.day
                said = labels.day_words(day, self.planner.today)
                rows.append(Row((line((said, "heading")),)))
            rows.append(self._row(item, width))
        return rows

    def _row(self, item: Item, width: int) -> Row:
        frame = self.planner.frame
        mark = labels.mark(labels.kind_of(item)) + " "
        room = max(8, width - 2 - cell_len(item.handle) - 2)
        text = flat(with_aliases(item.text[:600], item.refs)) or "–"
        parts = [part for part in wrap(text, room) if part.strip()] or ["–"]
        if len(parts) > MOST_LINES:
            *_rest, last = parts[:MOST_LINES]
            parts = [*parts[: MOST_LINES - 1], fit(last + frame.ellipsis, room, frame)]
        lines = [
            line(
                (mark if at == 0 else "  ", "muted"),
                (pad(part, room), ""),
                ("  " + item.handle if at == 0 else "", "faint"),
            )
            for at, part in enumerate(parts)
        ]
        return Row(tuple(lines), "item", item.id, item.handle)
