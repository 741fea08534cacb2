"""The six steps as data, and the rules of a situation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui import i18n
from plannertui.core.clocktime import time_in
from plannertui.core.rows import Ref
from plannertui.core.situation_answers import (
    answered,
    chair_words,
    changes,
    facts_words,
    known_words,
    resume_at,
    sheet,
    tidy,
    value,
    way_words,
)
from plannertui.core.situation_steps import NAMES, PAIRS, STEPS, step
from plannertui.core.situations import (
    Situation,
    checked,
    halves,
    joined,
    learned,
    picked,
    promised,
    tells,
    unsettled,
    ways,
)

FIVE_MINUTES = 300
PAPER = {"text": "paper", "cost": "2 staff", "borne_by": "us"}
CLOSE = {"text": "close", "cost": "6 late", "borne_by": ""}


def situation(**fields: Any) -> Situation:
    return Situation(
        id=1,
        uid="u",
        handle="S1",
        created_at="",
        updated_at="",
        rev=1,
        day=date(2024, 9, 14),
        **{"line": "system down", **fields},
    )


def test_six_steps_take_five_minutes() -> None:
    assert NAMES == ("line", "facts", "chair", "heart", "options", "move")
    assert [each.seconds for each in STEPS] == [30, 60, 75, 30, 60, 45]
    assert sum(each.seconds for each in STEPS) == FIVE_MINUTES


def test_every_field_has_its_question_and_its_option_once() -> None:
    fields = [field for each in STEPS for field in each.fields]
    assert len({field.name for field in fields}) == len(fields)
    assert len({field.option for field in fields}) == len(fields)
    assert all(field.ask and field.label for field in fields)


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_every_question_is_there_in_both_languages(language: str) -> None:
    i18n.use(language)
    for text in [f.ask for each in STEPS for f in each.fields] + list(PAIRS):
        said = i18n.gettext(text)
        assert (said == text) is (language == "en")


def test_pairs_have_two_sides() -> None:
    for language in ("en", "zh_Hans"):
        i18n.use(language)
        assert all(all(halves(i18n.gettext(pair))) for pair in PAIRS)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, False),
        ({"options": [PAPER]}, False),
        ({"options": [PAPER], "pick": 1}, True),
        ({"options": [PAPER], "pick": 1, "public_test": "yes"}, False),
        ({"options": [PAPER], "pick": 1, "public_test": "no"}, True),
        ({"public_test": "unsure"}, True),
        ({"public_test": "yes"}, False),
        ({"options": [PAPER], "pick": 2}, False),
    ],
)
def test_what_may_not_stand_in_public_is_not_settled(
    options: dict[str, Any], expected: bool
) -> None:
    assert unsettled(situation(options=options)) is expected


def test_ways_and_pick_bear_what_others_wrote() -> None:
    odd = situation(options={"options": ["plain", {"text": None}, PAPER, CLOSE]})
    assert [way["text"] for way in ways(odd)] == ["plain", "", "paper"]
    for pick in (0, 4, "A", None, -1):
        assert picked(replace(odd, options={**odd.options, "pick": pick})) == 0
    assert picked(replace(odd, options={**odd.options, "pick": 3})) == 3


def test_a_pick_asks_unless_it_is_said_that_it_informs() -> None:
    one = situation(options={"options": [PAPER], "pick": 1})
    assert tells(one) == "decide"
    assert tells(replace(one, move={"type": "inform"})) == "inform"
    assert tells(situation()) == "inform"
    assert tells(situation(move={"type": "decide"})) == "decide"


SIDES = st.text(st.characters(exclude_characters="/／", codec="utf-8"), min_size=1).map(
    lambda text: " ".join(text.split())
)


@given(SIDES.filter(bool), SIDES.filter(bool))
def test_two_sides_are_found_again(one: str, other: str) -> None:
    assert halves(joined(one, other)) == (one, other)


def test_one_side_alone_is_kept() -> None:
    assert halves("法定期限／录入") == ("法定期限", "录入")
    assert halves("a / b / c") == ("a", "b / c")
    assert (joined("a", ""), joined("", "b"), joined(" ", "")) == ("a", "b", "")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("16:00", "16:00"),
        ("16", "16:00"),
        ("1630", "16:30"),
        ("9.05", "09:05"),
        ("１６：３０", "16:30"),
        ("24:00", ""),
        ("9:5", ""),
        ("soon", ""),
        ("", ""),
        ("16:00 sharp", ""),
    ],
)
def test_a_time_of_day(typed: str, read: str) -> None:
    assert time_in(typed) == read


def test_the_promise_to_report_again() -> None:
    assert promised(situation()) == ""
    said = promised(situation(move={"report_again_at": "16:00"}))
    assert said == "report again 16:00: system down"
    soon = promised(situation(move={"report_again_at": "when it runs"}))
    assert soon == "report again when it runs: system down"


def test_a_prediction_counts_once_it_was_compared() -> None:
    one = situation(predicted="close", match="no")
    assert checked(one)
    assert not checked(replace(one, match=""))
    assert not checked(replace(one, predicted="  "))
    assert learned(situation(close={"lesson": " x "})) == "x"


# -- answers ---------------------------------------------------------------------------


def test_where_one_goes_on() -> None:
    assert resume_at(situation(line="")) == 0
    assert resume_at(situation()) == 1
    half = situation(facts={"confirmed": ["a"]}, heart={"between": "a / b"})
    assert answered(half) == ["line", "facts", "heart"]
    assert resume_at(half) == NAMES.index("options")
    assert resume_at(replace(half, move={"by": "15:00"})) == len(STEPS) - 1
    assert answered(situation(move={"type": "decide"})) == ["line"]


def test_only_what_differs_is_changed() -> None:
    one = situation(facts={"confirmed": ["a"], "own": "kept"})
    facts = step("facts")
    assert changes(one, facts, {}) == {}
    assert changes(one, facts, {"confirmed": ["a", " "], "unknown": []}) == {}
    assert changes(one, facts, {"confirmed": [" a  b "], "unknown": ["c"]}) == {
        "facts": {"confirmed": ["a b"], "own": "kept", "unknown": ["c"]}
    }
    assert changes(one, facts, {"confirmed": []}) == {"facts": {"own": "kept"}}
    assert one.facts == {"confirmed": ["a"], "own": "kept"}


def test_a_person_is_an_id_or_none() -> None:
    one = situation(person=Ref(7, "L1", "Director"))
    assert changes(one, step("line"), {"person": 7}) == {}
    assert changes(one, step("line"), {"person": 8}) == {"person_id": 8}
    assert changes(one, step("line"), {"person": None}) == {"person_id": None}


def test_doing_nothing_has_a_name_and_empty_ways_go() -> None:
    field = step("options").fields[0]
    given = [{"text": " paper "}, {}, {"cost": "6 late"}]
    assert [way["text"] for way in tidy(field, given)] == ["paper", "", "do nothing"]
    assert tidy(field, [{}, {"text": ""}, {"cost": " "}]) == []
    assert len(tidy(field, [PAPER] * 9)) == 3


def test_a_time_to_report_is_tidied_and_words_stay() -> None:
    move = step("move")
    field = next(f for f in move.fields if f.name == "report_again_at")
    assert tidy(field, " 16 ") == "16:00"
    assert tidy(field, "before  noon") == "before noon"


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "answerable_for": st.text(),
        "priorities": st.lists(st.text(max_size=5), max_size=4),
        "asked_by": st.text(),
        "predicted": st.text(),
    },
)


@given(ANSWERS, ANSWERS)
def test_saving_twice_changes_nothing_and_what_is_not_given_stays(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    chair = step("chair")
    one = situation()
    one = replace(one, **changes(one, chair, first))
    two = replace(one, **changes(one, chair, second))
    assert changes(two, chair, second) == {}
    for field in chair.fields:
        if field.name not in second:
            assert value(two, field) == value(one, field)


def test_how_much_is_known() -> None:
    one = situation(facts={"confirmed": ["a", "b"], "unknown": ["c"]})
    assert facts_words(one) == (2, 0, 1)
    assert known_words(one, {}) == "2 confirmed   0 unchecked   1 unknown"
    typed = {"confirmed": ["a", " "], "reported": ["b"]}
    assert known_words(one, typed) == "1 confirmed   1 unchecked   1 unknown"
    assert known_words(None, {}) == ""


def test_all_of_it_on_one_sheet() -> None:
    one = situation(
        clock="worse",
        person=Ref(1, "L1", "Director"),
        facts={"confirmed": ["a", "b"]},
        chair={"priorities": ["L1.1", "L9.9"]},
        options={"options": [PAPER, {}, CLOSE], "pick": 1, "public_test": "unsure"},
        move={"type": "decide", "report_again_at": "16:00"},
        match="no",
        close={"why": "deadlines"},
    )
    found = dict(sheet(one, {"L1.1": "No old complaint"}))
    assert ("gets worse", ["worse"]) in found["Line"]
    assert found["Facts"] == [("confirmed", ["a", "b"])]
    assert found["Chair"] == [("touches", ["No old complaint", "L9.9"])]
    assert found["Options"] == [
        ("ways", ["A  paper · 2 staff · borne by us", "C  close · 6 late"]),
        ("picked", ["A"]),
        ("stands in public", ["unsure"]),
    ]
    assert found["How it ended"] == [("as predicted", ["no"]), ("why", ["deadlines"])]
    assert "Heart" not in found
    assert way_words({"cost": "6 late"}) == "6 late"


def test_whose_chair_one_sits_in() -> None:
    assert chair_words("Director") == "You sit in Director's chair."
    assert chair_words("") == "You sit in your leader's chair."
    i18n.use("zh_Hans")
    assert chair_words("主任") == "你现在坐在主任的椅子上。"
