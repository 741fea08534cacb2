"""The four boxes of urgent and important, as one widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import var

from plannertui.core.matter_words import quadrant_word
from plannertui.core.matters import QUADRANTS, Matter, is_soon, quadrant
from plannertui.i18n import gettext as _
from plannertui.tui import labels
from plannertui.tui.keys import N_, bind
from plannertui.tui.widgets.drawn import BLANK, Drawn, Line, Span, fit, line, pad
from plannertui.tui.widgets.goal_lines import cursor_mark
from plannertui.tui.widgets.matter_lines import kind_of, title_of, when_words

if TYPE_CHECKING:
    from textual.binding import BindingType

    from plannertui.tui.planner import Planner
    from plannertui.tui.widgets.matter_lines import Board

TWO_COLUMNS = 56
GAP = 3


class MatterBoxes(Drawn):
    """What is open, in four boxes; the flags alone say which, and a day only adds a mark.

    The cursor is on a matter; the arrow keys go within a box and to the next one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "k,up",
            "step(0,-1)",
            N_("up"),
            id="boxes.up",
            tooltip=N_("Go to the line above"),
            show=False,
        ),
        bind(
            "j,down",
            "step(0,1)",
            N_("down"),
            id="boxes.down",
            tooltip=N_("Go to the line below"),
            show=False,
        ),
        bind(
            "h,left",
            "step(-1,0)",
            N_("left"),
            id="boxes.left",
            tooltip=N_("Go to the box at the left"),
            show=False,
        ),
        bind(
            "l,right",
            "step(1,0)",
            N_("right"),
            id="boxes.right",
            tooltip=N_("Go to the box at the right"),
            show=False,
        ),
    ]

    cursor: var[int] = var(0, init=False)
    """The id of the matter one is on, 0 for none."""

    class Moved(Message):
        """The cursor went to another matter."""

    def __init__(self, planner: Planner, board: Board, *, id: str) -> None:
        super().__init__(planner, id=id)
        self.board = board
        self._places: dict[int, tuple[int, int]] = {}

    @property
    def boxes(self) -> list[list[Matter]]:
        """What is in each box, what is due first at the top."""
        shown = [m for m in self.board.shown if m.state == "open"]
        return [[m for m in shown if quadrant(m) == box] for box in QUADRANTS]

    def reload(self) -> None:
        """Draw what there is now; the cursor stays on its matter, or goes to the first."""
        ids = [matter.id for box in self.boxes for matter in box]
        if self.cursor not in ids:
            self.set_reactive(MatterBoxes.cursor, ids[0] if ids else 0)
        before = len(self.lines)
        self.redraw()
        if len(self.lines) != before:
            self.refresh(layout=True)

    def draw(self, width: int) -> list[Line]:
        """Two boxes beside each other and two below; one below another where narrow."""
        self._places = {}
        found = self.boxes
        if width < TWO_COLUMNS:
            lines: list[Line] = []
            for number, box in enumerate(found):
                lines += [*self._box(number, box, width, len(lines), 0), BLANK]
            return lines
        half = (width - GAP) // 2
        height = max(4, (self.size.height - 3) // 2)
        lines = []
        for number in (0, 2):
            top = len(lines)
            one = self._box(number, found[number], half, top, 0)
            two = self._box(number + 1, found[number + 1], half, top, half + GAP)
            rest = height if number == 0 else self.size.height - top
            rows = max(len(one), len(two), rest)
            one += [BLANK] * (rows - len(one))
            two += [BLANK] * (rows - len(two))
            bar = "│" if self.frame.name != "ascii" else "|"
            for a, b in zip(one, two, strict=True):
                gap = half - a.width
                between: tuple[Span, ...] = (
                    (" " * (gap + 1), ""),
                    (bar + " ", "faint"),
                )
                lines.append(line(*a.spans, *between, *b.spans))
            if number == 0:
                rule = "─" if self.frame.name != "ascii" else "-"
                lines.append(line((rule * width, "faint")))
        return lines

    def _box(
        self, number: int, box: list[Matter], width: int, top: int, x: int
    ) -> list[Line]:
        """One box: its name, then a line for each matter."""
        count = f"  {len(box)}" if box else ""
        name = fit(
            quadrant_word(QUADRANTS[number]), width - cell_len(count), self.frame
        )
        lines = [line((name, "heading"), (count, "muted"))]
        if not box:
            lines.append(
                line(("  " + fit(_("nothing"), width - 2, self.frame), "faint"))
            )
        for matter in box:
            self._places[matter.id] = (top + len(lines), x)
            lines.append(self._line(matter, width))
        return lines

    def _line(self, matter: Matter, width: int) -> Line:
        board = self.board
        here = matter.id == self.cursor
        lead = cursor_mark(self.frame) + " " if here else "  "
        words, role = when_words(matter, board)
        if not is_soon(matter, board.today, board.calendar):
            words = ""
        mark = labels.mark(kind_of(matter)) + " "
        handle = matter.handle + " "
        room = width - cell_len(lead + mark + handle)
        if cell_len(words) + 2 > room // 2:
            words = ""
        title = fit(
            title_of(matter), room - (cell_len(words) + 2 if words else 0), self.frame
        )
        gap = room - cell_len(title) - cell_len(words)
        back = " cursor" if here else ""
        return line(
            (lead, "cursor-mark" + back),
            (mark + handle, "muted" + back),
            (pad(title, cell_len(title)) + " " * gap, "strong" + back if here else ""),
            (words, role + back),
        )

    def watch_cursor(self) -> None:
        """Repaint, keep the matter in view, and say where one is."""
        self.redraw()
        y, _x = self._places.get(self.cursor, (0, 0))
        self.keep_in_view(max(0, y - 1), y)
        self.post_message(self.Moved())

    def action_step(self, dx: int, dy: int) -> None:
        """Go to the next matter in a direction; past the end of a box, into the next."""
        found = self.boxes
        here = next(
            (
                (number, box.index(matter))
                for number, box in enumerate(found)
                for matter in box
                if matter.id == self.cursor
            ),
            None,
        )
        if here is None:
            return
        number, at = here
        if dy and 0 <= at + dy < len(found[number]):
            self.cursor = found[number][at + dy].id
            return
        two = self.size.width >= TWO_COLUMNS
        order = [number]
        if dx:
            order = [number ^ 1] if two and (number & 1) == (dx < 0) else []
        elif two:
            below = number + 2 * dy
            order = [below, below ^ 1] if 0 <= below < 4 else []
        else:
            order = list(range(number + dy, 4 if dy > 0 else -1, dy))
        for box in order:
            if found[box]:
                last = len(found[box]) - 1
                index = min(at, last) if dx else (0 if dy > 0 else last)
                self.cursor = found[box][index].id
                return

    def on_click(self, event: events.Click) -> None:
        """Go to the matter under the mouse."""
        at = event.get_content_offset(self)
        if at is None:
            return
        y = at.y + self.scroll_offset.y
        near = [
            (x, number)
            for number, (row, x) in self._places.items()
            if row == y and x <= at.x
        ]
        if near:
            event.stop()
            self.cursor = max(near)[1]
