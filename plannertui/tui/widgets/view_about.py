"""What one is on in the calendar, in words, below the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.outputs.calendar.about import about
from plannertui.outputs.calendar.year_about import about as about_year
from plannertui.tui.widgets.drawn import Drawn, Line

if TYPE_CHECKING:
    from plannertui.tui.panes.view import ViewPane


class AboutLines(Drawn):
    """What one is on, in words, below the view."""

    can_focus = False

    def __init__(self, pane: ViewPane, *, id: str) -> None:
        super().__init__(pane.planner, id=id)
        self.pane = pane

    def draw(self, width: int) -> list[Line]:
        """As many lines as there is room for."""
        pane = self.pane
        height, pen = pane.about_lines, pane.pen
        if pane.board is not None:
            lines = about_year(pane.board, pane.scene, width, height, pen)
        else:
            lines = about(pane.scene, width, height, pen)
        return [Line(spans) for spans in lines]

    def get_content_height(
        self, container: object, viewport: object, width: int
    ) -> int:
        """Always the same, so that the view stays where it is."""
        return self.pane.about_lines
