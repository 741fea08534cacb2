"""Entries that ask to be seen again: on the day, the old text beside the new answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from plannertui.core.entries import Entry
from plannertui.core.errors import Refused
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import entries, rows
from plannertui.store.open import Store

ROLE = "from"


@dataclass(frozen=True, slots=True)
class Again:
    """An entry that is seen again, and what was said to it; None for nothing yet."""

    then: Entry
    now: Entry | None = None


def due(db: Store, today: date) -> list[Entry]:
    """What asked to be seen again by ``today``, the longest waiting first."""
    return _found(db, "revisit_on <= ?", today)


def ahead(db: Store, today: date) -> list[Entry]:
    """What asks to be seen again on a later day, the next one first."""
    return _found(db, "revisit_on > ?", today)


def _found(db: Store, condition: str, today: date) -> list[Entry]:
    found = db.read(
        "SELECT id FROM entry WHERE revisit_on NOT NULL AND +deleted_at IS NULL "
        f"AND {condition} ORDER BY revisit_on, id",
        (today.isoformat(),),
    )
    return entries.some(db, [number for (number,) in found])


def on_day(db: Store, day: date, today: date) -> list[Again]:
    """What was seen again on ``day``; for today, what waits to be seen too."""
    found = db.read(
        "SELECT a.id, o.id FROM entry a JOIN link l ON l.from_id = a.id AND l.role = ? "
        "JOIN entry o ON o.id = l.to_id WHERE a.day = ? AND a.deleted_at IS NULL "
        "AND a.kind = 'reflection' AND a.prompt IS NULL AND o.kind != 'review' "
        "AND o.deleted_at IS NULL ORDER BY a.id",
        (ROLE, day.isoformat()),
    )
    answered = [Again(entries.get(db, o), entries.get(db, a)) for a, o in found]
    if day != today:
        return answered
    seen = {each.then.id for each in answered}
    return answered + [Again(entry) for entry in due(db, today) if entry.id not in seen]


def answer(
    db: Store,
    old: Entry,
    text: str,
    *,
    day: date,
    now: datetime,
    links: Iterable[int] = (),
    tags: Iterable[str] = (),
) -> Entry:
    """Write what one says now to ``old``, which is not shown again after it.

    Raises EmptyText for nothing.
    """
    with db.write(N_("see {what} again"), now, what=old.handle):
        made = entries.add(
            db, text=text, kind="reflection", day=day, now=now, links=links, tags=tags
        )
        rows.set_links(db, made.id, [old.id], ROLE)
        entries.edit(db, old, now, revisit_on=None)
    return made


def put_off(db: Store, entry: Entry, day: date | None, now: datetime) -> Entry:
    """Show it again on another ``day``; None ends it. Refused where it was ended."""
    if entry.deleted_at is not None:
        raise Refused(_("{handle} is in the trash.").format(handle=entry.handle))
    return entries.edit(db, entry, now, revisit_on=day)


def answers(db: Store, entry: Entry) -> list[Entry]:
    """What was said to ``entry`` when it was seen again, in order."""
    found = db.read(
        "SELECT a.id FROM entry a JOIN link l ON l.from_id = a.id WHERE l.to_id = ? "
        "AND l.role = ? AND a.kind = 'reflection' AND a.deleted_at IS NULL ORDER BY a.id",
        (entry.id, ROLE),
    )
    return entries.some(db, [number for (number,) in found])
