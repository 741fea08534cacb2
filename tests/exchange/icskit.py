"""Calendar files in tests: taken in, given out, compared property by property."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plannertui.exchange import exporting, ics
from plannertui.exchange.files import Source
from plannertui.exchange.formats import Asked
from plannertui.exchange.icslines import Block, Odd, blocks
from plannertui.exchange.importing import Plan, apply, plan
from plannertui.store import events
from plannertui.store.items import Filter, ls

if TYPE_CHECKING:
    from plannertui.core.events import Event
    from plannertui.exchange.reading import Reading
    from plannertui.store.open import Store

FIXTURES = Path(__file__).parent / "ics"
NOW = datetime.fromisoformat("2024-09-14T18:10:00+08:00")
ASKED = Asked(now=NOW, today=NOW.date(), zone="Asia/Shanghai")
HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\n"
ITEMS = ("VEVENT", "VTODO", "VJOURNAL")


def event(*lines: str, start: str = "DTSTART:20240919T090000", uid: str = "1") -> str:
    """An event of these lines."""
    inner = "".join(line + "\n" for line in (start, *lines))
    return f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:Board\n{inner}END:VEVENT\n"


def calendar(*parts: str) -> bytes:
    """A calendar of these components."""
    return (HEAD + "".join(parts) + "END:VCALENDAR\n").encode()


def read(raw: bytes, asked: Asked = ASKED) -> Reading:
    return ics.read(Source.of(raw, "work.ics"), asked)


def fields(*lines: str, start: str = "DTSTART:20240919T090000") -> dict[str, Any]:
    """The fields of the one event of these lines."""
    (found,) = read(calendar(event(*lines, start=start))).found
    return found.fields


def take(db: Store, raw: bytes, source: str = "ics", **how: bool) -> Plan:
    """Take a file in."""
    made = plan(db, source, read(raw), **how)
    apply(db, made, NOW)
    return made


def give(db: Store, source: str = "", private: bool = False) -> str:
    """Everything, or what came from ``source``, as a file."""
    chosen = exporting.choose(db, Filter(), private=private, source=source)
    chosen.whole = True
    asked = replace(ASKED, source=source, private=private)
    return "".join(ics.write(db, chosen, asked))


def counts(made: Plan) -> tuple[int, int, int, int]:
    """How many are added, changed, the same, left."""
    same = made.same + len(made.noted)
    return len(made.added), len(made.changed), same, len(made.left)


Shape = tuple[str, tuple[str, ...], tuple[Any, ...]]


def shape(block: Block) -> Shape:
    """A component whatever the order of its properties."""
    lines = tuple(sorted(line.text for line in block.lines))
    return block.name, lines, tuple(sorted(map(shape, block.blocks)))


def components(text: str, *names: str) -> Counter[Shape]:
    """The components of a calendar file; those of ``names``, or all."""
    odd: list[Odd] = []
    found: list[Block] = []
    for block in blocks(text.removeprefix("\ufeff"), odd):
        found += block.blocks if block.name == "VCALENDAR" else [block]
    return Counter(shape(one) for one in found if not names or one.name in names)


def block_of(text: str, part: str) -> Block:
    """The first component in which ``part`` stands."""
    odd: list[Odd] = []
    return next(
        one for block in blocks(text, odd) for one in block.blocks if part in one.raw()
    )


def every(db: Store) -> list[Event]:
    """All events as they are kept, the earliest first."""
    ids = [item.id for item in ls(db, Filter(), nouns=("event",))]
    found = events.by_ids(db, ids)
    return sorted(found, key=lambda one: (one.starts_on, one.time or "", one.id))


def named(db: Store, title: str) -> Event:
    return next(one for one in every(db) if one.title == title)


def occurrences(db: Store, first: date, last: date, zone: str) -> set[tuple[str, str]]:
    """Title and beginning, in ``zone``, of whatever takes place from ``first`` to ``last``."""
    return {
        (one.title, f"{one.starts_on} {one.time}" if one.time else str(one.starts_on))
        for one in events.between(db, first, last, zone=zone)
        if one.state != "cancelled" and first <= one.starts_on <= last
    }
