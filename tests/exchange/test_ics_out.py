"""Calendar files written: what was made here, and what was changed of what came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.text import clean
from plannertui.exchange import exporting, ics
from plannertui.exchange.icslines import Line, folded, unfold
from plannertui.exchange.icsvalues import text_line, text_of
from plannertui.store import (
    entries,
    events,
    history,
    matters,
    occurrences,
    people,
    repeating,
    trash,
)
from plannertui.store.items import Filter
from plannertui.store.open import open_store
from tests.exchange.icskit import (
    ASKED,
    NOW,
    block_of,
    calendar,
    components,
    counts,
    event,
    every,
    give,
    named,
    take,
)

if TYPE_CHECKING:
    from pathlib import Path

    from plannertui.store.open import Store

DAY = date(2024, 9, 19)


def lines_of(text: str, part: str) -> dict[str, str]:
    return {line.name: line.text for line in block_of(text, part).lines}


def lived(db: Store) -> None:
    """One of everything that goes out, and of what does not."""
    leader = people.add(db, alias="Director, 主任", now=NOW)
    events.add(
        db,
        title="Board; all\nof it",
        starts_on=DAY,
        time="09:30",
        minutes=45,
        zone="Europe/Berlin",
        repeat="FREQ=WEEKLY;UNTIL=20241231",
        skipped=(date(2024, 9, 26),),
        reminders=(0, 15, 1500),
        place="Room, 4",
        url="https://example.com/a b",
        notes="be calm",
        kind="appraisal",
        people=[leader.id],
        now=NOW,
    )
    events.add(
        db,
        title="Away",
        kind="leave",
        starts_on=DAY,
        ends_on=date(2024, 9, 21),
        now=NOW,
    )
    matters.add(
        db,
        title="the list\n- one",
        kind="promise",
        day=DAY,
        due=DAY,
        person_id=leader.id,
        tags=["x"],
        important=True,
        now=NOW,
    )
    done = matters.add(db, title="was done", day=DAY, now=NOW)
    matters.done(db, done, DAY, NOW)
    matters.add(db, title="private one", nature="private", day=DAY, now=NOW)
    matters.add(db, title="grey one", nature="grey", day=DAY, now=NOW)
    entries.add(db, text="told, and ready\nsecond", day=DAY, share="ready", now=NOW)
    entries.add(db, text="kept to myself", day=DAY, kind="lesson", now=NOW)


def test_what_is_private_stays_and_what_is_grey_never_goes(store: Store) -> None:
    lived(store)
    out = give(store)
    for kept in ("be calm", "private one", "grey one", "kept to myself"):
        assert kept not in out, kept
    everything = give(store, private=True)
    for told in ("be calm", "private one", "kept to myself"):
        assert told in everything, told
    assert "grey one" not in everything


def test_what_came_as_private_stays_unless_it_is_asked_for(store: Store) -> None:
    moved = "DTSTART:20240927T100000"
    raw = calendar(
        event("CLASS:private", "RRULE:FREQ=WEEKLY;BYDAY=TH", uid="s"),
        event("RECURRENCE-ID:20240926T090000", start=moved, uid="s"),
        event("CLASS:PUBLIC", "DESCRIPTION:\\nCLASS:PRIVATE", uid="2"),
        "BEGIN:VTODO\nUID:3\nSUMMARY:Ask\nCLASS;X=1:CONFIDENTIAL\nEND:VTODO\n",
    )
    take(store, raw)
    out = give(store)
    assert out.count("BEGIN:VEVENT") == out.count("UID:2") == 1
    assert "VTODO" not in out
    chosen = exporting.choose(store, Filter())
    assert (len(chosen), chosen.left["private"]) == (1, 3)
    assert give(store, private=True).count("BEGIN:V") == 1 + 4
    # Back where it came from it is as private as it was.
    assert give(store, "ics").count("BEGIN:V") == 1 + 4


def test_real_names_go_out_as_aliases_and_stay_here(store: Store) -> None:
    people.add(store, alias="Head", name="Wu Qing", now=NOW)
    events.add(store, title="Talk with wu  qing", starts_on=DAY, now=NOW)
    raw = calendar(event("LOCATION:Wu Qing's room"))
    take(store, raw)
    came = named(store, "Board")
    events.edit(store, came, NOW, title="Board, Wu Qing")
    out = give(store)
    assert "SUMMARY:Talk with Head" in out
    assert "SUMMARY:Board\\, Head" in out
    assert "LOCATION:Head's room" in out
    # Given back where it came from, it is as it came.
    back = give(store, "ics")
    assert "LOCATION:Wu Qing's room" in back
    assert "SUMMARY:Board\\, Head" in back
    chosen = exporting.choose(store, Filter(), source="ics")
    "".join(ics.write(store, chosen, replace(ASKED, source="ics")))
    assert any("as they came" in line for line in exporting.said(chosen))
    made = take(store, out.encode())
    assert [step.names for step in made.changed] == []
    assert {one.title for one in every(store)} == {
        "Talk with wu  qing",
        "Board, Wu Qing",
    }


def test_no_line_that_came_takes_a_real_name_elsewhere(store: Store) -> None:
    people.add(store, alias="Head, 主任", name="Wu Qing", now=NOW)
    raw = calendar(
        event(
            "DESCRIPTION:Asked\\nWu Qing\\, twice",
            'ATTENDEE;CN="Wu Qing":mailto:a@b.example',
            "COMMENT:for wu qing",
            "BEGIN:VALARM",
            "TRIGGER:-PT5M",
            "DESCRIPTION:Wu Qing waits",
            "END:VALARM",
        ),
        "BEGIN:VTODO\nUID:2\nSUMMARY:Ask Wu Qing\nEND:VTODO\n",
        "X-WR-CALNAME:Wu Qing\n",
    )
    take(store, raw)
    out = give(store, private=True)
    assert "wu qing" not in out.replace("\r\n ", "").casefold()
    assert 'ATTENDEE;CN="Head 主任":mailto:a@b.example' in out
    assert "DESCRIPTION:Asked\\nHead\\, 主任\\, twice" in out
    # What comes back with aliases changes nothing here, and what is here still goes out.
    assert [step.names for step in take(store, out.encode()).changed] == []
    came = named(store, "Board")
    assert came.notes == "Asked\nWu Qing, twice"
    events.edit(store, came, NOW, notes="Nobody asked")
    assert "DESCRIPTION:Nobody asked" in give(store, private=True)


def test_a_library_of_others_reads_it(store: Store) -> None:
    lived(store)
    raw = give(store, private=True).encode()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    found: Any = icalendar.Calendar.from_ical(raw)
    assert str(found["PRODID"]).startswith("-//plannertui//")
    assert found.get_missing_tzids() == set()
    away, one = found.events
    assert str(one["SUMMARY"]) == "Board; all\nof it"
    assert one.start.isoformat() == "2024-09-19T09:30:00+02:00"
    assert one.end.isoformat() == "2024-09-19T10:15:00+02:00"
    assert one["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20241231T083000Z"
    assert one["EXDATE"].to_ical() == b"20240926T093000"
    triggers = [alarm["TRIGGER"].dt for alarm in one.walk("VALARM")]
    assert triggers == [timedelta(minutes=-minutes) for minutes in (0, 15, 1500)]
    assert (away.start, away.end) == (DAY, date(2024, 9, 22))
    todo, *_rest = found.todos
    assert (todo["DUE"].dt, str(todo["SUMMARY"])) == (DAY, "the list")
    assert {str(one["STATUS"]) for one in found.todos} == {"NEEDS-ACTION", "COMPLETED"}
    assert [str(one["CLASS"]) for one in found.journals if "CLASS" in one] == [
        "PRIVATE"
    ]


def test_the_same_bytes_each_time(store: Store) -> None:
    lived(store)
    assert give(store) == give(store)


def test_taken_in_again_it_changes_nothing_here(store: Store) -> None:
    lived(store)
    version = store.version()
    for private in (False, True):
        made = take(store, give(store, private=private).encode())
        assert (made.added, made.changed, made.left, made.noted) == ([], [], [], [])
    assert store.version() == version


def test_another_planner_has_the_same_then(store: Store, tmp_path: Path) -> None:
    lived(store)
    other = open_store(str(tmp_path / "other.db"), now=NOW)
    people.add(other, alias="Director, 主任", now=NOW)
    out = give(store, private=True)
    assert counts(take(other, out.encode()))[1:] == (0, 0, 0)
    here, there = named(store, "Away"), named(other, "Away")
    assert (there.kind, there.ends_on) == (here.kind, here.ends_on)
    (one,) = (one for one in every(other) if one.repeat)
    (mine,) = (one for one in every(store) if one.repeat)
    for name in (
        "title",
        "time",
        "minutes",
        "zone",
        "repeat",
        "skipped",
        "reminders",
        "place",
        "notes",
        "kind",
    ):
        assert getattr(one, name) == getattr(mine, name), name
    assert [ref.label for ref in one.people] == ["Director, 主任"]
    found = {one.title: one for one in matters.ls(other, state=None)}
    assert set(found) == {"the list\n- one", "was done", "private one"}
    assert (found["the list\n- one"].kind, found["was done"].closed_on) == (
        "promise",
        DAY,
    )
    assert found["private one"].nature == "private"
    other.close()


def test_what_another_program_changes_comes_home(store: Store) -> None:
    lived(store)
    out = give(store).replace("SUMMARY:Away", "SUMMARY:Away till Monday")
    made = take(store, out.encode())
    assert [step.names for step in made.changed] == [("title",)]
    assert [one.title for one in every(store) if one.kind == "leave"] == [
        "Away till Monday"
    ]
    history.undo(store, NOW)
    # Notes that stayed here are not emptied by a file without them.
    assert any(one.notes == "be calm" for one in every(store))


def test_one_of_a_series_made_here(store: Store) -> None:
    series = events.add(
        store,
        title="Round",
        starts_on=DAY,
        time="09:00",
        zone="Asia/Shanghai",
        repeat="FREQ=WEEKLY",
        skipped=(date(2024, 9, 26), date(2024, 10, 3)),
        now=NOW,
    )
    events.add(
        store,
        title="Round, later",
        starts_on=date(2024, 9, 27),
        time="10:00",
        zone="Asia/Shanghai",
        series_id=series.id,
        slot_on=date(2024, 9, 26),
        now=NOW,
    )
    out = give(store)
    told = lines_of(out, "Round\\, later")
    assert told["RECURRENCE-ID"] == "RECURRENCE-ID;TZID=Asia/Shanghai:20240926T090000"
    assert told["UID"] == f"UID:{series.uid}"
    # What is an event of its own is not left out as well.
    assert (
        lines_of(out, "RRULE")["EXDATE"] == "EXDATE;TZID=Asia/Shanghai:20241003T090000"
    )
    version = store.version()
    made = take(store, out.encode())
    assert counts(made) == (0, 0, 2, 0)
    assert store.version() == version


def test_every_workday_is_monday_to_friday_elsewhere(store: Store) -> None:
    events.add(
        store, title="Stand-up", starts_on=DAY, repeat="FREQ=DAILY;BYDAY=WD", now=NOW
    )
    out = give(store)
    told = lines_of(out, "Stand-up")
    assert told["RRULE"] == "RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"
    assert counts(take(store, out.encode())) == (0, 0, 1, 0)


SERIES = event(
    "DTEND;TZID=Europe/Berlin:20240919T100000",
    "RRULE:FREQ=WEEKLY",
    "EXDATE;TZID=Europe/Berlin:20241010T090000",
    "X-FOO;X-BAR=1:2",
    start="DTSTART;TZID=Europe/Berlin:20240919T090000",
)
ONE = event(
    "RECURRENCE-ID;TZID=Europe/Berlin:20240926T090000",
    start="DTSTART;TZID=Europe/Berlin:20240927T090000",
)


def test_a_series_that_gets_another_time(store: Store) -> None:
    take(store, calendar(SERIES, ONE))
    series = next(one for one in every(store) if one.repeat)
    events.edit(store, series, NOW, time="11:00")
    out = give(store, "ics")
    told = lines_of(out, "RRULE:")
    assert told["DTSTART"] == "DTSTART;TZID=Europe/Berlin:20240919T110000"
    assert told["DTEND"] == "DTEND;TZID=Europe/Berlin:20240919T120000"
    assert told["EXDATE"] == "EXDATE;TZID=Europe/Berlin:20241010T110000"
    assert told["X-FOO"] == "X-FOO;X-BAR=1:2"
    # Its exceptions are named by the new time, or nobody would know them.
    one = lines_of(out, "RECURRENCE-ID")
    assert one["RECURRENCE-ID"] == "RECURRENCE-ID;TZID=Europe/Berlin:20240926T110000"
    assert one["DTSTART"] == "DTSTART;TZID=Europe/Berlin:20240927T090000"


def test_theirs_leaves_what_was_moved_here_alone(store: Store) -> None:
    take(store, calendar(SERIES))
    series = next(one for one in every(store) if one.repeat)
    one = events.between(store, date(2024, 10, 3), date(2024, 10, 3))[0]
    repeating.change_one(store, one, NOW, starts_on=date(2024, 10, 4))
    raw = calendar(SERIES).replace(b"20241010T090000", b"20241017T090000")
    assert counts(take(store, raw)) == (0, 0, 0, 1)
    assert counts(take(store, raw, theirs=True)) == (0, 1, 0, 0)
    assert events.get(store, series.id).skipped == (
        date(2024, 10, 3),
        date(2024, 10, 17),
    )


def test_an_exception_that_was_removed_here_is_left_out(store: Store) -> None:
    take(store, calendar(SERIES, ONE))
    one = next(one for one in every(store) if one.slot_on)
    trash.remove(store, one.id, NOW)
    told = lines_of(give(store, "ics"), "RRULE:")
    assert told["EXDATE"] == "EXDATE;TZID=Europe/Berlin:20240926T090000,20241010T090000"


PARTS = (
    event("RRULE:FREQ=WEEKLY", "X-A:1"),
    event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20241003T090000",
        "X-B:2",
        start="DTSTART:20241004T100000",
    ),
    event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20241107T090000",
        "X-C:3",
        start="DTSTART:20241107T110000",
    ),
)


@pytest.mark.parametrize("gone", [None, "X-A", "X-B", "X-C"])
def test_a_series_in_parts_is_parted_when_one_is_gone(
    store: Store, gone: str | None
) -> None:
    take(store, calendar(*PARTS))
    one, two, three = every(store)
    assert [one.repeat, two.repeat, three.repeat] == [
        *("FREQ=WEEKLY;UNTIL=20241002", "FREQ=WEEKLY;UNTIL=20241107", "FREQ=WEEKLY")
    ]
    out = give(store, "ics")
    assert components(out, "VEVENT") == components(calendar(*PARTS).decode(), "VEVENT")
    if gone is not None:
        trash.remove(store, {"X-A": one, "X-B": two, "X-C": three}[gone].id, NOW)
        out = give(store, "ics")
        assert "RANGE" not in out
        assert gone not in out
        assert len({line for line in out.split("\r\n") if line[:4] == "UID:"}) == 2
        assert out.count("RRULE:") == 2


def test_what_was_changed_here_comes_back_as_it_is_now(store: Store) -> None:
    take(store, calendar(SERIES, ONE), "ics:work")
    series = next(one for one in every(store) if one.repeat)
    events.edit(store, series, NOW, title="Other", repeat="FREQ=WEEKLY;COUNT=9")
    raw = give(store, "ics:work").encode()
    assert counts(take(store, raw, "ics:work")) == (0, 0, 2, 0)
    version = store.version()
    assert counts(take(store, raw, "ics:work")) == (0, 0, 2, 0)
    assert store.version() == version


def test_categories_and_notes_of_others_stay(store: Store) -> None:
    raw = calendar(
        event("CATEGORIES:Office Work,red", "DESCRIPTION:theirs", "CLASS:PUBLIC")
    )
    take(store, raw)
    one = named(store, "Board")
    events.edit(store, one, NOW, notes="mine, about her")
    from plannertui.store.rows import set_tags

    with store.write("tags", NOW):
        set_tags(store, one.id, ["red", "new"])
    told = lines_of(give(store, "ics"), "Board")
    assert told["DESCRIPTION"] == "DESCRIPTION:theirs"
    assert told["CATEGORIES"] == "CATEGORIES:red,new"
    assert lines_of(give(store, "ics", private=True), "Board")["DESCRIPTION"] == (
        "DESCRIPTION:mine\\, about her"
    )


def test_a_due_time_moves_with_its_day(store: Store) -> None:
    todo = "BEGIN:VTODO\nUID:1\nSUMMARY:List\nDUE;TZID=Europe/Berlin:20240920T170000\nEND:VTODO\n"
    take(store, calendar(todo))
    (one,) = matters.ls(store)
    matters.move(store, one, date(2024, 9, 25), None, NOW)
    told = lines_of(give(store, "ics"), "List")
    assert told["DUE"] == "DUE;TZID=Europe/Berlin:20240925T170000"


def test_what_a_file_says_of_itself_goes_with_it_alone(store: Store) -> None:
    busy = "BEGIN:VFREEBUSY\nUID:f\nEND:VFREEBUSY\n"
    take(
        store,
        calendar("METHOD:REQUEST\nX-WR-CALNAME:Work\n", event(), busy),
        "ics:work",
    )
    events.add(store, title="Mine", starts_on=DAY, now=NOW)
    alone, mixed = give(store, "ics:work"), give(store)
    assert "METHOD:REQUEST" in alone
    assert "BEGIN:VFREEBUSY" in alone
    assert "Mine" not in alone
    assert "METHOD" not in mixed
    assert "VFREEBUSY" not in mixed


@given(st.text(max_size=200))
def test_any_text_comes_back_from_a_line(text: str) -> None:
    # A file has one kind of line break.
    text = clean(text).replace("\r", "\n")
    line = text_line("SUMMARY", text)
    file = "".join(folded([line]))
    assert all(len(part.encode()) <= 75 for part in file.split("\r\n"))
    ((back, _number),) = unfold(file.removesuffix("\r\n"))
    assert text_of(Line("SUMMARY", back, 1)) == text


@pytest.mark.parametrize("minutes", [0, 1, 60, 61, 1440, 1441, 10080, 525600])
def test_any_reminder_comes_back(store: Store, minutes: int) -> None:
    events.add(
        store, title="Board", starts_on=DAY, time="09:00", reminders=(minutes,), now=NOW
    )
    out = give(store)
    made = take(store, out.encode())
    assert counts(made) == (0, 0, 1, 0)


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC"])
def test_times_in_utc_come_home_as_they_went(store: Store, zone: str) -> None:
    how: dict[str, Any] = {"time": "23:30", "minutes": 60, "zone": zone, "now": NOW}
    events.add(store, title="Once", starts_on=DAY, **how)
    again = events.add(store, title="Again", starts_on=DAY, repeat="FREQ=WEEKLY", **how)
    one = occurrences.coming(store, again, DAY + timedelta(7), 1)[0]
    repeating.change_one(store, one, NOW, starts_on=one.starts_on + timedelta(1))
    out = give(store)
    assert f"DTSTART:{DAY:%Y%m%d}T233000Z" in out
    assert "TZID" not in out
    made = take(store, out.encode())
    assert [step.names for step in made.changed] == []
    assert counts(made)[0] == 0
    assert {each.zone for each in every(store)} == {zone}
