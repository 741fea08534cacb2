"""What repeats, read: the occurrence of a day, the next ones, the event behind one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from plannertui.core.errors import NotFound, Refused
from plannertui.core.events import Event
from plannertui.core.recurrence import days
from plannertui.core.rules import parse
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import gettext as _
from plannertui.store import events
from plannertui.store.open import Store


def on_day(
    db: Store, event: Event, day: date, calendar: WorkCalendar | None = None
) -> Event:
    """The occurrence of ``event`` on ``day``; NotFound says when there is none.

    One that was moved is found on the day that it is on, and on that of the rule; where
    it is beside one of the rule, that is meant, since it has a handle of its own.
    """
    master = of(db, event)
    if day in begins(master, day, day, calendar):
        return occurrence(master, day)
    own = events.exceptions(db, master)
    there = [one for one in own if one.starts_on == day]
    for one in there or [one for one in own if one.slot_on == day]:
        return one
    if day in master.skipped:
        message = _("{handle} does not take place on {day}: it was cancelled.")
    else:
        message = _("{handle} does not take place on {day}.")
    raise NotFound(message.format(handle=master.handle, day=day.isoformat()))


def of(db: Store, event: Event) -> Event:
    """The repeating event itself, of an occurrence or of one that is a row of its own."""
    if event.series_id is not None and not event.repeats:
        master = events.get(db, event.series_id)
        if master.repeats:
            return master
    master = events.get(db, event.id)
    if not master.repeats:
        message = _("{handle} does not repeat.")
        raise Refused(message.format(handle=master.handle))
    return master


def is_one(db: Store, event: Event) -> bool:
    """Whether ``event`` repeats by a rule, or is an occurrence of what does."""
    if event.repeats or event.series_id is None or event.slot_on is None:
        return event.repeats
    row = db.one("SELECT last_on FROM event WHERE id = ?", (event.series_id,))
    return row is not None and row[0] is not None


def coming(
    db: Store,
    event: Event,
    after: date,
    count: int = 5,
    calendar: WorkCalendar | None = None,
) -> list[Event]:
    """The next occurrences of a repeating event from ``after`` on, moved ones included."""
    master = of(db, event)
    found: list[Event] = []
    start, span = after, 62
    while len(found) < count and start <= (master.last_on or start):
        end = start + timedelta(min(span, (date.max - start).days))
        found += [
            occurrence(master, day) for day in begins(master, start, end, calendar)
        ]
        if end == date.max or span > 366 * 100:
            break
        start, span = end + timedelta(days=1), span * 4
    last = found[count - 1].starts_on if len(found) >= count else date.max
    found += [
        one
        for one in events.exceptions(db, master)
        if after <= one.starts_on <= last and one.state != "cancelled"
    ]
    return sorted(found, key=lambda one: (one.starts_on, one.time or ""))[:count]


def begins(
    master: Event, first: date, last: date, calendar: WorkCalendar | None
) -> list[date]:
    """The days on which it begins, less those left out, with those added."""
    found = days(parse(master.repeat), master.starts_on, first, last, calendar)
    more = {day for day in master.extra if first <= day <= last}
    return sorted(more.union(found).difference(master.skipped))


def occurrence(master: Event, day: date) -> Event:
    span = master.ends_on - master.starts_on
    return replace(master, starts_on=day, ends_on=day + span, slot_on=day)
