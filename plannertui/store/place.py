"""Where a store lies: its files, their modes, and whether the folder is fit for it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import Any, Literal

from plannertui.i18n import gettext as _
from plannertui.store.inbox import look

Level = Literal["ok", "note", "wrong"]

SIDES = ("-wal", "-shm", ".lock", ".seal", ".inbox", ".inbox.unread")
NETWORK = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "9p",
        "ceph",
        "glusterfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.s3fs",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
    ]
)
CLOUD = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud drive",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "pclouddrive",
    "mega",
    "box sync",
    "syncthing",
)
MARKERS = (".stfolder", ".dropbox", ".dropbox.cache", ".owncloudsync.log")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``wrong`` asks for something to be done, ``note`` to be known.

    ``data`` holds plain JSON values for programs.
    """

    code: str
    level: Level
    text: str
    data: dict[str, Any] = field(default_factory=dict)


def absent(path: str) -> list[Finding]:
    """What is said where there is no store."""
    if os.path.exists(path + "-wal"):
        text = _(
            "{path} is gone, but its log {path}-wal is there: put the file back beside "
            "it before anything is written."
        )
        return [Finding("orphan_wal", "wrong", text.format(path=path))]
    if os.path.exists(path + ".seal"):
        return []
    text = _("There is no planner at {path} yet; the first thing written makes it.")
    return [Finding("file", "note", text.format(path=path), {"path": path})]


def file(path: str, real: str, status: os.stat_result) -> list[Finding]:
    sizes = {"": status.st_size}
    for side in SIDES[:2]:
        try:
            sizes[side] = os.stat(real + side).st_size
        except OSError:
            pass
    found = [
        Finding(
            "file",
            "ok",
            _("Data: {path}, {size}").format(path=real, size=size_words(sizes[""])),
            {
                "path": real,
                "bytes": sizes[""],
                "wal_bytes": sizes.get("-wal", 0),
                "symlink": os.path.realpath(path) != os.path.abspath(path),
            },
        )
    ]
    if not stat.S_ISREG(status.st_mode):
        text = _("{path} is no ordinary file.").format(path=real)
        return [*found, Finding("file_kind", "wrong", text)]
    if status.st_nlink > 1:
        text = _(
            "{path} has {count} names (hard links). Use one only: a log written under "
            "one name is not seen under the other."
        )
        text = text.format(path=real, count=status.st_nlink)
        found.append(Finding("hard_links", "wrong", text))
    return [*found, *_modes(real), *_left_over(real), *_captured(real)]


def _modes(real: str) -> list[Finding]:
    """Files for their owner only; the folder too where it is ours alone."""
    if os.name != "posix":
        return []
    found = []
    folder = os.path.dirname(real)
    for name in (real, *(real + side for side in SIDES)):
        try:
            status = os.lstat(name)
        except OSError:
            continue
        mode = stat.S_IMODE(status.st_mode)
        if mode & 0o077:
            text = _("Others may open {path}. Close it with: chmod 600 {path}")
            found.append(
                Finding("mode", "wrong", text.format(path=name), {"mode": oct(mode)})
            )
        if status.st_uid != os.getuid():
            text = _("{path} belongs to another user.").format(path=name)
            found.append(Finding("owner", "note", text))
    if found:
        return found
    mode = stat.S_IMODE(os.stat(folder).st_mode)
    own = os.path.basename(folder) == "plannertui"
    if own and mode & 0o077:
        text = _("Others may look into {path}. Close it with: chmod 700 {path}")
        return [Finding("mode", "wrong", text.format(path=folder), {"mode": oct(mode)})]
    return [Finding("mode", "ok", _("Only you can open it."))]


def _captured(real: str) -> list[Finding]:
    """What was captured while the store was locked, and is not in it."""
    waiting = look(real)
    found = []
    if waiting.count:
        text = _("Captured while locked, filed at the next unlock: {count}")
        text = text.format(count=waiting.count)
        found.append(Finding("inbox", "note", text, {"waiting": waiting.count}))
    if waiting.unread:
        text = _("Could not be filed: {count}. See: ptui inbox --unread")
        text = text.format(count=waiting.unread)
        found.append(Finding("inbox_unread", "note", text, {"unread": waiting.unread}))
    return found


def _left_over(real: str) -> list[Finding]:
    """Copies from before a migration, and what an interruption left behind."""
    folder, base = os.path.split(real)
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    copies = [name for name in names if name.startswith(f"{base}.before-v")]
    parts = [name for name in copies if name.endswith(".part")]
    whole = [name for name in copies if not name.endswith(".part")]
    found = []
    if whole:
        text = _("Copies from before an update: {names}")
        text = text.format(names=", ".join(whole))
        found.append(Finding("copies", "ok", text, {"names": whole}))
    if parts:
        text = _("Left over from an interrupted copy, can be deleted: {names}")
        text = text.format(names=", ".join(parts))
        found.append(Finding("parts", "note", text, {"names": parts}))
    return found


def folder(folder: str) -> list[Finding]:
    """A folder that a network or a syncing program shares is no place for a database."""
    kind = file_system(folder)
    if kind in NETWORK:
        text = _(
            "{path} is on a network drive ({kind}): locks may fail there. Keep the data "
            "on a local disk and copy finished exports."
        )
        text = text.format(path=folder, kind=kind)
        return [Finding("network", "wrong", text, {"kind": kind})]
    shared = synced(folder)
    if shared:
        text = _(
            "{path} seems to be synced by a program ({kind}), which can mix up the files "
            "of an open database. Keep the data elsewhere and sync exports."
        )
        text = text.format(path=folder, kind=shared)
        return [Finding("synced", "wrong", text, {"kind": shared})]
    if os.path.isdir(folder) and not os.access(folder, os.W_OK):
        text = _("{path} cannot be written to.").format(path=folder)
        return [Finding("folder", "wrong", text)]
    return [Finding("folder", "ok", _("The folder is local."), {"kind": kind})]


def file_system(folder: str) -> str:
    """The type of the file system that holds ``folder``; empty where nobody says."""
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="replace") as f:
            lines = f.readlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        mounted, _dash, about = line.partition(" - ")
        fields = mounted.split()
        if len(fields) < 5 or not about:
            continue
        point = fields[4].replace("\\040", " ")
        inside = point == "/" or folder == point or folder.startswith(point + "/")
        if inside and len(point) >= len(best):
            best, kind = point, about.split()[0]
    return kind


def synced(folder: str) -> str:
    """The syncing program that ``folder`` seems to belong to; empty when to none."""
    for part in folder.split(os.sep):
        low = part.casefold()
        for name in CLOUD:
            if low == name or low.startswith((name + " ", name + "-")):
                return part
    while True:
        for marker in MARKERS:
            if os.path.exists(os.path.join(folder, marker)):
                return marker
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above


def size_words(count: int) -> str:
    """``count`` bytes in words: 812 B, 1.4 MB."""
    size = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return ""
