"""Reading what can still be read of a damaged database; the file is only read.

A scan stops at the first page that does not hold together. What lies behind it is reached
by looking rows up by their ids: first where the next readable one is, then one by one.
In a sealed store a damaged page makes the connection useless: it is opened anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.store import peek
from plannertui.store.folding import fts_text
from plannertui.store.open import BUSY_SECONDS
from plannertui.store.triggers import NOUNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.store.key import Key

FIRST = -(1 << 63)
# How far one looks beyond the damage where nothing says how many rows there are.
BEYOND = 2000
# The longest step over rows that cannot be read, of a few pages.
STEP = 64
MOST_LOOKUPS = 200_000
FEW_LOOKUPS = 40
MOST_ROWS = 20_000_000


@dataclass(slots=True)
class Found:
    """The rows of a table that could be read, by rowid, and the ids that could not.

    ``lost`` are spans of ids, first and last; not every id in them was one of a row.
    """

    columns: list[str]
    rows: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    lost: list[tuple[int, int]] = field(default_factory=list)

    def holds(self, number: int) -> bool:
        """Whether the row with this id may be among those that could not be read."""
        return any(first <= number <= last for first, last in self.lost)


class Rescue:
    """Reads the damaged database at ``path``, opened by ``key`` where it is sealed.

    ``lasting``: every page can be decrypted, so that a connection goes on after an error.
    """

    def __init__(
        self, path: str, key: Key | None = None, *, lasting: bool = False
    ) -> None:
        self.path = path
        self.key = key
        self.lasting = lasting or key is None
        self._conn: Any = None

    @property
    def conn(self) -> Any:
        """The connection of the moment; opened where there is none."""
        if self._conn is None:
            self._conn = opened(self.path, self.key)
        return self._conn

    def again(self) -> None:
        """Let go of a connection that may be useless now."""
        if not self.lasting:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None

    def attempt(self, sql: str, values: Sequence[Any] = ()) -> list[Any] | None:
        """The rows of a query, None where it cannot be answered."""
        try:
            rows: list[Any] = self.conn.execute(sql, values).fetchall()
        except driver.Error:
            self.again()
            return None
        return rows

    def schema(self) -> dict[str, str]:
        """Name and SQL of every table, as far as they can be read."""
        found: dict[str, str] = {}
        try:
            for name, sql in self.conn.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
            ):
                found[name] = sql or ""
        except driver.Error:
            self.again()
        return found

    def ailing(self, tables: Sequence[str]) -> list[str]:
        """Those of ``tables`` that are not sound, their indexes included."""
        found = []
        for table in tables:
            said = self.attempt(f'PRAGMA integrity_check("{table}")')
            if said != [("ok",)]:
                found.append(table)
                self.again()
        return found

    def table(self, name: str) -> Found:
        """Everything of a table that can be read."""
        columns = [row[1] for row in self.attempt(f"PRAGMA table_info({name})") or ()]
        found = Found(columns)
        if not columns:
            return found
        start = FIRST
        while True:
            last, whole = self._scan(name, start, found)
            if whole:
                break
            bad = max(start, 1) if last is None else last + 1
            top = self._top(name, bad)
            following = self._beyond(name, bad, top)
            found.lost.append(
                (bad, bad if following == bad else (following or top) - 1)
            )
            if following is None:
                found.lost[-1] = (bad, max(bad, top))
                break
            start = bad + 1 if following == bad else following
        self._one_by_one(name, found)
        return found

    def _scan(self, name: str, start: int, found: Found) -> tuple[int | None, bool]:
        """Read on from the id ``start``: the last id read, and whether to the end."""
        last = None
        try:
            for row in self.conn.execute(
                f"SELECT rowid, * FROM {name} NOT INDEXED WHERE rowid >= ? ORDER BY rowid",
                (start,),
            ):
                if row[0] < start or (last is not None and row[0] <= last):
                    # A damaged page leads astray.
                    return last, False
                found.rows[row[0]] = row[1:]
                last = row[0]
        except driver.Error:
            self.again()
            return last, False
        return last, True

    def _top(self, name: str, bad: int) -> int:
        """The highest id that there can be."""
        # A noun has the id of its handle.
        owner = "handle" if name in NOUNS or name == "milestone" else name
        for sql in (
            f"SELECT seq FROM sqlite_sequence WHERE name = '{owner}'",
            f"SELECT max(rowid) FROM {name} NOT INDEXED",
            f"SELECT max(rowid) FROM {name}",
        ):
            said = self.attempt(sql)
            # A damaged page can make up any number.
            if said and isinstance(said[0][0], int) and bad <= said[0][0] < MOST_ROWS:
                return int(said[0][0])
        return bad + BEYOND

    def _beyond(self, name: str, bad: int, top: int) -> int | None:
        """The first id from ``bad`` on from which one can read again, None for none."""
        sql = f"SELECT rowid FROM {name} NOT INDEXED WHERE rowid >= ? ORDER BY rowid LIMIT 1"
        low, at, step = bad - 1, bad, 1
        while at <= top:
            said = self.attempt(sql, (at,))
            if said is not None:
                break
            low, at, step = at, at + step, min(step * 2, STEP)
        else:
            return None
        while at - low > 1:
            middle = (low + at) // 2
            if self.attempt(sql, (middle,)) is None:
                low = middle
            else:
                at = middle
        said = self.attempt(sql, (at,))
        return int(said[0][0]) if said else None

    def _one_by_one(self, name: str, found: Found) -> None:
        """Look up what a scan did not reach."""
        left = MOST_LOOKUPS if self.lasting else FEW_LOOKUPS
        for first, last in found.lost:
            for number in range(first, last + 1):
                if left <= 0:
                    return
                left -= 1
                said = self.attempt(
                    f"SELECT rowid, * FROM {name} NOT INDEXED WHERE rowid = ?",
                    (number,),
                )
                if said and said[0][0] == number:
                    found.rows[number] = said[0][1:]


def opened(path: str, key: Key | None) -> Any:
    """A connection that reads what it can; nothing is written, whatever is asked of it."""
    conn = driver.connect(
        peek.reading(path),
        timeout=BUSY_SECONDS,
        isolation_level=None,
        uri=True,
        check_same_thread=False,
    )
    conn.text_factory = _text
    conn.create_function("fts_text", 1, fts_text, deterministic=True)
    conn.execute("PRAGMA cipher_log_level = NONE").fetchall()
    if key is not None:
        conn.execute(f'PRAGMA key = "{key.spec}"').fetchall()
    # What of the shape can be read is used, and a file that was cut off is opened.
    conn.execute("PRAGMA writable_schema = ON")
    conn.execute("PRAGMA query_only = ON")
    return conn


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
