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
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = rf"[^\s{_HAN}{re.escape(_OPEN)}{re.escape(_CLOSE)}]+"
_TAG = rf"[^\s{re.escape(_OPEN)}{re.escape(_CLOSE)}]+"
_UNIT = re.compile(
    rf"(?=.)[{re.escape(_OPEN)}]*"
    rf"(?:[@#]{_TAG}|[{_HAN}]|{_WORD}(?:[{re.escape(_CLOSE + _OPEN)}]+{_WORD})*)?"
    rf"[{re.escape(_CLOSE)}]*\s*",
    re.DOTALL,
)
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
    for match in _UNIT.finditer(text):
        start, unit = match.start(), match.group()
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
