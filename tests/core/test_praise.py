"""The claim check: what praises, and what only sounds like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.praise import CHINESE, ENGLISH, advice, praise, praised


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Excellent work on the queue", ["Excellent"]),
        ("We were TIRELESS, and tireless again", ["TIRELESS", "tireless"]),
        ("an outstanding result", ["outstanding"]),
        ("went above and beyond for @L1", ["above and beyond"]),
        ("表现卓越，成绩突出", ["卓越", "突出"]),
        ("任劳任怨带班两天", ["任劳任怨"]),
        ("做得很excellent的一次", ["excellent"]),
    ],
)
def test_praise_is_found(text: str, words: list[str]) -> None:
    assert praised(text) == words
    assert words[0] in advice(text)


@pytest.mark.parametrize(
    "text",
    [
        "Backlog under 200: 188 @G1",
        "twelve outstanding cases closed",
        "the Outstanding invoices are paid",
        "excellently0 and superbx",
        "解决了三个突出问题",
        "窗口的矛盾突出，加了一人",
        'Director: "excellent, do the same at counter 2"',
        "主任说“干得出色”，当着三个人",
        "统一流程，一张表",
        "",
    ],
)
def test_a_fact_and_the_word_of_somebody_else_are_none(text: str) -> None:
    assert praise(text) == []
    assert advice(text) == ""


def test_an_open_quotation_mark_hides_nothing() -> None:
    assert praised('a 27" screen and superb work') == ["superb"]


@given(text=st.text(max_size=80), word=st.sampled_from([*ENGLISH, *CHINESE]))
def test_places_are_where_the_words_stand(text: str, word: str) -> None:
    line = f"{text} {word.upper()} {text}"
    for start, end in praise(line):
        assert line[start:end].lower() in (*ENGLISH, *CHINESE)
