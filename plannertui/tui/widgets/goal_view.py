"""The sheet of one goal as a list to move in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.tui.widgets.goal_sheet import rows
from plannertui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from plannertui.tui.planner import Planner
    from plannertui.tui.widgets.goal_parts import Sheet
    from plannertui.tui.widgets.rows import Row

EVIDENCE = 12


class GoalView(RowList):
    """A ``Sheet``; ``cursor`` is the one of its rows that can be gone to."""

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(planner, id=id)
        self.sheet: Sheet | None = None

    def show(self, sheet: Sheet) -> None:
        """Show ``sheet``; the cursor stays on its thing where that is still there."""
        self.sheet = sheet
        self.reload()

    def build(self, width: int) -> list[Row]:
        """The rows of the sheet."""
        if self.sheet is None:
            return []
        return rows(self.sheet, width, self.frame, most=EVIDENCE)
