"""Where things came from: what each import has read, and what it did not understand.

Writing is done inside the write of the import, so that undoing one forgets it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from plannertui.core.text import clean
from plannertui.store.open import Store
from plannertui.store.rows import chunks, dump, load, marks


class Foreign(NamedTuple):
    """A thing of a file: ``source`` and ``key`` name it there, ``item_id`` is what it became.

    ``item_id`` is None for what a file says of itself. ``kept`` is what was not
    understood, ``seen`` a digest of what was last read.
    """

    source: str
    key: str
    item_id: int | None
    kept: dict[str, Any]
    seen: str


GONE = "gone:"
_SELECT = "SELECT source, key, item_id, kept, seen FROM foreign_item"


def of_source(db: Store, source: str) -> dict[str, Foreign]:
    """Everything that came from ``source``, by its key there."""
    found = db.read(f"{_SELECT} WHERE source = ? ORDER BY id", (source,))
    return {row[1]: _foreign(row) for row in found}


def of_items(db: Store, ids: list[int]) -> dict[int, list[Foreign]]:
    """Where the things with these ids came from; those made here are left out."""
    found: dict[int, list[Foreign]] = {}
    for part in chunks(ids):
        for row in db.read(
            f"{_SELECT} WHERE item_id IN ({marks(part)}) ORDER BY id", part
        ):
            found.setdefault(row[2], []).append(_foreign(row))
    return found


def sources(db: Store) -> dict[str, int]:
    """How many things came from each source, by its name."""
    return dict(
        db.read(
            "SELECT source, count(item_id) FROM foreign_item GROUP BY source "
            "ORDER BY source"
        )
    )


def put(db: Store, item: Foreign) -> None:
    """Remember ``item``, in place of what was known by its source and key."""
    db.conn.execute(
        "INSERT INTO foreign_item (source, key, item_id, kept, seen) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (source, key) DO UPDATE SET "
        "item_id = excluded.item_id, kept = excluded.kept, seen = excluded.seen",
        (clean(item.source), clean(item.key), item.item_id, dump(item.kept), item.seen),
    )


def drop(db: Store, source: str, key: str) -> None:
    """Forget that a thing came from there; the thing itself stays."""
    db.conn.execute(
        "DELETE FROM foreign_item WHERE source = ? AND key = ?", (source, key)
    )


def gone_key(source: str, key: str) -> str:
    """What stays of a key once its thing is purged: enough to know it again, no words."""
    from hashlib import blake2b

    name = f"{source}\0{key}".encode(errors="replace")
    return GONE + blake2b(name, digest_size=16).hexdigest()


def erase(db: Store, number: int) -> None:
    """Keep of a thing that is purged only that it came and is not wanted back."""
    execute = db.conn.execute
    for row, source, key in execute(
        "SELECT id, source, key FROM foreign_item WHERE item_id = ?", (number,)
    ).fetchall():
        execute(
            "UPDATE OR REPLACE foreign_item SET key = ?, item_id = NULL, kept = '{}', "
            "seen = '' WHERE id = ?",
            (gone_key(source, key), row),
        )


def by_uid(db: Store, noun: str, uids: Sequence[str]) -> dict[str, int]:
    """The ids of the things of ``noun`` with these uids."""
    found: dict[str, int] = {}
    wanted: list[Any] = list(uids)
    for part in chunks(wanted):
        found.update(
            db.read(f"SELECT uid, id FROM {noun} WHERE uid IN ({marks(part)})", part)
        )
    return found


def columns(
    db: Store, noun: str, names: Sequence[str], ids: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """Id, handle, rev, when deleted, and the columns ``names`` of these things."""
    wanted = "".join(f', t."{name}"' for name in names)
    for part in chunks(list(ids)):
        yield from db.read(
            f"SELECT t.id, h.letter || h.number, t.rev, t.deleted_at{wanted} "
            f"FROM {noun} t JOIN handle h ON h.id = t.id WHERE t.id IN ({marks(part)})",
            part,
        )


def rev(db: Store, noun: str, number: int) -> int | None:
    """How often a thing was changed, None where there is none; in the same write."""
    row = db.conn.execute(f"SELECT rev FROM {noun} WHERE id = ?", (number,)).fetchone()
    return None if row is None else int(row[0])


@contextmanager
def whole(db: Store) -> Iterator[None]:
    """What is written in here is written whole or, after an error, not at all.

    The write around it goes on.
    """
    db.conn.execute("SAVEPOINT one")
    try:
        yield
    except BaseException:
        # A full disk may have ended the transaction by itself.
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK TO one")
            db.conn.execute("RELEASE one")
        raise
    db.conn.execute("RELEASE one")


def _foreign(row: Any) -> Foreign:
    return Foreign(row[0], row[1], row[2], load(row[3]), row[4])
