"""The note beside a sealed store: what may be known without its passphrase.

It holds no secret: the salt, a check that tells a wrong passphrase from a damaged file,
the public key to which lines are sealed while the store is locked, and the settings that
are needed to read a date in such a line. On the daily path of a locked store.
"""

from __future__ import annotations

import os

from plannertui.store import peek

FIRST = "plannertui seal 1"
_NAMES = ("salt", "kdf", "check", "recipient", "language", "day_start", "year_start")
_MOST = 4096

MAGIC = b"SQLite format 3\0"
"""The first 16 bytes of a plain database; a sealed one begins with its random salt."""
PAGE = 4096


class Seal:
    """What the note says; every field as text, empty where it is not told.

    ``salt`` and ``check`` are hexadecimal, ``recipient`` is an age public key,
    ``day_start`` is minutes after midnight and ``year_start`` a month.
    """

    __slots__ = _NAMES

    def __init__(self, **fields: str) -> None:
        for name in _NAMES:
            setattr(self, name, fields.get(name, ""))

    salt: str
    kdf: str
    check: str
    recipient: str
    language: str
    day_start: str
    year_start: str

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Seal):
            return NotImplemented
        return self.text == other.text

    __hash__ = None  # type: ignore[assignment]

    @property
    def text(self) -> str:
        """The note, one field a line."""
        rows = [f"{name} {getattr(self, name)}" for name in _NAMES]
        return "\n".join([FIRST, *rows, ""])


def is_sealed(path: str) -> bool:
    """Whether the file at ``path`` needs a key, as far as can be told without one.

    It is no plain database, and either has a note beside it, or whole pages and a first
    line of bytes that looks like chance: not like a text, zeros, or a damaged name.
    """
    try:
        size = os.stat(path).st_size
        head = peek.head(path, 16)
    except OSError:
        return False
    if head == MAGIC or len(head) < 16:
        return False
    near = sum(a == b for a, b in zip(head, MAGIC, strict=True)) >= 8
    if os.path.exists(note_path(path)) and not near:
        return True
    chance = len(set(head)) > 5 and not head.isascii() and not near
    return chance and size >= PAGE and size % PAGE == 0


def note_path(path: str) -> str:
    """Where the note of the store at ``path`` lies."""
    return path + ".seal"


def read(path: str) -> Seal | None:
    """The note beside the store at ``path``; None where there is none to be read."""
    try:
        fd = os.open(note_path(path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        data = os.read(fd, _MOST)
    except OSError:
        return None
    finally:
        os.close(fd)
    first, *rows = data.decode("utf-8", "replace").split("\n")
    if first != FIRST:
        return None
    fields = {}
    for row in rows:
        name, _blank, value = row.partition(" ")
        if name in _NAMES:
            fields[name] = value
    return Seal(**fields)


def write(path: str, note: Seal) -> None:
    """Put ``note`` beside the store at ``path``, whole or not at all; OSError if not."""
    final = note_path(path)
    part = f"{final}.{os.getpid()}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        os.unlink(part)
    except FileNotFoundError:
        pass
    fd = os.open(part, flags, 0o600)
    try:
        os.fchmod(fd, 0o600)
        os.write(fd, note.text.encode())
        os.fsync(fd)
    finally:
        os.close(fd)
    os.replace(part, final)
    sync_folder(final)


def remove(path: str) -> None:
    """Take the note away, if there is one."""
    try:
        os.unlink(note_path(path))
    except FileNotFoundError:
        pass


def sync_folder(path: str) -> None:
    """Make the names in the folder of ``path`` last, where the system can."""
    try:
        fd = os.open(os.path.dirname(path) or ".", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        os.fsync(fd)
    except OSError:
        pass
    finally:
        os.close(fd)
