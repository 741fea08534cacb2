"""A damaged store as it can still be read: sound tables from the file, others pieced together.

What can be read of a damaged table is put into a temporary one of the same name, in
memory, which stands before the other in every query. Nothing is written to any file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.store import damage, triggers
from plannertui.store.rescue import Rescue, opened

if TYPE_CHECKING:
    from plannertui.store.key import Key

TABLES = (
    *("handle", "meta", *triggers.NOUNS, *triggers.PARTS, "action", "current"),
    *("purging", "revision", "draft", "asked"),
)
INDEX = ("fts_data", "fts_idx", "fts_docsize", "fts_config", "fts_content")
# Without these the index of words is none; a table without contents has no more.
KEPT = ("fts", "fts_data", "fts_idx", "fts_docsize", "fts_config")
FTS = (
    "CREATE VIRTUAL TABLE temp.fts USING fts5(words, content='', contentless_delete=1, "
    "prefix='2 3', tokenize='porter unicode61 remove_diacritics 2')"
)


def connect(path: str, key: Key | None) -> Any:
    """A connection on which everything that can be read is read.

    Raises the driver's error where not even the list of tables can.
    """
    rescue = Rescue(path, key)
    try:
        schema = rescue.schema()
        if "handle" not in schema and "entry" not in schema:
            raise driver.DatabaseError("database disk image is malformed")
        ailing = _ailing(rescue, path, schema)
        conn = opened(path, key)
        try:
            conn.execute("PRAGMA query_only = OFF")
            conn.execute("PRAGMA foreign_keys = OFF")
            for name in ailing:
                if name != "fts" and schema.get(name):
                    _piece(conn, rescue, name)
            missing = {*TABLES, *KEPT} - schema.keys()
            if missing:
                _stand_in(conn, missing)
            anew = {"fts", *KEPT, *triggers.SEARCHED}
            if not anew.isdisjoint(ailing | missing):
                conn.execute(FTS)
                _feed(conn)
            conn.execute("PRAGMA query_only = ON")
        except BaseException:
            conn.close()
            raise
        return conn
    finally:
        rescue.close()


def _ailing(rescue: Rescue, path: str, schema: dict[str, str]) -> set[str]:
    """The tables that cannot be read as they are; the mark remembers them."""
    mark = damage.read(path)
    if mark is not None and mark.tables:
        return {*mark.tables}
    found = rescue.ailing([name for name in (*TABLES, *INDEX) if name in schema])
    if any(name in INDEX for name in found) or rescue.ailing(["fts"]):
        found = [name for name in found if name not in INDEX] + ["fts"]
    damage.mark(path, mark.what if mark else "", found)
    return {*found}


def _piece(conn: Any, rescue: Rescue, name: str) -> None:
    """Put what can be read of a table into a temporary one, with its indexes."""
    columns, keys = [], []
    for _at, column, kind, _null, default, key in conn.execute(
        f"PRAGMA main.table_info({name})"
    ).fetchall():
        given = "" if default is None else f" DEFAULT {default}"
        columns.append(f'"{column}" {kind}{" PRIMARY KEY" if key else given}')
        keys.append(column)
    if not columns:
        return
    conn.execute(f"CREATE TEMP TABLE {name} ({', '.join(columns)})")
    marks = ", ".join("?" * len(columns))
    found = rescue.table(name)
    for _number, row in sorted(found.rows.items()):
        try:
            conn.execute(f"INSERT INTO temp.{name} VALUES ({marks})", row)
        except driver.Error:
            # A row that a damaged page made up.
            continue
    for index, sql in conn.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? "
        "AND sql NOT NULL",
        (name,),
    ).fetchall():
        body = re.sub(r"(?s)^.*?\bON\b", "ON", sql, count=1)
        conn.execute(f'CREATE INDEX temp."{index}" {body}')


def _stand_in(conn: Any, missing: set[str]) -> None:
    """Put empty tables in the place of those that the list of tables has lost."""
    from plannertui.store.migrations import migrate

    whole = driver.connect(":memory:", isolation_level=None)
    try:
        migrate(whole)
        for name, sql in whole.execute(
            "SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index') "
            "AND sql NOT NULL ORDER BY type = 'index'"
        ).fetchall():
            if name in missing and name in TABLES:
                conn.execute(
                    re.sub(r"^CREATE (TABLE|(UNIQUE )?INDEX) ", r"CREATE \1 temp.", sql)
                )
    finally:
        whole.close()


def _feed(conn: Any) -> None:
    for table in triggers.SEARCHED:
        try:
            triggers.feed(conn, only=table)
        except driver.Error:
            # A table that is not there at all.
            continue
