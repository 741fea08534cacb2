"""Everything in the store as one JSON document, and back (see ``merge`` for back).

The document: ``{"format": "plannertui", "version": 1, "schema": …, "exported_at": …,
"tables": {name: [row, …], …}}``; a row is an object of the table's columns. Real names
never leave the store unless that is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.day import stamp
from plannertui.store.open import SCHEMA, Store, explain
from plannertui.store.triggers import NOUNS, PARTS, columns

FORMAT = "plannertui"
VERSION = 1
# The search index is made from the texts; ``current`` and ``purging`` live for a moment.
TABLES = (
    "handle",
    *NOUNS,
    *PARTS,
    "asked",
    "draft",
    "action",
    "revision",
    "meta",
    "sqlite_sequence",
)
BATCH = 2000
# What the store remembers of this machine: its settings file, its calendar package,
# which notifications it has given, its backups, the keys of its inbox and what it has just
# filed out of it.
OWN = (
    "key IN ('settings', 'notified', 'age_identity', 'age_recipient') "
    "OR key LIKE 'workyear:%' OR key LIKE 'filed:%' OR substr(key, 1, 7) = 'backup_'"
)


def export_chunks(db: Store, *, now: datetime, names: bool = False) -> Iterator[str]:
    """The document in pieces, of the store as it is at one moment.

    Real names, and the former ones in the history, are left out without ``names``.
    """
    try:
        db.conn.execute("BEGIN")
        try:
            yield from _document(db, now, names)
        finally:
            try:
                db.conn.execute("ROLLBACK")
            except driver.ProgrammingError:
                # Nobody read to the end, and the store was closed before this was.
                pass
    except driver.Error as error:
        raise explain(error, db.path) from error


def export_all(db: Store, *, now: datetime, names: bool = False) -> dict[str, Any]:
    """The document as one value."""
    document: dict[str, Any] = json.loads(
        "".join(export_chunks(db, now=now, names=names))
    )
    return document


def real_names(db: Store) -> int:
    """How many people have a real name in the store."""
    row = db.one("SELECT count(*) FROM person WHERE name IS NOT NULL AND name != ''")
    return 0 if row is None else int(row[0])


def _document(db: Store, now: datetime, names: bool) -> Iterator[str]:
    head = {
        "format": FORMAT,
        "version": VERSION,
        "schema": SCHEMA,
        "exported_at": stamp(now),
    }
    yield json.dumps(head)[:-1] + ', "tables": {'
    for number, table in enumerate(TABLES):
        yield f'{"," if number else ""}\n"{table}": ['
        yield from _rows(db, table, names)
        yield "\n]"
    yield "\n}}\n"


def _rows(db: Store, table: str, names: bool) -> Iterator[str]:
    """The rows of ``table``, one a line; SQLite writes the JSON, which is fastest."""
    kept = {name: f'"{name}"' for name in columns(db.conn, table)}
    if not names:
        if table == "person":
            kept["name"] = "NULL"
        elif table == "revision":
            kept["before"] = (
                "CASE WHEN tbl = 'person' AND before IS NOT NULL "
                "THEN json_set(before, '$.name', NULL) || '' ELSE before END"
            )
    row = ", ".join(f"'{name}', {value}" for name, value in kept.items())
    where = f" WHERE NOT ({OWN})" if table == "meta" else ""
    cursor = db.conn.execute(
        f"SELECT json_object({row}) FROM {table}{where} ORDER BY rowid"
    )
    before = "\n"
    while batch := cursor.fetchmany(BATCH):
        yield before + ",\n".join([text for (text,) in batch])
        before = ",\n"
