"""A folder of plain-text files that follows the store, for git and for reading without us.

What this program wrote is listed in a manifest, each file with the digest of its
contents. Only such files are ever replaced or removed, and only while they are as they
were written: what somebody changed by hand stays, and is told.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from plannertui.core.errors import BadFile, NotFound, Refused, StoreError
from plannertui.exchange.files import LARGEST
from plannertui.i18n import gettext as _

MANIFEST = ".plannertui-mirror.json"


@dataclass(slots=True)
class Done:
    """What one round did: files written, removed, the same; ``kept``, changed by hand."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    same: int = 0
    kept: list[str] = field(default_factory=list)


def sync(folder: str, pages: Iterable[tuple[str, str]]) -> Done:
    """Make ``folder`` hold ``pages``, names with their texts, and nothing else of ours."""
    folder = os.path.abspath(os.path.expanduser(folder))
    _ready(folder)
    listed, meant = _manifest(folder)
    now: dict[str, str] = {}
    done = Done()
    waiting: list[tuple[str, bytes]] = []
    for name, text in pages:
        content = text.encode()
        digest = sha256(content).hexdigest()
        there = _digest(os.path.join(folder, name))
        if there == digest:
            done.same += 1
            now[name] = digest
        elif there is None or there in (listed.get(name), meant.get(name)):
            waiting.append((name, content))
            now[name] = digest
        else:
            done.kept.append(name)
            if name in listed:
                now[name] = listed[name]
    if waiting:
        # Said before it is done: files of a round that was cut short are ours, too.
        news = {name: now[name] for name, _content in waiting}
        _list(folder, listed, meant | news)
    for name, content in waiting:
        put(os.path.join(folder, name), content)
        done.written.append(name)
    for name in sorted((listed | meant).keys() - now.keys()):
        path = os.path.join(folder, name)
        there = _digest(path)
        if there is not None and there in (listed.get(name), meant.get(name)):
            os.unlink(path)
            done.removed.append(name)
        elif there is not None:
            done.kept.append(name)
    if waiting or meant or now != listed or not _has_manifest(folder):
        _list(folder, now, {})
    return done


def _list(folder: str, files: dict[str, str], meant: dict[str, str]) -> None:
    text = json.dumps({"files": files, "meant": meant}, indent=0, sort_keys=True)
    put(os.path.join(folder, MANIFEST), text.encode() + b"\n")


def _has_manifest(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, MANIFEST))


def _ready(folder: str) -> None:
    """Make the folder where it is missing; refuse one that everybody may write to."""
    try:
        if not os.path.lexists(folder):
            parent = os.path.dirname(folder)
            if not os.path.isdir(parent):
                raise NotFound(_("There is no folder {path}.").format(path=parent))
            os.mkdir(folder, 0o700)
        mode = os.stat(folder).st_mode
    except OSError as error:
        raise _failed(folder, error) from error
    if not stat.S_ISDIR(mode):
        raise Refused(_("{path} is no folder.").format(path=folder))
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        message = _("Everybody may write to {path}. Choose another folder.")
        raise Refused(message.format(path=folder))


def _manifest(folder: str) -> tuple[dict[str, str], dict[str, str]]:
    """The files that were written, by name, with their digests; and those to be."""
    path = os.path.join(folder, MANIFEST)
    try:
        with open(_open(path), encoding="utf-8") as file:
            found = json.loads(file.read(LARGEST))
            return _names(found["files"]), _names(found["meant"])
    except FileNotFoundError:
        return {}, {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = _("{path} is damaged: remove it, and what is there already stays.")
        raise BadFile(message.format(path=path)) from error


def _names(found: dict[str, str]) -> dict[str, str]:
    """Names with their digests; one that climbs out of the folder is none of ours."""
    return {str(name): str(one) for name, one in found.items() if _is_plain(name)}


def _is_plain(name: str) -> bool:
    return bool(name) and name == os.path.basename(name) and not name.startswith(".")


def _digest(path: str) -> str | None:
    """The digest of the file at ``path``; None where nothing is, "" for what is no file."""
    try:
        with open(_open(path), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return ""
            return sha256(file.read(LARGEST)).hexdigest()
    except FileNotFoundError:
        return None
    except OSError:
        return ""


def _open(path: str) -> int:
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.open(path, flags)


def put(path: str, content: bytes) -> None:
    """Write a file of its owner's alone: the old one or the new one is there, whole."""
    part = f"{path}.{os.getpid()}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with open(os.open(part, flags, 0o600), "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        if os.path.lexists(part):
            os.unlink(part)


def _failed(path: str, error: OSError) -> StoreError:
    message = _("{path} cannot be written: {reason}")
    return StoreError(message.format(path=path, reason=error.strerror))
