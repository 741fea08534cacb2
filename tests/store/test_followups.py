"""What comes of a one-on-one, on a real file."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import PlannerError, UnreadableDate, Usage
from plannertui.core.followups import Yield, follow_up_of, read_line
from plannertui.core.priorities import Check
from plannertui.core.workdays import WorkCalendar, mon_fri
from plannertui.store import (
    briefing,
    context,
    entries,
    events,
    followups,
    history,
    items,
    matters,
    meetings,
    people,
    priorities,
)

if TYPE_CHECKING:
    from plannertui.core.events import Event
    from plannertui.core.people import Person
    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)
PLAIN = WorkCalendar(lambda year: mon_fri("mon-fri", year))


@pytest.fixture
def leader(store: Store, now: datetime) -> Person:
    return people.add(store, alias="Director", relation="leader", now=now)


@pytest.fixture
def talk(store: Store, now: datetime, leader: Person) -> Event:
    return meetings.add(
        store, leader, starts_on=TODAY, time="10:00", repeat="weekly", now=now
    )


def test_every_line_becomes_what_it_yields_in_one_action(
    store: Store, now: datetime, leader: Person, talk: Event
) -> None:
    guess = priorities.add(
        store,
        leader,
        text="The inspection looks at the form first",
        basis="guess",
        checked_on=date(2024, 8, 2),
        now=now,
    )
    seen = priorities.add(store, leader, text="Pilot", basis="seen", now=now)
    ask = matters.add(
        store, kind="ask", title="By phone?", day=TODAY, person_id=leader.id, now=now
    )
    before = items.ls(store, items.Filter(), nouns=("entry", "matter"))
    typed = (
        ("heard", "The room stays ours"),
        ("heard", "No overtime this year as:position"),
        ("heard", f"Still wanted as:{seen.handle}"),
        ("heard", f"It looks at the counters first was:{guess.handle}"),
        ("heard", f"Yes as:{ask.handle}"),
        ("promised", "a draft ^2024-09-20"),
        ("promised", "< a word with Finance"),
        ("assumed", "She reads it on the way"),
        ("assumed", "Money decides as:pressure"),
    )
    lines = [read_line(part, text, TODAY) for part, text in typed]  # type: ignore[arg-type]
    done = followups.follow_up(store, talk, lines, TODAY, now, PLAIN)

    assert done.state == "followed_up"
    kept = follow_up_of(done.follow_up)
    assert [line.text for line in kept.heard][:2] == [
        "The room stays ours",
        "No overtime this year",
    ]
    note, position, confirmed, changed, answered = (one.became for one in kept.heard)
    assert entries.get(store, note).text == "The room stays ours"
    new = priorities.get(store, position)
    assert (new.kind, new.basis, new.checked_on) == ("position", "said", TODAY)
    held = priorities.get(store, confirmed)
    assert (held.id, held.basis, held.checks) == (
        seen.id,
        "said",
        (Check(TODAY, "seen", "yes"),),
    )
    old = priorities.get(store, guess.id)
    assert (old.state, old.checks) == ("changed", (Check(TODAY, "guess", "no"),))
    fresh = priorities.get(store, changed)
    assert old.successor_id == fresh.id
    assert (fresh.text, fresh.basis) == ("It looks at the counters first", "said")
    assert (answered, matters.get(store, ask.id).state) == (ask.handle, "done")
    promise, waiting = (matters.get(store, one.became) for one in kept.promised)
    assert (promise.kind, promise.due) == ("promise", date(2024, 9, 20))
    assert (waiting.kind, waiting.due) == ("waiting", None)
    assert promise.person is not None
    assert promise.person.id == leader.id
    question, belief = kept.assumed
    assert matters.get(store, question.became).kind == "ask"
    assert priorities.get(store, belief.became).basis == "guess"
    assert followups.linked(store, done) == [
        line.became
        for part in ("heard", "promised", "assumed")
        for line in kept.part(part)
        if line.became != ask.handle
    ]
    # The next of the series is in the calendar, and asks what was assumed.
    (soon,) = meetings.upcoming(store, TODAY, PLAIN)
    assert soon.id
    found = briefing.gather(store, soon, TODAY, PLAIN)
    assert [(point.text, point.basis) for point in found.ask] == [
        ("She reads it on the way", "guess"),
        ("Money decides", "guess"),
    ]

    history.undo(store, now)
    assert events.get(store, talk.id).state == "planned"
    assert items.ls(store, items.Filter(), nouns=("entry", "matter")) == before
    assert [one.basis for one in priorities.ls(store, leader.id)] == ["guess", "seen"]
    history.redo(store, now)
    assert follow_up_of(events.get(store, talk.id).follow_up) == kept


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (Yield("promised", "no day", "promise"), UnreadableDate),
        (Yield("heard", "x", "confirmed", target="L1.9"), PlannerError),
        (Yield("heard", "x", "answer", target="L1"), PlannerError),
        (Yield("heard", "x" * 130, "priority"), Usage),
        (Yield("heard", "x", "promise"), Usage),
    ],
)
def test_one_line_that_cannot_be_filed_leaves_nothing_behind(
    store: Store, now: datetime, talk: Event, line: Yield, error: type[Exception]
) -> None:
    good = Yield("heard", "fine", "note")
    with pytest.raises(error):
        followups.follow_up(store, talk, [good, line], TODAY, now, PLAIN)
    assert events.get(store, talk.id) == talk
    assert items.ls(store, items.Filter(), nouns=("entry", "matter")) == []


def test_what_is_added_later_comes_after_what_is_there(
    store: Store, now: datetime, talk: Event
) -> None:
    first = Yield("heard", "first", "note")
    done = followups.follow_up(store, talk, [first], TODAY, now, PLAIN)
    done = followups.follow_up(
        store, done, [Yield("heard", "second", "note")], TODAY, now, PLAIN
    )
    kept = follow_up_of(done.follow_up)
    assert [line.text for line in kept.heard] == ["first", "second"]
    assert "after_one_on_one" not in context.active(store, TODAY, PLAIN, 2024)


def test_a_talk_with_nothing_to_write_down_is_closed_all_the_same(
    store: Store, now: datetime, talk: Event
) -> None:
    done = followups.follow_up(store, talk, [], TODAY, now, PLAIN)
    assert done.state == "followed_up"
    assert len(meetings.upcoming(store, TODAY, PLAIN)) == 1


def test_a_belief_that_is_partly_so_keeps_its_words(
    store: Store, now: datetime, leader: Person, talk: Event
) -> None:
    belief = priorities.add(store, leader, text="Pilot", basis="guess", now=now)
    line = read_line("heard", f"Only in spring partly:{belief.handle}", TODAY)
    done = followups.follow_up(store, talk, [line], TODAY, now, PLAIN)
    kept = priorities.get(store, belief.id)
    assert (kept.text, kept.basis, kept.checks) == (
        "Pilot",
        "said",
        (Check(TODAY, "guess", "partly"),),
    )
    assert follow_up_of(done.follow_up).heard[0].text == "Only in spring"
