"""One win of the evidence in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.i18n import gettext as _
from plannertui.tui.widgets.rows import Row, RowList, paragraph
from plannertui.tui.widgets.win_lines import win_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.tui.panes.evidence import EvidencePane
    from plannertui.tui.planner import Planner


class WinDetail(RowList):
    """One win in full, beside the list."""

    def __init__(self, planner: Planner, pane: EvidencePane, id: str) -> None:
        super().__init__(planner, self._rows, id=id)
        self.pane = pane
        self.can_focus = False

    def _rows(self, width: int) -> Sequence[Row]:
        entry = self.pane.entry
        if entry is None:
            said = _("The win that the cursor is on appears here in full.")
            return [Row(tuple(paragraph(said, width, "muted")))]
        planner = self.planner
        found = win_lines(entry, self.pane.known, planner.today, width, planner.frame)
        return [Row(tuple(found))]
