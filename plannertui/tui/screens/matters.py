"""Matters: what is open, by when or by weight, and everything about one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content

from plannertui.i18n import gettext as _
from plannertui.store import carrying, history, rows
from plannertui.tui.panes.matters import MattersPane
from plannertui.tui.screens.base import WorkScreen, wider
from plannertui.tui.widgets.matter_sheet import Sheet, sheet_rows
from plannertui.tui.widgets.rows import Row, RowList, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner

WIDE = 104
TALL = 20
LEAST = 60
BESIDE = 44
BELOW = 10
HIGH = 30


class MatterPanel(Vertical):
    """Everything about the matter one is on."""

    def __init__(self, planner: Planner, pane: MattersPane, *, id: str) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.pane = pane
        self.sheet: Sheet | None = None
        self.border_title = Content(_("About it"))

    def compose(self) -> ComposeResult:
        """The rows."""
        yield RowList(self.planner, self.rows, id="matter-sheet")

    def rows(self, width: int) -> Sequence[Row]:
        """The matter, or a word where there is none."""
        if self.sheet is None:
            said = _(
                "What you are on is shown here: moves, links, history, how it counts."
            )
            return [Row(tuple(paragraph(said, width, "muted")))]
        return sheet_rows(self.sheet, self.pane.board, width, self.planner.frame)

    def reload(self) -> None:
        """Show the matter that the list is on now."""
        matter, db = self.pane.current, self.planner.db
        if matter is None:
            self.sheet = None
        else:
            serves = rows.ref(db, matter.priority_id)
            self.sheet = Sheet(
                matter,
                tuple(carrying.ties(db, matter.id)),
                tuple(history.log(db, matter.id)),
                "" if serves is None else f"{serves.handle}  {serves.label}",
            )
        shown = self.query_one(RowList)
        shown.reload()
        shown.scroll_to(y=0, animate=False)


class MattersScreen(WorkScreen, inherit_bindings=True):
    """The list or the boxes, and the sheet beside or below it."""

    DEFAULT_CSS: ClassVar[str] = """
    MattersScreen {
        #matters { width: 1fr; }
        #matters RowList, #matters MatterBoxes { height: 1fr; }
        #matter RowList { height: 1fr; }
        #panels.-stacked { layout: vertical; }
    }
    """

    def panels(self) -> Iterable[Widget]:
        """The list, the sheet."""
        pane = MattersPane(self.planner, id="matters")
        yield pane
        yield MatterPanel(self.planner, pane, id="matter")

    @property
    def pane(self) -> MattersPane:
        """The list or the boxes."""
        return self.query_one(MattersPane)

    def reload(self) -> None:
        """Read again."""
        self.pane.reload()

    def begin(self) -> None:
        """Begin in the list, once it is laid out on what one came for."""
        super().begin()
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        if self.subject:
            self.pane.show_matter(self.subject)
        self.query_one(MatterPanel).reload()

    @on(MattersPane.Selected)
    def selected(self, event: MattersPane.Selected) -> None:
        """Show what the cursor is on."""
        event.stop()
        self.make_room(self.app.size.width)
        self.query_one(MatterPanel).reload()

    def make_room(self, width: int) -> None:
        """The sheet beside the list, below it, or not at all."""
        panel, tall = self.query_one(MatterPanel), self.app.size.height >= TALL
        stacked = width < WIDE or (self.pane.boxes.display and tall)
        self.query_one("#panels").set_class(stacked, "-stacked")
        panel.styles.width = "1fr" if stacked else wider(BESIDE, width, 64)
        below = BELOW if self.app.size.height >= HIGH else BELOW - 2
        panel.styles.height = below if stacked else "1fr"
        panel.display = width >= LEAST and (not stacked or tall)

    def show_written(self, number: int) -> None:
        """Go to what was just written, where it is a matter."""
        self.pane.show_matter(number)

    def standing_on(self) -> int:
        """The matter one is on."""
        matter = self.pane.current
        return 0 if matter is None else matter.id

    def go_to_item(self, item: Item) -> None:
        """A matter is at home here; anything else is opened over it."""
        if item.noun == "matter" and item.id in [m.id for m in self.pane.board.matters]:
            self.pane.show_matter(item.id)
        else:
            super().go_to_item(item)
