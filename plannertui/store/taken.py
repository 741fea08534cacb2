"""What was taken up on a day, as lines of a list. On the shell's daily path."""

from __future__ import annotations

from plannertui.store.items import SELECTS, Item, fill

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from plannertui.store.open import Store

# What is of the day ?1, and in which order: the one thing that counts most first.
OF_DAY = (
    "deleted_at IS NULL AND (first_on = ?1 OR id IN (SELECT id FROM matter "
    "WHERE carried != '[]' AND instr(carried, ?1) > 0 UNION ALL SELECT id "
    "FROM matter WHERE firsts != '[]' AND instr(firsts, ?1) > 0))"
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
