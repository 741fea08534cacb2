"""Backups of the whole store: made, looked at, rotated, and copied to other folders.

A backup is written by ``VACUUM INTO``, read back as a restore would, made to last, and
only then given its name: what has the name of a backup is whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import (
    BadBackup,
    DiskFull,
    Locked,
    NotADatabase,
    PlannerError,
    StoreBusy,
)
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import copying, shelf
from plannertui.store.open import Store, stamp
from plannertui.store.seal import sync_folder
from plannertui.store.shelf import Backup
from plannertui.store.tended import AT, FAILED, MARK, MISSED, NUMBER, TRIED, due

if TYPE_CHECKING:
    from plannertui.store.key import Key

__all__ = [
    "Backup",
    "before",
    "due",
    "find",
    "ls",
    "make",
    "make_from",
    "rotate",
    "verify",
]

NEWEST = 10
# How many of the last of each day, week, month and year are kept besides.
KEPT: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (14, lambda at: at.date()),
    (8, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
    (10, lambda at: at.year),
)
WHY = {
    "due": N_("by itself"),
    "asked": N_("asked for"),
    "migration": N_("before an update"),
    "import": N_("before an import"),
    "key": N_("before a change of the key"),
    "sync": N_("before the first sync"),
    "repair": N_("before a repair"),
}
ls, find = shelf.ls, shelf.find


def why_words(why: str) -> str:
    """Why a backup was made, in words; empty where that is not known."""
    return _(WHY[why]) if why in WHY else ""


def make(db: Store, now: datetime, why: str) -> Backup:
    """Make a backup of the open store; see ``make_from``. Not inside of an action."""
    return make_from(db.conn, db.path, db.key, now, why)


def before(db: Store, now: datetime, why: str) -> Backup | None:
    """A backup to go back to before something large; made where the last is older.

    None where nothing was ever done. Raises what ``make`` raises: then do not begin.
    """
    mark = _mark(db.conn)
    if mark == "0:0":
        return None
    found = ls(db.path)[:1]
    same = db.meta(MARK) == f"{found[0].number}:{mark}" if found else False
    if same and found[0].state == "whole":
        return found[0]
    return make(db, now, why)


def _mark(conn: Any) -> str:
    """What changes with everything that is done: the last action and revision."""
    try:
        row = conn.execute(
            "SELECT (SELECT ifnull(max(id), 0) FROM action) || ':' || "
            "(SELECT ifnull(max(id), 0) FROM revision)"
        ).fetchone()
    except driver.Error:
        return ""
    return str(row[0])


def make_from(conn: Any, path: str, key: Key | None, now: datetime, why: str) -> Backup:
    """Make a backup of the store at ``path`` through its connection, opened by ``key``.

    Others may go on writing. Raises DiskFull, Refused for a folder that is a link or
    another's, BadBackup when the copy is not whole, StoreError; no file has the name of
    a backup then, and why it failed is kept for the screen.
    """
    try:
        copying.private_folder(shelf.folder(path))
        with shelf.lock(path):
            shelf.clean(path)
            made = _made(conn, path, key, now, why)
            copying.step("rotate")
            rotate(path)
    except OSError as error:
        failure = copying.refused(shelf.folder(path), error)
        _failed(conn, failure, now)
        raise failure from error
    except PlannerError as error:
        _failed(conn, error, now)
        raise
    _remember(conn, {AT: str(int(now.timestamp())), TRIED: "", FAILED: ""})
    return made


def _made(conn: Any, path: str, key: Key | None, now: datetime, why: str) -> Backup:
    number = max(shelf.highest(path), _number(conn)) + 1
    _remember(conn, {NUMBER: str(number), MARK: f"{number}:{_mark(conn)}"})
    name = shelf.name(path, number, now)
    final = os.path.join(shelf.folder(path), name)
    seen = copying.make(conn, final + copying.PART, key)
    digest = copying.digest(final + copying.PART)
    copying.step("name")
    os.rename(final + copying.PART, final)
    sync_folder(final)
    copying.step("record")
    known = {
        "why": why,
        "entries": seen.entries,
        "last": seen.last,
        "state": "whole",
        "checked": stamp(now),
        "digest": digest,
    }
    shelf.record(path, {name: known})
    return shelf.find(path, f"B{number}")


def _number(conn: Any) -> int:
    """The highest number that the store itself knows of."""
    try:
        row = conn.execute("SELECT value FROM meta WHERE key = ?", (NUMBER,)).fetchone()
    except driver.Error:
        return 0
    return int(row[0]) if row is not None and row[0].isdigit() else 0


def _remember(conn: Any, values: dict[str, str]) -> None:
    """Keep ``values`` in the store; a full disk or a busy writer is no reason to stop."""
    try:
        conn.executemany(
            "INSERT INTO meta (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            list(values.items()),
        )
    except driver.Error:
        pass


def _failed(conn: Any, error: PlannerError, now: datetime) -> None:
    if "interrupt" in str(error.__cause__):
        # The screen was locked meanwhile: that is no failure.
        return
    code = "folder"
    for kind, word in (
        (DiskFull, "room"),
        (BadBackup, "copy"),
        (StoreBusy, "busy"),
        (NotADatabase, "damage"),
    ):
        if isinstance(error, kind):
            code = word
    _remember(conn, {FAILED: code, TRIED: str(int(now.timestamp()))})


def copy_to(db: Store, target: str, now: datetime) -> str:
    """Write a copy of the open store to ``target``, a folder or a new file; its path.

    It is read back like a backup, but is none of them: nobody rotates it. Raises Refused
    for what is there already, is a link, or lies where anybody may rename it.
    """
    target = os.path.abspath(os.path.expanduser(target))
    if os.path.isdir(target):
        target = os.path.join(target, shelf.name(db.path, _number(db.conn) + 1, now))
        _remember(db.conn, {NUMBER: str(_number(db.conn) + 1)})
    shelf.check_named(target)
    copying.check_target(target)
    part = target + copying.PART
    copying.make(db.conn, part, db.key)
    try:
        copying.name_new(part, target)
    except OSError as error:
        copying.discard(part)
        raise copying.refused(target, error) from error
    return target


# -- looking at them -------------------------------------------------------------------


def verify(path: str, backup: Backup, key: Key | None, now: datetime) -> Backup:
    """Look at every byte of ``backup``; what was found is kept, and given.

    Its bytes are compared with those it was made of; with the ``key`` of its time it is
    opened as a restore would, too. Locked when only a key could tell.
    """
    from plannertui.store.sealing import opens

    reason = ""
    try:
        same = bool(backup.digest) and copying.digest(backup.path) == backup.digest
        if not backup.sealed:
            copying.check(backup.path, None)
        elif key is not None and opens(backup.path, key):
            copying.check(backup.path, key)
        elif not backup.digest:
            message = _("{handle} needs the passphrase of its time to be looked at.")
            raise Locked(message.format(handle=backup.handle))
        if backup.digest and not same:
            reason = _("its bytes are not those it was made of")
    except BadBackup as error:
        reason = error.message
    except OSError as error:
        reason = error.strerror or str(error)
    state = "damaged" if reason else "whole"
    name = os.path.basename(backup.path)
    found = {"state": state, "checked": stamp(now), "reason": reason}
    with shelf.lock(path):
        shelf.record(path, {name: found})
    return shelf.find(path, backup.handle)


def rotate(path: str) -> list[str]:
    """Delete the backups that are not among those to be kept; the names deleted."""
    found = shelf.ls(path)
    stays = kept(found)
    gone = {
        os.path.basename(backup.path): {"gone": True, "size": backup.size}
        for backup in found
        if backup.number not in stays
    }
    if gone:
        # Told first: copies in other folders are deleted only when they are told of.
        shelf.record(path, gone)
        for name in gone:
            copying.discard(os.path.join(shelf.folder(path), name))
    return list(gone)


def kept(found: Sequence[Backup]) -> set[int]:
    """The numbers of those of ``found``, the newest first, that are to be kept.

    Their order is that of their numbers: a clock that went back changes nothing. The
    last ones always stay, and so does what came before one that is not known to be whole.
    """
    sound = [backup for backup in found if backup.state != "damaged"]
    stays = {backup.number for backup in (*found[:NEWEST], *sound[:NEWEST])}
    for count, of in KEPT:
        seen: set[object] = set()
        for backup in sound:
            span = of(backup.moment)
            if span not in seen and len(seen) < count:
                seen.add(span)
                stays.add(backup.number)
    for newer, older in pairwise(found):
        if newer.state != "whole":
            stays.add(older.number)
    return stays


def is_handle(word: str) -> bool:
    """Whether ``word`` is written like the handle of a backup: B12."""
    return shelf.HANDLE.match(word) is not None


# -- other folders, and what is done by itself -----------------------------------------


def spread(db: Store, backup: Backup, folders: Sequence[str]) -> list[tuple[str, str]]:
    """Copy ``backup`` into ``folders``; each that got none, with the reason.

    A folder that is not there, such as that of a stick, is not made. What was rotated
    away here is deleted there.
    """
    missed = []
    gone = {
        name: told.get("size")
        for name, told in shelf.records(db.path).items()
        if told.get("gone")
    }
    for folder in folders:
        final = os.path.join(folder, os.path.basename(backup.path))
        try:
            if not os.path.isdir(folder):
                missed.append((folder, _("the folder is not there")))
                continue
            if not _is_there(final, backup):
                copying.put(backup.path, final)
            for name, size in gone.items():
                old = os.path.join(folder, name)
                if os.path.isfile(old) and os.lstat(old).st_size == size:
                    copying.discard(old)
        except PlannerError as error:
            missed.append((folder, error.message))
        except OSError as error:
            missed.append((folder, error.strerror or str(error)))
    said = "\n".join(f"{folder}\t{reason}" for folder, reason in missed)
    _remember(db.conn, {MISSED: said})
    return missed


def missed(db: Store) -> list[tuple[str, str]]:
    """The folders that got no copy of the last backup, with the reasons."""
    lines = (db.meta(MISSED) or "").split("\n")
    parted = [line.partition("\t") for line in lines if line]
    return [(folder, reason) for folder, _tab, reason in parted]


def _is_there(final: str, backup: Backup) -> bool:
    return (
        os.path.isfile(final)
        and not os.path.islink(final)
        and os.path.getsize(final) == backup.size
        and copying.digest(final) == copying.digest(backup.path)
    )


def tend(db: Store, now: datetime, hours: int, folders: Sequence[str]) -> Backup | None:
    """Make the backup that is due, and its copies; None when none is. PlannerError."""
    if not due(db, now, hours):
        return None
    made = make(db, now, "due")
    spread(db, made, folders)
    return made
