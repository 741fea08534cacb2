"""What a boundary check keeps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.boundary import (
    ANSWERS,
    KINDS,
    TESTS,
    add_words,
    amend,
    answer_word,
    answers,
    check_kept,
    decide,
    decision_word,
    fixed_words,
    kind_word,
    taken_back,
    waited_since,
)
from plannertui.core.errors import Refused
from plannertui.core.matters import DECISIONS
from plannertui.core.workdays import WorkCalendar, build_year, mon_fri

DAY = date(2024, 9, 14)


def test_the_first_words_stand_as_they_were_said() -> None:
    assert add_words(None, " put it\non the list \n", DAY) == {
        "words": "put it\non the list",
        "recorded_on": "2024-09-14",
        "fixed": 0,
    }


def test_later_words_are_a_dated_line_under_them() -> None:
    old = {"words": "first", "decision": "declined"}
    assert add_words(old, "again", DAY) == {
        "words": "first\n2024-09-14: again",
        "decision": "declined",
        "recorded_on": "2024-09-14",
        "fixed": 5,
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
        "settled_on": "2024-09-14",
    }
    again = decide(kept, "asked_advice", DAY, sentence="Thank you.")
    assert again["decided_on"] == "2024-09-14"
    assert "consulted" not in again
    assert decide(again, "", DAY, sentence="Thank you.") == {
        "words": "x",
        "sentence": "Thank you.",
        "settled_on": "2024-09-14",
    }


def test_every_decision_has_its_word() -> None:
    assert [decision_word(name) for name in DECISIONS] == [
        "did it",
        "declined",
        "asked advice",
    ]
    assert decision_word("") == "not decided yet"


def test_the_ten_kinds_three_tests_and_their_answers_have_words() -> None:
    assert len(KINDS) == 10
    assert len(TESTS) == 3
    assert kind_word("favour") == "favour for relatives or friends"
    assert kind_word("written by hand") == "written by hand"
    assert [answer_word(each) for each in (*ANSWERS, "")] == [
        "yes",
        "no",
        "unsure",
        "–",
    ]
    assert answers(None) == ("", "", "")
    assert answers({"tests": ["no", None, "yes"]}) == ("no", "", "yes")


MONDAY, TUESDAY = date(2024, 9, 16), date(2024, 9, 17)


def test_a_fact_of_an_earlier_day_is_not_replaced_in_silence() -> None:
    first = amend({"words": "asked"}, DAY, {"where": "corridor", "kind": "gift"})
    same = amend(first, DAY, {"where": "car park", "present": ""})
    assert (same["where"], same["words"]) == ("car park", "asked")
    later = amend(same, MONDAY, {"where": "office", "kind": "favour"})
    assert (later["where"], later["kind"]) == ("office", "favour")
    assert later["words"] == (
        "asked\n2024-09-16: where was: car park"
        "\n2024-09-16: kind was: gift or hospitality"
    )
    assert amend(later, MONDAY, {}, ("yes", "", ""))["tests"] == ["yes", "", ""]
    assert "tests" not in amend(later, MONDAY, {}, ("", "", ""))


def test_no_answer_of_an_earlier_day_is_lost_whatever_replaces_it() -> None:
    first = amend({}, DAY, {}, ("yes", "no", ""))
    assert amend(first, DAY, {}, ("no", "no", ""))["tests"] == ["no", "no", ""]
    first = decide(first, "asked_advice", DAY, consulted="Legal", sentence="Later.")
    same = decide(first, "asked_advice", MONDAY, consulted="Legal", sentence="Later.")
    assert amend(same, MONDAY, {}, ("yes", "no", "")) == first
    later = decide(amend(first, MONDAY, {}, ("", "", "")), "declined", MONDAY)
    assert not later.keys() & {"tests", "consulted", "sentence"}
    assert later["words"].split("\n") == [
        "2024-09-16: answer to the tests was: yes, no, –",
        "2024-09-16: decision was: asked advice, 2024-09-14",
        "2024-09-16: adviser was: Legal",
        "2024-09-16: sentence was: Later.",
    ]


def test_a_decision_that_is_changed_later_stays_to_be_read() -> None:
    kept = decide({}, "did", DAY)
    assert "words" not in decide(kept, "declined", DAY)
    later = decide(kept, "declined", MONDAY)
    assert later["words"] == "2024-09-16: decision was: did it, 2024-09-14"
    assert later["decided_on"] == "2024-09-16"


def test_words_are_fixed_when_their_day_is_over() -> None:
    first = add_words(None, "first", DAY)
    assert fixed_words(first, DAY) == ""
    assert fixed_words(first, MONDAY) == "first"
    second = add_words(first, "second", MONDAY)
    assert fixed_words(second, MONDAY) == "first"
    assert fixed_words(second, TUESDAY) == second["words"]
    # Without a day, nobody knows that they are of today.
    assert fixed_words({"words": "old"}, DAY) == "old"
    check_kept(second, first, MONDAY)
    with pytest.raises(Refused, match="stays"):
        check_kept(second, first, TUESDAY)
    with pytest.raises(Refused, match="stays"):
        check_kept(first, None, MONDAY)
    # Neither can they be opened again by saying that they are of today.
    with pytest.raises(Refused, match="stays"):
        check_kept(first, {**first, "recorded_on": "2024-09-16"}, MONDAY)


def test_taking_back_leaves_the_words_that_stay() -> None:
    decided = decide(add_words(None, "first", DAY), "did", DAY)
    assert taken_back(None, decided, DAY) is None
    kept = taken_back({"where": "corridor"}, decided, MONDAY)
    assert (kept["where"], kept["words"]) == ("corridor", "first")
    assert "decision" not in kept


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.text(max_size=8), st.booleans()), max_size=8
    )
)
def test_whatever_is_done_the_words_of_earlier_days_are_there(
    steps: list[tuple[int, str, bool]],
) -> None:
    record: dict[str, object] | None = None
    day = DAY
    states = [record]
    for ahead, text, back in steps:
        day = date.fromordinal(day.toordinal() + ahead)
        before = fixed_words(record, day)
        record = (
            taken_back(states[0], record, day) if back else add_words(record, text, day)
        )
        assert str((record or {}).get("words") or "").startswith(before)
        check_kept(states[-1], record, day)
        states.append(record)


def test_three_workdays_are_counted_without_the_holiday() -> None:
    china = WorkCalendar(lambda year: build_year("CN", year))
    # Saturday is worked; then come three days of Mid-Autumn.
    assert waited_since(date(2024, 9, 20), china) == DAY
    assert waited_since(date(2024, 9, 17), china) == date(2024, 9, 11)
    plain = WorkCalendar(lambda year: mon_fri("mon-fri", year))
    assert waited_since(date(2024, 9, 20), plain) == date(2024, 9, 17)
    assert waited_since(date(2024, 9, 21), plain) == date(2024, 9, 17)
    assert waited_since(date(2024, 9, 23), plain) == date(2024, 9, 18)
