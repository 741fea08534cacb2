"""Texts that a session left unfinished: what they were, and what to do with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from plannertui.core.errors import NotFound
from plannertui.i18n import gettext as _
from plannertui.store import drafts, entries, trash
from plannertui.store.refs import resolve
from plannertui.tui import labels, texts

if TYPE_CHECKING:
    from plannertui.store.drafts import Draft
    from plannertui.store.open import Store
    from plannertui.tui.planner import Planner

NOUNS = ("entry", "matter", "event", "situation")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft of a session that has ended.

    ``handle`` is the thing it changes, ``day`` the day it was written for, ``prompt`` the
    question it answers; each empty or None where there is none.
    """

    draft: Draft
    handle: str = ""
    day: date | None = None
    prompt: str = ""

    def what(self, today: date) -> str:
        """What was being written, in words."""
        if self.handle:
            return self.handle
        if self.day is None:
            return _("a text")
        day = labels.day_words(self.day, today)
        if self.prompt:
            return _("an answer, {day}").format(day=day)
        return _("a note, {day}").format(day=day)


def ls(db: Store, session: str) -> list[Unfinished]:
    """The texts that sessions which have ended left unfinished, the oldest first.

    What forms keep comes back when the form is opened again, and is not listed.
    """
    found = []
    for draft in drafts.orphans(db, session):
        noun, _colon, rest = draft.target.partition(":")
        if noun in NOUNS or noun == "yield":
            found.append(Unfinished(draft, handle=rest))
        elif noun in ("reflect", "note"):
            day, _colon, prompt = rest.partition(":")
            try:
                found.append(
                    Unfinished(draft, day=date.fromisoformat(day), prompt=prompt)
                )
            except ValueError:
                found.append(Unfinished(draft))
    return found


def keep(planner: Planner, left: Unfinished) -> str:
    """Put the text into the journal as an entry of its own; gives its handle."""
    db, now, body = planner.db, planner.now(), left.draft.body
    day = left.day or planner.today
    links, tags = texts.links_in(db, body)
    kind = "reflection" if left.prompt else "note"
    thing = resolve(db, left.handle) if left.handle else None
    if thing is not None:
        links.insert(0, thing[0])
        if thing[3] == "entry":
            try:
                old = entries.get(db, thing[0])
                kind, day = old.kind, old.day
            except NotFound:
                pass
    with db.write("keep draft", now):
        entry = entries.add(
            db,
            text=body,
            kind=kind,
            day=day,
            now=now,
            links=links,
            tags=tags,
            timed=day == planner.today,
            prompt=left.prompt or None,
        )
    drafts.drop(db, left.draft.target)
    return entry.handle


def discard(planner: Planner, left: Unfinished) -> str:
    """Put the text into the trash, where it can be found again; gives its handle."""
    db, now = planner.db, planner.now()
    with db.write("discard draft", now):
        entry = entries.add(
            db,
            text=left.draft.body,
            day=left.day or planner.today,
            now=now,
            timed=False,
        )
        trash.remove(db, entry.id, now)
    drafts.drop(db, left.draft.target)
    return entry.handle
