"""Things of the store as a calendar file.

What came from a calendar file goes out as it came, line by line; only what was changed
here since is written anew. What was made here is written from scratch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from icalendar import Timezone

from plannertui import __version__
from plannertui.core.entries import Entry
from plannertui.core.matters import Matter
from plannertui.core.rows import Row
from plannertui.core.zones import is_known
from plannertui.exchange.exporting import Chosen
from plannertui.exchange.formats import Asked
from plannertui.exchange.icslines import Block, Line, folded, unfold
from plannertui.exchange.icsmade import OWN, entry_block, event_block, matter_block
from plannertui.exchange.icsnames import ALIASED, hidden
from plannertui.exchange.icsoverlay import overlay
from plannertui.exchange.icsseries import Series, is_own
from plannertui.exchange.icsvalues import BROKEN, split, text_line
from plannertui.exchange.lines import Hide
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
PRODID = f"-//plannertui//plannertui {__version__}//EN"


def write(db: Store, chosen: Chosen, asked: Asked) -> Iterator[str]:
    """The calendar file of what was chosen, in pieces."""
    ids = [one.id for one in (*chosen.events, *chosen.matters, *chosen.entries)]
    came = {
        number: found[0]
        for number, every in foreign.of_items(db, ids).items()
        if (found := [one for one in every if _is_ics(one.source)])
    }
    hide = Hide(db, chosen)
    blocks = list(_blocks(db, chosen, came, asked, hide))
    sources = [asked.source] if asked.source else []
    sources += [one.source for one in came.values()]
    # What a file says of itself is given back with that file alone.
    alone = chosen.whole and (bool(asked.source) or len(came) == len(ids))
    loose = _loose(db, list(dict.fromkeys(sources)), alone)
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", text_line("PRODID", PRODID)]
    if not asked.source:
        # Only what goes back to where it came from may have names as they came.
        loose.head = list(map(hide.plainly, loose.head))
        loose.others = list(map(hide.plainly, loose.others))
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
    db: Store, chosen: Chosen, came: dict[int, Foreign], asked: Asked, hide: Hide
) -> Iterator[Block]:
    """The components, with aliases for names; with a source, what came stays."""
    series = Series(chosen.events, came)
    tags = tags_of(db, [event.id for event in chosen.events])
    for event in chosen.events:
        place, block = series.place(event), series.block(event)
        kept = set(block.texts()) if block is not None and asked.source else ()
        if block is None or is_own(block, event):
            shown = _aliased(event, hide)
            made = event_block(
                shown, tags[event.id], place.moved, place.master, place.uid
            )
            made = _with_theirs(_marked(made, event, shown), block)
        else:
            known = came[event.id]
            made = overlay(block, event, known, tags[event.id], asked.private, place)
        yield hidden(made, hide, kept)
    others: list[Matter | Entry] = [*chosen.matters, *chosen.entries]
    for item in others:
        block = series.block(item)
        kept = set(block.texts()) if block is not None and asked.source else ()
        if block is not None and not is_own(block, item):
            made = overlay(block, item, came[item.id], item.tags)
        else:
            shown_item = _aliased(item, hide)
            if isinstance(shown_item, Matter):
                made = matter_block(shown_item)
            else:
                made = entry_block(shown_item)
            made = _with_theirs(_marked(made, item, shown_item), block)
        yield hidden(made, hide, kept)


TEXTS = ("title", "text", "notes", "place")
T = TypeVar("T", bound=Row)


def _aliased(item: T, hide: Hide) -> T:
    """``item`` with aliases where its texts have real names."""
    told: dict[str, Any] = {
        name: hide(getattr(item, name)) for name in TEXTS if getattr(item, name, "")
    }
    return replace(item, **told)


def _marked(made: Block, item: Row, shown: Row) -> Block:
    """``made``, saying which texts are not as they stand here."""
    names = [
        name for name in TEXTS if getattr(item, name, "") != getattr(shown, name, "")
    ]
    if names:
        made.lines.append(Line(ALIASED, f"{ALIASED}:{','.join(names)}", 0))
    return made


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
