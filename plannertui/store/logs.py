"""The write-ahead log beside a store: whether something of it was lost to damage.

SQLite goes by the frames of the log up to the first that is not whole, and says nothing.
That is right after a crash, whose last frames nobody was told are kept. A whole commit
behind it, of the same log, was kept and is lost. Imported only where a log is found.
"""

from __future__ import annotations

import os
import struct
import sys
from fcntl import F_GETLK, F_UNLCK, F_WRLCK, LOCK_EX, LOCK_NB, fcntl, lockf
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2 as driver

from plannertui.i18n import gettext as _
from plannertui.store import peek

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.store.key import Key

HEADER, FRAME = 32, 24
MAGICS = {0x377F0682: "little", 0x377F0683: "big"}
MOST_KEPT = 9
OPEN_BYTE = 128


class Log(NamedTuple):
    """A log as it lay there: its salts, its last commit, whether its header is whole.

    ``copied`` is how many of its frames the file itself has for certain.
    """

    salts: bytes
    last_commit: int
    whole: bool
    copied: int = 0


def look(path: str) -> Log | None:
    """The log beside the store at ``path``, before SQLite opens it; None without one."""
    try:
        with open(path + "-wal", "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(HEADER)
            page = int.from_bytes(head[8:12], "big") if len(head) == HEADER else 0
            if size < HEADER + FRAME:
                return None
            if not 512 <= page <= 65536:
                return Log(b"", 0, False)
            salts, last, at, number = head[16:24], 0, HEADER, 0
            while at + FRAME + page <= size:
                number += 1
                frame = os.pread(file.fileno(), FRAME, at)
                if frame[8:16] == salts and frame[4:8] != b"\0\0\0\0":
                    last = number
                at += FRAME + page
    except OSError:
        return None
    known, copied = _index(path, salts)
    return Log(salts, max(last, known), _sums(head), copied)


def _index(path: str, salts: bytes) -> tuple[int, int]:
    """The frames that the index of this log knew, and those copied into the file."""
    try:
        head = os.pread(_index_of(path), 100, 0)
    except OSError:
        return 0, 0
    whole = len(head) == 100 and head[:48] == head[48:96] and head[12] == 1
    if not whole or head[32:40] != salts:
        return 0, 0
    return (
        int.from_bytes(head[16:20], sys.byteorder),
        int.from_bytes(head[96:100], sys.byteorder),
    )


def _sums(head: bytes) -> bool:
    """Whether the checksum of the header is right."""
    order = MAGICS.get(int.from_bytes(head[:4], "big"))
    if order is None:
        return False

    def number(raw: Sequence[int]) -> int:
        return int.from_bytes(bytes(raw), "little" if order == "little" else "big")

    first = second = 0
    for at in range(0, 24, 8):
        first = (first + number(head[at : at + 4]) + second) & 0xFFFFFFFF
        second = (second + number(head[at + 4 : at + 8]) + first) & 0xFFFFFFFF
    return head[24:32] == first.to_bytes(4, "big") + second.to_bytes(4, "big")


def checked(path: str, key: Key | None) -> str:
    """Look at the log before the store is opened to be written; what to say, else "".

    Never while it is open, here or elsewhere: a log that grows is no damaged one.
    A damaged log is kept beside the store. Where the file is ahead of what is left of it,
    the log is taken away: SQLite would put its old pages over the newer ones.
    """
    if peek.in_use(path) or _shared(path):
        # Who has it open has read the log, and minds it.
        return ""
    before = _stirred(path)
    log = look(path)
    if log is None:
        return ""
    found = _found(path, key, log)
    if found is None or not _alone(path) or _stirred(path) != before:
        # Somebody came in meanwhile, and it was his writing that we saw.
        return ""
    kept = _keep(path)
    if log.copied > found or _is_older(path, log, found):
        for side in ("-wal", "-shm"):
            try:
                os.unlink(path + side)
            except OSError:
                pass
    said = _(
        "The log beside {path} was damaged: what was written last may be missing. It "
        "is open as it was at the last commit that is whole."
    ).format(path=path)
    if kept:
        said += " " + _("The damaged log is kept: {path}").format(path=kept)
    return said


def _stirred(path: str) -> tuple[int, int, int] | None:
    """What changes when somebody writes to the log; None without one."""
    try:
        status = os.stat(path + "-wal")
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _found(path: str, key: Key | None, log: Log) -> int | None:
    """How many frames SQLite finds whole, where it leaves out a commit; else None."""
    from plannertui.store.rescue import opened

    conn = None
    try:
        conn = opened(path, key)
        try:
            conn.execute("PRAGMA schema_version").fetchone()
        except driver.DatabaseError:
            # Whatever there is to say of the pages, the log was read.
            pass
        found = int(conn.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()[1])
        with open(path + "-wal", "rb", buffering=0) as file:
            salts = file.read(HEADER)[16:24]
    except (driver.Error, OSError):
        return None
    finally:
        if conn is not None:
            conn.close()
    if log.whole:
        return found if found < log.last_commit and salts == log.salts else None
    return found if found <= 0 else None


def _index_of(path: str) -> int:
    """A descriptor of the index of the log; OSError without one.

    It stays open as long as the store is: closing it lets go of all locks on the index.
    """
    return peek.kept_open(path + "-shm", path, os.O_RDWR)


def _shared(path: str) -> bool:
    """Whether another process has the store open, as far as the system tells."""
    if sys.platform != "linux":
        return False
    asked = struct.pack("hhqqi4x", F_WRLCK, os.SEEK_SET, OPEN_BYTE, 1, 0)
    try:
        said = fcntl(_index_of(path), F_GETLK, asked)
    except OSError:
        return False
    return bool(struct.unpack("hhqqi4x", said)[0] != F_UNLCK)


def _alone(path: str) -> bool:
    """Whether no other process has the store open; none comes in from now on."""
    try:
        # Everybody who has a log open shares this byte of its index.
        lockf(_index_of(path), LOCK_EX | LOCK_NB, 1, OPEN_BYTE)
    except FileNotFoundError:
        # Without an index nobody reads the log.
        return True
    except OSError:
        return False
    return True


def _is_older(path: str, log: Log, found: int) -> bool:
    """Whether the file has pages of the log from behind the damage already."""
    try:
        with (
            open(path + "-wal", "rb", buffering=0) as file,
            open(path, "rb", buffering=0) as base,
        ):
            page = int.from_bytes(file.read(HEADER)[8:12], "big")
            at, size = HEADER + found * (FRAME + page), os.fstat(file.fileno()).st_size
            while at + FRAME + page <= size:
                frame = os.pread(file.fileno(), FRAME + page, at)
                number = int.from_bytes(frame[:4], "big")
                there = os.pread(base.fileno(), page, (number - 1) * page)
                if frame[8:16] == log.salts and there == frame[FRAME:]:
                    return True
                at += FRAME + page
    except (OSError, ValueError):
        pass
    return False


def _keep(path: str) -> str:
    """Copy the log aside, for its owner only; where, "" where it cannot be."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    for number in range(1, MOST_KEPT + 1):
        name = f"{path}.damaged-log-{number}"
        try:
            fd = os.open(name, flags, 0o600)
        except FileExistsError:
            continue
        except OSError:
            return ""
        try:
            os.fchmod(fd, 0o600)
            with open(path + "-wal", "rb") as file, os.fdopen(fd, "wb") as copy:
                copy.write(file.read())
        except OSError:
            return ""
        return name
    return ""
