"""What is left over from earlier days, and the same day in other years: pure rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.leftover import MOST_DAYS, begins, left_from
from plannertui.core.onthisday import same_days

MON, FRI, THU = date(2024, 9, 16), date(2024, 9, 13), date(2024, 9, 12)
TUE, NEXT = date(2024, 9, 17), date(2024, 9, 20)


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"taken": [FRI]}, (FRI, "taken")),
        ({"taken": [THU, FRI]}, (FRI, "taken")),
        ({"due": FRI}, (FRI, "due")),
        ({"due": FRI, "taken": [FRI]}, (FRI, "taken")),
        ({"due": THU, "taken": [FRI]}, (FRI, "taken")),
        ({"day": FRI}, (FRI, "written")),
        # Of today, or of a day to come.
        ({"day": MON}, None),
        ({"due": MON, "taken": [FRI]}, None),
        ({"taken": [FRI, MON]}, None),
        ({"taken": [FRI, TUE]}, None),
        # A date ahead that it always had does not take it off the list, a new one does.
        ({"due": NEXT, "taken": [FRI]}, (FRI, "taken")),
        ({"due": NEXT, "taken": [FRI], "moved": True}, None),
        ({"due": FRI, "moved": True}, (FRI, "due")),
        ({"due": NEXT, "day": FRI}, None),
        # A promise without a date waits for one; what others owe is not ours to finish.
        ({"kind": "promise", "day": FRI}, None),
        ({"kind": "promise", "due": FRI}, (FRI, "due")),
        ({"kind": "waiting", "due": FRI}, None),
        ({"kind": "ask", "day": FRI}, None),
        ({"kind": "waiting", "due": THU, "taken": [FRI]}, (FRI, "taken")),
    ],
)
def test_what_is_left_over(given: dict[str, Any], left: object) -> None:
    matter: dict[str, Any] = {
        "kind": "task",
        "day": date(2024, 9, 2),
        "due": None,
        "taken": [],
        "moved": False,
        **given,
    }
    assert left_from(MON, **matter) == left


@pytest.mark.parametrize(
    ("seen", "first"),
    [
        (None, FRI),
        ((FRI, THU), FRI),
        ((THU, date(2024, 9, 11)), THU),
        ((MON, THU), THU),
        ((date(2024, 8, 1), date(2024, 7, 31)), MON - timedelta(days=MOST_DAYS)),
    ],
)
def test_nothing_goes_by_unseen_and_what_was_seen_rests(
    seen: tuple[date, date] | None, first: date
) -> None:
    assert begins(MON, FRI, seen) == first


def test_a_leap_day_is_not_lost_for_four_years() -> None:
    day = date.fromisoformat
    assert same_days(day("2025-02-28"), 2023, 2025) == [
        day("2024-02-29"),
        day("2024-02-28"),
        day("2023-02-28"),
    ]
    # A year with a 29th of its own shows it there.
    assert same_days(day("2028-02-28"), 2024, 2028)[-1] == day("2024-02-28")
    assert day("2024-02-29") not in same_days(day("2028-02-28"), 2024, 2028)
    assert same_days(day("2028-02-29"), 2024, 2028) == [
        day("2027-02-28"),
        day("2026-02-28"),
        day("2025-02-28"),
        day("2024-02-29"),
    ]


@given(day=st.dates(), first=st.integers(1, 9999), span=st.integers(0, 300))
def test_each_other_year_is_recalled(day: date, first: int, span: int) -> None:
    last = min(9999, first + span)
    found = same_days(day, first, last)
    assert found == sorted(set(found), reverse=True)
    years = {each.year for each in found}
    assert years == set(range(first, last + 1)) - {day.year}
    for each in found:
        assert each.month == day.month
        assert each.day == day.day or {each.day, day.day} == {28, 29}


@given(leap=st.integers(1, 2499).map(lambda n: n * 4), other=st.integers(1, 9999))
def test_a_leap_day_is_recalled_once_in_every_other_year(leap: int, other: int) -> None:
    try:
        written = date(leap, 2, 29)
    except ValueError:
        return
    if other == leap:
        return
    february = [date(other, 2, 28)]
    try:
        february.append(date(other, 2, 29))
    except ValueError:
        pass
    shown = [day for day in february if written in same_days(day, leap, leap)]
    assert len(shown) == 1
