"""Files that come in: opened with care, read once, never more than the limit."""

from __future__ import annotations

import os
import stat
import sys

from plannertui.core.errors import BadFile, NotFound
from plannertui.i18n import gettext as _

LARGEST = 64 * 1024 * 1024


class Source:
    """A file, a folder or stdin ("-"); ``path`` is empty for stdin."""

    def __init__(self, name: str) -> None:
        self.path = "" if name == "-" else os.path.expanduser(name)
        self.name = os.path.basename(self.path.rstrip("/")) or "-"
        self._raw: bytes | None = None
        self.is_folder = False
        if self.path:
            try:
                mode = os.stat(self.path).st_mode
            except FileNotFoundError as error:
                message = _("There is no file {path}.")
                raise NotFound(message.format(path=name)) from error
            except (OSError, ValueError) as error:
                raise _unreadable(name, error) from error
            self.is_folder = stat.S_ISDIR(mode)
            if not self.is_folder and not stat.S_ISREG(mode):
                message = _("{path} is no ordinary file.")
                raise BadFile(message.format(path=name))

    @classmethod
    def of(cls, raw: bytes, name: str = "-") -> Source:
        """What was read already."""
        source = cls("-")
        source.name = name
        source._raw = raw
        return source

    def raw(self, largest: int = LARGEST) -> bytes:
        """All of its bytes; BadFile when there are more than ``largest``."""
        if self._raw is None:
            self._raw = self._read(largest)
        if len(self._raw) > largest:
            raise BadFile(
                _("{path} is larger than {limit} MiB and is not taken in.").format(
                    path=self.name, limit=largest // (1024 * 1024)
                )
            )
        return self._raw

    def head(self, size: int) -> bytes:
        """Its first bytes."""
        if self._raw is None and self.path:
            return self._read(size - 1)
        return self.raw()[:size]

    def _read(self, largest: int) -> bytes:
        if not self.path:
            return sys.stdin.buffer.read(largest + 1) if sys.stdin is not None else b""
        if self.is_folder:
            message = _("{path} is no ordinary file.")
            raise BadFile(message.format(path=self.name))
        return ordinary(self.path, largest, name=self.name)


def ordinary(
    path: str, largest: int = LARGEST, *, name: str = "", follow: bool = True
) -> bytes:
    """The first bytes of an ordinary file, one more than ``largest`` at most.

    BadFile calls it ``name``; without ``follow`` a link is none.
    """
    name = name or path
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
    if not follow:
        flags |= os.O_NOFOLLOW
    try:
        with open(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                message = _("{path} is no ordinary file.")
                raise BadFile(message.format(path=name))
            return file.read(largest + 1)
    except FileNotFoundError as error:
        raise NotFound(_("There is no file {path}.").format(path=name)) from error
    except IsADirectoryError as error:
        message = _("{path} is no ordinary file.")
        raise BadFile(message.format(path=name)) from error
    except OSError as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> BadFile:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return BadFile(
        _("{path} cannot be read: {reason}").format(path=name, reason=reason)
    )


def text_of(raw: bytes, name: str) -> tuple[str, bool]:
    """``raw`` as text, and whether it was UTF-8; BadFile for what is no text at all.

    UTF-8 and UTF-16 are known by their marks; what is neither is read as Windows-1252,
    which every byte is something in, and the caller says so.
    """
    if raw[:3] == b"\xef\xbb\xbf":
        raw = raw[3:]
    elif raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16"), True
        except UnicodeDecodeError as error:
            message = _("{path} begins like UTF-16 and is none.")
            raise BadFile(message.format(path=name)) from error
    try:
        return raw.decode(), True
    except UnicodeDecodeError as error:
        if raw.count(b"\0") > len(raw) // 100:
            message = _("{path} is no text file.")
            raise BadFile(message.format(path=name)) from error
    return raw.decode("cp1252", "replace"), False
