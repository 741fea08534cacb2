"""What is printed: safe, aligned, never too wide, JSON that loses nothing."""

from __future__ import annotations

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.cli.output import Output, as_json, one_line, wrapped
from plannertui.core.text import cell_width, visible

HOSTILE = "a\x1b[31mb\x9b31m\u202ec\x07d\x00e\U000e0041f\u200bg"


def printed(rows: list[list[str]], width: int | None, ambiguous: int = 1) -> list[str]:
    before = sys.stdout
    sys.stdout = io.StringIO()
    try:
        out = Output({})
        out.width, out.ambiguous = width, ambiguous
        out.table(rows)
        assert isinstance(sys.stdout, io.StringIO)
        return sys.stdout.getvalue().splitlines()
    finally:
        sys.stdout = before


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_keeps_everything_and_commands_nothing(text: str) -> None:
    shown = as_json({"text": text})
    assert json.loads(shown) == {"text": text}
    assert all(char == "\n" or char.isprintable() or char == "\u3000" for char in shown)
    assert as_json({"text": text}, ascii_only=True).isascii()


def test_chinese_stays_readable_in_json() -> None:
    assert as_json(["预算，窗口"]) == '[\n  "预算，窗口"\n]'


@given(
    st.lists(
        st.lists(st.text(max_size=40), min_size=3, max_size=3), min_size=1, max_size=5
    ),
    st.integers(min_value=1, max_value=100),
)
def test_no_line_is_wider_than_the_terminal(rows: list[list[str]], width: int) -> None:
    for line in printed(rows, width):
        # Two gaps are kept even where nothing else fits.
        assert cell_width(line) <= max(width, 7)
        assert visible(line) == line


@pytest.mark.case(41)
def test_columns_are_aligned_by_cells() -> None:
    lines = printed([["J1", "工作", "x"], ["J10", "note", "y"]], 40)
    assert lines == ["J1   工作  x", "J10  note  y"]


@given(
    st.lists(
        st.lists(st.text("a…①α中 ", max_size=9), min_size=2, max_size=2), max_size=4
    ),
    st.integers(24, 40),
)
def test_where_some_characters_are_wide_columns_stay_aligned(
    rows: list[list[str]], width: int
) -> None:
    for line in printed(rows, width, ambiguous=2):
        assert cell_width(line, 2) <= width
    (one, two) = printed([["①…", "x"], ["abcd", "y"]], None, ambiguous=2)
    assert cell_width(one[: one.index("x")], 2) == two.index("y")


def test_an_empty_column_takes_no_room() -> None:
    assert printed([["a", "", "b"], ["c", "", "d"]], None) == ["a  b", "c  d"]


def test_nothing_is_cut_without_a_terminal() -> None:
    assert printed([["a", "x" * 500]], None) == ["a  " + "x" * 500]


def test_lines_of_one_text_stay_on_one_line() -> None:
    assert one_line("a\n\nb\tc") == "a ⏎ b c"
    assert printed([["J1", "a\nb"]], None) == ["J1  a ⏎ b"]


@pytest.mark.case(38)
@pytest.mark.parametrize("width", [None, 30])
def test_hostile_text_is_made_harmless(width: int | None) -> None:
    (line,) = printed([["J1", HOSTILE]], width)
    assert not {"\x1b", "\x9b", "\u202e", "\x07", "\x00", "\u200b"} & set(line)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("一二三四五", 6, ["一二三", "四五"]),
        ("一二，三四", 4, ["一", "二，", "三四"]),
        ("一（二三四", 4, ["一", "（二", "三四"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("很 abc 好", 5, ["很", "abc", "好"]),
        ("", 5, [""]),
    ],
)
def test_text_is_wrapped_by_cells(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@given(st.text(max_size=60), st.integers(min_value=2, max_value=30))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    line = visible(" ".join(text.split()))
    lines = wrapped(line, width)
    assert "".join("".join(lines).split()) == "".join(line.split())
    assert all(cell_width(part) <= width for part in lines)
