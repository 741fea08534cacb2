"""Opening the store, and the one way to write to it.

On the shell's daily path: nothing is imported here that capture does not need.
"""

from __future__ import annotations

import os

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import (
    DiskFull,
    NotADatabase,
    NotFound,
    PlannerError,
    ReadOnly,
    StoreBusy,
    StoreError,
)
from plannertui.i18n import gettext as _
from plannertui.store.folding import fts_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from types import TracebackType
    from typing import Any

SCHEMA = 3
APPLICATION_ID = 0x706C616E
BUSY_SECONDS = 5.0

# The kind of an ordinary file in the upper bits of its mode.
_REGULAR = 0o10


def explain(error: Exception, path: str) -> PlannerError:
    """``error`` of the database driver, in words that say what to do."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        message = _("Another program is writing to {path}. Try again in a moment.")
        return StoreBusy(message.format(path=path))
    if "full" in text or "disk i/o" in text or "file too large" in text:
        message = _("No room to write to {path}. Free some space and try again.")
        return DiskFull(message.format(path=path))
    if "readonly" in text:
        message = _("{path} can only be read. Check its permissions.")
        return ReadOnly(message.format(path=path))
    if "not a database" in text or "malformed" in text or "encrypted" in text:
        message = _(
            "{path} is not a planner's database, or it is damaged. Nothing was "
            "changed. Look at it with 'ptui doctor', or choose another with --db."
        )
        return NotADatabase(message.format(path=path))
    if "unable to open" in text:
        message = _(
            "{path} cannot be opened. Check the folder and its permissions, "
            "or choose another place with --db."
        )
        return StoreError(message.format(path=path))
    return StoreError(_("The store failed: {error}").format(error=error))


def stamp(now: datetime) -> str:
    """``now`` as ISO 8601 with milliseconds and offset."""
    return now.isoformat(timespec="milliseconds")


class Store:
    """An open store. ``readonly`` says that it cannot be written, ``notice`` why."""

    __slots__ = ("conn", "depth", "group", "notice", "path", "readonly")

    def __init__(
        self, conn: Any, path: str, *, readonly: bool = False, notice: str = ""
    ) -> None:
        self.conn = conn
        self.path = path
        self.readonly = readonly
        self.notice = notice
        self.depth = 0
        self.group: int | None = None

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of a query, with the driver's errors in our words."""
        try:
            rows: list[Any] = self.conn.execute(sql, values).fetchall()
        except driver.Error as error:
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
        seen: int = self.conn.execute("PRAGMA data_version").fetchone()[0]
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
            raise ReadOnly(
                store.notice
                or _("{path} can only be read. Check its permissions.").format(
                    path=store.path
                )
            )
        try:
            store.conn.execute("BEGIN IMMEDIATE")
        except driver.Error as error:
            raise explain(error, store.path) from error
        try:
            cursor = store.conn.execute(
                "INSERT INTO action (at, label, kind) VALUES (?, ?, ?)",
                (self._at, self._label, self._kind),
            )
            store.conn.execute("UPDATE current SET group_id = ?", (cursor.lastrowid,))
        except BaseException as error:
            _rollback(store.conn)
            if isinstance(error, driver.Error):
                raise explain(error, store.path) from error
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
            if isinstance(error, driver.Error):
                raise explain(error, store.path) from error
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
            raise explain(failure, store.path) from failure


def _rollback(conn: Any) -> None:
    if conn.in_transaction:
        conn.execute("ROLLBACK")


def connect(path: str, *, readonly: bool = False) -> Any:
    """A connection with the store's settings; the one place where a key would go in."""
    try:
        if readonly:
            from urllib.parse import quote

            # Without a write-ahead log nobody is writing, and the folder may be
            # one in which SQLite cannot make its side files.
            mode = "mode=ro" if os.path.exists(path + "-wal") else "immutable=1"
            conn = driver.connect(
                f"file:{quote(os.fsencode(path))}?{mode}",
                timeout=BUSY_SECONDS,
                isolation_level=None,
                uri=True,
            )
        else:
            conn = driver.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        conn.create_function("fts_text", 1, fts_text, deterministic=True)
        conn.execute("PRAGMA cipher_log_level = NONE").fetchall()
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA recursive_triggers = ON")
        conn.execute("PRAGMA synchronous = FULL")
        # What is erased is overwritten, not only let go of.
        conn.execute("PRAGMA secure_delete = ON").fetchall()
    except driver.Error as error:
        raise explain(error, path) from error
    return conn


def _newer() -> str:
    return _(
        "This store was made by a newer version of plannertui. It can be read, "
        "not written: install the newer version."
    )


def open_store(path: str, *, now: datetime, create: bool = True) -> Store:
    """Open the store at ``path``, made or migrated first where that is due.

    Raises NotFound when it is absent and ``create`` is false, NotADatabase when the file
    is something else, StoreError when it cannot be opened. A file with several names is
    only read: a log written under one is not seen under the other.
    """
    path = os.path.realpath(path)
    size, names = -1, 1
    try:
        status = os.stat(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise explain(driver.OperationalError("unable to open"), path) from error
    else:
        # Anything but a plain file (a folder, a pipe, a device) is not even opened.
        if status.st_mode >> 12 != _REGULAR:
            message = _("{path} is no ordinary file. Choose another with --db.")
            raise NotADatabase(message.format(path=path))
        size, names = status.st_size, status.st_nlink
    if size < 0 and not create:
        raise NotFound(
            _("There is no planner at {path} yet. Write something first.").format(
                path=path
            )
        )
    if size > 0 and not os.access(path, os.R_OK):
        raise explain(driver.OperationalError("unable to open"), path)
    notice = ""
    if names > 1:
        notice = _("{path} has {count} names (hard links): it is only read. Keep one.")
        notice = notice.format(path=path, count=names)
    elif size > 0 and not (
        os.access(path, os.W_OK) and os.access(os.path.dirname(path), os.W_OK)
    ):
        notice = _("{path} can only be read. Check its permissions.").format(path=path)
    readonly = bool(notice)
    if size <= 0:
        _prepare(path, now)
    conn = connect(path, readonly=readonly)
    try:
        found = conn.execute("PRAGMA user_version").fetchone()[0]
        if found < SCHEMA:
            if readonly:
                raise explain(driver.OperationalError("readonly"), path)
            conn.close()
            _prepare(path, now)
            conn = connect(path)
        elif conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise foreign(path)
        elif found > SCHEMA:
            return Store(conn, path, readonly=True, notice=_newer())
    except driver.Error as error:
        conn.close()
        raise explain(error, path) from error
    except PlannerError:
        conn.close()
        raise
    return Store(conn, path, readonly=readonly, notice=notice)


def foreign(path: str) -> NotADatabase:
    """The error for a database that some other program has made."""
    message = _("{path} is a database of another program. Choose another with --db.")
    return NotADatabase(message.format(path=path))


def _prepare(path: str, now: datetime) -> None:
    from plannertui.store.prepare import prepare

    prepare(path, now)


__all__ = ["Store", "connect", "explain", "open_store", "stamp"]
