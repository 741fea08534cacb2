"""What goes out to other programs: chosen by a filter, less what is private.

Entries are private until they are marked as ready; so are matters that are not official
and the notes to a talk, and what a calendar file said was private. With ``private``
they go out, too. What is grey, and what a boundary check recorded, never goes out this
way.
"""

from __future__ import annotations

import re
from collections import Counter
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date

from plannertui.core.entries import Entry
from plannertui.core.events import Event
from plannertui.core.matters import Matter
from plannertui.core.recurrence import next_days, parse
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import N_, ngettext
from plannertui.i18n import gettext as _
from plannertui.store import entries, events, foreign, matters
from plannertui.store.items import Filter, ls
from plannertui.store.open import Store

WRITTEN = ("entry", "matter")


@dataclass(slots=True)
class Chosen:
    """What goes out, by noun and in order, and how many stay here for which reason.

    ``private`` is how many of those that go out are private, ``since`` and ``until`` the
    days asked for. Of what repeats the whole series is in it.

    ``whole``: nothing was asked for but, at most, where it came from.
    """

    entries: list[Entry] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    private: int = 0
    since: date | None = None
    until: date | None = None
    whole: bool = False
    calendar: WorkCalendar | None = None

    def __len__(self) -> int:
        return len(self.entries) + len(self.matters) + len(self.events)


def choose(
    db: Store,
    only: Filter,
    *,
    private: bool = False,
    source: str = "",
    calendar: WorkCalendar | None = None,
) -> Chosen:
    """What ``only`` lets through and may go out; workdays are those of ``calendar``.

    What came from ``source`` goes back there although the file says that it is private.
    """
    found = ls(db, only, limit=None, newest=False, nouns=WRITTEN)
    ids = {noun: [one.id for one in found if one.noun == noun] for noun in WRITTEN}
    taking_place = _events(db, only, calendar)
    if source:
        came = {one.item_id for one in foreign.of_source(db, source).values()}
        ids = {noun: [id_ for id_ in ids[noun] if id_ in came] for noun in WRITTEN}
        taking_place = [event for event in taking_place if event.id in came]
    marked = _marked(db, [*ids["matter"], *(event.id for event in taking_place)])
    chosen = Chosen(since=only.since, until=only.until, calendar=calendar)
    for entry in entries.some(db, ids["entry"]):
        if private or entry.share == "ready":
            chosen.entries.append(entry)
            chosen.private += entry.share != "ready"
        else:
            chosen.left["private"] += 1
    for matter in matters.some(db, ids["matter"]):
        if matter.nature == "grey" or matter.boundary:
            chosen.left["grey"] += 1
            continue
        own, theirs = matter.nature == "private", matter.id in marked
        hidden = own or theirs
        if (own or (theirs and not source)) and not private:
            chosen.left["private"] += 1
        else:
            chosen.matters.append(matter)
            chosen.private += hidden
    for event in taking_place:
        hidden = event.id in marked or event.series_id in marked
        if hidden and not (private or source):
            chosen.left["private"] += 1
            continue
        chosen.private += hidden
        if not private and event.notes:
            event = replace(event, notes="")
        chosen.events.append(replace(event, follow_up={}, agenda=()))
    return chosen


# How a calendar file says so of a component; texts have no line of their own in it.
_PRIVATE = re.compile(
    r"^CLASS(?:;[^:\n]*)?:[ \t]*(?:PRIVATE|CONFIDENTIAL)[ \t]*$", re.MULTILINE | re.I
)
_OURS = "\nX-PLANNERTUI-REV:"


def _marked(db: Store, ids: list[int]) -> set[int]:
    """Those that another program's file says are private; ours say so themselves."""
    found = set()
    for number, came in foreign.of_items(db, ids).items():
        for one in came:
            raw = str(one.kept.get("ics", ""))
            if _OURS not in raw and _PRIVATE.search(raw):
                found.add(number)
    return found


def _events(db: Store, only: Filter, calendar: WorkCalendar | None) -> list[Event]:
    """The events that ``only`` lets through, of what repeats the whole series, in order.

    A series is let through when it, or one of it, takes place on the days asked for.
    """
    when = (only.since or date.min, only.until or date.max)
    wide = copy(only)
    wide.since = wide.until = None
    ids = [item.id for item in ls(db, wide, limit=None, nouns=("event",))]
    every = {event.id: event for event in events.by_ids(db, ids)}
    chosen = {
        event.id for event in every.values() if _takes_place(event, *when, calendar)
    }
    series = {
        event.series_id: True
        for event in every.values()
        if event.id in chosen and event.series_id in every and event.slot_on
    }
    chosen |= {number for number in series if number and every[number].repeats}
    chosen |= {
        event.id
        for event in every.values()
        if event.series_id in chosen and every[event.series_id].repeats
    }
    found = [event for event in every.values() if event.id in chosen]
    return sorted(found, key=lambda one: (one.starts_on, one.time or "", one.id))


def _takes_place(
    event: Event, first: date, last: date, calendar: WorkCalendar | None
) -> bool:
    if not event.repeats:
        return event.starts_on <= last and event.ends_on >= first
    if event.starts_on > last or (event.last_on or date.max) < first:
        return False
    if any(first <= day <= last for day in event.extra):
        return True
    found = next_days(parse(event.repeat), event.starts_on, first, 1, calendar)
    return bool(found) and found[0] <= last


def said(chosen: Chosen, counts: bool = True) -> list[str]:
    """Sentences on what goes out and what stays, for people."""
    lines = []
    parts = [
        ngettext("{n} event", "{n} events", n).format(n=n)
        for n in [len(chosen.events)]
        if n
    ]
    parts += [
        ngettext("{n} task", "{n} tasks", n).format(n=n)
        for n in [len(chosen.matters)]
        if n
    ]
    parts += [
        ngettext("{n} entry", "{n} entries", n).format(n=n)
        for n in [len(chosen.entries)]
        if n
    ]
    if counts:
        lines.append(_(", ").join(parts) if parts else _("Nothing to go out."))
        if chosen.private:
            lines.append(_("Private, and in it: {count}.").format(count=chosen.private))
    for reason, message in _STAYS.items():
        number = chosen.left[reason]
        if number:
            lines.append(_(message).format(count=number))
    return lines


_STAYS = {
    "private": N_("Private, left out: {count}. --private includes them."),
    "form": N_("What this form has no place for, left out: {count}."),
    "names": N_("Real names in the texts, written as aliases: {count}."),
    "came": N_("Real names in it as they came, since --as gives it back: {count}."),
    "grey": N_("Grey or with a boundary record, never part of it: {count}."),
}
