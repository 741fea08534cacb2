"""Events and leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from plannertui.core.errors import NotFound
from plannertui.core.eventchecks import CHECKED, complete
from plannertui.core.events import Event
from plannertui.core.rows import Ref
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import refs, rows, slots
from plannertui.store.glance import leave as leave
from plannertui.store.open import Store

_SELECT = (
    "SELECT v.id, v.uid, h.letter || h.number, v.created_at, v.updated_at, v.rev, "
    "v.deleted_at, v.kind, v.title, v.starts_on, v.ends_on, v.time, v.minutes, v.zone, "
    'v."repeat", v.agenda, v.wanted, v.notes, v.state, '
    "v.follow_up, v.series_id, v.slot_on, v.skipped, v.extra, v.last_on, v.reminders, "
    "v.place, v.url FROM event v "
    "JOIN handle h ON h.id = v.id"
)


def _event(row: Sequence[Any], people: Sequence[Ref]) -> Event:
    return Event(
        id=row[0],
        uid=row[1],
        handle=row[2],
        created_at=row[3],
        updated_at=row[4],
        rev=row[5],
        deleted_at=row[6],
        kind=row[7],
        title=row[8],
        starts_on=date.fromisoformat(row[9]),
        ends_on=date.fromisoformat(row[10]),
        time=row[11],
        minutes=row[12],
        zone=row[13],
        repeat=row[14],
        agenda=tuple(rows.load(row[15])),
        wanted=row[16],
        notes=row[17],
        state=row[18],
        follow_up=rows.load(row[19]),
        series_id=row[20],
        slot_on=rows.day(row[21]),
        skipped=_days(row[22]),
        extra=_days(row[23]),
        last_on=rows.day(row[24]),
        reminders=() if row[25] == "[]" else tuple(rows.load(row[25])),
        place=row[26],
        url=row[27],
        people=tuple(people),
    )


def _days(text: str) -> tuple[date, ...]:
    if text == "[]":
        return ()
    return tuple(date.fromisoformat(day) for day in rows.load(text))


def _events(db: Store, found: Sequence[Sequence[Any]]) -> list[Event]:
    """The rows ``found`` with whom each is."""
    people = rows.refs_of(db, [row[0] for row in found], "with")
    return [_event(row, people[row[0]]) for row in found]


def get(db: Store, which: int | str) -> Event:
    """The event with this id or handle; raises NotFound."""
    number = (
        which
        if isinstance(which, int)
        else refs.need(db, which, "event", trashed=True)[0]
    )
    row = db.one(f"{_SELECT} WHERE v.id = ?", (number,))
    if row is None:
        raise NotFound(_("There is no event {name}.").format(name=which))
    return _events(db, [row])[0]


def between(
    db: Store,
    first: date,
    last: date,
    *,
    calendar: WorkCalendar | None = None,
    zone: str = "",
) -> list[Event]:
    """What takes place on the days from ``first`` to ``last``, in order.

    Of what repeats each occurrence: the event with its days, and the day of the rule as
    ``slot_on``. Without ``calendar`` workdays are Monday to Friday. With ``zone`` days
    and times are as they read there; ``zone`` of the event stays its own.
    """
    return of_slots(db, slots.between(db, first, last, calendar, zone=zone))


def of_slots(db: Store, found: Sequence[slots.Slot]) -> list[Event]:
    """The events of ``found``, each at the time of its slot."""
    every = {event.id: event for event in by_ids(db, {slot.id for slot in found})}
    return [at_slot(every[slot.id], slot) for slot in found]


def at_slot(event: Event, slot: slots.Slot) -> Event:
    """``event`` at the time of ``slot``."""
    same = (event.starts_on, event.ends_on, event.time, None)
    if same == (slot.day, slot.end, slot.time, slot.rule_day):
        return event
    return event.at(slot.day, slot.end, slot.time, slot.rule_day or event.slot_on)


def by_ids(db: Store, numbers: Iterable[int]) -> list[Event]:
    """The events with these ids, as they are kept."""
    found: list[Any] = []
    for part in rows.chunks(list(dict.fromkeys(numbers))):
        found += db.read(f"{_SELECT} WHERE v.id IN ({rows.marks(part)})", part)
    return _events(db, found)


def exceptions(db: Store, event: Event) -> list[Event]:
    """The occurrences of a repeating event that are rows of their own, by their slot."""
    if not event.repeats:
        return []
    found = db.read(
        f"{_SELECT} WHERE v.series_id = ? AND v.deleted_at IS NULL ORDER BY v.slot_on",
        (event.id,),
    )
    return _events(db, found)


def one_on_ones(
    db: Store,
    *,
    person_id: int | None = None,
    series_id: int | None = None,
    trashed: bool = False,
) -> list[Event]:
    """One-on-ones, all or with one person or of one series, the earliest first."""
    found = db.read(
        f"{_SELECT} WHERE v.kind = 'one_on_one' AND (v.deleted_at IS NULL OR ?) "
        "AND (? IS NULL OR v.series_id = ?) AND (? IS NULL OR EXISTS (SELECT 1 "
        "FROM link l WHERE l.from_id = v.id AND l.role = 'with' AND l.to_id = ?)) "
        "ORDER BY v.starts_on, v.time IS NOT NULL, v.time, v.id",
        (trashed, series_id, series_id, person_id, person_id),
    )
    return _events(db, found)


def add(
    db: Store,
    *,
    title: str,
    starts_on: date,
    now: datetime,
    kind: str = "meeting",
    ends_on: date | None = None,
    people: Iterable[int] = (),
    **fields: Any,
) -> Event:
    """Add an event from ``starts_on`` to ``ends_on`` (the same day when not given).

    ``repeat`` is a rule as RFC 5545 writes it; it counts from ``starts_on``, which takes
    place only where the rule, or ``extra``, says so (``core.forms.anchored``).
    """
    values = {
        "kind": kind,
        "title": title,
        "starts_on": starts_on,
        "ends_on": ends_on or starts_on,
    } | fields
    values = complete(values, {})
    with db.write(N_("add {what}"), now, what=kind):
        number, _handle = rows.insert(db, "event", _columns(values), now)
        rows.set_links(db, number, people, "with")
    return get(db, number)


def edit(
    db: Store,
    event: Event,
    now: datetime,
    *,
    base_rev: int | None = None,
    people: Iterable[int] | None = None,
    **changes: Any,
) -> Event:
    """Change fields of an event, of one that repeats all its occurrences."""
    with db.write(N_("edit {what}"), now, what=event.handle):
        kept = get(db, event.id)
        have = {name: getattr(kept, name) for name in CHECKED}
        changes = complete(changes, have)
        rows.update(db, "event", event.id, _columns(changes), now, base_rev=base_rev)
        if people is not None:
            rows.set_links(db, event.id, people, "with")
    return get(db, event.id)


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    values = dict(fields)
    for name in ("agenda", "skipped", "extra", "reminders"):
        if name in values:
            values[name] = rows.dump(list(values[name]))
    if "follow_up" in values:
        values["follow_up"] = rows.dump(values["follow_up"])
    return values
