"""A task and a journal entry of a calendar file as the store keeps them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from plannertui.core.errors import EmptyText, Usage
from plannertui.core.zones import moment
from plannertui.exchange.formats import Asked
from plannertui.exchange.icslines import Block
from plannertui.exchange.icsvalues import BROKEN, length_of, moment_of, text_of
from plannertui.exchange.icszones import Zones
from plannertui.i18n import gettext as _

OWN = "X-PLANNERTUI-"
IMPORTANT = range(1, 5)


def matter_fields(block: Block, zones: Zones, asked: Asked) -> dict[str, Any]:
    """The fields of a task: its words, its days, and whether it is done."""
    start = _day(block, "DTSTART", zones)
    due = _due(block, zones, start)
    title = _text(block) or _("No title")
    written = _day(block, "CREATED", zones) or _day(block, "LAST-MODIFIED", zones)
    fields: dict[str, Any] = {
        "title": title,
        "day": start or written or _day(block, "DTSTAMP", zones) or asked.today,
        "due": due,
        "important": _priority(block) in IMPORTANT,
        "state": "open",
        "closed_on": None,
    }
    status = text_of(block.first("STATUS")).strip().upper()
    done = _day(block, "COMPLETED", zones)
    if status == "CANCELLED":
        fields["state"] = "dropped"
    elif status == "COMPLETED" or (
        not status and (done or text_of(block.first("PERCENT-COMPLETE")) == "100")
    ):
        fields["state"] = "done"
    if fields["state"] != "open":
        last = _day(block, "LAST-MODIFIED", zones)
        fields["closed_on"] = done or last or due or fields["day"]
    if block.first(OWN + "REV") is not None:
        for name, line in (("day", "DAY"), ("closed_on", "CLOSED")):
            if block.first(OWN + line) is not None:
                fields[name] = _iso(block, line)
        if text_of(block.first(OWN + "NATURE")) == "private":
            fields["nature"] = "private"
    return fields


def _iso(block: Block, name: str) -> date:
    try:
        return date.fromisoformat(text_of(block.first(OWN + name)).strip())
    except ValueError:
        raise Usage(_("it has a day that is none")) from None


def entry_fields(block: Block, zones: Zones, asked: Asked) -> dict[str, Any]:
    """The fields of an entry: its text, its day, and when on it."""
    text = _text(block)
    if not text:
        raise EmptyText(_("there is nothing in it"))
    line = block.first("DTSTART")
    at = None
    if line is not None:
        when = zones.wall(moment_of(line))
        day = when.day
        if when.time is not None:
            at = _stamp(when.day, when.time, when.zone or zones.here)
    else:
        day = (
            _day(block, "CREATED", zones)
            or _day(block, "DTSTAMP", zones)
            or asked.today
        )
    fields = {"text": text, "day": day, "at": at}
    if block.first(OWN + "REV") is not None:
        fields["at"] = _at(block)
    return fields


def _at(block: Block) -> str | None:
    told = text_of(block.first(OWN + "AT")).strip()
    try:
        return datetime.fromisoformat(told).isoformat() and told if told else None
    except ValueError:
        return None


def _stamp(day: date, time: str, zone: str) -> str:
    found: datetime = moment(day, time, zone)
    return found.isoformat(timespec="seconds")


def _text(block: Block) -> str:
    """What a component says: its first line, and the rest below it."""
    title = text_of(block.first("SUMMARY"))
    rest = [text_of(line) for line in block.all("DESCRIPTION")]
    if rest and rest[0].strip().partition("\n")[0].strip() == title.strip():
        title = ""
    return "\n\n".join(part for part in (title, *rest) if part.strip())


def _day(block: Block, name: str, zones: Zones) -> date | None:
    """The day of a line, by the user's clocks where it is a moment in UTC."""
    line = block.first(name)
    if line is None:
        return None
    try:
        when = moment_of(line)
    except Usage:
        if name in ("DTSTART", "DUE"):
            raise
        return None
    if when.zone == "UTC":
        from datetime import UTC

        return zones.in_zone(when.naive().replace(tzinfo=UTC)).day
    return zones.wall(when).day


def _due(block: Block, zones: Zones, start: date | None) -> date | None:
    due = _day(block, "DUE", zones)
    line = block.first("DURATION")
    if due is not None or start is None or line is None:
        return due
    try:
        return start + length_of(line)
    except OverflowError:
        raise Usage(_("it ends beyond all calendars")) from None


def _priority(block: Block) -> int:
    try:
        return int(text_of(block.first("PRIORITY")).strip() or 0)
    except BROKEN:
        return 0
