"""Figures without a store: percentages, weeks with their free days, turns, months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.figures import (
    Case,
    Figure,
    Proved,
    Standing,
    by_month,
    is_gap,
    months_since,
    percent,
    side,
    span_days,
    split,
    turn,
    weeks,
)

MONDAY = date(2024, 9, 2)


@pytest.mark.parametrize(
    ("count", "total", "shown"),
    [(3, 4, None), (4, 5, 80), (1, 8, 13), (0, 5, 0), (5, 5, 100), (2, None, None)],
)
def test_a_percentage_needs_five_cases(
    count: int, total: int | None, shown: int | None
) -> None:
    assert percent(count, total) == shown


def test_a_figure_knows_what_it_counted() -> None:
    figure = Figure("kept", (Case(1), Case(2, counts=False), Case(3)), parts=True)
    assert (figure.ids, figure.of) == ((1, 3), (1, 2, 3))
    assert (figure.count, figure.total) == (2, 3)
    assert figure.as_data() == {"count": 2, "of": 3, "percent": None}
    assert Figure("warned", (Case(1),)).as_data() == {"count": 1}


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(["leader", "peer", "below", ""])))
)
def test_sides_are_the_whole(cases: list[tuple[bool, str]]) -> None:
    figure = Figure(
        "kept", tuple(Case(n, counts=c) for n, (c, _r) in enumerate(cases)), parts=True
    )
    parts = split(figure, [(n, side(r)) for n, (_c, r) in enumerate(cases)])
    assert sum(part.count for part in parts.values()) == figure.count
    assert sum(part.total or 0 for part in parts.values()) == figure.total


def marks(reflected: set[int], today: date) -> str:
    """A Monday to Sunday from ``MONDAY``: r, f, m, o, a."""
    (week,) = weeks(
        MONDAY,
        MONDAY + timedelta(days=6),
        today,
        lambda day: day.weekday() < 5,
        [MONDAY + timedelta(days=n) for n in reflected],
    )
    return "".join(day.mark[0] for day in week.days)


def test_two_days_of_a_week_are_free() -> None:
    over = MONDAY + timedelta(days=7)
    assert marks({1, 3, 4}, over) == "frfrroo"
    assert marks({1}, over) == "frfmmoo"
    assert marks({5}, over) == "ffmmmro"
    assert marks(set(), MONDAY) == "aaaaaoo"
    assert marks({0, 1}, MONDAY + timedelta(days=2)) == "rraaaoo"


def test_a_week_is_kept_when_it_is_over_and_nothing_is_missed() -> None:
    def kept(reflected: int, today: date) -> bool:
        (week,) = weeks(
            MONDAY,
            MONDAY + timedelta(days=6),
            today,
            lambda day: day.weekday() < 5,
            [MONDAY + timedelta(days=n) for n in range(reflected)],
        )
        return week.kept

    over = MONDAY + timedelta(days=7)
    assert kept(3, over)
    assert not kept(2, over)
    assert not kept(3, MONDAY + timedelta(days=3))


def test_a_holiday_week_is_neither_kept_nor_missed() -> None:
    (week,) = weeks(
        MONDAY,
        MONDAY + timedelta(days=6),
        MONDAY + timedelta(days=9),
        lambda _day: False,
        (),
    )
    assert not week.kept
    assert {day.mark for day in week.days} == {"off"}


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 400),
    st.sets(st.integers(0, 400)),
)
def test_weeks_hold_every_day_once(
    first: date, count: int, reflected: set[int]
) -> None:
    last = first + timedelta(days=count)
    done = {first + timedelta(days=n) for n in reflected}
    found = weeks(first, last, last, lambda day: day.weekday() < 5, done)
    days = [day for week in found for day in week.days]
    assert [day.day for day in days] == [
        first + timedelta(days=n) for n in range(count + 1)
    ]
    assert all((day.mark == "reflected") == (day.day in done) for day in days)
    assert all(sum(d.mark == "free" for d in week.days) <= 2 for week in found)
    assert all(week.days[0].day.weekday() == 0 for week in found[1:])


def test_the_standard_left_alone_longest_has_its_turn() -> None:
    def standing(number: int, *days: int) -> Standing:
        cases = tuple(Case(n, date(2024, 9, n), word="yes") for n in days)
        return Standing(number, "…", Figure(f"standard_{number}", cases, parts=True))

    asked = [standing(1, 2, 9), standing(2, 3), standing(3, 5)]
    assert turn([]) is None
    chosen = turn(asked)
    assert chosen is not None
    assert chosen.standard == 2
    chosen = turn([*asked, standing(4)])
    assert chosen is not None
    assert chosen.standard == 4


def test_months_of_evidence() -> None:
    days = [
        (date(2024, 4, 1), True),
        (date(2025, 3, 31), False),
        (date(2024, 3, 31), True),
    ]
    months = by_month(days, date(2024, 4, 1))
    assert months[0] == (1, 0)
    assert months[11] == (0, 1)
    assert sum(a + b for a, b in months) == 2
    assert months_since(date(2024, 6, 30), date(2024, 9, 1)) == 3
    assert months_since(None, date(2024, 9, 1)) is None


def test_a_gap_is_two_months_without_proof() -> None:
    def proved(last: date | None) -> Proved:
        cases = (Case(1, last),) if last else ()
        return Proved(1, "G1", "…", Figure("e", cases), Figure("c"), (), last)

    today = date(2024, 9, 14)
    assert is_gap(proved(None), today)
    assert is_gap(proved(date(2024, 7, 31)), today)
    assert not is_gap(proved(date(2024, 8, 1)), today)


def test_ninety_days_end_today() -> None:
    first, last = span_days(date(2024, 9, 14))
    assert (first, last) == (date(2024, 6, 17), date(2024, 9, 14))
    assert span_days(date.min)[0] == date.min
