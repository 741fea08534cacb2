"""A year of meetings out of other programs: taken in, lived with, given back.

The three files are written as Google Calendar, Outlook and Apple's Calendar write them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from plannertui.store import events, matters
from tests.exchange.icskit import (
    FIXTURES,
    NOW,
    block_of,
    components,
    counts,
    give,
    named,
    occurrences,
    take,
)

if TYPE_CHECKING:
    from plannertui.store.open import Store

PROGRAMS = ("google", "outlook", "apple")


def file_of(program: str) -> bytes:
    return (FIXTURES / f"{program}.ics").read_bytes()


def expanded(raw: bytes, first: date, last: date, zone: str) -> set[tuple[str, str]]:
    """What a second implementation says takes place."""
    here = ZoneInfo(zone)
    found = set()
    calendar: Any = icalendar.Calendar.from_ical(raw)
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    one: Any
    for one in query.between(first, last + timedelta(days=1)):
        if str(one.get("STATUS", "")) == "CANCELLED":
            continue
        start = one["DTSTART"].dt
        at = start.isoformat()
        if isinstance(start, datetime):
            if start.tzinfo is not None:
                start = start.astimezone(here)
            at = start.strftime("%Y-%m-%d %H:%M")
            start = start.date()
        if first <= start <= last:
            found.add((str(one["SUMMARY"]), at))
    return found


@pytest.mark.parametrize("program", PROGRAMS)
def test_nothing_changed_goes_out_as_it_came(store: Store, program: str) -> None:
    raw = file_of(program)
    first = take(store, raw, f"ics:{program}")
    assert first.left == []
    before = store.version()
    again = take(store, raw, f"ics:{program}")
    assert counts(again) == (0, 0, len(first.added), 0)
    assert store.version() == before
    out = give(store, f"ics:{program}", private=True)
    assert components(out) == components(raw.decode())
    assert all(len(line) <= 75 for line in out.encode().split(b"\r\n"))
    assert "\r\nX-WR-CALNAME:" in out


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_same_takes_place_as_elsewhere(store: Store, program: str) -> None:
    raw = file_of(program)
    take(store, raw)
    span = (date(2024, 1, 1), date(2024, 12, 31))
    found = occurrences(store, *span, "Asia/Shanghai")
    assert found == expanded(raw, *span, "Asia/Shanghai")
    assert len(found) > 25


def test_zones_under_other_names_are_found(store: Store) -> None:
    made = take(store, file_of("outlook"))
    talk = named(store, "One-on-one")
    assert (talk.zone, talk.time, talk.minutes) == ("Asia/Shanghai", "10:00", 60)
    call = named(store, "Call with Berlin")
    assert (call.zone, call.time) == ("Europe/Berlin", "16:00")
    watch = named(store, "Watch")
    assert (watch.zone, watch.time) == ("Asia/Shanghai", "09:00")
    assert [note for note in made.notes if "Ship's clock" in note]


def test_a_year_lived_with_and_given_back(store: Store) -> None:
    """Moved, changed, cancelled: only that is otherwise in what goes out again."""
    raw = {program: file_of(program) for program in PROGRAMS}
    for program in PROGRAMS:
        take(store, raw[program], f"ics:{program}")
    # A meeting gets another day, a series another room and one day less, a task is done.
    budget = named(store, "Budget, with Finance")
    events.edit(
        store, budget, NOW, starts_on=date(2024, 9, 20), ends_on=date(2024, 9, 20)
    )
    rounds = named(store, "Monday round")
    skipped = tuple(sorted({*rounds.skipped, date(2024, 9, 23)}))
    events.edit(store, rounds, NOW, place="Room 7", skipped=skipped, reminders=(10, 60))
    away = named(store, "外出培训")
    events.edit(store, away, NOW, state="cancelled")
    todo = next(one for one in matters.ls(store) if one.title.startswith("Sort"))
    matters.done(store, todo, date(2024, 9, 14), NOW)
    # What is only of use here does not go out.
    talk = named(store, "One-on-one")
    events.edit(store, talk, NOW, wanted="October hours: A", notes="be calm")

    for program, changed in (("google", 2), ("outlook", 1), ("apple", 1)):
        out = give(store, f"ics:{program}")
        then, now = components(raw[program].decode()), components(out)
        journal = components(raw[program].decode(), "VJOURNAL")
        assert sum((then - now - journal).values()) == changed, program
        assert sum((now - then).values()) == changed, program
        assert "be calm" not in out
        assert "October hours" not in out
    google = give(store, "ics:google")
    moved = block_of(google, "Budget")
    assert moved.first("DTSTART") is not None
    told = {line.name: line.text for line in moved.lines}
    assert told["DTSTART"] == "DTSTART;TZID=Europe/Berlin:20240920T100000"
    assert told["DTEND"] == "DTEND;TZID=Europe/Berlin:20240920T110000"
    assert told["SEQUENCE"] == "SEQUENCE:1"
    assert told["STATUS"] == "STATUS:TENTATIVE"
    changed_series = block_of(google, "RRULE:FREQ=WEEKLY")
    assert [line.text for line in changed_series.all("EXDATE")] == [
        "EXDATE;TZID=Europe/Berlin:20240401T093000,20240520T093000,20240923T093000"
    ]
    assert len(changed_series.all("ATTENDEE")) == 2
    assert changed_series.lines[-1].text != "LOCATION:Room 7"
    alarms = [one.first("TRIGGER") for one in changed_series.blocks]
    assert [line and line.text for line in alarms] == [
        "TRIGGER:-PT10M",
        "TRIGGER:-PT1H",
    ]
    apple = block_of(give(store, "ics:apple"), "Sort the cases")
    assert {"STATUS:COMPLETED", "PERCENT-COMPLETE:100", "PRIORITY:9"} <= {
        line.text for line in apple.lines
    }

    # In another program the same takes place now, what is private in it, too.
    span = (date(2024, 1, 1), date(2024, 12, 31))
    expected = occurrences(store, *span, "Asia/Shanghai")
    given = give(store, private=True).encode()
    assert expanded(given, *span, "Asia/Shanghai") == expected
