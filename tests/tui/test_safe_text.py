"""Whatever is in a text, the terminal gets nothing but text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from plannertui.tui.safety import SafeText, safe

BLACK = Color(0, 0, 0)
HOSTILE = "".join(
    [
        *("\x1b[2J", "\x1b]52;c;eA==\x07", "\x9b31m", "\x00", "\x07", "\x7f", "\x85"),
        *("\u202e", "\u2066", "\u2069", "\u200b", "\ufeff", "\U000e0041", "\ud800"),
        *("\u2028", "\u00ad", "\u061c", "\r", "\n", "\t", "\ufff9"),
    ]
)
ALLOWED = "\u3000\u00a0\u200d\ufe0e\ufe0f"
anything = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from(HOSTILE)), max_size=30
)


@pytest.mark.case(38, 40)
@given(anything)
def test_nothing_that_commands_a_terminal_is_left(text: str) -> None:
    left = safe(text)
    for character in left:
        assert character.isprintable() or character in ALLOWED, ascii(text)
    left.encode("utf-8")


@pytest.mark.case(41)
@given(anything)
def test_the_width_stays(text: str) -> None:
    for character in text:
        kept = safe(character)
        assert cell_len(kept) == cell_len(character), ascii(character)


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "中文，全角",
        "👩‍💻 at work",
        "❤️",
        "é",
        "\u3000indented",
        "a\u00a0b",
        "➕ 1",
    ],
)
def test_what_is_text_stays(text: str) -> None:
    assert safe(text) == text


def test_an_escape_sequence_is_harmless_words() -> None:
    assert safe("\x1b]52;c;eA==\x07x") == "]52;c;eA==x"


def test_lines_without_anything_wrong_are_passed_on_as_they_are() -> None:
    line = [Segment("right", Style(bold=True)), Segment(" 中文")]
    assert SafeText().apply(line, BLACK) is line


def test_only_what_is_wrong_is_changed() -> None:
    style = Style(bold=True)
    line = [Segment("right"), Segment("wr\x1bong", style)]
    assert SafeText().apply(line, BLACK) == [Segment("right"), Segment("wrong", style)]
