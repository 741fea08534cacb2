"""The sheet of one goal as a list to move in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.reactive import var

from plannertui.tui.keys import N_, bind
from plannertui.tui.widgets.drawn import Drawn, Line, line
from plannertui.tui.widgets.goal_lines import cursor_mark
from plannertui.tui.widgets.goal_parts import Row
from plannertui.tui.widgets.goal_sheet import rows

if TYPE_CHECKING:
    from textual.binding import BindingType

    from plannertui.tui.planner import Planner
    from plannertui.tui.widgets.goal_parts import Sheet

EVIDENCE = 12


class GoalView(Drawn):
    """A ``Sheet``; ``cursor`` is the one of its rows that can be gone to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "k,up",
            "move(-1)",
            N_("up"),
            id="goal.up",
            tooltip=N_("Go to the line above"),
            show=False,
        ),
        bind(
            "j,down",
            "move(1)",
            N_("down"),
            id="goal.down",
            tooltip=N_("Go to the line below"),
            show=False,
        ),
        bind(
            "pageup",
            "page(-1)",
            N_("page up"),
            id="goal.page_up",
            tooltip=N_("Scroll up by a page"),
            show=False,
        ),
        bind(
            "pagedown",
            "page(1)",
            N_("page down"),
            id="goal.page_down",
            tooltip=N_("Scroll down by a page"),
            show=False,
        ),
        bind(
            "home",
            "edge(False)",
            N_("first"),
            id="goal.first",
            tooltip=N_("Go to the first line"),
            show=False,
        ),
        bind(
            "end",
            "edge(True)",
            N_("last"),
            id="goal.last",
            tooltip=N_("Go to the last line"),
            show=False,
        ),
    ]

    cursor: var[int] = var(0, init=False)

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(planner, id=id)
        self.sheet: Sheet | None = None
        self.rows: list[Row] = []
        self._owners: list[int | None] = []

    @property
    def row(self) -> Row | None:
        """The row one is on, None where nothing can be gone to."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def show(self, sheet: Sheet) -> None:
        """Show ``sheet``; the cursor stays on its thing where that is still there."""
        here = self.row
        before = len(self.lines)
        self.sheet = sheet
        self.redraw()
        places = {(row.kind, row.key): n for n, row in enumerate(self.rows)}
        at = min(self.cursor, max(0, len(self.rows) - 1))
        self.cursor = at if here is None else places.get((here.kind, here.key), at)
        if len(self.lines) != before:
            self.refresh(layout=True)

    def go_to(self, kind: str, keys: set[int]) -> None:
        """Move to the first row of ``kind`` with one of ``keys``, where there is one."""
        for index, row in enumerate(self.rows):
            if row.kind == kind and row.key in keys:
                self.cursor = index
                return

    def draw(self, width: int) -> list[Line]:
        """The rows, each with a cell before it for the mark of where one is."""
        if self.sheet is None:
            return []
        found = rows(self.sheet, width - 2, self.frame, most=EVIDENCE)
        self.rows = [row for row in found if row.kind]
        self._owners = []
        lines: list[Line] = []
        number = -1
        for row in found:
            number += 1 if row.kind else 0
            here = bool(row.kind) and number == self.cursor
            lead = cursor_mark(self.frame) + " " if here else "  "
            for each in row.lines:
                fill = "cursor" if here else ""
                lines.append(line((lead, "cursor-mark"), *each.spans, fill=fill))
                self._owners.append(number if row.kind else None)
        return lines

    def watch_cursor(self) -> None:
        """Repaint the two rows, and keep the one in view."""
        self.redraw()
        self._follow()

    def _follow(self) -> None:
        shown = [n for n, owner in enumerate(self._owners) if owner == self.cursor]
        if not shown:
            return
        first = 0 if self.cursor == 0 else shown[0]
        last = shown[-1]
        if self.cursor == len(self.rows) - 1:
            last = len(self._owners) - 1
        self.keep_in_view(shown[0], last)
        self.keep_in_view(first, shown[-1])

    def action_move(self, by: int) -> None:
        """Move by rows; where none is left, scroll."""
        to = max(0, min(len(self.rows) - 1, self.cursor + by))
        if to == self.cursor:
            self.scroll_relative(y=by, animate=False)
        self.cursor = to

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self.scroll_relative(y=by * max(1, self.size.height - 2), animate=False)

    def action_edge(self, last: bool) -> None:
        """Move to the first or last row."""
        self.cursor = max(0, len(self.rows) - 1) if last else 0
        self.scroll_to(y=len(self.lines) if last else 0, animate=False)

    def on_click(self, event: events.Click) -> None:
        """Go to the row under the mouse."""
        at = event.get_content_offset(self)
        index = -1 if at is None else at.y + self.scroll_offset.y
        owner = self._owners[index] if 0 <= index < len(self._owners) else None
        if owner is not None:
            event.stop()
            self.cursor = owner
