"""One-on-ones on a real file: the series, the agenda that carries over, the ledger."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import NotFound, Refused, Usage
from plannertui.core.meetings import next_slot
from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.store import (
    agendas,
    briefing,
    context,
    entries,
    events,
    history,
    matters,
    meetings,
    people,
    priorities,
    series,
    trash,
)
from plannertui.store.ledger import ledger

if TYPE_CHECKING:
    from typing import Any

    from plannertui.core.events import Event
    from plannertui.core.people import Person
    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)
CHINA = WorkCalendar(lambda year: build_year("CN", year))


@pytest.fixture
def leader(store: Store, now: datetime) -> Person:
    return people.add(store, alias="Director", relation="leader", now=now)


@pytest.fixture
def talk(store: Store, now: datetime, leader: Person) -> Event:
    """The first of a fortnightly series, gone by."""
    return meetings.add(
        store,
        leader,
        starts_on=date(2024, 9, 5),
        time="10:00",
        minutes=30,
        repeat="fortnightly",
        now=now,
    )


def texts(db: Store, event: Event, today: date = TODAY) -> list[str]:
    return [
        ("x " if one.done else "") + (one.ref or one.text) + ("…" * bool(one.carried))
        for one in agendas.agenda(db, event, today)
    ]


def upcoming(db: Store, today: date = TODAY) -> list[tuple[date, int]]:
    return [(one.starts_on, one.id) for one in meetings.upcoming(db, today, CHINA)]


def test_the_next_of_a_series_is_computed_until_something_makes_it_a_row(
    store: Store, now: datetime, talk: Event
) -> None:
    assert upcoming(store) == [(date(2024, 9, 19), 0)]
    soon = meetings.upcoming(store, TODAY, CHINA)[0]
    assert (soon.time, soon.minutes, soon.people) == ("10:00", 30, talk.people)
    kept = meetings.want(store, soon, "October counter hours", now)
    assert (kept.state, kept.handle, kept.slot_on) == (
        "prepared",
        "E2",
        date(2024, 9, 19),
    )
    assert upcoming(store) == [(date(2024, 9, 19), kept.id)]
    history.undo(store, now)
    assert upcoming(store) == [(date(2024, 9, 19), 0)]


def test_held_it_brings_the_next_one_into_the_calendar(
    store: Store, now: datetime, talk: Event
) -> None:
    held = meetings.hold(store, talk, TODAY, now, CHINA)
    assert held.state == "held"
    (soon,) = meetings.upcoming(store, TODAY, CHINA)
    assert soon.id
    assert soon.starts_on == date(2024, 9, 19)
    assert events.between(store, date(2024, 9, 19), date(2024, 9, 19)) == [soon]
    # Over the holiday in October it waits a week.
    meetings.hold(store, soon, date(2024, 9, 19), now, CHINA)
    assert upcoming(store, date(2024, 9, 19))[0][0] == date(2024, 10, 10)


def test_after_a_long_silence_the_next_one_is_not_in_the_past(
    store: Store, now: datetime, talk: Event
) -> None:
    today = date(2025, 3, 3)
    (soon,) = meetings.upcoming(store, today, CHINA)
    assert soon.starts_on >= today
    assert soon.starts_on.weekday() == talk.starts_on.weekday()


def test_one_that_was_moved_keeps_its_place_in_the_series(
    store: Store, now: datetime, talk: Event
) -> None:
    meetings.hold(store, talk, TODAY, now, CHINA)
    (soon,) = meetings.upcoming(store, TODAY, CHINA)
    moved = meetings.move(store, soon, date(2024, 9, 18), now, time="15:00")
    assert (moved.starts_on, moved.time) == (date(2024, 9, 18), "15:00")
    meetings.hold(store, moved, date(2024, 9, 18), now, CHINA)
    (after,) = meetings.upcoming(store, date(2024, 9, 18), CHINA)
    assert after.starts_on == date(2024, 10, 10)


def test_moved_with_the_following_ones_the_series_goes_on_from_there(
    store: Store, now: datetime, talk: Event
) -> None:
    meetings.hold(store, talk, TODAY, now, CHINA)
    (soon,) = meetings.upcoming(store, TODAY, CHINA)
    moved = meetings.move(store, soon, date(2024, 9, 24), now, following=True)
    meetings.hold(store, moved, date(2024, 9, 24), now, CHINA)
    (after,) = meetings.upcoming(store, date(2024, 9, 24), CHINA)
    assert after.starts_on == date(2024, 10, 8)


def test_a_series_that_ends_has_no_next_one(
    store: Store, now: datetime, talk: Event
) -> None:
    meetings.set_rhythm(store, talk, "", now)
    assert upcoming(store) == []
    assert meetings.rhythm(store, events.get(store, talk.id)) == ""
    meetings.set_rhythm(store, talk, "weekly", now)
    assert upcoming(store)[0][0] == date(2024, 9, 19)


def test_the_future_is_not_held_and_what_is_over_not_moved(
    store: Store, now: datetime, talk: Event
) -> None:
    (soon,) = meetings.upcoming(store, TODAY, CHINA)
    with pytest.raises(Refused, match="still to come"):
        meetings.hold(store, soon, TODAY, now, CHINA)
    assert upcoming(store) == [(date(2024, 9, 19), 0)]
    held = meetings.hold(store, talk, TODAY, now, CHINA)
    with pytest.raises(Refused, match="already"):
        meetings.hold(store, held, TODAY, now, CHINA)
    with pytest.raises(Refused, match="already"):
        meetings.cancel(store, held, TODAY, now, CHINA)
    with pytest.raises(Refused, match="already"):
        meetings.move(store, held, TODAY, now)


def test_what_is_not_ticked_goes_on_to_the_next_one_until_it_is(
    store: Store, now: datetime, talk: Event
) -> None:
    for text in ("the rota", "a deputy for counter 2"):
        talk = agendas.add_item(store, talk, text, TODAY, now)
    talk = agendas.tick(store, talk, 1, TODAY, now)
    talk = meetings.hold(store, talk, TODAY, now, CHINA)
    (soon,) = meetings.upcoming(store, TODAY, CHINA)
    assert texts(store, soon) == ["a deputy for counter 2…"]
    # Ticked after all: it does not come over.
    talk = agendas.tick(store, talk, 2, TODAY, now)
    assert texts(store, soon) == []
    agendas.tick(store, talk, 2, TODAY, now, done=False)
    # Once it stands on the next agenda, the tick is seen there too.
    soon = agendas.add_item(store, soon, "counter hours", TODAY, now, kind="decide")
    assert texts(store, soon) == ["a deputy for counter 2…", "counter hours"]
    agendas.tick(store, talk, 2, TODAY, now)
    soon = events.get(store, soon.id)
    assert texts(store, soon) == ["x a deputy for counter 2…", "counter hours"]
    assert soon.agenda[0]["carried"] == "E1"


def test_what_was_carried_and_dropped_does_not_come_back(
    store: Store, now: datetime, talk: Event
) -> None:
    talk = agendas.add_item(store, talk, "the old hall", TODAY, now)
    meetings.hold(store, talk, TODAY, now, CHINA)
    (soon,) = meetings.upcoming(store, TODAY, CHINA)
    soon = agendas.drop_item(store, soon, 1, TODAY, now)
    assert texts(store, soon) == []
    day = date(2024, 9, 19)
    meetings.hold(store, soon, day, now, CHINA)
    (after,) = meetings.upcoming(store, day, CHINA)
    assert texts(store, after, day) == []
    # The talk on whose agenda it stood still says so.
    assert texts(store, events.get(store, talk.id)) == ["the old hall"]


def test_a_cancelled_talk_hands_on_what_it_had(
    store: Store, now: datetime, talk: Event
) -> None:
    agendas.add_item(store, talk, "first", TODAY, now)
    meetings.hold(store, events.get(store, talk.id), TODAY, now, CHINA)
    (soon,) = meetings.upcoming(store, TODAY, CHINA)
    soon = agendas.add_item(store, soon, "second", TODAY, now)
    meetings.cancel(store, soon, TODAY, now, CHINA)
    (after,) = meetings.upcoming(store, TODAY, CHINA)
    assert after.starts_on == date(2024, 10, 10)
    assert texts(store, after) == ["first…", "second…"]
    assert [one.carried for one in agendas.agenda(store, after, TODAY)] == ["E1", "E2"]
    with pytest.raises(Refused):
        agendas.add_item(store, events.get(store, soon.id), "third", TODAY, now)


def test_an_item_stays_with_the_next_talk_and_not_with_those_after_it(
    store: Store, now: datetime, leader: Person, talk: Event
) -> None:
    agendas.add_item(store, talk, "the rota", TODAY, now)
    near = meetings.add(store, leader, starts_on=date(2024, 9, 18), now=now)
    far = meetings.add(store, leader, starts_on=date(2024, 9, 30), now=now)
    assert texts(store, near) == ["the rota…"]
    assert texts(store, far) == []


def test_the_agenda_refers_to_things_and_keeps_an_order(
    store: Store, now: datetime, talk: Event
) -> None:
    promise = matters.add(
        store, title="the list", day=TODAY, due=TODAY, kind="promise", now=now
    )
    talk = agendas.add_item(store, talk, promise.handle.lower(), TODAY, now)
    talk = agendas.add_item(store, talk, "M99", TODAY, now)
    assert [one.get("ref", "") for one in talk.agenda] == [promise.handle, ""]
    with pytest.raises(Refused, match="already"):
        agendas.add_item(store, talk, promise.handle, TODAY, now)
    talk = agendas.shift_item(store, talk, 1, 1, TODAY, now)
    assert texts(store, talk) == ["M99", promise.handle]
    for place in (0, 3, -1):
        with pytest.raises(NotFound):
            agendas.tick(store, talk, place, TODAY, now)


def test_one_decision_of_at_most_120_characters(
    store: Store, now: datetime, talk: Event
) -> None:
    talk = meetings.want(store, talk, "a  decision\nby Friday", now)
    assert talk.wanted == "a decision by Friday"
    with pytest.raises(Usage, match="121"):
        meetings.want(store, talk, "x" * 121, now)
    with pytest.raises(Usage, match="121"):
        events.edit(store, talk, now, wanted="x" * 121)


def test_every_step_is_one_action(store: Store, now: datetime, talk: Event) -> None:
    agendas.add_item(store, talk, "the rota", TODAY, now)
    before = meetings.ls(store)
    meetings.hold(store, talk, TODAY, now, CHINA)
    history.undo(store, now)
    assert meetings.ls(store)[0].agenda == before[0].agenda
    assert [one.state for one in meetings.ls(store)] == ["prepared"]
    history.redo(store, now)
    assert [one.state for one in meetings.ls(store)] == ["held", "planned"]


def test_a_talk_that_was_held_asks_for_its_question(
    store: Store, now: datetime, leader: Person
) -> None:
    talk = meetings.add(store, leader, starts_on=TODAY, now=now)
    assert "one_on_one_soon" in context.active(store, TODAY, CHINA, 2024)
    assert meetings.unheld(store, TODAY) == []
    assert meetings.unheld(store, TODAY + timedelta(days=1)) == [talk]
    meetings.hold(store, talk, TODAY, now, CHINA)
    found = context.active(store, TODAY, CHINA, 2024)
    assert "after_one_on_one" in found
    assert "one_on_one_soon" not in found


def test_a_talk_of_a_series_asks_for_its_question_before_it_is_a_row(
    store: Store, now: datetime, talk: Event
) -> None:
    def soon(day: date) -> list[tuple[str, str]]:
        return context.active(store, day, CHINA, 2024).get("one_on_one_soon", [])

    expected = meetings.upcoming(store, TODAY, CHINA)[0]
    assert (expected.id, expected.starts_on) == (0, date(2024, 9, 19))
    assert soon(date(2024, 9, 13)) == []
    assert soon(TODAY) == [("E1:2024-09-19", talk.title)]
    made = meetings.want(store, expected, "October counter hours", now)
    assert soon(TODAY) == [(made.handle, made.title)]


@pytest.mark.parametrize("held", [1, 2])
def test_a_series_goes_on_when_its_first_talk_is_erased(
    store: Store, now: datetime, talk: Event, held: int
) -> None:
    day = TODAY
    one = talk
    for _time in range(held):
        meetings.hold(store, one, day, now, CHINA)
        one = meetings.upcoming(store, day, CHINA)[0]
        day = one.starts_on
    trash.remove(store, talk.id, now)
    trash.purge(store, talk.id, now)
    kept = events.get(store, one.id)
    assert meetings.rhythm(store, kept) == "fortnightly"
    assert {each.series_id for each in meetings.ls(store)} == {meetings.ls(store)[0].id}
    meetings.hold(store, kept, day, now, CHINA)
    assert upcoming(store, day)[0][0] > day


@pytest.mark.parametrize("change", ["", "monthly"])
def test_a_talk_back_from_the_trash_is_no_second_one_of_its_day(
    store: Store, now: datetime, talk: Event, change: str
) -> None:
    expected = meetings.upcoming(store, TODAY, CHINA)[0]
    second = meetings.want(store, expected, "counter hours", now)
    if change:
        second = meetings.set_rhythm(store, second, change, now)
    trash.remove(store, second.id, now)
    # A bare one took the place by itself: it gives way.
    meetings.hold(store, talk, TODAY, now, CHINA)
    bare = meetings.upcoming(store, TODAY, CHINA)[0]
    assert (bare.id != 0, bare.starts_on) == (True, expected.starts_on)
    assert trash.restore(store, second.id, now) == ""
    assert [one.id for one in meetings.upcoming(store, TODAY, CHINA)] == [second.id]
    # As one step.
    history.undo(store, now)
    assert [one.id for one in meetings.upcoming(store, TODAY, CHINA)] == [bare.id]

    # One that says something stays, and the one from the trash is on its own.
    bare = meetings.want(store, bare, "the deputy", now)
    said = trash.restore(store, second.id, now)
    assert said == "E2 stands alone now: E3 has its place in the series."
    found = events.get(store, second.id)
    assert (found.series_id, found.wanted) == (None, "counter hours")
    kept = events.get(store, bare.id)
    assert (kept.series_id, kept.slot_on) == (talk.series_id, expected.starts_on)
    assert meetings.rhythm(store, kept) == (change or "fortnightly")
    day = expected.starts_on
    meetings.hold(store, kept, day, now, CHINA)
    after = [one for one in meetings.upcoming(store, day, CHINA) if one.series_id]
    assert len(after) == 1
    assert after[0].starts_on > day


def test_a_talk_back_in_a_place_that_is_free_is_in_its_series(
    store: Store, now: datetime, talk: Event
) -> None:
    meetings.hold(store, talk, TODAY, now, CHINA)
    second = meetings.upcoming(store, TODAY, CHINA)[0]
    trash.remove(store, second.id, now)
    assert trash.restore(store, second.id, now) == ""
    again = meetings.upcoming(store, TODAY, CHINA)
    assert [(one.id, one.series_id) for one in again] == [(second.id, talk.id)]


# -- the brief and the ledger ----------------------------------------------------------


def test_the_brief_has_everything_in_its_place(
    store: Store, now: datetime, leader: Person, talk: Event
) -> None:
    agendas.add_item(store, talk, "a deputy for counter 2", date(2024, 9, 5), now)
    meetings.hold(store, events.get(store, talk.id), TODAY, now, CHINA)
    belief = priorities.add(
        store,
        leader,
        text="Pilot",
        basis="seen",
        checked_on=date(2024, 5, 1),
        now=now,
    )
    guess = priorities.add(
        store, leader, text="Money", basis="guess", checked_on=TODAY, now=now
    )

    def matter(kind: str, title: str, day: date, **fields: Any) -> str:
        made = matters.add(
            store,
            kind=kind,
            title=title,
            day=day,
            now=now,
            person_id=leader.id,
            **fields,
        )
        return made.handle

    ask = matter("ask", "Still wanted?", TODAY, priority_id=belief.id)
    mine = matter("promise", "the list", TODAY, due=date(2024, 9, 20))
    theirs = matter("waiting", "a word", TODAY, due=date(2024, 9, 16))
    matter("promise", "a favour", TODAY, due=TODAY, nature="grey")
    old = matters.get(
        store, matter("promise", "old", date(2024, 8, 1), due=date(2024, 8, 5))
    )
    matters.done(store, old, date(2024, 8, 5), now)
    just = matters.get(store, matter("promise", "a draft", date(2024, 9, 5), due=TODAY))
    matters.done(store, just, date(2024, 9, 13), now)
    warned = entries.add(
        store,
        kind="warn",
        text="the budget",
        day=TODAY,
        about=date(2024, 9, 23),
        now=now,
    )
    entries.add(
        store, kind="warn", text="past", day=TODAY, about=date(2024, 9, 13), now=now
    )
    ready = entries.add(
        store, kind="win", text="done", day=TODAY, share="ready", now=now
    )
    entries.add(store, kind="win", text="a private one", day=TODAY, now=now)
    (soon,) = meetings.upcoming(store, TODAY, CHINA)
    soon = meetings.want(store, soon, "counter hours", now)
    soon = agendas.add_item(store, soon, "A or B", TODAY, now, kind="decide")
    soon = agendas.add_item(store, soon, "she ran it alone", TODAY, now)
    soon = agendas.add_item(store, soon, "the room", TODAY, now, kind="thank")

    found = briefing.gather(store, soon, TODAY, CHINA)
    assert found.wanted == "counter hours"
    assert [p.handle for p in found.warnings] == [warned.handle]
    assert [p.text for p in found.decide] == ["A or B"]
    assert [p.text for p in found.inform] == ["she ran it alone"]
    assert [p.handle for p in found.wins] == [ready.handle]
    assert [(p.handle, p.basis) for p in found.ask] == [
        (ask, "seen"),
        (guess.handle, "guess"),
    ]
    assert found.ask[0].day == date(2024, 5, 1)
    assert [p.handle for p in found.promises] == [just.handle, mine, theirs]
    assert [(p.text, p.carried, p.carried_on) for p in found.carried] == [
        ("a deputy for counter 2", "E1", date(2024, 9, 5))
    ]
    assert [p.text for p in found.thanks] == ["the room"]
    # What is on the agenda is not offered a second time; what was told, never again.
    soon = agendas.add_item(store, soon, warned.handle, TODAY, now)
    found = briefing.gather(store, soon, TODAY, CHINA)
    assert found.warnings == ()
    assert [p.handle for p in found.inform if p.handle] == [warned.handle]
    day = date(2024, 9, 19)
    soon = agendas.tick(store, soon, len(soon.agenda), day, now)
    meetings.hold(store, soon, day, now, CHINA)
    (after,) = meetings.upcoming(store, day, CHINA)
    assert briefing.gather(store, after, day, CHINA).warnings == ()


def test_the_ledger_adds_up(store: Store, now: datetime, leader: Person) -> None:
    def matter(kind: str, day: date, due: date | None, **fields: Any) -> object:
        return matters.add(
            store,
            kind=kind,
            title=kind,
            day=day,
            due=due,
            now=now,
            person_id=leader.id,
            **fields,
        )

    monday = date(2024, 9, 9)
    matter("promise", monday, date(2024, 9, 11))
    done = matters.add(
        store,
        kind="promise",
        title="kept",
        day=monday,
        due=TODAY,
        now=now,
        person_id=leader.id,
    )
    matters.done(store, done, date(2024, 9, 12), now)
    gone = matters.add(
        store,
        kind="waiting",
        title="gone",
        day=monday,
        due=TODAY,
        now=now,
        person_id=leader.id,
    )
    matters.drop(store, gone, TODAY, TODAY, now)
    ask = matters.add(
        store, kind="ask", title="so?", day=monday, now=now, person_id=leader.id
    )
    matters.done(store, ask, TODAY, now)
    matter("task", monday, None)
    matter("promise", monday, TODAY, nature="grey")
    other = people.add(store, alias="Finance", relation="peer", now=now)
    matters.add(store, kind="ask", title="?", day=monday, now=now, person_id=other.id)

    found = ledger(store, leader, TODAY, CHINA)
    assert [(one.result, one.age, one.late) for one in found.mine] == [
        ("open", 5, 3),
        ("kept", 3, 0),
    ]
    assert [one.result for one in found.theirs] == ["released"]
    assert [one.result for one in found.asks] == ["answered"]
    totals = found.totals()
    for side, lines in (
        ("mine", found.mine),
        ("theirs", found.theirs),
        ("asks", found.asks),
    ):
        assert sum(totals[side].values()) == len(lines)


def test_a_series_ends_when_what_gave_it_its_rhythm_is_in_the_trash(
    store: Store, now: datetime, talk: Event
) -> None:
    meetings.hold(store, talk, TODAY, now, CHINA)
    trash.remove(store, talk.id, now)
    (soon,) = meetings.upcoming(store, TODAY, CHINA)
    assert meetings.rhythm(store, soon) == "fortnightly"
    meetings.set_rhythm(store, soon, "", now)
    assert meetings.rhythm(store, events.get(store, soon.id)) == ""
    meetings.hold(store, events.get(store, soon.id), date(2024, 9, 19), now, CHINA)
    assert upcoming(store, date(2024, 9, 20)) == []
    history.undo(store, now)
    history.undo(store, now)
    assert meetings.rhythm(store, events.get(store, soon.id)) == "fortnightly"


def days_ahead(db: Store, first: date, last: date, today: date = TODAY) -> list[date]:
    return [one.starts_on for one in series.ahead(db, first, last, today, CHINA)]


def test_the_talks_that_are_no_rows_yet_are_on_the_days_of_the_rule(
    store: Store, now: datetime, talk: Event
) -> None:
    september = (date(2024, 9, 1), date(2024, 9, 30))
    assert days_ahead(store, *september) == [date(2024, 9, 19)]
    # The third of October is a holiday: both weeks count on from the tenth.
    october = [date(2024, 10, 10), date(2024, 10, 24)]
    assert days_ahead(store, date(2024, 10, 1), date(2024, 10, 31)) == october
    assert days_ahead(store, date(2024, 10, 20), date(2024, 10, 31)) == october[1:]
    assert days_ahead(store, *september, date(2024, 9, 20)) == []
    assert days_ahead(store, date(2200, 1, 1), date(2200, 2, 1)) == []
    # The next one that meet tells of is the first, and as it is there.
    soon = meetings.upcoming(store, TODAY, CHINA)
    assert soon == series.ahead(store, *september, TODAY, CHINA)
    # Once it is a row there is no second one, be it moved to a day of the rule or not.
    agendas.add_item(store, soon[0], "The rota", TODAY, now)
    row = meetings.upcoming(store, TODAY, CHINA)[0]
    assert row.id
    assert days_ahead(store, *september) == []
    assert days_ahead(store, date(2024, 10, 1), date(2024, 10, 31)) == october
    events.edit(store, row, now, starts_on=october[0], ends_on=october[0])
    assert days_ahead(store, date(2024, 10, 1), date(2024, 10, 31)) == october[1:]


@pytest.mark.parametrize("repeat", ["weekly", "monthly"])
def test_a_day_far_ahead_is_the_one_that_is_reached_step_by_step(
    store: Store, now: datetime, leader: Person, repeat: Any
) -> None:
    first = meetings.add(
        store, leader, starts_on=date(2024, 9, 5), repeat=repeat, now=now
    )
    far = (date(2026, 1, 1), date(2026, 12, 31))
    walked, day = [], first.starts_on
    while day <= far[1]:
        following = next_slot(repeat, first.starts_on, day, CHINA)
        assert following is not None
        day = following
        if far[0] <= day <= far[1]:
            walked.append(day)
    assert days_ahead(store, *far) == walked
    assert len(walked) > 10
