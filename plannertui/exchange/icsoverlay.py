"""A component that came from a calendar file, with what was changed here since.

What was not changed stays as it came, to the last parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from plannertui.core.entries import Entry
from plannertui.core.errors import Usage
from plannertui.core.events import Event
from plannertui.core.matters import Matter
from plannertui.exchange.icsevents import reminder
from plannertui.exchange.icslines import Block, Line
from plannertui.exchange.icsmade import (
    OWN,
    Lines,
    alarm,
    changed_lines,
    entry_lines,
    event_lines,
    matter_lines,
    recurrence_line,
)
from plannertui.exchange.icsnames import aliased
from plannertui.exchange.icsseries import Place, came_out, left_out
from plannertui.exchange.icsvalues import (
    BROKEN,
    When,
    list_line,
    moment_of,
    split,
    tag_of,
    text_line,
    text_of,
    texts_of,
    when_line,
)
from plannertui.exchange.icszones import Zones
from plannertui.exchange.present import plain
from plannertui.store.foreign import Foreign

ALONE = Place()
# Which properties a field of ours stands in; the first takes the others' place.
TIMES = ("DTSTART", "DTEND", "DURATION")
DAYS = ("EXDATE", "RDATE")
OF_EVENT: dict[str, tuple[str, ...]] = {
    "title": ("SUMMARY",),
    "notes": ("DESCRIPTION", "X-ALT-DESC"),
    "place": ("LOCATION",),
    "url": ("URL", "CONFERENCE"),
    "starts_on": (*TIMES, *DAYS),
    "ends_on": TIMES,
    "time": (*TIMES, *DAYS, "RRULE"),
    "minutes": TIMES,
    "zone": (*TIMES, *DAYS, "RRULE"),
    "repeat": ("RRULE", "EXRULE", *DAYS),
    "skipped": ("EXDATE",),
    "extra": ("RDATE",),
    "state": ("STATUS",),
}
OF_MATTER: dict[str, tuple[str, ...]] = {
    "title": ("SUMMARY", "DESCRIPTION"),
    "due": ("DUE", "DURATION"),
    "state": ("STATUS", "COMPLETED", "PERCENT-COMPLETE"),
    "closed_on": ("COMPLETED",),
    "important": ("PRIORITY",),
}
OF_ENTRY: dict[str, tuple[str, ...]] = {
    "text": ("SUMMARY", "DESCRIPTION"),
    "day": ("DTSTART",),
}


def overlay(
    block: Block,
    item: Event | Matter | Entry,
    known: Foreign,
    tags: Sequence[str],
    private: bool = False,
    place: Place = ALONE,
) -> Block:
    """``block`` with what differs between ``known``, as it came, and ``item``, as it is."""
    base: dict[str, Any] = known.kept["base"]
    changed = [
        name
        for name, value in base.items()
        if name not in ("tags", "slot_on", "skipped")
        and plain(getattr(item, name, value)) != value
    ]
    # What came with aliases for names is told anew.
    told = aliased(block)
    retags = "tags" in told
    retold = [name for name in told if name not in (*changed, "tags")]
    if isinstance(item, Event):
        _event(block, item, known, changed, private, place)
        retold = [name for name in retold if name != "notes" or private]
        _put(block, event_lines(item, (), place.moved), OF_EVENT, retold)
    elif isinstance(item, Matter):
        _matter(block, item, base, changed)
        _put(block, matter_lines(item), OF_MATTER, retold)
    else:
        _put(block, entry_lines(item), OF_ENTRY, [*changed, *retold])
    if retags:
        _tags(block, tags)
    elif list(tags) != base.get("tags", []):
        changed.append("tags")
        _tags(block, tags)
    if changed:
        _renewed(block, item)
    return block


def _event(
    block: Block,
    event: Event,
    known: Foreign,
    changed: list[str],
    private: bool,
    place: Place,
) -> None:
    """Bring an event up to date; ``changed`` becomes what was touched."""
    base = known.kept["base"]
    if "notes" in changed and not private:
        changed.remove("notes")
    if event.state == "cancelled" and base.get("state") != "cancelled":
        changed.append("state")
    if left_out(event, place.moved) != came_out(known):
        changed.append("skipped")
    if place.apart:
        changed += ["repeat", "extra", "skipped"]
    tzid = _tzid(block) if "zone" not in changed else ""
    _put(block, event_lines(event, (), place.moved, tzid), OF_EVENT, changed)
    if "reminders" in changed:
        _alarms(block, event)
    if place.master is not None and event.slot_on is not None:
        moved_on = place.uid != text_of(block.first("UID"))
        if place.renamed or moved_on:
            line = recurrence_line(event.slot_on, place.master)
            _replace(block, ("RECURRENCE-ID",), [line])
            changed.append("slot_on")
        if moved_on:
            _named(block, event, place.uid)
    elif place.apart and block.first("RECURRENCE-ID") is not None:
        _replace(block, ("RECURRENCE-ID",), [])
        _named(block, event, event.uid)


def _named(block: Block, event: Event, uid: str) -> None:
    """Give what came under another UID this one, and say which event of ours it is."""
    _replace(block, ("UID",), [text_line("UID", uid)])
    _replace(block, (OWN + "UID",), [f"{OWN}UID:{event.uid}"])
    _replace(block, (OWN + "REV",), [f"{OWN}REV:{event.rev}"])


def _tzid(block: Block) -> str:
    """What the file calls the zone in which it begins."""
    line = block.first("DTSTART")
    try:
        return "" if line is None else str(split(line)[0].get("TZID", ""))
    except BROKEN:
        return ""


def _alarms(block: Block, event: Event) -> None:
    """Those understood give way to those there are now; any other stays."""
    start = When(event.starts_on, event.time, event.zone)
    zones = Zones([], event.zone, (2000, 2001))
    kept = [one for one in block.blocks if reminder(one, start, zones) is None]
    block.blocks = kept + [alarm(minutes, event.title) for minutes in event.reminders]


def _matter(
    block: Block, matter: Matter, base: dict[str, Any], changed: list[str]
) -> None:
    lines = matter_lines(matter)
    due = block.first("DUE")
    if "due" in changed and matter.due is not None and due is not None:
        lines["DUE"] = [_shifted(due, base.get("due"), matter.due)]
    _put(block, lines, OF_MATTER, changed)


def _shifted(line: Line, before: str | None, after: date) -> str:
    """``line`` so many days later as ``after`` is than ``before``, at its own time."""
    try:
        told = moment_of(line)
        days = after - date.fromisoformat(before or "")
        day = told.day + timedelta(days=days.days)
    except (Usage, *BROKEN):
        return when_line(line.name, [When(after)])
    return when_line(line.name, [told._replace(day=day)])


def _put(
    block: Block, lines: Lines, of: dict[str, tuple[str, ...]], changed: Iterable[str]
) -> None:
    """Let the lines of what was changed take the place of those that came."""
    names = dict.fromkeys(name for one in changed for name in of.get(one, ()))
    for name in names:
        _replace(block, (name,), lines.get(name, []))


def _replace(block: Block, names: Sequence[str], lines: Iterable[str]) -> None:
    at = next(
        (n for n, line in enumerate(block.lines) if line.name in names),
        len(block.lines),
    )
    block.lines = [line for line in block.lines if line.name not in names]
    block.lines[at:at] = [
        Line(text.partition(":")[0].partition(";")[0], text, 0) for text in lines
    ]


def _tags(block: Block, tags: Sequence[str]) -> None:
    """The categories that are still meant, as they came, and the tags that are new."""
    kept: list[str] = []
    for line in block.all("CATEGORIES"):
        kept += [text for text in texts_of(line) if tag_of(text) in ("", *tags)]
    told = {tag_of(text) for text in kept}
    every = kept + [tag for tag in tags if tag not in told]
    _replace(block, ("CATEGORIES",), [list_line("CATEGORIES", every)] if every else [])


def _renewed(block: Block, item: Event | Matter | Entry) -> None:
    """It is a later revision, written when it was changed."""
    stamped, modified = changed_lines(item)
    _replace(block, ("DTSTAMP",), [stamped])
    _replace(block, ("LAST-MODIFIED",), [modified])
    figures = text_of(block.first("SEQUENCE")).strip()
    number = int(figures[:9]) if figures.isdigit() else 0
    _replace(block, ("SEQUENCE",), [f"SEQUENCE:{number + 1}"])
