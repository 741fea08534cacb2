"""How the events of a file belong together: series, their exceptions, and what follows.

A series that came in parts (all from a day on are otherwise) goes out in parts as long
as nothing in how they repeat was changed here; then each part is a series of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from plannertui.core.entries import Entry
from plannertui.core.events import Event
from plannertui.core.matters import Matter
from plannertui.core.rules import is_rule
from plannertui.exchange.icslines import Block, again
from plannertui.exchange.icsmade import OWN
from plannertui.exchange.icsvalues import text_of
from plannertui.exchange.present import plain
from plannertui.store import rows
from plannertui.store.foreign import Foreign

# What of a series its exceptions are named by, and what says when it takes place.
TIMES = ("starts_on", "time", "zone")
WHEN = (*TIMES, "ends_on", "minutes", "repeat", "extra")


class Place(NamedTuple):
    """Where an event stands among others.

    ``moved`` are days of its rule that are events of their own. Of an exception
    ``master`` is the series, ``uid`` its UID, and ``renamed`` says that it names its day
    otherwise than it came. ``apart``: it came as a part and is a series of its own now.
    """

    moved: frozenset[date] = frozenset()
    master: Event | None = None
    uid: str = ""
    renamed: bool = False
    apart: bool = False


class Series:
    """The events of one file, and what they came as."""

    def __init__(self, events: Iterable[Event], came: dict[int, Foreign]) -> None:
        self.events = {event.id: event for event in events}
        self.came = came
        self.masters = {
            event.id: event for event in self.events.values() if is_rule(event.repeat)
        }
        slots: dict[int, set[date]] = {}
        for event in self.events.values():
            master = self.master(event)
            if master is not None and event.slot_on is not None:
                slots.setdefault(master.id, set()).add(event.slot_on)
        self.moved = {number: frozenset(days) for number, days in slots.items()}
        self.apart = self._apart()

    def master(self, event: Event) -> Event | None:
        """The series of which ``event`` is one; None for what stands alone."""
        found = self.masters.get(event.series_id or 0)
        if found is None or found.id == event.id or event.slot_on is None:
            return None
        return found

    def place(self, event: Event) -> Place:
        """Where ``event`` stands."""
        master = self.master(event)
        return Place(
            self.moved.get(event.id, frozenset()),
            master,
            "" if master is None else self.uid(master),
            master is not None and self._renamed(master),
            event.id in self.apart,
        )

    def block(self, item: Event | Matter | Entry) -> Block | None:
        """What ``item`` came as; None for what was made here."""
        known = self.came.get(item.id)
        if known is None or "ics" not in known.kept or "base" not in known.kept:
            return None
        return again(known.kept["ics"])

    def uid(self, event: Event) -> str:
        """The UID of a series in the file."""
        block = self.block(event)
        if block is None or is_own(block, event):
            return event.uid
        if event.id in self.apart and block.first("RECURRENCE-ID") is not None:
            return event.uid
        return text_of(block.first("UID"))

    def _renamed(self, master: Event) -> bool:
        known = self.came.get(master.id)
        return known is None or _differs(master, known, TIMES)

    def _apart(self) -> set[int]:
        """The ids of those that came in parts which no longer fit together."""
        groups: dict[tuple[str, str], dict[str, Event]] = {}
        expected: dict[tuple[str, str], set[str]] = {}
        for event in self.events.values():
            known = self.came.get(event.id)
            if known is None or not {"parts", "of"} & known.kept.keys():
                continue
            name = (known.source, known.kept.get("of", known.key))
            groups.setdefault(name, {})[known.key] = event
            expected.setdefault(name, {name[1]}).update(known.kept.get("parts", ()))
        apart: set[int] = set()
        for name, members in groups.items():
            whole = expected[name] <= members.keys()
            if not whole or any(map(self._changed, members.values())):
                apart |= {event.id for event in members.values()}
        return apart

    def _changed(self, event: Event) -> bool:
        known = self.came[event.id]
        moved = self.moved.get(event.id, frozenset())
        if {day.isoformat() for day in moved} != set(known.kept.get("moved", ())):
            return True
        return _differs(event, known, WHEN) or left_out(event, moved) != came_out(known)


def _differs(event: Event, known: Foreign, names: Iterable[str]) -> bool:
    base = known.kept.get("base", {})
    return any(
        name in base and base[name] != plain(getattr(event, name)) for name in names
    )


def left_out(event: Event, moved: Iterable[date]) -> set[str]:
    """The days on which a series does not take place at all."""
    return {day.isoformat() for day in set(event.skipped) - set(moved)}


def came_out(known: Foreign) -> set[str]:
    """The days on which it did not when it came."""
    skipped = rows.load(known.kept["base"].get("skipped", "[]"))
    return set(skipped) - set(known.kept.get("moved", ()))


def is_own(block: Block, item: Event | Matter | Entry) -> bool:
    """Whether what came is this thing itself, made here and back from elsewhere."""
    told = block.first(OWN + "UID") or block.first("UID")
    return block.first(OWN + "REV") is not None and text_of(told) == item.uid
