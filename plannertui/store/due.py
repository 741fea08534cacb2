"""What is due at a moment: reminders of events, promises of the day, what asks to be seen.

Read by ``ptui notify`` and by the open screen. Events without reminders are not read.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from plannertui.core.day import later
from plannertui.core.duewords import Due as Due
from plannertui.core.zones import minutes_to, moment
from plannertui.store import slots
from plannertui.store.items import SELECTS, fill
from plannertui.store.open import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.core.workdays import WorkCalendar

# Reminders of what lasts all day count from this time of its first day.
MORNING = "09:00"
# So long after it began a reminder is still given: a timer may come late.
GRACE = 5
REMEMBERED = 40
_KEY = "notified"


def reminders(
    db: Store,
    now: datetime,
    calendar: WorkCalendar | None = None,
    *,
    zone: str = "",
    within: int = 0,
) -> list[Due]:
    """The reminders of events that have come by ``within`` minutes after ``now``.

    Of each occurrence the nearest one; none once it has begun for some minutes.
    """
    rows = db.read(
        "SELECT e.id, e.kind, e.title, e.place, e.reminders, h.letter || h.number "
        "FROM event e JOIN handle h ON h.id = e.id WHERE e.reminders != '[]' "
        "AND e.deleted_at IS NULL AND e.state IN ('planned', 'prepared')"
    )
    if not rows:
        return []
    from json import loads

    known = {row[0]: row for row in rows}
    before = {row[0]: sorted(loads(row[4])) for row in rows}
    furthest = max(each[-1] for each in before.values()) + within
    today = now.date()
    last = today + timedelta(days=min(furthest // 1440 + 1, (date.max - today).days))
    first = today - timedelta(days=1) if today > date.min else today
    found = []
    for slot in slots.between(
        db,
        first,
        last,
        calendar,
        zone=zone,
        only="reminders != '[]' AND state IN ('planned', 'prepared')",
    ):
        start = moment(slot.day, slot.time or MORNING, zone, now.tzinfo or UTC)
        left = minutes_to(start, now)
        # What lasts all day is not over in the morning.
        over = -GRACE if slot.time else -(24 * 60 - 9 * 60)
        come = [n for n in before[slot.id] if left - n <= within]
        if left < over or not come:
            continue
        _id, kind, title, place, _reminders, handle = known[slot.id]
        day = slot.rule_day or slot.day
        found.append(
            Due(
                "event",
                kind,
                handle,
                title,
                slot.day,
                slot.time,
                max(0, -int(-left // 1)),
                place,
                f"{handle}:{day.isoformat()}:{come[0]}",
            )
        )
    return found


def of_the_day(db: Store, today: date) -> list[Due]:
    """Promises that are due by ``today``, and entries that ask to be seen again."""
    at = today.isoformat()
    rows = db.read(
        f"{SELECTS['entry']} WHERE revisit_on <= ? AND +deleted_at IS NULL UNION ALL "
        f"{SELECTS['matter']} WHERE deleted_at IS NULL AND state = 'open' "
        "AND kind = 'promise' AND due <= ?",
        (at, at),
    )
    found = []
    for item in fill(db, rows):
        promise = item.noun == "matter"
        day = item.due if promise and item.due is not None else today
        found.append(
            Due(
                item.noun,
                "promise" if promise else "revisit",
                item.handle,
                item.text.split("\n", 1)[0],
                day,
                None,
                None,
                "",
                f"{item.handle}:{day.isoformat() if promise else ''}",
            )
        )
    return sorted(found, key=lambda each: (each.kind != "promise", each.day))


def unsaid(db: Store, found: list[Due], today: date, *, note: bool = True) -> list[Due]:
    """Those of ``found`` that were not given yet; with ``note`` they are from now on.

    What was given is remembered in the store for some weeks, on this machine only.
    """
    from json import loads

    said: dict[str, str] = loads(db.meta(_KEY) or "{}")
    fresh = [each for each in found if each.key not in said]
    if note and fresh:
        from plannertui.store.rows import dump

        oldest = later(today, -REMEMBERED).isoformat()
        still = {each.key for each in found}
        kept = {k: day for k, day in said.items() if day >= oldest or k in still}
        kept |= {each.key: today.isoformat() for each in fresh}
        db.set_meta(_KEY, dump(kept))
    return fresh
