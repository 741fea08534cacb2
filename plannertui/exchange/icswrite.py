"""Things of the store as a calendar file.

What came from a calendar file goes out as it came, line by line; only what was changed
here since is written anew. What was made here is written from scratch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from icalendar import Timezone

from plannertui import __version__
from plannertui.core.entries import Entry
from plannertui.core.events import Event
from plannertui.core.matters import Matter
from plannertui.core.rules import is_rule
from plannertui.core.zones import is_known
from plannertui.exchange.exporting import Chosen
from plannertui.exchange.formats import Asked
from plannertui.exchange.icslines import Block, Line, again, folded, unfold
from plannertui.exchange.icsmade import OWN, entry_block, event_block, matter_block
from plannertui.exchange.icsoverlay import overlay
from plannertui.exchange.icsvalues import BROKEN, split, text_line, text_of
from plannertui.exchange.present import plain
from plannertui.store import foreign
from plannertui.store.foreign import Foreign
from plannertui.store.open import Store
from plannertui.store.rows import tags_of

_YEAR = re.compile(r"\d{4}")
# What is written here where there is anything to be written.
WRITTEN = {
    *("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CONFERENCE", "DTEND", "DURATION"),
    *("RRULE", "EXRULE", "EXDATE", "RDATE", "CATEGORIES", "DUE", "COMPLETED"),
    *("PERCENT-COMPLETE", "PRIORITY", "RECURRENCE-ID", "CLASS", "X-ALT-DESC"),
}
# What of a series its exceptions are named by.
TIMES = ("starts_on", "time", "zone")
PRODID = f"-//plannertui//plannertui {__version__}//EN"


def write(db: Store, chosen: Chosen, asked: Asked) -> Iterator[str]:
    """The calendar file of what was chosen, in pieces."""
    ids = [one.id for one in (*chosen.events, *chosen.matters, *chosen.entries)]
    came = {
        number: found[0]
        for number, every in foreign.of_items(db, ids).items()
        if (found := [one for one in every if _is_ics(one.source)])
    }
    blocks = list(_blocks(db, chosen, came, asked))
    sources = [asked.source] if asked.source else []
    sources += [one.source for one in came.values()]
    # What a file says of itself is given back with that file alone.
    alone = chosen.whole and (bool(asked.source) or len(came) == len(ids))
    loose = _loose(db, list(dict.fromkeys(sources)), alone)
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", text_line("PRODID", PRODID)]
    head += loose.head or ["CALSCALE:GREGORIAN"]
    yield from folded(head)
    yield from folded(_zones(blocks, loose.zones))
    for block in blocks:
        yield from folded(block.texts())
    for raw in loose.others:
        yield from folded(raw.split("\n"))
    yield "END:VCALENDAR\r\n"


def _is_ics(source: str) -> bool:
    return source == "ics" or source.startswith("ics:")


class _Loose:
    """What files said of themselves: lines of the calendar, zones by name, the rest."""

    def __init__(self) -> None:
        self.head: list[str] = []
        self.zones: dict[str, str] = {}
        self.others: list[str] = []


def _loose(db: Store, sources: list[str], alone: bool) -> _Loose:
    """Zones are given back from every source, the rest only of one, as a whole."""
    found = _Loose()
    for source in sources:
        for one in foreign.of_source(db, source).values():
            if one.item_id is not None:
                continue
            if one.key.startswith("VTIMEZONE:"):
                found.zones.setdefault(one.key[10:], str(one.kept.get("ics", "")))
            elif alone and len(sources) == 1:
                if one.key == "calendar":
                    found.head = [str(line) for line in one.kept.get("lines", [])]
                elif "ics" in one.kept:
                    found.others.append(str(one.kept["ics"]))
    return found


def _blocks(
    db: Store, chosen: Chosen, came: dict[int, Foreign], asked: Asked
) -> Iterator[Block]:
    masters = {event.id: event for event in chosen.events if is_rule(event.repeat)}
    slots: dict[int, set[date]] = {}
    for event in chosen.events:
        if event.series_id in masters and event.slot_on is not None:
            slots.setdefault(event.series_id, set()).add(event.slot_on)
    tags = tags_of(db, [event.id for event in chosen.events])
    for event in chosen.events:
        master = masters.get(event.series_id or 0)
        if master is not None and (master.id == event.id or event.slot_on is None):
            master = None
        moved = slots.get(event.id, set())
        block = _came(came.get(event.id))
        if block is None or _is_own(block, event):
            uid = "" if master is None else _uid(master, came)
            made = event_block(event, tags[event.id], moved, master, uid)
            yield _with_theirs(made, block)
            continue
        yield overlay(
            block,
            event,
            came[event.id].kept,
            tags[event.id],
            private=asked.private,
            moved=moved,
            master=master,
            master_moved=master is not None and _moved(master, came),
        )
    others: list[Matter | Entry] = [*chosen.matters, *chosen.entries]
    for item in others:
        block = _came(came.get(item.id))
        if block is not None and not _is_own(block, item):
            yield overlay(block, item, came[item.id].kept, item.tags)
        elif isinstance(item, Matter):
            yield _with_theirs(matter_block(item), block)
        else:
            yield _with_theirs(entry_block(item), block)


def _came(known: Foreign | None) -> Block | None:
    """The component that a thing came as; None for what was made here."""
    if known is None or "ics" not in known.kept or "base" not in known.kept:
        return None
    return again(known.kept["ics"])


def _is_own(block: Block, item: Event | Matter | Entry) -> bool:
    """Whether what came is this thing itself, made here and back from elsewhere."""
    told = block.first(OWN + "UID") or block.first("UID")
    return block.first(OWN + "REV") is not None and text_of(told) == item.uid


def _with_theirs(made: Block, came: Block | None) -> Block:
    """``made`` with what another program has added to it."""
    if came is None:
        return made
    ours = {line.name for line in made.lines} | WRITTEN
    made.lines += [
        line
        for line in came.lines
        if line.name not in ours and not line.name.startswith(OWN)
    ]
    return made


def _uid(master: Event, came: dict[int, Foreign]) -> str:
    """The UID of a series in calendar files."""
    block = _came(came.get(master.id))
    return text_of(block.first("UID")) if block is not None else master.uid


def _moved(master: Event, came: dict[int, Foreign]) -> bool:
    """Whether the days or times of a series are others than those it came with."""
    known = came.get(master.id)
    if known is None:
        return True
    base = known.kept["base"]
    return any(base.get(name) != plain(getattr(master, name)) for name in TIMES)


def _zones(blocks: Iterable[Block], known: dict[str, str]) -> Iterator[str]:
    """The descriptions of the zones that are used, as they came or as we know them."""
    used: dict[str, None] = {}
    years: list[int] = []
    for block in blocks:
        for line in block.lines:
            if "TZID=" in line.text.upper():
                _params, _value = _split(line)
                if tzid := str(_params.get("TZID", "")):
                    used[tzid] = None
                    years += [int(y) for y in _YEAR.findall(_value)[:1]]
    first = min(max(min(years, default=2000), 1970), 2037)
    for tzid in used:
        if tzid in known:
            yield from known[tzid].split("\n")
        elif is_known(tzid):
            made = Timezone.from_tzid(tzid, first_date=date(first, 1, 1))
            for text, _number in unfold(made.to_ical().decode()):
                if text:
                    yield text


def _split(line: Line) -> tuple[Mapping[str, Any], str]:
    try:
        return split(line)
    except BROKEN:
        return {}, ""
