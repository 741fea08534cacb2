"""Bars and drawings as pure functions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.tui.themes import ASCII, UNICODE, Frame, frame_for
from plannertui.tui.widgets.bar import bar, mark_at
from plannertui.tui.widgets.chart import at, chart


def text(width: int, progress: float, elapsed: float | None, frame: Frame) -> str:
    return "".join(part for part, _role in bar(width, progress, elapsed, frame, "x"))


@pytest.mark.parametrize(
    ("width", "progress", "elapsed", "expected"),
    [
        (8, 0, None, "────────"),
        (8, 0, 0, "┊───────"),
        (8, 50, None, "████────"),
        (8, 56.25, None, "████▌───"),
        (8, 50, 75, "████──┊─"),
        (8, 75, 50, "████┊█──"),
        (8, 100, 100, "███████┊"),
        (8, 0.1, None, "▏───────"),
        (8, 99.9, None, "███████▉"),
        (1, 50, None, "▌"),
        (0, 50, 50, ""),
        (8, 250, None, "████████"),
        (8, -3, None, "────────"),
    ],
)
def test_a_bar_in_eighths(
    width: int, progress: float, elapsed: float | None, expected: str
) -> None:
    assert text(width, progress, elapsed, UNICODE) == expected


def test_a_bar_in_ascii() -> None:
    assert text(8, 60, 75, ASCII) == "#####.|."
    assert text(8, 99, None, ASCII) == "#######."
    assert text(8, 60, 75, ASCII).isascii()


def test_wide_ambiguous_characters_mean_ascii() -> None:
    assert text(20, 60, 71, frame_for("unicode", 2)).isascii()


@given(
    st.integers(0, 60),
    st.floats(-10, 120),
    st.none() | st.floats(-10, 120),
    st.sampled_from([UNICODE, ASCII]),
)
def test_a_bar_is_as_wide_as_asked(
    width: int, progress: float, elapsed: float | None, frame: Frame
) -> None:
    shown = text(width, progress, elapsed, frame)
    assert len(shown) == width
    if elapsed is not None and width:
        assert shown[mark_at(width, elapsed)] == frame.time


def drawn(height: int, frame: Frame, now: float | None = None) -> list[str]:
    lines = chart([(0, 0), (0.5, 50)], [(0, 0), (1, 100)], 10, height, now, frame, "x")
    return ["".join(part for part, _role in spans) for spans in lines]


def test_a_chart_has_its_size_and_stands_the_right_way_up() -> None:
    lines = drawn(5, ASCII)
    assert [len(each) for each in lines] == [10] * 5
    assert set(lines[0].strip()) == {"."}
    assert set(lines[-1].strip()) == {"*"}
    assert all(
        "\u2800" <= c <= "\u28ff" or c in " ┊" for c in "".join(drawn(5, UNICODE))
    )
    assert all(each[7] == "|" for each in drawn(3, ASCII, 0.7)[1:])


def test_a_chart_of_nothing_and_of_one_value() -> None:
    assert chart([], [], 10, 4, None, UNICODE, "x") == []
    assert chart([(0, 1)], [(0, 1), (1, 1)], 1, 4, None, UNICODE, "x") == []
    assert len(chart([(0, 1)], [(0, 1), (1, 1)], 9, 4, None, UNICODE, "x")) == 4


def test_values_between_points() -> None:
    assert at([(0.0, 10.0), (1.0, 20.0)], 0.5) == 15
    assert at([(0.2, 10.0), (0.2, 20.0)], 0.2) == 20
    assert at([(0.2, 10.0)], 0.1) is None
    assert at([], 0.5) is None
