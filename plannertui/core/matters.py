"""Matters: promises, things awaited, questions to ask, tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from plannertui.core.errors import Refused
from plannertui.core.rows import Ref, Row
from plannertui.i18n import gettext as _

Kind = Literal["task", "promise", "waiting", "ask"]
KINDS: tuple[Kind, ...] = ("task", "promise", "waiting", "ask")

Nature = Literal["official", "private", "grey"]
NATURES: tuple[Nature, ...] = ("official", "private", "grey")

Origin = Literal["mine", "asked"]
ORIGINS: tuple[Origin, ...] = ("mine", "asked")

State = Literal["open", "done", "dropped"]
STATES: tuple[State, ...] = ("open", "done", "dropped")

Outcome = Literal["open", "kept", "renegotiated", "late", "broken", "released"]

DECISIONS = ("did", "declined", "asked_advice")
MOST_MOVES = 2


@dataclass(frozen=True, slots=True)
class Move:
    """A due date that was changed; ``told_on`` is when the other side was told."""

    old_due: date
    told_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter(Row):
    """Whatever somebody brings you or you carry."""

    title: str
    kind: Kind = "task"
    nature: Nature = "official"
    day: date
    at: str | None = None
    person: Ref | None = None
    goal: Ref | None = None
    priority_id: int | None = None
    origin: Origin = "mine"
    due: date | None = None
    urgent: bool = False
    important: bool = False
    moves: tuple[Move, ...] = ()
    boundary: dict[str, Any] | None = None
    state: State = "open"
    closed_on: date | None = None
    told_on: date | None = None
    refs: tuple[Ref, ...] = ()
    tags: tuple[str, ...] = ()


def outcome(matter: Matter) -> Outcome:
    """How a promise ended: kept, renegotiated, late, broken; or released, or open.

    Kept is done by the due date, the first one and any later one. Renegotiated is done
    by the last one, moved at most twice, each time told on or before the date that was
    given up. Dropped with the other side told is released, dropped without is broken.
    """
    if matter.state == "open":
        return "open"
    if matter.state == "dropped":
        return "released" if matter.told_on is not None else "broken"
    if matter.due is None or matter.closed_on is None:
        return "kept"
    if matter.closed_on > matter.due:
        return "late"
    if all(matter.closed_on <= move.old_due for move in matter.moves):
        return "kept"
    in_time = all(
        m.told_on is not None and m.told_on <= m.old_due for m in matter.moves
    )
    return "renegotiated" if in_time and len(matter.moves) <= MOST_MOVES else "late"


def counted(matter: Matter, today: date) -> bool:
    """Whether it counts in promise keeping: a promise whose due date has passed."""
    return matter.kind == "promise" and matter.due is not None and matter.due < today


def check_close(matter: Matter) -> None:
    """Refuse to close a grey matter that has no decision."""
    if matter.nature == "grey" and not (matter.boundary or {}).get("decision"):
        raise Refused(
            _("{handle} is a grey matter: record a decision before closing it.").format(
                handle=matter.handle
            )
        )
