"""Where things came from: what each import has read, and what it did not understand.

Writing is done inside the write of the import, so that undoing one forgets it again.
"""

from __future__ import annotations

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


def _foreign(row: Any) -> Foreign:
    return Foreign(row[0], row[1], row[2], load(row[3]), row[4])
