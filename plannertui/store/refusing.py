"""Why a store is only read, or not opened at all, in words that say what to do."""

from __future__ import annotations

import os

from plannertui.core.errors import (
    DiskFull,
    Locked,
    NotADatabase,
    NotFound,
    PlannerError,
    ReadOnly,
    StoreBusy,
    StoreError,
)
from plannertui.i18n import gettext as _
from plannertui.store.peek import head, holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def explain(error: Exception, path: str) -> PlannerError:
    """``error`` of the database driver, in words that say what to do."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        message = _("Another program is writing to {path}. Try again in a moment.")
        return StoreBusy(message.format(path=path))
    if "full" in text or "disk i/o" in text or "file too large" in text:
        message = _("No room to write to {path}. Free some space and try again.")
        return DiskFull(message.format(path=path))
    if "readonly" in text:
        if "attempt to write" in text and _writable(path):
            return ReadOnly(replaced(path))
        return ReadOnly(read_only(path))
    if "not a database" in text or "malformed" in text or "encrypted" in text:
        return damaged(path)
    if "unable to open" in text:
        return unopenable(path)
    return StoreError(_("The store failed: {error}").format(error=error))


def newer() -> str:
    """A newer version has made it."""
    return _(
        "This store was made by a newer version of plannertui. It can be read, "
        "not written: install the newer version."
    )


def many_names(path: str, count: int) -> str:
    """It has hard links: a log written under one name is not seen under the other."""
    text = _("{path} has {count} names (hard links): it is only read. Keep one.")
    return text.format(path=path, count=count)


def read_only(path: str) -> str:
    """The file or its folder cannot be written."""
    return _("{path} can only be read. Check its permissions.").format(path=path)


def replaced(path: str) -> str:
    """The file could be written, and SQLite does not: another lies there by now."""
    text = _(
        "{path} was replaced just now, as by a restore: nothing was written. Try again."
    )
    return text.format(path=path)


def _writable(path: str) -> bool:
    return all(os.access(each, os.W_OK) for each in (path, os.path.dirname(path)))


def absent(path: str) -> NotFound:
    """There is none, and none is to be made."""
    text = _("There is no planner at {path} yet. Write something first.")
    return NotFound(text.format(path=path))


def no_file(path: str) -> NotADatabase:
    """It is a folder, a pipe or a device."""
    text = _("{path} is no ordinary file. Choose another with --db.")
    return NotADatabase(text.format(path=path))


def unopenable(path: str) -> StoreError:
    """The system does not let it be opened."""
    message = _(
        "{path} cannot be opened. Check the folder and its permissions, "
        "or choose another place with --db."
    )
    return StoreError(message.format(path=path))


def damaged(path: str) -> NotADatabase:
    """Its pages do not hold together, or it is something else altogether."""
    message = _(
        "{path} is not a planner's database, or it is damaged. Nothing was "
        "changed. Look at it with 'ptui doctor', or choose another with --db."
    )
    return NotADatabase(message.format(path=path) + late("shelf").offered(path))


def ailing(path: str) -> str:
    """Its pages do not hold together; what can be read is."""
    text = _(
        "{path} is damaged, and read only: what cannot be read is left out. What to do: "
        "ptui doctor"
    )
    return text.format(path=path)


def foreign(path: str) -> NotADatabase:
    """Some other program has made this database."""
    message = _(
        "{path} is a database of another program, or its first page is damaged (ptui "
        "doctor). Choose another with --db."
    )
    return NotADatabase(message.format(path=path) + late("shelf").offered(path))


def locked(path: str) -> Locked:
    """It is sealed, and nobody has its key."""
    message = _(
        "{path} is sealed. Type its passphrase on a terminal, give it with "
        "--passphrase-fd, or unlock it for a while: ptui unlock --for 15m"
    )
    return Locked(message.format(path=path))


def is_gone(path: str) -> bool:
    """Whether a sealed store is missing or empty: its note is there, and nothing else."""
    return os.path.exists(path + ".seal") and not holds(path)


def gone(path: str) -> StoreError:
    """A sealed store is missing or empty; a plain one is not begun in its place."""
    message = _(
        "The sealed planner {path} is gone or empty, though its note {path}.seal is "
        "there. Put it or a backup back (ptui backup ls, ptui restore B1); to begin a "
        "new planner, take the note away."
    )
    return StoreError(message.format(path=path))


def moved(path: str) -> StoreError:
    """The file that is open was removed, or another lies in its place."""
    message = _(
        "{path} was removed or replaced while it was open; nothing was written. Put it "
        "back, or start plannertui anew."
    )
    return StoreError(message.format(path=path))


def which(path: str) -> tuple[int, int] | None:
    """Which file it is that has this name; None for none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def late(name: str) -> Any:
    """A module of the store that most openings do not need."""
    from importlib import import_module

    return import_module("plannertui.store." + name)


def sealed(path: str) -> bool:
    """Whether the file needs a key: it alone says so, no setting does."""
    try:
        if head(path, 16) == b"SQLite format 3\0":
            return False
    except OSError:
        return False
    from plannertui.store.seal import is_sealed

    return is_sealed(path)
