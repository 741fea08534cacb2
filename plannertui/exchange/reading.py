"""What a reader makes of a file: things found, things left, what is kept unread."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any, Literal, NamedTuple

Noun = Literal["entry", "matter", "event"]
NOUNS: tuple[Noun, ...] = ("matter", "event", "entry")

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_TEXT = 1024 * 1024

# Called with how many of how many are done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that a file tells of.

    ``key`` is its id there, or a digest where it has none; ``fields`` are columns of its
    noun as the store takes them, always the same ones from one reader. ``people`` are
    handles or aliases, ``goal`` a handle or title's handle; who is not known here is told
    and left off. ``series`` is the key of the repeating event that it is one of.
    ``links`` are keys of what an entry is about. ``guessed`` are those of its fields
    that the file does not tell: they are set once, and never compared.
    ``kept`` is what is given back on the way out, ``digest`` of all that matters in it;
    empty, it is made from the rest. ``uid`` and ``rev`` are set in what this program
    wrote itself. ``slot`` is the day, time and zone by which one of a series is named in
    a file that does not tell the series.
    """

    noun: Noun
    key: str
    fields: dict[str, Any]
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    goal: str = ""
    series: str = ""
    links: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    kept: dict[str, Any] = field(default_factory=dict)
    digest: str = ""
    uid: str = ""
    rev: int = 0
    line: int = 0
    slot: tuple[date, str | None, str] | None = None

    @property
    def label(self) -> str:
        """Its first line, for people."""
        text = str(self.fields.get("title") or self.fields.get("text") or self.key)
        return text.strip().partition("\n")[0]


class Left(NamedTuple):
    """What is not taken in: its first line, why, and the line of the file if it has any.

    ``file`` is the name of the file, where several were read.
    """

    label: str
    why: str
    line: int = 0
    handle: str = ""
    file: str = ""


class Loose(NamedTuple):
    """What a file says of itself, to be given back on the way out."""

    key: str
    kept: dict[str, Any]


@dataclass(slots=True)
class Reading:
    """What a reader made of a file.

    ``unknown`` counts, by name, what is kept but not understood; ``notes`` are sentences
    on what was understood otherwise than it stands there.
    """

    found: list[Found] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def digest(*parts: object) -> str:
    """A short name for ``parts``: equal for equal contents, whatever order keys have."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, default=str)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def seen(found: Found) -> str:
    """The digest of ``found`` that says whether it has changed since."""
    told = {
        name: one for name, one in found.fields.items() if name not in found.guessed
    }
    return found.digest or digest(
        told, found.tags, found.people, found.goal, found.series, found.kept
    )
