"""What was written on the day that the calendar is on, beside its hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on

from plannertui.i18n import gettext as _
from plannertui.store import onview
from plannertui.tui import labels
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import ItemPicked
from plannertui.tui.safety import words
from plannertui.tui.widgets.drawn import line, pad
from plannertui.tui.widgets.item_lines import lay_out
from plannertui.tui.widgets.rows import Row, RowList, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.binding import BindingType

    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner

CLOCK = 6


class DayPanel(RowList):
    """The lines of a day in the order they were written; Enter goes to one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "open_line",
            N_("open"),
            id="viewday.open",
            tooltip=N_("Go to the line one is on, in the journal"),
        ),
    ]

    def __init__(self, planner: Planner, *, id: str) -> None:
        super().__init__(planner, self._rows, id=id)
        self.day = planner.today
        self._items: list[Item] = []
        self.border_title = words(_("Written"))

    def show(self, day: date) -> None:
        """Show what was written on ``day``."""
        fresh = day != self.day
        self.day = day
        self._items = onview.written(self.planner.db, day)
        if fresh:
            self.cursor = 0
            self.scroll_to(y=0, animate=False)
        super().reload()

    def _rows(self, width: int) -> Sequence[Row]:
        if not self._items:
            said = _("Nothing was written on this day. a writes a line down.")
            return [Row(tuple(paragraph(said, width, "muted")))]
        return [self._row(item, width) for item in self._items]

    def _row(self, item: Item, width: int) -> Row:
        """A line of the journal: when, its mark, its text."""
        lead = pad(item.at or "", CLOCK)
        sign = labels.mark(labels.kind_of(item))
        lines = []
        for text, about in lay_out(item, max(8, width - CLOCK - 2), self.frame, None):
            gap = max(1, width - CLOCK - 2 - cell_len(text) - cell_len(about))
            lines.append(
                line(
                    (lead, "muted"),
                    (sign + " ", "muted"),
                    (text, ""),
                    (" " * gap + about if about else "", "muted"),
                )
            )
            lead, sign = " " * CLOCK, " "
        return Row(tuple(lines), "item", item.id, item.handle)

    @on(RowList.Chosen)
    def action_open_line(self) -> None:
        """Go to the line."""
        if self.row is not None:
            self.post_message(ItemPicked(self.row.handle))
