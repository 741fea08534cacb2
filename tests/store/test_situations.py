"""Situations on a real file: step by step, sent, closed, and taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import EmptyText, Refused, Usage
from plannertui.core.situation_steps import step
from plannertui.store import (
    drafts,
    entries,
    history,
    matters,
    people,
    rows,
    situations,
    trash,
)

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.core.situations import Situation
    from plannertui.store.open import Store

DAY = date(2024, 9, 14)
FACTS, CHAIR, OPTIONS, MOVE = (step(n) for n in ("facts", "chair", "options", "move"))


def opened(db: Store, now: datetime) -> Situation:
    director = people.add(db, alias="Director", relation="leader", now=now)
    return situations.add(
        db, line="system down", day=DAY, now=now, person_id=director.id
    )


def test_each_step_is_one_action(store: Store, now: datetime) -> None:
    one = opened(store, now)
    one = situations.save_step(store, one, FACTS, {"confirmed": ["a", "b"]}, now)
    one = situations.save_step(
        store, one, CHAIR, {"predicted": "close", "answerable_for": "order"}, now
    )
    assert (one.predicted, one.chair) == ("close", {"answerable_for": "order"})
    step_back = history.undo(store, now)
    assert step_back is not None
    assert step_back.label == "step of S1"
    again = situations.get(store, one.id)
    assert (again.predicted, again.chair) == ("", {})
    assert again.facts == {"confirmed": ["a", "b"]}


def test_a_step_without_news_is_no_action(store: Store, now: datetime) -> None:
    one = opened(store, now)
    one = situations.save_step(store, one, FACTS, {"confirmed": ["a"]}, now)
    count = store.one("SELECT count(*) FROM action")
    again = situations.save_step(store, one, FACTS, {"confirmed": ["a", ""]}, now)
    assert store.one("SELECT count(*) FROM action") == count
    assert again.rev == one.rev


def test_two_windows_keep_each_others_answers(store: Store, now: datetime) -> None:
    old = opened(store, now)
    situations.save_step(store, old, FACTS, {"unknown": ["when"]}, now)
    one = situations.save_step(store, old, FACTS, {"confirmed": ["a"]}, now)
    assert one.facts == {"unknown": ["when"], "confirmed": ["a"]}


def test_what_cannot_be_kept_is_refused_whole(store: Store, now: datetime) -> None:
    one = opened(store, now)
    given = {"line": "x" * 141, "clock": "now"}
    with pytest.raises(Usage, match="140"):
        situations.save_step(store, one, step("line"), given, now)
    with pytest.raises(EmptyText):
        situations.save_step(store, one, step("line"), {"line": " "}, now)
    assert situations.get(store, one.id) == one


def test_sending_promises_to_report_again(store: Store, now: datetime) -> None:
    one = opened(store, now)
    one = situations.save_step(store, one, MOVE, {"report_again_at": "16"}, now)
    sent, promise = situations.send(store, one, DAY, now)
    assert sent.state == "sent"
    assert promise is not None
    assert (promise.kind, promise.title) == (
        "promise",
        "report again 16:00: system down",
    )
    assert (promise.due, promise.person, promise.origin) == (DAY, one.person, "mine")
    assert [ref.handle for ref in promise.refs] == ["S1"]
    assert [
        r.handle for r in rows.refs_of(store, [promise.id], "from")[promise.id]
    ] == ["S1"]
    again, same = situations.send(store, sent, DAY, now)
    assert same == promise
    assert again.state == "sent"
    assert len(matters.ls(store, kind="promise")) == 1
    history.undo(store, now)
    assert situations.get(store, one.id).state == "open"
    assert not matters.ls(store, kind="promise")


def test_another_time_is_another_promise(store: Store, now: datetime) -> None:
    one = opened(store, now)
    for when in ("16:00", "18:00"):
        one = situations.save_step(store, one, MOVE, {"report_again_at": when}, now)
        one, _promise = situations.send(store, one, DAY, now)
    titles = [promise.title for promise in situations.reports(store, one)]
    assert titles == [f"report again {w}: system down" for w in ("16:00", "18:00")]


def test_sending_without_a_time_promises_nothing(store: Store, now: datetime) -> None:
    sent, promise = situations.send(store, opened(store, now), DAY, now)
    assert (sent.state, promise) == ("sent", None)
    assert situations.live(store) == [sent]


def test_a_long_line_makes_a_title_that_fits(store: Store, now: datetime) -> None:
    one = situations.add(store, line="x" * 140, day=DAY, now=now)
    one = situations.save_step(store, one, MOVE, {"report_again_at": "16:00"}, now)
    for _n in range(2):
        one, promise = situations.send(store, one, DAY, now)
        assert promise is not None
        assert len(promise.title) == situations.TITLE_LENGTH
    assert len(situations.reports(store, one)) == 1


def test_the_close_with_a_lesson_is_one_action(store: Store, now: datetime) -> None:
    one = opened(store, now)
    one = situations.save_step(store, one, CHAIR, {"predicted": "close"}, now)
    given = {
        "expected": "closing",
        "happened": " paper ",
        "why": "deadlines",
        "keep": "",
        "actual": "approved",
        "match": "no",
        "lesson": "deadlines before queues",
    }
    closed, entry = situations.close(store, one, given, DAY, now)
    assert entry is not None
    assert (entry.kind, entry.text) == ("lesson", "deadlines before queues")
    assert [ref.handle for ref in entry.refs] == ["S1", "L1"]
    assert closed.close == {
        "expected": "closing",
        "happened": "paper",
        "why": "deadlines",
        "lesson": "deadlines before queues",
    }
    assert (closed.state, closed.closed_on, closed.match) == ("closed", DAY, "no")
    assert not situations.live(store)
    again, more = situations.close(store, closed, {"keep": "the six first"}, DAY, now)
    assert more is None
    assert again.close["keep"] == "the six first"
    assert again.match == "no"
    history.undo(store, now)
    history.undo(store, now)
    assert situations.get(store, one.id).state == "open"
    assert not [e for e in entries.wins(store) if e.kind == "lesson"]
    assert trash.ls(store) == []


def test_a_wrong_match_changes_nothing(store: Store, now: datetime) -> None:
    one = opened(store, now)
    with pytest.raises(Usage, match="maybe"):
        situations.close(store, one, {"match": "maybe", "lesson": "x"}, DAY, now)
    assert situations.get(store, one.id) == one


def test_what_is_over_is_not_sent(store: Store, now: datetime) -> None:
    one = situations.void(store, opened(store, now), DAY, now)
    assert (one.state, one.closed_on) == ("void", DAY)
    with pytest.raises(Refused, match="void"):
        situations.send(store, one, DAY, now)
    again = situations.reopen(store, one, now)
    assert (again.state, again.closed_on) == ("open", None)


def test_the_boundary_is_looked_at_in_one_matter(store: Store, now: datetime) -> None:
    one = opened(store, now)
    matter = situations.look_at_boundary(store, one, DAY, now)
    assert (matter.nature, matter.title) == ("grey", "system down")
    assert situations.look_at_boundary(store, one, DAY, now) == matter
    assert situations.checks(store, one) == [matter]
    assert situations.reports(store, one) == []


def test_the_place_is_forgotten_at_the_end_but_no_word_is(
    store: Store, now: datetime
) -> None:
    one = opened(store, now)
    target, session = situations.draft_of(one), drafts.session_id()
    drafts.put(store, target, "step\t3", now=now, session=session)
    one, _entry = situations.close(store, one, {}, DAY, now)
    assert drafts.get(store, target) is None
    body = "step\t3\na-symptom\tthe queue"
    drafts.put(store, target, body, now=now, session=session)
    situations.void(store, one, DAY, now)
    left = drafts.get(store, target)
    assert left is not None
    assert left.body == body
