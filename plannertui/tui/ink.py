"""The colours and marks of a cell as SGR codes, and the shortest way to change them."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import NamedTuple

LINES = frozenset(("4", "5", "6", "7", "8", "9", "21", "53"))
"""Underlined, blinking, reversed, concealed, struck, overlined: seen on a blank too."""

OFF = {
    "1": "22",
    "2": "22",
    "3": "23",
    "4": "24",
    "21": "24",
    "5": "25",
    "6": "25",
    "7": "27",
    "8": "28",
    "9": "29",
    "51": "54",
    "52": "54",
    "53": "55",
}
"""What takes a mark away; bold and faint go together, and so do others."""


class Ink(NamedTuple):
    """What a terminal draws with: its marks, and the colours of text and ground."""

    marks: frozenset[str] = frozenset()
    text: str = ""
    ground: str = ""


PLAIN = Ink()
"""As after a reset."""


@lru_cache(4096)
def ink_of(codes: str) -> Ink:
    """The ink that SGR ``codes`` ask for, from a reset on."""
    marks: list[str] = []
    text = ground = ""
    numbers = iter(codes.split(";") if codes else ())
    for number in numbers:
        color = number
        if number in ("38", "48"):
            kind = next(numbers, "")
            color = ";".join((number, kind, *islice(numbers, 3 if kind == "2" else 1)))
        if (number.startswith("4") and number != "4") or (
            number.startswith("10") and number != "10"
        ):
            ground = color
        elif number[0] in "39" and len(number) > 1:
            text = color
        else:
            marks.append(number)
    return Ink(frozenset(marks), text, ground)


@lru_cache(4096)
def ground(codes: str) -> str:
    """What of the SGR ``codes`` is to be seen on a blank: the colour behind it."""
    ink = ink_of(codes)
    return codes if ink.marks & LINES else ink.ground


@lru_cache(4096)
def on_blank(pen: Ink, ink: Ink) -> Ink:
    """The ink nearest to ``pen`` with which a blank looks as with ``ink``."""
    if ink.marks & LINES:
        return ink
    return Ink(pen.marks - LINES, pen.text, ink.ground)


@lru_cache(8192)
def change(pen: Ink | None, ink: Ink) -> str:
    """The sequence that turns ``pen``, None for one that is not known, into ``ink``."""
    if pen == ink:
        return ""
    colors = [color for color in (ink.text, ink.ground) if color]
    whole = ";".join(["0", *sorted(ink.marks), *colors])
    if pen is None:
        return f"\x1b[{whole}m"
    gone = {OFF.get(mark, "0") for mark in pen.marks - ink.marks}
    if "0" in gone:
        return f"\x1b[{whole}m"
    # What goes away may take with it what stays: that is said again.
    kept = {mark for mark in ink.marks if OFF.get(mark) in gone}
    parts = [*sorted(gone), *sorted(kept | (ink.marks - pen.marks))]
    if pen.text != ink.text:
        parts.append(ink.text or "39")
    if pen.ground != ink.ground:
        parts.append(ink.ground or "49")
    return f"\x1b[{min(whole, ';'.join(parts), key=len)}m"
