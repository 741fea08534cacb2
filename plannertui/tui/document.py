"""The text under the editor: kept to the character, wrapped by our own rules."""

from __future__ import annotations

from textual._wrap import compute_wrap_offsets
from textual.document._document import Document, EditResult, Location
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import get_tab_widths
from textual.geometry import Offset

from plannertui.tui.wrapping import breaks


class Lines(Document):
    """A document whose lines end at "\\n" alone.

    The stock one also splits at form feeds, U+2028 and their like, and joins them as
    "\\n": text written elsewhere would come back changed.
    """

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._lines = text.split("\n")

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Put ``text`` in place of what stands from ``start`` to ``end``."""
        (top_row, top_column), (bottom_row, bottom_column) = sorted((start, end))
        lines = self._lines
        replaced = self.get_text_range(start, end)
        before = lines[top_row][:top_column] if top_row < len(lines) else ""
        after = lines[bottom_row][bottom_column:] if bottom_row < len(lines) else ""
        new = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        new[0] = before + new[0]
        column = len(new[-1])
        new[-1] += after
        lines[top_row : bottom_row + 1] = new
        return EditResult((top_row + len(new) - 1, column), replaced)


class WrappedLines(WrappedDocument):
    """Lines wrapped between Han characters and after blanks, never before a comma."""

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap every line to ``width`` cells; 0 does not wrap."""
        self._width = width
        if tab_width:
            self._tab_width = tab_width
        self._wrap_offsets = []
        self._tab_width_cache = []
        self._place(0, self.document.lines, 0)

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap anew the lines that an edit touched; call it after the edit."""
        old_last = len(self._wrap_offsets) - 1
        new_last = self.document.line_count - 1
        top = max(0, min(start[0], old_end[0], old_last, new_last))
        old_bottom = max(top, min(max(start[0], old_end[0]), old_last))
        new_bottom = max(top, min(max(start[0], new_end[0]), new_last))
        self._place(top, self.document.lines[top : new_bottom + 1], old_bottom + 1)

    def location_to_offset(self, location: Location) -> Offset:
        """Where ``location`` stands among the wrapped lines.

        While it takes an edit back, the editor asks for a line that is no longer there
        (the stock document raises, and the program ends): it is told of the last one.
        """
        line, column = location
        last = min(len(self._wrap_offsets), self.document.line_count) - 1
        return super().location_to_offset((max(0, min(line, last)), column))

    def _place(self, top: int, lines: list[str], old_end: int) -> None:
        """Set ``lines`` in place of those from ``top`` to before ``old_end``."""
        self._wrap_offsets[top:old_end] = [self._breaks(line) for line in lines]
        self._tab_width_cache[top:old_end] = [
            [width for _, width in get_tab_widths(line, self._tab_width)]
            for line in lines
        ]
        y = self._line_index_to_offsets[top][0] if top else 0
        del self._line_index_to_offsets[top:]
        del self._offset_to_line_info[y:]
        for index in range(top, len(self._wrap_offsets)):
            sections = len(self._wrap_offsets[index]) + 1
            self._line_index_to_offsets.append(list(range(y, y + sections)))
            self._offset_to_line_info.extend((index, n) for n in range(sections))
            y += sections

    def _breaks(self, line: str) -> list[int]:
        if self._width and "\t" in line:
            return compute_wrap_offsets(line, self._width, self._tab_width)
        return breaks(line, self._width)
