"""``event`` from the shell: what repeats, moved, cancelled and restored; zones, reminders."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.cli.main import main
from plannertui.core.errors import Usage
from plannertui.core.lengths import brief, read_minutes, read_reminders, say_minutes
from plannertui.store import events, meetings, people

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from plannertui.store.open import Store

    Say = Callable[..., Any]

# Saturday 14 September 2024, 18:10 in Shanghai; Monday to Friday are worked.


@pytest.fixture
def say(store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Give a command line in this process; its JSON, or with ``code`` its complaint."""
    monkeypatch.setenv("PLANNERTUI_DB", store.path)
    monkeypatch.setenv("PLANNERTUI_NOW", now.isoformat())
    monkeypatch.setenv("TZ", "Asia/Shanghai")

    def run(line: str, *more: str, code: int = 0, plain: bool = False) -> Any:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
        err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
        with pytest.MonkeyPatch.context() as patch:
            for name, stream in (("stdin", None), ("stdout", out), ("stderr", err)):
                patch.setattr(sys, name, stream)
            words = [*line.split(), *more, *(() if plain else ("--json",))]
            found = main(words)
        for stream in (out, err):
            stream.seek(0)
        text, complaint = out.read(), err.read()
        assert found == code, complaint
        if code:
            return complaint
        return text if plain else json.loads(text)

    return run


def begins(found: list[dict[str, Any]]) -> list[str]:
    return [f"{e['starts_on'][5:]} {e['time'] or '-'}" for e in found]


def board(say: Say, *more: str) -> Any:
    return say("event add Board --on tue --at 9:30 --repeat weekly", *more)


def test_it_is_added_with_all_there_is_to_say(say: Say, store: Store, now: Any) -> None:
    people.add(store, alias="Director", now=now)
    made = board(
        say, *("--for", "1h30", "--remind", "10m,1d", "--place", "Room 4"),
        *("--with", "L1", "--url", "https://example.org/x", "--count", "3"),
    )  # fmt: skip
    assert made["repeat"] == "FREQ=WEEKLY;COUNT=3;BYDAY=TU"
    assert made["every"] == "every week on Tue, 3 times"
    assert made["next"] == ["2024-09-17", "2024-09-24", "2024-10-01"]
    assert (made["minutes"], made["reminders"], made["place"]) == (
        90,
        [10, 1440],
        "Room 4",
    )
    assert (made["zone"], made["last_on"]) == ("Asia/Shanghai", "2024-10-01")
    shown = say("event E1", plain=True)
    assert "every week on Tue, 3 times" in shown
    assert "10 minutes · 1 day" in shown
    assert "FREQ" not in shown


def test_it_begins_on_the_first_day_that_the_rule_gives(say: Say) -> None:
    made = say(
        "event add Numbers --on today --repeat", "every month on the last workday"
    )
    assert made["starts_on"] == "2024-09-30"
    made = say("event add Fest --on 2024-09-16 --to +1d --repeat", "every Wed")
    assert (made["starts_on"], made["ends_on"]) == ("2024-09-18", "2024-09-19")


def test_each_time_is_listed(say: Say) -> None:
    board(say)
    found = say("event ls --on 2024-09")
    assert begins(found) == ["09-17 09:30", "09-24 09:30"]
    assert [e["slot_on"] for e in found] == ["2024-09-17", "2024-09-24"]
    assert len(say("event ls --on 2024-09 -n 1")) == 1
    assert "every week on Tue" in say("event ls", plain=True)
    assert "09:30  E1" in say("today", plain=True)
    assert [e["handle"] for e in say("today")["next"]].count("E1") == 2


def test_which_one_is_asked(say: Say) -> None:
    board(say)
    for line in ("event move E1 --on fri", "event set E1 --title x", "event cancel E1"):
        assert "--this DATE, --following DATE or --all" in say(line, code=2)
    assert "Give one of" in say("event cancel E1 --all --this 2024-09-17", code=2)
    assert "does not take place on 2024-09-18" in say(
        "event cancel E1 --this 2024-09-18", code=3
    )
    say("event add Once --on mon")
    assert "does not repeat" in say("event cancel E2 --this 2024-09-16", code=4)


def test_one_is_moved_cancelled_and_restored(say: Say) -> None:
    board(say)
    moved = say("event move E1 --this 2024-09-24 --on 2024-09-25 --at 14:00")
    assert (moved["handle"], moved["slot_on"]) == ("E2", "2024-09-24")
    say("event cancel E1 --this 2024-09-17")
    assert begins(say("event ls --on 2024-09")) == ["09-25 14:00"]
    assert "not on 2024-10-01" in say("event cancel E1 --this 2024-10-01", plain=True)
    say("event restore E1 --this 2024-10-01")
    say("event restore E1 --this 2024-09-24")
    assert begins(say("event ls --from 2024-09-15 --to 2024-10-02")) == [
        "09-24 09:30",
        "10-01 09:30",
    ]
    assert "was not cancelled" in say("event restore E1 --this 2024-10-08", code=4)
    for _each in range(2):
        say("undo")
    assert begins(say("event ls --on 2024-09")) == ["09-25 14:00"]


def test_those_following_and_all(say: Say) -> None:
    board(say)
    new = say("event move E1 --following 2024-10-08 --on 2024-10-10")
    assert (new["handle"], new["every"]) == ("E2", "every week on Thu")
    assert begins(say("event ls --from 2024-10-01 --to 2024-10-18")) == [
        "10-01 09:30",
        "10-10 09:30",
        "10-17 09:30",
    ]
    say("event set E1 --all --title Council --at 8:00")
    assert begins(say("event ls --on 2024-09")) == ["09-17 08:00", "09-24 08:00"]
    say("event move E1 --all --on wed")
    assert begins(say("event ls --on 2024-09")) == ["09-18 08:00", "09-25 08:00"]
    say("event cancel E2 --following 2024-10-17")
    assert begins(say("event ls --on 2024-10")) == ["10-02 08:00", "10-10 09:30"]
    say("event rm E1")
    assert begins(say("event ls --on 2024-10")) == ["10-10 09:30"]
    say("undo")
    say("event set E1 --all --repeat none")
    assert begins(say("event ls --from 2024-09-16 --to 2024-10-09")) == ["09-18 08:00"]


def test_one_alone_cannot_repeat(say: Say) -> None:
    board(say)
    said = say("event set E1 --this 2024-09-17 --repeat daily", code=2)
    assert "--following or --all" in said


def test_a_one_on_one_that_repeats_is_a_series(
    say: Say, store: Store, now: Any
) -> None:
    people.add(store, alias="Director", now=now)
    say("event add --kind 1:1 --on thu --with L1 --repeat", "every 2 weeks")
    (one,) = events.one_on_ones(store)
    assert (one.repeat, one.series_id, one.repeats) == ("fortnightly", one.id, False)
    say(
        "event add --kind 1:1 --on 2024-09-17 --with L1 --repeat", "3rd tuesday", code=2
    )
    say("event add --kind 1:1 --on 2024-09-17 --with L1 --repeat",
        "monthly on the 3rd tuesday")  # fmt: skip
    say("meet hold E1", code=4)
    rule = events.get(store, "E2").repeat
    assert rule == "FREQ=MONTHLY;BYDAY=3TU"
    assert "every month on the third Tue" in say("meet show E2", plain=True)


def test_another_zone(say: Say) -> None:
    say("event add Call --on wed --at 3:00 --zone Asia/Tokyo")
    (found,) = say("event ls --on 2024-09-18")
    assert (found["time"], found["zone"]) == ("02:00", "Asia/Tokyo")
    assert "02:00" in say("event ls", plain=True)
    assert "(03:00 Asia/Tokyo)" in say("event ls", plain=True)
    assert "no time zone" in say("event add x --on wed --zone Mars/Olympus", code=2)


@pytest.mark.case(31)
def test_a_time_that_the_clocks_skip_is_marked(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    say("event add Backup --on 2025-03-09 --at 2:30")
    listed = say("event ls --on 2025-03-09", plain=True)
    assert "03:30" in listed
    assert "(the clocks skip 02:30)" in listed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("event add x --on mon --repeat sometimes", "no way to repeat"),
        ("event add x --on mon --until 2025", "--repeat"),
        ("event add x --on mon --repeat daily --until 2025 --count 3", "not both"),
        ("event add x --on mon --repeat daily --until 2024-09-01", "end before"),
        ("event add x --on mon --repeat daily --count 99999", "from 1 to 10000"),
        ("event add x --on mon --repeat FREQ=SECONDLY", "within a day"),
        ("event add x --on mon --for sometime", "no length of time"),
        ("event add x --on mon --for 1h --minutes 5", "not both"),
        ("event add x --on mon --at 9 --for 8d", "up to a week"),
        ("event add x --on mon --remind 400d", "a year before"),
        ("event move E1", "Where to?"),
    ],
)
def test_what_cannot_be_read_is_said(say: Say, line: str, said: str) -> None:
    assert said in say(line, code=2)
    assert say("event ls --on 2024-09") == []


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45m", 45), ("45", 45), ("1h30", 90), ("1h30m", 90), ("1.5h", 90), ("2d", 2880),
        ("1w", 10080), ("1 h 5 min", 65), ("10分钟", 10), ("半小时", 30), ("１小时", 60),
        ("1天2小时", 1560), ("0", 0),
    ],
)  # fmt: skip
def test_lengths_are_read(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "x", "1x", "m", "1m1h", "1..5h", "1.05m", "9" * 40, "-5", ".", "1h."]
)
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(Usage):
        read_minutes(text)


def test_reminders_are_a_list() -> None:
    assert read_reminders("1d，10m、10") == (10, 1440)
    assert read_reminders("") == ()
    assert [brief(n) for n in (10, 60, 90, 1440, 20160, 0)] == [
        *("10m", "1h", "90m", "1d", "2w", "0m")
    ]
    assert [say_minutes(n) for n in (1, 120, 2880, 10080)] == [
        *("1 minute", "2 hours", "2 days", "1 week")
    ]


def test_a_rule_that_names_its_days_needs_no_day(say: Say) -> None:
    """One that does not is asked when; so is what lasts several days."""
    last = say("event add Pay --repeat", "last Friday of the month")
    assert begins([last]) == ["09-27 -"]
    week = say("event add Round --repeat", "every Mon until 2024-10-01")
    assert (begins([week]), week["last_on"]) == (["09-16 -"], "2024-10-01")
    for rule in ("weekly", "monthly", "every 2 days", "FREQ=MONTHLY"):
        assert "When?" in say("event add X --repeat", rule, code=2)
    assert "When?" in say("event add X --to fri --repeat", "every Mon", code=2)


def test_what_is_added_in_another_zone_is_told_by_the_clock_here(say: Say) -> None:
    said = say("event add Call --on fri --at 20:30 --zone Europe/Berlin", plain=True)
    assert said.split()[1:6] == [
        "Sat",
        "2024-09-21",
        "02:30",
        "(20:30",
        "Europe/Berlin)",
    ]


def test_kinds_are_named_as_they_are_shown(say: Say) -> None:
    complaint = say("event add X --on fri --kind party", code=2)
    assert "one-on-one, meeting, appraisal" in complaint
    line = "event add 休 --on fri --kind 休假 --lang zh_Hans"
    assert say(line)["kind"] == "leave"


def test_a_length_goes_with_a_time(say: Say) -> None:
    assert "--at" in say("event add Off --on mon --for 3h", code=2)
    assert say("event add Talk --on mon --at 9 --for 3h")["minutes"] == 180


def test_all_of_them_are_also_those_that_were_moved(say: Say) -> None:
    event = board(say, "--count", "3")["handle"]
    moved = say(f"event move {event} --this 2024-09-24 --on 2024-09-25")["handle"]
    say(f"event cancel {event} --all")
    found = say("event ls --on 2024-09")
    assert {each["state"] for each in found} == {"cancelled"}
    assert "09-25 09:30" in begins(found)
    say(f"event restore {event}")
    assert {each["state"] for each in say("event ls --on 2024-09")} == {"planned"}
    assert say(f"event cancel {moved} --all")["handle"] == event
    say("undo")
    assert say(f"event {moved}")["state"] == "planned"


def test_what_was_done_is_told_in_one_line(say: Say) -> None:
    said = say("event add --on mon", "one\ntwo", plain=True)
    assert said.splitlines() == ["E1  Mon 2024-09-16  meeting  one ⏎ two"]


def test_a_length_that_contradicts_the_days_is_refused(say: Say) -> None:
    line = "event add Fair --on 2024-09-20 --at 3pm --for 3h"
    assert "2024-09-22" in say(line, "--to", "+2d", code=2)
    # Over midnight the two agree.
    night = say("event add Night --on 2024-09-20 --at 22:00 --for 4h --to +1d")
    assert (night["minutes"], night["ends_on"]) == (240, "2024-09-21")
    made = say(line)
    assert made["time"] == "15:00"
    longer = say(f"event set {made['handle']} --to +2d")
    assert (longer["minutes"], longer["ends_on"]) == (None, "2024-09-22")
    assert say(f"event set {made['handle']} --for 1h", code=2)


def test_restoring_all_is_restoring(say: Say) -> None:
    made = board(say)
    say(f"event cancel {made['handle']} --all")
    assert say(f"event restore {made['handle']} --all")["state"] == "planned"
    once = say("event add Once --on 2024-09-20")
    say(f"event cancel {once['handle']}")
    assert say(f"event restore {once['handle']} --all")["state"] == "planned"
    assert say(f"event restore {once['handle']} --all --this 2024-09-20", code=2)


def test_a_period_longer_than_the_view_names_the_right_one(say: Say) -> None:
    for view, on, right in (
        ("day", "2024-W40", "week"),
        ("week", "2024-10", "month"),
        ("week", "2024-Q4", "agenda"),
        ("month", "2024", "year"),
    ):
        assert f"ptui calendar {right} --on {on}" in say(
            f"calendar {view} --on {on}", code=2
        )
    assert say("calendar week --on 2024-W40")["to"] == "2024-10-06"
    assert say("calendar month --on 2024-W40")["view"] == "month"


def test_what_lasts_days_is_seen_on_each_of_them(say: Say) -> None:
    say("event add Leave --kind leave --on 2024-09-17 --to 2024-09-19")
    for view in ("week", "month"):
        shown = say(f"calendar {view} --on 2024-09-17", plain=True)
        line = next(row for row in shown.splitlines() if "Leave" in row)
        heads = next(row for row in shown.splitlines() if "Wed" in row)
        ends = heads.index("Fri") if view == "month" else heads.index("Fri 20")
        bar = line.rstrip()
        assert heads.index("Thu") < len(bar) < ends
        assert set(bar[line.index("Leave") + 6 :]) == {"─"}


def test_on_this_day_takes_the_day_as_an_option(say: Say) -> None:
    say("note then --on 2023-05-03")
    by_word, by_option = (
        say("onthisday 2024-05-03"),
        say("onthisday --on 2024-05-03"),
    )
    assert by_word == by_option
    assert [item["text"] for item in by_option] == ["then"]
    assert say("onthisday --on 2024-05", code=2)
    assert say("onthisday 2024-05-03 --on 2024-05-03", code=2)


def test_the_list_of_everything_has_each_time_by_the_clock_here(say: Say) -> None:
    made = board(say)
    far = say("event add Call --on 2024-09-25 --at 23:00 --zone Europe/Berlin")
    period = "--from 2024-09-16 --to 2024-09-30"
    listed = [(e["starts_on"], e["time"]) for e in say(f"event ls {period}")]
    for kinds in ("--kind event", ""):
        found = say(f"ls {kinds} {period}")
        assert [(i["day"], i["at"]) for i in found] == listed
    # Another time, the same: and by tag or word as well.
    assert len(say(f"ls --text board {period}")) == 2
    assert len(say(f"ls {period} -n 1")) == 1
    # Without a last day a series stands once, on its first.
    every = say("ls --kind event --from 2024-09-16")
    assert [i["handle"] for i in every] == [made["handle"], far["handle"]]
    assert (every[1]["day"], every[1]["at"]) == ("2024-09-26", "05:00")
    for line in (
        "ls --kind event",
        f"ls {period}",
        f"event ls {period}",
        "search call",
    ):
        rows = say(line, plain=True).splitlines()
        (row,) = [row for row in rows if "Call" in row]
        assert "05:00" in row
        assert "(23:00 Europe/Berlin)" in row


def test_more_than_one_calendar_is_told_where_the_others_go(say: Say) -> None:
    assert (
        "also = ["
        in json.loads(say("year set --calendar CN,DE-BY", code=1))["error"]["message"]
    )


def test_of_a_folder_each_file_that_is_not_read_is_named(
    say: Say, tmp_path: Path
) -> None:
    event = "BEGIN:VEVENT\nUID:{0}\nSUMMARY:{0}\n{1}END:VEVENT\n"
    for name, start in (("good", "DTSTART:20240920T100000\n"), ("bare", "")):
        body = event.format(name, start)
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n"
        (tmp_path / f"{name}.ics").write_text(text)
    (tmp_path / "bad.ics").write_text("hello\n")
    shown = say("import --from ics", str(tmp_path), plain=True)
    assert "1 event" in shown
    assert "bad.ics: " in shown
    assert "bare.ics: line 3: bare: " in shown
    assert [e["title"] for e in say("event ls --on 2024-09-20")] == ["good"]


def test_talks_to_come_are_listed_before_they_are_rows(
    store: Store, now: datetime, say: Say
) -> None:
    one = people.add(store, alias="Director", relation="leader", now=now)
    first = date(2024, 9, 12)
    meetings.add(store, one, starts_on=first, time="10:00", repeat="weekly", now=now)
    found = say("event ls --kind one_on_one --since 2024-09-12 --until 2024-09-27")
    assert begins(found) == ["09-12 10:00", "09-19 10:00", "09-26 10:00"]
    assert [one["computed"] for one in found] == [False, True, True]
    assert [bool(one["handle"]) for one in found] == [True, False, False]
    assert begins(say("event ls --kind leave --until 2024-09-27")) == []
    lines = say("event ls --until 2024-09-20", plain=True).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("\u00b7")
    days = say("calendar month --on 2024-09")["days"]
    shown = [t["computed"] for day in days for t in day["things"]]
    assert shown == [False, True, True, *[True] * (len(shown) - 3)]
    assert [
        t["handle"]
        for d in say("calendar day --on 2024-10-10")["days"]
        for t in d["things"]
    ] == [""]


def test_what_goes_out_and_what_is_shown_names_another_zone(
    say: Say, tmp_path: Path
) -> None:
    far = say("event add Call --on 2024-09-25 --at 23:00 --zone Europe/Berlin")
    say("event add Near --on 2024-09-25 --at 9:00")
    shown = say(f"event show {far['handle']}", plain=True)
    assert "Europe/Berlin, 2024-09-25 23:00 there" in shown
    assert {"2024-09-26", "05:00"} <= set(shown.split())
    for form in ("markdown", "html", "csv", "org"):
        file = tmp_path / f"out.{form}"
        say(f"export --to {form} --kind event", str(file), plain=True)
        text = file.read_text()
        assert "Europe/Berlin" in text, form
        assert form == "csv" or "Asia/Shanghai" not in text
    # It comes back as it was.
    again = say("import --from csv", str(tmp_path / "out.csv"))
    assert (again["added"], again["changed"], again["same"]) == ([], [], 2)
    say("import --from org", str(tmp_path / "out.org"))
    found = say("event ls --on 2024-09-26")
    assert [event["time"] for event in found] == ["05:00", "05:00"]
