"""Calendar files that mean harm, or were written by a program that is broken.

Cases 48 to 52 and 55 of the list; each is small here, and bounded by what is looked at.
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import BadFile
from plannertui.exchange import icslines, icszones
from plannertui.exchange.files import Source
from plannertui.exchange.formats import guess
from tests.exchange.icskit import (
    FIXTURES,
    calendar,
    counts,
    event,
    every,
    give,
    read,
    take,
)

if TYPE_CHECKING:
    from plannertui.store.open import Store


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=SECONDLY", "within a day"),
        ("FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "within a day"),
        ("FREQ=DAILY;COUNT=999999999", "COUNT"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=" + "9" * 4000, "characters"),
        ("FREQ=DAILY;INTERVAL=" + "9" * 400, "INTERVAL"),
        ("FREQ=WEEKLY;BYDAY=" + "MO," * 600, "understood"),
        ("FREQ=YEARLY;BYDAY=99MO", "BYDAY"),
        ("FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3", "within a day"),
        ("", "understood"),
        (";;;=;FREQ", "understood"),
    ],
    ids=lambda value: value[:30],
)
def test_rules_that_would_never_end_are_refused_before_they_run(
    store: Store, rule: str, said: str
) -> None:
    made = take(store, calendar(event(f"RRULE:{rule}"), event(uid="2")))
    assert counts(made) == (2, 0, 0, 0)
    assert [note for note in made.notes if said in note]
    # The rule is given back as it came.
    assert f"RRULE:{rule}"[:60] in give(store, "ics")


def test_a_rule_without_a_day_and_one_of_a_million_days(store: Store) -> None:
    never = event("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", uid="never")
    always = event("RRULE:FREQ=DAILY", start="DTSTART:00010101T090000", uid="always")
    take(store, calendar(never, always))
    assert len(every(store)) >= 1
    assert counts(take(store, calendar(never, always)))[2] == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("DURATION:P99999999999999D",),
        ("DURATION:-P1D",),
        ("DURATION:P4000D",),
        ("DTEND:20240918T090000",),
        ("DTEND:20250932T090000",),
        ("DTEND:nonsense",),
    ],
    ids=lambda lines: lines[0],
)
def test_what_cannot_be_is_told_and_the_rest_comes_in(
    store: Store, lines: tuple[str, ...]
) -> None:
    bad = event(*lines, uid="bad")
    made = take(store, calendar(event(), bad))
    assert counts(made) == (1, 0, 0, 1)
    assert made.left[0].line == 8
    assert made.left[0].label == "Board"
    # It is nothing here, and given back all the same.
    assert lines[0] in give(store, "ics")


@pytest.mark.parametrize(
    "start",
    [
        *("DTSTART:99991231T235959", "DTSTART:00010101T000000Z"),
        *("DTSTART;VALUE=DATE:99991231", "DTSTART;TZID=Asia/Tokyo:00010101T000000"),
    ],
)
def test_the_ends_of_time(store: Store, start: str) -> None:
    lines = ("RRULE:FREQ=YEARLY;COUNT=3", "BEGIN:VALARM", "ACTION:DISPLAY")
    raw = calendar(event(*lines, "TRIGGER:-P1D", "END:VALARM", start=start))
    made = take(store, raw)
    assert len(made.added) + len(made.left) == 1
    assert start in give(store, "ics")


def test_no_date_is_beyond_the_calendar(store: Store) -> None:
    made = take(
        store, calendar(event("DURATION:P30D", start="DTSTART:99991231T000000"))
    )
    assert "beyond all calendars" in made.left[0].why


def test_neither_uid_nor_stamp(store: Store) -> None:
    raw = calendar(event()).replace(b"UID:1\n", b"")
    take(store, raw)
    assert "BEGIN:VEVENT\r\nSUMMARY:Board" in give(store, "ics")


def test_many_dates_are_not_taken() -> None:
    line = "RDATE:" + ",".join(["20240920T090000"] * 10_001)
    assert [note for note in read(calendar(event(line))).notes if "10000" in note]
    lines = [f"EXDATE:{year:04d}0102T090000" for year in range(1, 2003)]
    reading = read(calendar(event("RRULE:FREQ=DAILY", *lines)))
    assert [note for note in reading.notes if "2000" in note]


def test_thousands_of_names_are_counted_as_one() -> None:
    reading = read(calendar(event(*[f"X-P{number}:v" for number in range(3000)])))
    assert len(reading.unknown) == 101
    assert sum(reading.unknown.values()) == 3000


def test_a_line_of_megabytes_is_left_out() -> None:
    folded = "LOCATION:" + "\n ".join(["x" * 1000] * 1100)
    reading = read(calendar(event(folded, "URL:u")))
    assert [left.line for left in reading.left] == [7]
    assert reading.found[0].fields["place"] == ""
    assert reading.found[0].fields["url"] == "u"


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\n")
    with open(path, "r+b") as file:
        # A hole: it costs nothing.
        file.truncate(64 * 1024 * 1024 + 1)
    source = Source(str(path))
    assert guess(source) is not None
    with pytest.raises(BadFile, match="larger than 64 MiB"):
        source.raw()


def test_too_many_components(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icslines, "MOST_BLOCKS", 50)
    with pytest.raises(BadFile, match="Line 101: there are more than 50"):
        read(calendar("BEGIN:VEVENT\nEND:VEVENT\n" * 60))


ZONE = (
    "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0{0}13\n"
    "TZOFFSETTO:+0{0}13\nRRULE:{1}\nEND:STANDARD\n"
)


def test_descriptions_of_zones_that_never_end() -> None:
    parts = "".join(ZONE.format(n % 9, "FREQ=DAILY") for n in range(60))
    zone = f"BEGIN:VTIMEZONE\nTZID:Bomb\n{parts}END:VTIMEZONE\n"
    reading = read(calendar(zone, event(start="DTSTART;TZID=Bomb:20240919T090000")))
    assert reading.found[0].fields["zone"] == "Asia/Shanghai"


def test_more_zones_than_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icszones, "MOST_SEARCHED", 1)
    zones = "".join(
        f"BEGIN:VTIMEZONE\nTZID:Z{n}\n{ZONE.format(n, 'FREQ=YEARLY')}END:VTIMEZONE\n"
        for n in range(3)
    )
    events = [
        event(start=f"DTSTART;TZID=Z{n}:20240919T090000", uid=str(n)) for n in range(3)
    ]
    reading = read(calendar(zones, *events))
    assert [found.fields["time"] for found in reading.found] == [
        *("16:47", "15:47", "14:47")
    ]


def test_what_could_command_a_terminal_stays_data(store: Store) -> None:
    raw = calendar(event("DESCRIPTION:a\0b\x1b[31m\u202ec [/] [@click=app.quit]"))
    made = take(store, raw)
    assert [note for note in made.notes if "NUL" in note]
    (one,) = every(store)
    assert one.notes == "ab\x1b[31m\u202ec [/] [@click=app.quit]"
    assert counts(take(store, raw)) == (0, 0, 1, 0)


def test_what_is_attached_is_never_opened(store: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("canary")
    line = f"ATTACH:file://{secret}"
    take(store, calendar(event(line, "ATTACH:http://127.0.0.1:1/x")))
    out = give(store, "ics")
    assert line in out.replace("\r\n ", "")
    assert "canary" not in out


def test_a_bad_component_among_good_ones_takes_nothing_in(store: Store) -> None:
    before = store.version()
    with pytest.raises(BadFile, match="Line 10: END:VALARM closes nothing"):
        take(store, calendar(event(), "BEGIN:VEVENT\nUID:2\nEND:VALARM\n"))
    assert (store.version(), every(store)) == (before, [])


def test_thousands_of_exceptions_are_read_once(store: Store) -> None:
    days = [date(2024 + n // 336, n // 28 % 12 + 1, n % 28 + 1) for n in range(400)]
    parts = [
        event(
            f"RECURRENCE-ID:{day:%Y%m%d}T090000", start=f"DTSTART:{day:%Y%m%d}T100000"
        )
        for day in days
    ]
    raw = calendar(event("RRULE:FREQ=DAILY", start="DTSTART:20240101T090000"), *parts)
    reading = read(raw)
    series = next(found for found in reading.found if found.fields["repeat"])
    assert len(reading.found) == 401
    assert len(series.fields["skipped"]) == 400


SHARDS = (
    *(b"99999999999", b"-1", b"T", b"Z", b";", b":", b",", b'"', b"\\", b"\xff", b"\0"),
    *(b"00010101T000000", b"99991231T235959Z", b"P", b"INTERVAL=0", b"UNTIL=", b"="),
    *(b";TZID=", b"RANGE=THISANDFUTURE", b"VALUE=DATE", b"BYDAY=", b"\xe2\x80\xae"),
)


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """A calendar file with lines lost, doubled, swapped, and other things in them."""
    lines = raw.splitlines()
    for _turn in range(chance.randrange(1, 9)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        line = lines[at]
        cut, on = chance.randrange(len(line) + 1), chance.randrange(len(line) + 1)
        lines[at] = chance.choice(
            (line[:cut] + chance.choice(SHARDS) + line[on:], lines[other], line[:cut])
        )
        if chance.random() < 0.3:
            del lines[other]
    return b"\r\n".join(lines)


@pytest.mark.parametrize("program", ["google", "outlook", "apple"])
def test_whatever_is_damaged_is_refused_or_comes_in_and_goes_out(
    store: Store, program: str
) -> None:
    raw = (FIXTURES / f"{program}.ics").read_bytes()
    chance = random.Random(program)
    refused = 0
    for number in range(12):
        bad, source = damaged(raw, chance), f"ics:{number}"
        try:
            take(store, bad, source)
        except BadFile:
            refused += 1
            continue
        assert counts(take(store, bad, source))[:2] == (0, 0)
        again = take(store, give(store, source, private=True).encode(), source)
        assert counts(again)[:2] == (0, 0)
    assert refused < 12
