"""Opening the store, and the one way to write to it.

On the shell's daily path: nothing is imported here that capture does not need.
"""

from __future__ import annotations

import os

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import NotADatabase, PlannerError, ReadOnly, StoreError
from plannertui.store import peek, refusing
from plannertui.store.folding import fts_text
from plannertui.store.refusing import explain as explain
from plannertui.store.refusing import late, sealed, which

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from types import TracebackType
    from typing import Any

    from plannertui.store.key import Key

SCHEMA = 3
APPLICATION_ID = 0x706C616E
BUSY_SECONDS = 5.0

# The kind of an ordinary file in the upper bits of its mode.
_REGULAR = 0o10


def stamp(now: datetime) -> str:
    """``now`` as ISO 8601 with milliseconds and offset."""
    return now.isoformat(timespec="milliseconds")


class Store:
    """An open store. ``readonly`` says that it cannot be written, ``notice`` why.

    ``key`` opened it, None for one that is not sealed. ``damaged``: part is left out.
    """

    __slots__ = (
        *("_file", "conn", "counted", "damaged", "depth", "group", "key", "notice"),
        *("path", "readonly"),
    )

    def __init__(
        self,
        conn: Any,
        path: str,
        *,
        readonly: bool = False,
        notice: str = "",
        key: Key | None = None,
    ) -> None:
        self.conn = conn
        self.path = path
        self.key = key
        self.readonly = readonly
        self.notice = notice
        self.damaged = self.counted = False
        self.depth = 0
        self.group: int | None = None
        self._file = which(path)

    def check_place(self) -> None:
        """Refuse to go on with a file that is no longer the one at its path.

        It was removed, or another was put there: what is written to the one that is
        open would be gone with it, and SQLite says nothing. Raises StoreError.
        """
        if which(self.path) != self._file:
            raise refusing.moved(self.path)

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of a query, with the driver's errors in our words."""
        try:
            rows: list[Any] = self.conn.execute(sql, values).fetchall()
        except driver.Error as error:
            if late("damage").met(self, error):
                return self.read(sql, values)
            raise explain(error, self.path) from error
        return rows

    def one(self, sql: str, values: Sequence[Any] = ()) -> Any | None:
        """The first row of a query, or None."""
        rows = self.read(sql, values)
        return rows[0] if rows else None

    def write(
        self, label: str, now: datetime, *, what: str = "", kind: str = "do"
    ) -> Write:
        """One action of the user as one transaction; calls inside join it.

        ``label`` is shown, translated, when the action is undone; ``what`` stands in
        it as {what}.
        """
        return Write(self, f"{label}\t{what}" if what else label, stamp(now), kind)

    def version(self) -> int:
        """A number that changes whenever this or another program has written."""
        seen: int = self.read("PRAGMA data_version")[0][0]
        own: int = self.conn.total_changes
        return (seen << 32) + own

    def meta(self, key: str) -> str | None:
        """A value the store keeps about itself, or None."""
        row = self.one("SELECT value FROM meta WHERE key = ?", (key,))
        return None if row is None else row[0]

    def set_meta(self, key: str, value: str) -> None:
        """Keep ``value`` under ``key``; no history, and not while read-only."""
        if self.readonly:
            return
        try:
            self.conn.execute(
                "INSERT INTO meta (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )
        except driver.Error as error:
            if not late("damage").met(self, error):
                raise explain(error, self.path) from error

    def remember(self, key: str, value: str) -> None:
        """Keep under ``key`` what can be reckoned again; nothing is lost if it fails."""
        try:
            self.set_meta(key, value)
        except StoreError:
            # A full disk or a busy writer is no reason not to read.
            pass

    @property
    def seed(self) -> int:
        """The number, made once, that orders this store's questions."""
        return int(self.meta("seed") or 0)

    def close(self) -> None:
        """Close the connection; the store cannot be used afterwards."""
        self.conn.close()
        if self.counted:
            self.counted = False
            peek.left(self.path)


class Write:
    """The transaction of one action; as a context it gives the action's number."""

    __slots__ = ("_at", "_kind", "_label", "_outer", "_store")

    def __init__(self, store: Store, label: str, at: str, kind: str) -> None:
        self._store = store
        self._label = label
        self._at = at
        self._kind = kind
        self._outer = False

    def __enter__(self) -> int:
        store = self._store
        if store.depth:
            store.depth += 1
            return store.group or 0
        if store.readonly:
            raise ReadOnly(store.notice or refusing.read_only(store.path))
        store.check_place()
        try:
            store.conn.execute("BEGIN IMMEDIATE")
        except driver.Error as error:
            raise late("damage").failed(store, error) from error
        try:
            cursor = store.conn.execute(
                "INSERT INTO action (at, label, kind) VALUES (?, ?, ?)",
                (self._at, self._label, self._kind),
            )
            store.conn.execute("UPDATE current SET group_id = ?", (cursor.lastrowid,))
        except BaseException as error:
            _rollback(store.conn)
            if isinstance(error, driver.Error):
                raise late("damage").failed(store, error) from error
            raise
        self._outer = True
        store.depth = 1
        store.group = cursor.lastrowid
        return store.group or 0

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        store = self._store
        store.depth -= 1
        if not self._outer:
            if isinstance(error, driver.Error):
                raise explain(error, store.path) from error
            return
        group, store.group = store.group, None
        if error is not None:
            _rollback(store.conn)
            if isinstance(error, driver.Error | NotADatabase):
                raise late("damage").failed(store, error) from error
            return
        try:
            # An action that changed nothing is no step to undo.
            store.conn.execute(
                "DELETE FROM action WHERE id = ? AND NOT EXISTS "
                "(SELECT 1 FROM revision WHERE group_id = ?)",
                (group, group),
            )
            store.conn.execute("UPDATE current SET group_id = NULL")
            store.conn.execute("COMMIT")
        except driver.Error as failure:
            _rollback(store.conn)
            raise late("damage").failed(store, failure) from failure


def _rollback(conn: Any) -> None:
    try:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
    except driver.Error:
        # A damaged page can make the whole connection useless: nothing was committed.
        pass


def connect(path: str, *, readonly: bool = False, key: Key | None = None) -> Any:
    """A connection with the store's settings; the one place where a key goes in."""
    conn = None
    try:
        if readonly:
            conn = driver.connect(
                peek.reading(path),
                timeout=BUSY_SECONDS,
                isolation_level=None,
                uri=True,
            )
        else:
            if refusing.is_gone(path):
                # What is written here would be a store without the passphrase.
                raise refusing.gone(path)
            conn = driver.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        conn.create_function("fts_text", 1, fts_text, deterministic=True)
        conn.execute("PRAGMA cipher_log_level = NONE").fetchall()
        if key is not None:
            # The engine locks and wipes the memory of the key itself. To have all of its
            # memory wiped (cipher_memory_security) costs 30 ms at each opening, and
            # the texts stand in the memory of Python all the same.
            conn.execute(f'PRAGMA key = "{key.spec}"').fetchall()
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA recursive_triggers = ON")
        conn.execute("PRAGMA synchronous = FULL")
        # What is erased is overwritten, not only let go of.
        conn.execute("PRAGMA secure_delete = ON").fetchall()
    except driver.Error as error:
        if conn is not None:
            conn.close()
        raise explain(error, path) from error
    return conn


def open_store(
    path: str, *, now: datetime, create: bool = True, key: Key | None = None
) -> Store:
    """Open the store at ``path``, made or migrated first where that is due.

    ``key`` opens a sealed store and makes a new one sealed; a plain store needs none.
    Raises NotFound (absent, not to be made), Locked (sealed, and no key), WrongPassphrase,
    NotADatabase, StoreError. A file with several names is only read.
    """
    path = os.path.realpath(path)
    size, names, notice = -1, 1, ""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise refusing.unopenable(path) from error
    else:
        # Anything but a file (a folder, a pipe, a device) is not even opened.
        if status.st_mode >> 12 != _REGULAR:
            raise refusing.no_file(path)
        size, names = status.st_size, status.st_nlink
    if size < 0 and not create:
        raise refusing.absent(path)
    if size > 0 and not os.access(path, os.R_OK):
        raise refusing.unopenable(path)
    if names > 1:
        notice = refusing.many_names(path, names)
    elif size > 0 and not all(
        os.access(each, os.W_OK) for each in (path, os.path.dirname(path))
    ):
        notice = refusing.read_only(path)
    if size <= 0:
        if refusing.is_gone(path):
            raise refusing.gone(path)
        late("prepare").prepare(path, now, key)
    elif not sealed(path):
        key = None
    elif key is None:
        raise refusing.locked(path)
    with peek.opening:
        db = _opened(path, now, key, notice)
        peek.took(path)
    db.counted = True
    return db


def _opened(path: str, now: datetime, key: Key | None, notice: str) -> Store:
    """The store of a file that is there, in the shape of this version."""
    readonly = bool(notice)
    if os.path.exists(path + ".damaged"):
        return late("damage").opened(path, key)  # type: ignore[no-any-return]
    if not readonly and os.path.exists(path + "-wal"):
        notice = late("logs").checked(path, key)
    try:
        conn = connect(path, readonly=readonly, key=key)
    except NotADatabase as error:
        return late("damage").opened(path, key, error)  # type: ignore[no-any-return]
    try:
        found = conn.execute("PRAGMA user_version").fetchone()[0]
        if found < SCHEMA:
            if readonly:
                raise explain(driver.OperationalError("readonly"), path)
            conn.close()
            late("prepare").prepare(path, now, key)
            conn = connect(path, key=key)
        elif conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise refusing.foreign(path)
        elif found > SCHEMA:
            return Store(conn, path, readonly=True, notice=refusing.newer(), key=key)
    except driver.Error as error:
        conn.close()
        if "malformed" in str(error):
            return late("damage").opened(path, key, error)  # type: ignore[no-any-return]
        raise explain(error, path) from error
    except PlannerError:
        conn.close()
        raise
    return Store(conn, path, readonly=readonly, notice=notice, key=key)
