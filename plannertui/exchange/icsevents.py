"""An event of a calendar file as the store keeps one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from plannertui.core.errors import PlannerError, Usage
from plannertui.core.recurrence import days
from plannertui.core.rules import parse
from plannertui.core.zones import read_in, zone_of
from plannertui.exchange.icslines import Block
from plannertui.exchange.icsvalues import (
    BROKEN,
    When,
    length_of,
    moment_of,
    moments_of,
    split,
    text_of,
)
from plannertui.exchange.icszones import Zones
from plannertui.i18n import gettext as _

LONGEST = timedelta(days=3660)
WEEK = timedelta(weeks=1)
DAY = 24 * 60
PLACE_LENGTH = 400
MOST_REMINDERS = 20
MOST_BEFORE = 60 * 24 * 366


UTC_ZONE = "X-PLANNERTUI-ZONE"
UTC_NAMES = ("UTC", "Etc/UTC")


def event_fields(block: Block, zones: Zones, notes: list[str]) -> dict[str, Any]:
    """The fields of an event; Usage says why it is none.

    A rule that is not understood is told in ``notes``: the event is then the first one.
    """
    start_line = block.first("DTSTART")
    if start_line is None:
        raise Usage(_("it does not say when it begins"))
    told = moment_of(start_line)
    start = zones.wall(_utc(told, block, zones))
    end = _end(block, zones, told, start)
    title = text_of(block.first("SUMMARY"))
    minutes = _minutes(start, end)
    last = _last_day(start, end)
    if minutes is not None and minutes < DAY:
        # A night belongs to the day on which it begins.
        last = start.day
    last = _told_last(block, last)
    if (last - start.day).days > LONGEST.days:
        raise Usage(_("it lasts too long, or less than nothing"))
    fields: dict[str, Any] = {
        "title": title if title.strip() else _("No title"),
        "starts_on": start.day,
        "ends_on": last,
        "time": start.time,
        "minutes": minutes,
        "zone": start.zone,
        "notes": text_of(block.first("DESCRIPTION")),
        "place": text_of(block.first("LOCATION"))[:PLACE_LENGTH],
        "url": _url(block),
        "reminders": _reminders(block, start, zones),
    }
    fields |= _repeats(block, zones, told, start, title, notes)
    if text_of(block.first("STATUS")).strip().upper() == "CANCELLED":
        fields["state"] = "cancelled"
    return fields


def _utc(told: When, block: Block, zones: Zones) -> When:
    """A time in UTC by the user's clocks, unless it repeats: then its rule is in UTC."""
    ours = text_of(block.first(UTC_ZONE)).strip()
    if told.zone == "UTC" and ours in UTC_NAMES:
        return told._replace(zone=ours)
    if told.zone != "UTC" or block.first("RRULE") is not None or not zones.here:
        return told
    day, time = read_in(told.day, told.time or "00:00", "UTC", zones.here)
    return When(day, time, zones.here)


def _end(block: Block, zones: Zones, told: When, start: When) -> When | None:
    """When it ends, by its own clocks; None where it does not say."""
    line = block.first("DTEND")
    if line is not None:
        end = moment_of(line)
        if (end.time is None) != (start.time is None):
            # One is a day, the other a time: what the beginning is counts.
            end = When(end.day, None if start.time is None else "00:00", end.zone)
        end = zones.wall(_utc(end, block, zones))
        if end.zone != start.zone and end.time and start.time:
            day, time = read_in(end.day, end.time, end.zone, start.zone)
            end = When(day, time, start.zone)
        if end.naive() < start.naive():
            raise Usage(_("it ends before it begins"))
        return end
    line = block.first("DURATION")
    if line is None:
        return None
    length = length_of(line)
    if not timedelta() <= length <= LONGEST:
        raise Usage(_("it lasts too long, or less than nothing"))
    try:
        end_at = start.naive() + length
    except OverflowError:
        raise Usage(_("it ends beyond all calendars")) from None
    clock = None if start.time is None else end_at.strftime("%H:%M")
    return When(end_at.date(), clock, start.zone)


def _last_day(start: When, end: When | None) -> date:
    """The last day of it: the end of a calendar file is the first moment after it."""
    if end is None or end.day <= start.day:
        return start.day
    if end.time in (None, "00:00"):
        return end.day - timedelta(days=1)
    return end.day


def _told_last(block: Block, last: date) -> date:
    """The last day that this program has written beside a time, or ``last``."""
    line = block.first("X-PLANNERTUI-LAST")
    return last if line is None else moment_of(line).day


def _minutes(start: When, end: When | None) -> int | None:
    """How long it lasts by the clocks of its zone; None for days and moments."""
    if end is None or start.time is None:
        return None
    zone = zone_of(start.zone)
    first, last = start.naive(), end.naive()
    if zone is not None:
        try:
            length = _moment(last, zone) - _moment(first, zone)
        except OverflowError:
            length = last - first
    else:
        length = last - first
    # What lasts longer is told by its last day.
    return int(length / timedelta(minutes=1)) or None if length <= WEEK else None


def _moment(wall: datetime, zone: Any) -> datetime:
    from datetime import UTC

    return wall.replace(tzinfo=zone).astimezone(UTC)


def _url(block: Block) -> str:
    for name in ("CONFERENCE", "URL"):
        line = block.first(name)
        if line is not None:
            try:
                return split(line)[1].strip()[:2000]
            except BROKEN:
                continue
    return ""


def _reminders(block: Block, start: When, zones: Zones) -> tuple[int, ...]:
    """Minutes before the beginning, of the alarms that are before it."""
    found = [reminder(alarm, start, zones) for alarm in block.blocks]
    return tuple(sorted({one for one in found if one is not None})[:MOST_REMINDERS])


def reminder(alarm: Block, start: When, zones: Zones) -> int | None:
    """How many minutes before ``start`` an alarm speaks; None when it is not understood."""
    if alarm.name != "VALARM":
        return None
    line = alarm.first("TRIGGER")
    if line is None or text_of(alarm.first("ACTION")).upper() not in SPOKEN:
        return None
    try:
        params, raw = split(line)
        if str(params.get("VALUE", "")).upper() == "DATE-TIME" or raw.endswith("Z"):
            at = zones.wall(moment_of(line))
            day, time = read_in(at.day, at.time or "00:00", at.zone, start.zone)
            length = When(day, time).naive() - start.naive()
        elif str(params.get("RELATED", "START")).upper() == "END":
            return None
        else:
            length = length_of(line)
    except (Usage, *BROKEN):
        return None
    minutes = -length / timedelta(minutes=1)
    return int(minutes) if 0 <= minutes <= MOST_BEFORE else None


SPOKEN = ("DISPLAY", "AUDIO", "")


def _repeats(
    block: Block,
    zones: Zones,
    told: When,
    start: When,
    title: str,
    notes: list[str],
) -> dict[str, Any]:
    """The rule, the days left out, and those added; empty for what is once."""
    none: dict[str, Any] = {"repeat": "", "skipped": (), "extra": ()}
    lines = block.all("RRULE")
    if not lines and not block.all("RDATE"):
        return none
    repeat = ""
    try:
        if block.all("EXRULE") or len(lines) > 1:
            raise Usage(_("it has several rules"))
        if lines:
            own = text_of(block.first("X-PLANNERTUI-RULE"))
            raw = own or split(lines[0])[1]
            repeat = parse(raw, time=start.time, zone=start.zone).text()
        skipped, _odd = _days(block, "EXDATE", zones, told, start)
        extra, odd = _days(block, "RDATE", zones, told, start)
    except (PlannerError, *BROKEN) as error:
        why = error.message if isinstance(error, PlannerError) else str(error)
        notes.append(
            _('"{title}" is taken as taking place once: {why}').format(
                title=title[:60], why=why
            )
        )
        return none
    if odd:
        notes.append(
            _(
                '"{title}": days added at a time of their own are kept, not shown: '
                "{days}"
            ).format(title=title[:60], days=", ".join(map(str, odd[:5])))
        )
    if not repeat and extra:
        # The day it begins on and the others are all there is: a rule of one.
        repeat = ONCE
    extra = tuple(day for day in extra if day != start.day)
    if repeat and start.day not in skipped:
        extra = anchored(repeat, start.day, extra)
    elif repeat and not days(parse(repeat), start.day, start.day, start.day):
        # It only counts from there: here that takes no day to be left out.
        skipped = tuple(day for day in skipped if day != start.day)
    return {"repeat": repeat, "skipped": skipped, "extra": extra}


def anchored(repeat: str, first: date, extra: tuple[date, ...]) -> tuple[date, ...]:
    """``extra`` with the day it begins on: elsewhere it takes place on that in any case."""
    given = days(parse(repeat), first, first, first)
    return extra if given else tuple(sorted({first, *extra}))


# The rule of what takes place on its own day and on others beside it.
ONCE = "FREQ=DAILY;COUNT=1"


def _days(
    block: Block, name: str, zones: Zones, told: When, start: When
) -> tuple[tuple[date, ...], list[date]]:
    """The days of all lines of this name, and those at another time than the beginning."""
    found: set[date] = set()
    odd: list[date] = []
    for line in block.all(name):
        for when in moments_of(line):
            day = slot_day(when, zones, told, start)
            if name == "RDATE" and _other_time(when, zones, told, start):
                odd.append(day)
            else:
                found.add(day)
            if len(found) + len(odd) > MOST_DAYS:
                raise Usage(_("it has more than {n} dates").format(n=MOST_DAYS))
    return tuple(sorted(found)), odd


MOST_DAYS = 2000


def slot_day(when: When, zones: Zones, told: When, start: When) -> date:
    """Which day of the rule ``when`` means, an exception of what begins at ``start``."""
    if when.time is None or start.time is None:
        return when.day
    if not when.zone and told.zone:
        return when.day
    at = zones.wall(when)
    return read_in(at.day, at.time or "00:00", at.zone, start.zone)[0]


def _other_time(when: When, zones: Zones, told: When, start: When) -> bool:
    if when.time is None or start.time is None:
        return False
    at = zones.wall(when)
    zone = at.zone or start.zone
    return read_in(at.day, at.time or "", zone, start.zone)[1] != start.time
