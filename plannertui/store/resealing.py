"""Copies of a store from before it had a passphrase: found, and sealed as it is.

Backups, states before a restore and copies before an update are written anew beside
themselves, read back as a restore would, and put in their places; the old bytes are
overwritten. What is cut off is done when it is asked for again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import BadBackup, PlannerError
from plannertui.i18n import gettext as _
from plannertui.store import aside, copying, rewriting, shelf
from plannertui.store.copying import PART
from plannertui.store.open import APPLICATION_ID, connect, explain
from plannertui.store.seal import MAGIC, sync_folder

if TYPE_CHECKING:
    from plannertui.store.key import Key

_ID_AT = 68
_HEAD = 100


class Plain(NamedTuple):
    """What lies about without encryption, as paths.

    ``copies`` were made by the program, ``parts`` are what it had begun, ``others`` are
    planners that somebody else has put there.
    """

    copies: list[str]
    parts: list[str]
    others: list[str]


def plain(path: str, folders: Sequence[str]) -> Plain:
    """The plain copies of the store at ``path``, beside it and in ``folders``."""
    path = os.path.realpath(path)
    found = Plain([], [], [])
    for file in _files(os.path.dirname(path)):
        if file.path != path and _is_plain(file.path):
            ours = file.name.startswith(os.path.basename(path) + ".")
            _put(found, file, ours, file.name != os.path.basename(path) + PART)
    for folder in dict.fromkeys([shelf.folder(path), aside.folder(path), *folders]):
        if os.path.realpath(folder) == os.path.dirname(path):
            continue
        for file in _files(folder):
            named = shelf.is_named(path, file.name.removesuffix(PART))
            if named and _is_plain(file.path):
                _put(found, file, True, True)
    return found


def _put(found: Plain, file: os.DirEntry[str], ours: bool, left: bool) -> None:
    if not ours:
        found.others.append(file.path)
    elif file.name.endswith(PART):
        # The store's own part belongs to whoever writes it just now.
        if left:
            found.parts.append(file.path)
    else:
        found.copies.append(file.path)


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            yield from sorted(
                (each for each in listed if each.is_file(follow_symlinks=False)),
                key=lambda each: each.name,
            )
    except OSError:
        return


def _is_plain(path: str) -> bool:
    """Whether the file at ``path`` is a planner that anybody can read."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        head = os.read(fd, _HEAD)
    except OSError:
        return False
    finally:
        os.close(fd)
    number = head[_ID_AT : _ID_AT + 4]
    return head.startswith(MAGIC) and int.from_bytes(number) == APPLICATION_ID


def reseal(
    path: str, key: Key, folders: Sequence[str]
) -> tuple[list[str], list[tuple[str, str]]]:
    """Seal every plain copy of the store at ``path`` with ``key``.

    The paths of those that are sealed now, and of those that are not, with the reason.
    """
    done: list[str] = []
    left: list[tuple[str, str]] = []
    found = plain(path, folders)
    there = os.path.isdir(shelf.folder(path))
    with shelf.lock(path) if there else nullcontext():
        for file in found.parts:
            _discard(file)
        for file in found.copies:
            try:
                _seal(path, file, key)
            except PlannerError as error:
                left.append((file, error.message))
            except driver.Error as error:
                left.append((file, explain(error, file).message))
            except OSError as error:
                left.append((file, error.strerror or str(error)))
            else:
                done.append(file)
    left += [
        (file, _("it is none of the planner's own copies")) for file in found.others
    ]
    return done, left


def _seal(path: str, file: str, key: Key) -> None:
    """Put a sealed copy of the plain ``file`` in its place."""
    name = os.path.basename(file)
    own = os.path.join(shelf.folder(path), name)
    known = name in shelf.records(path)
    if file == own and known:
        # Until its new bytes are known, it is not compared with the old ones.
        shelf.record(path, {name: {"digest": ""}})
    before = os.open(file, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    part = file + PART
    try:
        if file == own or not os.path.isfile(own) or not _same(file, own, key):
            _export(file, part, key)
        else:
            # A copy in another folder stays the same file as the one here.
            copying.discard(part)
            copying.put(own, part)
        os.replace(part, file)
        sync_folder(file)
        rewriting.wipe(before)
    finally:
        os.close(before)
        copying.discard(part)
    if file == own and known:
        shelf.record(path, {name: {"digest": copying.digest(file)}})


def _same(file: str, own: str, key: Key) -> bool:
    """Whether ``own``, which is sealed already, is the same backup as the plain ``file``."""
    try:
        sealed = copying.check(own, key)
    except BadBackup:
        return False
    conn = connect(file, readonly=True)
    try:
        return copying.look(conn) == sealed
    finally:
        conn.close()


def _discard(file: str) -> None:
    """Take a half-written plain copy away, and what stood in it."""
    try:
        fd = os.open(file, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rewriting.wipe(fd)
    finally:
        os.close(fd)
    copying.discard(file)


def _export(file: str, part: str, key: Key) -> None:
    conn = connect(file)
    try:
        rewriting.copy_all(conn, part, key)
        if copying.check(part, key) != copying.look(conn):
            raise BadBackup(_("The sealed copy came out wrong; the plain one stays."))
    finally:
        conn.close()
    copying.sync(part)
