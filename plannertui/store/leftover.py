"""What earlier days left unfinished, and when one looked at it last.

On the shell's daily path: imports next to nothing.
"""

from __future__ import annotations

from datetime import date

from plannertui.core.leftover import begins, left_from
from plannertui.store.items import SELECTS, Item, chunks, fill, marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.open import Store

SEEN = "leftover_seen"


class Left:
    """An open matter, the ``day`` it was last meant for, and ``why`` (see core)."""

    __slots__ = ("day", "item", "why")

    def __init__(self, item: Item, day: date, why: str) -> None:
        self.item = item
        self.day = day
        self.why = why


def left_over(db: Store, today: date, calendar: WorkCalendar) -> list[Left]:
    """What is offered on ``today``: the oldest day first, then as it was written."""
    first = begins(today, calendar.previous(today), _seen(db))
    at = first.isoformat()
    # A matter is left over from one of few days: only those that name one are read.
    rows = db.read(
        "SELECT id, kind, day, due, carried || firsts, first_on, moves != '[]' FROM matter "
        "WHERE deleted_at IS NULL AND state = 'open' AND (carried != '[]' "
        "OR firsts != '[]' OR first_on >= ?1 OR due BETWEEN ?1 AND ?2 "
        "OR (due IS NULL AND kind = 'task' AND day BETWEEN ?1 AND ?2))",
        (at, today.isoformat()),
    )
    found: dict[int, tuple[date, str]] = {}
    for number, kind, day, due, carried, first_on, moved in rows:
        left = left_from(
            today,
            kind=kind,
            day=date.fromisoformat(day),
            due=date.fromisoformat(due) if due else None,
            taken=_days(carried, first_on),
            moved=bool(moved),
        )
        if left is not None and left[0] >= first:
            found[number] = left
    items: dict[int, Item] = {}
    for part in chunks(list(found)):
        read = db.read(
            f"{SELECTS['entry']} WHERE 0 UNION ALL {SELECTS['matter']} "
            f"WHERE id IN ({marks(part)})",
            part,
        )
        items |= {item.id: item for item in fill(db, read)}
    ordered = sorted(found.items(), key=lambda each: (each[1][0], each[0]))
    return [Left(items[number], *left) for number, left in ordered]


def is_offered(db: Store, today: date, calendar: WorkCalendar) -> bool:
    """Whether ``today`` is a day to offer it on: a workday on which nobody looked yet."""
    seen = _seen(db)
    return calendar.is_workday(today) and (seen is None or seen[0] < today)


def looked(db: Store, today: date, calendar: WorkCalendar) -> None:
    """Note that one has looked through it on ``today``: it is not offered again."""
    seen = _seen(db)
    if seen is None or seen[0] < today:
        first = begins(today, calendar.previous(today), seen)
        db.remember(SEEN, f"{today.isoformat()} {first.isoformat()}")


def _seen(db: Store) -> tuple[date, date] | None:
    """The day on which one looked last, and the first day whose leftovers it showed."""
    day, _blank, first = (db.meta(SEEN) or "").partition(" ")
    try:
        return date.fromisoformat(day), date.fromisoformat(first)
    except ValueError:
        return None


def _days(carried: str, first_on: str | None) -> list[date]:
    """The days on which it was taken up, as they are kept."""
    found = [part for part in carried.split('"') if part[:1].isdigit()]
    if first_on:
        found.append(first_on)
    return [date.fromisoformat(part) for part in found]
