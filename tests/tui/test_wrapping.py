"""Lines break where English and Chinese readers expect it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._cells import cell_len
from textual.document._wrapped_document import WrappedDocument

from plannertui.tui.document import Lines, WrappedLines
from plannertui.tui.wrapping import breaks, wrap

NEVER_FIRST = "，。；：？！）》”"
NEVER_LAST = "（《“"
TEXT = st.text(st.sampled_from("ab ,.@#今天的会议，。！（）“”《》1-é😀\t"), max_size=80)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("short", 10, ["short"]),
        ("one two three", 8, ["one two", "three"]),
        ("今天的会议很长", 8, ["今天的会", "议很长"]),
        ("今天的会，明天再说", 8, ["今天的", "会，明天", "再说"]),
        ("他说（好）的", 7, ["他说", "（好）", "的"]),
        ("don’t stop “now”", 10, ["don’t stop", "“now”"]),
        ("x" * 12, 5, ["xxxxx", "xxxxx", "xx"]),
        ("see #forms now", 9, ["see", "#forms", "now"]),
        ("first\n\nlast", 10, ["first", "", "last"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@pytest.mark.case(41)
@given(TEXT, st.integers(4, 30))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    marks = [0, *breaks(text, width), len(text)]
    assert marks == sorted(set(marks)) or not text
    for line in wrap(text.replace("\t", " "), width):
        assert cell_len(line) <= width


@given(st.text(st.sampled_from("今天的会议，。！（）《》"), max_size=60))
def test_marks_stand_where_they_may(text: str) -> None:
    """A closing mark never begins a line, unless more of them stand than fit."""
    for before, line in zip(wrap(text, 20), wrap(text, 20)[1:], strict=False):
        if line[:1] in NEVER_FIRST:
            assert set(before[-2:]) <= set(NEVER_FIRST + NEVER_LAST)
        if before[-1:] in NEVER_LAST:
            assert set(line[:1]) <= set(NEVER_LAST + NEVER_FIRST)


@given(st.text(max_size=60), st.text(max_size=20), st.data())
def test_the_document_is_the_text(text: str, more: str, data: st.DataObject) -> None:
    """Form feeds and U+2028 are characters like any other; only \\n ends a line."""
    text = text.replace("\r", "")
    more = more.replace("\r", "")
    document = Lines(text)
    assert document.text == text
    at = data.draw(st.integers(0, len(text)))
    row = text.count("\n", 0, at)
    column = at - (text.rfind("\n", 0, at) + 1)
    result = document.replace_range((row, column), (row, column), more)
    assert document.text == text[:at] + more + text[at:]
    assert result.replaced_text == ""


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), TEXT), max_size=6))
def test_wrapping_an_edit_is_wrapping_everything(
    edits: list[tuple[int, int, str]],
) -> None:
    document = Lines("今天的会议，明天再说\none two three four\n\nlast")
    wrapped = WrappedLines(document, 10)
    for at, length, text in edits:
        whole = document.text
        start, end = min(at, len(whole)), min(at + length, len(whole))
        top, bottom = _place(whole, start), _place(whole, end)
        result = document.replace_range(top, bottom, text.replace("e", "\n"))
        wrapped.wrap_range(top, bottom, result.end_location)
        fresh = WrappedLines(document, 10)
        assert wrapped._wrap_offsets == fresh._wrap_offsets
        assert wrapped._offset_to_line_info == fresh._offset_to_line_info
        assert wrapped._line_index_to_offsets == fresh._line_index_to_offsets
        assert wrapped._tab_width_cache == fresh._tab_width_cache


def test_what_is_ours_is_what_textual_has() -> None:
    """Our wrapping fills the same tables: a new Textual with others is noticed."""
    document = Lines("one two three\nfour")
    ours, theirs = WrappedLines(document, 8), WrappedDocument(document, 8)
    assert vars(ours).keys() == vars(theirs).keys()
    assert ours._offset_to_line_info == theirs._offset_to_line_info
    assert ours._line_index_to_offsets == theirs._line_index_to_offsets
    assert ours.height == theirs.height


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)
