"""Things of the store as components of a calendar file, property by property.

Each ``*_lines`` gives the lines by the name of their property, so that those of what was
changed can take the place of those that came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from plannertui.core.entries import Entry
from plannertui.core.events import Event
from plannertui.core.matters import Matter
from plannertui.core.recurrence import days
from plannertui.core.rows import Ref, Row
from plannertui.core.rules import WORKDAY, Rule, is_rule, parse
from plannertui.core.zones import read_in, zone_of
from plannertui.exchange.icsevents import ONCE, UTC_NAMES, UTC_ZONE
from plannertui.exchange.icslines import Block, Line
from plannertui.exchange.icsvalues import (
    When,
    list_line,
    stamp,
    text_line,
    utc_line,
    when_line,
)

OWN = "X-PLANNERTUI-"
Lines = dict[str, list[str]]


def event_lines(
    event: Event, tags: Sequence[str], moved: Iterable[date], tzid: str = ""
) -> Lines:
    """The lines of an event; ``moved`` are days of its rule that are events of their own.

    ``tzid`` is what the file calls its zone, where that is not our name for it.
    """
    zone = tzid or event.zone
    start = When(event.starts_on, event.time, zone)
    rule = parse(event.repeat) if is_rule(event.repeat) else None
    skipped, extra = _around(rule, event, set(moved))
    once = event.repeat in ("", ONCE) or rule is None
    rules = [] if once or rule is None else ["RRULE:" + rule_text(rule, event)]
    cancelled = event.state == "cancelled"
    return {
        "SUMMARY": [text_line("SUMMARY", event.title)],
        "DESCRIPTION": _text("DESCRIPTION", event.notes),
        "LOCATION": _text("LOCATION", event.place),
        "URL": [f"URL:{_plain(event.url)}"] if event.url else [],
        "DTSTART": [when_line("DTSTART", [start])],
        "DTEND": _end(event, zone),
        "RRULE": rules,
        "EXDATE": _dates("EXDATE", sorted(skipped), event, zone),
        "RDATE": _dates("RDATE", sorted(extra), event, zone),
        "STATUS": ["STATUS:" + ("CANCELLED" if cancelled else "CONFIRMED")],
        "CATEGORIES": [list_line("CATEGORIES", list(tags))] if tags else [],
    }


def _around(
    rule: Rule | None, event: Event, moved: set[date]
) -> tuple[set[date], set[date]]:
    """The days that a calendar file leaves out of a rule, and those it adds."""
    first = event.starts_on
    skipped, extra = set(event.skipped) - moved, set(event.extra) - {first}
    if rule is None:
        return skipped, extra
    if event.repeat == ONCE and not extra:
        # Without a rule a day that is added says that it may have several.
        extra = {first}
    if first not in event.extra and not days(rule, first, first, first):
        # Elsewhere it would take place on the day it counts from.
        skipped.add(first)
    # What was moved from a day beside the rule is one of its days all the same.
    extra |= {day for day in moved if not days(rule, first, day, day)} - {first}
    return skipped, extra


def matter_lines(matter: Matter) -> Lines:
    """The lines of a task."""
    title, _newline, rest = matter.title.partition("\n")
    status = {"open": "NEEDS-ACTION", "done": "COMPLETED", "dropped": "CANCELLED"}
    done = matter.state == "done" and matter.closed_on is not None
    closed = "" if matter.closed_on is None else stamp(When(matter.closed_on))
    return {
        "SUMMARY": [text_line("SUMMARY", title)],
        "DESCRIPTION": _text("DESCRIPTION", matter.title if rest else ""),
        "DUE": [] if matter.due is None else [when_line("DUE", [When(matter.due)])],
        "STATUS": ["STATUS:" + status[matter.state]],
        "COMPLETED": [f"COMPLETED:{closed}T120000Z"] if done else [],
        "PERCENT-COMPLETE": ["PERCENT-COMPLETE:100"] if done else [],
        "PRIORITY": ["PRIORITY:1"] if matter.important else [],
        "CATEGORIES": [list_line("CATEGORIES", list(matter.tags))]
        if matter.tags
        else [],
    }


def entry_lines(entry: Entry) -> Lines:
    """The lines of an entry: its first line, and all of it."""
    return {
        "SUMMARY": [text_line("SUMMARY", entry.text.strip().partition("\n")[0])],
        "DESCRIPTION": [text_line("DESCRIPTION", entry.text)],
        "DTSTART": [when_line("DTSTART", [When(entry.day)])],
        "CATEGORIES": [list_line("CATEGORIES", list(entry.tags))] if entry.tags else [],
    }


def event_block(
    event: Event,
    tags: Sequence[str],
    moved: Iterable[date],
    master: Event | None,
    uid: str = "",
    tzid: str = "",
) -> Block:
    """An event that was made here; as one of the series ``master`` where there is one."""
    block = _block("VEVENT", event, uid or event.uid)
    if master is not None and event.slot_on is not None:
        if not tzid and master.zone in UTC_NAMES:
            tzid = "UTC"
        _add(block, [recurrence_line(event.slot_on, master, tzid)])
        _add(block, [f"{OWN}UID:{event.uid}"])
    named = "UTC" if event.zone in UTC_NAMES else ""
    for lines in event_lines(event, tags, moved, named).values():
        _add(block, lines)
    if named and event.time is not None:
        # Other programs' times in UTC are read by the clocks here; ours stay so.
        _add(block, [f"{UTC_ZONE}:{event.zone}"])
    if is_rule(event.repeat) and parse(event.repeat).by_workdays:
        _add(block, [f"{OWN}RULE:{event.repeat}"])
    _add(block, [f"{OWN}KIND:{event.kind}"])
    if event.time is not None and (event.ends_on - event.starts_on).days != (
        (event.minutes or 0) // (24 * 60)
    ):
        _add(block, [f"{OWN}LAST:{stamp(When(event.ends_on))}"])
    _with(block, event.people)
    block.blocks = [alarm(minutes, event.title) for minutes in event.reminders]
    return block


def recurrence_line(slot: date, master: Event, tzid: str = "") -> str:
    """Which of the series ``master`` is meant: the one of the day ``slot``."""
    when = When(slot, master.time, tzid or master.zone)
    return when_line("RECURRENCE-ID", [when])


def matter_block(matter: Matter) -> Block:
    """A matter that was made here."""
    block = _block("VTODO", matter, matter.uid)
    for lines in matter_lines(matter).values():
        _add(block, lines)
    _add(block, [f"{OWN}KIND:{matter.kind}", f"{OWN}DAY:{matter.day.isoformat()}"])
    if matter.closed_on is not None:
        _add(block, [f"{OWN}CLOSED:{matter.closed_on.isoformat()}"])
    if matter.nature == "private":
        _add(block, ["CLASS:PRIVATE", f"{OWN}NATURE:private"])
    _with(block, [matter.person] if matter.person is not None else [])
    if matter.goal is not None:
        _add(block, [f"{OWN}GOAL:{matter.goal.handle}"])
    return block


def entry_block(entry: Entry) -> Block:
    """An entry that was made here."""
    block = _block("VJOURNAL", entry, entry.uid)
    for lines in entry_lines(entry).values():
        _add(block, lines)
    _add(block, [f"{OWN}KIND:{entry.kind}"])
    if entry.at:
        _add(block, [f"{OWN}AT:{entry.at}"])
    if entry.share != "ready":
        _add(block, ["CLASS:PRIVATE"])
    _with(block, [ref for ref in entry.refs if ref.handle[:1] in "LP"])
    return block


def _block(name: str, row: Row, uid: str) -> Block:
    block = Block(name)
    _add(block, [text_line("UID", uid)])
    _add(block, changed_lines(row))
    _add(block, [utc_line("CREATED", row.created_at)])
    _add(block, [f"SEQUENCE:{row.rev - 1}", f"{OWN}REV:{row.rev}"])
    return block


def changed_lines(row: Row) -> list[str]:
    """When a thing was last changed, and so the file says it was written."""
    return [
        utc_line("DTSTAMP", row.updated_at),
        utc_line("LAST-MODIFIED", row.updated_at),
    ]


def _add(block: Block, lines: Iterable[str]) -> None:
    for line in lines:
        name = line.partition(":")[0].partition(";")[0]
        block.lines.append(Line(name, line, 0))


def _with(block: Block, people: Iterable[Ref]) -> None:
    _add(block, [text_line(OWN + "WITH", ref.label or ref.handle) for ref in people])


def alarm(minutes: int, title: str) -> Block:
    """A reminder so many minutes before."""
    block = Block("VALARM")
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    time = (f"{hours}H" if hours else "") + (f"{left}M" if left or not minutes else "")
    length = "P" + (f"{days}D" if days else "") + (f"T{time}" if time else "")
    lines = [
        f"TRIGGER:-{length}",
        "ACTION:DISPLAY",
        text_line("DESCRIPTION", title),
    ]
    _add(block, lines)
    return block


def _text(name: str, text: str) -> list[str]:
    return [text_line(name, text)] if text else []


def _plain(text: str) -> str:
    return "%0A".join(text.strip().splitlines())


def _end(event: Event, zone: str) -> list[str]:
    if event.time is None:
        if event.ends_on == event.starts_on or event.ends_on == date.max:
            return []
        return [when_line("DTEND", [When(event.ends_on + timedelta(days=1))])]
    if event.minutes is None:
        if event.ends_on == event.starts_on or event.ends_on == date.max:
            return []
        last = When(event.ends_on + timedelta(days=1), "00:00", zone)
        return [when_line("DTEND", [last])]
    start = When(event.starts_on, event.time, event.zone)
    there = zone_of(event.zone)
    try:
        if there is None:
            end = start.naive() + timedelta(minutes=event.minutes)
        else:
            end = _later(start.naive(), event.minutes, event.zone)
    except OverflowError:
        return []
    when = When(end.date(), end.strftime("%H:%M"), zone)
    return [when_line("DTEND", [when])]


def _later(wall: datetime, minutes: int, zone: str) -> datetime:
    """The wall time so many minutes later, over a night of changing clocks too."""
    day, time = read_in(wall.date(), wall.strftime("%H:%M"), zone, "UTC")
    end = When(day, time).naive() + timedelta(minutes=minutes)
    day, time = read_in(end.date(), end.strftime("%H:%M"), "UTC", zone)
    return When(day, time).naive()


def _dates(name: str, days: Iterable[date], event: Event, zone: str) -> list[str]:
    whens = [When(day, event.time, zone) for day in days]
    return [when_line(name, whens)] if whens else []


def rule_text(rule: Rule, event: Event) -> str:
    """A rule as other programs know them: workdays become Monday to Friday.

    Where it begins at a time, its end is a moment too: in UTC with a zone.
    """
    if rule.by_workdays:
        kept = [pair for pair in rule.by_day if pair[1] != WORKDAY]
        every = [(0, day) for day in range(5) if (0, day) not in kept]
        by_day = tuple(sorted((*kept, *every), key=lambda one: (one[1], one[0])))
        rule = rule._replace(by_day=by_day)
    text = rule.text()
    if rule.until is None or event.time is None:
        return text
    last = When(rule.until, event.time)
    if zone_of(event.zone) is not None:
        day, time = read_in(rule.until, event.time, event.zone, "UTC")
        last = When(day, time, "UTC")
    return text.replace("UNTIL=" + stamp(When(rule.until)), "UNTIL=" + stamp(last))
