"""A list of rows of any height, drawn line by line, with a cursor on those that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import var

from plannertui.tui.keys import N_, bind
from plannertui.tui.widgets.drawn import Drawn, Line, fit, flat, line
from plannertui.tui.widgets.goal_lines import cursor_mark
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from textual.binding import BindingType

    from plannertui.tui.planner import Planner
    from plannertui.tui.themes import Frame

NOBODY = -1
"""Who owns a line that cannot be gone to."""


WIDEST = 120
"""Cells after which a line is not read well any longer, however wide the terminal."""


@dataclass(frozen=True, slots=True)
class Row:
    """Lines that belong together; what has a ``kind`` can be gone to.

    ``key`` says which of its kind it is, as an id of the store or a number of its own.
    """

    lines: Sequence[Line]
    kind: str = ""
    key: int = 0
    handle: str = ""


class Later(Sequence[Line]):
    """One line that is put together when it comes into view, for lists of thousands."""

    __slots__ = ("_draw", "_drawn")

    def __init__(self, draw: Callable[[], Line]) -> None:
        self._draw = draw
        self._drawn: Line | None = None

    def __len__(self) -> int:
        return 1

    def __getitem__(self, at: Any) -> Any:
        if self._drawn is None:
            self._drawn = self._draw()
        return (self._drawn,)[at]


class Marked(Sequence[Line]):
    """The lines of rows at their places, with the mark before those of the row one is on."""

    def __init__(
        self, places: Sequence[tuple[Row, int, int]], cursor: int, mark: str
    ) -> None:
        self._places = places
        self._cursor = cursor
        self._mark = mark

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, at: Any) -> Any:
        row, number, owner = self._places[at]
        here = owner == self._cursor
        each = row.lines[number]
        return line(
            (self._mark if here else "  ", "cursor-mark"),
            *each.spans,
            fill="cursor" if here else each.fill,
        )


def heading(text: str, about: str, keys: str, width: int, frame: Frame) -> Row:
    """The heading of a section: its name, a figure, and the keys that work in it."""
    head = fit(text, width, frame)
    about = fit(about, max(0, width - cell_len(head) - 2), frame)
    gap = width - cell_len(head) - 2 - cell_len(about) - cell_len(keys)
    return Row(
        (
            line(
                (head, "heading"),
                ("  " + about if about else "  ", "muted"),
                (" " * gap + keys if gap > 1 else "", "faint"),
            ),
        )
    )


def paragraph(text: str, width: int, role: str, indent: int = 0) -> list[Line]:
    """``text`` on as many lines as it needs, each ``indent`` cells from the left."""
    room = max(4, width - indent)
    return [
        line((" " * indent, ""), (part, role))
        for part in wrap(flat(text), room)
        if part
    ]


class RowList(Drawn):
    """Rows that ``build`` gives for a width; ``cursor`` counts those with a kind.

    Rows without a kind, such as headings and empty lines, are passed over.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "k,up",
            "move(-1)",
            N_("up"),
            id="rows.up",
            tooltip=N_("Go to the line above"),
            show=False,
        ),
        bind(
            "j,down",
            "move(1)",
            N_("down"),
            id="rows.down",
            tooltip=N_("Go to the line below"),
            show=False,
        ),
        bind(
            "pageup",
            "page(-1)",
            N_("page up"),
            id="rows.page_up",
            tooltip=N_("Scroll up by a page"),
            show=False,
        ),
        bind(
            "pagedown",
            "page(1)",
            N_("page down"),
            id="rows.page_down",
            tooltip=N_("Scroll down by a page"),
            show=False,
        ),
        bind(
            "home",
            "edge(False)",
            N_("first"),
            id="rows.first",
            tooltip=N_("Go to the first line"),
            show=False,
        ),
        bind(
            "end",
            "edge(True)",
            N_("last"),
            id="rows.last",
            tooltip=N_("Go to the last line"),
            show=False,
        ),
    ]

    cursor: var[int] = var(0, init=False)

    class Moved(Message):
        """The cursor went to another ``row``."""

        def __init__(self, rows: RowList, row: Row) -> None:
            self.rows = rows
            self.row = row
            super().__init__()

        @property
        def control(self) -> RowList:
            """The list, for ``@on`` with a selector."""
            return self.rows

    class Chosen(Message):
        """The ``row`` was clicked twice."""

        def __init__(self, rows: RowList, row: Row) -> None:
            self.rows = rows
            self.row = row
            super().__init__()

        @property
        def control(self) -> RowList:
            """The list, for ``@on`` with a selector."""
            return self.rows

    def __init__(
        self,
        planner: Planner,
        build: Callable[[int], Sequence[Row]] | None = None,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(planner, id=id, classes=classes)
        self._build = build
        self.rows: list[Row] = []
        self._places: list[tuple[Row, int, int]] = []
        self._tops: list[int] = []
        self._only_moved = False
        self._kind = ""

    @property
    def row(self) -> Row | None:
        """The row one is on, None where nothing can be gone to."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def build(self, width: int) -> Sequence[Row]:
        """The rows at ``width`` cells."""
        return () if self._build is None else self._build(width)

    def reload(self) -> None:
        """Draw what there is now; the cursor stays on its thing where it is still there."""
        here = self.row
        before = len(self.lines)
        self.redraw()
        places = {(row.kind, row.key): n for n, row in enumerate(self.rows)}
        at = min(self.cursor, max(0, len(self.rows) - 1))
        self.cursor = at if here is None else places.get((here.kind, here.key), at)
        if len(self.lines) != before:
            self.refresh(layout=True)
        self._tell_keys()

    def _tell_keys(self) -> None:
        """Which keys do something depends on the kind of row one is on."""
        kind = "" if self.row is None else self.row.kind
        if kind != self._kind:
            self._kind = kind
            self.refresh_bindings()

    def go_to(self, kind: str, keys: Collection[int]) -> bool:
        """Move to the first row of ``kind`` with one of ``keys``; whether there is one."""
        for index, row in enumerate(self.rows):
            if row.kind == kind and row.key in keys:
                self.cursor = index
                return True
        return False

    def draw(self, width: int) -> Sequence[Line]:
        """The rows, each with two cells before it for the mark of where one is."""
        if not self._only_moved:
            self._place(self.build(min(width - 2, WIDEST)))
        return Marked(self._places, self.cursor, cursor_mark(self.frame) + " ")

    def _place(self, found: Sequence[Row]) -> None:
        """Note which line is which of which row, and where each row begins."""
        self.rows, self._places, self._tops = [], [], []
        for row in found:
            owner = NOBODY
            if row.kind:
                owner = len(self.rows)
                self.rows.append(row)
                self._tops.append(len(self._places))
            self._places += [(row, number, owner) for number in range(len(row.lines))]

    def watch_cursor(self) -> None:
        """Repaint the two rows, keep the one in view, and say where one is.

        What the rows say is not asked again: a long list would cost that at every key.
        """
        self._only_moved = True
        self.redraw()
        self._only_moved = False
        self._follow()
        self._tell_keys()
        if self.row is not None:
            self.post_message(self.Moved(self, self.row))

    def _follow(self) -> None:
        row = self.row
        if row is None:
            return
        top = self._tops[self.cursor]
        bottom = top + len(row.lines) - 1
        first = 0 if self.cursor == 0 else top
        last = bottom
        if self.cursor == len(self.rows) - 1:
            last = len(self._places) - 1
        self.keep_in_view(top, last)
        self.keep_in_view(first, bottom)

    def action_move(self, by: int) -> None:
        """Move by rows; where none is left, scroll."""
        to = max(0, min(len(self.rows) - 1, self.cursor + by))
        if to == self.cursor:
            self.scroll_relative(y=by, animate=False)
        self.cursor = to

    def action_page(self, by: int) -> None:
        """Scroll by a page, and take the cursor along."""
        lines = max(1, self.size.height - 2)
        top = self._tops[self.cursor] if self.row is not None else 0
        wanted = max(0, min(len(self._places) - 1, top + by * lines))
        places = self._places[wanted:] if by > 0 else self._places[wanted::-1]
        ahead = [owner for _row, _number, owner in places if owner != NOBODY]
        edge = len(self.rows) - 1 if by > 0 else 0
        self.scroll_relative(y=by * lines, animate=False)
        self.cursor = max(0, ahead[0] if ahead else edge)

    def action_edge(self, last: bool) -> None:
        """Move to the first or last row."""
        self.cursor = max(0, len(self.rows) - 1) if last else 0
        self.scroll_to(y=len(self.lines) if last else 0, animate=False)

    def on_click(self, event: events.Click) -> None:
        """Go to the row under the mouse; twice chooses it."""
        at = event.get_content_offset(self)
        index = -1 if at is None else at.y + self.scroll_offset.y
        owner = self._places[index][2] if 0 <= index < len(self._places) else NOBODY
        if owner != NOBODY:
            event.stop()
            self.cursor = owner
            if event.chain == 2:
                self.post_message(self.Chosen(self, self.rows[owner]))
