"""Reviews as data: steps, minutes, periods, and the workday on which each is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core import reviews
from plannertui.core.errors import Usage
from plannertui.core.prompts import load_bank
from plannertui.core.reviews import KINDS, Kind
from plannertui.core.workdays import WorkCalendar, build_year

CHINA = WorkCalendar(lambda year: build_year("CN", year))
PLAIN = WorkCalendar(lambda year: build_year("mon-fri", year))


@pytest.mark.parametrize(
    ("kind", "minutes", "steps"),
    [
        ("week", 15, 8),
        ("month", 30, 7),
        ("quarter", 60, 8),
        ("year-close", 90, 10),
        ("year-open", 90, 9),
        ("plan", 10, 4),
    ],
)
def test_each_review_takes_as_long_as_the_design_says(
    kind: Kind, minutes: int, steps: int
) -> None:
    assert reviews.minutes_of(kind) == minutes
    assert len(reviews.steps_of(kind)) == steps


def test_the_year_close_has_two_sittings_of_45_minutes() -> None:
    steps = reviews.steps_of("year-close")
    for sitting in (1, 2):
        assert sum(s.minutes for s in steps if s.sitting == sitting) == 45


def test_every_question_that_a_step_asks_is_in_the_bank_at_its_cadence() -> None:
    bank = load_bank()
    cadences = {
        "month": "monthly",
        "quarter": "quarterly",
        "year-close": "yearly",
        "year-open": "yearly",
    }
    asked = 0
    for kind in KINDS:
        for step in reviews.steps_of(kind):
            for name in step.prompts:
                prompt = bank.get(name)
                assert prompt is not None
                assert prompt.cadence == cadences[kind]
                asked += 1
    assert asked == 12


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_steps_of_a_review_have_one_name(kind: Kind) -> None:
    names = [step.name for step in reviews.steps_of(kind)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("kind", "day", "due"),
    [
        # A make-up workday: the week ends on a Saturday.
        ("week", date(2024, 9, 14), date(2024, 9, 14)),
        ("week", date(2024, 9, 13), date(2024, 9, 6)),
        # A make-up workday on a Sunday.
        ("week", date(2024, 2, 4), date(2024, 2, 4)),
        # The golden week: 1 to 7 October is off, Saturday the 12th is worked.
        ("week", date(2024, 10, 7), date(2024, 9, 30)),
        ("month", date(2024, 9, 29), date(2024, 8, 30)),
        ("month", date(2024, 9, 30), date(2024, 9, 30)),
        ("quarter", date(2024, 9, 30), date(2024, 9, 30)),
        ("quarter", date(2024, 7, 15), date(2024, 6, 28)),
        ("year-close", date(2024, 12, 31), date(2024, 12, 31)),
        ("year-open", date(2024, 1, 2), date(2024, 1, 2)),
    ],
)
def test_a_review_is_due_on_the_last_workday(kind: Kind, day: date, due: date) -> None:
    found = reviews.latest(kind, day, CHINA)
    assert found is not None
    assert found.on == due


def test_a_week_without_any_workday_has_no_review() -> None:
    away = frozenset(date(2024, 8, 5) + timedelta(days=n) for n in range(5))
    calendar = WorkCalendar(lambda year: build_year("CN", year), away)
    week = reviews.read_period("week", "2024-W32")
    assert reviews.due_on("week", week, calendar) is None
    found = reviews.latest("week", date(2024, 8, 11), calendar)
    assert found is not None
    assert found.period.label == "2024-W31"


@pytest.mark.parametrize(
    ("kind", "label", "first", "last"),
    [
        ("week", "2024-W37", date(2024, 9, 9), date(2024, 9, 15)),
        ("week", "2024-w37", date(2024, 9, 9), date(2024, 9, 15)),
        ("month", "2024-09", date(2024, 9, 1), date(2024, 9, 30)),
        ("quarter", "2024-Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("quarter", "2024-H1", date(2024, 1, 1), date(2024, 6, 30)),
        ("year-close", "2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_label_names_its_days(
    kind: Kind, label: str, first: date, last: date
) -> None:
    period = reviews.read_period(kind, label)
    assert (period.first, period.last) == (first, last)
    assert period.label == label.upper()


def test_a_fiscal_year_moves_quarter_half_and_year() -> None:
    quarter = reviews.read_period("quarter", "2024-Q1", 4)
    assert (quarter.first, quarter.last) == (date(2024, 4, 1), date(2024, 6, 30))
    assert reviews.period_of("quarter", date(2025, 3, 31), 4).label == "2024-Q4"
    assert reviews.period_of("year-close", date(2025, 3, 31), 4).label == "2024"
    half = reviews.read_period("quarter", "2024-H2", 4)
    assert (half.first, half.last) == (date(2024, 10, 1), date(2025, 3, 31))


def test_a_half_year_is_a_second_label_of_its_last_quarter() -> None:
    assert reviews.read_period("quarter", "2024-Q2").shown == "2024-Q2 · 2024-H1"
    assert reviews.read_period("quarter", "2024-Q3").also == ""


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("week", "2024-W54"),
        ("week", "2024-09"),
        ("month", "2024-13"),
        ("quarter", "2024-Q5"),
        ("year-close", "2024-Q1"),
        ("plan", "soon"),
        ("week", "0000-W01"),
    ],
)
def test_what_is_no_period_is_an_error_that_says_how(kind: Kind, label: str) -> None:
    with pytest.raises(Usage, match="2024"):
        reviews.read_period(kind, label)


@given(
    kind=st.sampled_from(KINDS),
    day=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    start=st.integers(1, 12),
)
def test_every_day_lies_in_the_period_that_its_label_reads_as(
    kind: Kind, day: date, start: int
) -> None:
    period = reviews.period_of(kind, day, start)
    assert period.first <= day <= period.last
    assert reviews.read_period(kind, period.label, start) == period


@given(kind=st.sampled_from(KINDS), day=st.dates(date(2021, 1, 1), date(2029, 12, 31)))
def test_what_came_due_lies_behind_and_what_comes_lies_ahead(
    kind: Kind, day: date
) -> None:
    last, following = (
        reviews.latest(kind, day, PLAIN),
        reviews.coming(kind, day, PLAIN),
    )
    assert last is not None
    assert last.on <= day
    assert following is not None
    assert following.on > day
    assert PLAIN.is_workday(last.on)
    assert PLAIN.is_workday(following.on)
    between = following.period.first - last.period.last
    assert between == timedelta(days=1)
