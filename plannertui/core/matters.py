"""Matters: promises, things awaited, questions to ask, tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from plannertui.core.day import week_span
from plannertui.core.errors import Refused
from plannertui.core.rows import Ref, Row
from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plannertui.core.workdays import WorkCalendar

Kind = Literal["task", "promise", "waiting", "ask"]
KINDS: tuple[Kind, ...] = ("task", "promise", "waiting", "ask")

Nature = Literal["official", "private", "grey"]
NATURES: tuple[Nature, ...] = ("official", "private", "grey")

Origin = Literal["mine", "asked"]
ORIGINS: tuple[Origin, ...] = ("mine", "asked")

State = Literal["open", "done", "dropped"]
STATES: tuple[State, ...] = ("open", "done", "dropped")

Outcome = Literal["open", "kept", "renegotiated", "late", "broken", "released"]

Quadrant = Literal["now", "plan", "quick", "rest"]
QUADRANTS: tuple[Quadrant, ...] = ("now", "plan", "quick", "rest")

Group = Literal["overdue", "today", "week", "later", "undated"]
GROUPS: tuple[Group, ...] = ("overdue", "today", "week", "later", "undated")

DECISIONS = ("did", "declined", "asked_advice")
MOST_MOVES = 2
SOON_WORKDAYS = 2


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
    carried: tuple[date, ...] = ()
    first_on: date | None = None
    firsts: tuple[date, ...] = ()
    refs: tuple[Ref, ...] = ()
    tags: tuple[str, ...] = ()


def outcome(matter: Matter) -> Outcome:
    """How a promise ended: kept, renegotiated, late, broken; or released, or open.

    Kept is done by the due date, the first one and any later one. Renegotiated is done
    by the last one, moved at most twice, each time told on or before the date that was
    given up. Dropped without telling is broken; told by the due date it is released,
    told after it it is late.
    """
    if matter.state == "open":
        return "open"
    if matter.state == "dropped":
        if matter.told_on is None:
            return "broken"
        late = matter.due is not None and matter.told_on > matter.due
        return "late" if late else "released"
    if matter.due is None or matter.closed_on is None:
        return "kept"
    if matter.closed_on > matter.due:
        return "late"
    if all(matter.closed_on <= move.old_due for move in matter.moves):
        return "kept"
    in_time = all(told_in_time(move) for move in matter.moves)
    return "renegotiated" if in_time and len(matter.moves) <= MOST_MOVES else "late"


def told_in_time(move: Move) -> bool:
    """Whether the other side knew on or before the date that was given up."""
    return move.told_on is not None and move.told_on <= move.old_due


def counted(matter: Matter, today: date) -> bool:
    """Whether it counts in promise keeping: a promise whose due date has passed."""
    return matter.kind == "promise" and matter.due is not None and matter.due < today


def quadrant(matter: Matter) -> Quadrant:
    """Where urgent and important put it; both are what the user said, never guessed."""
    if matter.important:
        return "now" if matter.urgent else "plan"
    return "quick" if matter.urgent else "rest"


def is_soon(matter: Matter, today: date, calendar: WorkCalendar) -> bool:
    """Whether an open matter is due within two workdays, or is overdue."""
    if matter.state != "open" or matter.due is None:
        return False
    return calendar.between(today, matter.due) <= SOON_WORKDAYS


def group_of(matter: Matter, today: date) -> Group:
    """When it is due, seen from ``today``; what was taken up today is of today."""
    if matter.due is not None and matter.due < today:
        return "overdue"
    if matter.due == today or is_of(matter, today):
        return "today"
    if matter.due is None:
        return "undated"
    return "week" if matter.due <= week_span(today)[1] else "later"


def is_of(matter: Matter, day: date) -> bool:
    """Whether it was taken up again on ``day``, or is the one that counts on it."""
    return day in matter.carried or day in counted_on(matter)


def counted_on(matter: Matter) -> tuple[date, ...]:
    """The days on which it was the one that counts, the last of them last."""
    last = () if matter.first_on is None else (matter.first_on,)
    return (*matter.firsts, *last)


def check_close(matter: Matter) -> None:
    """Refuse to close a grey matter that has no decision."""
    if undecided(matter.nature, matter.boundary):
        raise Refused(
            _(
                "{handle} is a grey matter: record a decision before closing it. "
                "In the shell: ptui boundary check {handle}"
            ).format(handle=matter.handle)
        )


def check_closed(matter: Matter) -> None:
    """Refuse to leave a closed grey matter without its decision."""
    if matter.state != "open" and undecided(matter.nature, matter.boundary):
        raise Refused(
            _(
                "{handle} is closed, and what is grey is not closed without a decision: "
                "give one, or reopen it first."
            ).format(handle=matter.handle)
        )


def undecided(nature: str, boundary: dict[str, Any] | None) -> bool:
    """Whether what is grey waits for its decision."""
    return nature == "grey" and (boundary or {}).get("decision") not in DECISIONS


Side = Literal["up", "peers", "down"]
SIDES: dict[Side, tuple[str, ...]] = {
    "up": ("leader", "above"),
    "peers": ("peer", "outside"),
    "down": ("below",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """Which matters to show; None lets everything through.

    ``kind`` may be "grey". ``relations`` are the relations of people by their ids.
    """

    kind: str | None = None
    nature: str | None = None
    person_id: int | None = None
    goal_id: int | None = None
    side: Side | None = None

    def lets(self, matter: Matter, relations: Mapping[int, str]) -> bool:
        """Whether ``matter`` is one of them."""
        if self.kind == "grey" and matter.nature != "grey":
            return False
        if self.kind not in (None, "grey", matter.kind):
            return False
        if self.nature not in (None, matter.nature):
            return False
        person, goal = matter.person, matter.goal
        near = {ref.id for ref in (person, goal, *matter.refs) if ref is not None}
        if not {self.person_id, self.goal_id} <= near | {None}:
            return False
        if self.side is None:
            return True
        return person is not None and relations.get(person.id) in SIDES[self.side]
