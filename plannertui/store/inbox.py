"""The inbox of a sealed store: lines that were captured while nobody had its key.

Beside the store, ``planner.db.inbox``: armoured age messages, one for each line, sealed to
the public key in the store's note. It is only added to, under a lock, until everything in
it has been filed; then it is emptied in place under the same lock. On the daily path of a
locked store: imports next to nothing.
"""

from __future__ import annotations

import os
from errno import EDQUOT, EFBIG, EISDIR, ELOOP, ENOSPC, ENXIO
from time import sleep

from plannertui.core.errors import Refused, StoreBusy, StoreError
from plannertui.i18n import gettext as _
from plannertui.store import seal
from plannertui.store.handles import new_uid
from plannertui.store.refusing import explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from types import TracebackType

    from plannertui.core.slip import Slip
    from plannertui.store.filing import Filing
    from plannertui.store.open import Store
    from plannertui.store.seal import Seal

FIRST = b"plannertui inbox 1 "
"""How the first line begins; the day follows on which the first of those waiting came."""
BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"

PATIENCE = 5.0
_PAUSE = 0.005
_TURNS = 100
# The kind of an ordinary file in the upper bits of its mode.
_REGULAR = 0o10
_NO_ROOM = (EDQUOT, EFBIG, ENOSPC)
_NO_FILE = (EISDIR, ELOOP, ENXIO)


class Waiting:
    """What lies in the inbox: how many lines, since which day ("" if unknown), and how
    many lines lie beside it because they could not be filed.
    """

    __slots__ = ("count", "since", "unread")

    def __init__(self, count: int, since: str, unread: int) -> None:
        self.count = count
        self.since = since
        self.unread = unread


def inbox_path(path: str) -> str:
    """Where the inbox of the store at ``path`` lies."""
    return path + ".inbox"


def unread_path(path: str) -> str:
    """Where the lines lie that could not be filed."""
    return path + ".inbox.unread"


def waits(path: str) -> bool:
    """Whether something lies in the inbox; one look at the file's size."""
    try:
        return os.stat(inbox_path(path), follow_symlinks=False).st_size > 0
    except OSError:
        return False


def look(path: str) -> Waiting:
    """What waits, as far as can be told without the key."""
    path = os.path.realpath(path)
    data = content(inbox_path(path))
    first = data.partition(b"\n")[0]
    since = first.removeprefix(FIRST) if first.startswith(FIRST) else b""
    unread = sum(1 for _each in pieces(content(unread_path(path))))
    return Waiting(count(data), since.decode("ascii", "replace").strip(), unread)


def count(data: bytes) -> int:
    """How many lines ``data`` holds."""
    return data.count(BEGIN + b"\n")


def pieces(data: bytes) -> Iterator[bytes]:
    """The lines in ``data``, each sealed, and whatever else is there of one.

    What a power cut has torn is given as it is: it does not end with ``END``.
    """
    piece: list[bytes] = []
    for line in data.split(b"\n"):
        bare = line.rstrip()
        if bare == BEGIN and piece:
            yield b"\n".join(piece)
            piece = []
        if not bare or (not piece and bare[: len(FIRST)] == FIRST[: len(bare)]):
            continue
        piece.append(bare)
        if bare == END:
            yield b"\n".join(piece)
            piece = []
    if piece:
        yield b"\n".join(piece)


def seal_line(path: str, note: Seal, slip: Slip) -> int:
    """Seal ``slip`` to the store at ``path`` and put it into the inbox; how many wait.

    It is on the disk when this returns. Raises StoreError when it could not be put there:
    then it is not there at all.
    """
    from pyrage import RecipientError, encrypt, x25519

    from plannertui.core.slip import written

    slip.uid = slip.uid or new_uid(slip.at)
    try:
        recipient = x25519.Recipient.from_str(note.recipient)
    except RecipientError as error:
        text = _(
            "The note {path} is damaged. Open the planner once, which mends it: ptui"
        )
        raise StoreError(text.format(path=seal.note_path(path))) from error
    block = encrypt(written(slip), [recipient], armored=True).rstrip() + b"\n"
    inbox = Inbox(path)
    try:
        with inbox:
            now = seal.read(path)
            if (
                now is None
                or now.recipient != note.recipient
                or not seal.is_sealed(path)
            ):
                # Its passphrase was taken away, or it was sealed anew, just now.
                raise StoreBusy(_("The planner was being sealed anew. Try again."))
            inbox.add(block, FIRST + slip.today.isoformat().encode() + b"\n")
            return count(inbox.read())
    except OSError as error:
        raise said(error, inbox.path) from error


class Inbox:
    """The file, locked for ourselves as long as the context lasts.

    ``create`` makes it where there is none; else FileNotFoundError. Raises Refused for what
    is no file of our own, StoreBusy when another program has it for too long, OSError.
    """

    def __init__(
        self, path: str, *, create: bool = True, patience: float = PATIENCE
    ) -> None:
        self.path = inbox_path(path)
        self._flags = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        self._flags |= os.O_NONBLOCK | (os.O_CREAT if create else 0)
        self._patience = patience
        self._fd = -1

    def __enter__(self) -> Inbox:
        for _turn in range(_TURNS):
            try:
                self._fd = os.open(self.path, self._flags, 0o600)
            except OSError as error:
                if error.errno in _NO_FILE:
                    raise self._strange() from error
                raise
            try:
                self._own()
                self._lock()
                if self._is_there():
                    return self
            except BaseException:
                os.close(self._fd)
                raise
            # It was taken away while we waited for it.
            os.close(self._fd)
        raise self._busy()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._fd)

    def _own(self) -> None:
        """It is an ordinary file of ours that only we can read."""
        status = os.fstat(self._fd)
        if status.st_mode >> 12 != _REGULAR or status.st_uid != os.geteuid():
            raise self._strange()
        if status.st_mode & 0o777 != 0o600:
            os.fchmod(self._fd, 0o600)

    def _lock(self) -> None:
        from fcntl import LOCK_EX, LOCK_NB, flock

        waited = 0.0
        while True:
            try:
                flock(self._fd, LOCK_EX | LOCK_NB)
                return
            except BlockingIOError as error:
                if waited >= self._patience:
                    raise self._busy() from error
            sleep(_PAUSE)
            waited += _PAUSE

    def _is_there(self) -> bool:
        try:
            there = os.stat(self.path, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return os.path.samestat(there, os.fstat(self._fd))

    def _strange(self) -> Refused:
        text = _("{path} is no file of your own. Move it away, then try again.")
        return Refused(text.format(path=self.path))

    def _busy(self) -> StoreBusy:
        message = _("Another program is writing to {path}. Try again in a moment.")
        return StoreBusy(message.format(path=self.path))

    def read(self) -> bytes:
        """Everything in it."""
        return _all(self._fd)

    def add(self, data: bytes, head: bytes = b"") -> None:
        """Put ``data`` at its end, for good, or not at all; ``head`` before the first."""
        size = os.fstat(self._fd).st_size
        if not size:
            # Its name lasts before anything is in it.
            seal.sync_folder(self.path)
            data = head + data
        elif os.pread(self._fd, 1, size - 1) != b"\n":
            # What a power cut has torn ends here.
            data = b"\n" + data
        try:
            put(self._fd, data)
            os.fsync(self._fd)
        except OSError:
            os.ftruncate(self._fd, size)
            raise

    def empty(self) -> None:
        """Take everything out of it, for good."""
        os.ftruncate(self._fd, 0)
        os.fsync(self._fd)


def put(fd: int, data: bytes) -> None:
    """Write all of ``data``."""
    while data:
        data = data[os.write(fd, data) :]


def _all(fd: int) -> bytes:
    parts, at = [], 0
    while part := os.pread(fd, 1 << 20, at):
        parts.append(part)
        at += len(part)
    return b"".join(parts)


def content(path: str) -> bytes:
    """What is in the file at ``path``; nothing where there is none to be read."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        return _all(fd)
    except OSError:
        return b""
    finally:
        os.close(fd)


def said(error: OSError, path: str) -> StoreError:
    """``error`` in words that say what to do."""
    if error.errno in _NO_ROOM:
        found = explain(RuntimeError("full"), path)
        assert isinstance(found, StoreError)
        return found
    text = _("{path} cannot be written: {reason}")
    return StoreError(text.format(path=path, reason=error.strerror or error))


def file_all(db: Store, now: datetime, *, patience: float = PATIENCE) -> Filing:
    """File everything that waits, each line once and at its own time; what became of it.

    Never raises for what is in the inbox or its files.
    """
    from plannertui.store.filing import Filing, file_waiting

    if not waits(db.path) or db.readonly:
        return Filing()
    return file_waiting(db, now, patience)
