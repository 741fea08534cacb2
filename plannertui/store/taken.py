"""What was taken up on a day, as lines of a list. On the shell's daily path."""

from __future__ import annotations

from plannertui.store.items import SELECTS, Item, fill

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from plannertui.store.open import Store


def taken_up(db: Store, day: date) -> list[Item]:
    """The matters taken up on ``day``, the one that counts most first."""
    at = day.isoformat()
    return fill(
        db,
        db.read(
            f"{SELECTS['entry']} WHERE 0 UNION ALL SELECT * FROM ("
            f"{SELECTS['matter']} WHERE deleted_at IS NULL AND (first_on = ?1 OR id IN "
            "(SELECT id FROM matter WHERE carried != '[]' AND instr(carried, ?1) > 0)) "
            "ORDER BY first_on IS NOT ?1, state != 'open', due IS NULL, due, id)",
            (at,),
        ),
    )
