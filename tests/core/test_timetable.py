"""Where blocks and lanes stand: never over one another, never lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.things import Thing, time_words, week_first
from plannertui.core.timetable import (
    DAY,
    Place,
    cells,
    lanes,
    lines_of,
    pack,
    side_by_side,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MONDAY = date(2024, 9, 9)
SPANS = st.lists(
    st.tuples(st.integers(0, 95), st.integers(1, 24)).map(lambda s: (s[0], sum(s))),
    max_size=24,
)
DAYS = st.lists(
    st.tuples(st.integers(-10, 9), st.integers(0, 12)).map(
        lambda s: (min(s[0], 6), max(0, s[0] + s[1]))
    ),
    max_size=24,
)


@pytest.mark.parametrize(
    ("start", "minutes", "per_hour", "lines"),
    [
        (0, 60, 1, (0, 1)),
        (9 * 60, 30, 1, (9, 10)),
        (9 * 60, 30, 2, (18, 19)),
        (9 * 60 + 30, 45, 2, (19, 21)),
        (9 * 60 + 10, 10, 4, (36, 38)),
        (9 * 60, None, 2, (18, 20)),
        (9 * 60, 0, 2, (18, 19)),
        (23 * 60 + 59, 1, 1, (23, 24)),
        (23 * 60, 600, 2, (46, 48)),
    ],
)
def test_the_lines_that_something_takes(
    start: int, minutes: int | None, per_hour: int, lines: tuple[int, int]
) -> None:
    assert lines_of(start, minutes, per_hour) == lines


@pytest.mark.parametrize(
    ("spans", "places"),
    [
        ([], []),
        ([(0, 2)], [Place(0, 1, 1)]),
        ([(0, 2), (2, 4)], [Place(0, 1, 1), Place(0, 1, 1)]),
        ([(0, 2), (1, 3)], [Place(0, 1, 2), Place(1, 2, 2)]),
        # The third begins when the first is over, and takes its column.
        ([(0, 2), (1, 4), (2, 3)], [Place(0, 1, 2), Place(1, 2, 2), Place(0, 1, 2)]),
        # Beside the last, two columns are free.
        (
            [(0, 4), (0, 2), (0, 2), (2, 4)],
            [Place(0, 1, 3), Place(1, 2, 3), Place(2, 3, 3), Place(1, 3, 3)],
        ),
    ],
)
def test_places_side_by_side(spans: list[tuple[int, int]], places: list[Place]) -> None:
    assert side_by_side(spans) == places


@given(SPANS, st.integers(1, 60))
def test_no_block_covers_another(spans: list[tuple[int, int]], width: int) -> None:
    taken: set[tuple[int, int]] = set()
    places = side_by_side(spans)
    for span, place in zip(spans, places, strict=True):
        assert 0 <= place.first < place.end <= place.of
        first, end = cells(place, width)
        assert 0 <= first <= end <= width
        if place.of <= width:
            assert first < end
        own = {(x, y) for x in range(first, end) for y in range(*span)}
        assert not own & taken
        taken |= own


@given(SPANS)
def test_no_more_columns_than_there_are_at_once(spans: list[tuple[int, int]]) -> None:
    most = max((sum(a <= line < b for a, b in spans) for line in range(120)), default=0)
    assert max((place.of for place in side_by_side(spans)), default=0) == most


@given(DAYS)
def test_lanes_hold_each_day_once(spans: list[tuple[int, int]]) -> None:
    taken: set[tuple[int, int]] = set()
    for (first, last), lane in zip(spans, lanes(spans), strict=True):
        own = {(lane, day) for day in range(first, last + 1)}
        assert not own & taken
        taken |= own


@given(DAYS, st.integers(1, 6), st.sampled_from([0, 1]))
def test_what_is_drawn_and_what_is_counted_is_all_there_is(
    spans: list[tuple[int, int]], room: int, kept: int
) -> None:
    packed = pack(spans, 7, room, kept)
    cells_: set[tuple[int, int]] = set()
    for _n, lane, first, last in packed.pieces:
        own = {(lane, day) for day in range(first, last + 1)}
        assert not own & cells_
        cells_ |= own
    for day in range(7):
        there = [n for n, (a, b) in enumerate(spans) if a <= day <= b]
        drawn = [n for n, _l, a, b in packed.pieces if a <= day <= b]
        more = packed.more.get(day, 0)
        assert len(drawn) + more == len(there)
        lanes_ = {lane for lane, on in cells_ if on == day}
        assert len(lanes_) <= room
        if more:
            assert max(lanes_, default=0) < max(1, room - kept)


def thing(at: int | None, minutes: int | None, days: int = 1) -> Thing:
    return Thing(
        key="E1",
        id=1,
        handle="E1",
        noun="event",
        kind="meeting",
        title="…",
        first=MONDAY,
        last=MONDAY.fromordinal(MONDAY.toordinal() + days - 1),
        at=at,
        minutes=minutes,
    )


@pytest.mark.parametrize(
    ("at", "minutes", "days", "parts"),
    [
        (None, None, 1, [None]),
        (600, 30, 1, [(600, 30)]),
        (600, None, 1, [(600, None)]),
        # A night of ten to two: two hours on each day.
        (1320, 240, 2, [(1320, 120), (0, 120)]),
        # It says two days, and is over at midnight.
        (1320, 120, 2, [(1320, 120), None]),
    ],
)
def test_the_part_of_each_day(
    at: int | None,
    minutes: int | None,
    days: int,
    parts: Sequence[tuple[int, int | None] | None],
) -> None:
    one = thing(at, minutes, days)
    on = [MONDAY.fromordinal(MONDAY.toordinal() + n) for n in range(days)]
    assert [one.part(day) for day in on] == list(parts)
    assert one.part(MONDAY.fromordinal(MONDAY.toordinal() - 1)) is None


@pytest.mark.parametrize(
    ("at", "minutes", "said"),
    [
        (None, None, ""),
        (600, None, "10:00"),
        (600, 30, "10:00–10:30"),
        (23 * 60, 60, "23:00–24:00"),
        (22 * 60, 240, "22:00–02:00"),
    ],
)
def test_times_in_words(at: int | None, minutes: int | None, said: str) -> None:
    assert time_words(thing(at, minutes)) == said


def test_long_things_stand_above_the_hours() -> None:
    assert thing(None, None).whole_days
    assert thing(600, DAY).whole_days
    assert thing(600, None, 4).whole_days
    assert not thing(1320, 240, 2).whole_days


@given(st.dates(date(1, 1, 8), date(9999, 12, 1)), st.integers(0, 6))
def test_weeks_begin_on_the_day_of_the_settings(day: date, start: int) -> None:
    first = week_first(day, start)
    assert first.weekday() == start
    assert 0 <= (day - first).days < 7
