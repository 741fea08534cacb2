"""What is open with somebody, and who decides about me: the panel beside a leader."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.message import Message

from plannertui.i18n import gettext as _
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import ItemPicked
from plannertui.tui.widgets.between_rows import between_rows
from plannertui.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.room import Seen
    from plannertui.store.standing import Standing
    from plannertui.tui.planner import Planner


class PersonWanted(Message):
    """Somebody wants to see the person with the id ``number``, or the next by ``by``."""

    def __init__(self, number: int = 0, by: int = 0) -> None:
        self.number = number
        self.by = by
        super().__init__()


class BetweenPane(Vertical):
    """What is open with somebody, and who decides about me."""

    DEFAULT_CSS = """
    BetweenPane RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "open",
            N_("go to"),
            id="between.open",
            tooltip=N_("Go to the promise, the question, the person or the win"),
        ),
    ]

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.standing: Standing | None = None
        self.room: Sequence[Seen] = ()

    def compose(self) -> ComposeResult:
        """The list."""
        yield RowList(self.planner, self._build, id="between-list")

    @property
    def list(self) -> RowList:
        """The rows."""
        return self.query_one(RowList)

    def _build(self, width: int) -> Sequence[Row]:
        planner = self.planner
        return between_rows(
            self.standing, self.room, planner.today, width, planner.frame
        )

    def show(self, of: Standing | None, room: Sequence[Seen]) -> None:
        """Show what is open with somebody, and the room."""
        self.standing, self.room = of, room
        self.border_title = _("Between us")
        self.list.reload()

    def is_idle(self, action: str) -> bool:
        """Where there is nothing, nothing can be opened."""
        return action == "open" and self.list.row is None

    @on(RowList.Chosen)
    def action_open(self) -> None:
        """Go to what one is on."""
        row = self.list.row
        if row is not None:
            go(self, row)


def go(pane: Vertical, row: Row) -> None:
    """Go to the person, matter or win of ``row``."""
    if row.kind == "person":
        pane.post_message(PersonWanted(row.key))
    elif row.handle:
        pane.post_message(ItemPicked(row.handle))
