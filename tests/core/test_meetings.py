"""One-on-ones: the rhythm of a series, the items of an agenda."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.errors import Usage
from plannertui.core.meetings import (
    REPEATS,
    Item,
    every,
    following,
    item_of,
    next_slot,
    one_line,
)
from plannertui.core.workdays import WorkCalendar, build_year, mon_fri

CHINA = WorkCalendar(lambda year: build_year("CN", year))
PLAIN = WorkCalendar(lambda year: mon_fri("mon-fri", year))


@pytest.mark.parametrize(
    ("typed", "rhythm"),
    [
        ("1w", "weekly"),
        ("2w", "fortnightly"),
        ("fortnightly", "fortnightly"),
        ("Monthly", "monthly"),
        ("1m", "monthly"),
        ("每两周", "fortnightly"),
        ("none", ""),
    ],
)
def test_a_rhythm_as_typed(typed: str, rhythm: str) -> None:
    assert every(typed) == rhythm


@pytest.mark.parametrize("typed", ["3w", "daily", "", "2"])
def test_no_rhythm(typed: str) -> None:
    with pytest.raises(Usage):
        every(typed)


@pytest.mark.parametrize(
    ("repeat", "anchor", "after", "day"),
    [
        ("weekly", "2024-09-19", "2024-09-19", "2024-09-26"),
        ("fortnightly", "2024-09-05", "2024-09-05", "2024-09-19"),
        # The third Thursday of the month.
        ("monthly", "2024-09-19", "2024-09-19", "2024-10-17"),
        ("monthly", "2024-01-18", "2024-08-20", "2024-09-19"),
        # A fifth Thursday is the last one of every month, short ones too.
        ("monthly", "2024-05-30", "2024-05-30", "2024-06-27"),
        ("monthly", "2024-05-30", "2024-07-25", "2024-08-29"),
        ("monthly", "2024-12-31", "2024-12-31", "2025-01-28"),
    ],
)
def test_the_day_that_the_rule_gives(
    repeat: str, anchor: str, after: str, day: str
) -> None:
    found = following(repeat, date.fromisoformat(anchor), date.fromisoformat(after))
    assert found == date.fromisoformat(day)


def test_without_a_rule_or_past_the_last_year_there_is_none() -> None:
    assert following("", date(2024, 9, 19), date(2024, 9, 19)) is None
    for repeat in REPEATS:
        assert following(repeat, date.max, date.max) is None


@given(
    st.sampled_from(REPEATS),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(0, 900),
)
def test_always_later_and_on_the_same_weekday(
    repeat: str, anchor: date, days: int
) -> None:
    after = anchor
    if repeat == "monthly":
        after = anchor + timedelta(days=days)
    day = following(repeat, anchor, after)
    assert day is not None
    assert day > after
    assert day.weekday() == anchor.weekday()
    assert (day - after).days <= {"weekly": 7, "fortnightly": 14, "monthly": 35}[repeat]


def test_what_falls_on_a_holiday_waits_a_week() -> None:
    # 3 October 2024 is a holiday in China, 10 October is worked.
    day = next_slot("fortnightly", date(2024, 9, 5), date(2024, 9, 19), CHINA)
    assert day == date(2024, 10, 10)
    assert day is not None
    # From there two weeks go by again.
    assert next_slot("fortnightly", date(2024, 9, 5), day, CHINA) == date(2024, 10, 24)


def test_leave_counts_as_off_and_a_chosen_weekend_does_not() -> None:
    away = WorkCalendar(
        lambda year: mon_fri("mon-fri", year), frozenset([date(2024, 9, 26)])
    )
    assert next_slot("weekly", date(2024, 9, 19), date(2024, 9, 19), away) == date(
        2024, 10, 3
    )
    saturday = date(2024, 9, 21)
    assert next_slot("weekly", saturday, saturday, PLAIN) == date(2024, 9, 28)


def test_a_long_leave_does_not_make_it_vanish() -> None:
    gone = frozenset(date(2024, 9, 20) + timedelta(days=n) for n in range(120))
    away = WorkCalendar(lambda year: mon_fri("mon-fri", year), gone)
    assert next_slot("weekly", date(2024, 9, 19), date(2024, 9, 19), away) == date(
        2024, 9, 26
    )


ITEMS = st.builds(
    Item,
    text=st.text(max_size=20),
    ref=st.sampled_from(["", "M4"]),
    kind=st.sampled_from(["decide", "inform", "ask", "thank"]),
    done=st.booleans(),
    carried=st.sampled_from(["", "E3"]),
)


@given(ITEMS)
def test_an_item_is_read_as_it_was_kept(item: Item) -> None:
    back = item_of(item.data())
    assert back.same == item.same
    assert (back.kind, back.done, back.carried) == (item.kind, item.done, item.carried)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=5,
    )
)
def test_whatever_a_foreign_file_holds_is_some_item(data: object) -> None:
    assert isinstance(item_of(data), Item)


def test_one_line_that_fits() -> None:
    assert one_line("  a \n b ", 3, "x") == "a b"
    with pytest.raises(Usage, match="4 characters; 3 fit"):
        one_line("abcd", 3, "x")
