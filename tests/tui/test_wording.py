"""Small words of the screen: quotation marks within others, hints of empty fields."""

from __future__ import annotations

import pytest

from plannertui import i18n
from plannertui.tui import labels
from plannertui.tui.themes import ASCII, UNICODE, Frame
from plannertui.tui.wording import quoted


@pytest.mark.parametrize(
    ("text", "frame", "said"),
    [
        ("two words", UNICODE, "“two words”"),
        ("he said “later”", UNICODE, "“he said ‘later’”"),
        ("他说“再等等”", UNICODE, "“他说‘再等等’”"),
        ("他说「再等等」", UNICODE, "“他说『再等等』”"),
        ('he said "later"', ASCII, "\"he said 'later'\""),
        ('he said "later"', UNICODE, '“he said "later"”'),
    ],
)
def test_quotation_marks_inside_of_others_are_single(
    text: str, frame: Frame, said: str
) -> None:
    assert quoted(text, frame) == said


@pytest.mark.parametrize(
    ("language", "hint", "example"),
    [("en", "(L1)", "(e.g. L1)"), ("zh_Hans", "（L1）", "（例如 L1）")],
)
def test_what_an_empty_field_says_is_no_answer(
    language: str, hint: str, example: str
) -> None:
    i18n.use(language)
    assert (labels.hint("L1"), labels.example("L1")) == (hint, example)
    assert labels.hint("") == ""
