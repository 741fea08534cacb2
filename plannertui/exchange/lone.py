"""One of a series in a file that does not tell the series: it is here, from before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from plannertui.core.errors import NotFound
from plannertui.core.zones import read_in
from plannertui.store import events, foreign, occurrences, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plannertui.core.events import Event
    from plannertui.core.workdays import WorkCalendar
    from plannertui.exchange.reading import Found
    from plannertui.store.foreign import Foreign
    from plannertui.store.open import Store


def placed(
    db: Store, founds: Iterable[Found], last: dict[str, Foreign]
) -> tuple[list[Found], dict[str, int]]:
    """``founds``, each lone one in the series that came before, and those series' ids.

    One of a day that is none of its series stays an event of its own.
    """
    made: list[Found] = []
    ids: dict[str, int] = {}
    parts: dict[str, list[str]] = {}
    for key, known in last.items():
        parts.setdefault(str(known.kept.get("of", key)), []).append(key)
    for found in founds:
        if found.slot is not None:
            for key in parts.get(found.key.rpartition("#")[0], ()):
                number = last[key].item_id
                day = None if number is None else _day(db, number, found)
                if number is not None and day is not None:
                    fields = {"slot_on": day, "repeat": "", "skipped": (), "extra": ()}
                    found = replace(found, fields=found.fields | fields, series=key)
                    ids[key] = number
                    break
        made.append(found)
    return made, ids


def _day(db: Store, number: int, found: Found) -> date | None:
    """The day of the rule of the series ``number`` that ``found`` names; None for none."""
    try:
        master = events.get(db, number)
    except NotFound:
        return None
    assert found.slot is not None
    day, time, zone = found.slot
    if time is not None and master.time is not None and zone and master.zone:
        day = read_in(day, time, zone, master.zone)[0]
    if not master.repeats:
        return None
    there = day in master.skipped or day in _begins(master, day)
    return day if there else None


def _begins(
    master: Event, day: date, calendar: WorkCalendar | None = None
) -> list[date]:
    return occurrences.begins(master, day, day, calendar)


def left_out(db: Store, source: str, found: Found, number: int, now: datetime) -> None:
    """Leave the day of ``found`` out of its series, inside a write, as if it came so."""
    day = found.fields["slot_on"]
    master = events.get(db, number)
    if day not in master.skipped:
        skipped = tuple(sorted({*master.skipped, day}))
        events.edit(db, master, now, skipped=skipped)
    known = foreign.of_source(db, source)[found.series]
    base = dict(known.kept.get("base", {}))
    before = rows.load(base.get("skipped", "[]"))
    base["skipped"] = rows.dump(sorted({*before, day.isoformat()}))
    moved = sorted({*known.kept.get("moved", ()), day.isoformat()})
    foreign.put(db, known._replace(kept={**known.kept, "base": base, "moved": moved}))
