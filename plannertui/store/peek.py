"""What this process has open: two things that the locks of POSIX do not tell.

Closing any descriptor of a file takes away all locks that the process has on it. Another
program would then take itself for the last one, and remove the log into which this one
goes on writing. So what is opened here, to look at the first bytes, stays open as long as
the store. And a process never sees its own locks: which stores it has open is counted.
On the daily path: nothing is imported here but os.
"""

from __future__ import annotations

import os
from _thread import RLock

opening = RLock()
"""Held while a store is opened: its log may be looked at, and by one thread only."""

_in_use: dict[str, int] = {}
_kept: dict[tuple[int, int], tuple[int, str]] = {}


def head(path: str, count: int, at: int = 0) -> bytes:
    """Up to ``count`` bytes of the file from ``at`` on; OSError where it cannot be read."""
    if _in_use and os.path.realpath(path) in _in_use:
        return os.pread(kept_open(path, path), count, at)
    # Nobody here has it open: nothing is lost by closing it, and its disk stays free.
    opened = _open(path)
    try:
        return os.pread(opened, count, at)
    finally:
        os.close(opened)


def _open(path: str, flags: int = os.O_RDONLY) -> int:
    return os.open(path, flags | os.O_CLOEXEC | os.O_NONBLOCK)


def kept_open(file: str, path: str, flags: int = os.O_RDONLY) -> int:
    """A descriptor of ``file`` that is closed with the store at ``path``, never before."""
    status = os.stat(file)
    where = status.st_dev, status.st_ino
    if where not in _kept:
        opened = _open(file, flags)
        status = os.fstat(opened)
        # It may have been replaced in between.
        where = status.st_dev, status.st_ino
        _kept[where] = opened, os.path.realpath(path)
    return _kept[where][0]


def holds(path: str) -> bool:
    """Whether there is a file at ``path`` with something in it."""
    try:
        return os.stat(path).st_size > 0
    except OSError:
        return False


def reading(path: str) -> str:
    """The URI by which SQLite only reads the store at ``path``.

    Without a log nobody is writing, and the folder may be one in which SQLite cannot make
    its side files. With one, the file alone is not all of it.
    """
    from urllib.parse import quote

    logs = any(os.path.exists(path + log) for log in ("-wal", "-journal"))
    mode = "mode=ro" if logs else "mode=ro&immutable=1"
    return f"file:{quote(os.fsencode(path))}?{mode}"


def took(path: str) -> None:
    """This process has opened the store at ``path`` once more."""
    _in_use[path] = _in_use.get(path, 0) + 1


def left(path: str) -> None:
    """It has closed it once; after the last time there are no locks to be lost."""
    _in_use[path] = _in_use.get(path, 0) - 1
    if _in_use[path] > 0:
        return
    del _in_use[path]
    for where, (opened, name) in tuple(_kept.items()):
        if name == path:
            del _kept[where]
            os.close(opened)


def in_use(path: str) -> bool:
    """Whether this process has the store at ``path`` open."""
    return path in _in_use
