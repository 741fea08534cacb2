"""Copies of a whole store: made, read back as a restore would, and carried elsewhere."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import (
    BadBackup,
    DiskFull,
    PlannerError,
    Refused,
    StoreError,
)
from plannertui.i18n import gettext as _
from plannertui.store import peek
from plannertui.store.open import APPLICATION_ID, connect, explain
from plannertui.store.seal import MAGIC, sync_folder
from plannertui.store.search import match

if TYPE_CHECKING:
    from plannertui.store.key import Key

PART = ".part"
_PROBED = 400
TRIES = 3
BLOCK = 1 << 20
# Beside the copy itself: what a file system and a journal take.
SPARE = 1 << 20
NEW = os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Seen(NamedTuple):
    """What is in a store: rows by table, its shape, entries, and the last day written on.

    ``schema`` is its version; ``last`` is an ISO date, empty where there is no entry.
    ``finds`` tells whether a search for the newest entry finds it.
    """

    rows: dict[str, int]
    shape: tuple[tuple[str, ...], ...]
    schema: int
    entries: int
    last: str
    finds: bool


def step(name: str) -> None:
    """Called before each step of a backup and a restore; tests stop here."""


def look(conn: Any) -> Seen:
    """Count everything in the open store ``conn``."""
    shape = conn.execute(
        "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_master "
        "ORDER BY type, name"
    ).fetchall()
    names = [name for kind, name, *_rest in shape if kind == "table"]
    rows = {}
    for name in names:
        quoted = name.replace('"', '""')
        rows[name] = conn.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]
    entries, last = 0, ""
    if "entry" in rows:
        entries, last = conn.execute(
            "SELECT count(*), ifnull(max(day), '') FROM entry WHERE deleted_at IS NULL"
        ).fetchone()
    schema = conn.execute("PRAGMA user_version").fetchone()[0]
    finds = not entries or "fts" not in rows or _finds(conn)
    return Seen(rows, tuple(map(tuple, shape)), schema, entries, last, finds)


def check(path: str, key: Key | None) -> Seen:
    """Open the copy at ``path`` as a restore would, and look at every page of it.

    Raises BadBackup with the reason when it is not whole or cannot be opened by ``key``.
    """
    try:
        conn = connect(path, readonly=True, key=key)
    except PlannerError as error:
        raise BadBackup(error.message) from error
    try:
        # The first page tells whether the key is the right one.
        ours = conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        if not ours:
            raise bad(path, _("it is a database of another program"))
        wrong = []
        if key is not None:
            wrong = conn.execute("PRAGMA cipher_integrity_check").fetchall()
        wrong = wrong or conn.execute("PRAGMA integrity_check(5)").fetchall()
        if wrong and wrong[0][0] != "ok":
            raise bad(path, str(wrong[0][0]))
        if conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise bad(path, _("some rows point to what is not there"))
        seen = look(conn)
    except driver.Error as error:
        raise bad(path, str(error)) from error
    finally:
        conn.close()
    return seen


def bad(path: str, reason: str) -> BadBackup:
    """The error for a copy that is not whole."""
    message = _("{path} is damaged, or of another passphrase: {reason}")
    return BadBackup(message.format(path=path, reason=reason))


def _finds(conn: Any) -> bool:
    """Whether a search for a word of the newest entries finds it."""
    for number, text in conn.execute(
        "SELECT id, text FROM entry WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 5"
    ).fetchall():
        # The last word of a long text may be cut.
        words = text.split() if len(text) < _PROBED else text[:_PROBED].split()[:-1]
        wanted = next(filter(None, map(match, words)), None)
        if wanted is not None:
            row = conn.execute(
                "SELECT 1 FROM fts WHERE fts MATCH ? AND rowid = ?", (wanted, number)
            ).fetchone()
            return row is not None
    return True


def make(conn: Any, part: str, key: Key | None) -> Seen:
    """Write the open store ``conn`` into the new file ``part``, and read it back.

    Other programs may go on writing: what they do in between is in it or not, never half.
    Nothing is left at ``part`` when it fails. Raises DiskFull, BadBackup, StoreError.
    """
    try:
        room(conn, os.path.dirname(part))
        for _attempt in range(TRIES):
            before, others = look(conn), _others(conn)
            create(part)
            step("write")
            conn.execute("VACUUM INTO ?", (part,))
            step("check")
            seen = check(part, key)
            moved = _others(conn) != others
            if _fits(seen, before, look(conn) if moved else before):
                sync(part)
                return seen
            os.unlink(part)
            if not moved:
                break
    except BaseException as error:
        discard(part)
        if isinstance(error, driver.Error):
            raise explain(error, part) from error
        if isinstance(error, OSError):
            raise refused(part, error) from error
        raise
    raise bad(part, _("it does not hold what the store holds"))


def _others(conn: Any) -> int:
    """A number that changes when another connection has written."""
    found: int = conn.execute("PRAGMA data_version").fetchone()[0]
    return found


def _fits(seen: Seen, before: Seen, after: Seen) -> bool:
    """Whether a copy holds as many rows as the store did between two looks."""
    if (seen.shape, seen.finds) != (before.shape, before.finds):
        return False
    return before.shape == after.shape and all(
        min(count, after.rows[name]) <= seen.rows[name] <= max(count, after.rows[name])
        for name, count in before.rows.items()
    )


def room(conn: Any, folder: str) -> None:
    """DiskFull when ``folder`` has no room for what ``conn`` holds."""
    # With a key the driver gives the size of a page as text.
    size = 1
    for name in ("page_count", "page_size"):
        size *= int(conn.execute(f"PRAGMA {name}").fetchone()[0])
    try:
        status = os.statvfs(folder)
    except OSError as error:
        raise refused(folder, error) from error
    if status.f_bavail * status.f_frsize < size + SPARE:
        raise explain(driver.OperationalError("full"), folder)


def create(path: str) -> None:
    """Make a new empty file that only its owner can read; a link is never followed."""
    fd = os.open(path, os.O_RDWR | NEW, 0o600)
    try:
        _close_to_others(fd)
    finally:
        os.close(fd)


def _close_to_others(fd: int) -> None:
    try:
        os.fchmod(fd, 0o600)
    except PermissionError:
        # A stick that knows no modes.
        pass


def sync(path: str) -> None:
    """Make a file, and its name, last."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
    sync_folder(path)


def discard(path: str) -> None:
    """Take a file away that may not be there."""
    try:
        os.unlink(path)
    except OSError:
        pass


def check_target(path: str) -> None:
    """Refused for a file that is there already, or lies where anybody may rename it."""
    folder = os.path.dirname(path)
    if os.path.lexists(path):
        message = _("{path} is there already. Choose another name.")
        raise Refused(message.format(path=path))
    try:
        mode = os.stat(folder).st_mode
    except OSError as error:
        raise refused(folder, error) from error
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        message = _("Anybody may change what lies in {path}. Choose another folder.")
        raise Refused(message.format(path=folder))


def wipe(path: str) -> None:
    """Overwrite the file at ``path`` and delete it; OSError when that cannot be."""
    fd = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        left, zeros = os.fstat(fd).st_size, bytes(BLOCK)
        while left > 0:
            left -= os.write(fd, zeros[:left])
        os.fsync(fd)
    finally:
        os.close(fd)
    os.unlink(path)


def private_folder(folder: str) -> None:
    """Make ``folder`` for its owner alone; Refused for a link, a file or another's."""
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        status = os.lstat(folder)
        if not stat.S_ISDIR(status.st_mode):
            message = _("{path} is a link or no folder: no backup is put there.")
            raise Refused(message.format(path=folder))
        if hasattr(os, "getuid") and status.st_uid != os.getuid():
            message = _("{path} belongs to another user.")
            raise Refused(message.format(path=folder))
        if status.st_mode & 0o077:
            os.chmod(folder, 0o700)
    except FileExistsError as error:
        message = _("{path} is a link or no folder: no backup is put there.")
        raise Refused(message.format(path=folder)) from error
    except OSError as error:
        raise refused(folder, error) from error


def refused(path: str, error: OSError) -> StoreError:
    """``error`` of the system, in words that say what to do."""
    if error.errno in (27, 28, 122):
        # File too large, no space, quota.
        full = explain(driver.OperationalError("full"), path)
        assert isinstance(full, DiskFull)
        return full
    message = _("{path} cannot be written: {reason}")
    return StoreError(message.format(path=path, reason=error.strerror))


def is_sealed(path: str) -> bool:
    """Whether the copy at ``path`` needs a key."""
    return peek.head(path, len(MAGIC)) != MAGIC


def digest(path: str) -> str:
    """The SHA-256 of a file, hexadecimal."""
    from hashlib import file_digest

    with open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest()


def put(source: str, final: str) -> None:
    """Copy ``source`` to the new file ``final``, and read it back byte for byte.

    Raises StoreError, with nothing left there; a file that is there already is kept.
    """
    part = final + PART
    discard(part)
    try:
        target = os.open(part, os.O_RDWR | NEW, 0o600)
        with open(source, "rb") as data, open(target, "w+b") as copy:
            _close_to_others(copy.fileno())
            while block := data.read(BLOCK):
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        if digest(part) != digest(source):
            raise bad(final, _("it does not hold what the store holds"))
        step("put")
        name_new(part, final)
    except OSError as error:
        discard(part)
        raise refused(final, error) from error
    except PlannerError:
        discard(part)
        raise


def name_new(part: str, final: str) -> None:
    """Give ``part`` its name; FileExistsError when something has it already."""
    try:
        os.link(part, final)
        os.unlink(part)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        if os.path.lexists(final):
            raise FileExistsError(17, os.strerror(17), final) from None
        os.rename(part, final)
    sync_folder(final)
