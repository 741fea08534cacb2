"""What is open and what was settled between me and one person: promises and asks."""

from __future__ import annotations

from datetime import date

from plannertui.core.briefs import Ledger, LedgerLine, result
from plannertui.core.matters import Matter
from plannertui.core.people import Person
from plannertui.core.workdays import WorkCalendar
from plannertui.store import matters
from plannertui.store.open import Store

SIDES = {"promise": "mine", "waiting": "theirs", "ask": "asks"}


def ledger(db: Store, person: Person, today: date, calendar: WorkCalendar) -> Ledger:
    """Promises both ways and asks, open ones first by their day, then the newest closed.

    A grey matter is no line of a ledger, whatever its kind.
    """
    found: dict[str, list[LedgerLine]] = {side: [] for side in SIDES.values()}
    origins = _origins(db, person.id)
    for matter in matters.some(db, _ids(db, person.id)):
        origin = origins.get(matter.id, "")
        found[SIDES[matter.kind]].append(_line(matter, origin, today, calendar))
    ordered = {side: tuple(sorted(lines, key=_order)) for side, lines in found.items()}
    return Ledger(person=person, **ordered)


def _ids(db: Store, person_id: int) -> list[int]:
    found = db.read(
        "SELECT id FROM matter WHERE person_id = ? AND deleted_at IS NULL "
        "AND kind IN ('promise', 'waiting', 'ask') AND nature != 'grey' ORDER BY id",
        (person_id,),
    )
    return [row[0] for row in found]


def _origins(db: Store, person_id: int) -> dict[int, str]:
    """The talk that each matter with a person came out of, by the matter's id."""
    return dict(
        db.read(
            "SELECT l.from_id, h.letter || h.number FROM matter m "
            "CROSS JOIN link l ON l.from_id = m.id JOIN handle h ON h.id = l.to_id "
            "WHERE m.person_id = ? AND l.role = 'from' AND h.type = 'event'",
            (person_id,),
        )
    )


def _line(
    matter: Matter, origin: str, today: date, calendar: WorkCalendar
) -> LedgerLine:
    end = matter.closed_on or today
    late = 0
    if matter.due is not None and end > matter.due:
        late = calendar.between(matter.due, end)
    return LedgerLine(
        handle=matter.handle,
        text=matter.title,
        kind=matter.kind,
        nature=matter.nature,
        made_on=matter.day,
        due=matter.due,
        closed_on=matter.closed_on,
        result=result(matter),
        age=max(0, calendar.between(matter.day, end)),
        late=late,
        origin=origin,
    )


def _order(line: LedgerLine) -> tuple[bool, int]:
    """Open lines by the day they are due or were made, then closed ones, newest first."""
    if line.closed_on is None:
        return (False, (line.due or line.made_on).toordinal())
    return (True, -line.closed_on.toordinal())
