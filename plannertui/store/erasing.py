"""Erasing copies of a store: those that anybody could read, or those one is done with."""

from __future__ import annotations

import os
from collections.abc import Sequence

from plannertui.store import aside, copying, shelf


def plain(path: str) -> list[str]:
    """The copies of the store at ``path`` that are not encrypted, where it keeps such.

    Backups, states from before a restore, those of older versions from before an update,
    and what a restore left that was cut off.
    """
    real = os.path.realpath(path)
    base = os.path.basename(real)
    bases = (f"{base}.before-v", f"{base}.part")
    found = [backup.path for backup in shelf.ls(path) if not backup.sealed]
    for where in (aside.folder(path), os.path.dirname(real)):
        for entry in shelf.entries(where):
            ours = entry.name.startswith(bases)
            if where == aside.folder(path):
                ours = entry.name.startswith(f"{shelf.stem(path)}-")
            if not ours or not entry.is_file(follow_symlinks=False):
                continue
            if not copying.is_sealed(entry.path):
                found.append(entry.path)
    return sorted(found)


def erase(path: str, paths: Sequence[str]) -> None:
    """Overwrite and delete ``paths``, copies of the store at ``path``; StoreError.

    Flash and copy-on-write disks may keep the old blocks until they are used again.
    """
    known = {backup.path: backup for backup in shelf.ls(path)}
    gone = {
        os.path.basename(each): {"gone": True, "size": known[each].size}
        for each in paths
        if each in known
    }
    if gone:
        with shelf.lock(path):
            shelf.record(path, gone)
    for each in paths:
        try:
            copying.wipe(each)
        except OSError as error:
            raise copying.refused(each, error) from error
