"""The zones of a calendar file: which of ours each of them is.

A file may describe its zones itself (VTIMEZONE), under any name. One that says the same
as a zone of ours, in the years that matter, is that zone. Where none does, its times are
read by its own description, and converted.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from plannertui.core.errors import Usage
from plannertui.core.recurrence import days
from plannertui.core.rules import parse
from plannertui.core.zones import zone_of
from plannertui.exchange.icslines import Block
from plannertui.exchange.icsvalues import (
    BROKEN,
    When,
    moments_of,
    split,
    text_of,
    when_of,
)
from plannertui.i18n import gettext as _

MOST_PARTS = 200
MOST_CHANGES = 2000
MOST_SEARCHED = 20
FIRST_YEAR, LAST_YEAR = 1970, 2050
AHEAD = 2


class Change(NamedTuple):
    """When the clocks of a zone change, by the clock before, and its offset from then on."""

    at: datetime
    offset: timedelta


class Described:
    """A zone as a file describes it."""

    def __init__(self, block: Block, first: int, last: int) -> None:
        self.changes: list[Change] = []
        before: list[Change] = []
        for part in block.blocks[:MOST_PARTS]:
            found, earlier = _changes(part, first, last)
            self.changes += found
            before += earlier
        self.changes = sorted(set(self.changes))[:MOST_CHANGES]
        self.at = [change.at for change in self.changes]
        self.before = min(before).offset if before else None

    def offset(self, wall: datetime) -> timedelta | None:
        """How far it is from UTC at this time of its clocks."""
        index = bisect_right(self.at, wall)
        return self.changes[index - 1].offset if index else self.before


def _changes(part: Block, first: int, last: int) -> tuple[list[Change], list[Change]]:
    """The changes that one part gives in these years, and what holds before them."""
    try:
        start = moments_of(part.lines[_at(part, "DTSTART")])
        anchor = next(start).naive()
        to = _offset(part, "TZOFFSETTO")
        from_ = _offset(part, "TZOFFSETFROM")
    except (Usage, StopIteration, *BROKEN):
        return [], []
    at = [anchor]
    rule = part.first("RRULE")
    if rule is not None:
        try:
            parsed = parse(split(rule)[1], time=anchor.strftime("%H:%M"), zone="UTC")
            window = (date(max(first - 1, 1), 1, 1), date(last, 12, 31))
            found = days(parsed, anchor.date(), *window)[:MOST_CHANGES]
            at += [datetime.combine(day, anchor.time()) for day in found]
        except (Usage, *BROKEN):
            pass
    for line in part.all("RDATE"):
        try:
            at += [when.naive() for when in moments_of(line)][:MOST_CHANGES]
        except Usage:
            continue
    return [Change(one, to) for one in set(at)], [Change(min(at), from_)]


def _at(block: Block, name: str) -> int:
    return next(n for n, line in enumerate(block.lines) if line.name == name)


def _offset(part: Block, name: str) -> timedelta:
    text = split(part.lines[_at(part, name)])[1].strip()
    sign = -1 if text.startswith("-") else 1
    figures = text.lstrip("+-")
    hours, minutes = int(figures[:2]), int(figures[2:4] or 0)
    if hours > 26 or minutes > 59:
        raise ValueError(text)
    return sign * timedelta(hours=hours, minutes=minutes)


class Zones:
    """The zones of one calendar; ``here`` is the user's own, an IANA name or empty.

    ``notes`` say what had to be converted or is not known.
    """

    def __init__(
        self,
        blocks: list[Block],
        here: str,
        years: tuple[int, int],
        endless: bool = False,
    ) -> None:
        self.here = here
        first, last = (min(max(year, FIRST_YEAR), LAST_YEAR) for year in years)
        self.years = (first, last + (AHEAD if endless else 0))
        self.told = (first, last)
        self.blocks = {text_of(one.first("TZID")): one for one in blocks[:MOST_PARTS]}
        self.known: dict[str, str | Described] = {}
        self.notes: list[str] = []
        self.searched = 0

    def wall(self, when: When) -> When:
        """``when`` by the clocks of a zone of ours (or of one that nobody knows)."""
        if when.time is None or not when.zone:
            return when
        if when.zone not in self.known:
            self.known[when.zone] = self._find(when.zone)
        zone = self.known[when.zone]
        if isinstance(zone, str):
            return when._replace(zone=zone)
        offset = zone.offset(when.naive()) or timedelta()
        return self.in_zone((when.naive() - offset).replace(tzinfo=UTC))

    def in_zone(self, moment: datetime) -> When:
        """A moment by the user's clocks, by UTC where these are not known."""
        there = zone_of(self.here)
        if there is None:
            return when_of(moment.astimezone(UTC), "UTC")
        return when_of(moment.astimezone(there), self.here)

    def _find(self, tzid: str) -> str | Described:
        """Which zone ``tzid`` is; what it says itself where it is none of ours."""
        block = self.blocks.get(tzid)
        described = None if block is None else Described(block, *self.years)
        if described is not None and not described.changes:
            described = None
        walls = [] if described is None else _walls(described, *self.years)
        for name in self._names(tzid, block):
            if zone_of(name) is None:
                continue
            if described is None:
                return name
            if name == tzid or _same(walls, name):
                # Only the years that its times lie in are worth a word.
                if not _same(_walls(described, *self.told), name):
                    self.notes.append(
                        _(
                            "The file has other clocks in {zone} than are known here: "
                            "the times stay, by the clocks known here."
                        ).format(zone=tzid)
                    )
                return name
        if described is None:
            self.notes.append(
                _("Nobody knows the zone {zone}: its times stay as they are.").format(
                    zone=tzid
                )
            )
            return tzid
        self.searched += 1
        for name in (self.here, *_common()) if self.searched <= MOST_SEARCHED else ():
            if zone_of(name) is not None and _same(walls, name):
                return name
        self.notes.append(
            _("The zone {zone} is like none known here: converted to {here}.").format(
                zone=tzid, here=self.here or "UTC"
            )
        )
        return described

    def _names(self, tzid: str, block: Block | None) -> list[str]:
        """What ``tzid`` may be called by us."""
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        names = [tzid]
        if block is not None:
            names.append(text_of(block.first("X-LIC-LOCATION")))
        names.append(WINDOWS_TO_OLSON.get(tzid, ""))
        parts = [part for part in tzid.split("/") if part]
        names += ["/".join(parts[-size:]) for size in (3, 2)]
        return [name for name in names if name]


def _walls(
    described: Described, first: int, last: int
) -> list[tuple[datetime, timedelta | None]]:
    """Times in these years, and a day around each change, with their offsets."""
    walls = [
        datetime.combine(date(year, month, day), time(12))
        for year in range(first, last + 1)
        for month in (1, 7, 4, 10, 3, 11, 2, 5, 6, 8, 9, 12)
        for day in (1, 15)
    ]
    walls += [
        change.at + timedelta(hours=hours)
        for change in described.changes
        if first <= change.at.year <= last
        for hours in (-24, 24)
    ]
    return [(wall, described.offset(wall)) for wall in walls]


def _same(walls: list[tuple[datetime, timedelta | None]], name: str) -> bool:
    """Whether a zone of ours shows these clocks."""
    zone = zone_of(name)
    return all(
        offset == wall.replace(tzinfo=zone).utcoffset() for wall, offset in walls
    )


@lru_cache(maxsize=1)
def _common() -> tuple[str, ...]:
    """Every zone of a place, those that most people live in first."""
    from zoneinfo import available_timezones

    first = (
        *("UTC", "Asia/Shanghai", "Europe/Berlin", "Europe/London", "America/New_York"),
        *("America/Chicago", "America/Denver", "America/Los_Angeles", "Asia/Tokyo"),
        *("Asia/Kolkata", "Asia/Singapore", "Australia/Sydney", "Europe/Moscow"),
    )
    rest = sorted(name for name in available_timezones() if "/" in name)
    return (*first, *(name for name in rest if not name.startswith("Etc/")))
