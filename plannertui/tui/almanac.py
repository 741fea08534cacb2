"""A plain calendar like that of ``cal``: days and nothing else, from no store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from plannertui.core.daywords import month_title, shift_months, weekday_heads
from plannertui.tui.widgets.drawn import pad, pad_left
from plannertui.tui.widgets.grid import grid

if TYPE_CHECKING:
    from datetime import date

    from plannertui.tui.widgets.drawn import Span

    Row = list[Span]

DAY = 2
"""Cells of a day."""
GAP = 1
WIDTH = 7 * DAY + 6 * GAP
BETWEEN = 6
"""Cells between two months."""
HEIGHT = 9
BESIDE = 3 * WIDTH + 2 * BETWEEN
"""Cells of three months side by side."""


def month(first: date, today: date, week_start: int) -> list[Row]:
    """The ``HEIGHT`` rows of the month of ``first``, each ``WIDTH`` cells wide."""
    title = month_title(first.year, first.month)
    before = max(0, (WIDTH - cell_len(title)) // 2)
    heads = weekday_heads()
    heads = (*heads[week_start:], *heads[:week_start])
    rows: list[Row] = [
        [(pad(" " * before + title, WIDTH), "strong")],
        [(" " * WIDTH, "")],
        [(" ".join(pad_left(head, DAY) for head in heads), "muted")],
    ]
    for week in grid(first.year, first.month, week_start):
        row: Row = []
        for at, day in enumerate(week):
            if at:
                row.append((" " * GAP, ""))
            figure = "" if day is None else str(day.day)
            row.append((pad_left(figure, DAY), "reversed" if day == today else ""))
        rows.append(row)
    return rows


def page(today: date, width: int, height: int, week_start: int = 0) -> list[Row]:
    """``height`` rows of ``width`` cells: the month of ``today`` in the middle.

    The months before and after it stand beside where there is room for them.
    """
    months = [today.replace(day=1)]
    if width >= BESIDE + 2:
        around = (shift_months(months[0], by) for by in (-1, 0, 1))
        months = [day.replace(day=1) for day in around]
    drawn = [month(first, today, week_start) for first in months]
    wide = len(drawn) * WIDTH + (len(drawn) - 1) * BETWEEN
    left = max(0, (width - wide) // 2)
    top = max(0, (height - HEIGHT) // 2 - height // 12)
    rows: list[Row] = [[] for _ in range(height)]
    for y in range(min(HEIGHT, height - top)):
        row: Row = [(" " * left, "")]
        for at, each in enumerate(drawn):
            if at:
                row.append((" " * BETWEEN, ""))
            row += each[y]
        rows[top + y] = row
    return [fitted(row, width) for row in rows]


def fitted(row: Row, width: int) -> Row:
    """``row`` cut or filled up to ``width`` cells."""
    kept: Row = []
    left = width
    for text, role in row:
        text = set_cell_size(text, min(left, cell_len(text)))
        left -= cell_len(text)
        if text:
            kept.append((text, role))
    if left > 0:
        kept.append((" " * left, ""))
    return kept


__all__ = ["HEIGHT", "WIDTH", "fitted", "month", "page"]
