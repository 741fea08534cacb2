"""How promises end, and when a grey matter may be closed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.errors import Refused
from plannertui.core.matters import (
    Matter,
    Move,
    check_close,
    check_closed,
    counted,
    group_of,
    is_soon,
    outcome,
    quadrant,
)
from plannertui.core.workdays import WorkCalendar, mon_fri

TODAY = date(2024, 9, 14)
DUE = date(2024, 9, 20)


def promise(**fields: Any) -> Matter:
    values: dict[str, Any] = {
        "id": 1,
        "uid": "u",
        "handle": "M1",
        "created_at": "",
        "updated_at": "",
        "rev": 1,
        "title": "list of 30 oldest",
        "kind": "promise",
        "day": date(2024, 9, 14),
        "due": DUE,
    }
    return Matter(**values | fields)


def done(on: date, *moves: Move, **fields: Any) -> Matter:
    return promise(state="done", closed_on=on, moves=moves, **fields)


def day(number: int) -> date:
    return date(2024, 9, number)


@pytest.mark.parametrize(
    ("matter", "word"),
    [
        (promise(), "open"),
        (done(day(19)), "kept"),
        (done(day(20)), "kept"),
        (done(day(21)), "late"),
        (done(day(20), Move(day(16), day(16))), "renegotiated"),
        (done(day(20), Move(day(16), day(15)), Move(day(18), day(18))), "renegotiated"),
        (done(day(20), Move(day(16), day(17))), "late"),
        (done(day(16), Move(day(16), None)), "kept"),
        (done(day(17), Move(day(16), None)), "late"),
        (done(day(15), *(Move(day(n), None) for n in (16, 17, 18))), "kept"),
        (done(day(20), Move(day(16), None)), "late"),
        (done(day(21), Move(day(16), day(15))), "late"),
        (done(day(20), *(Move(day(n), day(n)) for n in (10, 12, 14))), "late"),
        (promise(state="dropped", closed_on=day(18)), "broken"),
        (promise(state="dropped", closed_on=day(18), told_on=day(18)), "released"),
        # Told only when the day had passed, it is no release.
        (promise(state="dropped", closed_on=day(23), told_on=day(23)), "late"),
        (promise(state="dropped", closed_on=day(23), told_on=day(20)), "released"),
        (promise(state="dropped", closed_on=day(18), due=None), "broken"),
        (promise(state="dropped", told_on=day(18), due=None), "released"),
        (done(day(30), due=None), "kept"),
        # The first day counts, whatever came after; the second move still counts.
        (done(day(16), Move(day(16), day(16)), Move(day(18), day(17))), "kept"),
        (done(day(17), Move(day(16), day(16)), Move(day(18), day(17))), "renegotiated"),
    ],
)
def test_outcome(matter: Matter, word: str) -> None:
    assert outcome(matter) == word


def test_only_promises_past_their_date_are_counted() -> None:
    assert counted(promise(), day(21))
    assert not counted(promise(), day(20))
    assert not counted(promise(due=None), day(30))
    assert not counted(promise(kind="waiting"), day(30))


@given(
    st.lists(st.tuples(st.integers(1, 28), st.integers(0, 28)), max_size=5),
    st.integers(1, 28),
)
def test_the_rule_of_outcomes_said_a_second_time(
    given_up: list[tuple[int, int]], closed: int
) -> None:
    moves = [Move(day(old), day(told) if told else None) for old, told in given_up]
    word = outcome(done(day(closed), *moves))
    if closed > DUE.day:
        expected = "late"
    elif closed <= min([DUE.day, *(old for old, _told in given_up)]):
        expected = "kept"
    elif len(moves) > 2 or any(not 0 < told <= old for old, told in given_up):
        expected = "late"
    else:
        expected = "renegotiated"
    assert word == expected


@pytest.mark.parametrize(
    ("urgent", "important", "where"),
    [
        (True, True, "now"),
        (False, True, "plan"),
        (True, False, "quick"),
        (False, False, "rest"),
    ],
)
def test_the_two_flags_alone_say_which_box(
    urgent: bool, important: bool, where: str
) -> None:
    due_now = promise(urgent=urgent, important=important, due=TODAY)
    assert quadrant(due_now) == where
    assert due_now.urgent is urgent


PLAIN = WorkCalendar(lambda year: mon_fri("mon-fri", year))


def test_what_is_merely_due_soon_is_seen_apart() -> None:
    friday = date(2024, 9, 13)
    assert is_soon(promise(due=date(2024, 9, 17)), friday, PLAIN)
    assert not is_soon(promise(due=date(2024, 9, 18)), friday, PLAIN)
    assert is_soon(promise(due=date(2024, 9, 2)), friday, PLAIN)
    assert not is_soon(promise(due=None), friday, PLAIN)
    assert not is_soon(done(day(13)), friday, PLAIN)


@pytest.mark.parametrize(
    ("fields", "group"),
    [
        ({"due": day(13)}, "overdue"),
        ({"due": day(14)}, "today"),
        ({"due": day(15)}, "week"),
        ({"due": day(16)}, "later"),
        ({"due": None}, "undated"),
        ({"due": None, "carried": (TODAY,)}, "today"),
        ({"due": day(16), "first_on": TODAY}, "today"),
        ({"due": None, "carried": (day(13),), "first_on": day(13)}, "undated"),
        ({"due": day(13), "carried": (TODAY,)}, "overdue"),
    ],
)
def test_groups_of_a_day(fields: dict[str, Any], group: str) -> None:
    assert group_of(promise(**fields), TODAY) == group


@pytest.mark.parametrize("boundary", [None, {}, {"decision": ""}, {"words": "asked"}])
def test_a_grey_matter_without_a_decision_stays_open(
    boundary: dict[str, str] | None,
) -> None:
    with pytest.raises(Refused, match="M1"):
        check_close(promise(nature="grey", boundary=boundary))


def test_a_closed_one_keeps_its_decision() -> None:
    with pytest.raises(Refused, match="reopen"):
        check_closed(promise(nature="grey", state="dropped", boundary={"words": "x"}))
    check_closed(promise(nature="grey"))


def test_a_decision_lets_a_grey_matter_close() -> None:
    check_close(promise(nature="grey", boundary={"decision": "declined"}))
    check_close(promise())
