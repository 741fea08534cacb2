"""Events and leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from plannertui.core.errors import EmptyText, NotFound, Usage
from plannertui.core.events import KINDS, STATES, WANTED_LENGTH, Event
from plannertui.core.rows import Ref
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import refs, rows
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


def between(db: Store, first: date, last: date) -> list[Event]:
    """Events that touch the days from ``first`` to ``last``, in order."""
    found = db.read(
        f"{_SELECT} WHERE v.deleted_at IS NULL AND v.starts_on <= ? AND v.ends_on >= ? "
        "ORDER BY v.starts_on, v.time IS NOT NULL, v.time, v.id",
        (last.isoformat(), first.isoformat()),
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
    """Add an event from ``starts_on`` to ``ends_on`` (the same day when not given)."""
    values = {
        "kind": kind,
        "title": title,
        "starts_on": starts_on,
        "ends_on": ends_on or starts_on,
    } | fields
    _check(values)
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
    """Change fields of an event."""
    _check(
        {
            "kind": event.kind,
            "title": event.title,
            "starts_on": event.starts_on,
            "ends_on": event.ends_on,
        }
        | changes
    )
    with db.write(N_("edit {what}"), now, what=event.handle):
        rows.update(db, "event", event.id, _columns(changes), now, base_rev=base_rev)
        if people is not None:
            rows.set_links(db, event.id, people, "with")
    return get(db, event.id)


def _check(values: dict[str, Any]) -> None:
    if not values["title"].strip():
        raise EmptyText(_("There is nothing to write down: give some text."))
    for name, choices in (("kind", KINDS), ("state", STATES)):
        if name in values and values[name] not in choices:
            raise Usage(
                _("{value} is none of: {choices}").format(
                    value=values[name], choices=", ".join(choices)
                )
            )
    if values["ends_on"] < values["starts_on"]:
        raise Usage(_("It would end before it begins."))
    if (values["ends_on"] - values["starts_on"]).days > 3660:
        raise Usage(_("An event lasts at most ten years."))
    if len(values.get("wanted", "")) > WANTED_LENGTH:
        message = _("{field} has {count} characters; {limit} fit.")
        raise Usage(
            message.format(
                field=_("The decision wanted"),
                count=len(values["wanted"]),
                limit=WANTED_LENGTH,
            )
        )
    time = values.get("time")
    if time is not None:
        hours, colon, minutes = time.partition(":")
        good = colon and len(hours) == len(minutes) == 2
        good = good and (hours + minutes).isascii() and (hours + minutes).isdigit()
        if not (good and int(hours) < 24 and int(minutes) < 60):
            message = _("{value} is no time of day. Write it like 09:30.")
            raise Usage(message.format(value=time))


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    values = dict(fields)
    for name in ("agenda", "skipped", "extra", "reminders"):
        if name in values:
            values[name] = rows.dump(list(values[name]))
    if "follow_up" in values:
        values["follow_up"] = rows.dump(values["follow_up"])
    return values
