"""The folder of a store's backups: how they are called, and what is known of each.

``planner-000012-20240914T181000.db`` is ``B12``: numbers count up and are never used
again, so that a wrong clock changes no order. ``planner.list`` beside them tells why each
was made and what its bytes were; it holds nothing of what was written.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from plannertui.core.errors import NotFound
from plannertui.i18n import gettext as _
from plannertui.store import copying
from plannertui.store.seal import sync_folder

State = Literal["whole", "damaged", "unknown"]
HANDLE = re.compile(r"[Bb]0*([1-9][0-9]{0,11})\Z", re.ASCII)
LARGEST_LIST = 4 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: ``at`` is local time in ISO 8601, ``size`` in bytes.

    ``why`` is one of due, asked, migration, import, key, sync, or "" where the list is
    lost; ``entries`` is -1 then. ``state`` tells what the last look at all of its bytes
    found, at ``checked``; ``reason`` why it is damaged. ``sealed``: it needs a key.
    """

    number: int
    path: str
    at: str
    size: int
    sealed: bool
    why: str = ""
    entries: int = -1
    last: str = ""
    state: State = "unknown"
    checked: str = ""
    reason: str = ""
    digest: str = ""

    @property
    def handle(self) -> str:
        """B with its number."""
        return f"B{self.number}"

    @property
    def moment(self) -> datetime:
        """When it was made, by the clock of that time."""
        return datetime.fromisoformat(self.at)


def folder(path: str) -> str:
    """The folder of the backups of the store at ``path``."""
    return os.path.join(os.path.dirname(os.path.realpath(path)), "backups")


def stem(path: str) -> str:
    """What the names of the store's backups begin with."""
    return os.path.basename(os.path.realpath(path)).removesuffix(".db")


def name(path: str, number: int, now: datetime) -> str:
    """The file of backup ``number`` of the store at ``path``, without its folder."""
    return f"{stem(path)}-{number:06d}-{now:%Y%m%dT%H%M%S}.db"


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(
        re.escape(stem(path)) + r"-([0-9]{6,12})-([0-9]{8}T[0-9]{6})\.db", re.ASCII
    )


def is_named(path: str, name: str) -> bool:
    """Whether ``name`` is that of a backup of the store at ``path``."""
    return _pattern(path).fullmatch(name) is not None


def ls(path: str) -> list[Backup]:
    """The backups of the store at ``path``, the newest first; only what has its name."""
    known, pattern, found = records(path), _pattern(path), []
    for entry in entries(folder(path)):
        named = pattern.fullmatch(entry.name)
        if named is None or not entry.is_file(follow_symlinks=False):
            continue
        try:
            at = datetime.fromisoformat(named[2]).isoformat()
            size = entry.stat(follow_symlinks=False).st_size
            sealed = copying.is_sealed(entry.path)
        except (ValueError, OSError):
            continue
        told = known.get(entry.name, {})
        if told.get("gone"):
            told = {}
        about = {key: told[key] for key in _TOLD if isinstance(told.get(key), str)}
        if about.get("state") not in ("whole", "damaged"):
            about["state"] = "unknown"
        count = told.get("entries")
        about["entries"] = count if isinstance(count, int) else -1
        found.append(Backup(int(named[1]), entry.path, at, size, sealed, **about))
    return sorted(found, key=lambda backup: -backup.number)


_TOLD = ("why", "last", "state", "checked", "reason", "digest")


def entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in ``folder``; nothing where it cannot be read."""
    try:
        with os.scandir(folder) as listed:
            return list(listed)
    except OSError:
        return []


def find(path: str, handle: str) -> Backup:
    """The backup called ``handle``; NotFound when there is none."""
    named = HANDLE.match(handle)
    for backup in ls(path):
        if named is not None and backup.number == int(named[1]):
            return backup
    message = _('There is no backup "{name}". See: ptui backup ls')
    raise NotFound(message.format(name=handle))


def offered(path: str) -> str:
    """The newest backup of the store at ``path`` that is not damaged, in words; or ""."""
    newest = next((each for each in ls(path) if each.state != "damaged"), None)
    if newest is None:
        return ""
    call = f"ptui restore {newest.handle}"
    return " " + _("The newest backup: {call}").format(call=call)


def highest(path: str) -> int:
    """The highest number that a backup of the store ever had, as far as files tell."""
    pattern = _pattern(path)
    names = [*(entry.name for entry in entries(folder(path))), *records(path)]
    found = [pattern.match(each) for each in names]
    return max((int(each[1]) for each in found if each), default=0)


def clean(path: str) -> None:
    """Take away what an interrupted backup left; nobody else may be making one."""
    pattern = _pattern(path)
    for entry in entries(folder(path)):
        if entry.name.endswith(copying.PART) and (
            pattern.match(entry.name) or entry.name == _list(path) + copying.PART
        ):
            copying.discard(entry.path)


@contextmanager
def lock(path: str) -> Iterator[None]:
    """Be the only one who makes or counts backups of this store."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    fd = os.open(os.path.join(folder(path), f".{stem(path)}.lock"), flags, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


# -- what is known of each -------------------------------------------------------------


def _list(path: str) -> str:
    return f"{stem(path)}.list"


def records(path: str) -> dict[str, dict[str, Any]]:
    """What is known, by file name; nothing where the list is lost or unreadable."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        fd = os.open(os.path.join(folder(path), _list(path)), flags)
        with open(fd, "rb") as file:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                return {}
            data = json.loads(file.read(LARGEST_LIST))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {key: value for key, value in data.items() if isinstance(value, dict)}


def record(path: str, changes: dict[str, dict[str, Any]]) -> None:
    """Keep ``changes``, each by its file's name; only told if that cannot be written.

    A backup of which nothing is known counts as not looked at: it is never a loss.
    """
    known = records(path)
    for each, fields in changes.items():
        known[each] = {**known.get(each, {}), **fields}
    final = os.path.join(folder(path), _list(path))
    part = final + copying.PART
    try:
        copying.discard(part)
        copying.create(part)
        with open(part, "w", encoding="utf-8", errors="surrogateescape") as file:
            json.dump(known, file, indent=0, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        copying.step("list")
        os.replace(part, final)
        sync_folder(final)
    except OSError:
        copying.discard(part)


def check_named(target: str) -> None:
    """NotFound for what looks like a folder and is none.

    Where a disk is to be mounted, a file of that name would only look like a copy on it.
    """
    if not os.path.splitext(target)[1] and not os.path.lexists(target):
        text = _(
            "There is no folder {path}: is the disk there? The name of a new file "
            "ends in .db."
        )
        raise NotFound(text.format(path=target))
