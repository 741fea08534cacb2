"""Components of a calendar file among each other: which is which, which is the newest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from plannertui.exchange.icslines import Block, Line
from plannertui.exchange.icsvalues import BROKEN, text_of
from plannertui.exchange.reading import Left, Noun, digest
from plannertui.i18n import gettext as _

NOUNS: dict[str, Noun] = {"VEVENT": "event", "VTODO": "matter", "VJOURNAL": "entry"}
_YEAR = re.compile(r"(?:DTSTART|RECURRENCE-ID|DUE)[^:]*:(\d{4})")


def settled(block: Block) -> list[Any]:
    """What of a component says that it has changed: not when it was written out."""
    lines = sorted(line.text for line in block.lines if line.name != "DTSTAMP")
    return [block.name, lines, sorted(map(str, map(settled, block.blocks)))]


def key_of(block: Block) -> str:
    """The UID of a component, or a digest where it has none."""
    uid = text_of(block.first("UID")).strip()[:500]
    return uid or "digest:" + digest(settled(block))


def index_of(block: Block, name: str) -> int:
    return next(n for n, line in enumerate(block.lines) if line.name == name)


def recurrence_of(block: Block) -> str:
    line = block.first("RECURRENCE-ID")
    return "" if line is None else line.text.rpartition(":")[2]


def newest(parts: Iterable[Block], left: list[Left]) -> list[Block]:
    """``parts`` with each thing once: of several with one UID the last revision."""
    newest: dict[tuple[str, str], Block] = {}
    for block in parts:
        key = (name_of(block), recurrence_of(block))
        other = newest.get(key)
        if other is None or sequence(block) > sequence(other):
            newest[key] = block
        if other is not None and settled(block) != settled(other):
            older = other if newest[key] is block else block
            why = _("it has the same UID as another one in the file")
            label = text_of(older.first("SUMMARY"))[:200]
            left.append(Left(label, why, older.number))
    return list(newest.values())


def name_of(block: Block) -> str:
    try:
        return key_of(block)
    except BROKEN:
        return f"line {block.number}"


def sequence(block: Block) -> int:
    line: Line | None = block.first("SEQUENCE")
    figures = "" if line is None else line.text.rpartition(":")[2].strip()
    return int(figures[:9]) if figures.isdigit() else 0


def years(calendar: Block) -> tuple[tuple[int, int], bool]:
    """The years that the times of a calendar lie in, and whether any of them repeats."""
    years = [
        int(matched[1])
        for block in calendar.blocks
        if block.name in NOUNS
        for line in block.lines
        if (matched := _YEAR.match(line.text)) is not None
    ]
    repeats = any(block.first("RRULE") is not None for block in calendar.blocks)
    return ((min(years), max(years)) if years else (2000, 2030)), repeats
