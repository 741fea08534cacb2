"""The ledger between me and the person of the talk that is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical

from plannertui.i18n import gettext as _
from plannertui.store import people
from plannertui.store.ledger import ledger
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import ItemPicked
from plannertui.tui.panes.meet import VerbAsked
from plannertui.tui.safety import words
from plannertui.tui.widgets.drawn import flat
from plannertui.tui.widgets.ledger_lines import ledger_rows
from plannertui.tui.widgets.meet_lines import bare
from plannertui.tui.widgets.rows import Row, RowList, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.briefs import Ledger, LedgerLine
    from plannertui.core.people import Person
    from plannertui.tui.planner import Planner


class MeetLedger(Vertical):
    """Promises both ways and asks, with their age."""

    DEFAULT_CSS = """
    MeetLedger RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "open",
            N_("open"),
            id="ledger.open",
            tooltip=N_("Go to this promise or ask"),
        ),
        bind(
            "l",
            "list",
            N_("list"),
            id="ledger.rows",
            tooltip=N_("Show the list of talks in place of the ledger"),
            show=False,
        ),
    ]

    def __init__(self, planner: Planner) -> None:
        super().__init__(id="meet-ledger")
        self.planner = planner
        self.person: Person | None = None
        self.found: Ledger | None = None
        self.names: list[tuple[int, str, str]] = []
        self.border_title = _("Between us")

    def compose(self) -> ComposeResult:
        """One list."""
        yield RowList(self.planner, self._rows, id="meet-between")

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one("#meet-between", RowList)

    def show(self, person_id: int) -> None:
        """Show the ledger with this person, 0 for the primary leader."""
        planner = self.planner
        person = (
            people.get(planner.db, person_id)
            if person_id
            else people.primary(planner.db)
        )
        if person != self.person:
            self.rows.cursor = 0
        self.person, self.found = person, None
        if person is not None:
            read = ledger(planner.db, person, planner.today, planner.calendar)
            self.found = replace(
                read,
                mine=self._spoken(read.mine),
                theirs=self._spoken(read.theirs),
                asks=self._spoken(read.asks),
            )
            title = _("Between us: {alias}")
            self.border_title = words(title.format(alias=flat(person.alias)))
        self.rows.reload()

    def _spoken(self, lines: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
        """``lines`` with aliases; whose they are need not be said again at the end."""
        return tuple(replace(one, text=bare(one.text, self.names)) for one in lines)

    def _rows(self, width: int) -> list[Row]:
        if self.found is None:
            said = _("What you promise each other, and what you ask, will stand here.")
            return [Row(tuple(paragraph(said, width, "muted")))]
        planner = self.planner
        return list(ledger_rows(self.found, planner.today, width - 1, planner.frame))

    def is_idle(self, action: str) -> bool:
        """Where there is nothing, nothing can be opened."""
        return action == "open" and self.rows.row is None

    @on(RowList.Chosen)
    def action_open(self) -> None:
        """Go to the promise or ask one is on."""
        row = self.rows.row
        if row is not None:
            self.post_message(ItemPicked(row.handle))

    def action_list(self) -> None:
        """Show the list again where there is room for one of the two."""
        self.post_message(VerbAsked("ledger"))
