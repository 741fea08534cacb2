"""Lines of a list with each time that an event takes place, by the clock of this place.

On the shell's daily path: zones, rules and work days are imported where there are any.
"""

from __future__ import annotations

from plannertui.store.filters import Filter, marks, where
from plannertui.store.items import chunks, of_slots
from plannertui.store.items import ls as as_kept
from plannertui.store.tags import spellings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.items import Item
    from plannertui.store.open import Store

MOST_DAYS = 400
OTHERS = ("entry", "matter", "situation")


def ls(
    db: Store,
    only: Filter,
    *,
    limit: int | None,
    calendar: Callable[[], WorkCalendar],
    zone: str,
) -> list[Item]:
    """What ``only`` lets through, the newest first; ``calendar`` is asked when needed.

    From one day to another, at most MOST_DAYS, each time of what repeats is a line of its
    own; else a series is one, on its first day.
    """
    first, last = only.since, only.until
    if first is None or last is None or (last - first).days > MOST_DAYS:
        found = as_kept(db, only, limit=limit)
        return _sorted(by_clock_here(db, found, zone, moved=False))
    found = as_kept(db, only, limit=limit, nouns=OTHERS)
    wide = Filter(
        kinds=only.kinds,
        person_id=only.person_id,
        goal_id=only.goal_id,
        tag=only.tag,
        text=only.text,
        state=only.state,
    )
    condition = where(wide, "event", spellings(db, only.tag))
    if condition is not None:
        from plannertui.store import slots

        times = slots.between(
            db,
            first,
            last,
            calendar(),
            zone=zone,
            only=condition[0],
            values=condition[1],
        )
        times = times if limit is None else times[-limit:]
        found += by_clock_here(db, of_slots(db, times), zone, moved=True)
    return _sorted(found)[:limit]


def _sorted(found: list[Item]) -> list[Item]:
    return sorted(found, key=lambda item: (item.day, item.id), reverse=True)


def by_clock_here(
    db: Store, found: list[Item], zone: str, *, moved: bool
) -> list[Item]:
    """``found`` with the time there of events in a zone of their own, other than ``zone``.

    Unless they were ``moved`` before, they are put at the time that it is here.
    """
    ids = [item.id for item in found if item.noun == "event" and item.at]
    kept = {}
    for part in chunks(ids):
        for row in db.read(
            f"SELECT id, time, zone FROM event WHERE id IN ({marks(part)}) "
            "AND zone NOT IN ('', ?)",
            [*part, zone],
        ):
            kept[row[0]] = row[1:]
    if not kept:
        return found
    from plannertui.core.zones import is_known, read_in

    for item in found:
        if item.noun != "event" or item.id not in kept:
            continue
        time, own = kept[item.id]
        item.there = f"{time} {own}"
        if not moved and item.at and is_known(own) and is_known(zone):
            day, item.at = read_in(item.day, item.at, own, zone)
            if item.due is not None:
                item.due += day - item.day
            item.day = day
    return found
