"""The one thing that counts on a day: which it was, and what came of it.

On the shell's daily path: imports next to nothing.
"""

from __future__ import annotations

from datetime import date

from plannertui.store.items import SELECTS, Item, chunks, fill, marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.store.open import Store


class One:
    """The ``item`` that counted on ``day``; ``result`` is how it went.

    "done": by the end of that day; "later": done after it; "open" and "dropped".
    """

    __slots__ = ("day", "item", "result")

    def __init__(self, day: date, item: Item, result: str) -> None:
        self.day = day
        self.item = item
        self.result = result


def one_of(db: Store, day: date) -> One | None:
    """The one thing of ``day``; None where none was chosen."""
    found = ones(db, day, day)
    return found[0] if found else None


def ones(db: Store, first: date, last: date) -> list[One]:
    """The one thing of each day from ``first`` to ``last`` that has one, by day."""
    a, b = first.isoformat(), last.isoformat()
    # The plus keeps to the small indexes of those that ever counted.
    rows = db.read(
        "SELECT id, first_on, closed_on FROM matter WHERE +deleted_at IS NULL "
        "AND first_on BETWEEN ?1 AND ?2 UNION ALL "
        "SELECT m.id, j.value, m.closed_on FROM matter m, json_each(m.firsts) j "
        "WHERE m.firsts != '[]' AND +m.deleted_at IS NULL AND j.value BETWEEN ?1 AND ?2",
        (a, b),
    )
    items: dict[int, Item] = {}
    for part in chunks(list({row[0] for row in rows})):
        read = db.read(
            f"{SELECTS['entry']} WHERE 0 UNION ALL {SELECTS['matter']} "
            f"WHERE id IN ({marks(part)})",
            part,
        )
        items |= {item.id: item for item in fill(db, read)}
    found = [
        One(date.fromisoformat(day), items[number], _result(items[number], day, closed))
        for number, day, closed in rows
    ]
    return sorted(found, key=lambda one: (one.day, one.item.id))


def _result(item: Item, day: str, closed: str | None) -> str:
    if item.state == "done" and closed is not None and closed > day:
        return "later"
    return item.state
