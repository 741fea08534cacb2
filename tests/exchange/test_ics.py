"""Calendar files read in: what each part of them becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.core.errors import BadFile
from plannertui.exchange.icslines import again, blocks, unfold
from plannertui.store import events
from tests.exchange.icskit import (
    ASKED,
    NOW,
    calendar,
    counts,
    event,
    every,
    fields,
    named,
    read,
    take,
)

if TYPE_CHECKING:
    from plannertui.store.open import Store

DAY = date(2024, 9, 19)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("DTSTART:20240919T090000",), (DAY, DAY, "09:00", None, "")),
        (
            ("DTSTART:20240919T090000", "DTEND:20240919T094500"),
            (DAY, DAY, "09:00", 45, ""),
        ),
        (
            ("DTSTART;TZID=Europe/Berlin:20240919T090000", "DURATION:PT1H30M"),
            (DAY, DAY, "09:00", 90, "Europe/Berlin"),
        ),
        # In UTC and once: by the user's clocks.
        (
            ("DTSTART:20240918T233000Z", "DTEND:20240919T003000Z"),
            (DAY, DAY, "07:30", 60, "Asia/Shanghai"),
        ),
        # In UTC and repeating: the rule counts in UTC.
        (
            ("DTSTART:20240919T090000Z", "RRULE:FREQ=WEEKLY"),
            (DAY, DAY, "09:00", None, "UTC"),
        ),
        (("DTSTART;VALUE=DATE:20240919",), (DAY, DAY, None, None, "")),
        (
            ("DTSTART;VALUE=DATE:20240919", "DTEND;VALUE=DATE:20240920"),
            (DAY, DAY, None, None, ""),
        ),
        (
            ("DTSTART;VALUE=DATE:20240919", "DTEND;VALUE=DATE:20240922"),
            (DAY, date(2024, 9, 21), None, None, ""),
        ),
        (
            ("DTSTART;VALUE=DATE:20240919", "DURATION:P3D"),
            (DAY, date(2024, 9, 21), None, None, ""),
        ),
        # Some write an end that is the beginning.
        (
            ("DTSTART;VALUE=DATE:20240919", "DTEND;VALUE=DATE:20240919"),
            (DAY, DAY, None, None, ""),
        ),
        (
            ("DTSTART:20240919T220000", "DTEND:20240920T020000"),
            (DAY, DAY, "22:00", 240, ""),
        ),
        (
            ("DTSTART:20240919T220000", "DTEND:20240921T020000"),
            (DAY, date(2024, 9, 21), "22:00", 28 * 60, ""),
        ),
        (
            ("DTSTART:20240919T220000", "DTEND:20240920T000000"),
            (DAY, DAY, "22:00", 120, ""),
        ),
        # The night in which clocks go back is an hour longer.
        (
            (
                "DTSTART;TZID=Europe/Berlin:20241026T230000",
                "DTEND;TZID=Europe/Berlin:20241027T050000",
            ),
            (date(2024, 10, 26), date(2024, 10, 26), "23:00", 420, "Europe/Berlin"),
        ),
        # It begins in one zone and ends in another.
        (
            (
                "DTSTART;TZID=Europe/Berlin:20240919T090000",
                "DTEND;TZID=America/New_York:20240919T050000",
            ),
            (DAY, DAY, "09:00", 120, "Europe/Berlin"),
        ),
        (
            ("DTSTART;TZID=China Standard Time:20240919T090000",),
            (DAY, DAY, "09:00", None, "Asia/Shanghai"),
        ),
        (
            (
                "DTSTART;TZID=/freeassociation.sourceforge.net/Asia/Tokyo:20240919T090000",
            ),
            (DAY, DAY, "09:00", None, "Asia/Tokyo"),
        ),
    ],
)
def test_when_it_is(lines: tuple[str, ...], told: tuple[Any, ...]) -> None:
    start, *rest = lines
    found = fields(*rest, start=start)
    names = ("starts_on", "ends_on", "time", "minutes", "zone")
    assert tuple(found[name] for name in names) == told


@pytest.mark.case(35)
def test_a_zone_that_nobody_knows_keeps_its_times() -> None:
    reading = read(calendar(event(start="DTSTART;TZID=Mars/Dust:20240919T090000")))
    assert reading.found[0].fields["zone"] == "Mars/Dust"
    assert reading.found[0].fields["time"] == "09:00"
    assert [note for note in reading.notes if "Mars/Dust" in note]


def test_without_a_zone_of_the_machine_utc_stays() -> None:
    raw = calendar(event(start="DTSTART:20240919T010000Z"))
    (found,) = read(raw, replace(ASKED, zone="")).found
    assert (found.fields["zone"], found.fields["time"]) == ("UTC", "01:00")


def test_the_zone_of_the_calendar_is_that_of_its_times_in_utc() -> None:
    raw = calendar(
        "X-WR-TIMEZONE:Europe/London\n", event(start="DTSTART:20240919T080000Z")
    )
    (found,) = read(raw).found
    assert (found.fields["zone"], found.fields["time"]) == ("Europe/London", "09:00")


@pytest.mark.parametrize(
    ("lines", "repeat", "skipped", "extra"),
    [
        (("RRULE:FREQ=WEEKLY;BYDAY=TH",), "FREQ=WEEKLY;BYDAY=TH", [], []),
        (
            ("RRULE:FREQ=DAILY;UNTIL=20240930T090000", "EXDATE:20240920T090000"),
            "FREQ=DAILY;UNTIL=20240930",
            ["2024-09-20"],
            [],
        ),
        # The end of a rule before the time of day leaves that day out.
        (
            ("RRULE:FREQ=DAILY;UNTIL=20240930T080000",),
            "FREQ=DAILY;UNTIL=20240929",
            [],
            [],
        ),
        (
            ("RDATE:20240925T090000,20240927T090000",),
            "FREQ=DAILY;COUNT=1",
            [],
            ["2024-09-25", "2024-09-27"],
        ),
        (("EXDATE:20240919T090000",), "", [], []),
        # What cannot be a rule here is taken once, and told.
        (("RRULE:FREQ=HOURLY",), "", [], []),
        (("RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), "", [], []),
        (("RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY"), "", [], []),
    ],
)
def test_how_it_repeats(
    lines: tuple[str, ...], repeat: str, skipped: list[str], extra: list[str]
) -> None:
    reading = read(calendar(event(*lines)))
    found = reading.found[0].fields
    assert found["repeat"] == repeat
    assert [day.isoformat() for day in found["skipped"]] == skipped
    assert [day.isoformat() for day in found["extra"]] == extra
    told = [note for note in reading.notes if "taking place once" in note]
    assert bool(told) == (not repeat and any("RULE" in line for line in lines))


def test_days_added_at_other_times_are_told_and_the_rule_stays() -> None:
    reading = read(calendar(event("RRULE:FREQ=WEEKLY", "RDATE:20240920T150000")))
    assert reading.found[0].fields["repeat"] == "FREQ=WEEKLY"
    assert [note for note in reading.notes if "2024-09-20" in note]


def test_one_of_a_series_that_is_otherwise(store: Store) -> None:
    one = event("RECURRENCE-ID:20240926T090000", start="DTSTART:20240927T140000")
    off = event("RECURRENCE-ID:20241003T090000", "STATUS:CANCELLED")
    made = take(store, calendar(one, event("RRULE:FREQ=WEEKLY"), off))
    assert counts(made) == (3, 0, 0, 0)
    found = {one.starts_on: one for one in every(store)}
    series = next(one for one in every(store) if one.repeat)
    assert series.skipped == (date(2024, 9, 26), date(2024, 10, 3))
    moved = found[date(2024, 9, 27)]
    assert (moved.series_id, moved.slot_on) == (series.id, date(2024, 9, 26))
    assert (moved.time, moved.repeat) == ("14:00", "")
    assert [one.slot_on for one in every(store) if one.state == "cancelled"] == [
        date(2024, 10, 3)
    ]


def test_all_of_a_series_from_a_day_on_are_otherwise(store: Store) -> None:
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20241003T090000",
        start="DTSTART:20241003T150000",
    )
    series = event(
        "RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE:20240926T090000,20241010T090000"
    )
    after = event("RECURRENCE-ID:20241017T090000", start="DTSTART:20241018T110000")
    take(store, calendar(series, later, after))
    first, second = (one for one in every(store) if one.repeat)
    assert (first.repeat, first.skipped) == (
        "FREQ=WEEKLY;UNTIL=20241002",
        (date(2024, 9, 26),),
    )
    assert (second.repeat, second.time) == ("FREQ=WEEKLY;COUNT=4", "15:00")
    assert second.skipped == (date(2024, 10, 10), date(2024, 10, 17))
    (one,) = [one for one in every(store) if one.slot_on]
    assert one.series_id == second.id


def test_all_that_follow_are_moved_with_their_weekdays_and_exceptions(
    store: Store,
) -> None:
    series = event("RRULE:FREQ=WEEKLY;BYDAY=TU,TH", "EXDATE:20241010T090000")
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20241001T090000",
        start="DTSTART:20241002T150000",
    )
    after = event("RECURRENCE-ID:20241017T090000", start="DTSTART:20241020T110000")
    take(store, calendar(series, later, after))
    (second,) = [one for one in every(store) if one.repeats and one.time == "15:00"]
    assert (second.repeat, second.skipped) == (
        "FREQ=WEEKLY;BYDAY=WE,FR",
        (date(2024, 10, 11), date(2024, 10, 18)),
    )
    (one,) = [one for one in every(store) if one.starts_on == date(2024, 10, 20)]
    assert (one.series_id, one.slot_on) == (second.id, date(2024, 10, 18))


def test_what_cannot_be_moved_as_a_whole_is_told() -> None:
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20241017T090000",
        start="DTSTART:20241018T090000",
    )
    reading = read(calendar(event("RRULE:FREQ=MONTHLY;BYDAY=3TH"), later))
    assert [left.line for left in reading.left] == [9]
    assert [one.fields["repeat"] for one in reading.found] == ["FREQ=MONTHLY;BYDAY=3TH"]


def test_one_of_a_series_that_the_file_does_not_tell(store: Store) -> None:
    take(store, calendar(event("RECURRENCE-ID:20240919T090000")))
    (one,) = every(store)
    assert (one.series_id, one.slot_on) == (None, None)


@pytest.mark.parametrize(
    ("alarm", "minutes"),
    [
        (("ACTION:DISPLAY", "TRIGGER:-PT15M"), (15,)),
        (("ACTION:AUDIO", "TRIGGER:-P1DT2H"), (26 * 60,)),
        (("ACTION:DISPLAY", "TRIGGER;RELATED=START:PT0S"), (0,)),
        (("ACTION:DISPLAY", "TRIGGER;VALUE=DATE-TIME:20240919T003000Z"), (30,)),
        # These are kept, and not understood.
        (("ACTION:DISPLAY", "TRIGGER;RELATED=END:-PT15M"), ()),
        (("ACTION:DISPLAY", "TRIGGER:PT15M"), ()),
        (("ACTION:EMAIL", "TRIGGER:-PT15M"), ()),
        (("ACTION:DISPLAY", "TRIGGER:-P999999999D"), ()),
        (("ACTION:DISPLAY",), ()),
    ],
)
def test_reminders(alarm: tuple[str, ...], minutes: tuple[int, ...]) -> None:
    lines = ("BEGIN:VALARM", *alarm, "END:VALARM")
    reading = read(
        calendar(event(*lines, start="DTSTART;TZID=Asia/Shanghai:20240919T090000"))
    )
    assert reading.found[0].fields["reminders"] == minutes
    assert ("VALARM" in reading.unknown) == (not minutes)


def test_texts_and_where(store: Store) -> None:
    raw = calendar(
        event(
            "DESCRIPTION:one\\, two\\; three\\nfour \\\\ five",
            "LOCATION;LANGUAGE=de:Büro 4",
            "URL:https://example.com/a?b=c,d",
            "CATEGORIES:Office Work,licences,§",
        )
    )
    take(store, raw)
    one = named(store, "Board")
    assert one.notes == "one, two; three\nfour \\ five"
    assert (one.place, one.url) == ("Büro 4", "https://example.com/a?b=c,d")
    from plannertui.store.rows import tags_of

    assert tags_of(store, [one.id])[one.id] == ["Office-Work", "licences"]


def todo(*lines: str) -> dict[str, Any]:
    raw = calendar(
        "BEGIN:VTODO\nUID:1\nSUMMARY:List\n", *(x + "\n" for x in lines), "END:VTODO\n"
    )
    (found,) = read(raw).found
    return found.fields


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("DUE;VALUE=DATE:20240920",), {"due": date(2024, 9, 20), "state": "open"}),
        # By the user's clocks it is the day after.
        (("DUE:20240919T230000Z",), {"due": date(2024, 9, 20)}),
        (
            ("DTSTART;VALUE=DATE:20240918", "DURATION:P2D"),
            {"day": date(2024, 9, 18), "due": date(2024, 9, 20)},
        ),
        (
            ("STATUS:COMPLETED", "COMPLETED:20240911T083000Z"),
            {"state": "done", "closed_on": date(2024, 9, 11)},
        ),
        (
            ("PERCENT-COMPLETE:100", "LAST-MODIFIED:20240912T080000Z"),
            {"state": "done", "closed_on": date(2024, 9, 12)},
        ),
        (("STATUS:IN-PROCESS", "PERCENT-COMPLETE:100"), {"state": "open"}),
        (("STATUS:CANCELLED",), {"state": "dropped", "closed_on": ASKED.today}),
        (("PRIORITY:2",), {"important": True, "day": ASKED.today}),
        (
            ("PRIORITY:5", "CREATED:20240901T000000Z"),
            {"important": False, "day": date(2024, 9, 1)},
        ),
        (("DESCRIPTION:more of it",), {"title": "List\n\nmore of it"}),
        (("DESCRIPTION:List\\nmore of it",), {"title": "List\nmore of it"}),
    ],
)
def test_tasks(lines: tuple[str, ...], told: dict[str, Any]) -> None:
    found = todo(*lines)
    assert {name: found[name] for name in told} == told


def test_entries() -> None:
    raw = calendar(
        "BEGIN:VJOURNAL\nUID:1\nDTSTART;VALUE=DATE:20240912\nSUMMARY:A\n"
        "DESCRIPTION:b\nDESCRIPTION:c\nEND:VJOURNAL\n",
        "BEGIN:VJOURNAL\nUID:2\nDTSTART;TZID=Europe/Berlin:20240912T213000\nSUMMARY:D\n"
        "END:VJOURNAL\n",
    )
    one, two = (found.fields for found in read(raw).found)
    assert one == {"text": "A\n\nb\n\nc", "day": date(2024, 9, 12), "at": None}
    # It stays on the day lived.
    assert (two["day"], two["at"]) == (date(2024, 9, 12), "2024-09-12T21:30:00+02:00")


def test_what_is_not_understood_is_counted_and_kept() -> None:
    raw = calendar(
        event("X-FOO:1", "X-FOO:2", "ATTENDEE;CN=A:mailto:a@example.com"),
        "BEGIN:VFREEBUSY\nUID:f\nEND:VFREEBUSY\n",
    )
    reading = read(raw)
    assert dict(reading.unknown) == {"X-FOO": 2, "ATTENDEE": 1, "VFREEBUSY": 1}
    assert "X-FOO:2" in reading.found[0].kept["ics"]
    assert [one.key for one in reading.loose] == ["VFREEBUSY:f"]


def test_of_several_with_one_uid_the_last_revision_counts() -> None:
    raw = calendar(
        event("SEQUENCE:1", "LOCATION:old"),
        event("SEQUENCE:2", "LOCATION:new"),
        event("SEQUENCE:1", "LOCATION:old"),
    )
    reading = read(raw)
    assert [found.fields["place"] for found in reading.found] == ["new"]
    assert [left.line for left in reading.left] == [3, 17]


def test_without_a_uid_the_content_names_it(store: Store) -> None:
    raw = calendar(event()).replace(b"UID:1\n", b"")
    assert counts(take(store, raw)) == (1, 0, 0, 0)
    assert counts(take(store, raw)) == (0, 0, 1, 0)


def test_written_out_again_it_is_no_news(store: Store) -> None:
    take(store, calendar(event("DTSTAMP:20240901T000000Z")))
    version = store.version()
    made = take(store, calendar(event("DTSTAMP:20240914T000000Z")))
    assert counts(made) == (0, 0, 1, 0)
    assert store.version() == version


def test_cancelled_there_and_then_not(store: Store) -> None:
    take(store, calendar(event("STATUS:CANCELLED")))
    assert named(store, "Board").state == "cancelled"
    assert counts(take(store, calendar(event("STATUS:CONFIRMED")))) == (0, 1, 0, 0)
    assert named(store, "Board").state == "planned"
    assert counts(take(store, calendar(event("STATUS:CONFIRMED")))) == (0, 0, 1, 0)


def test_prepared_here_and_moved_there(store: Store) -> None:
    take(store, calendar(event()))
    events.edit(store, named(store, "Board"), NOW, state="prepared", wanted="A or B")
    moved = calendar(event(start="DTSTART:20240920T090000"))
    assert counts(take(store, moved)) == (0, 1, 0, 0)
    one = named(store, "Board")
    assert (one.starts_on, one.state) == (date(2024, 9, 20), "prepared")


def test_lines_are_unfolded_and_numbered() -> None:
    text = "A:1\r\n 2\r\n\t3\r\nB:4\r\n\r\n 5\nC:6"
    assert list(unfold(text)) == [("A:123", 1), ("B:45", 4), ("C:6", 7)]
    assert list(unfold("A:1\rB:2")) == [("A:1", 1), ("B:2", 2)]


def test_a_component_comes_back_from_what_was_kept() -> None:
    text = event("X:1", "BEGIN:VALARM", "X:2", "END:VALARM", "Y:3")
    (block,) = blocks(text, [])
    assert again(block.raw()).raw() == block.raw()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "Line 1:"),
        (
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n",
            "Line 1: BEGIN:VCALENDAR is never",
        ),
        (
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VTODO\n",
            "Line 3: END:VTODO closes nothing",
        ),
        (b"BEGIN:VEVENT\n" * 9, "Line 9: components are nested"),
        (b"PK\x03\x04\x00\x00\xff\x00" * 20, "is no text file"),
        (bytes(range(1, 256)), "Line 1:"),
        (b"neither this nor that", "Line 1:"),
        (b"\xff\xfeB", "UTF-16"),
    ],
    ids=["empty", "open", "crossed", "deep", "zip", "binary", "words", "half"],
)
def test_what_is_no_calendar_file(raw: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        read(raw)


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(code: str) -> None:
    raw = calendar(event("LOCATION:Büro")).decode().encode(code)
    reading = read(raw)
    assert reading.found[0].fields["place"] == "Büro"
    assert bool(reading.notes) == (code == "cp1252")


def test_quoted_printable_of_old_programs() -> None:
    line = "LOCATION;ENCODING=QUOTED-PRINTABLE;CHARSET=iso-8859-1:B=FCro=2C 4"
    assert fields(line)["place"] == "Büro, 4"
