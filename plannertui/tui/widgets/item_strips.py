"""A line of the journal as coloured cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual._cells import cell_len
from textual.strip import Strip

from plannertui.tui import labels
from plannertui.tui.widgets.item_lines import CLOSED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style

    from plannertui.store.items import Item
    from plannertui.tui.themes import Frame

    Styles = Callable[[str], Style]

TIME = 8
"""The cells that time, mark and the blanks after them take."""

_WORD = re.compile(r"[@#](?:\S|\u00a0)+")
_TRAILING = ",.;:!?)]}，。；：！？）》”’"


def draw(
    item: Item,
    lines: Sequence[tuple[str, str]],
    *,
    indent: int,
    room: int,
    width: int,
    frame: Frame,
    late: bool,
    base: Style,
    style: Styles,
) -> list[Strip]:
    """``lines`` of ``item`` as strips of ``width`` cells, text within ``room``."""
    kind = labels.kind_of(item)
    closed = item.state in CLOSED
    plain = style("muted" if closed else "text")
    about_style = style("late" if late else "muted")
    strips = []
    for number, (text, about) in enumerate(lines):
        lead = [Segment(" " * indent, base)]
        if number == 0:
            time = [Segment((item.at or "").rjust(5) + " ", style("muted"))]
            mark = Segment(_mark(item, kind, frame), style(_mark_class(kind, closed)))
            lead = [*(time if indent == TIME else []), mark, Segment(" ", base)]
        body = _linked(text, plain, style("link"))
        used = indent + cell_len(text) + cell_len(about)
        gap = max(0, room - used) if text else 0
        end = [Segment(" " * gap, base), Segment(about, about_style)]
        strip = Strip([*lead, *body, *end])
        strips.append(strip.adjust_cell_length(width, base))
    return strips


def _linked(text: str, plain: Style, link: Style) -> list[Segment]:
    """``text`` with what is referred to in its own colour."""
    parts, end = [], 0
    for match in _WORD.finditer(text):
        word = match.group().rstrip(_TRAILING)
        start = match.start()
        parts += [Segment(text[end:start], plain), Segment(word, link)]
        end = start + len(word)
    return [*parts, Segment(text[end:], plain)]


def _mark(item: Item, kind: str, frame: Frame) -> str:
    if item.state == "done":
        return frame.done_box
    return labels.mark(kind) if kind != "task" else frame.open_box


def _mark_class(kind: str, closed: bool) -> str:
    if closed:
        return "muted"
    if kind in ("promise", "ask", "task"):
        return "open"
    if kind in ("warn", "surprise", "setback"):
        return "warn"
    return "win" if kind in ("win", "lesson") else "muted"
