"""What the terminal already shows, so that only what differs is sent to it.

Textual repaints whole regions: a change of focus is 38 KB, a dialog 60 KB. Compared cell
by cell with what was sent before, they are a tenth of that, which is what counts over a
slow line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import split_graphemes
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from plannertui.tui.ink import PLAIN, change, ground, ink_of, on_blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console
    from textual.geometry import Size

    from plannertui.tui.ink import Ink

    Cell = tuple[str, str]
    """A character, empty for the second half of a wide one, and its SGR codes."""

    Run = tuple[int, int, list[Cell]]
    """Row, column, and the cells that are to be sent there."""

UNKNOWN: Cell = ("\0", "")
SPECK = 2
"""Cells of a run so short that saying its colours costs more than itself."""

GAP = 4
"""Unchanged cells that are cheaper to send again than to jump over."""

RISKY = "\U0001f000"
"""From here on, and in clusters, terminals disagree about widths."""


class Canvas:
    """The cells that the terminal shows, row by row."""

    def __init__(self) -> None:
        self._rows: list[list[Cell]] = []
        self._size: tuple[int, int] = (0, 0)
        self._pen: Ink | None = PLAIN
        self._row = -1

    def forget(self) -> None:
        """Something else may have drawn on the terminal: everything is sent again."""
        self._size = (0, 0)
        self._pen = None

    def fit(self, size: Size) -> None:
        """Be as large as the terminal; another size than before is a new beginning."""
        if (size.width, size.height) != self._size:
            self._size = (size.width, size.height)
            self._rows = [[UNKNOWN] * size.width for _ in range(size.height)]

    def draw(self, y: int, x: int, cells: list[Cell]) -> list[Run]:
        """Put ``cells`` into row ``y`` from column ``x`` on; what has to be sent."""
        if not 0 <= y < len(self._rows):
            return []
        row = self._rows[y]
        if x < 0:
            cells, x = cells[-x:], 0
        if x >= len(row):
            return []
        cells = cells[: len(row) - x]
        old = row[x : x + len(cells)]
        if old == cells:
            return []
        if old.count(UNKNOWN) == len(old):
            row[x : x + len(cells)] = cells
            return [(y, x, cells)]
        risky = _risky(old) or _risky(cells)
        row[x : x + len(cells)] = cells
        if risky:
            # Nobody knows where the terminal has put what stands behind.
            whole = [cell if cell != UNKNOWN else (" ", "") for cell in row]
            return [(y, 0, whole)]
        return [(y, x + start, cells[start:end]) for start, end in _runs(old, cells)]

    def send(self, runs: list[Run]) -> str:
        """The sequences for ``runs``, from top to bottom, and the pen put down.

        Specks come last, by colour: a frame that is lit is one of them on every row,
        beside one of a frame that goes out.
        """
        texts: list[Run] = []
        specks: list[Run] = []
        for run in runs:
            (specks if len(run[2]) <= SPECK else texts).append(run)
        specks.sort(key=lambda run: run[2][0][1])
        self._row = -1
        parts = [self._send(*run) for run in (*texts, *specks)]
        pen, self._pen = self._pen, PLAIN if runs else self._pen
        return "".join(parts) + ("\x1b[0m" if runs and pen != PLAIN else "")

    def _send(self, y: int, x: int, cells: list[Cell]) -> str:
        """The sequences that put ``cells`` at a place, with the pen as it was left."""
        parts = [f"\x1b[{x + 1}G" if y == self._row else f"\x1b[{y + 1};{x + 1}H"]
        pen = self._pen
        for text, codes in cells:
            ink = ink_of(codes)
            if text == " " and pen is not None:
                ink = on_blank(pen, ink)
            if ink != pen:
                parts.append(change(pen, ink))
                pen = ink
            parts.append(text)
        self._pen = pen
        # However wide a terminal takes a character to be, it is still on this row.
        wider = sum(not text.isascii() for text, _codes in cells)
        self._row = y if x + len(cells) + wider < self._size[0] else -1
        return "".join(parts)


def _risky(cells: Iterable[Cell]) -> bool:
    return any(len(text) > 1 or text >= RISKY for text, _codes in cells)


def _runs(old: list[Cell], new: list[Cell]) -> Iterator[tuple[int, int]]:
    """The stretches of ``new`` that differ from ``old``, short gaps closed."""
    start = end = -1
    for at, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if start >= 0 and at - end > GAP:
            yield _whole(new, start, end)
            start = -1
        if start < 0:
            start = at
        end = at + 1
    if start >= 0:
        yield _whole(new, start, end)


def _whole(cells: list[Cell], start: int, end: int) -> tuple[int, int]:
    """The stretch, grown to take in both halves of wide characters."""
    while start > 0 and not cells[start][0]:
        start -= 1
    while end < len(cells) and not cells[end][0]:
        end += 1
    return start, end


def cells_of(strip: Strip, colors: ColorSystem) -> list[Cell]:
    """The cells of a strip."""
    cells: list[Cell] = []
    for text, style, control in strip:
        if control is not None or not text:
            continue
        codes = "" if style is None else _codes(style, colors)
        if not text.strip(" "):
            cells += [(" ", ground(codes))] * len(text)
            continue
        if text.isascii():
            blank = (" ", ground(codes))
            cells += [blank if char == " " else (char, codes) for char in text]
            continue
        for start, end, width in split_graphemes(text)[0]:
            if width:
                cells.append((text[start:end], codes))
                cells += [("", codes)] * (width - 1)
            elif cells:
                cells[-1] = (cells[-1][0] + text[start:end], cells[-1][1])
    return cells


def _codes(style: object, colors: ColorSystem) -> str:
    """The SGR codes of a rich style; it remembers them itself."""
    codes = getattr(style, "_ansi", None)
    return Strip.render_ansi(style, colors) if codes is None else codes


class Painting(CompositorUpdate):
    """An update of the compositor, less what ``canvas`` already shows."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, canvas: Canvas) -> None:
        self.update = update
        self.canvas = canvas

    def _pieces(self) -> Iterator[tuple[int, int, Strip]]:
        """Row, column and strip of everything that the update paints."""
        update = self.update
        if isinstance(update, LayoutUpdate):
            for y, line in enumerate(update.strips, update.region.y):
                x = update.region.x
                for strip in line:
                    yield y, x, strip
                    x += strip.cell_length
            return
        for y, left, right in update.spans:
            ends = update.chop_ends[y]
            for end, (x, piece) in zip(ends, update.chops[y].items(), strict=False):
                if piece is None or x > right or end <= left:
                    continue
                inside = x >= left and end <= right
                yield y, x, piece if inside else piece.crop(0, min(end, right) - x)

    def render_segments(self, console: Console) -> str:
        """What has to be sent to the terminal, nothing when nothing changed."""
        colors = console._color_system or ColorSystem.TRUECOLOR
        draw = self.canvas.draw
        runs: list[Run] = []
        for y, x, strip in self._pieces():
            runs += draw(y, x, cells_of(strip, colors))
        return self.canvas.send(runs)
