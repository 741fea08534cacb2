"""What was written on the same day in other years. On the shell's daily path."""

from __future__ import annotations

from plannertui.core.onthisday import same_days
from plannertui.store.items import DAY_COLUMN, SELECTS, Item, fill, marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from plannertui.store.open import Store

NOUNS = ("entry", "matter", "situation", "event")
MOST = 100


def on_this_day(db: Store, day: date, today: date) -> list[Item]:
    """What there is of the day of ``day`` in other years up to ``today``, newest first.

    Within a day it stands in the order in which it was written; what takes place in a
    year to come is not looked back on.
    """
    first = _first_year(db)
    if first is None:
        return []
    wanted = [each for each in same_days(day, first, today.year) if each <= today]
    found: list[Item] = []
    for at in range(0, len(wanted), MOST):
        part = [each.isoformat() for each in wanted[at : at + MOST]]
        selects = [f"{SELECTS['entry']} WHERE 0"]
        values: list[str] = []
        for noun in NOUNS:
            column = DAY_COLUMN.get(noun, "day")
            selects.append(
                f"{SELECTS[noun]} WHERE deleted_at IS NULL AND {column} IN ({marks(part)})"
            )
            values += part
        rows = db.read(" UNION ALL ".join(selects), values)
        found += fill(db, rows)
    return sorted(
        found,
        key=lambda i: (-i.day.toordinal(), i.noun != "event", i.written or "", i.id),
    )


def there_are(db: Store, today: date) -> bool:
    """Whether there is anything of a year before that of ``today``."""
    first = _first_year(db)
    return first is not None and first < today.year


def _first_year(db: Store) -> int | None:
    """The year of the first thing there is; None where there is nothing."""
    days = [
        row[0]
        for noun in NOUNS
        for row in db.read(
            f"SELECT min({DAY_COLUMN.get(noun, 'day')}) FROM {noun} "
            "WHERE deleted_at IS NULL"
        )
        if row[0]
    ]
    return int(min(days)[:4]) if days else None
