"""What may go into reports: entries marked as ready, matters with the tag for it, used wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from plannertui.core.entries import Win
from plannertui.core.errors import Refused
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import entries, matters, refs
from plannertui.store.open import Store

READY = "ready"
WORDS = frozenset((READY, "可报"))


def may_leave(db: Store, which: int | str) -> bool:
    """Whether the entry or matter with this id or handle is marked as ready."""
    number, noun = _which(db, which)
    if noun == "entry":
        return entries.get(db, number).share == READY
    return bool(WORDS & {tag.casefold() for tag in matters.get(db, number).tags})


def mark(db: Store, which: int | str, ready: bool, now: datetime) -> str:
    """Mark an entry or matter as ready for reports, or as private again; its handle.

    Raises Refused for a grey or private matter: those never leave by a report.
    """
    number, noun = _which(db, which)
    if noun == "entry":
        entry = entries.get(db, number)
        share = READY if ready else "private"
        if entry.share != share:
            entries.edit(db, entry, now, share=share)
        return entry.handle
    matter = matters.get(db, number)
    if ready and (matter.nature != "official" or matter.boundary):
        message = _("{handle} is not official: it never goes into a report.")
        raise Refused(message.format(handle=matter.handle))
    others = [tag for tag in matter.tags if tag.casefold() not in WORDS]
    tags = [*others, READY] if ready else others
    if tuple(tags) != matter.tags:
        matters.edit(db, matter, now, tags=tags)
    return matter.handle


def _which(db: Store, which: int | str) -> tuple[int, str]:
    if isinstance(which, str):
        number, handle, _label, noun = refs.need(db, which)
    else:
        row = db.one("SELECT letter || number, type FROM handle WHERE id = ?", (which,))
        number = which
        handle, noun = row or ("", "")
    if noun not in ("entry", "matter"):
        message = _(
            "{handle} is neither an entry nor a matter: it has nothing to mark."
        )
        raise Refused(message.format(handle=handle))
    return number, noun


def use(db: Store, wins: Iterable[int], day: date, now: datetime) -> list[str]:
    """Note that these wins were told on ``day``; the handles of those that are new."""
    told = []
    with db.write(N_("wins told in a report"), now):
        for number in wins:
            entry = entries.get(db, number)
            win = entry.win or Win()
            if entry.kind == "win" and win.used_on is None:
                entries.edit(db, entry, now, win=replace(win, used_on=day))
                told.append(entry.handle)
    return told
