"""Situations: an emergency, contradiction or decision seen from the leader's chair."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from plannertui.core.rows import Ref, Row

Kind = Literal["emergency", "contradiction", "decision"]
KINDS: tuple[Kind, ...] = ("emergency", "contradiction", "decision")

State = Literal["open", "sent", "closed", "void"]
STATES: tuple[State, ...] = ("open", "sent", "closed", "void")

LINE_LENGTH = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation(Row):
    """One hard moment: line and clock, facts, chair, heart, options, move, close."""

    kind: Kind = "emergency"
    line: str
    day: date
    at: str | None = None
    person: Ref | None = None
    clock: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    chair: dict[str, Any] = field(default_factory=dict)
    heart: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    move: dict[str, Any] = field(default_factory=dict)
    predicted: str = ""
    actual: str = ""
    match: str = ""
    close: dict[str, Any] = field(default_factory=dict)
    state: State = "open"
    closed_on: date | None = None
