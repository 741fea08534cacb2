"""Markdown drawn as lines: headings, lists, tables and paragraphs, wrapped by our rules."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.outputs.blocks import parse
from plannertui.tui.safety import safe
from plannertui.tui.widgets.drawn import BLANK, line, pad
from plannertui.tui.wrapping import breaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.outputs.blocks import Block, Span
    from plannertui.tui.themes import Frame
    from plannertui.tui.widgets.drawn import Line

ROLES = {"strong": "strong", "em": "here", "code": "muted", "": ""}
HEADS = {1: "strong here", 2: "strong", 3: "heading"}


def marked(markdown: str, width: int, frame: Frame) -> list[Line]:
    """``markdown`` in lines of at most ``width`` cells."""
    lines: list[Line] = []
    before: Block | None = None
    for block in parse(markdown):
        if before is not None and _apart(before, block):
            lines.append(BLANK)
        lines += _block(block, max(12, width), frame)
        before = block
    return lines


def _apart(before: Block, block: Block) -> bool:
    """Whether a blank line stands between two blocks."""
    if before.kind == "heading":
        return before.level == 1 and block.kind != "heading"
    if block.kind == "item":
        return before.kind not in ("item", "paragraph")
    return True


def _block(block: Block, width: int, frame: Frame) -> list[Line]:
    if block.kind == "heading":
        role = HEADS.get(block.level, "heading")
        return wrapped([(text, role) for text, _s in block.spans], width)
    if block.kind == "rule":
        return [line((frame.rule * width, "faint"))]
    if block.kind == "table":
        return _table(block, width)
    spans = [(text, ROLES.get(style, "")) for text, style in block.spans]
    if block.kind == "item":
        mark = block.mark or frame.bullet
        lead = "  " * block.level + mark + " "
        return wrapped(spans, width, lead=lead)
    if spans and all(style == "em" for _text, style in block.spans):
        spans = [(text, "muted") for text, _role in spans]
    return wrapped(spans, width)


def wrapped(spans: Sequence[Span], width: int, *, lead: str = "") -> list[Line]:
    """``spans`` in lines; the first begins with ``lead``, the others stand under it."""
    spans = [(safe(text), role) for text, role in spans]
    text = "".join(part for part, _role in spans)
    room = max(4, width - cell_len(lead))
    cuts = [0, *breaks(text, room), len(text)]
    lines = []
    for number, (first, last) in enumerate(itertools.pairwise(cuts)):
        start = lead if number == 0 else " " * cell_len(lead)
        lines.append(line((start, "muted"), *_slice(spans, first, last)))
    return lines


def _slice(spans: Sequence[Span], first: int, last: int) -> list[Span]:
    """The characters of ``spans`` from ``first`` to ``last``, without blanks at the end."""
    found: list[Span] = []
    at = 0
    for text, role in spans:
        part = text[max(0, first - at) : max(0, last - at)]
        at += len(text)
        if part:
            found.append((part, role))
    if found:
        found[-1] = (found[-1][0].rstrip(), found[-1][1])
    return found


def _table(block: Block, width: int) -> list[Line]:
    """Columns side by side; the widest gives way and wraps where there is no room."""
    rows = [["".join(t for t, _s in cell) for cell in row] for row in block.rows]
    count = max(map(len, rows), default=0)
    rows = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(cell_len(safe(row[at])) for row in rows) for at in range(count)]
    gaps = 2 * (count - 1)
    while count and sum(widths) + gaps > width and max(widths) > 6:
        widths[widths.index(max(widths))] -= 1
    lines: list[Line] = []
    for number, row in enumerate(rows):
        role = "muted" if number == 0 else ""
        cells = [
            wrapped([(text, role)], size)
            for text, size in zip(row, widths, strict=True)
        ]
        for level in range(max(map(len, cells), default=0)):
            parts: list[Span] = []
            for at, cell in enumerate(cells):
                text = cell[level].text if level < len(cell) else ""
                end = "" if at == count - 1 else "  "
                parts.append((pad(text, widths[at]) + end, role))
            lines.append(line(*parts))
    return lines
