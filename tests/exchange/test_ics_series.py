"""Series that are lived with here take place alike in a second implementation."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.core.errors import PlannerError
from plannertui.store import events, history, repeating, trash
from plannertui.store import occurrences as occurrences_of
from plannertui.store.open import open_store
from tests.exchange.icskit import (
    FIXTURES,
    ITEMS,
    NOW,
    calendar,
    components,
    counts,
    event,
    every,
    give,
    occurrences,
    take,
)
from tests.exchange.test_ics_year import PROGRAMS, expanded

if TYPE_CHECKING:
    from pathlib import Path

    from plannertui.store.open import Store

SPAN = (date(2024, 1, 1), date(2025, 6, 30))
RULES = (
    *("FREQ=DAILY;INTERVAL=3;COUNT=60", "FREQ=WEEKLY;BYDAY=MO,TH"),
    *("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR;WKST=SU", "FREQ=MONTHLY;BYMONTHDAY=31"),
    *("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20241231"),
    *("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=WEEKLY;COUNT=30"),
    *("FREQ=YEARLY;BYMONTH=2,11;BYDAY=2MO", "FREQ=DAILY;BYDAY=SA,SU"),
)
ZONES = ("Europe/Berlin", "Asia/Shanghai", "America/New_York", "")


def lived(db: Store, seed: int) -> None:
    """A series by chance, and some weeks of changing it, one, those that follow, or all."""
    chance = random.Random(seed)
    first = date(2024, 1, 1) + timedelta(days=chance.randrange(60))
    time = chance.choice((None, "09:30", "23:15", "00:00"))
    events.add(
        db,
        title=f"Series {seed}",
        starts_on=first,
        ends_on=first + timedelta(days=chance.choice((0, 0, 0, 2)) if not time else 0),
        time=time,
        minutes=chance.choice((None, 30, 180)) if time else None,
        zone=chance.choice(ZONES) if time else "",
        repeat=chance.choice(RULES),
        now=NOW,
    )
    change_some(db, chance, first)


def change_some(db: Store, chance: random.Random, first: date) -> None:
    """Change, move or cancel what repeats: one, those that follow, or all."""
    for _turn in range(chance.randrange(7)):
        near = first + timedelta(days=chance.randrange(300))
        masters = [one for one in every(db) if one.repeats]
        try:
            one = chance.choice(
                occurrences_of.coming(db, chance.choice(masters), near, 3)
            )
        except (IndexError, PlannerError):
            continue
        there = one.starts_on + timedelta(days=chance.randrange(-2, 3))
        change: dict[str, Any] = {
            "starts_on": there,
            "ends_on": there + (one.ends_on - one.starts_on),
            "title": f"{one.title} +",
        }
        if one.time:
            change["time"] = chance.choice(("08:00", "22:00"))
        try:
            if chance.random() < 0.3:
                repeating.cancel_one(db, one, NOW)
            elif chance.random() < 0.5:
                repeating.change_one(db, one, NOW, **change)
            elif chance.random() < 0.6:
                repeating.change_following(db, one, NOW, **change)
            else:
                repeating.change_all(db, one, NOW, title=f"{one.title} *")
        except PlannerError:
            # Such as a rule that cannot be moved as a whole.
            continue


@pytest.mark.parametrize("seed", range(16))
def test_it_takes_place_alike(
    store: Store, tmp_path: Path, empty: Path, seed: int
) -> None:
    lived(store, seed)
    out = give(store)
    here = occurrences(store, *SPAN, "Asia/Shanghai")
    assert expanded(out.encode(), *SPAN, "Asia/Shanghai") == here
    assert counts(take(store, out.encode()))[:2] == (0, 0)

    # And in another planner, from where it comes back as it went.
    path = tmp_path / "other.db"
    shutil.copy(empty, path)
    other = open_store(str(path), now=NOW)
    made = take(other, out.encode())
    assert (made.left, made.notes) == ([], [])
    assert occurrences(other, *SPAN, "Asia/Shanghai") == here
    assert counts(take(store, give(other).encode()))[:2] == (0, 0)
    other.close()


@pytest.mark.parametrize("seed", range(9))
def test_what_came_from_elsewhere_is_lived_with(store: Store, seed: int) -> None:
    raw = (FIXTURES / f"{PROGRAMS[seed % 3]}.ics").read_bytes()
    take(store, raw, "ics:work")
    change_some(store, random.Random(seed), date(2024, 1, 20))
    out = give(store, private=True)
    here = occurrences(store, *SPAN, "Asia/Shanghai")
    assert expanded(out.encode(), *SPAN, "Asia/Shanghai") == here
    # What was not changed is as it came, property by property.
    then, now = components(raw.decode(), *ITEMS), components(out, *ITEMS)
    changed = sum((now - then).values())
    assert sum((now & then).values()) >= sum(then.values()) - changed - 1
    made = take(store, out.encode(), "ics:work")
    assert counts(made)[:2] == (0, 0)


def test_a_series_that_was_deleted_comes_back_with_what_was_changed(
    store: Store,
) -> None:
    def told(text: str) -> bytes:
        more = f"DESCRIPTION:{text}"
        moved = "DTSTART:20240927T100000"
        return calendar(
            event("RRULE:FREQ=WEEKLY;BYDAY=TH", more, uid="s"),
            event("RECURRENCE-ID:20240926T090000", more, start=moved, uid="s"),
        )

    def days() -> list[tuple[int, str]]:
        found = events.between(store, date(2024, 9, 16), date(2024, 9, 29))
        return [(one.starts_on.day, one.notes) for one in found]

    take(store, told("x"))
    (series,) = [one for one in every(store) if one.repeats]
    trash.remove(store, series.id, NOW)
    assert counts(take(store, told("y"))) == (0, 0, 0, 2)
    assert days() == []
    assert counts(take(store, told("y"), again=True)) == (0, 2, 0, 0)
    assert days() == [(19, "y"), (27, "y")]
    history.undo(store, NOW)
    assert days() == []


def test_an_update_of_one_day_joins_the_series_that_came_before(store: Store) -> None:
    start = "DTSTART;TZID=Europe/Berlin:20240902T090000"
    whole = calendar(event("RRULE:FREQ=WEEKLY", start=start))
    take(store, whole)
    named_by = "RECURRENCE-ID;TZID=Europe/Berlin:20240916T090000"
    moved = "DTSTART;TZID=Europe/Berlin:20240917T100000"
    update = calendar(event(named_by, start=moved))
    assert counts(take(store, update))[:2] == (1, 0)
    series, one = every(store)
    assert (one.series_id, one.slot_on) == (series.id, date(2024, 9, 16))
    assert series.skipped == (date(2024, 9, 16),)
    when = (date(2024, 9, 9), date(2024, 9, 23))
    days = [each.starts_on for each in events.between(store, *when)]
    assert days == [date(2024, 9, day) for day in (9, 17, 23)]
    # Neither of the files is news now, and they go out as one.
    assert counts(take(store, update))[:2] == (0, 0)
    assert counts(take(store, whole))[:2] == (0, 0)
    assert len({line for line in give(store, "ics").split() if line[:4] == "UID:"}) == 1
    both = calendar(
        event("RRULE:FREQ=WEEKLY", start=start), event(named_by, start=moved)
    )
    assert counts(take(store, both))[:2] == (0, 0)
    # A later one changes it; a day that is none of the series stands alone.
    later = calendar(
        event(named_by, start="DTSTART;TZID=Europe/Berlin:20240918T100000")
    )
    assert counts(take(store, later))[:2] == (0, 1)
    odd = calendar(event("RECURRENCE-ID:20240919T090000", start=moved))
    take(store, odd)
    assert (
        sum(each.series_id is None and not each.repeats for each in every(store)) == 1
    )
    # Undone, the day is in the series again.
    for _time in range(3):
        history.undo(store, NOW)
    assert [each.skipped for each in every(store)] == [()]
