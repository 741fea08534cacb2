"""The mirror: honest counts of one's own conduct, and the year drawn beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from plannertui.tui.panes.mirror import Led, MirrorPane
from plannertui.tui.panes.mirror_year import YearPane
from plannertui.tui.screens.base import WorkScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

WIDE = 112


class MirrorScreen(WorkScreen):
    """The figures at the left; the year at the right, or below where it is narrow.

    ``subject`` is the place of the figure one begins on, counted from 1.
    """

    def panels(self) -> Iterable[Widget]:
        """The figures, and the year."""
        pane = MirrorPane(self.planner, id="mirror")
        return (pane, YearPane(self.planner, pane, id="mirror-year"))

    @property
    def pane(self) -> MirrorPane:
        """The figures."""
        return self.query_one(MirrorPane)

    def reload(self) -> None:
        """Read again what is counted and drawn."""
        self.pane.reload()
        self.query_one(YearPane).reload()

    def begin(self) -> None:
        """Begin on the first figure, or on the one that one comes back to."""
        super().begin()
        if self.subject:
            self.pane.go_to("figure", (self.subject - 1,))

    def standing_on(self) -> int:
        """The place of the figure one is on."""
        row = self.pane.row
        return row.key + 1 if row is not None and row.kind == "figure" else 0

    @on(Led)
    def led(self, event: Led) -> None:
        """A list was left: count again, or go where it leads."""
        event.stop()
        self.follow(event.going)

    def make_room(self, width: int) -> None:
        """The year beside the figures only where there is room for both."""
        wide = width >= WIDE
        self.query_one(YearPane).display = wide
        if self.pane.with_year == wide:
            self.pane.with_year = not wide
            self.pane.redraw()
