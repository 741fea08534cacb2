"""year and event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from plannertui.store.open import Store
    from tests.conftest import Ptui


def test_a_year_is_planned(ptui: Ptui) -> None:
    said = ptui(
        *("year", "set", "--theme", "Fewer, finished", "--refuse", "a fifth list"),
        *("--standard", "Tell me early", "--standard", "Say who helped"),
        *("--line", "no file ahead", "--asker", "legal", "--appraisal", "2024-10-28"),
    )
    assert said.out == "2024  Fewer, finished\n"
    year = ptui("year", "--json").json
    assert year["refusals"] == ["a fifth list"]
    assert year["standards"] == [
        {"id": 1, "text": "Tell me early"},
        {"id": 2, "text": "Say who helped"},
    ]
    assert (year["lines"], year["askers"]) == (["no file ahead"], ["legal"])
    assert year["appraisal_on"] == "2024-10-28"
    shown = ptui("year").out
    for words in (
        "Fewer, finished",
        "a fifth list",
        "2. Say who helped",
        "Mon 2024-10-28",
    ):
        assert words in shown


def test_lists_are_replaced_or_grow(ptui: Ptui) -> None:
    ptui("year", "set", "--standard", "one", "--standard", "two", "--refuse", "x")
    ptui("year", "set", "--add", "--standard", "three")
    ptui(
        "year", "set", "--standard", "two", "--standard", "three", "--standard", "four"
    )
    year = ptui("year", "--json").json
    assert year["standards"] == [
        {"id": 2, "text": "two"},
        {"id": 3, "text": "three"},
        {"id": 4, "text": "four"},
    ]
    assert year["refusals"] == ["x"]
    ptui("year", "set", "--refuse", "none", "--appraisal", "none")
    assert ptui("year", "--json").json["refusals"] == []


def test_the_calendar_goes_into_the_settings(
    ptui: Ptui, home: Path, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('# mine\nday_start = "05:00"\n', encoding="utf-8")
    said = ptui("year", "set", "--calendar", "CN", "--config", str(config))
    assert str(config) in said.err
    text = config.read_text(encoding="utf-8")
    assert "# mine" in text
    assert 'calendar = "CN"' in text
    days = ptui("year", "--json", "--config", str(config)).json["days"]
    assert (days["workdays"], days["gone"], days["published"]) == (251, 179, True)
    bad = ptui("year", "set", "--calendar", "XX-YY", "--config", str(config), "--json")
    assert (bad.code, bad.error["code"]) == (1, "bad_settings")
    assert config.read_text(encoding="utf-8") == text


def test_a_year_that_nobody_has_announced(ptui: Ptui, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('calendar = "CN"\n', encoding="utf-8")
    shown = ptui("year", "2060", "--config", str(config)).out
    assert "not published" in shown
    assert not ptui("year", "2060", "--json", "--config", str(config)).json["days"][
        "published"
    ]


def test_years_listed(ptui: Ptui, planned: Store) -> None:
    ptui("year", "set", "2025", "--theme", "Next")
    assert ptui("year", "ls", "--json").json == [
        {"year": 2024, "theme": "", "goals": 3},
        {"year": 2025, "theme": "Next", "goals": 0},
    ]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (("set",), 2),
        (("soon",), 2),
        (("0",), 2),
        (("set", "--theme", "x" * 61), 2),
        (("set", *(("--refuse", "x") * 6)), 2),
        (("set", "--appraisal", "whenever"), 2),
        (("2024", "2025"), 2),
    ],
)
def test_bad_years(ptui: Ptui, call: tuple[str, ...], code: int) -> None:
    ran = ptui("year", *call, "--json")
    assert (ran.code, ran.out) == (code, "")
    assert ran.error["message"]


def test_an_event_at_a_time(ptui: Ptui, planned: Store) -> None:
    added = ptui(
        *("event", "add", "Counter", "hours", "--kind", "1:1", "--on", "thu"),
        *(
            "--at",
            "9.30",
            "--minutes",
            "30",
            "--with",
            "L1,finance",
            "--wanted",
            "A or B",
        ),
    )
    assert added.out == (
        "E1  Thu 2024-09-19 09:30  one-on-one  Counter hours  @Director @Finance\n"
    )
    event = ptui("event", "E1", "--json").json
    assert (event["time"], event["minutes"], event["zone"]) == (
        "09:30",
        30,
        "Asia/Shanghai",
    )
    assert [p["handle"] for p in event["people"]] == ["L1", "P1"]
    assert event["wanted"] == "A or B"


@pytest.mark.parametrize(
    ("options", "first", "last"),
    [
        (("--on", "2024-10-08"), "2024-10-08", "2024-10-08"),
        (("--on", "2024-10-08", "--to", "+3d"), "2024-10-08", "2024-10-11"),
        (("--on", "2024-10-08", "--to", "fri"), "2024-10-08", "2024-10-11"),
        (("--on", "2024-W41"), "2024-10-07", "2024-10-13"),
        (("--on", "fri"), "2024-09-20", "2024-09-20"),
        (("--on", "下周五"), "2024-09-20", "2024-09-20"),
    ],
)
def test_days_of_an_event(
    ptui: Ptui, options: tuple[str, ...], first: str, last: str
) -> None:
    ptui("event", "add", "--kind", "leave", *options)
    event = ptui("event", "E1", "--json").json
    assert (event["starts_on"], event["ends_on"]) == (first, last)
    assert event["title"] == "leave"


def test_leave_is_no_workday(ptui: Ptui) -> None:
    before = ptui("year", "--json").json["days"]["workdays"]
    ptui("event", "add", "--kind", "leave", "--on", "2024-10-07", "--to", "2024-10-11")
    assert ptui("year", "--json").json["days"]["workdays"] == before - 5


def test_events_listed_changed_removed(ptui: Ptui, planned: Store) -> None:
    ptui("event", "add", "Soon", "--on", "thu", "--at", "10")
    ptui("event", "add", "Later", "--on", "2024-11-05")
    assert [e["handle"] for e in ptui("event", "--json").json] == ["E1"]
    assert [
        e["handle"] for e in ptui("event", "ls", "--on", "2024", "--json").json
    ] == [
        "E1",
        "E2",
    ]
    ptui("event", "set", "E1", "--on", "fri", "--at", "none", "--state", "held")
    ptui("event", "set", "E1", "--title", "Held", "--kind", "meeting", "--with", "L1")
    event = ptui("event", "E1", "--json").json
    assert (event["starts_on"], event["time"], event["state"]) == (
        "2024-09-20",
        None,
        "held",
    )
    assert [p["handle"] for p in event["people"]] == ["L1"]
    ptui("event", "rm", "E1")
    assert ptui("event", "--json").json == []
    assert ptui("event").out == ""
    ptui("undo")
    assert [e["title"] for e in ptui("event", "--json").json] == ["Held"]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (("add", "x"), 2),
        (("add", "x", "--on", "blub"), 2),
        (("add", "x", "--on", "fri", "--to", "mon", "--at", "25:00"), 2),
        (("add", "x", "--on", "2024-10-08", "--to", "2024-10-01"), 2),
        (("add", "x", "--on", "fri", "--kind", "party"), 2),
        (("add", "x", "--on", "fri", "--with", "nobody"), 3),
        (("add", "x", "--on", "fri", "--with", "G1"), 3),
        (("add", "x", "--on", "fri", "--minutes", "-5"), 2),
        (("set", "E1", "--title", "x"), 3),
        (("rm", "G1"), 3),
        (("ls", "--on", "blub"), 2),
    ],
)
def test_bad_events(
    ptui: Ptui, planned: Store, call: tuple[str, ...], code: int
) -> None:
    ran = ptui("event", *call, "--json")
    assert (ran.code, ran.out) == (code, "")
    assert ran.error["message"]
    assert planned.read("SELECT count(*) FROM event") == [(0,)]
