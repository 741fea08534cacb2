"""Making a store, and bringing an older one to today's schema, one process at a time."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import StoreError
from plannertui.i18n import gettext as _
from plannertui.store.open import (
    APPLICATION_ID,
    SCHEMA,
    connect,
    explain,
    stamp,
)
from plannertui.store.refusing import foreign
from plannertui.store.tended import AT

if TYPE_CHECKING:
    from plannertui.store.key import Key


@contextmanager
def lock(path: str) -> Iterator[None]:
    """Hold the store's migration lock, waiting for whoever has it."""
    fd = os.open(path + ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def prepare(path: str, now: datetime, key: Key | None = None) -> None:
    """Make the store at ``path`` or migrate it; harmless when somebody else just did."""
    folder = os.path.dirname(path)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with lock(path):
            if not os.path.exists(path) or os.path.getsize(path) == 0:
                touch(path)
            conn = connect(path, key=key)
            try:
                _bring_up(conn, path, now, key)
            finally:
                conn.close()
    except driver.Error as error:
        raise explain(error, path) from error
    except OSError as error:
        if error.errno == 28:
            raise explain(driver.OperationalError("full"), path) from error
        message = _("{path} cannot be made: {reason}. Choose another place with --db.")
        raise StoreError(message.format(path=path, reason=error.strerror)) from error


def touch(path: str) -> None:
    """Make an empty file that only its owner can read, whatever the umask."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    fd = os.open(path, flags, 0o600)
    try:
        os.fchmod(fd, 0o600)
    finally:
        os.close(fd)


def _bring_up(conn: Any, path: str, now: datetime, key: Key | None) -> None:
    """Take every step that is due, all of them or none."""
    found = conn.execute("PRAGMA user_version").fetchone()[0]
    if found >= SCHEMA:
        return
    tables = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    ours = conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if tables and found == 0 and not ours and not _half_made(conn):
        raise foreign(path)
    made = ""
    if tables and found:
        from plannertui.store.backups import make_from

        made = make_from(conn, path, key, now, "migration").path
    from plannertui.store.migrations import migrate

    conn.execute(f"PRAGMA journal_mode = {_journal(path)}").fetchall()
    try:
        conn.execute("BEGIN IMMEDIATE")
        try:
            migrate(conn)
            _finish(conn, now)
            conn.execute("COMMIT")
        except BaseException:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            raise
    except Exception as error:
        if not made:
            raise
        message = _(
            "{path} could not be brought up to date: {reason}. Nothing of yours was "
            "changed; a backup from before is {backup}"
        )
        reason = str(error) or type(error).__name__
        raise StoreError(
            message.format(path=path, reason=reason, backup=made)
        ) from error


def _journal(path: str) -> str:
    """The kind of log: one that a network drive can keep, where it lies on one."""
    from plannertui.store.place import NETWORK, file_system

    return "DELETE" if file_system(os.path.dirname(path)) in NETWORK else "WAL"


def _finish(conn: Any, now: datetime) -> None:
    """What a store has besides its tables; its number, set last, says it is whole."""
    if conn.execute("SELECT 1 FROM meta WHERE key = 'seed'").fetchone() is None:
        # 53 bits, so that every JSON reader keeps it whole. The first backup is counted
        # from now on.
        conn.executemany(
            "INSERT INTO meta (key, value) VALUES (?, ?)",
            [
                ("seed", str(secrets.randbits(53))),
                ("created_at", stamp(now)),
                (AT, str(int(now.timestamp()))),
            ],
        )
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {SCHEMA}")


def _half_made(conn: Any) -> bool:
    """Whether an earlier start of ours was cut off while it made the tables."""
    row = conn.execute(
        "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
    ).fetchone()
    return row is not None
