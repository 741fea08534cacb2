"""Situations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from plannertui.core.errors import EmptyText, NotFound, Usage
from plannertui.core.situations import KINDS, LINE_LENGTH, STATES, Situation
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import refs, rows
from plannertui.store.open import Store, stamp

_SELECT = (
    "SELECT s.id, s.uid, h.letter || h.number, s.created_at, s.updated_at, s.rev, "
    "s.deleted_at, s.kind, s.line, s.day, s.at, s.person_id, s.clock, s.facts, "
    's.chair, s.heart, s.options, s.move, s.predicted, s.actual, s."match", s.close, '
    "s.state, s.closed_on FROM situation s JOIN handle h ON h.id = s.id"
)
_PARTS = ("facts", "chair", "heart", "options", "move", "close")


def _situation(db: Store, row: Sequence[Any]) -> Situation:
    return Situation(
        id=row[0],
        uid=row[1],
        handle=row[2],
        created_at=row[3],
        updated_at=row[4],
        rev=row[5],
        deleted_at=row[6],
        kind=row[7],
        line=row[8],
        day=date.fromisoformat(row[9]),
        at=row[10],
        person=rows.ref(db, row[11]),
        clock=row[12],
        facts=rows.load(row[13]),
        chair=rows.load(row[14]),
        heart=rows.load(row[15]),
        options=rows.load(row[16]),
        move=rows.load(row[17]),
        predicted=row[18],
        actual=row[19],
        match=row[20],
        close=rows.load(row[21]),
        state=row[22],
        closed_on=rows.day(row[23]),
    )


def get(db: Store, which: int | str) -> Situation:
    """The situation with this id or handle; raises NotFound."""
    number = (
        which
        if isinstance(which, int)
        else refs.need(db, which, "situation", trashed=True)[0]
    )
    row = db.one(f"{_SELECT} WHERE s.id = ?", (number,))
    if row is None:
        raise NotFound(_("There is no situation {name}.").format(name=which))
    return _situation(db, row)


def ls(db: Store, state: str | None = "open") -> list[Situation]:
    """Situations in one state or all (None), newest first."""
    found = db.read(
        f"{_SELECT} WHERE s.deleted_at IS NULL AND (? IS NULL OR s.state = ?) "
        "ORDER BY s.day DESC, s.id DESC",
        (state, state),
    )
    return [_situation(db, row) for row in found]


def add(
    db: Store,
    *,
    line: str,
    day: date,
    now: datetime,
    kind: str = "emergency",
    timed: bool = True,
    **fields: Any,
) -> Situation:
    """Open a situation with its one line."""
    _check({"line": line, "kind": kind} | fields)
    with db.write(N_("open {what}"), now, what=kind):
        number, _handle = rows.insert(
            db,
            "situation",
            {
                "line": line,
                "kind": kind,
                "day": day,
                "at": stamp(now) if timed else None,
            }
            | _columns(fields),
            now,
        )
    return get(db, number)


def edit(
    db: Store,
    situation: Situation,
    now: datetime,
    *,
    base_rev: int | None = None,
    **changes: Any,
) -> Situation:
    """Change fields of a situation."""
    _check(changes)
    with db.write(N_("edit {what}"), now, what=situation.handle):
        rows.update(
            db, "situation", situation.id, _columns(changes), now, base_rev=base_rev
        )
    return get(db, situation.id)


def _check(values: dict[str, Any]) -> None:
    if not values.get("line", "x").strip():
        raise EmptyText(_("There is nothing to write down: give some text."))
    if len(values.get("line", "")) > LINE_LENGTH:
        message = _("The line has at most {count} characters.")
        raise Usage(message.format(count=LINE_LENGTH))
    for name, choices in (("kind", KINDS), ("state", STATES)):
        if name in values and values[name] not in choices:
            raise Usage(
                _("{value} is none of: {choices}").format(
                    value=values[name], choices=", ".join(choices)
                )
            )


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    values = dict(fields)
    for name in _PARTS:
        if name in values:
            values[name] = rows.dump(values[name])
    return values
