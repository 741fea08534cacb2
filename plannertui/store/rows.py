"""Rows in and out: insert, update with a revision check, JSON, dates, links and tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from plannertui.core.errors import Conflict, NotFound
from plannertui.core.rows import Ref
from plannertui.core.text import clean
from plannertui.i18n import gettext as _
from plannertui.store.handles import LETTERS, new_handle, new_uid
from plannertui.store.items import chunks as chunks
from plannertui.store.items import marks as marks
from plannertui.store.open import Store, stamp


def dump(value: object) -> str:
    """``value`` as compact JSON; dates as ISO text, texts clean."""
    from json import dumps

    return dumps(_inner(value), ensure_ascii=False, separators=(",", ":"))


def _inner(value: object) -> object:
    if isinstance(value, dict):
        return {name: _inner(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_inner(item) for item in value]
    return clean(value) if isinstance(value, str) else _dated(value)


def _dated(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def load(text: str | None) -> Any:
    """The value of a JSON column, None for an empty one."""
    if text is None:
        return None
    if text == "[]":
        # What most columns of lists hold: a list of matters reads thousands of them.
        return []
    from json import loads

    return loads(text)


def day(text: str | None) -> date | None:
    """The date of a column, None for an empty one."""
    return None if text is None else date.fromisoformat(text)


def plain(value: object) -> object:
    """``value`` as a column keeps it: text clean, dates as ISO, truth as 0 and 1."""
    if isinstance(value, str):
        return clean(value)
    return int(value) if isinstance(value, bool) else _dated(value)


def insert(
    db: Store,
    table: str,
    values: dict[str, Any],
    now: datetime,
    *,
    letter: str = "",
) -> tuple[int, str]:
    """Insert a noun's row inside a write and give its id and handle.

    Column names come from this package, never from what people type.
    """
    number, handle = new_handle(db, letter or LETTERS[table], table)
    at = stamp(now)
    row = {
        "id": number,
        "uid": new_uid(now),
        "created_at": at,
        "updated_at": at,
    } | values
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    db.conn.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",
        [plain(value) for value in row.values()],
    )
    return number, handle


def update(
    db: Store,
    table: str,
    number: int,
    changes: dict[str, Any],
    now: datetime,
    *,
    base_rev: int | None = None,
) -> None:
    """Change a noun's row inside a write.

    Its stamp never goes back, as a moment, whatever clock and zone say. With ``base_rev``, raises Conflict when somebody has changed the row since; NotFound
    when it is gone.
    """
    names = ", ".join(f'"{name}" = ?' for name in changes)
    values = [plain(value) for value in changes.values()]
    where, key = "id = ?", [number]
    if base_rev is not None:
        where, key = "id = ? AND rev = ?", [number, base_rev]
    at = stamp(now)
    cursor = db.conn.execute(
        f"UPDATE {table} SET {names}{', ' if names else ''}rev = rev + 1, "
        "updated_at = CASE WHEN julianday(updated_at) > julianday(?) "
        f"THEN updated_at ELSE ? END WHERE {where}",
        [*values, at, at, *key],
    )
    if cursor.rowcount == 1:
        return
    there = db.conn.execute(f"SELECT 1 FROM {table} WHERE id = ?", (number,)).fetchone()
    if there is None:
        raise NotFound(_("It is no longer there; it may have been purged."))
    raise Conflict(_("It was changed elsewhere in the meantime; both are kept."))


def touch(db: Store, table: str, number: int, now: datetime) -> None:
    """Count a change to a part as a change of the noun it belongs to."""
    update(db, table, number, {}, now)


def refs_of(
    db: Store, owners: Sequence[int], role: str = "ref"
) -> dict[int, list[Ref]]:
    """The links of each of ``owners``, in the order they were made."""
    found: dict[int, list[Ref]] = {owner: [] for owner in owners}
    for part in chunks(owners):
        rows = db.read(
            f"SELECT link.from_id, h.id, h.letter || h.number, {LABEL} FROM link "
            f"JOIN handle h ON h.id = link.to_id {LABEL_JOINS} "
            f"WHERE link.role = ? AND link.from_id IN ({marks(part)}) ORDER BY link.id",
            (role, *part),
        )
        for owner, number, handle, label in rows:
            found[owner].append(Ref(number, handle, label))
    return found


def tags_of(db: Store, owners: Sequence[int]) -> dict[int, list[str]]:
    """The tags of each of ``owners``, in the order they were given."""
    found: dict[int, list[str]] = {owner: [] for owner in owners}
    for part in chunks(owners):
        rows = db.read(
            "SELECT owner_id, name FROM tag "
            f"WHERE owner_id IN ({marks(part)}) ORDER BY id",
            part,
        )
        for owner, name in rows:
            found[owner].append(name)
    return found


def set_links(db: Store, owner: int, ids: Iterable[int], role: str = "ref") -> None:
    """Make the links of ``owner`` exactly ``ids``, inside a write."""
    wanted = list(dict.fromkeys(ids))
    have = [
        row[0]
        for row in db.conn.execute(
            "SELECT to_id FROM link WHERE from_id = ? AND role = ?", (owner, role)
        )
    ]
    for number in have:
        if number not in wanted:
            db.conn.execute(
                "DELETE FROM link WHERE from_id = ? AND to_id = ? AND role = ?",
                (owner, number, role),
            )
    for number in wanted:
        if number not in have:
            db.conn.execute(
                "INSERT INTO link (from_id, to_id, role) VALUES (?, ?, ?)",
                (owner, number, role),
            )


def set_tags(db: Store, owner: int, names: Iterable[str]) -> None:
    """Make the tags of ``owner`` exactly ``names``, inside a write."""
    wanted = list(dict.fromkeys(clean(name) for name in names))
    have = [
        row[0]
        for row in db.conn.execute("SELECT name FROM tag WHERE owner_id = ?", (owner,))
    ]
    for name in have:
        if name not in wanted:
            db.conn.execute(
                "DELETE FROM tag WHERE owner_id = ? AND name = ?", (owner, name)
            )
    for name in wanted:
        if name not in have:
            db.conn.execute(
                "INSERT INTO tag (owner_id, name) VALUES (?, ?)", (owner, name)
            )


def ref(db: Store, number: int | None) -> Ref | None:
    """A link to the thing with this id, or None."""
    if number is None:
        return None
    row = db.one(
        f"SELECT h.id, h.letter || h.number, {LABEL} FROM handle h {LABEL_JOINS} "
        "WHERE h.id = ?",
        (number,),
    )
    return None if row is None else Ref(*row)


def refs_by_id(db: Store, numbers: Iterable[int]) -> dict[int, Ref]:
    """Links to the things with these ids, by id."""
    found: dict[int, Ref] = {}
    for part in chunks(list(dict.fromkeys(numbers))):
        for row in db.read(
            f"SELECT h.id, h.letter || h.number, {LABEL} FROM handle h {LABEL_JOINS} "
            f"WHERE h.id IN ({marks(part)})",
            part,
        ):
            found[row[0]] = Ref(*row)
    return found


# What people read for a link: an alias, a title, a first line. Handles named after
# their owner (L1.2) are put together by their own module.
LABEL_JOINS = (
    "LEFT JOIN person lp ON lp.id = h.id LEFT JOIN goal lg ON lg.id = h.id "
    "LEFT JOIN matter lm ON lm.id = h.id LEFT JOIN event le ON le.id = h.id "
    "LEFT JOIN situation ls ON ls.id = h.id LEFT JOIN entry lj ON lj.id = h.id "
    "LEFT JOIN priority lk ON lk.id = h.id"
)
LABEL = (
    "coalesce(lp.alias, lg.title, lm.title, le.title, ls.line, lj.text, lk.text, '')"
)
