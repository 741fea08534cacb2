"""Every kind and state has one word, in both languages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plannertui import i18n
from plannertui.core import entries, events, goals, matters, people, priorities, words
from plannertui.core import situations as hard

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {
    *(*entries.KINDS, *matters.KINDS, *matters.NATURES, *events.KINDS),
    *(*hard.KINDS, *priorities.KINDS, *priorities.BASES, *people.RELATIONS),
}
STATES = {*matters.STATES, *events.STATES, *hard.STATES, *goals.STATES, *people.STATES}


@pytest.fixture
def chinese() -> Iterator[None]:
    i18n.use("zh_Hans")
    yield
    i18n.use("en")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_its_word(kind: str) -> None:
    known = kind in words.KINDS or kind in ("official", "private")
    assert known
    assert "_" not in words.kind_word(kind)


@pytest.mark.parametrize("state", sorted(STATES))
def test_every_state_has_its_word(state: str, chinese: None) -> None:
    assert words.state_word(state) != state
    assert words.kind_word(state) == words.state_word(state)


def test_what_is_unknown_stands_for_itself() -> None:
    assert words.kind_word("habit") == "habit"
    assert words.state_word("habit") == "habit"
    assert words.nature_word("habit") == "habit"


def test_one_english_word_can_be_two_in_chinese(chinese: None) -> None:
    assert words.state_word("open") != i18n.gettext("open")
    assert words.nature_word("private") != words.share_word("private")


def test_days() -> None:
    assert words.weekday(date(2024, 9, 14)) == "Sat"
    assert words.month_name(9) == "Sep"
    assert words.day_kind_word("makeup") == "make-up workday"
    assert words.day_kind_word("leave") == words.kind_word("leave")
