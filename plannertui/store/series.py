"""One-on-ones as a series: which there are, and the next one.

An occurrence becomes a row once something is prepared for it, or the one before it was
held or cancelled; until then it is computed, and its ``id`` is 0. Whatever changes such
a one makes it a row in the same action.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from plannertui.core.errors import Refused
from plannertui.core.events import Event
from plannertui.core.meetings import next_slot
from plannertui.core.words import kind_word
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import gettext as _
from plannertui.store import events
from plannertui.store.open import Store

AHEAD = ("planned", "prepared")
LEAP = 70
"""Days before a span from which its first talk is counted: more than holidays move it."""
MOST_AHEAD = 520
OVER = ("held", "followed_up")


def ls(db: Store, person_id: int | None = None) -> list[Event]:
    """Every one-on-one that is kept, the earliest first."""
    return events.one_on_ones(db, person_id=person_id)


def upcoming(
    db: Store, today: date, calendar: WorkCalendar, person_id: int | None = None
) -> list[Event]:
    """Those to come, today's too, the next first; of a series also the computed one."""
    every = ls(db, person_id)
    found = [one for one in every if one.state in AHEAD and one.starts_on >= today]
    last = {one.series_id: one for one in every if one.series_id is not None}
    for series_id, one in last.items():
        if one.state in AHEAD and one.starts_on >= today:
            continue
        day = next_day(db, series_id, today, calendar)
        if day is not None:
            found.append(computed(one, day))
    return sorted(found, key=_when)


def unheld(db: Store, today: date, person_id: int | None = None) -> list[Event]:
    """Those gone by of which nobody has said whether they were held, newest first."""
    found = [
        one for one in ls(db, person_id) if one.state in AHEAD and one.starts_on < today
    ]
    return found[::-1]


def next_with(
    db: Store, person_id: int | None, today: date, calendar: WorkCalendar
) -> Event | None:
    """The next one with this person, or with anybody."""
    found = upcoming(db, today, calendar, person_id)
    return found[0] if found else None


def last_before(
    db: Store, event: Event, earlier: Sequence[Event] | None = None
) -> Event | None:
    """The last one held with the same people before this one, among ``earlier``."""
    talks = before(db, event) if earlier is None else earlier
    held = [one for one in talks if one.state in OVER]
    return held[-1] if held else None


def rhythm(db: Store, event: Event) -> str:
    """How often its series takes place, "" for one that stands alone."""
    return "" if event.series_id is None else rule(db, event.series_id)[0]


def _when(event: Event) -> tuple[date, str, int]:
    return (event.starts_on, event.time or "", event.id)


def before(db: Store, event: Event) -> list[Event]:
    """The talks with the same first person, or of the same series, before this one."""
    if event.people:
        chain = events.one_on_ones(db, person_id=event.people[0].id)
    elif event.series_id is not None:
        chain = events.one_on_ones(db, series_id=event.series_id)
    else:
        return []
    earlier = [
        one for one in chain if one.id != event.id and _place(one) < _when(event)
    ]
    return sorted(earlier, key=_place)


def _place(event: Event) -> tuple[date, str, int]:
    """Where a talk stands among those that carry over.

    One that was moved beyond the next of its series and cancelled there stands where it
    was: that next one comes, and what was to be said in it goes to that.
    """
    if event.state == "cancelled" and event.slot_on is not None:
        return (min(event.starts_on, event.slot_on), event.time or "", event.id)
    return _when(event)


def rule(db: Store, series_id: int) -> tuple[str, date]:
    """The rhythm of a series, and the day from which it counts."""
    row = db.one(
        'SELECT "repeat", ifnull(slot_on, starts_on) FROM event WHERE series_id = ? '
        "AND \"repeat\" != '' ORDER BY ifnull(slot_on, starts_on) DESC LIMIT 1",
        (series_id,),
    )
    return ("", date.min) if row is None else (row[0], date.fromisoformat(row[1]))


def next_day(
    db: Store, series_id: int, today: date, calendar: WorkCalendar
) -> date | None:
    """The first day of the rule after the last row of the series, and not before today."""
    repeat, anchor = rule(db, series_id)
    row = db.one(
        "SELECT max(ifnull(slot_on, starts_on)) FROM event WHERE series_id = ? "
        "AND deleted_at IS NULL",
        (series_id,),
    )
    if not repeat or row is None or row[0] is None:
        return None
    day: date | None = date.fromisoformat(row[0])
    while day is not None:
        day = next_slot(repeat, anchor, day, calendar)
        if day is None or day >= today:
            break
    return day


def ahead(
    db: Store, first: date, last: date, today: date, calendar: WorkCalendar
) -> list[Event]:
    """Those from ``first`` to ``last``, today's too, that are no rows yet.

    Each series is counted on from its last row; on a day that one of its rows is on
    already there is no second one.
    """
    found: list[Event] = []
    start = max(first, today)
    latest = db.read(
        "SELECT series_id, max(ifnull(slot_on, starts_on)), id FROM event e "
        "WHERE kind = 'one_on_one' AND series_id NOT NULL AND deleted_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM event m WHERE m.series_id = e.series_id "
        "AND m.last_on NOT NULL) AND NOT EXISTS (SELECT 1 FROM event m "
        "WHERE m.id = e.series_id AND m.last_on NOT NULL) GROUP BY series_id"
    )
    for series_id, row_on, number in latest if start <= last else ():
        days = _days(db, series_id, date.fromisoformat(row_on), start, last, calendar)
        if days:
            there = {
                row[0]
                for row in db.read(
                    "SELECT starts_on FROM event WHERE series_id = ? "
                    "AND deleted_at IS NULL AND starts_on BETWEEN ? AND ?",
                    (series_id, days[0].isoformat(), days[-1].isoformat()),
                )
            }
            one = events.get(db, number)
            found += [
                computed(one, day) for day in days if day.isoformat() not in there
            ]
    return sorted(found, key=_when)


def _days(
    db: Store,
    series_id: int,
    row_on: date,
    first: date,
    last: date,
    calendar: WorkCalendar,
) -> list[date]:
    """The days from ``first`` to ``last`` that the rule gives after the last row."""
    repeat, anchor = rule(db, series_id)
    day: date | None = row_on
    weeks = ((first - row_on).days - LEAP) // 7
    if weeks > 0 and repeat != "fortnightly":
        # Of two weeks each counts from the one before, which a holiday may have moved.
        day = row_on + timedelta(weeks=weeks)
    found: list[date] = []
    for _step in range(MOST_AHEAD):
        if not repeat or day is None or day > last:
            break
        day = next_slot(repeat, anchor, day, calendar)
        if day is not None and first <= day <= last:
            found.append(day)
    return found


def computed(last: Event, day: date) -> Event:
    """The occurrence on ``day`` of the series of ``last``, that is no row yet."""
    return replace(
        last,
        id=0,
        uid="",
        handle="",
        rev=0,
        starts_on=day,
        ends_on=day,
        slot_on=day,
        repeat="",
        agenda=(),
        wanted="",
        notes="",
        follow_up={},
        state="planned",
    )


def kept(db: Store, event: Event, now: datetime) -> Event:
    """``event`` as a row, inside a write: read again, or made now where it was computed."""
    if event.id:
        return events.get(db, event.id)
    return events.add(
        db,
        title=event.title,
        kind="one_on_one",
        starts_on=event.starts_on,
        people=[ref.id for ref in event.people],
        now=now,
        time=event.time,
        minutes=event.minutes,
        zone=event.zone,
        series_id=event.series_id,
        slot_on=event.slot_on,
    )


def check_ahead(event: Event) -> None:
    if event.state not in AHEAD:
        message = _("{handle} is {state} already.")
        raise Refused(message.format(handle=event.handle, state=kind_word(event.state)))


def check_not_cancelled(event: Event) -> None:
    if event.state == "cancelled":
        message = _("{handle} is {state} already.")
        raise Refused(message.format(handle=event.handle, state=kind_word(event.state)))
