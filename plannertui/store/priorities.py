"""What leaders answer for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from plannertui.core.errors import NotFound, Usage
from plannertui.core.people import Person
from plannertui.core.priorities import BASES, KINDS, TEXT_LENGTH, Check, Priority
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import refs, rows
from plannertui.store.open import Store

_SELECT = (
    "SELECT k.id, k.uid, h.letter || h.number, k.created_at, k.updated_at, k.rev, "
    "k.deleted_at, k.person_id, k.kind, k.text, k.rank, k.basis, k.checked_on, "
    "k.since, k.until, k.state, k.successor_id, k.checks FROM priority k "
    "JOIN handle h ON h.id = k.id"
)


def _priority(row: Sequence[Any]) -> Priority:
    return Priority(
        id=row[0],
        uid=row[1],
        handle=row[2],
        created_at=row[3],
        updated_at=row[4],
        rev=row[5],
        deleted_at=row[6],
        person_id=row[7],
        kind=row[8],
        text=row[9],
        rank=row[10],
        basis=row[11],
        checked_on=rows.day(row[12]),
        since=rows.day(row[13]),
        until=rows.day(row[14]),
        state=row[15],
        successor_id=row[16],
        checks=tuple(
            Check(date.fromisoformat(on), was, right)
            for on, was, right in rows.load(row[17])
        ),
    )


def ls(
    db: Store, person_id: int | None = None, *, past: bool = False
) -> list[Priority]:
    """Active priorities of one person, or of everybody who is there, by rank.

    ``past`` adds those that are met, changed or dropped, and those of past people.
    """
    found = db.read(
        f"{_SELECT} WHERE k.deleted_at IS NULL AND (?1 IS NULL OR k.person_id = ?1) "
        "AND (k.state = 'active' OR ?2) AND NOT EXISTS (SELECT 1 FROM person p "
        "WHERE p.id = k.person_id AND (p.deleted_at NOT NULL "
        "OR (p.state != 'active' AND ?1 IS NULL AND NOT ?2))) "
        "ORDER BY k.person_id, k.state != 'active', k.rank, k.id",
        (person_id, past),
    )
    return [_priority(row) for row in found]


def get(db: Store, which: int | str) -> Priority:
    """The priority with this id or handle ("L1.2"); raises NotFound."""
    number = which if isinstance(which, int) else refs.need(db, which, "priority")[0]
    row = db.one(f"{_SELECT} WHERE k.id = ?", (number,))
    if row is None:
        raise NotFound(_("There is no priority {name}.").format(name=which))
    return _priority(row)


def add(
    db: Store,
    person: Person,
    *,
    text: str,
    now: datetime,
    kind: str = "goal",
    basis: str = "guess",
    rank: int | None = None,
    checked_on: date | None = None,
    since: date | None = None,
) -> Priority:
    """Add something ``person`` answers for; without ``rank`` it comes last, up to 5."""
    text = text.strip()
    if not text or len(text) > TEXT_LENGTH:
        message = _("A priority has between 1 and {count} characters.")
        raise Usage(message.format(count=TEXT_LENGTH))
    _check(kind, basis, rank)
    if rank is None:
        rank = min(5, len(ls(db, person.id)) + 1)
    with db.write(N_("add a priority of {what}"), now, what=person.alias):
        number, _handle = rows.insert(
            db,
            "priority",
            {
                "person_id": person.id,
                "kind": kind,
                "text": text,
                "rank": rank,
                "basis": basis,
                "checked_on": checked_on,
                "since": since,
            },
            now,
            letter=f"{person.handle}.",
        )
    return get(db, number)


def edit(
    db: Store,
    priority: Priority,
    now: datetime,
    *,
    base_rev: int | None = None,
    **changes: Any,
) -> Priority:
    """Change fields of a priority."""
    _check(changes.get("kind"), changes.get("basis"), changes.get("rank"))
    if not 0 < len(changes.get("text", "x").strip()) <= TEXT_LENGTH:
        message = _("A priority has between 1 and {count} characters.")
        raise Usage(message.format(count=TEXT_LENGTH))
    if "checks" in changes:
        checks = [(check.on, check.was, check.right) for check in changes["checks"]]
        changes["checks"] = rows.dump(checks)
    with db.write(N_("edit {what}"), now, what=priority.handle):
        rows.update(db, "priority", priority.id, changes, now, base_rev=base_rev)
    return get(db, priority.id)


def _check(kind: str | None, basis: str | None, rank: int | None) -> None:
    for value, choices in ((kind, KINDS), (basis, BASES)):
        if value is not None and value not in choices:
            raise Usage(
                _("{value} is none of: {choices}").format(
                    value=value, choices=", ".join(choices)
                )
            )
    if rank is not None and not 1 <= rank <= 5:
        raise Usage(_("A rank is a number from 1 to 5."))
