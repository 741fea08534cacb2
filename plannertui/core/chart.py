"""A small drawing of values over time against the line they were to follow."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from plannertui.core.bars import mark_at, merge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.core.bars import Signs

    Span = tuple[str, str]

# The dots of a Braille cell, by row from the top and column.
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
BRAILLE = 0x2800


def chart(
    values: Sequence[tuple[float, float]],
    expected: Sequence[tuple[float, float]],
    width: int,
    height: int,
    now: float | None,
    frame: Signs,
    role: str,
) -> list[tuple[Span, ...]]:
    """``values`` over ``expected`` in ``height`` lines of ``width`` cells.

    Points are (time from 0 to 1, value), by time; the lines between them are straight.
    The highest value is on the first line. ``now`` is where ``frame.time`` stands.
    Braille dots, or in the ASCII set ``*`` for values and ``.`` for the expected.
    """
    if width < 2 or height < 1 or not expected:
        return []
    figures = [value for _time, value in [*values, *expected]]
    low, high = min(figures), max(figures)
    span = (high - low) or 1.0
    plain = frame.name == "ascii"
    across, down = (1, 1) if plain else (2, 4)
    columns, rows = width * across, height * down

    def dots(points: Sequence[tuple[float, float]]) -> set[tuple[int, int]]:
        found: set[tuple[int, int]] = set()
        before: int | None = None
        for column in range(columns):
            value = at(points, column / (columns - 1))
            if value is None:
                before = None
                continue
            row = round((high - value) / span * (rows - 1))
            steps = range(row, row + 1)
            if before is not None and abs(row - before) > 1:
                steps = range(min(row, before + 1), max(row, before - 1) + 1)
            found.update((column, each) for each in steps)
            before = row
        return found

    drawn = dots(values)
    # Dotted, so that the two can be told apart without colours.
    line = {(x, y) for x, y in dots(expected) if plain or x % 2 == 0}
    mark = None if now is None else mark_at(width, 100.0 * now)
    lines: list[tuple[Span, ...]] = []
    for y in range(height):
        cells: list[Span] = []
        for x in range(width):
            if plain:
                if (x, y) in drawn:
                    cells.append(("*", role))
                elif (x, y) in line:
                    cells.append((".", "track"))
                else:
                    cells.append((frame.time if x == mark else " ", "track"))
                continue
            top, base = cell(drawn, x, y), cell(line, x, y)
            if top:
                cells.append((chr(BRAILLE + (top | base)), role))
            elif base:
                cells.append((chr(BRAILLE + base), "track"))
            else:
                cells.append((frame.time if x == mark else " ", "track"))
        lines.append(merge(cells))
    return lines


def at(points: Sequence[tuple[float, float]], time: float) -> float | None:
    """The value at ``time`` on the line through ``points``; None outside of it."""
    if not points or not points[0][0] <= time <= points[-1][0]:
        return None
    for (first, a), (last, b) in pairwise(points):
        if first <= time <= last:
            return b if last == first else a + (b - a) * (time - first) / (last - first)
    return points[-1][1]


def cell(dots: set[tuple[int, int]], x: int, y: int) -> int:
    """The Braille dots of the cell at ``x``, ``y``."""
    return sum(
        bit
        for row, bits in enumerate(DOTS)
        for column, bit in enumerate(bits)
        if (2 * x + column, 4 * y + row) in dots
    )
