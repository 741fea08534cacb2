"""The text of a line, whatever noun it is: reading it, saving it, keeping both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plannertui.core.errors import NotFound
from plannertui.core.tokens import named
from plannertui.i18n import gettext as _
from plannertui.store import entries, events, matters, refs, situations

if TYPE_CHECKING:
    from datetime import date, datetime

    from plannertui.core.entries import Entry
    from plannertui.store.items import Item
    from plannertui.store.open import Store

MOST_READ = 20_000


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the store at revision ``rev``; ``target`` is the name of its draft."""

    id: int
    handle: str
    noun: str
    uid: str
    rev: int
    text: str

    @property
    def target(self) -> str:
        """The name under which its draft is kept."""
        return f"{self.noun}:{self.handle}"

    @property
    def one_line(self) -> bool:
        """Whether it is a title rather than a text."""
        return self.noun != "entry"


def of_entry(entry: Entry) -> Text:
    """The text of ``entry``."""
    return Text(entry.id, entry.handle, "entry", entry.uid, entry.rev, entry.text)


def read(db: Store, item: Item | Text) -> Text | None:
    """The text of ``item``; None for what has none of its own to edit here."""
    if item.noun == "entry":
        return of_entry(entries.get(db, item.id))
    if item.noun == "matter":
        matter = matters.get(db, item.id)
        return Text(
            matter.id, matter.handle, "matter", matter.uid, matter.rev, matter.title
        )
    if item.noun == "event":
        event = events.get(db, item.id)
        return Text(event.id, event.handle, "event", event.uid, event.rev, event.title)
    if item.noun == "situation":
        hard = situations.get(db, item.id)
        return Text(hard.id, hard.handle, "situation", hard.uid, hard.rev, hard.line)
    return None


def present(entry: Entry) -> Entry:
    """``entry``, unless it lies in the trash: then NotFound is raised."""
    if entry.deleted_at:
        message = _("{handle} is in the trash.")
        raise NotFound(message.format(handle=entry.handle))
    return entry


def links_in(db: Store, text: str) -> tuple[list[int], list[str]]:
    """The ids of what ``text`` refers to with @, and its tags."""
    links: list[int] = []
    tags: list[str] = []
    for line in text[:MOST_READ].split("\n"):
        for token in named(line, 0, lambda name: refs.resolve(db, name)):
            if token.what == "ref":
                links.append(token.value[0])
            elif token.what == "tag":
                tags.append(token.value)
    return links, tags


def write(db: Store, of: Text, text: str, now: datetime, base_rev: int) -> Text:
    """Save ``text`` where nobody has changed it since ``base_rev``; else Conflict."""
    if of.noun == "entry":
        old = present(entries.get(db, of.id))
        links, tags = links_in(db, text)
        entry = entries.edit(
            db,
            old,
            now,
            base_rev=base_rev,
            text=text,
            links=[*(ref.id for ref in old.refs), *links],
            tags=[*old.tags, *tags],
        )
        return of_entry(entry)
    title = " ".join(text.split("\n")).strip()
    if of.noun == "matter":
        matter = matters.edit(
            db, matters.get(db, of.id), now, base_rev=base_rev, title=title
        )
        return Text(
            matter.id, matter.handle, "matter", matter.uid, matter.rev, matter.title
        )
    if of.noun == "event":
        event = events.edit(
            db, events.get(db, of.id), now, base_rev=base_rev, title=title
        )
        return Text(event.id, event.handle, "event", event.uid, event.rev, event.title)
    hard = situations.edit(
        db, situations.get(db, of.id), now, base_rev=base_rev, line=title
    )
    return Text(hard.id, hard.handle, "situation", hard.uid, hard.rev, hard.line)


def same(db: Store, of: Text, text: str) -> Text | None:
    """What the store has of ``of`` when it says ``text`` already, whoever wrote it."""
    try:
        found = read(db, of)
    except NotFound:
        return None
    return found if found is not None and found.text == text else None


def keep_both(db: Store, of: Text, text: str, day: date, now: datetime) -> Text:
    """File ``text`` as an entry of its own beside what somebody else made of ``of``."""
    links: tuple[int, ...] = ()
    kind = "note"
    try:
        if of.noun == "entry":
            old = entries.get(db, of.id)
            kind, day = old.kind, old.day
        links = (of.id,)
    except NotFound:
        pass
    entry = entries.add(db, kind=kind, text=text, day=day, now=now, links=links)
    return of_entry(entry)
