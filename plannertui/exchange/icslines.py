"""The lines of a calendar file: unfolded, numbered, and as the components they make.

What a line says is left to whoever needs it; here it is only taken apart as far as its
name. So what nobody understands can be given back as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from plannertui.core.errors import BadFile
from plannertui.exchange.reading import LARGEST_TEXT
from plannertui.i18n import gettext as _

DEEPEST = 8
MOST_BLOCKS = 100_000
_NAME = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*(?=[;:])")
_FOLD = 75


class Line(NamedTuple):
    """One content line, unfolded; ``name`` is in capitals, ``number`` its first line's."""

    name: str
    text: str
    number: int


@dataclass(slots=True)
class Block:
    """A component: its name in capitals, its lines, the components in it."""

    name: str
    number: int = 0
    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        """Its lines of this name."""
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        """Its first line of this name, None without one."""
        return next((line for line in self.lines if line.name == name), None)

    def raw(self) -> str:
        """The component as text, a content line a line, not folded."""
        return "\n".join(self.texts())

    def texts(self) -> Iterator[str]:
        """Its content lines, with those that begin and end it."""
        yield f"BEGIN:{self.name}"
        for line in self.lines:
            yield line.text
        for block in self.blocks:
            yield from block.texts()
        yield f"END:{self.name}"


class Odd(NamedTuple):
    """A line that was left out, and why."""

    why: str
    number: int


def blocks(text: str, odd: list[Odd]) -> list[Block]:
    """The outermost components of ``text``; lines that are none go into ``odd``.

    Raises BadFile, with the line, for components that do not close, or too many or too
    deep ones.
    """
    found: list[Block] = []
    open_: list[Block] = []
    count = 0
    for content, number in unfold(text):
        matched = _NAME.match(content)
        if matched is None:
            if content.strip():
                odd.append(Odd(_("it is no line of a calendar file"), number))
            continue
        name = matched[1].upper()
        if name in ("BEGIN", "END"):
            what = content.partition(":")[2].strip().upper()
            if name == "BEGIN":
                count += 1
                if count > MOST_BLOCKS:
                    raise _bad(_("there are more than {n} components"), number)
                if len(open_) == DEEPEST:
                    raise _bad(_("components are nested too deeply"), number)
                block = Block(what, number)
                (open_[-1].blocks if open_ else found).append(block)
                open_.append(block)
            elif not open_ or open_[-1].name != what:
                message = _("END:{name} closes nothing")
                raise _bad(message.replace("{name}", what[:40]), number)
            else:
                open_.pop()
        elif not open_:
            odd.append(Odd(_("it stands outside of any component"), number))
        elif len(content) > LARGEST_TEXT:
            why = _("{name} is larger than 1 MiB").format(name=name[:40])
            odd.append(Odd(why, number))
        else:
            open_[-1].lines.append(Line(name, content, number))
    if open_:
        message = _("BEGIN:{name} is never closed")
        raise _bad(message.replace("{name}", open_[-1].name[:40]), open_[-1].number)
    if not found:
        raise _bad(_("it does not begin with BEGIN:VCALENDAR"), 1)
    return found


def _bad(why: str, number: int) -> BadFile:
    return BadFile(
        _("Line {line}: {why}. Nothing of this file was taken in.").format(
            line=number, why=why.replace("{n}", str(MOST_BLOCKS))
        )
    )


def unfold(text: str) -> Iterator[tuple[str, int]]:
    """The content lines of ``text``, each with the number of its first line."""
    ends = "\n" if "\n" in text else "\r"
    parts: list[str] = []
    begun = 1
    for number, line in enumerate(text.split(ends), 1):
        line = line.rstrip("\r")
        if not line:
            # Some programs fold with an empty line between.
            continue
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield "".join(parts), begun
        parts, begun = [line], number
    if parts:
        yield "".join(parts), begun


def again(raw: str) -> Block:
    """The component that ``Block.raw`` made the text ``raw`` of."""
    root = Block("")
    open_ = [root]
    for content in raw.split("\n"):
        name = content.partition(":")[0].partition(";")[0].strip().upper()
        if name == "BEGIN":
            block = Block(content.partition(":")[2].strip().upper())
            open_[-1].blocks.append(block)
            open_.append(block)
        elif name == "END":
            open_.pop()
        elif content:
            open_[-1].lines.append(Line(name, content, 0))
    return root.blocks[0]


def folded(lines: Iterable[str]) -> Iterator[str]:
    """``lines`` as a file has them: at most 75 octets each, CRLF after each."""
    for line in lines:
        if len(line) <= _FOLD and line.isascii():
            yield line + "\r\n"
            continue
        parts: list[str] = []
        size = 0
        for char in line:
            octets = len(char.encode())
            if size + octets > _FOLD:
                parts.append("\r\n ")
                size = 1
            parts.append(char)
            size += octets
        parts.append("\r\n")
        yield "".join(parts)
