"""The calendar from the shell: the same views as text, and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ptui


@pytest.fixture
def planned(ptui: Ptui, home: Path) -> Ptui:
    """A meeting, leave, a promise, a goal; China's calendar, Germany's beside it."""
    config = home / ".config" / "plannertui" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('calendar = "CN"\nalso = ["DE", "CN"]\n')
    for line in (
        ("leader", "add", "Director"),
        (
            *("event", "add", "Budget", "--on", "2024-09-19", "--at", "10:00"),
            *("--minutes", "90", "--with", "L1"),
        ),
        (
            *("event", "add", "Away", "--kind", "leave"),
            *("--on", "2024-09-23", "--to", "2024-09-24"),
        ),
        ("promise", "the list", "--to", "director", "--by", "2024-09-20"),
        ("goal", "add", "Fewer cases", "--from", "300", "--to", "100"),
        ("note", "a quiet day"),
    ):
        ran = ptui(*line)
        assert ran.code == 0, (line, ran.err)
    return ptui


def test_a_week_by_hours(planned: Ptui) -> None:
    said = planned("calendar", "week", "--on", "2024-09-19").out
    lines = said.splitlines()
    assert lines[0] == "W38 · 16 – 22 September 2024"
    assert "[Thu 19]" in lines[2]
    assert "Mid-Autumn" in lines[3]
    assert "> the list" in said
    at = next(n for n, line in enumerate(lines) if line.startswith("10:00"))
    assert "▌ Budget" in lines[at]
    assert "10:00–11:30" in lines[at + 1]
    assert "Director" in lines[at + 2]
    assert not any(line.startswith("04:00") for line in lines)
    assert all(line == line.rstrip() for line in lines)


def test_every_view_fits_a_narrow_terminal(planned: Ptui) -> None:
    for view in ("day", "week", "month", "agenda", "year"):
        ran = planned("calendar", view, env={"COLUMNS": "60"})
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.strip()


def test_what_was_written_stands_under_the_day(planned: Ptui) -> None:
    said = planned("calendar", "day").out
    assert said.startswith("Sat 14 Sep 2024 · make-up workday\n")
    written = said.split("Written\n")[1]
    assert "J1" in written
    assert "a quiet day" in written


def test_the_agenda_goes_as_far_as_one_says(planned: Ptui) -> None:
    def days(*more: str) -> list[str]:
        found = planned("calendar", "agenda", "--json", *more).json["days"]
        return [each["day"] for each in found if each["things"]]

    assert days() == ["2024-09-19", "2024-09-20", "2024-09-23", "2024-09-24"]
    assert days("--days", "7") == ["2024-09-19", "2024-09-20"]
    assert days("--to", "2024-09-23")[-1] == "2024-09-23"
    assert days("--on", "2024-09-21", "--days", "3") == ["2024-09-23"]
    assert days("--on", "2024-W38")[-1] == "2024-09-20"
    assert planned("calendar", "agenda", "--on", "2024-10", "--json").json["to"] == (
        "2024-10-31"
    )
    assert planned("calendar", "agenda", "--days", "3", "--to", "+9d").code == 2
    assert planned("calendar", "agenda", "--to", "2024-09-01").code == 2


def test_days_as_data(planned: Ptui) -> None:
    found = planned("calendar", "month", "--on", "2024-10", "--json").json
    assert (found["type"], found["view"]) == ("calendar", "month")
    assert (found["from"], found["to"]) == ("2024-09-30", "2024-11-03")
    assert found["unpublished"] == []
    third = next(day for day in found["days"] if day["day"] == "2024-10-03")
    assert third["kind"] == "holiday"
    assert third["holiday"] == "National Day"
    # Another country's, and not one's own a second time.
    assert third["elsewhere"] == {"DE": "German Unity Day"}
    week = planned("calendar", "week", "--on", "2024-09-19", "--json").json["days"]
    (event,) = week[3]["things"]
    assert event | {"repeats": False} == {
        "type": "event",
        "handle": "E1",
        "kind": "meeting",
        "title": "Budget",
        "from": "2024-09-19",
        "to": "2024-09-19",
        "at": "10:00",
        "minutes": 90,
        "with": "Director",
        "state": "planned",
        "place": "",
        "repeats": False,
        "computed": False,
    }


def test_the_board_of_a_year(planned: Ptui) -> None:
    said = planned("calendar", "year").out
    assert "G1 Fewer cases" in said
    assert "Days of reflection" in said
    found = planned("calendar", "year", "--json").json
    assert found["months"][0] == "2024-01"
    (goal,) = found["goals"]
    assert (goal["handle"], goal["progress"]) == ("G1", 0)
    assert goal["expected_line"][-1] == ["2024-12-31", 100.0]
    assert planned("calendar", "year", "2031", "--json").json["unpublished"] == [2031]
    assert "2031 is not published yet" in planned("calendar", "year", "2031").out
    assert planned("year", "board").out == said


def test_the_board_says_that_next_years_calendar_is_not_published(
    planned: Ptui,
) -> None:
    def board(now: str) -> str:
        return planned("calendar", "year", env={"PLANNERTUI_NOW": now}).out

    assert "not published" not in board("2026-05-01T10:00:00+08:00")
    # As of this version of the library: nobody knows what 2035 will be.
    assert "calendar of 2035 is not published yet" in board("2034-11-01T10:00:00+08:00")


def test_a_year_may_start_in_april(planned: Ptui, home: Path) -> None:
    config = home / ".config" / "plannertui" / "config.toml"
    config.write_text('calendar = "CN"\nyear_start = 4\nweek_start = "sunday"\n')
    found = planned("calendar", "year", "--json").json
    assert (found["from"], found["to"]) == ("2024-04-01", "2025-03-31")
    assert found["months"][9] == "2025-01"
    week = planned("calendar", "week", "--on", "2024-09-19", "--json").json
    assert week["from"] == "2024-09-15"


@pytest.mark.parametrize(
    "line", ['also = "DE"', "also = [1]", 'week_start = "mon"', "week_start = 1"]
)
def test_wrong_settings_name_their_line(ptui: Ptui, home: Path, line: str) -> None:
    config = home / ".config" / "plannertui" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f'calendar = "CN"\n{line}\n')
    ran = ptui("calendar")
    assert ran.code == 1
    assert "line 2" in ran.err


def test_a_country_that_there_is_not_is_said(ptui: Ptui, home: Path) -> None:
    config = home / ".config" / "plannertui" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('also = ["XX"]\n')
    ran = ptui("calendar", "week")
    assert ran.code == 1
    assert "XX" in ran.err
    assert ran.out == ""
