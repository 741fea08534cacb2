"""Matters: promises, things awaited, asks, tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from plannertui.core.boundary import check_kept, day_at
from plannertui.core.errors import EmptyText, NotFound, Refused, Usage
from plannertui.core.matters import (
    KINDS,
    NATURES,
    Matter,
    Move,
    check_close,
    check_closed,
    undecided,
)
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import refs, rows
from plannertui.store.open import Store, stamp

_SELECT = (
    "SELECT m.id, m.uid, h.letter || h.number, m.created_at, m.updated_at, m.rev, "
    "m.deleted_at, m.title, m.kind, m.nature, m.day, m.at, m.person_id, m.goal_id, "
    "m.origin, m.due, m.urgent, m.important, m.moves, m.boundary, m.state, "
    "m.closed_on, m.told_on, m.priority_id, m.carried, m.first_on, "
    "m.firsts FROM matter m JOIN handle h ON h.id = m.id"
)


def _matters(db: Store, found: Sequence[Sequence[Any]]) -> list[Matter]:
    """The matters of rows, with their links and tags read at once."""
    ids = [row[0] for row in found]
    pointed = [row[column] for row in found for column in (12, 13) if row[column]]
    named = rows.refs_by_id(db, pointed)
    links, tags = rows.refs_of(db, ids), rows.tags_of(db, ids)
    return [
        Matter(
            id=row[0],
            uid=row[1],
            handle=row[2],
            created_at=row[3],
            updated_at=row[4],
            rev=row[5],
            deleted_at=row[6],
            title=row[7],
            kind=row[8],
            nature=row[9],
            day=date.fromisoformat(row[10]),
            at=row[11],
            person=named.get(row[12]),
            goal=named.get(row[13]),
            origin=row[14],
            due=rows.day(row[15]),
            urgent=bool(row[16]),
            important=bool(row[17]),
            moves=tuple(
                Move(date.fromisoformat(old), rows.day(told))
                for old, told in rows.load(row[18])
            ),
            boundary=rows.load(row[19]),
            state=row[20],
            closed_on=rows.day(row[21]),
            told_on=rows.day(row[22]),
            priority_id=row[23],
            carried=tuple(date.fromisoformat(day) for day in rows.load(row[24])),
            first_on=rows.day(row[25]),
            firsts=tuple(date.fromisoformat(day) for day in rows.load(row[26])),
            refs=tuple(links[row[0]]),
            tags=tuple(tags[row[0]]),
        )
        for row in found
    ]


def get(db: Store, which: int | str) -> Matter:
    """The matter with this id or handle; raises NotFound."""
    number = (
        which
        if isinstance(which, int)
        else refs.need(db, which, "matter", trashed=True)[0]
    )
    row = db.one(f"{_SELECT} WHERE m.id = ?", (number,))
    if row is None:
        raise NotFound(_("There is no matter {name}.").format(name=which))
    return _matters(db, [row])[0]


def some(db: Store, ids: Iterable[int]) -> list[Matter]:
    """The matters with these ids, in this order, read at once."""
    wanted = list(ids)
    found: dict[int, Matter] = {}
    for part in rows.chunks(wanted):
        read = db.read(f"{_SELECT} WHERE m.id IN ({rows.marks(part)})", part)
        found |= {matter.id: matter for matter in _matters(db, read)}
    return [found[number] for number in wanted]


def ls(
    db: Store,
    *,
    kind: str | None = None,
    state: str | None = "open",
    person_id: int | None = None,
) -> list[Matter]:
    """Matters of one kind or all, in one state or all (None), the first due first.

    With ``person_id`` those alone that this person has to do with.
    """
    found = db.read(
        f"{_SELECT} WHERE m.deleted_at IS NULL AND (? IS NULL OR m.kind = ?) "
        "AND (? IS NULL OR m.state = ?) AND (? IS NULL OR m.person_id = ?) "
        "ORDER BY m.due IS NULL, m.due, m.id",
        (kind, kind, state, state, person_id, person_id),
    )
    return _matters(db, found)


def grey(db: Store, first: date, last: date) -> list[Matter]:
    """What came up in a span and is grey, or was looked at as such; the first due first."""
    found = db.read(
        f"{_SELECT} WHERE m.deleted_at IS NULL AND m.day BETWEEN ? AND ? "
        "AND (m.nature = 'grey' OR m.boundary IS NOT NULL) "
        "ORDER BY m.due IS NULL, m.due, m.id",
        (first.isoformat(), last.isoformat()),
    )
    return _matters(db, found)


def board(db: Store, since: date) -> list[Matter]:
    """What is open, the first due first, and after it what was closed since ``since``."""
    found = db.read(
        f"{_SELECT} WHERE m.deleted_at IS NULL AND (m.state = 'open' "
        "OR m.closed_on >= ?) ORDER BY m.state != 'open', "
        "CASE m.state WHEN 'open' THEN ifnull(m.due, '9999') ELSE '' END, "
        "m.closed_on DESC, m.id",
        (since.isoformat(),),
    )
    return _matters(db, found)


def add(
    db: Store,
    *,
    title: str,
    day: date,
    now: datetime,
    kind: str = "task",
    links: Iterable[int] = (),
    tags: Iterable[str] = (),
    timed: bool = True,
    **fields: Any,
) -> Matter:
    """Add a matter; ``links`` are ids of what it refers to, ``fields`` its columns.

    ``person_id`` and ``goal_id`` are ids; ``timed`` says that it is written as it comes.
    """
    _check(kind, fields.get("nature"))
    if fields.get("state", "open") != "open" and undecided(
        fields.get("nature", ""), fields.get("boundary")
    ):
        raise Refused(_("What is grey is closed by a decision: give one with it."))
    if not title.strip():
        raise EmptyText(_("There is nothing to write down: give some text."))
    with db.write(N_("add {what}"), now, what=kind):
        number, _handle = rows.insert(
            db,
            "matter",
            {
                "title": title,
                "kind": kind,
                "day": day,
                "at": stamp(now) if timed else None,
            }
            | _columns(fields),
            now,
        )
        rows.set_links(db, number, links)
        rows.set_tags(db, number, tags)
    return get(db, number)


def edit(
    db: Store,
    matter: Matter,
    now: datetime,
    *,
    base_rev: int | None = None,
    links: Iterable[int] | None = None,
    tags: Iterable[str] | None = None,
    **changes: Any,
) -> Matter:
    """Change fields of a matter; Conflict when ``base_rev`` is no longer its revision."""
    _check(changes.get("kind"), changes.get("nature"))
    if "title" in changes and not changes["title"].strip():
        raise EmptyText(_("There is nothing to write down: give some text."))
    with db.write(N_("edit {what}"), now, what=matter.handle):
        _check_record(db, matter, changes, now)
        rows.update(db, "matter", matter.id, _columns(changes), now, base_rev=base_rev)
        if links is not None:
            rows.set_links(db, matter.id, links)
        if tags is not None:
            rows.set_tags(db, matter.id, tags)
    return get(db, matter.id)


def done(db: Store, matter: Matter, day: date, now: datetime) -> Matter:
    """Close an open matter as done on ``day``; a grey one needs its decision first."""
    with db.write(N_("done {what}"), now, what=matter.handle):
        _close(db, matter)
        rows.update(db, "matter", matter.id, {"state": "done", "closed_on": day}, now)
    return get(db, matter.id)


def drop(
    db: Store, matter: Matter, day: date, told_on: date | None, now: datetime
) -> Matter:
    """Give an open matter up on ``day``; ``told_on`` is when the other side was told."""
    with db.write(N_("drop {what}"), now, what=matter.handle):
        _close(db, matter)
        rows.update(
            db,
            "matter",
            matter.id,
            {"state": "dropped", "closed_on": day, "told_on": told_on},
            now,
        )
    return get(db, matter.id)


def reopen(db: Store, matter: Matter, now: datetime) -> Matter:
    """Open a closed matter again."""
    with db.write(N_("reopen {what}"), now, what=matter.handle):
        rows.update(
            db,
            "matter",
            matter.id,
            {"state": "open", "closed_on": None, "told_on": None},
            now,
        )
    return get(db, matter.id)


def move(
    db: Store, matter: Matter, due: date, told_on: date | None, now: datetime
) -> Matter:
    """Give an open matter a new due date; the old one and the telling are kept."""
    with db.write(N_("move {what}"), now, what=matter.handle):
        # It may have been moved elsewhere since it was read.
        matter = get(db, matter.id)
        if matter.state != "open":
            message = _("{handle} is closed. Reopen it before moving it.")
            raise Refused(message.format(handle=matter.handle))
        moves = matter.moves
        if matter.due is not None and matter.due != due:
            moves = (*moves, Move(matter.due, told_on))
        rows.update(
            db, "matter", matter.id, _columns({"due": due, "moves": moves}), now
        )
    return get(db, matter.id)


def _check_record(
    db: Store, matter: Matter, changes: dict[str, Any], now: datetime
) -> None:
    """Refuse, inside a write, what takes words or the decision off a boundary record."""
    if not changes.keys() & {"nature", "state", "boundary"}:
        return
    there = get(db, matter.id)
    told = {name: changes[name] for name in ("nature", "state") if name in changes}
    boundary = changes.get("boundary", there.boundary)
    check_kept(there.boundary, boundary, day_at(now))
    after = replace(there, boundary=boundary, **told)
    if there.state == "open" or not undecided(there.nature, there.boundary):
        check_closed(after)


def _close(db: Store, matter: Matter) -> None:
    """Refuse to close, inside a write, what is closed by now or may not be."""
    matter = get(db, matter.id)
    if matter.state != "open":
        message = _(
            "{handle} is closed already. To open it again: ptui reopen {handle}"
        )
        raise Refused(message.format(handle=matter.handle))
    check_close(matter)


def _check(kind: str | None, nature: str | None) -> None:
    for value, choices in ((kind, KINDS), (nature, NATURES)):
        if value is not None and value not in choices:
            raise Usage(
                _("{value} is none of: {choices}").format(
                    value=value, choices=", ".join(choices)
                )
            )


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    values = dict(fields)
    if "carried" in values:
        values["carried"] = rows.dump(sorted(set(values["carried"])))
    if "firsts" in values:
        values["firsts"] = rows.dump(sorted(set(values["firsts"])))
    if "moves" in values:
        values["moves"] = rows.dump([[m.old_due, m.told_on] for m in values["moves"]])
    if values.get("boundary") is not None:
        values["boundary"] = rows.dump(values["boundary"])
    return values
