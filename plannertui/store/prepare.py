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

from plannertui.core.errors import DiskFull, StoreError
from plannertui.i18n import gettext as _
from plannertui.store.open import (
    APPLICATION_ID,
    SCHEMA,
    connect,
    explain,
    stamp,
)
from plannertui.store.refusing import foreign

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
    """Take every step that is due; the schema's number, set last, says it is whole."""
    found = conn.execute("PRAGMA user_version").fetchone()[0]
    if found >= SCHEMA:
        return
    tables = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    ours = conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if tables and found == 0 and not ours and not _half_made(conn):
        raise foreign(path)
    if tables and found:
        backup(conn, path, found, key)
    from plannertui.store.migrations import migrate

    conn.execute("PRAGMA journal_mode = WAL")
    migrate(conn)
    if conn.execute("SELECT 1 FROM meta WHERE key = 'seed'").fetchone() is None:
        # 53 bits, so that every JSON reader keeps it whole.
        conn.executemany(
            "INSERT INTO meta (key, value) VALUES (?, ?)",
            [("seed", str(secrets.randbits(53))), ("created_at", stamp(now))],
        )
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {SCHEMA}")


def _half_made(conn: Any) -> bool:
    """Whether an earlier start of ours was cut off while it made the tables."""
    row = conn.execute(
        "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
    ).fetchone()
    return row is not None


def backup(conn: Any, path: str, version: int, key: Key | None = None) -> str:
    """Copy the store beside itself before a migration, read the copy, give its path."""
    number = 1
    while os.path.exists(final := f"{path}.before-v{version + 1}-{number}"):
        number += 1
    part = final + ".part"
    if os.path.exists(part):
        os.unlink(part)
    touch(part)
    conn.execute("VACUUM INTO ?", (part,))
    copy = connect(part, key=key)
    try:
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        copy.close()
    if verdict != "ok":
        message = _("The backup before the migration could not be read back: {reason}")
        raise DiskFull(message.format(reason=verdict))
    with open(part, "rb") as file:
        os.fsync(file.fileno())
    os.replace(part, final)
    return final
