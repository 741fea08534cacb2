"""What the lines of a follow-up become."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.errors import EmptyText, PlannerError, UnreadableDate, Usage
from plannertui.core.followups import (
    INTO,
    PARTS,
    FollowLine,
    Part,
    Yield,
    check,
    follow_up_of,
    read_line,
)

TODAY = date(2024, 9, 19)


@pytest.mark.parametrize(
    ("part", "typed", "into", "rest"),
    [
        ("heard", "No overtime this year", "note", {}),
        ("heard", "No overtime as:position", "priority", {"kind": "position"}),
        ("heard", "A new hall as：goal", "priority", {"kind": "goal"}),
        ("heard", "Still wanted as:L1.4", "confirmed", {"target": "L1.4"}),
        ("heard", "Only in spring partly:L1.4", "partly", {"target": "L1.4"}),
        ("heard", "Counters first was:@l1.2", "changed", {"target": "L1.2"}),
        ("heard", "Yes, by phone too as:M44", "answer", {"target": "M44"}),
        ("heard", "as:goal said so", "note", {"text": "as:goal said so"}),
        ("promised", "the list ^fri", "promise", {"due": date(2024, 9, 20)}),
        ("promised", "the list ＾2024-10-08", "promise", {"due": date(2024, 10, 8)}),
        ("promised", "< a word with Finance", "waiting", {"due": None}),
        ("promised", "＜跟财务科说一声 ^下周一", "waiting", {"due": date(2024, 9, 23)}),
        ("promised", "> the list ^fri", "promise", {"text": "the list"}),
        ("assumed", "She wants figures first", "ask", {}),
        ("assumed", "Overtime is off as:position", "guess", {"kind": "position"}),
        ("assumed", "Overtime is off as:guess", "guess", {"kind": "goal"}),
    ],
)
def test_what_a_line_becomes(
    part: Part, typed: str, into: str, rest: dict[str, Any]
) -> None:
    line = read_line(part, typed, TODAY)
    assert line.into == into
    for name, value in rest.items():
        assert getattr(line, name) == value
    assert "as:" not in line.text or "text" in rest
    assert "^" not in line.text


@pytest.mark.parametrize(
    ("part", "typed", "error"),
    [
        ("promised", "the list ^someday", UnreadableDate),
        ("promised", "the list as:goal", Usage),
        ("assumed", "x as:L1.2", Usage),
        ("heard", "x was:goal", Usage),
        ("heard", "as:goal", EmptyText),
        ("promised", "^fri", EmptyText),
        ("heard", "   ", EmptyText),
        ("heard", "x" * 401, Usage),
    ],
)
def test_what_cannot_be_is_an_error(
    part: Part, typed: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        read_line(part, typed, TODAY)


def test_a_promise_needs_its_day_and_a_check_its_belief() -> None:
    with pytest.raises(UnreadableDate, match="fri"):
        check(Yield("promised", "the list", "promise"))
    with pytest.raises(Usage):
        check(Yield("heard", "so it is", "confirmed"))
    with pytest.raises(Usage):
        check(Yield("heard", "so it is", "promise"))
    check(Yield("promised", "her word", "waiting"))


@given(st.sampled_from(PARTS), st.text(max_size=60))
def test_no_word_is_lost(part: Part, typed: str) -> None:
    try:
        line = read_line(part, typed, TODAY)
    except PlannerError:
        return
    assert line.into in INTO[part]
    words = typed.split()
    kept = line.text.split()
    if words[0][:1] in "<>＜＞" and part == "promised":
        words[0] = words[0][1:]
        words = [word for word in words if word]
    assert words[: len(kept)] == kept
    for word in words[len(kept) :]:
        assert word[0] in "^＾" or word.casefold().startswith(("as", "was", "partly"))


def test_a_follow_up_as_kept() -> None:
    found = follow_up_of(
        {"heard": [{"text": "a", "became": "J1"}, "b"], "promised": None, "more": 1}
    )
    assert found.heard == (FollowLine("a", "J1"), FollowLine("b"))
    assert found.part("promised") == ()
