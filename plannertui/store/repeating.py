"""Changing what repeats: this occurrence, this and those after it, or all.

Each is one action and one step to undo. An occurrence that is changed or moved becomes a
row of its own, and its day is left out of the rule; one that is cancelled is only left
out. What follows a day goes on under a rule of its own, the one before ends there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from plannertui.core.errors import Refused
from plannertui.core.events import Event
from plannertui.core.forms import BEFORE, anchored, carried, ended, rest, shifted
from plannertui.core.recurrence import days
from plannertui.core.rules import Rule, parse
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import events, rows
from plannertui.store.occurrences import begins, of, on_day
from plannertui.store.open import Store

# What an occurrence that becomes a row of its own takes along.
TAKEN = (
    *("kind", "title", "time", "minutes", "zone", "agenda", "wanted", "notes"),
    *("reminders", "place", "url", "state"),
)


def change_one(
    db: Store,
    event: Event,
    now: datetime,
    *,
    calendar: WorkCalendar | None = None,
    label: str = N_("edit {what}"),
    people: Iterable[int] | None = None,
    **changes: Any,
) -> Event:
    """Change or move the occurrence ``event`` alone; it becomes a row of its own."""
    with db.write(label, now, what=event.handle):
        if not event.repeats:
            return events.edit(db, event, now, people=people, **changes)
        master, slot = _slot(db, event)
        if slot not in begins(master, slot, slot, calendar):
            return _changed_before(db, master, slot, now, people, changes)
        span = master.ends_on - master.starts_on
        fields = {name: getattr(master, name) for name in TAKEN}
        fields |= {"starts_on": slot, "ends_on": slot + span} | changes
        if "starts_on" in changes and "ends_on" not in changes:
            fields["ends_on"] = changes["starts_on"] + span
        made = events.add(
            db,
            now=now,
            people=[ref.id for ref in master.people] if people is None else people,
            series_id=master.id,
            slot_on=slot,
            **fields,
        )
        _take_along(db, master, made)
        _skip(db, master, slot, now)
    return events.get(db, made.id)


def cancel_one(
    db: Store, event: Event, now: datetime, *, calendar: WorkCalendar | None = None
) -> Event:
    """Leave the occurrence ``event`` out; gives the repeating event."""
    from plannertui.store.trash import remove

    with db.write(N_("cancel {what}"), now, what=event.handle):
        if not event.repeats:
            master = of(db, event)
            remove(db, event.id, now)
            return events.get(db, master.id)
        master, slot = _slot(db, event)
        if slot not in begins(master, slot, slot, calendar):
            on_day(db, master, slot, calendar)
        _skip(db, master, slot, now)
    return events.get(db, master.id)


def restore_one(
    db: Store,
    event: Event,
    slot: date,
    now: datetime,
    *,
    calendar: WorkCalendar | None = None,
) -> Event:
    """Let the occurrence of ``slot`` take place again as the rule says."""
    from plannertui.store.trash import remove

    master = of(db, event)
    if slot not in master.skipped:
        message = _("{handle} was not cancelled on {day}.")
        raise Refused(message.format(handle=master.handle, day=slot.isoformat()))
    with db.write(N_("restore {what}"), now, what=master.handle):
        for one in events.exceptions(db, master):
            if one.slot_on == slot:
                remove(db, one.id, now)
        kept = [day for day in master.skipped if day != slot]
        extra = {*master.extra}
        if not days(parse(master.repeat), master.starts_on, slot, slot, calendar):
            # A day beside the rule had been added, and is so again.
            extra.add(slot)
        _put_days(db, master.id, kept, extra, now)
    return events.get(db, master.id)


def change_following(
    db: Store,
    event: Event,
    now: datetime,
    *,
    calendar: WorkCalendar | None = None,
    leap: str = BEFORE,
    label: str = N_("edit {what}"),
    people: Iterable[int] | None = None,
    **changes: Any,
) -> Event:
    """Change the occurrence ``event`` and all after it; gives what they are now."""
    master, slot = _slot(db, event)
    rule = parse(master.repeat)
    if not _has_earlier(db, master, slot, calendar):
        return change_all(
            db,
            event,
            now,
            calendar=calendar,
            leap=leap,
            label=label,
            people=people,
            **changes,
        )
    with db.write(label, now, what=master.handle):
        over = rest(rule, master.starts_on, slot, calendar)
        start, left = _moved(over, slot, slot, changes, calendar, leap)
        span = _span(master, changes)
        fields = {name: getattr(master, name) for name in TAKEN}
        fields |= changes | {"starts_on": start, "ends_on": start + span}
        made = events.add(
            db,
            now=now,
            people=[ref.id for ref in master.people] if people is None else people,
            **fields | {"repeat": left.text() if left else ""},
        )
        _take_along(db, master, made)
        own = [
            one
            for one in events.exceptions(db, master)
            if (one.slot_on or slot) >= slot
        ]
        late = [day for day in master.skipped if day >= slot]
        shift = start - slot
        if left is None:
            moved = {}
        elif "repeat" in changes:
            moved = {day: day for day in late}
        else:
            old = (rule._replace(times=None), slot)
            moved = carried(old, (left, start), late, calendar)
        if left is not None:
            extra = [day + shift for day in master.extra if day >= slot]
            _put_days(db, made.id, moved.values(), extra, now)
        for one in own:
            place = moved.get(one.slot_on or slot, one.slot_on)
            values = {"series_id": made.id, "slot_on": place}
            rows.update(db, "event", one.id, values, now)
            if one.id == event.id and not event.repeats:
                # It was a row of its own already: the one that was meant first of all.
                kept = {k: v for k, v in changes.items() if k != "repeat"}
                events.edit(db, events.get(db, one.id), now, people=people, **kept)
        events.edit(
            db,
            master,
            now,
            repeat=ended(rule, slot).text(),
            skipped=[day for day in master.skipped if day < slot],
            extra=[day for day in master.extra if day < slot],
        )
    return events.get(db, made.id)


def cancel_following(
    db: Store, event: Event, now: datetime, *, calendar: WorkCalendar | None = None
) -> Event:
    """End what repeats before the occurrence ``event``; the first ends all of it."""
    from plannertui.store.trash import remove

    master, slot = _slot(db, event)
    with db.write(N_("cancel {what}"), now, what=master.handle):
        if not _has_earlier(db, master, slot, calendar):
            remove(db, master.id, now)
            return events.get(db, master.id)
        for one in events.exceptions(db, master):
            if (one.slot_on or slot) >= slot:
                remove(db, one.id, now)
        events.edit(
            db,
            master,
            now,
            repeat=ended(parse(master.repeat), slot).text(),
            skipped=[day for day in master.skipped if day < slot],
            extra=[day for day in master.extra if day < slot],
        )
    return events.get(db, master.id)


def change_all(
    db: Store,
    event: Event,
    now: datetime,
    *,
    calendar: WorkCalendar | None = None,
    leap: str = BEFORE,
    label: str = N_("edit {what}"),
    people: Iterable[int] | None = None,
    **changes: Any,
) -> Event:
    """Change every occurrence; a new ``starts_on`` is that of the occurrence ``event``.

    Those that were changed on their own stay as they are.
    """
    master, slot = _slot(db, event)
    with db.write(label, now, what=master.handle):
        rule = parse(master.repeat)
        start, new = _moved(rule, master.starts_on, slot, changes, calendar, leap)
        values = dict(changes)
        if {"starts_on", "ends_on"} & changes.keys() or start != master.starts_on:
            # What is told is the day of one of them; kept is that of the first.
            values |= {"starts_on": start, "ends_on": start + _span(master, changes)}
        if new != rule:
            values["repeat"] = new.text() if new else ""
        if new is not None and start != master.starts_on and "repeat" not in changes:
            moved = carried(
                (rule, master.starts_on), (new, start), master.skipped, calendar
            )
            shift = start - master.starts_on
            values["skipped"] = sorted(moved.values())
            values["extra"] = [day + shift for day in master.extra]
            for one in events.exceptions(db, master):
                place = moved.get(one.slot_on or slot, one.slot_on)
                rows.update(db, "event", one.id, {"slot_on": place}, now)
        return events.edit(db, master, now, people=people, **values)


def _moved(
    rule: Rule,
    anchor: date,
    slot: date,
    changes: dict[str, Any],
    calendar: WorkCalendar | None,
    leap: str,
) -> tuple[date, Rule | None]:
    """The first day and the rule after ``changes`` to the occurrence of ``slot``."""
    day = changes.get("starts_on", slot)
    if not changes.get("repeat", " "):
        return anchor + (day - slot), None
    if "repeat" in changes:
        new = parse(changes["repeat"])
        return anchored(new, anchor + (day - slot), calendar), new
    new = shifted(rule, slot, day, leap)
    if day == slot:
        return anchor, new
    return anchored(new, anchor + (day - slot), calendar), new


def _span(master: Event, changes: dict[str, Any]) -> timedelta:
    """How many days longer than one it lasts after ``changes``."""
    if "ends_on" in changes and "starts_on" in changes:
        span: timedelta = changes["ends_on"] - changes["starts_on"]
        return span
    return master.ends_on - master.starts_on


def _slot(db: Store, event: Event) -> tuple[Event, date]:
    """The repeating event of an occurrence, and the day that its rule gave it."""
    master = of(db, event)
    return master, event.slot_on or event.starts_on


def _has_earlier(
    db: Store, master: Event, slot: date, calendar: WorkCalendar | None
) -> bool:
    """Whether it takes place before ``slot``, be it as a row of its own."""
    if slot > date.min:
        before = slot - timedelta(days=1)
        if begins(master, date.min, before, calendar):
            return True
    return any((one.slot_on or slot) < slot for one in events.exceptions(db, master))


def _changed_before(
    db: Store,
    master: Event,
    slot: date,
    now: datetime,
    people: Iterable[int] | None,
    changes: dict[str, Any],
) -> Event:
    """Change again what is a row of its own already; NotFound when it is cancelled."""
    for one in events.exceptions(db, master):
        if one.slot_on == slot:
            return events.edit(db, one, now, people=people, **changes)
    return on_day(db, master, slot)


def _skip(db: Store, master: Event, slot: date, now: datetime) -> None:
    extra = [day for day in master.extra if day != slot]
    skipped = sorted({*master.skipped, slot})
    _put_days(db, master.id, skipped, extra, now)


def _put_days(
    db: Store,
    number: int,
    skipped: Iterable[date],
    extra: Iterable[date],
    now: datetime,
) -> None:
    master = events.get(db, number)
    events.edit(db, master, now, skipped=sorted(skipped), extra=sorted(extra))


def _take_along(db: Store, master: Event, made: Event) -> None:
    """Give ``made`` the tags and links that the repeating event has."""
    db.conn.execute(
        "INSERT OR IGNORE INTO link (from_id, to_id, role) "
        "SELECT ?, to_id, role FROM link WHERE from_id = ? AND role != 'with'",
        (made.id, master.id),
    )
    db.conn.execute(
        "INSERT OR IGNORE INTO tag (owner_id, name) "
        "SELECT ?, name FROM tag WHERE owner_id = ?",
        (made.id, master.id),
    )
