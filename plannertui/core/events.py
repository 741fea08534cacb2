"""Events: one-on-ones, meetings, appraisals, deadlines, leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
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
