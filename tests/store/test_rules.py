"""What the store refuses, and what it reads again before it writes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from plannertui.core.capture import parse
from plannertui.core.errors import NotFound, ReadOnly, Refused, Usage
from plannertui.core.goals import Goal, Measure
from plannertui.core.people import Belief
from plannertui.core.workdays import WorkCalendar
from plannertui.store import (
    asked,
    entries,
    events,
    goals,
    history,
    matters,
    people,
    priorities,
    refs,
    trash,
    years,
)
from plannertui.store.calendar import work_calendar
from plannertui.store.capture import file_capture
from plannertui.store.open import Store
from plannertui.store.settings import Settings
from tests.conftest import NOW

DAY = NOW.date()
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


def cases(db: Store, **fields: Any) -> Goal:
    """A goal that counts from 0 to 100."""
    given: dict[str, Any] = {
        "year": 2024,
        "title": "Cases",
        "start": FIRST,
        "due": LAST,
        "measure": Measure("cases", "", 0, 100, 0),
    }
    return goals.add(db, now=NOW, **(given | fields))


def captured(db: Store, line: str, day: date = DAY) -> str:
    """Write ``line`` down as the shell does; its handle."""
    found = parse(line, today=DAY, resolve=lambda name: refs.resolve(db, name))
    return file_capture(db, found, day=day, now=NOW, timed=day == DAY).handle


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 1e308, -1e16])
def test_a_measure_can_be_counted_with(store: Store, value: float) -> None:
    goal = cases(store)
    with pytest.raises(Usage, match="15 digits"):
        goals.check_in(store, goal, value, day=DAY, now=NOW)
    with pytest.raises(Usage, match="15 digits"):
        cases(store, measure=Measure("cases", "", 0, value, 0))
    assert goals.get(store, goal.id) == goal


def test_a_goal_does_not_last_for_ever(store: Store) -> None:
    with pytest.raises(Usage, match="ten years"):
        cases(store, due=date.max)
    goal = cases(store)
    with pytest.raises(Usage, match="ten years"):
        goals.edit(store, goal, NOW, start=date.min)


def test_a_word_alone_does_not_move_the_measure(store: Store) -> None:
    goal = goals.check_in(store, cases(store), 10, day=DAY, now=NOW)
    captured(store, "+ five more @G1 n:5", DAY - timedelta(days=1))
    goal = goals.check_in(store, goal, None, day=DAY, now=NOW, note="steady")
    assert goal.measure is not None
    assert goal.measure.now == 15


def test_what_is_added_for_an_earlier_day_is_not_lost(store: Store) -> None:
    goal = goals.check_in(store, cases(store), 10, day=DAY, now=NOW)
    captured(store, "+ five more @G1 n:5", DAY - timedelta(days=1))
    early = DAY - timedelta(days=9)
    goal = goals.check_in(store, goal, 2, day=early, now=NOW)
    assert goal.measure is not None
    assert goal.measure.now == 15


def test_a_number_that_stays_in_the_text_is_told_with_it(store: Store) -> None:
    cases(store, measure=None)
    line = parse(
        "+ five more @G1 n:5", today=DAY, resolve=lambda name: refs.resolve(store, name)
    )
    filed = file_capture(store, line, day=DAY, now=NOW)
    assert entries.get(store, filed.handle).text == line.text == "five more @G1 n:5"


def test_a_promise_moved_elsewhere_keeps_that_move(store: Store) -> None:
    seen = matters.add(store, title="list", kind="promise", day=DAY, now=NOW, due=DAY)
    later = [DAY + timedelta(days=n) for n in (3, 6)]
    matters.move(store, seen, later[0], None, NOW)
    moved = matters.move(store, seen, later[1], DAY, NOW)
    assert [move.old_due for move in moved.moves] == [DAY, later[0]]


def test_what_is_closed_is_not_closed_again(store: Store) -> None:
    matter = matters.add(store, title="list", day=DAY, now=NOW, due=DAY)
    matters.done(store, matter, DAY, NOW)
    with pytest.raises(Refused, match="reopen M1"):
        matters.done(store, matter, DAY + timedelta(days=9), NOW)
    with pytest.raises(Refused, match="reopen M1"):
        matters.drop(store, matter, DAY, None, NOW)
    assert matters.get(store, "M1").closed_on == DAY


def test_a_goal_ends_once(store: Store) -> None:
    goal = cases(store)
    goals.finish(store, goal, NOW)
    with pytest.raises(Refused, match="--state active"):
        goals.release(store, goal, "why", "who", NOW)
    with pytest.raises(Refused, match="still open"):
        goals.carry(store, goal, 2025, FIRST, LAST, NOW)


def test_carrying_over_is_one_step(store: Store) -> None:
    leader = people.add(store, alias="Director", now=NOW)
    served = priorities.add(store, leader, text="No complaints", now=NOW)
    goal = goals.add_milestone(store, cases(store), "Map", None, NOW)
    goal = goals.serve(store, goal, served.id, "by sorting", NOW)
    before = goals.get(store, goal.id)
    start, due = date(2025, 1, 1), date(2025, 12, 31)
    fresh = goals.carry(store, goal, 2025, start, due, NOW)
    kept = goals.get(store, fresh.id)
    step = history.undo(store, NOW)
    assert step is not None
    assert set(step.handles) == {"G1", "G2", "G2.1"}
    assert goals.get(store, goal.id).state == "active"
    assert goals.get(store, goal.id).serves == before.serves
    with pytest.raises(NotFound):
        goals.get(store, fresh.id)
    assert history.redo(store, NOW) is not None
    assert goals.get(store, fresh.id).milestones == kept.milestones
    assert goals.get(store, goal.id).state == "carried"


def test_a_milestone_taken_away_elsewhere_is_not_ticked(store: Store) -> None:
    goal = goals.add_milestone(store, cases(store), "Map", None, NOW)
    number = goal.milestones[0].id
    goals.remove_milestone(store, goal, number, NOW)
    with pytest.raises(NotFound):
        goals.tick(store, goal, number, DAY, NOW)


@pytest.mark.parametrize("alias", ["L1", "G2.3", "p9"])
def test_an_alias_is_no_handle(store: Store, alias: str) -> None:
    with pytest.raises(Usage, match="handle"):
        people.add(store, alias=alias, now=NOW)


def test_an_alias_is_tidy_however_it_is_changed(store: Store) -> None:
    person = people.add(store, alias="Director", now=NOW)
    person = people.edit(store, person, NOW, alias="  DIRECTOR ")
    assert person.alias == "DIRECTOR"
    people.add(store, alias="Deputy", now=NOW)
    with pytest.raises(Usage, match="already"):
        people.edit(store, person, NOW, alias="deputy")


def test_a_leader_in_the_trash_answers_for_nothing(store: Store) -> None:
    leader = people.add(store, alias="Director", now=NOW)
    priorities.add(store, leader, text="No complaints", now=NOW)
    trash.remove(store, leader.id, NOW)
    assert priorities.ls(store) == []


def test_a_year_is_not_mistaken_for_its_id(store: Store) -> None:
    kept = years.save(store, 2024, NOW, theme="Fewer, finished")
    assert years.get(store, kept.id).theme == ""
    years.save(store, kept.id, NOW, theme="The first year of all")
    assert years.get(store, 2024).theme == "Fewer, finished"
    assert refs.find(store, kept.handle) == kept


def test_nothing_that_cannot_be_kept_gets_in(store: Store) -> None:
    text = "one\0 two\udcff three\r\n"
    person = people.add(
        store, alias="Boss", now=NOW, style={"depth": Belief("a\0b \\u0000", "seen")}
    )
    assert person.style["depth"].text == "ab \\u0000"
    entry = entries.add(store, text=text, day=DAY, now=NOW)
    assert entry.text == "one two\ufffd three\n"
    goal = goals.add_milestone(store, cases(store), "st\0ep", None, NOW)
    assert goal.milestones[0].title == "step"
    goals.check_in(store, goal, None, day=DAY, now=NOW, note="no\0te")
    assert [c.note for c in goals.check_ins(store, goal)] == ["", "note"]


@pytest.mark.parametrize("time", ["²²:³³", "9:30", "24:00", "12:60", "１２:00"])
def test_a_time_of_day_is_written_plainly(store: Store, time: str) -> None:
    with pytest.raises(Usage, match="time of day"):
        events.add(store, title="talk", starts_on=DAY, now=NOW, time=time)


def calendar(db: Store) -> WorkCalendar:
    return work_calendar(db, Settings("", {}), "en", DAY)


def test_leave_may_last_to_the_end_of_time(store: Store) -> None:
    events.add(store, title="leave", kind="leave", starts_on=date.max, now=NOW)
    assert calendar(store).kind(date.max) == "leave"


def test_years_far_off_are_not_remembered(store: Store, now: datetime) -> None:
    found = calendar(store)
    assert found.count(date.min, date.max) > 2_000_000
    kept = store.read("SELECT count(*) FROM meta WHERE key LIKE 'workyear:%'")
    assert kept[0][0] <= 201


def test_a_remembered_year_that_cannot_be_read_is_made_again(store: Store) -> None:
    assert calendar(store).count(FIRST, LAST) == 262
    with store.write("break", NOW):
        store.conn.execute(
            "UPDATE meta SET value = '2024-09\nnonsense' WHERE key LIKE 'workyear:%'"
        )
    assert calendar(store).count(FIRST, LAST) == 262


def test_a_question_cannot_be_passed_over_where_nothing_is_kept(store: Store) -> None:
    with store.write("ask", NOW):
        store.conn.execute(
            "INSERT INTO asked (day, prompt, lens, cadence, turn, why, state) "
            "VALUES (?, 'x-1', 'course', 'daily', 0, '', 'planned')",
            (DAY.isoformat(),),
        )
    store.readonly, store.notice = True, "only read"
    with pytest.raises(ReadOnly, match="only read"):
        asked.mark(store, asked.on_day(store, DAY)[0], "skipped")
