"""Writing a whole store anew beside itself, for another key, and putting it in its place.

The new file is read back as a restore would before it takes the old one's place. Whenever
that is cut off there is the old store or the new one, whole. Nobody else may have the store
open meanwhile.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import DiskFull, Refused, StoreBusy, StoreError
from plannertui.i18n import gettext as _
from plannertui.store import peek, seal, triggers
from plannertui.store.inbox import unread_path
from plannertui.store.key import NEWEST, SALT
from plannertui.store.open import connect, explain
from plannertui.store.prepare import lock, touch
from plannertui.store.refusing import many_names
from plannertui.store.seal import Seal

if TYPE_CHECKING:
    from plannertui.store.key import Key

IDENTITY, RECIPIENT = "age_identity", "age_recipient"
"""Where the store keeps the age key pair of its inbox, in ``meta``."""

_WIPE = 1 << 20


def convert(path: str, old: Key | None, new: Key | None) -> None:
    """Write the store at ``path``, opened by ``old``, anew so that ``new`` opens it.

    Raises StoreBusy while another program has it open, DiskFull without room for two.
    """
    path = os.path.realpath(path)
    part = path + ".part"
    _convertible(path, new)
    try:
        with lock(path), _no_capture(path, new):
            # Opened first and closed last: closing any other descriptor of a file lets
            # go of the locks that this process has on it.
            before = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            conn = connect(path, key=old)
            peek.took(path)
            try:
                alone(conn, path)
                copy_all(conn, part, new)
                _ready(conn, part, new)
                note = note_for(path, new)
                if old is None and note is not None:
                    # Before the file is sealed: without it nothing could be captured.
                    seal.write(path, note)
                os.replace(part, path)
                seal.sync_folder(path)
                wipe(before)
                if note is not None:
                    seal.write(path, note)
                else:
                    seal.remove(path)
            except BaseException:
                _go_on(conn, before, path)
                raise
            finally:
                conn.close()
                os.close(before)
                peek.left(path)
                clear(part)
    except driver.Error as error:
        raise explain(error, path) from error
    except OSError as error:
        if error.errno in (27, 28, 122):
            raise explain(driver.OperationalError("full"), path) from error
        message = _("{path} could not be written anew: {reason}. It is as it was.")
        raise StoreError(message.format(path=path, reason=error.strerror)) from error


def _convertible(path: str, new: Key | None) -> None:
    """Refuse what would be left behind: another name, or lines sealed to the old key."""
    names = os.stat(path).st_nlink if os.path.exists(path) else 1
    if names > 1:
        raise StoreError(many_names(path, names))
    unread = unread_path(path)
    if new is None and os.path.exists(unread) and os.path.getsize(unread):
        text = _(
            "{path} has sealed lines that could not be filed; without the passphrase "
            "nobody reads them again. See: ptui inbox --unread, --retry. Then take the "
            "file away."
        )
        raise Refused(text.format(path=unread))


def _no_capture(path: str, new: Key | None) -> Any:
    """Where the key goes with which lines were sealed, none may wait, and none be added."""
    from contextlib import nullcontext

    from plannertui.store.filing import closed

    return closed(path) if new is None else nullcontext()


def _go_on(conn: Any, file: int, path: str) -> None:
    """Let the store that stays be used by several again, as before."""
    try:
        if os.path.samestat(os.fstat(file), os.stat(path)):
            conn.execute("PRAGMA locking_mode = NORMAL").fetchall()
            conn.execute("PRAGMA journal_mode = WAL").fetchall()
    except (OSError, driver.Error):
        # A store with a rollback journal is as whole as any.
        pass


def check_alone(path: str, key: Key | None) -> None:
    """StoreBusy while another program has the store at ``path`` open; nothing changes.

    Nobody of this process may have it open either.
    """
    path = os.path.realpath(path)
    conn = connect(path, key=key)
    try:
        conn.execute("PRAGMA busy_timeout = 500").fetchall()
        conn.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("ROLLBACK")
    except driver.OperationalError as error:
        if "locked" not in str(error):
            raise explain(error, path) from error
        raise StoreBusy(busy(path)) from error
    finally:
        conn.close()


def alone(conn: Any, path: str) -> None:
    """Have the file for ourselves, whole and without a log beside it."""
    try:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        mode = conn.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        if mode != "delete":
            raise driver.OperationalError("database is locked")
        conn.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        conn.execute("BEGIN EXCLUSIVE")
        conn.execute("COMMIT")
    except driver.OperationalError as error:
        if "locked" not in str(error):
            raise
        raise StoreBusy(busy(path)) from error


def busy(path: str) -> str:
    """The words for a store that others have open."""
    message = _(
        "{path} is open in another window or program. Leave the planner there, "
        "then try again."
    )
    return message.format(path=path)


def copy_all(conn: Any, part: str, new: Key | None) -> None:
    """Write everything into ``part``, which only its owner can read."""
    clear(part)
    touch(part)
    spec = "" if new is None else new.spec
    conn.execute(f'ATTACH DATABASE ? AS part KEY "{spec}"', (part,))
    conn.execute("PRAGMA part.synchronous = FULL")
    conn.execute("SELECT sqlcipher_export('part')").fetchall()
    # The export leaves the numbers in the header behind.
    for name in ("application_id", "user_version"):
        number = conn.execute(f"PRAGMA main.{name}").fetchone()[0]
        conn.execute(f"PRAGMA part.{name} = {int(number)}")
    conn.execute("DETACH DATABASE part")


def _ready(conn: Any, part: str, new: Key | None) -> None:
    """Give ``part`` its own key pair, and read it back as a restore would."""
    with open(part, "rb") as file:
        plain = file.read(SALT) == seal.MAGIC
    if plain != (new is None):
        raise StoreError(_("The new file came out wrong. The old one is as it was."))
    copy = connect(part, key=new)
    try:
        if new is None:
            copy.execute("DELETE FROM meta WHERE key IN (?, ?)", (IDENTITY, RECIPIENT))
        else:
            give_identity(copy)
        copy.execute("PRAGMA journal_mode = WAL").fetchall()
        reason = differs(conn, copy)
    finally:
        copy.close()
    if reason:
        text = _("The new file could not be read back: {reason}. The old one stays.")
        raise DiskFull(text.format(reason=reason))
    with open(part, "rb") as file:
        os.fsync(file.fileno())


def differs(conn: Any, copy: Any) -> str:
    """What is wrong with ``copy``, a copy of all that ``conn`` has; "" if nothing is."""
    verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if verdict != "ok":
        return str(verdict)
    if copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
        return "foreign_key_check"
    if triggers.missing(copy):
        return "triggers"
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    names = [row[0] for row in conn.execute(tables).fetchall()]
    if names != [row[0] for row in copy.execute(tables).fetchall()]:
        return "tables"
    for name in names:
        count = f'SELECT count(*) FROM "{name}"'
        if name != "meta" and (
            conn.execute(count).fetchone() != copy.execute(count).fetchone()
        ):
            return str(name)
    return ""


def give_identity(conn: Any) -> str:
    """The public key of the store's inbox, made now where there is none."""
    row = conn.execute("SELECT value FROM meta WHERE key = ?", (RECIPIENT,)).fetchone()
    if row is not None:
        return str(row[0])
    from pyrage import x25519

    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    conn.execute("BEGIN IMMEDIATE")
    conn.executemany(
        "INSERT INTO meta (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [(IDENTITY, str(identity)), (RECIPIENT, public)],
    )
    conn.execute("COMMIT")
    return public


def note_for(path: str, key: Key | None) -> Seal | None:
    """The note of the store that ``path.part`` is to be."""
    if key is None:
        return None
    conn = connect(path + ".part", key=key)
    try:
        row = conn.execute(
            "SELECT value FROM meta WHERE key = ?", (RECIPIENT,)
        ).fetchone()
    finally:
        conn.close()
    earlier = seal.read(path) or Seal()
    return Seal(
        salt=key.salt.hex(),
        kdf=str(NEWEST),
        check=key.check,
        recipient=str(row[0]),
        language=earlier.language,
        day_start=earlier.day_start,
        year_start=earlier.year_start,
    )


def wipe(descriptor: int) -> None:
    """Overwrite the file that was replaced: for others that still wait to open it, too.

    Where the disk or its file system writes elsewhere, as flash and copy-on-write do,
    the old blocks can stay until they are used again.
    """
    zeros = bytes(_WIPE)
    try:
        size = os.fstat(descriptor).st_size
        for at in range(0, size, _WIPE):
            os.pwrite(descriptor, zeros[: min(_WIPE, size - at)], at)
        os.fsync(descriptor)
    except OSError:
        # The new store is in its place; a disk that is full changes nothing in that.
        pass


def clear(part: str) -> None:
    """Take a half-written file away, and overwrite what stood in it: it may be plain."""
    for side in ("", "-wal", "-shm", "-journal"):
        try:
            file = os.open(part + side, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            pass
        else:
            wipe(file)
            os.close(file)
        try:
            os.unlink(part + side)
        except FileNotFoundError:
            pass


def clear_left(path: str) -> None:
    """Take away what a change of key that was cut off has left beside the store."""
    with lock(path):
        clear(path + ".part")
        clear(path + ".part.first")
