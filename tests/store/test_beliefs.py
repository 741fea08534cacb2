"""Beliefs about leaders: checked, asked about, ranked, replaced; a change of leader."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import Refused, Usage
from plannertui.core.goals import coverage
from plannertui.core.priorities import Check, stale
from plannertui.store import (
    beliefs,
    entries,
    goals,
    history,
    matters,
    people,
    priorities,
)

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.core.people import Person
    from plannertui.core.priorities import Priority
    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)


@pytest.fixture
def leader(store: Store, now: datetime) -> Person:
    return people.add(store, alias="Director", now=now)


def guess(store: Store, leader: Person, now: datetime, text: str = "calm") -> Priority:
    return priorities.add(
        store,
        leader,
        text=text,
        now=now,
        rank=2,
        kind="pressure",
        checked_on=TODAY - timedelta(days=90),
    )


@pytest.mark.parametrize(("right", "basis"), [("yes", "said"), ("partly", "seen")])
def test_a_guess_that_held_is_one_no_longer(
    store: Store, now: datetime, leader: Person, right: str, basis: str
) -> None:
    one = guess(store, leader, now)
    assert stale(one, TODAY)
    held, fresh = beliefs.check(store, one, right, TODAY, now, basis=basis)
    assert fresh is None
    assert (held.basis, held.checked_on, held.state) == (basis, TODAY, "active")
    assert held.checks == (Check(TODAY, "guess", right),)  # type: ignore[arg-type]
    assert not stale(held, TODAY)


def test_partly_right_takes_better_words(
    store: Store, now: datetime, leader: Person
) -> None:
    one = guess(store, leader, now)
    held, _none = beliefs.check(
        store, one, "partly", TODAY, now, text="calm at counter 1"
    )
    assert (held.id, held.text) == (one.id, "calm at counter 1")


def test_a_wrong_one_has_a_successor(
    store: Store, now: datetime, leader: Person
) -> None:
    one = guess(store, leader, now)
    goal = goals.add(store, year=2024, title="x", start=TODAY, due=TODAY, now=now)
    goals.serve(store, goal, one.id, "by being calm", now)
    wrong, fresh = beliefs.check(store, one, "no", TODAY, now, text="speed")
    assert fresh is not None
    assert (wrong.state, wrong.until, wrong.successor_id) == (
        "changed",
        TODAY,
        fresh.id,
    )
    assert wrong.checks == (Check(TODAY, "guess", "no"),)
    assert (fresh.text, fresh.basis, fresh.rank, fresh.kind, fresh.since) == (
        *("speed", "said", 2, "pressure"),
        TODAY,
    )
    # A goal that served what was wrong is to be looked at again.
    served = goals.get(store, goal.id).serves
    assert [each.priority_id for each in served] == [one.id]
    step = history.undo(store, now)
    assert step is not None
    assert priorities.get(store, one.id).state == "active"
    assert [each.id for each in priorities.ls(store, leader.id)] == [one.id]


def test_a_wrong_one_without_better_words_is_dropped(
    store: Store, now: datetime, leader: Person
) -> None:
    wrong, fresh = beliefs.check(store, guess(store, leader, now), "no", TODAY, now)
    assert (wrong.state, fresh) == ("dropped", None)
    assert wrong.checks == (Check(TODAY, "guess", "no"),)
    with pytest.raises(Refused):
        beliefs.check(store, wrong, "yes", TODAY, now)


@pytest.mark.parametrize(
    ("right", "basis"), [("maybe", "said"), ("yes", "guess"), ("", "said")]
)
def test_what_is_no_check(
    store: Store, now: datetime, leader: Person, right: str, basis: str
) -> None:
    with pytest.raises(Usage):
        beliefs.check(store, guess(store, leader, now), right, TODAY, now, basis=basis)


def test_one_ask_for_one_belief(store: Store, now: datetime, leader: Person) -> None:
    one = guess(store, leader, now, "The form counts first")
    ask = beliefs.ask(store, one, TODAY, now)
    assert ask.title == "The form counts first. Is that right?"
    assert (ask.kind, ask.priority_id) == ("ask", one.id)
    assert ask.person is not None
    assert ask.person.handle == "L1"
    with pytest.raises(Refused, match=ask.handle):
        beliefs.ask(store, one, TODAY, now)
    beliefs.check(store, one, "yes", TODAY, now)
    assert matters.get(store, ask.id).state == "done"


def test_goals_go_on_serving_what_a_priority_turned_into(
    store: Store, now: datetime, leader: Person
) -> None:
    one = guess(store, leader, now)
    goal = goals.add(store, year=2024, title="x", start=TODAY, due=TODAY, now=now)
    goals.serve(store, goal, one.id, "by being calm", now)
    fresh = beliefs.change(store, one, "calm, and fast", TODAY, now)
    served = goals.get(store, goal.id).serves
    assert [(each.priority_id, each.how) for each in served] == [
        (one.id, "by being calm"),
        (fresh.id, "by being calm"),
    ]
    of = coverage(goals.ls(store, 2024), priorities.ls(store, leader.id))
    assert (of.served, of.priorities, of.own) == (1, 1, 0)


@pytest.mark.parametrize("count", [2, 5, 7])
def test_moving_among_ranks(
    store: Store, now: datetime, leader: Person, count: int
) -> None:
    for number in range(count):
        priorities.add(store, leader, text=str(number), now=now)

    def order() -> list[str]:
        return [each.text for each in priorities.ls(store, leader.id)]

    last = priorities.ls(store, leader.id)[-1]
    moves = 0
    while beliefs.shift(store, last, -1, now):
        moves += 1
        assert moves < 10
    assert order()[0] == last.text
    assert sorted(order()) == [str(n) for n in range(count)]
    ranks = [each.rank for each in priorities.ls(store, leader.id)]
    assert ranks == [min(5, n) for n in range(1, count + 1)]
    assert not beliefs.shift(store, priorities.get(store, last.id), -1, now)
    assert beliefs.shift(store, priorities.get(store, last.id), 1, now)
    assert order()[1] == last.text


def test_a_change_of_leader_keeps_history_and_evidence(
    store: Store, now: datetime, leader: Person
) -> None:
    one = guess(store, leader, now)
    win = entries.add(
        store, kind="win", text="done @L1", day=TODAY, now=now, links=[leader.id]
    )
    # The office keeps its name.
    new = people.succeed(store, "Director", TODAY, now)
    old = people.get(store, leader.id)
    assert (old.state, old.until, old.primary) == ("past", TODAY, False)
    assert (new.alias, new.primary, new.since) == ("Director", True, TODAY)
    assert [each.id for each in priorities.ls(store, leader.id)] == [one.id]
    assert priorities.ls(store) == []
    assert [ref.id for ref in entries.get(store, win.id).refs] == [leader.id]
    assert people.get(store, "director").id == new.id
    step = history.undo(store, now)
    assert step is not None
    assert people.primary(store) == people.get(store, leader.id)
    assert people.get(store, leader.id).state == "active"


def test_the_leader_before_may_stay(
    store: Store, now: datetime, leader: Person
) -> None:
    peer = people.add(store, alias="Head", relation="peer", now=now)
    new = people.succeed(store, peer, TODAY, now, stays="above")
    assert (new.handle, new.relation, new.primary) == ("P1", "leader", True)
    old = people.get(store, leader.id)
    assert (old.state, old.relation, old.primary) == ("active", "above", False)
    with pytest.raises(Refused):
        people.succeed(store, new, TODAY, now)
    with pytest.raises(Usage):
        people.succeed(store, old, TODAY, now, stays="below")
    # What was refused has changed nothing.
    assert people.primary(store) == new
