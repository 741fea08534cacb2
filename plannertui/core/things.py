"""Things on a calendar: what takes place, what is due, and the days they are shown on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from plannertui.core.timetable import DAY, USUAL

if TYPE_CHECKING:
    from plannertui.core.workdays import WorkCalendar

TO_PEOPLE = ("promise", "waiting")
"""Kinds of matters whose new date somebody else ought to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing on a calendar; ``key`` tells it from all others in the window.

    ``noun`` is event, matter, milestone. ``first`` to ``last`` are its days, both
    included; ``at`` is the minute of the first day at which it begins, None for all
    day, and ``minutes`` how long it takes, None where nobody said.
    """

    key: str
    id: int
    handle: str
    noun: str
    kind: str
    title: str
    first: date
    last: date
    at: int | None = None
    minutes: int | None = None
    who: str = ""
    about: str = ""
    place: str = ""
    state: str = ""
    nature: str = ""
    repeats: bool = False
    slot: date | None = None
    """The day that the rule of what repeats gave it."""
    computed: bool = False
    """One of a series of talks that is no row yet: it has no id and no handle."""
    subject: int = 0
    """With whom it is, where it has no id."""
    clock: str = ""
    """What its own clock says where that is another one than here."""

    @property
    def whole_days(self) -> bool:
        """Whether it is shown above the hours: all day, or longer than one."""
        return self.at is None or (self.minutes or 0) >= DAY or self.days > 2

    @property
    def days(self) -> int:
        """On how many days it is."""
        return (self.last - self.first).days + 1

    @property
    def order(self) -> tuple[date, bool, int, int, int]:
        """Where it comes among others: by day, all day first, by time; longer first."""
        return self.first, self.at is not None, self.at or 0, -self.days, self.id

    def on(self, day: date) -> bool:
        """Whether it touches ``day``."""
        return self.first <= day <= self.last

    def part(self, day: date) -> tuple[int, int | None] | None:
        """The minute at which it begins on ``day`` and its minutes there; None for none.

        What goes on past midnight has a part on each of its days.
        """
        if self.at is None or not self.on(day):
            return None
        before = (day - self.first).days * DAY
        if before == 0 and self.days == 1:
            return self.at, self.minutes
        end = self.at + (USUAL if self.minutes is None else self.minutes)
        start = max(self.at, before)
        until = min(end, before + DAY)
        return (start - before, until - start) if until > start else None

    def moved(self, days: int) -> Thing:
        """The same, so many days later."""
        by = timedelta(days)
        return replace(self, first=self.first + by, last=self.last + by)


def minute_of(clock: str | None) -> int | None:
    """The minute of the day of "HH:MM"; None for none."""
    if not clock:
        return None
    hours, _colon, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def clock_of(minute: int) -> str:
    """ "HH:MM" of a minute of the day; 24:00 for its end."""
    return f"{minute // 60:02}:{minute % 60:02}"


def time_words(thing: Thing, dash: str = "–") -> str:
    """ "09:00–10:30", "09:00" where its length is unknown, "" for all day."""
    if thing.at is None:
        return ""
    start = clock_of(thing.at)
    if thing.minutes is None:
        return start
    return f"{start}{dash}{clock_of((thing.at + thing.minutes - 1) % DAY + 1)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a view is drawn from: a window of days, what is on them, where one is.

    ``minute`` is the time of the wall clock now; ``also`` are the calendars of other
    countries, by their code; ``picked`` is the key of the thing one is on, or "".
    """

    first: date
    last: date
    day: date
    today: date
    minute: int
    calendar: WorkCalendar
    things: Sequence[Thing]
    also: Sequence[tuple[str, WorkCalendar]] = ()
    counts: Mapping[date, int] = field(default_factory=dict)
    picked: str = ""

    def on(self, day: date) -> list[Thing]:
        """The things of ``day``, in order."""
        return sorted((t for t in self.things if t.on(day)), key=lambda t: t.order)

    @property
    def thing(self) -> Thing | None:
        """The thing one is on."""
        return next((t for t in self.things if t.key == self.picked), None)

    def holidays(self, day: date) -> list[tuple[str, str]]:
        """What other countries celebrate on ``day``: (code, name)."""
        return [
            (code, name)
            for code, other in self.also
            if (name := other.name(day).strip())
        ]


def by_day(things: Iterable[Thing], first: date, last: date) -> dict[date, list[Thing]]:
    """The things of each day from ``first`` to ``last`` that has any."""
    found: dict[date, list[Thing]] = {}
    for thing in sorted(things, key=lambda t: t.order):
        start = max(first, thing.first).toordinal()
        for number in range(start, min(last, thing.last).toordinal() + 1):
            found.setdefault(date.fromordinal(number), []).append(thing)
    return found


def week_first(day: date, week_start: int = 0) -> date:
    """The first day of the week of ``day``; ``week_start`` is a weekday, 0 is Monday."""
    number = day.toordinal() - (day.weekday() - week_start) % 7
    return date.fromordinal(max(1, number))
