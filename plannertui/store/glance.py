"""What one glance at the day needs, read without the classes of the nouns.

On the shell's daily path: imports next to nothing.
"""

from __future__ import annotations

from datetime import date

from plannertui.core.day import later
from plannertui.store.open import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

CLAIM_DAYS = 60
GUESS_DAYS = 60
UNDECIDED_WORKDAYS = 3
# Leave that repeats without end ("every Friday") is counted so many years ahead.
LEAVE_YEARS = 20

_GOAL = (
    "SELECT g.id, h.letter || h.number, g.title, g.state, g.start, g.due, "
    "g.measure_start, g.measure_target, g.measure_now, g.measure_direction, "
    "g.measure_unit FROM goal g JOIN handle h ON h.id = g.id"
)


class Measure:
    """A number on its way from ``start`` to ``target``."""

    __slots__ = ("direction", "now", "start", "target", "unit")

    def __init__(
        self, start: float, target: float, now: float, direction: str, unit: str
    ) -> None:
        self.start = start
        self.target = target
        self.now = now
        self.direction = direction
        self.unit = unit


class Step:
    """A milestone, as far as counting goes."""

    __slots__ = ("done_on",)

    def __init__(self, done_on: date | None) -> None:
        self.done_on = done_on


class Aim:
    """A goal, as far as its pace goes."""

    __slots__ = (
        "due",
        "handle",
        "id",
        "measure",
        "milestones",
        "start",
        "state",
        "title",
    )

    def __init__(self, row: Sequence[Any], milestones: list[Step]) -> None:
        self.id: int = row[0]
        self.handle: str = row[1]
        self.title: str = row[2]
        self.state: str = row[3]
        self.start = date.fromisoformat(row[4])
        self.due = date.fromisoformat(row[5])
        self.measure: Measure | None = None
        if row[6] is not None:
            self.measure = Measure(row[6], row[7], row[8], row[9], row[10] or "")
        self.milestones = milestones


def is_empty(db: Store) -> bool:
    """Whether nothing was ever kept in the store, the trash included."""
    return db.one("SELECT 1 FROM handle LIMIT 1") is None


def aim(db: Store, number: int) -> Aim | None:
    """The goal with this id; None for none."""
    found = _aims(db, db.read(f"{_GOAL} WHERE g.id = ?", (number,)))
    return found[0] if found else None


def aims(db: Store, year: int) -> list[Aim]:
    """The active goals of a year in the user's order."""
    return _aims(
        db,
        db.read(
            f"{_GOAL} WHERE g.year = ? AND g.deleted_at IS NULL "
            "AND g.state = 'active' ORDER BY g.position, g.id",
            (year,),
        ),
    )


def _aims(db: Store, rows: list[Any]) -> list[Aim]:
    return [
        Aim(
            row,
            [
                Step(date.fromisoformat(done_on) if done_on else None)
                for (done_on,) in db.read(
                    "SELECT done_on FROM milestone WHERE goal_id = ?", (row[0],)
                )
            ],
        )
        for row in rows
    ]


def theme(db: Store, year: int) -> str:
    """The theme of a year, empty without one."""
    row = db.one("SELECT theme FROM year WHERE year = ?", (year,))
    return row[0] if row is not None else ""


def appraisal(db: Store, year: int) -> date | None:
    """The day of a year's appraisal, where one is known."""
    row = db.one("SELECT appraisal_on FROM year WHERE year = ?", (year,))
    return date.fromisoformat(row[0]) if row is not None and row[0] else None


class Leader:
    """The primary leader, as far as naming one goes."""

    __slots__ = ("alias", "created_at", "handle", "id", "since")

    def __init__(self, row: Sequence[Any]) -> None:
        self.id: int = row[0]
        self.handle: str = row[1]
        self.alias: str = row[2]
        self.since = date.fromisoformat(row[3]) if row[3] else None
        self.created_at: str = row[4]


def leader(db: Store) -> Leader | None:
    """The leader one works for first, or None."""
    row = db.one(
        "SELECT p.id, h.letter || h.number, p.alias, p.since, p.created_at FROM person p "
        "JOIN handle h ON h.id = p.id WHERE p.deleted_at IS NULL "
        "AND p.state = 'active' AND p.is_primary = 1 ORDER BY p.id LIMIT 1"
    )
    return None if row is None else Leader(row)


def wanted(db: Store, person: int) -> set[int]:
    """The ids of the active priorities of a person."""
    return {
        number
        for (number,) in db.read(
            "SELECT id FROM priority WHERE person_id = ? AND state = 'active' "
            "AND deleted_at IS NULL",
            (person,),
        )
    }


def promises_due(db: Store, until: date) -> list[date]:
    """When the open promises are due that are due by ``until``, overdue ones included."""
    return [
        date.fromisoformat(due)
        for (due,) in db.read(
            "SELECT due FROM matter WHERE state = 'open' AND due <= ? "
            "AND kind = 'promise' AND deleted_at IS NULL ORDER BY due",
            (until.isoformat(),),
        )
    ]


def may_be_seen_again(db: Store, day: date, today: date) -> bool:
    """Whether something waits to be seen again today, or was seen again on ``day``."""
    row = db.one(
        # The + keeps the planner of SQLite off the index of all entries that there are.
        "SELECT EXISTS (SELECT 1 FROM entry WHERE revisit_on <= ? "
        "AND +deleted_at IS NULL) OR EXISTS (SELECT 1 FROM entry a WHERE a.day = ? "
        "AND a.kind = 'reflection' AND a.deleted_at IS NULL AND EXISTS "
        "(SELECT 1 FROM link l WHERE l.from_id = a.id AND l.role = 'from'))",
        (today.isoformat(), day.isoformat()),
    )
    return row is not None and bool(row[0])


def leave(db: Store) -> frozenset[date]:
    """Every day of leave."""
    days: set[date] = set()
    for first, last, *rule, until in db.read(
        'SELECT starts_on, ends_on, "repeat", skipped, extra, last_on FROM event '
        "WHERE kind = 'leave' AND deleted_at IS NULL AND state != 'cancelled'"
    ):
        day, end = date.fromisoformat(first), date.fromisoformat(last)
        begins = [day]
        if until is not None:
            from plannertui.store.slots import rule_days

            far = min(until, f"{min(day.year + LEAVE_YEARS, 9999):04d}-12-31")
            begins = rule_days(
                (first, *rule, until), day, date.fromisoformat(far), None
            )
        for number in range(end.toordinal() - day.toordinal() + 1):
            days.update(date.fromordinal(n.toordinal() + number) for n in begins)
    return frozenset(days)


def notices(db: Store, today: date) -> dict[str, int]:
    """How many recent wins lack proof, guesses are stale, entries ask to be seen again.

    Only what is there has a key: "claims", "guesses", "again".
    """
    counted = {
        "claims": db.one(
            "SELECT count(*) FROM entry WHERE kind = 'win' AND deleted_at IS NULL "
            "AND day >= ? AND ifnull(json_extract(win, '$.number'), '') = '' "
            "AND ifnull(json_extract(win, '$.document'), '') = '' "
            "AND ifnull(json_extract(win, '$.witnesses'), '[]') = '[]'",
            (_ago(today, CLAIM_DAYS),),
        ),
        "guesses": db.one(
            "SELECT count(*) FROM priority WHERE basis = 'guess' AND state = 'active' "
            "AND deleted_at IS NULL AND ifnull(checked_on, '') < ?",
            (_ago(today, GUESS_DAYS),),
        ),
        "again": db.one(
            "SELECT count(*) FROM entry WHERE revisit_on <= ? AND +deleted_at IS NULL",
            (today.isoformat(),),
        ),
    }
    return {name: row[0] for name, row in counted.items() if row and row[0]}


def undecided(db: Store, since: date) -> str:
    """The handle of the grey matter that has waited longest since ``since``, or ""."""
    row = db.one(
        "SELECT h.letter || h.number FROM matter m JOIN handle h ON h.id = m.id "
        "WHERE m.nature = 'grey' AND m.state = 'open' AND m.deleted_at IS NULL "
        "AND m.day <= ? AND ifnull(json_extract(m.boundary, '$.decision'), '') = '' "
        "ORDER BY m.day, m.id LIMIT 1",
        (since.isoformat(),),
    )
    return "" if row is None else str(row[0])


def _ago(today: date, days: int) -> str:
    return later(today, -days).isoformat()
