"""Markdown as blocks: the part of it that reports use, for the page and for the screen.

Anything else, HTML above all, is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Span = tuple[str, str]
"""A text and how it looks: "", "strong", "em" or "code"."""

Kind = Literal["heading", "paragraph", "item", "table", "rule"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block: a heading's ``level``, an item's ``mark``, a table's ``rows`` of cells."""

    kind: Kind
    spans: tuple[Span, ...] = ()
    level: int = 0
    mark: str = ""
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = ()


_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$")
_RULE = re.compile(r"^ {0,3}(?:-\s*){3,}$|^ {0,3}(?:\*\s*){3,}$|^ {0,3}(?:_\s*){3,}$")
_DIVIDER = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_INLINE = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>`[^`]+`)"
    r"|(?P<strong>\*\*(?=\S)(?:\\.|[^\\])+?(?<=\S)\*\*)"
    r"|(?P<em>\*(?=[^\s*])(?:\\.|[^\\*])+?\*|(?<!\w)_(?=[^\s_])(?:\\.|[^\\_])+?_(?!\w))"
)


def parse(markdown: str) -> list[Block]:
    """The blocks of ``markdown`` in order."""
    blocks: list[Block] = []
    text: list[str] = []
    rows = markdown.split("\n")
    at = 0

    def close() -> None:
        if text:
            blocks.append(Block("paragraph", inline(" ".join(text))))
            text.clear()

    while at < len(rows):
        row = rows[at]
        heading, item = _HEADING.match(row), _ITEM.match(row)
        if not row.strip():
            close()
        elif heading is not None:
            close()
            blocks.append(Block("heading", inline(heading[2]), level=len(heading[1])))
        elif _RULE.match(row):
            close()
            blocks.append(Block("rule"))
        elif item is not None:
            close()
            level = min(3, len(item[1].expandtabs(4)) // 2)
            mark = item[2] if item[2][0].isdigit() else ""
            words = [item[3]]
            while at + 1 < len(rows) and _goes_on(rows[at + 1]):
                at += 1
                words.append(rows[at].strip())
            blocks.append(
                Block("item", inline(" ".join(words)), level=level, mark=mark)
            )
        elif (
            row.lstrip().startswith("|")
            and at + 1 < len(rows)
            and _DIVIDER.match(rows[at + 1])
        ):
            close()
            lines = [row]
            at += 2
            while at < len(rows) and rows[at].lstrip().startswith("|"):
                lines.append(rows[at])
                at += 1
            at -= 1
            blocks.append(Block("table", rows=tuple(map(_cells, lines))))
        else:
            text.append(row.strip())
        at += 1
    close()
    return blocks


def _goes_on(row: str) -> bool:
    """Whether ``row`` continues a list item: indented, and nothing of its own."""
    return row[:2] == "  " and bool(row.strip()) and _ITEM.match(row) is None


def _cells(row: str) -> tuple[tuple[Span, ...], ...]:
    row = row.strip().removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return tuple(inline(cell.strip()) for cell in re.split(r"(?<!\\)\|", row))


def inline(text: str, style: str = "") -> tuple[Span, ...]:
    """``text`` in spans, with its escapes undone."""
    spans: list[Span] = []

    def add(part: str, how: str) -> None:
        if part and spans and spans[-1][1] == how:
            spans[-1] = (spans[-1][0] + part, how)
        elif part:
            spans.append((part, how))

    end = 0
    for found in _INLINE.finditer(text):
        add(text[end : found.start()], style)
        end = found.end()
        if found["escape"]:
            add(found[0][1], style)
        elif found["code"]:
            add(found[0][1:-1], "code")
        else:
            cut = 2 if found["strong"] else 1
            inner = "strong" if found["strong"] or style == "strong" else "em"
            for part, how in inline(found[0][cut:-cut], inner):
                add(part, how)
    add(text[end:], style)
    return tuple(spans)


def plain(text: str) -> str:
    """``text`` without its marks."""
    return "".join(part for part, _style in inline(text))
