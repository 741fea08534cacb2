"""What of the open matters is of a day: taken up again on it, by reference, never moved.

The matter keeps the day on which it came up and its history; it remembers the days on
which it was taken up again. One of a day may be the one that counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from plannertui.core.errors import Refused
from plannertui.core.matters import Matter, counted_on, is_of
from plannertui.core.rows import Ref
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import matters, rows
from plannertui.store.open import Store
from plannertui.store.taken import FIRST_OF_DAY, OF_DAY


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between a matter and something else: its role, which way, and with what."""

    role: str
    way: Literal["to", "from"]
    ref: Ref


def carry(db: Store, matter: Matter, day: date, now: datetime) -> Matter:
    """Take an open matter up again on ``day``; nothing happens where it is of it already."""
    with db.write(N_("take up {what}"), now, what=matter.handle):
        matter = _open(db, matter)
        if day < matter.day:
            message = _("{handle} came up on {day}: it cannot be taken up before.")
            raise Refused(
                message.format(handle=matter.handle, day=matter.day.isoformat())
            )
        if not is_of(matter, day):
            days = [*matter.carried, day]
            rows.update(
                db, "matter", matter.id, {"carried": rows.dump(sorted(days))}, now
            )
    return matters.get(db, matter.id)


def let_go(db: Store, matter: Matter, day: date, now: datetime) -> Matter:
    """Take a matter off ``day`` again."""
    with db.write(N_("take {what} off the day"), now, what=matter.handle):
        matter = matters.get(db, matter.id)
        if is_of(matter, day):
            carried = [each for each in matter.carried if each != day]
            changes = {"carried": rows.dump(carried)} | _firsts(matter, but=day)
            rows.update(db, "matter", matter.id, changes, now)
    return matters.get(db, matter.id)


def put_first(db: Store, matter: Matter, day: date, now: datetime) -> Matter:
    """Make an open matter the one that counts on ``day``; the one before it steps back."""
    with db.write(N_("put first {what}"), now, what=matter.handle):
        matter = _open(db, matter)
        for other in of_day(db, day):
            if day in counted_on(other) and other.id != matter.id:
                carried = sorted({*other.carried, day})
                changes = {"carried": rows.dump(carried)} | _firsts(other, but=day)
                rows.update(db, "matter", other.id, changes, now)
        if day not in counted_on(matter):
            changes = _firsts(matter, also=day)
            rows.update(db, "matter", matter.id, changes, now)
    return matters.get(db, matter.id)


def _firsts(
    matter: Matter, *, also: date | None = None, but: date | None = None
) -> dict[str, Any]:
    """The columns of the days on which it counts, with one more of them or one less."""
    days = {*counted_on(matter), also} - {but, None}
    ordered = sorted(day for day in days if day is not None)
    last = ordered.pop() if ordered else None
    return {"first_on": last, "firsts": rows.dump(ordered)}


def of_day(db: Store, day: date) -> list[Matter]:
    """The matters of ``day``, the one that counts first; closed ones too."""
    at = day.isoformat()
    numbers = db.read(
        f"SELECT id FROM matter WHERE {OF_DAY} ORDER BY {FIRST_OF_DAY}",
        (at,),
    )
    return matters.some(db, [row[0] for row in numbers])


def ties(db: Store, number: int) -> list[Tie]:
    """Every link of the thing with this id, those of its own first."""
    found: list[Tie] = []
    ways: tuple[tuple[Literal["to", "from"], str, str], ...] = (
        ("to", "from_id", "to_id"),
        ("from", "to_id", "from_id"),
    )
    for way, own, other in ways:
        linked = db.read(
            f"SELECT l.role, l.{other} FROM link l JOIN handle h ON h.id = l.{other} "
            f"WHERE l.{own} = ? ORDER BY l.id",
            (number,),
        )
        named = rows.refs_by_id(db, [row[1] for row in linked])
        found += [Tie(role, way, named[row]) for role, row in linked if row in named]
    return found


def _open(db: Store, matter: Matter) -> Matter:
    """The matter as it is now; Refused where it is closed."""
    matter = matters.get(db, matter.id)
    if matter.state != "open":
        message = _("{handle} is closed: there is nothing left to take up.")
        raise Refused(message.format(handle=matter.handle))
    return matter
