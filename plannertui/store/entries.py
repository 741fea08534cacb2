"""Entries of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from plannertui.core.entries import KINDS, SHARES, Entry, Win
from plannertui.core.errors import EmptyText, NotFound, Usage
from plannertui.core.rows import Ref
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import refs, rows
from plannertui.store.open import Store, stamp

_SELECT = (
    "SELECT e.id, e.uid, h.letter || h.number, e.created_at, e.updated_at, e.rev, "
    "e.deleted_at, e.kind, e.text, e.day, e.at, e.about, e.prompt, e.period, e.win, "
    "e.mirror, e.snapshot, e.share, e.revisit_on FROM entry e JOIN handle h ON h.id = e.id"
)


def _entries(db: Store, found: Sequence[Sequence[Any]]) -> list[Entry]:
    """The entries of rows, with their links and tags read at once."""
    ids = [row[0] for row in found]
    links, tags = rows.refs_of(db, ids), rows.tags_of(db, ids)
    return [_entry(row, links[row[0]], tags[row[0]]) for row in found]


def _entry(row: Sequence[Any], links: Iterable[Ref], tags: Iterable[str]) -> Entry:
    return Entry(
        id=row[0],
        uid=row[1],
        handle=row[2],
        created_at=row[3],
        updated_at=row[4],
        rev=row[5],
        deleted_at=row[6],
        kind=row[7],
        text=row[8],
        day=date.fromisoformat(row[9]),
        at=row[10],
        about=rows.day(row[11]),
        prompt=row[12],
        period=row[13],
        win=_win(row[14]),
        mirror=rows.load(row[15]),
        snapshot=rows.load(row[16]),
        share=row[17],
        revisit_on=rows.day(row[18]),
        refs=tuple(links),
        tags=tuple(tags),
    )


def _win(text: str | None) -> Win | None:
    fields = rows.load(text)
    if fields is None:
        return None
    fields["witnesses"] = tuple(fields.get("witnesses", ()))
    fields["credit"] = tuple(fields.get("credit", ()))
    fields["used_on"] = rows.day(fields.get("used_on"))
    return Win(**fields)


def get(db: Store, which: int | str) -> Entry:
    """The entry with this id or handle; raises NotFound."""
    number = (
        which
        if isinstance(which, int)
        else refs.need(db, which, "entry", trashed=True)[0]
    )
    row = db.one(f"{_SELECT} WHERE e.id = ?", (number,))
    if row is None:
        raise NotFound(_("There is no entry {name}.").format(name=which))
    return _entries(db, [row])[0]


def some(db: Store, ids: Iterable[int]) -> list[Entry]:
    """The entries with these ids, in this order, read at once; less what is gone."""
    wanted = list(ids)
    found: dict[int, Entry] = {}
    for part in rows.chunks(wanted):
        read = db.read(f"{_SELECT} WHERE e.id IN ({rows.marks(part)})", part)
        found |= {entry.id: entry for entry in _entries(db, read)}
    return [found[number] for number in wanted if number in found]


def add(
    db: Store,
    *,
    text: str,
    day: date,
    now: datetime,
    kind: str = "note",
    links: Iterable[int] = (),
    tags: Iterable[str] = (),
    timed: bool = True,
    **fields: Any,
) -> Entry:
    """Write an entry; ``links`` are ids, ``timed`` says that it is written on its day."""
    _check(kind, fields.get("share"))
    if not text.strip():
        raise EmptyText(_("There is nothing to write down: give some text."))
    with db.write(N_("write {what}"), now, what=kind):
        number, _handle = rows.insert(
            db,
            "entry",
            {
                "kind": kind,
                "text": text,
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
    entry: Entry,
    now: datetime,
    *,
    base_rev: int | None = None,
    links: Iterable[int] | None = None,
    tags: Iterable[str] | None = None,
    **changes: Any,
) -> Entry:
    """Change fields of an entry; Conflict when ``base_rev`` is no longer its revision."""
    _check(changes.get("kind"), changes.get("share"))
    if "text" in changes and not changes["text"].strip():
        raise EmptyText(
            _(
                "An entry is never emptied by saving. Remove it with: ptui rm {handle}"
            ).format(handle=entry.handle)
        )
    with db.write(N_("edit {what}"), now, what=entry.handle):
        rows.update(db, "entry", entry.id, _columns(changes), now, base_rev=base_rev)
        if links is not None:
            rows.set_links(db, entry.id, links)
        if tags is not None:
            rows.set_tags(db, entry.id, tags)
    return get(db, entry.id)


def wins(
    db: Store,
    *,
    goal_id: int | None = None,
    since: date = date.min,
    until: date = date.max,
) -> list[Entry]:
    """Wins, of one goal or all, from ``since`` to ``until``, newest first."""
    found = db.read(
        f"{_SELECT} WHERE e.kind = 'win' AND e.deleted_at IS NULL AND (? IS NULL OR "
        "e.id IN (SELECT from_id FROM link WHERE to_id = ?)) "
        "AND e.day BETWEEN ? AND ? ORDER BY e.day DESC, e.id DESC",
        (goal_id, goal_id, since.isoformat(), until.isoformat()),
    )
    return _entries(db, found)


def _check(kind: str | None, share: str | None) -> None:
    for value, choices in ((kind, KINDS), (share, SHARES)):
        if value is not None and value not in choices:
            raise Usage(
                _("{value} is none of: {choices}").format(
                    value=value, choices=", ".join(choices)
                )
            )


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    values = dict(fields)
    if isinstance(values.get("win"), Win):
        # Blanks prove nothing.
        given = asdict(values["win"])
        values["win"] = {
            name: text.strip() if isinstance(text, str) else text
            for name, text in given.items()
        }
    for name in ("win", "mirror", "snapshot"):
        if values.get(name) is not None:
            values[name] = rows.dump(values[name])
    return values
