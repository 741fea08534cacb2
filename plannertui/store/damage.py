"""A store that was found damaged: a mark beside it lets everybody only read it.

The mark says what was met, and which tables; when is the time of its file. It goes when
a backup or a salvaged copy takes the store's place, or a repair finds the file sound.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import NotADatabase, PlannerError, ReadOnly
from plannertui.store import peek, refusing
from plannertui.store.seal import MAGIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from plannertui.store.key import Key
    from plannertui.store.open import Store

MARK = ".damaged"
FIRST = "plannertui damaged 1"
_MOST = 4096
# How often a running check asks whether it should stop, in steps of the engine.
_STEPS = 20_000
_WORDS = ("malformed", "corrupt", "vtable constructor failed", "could not decode")


class Mark:
    """What a mark says: ``what`` was met, in which ``tables``; ``at`` its Unix time."""

    __slots__ = ("at", "tables", "what")

    def __init__(self, what: str, tables: tuple[str, ...], at: float = 0.0) -> None:
        self.what = what
        self.tables = tables
        self.at = at


def mark_path(path: str) -> str:
    """Where the mark of the store at ``path`` lies."""
    return path + MARK


def is_damage(error: BaseException) -> bool:
    """Whether the driver says that pages do not hold together."""
    text = str(error).lower()
    return any(word in text for word in _WORDS)


def read(path: str) -> Mark | None:
    """The mark beside the store at ``path``, None where there is none."""
    try:
        fd = os.open(mark_path(path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        at = os.fstat(fd).st_mtime
        rows = os.read(fd, _MOST).decode("utf-8", "replace").split("\n")
    except OSError:
        rows, at = [], 0.0
    finally:
        os.close(fd)
    fields = dict(row.partition(" ")[::2] for row in rows[1:])
    tables = tuple(name for name in fields.get("tables", "").split() if _plain(name))
    return Mark(fields.get("what", ""), tables, at)


def _plain(name: str) -> bool:
    return name.isascii() and name.replace("_", "").isalnum()


def mark(path: str, what: str, tables: Iterable[str] = ()) -> None:
    """Put a mark beside the store; where it cannot be put, nothing is said."""
    text = "\n".join([FIRST, f"what {' '.join(what.split())[:200]}"])
    names = " ".join(tables)
    text += f"\ntables {names}\n" if names else "\n"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        fd = os.open(mark_path(path), flags, 0o600)
    except OSError:
        return
    try:
        os.fchmod(fd, 0o600)
        os.write(fd, text.encode())
        os.fsync(fd)
    except OSError:
        pass
    finally:
        os.close(fd)


def clear(path: str) -> bool:
    """Take the mark away; whether there was one."""
    try:
        os.unlink(mark_path(path))
    except FileNotFoundError:
        return False
    return True


def met(db: Store, error: BaseException) -> bool:
    """Whether ``error`` told of damage, and what can be read is read from now on.

    Everybody else who opens the store is told, too.
    """
    if db.damaged or not is_damage(error):
        return False
    if db.depth:
        # Told now, since what was begun fails; read otherwise once it is over.
        mark(db.path, str(error))
        return False
    return turn(db, str(error))


def failed(db: Store, error: Exception) -> PlannerError:
    """The error of a write that was rolled back, in our words."""
    cause = error if isinstance(error, driver.Error) else error.__cause__
    if isinstance(cause, driver.Error) and met(db, cause):
        return ReadOnly(db.notice)
    if isinstance(error, PlannerError):
        return error
    return refusing.explain(error, db.path)


def turn(db: Store, what: str) -> bool:
    """Mark the open store as damaged, and read of it what can be read; whether one can.

    Not inside a write: what was begun must be rolled back first.
    """
    from plannertui.store import shadow

    mark(db.path, what)
    try:
        conn = shadow.connect(db.path, db.key)
    except driver.Error:
        return False
    db.conn.close()
    db.conn, db.readonly, db.damaged = conn, True, True
    db.notice = refusing.ailing(db.path)
    return True


def opened(path: str, key: Key | None, error: Exception | None = None) -> Store:
    """The damaged store at ``path`` as it can be read; it is marked where it is not yet.

    Raises WrongPassphrase for another key, NotADatabase for what is no planner's database
    or cannot be read at all. ``error`` is what was met; None where there is a mark. What
    was met in a file that was replaced just now is no damage of this one: StoreError.
    """
    from plannertui.store import shadow
    from plannertui.store.open import Store

    if error is not None and not _met_again(path, key):
        raise refusing.moved(path) from error

    if key is not None:
        from plannertui.store.sealing import opens, unopened

        if not opens(path, key):
            raise unopened(path, key) from error
    elif error is not None and not _ours(path):
        if isinstance(error, NotADatabase):
            raise error
        raise refusing.explain(error, path) from error
    try:
        if error is not None:
            mark(path, str(error.__cause__ or error))
        conn = shadow.connect(path, key)
    except driver.Error as failure:
        raise refusing.damaged(path) from failure
    db = Store(conn, path, readonly=True, notice=refusing.ailing(path), key=key)
    db.damaged = True
    return db


def _met_again(path: str, key: Key | None) -> bool:
    """Whether the file that has the name now cannot be opened either."""
    from plannertui.store.open import connect

    try:
        conn = connect(path, readonly=True, key=key)
        try:
            for name in ("user_version", "application_id"):
                conn.execute(f"PRAGMA {name}").fetchone()
        finally:
            conn.close()
    except (PlannerError, driver.Error):
        return True
    return False


def _ours(path: str) -> bool:
    """Whether the header of a plain file says that it is a planner's."""
    from plannertui.store.open import APPLICATION_ID

    try:
        head = peek.head(path, 100)
    except OSError:
        return False
    whole = len(head) == 100 and head.startswith(MAGIC)
    return whole and int.from_bytes(head[68:72], "big") == APPLICATION_ID


def look(
    path: str, key: Key | None, stop: Callable[[], bool] = lambda: False
) -> str | None:
    """What is wrong with the pages of the store, "" for nothing, None when stopped.

    On a connection of its own, so that it may run in a thread; the file is only read.
    """
    from plannertui.store.rescue import opened

    said: str | None = ""
    for _again in range(2):
        # A page that a checkpoint was just writing is whole when it is read again.
        if stop():
            return None
        try:
            conn = opened(path, key)
        except driver.Error as error:
            return str(error) if is_damage(error) else None
        try:
            conn.set_progress_handler(lambda: int(stop()), _STEPS)
            said = _verdict(conn, key)
        except driver.Error as error:
            if stop() or "interrupted" in str(error):
                return None
            # What is locked or gone is no damage.
            said = str(error) if is_damage(error) else None
        finally:
            conn.close()
        if not said:
            break
    return said


def _verdict(conn: Any, key: Key | None) -> str:
    if key is not None:
        pages = conn.execute("PRAGMA cipher_integrity_check").fetchall()
        if pages:
            return str(pages[0][0])
    found = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    return "" if found == "ok" else str(found).split("\n")[-1]
