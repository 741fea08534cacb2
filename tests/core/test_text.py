"""Text at the entrance, at the exit, and in cells."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcswidth

from plannertui.core.text import (
    cell_width,
    clean,
    clusters,
    first_line,
    fit,
    pad,
    visible,
)

ROOT = Path(__file__).parents[2]

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x07\x1b\x7f\x85\x9b\x9d\r\n\t\u200b\u200d\ufe0f\ufeff"),
        st.sampled_from("\u202a\u202e\u2066\u2069\u200e\u061c\U000e0041\U000e007f"),
        st.sampled_from("❤👩🏽🇩🇪한글e\u0301预算，ＡＢ…①1"),
        st.sampled_from(["\ud800", "\udfff", "\udc80"]),
    )
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a\0b\0", "ab"),
        ("a\r\nb\rc\n", "a\nb\rc\n"),
        ("a\r\r\nb", "a\nb"),
        ("a\r\0\nb", "a\nb"),
        ("x\udcffy", "x\ufffdy"),
        ("\ud83d\ude00", "😀"),
        ("\ud83d", "\ufffd"),
        ("\ude00\ud83d!", "\ufffd\ufffd!"),
        ("  ends \u3000", "  ends \u3000"),
        ("\u202eabc\u200b\x1b[2J", "\u202eabc\u200b\x1b[2J"),
        ("\ufeffmark", "\ufeffmark"),
    ],
)
def test_only_what_cannot_be_kept_is_changed(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.case(42, 43)
@given(HOSTILE)
def test_cleaned_text_can_be_stored_and_stays(text: str) -> None:
    kept = clean(text)
    assert kept.encode().decode() == kept
    assert "\0" not in kept
    assert "\r\n" not in kept
    assert clean(kept) == kept


@given(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])))
def test_ordinary_text_is_kept_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("预算，下周", "预算，下周"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x1b[2J\x9b2J", "␛[2J␦2J"),
        ("a\rb", "a␍b"),
        ("\x7f", "␡"),
        ("a\u202ecba", "a␦cba"),
        ("\u2066x\u2069", "␦x␦"),
        ("a\u200bb\ufeffc\u2060d", "abcd"),
        ("ok\U000e0041\U000e007f", "ok␦␦"),
        ("line\u2028line", "line␤line"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("a\u200db", "ab"),
        ("👩\u200d", "👩"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("❤\ufe0e", "❤"),
        ("\ud800", "\ufffd"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_nothing_in_a_text_commands_the_terminal(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.case(38, 40)
@given(HOSTILE)
def test_shown_text_holds_no_command_and_nothing_hidden(text: str) -> None:
    shown = visible(text)
    for char in shown:
        kind = unicodedata.category(char)
        assert kind != "Cc" or char in "\n\t"
        assert kind not in ("Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(char) not in (
            *("LRE", "RLE", "LRO", "RLO", "PDF"),
            *("LRI", "RLI", "FSI", "PDI"),
        )
        assert not 0xE0000 <= ord(char) <= 0xE0FFF
        assert char not in "\u200b\u200c\u2060\ufeff"
    assert visible(shown) == shown


# Strings about whose width the field agrees, with the cells.
WIDTHS = [
    ("", 0),
    ("plain", 5),
    ("预算", 4),
    ("预算 ok，", 9),
    ("ＡＢ", 4),
    ("ｱｲ", 2),
    ("カタカナー", 10),
    ("한글", 4),
    ("\u1112\u1161\u11ab", 2),
    ("é", 1),
    ("e\u0301", 1),
    ("が", 2),
    ("か\u3099", 2),
    ("❤", 1),
    ("❤\ufe0f", 2),
    ("☎\ufe0e", 1),
    ("⚠\ufe0f ok", 5),
    ("1\ufe0f\u20e3", 2),
    ("✅", 2),
    ("👍🏽", 2),
    ("👩\u200d👩\u200d👧", 2),
    ("🏳\ufe0f\u200d🌈", 2),
    ("🇩🇪🇨🇳", 4),
    ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
    ("\U0001fae8", 2),
    ("…", 1),
    ("“quoted”", 8),
    ("①±─│█", 5),
    ("ไทยที่", 4),
    ("\u200b\ufeff", 0),
    ("עברית", 5),
    ("a\ufe0f", 1),
    ("㊗\ufe0f", 2),
    ("𠮷", 2),
    ("\u3000", 2),
    ("␛␦", 2),
]


@pytest.mark.parametrize(("text", "cells"), WIDTHS)
def test_widths_are_those_the_field_measures(text: str, cells: int) -> None:
    assert cell_width(text) == cells == wcswidth(text) == cell_len(text)


def test_single_characters_agree_with_wcwidth() -> None:
    """Every assigned letter, mark and symbol, bar what terminals disagree about."""
    unlike = [
        hex(code)
        for code in range(0x20, 0x30000)
        if unicodedata.category(chr(code))
        not in ("Cc", "Cf", "Cn", "Co", "Cs", "Mc", "Zl", "Zp")
        and code not in (0x3164, 0xFFA0)
        and cell_width(chr(code)) != wcswidth(chr(code))
    ]
    assert unlike == []


def test_ambiguous_characters_take_what_the_terminal_gives_them() -> None:
    assert cell_width("“①”…─") == 5
    assert cell_width("“①”…─", ambiguous=2) == 10
    assert fit("①②③", 5, ambiguous=2) == "①…"
    assert fit("①②③", 1, ambiguous=2) == "."
    assert cell_width(pad("①②③", 5, ambiguous=2), ambiguous=2) == 5


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("short", 10, "short"),
        ("short", 5, "short"),
        ("short", 4, "sho…"),
        ("short", 1, "…"),
        ("short", 0, ""),
        ("short", -3, ""),
        ("two words", 5, "two…"),
        ("预算下周", 8, "预算下周"),
        ("预算下周", 7, "预算下…"),
        ("预算下周", 6, "预算…"),
        ("预算", 1, "…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("👩\u200d👩\u200d👧ab", 3, "👩\u200d👩\u200d👧…"),
        ("👩\u200d👩\u200d👧ab", 2, "…"),
        ("🇩🇪🇨🇳", 3, "🇩🇪…"),
        ("one\ntwo\tthree", 20, "one two three"),
        ("a\x1bb", 9, "a b"),
    ],
)
def test_a_text_is_cut_between_characters(text: str, width: int, cut: str) -> None:
    assert fit(text, width) == cut


@pytest.mark.case(41)
@given(HOSTILE, st.integers(-2, 30), st.sampled_from([1, 2]))
def test_a_text_never_leaves_its_cells(text: str, width: int, ambiguous: int) -> None:
    cut = fit(text, width, ambiguous)
    assert cell_width(cut, ambiguous) <= max(width, 0)
    assert "\n" not in cut
    assert cell_width(pad(text, width, ambiguous), ambiguous) == max(width, 0)


@given(HOSTILE)
def test_pieces_make_up_the_whole(text: str) -> None:
    pieces = list(clusters(text))
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert all(cells in (0, 1, 2) or len(piece) > 2 for piece, cells in pieces)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (" \n\t\n", ""),
        ("one", "one"),
        ("\n  one \ntwo", "one"),
        ("one\ntwo", "one"),
        ("\u3000预算\r", "预算"),
    ],
)
def test_the_first_line_with_something_on_it(text: str, line: str) -> None:
    assert first_line(text) == line


def test_the_quick_path_stays_light() -> None:
    code = """
import __future__, sys
sys.path[:0] = [sys.argv[1]]
before = set(sys.modules)
from plannertui.core.text import cell_width, clean, fit, visible
clean("预算"), visible("a"), cell_width("plain"), fit("plain", 3)
print(*(set(sys.modules) - before))
"""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(ROOT)],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert loaded == {"plannertui", "plannertui.core", "plannertui.core.text"}
