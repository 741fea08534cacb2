"""What was taken up on a day, as lines of a list. On the shell's daily path."""

from __future__ import annotations

from plannertui.store.items import SELECTS, Item, fill, on_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.open import Store

# What is of the day ?1, and in which order: the one thing that counts most first.
OF_DAY = (
    "deleted_at IS NULL AND id IN (SELECT id FROM matter WHERE first_on = ?1 "
    "UNION ALL SELECT id FROM matter WHERE carried != '[]' AND instr(carried, ?1) > 0 "
    "UNION ALL SELECT id FROM matter WHERE firsts != '[]' AND instr(firsts, ?1) > 0)"
)
FIRST_OF_DAY = (
    "NOT (first_on IS ?1 OR instr(firsts, ?1) > 0), state != 'open', due IS NULL, "
    "due, id"
)


def taken_up(db: Store, day: date) -> list[Item]:
    """The matters taken up on ``day``, the one that counts most first."""
    at = day.isoformat()
    return fill(
        db,
        db.read(
            f"{SELECTS['entry']} WHERE 0 UNION ALL SELECT * FROM ("
            f"{SELECTS['matter']} WHERE {OF_DAY} ORDER BY {FIRST_OF_DAY})",
            (at,),
        ),
    )


def journal(
    db: Store, day: date, calendar: WorkCalendar | None = None, zone: str = ""
) -> list[Item]:
    """Everything of ``day``, and after its events what was taken up again on it."""
    written = on_day(db, day, calendar, zone)
    here = {item.id for item in written}
    again = [item for item in taken_up(db, day) if item.id not in here]
    for item in again:
        item.again, item.at = True, None
    first = sum(item.noun == "event" for item in written)
    return [*written[:first], *again, *written[first:]]
