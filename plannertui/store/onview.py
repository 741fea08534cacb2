"""What is on a window of days of the calendar: events, what is due, how much was written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from plannertui.core.daywords import shift_days
from plannertui.core.text import first_line
from plannertui.core.things import Thing, minute_of
from plannertui.core.timetable import DAY
from plannertui.core.zones import read_in
from plannertui.store import events, items, series

if TYPE_CHECKING:
    from plannertui.core.events import Event
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.items import Item
    from plannertui.store.open import Store


def things(
    db: Store,
    first: date,
    last: date,
    *,
    calendar: WorkCalendar | None = None,
    zone: str = "",
    today: date | None = None,
) -> list[Thing]:
    """Events that touch ``first`` to ``last``, and open matters and milestones due.

    Of what repeats every occurrence; with ``zone`` at the time that it is there. From
    ``today`` on also the talks of a series that are no rows yet.
    """
    found = [
        of_event(event, zone)
        for event in events.between(db, first, last, calendar=calendar, zone=zone)
        if event.state != "cancelled"
    ]
    if today is not None and calendar is not None:
        talks = series.ahead(db, first, last, today, calendar)
        found += [of_event(_here(event, zone), zone) for event in talks]
    due = items.due_between(db, first, last, calendar, zone, events=False)
    found += [of_item(item) for item in due]
    return sorted(found, key=lambda thing: thing.order)


def _here(event: Event, zone: str) -> Event:
    """A computed talk at the time that it is in ``zone``."""
    if event.time is None or not zone or event.zone in ("", zone):
        return event
    day, time = read_in(event.starts_on, event.time, event.zone, zone)
    return event.at(day, day, time, event.slot_on)


def of_event(event: Event, zone: str = "") -> Thing:
    """An event as a thing of the calendar; past midnight it is on the next day, too.

    Where its own zone has another time than ``zone``, ``clock`` says that.
    """
    at = minute_of(event.time)
    nights = 0 if at is None else (at + max(1, event.minutes or 1) - 1) // DAY
    slot = event.slot_on if event.repeats else None
    key = event.handle if slot is None else f"{event.handle}@{slot}"
    if not event.id:
        key = f"{event.series_id}+{event.slot_on}"
    return Thing(
        key=key,
        id=event.id,
        handle=event.handle,
        noun="event",
        kind=event.kind,
        title=" ".join(first_line(event.title).split()),
        first=event.starts_on,
        last=max(event.ends_on, shift_days(event.starts_on, nights)),
        at=at,
        minutes=event.minutes,
        who=", ".join(ref.label for ref in event.people),
        about=event.wanted or first_line(event.notes),
        place=" ".join(event.place.split()),
        state=event.state,
        repeats=event.repeats,
        slot=slot,
        computed=not event.id,
        subject=0 if event.id or not event.people else event.people[0].id,
        clock=_own_clock(event, zone),
    )


def _own_clock(event: Event, zone: str) -> str:
    """The time in the event's own zone where that is another one: "09:00 Europe/Berlin"."""
    if event.time is None or not zone or event.zone in ("", zone):
        return ""
    _day, time = read_in(event.starts_on, event.time, zone, event.zone)
    return "" if time == event.time else f"{time} {event.zone}"


def of_item(item: Item) -> Thing:
    """A matter or milestone as a thing of the day on which it is due."""
    return Thing(
        key=item.handle,
        id=item.id,
        handle=item.handle,
        noun=item.noun,
        kind=item.kind,
        title=title_of(item),
        first=item.day,
        last=item.day,
        who=person_of(item),
        state=item.state,
        nature=item.nature,
    )


def written(db: Store, day: date) -> list[Item]:
    """What was written on ``day``, in the order it was."""
    return [item for item in items.on_day(db, day) if item.noun != "event"]


def person_of(item: Item) -> str:
    """The alias of whom ``item`` is about: its person, or the first it refers to."""
    if item.person is not None:
        return item.person[2]
    return next((label for _id, handle, label in item.refs if handle[0] in "LP"), "")


def title_of(item: Item) -> str:
    """The text of ``item`` without the references at its end, people by alias."""
    names: dict[str, str] = {}
    for _id, handle, label in item.refs:
        for sign in "@＠#＃":
            for name in (handle, "-".join(label.split())):
                names[sign + name.casefold()] = label if handle[0] in "LP" else handle
    ends = {*names, *(f"{sign}{tag}".casefold() for tag in item.tags for sign in "#＃")}
    tokens = item.text.split()
    while len(tokens) > 1 and tokens[-1].casefold() in ends:
        tokens.pop()
    text = " ".join(names.get(token.casefold(), token) for token in tokens)
    return f"{item.handle} {text}" if item.noun == "milestone" else text
