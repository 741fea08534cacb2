"""The sixteenth trigger: two months in which every goal has served the leader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import pytest

from plannertui.core.goals import Goal, Measure
from plannertui.core.people import Person
from plannertui.core.priorities import Priority
from plannertui.core.prompts import load_bank
from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.store import (
    asked,
    context,
    entries,
    goals,
    history,
    people,
    priorities,
    trash,
)
from plannertui.store.open import Store
from plannertui.store.questions import Questions
from tests.conftest import NOW

CHINA = WorkCalendar(lambda year: build_year("CN", year))
BEGUN = date(2024, 7, 1)
TODAY = date(2024, 9, 14)


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), NOW.tzinfo)


class Life(NamedTuple):
    db: Store
    leader: Person
    wanted: list[Priority]
    goals: list[Goal]

    def goal(self, when: datetime) -> Goal:
        return goals.add(
            self.db,
            year=2024,
            title="Backlog",
            start=date(2024, 1, 1),
            due=date(2024, 12, 31),
            measure=Measure("cases", "", 0, 100, 90, "up"),
            now=when,
        )

    def on(self, day: date = TODAY) -> list[str]:
        found = context.active(self.db, day, CHINA, day.year)
        return [key for key, _label in found.get("no_own_course", [])]


@pytest.fixture
def life(store: Store) -> Life:
    """Two priorities of the leader and a goal for each, written down on 1 July."""
    now = at(BEGUN)
    leader = people.add(
        store, alias="Director", relation="leader", now=now, primary=True
    )
    wanted = [priorities.add(store, leader, text=t, now=now) for t in ("one", "two")]
    made = Life(store, leader, wanted, [])
    for priority in wanted:
        goal = goals.serve(store, made.goal(now), priority.id, "", now)
        made.goals.append(goal)
    return made


def test_it_is_on_after_two_months(life: Life) -> None:
    assert life.on(date(2024, 8, 31)) == []
    assert life.on(date(2024, 9, 1)) == ["L1:2024"]
    assert life.on() == ["L1:2024"]
    assert life.on(date(2024, 12, 31)) == ["L1:2024"]
    # Of the next year nothing is planned.
    assert life.on(date(2025, 1, 2)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda life, now: life.goal(now),
        lambda life, now: priorities.add(life.db, life.leader, text="three", now=now),
        lambda life, now: goals.edit(life.db, life.goals[0], now, state="released"),
        lambda life, now: trash.remove(life.db, life.goals[0].id, now),
        lambda life, now: goals.unserve(life.db, life.goals[0], life.wanted[0].id, now),
        lambda life, now: people.edit(life.db, life.leader, now, primary=False),
    ],
    ids=["own", "unserved", "released", "trashed", "served no more", "no leader"],
)
def test_what_turns_it_off_and_for_how_long(
    life: Life, change: Callable[[Life, datetime], object]
) -> None:
    changed, back = date(2024, 8, 5), date(2024, 8, 20)
    change(life, at(changed))
    assert life.on() == []
    history.undo(life.db, at(back))
    if life.on(date(2024, 9, 14)):
        # Whom one works for is not among what is walked back.
        assert people.get(life.db, life.leader.id).primary
        return
    # From the day on which it was so again, two months.
    assert life.on(date(2024, 10, 19)) == []
    assert life.on(date(2024, 10, 20)) == ["L1:2024"]


def test_what_lasted_less_than_a_day_is_no_break(life: Life) -> None:
    day = date(2024, 8, 5)
    made = life.goal(at(day, 9))
    assert life.on() == []
    goals.serve(life.db, made, life.wanted[0].id, "", at(day, 10))
    assert life.on() == ["L1:2024"]


def test_without_a_priority_there_is_nothing_to_serve(life: Life) -> None:
    for priority in life.wanted:
        priorities.edit(life.db, priority, at(BEGUN), state="met")
    assert life.on() == []


def test_the_question_is_asked_once_a_year(life: Life) -> None:
    asking = Questions(life.db, load_bank(), CHINA)
    day, opened = TODAY, []
    for _day in range(30):
        # Something with the leader, so that no silence is asked about before it.
        entries.add(
            life.db, text="x", kind="note", day=day, now=at(day), links=[life.leader.id]
        )
        found = asking.of(day, day)
        assert found is not None
        if found.asked.trigger:
            assert found.why == "for two months every goal has served Director"
            opened.append(found.prompt.id)
        asked.mark(life.db, found.asked, "skipped")
        assert asking.of(day, day) is not None
        day = CHINA.next(day)
    assert opened == ["course-10"]


def test_a_planned_question_gives_way_when_its_occasion_is_over(life: Life) -> None:
    asking = Questions(life.db, load_bank(), CHINA)
    entries.add(
        life.db, text="x", kind="note", day=TODAY, now=NOW, links=[life.leader.id]
    )
    found = asking.of(TODAY, TODAY)
    assert found is not None
    assert found.asked.trigger == "no_own_course"
    life.goal(NOW + timedelta(minutes=1))
    after = asking.of(TODAY, TODAY)
    assert after is not None
    assert after.asked.trigger == ""
