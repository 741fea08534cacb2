"""Events: one-on-ones, meetings, appraisals, deadlines, leave."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import Any, Literal

from plannertui.core.rows import Ref, Row

Kind = Literal["one_on_one", "meeting", "appraisal", "deadline", "leave"]
KINDS: tuple[Kind, ...] = ("one_on_one", "meeting", "appraisal", "deadline", "leave")

State = Literal["planned", "prepared", "held", "followed_up", "cancelled"]
STATES: tuple[State, ...] = (
    "planned",
    "prepared",
    "held",
    "followed_up",
    "cancelled",
)

WANTED_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Row):
    """Something at a time: ``starts_on`` to ``ends_on`` inclusive, wall time "HH:MM".

    ``follow_up`` holds what was heard, promised and assumed; ``series_id`` is the first
    event of its series and ``slot_on`` the day that the rule of the series gave it.
    Without ``time`` it lasts all day; ``zone`` is an IANA name, empty for wherever one
    is.

    ``repeat`` is a rule (``core.recurrence``), or the rhythm of a series of one-on-ones.
    Of what repeats by a rule, ``skipped`` are days on which it does not take place, or
    does so as a row of its own with this one's id as ``series_id`` and that day as
    ``slot_on``; ``extra`` are days beside the rule, and ``last_on`` the last day that it
    can begin on, 9999-12-31 for never ending. ``reminders`` are minutes before.

    An occurrence is the repeating event with the days it takes place on and the day of
    the rule as ``slot_on``; its id, handle and rule are those of the repeating one.
    """

    kind: Kind = "meeting"
    title: str
    starts_on: date
    ends_on: date
    time: str | None = None
    minutes: int | None = None
    zone: str = ""
    repeat: str = ""
    people: tuple[Ref, ...] = ()
    agenda: tuple[dict[str, Any], ...] = ()
    wanted: str = ""
    notes: str = ""
    state: State = "planned"
    follow_up: dict[str, Any] = field(default_factory=dict)
    series_id: int | None = None
    slot_on: date | None = None
    skipped: tuple[date, ...] = ()
    extra: tuple[date, ...] = ()
    last_on: date | None = None
    reminders: tuple[int, ...] = ()
    place: str = ""
    url: str = ""

    def at(
        self, starts_on: date, ends_on: date, time: str | None, slot_on: date | None
    ) -> Event:
        """The event at another time; as ``replace`` does it, in a tenth of the time."""
        made = object.__new__(Event)
        for name, value in zip(_FIELDS, _values(self), strict=True):
            object.__setattr__(made, name, value)
        object.__setattr__(made, "starts_on", starts_on)
        object.__setattr__(made, "ends_on", ends_on)
        object.__setattr__(made, "time", time)
        object.__setattr__(made, "slot_on", slot_on)
        return made

    @property
    def repeats(self) -> bool:
        """Whether it, or what it is an occurrence of, repeats by a rule."""
        return self.last_on is not None

    @property
    def key(self) -> tuple[int, date | None]:
        """What it is told by among all occurrences: its id, and the day of the rule."""
        return (self.id, self.slot_on if self.repeats else None)


_FIELDS = tuple(each.name for each in fields(Event))
_values = attrgetter(*_FIELDS)
