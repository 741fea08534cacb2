from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core import day as days

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.case(31)
@pytest.mark.parametrize(
    ("now", "day_start", "expected"),
    [
        (datetime(2024, 9, 14, 3, 59, 59), 240, "2024-09-13"),
        (datetime(2024, 9, 14, 4, 0), 240, "2024-09-14"),
        (datetime(2024, 9, 14, 0, 0), 0, "2024-09-14"),
        (datetime(2024, 9, 14, 23, 59), 240, "2024-09-14"),
        (datetime(2025, 1, 1, 1, 0), 240, "2024-12-31"),
        (datetime(2024, 3, 1, 2, 0), 240, "2024-02-29"),
        (datetime(2023, 3, 1, 2, 0), 240, "2023-02-28"),
        (datetime(2024, 9, 14, 5, 29), 330, "2024-09-13"),
        (datetime(1, 1, 1, 0, 0), 240, "0001-01-01"),
        (datetime(2024, 9, 14, 1, 0, tzinfo=SHANGHAI), 240, "2024-09-13"),
        # The gap of 31 March 2024, 02:30, does not exist; it is still the night before.
        (datetime(2024, 3, 31, 2, 30, tzinfo=BERLIN), 240, "2024-03-30"),
        (datetime(2024, 3, 31, 3, 30, tzinfo=BERLIN), 120, "2024-03-31"),
        (datetime(2024, 3, 31, 4, 0, tzinfo=BERLIN), 240, "2024-03-31"),
        # 27 October 2024, 02:30, comes twice and belongs to the same day both times.
        (datetime(2024, 10, 27, 2, 30, tzinfo=BERLIN), 240, "2024-10-26"),
        (datetime(2024, 10, 27, 2, 30, tzinfo=BERLIN, fold=1), 240, "2024-10-26"),
        (datetime(2024, 10, 27, 2, 30, tzinfo=BERLIN), 150, "2024-10-27"),
        (datetime(2024, 10, 27, 2, 30, tzinfo=BERLIN, fold=1), 150, "2024-10-27"),
    ],
)
def test_a_day_ends_at_its_start_on_the_wall_clock(
    now: datetime, day_start: int, expected: str
) -> None:
    assert days.day_of(now, day_start) == d(expected)


def test_the_night_when_clocks_go_back_passes_through_utc_into_one_day() -> None:
    midnight = datetime(2024, 10, 26, 22, 0, tzinfo=ZoneInfo("UTC"))
    seen = [
        days.day_of((midnight + timedelta(minutes=30 * n)).astimezone(BERLIN))
        for n in range(10)
    ]
    assert seen == [d("2024-10-26")] * 10
    after = (midnight + timedelta(hours=5)).astimezone(BERLIN)
    assert days.day_of(after) == d("2024-10-27")


@pytest.mark.case(31)
def test_a_stamp_has_milliseconds_and_an_offset() -> None:
    zone = timezone(timedelta(hours=8))
    now = datetime(2024, 9, 14, 18, 20, 5, 123456, tzinfo=zone)
    assert days.stamp(now) == "2024-09-14T18:20:05.123+08:00"
    fold = datetime(2024, 10, 27, 2, 30, tzinfo=BERLIN, fold=1)
    assert days.stamp(fold) == "2024-10-27T02:30:00.000+01:00"


def test_a_stamp_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        days.stamp(datetime(2024, 9, 14))


@pytest.mark.parametrize(
    ("day", "year_start", "year", "quarter"),
    [
        ("2024-12-31", 1, 2024, 4),
        ("2024-01-01", 1, 2024, 1),
        ("2024-02-29", 1, 2024, 1),
        ("2024-03-31", 4, 2023, 4),
        ("2024-04-01", 4, 2024, 1),
        ("2024-12-31", 4, 2024, 3),
        ("2025-01-01", 4, 2024, 4),
        ("2024-06-30", 7, 2023, 4),
        ("2024-07-01", 7, 2024, 1),
        ("2024-09-30", 10, 2023, 4),
        ("2024-10-01", 10, 2024, 1),
        ("2024-12-31", 10, 2024, 1),
        ("2024-02-29", 10, 2023, 2),
        ("2024-11-30", 12, 2023, 4),
    ],
)
def test_years_and_quarters_follow_their_start(
    day: str, year_start: int, year: int, quarter: int
) -> None:
    assert days.year_of(d(day), year_start) == year
    assert days.quarter_of(d(day), year_start) == quarter


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (days.year_span(2024), "2024-01-01", "2024-12-31"),
        (days.year_span(2024, 4), "2024-04-01", "2025-03-31"),
        (days.year_span(2023, 3), "2023-03-01", "2024-02-29"),
        (days.year_span(2024, 10), "2024-10-01", "2025-09-30"),
        (days.year_span(9999, 4), "9999-04-01", "9999-12-31"),
        (days.year_span(0, 4), "0001-01-01", "0001-03-31"),
        (days.quarter_span(2024, 1), "2024-01-01", "2024-03-31"),
        (days.quarter_span(2024, 4, 4), "2025-01-01", "2025-03-31"),
        (days.quarter_span(2024, 2, 7), "2024-10-01", "2024-12-31"),
        (days.quarter_span(9999, 4, 10), "9999-12-31", "9999-12-31"),
        (days.half_span(2024, 2), "2024-07-01", "2024-12-31"),
        (days.half_span(2024, 2, 4), "2024-10-01", "2025-03-31"),
        (days.month_span(2024, 2), "2024-02-01", "2024-02-29"),
        (days.month_span(1900, 2), "1900-02-01", "1900-02-28"),
        (days.month_span(2000, 2), "2000-02-01", "2000-02-29"),
        (days.month_span(9999, 12), "9999-12-01", "9999-12-31"),
        (days.week_span(date(2024, 9, 15)), "2024-09-09", "2024-09-15"),
        (days.week_span(date(2024, 12, 31)), "2024-12-30", "2025-01-05"),
        (days.week_span(date.min), "0001-01-01", "0001-01-07"),
        (days.week_span(date.max), "9999-12-27", "9999-12-31"),
    ],
)
def test_spans(span: tuple[date, date], first: str, last: str) -> None:
    assert span == (d(first), d(last))


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2024-09-14", "2024-W37"),
        ("2020-12-31", "2020-W53"),
        ("2021-01-03", "2020-W53"),
        ("2021-01-04", "2021-W01"),
        ("2024-12-30", "2025-W01"),
        ("2026-12-31", "2026-W53"),
        ("0001-01-01", "0001-W01"),
        ("9999-12-31", "9999-W52"),
    ],
)
def test_weeks_are_labelled_the_iso_way(day: str, label: str) -> None:
    assert days.week_label(d(day)) == label


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2024-12-31", 2, "2025-02-28"),
        ("9999-12-31", 1, None),
        ("0001-01-01", -1, None),
    ],
)
def test_months_keep_to_their_last_day(
    day: str, months: int, expected: str | None
) -> None:
    assert days.plus_months(d(day), months) == (d(expected) if expected else None)


@given(st.dates(), st.integers(1, 12))
def test_every_day_is_in_its_own_week_quarter_half_and_year(day: date, at: int) -> None:
    year, quarter = days.year_of(day, at), days.quarter_of(day, at)
    for first, last in (
        days.week_span(day),
        days.month_span(day.year, day.month),
        days.quarter_span(year, quarter, at),
        days.half_span(year, (quarter + 1) // 2, at),
        days.year_span(year, at),
    ):
        assert first <= day <= last


@pytest.mark.case(36)
@given(st.dates(), st.integers(-4_000_000, 4_000_000))
def test_days_and_months_leave_the_calendar_quietly(day: date, count: int) -> None:
    later = days.plus_days(day, count)
    assert later is None or (later - day).days == count
    days.plus_months(day, count)
