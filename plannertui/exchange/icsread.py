"""A calendar file read in: components as things of the store, the rest kept as it is."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from typing import Any

from plannertui.core.errors import BadFile, PlannerError, Usage
from plannertui.core.zones import is_known
from plannertui.exchange.files import Source
from plannertui.exchange.files import text_of as decoded
from plannertui.exchange.formats import Asked
from plannertui.exchange.icsevents import event_fields, reminder, slot_day
from plannertui.exchange.icslines import Block, Odd, blocks
from plannertui.exchange.icsnames import aliased
from plannertui.exchange.icsparts import (
    NOUNS,
    index_of,
    key_of,
    name_of,
    newest,
    recurrence_of,
    settled,
    years,
)
from plannertui.exchange.icsranges import Master, parted
from plannertui.exchange.icstodos import entry_fields, matter_fields
from plannertui.exchange.icsvalues import (
    BROKEN,
    When,
    moment_of,
    split,
    stamp,
    tags_of,
    text_of,
)
from plannertui.exchange.icszones import Zones
from plannertui.exchange.readers import Together, files_in
from plannertui.exchange.reading import (
    LARGEST_TEXT,
    Found,
    Left,
    Loose,
    Noun,
    Reading,
    digest,
)
from plannertui.i18n import gettext as _

# What is understood, or says only when something was written.
UNDERSTOOD = {
    *("UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "SUMMARY"),
    *("DESCRIPTION", "CATEGORIES", "STATUS", "RECURRENCE-ID"),
}
ALSO = {
    "event": {
        *("DTEND", "DURATION", "LOCATION", "URL", "CONFERENCE", "RRULE", "EXDATE"),
        "RDATE",
    },
    "matter": {"DUE", "COMPLETED", "PERCENT-COMPLETE", "PRIORITY"},
    "entry": set(),
}
DATED = {"DTSTART", "CREATED", "LAST-MODIFIED", "DTSTAMP"}
OWN = "X-PLANNERTUI-"
MOST_NAMES = 100
OURS = "//plannertui//"


def read(source: Source, asked: Asked) -> Reading:
    """What a calendar file tells of, or a folder of such files (a vdir)."""
    reading = Reading()
    if not source.is_folder:
        _read(source.raw(), source.name, asked, reading, "")
    else:
        _folder(source.path, asked, reading)
    # A zone that several files describe is kept once.
    reading.loose = list({one.key: one for one in reversed(reading.loose)}.values())
    reading.loose.reverse()
    return reading


def _folder(path: str, asked: Asked, reading: Reading) -> None:
    """Read every calendar file of a folder; one that is broken is told and passed over."""
    count, together = 0, Together(os.path.basename(path.rstrip("/")))
    for each, name in files_in(path):
        if not name.lower().endswith(".ics"):
            continue
        count += 1
        try:
            raw = together.read(each)
            at, noted = len(reading.left), len(reading.notes)
            _read(raw, name, asked, reading, f":{name}")
            reading.left[at:] = [one._replace(file=name) for one in reading.left[at:]]
            reading.notes[noted:] = [f"{name}: {it}" for it in reading.notes[noted:]]
        except BadFile as error:
            reading.left.append(Left(name, error.message))
    if not count:
        raise BadFile(_("There is no calendar file in {path}.").format(path=path))


def _read(raw: bytes, name: str, asked: Asked, reading: Reading, mark: str) -> None:
    text, sure = decoded(raw, name)
    if not sure:
        reading.notes.append(
            _("The file is not UTF-8: it was read as Windows-1252 (Latin-1).")
        )
    if "\0" in text:
        reading.notes.append(_("NUL bytes were left out."))
        text = text.replace("\0", "")
    odd: list[Odd] = []
    found = blocks(text, odd)
    reading.left += [Left("", each.why, each.number) for each in odd]
    calendars = [block for block in found if block.name == "VCALENDAR"]
    lone = [block for block in found if block.name != "VCALENDAR"]
    if lone:
        calendars.append(Block("VCALENDAR", lone[0].number, [], lone))
    for number, calendar in enumerate(calendars, 1):
        more = mark if number == 1 else f"{mark}:{number}"
        _Calendar(calendar, "calendar" + more, asked, reading).run()


class _Calendar:
    """One calendar of a file, read into ``reading``."""

    def __init__(
        self, calendar: Block, name: str, asked: Asked, reading: Reading
    ) -> None:
        self.calendar = calendar
        self.name = name
        self.asked = asked
        self.reading = reading
        described = [one for one in calendar.blocks if one.name == "VTIMEZONE"]
        self.zones = Zones(described, self._here(asked.zone), *years(calendar))
        self.failed: list[Block] = []
        # Days of a rule that are events of their own, by the key of what repeats.
        self.slots: dict[str, set[date]] = {}
        # What follows from a day on, by the key of the series that they are parts of.
        self.parts: dict[str, list[str]] = {}
        self.masters: dict[str, Master] = {}

    def _here(self, zone: str) -> str:
        """The zone in which its own clock times are read: its own, or the user's."""
        told = text_of(self.calendar.first("X-WR-TIMEZONE")).strip()
        return told if told and is_known(told) else zone

    def run(self) -> None:
        """Things first, each by itself; then exceptions; then what the file says of itself."""
        parts = [one for one in self.calendar.blocks if one.name in NOUNS]
        parts = newest(parts, self.reading.left)
        singles = [one for one in parts if one.first("RECURRENCE-ID") is None]
        exceptions = [one for one in parts if one.first("RECURRENCE-ID") is not None]
        made: dict[str, Found] = {}
        for block in singles:
            one = self._tried(block, self._single)
            if one is not None:
                made[one.key] = one
        # In order, since what changes all that follow ends what was before it.
        for block in sorted(exceptions, key=recurrence_of):
            one = self._tried(block, lambda block: self._exception(block, made))
            if one is not None:
                made[one.key] = one
        for key, slots in self.slots.items():
            one = made[key]
            skipped = {"skipped": tuple(sorted(slots | set(one.fields["skipped"])))}
            kept = one.kept | {"moved": [day.isoformat() for day in sorted(slots)]}
            made[key] = replace(one, fields=one.fields | skipped, kept=kept)
        for key, names in self.parts.items():
            made[key] = replace(made[key], kept=made[key].kept | {"parts": names})
        self.reading.found += made.values()
        self.reading.notes += self.zones.notes
        self._loose()

    def _tried(self, block: Block, make: Any) -> Found | None:
        """What ``make`` makes of ``block``; None, and told why, where it cannot."""
        label = ""
        try:
            label = text_of(block.first("SUMMARY")).strip()[:200]
            found: Found = make(block)
            if any(
                isinstance(value, str) and len(value) > LARGEST_TEXT
                for value in found.fields.values()
            ):
                raise Usage(_("it is larger than 1 MiB"))
        except PlannerError as error:
            why = error.message.rstrip(".。")
        except BROKEN as error:
            why = str(error).partition("\n")[0][:100] or type(error).__name__
        else:
            self._count(block, found.noun, found.fields)
            return found
        self.reading.left.append(Left(label or block.name, why, block.number))
        self.failed.append(block)
        return None

    def _single(self, block: Block) -> Found:
        noun = NOUNS[block.name]
        if noun == "event":
            fields = event_fields(block, self.zones, self.reading.notes)
        elif noun == "matter":
            fields = matter_fields(block, self.zones, self.asked)
        else:
            fields = entry_fields(block, self.zones, self.asked)
        found = _found(block, noun, fields, key_of(block))
        if noun == "event":
            told = moment_of(block.lines[index_of(block, "DTSTART")])
            self.masters[found.key] = Master(found.key, told, _start(fields))
        return found

    def _exception(self, block: Block, made: dict[str, Found]) -> Found:
        """One of a series that is otherwise, or, with a range, all from there on."""
        uid = key_of(block)
        line = block.lines[index_of(block, "RECURRENCE-ID")]
        told = moment_of(line)
        key = f"{uid}#{stamp(told)}"
        if block.name != "VEVENT":
            raise Usage(_("it is one of a series of its kind, which is not understood"))
        fields = event_fields(block, self.zones, self.reading.notes)
        if uid not in self.masters:
            # An invitation to one of a series whose rule the file does not tell.
            found = _found(block, "event", fields, key)
            if "RANGE" in split(line)[0] or found.uid:
                return found
            at = told if told.time is None else self.zones.wall(told)
            return replace(found, slot=(at.day, at.time, at.zone))
        known = self.masters[uid]
        given = slot_day(told, self.zones, known.told, known.start)
        slot = given + known.later
        master = made[known.key]
        if str(split(line)[0].get("RANGE", "")).upper() == "THISANDFUTURE":
            before, after = parted(master.fields, slot, fields)
            made[master.key] = replace(master, fields=before)
            self.parts.setdefault(uid, []).append(key)
            found = _found(block, "event", after, key)
            found = replace(found, kept=found.kept | {"of": uid})
            later = after["starts_on"] - given
            self.masters[uid] = known._replace(key=key, later=later)
            made[key] = found
            return found
        if not master.fields["repeat"]:
            return _found(block, "event", fields, key)
        self.slots.setdefault(master.key, set()).add(slot)
        fields |= {"slot_on": slot, "repeat": "", "skipped": (), "extra": ()}
        return _found(block, "event", fields, key, series=master.key)

    def _count(self, block: Block, noun: Noun, fields: dict[str, Any]) -> None:
        """Note what of ``block`` is kept without being understood."""
        understood = UNDERSTOOD | ALSO[noun]
        if block.first(OWN + "REV") is not None:
            understood |= {"CLASS"}
        for line in block.lines:
            if line.name not in understood and not line.name.startswith(OWN):
                self._unknown(line.name)
        start = _start(fields) if noun == "event" else None
        for part in block.blocks:
            if start is None or reminder(part, start, self.zones) is None:
                self._unknown(part.name)

    def _unknown(self, name: str) -> None:
        """Count a name; beyond a hundred, names are counted as one."""
        unknown = self.reading.unknown
        unknown[name if name in unknown or len(unknown) < MOST_NAMES else "…"] += 1

    def _loose(self) -> None:
        """Keep what the calendar says of itself, its zones, and what it has besides."""
        lines = [
            line.text
            for line in self.calendar.lines
            if line.name not in ("VERSION", "PRODID")
        ]
        ours = OURS in text_of(self.calendar.first("PRODID"))
        if lines and not ours:
            self.reading.loose.append(Loose(self.name, {"lines": lines}))
        others = [one for one in self.calendar.blocks if one.name not in NOUNS]
        for block in (*others, *self.failed):
            raw = block.raw()
            if len(raw) > LARGEST_TEXT:
                why = _("it is larger than 1 MiB")
                self.reading.left.append(Left(block.name, why, block.number))
                continue
            if block.name == "VTIMEZONE":
                tzid = text_of(block.first("TZID"))
                if ours and is_known(tzid):
                    continue
                key = "VTIMEZONE:" + tzid
            else:
                if block.name not in NOUNS:
                    self._unknown(block.name)
                key = f"{block.name}:{name_of(block)}{recurrence_of(block)}"
            self.reading.loose.append(Loose(key[:500], {"ics": raw}))


def _start(fields: dict[str, Any]) -> When:
    return When(fields["starts_on"], fields["time"], fields["zone"])


def _found(
    block: Block, noun: Noun, fields: dict[str, Any], key: str, series: str = ""
) -> Found:
    uid = rev = ""
    if block.first(OWN + "REV") is not None:
        rev = text_of(block.first(OWN + "REV"))
        uid = text_of(block.first(OWN + "UID")) or text_of(block.first("UID"))
        kind = text_of(block.first(OWN + "KIND"))
        if kind in _kinds(noun):
            fields["kind"] = kind
    return Found(
        noun=noun,
        key=key,
        fields=fields,
        tags=tags_of(block),
        people=tuple(text_of(line) for line in block.all(OWN + "WITH")),
        goal=text_of(block.first(OWN + "GOAL")),
        series=series,
        guessed=_guessed(block, noun),
        kept={"ics": block.raw()},
        digest=digest(settled(block)),
        uid=uid,
        rev=int(rev) if rev.isdigit() else 0,
        line=block.number,
    )


def _guessed(block: Block, noun: Noun) -> tuple[str, ...]:
    """The fields that a component does not tell, or not as they stand where it was made."""
    told = {line.name for line in block.lines}
    found = aliased(block)
    if noun != "event" and not told & DATED:
        found.append("day")
    return tuple(found)


def _kinds(noun: Noun) -> tuple[str, ...]:
    from plannertui.core import entries, events, matters

    return {
        "event": events.KINDS,
        "matter": matters.KINDS,
        "entry": entries.KINDS,
    }[noun]
