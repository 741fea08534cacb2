"""Keeping the present state aside before a restore: a verified copy, or its very bytes."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import BadBackup, NotADatabase, StoreBusy
from plannertui.store import copying, peek, rewriting, seal, shelf
from plannertui.store.open import connect
from plannertui.store.tended import AT, FAILED, MISSED, NUMBER, TRIED

if TYPE_CHECKING:
    from plannertui.store.key import Key

# Where SQLite locks a file: somebody who has it open holds some of these bytes.
_LOCKED_AT, _LOCKED = 0x40000000, 512
# What of the present store's own notes goes on in the restored one.
_GOES_ON = (AT, TRIED, FAILED, MISSED, rewriting.IDENTITY, rewriting.RECIPIENT)


def folder(path: str) -> str:
    """Where the states before a restore of the store at ``path`` are kept."""
    return os.path.join(os.path.dirname(os.path.realpath(path)), "before-restore")


@contextmanager
def alone(path: str, key: Key | None) -> Iterator[tuple[Any | None, int]]:
    """The store's connection, None where it cannot be read, and its file; ours alone."""
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    # Opened first and closed last: closing any descriptor of a file lets go of the locks
    # that this process has on it.
    file = os.open(path, flags)
    peek.took(os.path.realpath(path))
    conn = None
    try:
        # One that is empty is not opened: there is nothing in it to be kept.
        if os.fstat(file).st_size and (key is not None or not seal.is_sealed(path)):
            conn = _readable(path, key)
        if conn is None:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKED, _LOCKED_AT)
            except BlockingIOError as error:
                raise StoreBusy(rewriting.busy(path)) from error
        yield conn, file
    finally:
        if conn is not None:
            if os.path.samestat(os.fstat(file), os.stat(path)):
                # Nothing took its place: it goes on as before.
                conn.execute("PRAGMA journal_mode = WAL").fetchall()
            conn.close()
        os.close(file)
        peek.left(os.path.realpath(path))


def _readable(path: str, key: Key | None) -> Any | None:
    """A connection to the store that nobody else has; None where it cannot be read.

    What is damaged is looked at without a pen: it has to be kept as it is.
    """
    conn = None
    try:
        conn = connect(path, readonly=True, key=key)
        copying.look(conn)
        whole = conn.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        conn.close()
        if not whole:
            return None
        conn = connect(path, key=key)
        rewriting.alone(conn, path)
    except BaseException as error:
        if conn is not None:
            conn.close()
        busy = "locked" in str(error)
        if isinstance(error, driver.DatabaseError | NotADatabase) and not busy:
            return None
        raise
    return conn


def keep(
    path: str, conn: Any | None, file: int, key: Key | None, now: datetime
) -> tuple[str, dict[str, str]]:
    """Keep the present state; where, and what goes on in the restored store."""
    if conn is None:
        return keep_raw(path, file, now), {}
    goes_on = {}
    for name in _GOES_ON:
        row = conn.execute("SELECT value FROM meta WHERE key = ?", (name,)).fetchone()
        if row is not None:
            goes_on[name] = row[0]
    row = conn.execute("SELECT value FROM meta WHERE key = ?", (NUMBER,)).fetchone()
    highest = int(row[0]) if row is not None and row[0].isdigit() else 0
    goes_on[NUMBER] = str(max(highest, shelf.highest(path)))
    final = _kept_name(path, now)
    try:
        copying.make(conn, final + copying.PART, key)
    except (BadBackup, NotADatabase):
        # Too damaged to be written anew: as it is, then.
        return keep_raw(path, file, now), goes_on
    copying.step("keep")
    os.rename(final + copying.PART, final)
    seal.sync_folder(final)
    return final, goes_on


def _kept_name(path: str, now: datetime) -> str:
    """A new name in the folder of what was kept, which is made where it is not there."""
    where = folder(path)
    copying.private_folder(where)
    for name in os.listdir(where):
        if name.endswith(copying.PART):
            copying.discard(os.path.join(where, name))
    number = 1
    while any(
        name.startswith(f"{shelf.stem(path)}-{number:06d}-")
        for name in os.listdir(where)
    ):
        number += 1
    return os.path.join(where, shelf.name(path, number, now))


def keep_raw(path: str, file: int | None, now: datetime) -> str:
    """Keep the store's files byte for byte, with the log; where."""
    final = _kept_name(path, now)
    for side in ("-wal", "-journal"):
        if os.path.exists(path + side):
            copying.put(path + side, final + side)
    if file is None:
        return final + "-wal"
    # Through the descriptor that holds the lock: another one, closed, would let go of it.
    with open(
        os.open(final + copying.PART, os.O_RDWR | copying.NEW, 0o600), "wb"
    ) as copy:
        at = 0
        while block := os.pread(file, copying.BLOCK, at):
            copy.write(block)
            at += len(block)
        copy.flush()
        os.fsync(copy.fileno())
    copying.step("keep")
    os.rename(final + copying.PART, final)
    seal.sync_folder(final)
    return final
