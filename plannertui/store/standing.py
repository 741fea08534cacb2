"""How one stands with somebody: what they answer for, who serves it, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plannertui.core.coverage import Coverage, coverage, served_by
from plannertui.core.room import Seen
from plannertui.core.room import room as in_room
from plannertui.store import entries, goals, items, people, priorities

if TYPE_CHECKING:
    from plannertui.core.goals import Goal, Serve
    from plannertui.core.people import Person
    from plannertui.core.priorities import Priority
    from plannertui.store.open import Store

BETWEEN = ("promise", "waiting", "ask")


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody, and all that hangs on them.

    ``answers`` are active priorities by rank, ``gone`` those that are closed. ``served``
    has the goals of each, ``asks`` the handle of the open question about it, by id.
    ``coverage`` is for the leader one works for first, else None.
    """

    person: Person
    answers: tuple[Priority, ...] = ()
    gone: tuple[Priority, ...] = ()
    served: dict[int, list[tuple[Goal, Serve]]] | None = None
    asks: dict[int, str] | None = None
    open: tuple[items.Item, ...] = ()
    coverage: Coverage | None = None

    def goals_of(self, priority: Priority) -> list[tuple[Goal, Serve]]:
        """The active goals that serve ``priority``, and how."""
        return (self.served or {}).get(priority.id, [])

    def ask_of(self, priority: Priority) -> str:
        """The handle of the open question about ``priority``, empty for none."""
        return (self.asks or {}).get(priority.id, "")


def of(db: Store, person: Person, year: int) -> Standing:
    """How one stands with ``person``, with the goals of ``year``."""
    every = priorities.ls(db, person.id, past=True)
    active = tuple(each for each in every if each.state == "active")
    planned = goals.ls(db, year)
    asked = db.read(
        "SELECT m.priority_id, h.letter || h.number FROM matter m "
        "JOIN handle h ON h.id = m.id JOIN priority k ON k.id = m.priority_id "
        "WHERE k.person_id = ? AND m.kind = 'ask' AND m.state = 'open' "
        "AND m.deleted_at IS NULL ORDER BY m.id DESC",
        (person.id,),
    )
    wanted = items.Filter(person_id=person.id, state="open", kinds=BETWEEN)
    between = items.ls(db, wanted, nouns=("matter",))
    between.sort(key=lambda item: (item.due is None, item.due or item.day, item.id))
    return Standing(
        person,
        active,
        tuple(each for each in every if each.state != "active"),
        served_by(planned, active),
        dict(asked),
        tuple(between),
        coverage(planned, active) if person.primary else None,
    )


def room(db: Store) -> list[Seen]:
    """Who takes part in decisions about me, and the wins each has seen."""
    return in_room(people.ls(db), entries.wins(db))
