"""Texts that a session left unfinished: what they were, and what to do with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from plannertui.core.boundary import add_words
from plannertui.core.errors import NotFound
from plannertui.i18n import gettext as _
from plannertui.store import drafts, entries, matters, revisits, trash
from plannertui.store.refs import resolve
from plannertui.tui import labels, texts
from plannertui.tui.question import AGAIN
from plannertui.tui.texts import Text

if TYPE_CHECKING:
    from plannertui.store.drafts import Draft
    from plannertui.store.open import Store
    from plannertui.tui.planner import Planner

NOUNS = ("entry", "matter", "event", "situation")
FORMS = ("yield", "boundary")
"""What is written in a dialog about a thing."""


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

    @property
    def form(self) -> str:
        """The dialog it was written in: "yield", "boundary", or "" for none."""
        kind = self.draft.target.partition(":")[0]
        return kind if kind in FORMS else ""

    def what(self, today: date) -> str:
        """What was being written, in words."""
        if self.form == "boundary":
            return _("boundary check, {handle}").format(handle=self.handle)
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
        if noun in NOUNS or noun in FORMS:
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


def waits(db: Store, session: str) -> bool:
    """Whether a lock left a text that ``ls`` does not list: of the capture line, a form."""
    listed = {left.draft.target for left in ls(db, session)}
    return any(
        draft.session == drafts.LEFT and draft.target not in listed
        for draft in drafts.orphans(db, session)
    )


def moved_on(db: Store, left: Unfinished) -> Text | None:
    """What is saved of the thing now, where somebody changed it since; else None."""
    thing = resolve(db, left.handle) if left.handle and not left.form else None
    if thing is None:
        return None
    number, handle, _label, noun = thing
    found = texts.read(db, Text(number, handle, noun, "", 0, ""))
    if found is None or found.rev == left.draft.base_rev:
        return None
    return found if found.text != left.draft.body else None


def replace(planner: Planner, left: Unfinished, saved: Text) -> str:
    """Put the text in place of what is ``saved``; gives the handle."""
    db = planner.db
    texts.write(db, saved, left.draft.body, planner.now(), saved.rev)
    drafts.drop(db, left.draft.target)
    return saved.handle


def _keep_words(planner: Planner, left: Unfinished) -> str:
    """Add the words to the matter they are about: they go into no entry."""
    db, now = planner.db, planner.now()
    matter = matters.get(db, left.handle)
    words = add_words(matter.boundary, left.draft.body, planner.today)
    matters.edit(db, matter, now, boundary=words)
    drafts.drop(db, left.draft.target)
    return matter.handle


def keep(planner: Planner, left: Unfinished) -> str:
    """Put the text into the journal as an entry of its own; gives its handle."""
    db, now, body = planner.db, planner.now(), left.draft.body
    if left.form == "boundary":
        return _keep_words(planner, left)
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
    if left.prompt.startswith(AGAIN):
        then = entries.get(db, left.prompt.removeprefix(AGAIN))
        said = revisits.answer(db, then, body, day=day, now=now, links=links, tags=tags)
        drafts.drop(db, left.draft.target)
        return said.handle
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
