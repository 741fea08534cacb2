"""One-on-ones: making and moving them, saying how each went."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from plannertui.core.errors import Refused
from plannertui.core.events import Event
from plannertui.core.people import Person
from plannertui.core.words import kind_word
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import events, rows
from plannertui.store.agendas import agenda as agenda
from plannertui.store.agendas import change_agenda, pending
from plannertui.store.agendas import want as want
from plannertui.store.open import Store
from plannertui.store.series import AHEAD as AHEAD
from plannertui.store.series import (
    check_ahead,
    computed,
    kept,
    next_day,
    rule,
)
from plannertui.store.series import last_before as last_before
from plannertui.store.series import ls as ls
from plannertui.store.series import next_with as next_with
from plannertui.store.series import rhythm as rhythm
from plannertui.store.series import unheld as unheld
from plannertui.store.series import upcoming as upcoming


def add(
    db: Store,
    person: Person,
    *,
    starts_on: date,
    now: datetime,
    repeat: str = "",
    title: str = "",
    **fields: Any,
) -> Event:
    """Add a one-on-one, with ``repeat`` the first of a series."""
    title = title or kind_word("one_on_one").capitalize()
    with db.write(N_("add {what}"), now, what="one_on_one"):
        made = events.add(
            db,
            title=title,
            kind="one_on_one",
            starts_on=starts_on,
            people=[person.id],
            now=now,
            **fields,
        )
        if repeat:
            made = set_rhythm(db, made, repeat, now)
    return made


def set_rhythm(db: Store, event: Event, repeat: str, now: datetime) -> Event:
    """Let it recur from this one on; "" ends the series, what is in it stays."""
    with db.write(N_("edit {what}"), now, what=event.handle or "one_on_one"):
        event = kept(db, event, now)
        if not repeat:
            # One in the trash would still say how often it recurs.
            every = events.one_on_ones(
                db, series_id=event.series_id or -1, trashed=True
            )
            for one in every:
                if one.repeat:
                    rows.update(db, "event", one.id, {"repeat": ""}, now)
        else:
            changes = {
                "repeat": repeat,
                "series_id": event.series_id or event.id,
                "slot_on": event.starts_on,
            }
            rows.update(db, "event", event.id, changes, now)
    return events.get(db, event.id)


def move(
    db: Store,
    event: Event,
    day: date,
    now: datetime,
    *,
    following: bool = False,
    **fields: Any,
) -> Event:
    """Put it on another day or time; with ``following`` the ones after it count from it."""
    with db.write(N_("move {what}"), now, what=event.handle or "one_on_one"):
        event = kept(db, event, now)
        check_ahead(event)
        changes: dict[str, Any] = {"starts_on": day, "ends_on": day, **fields}
        if following and event.series_id is not None:
            changes["slot_on"] = day
            changes["repeat"] = rule(db, event.series_id)[0]
        return events.edit(db, event, now, **changes)


def arrange(
    db: Store,
    event: Event,
    day: date,
    repeat: str,
    now: datetime,
    *,
    following: bool = False,
    **fields: Any,
) -> Event:
    """Move it and say how often it recurs, as one action; see ``move``."""
    with db.write(N_("move {what}"), now, what=event.handle or "one_on_one"):
        before = rhythm(db, event)
        event = move(db, event, day, now, following=following, **fields)
        if repeat != before:
            event = set_rhythm(db, event, repeat, now)
    return event


def hold(
    db: Store, event: Event, today: date, now: datetime, calendar: WorkCalendar
) -> Event:
    """Say that it took place; the next one of its series becomes a row."""
    with db.write(N_("hold {what}"), now, what=event.handle or "one_on_one"):
        event = kept(db, event, now)
        check_ahead(event)
        if event.starts_on > today:
            message = _("{handle} is still to come, on {day}. Move it first.")
            raise Refused(
                message.format(handle=event.handle, day=event.starts_on.isoformat())
            )
        if pending(db, event, today):
            event = change_agenda(db, event, today, now)
        rows.update(db, "event", event.id, {"state": "held"}, now)
        make_next(db, event, today, now, calendar)
    return events.get(db, event.id)


def cancel(
    db: Store, event: Event, today: date, now: datetime, calendar: WorkCalendar
) -> Event:
    """Say that it does not take place; its agenda goes on to the next one."""
    with db.write(N_("cancel {what}"), now, what=event.handle or "one_on_one"):
        event = kept(db, event, now)
        check_ahead(event)
        rows.update(db, "event", event.id, {"state": "cancelled"}, now)
        make_next(db, event, today, now, calendar)
    return events.get(db, event.id)


def make_next(
    db: Store, event: Event, today: date, now: datetime, calendar: WorkCalendar
) -> None:
    """Make the next one of the series a row, so that the calendar and questions know it."""
    if event.series_id is None:
        return
    every = events.one_on_ones(db, series_id=event.series_id)
    if any(one.state in AHEAD and one.starts_on >= today for one in every):
        return
    day = next_day(db, event.series_id, today, calendar)
    if day is not None:
        kept(db, computed(event, day), now)
