"""What ``doctor`` tells of the backups: the newest looked at, the folders for copies."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime

from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import copying, erasing, refusing, shelf
from plannertui.store.place import Finding
from plannertui.store.sealing import is_sealed
from plannertui.store.shelf import Backup
from plannertui.store.tended import LONG


def findings(
    path: str, folders: Sequence[str], hours: int, now: datetime
) -> list[Finding]:
    """The findings about the backups of the store at ``path``; nothing is written.

    ``hours`` from one to the next, 0 where none are made by themselves.
    """
    if not os.path.exists(path) and not refusing.is_gone(path):
        return []
    found = shelf.ls(path)
    if not found:
        told = [Finding("backup", "note", _("There is no backup yet: ptui backup"))]
    else:
        told = [_newest(found, hours, now)]
    told += [_elsewhere(folder, found[:1]) for folder in folders]
    if is_sealed(path):
        names = erasing.plain(path)
        if names:
            text = ngettext(
                "{count} older copy is not encrypted: ptui backup rm --plain erases it",
                "{count} older copies are not encrypted: ptui backup rm --plain erases "
                "them",
                len(names),
            ).format(count=len(names))
            told.append(Finding("plain_copies", "wrong", text, {"paths": names}))
    return told


def _newest(found: Sequence[Backup], hours: int, now: datetime) -> Finding:
    """The newest backup: its age, and whether its bytes are those it was made of."""
    newest = found[0]
    state = newest.state
    if newest.digest:
        try:
            same = copying.digest(newest.path) == newest.digest
        except OSError:
            same = False
        state = state if same else "damaged"
    data = {
        "count": len(found),
        "newest": newest.handle,
        "at": newest.at,
        "state": state,
        "path": newest.path,
    }
    at = newest.at[:16].replace("T", " ")
    if state == "damaged":
        text = _("The newest backup, {handle}, is damaged. Make another: ptui backup")
        return Finding("backup", "wrong", text.format(handle=newest.handle), data)
    if state == "unknown":
        text = _("{handle} of {at} was not looked at yet: ptui backup verify")
        return Finding("backup", "note", text.format(handle=newest.handle, at=at), data)
    age = (now.replace(tzinfo=None) - newest.moment).total_seconds()
    text = ngettext(
        "{count} backup; the newest, {handle} of {at}, is whole.",
        "{count} backups; the newest, {handle} of {at}, is whole.",
        len(found),
    ).format(count=len(found), handle=newest.handle, at=at)
    late = bool(hours) and age > max(LONG, hours * 3600)
    if late:
        text += " " + _("That is {days} days ago.").format(days=int(age // 86400))
    return Finding("backup", "note" if late else "ok", text, data)


def _elsewhere(folder: str, newest: Sequence[Backup]) -> Finding:
    """Whether the newest backup has its copy in ``folder``."""
    data = {"folder": folder}
    if not os.path.isdir(folder):
        text = _("{path}, for copies of backups, is not there.")
        return Finding("backup_copy", "note", text.format(path=folder), data)
    for backup in newest:
        copy = os.path.join(folder, os.path.basename(backup.path))
        if not os.path.isfile(copy) or os.path.getsize(copy) != backup.size:
            text = _("{path} has no copy of {handle} yet.")
            text = text.format(path=folder, handle=backup.handle)
            return Finding("backup_copy", "note", text, data)
    text = _("Copies of backups go to {path}.")
    return Finding("backup_copy", "ok", text.format(path=folder), data)
