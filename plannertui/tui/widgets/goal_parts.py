"""What the sheet of a goal is made of: what it shows, its rows, headings, paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.tui.widgets.drawn import Line, fit, flat, line
from plannertui.tui.wording import long_day, short_day
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.core.goals import CheckIn, Goal, Pace
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.history import Revision
    from plannertui.store.items import Item
    from plannertui.tui.themes import Frame


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown of a goal, read from the store once."""

    goal: Goal
    pace: Pace
    checks: Sequence[CheckIn]
    evidence: Sequence[Item]
    changes: Sequence[Revision]
    whom: dict[int, str]
    today: date
    calendar: WorkCalendar
    language: str


@dataclass(frozen=True, slots=True)
class Row:
    """Lines of the sheet; what has a ``kind`` can be gone to, ``key`` says which."""

    lines: tuple[Line, ...]
    kind: str = ""
    key: int = 0
    handle: str = ""


def heading(text: str, about: str, keys: str, width: int, frame: Frame) -> Row:
    """The heading of a section: its name, a figure, and the keys that work in it."""
    head = fit(text, width, frame)
    about = fit(about, max(0, width - cell_len(head) - 2), frame)
    gap = width - cell_len(head) - 2 - cell_len(about) - cell_len(keys)
    return Row(
        (
            line(
                (head, "heading"),
                ("  " + about if about else "  ", "muted"),
                (" " * gap + keys if gap > 1 else "", "faint"),
            ),
        )
    )


def paragraph(text: str, width: int, role: str, indent: int = 0) -> list[Line]:
    room = max(4, width - indent)
    return [
        line((" " * indent, ""), (part, role))
        for part in wrap(flat(text), room)
        if part
    ]


def dated(day: date, today: date) -> str:
    return short_day(day) if day.year == today.year else long_day(day)
