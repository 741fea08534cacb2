"""Where a line of English, Chinese or mixed text may be broken, in terminal cells.

A line breaks after a blank and between Han characters, but never before a closing mark
or after an opening one (避头尾).
"""

from __future__ import annotations

import re
from itertools import pairwise

from rich.cells import get_character_cell_size
from textual._cells import cell_len

_OPEN = "（《〈「『【〔“‘([{"
_CLOSE = "，。、；：？！）》〉」』】〕”’…—·～％)]},.;:?!%"
_HAN = (
    *((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3040, 0x30FF), (0x3400, 0x9FFF)),
    *((0xF900, 0xFAFF), (0x20000, 0x3FFFF)),
)


class _Kinds(dict[int, str]):
    """For ``str.translate``: o opens, c closes, s is blank, h Han, a begins a tag."""

    def __missing__(self, code: int) -> str:
        if chr(code).isspace():
            kind = "s"
        else:
            kind = "h" if any(low <= code <= high for low, high in _HAN) else "w"
        self[code] = kind
        return kind


_KINDS = _Kinds({ord(char): "c" for char in _CLOSE})
_KINDS.update({ord(char): "o" for char in _OPEN} | {ord(char): "a" for char in "@#"})
# A no-break space is part of the word: it holds the parts of a name together.
_KINDS[0xA0] = "w"
# On kinds instead of characters: sets of Chinese ones take 8 ms to compile.
_UNIT = re.compile("(?=.)o*(?:a[awh]+|h|[aw]+(?:[co]+[aw]+)*)?c*s*")
_JOINS = ("\u200d", "\ufe0e", "\ufe0f")


def _fold(unit: str, width: int) -> list[int]:
    """Offsets at which ``unit``, wider than ``width``, is cut between characters."""
    cuts: list[int] = []
    used = 0
    for index, char in enumerate(unit):
        size = get_character_cell_size(char)
        if used + size > width and index and size and unit[index - 1] not in _JOINS[:1]:
            cuts.append(index)
            used = 0
        used += size
    return cuts


def breaks(text: str, width: int) -> list[int]:
    """Offsets into ``text``, one line, at which it is broken to fit ``width`` cells.

    One blank at the end of a line may hang over by a cell: it is where the cursor rests.
    """
    if width <= 0 or (len(text) <= width and text.isascii()):
        return []
    found: list[int] = []
    used = 0
    for match in _UNIT.finditer(text.translate(_KINDS)):
        start, unit = match.start(), text[match.start() : match.end()]
        word = unit.rstrip()
        bare = size = cell_len(word)
        if len(word) < len(unit):
            size += cell_len(unit[len(word) :])
        need = min(size, max(bare, size - 1))
        if used + need <= width:
            used += size
            continue
        if used:
            found.append(start)
        if need > width:
            cuts = _fold(unit, width)
            found.extend(start + cut for cut in cuts)
            used = cell_len(unit[cuts[-1] :]) if cuts else size
        else:
            used = size
    return found


def wrap(text: str, width: int) -> list[str]:
    """``text`` as lines of at most ``width`` cells, without the blanks at their ends."""
    lines: list[str] = []
    for line in text.split("\n"):
        marks = [0, *breaks(line, width), len(line)]
        lines.extend(line[first:last].rstrip() for first, last in pairwise(marks))
    return lines


def everywhere() -> None:
    """Break the lines of Textual's own widgets by these rules too: labels, toasts."""
    from textual import content

    def divide_line(text: str, width: int, fold: bool = True) -> list[int]:
        return breaks(text, width)

    # Its one function for this; there is no setting that says where lines break.
    setattr(content, "divide_line", divide_line)  # noqa: B010
