"""A year: its theme, what it refuses, and how the user wants to work and be worked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from plannertui.core.rows import Row

State = Literal["drafting", "active", "closed"]
STATES: tuple[State, ...] = ("drafting", "active", "closed")

THEME_LENGTH = 60
LINE_LENGTH = 80
MOST_REFUSALS = 5
MOST_STANDARDS = 7
MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Standard:
    """One line of the mirror: how I want people to work for me."""

    id: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Year(Row):
    """One calendar or fiscal year, named by the calendar year in which it starts."""

    year: int
    theme: str = ""
    refusals: tuple[str, ...] = ()
    standards: tuple[Standard, ...] = ()
    lines: tuple[str, ...] = ()
    askers: tuple[str, ...] = ()
    appraisal_on: date | None = None
    calendar: str = ""
    rule: str = ""
    state: State = "active"
