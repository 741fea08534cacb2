"""Filing what was captured while the store was locked: each line once, at its own time.

A line is filed in a transaction of its own that also notes down its uid, and the inbox is
emptied only after all of them; then the notes go. So a crash anywhere repeats nothing and
loses nothing. The lock on the inbox is held throughout.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field
from errno import EINVAL
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import (
    Locked,
    PlannerError,
    ReadOnly,
    Refused,
    StoreBusy,
    StoreError,
)
from plannertui.core.slip import read
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store.capture import LABEL, Filed, file_capture, read_slip
from plannertui.store.inbox import (
    END,
    Inbox,
    content,
    inbox_path,
    pieces,
    put,
    said,
    unread_path,
)
from plannertui.store.open import explain, stamp
from plannertui.store.rewriting import IDENTITY
from plannertui.store.seal import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pyrage.x25519 import Identity

    from plannertui.core.slip import Slip
    from plannertui.store.open import Store

MEMO = "filed:"
_MOST_HANDLES = 6
_SAFE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
# What the database says of a value, not of itself.
_OF_THE_LINE = (driver.IntegrityError, driver.DataError, driver.InterfaceError)


@dataclass(slots=True)
class Filing:
    """What became of the lines that waited.

    ``filed`` are those filed now, ``told`` what is to be known of single ones; ``unread``
    counts those that were put beside because they could not be filed, ``failed`` says why
    the rest still waits; ``busy``: because another program has the inbox just now.
    """

    filed: list[Filed] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    unread: int = 0
    failed: str = ""
    busy: bool = False
    path: str = ""

    @property
    def lines(self) -> list[str]:
        """All of that in words, each on a line of its own."""
        found = []
        if self.filed:
            handles = [each.handle for each in self.filed]
            names = " ".join(handles[:_MOST_HANDLES])
            if len(handles) > _MOST_HANDLES:
                names += " …"
            text = ngettext(
                "{count} line that was captured while locked is filed: {names}",
                "{count} lines that were captured while locked are filed: {names}",
                len(handles),
            )
            found.append(text.format(count=len(handles), names=names))
        found += self.told
        if self.unread:
            text = ngettext(
                "{count} line could not be opened; it is kept in {path}. See: "
                "ptui inbox --unread",
                "{count} lines could not be opened; they are kept in {path}. See: "
                "ptui inbox --unread",
                self.unread,
            )
            found.append(text.format(count=self.unread, path=unread_path(self.path)))
        if self.failed:
            text = _("What was captured while locked still waits: {reason}")
            found.append(text.format(reason=self.failed))
        return found


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that could not be filed: when it was typed and what, "" where it cannot be
    opened, and why.
    """

    at: str
    text: str
    why: str


def file_waiting(db: Store, now: datetime, patience: float) -> Filing:
    """File what is in the inbox; see ``inbox.file_all``."""
    filing = Filing(path=db.path)
    try:
        identity = _identity(db)
        if identity is None:
            filing.failed = _("it was sealed to a planner that is not this one")
            return filing
        with Inbox(db.path, create=False, patience=patience) as inbox:
            strange = []
            for piece in pieces(inbox.read()):
                slip = opened(piece, identity)
                if slip is None or not _file(db, slip, filing, now):
                    strange.append(piece)
            # Another store may lie there by now, and open what this one cannot.
            db.check_place()
            if strange:
                filing.unread += _put_beside(db.path, strange)
            inbox.empty()
            _forget(db)
    except FileNotFoundError:
        # Somebody else has filed it and taken it away.
        pass
    except PlannerError as error:
        filing.failed = error.message
        filing.busy = isinstance(error, StoreBusy)
    except driver.Error as error:
        filing.failed = explain(error, db.path).message
    except OSError as error:
        filing.failed = said(error, inbox_path(db.path)).message
    return filing


def _identity(db: Store) -> Identity | None:
    """The private key of the inbox; None for a store that never was sealed."""
    from pyrage import IdentityError, x25519

    text = db.meta(IDENTITY)
    if text is None:
        return None
    try:
        return x25519.Identity.from_str(text)
    except IdentityError:
        return None


def opened(piece: bytes, identity: Identity) -> Slip | None:
    """The slip that was sealed in ``piece``; None where it cannot be opened or read."""
    from pyrage import DecryptError, decrypt

    if not piece.endswith(END):
        return None
    try:
        return read(decrypt(piece, [identity]))
    except (DecryptError, ValueError):
        return None


def _file(db: Store, slip: Slip, filing: Filing, now: datetime) -> bool:
    """File ``slip`` unless that was done; False when it never can be.

    Raises PlannerError, driver.Error and OSError for what is not the line's own fault: no
    room, a writer that takes too long, a store that was moved or is damaged.
    """
    told: list[str] = []
    try:
        line = read_slip(db, slip, told)
        with db.write(LABEL, slip.at, what=line.kind):
            if _is_filed(db, slip.uid):
                return True
            filed = file_capture(
                db,
                line,
                day=slip.day,
                now=slip.at,
                timed=slip.timed,
                uid=slip.uid,
            )
            db.set_meta(MEMO + slip.uid, stamp(now))
    except Exception as error:
        if not _of_the_line(error):
            raise
        # Whatever is wrong with one line must not keep the others from being filed.
        return False
    told += [_("{names} kept as text").format(names=each) for each in line.unresolved]
    filing.filed.append(filed)
    filing.told += [f"{filed.handle}  {each}" for each in told]
    return True


def _of_the_line(error: Exception) -> bool:
    """Whether the line itself is at fault, and not the store, the disk or the memory."""
    cause = error.__cause__
    if isinstance(error, _OF_THE_LINE) or isinstance(cause, _OF_THE_LINE):
        return True
    others = StoreError | ReadOnly | Locked | driver.Error | OSError | MemoryError
    return not isinstance(error, others)


def _is_filed(db: Store, uid: str) -> bool:
    """Whether that was done before, inside a write; also when it was undone since, or
    the inbox is a copy that somebody has put back.
    """
    row = db.conn.execute(
        "SELECT 1 FROM meta WHERE key = ?1 || ?2 UNION ALL SELECT 1 FROM entry "
        "WHERE uid = ?2 UNION ALL SELECT 1 FROM matter WHERE uid = ?2",
        (MEMO, uid),
    ).fetchone()
    return row is not None


def unread(db: Store) -> list[Unread]:
    """What could not be filed, in the order in which it was captured."""
    identity = _identity(db)
    found = []
    for piece in pieces(content(unread_path(db.path))):
        slip = None if identity is None else opened(piece, identity)
        if slip is not None:
            why = _("could not be filed")
            found.append(Unread(slip.at.isoformat(), slip.text, why))
        elif piece.endswith(END):
            found.append(Unread("", "", _("sealed to another key, or damaged")))
        else:
            found.append(Unread("", "", _("cut off while it was being written")))
    return found


def retry(db: Store, now: datetime) -> Filing:
    """Try once more to file what could not be; what became of it.

    Raises StoreError for a file that cannot be written, and StoreBusy.
    """
    filing = Filing(path=db.path)
    name = unread_path(db.path)
    identity = _identity(db)
    try:
        # Held against others that file; nothing is added to it but under its lock.
        with Inbox(db.path) as inbox:
            have = list(pieces(content(name)))
            left = []
            for piece in have:
                slip = None if identity is None else opened(piece, identity)
                if slip is None or not _file(db, slip, filing, now):
                    left.append(piece)
            if len(left) < len(have):
                part = f"{name}.part"
                fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _SAFE, 0o600)
                try:
                    put(fd, b"".join(b"\n" + piece + b"\n" for piece in left))
                    os.fsync(fd)
                finally:
                    os.close(fd)
                os.replace(part, name)
                sync_folder(name)
            if not inbox.read():
                _forget(db)
    except OSError as error:
        raise said(error, name) from error
    return filing


@contextmanager
def closed(path: str) -> Iterator[None]:
    """Nothing is captured meanwhile into the inbox of the store at ``path``, which is
    empty; afterwards there is none. Refused while something waits in it.
    """
    inbox = Inbox(path)
    try:
        inbox.__enter__()
    except OSError as error:
        raise said(error, inbox.path) from error
    try:
        if inbox.read():
            text = _(
                "Lines that were captured while locked wait to be filed. Open the "
                "planner once (ptui today), then try again."
            )
            raise Refused(text)
        yield
        os.unlink(inbox.path)
    finally:
        inbox.__exit__(None, None, None)


def _put_beside(path: str, strange: list[bytes]) -> int:
    """Keep what could not be filed, once each; how many are new there."""
    name = unread_path(path)
    fd = os.open(name, os.O_RDWR | os.O_APPEND | os.O_CREAT | _SAFE, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(EINVAL, os.strerror(EINVAL))
        os.fchmod(fd, 0o600)
        size = os.fstat(fd).st_size
        have = set(pieces(content(name)))
        new = [piece for piece in strange if piece not in have]
        try:
            put(fd, b"".join(b"\n" + piece + b"\n" for piece in new))
            os.fsync(fd)
        except OSError:
            os.ftruncate(fd, size)
            raise
    finally:
        os.close(fd)
    sync_folder(name)
    return len(new)


def _forget(db: Store) -> None:
    """The inbox is empty: what was filed out of it need not be known any longer."""
    try:
        db.conn.execute("DELETE FROM meta WHERE key GLOB ?", (MEMO + "*",))
    except Exception:
        # They only take a little room, until the next time.
        pass
