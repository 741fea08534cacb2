"""A canvas of cells that text and grounds are put on, and the pen one draws with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Span = tuple[str, str]
"""A text and the roles it plays, parted by blanks: ("14", "weekend selected")."""
Spans = tuple[Span, ...]


class Pen(NamedTuple):
    """How wide a text is, how it is cut, and the characters to draw with.

    ``cells`` gives the pieces of a text that stay together, each with its cells; ``cut``
    makes a text one line of at most so many cells.
    """

    width: Callable[[str], int]
    cells: Callable[[str], Iterable[tuple[str, int]]]
    cut: Callable[[str, int], str]
    wrap: Callable[[str, int], list[str]]
    ascii: bool
    dot: str
    dash: str
    rule: str
    line: str
    bar: str
    due: str
    open_box: str
    done_box: str
    bullet: str
    full: str
    shades: str
    time: str
    track: str
    step: str
    stepped: str
    partials: str

    @property
    def name(self) -> str:
        """The name of the set of characters: "ascii" or "unicode"."""
        return "ascii" if self.ascii else "unicode"

    def pad(self, text: str, width: int) -> str:
        """``text`` cut to ``width`` cells, with blanks up to them."""
        text = self.cut(text, width)
        return text + " " * (width - self.width(text))

    def pad_left(self, text: str, width: int) -> str:
        """``text`` cut to ``width`` cells, with blanks before it up to them."""
        text = self.cut(text, width)
        return " " * (width - self.width(text)) + text


class Spot(NamedTuple):
    """What is drawn at the cells from ``x`` to before ``end`` of line ``y``.

    ``what`` is the key of a thing, or "" for the ``day`` itself, an ISO date or a month.
    """

    y: int
    x: int
    end: int
    day: str
    what: str = ""


class Sheet(NamedTuple):
    """A view: the lines that stay on top, those that scroll, and what is where.

    ``keep`` are the first and last line of what one is on; ``top`` is the line one would
    begin at.
    """

    head: tuple[Spans, ...]
    body: tuple[Spans, ...]
    head_spots: tuple[Spot, ...] = ()
    spots: tuple[Spot, ...] = ()
    keep: tuple[int, int] | None = None
    top: int = 0


class Canvas:
    """``height`` lines of ``width`` cells; later texts stand over earlier ones."""

    __slots__ = ("_roles", "_signs", "height", "pen", "width")

    def __init__(self, width: int, height: int, pen: Pen) -> None:
        self.width = width
        self.height = height
        self.pen = pen
        self._signs = [[" "] * width for _ in range(height)]
        self._roles = [[""] * width for _ in range(height)]

    def put(
        self, x: int, y: int, text: str, roles: str = "", room: int | None = None
    ) -> int:
        """Write ``text`` at ``x``, cut to ``room`` cells and to the canvas; its end."""
        most = self.width - x if room is None else min(room, self.width - x)
        if not 0 <= y < self.height or most <= 0:
            return x
        signs, played = self._signs[y], self._roles[y]
        if self.pen.width(text) > most or not text.isprintable():
            text = self.pen.cut(text, most)
        pieces = (
            [(sign, 1) for sign in text] if text.isascii() else self.pen.cells(text)
        )
        at = x
        for piece, cells in pieces:
            if not cells:
                if at > x:
                    signs[at - 1] += piece
                continue
            signs[at] = piece
            ground = _grounds(played[at])
            for n in range(at, at + cells):
                played[n] = f"{ground} {roles}" if ground else roles
            for n in range(at + 1, at + cells):
                signs[n] = ""
            at += cells
        return at

    def trail(self, x: int, y: int, until: int) -> None:
        """A rule from a blank after ``x`` up to ``until``: what goes on so far."""
        if until - x > 1:
            self.put(x + 1, y, self.pen.rule * (until - x - 1), "muted")

    def column(self, x: int, sign: str, role: str) -> None:
        """Draw ``sign``, of one cell, on every line at ``x``."""
        if 0 <= x < self.width:
            for signs, played in zip(self._signs, self._roles, strict=True):
                signs[x], played[x] = sign, role

    def ground(self, x: int, y: int, width: int, role: str) -> None:
        """Give the cells a ground that what is written on them keeps."""
        if 0 <= y < self.height:
            played = self._roles[y]
            for n in range(max(0, x), min(self.width, x + width)):
                played[n] = role

    def free(self, x: int, y: int) -> bool:
        """Whether nothing is written at a cell, and no block is on it."""
        roles = self._roles[y][x]
        return self._signs[y][x] == " " and roles in ("", "selected-day")

    def lines(self) -> tuple[Spans, ...]:
        """What there is, cells of one role together."""
        return tuple(map(_merged, self._signs, self._roles))


def clipped(spans: Spans, width: int, pen: Pen) -> Spans:
    """``spans`` cut to ``width`` cells."""
    if sum(pen.width(text) for text, _roles in spans) <= width:
        return spans
    kept: list[Span] = []
    for text, roles in spans:
        size = pen.width(text)
        if size > width:
            kept.append((pen.cut(text, width), roles))
            break
        kept.append((text, roles))
        width -= size
    return tuple(span for span in kept if span[0])


GROUNDS = ("block", "held", "cursor", "selected-day", "shade")


def _grounds(roles: str) -> str:
    """Those of ``roles`` that are the ground of a cell."""
    if not roles:
        return ""
    return " ".join(r for r in roles.split() if r.startswith(GROUNDS))


def _merged(signs: list[str], roles: list[str]) -> Spans:
    spans: list[Span] = []
    start = 0
    for n in range(1, len(roles) + 1):
        if n == len(roles) or roles[n] != roles[start]:
            spans.append(("".join(signs[start:n]), roles[start]))
            start = n
    while spans and not spans[-1][1] and not spans[-1][0].strip():
        spans.pop()
    return tuple(spans)
