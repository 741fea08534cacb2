"""A month as lines, for every awkward month there is."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.workdays import WorkCalendar, WorkYear, mon_fri
from plannertui.tui.themes import ASCII, UNICODE, Frame
from plannertui.tui.widgets.days import runs, shift_days, shift_months
from plannertui.tui.widgets.drawn import Line
from plannertui.tui.widgets.grid import (
    Look,
    Marks,
    day_at,
    geometry,
    grid,
    month_lines,
    shade,
)

MARKS = Marks()


def free(year: int) -> WorkYear:
    """China's September 2024, and Monday to Friday else; 2027 is not known."""
    if year != 2024:
        return mon_fri("CN", year, year != 2027)
    base = mon_fri("CN", 2024)
    named = {
        date(2024, 9, 16): "Day off (substituted from 09/14/2024)",
        date(2024, 9, 17): "Mid-Autumn Festival",
    }
    makeup = {date(2024, 9, 14), date(2024, 9, 29)}
    return WorkYear("CN", 2024, base.off | set(named), named, makeup, True)


CALENDAR = WorkCalendar(free)


def lines(
    day: date,
    width: int = 32,
    frame: Frame = UNICODE,
    *,
    today: date = date(2024, 9, 14),
    marks: Marks = MARKS,
    glyphs: bool = False,
    compact: bool = False,
) -> list[Line]:
    return month_lines(
        day, today, width, CALENDAR, marks, Look(frame, glyphs), compact=compact
    )


def texts(day: date, width: int = 32, frame: Frame = UNICODE) -> list[str]:
    return [each.text.rstrip() for each in lines(day, width, frame)]


def test_september_2024() -> None:
    assert texts(date(2024, 9, 14)) == [
        "        September 2024",
        "Wk Mo  Tu  We  Th  Fr  Sa  Su",
        "35                          1",
        "36  2   3   4   5   6   7   8",
        "37  9  10  11  12  13 [14] 15",
        "38 16· 17· 18  19  20  21  22",
        "39 23  24  25  26  27  28  29+",
        "40 30",
        "",
        "Sat 14 Sep · make-up workday",
        "W37",
        "",
        " 1   3   5+  entries a day",
        "· holiday  + make-up",
    ]


def test_a_narrow_month_keeps_its_weeks_and_brackets() -> None:
    shown = texts(date(2024, 9, 15), 26)
    assert shown[4] == "37  9 10 11 12 13+14[15]"
    assert shown[5] == "38·16·17 18 19 20 21 22"
    assert texts(date(2024, 9, 15), 22)[4] == "  9 10 11 12 13+14[15]"


def test_ascii_is_ascii() -> None:
    marks = Marks({date(2024, 9, 12): 9, date(2024, 9, 2): 1}, {date(2024, 9, 20): 1})
    shown = lines(date(2024, 9, 14), 38, ASCII, marks=marks, glyphs=True)
    assert all(each.text.isascii() for each in shown)
    assert "#12" in shown[4].text
    assert " .2" not in shown[3].text
    assert ". 2" in shown[3].text
    assert "20!" in shown[5].text


def test_shades_are_grounds_or_characters() -> None:
    marks = Marks({date(2024, 9, 12): 4})
    ground = lines(date(2024, 9, 14), marks=marks)[4]
    assert ("12", "shade-2") in [(text, role.strip()) for text, role in ground.spans]
    assert "▒12" in lines(date(2024, 9, 14), marks=marks, glyphs=True)[4].text
    assert [shade(n) for n in (0, 1, 2, 3, 4, 5, 500)] == [0, 1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(
    ("year", "month", "weeks"),
    [
        (2023, 10, 6),
        (2021, 2, 4),
        (2024, 2, 5),
        (1, 1, 5),
        (9999, 12, 5),
        (2020, 12, 5),
        (2024, 12, 6),
    ],
)
def test_weeks_of_a_month(year: int, month: int, weeks: int) -> None:
    rows = grid(year, month)
    assert len(rows) == 6
    assert sum(1 for row in rows if any(row)) == weeks
    days = [day for row in rows for day in row if day is not None]
    assert days[0].day == 1
    assert [b - a for a, b in pairwise(days)] == [timedelta(1)] * (len(days) - 1)
    assert all(day.weekday() == at for row in rows for at, day in enumerate(row) if day)


@pytest.mark.case(36)
def test_leap_day_week_53_and_the_ends_of_time() -> None:
    assert "[29]" in texts(date(2024, 2, 29))[6]
    assert texts(date(2021, 1, 3))[2].startswith("53")
    assert texts(date(2026, 12, 31))[6].startswith("53")
    assert texts(date.min)[2].startswith(" 1[ 1]")
    assert "[31]" in texts(date.max)[6]


def test_an_unpublished_year_says_so() -> None:
    assert "2027: calendar not published" in texts(date(2027, 3, 1))
    assert "2027: calendar not publ…" in texts(date(2027, 3, 1), 24)


def test_the_day_in_words_has_its_count_and_what_is_due() -> None:
    day = date(2024, 9, 17)
    marks = Marks({day: 3}, {day: 1})
    shown = [each.text for each in lines(day, marks=marks, compact=True)]
    assert shown[-2:] == ["Tue 17 Sep · Mid-Autumn Festival", "W38 · 3 entries · 1 due"]
    assert texts(date(2024, 9, 16))[9] == "Mon 16 Sep · Mid-Autumn Festival"
    assert texts(date(2024, 9, 15))[9] == "Sun 15 Sep · Mid-Autumn Festival"
    assert texts(date(2024, 9, 22))[9] == "Sun 22 Sep"
    assert texts(date(2023, 9, 16))[9] == "Sat 16 Sep 2023"


@given(st.dates(), st.integers(1, 60), st.booleans(), st.sampled_from([UNICODE, ASCII]))
def test_no_line_is_wider_than_the_room(
    day: date, width: int, glyphs: bool, frame: Frame
) -> None:
    marks = Marks({day: 7}, {day: 2})
    for each in lines(day, max(width, 24), frame, marks=marks, glyphs=glyphs):
        assert each.width <= max(width, 24)


@given(st.dates(), st.integers(22, 60))
def test_every_day_is_found_where_it_is_drawn(day: date, width: int) -> None:
    at = geometry(width)
    shown = lines(day, width)
    for y, week in enumerate(grid(day.year, day.month), 2):
        for column, each in enumerate(week):
            if each is None:
                continue
            x = shown[y].text.index(f"{each.day:2}", at.start + column * at.cell)
            assert day_at(x, y, day, width) == each
    assert day_at(0, 0, day, width) is None
    assert day_at(59, 3, day, width) is None or width >= 59


def test_moving_stays_within_time() -> None:
    assert shift_days(date.max, 1) == date.max
    assert shift_days(date.min, -7) == date.min
    assert shift_months(date(2024, 2, 29), -12) == date(2023, 2, 28)
    assert shift_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert shift_months(date.max, 1) == date.max
    assert shift_months(date(1, 1, 5), -1) == date.min


def test_runs_of_days_off_have_one_name() -> None:
    first, last = date(2024, 9, 14), date(2024, 9, 27)
    assert runs(CALENDAR, first, last) == [
        (date(2024, 9, 15), date(2024, 9, 17), "Mid-Autumn Festival")
    ]
    middle = date(2024, 9, 16)
    assert runs(CALENDAR, middle, middle) == [
        (date(2024, 9, 15), date(2024, 9, 17), "Mid-Autumn Festival")
    ]
    assert runs(CALENDAR, date.max, date.max) == []
    assert runs(CALENDAR, date.min, date.min) == []


def test_leave_is_a_run_of_its_own() -> None:
    away = frozenset(date(2024, 9, day) for day in (19, 20))
    calendar = WorkCalendar(free, away)
    found = runs(calendar, date(2024, 9, 18), date(2024, 9, 27))
    assert found == [(date(2024, 9, 19), date(2024, 9, 22), "leave")]


def test_weeks_begin_on_the_day_of_the_settings() -> None:
    rows = grid(2024, 9, 6)
    assert rows[0] == [date(2024, 9, n) for n in range(1, 8)]
    look = Look(UNICODE, glyphs=False, week_start=6)
    day = date(2024, 9, 14)
    lines = [line.text for line in month_lines(day, day, 36, CALENDAR, Marks(), look)]
    assert lines[1].split() == ["Wk", "Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"]
    # The number is that of the Monday in it.
    assert lines[2].split()[:3] == ["36", "1", "2"]
    assert day_at(3, 2, day, 36, 6) == date(2024, 9, 1)
