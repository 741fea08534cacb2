"""The evidence: what is proved, what is only said, where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from plannertui.i18n import gettext as _
from plannertui.tui.panes.evidence import EvidencePane
from plannertui.tui.panes.evidence_win import WinDetail
from plannertui.tui.safety import words
from plannertui.tui.screens.base import WorkScreen
from plannertui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.store.items import Item

WIDE = 110


class EvidenceScreen(WorkScreen):
    """Strips and wins at the left; at the right, where there is room, the win in full."""

    def panels(self) -> Iterable[Widget]:
        """The evidence, and one win of it."""
        pane = EvidencePane(self.planner, id="evidence")
        pane.styles.width = "2fr"
        detail = WinDetail(self.planner, pane, id="win")
        detail.border_title = words(_("Win"))
        return (pane, detail)

    def reload(self) -> None:
        """Read the year again."""
        self.pane.reload()
        self.query_one(WinDetail).reload()

    def begin(self) -> None:
        """Begin once everything has its size."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Begin in the list, on what one came for; without wins, on the goals."""
        pane = self.pane
        if self.subject:
            pane.wins.go_to("win", {self.subject})
            pane.strip_list.go_to("strip", {self.subject})
        (pane.wins if pane.wins.rows else pane.strip_list).focus()
        self.query_one(WinDetail).reload()

    @property
    def pane(self) -> EvidencePane:
        """The strips and the list."""
        return self.query_one(EvidencePane)

    def make_room(self, width: int) -> None:
        """The win in full only where there is room for it."""
        self.query_one(WinDetail).display = width >= WIDE

    @on(RowList.Moved, "#evidence-wins")
    def moved(self, event: RowList.Moved) -> None:
        """Show the win one is on."""
        event.stop()
        self.query_one(WinDetail).reload()

    def standing_on(self) -> int:
        """The win one is on."""
        entry = self.pane.entry
        return 0 if entry is None else entry.id

    def go_to_item(self, item: Item) -> None:
        """A win of the year shown is at home here; anything else is opened over it."""
        if not self.pane.wins.go_to("win", {item.id}):
            super().go_to_item(item)
            return
        self.pane.wins.focus()
