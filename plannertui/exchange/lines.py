"""What goes out, as lines of days: the same for every written form.

Real names never leave the store: where one stands in a text, the alias goes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from plannertui.core.realnames import RealNames
from plannertui.core.rules import parse
from plannertui.core.rulewords import say
from plannertui.core.words import kind_word, state_word
from plannertui.i18n import gettext as _
from plannertui.store import events, people

if TYPE_CHECKING:
    from plannertui.core.entries import Entry
    from plannertui.core.events import Event
    from plannertui.core.matters import Matter
    from plannertui.core.rows import Ref
    from plannertui.exchange.exporting import Chosen
    from plannertui.store.open import Store


MOST_AT_END = 20
MOST_DAYS = 400
_HANDLE = re.compile(r"(?<![\w@＠.])[@＠]([LlPp]\d+)(?![\w.])")
_AT_END = re.compile(r"[@＠][LlPpGg]\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that goes out. ``clock`` is "HH:MM" or empty, ``at`` its stamp if any;
    ``people`` are aliases, ``handles`` what stands for whom in the text, ``goal`` is a
    title; ``until`` the last day of an event. ``zone`` is that of its clock, ``elsewhere``
    whether it is another than that of who writes it out. One of what repeats bears no ``uid``, a
    text with a name taken out no ``rev``: it is not what stands in the store.
    """

    id: int
    noun: str
    handle: str
    kind: str
    day: date
    text: str
    clock: str = ""
    at: str | None = None
    minutes: int | None = None
    until: date | None = None
    due: date | None = None
    state: str = ""
    closed: date | None = None
    important: bool = False
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    handles: tuple[tuple[str, str], ...] = ()
    goal: str = ""
    goal_handle: str = ""
    place: str = ""
    notes: str = ""
    repeat: str = ""
    zone: str = ""
    elsewhere: bool = False
    share: str = ""
    uid: str = ""
    rev: int = 0

    @property
    def begins(self) -> bool:
        """Whether its time says when it was; that of a task, only when it came up."""
        return bool(self.clock) and self.noun != "matter"

    def said(self) -> list[str]:
        """What is to be known beside the text: kind, dates, where."""
        parts = [kind_word(self.kind)]
        if self.elsewhere:
            parts.append(self.zone)
        if self.goal:
            parts.append(" ".join(self.goal.split()))
        if self.until is not None and self.until != self.day:
            parts.append(_("until {day}").format(day=self.until.isoformat()))
        if self.repeat:
            parts.append(self.repeat)
        if self.place:
            parts.append(" ".join(self.place.split()))
        if self.due is not None:
            message = _("due {day}") if self.noun == "matter" else _("about {day}")
            parts.append(message.format(day=self.due.isoformat()))
        if self.state not in ("", "open", "planned"):
            word = state_word(self.state)
            closed = self.closed and self.closed.isoformat()
            parts.append(f"{word} {closed}" if closed else word)
        return [*parts, self.handle]

    def shown(self) -> str:
        """The text for readers who know no handles: aliases, and none at its end."""
        text = self.text
        while len(parts := text.rsplit(maxsplit=1)) == 2 and _AT_END.fullmatch(
            parts[1]
        ):
            text = parts[0]
        known = dict(self.handles)

        def named(found: re.Match[str]) -> str:
            alias = known.get(found[1].upper())
            return found[0] if alias is None else "@" + "-".join(alias.split())

        return _HANDLE.sub(named, text)

    def labels(self) -> list[str]:
        """The tags and people that the text as shown does not name itself."""
        text = self.shown().casefold()
        found = [f"#{tag}" for tag in self.tags if f"#{tag}".casefold() not in text]
        for alias in self.people:
            word = "@" + "-".join(alias.split())
            if word.casefold() not in text:
                found.append(word)
        return found


def lines(db: Store, chosen: Chosen, here: str = "") -> list[Line]:
    """Everything that was chosen, by days; events first, then in the order written.

    ``here`` is the zone of who writes it out: of events, another one is told.
    """
    hide = Hide(db, chosen)
    found = [_entry(one, hide) for one in chosen.entries]
    found += [_matter(one, hide) for one in chosen.matters]
    found += [_event(one, hide, here) for one in _taking_place(db, chosen)]
    found.sort(
        key=lambda line: (
            line.day,
            line.noun != "event",
            line.at or line.clock,
            line.id,
        )
    )
    return found


def _taking_place(db: Store, chosen: Chosen) -> list[Event]:
    """What was chosen, and of what repeats each time on the days asked for.

    Where these are not told, or are years, a series stands on its first day.
    """
    first, last = chosen.since, chosen.until
    if first is None or last is None or (last - first).days > MOST_DAYS:
        return chosen.events
    own = {event.id: event for event in chosen.events}
    every = events.between(db, first, last, calendar=chosen.calendar)
    found = [one for one in every if one.id in own]
    return [
        replace(one, notes=own[one.id].notes, agenda=(), follow_up={}) for one in found
    ]


def by_days(found: Sequence[Line]) -> Iterator[tuple[date, list[Line]]]:
    """``found``, which is in order, day by day."""
    start = 0
    for end in range(1, len(found) + 1):
        if end == len(found) or found[end].day != found[start].day:
            yield found[start].day, list(found[start:end])
            start = end


class Hide:
    """Writes the alias where a text has somebody's real name, and counts how often."""

    def __init__(self, db: Store, chosen: Chosen) -> None:
        self.chosen = chosen
        self.names = RealNames(people.real_names(db))

    def __call__(self, text: str) -> str:
        text, count = self.names.hide(text)
        self.chosen.left["names"] += count
        return text

    def plainly(self, text: str) -> str:
        """The same where marks would be taken for something else: in words alone."""
        text, count = self.names.plainly(text)
        self.chosen.left["names"] += count
        return text

    def tags(self, tags: Iterable[str], text: str = "") -> tuple[str, ...]:
        """``tags`` with the alias's for each that spells a name, or without it.

        Those that stand in ``text`` are counted with it.
        """
        found: dict[str, str] = {}
        text = text.casefold()
        for tag in tags:
            told, count = self.names.tag(tag)
            if f"#{tag}".casefold() not in text:
                self.chosen.left["names"] += count
            if told:
                found.setdefault(told.casefold(), told)
        return tuple(found.values())

    def found_in(self, text: str) -> bool:
        """Whether somebody's real name is in ``text``."""
        return self.names.found_in(text)


def _people(refs: Sequence[Ref]) -> tuple[str, ...]:
    return tuple(ref.label for ref in refs if ref.handle[:1] in "LP")


def _handles(refs: Sequence[Ref]) -> tuple[tuple[str, str], ...]:
    return tuple((ref.handle, ref.label) for ref in refs if ref.handle[:1] in "LP")


def _goal(refs: Sequence[Ref]) -> tuple[str, str]:
    """The title and the handle of the first goal, if there is one."""
    found = ((ref.label, ref.handle) for ref in refs if ref.handle[:1] == "G")
    return next(found, ("", ""))


def _entry(entry: Entry, hide: Hide) -> Line:
    text, tags = hide(entry.text), hide.tags(entry.tags, entry.text)
    return Line(
        id=entry.id,
        noun="entry",
        handle=entry.handle,
        kind=entry.kind,
        day=entry.day,
        text=text,
        clock=entry.at[11:16] if entry.at else "",
        at=entry.at,
        due=entry.about,
        tags=tags,
        people=_people(entry.refs),
        handles=_handles(entry.refs),
        goal=hide(_goal(entry.refs)[0]),
        goal_handle=_goal(entry.refs)[1],
        share=entry.share,
        uid=entry.uid,
        rev=entry.rev if (text, tags) == (entry.text, entry.tags) else 0,
    )


def _matter(matter: Matter, hide: Hide) -> Line:
    refs = [ref for ref in (matter.person, matter.goal) if ref is not None]
    every = list({ref.id: ref for ref in (*refs, *matter.refs)}.values())
    text, tags = hide(matter.title), hide.tags(matter.tags, matter.title)
    return Line(
        id=matter.id,
        noun="matter",
        handle=matter.handle,
        kind=matter.kind,
        day=matter.day,
        text=text,
        clock=matter.at[11:16] if matter.at else "",
        at=matter.at,
        due=matter.due,
        state=matter.state,
        closed=matter.closed_on,
        important=matter.important,
        tags=tags,
        people=_people(every),
        handles=_handles(every),
        goal=hide(_goal(every)[0]),
        goal_handle=_goal(every)[1],
        uid=matter.uid,
        rev=matter.rev if (text, tags) == (matter.title, matter.tags) else 0,
    )


def _rule(event: Event) -> str:
    """How it repeats, in words, where it is the whole series."""
    return say(parse(event.repeat), event.starts_on) if event.repeats else ""


def _event(event: Event, hide: Hide, here: str) -> Line:
    text = hide(event.title)
    return Line(
        id=event.id,
        noun="event",
        handle=event.handle,
        kind=event.kind,
        day=event.starts_on,
        text=text,
        clock=event.time or "",
        minutes=event.minutes,
        until=event.ends_on,
        state=event.state,
        people=_people(event.people),
        handles=_handles(event.people),
        place=hide(event.place),
        notes=hide(event.notes),
        zone=event.zone if event.time else "",
        elsewhere=bool(event.time and event.zone) and event.zone != here,
        repeat="" if event.slot_on else _rule(event),
        uid="" if event.repeats else event.uid,
        rev=event.rev if text == event.title else 0,
    )
