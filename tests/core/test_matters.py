"""How promises end, and when a grey matter may be closed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plannertui.core.errors import Refused
from plannertui.core.matters import Matter, Move, check_close, counted, outcome

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
        (done(day(30), due=None), "kept"),
    ],
)
def test_outcome(matter: Matter, word: str) -> None:
    assert outcome(matter) == word


def test_only_promises_past_their_date_are_counted() -> None:
    assert counted(promise(), day(21))
    assert not counted(promise(), day(20))
    assert not counted(promise(due=None), day(30))
    assert not counted(promise(kind="waiting"), day(30))


@pytest.mark.parametrize("boundary", [None, {}, {"decision": ""}, {"words": "asked"}])
def test_a_grey_matter_without_a_decision_stays_open(
    boundary: dict[str, str] | None,
) -> None:
    with pytest.raises(Refused, match="M1"):
        check_close(promise(nature="grey", boundary=boundary))


def test_a_decision_lets_a_grey_matter_close() -> None:
    check_close(promise(nature="grey", boundary={"decision": "declined"}))
    check_close(promise())
