"""The mirror: counts of one's own conduct, each of which opens the list it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message

from plannertui.core.day import year_of
from plannertui.core.figures import turn
from plannertui.core.mirror import SPANS, Block, blocks
from plannertui.i18n import gettext as _
from plannertui.store import mirror
from plannertui.tui import labels
from plannertui.tui.dialogs.figure import FigureDialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed
from plannertui.tui.safety import words
from plannertui.tui.widgets.drawn import BLANK
from plannertui.tui.widgets.heat import heat_lines
from plannertui.tui.widgets.mirror_lines import figure_rows
from plannertui.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from plannertui.core.figures import Figure, Standing
    from plannertui.core.mirror import Line as Said
    from plannertui.tui.planner import Planner
    from plannertui.tui.screens.base import Going

HEAT = 1000
"""The key of the row that the heatmap is, where the list holds it."""


class Led(Message):
    """A list of the mirror was left, and leads to ``going``; None is back."""

    def __init__(self, going: Going | None) -> None:
        self.going = going
        super().__init__()


class MirrorPane(RowList):
    """Every figure of a span of days; with ``with_year`` the heatmap below them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "open_figure",
            N_("open"),
            id="mirror.open",
            tooltip=N_("Open the list that the figure counts"),
        ),
        bind(
            "n",
            "look",
            N_("answer"),
            id="mirror.look",
            tooltip=N_("Answer the standard one is on, or the one whose turn it is"),
        ),
        bind(
            "v",
            "span",
            N_("days"),
            id="mirror.span",
            tooltip=N_("The last 90 days, this quarter, this year"),
        ),
        bind(
            "y",
            "standards",
            N_("standards"),
            id="mirror.standards",
            tooltip=N_("Write down how you want people to work for you"),
        ),
    ]

    def __init__(self, planner: Planner, *, id: str) -> None:
        super().__init__(planner, self._rows, id=id)
        self.kind = SPANS[0]
        self.with_year = True
        self.read_again()

    def read_again(self) -> None:
        """Read the figures of the span."""
        planner = self.planner
        start = planner.settings.year_start
        span = mirror.span(self.kind, planner.today, start)
        self.mirror = mirror.read(
            planner.db, span, planner.today, planner.calendar, start
        )
        self.blocks: list[Block] = blocks(
            self.mirror.figures,
            self.mirror.standings,
            self.mirror.proved,
            planner.today,
        )
        said = {
            "days": _("the last 90 days"),
            "quarter": _("this quarter"),
            "year": _("this year"),
        }[self.kind]
        dot = f" {planner.frame.dot} "
        since = labels.date_words(self.mirror.first, planner.today)
        title = _("since {day}").format(day=since)
        self.border_subtitle = words(_("no score, no rank, yours alone"))
        self.border_title = words(f"{_('Mirror')}{dot}{said}{dot}{title}")

    def reload(self) -> None:
        """Read again; the cursor stays on its figure."""
        self.read_again()
        super().reload()

    def _rows(self, width: int) -> Sequence[Row]:
        frame = self.planner.frame
        rows = figure_rows(self.mirror, self.blocks, width, frame)
        if self.with_year:
            heat = heat_lines(self.mirror.weeks, self.planner.today, width, frame)
            rows += [Row((BLANK,)), Row(tuple(heat), "year", HEAT)]
        return rows

    @property
    def said(self) -> Said | None:
        """The line one is on."""
        lines = [each for block in self.blocks for each in block.lines]
        row = self.row
        if row is None or row.kind != "figure" or row.key >= len(lines):
            return None
        return lines[row.key]

    # -- verbs -------------------------------------------------------------------------

    @on(RowList.Chosen)
    def action_open_figure(self) -> None:
        """Open the list behind the figure one is on."""
        said = self.said
        names = said.opens if said is not None else ("reflected_span",)
        if self.row is None:
            return
        label = said.label if said is not None else _("the days of reflection")
        self.open(names, label)

    def open(self, names: Sequence[str], label: str) -> None:
        """Open the lists of figures by their names."""

        def read() -> list[Figure]:
            self.read_again()
            return [self.mirror.figure(name) for name in names]

        def left(going: Going | None) -> None:
            self.post_message(Led(going))

        self.app.push_screen(FigureDialog(self.planner, read, label), left)

    def _standing(self) -> Standing | None:
        said = self.said
        for one in self.mirror.standings:
            if said is not None and said.opens == (one.answers.name,):
                return one
        return turn(self.mirror.standings)

    def action_look(self) -> None:
        """Answer a standard; without any, write them down."""
        standing = self._standing()
        if standing is None:
            self.action_standards()
            return
        from plannertui.tui.dialogs.look import LookDialog

        self.app.push_screen(LookDialog(self.planner, standing), self._left)

    def action_standards(self) -> None:
        """The standards are kept with the year."""
        from plannertui.tui.dialogs.year import YearDialog

        planner = self.planner
        year = year_of(planner.today, planner.settings.year_start)
        self.app.push_screen(YearDialog(planner, year), self._left)

    def _left(self, said: str | None) -> None:
        if said:
            self.reload()
            self.post_message(Changed(said))

    def action_span(self) -> None:
        """Another span of days."""
        self.kind = SPANS[(SPANS.index(self.kind) + 1) % len(SPANS)]
        self.reload()
