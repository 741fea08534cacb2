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
