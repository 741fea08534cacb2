"""Short signs, what each means beside it, and a name at the far end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.widget import Widget

from plannertui.core.text import cell_width, pad
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Size

SIGN_WIDTH = 18
GAP = 2


class Row(NamedTuple):
    """A ``sign``, its meaning, and a ``name`` of it, if it has one."""

    sign: str
    meaning: str
    name: str = ""


class Glossary(Widget):
    """Rows under one another; a long meaning goes on under itself, not under the sign."""

    DEFAULT_CSS = """
    Glossary { height: auto; }
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.rows = list(rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take."""
        return sum(len(self._row(row, width)) for row in self.rows)

    def render(self) -> Content:
        """All rows."""
        width = self.content_size.width
        lines = [line for row in self.rows for line in self._row(row, width)]
        return Content("\n").join(lines)

    def _row(self, row: Row, width: int) -> list[Content]:
        room = max(1, width - SIGN_WIDTH)
        said = wrap(row.meaning, room) or [""]
        if row.name and cell_width(said[-1]) + GAP + cell_width(row.name) > room:
            said.append("")
        signs = [*wrap(row.sign, SIGN_WIDTH - 1), *[""] * len(said)][: len(said)]
        lines = [
            Content.assemble((pad(sign, SIGN_WIDTH), "bold"), (text, "$muted"))
            for sign, text in zip(signs, said, strict=True)
        ]
        if row.name:
            gap = room - cell_width(said[-1]) - cell_width(row.name)
            lines[-1] = lines[-1] + Content.styled(" " * gap + row.name, "$faint")
        return lines
