"""What is on a window of days of the calendar: events, what is due, how much was written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from plannertui.core.daywords import shift_days
from plannertui.core.text import first_line
from plannertui.core.things import Thing, minute_of
from plannertui.core.timetable import DAY
from plannertui.store import events, items

if TYPE_CHECKING:
    from plannertui.core.events import Event
    from plannertui.store.items import Item
    from plannertui.store.open import Store


def things(db: Store, first: date, last: date) -> list[Thing]:
    """Events that touch ``first`` to ``last``, and open matters and milestones due."""
    found = [
        of_event(event)
        for event in events.between(db, first, last)
        if event.state != "cancelled"
    ]
    found += [
        of_item(item)
        for item in items.due_between(db, first, last)
        if item.noun != "event"
    ]
    return sorted(found, key=lambda thing: thing.order)


def of_event(event: Event) -> Thing:
    """An event as a thing of the calendar; past midnight it is on the next day, too."""
    at = minute_of(event.time)
    nights = 0 if at is None else (at + max(1, event.minutes or 1) - 1) // DAY
    return Thing(
        key=event.handle,
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
        state=event.state,
        repeats=bool(event.repeat),
    )


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
