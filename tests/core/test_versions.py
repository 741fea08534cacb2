"""Differences between two versions of a text, word by word."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.versions import pieces, shortened

TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["the", "budget", "预", "算", " ", "\n", "，", "don't", "é", "한"]
        ),
        st.text(max_size=4),
    ),
    max_size=30,
).map("".join)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(was: str, now: str) -> None:
    found = pieces(was, now)
    assert "".join(text for mark, text in found if mark != "+") == was
    assert "".join(text for mark, text in found if mark != "-") == now
    assert all(text for _mark, text in found)
    marks = [mark for mark, _text in found]
    assert ("=", "=") not in set(itertools.pairwise(marks))


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        ("", "", []),
        ("same", "same", [("=", "same")]),
        (
            "The old budget was late.",
            "The new budget is late.",
            [
                ("=", "The "),
                ("-", "old"),
                ("+", "new"),
                ("=", " budget "),
                ("-", "was"),
                ("+", "is"),
                ("=", " late."),
            ],
        ),
        (
            "预算下周五交给主任",
            "预算本周三交给主任",
            [
                ("=", "预算"),
                ("-", "下"),
                ("+", "本"),
                ("=", "周"),
                ("-", "五"),
                ("+", "三"),
                ("=", "交给主任"),
            ],
        ),
        (
            "交给Lina主任",
            "交给Li主任",
            [("=", "交给"), ("-", "Lina"), ("+", "Li"), ("=", "主任")],
        ),
        (
            "one\ntwo\nthree\n",
            "one\nthree\nfour\n",
            [("=", "one\n"), ("-", "two\n"), ("=", "three\n"), ("+", "four\n")],
        ),
    ],
)
def test_what_changed_is_said_by_words(
    was: str, now: str, found: list[tuple[str, str]]
) -> None:
    assert pieces(was, now) == found


def test_a_huge_text_is_compared_without_comparing_every_pair() -> None:
    was = "\n" * 60_000 + "旧" * 9_000 + "x" + "\n" * 60_000
    now = "\n" * 60_000 + "新" * 9_000 + "y" + "\n" * 60_000
    assert [mark for mark, _text in pieces(was, now)] == ["=", "-", "+", "="]


def test_what_stayed_is_cut_to_what_stands_near_a_change() -> None:
    was = "far " * 50 + "old" + " away" * 50
    short = shortened(pieces(was, was.replace("old", "new")))
    assert [mark for mark, _text in short] == ["=", "-", "+", "="]
    assert short[0][1].startswith("…")
    assert short[0][1].endswith("far ")
    assert short[3][1].startswith(" away")
    assert short[3][1].endswith("…")
    assert max(len(text) for _mark, text in short) <= 42


def test_nothing_is_cut_where_nothing_changed() -> None:
    text = "long " * 100
    assert shortened(pieces(text, text)) == [("=", text)]
