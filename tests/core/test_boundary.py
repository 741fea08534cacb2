"""What a boundary check keeps."""

from __future__ import annotations

from datetime import date

from plannertui.core.boundary import add_words, decide, decision_word
from plannertui.core.matters import DECISIONS

DAY = date(2024, 9, 14)


def test_the_first_words_stand_as_they_were_said() -> None:
    assert add_words(None, " put it\non the list \n", DAY) == {
        "words": "put it\non the list"
    }


def test_later_words_are_a_dated_line_under_them() -> None:
    old = {"words": "first", "decision": "declined"}
    assert add_words(old, "again", DAY) == {
        "words": "first\n2024-09-14: again",
        "decision": "declined",
    }
    assert old["words"] == "first"
    assert add_words(old, "  ", DAY) == old


def test_a_decision_has_its_day_and_can_be_taken_back() -> None:
    kept = decide({"words": "x"}, "asked_advice", DAY, consulted="Legal")
    assert kept == {
        "words": "x",
        "decision": "asked_advice",
        "decided_on": "2024-09-14",
        "consulted": "Legal",
    }
    again = decide(kept, "asked_advice", date(2024, 9, 20), sentence="Thank you.")
    assert again["decided_on"] == "2024-09-14"
    assert "consulted" not in again
    assert decide(again, "", DAY, sentence="Thank you.") == {
        "words": "x",
        "sentence": "Thank you.",
    }


def test_every_decision_has_its_word() -> None:
    assert [decision_word(name) for name in DECISIONS] == [
        "did it",
        "declined",
        "asked advice",
    ]
    assert decision_word("") == "not decided yet"
