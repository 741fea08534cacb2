"""Erasing for good: what is left of it, in the tables, in the file, for undo."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from plannertui.core.errors import Refused
from plannertui.core.goals import Goal, Measure
from plannertui.store import (
    asked,
    entries,
    goals,
    history,
    matters,
    people,
    priorities,
    trash,
    years,
)
from plannertui.store.open import Store
from tests.conftest import NOW

TODAY = NOW.date()
CANARY = "canary"


def everything(db: Store) -> str:
    """All rows of all tables, as one text."""
    tables = db.read(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'fts%'"
    )
    return "\n".join(str(db.read(f"SELECT * FROM {name}")) for (name,) in tables)


def in_file(db: Store) -> bool:
    """Whether the word is anywhere in the file or its log."""
    folder = Path(db.path).parent
    found = b"".join(p.read_bytes() for p in folder.iterdir()).lower()
    return CANARY.encode() in found


def goal_with_a_past(db: Store, now: datetime) -> Goal:
    """A goal whose step was removed, whose check-in was undone, and one that stays."""
    goal = goals.add(
        db,
        year=2024,
        title=f"{CANARY} goal",
        start=date(2024, 1, 1),
        due=date(2024, 12, 31),
        now=now,
        measure=Measure(f"{CANARY} cases", "", 0, 10, 0),
    )
    goal = goals.add_milestone(db, goal, f"{CANARY} step", None, now)
    goals.remove_milestone(db, goal, goal.milestones[0].id, now)
    goals.check_in(db, goal, 3, day=TODAY, now=now, note=f"{CANARY} note")
    history.undo(db, now)
    return goals.get(db, goal.id)


def test_nothing_of_it_is_left(store: Store, now: datetime) -> None:
    leader = people.add(store, alias=f"{CANARY} boss", name=f"{CANARY} name", now=now)
    priority = priorities.add(store, leader, text=f"{CANARY} priority", now=now)
    goal = goal_with_a_past(store, now)
    goals.serve(store, goal, priority.id, f"{CANARY} how", now)
    entry = entries.add(store, text=f"{CANARY} text", day=TODAY, now=now, tags=[CANARY])
    entries.edit(store, entry, now, text=f"{CANARY} words", tags=[])
    entries.add(store, text="something else", day=TODAY, now=now)
    gone = [leader.id, goal.id, entry.id]
    for number in gone:
        trash.remove(store, number, now)
    assert in_file(store)
    trash.purge(store, gone, now)
    assert CANARY not in everything(store).lower()
    assert not in_file(store)
    assert store.read("SELECT text FROM entry") == [("something else",)]


def test_purging_is_no_step_to_take_back(store: Store, now: datetime) -> None:
    leader = people.add(store, alias="Director", now=now)
    priority = priorities.add(store, leader, text="No complaints", now=now)
    goal = goals.add(store, year=2024, title="Backlog", start=TODAY, due=TODAY, now=now)
    goals.serve(store, goal, priority.id, "by sorting", now)
    matters.add(store, title="list", day=TODAY, now=now, person_id=leader.id)
    trash.remove(store, leader.id, now)
    trash.purge(store, leader.id, now)
    step = history.undo(store, now)
    assert step is not None
    assert step.handles == ("M1",)
    while history.undo(store, now):
        pass
    for table in ("matter", "goal", "serve", "priority", "person", "link"):
        assert store.read(f"SELECT * FROM {table}") == [], table
    assert store.read("PRAGMA foreign_key_check") == []


def test_the_history_of_others_stays(store: Store, now: datetime) -> None:
    """The id of a tag that is gone is given to the tag of another entry."""
    one = entries.add(store, text="one", day=TODAY, now=now, tags=["zanzibar"])
    entries.edit(store, one, now, tags=[])
    two = entries.add(store, text="two", day=TODAY, now=now, tags=["second"])
    two = entries.edit(store, two, now, tags=[])
    trash.remove(store, one.id, now)
    trash.purge(store, one.id, now)
    history.undo(store, now)
    assert entries.get(store, two.id).tags == ("second",)
    assert "zanzibar" not in everything(store)


def test_all_are_purged_or_none(store: Store, now: datetime) -> None:
    one = entries.add(store, text="one", day=TODAY, now=now)
    two = entries.add(store, text="two", day=TODAY, now=now)
    trash.remove(store, one.id, now)
    with pytest.raises(Refused):
        trash.purge(store, [one.id, two.id], now)
    assert entries.get(store, one.id).text == "one"


def test_why_a_question_was_asked_is_forgotten_with_what_it_was_about(
    store: Store, now: datetime
) -> None:
    matter = matters.add(
        store, title=f"{CANARY} errand", day=TODAY, now=now, nature="grey"
    )
    with store.write("ask", now):
        store.conn.execute(
            "INSERT INTO asked (day, prompt, lens, cadence, turn, trigger, instance, "
            "why, state) VALUES (?, 'x-1', 'course', 'daily', 0, 'boundary_open', ?, ?, "
            "'planned')",
            (TODAY.isoformat(), matter.handle, f"en\nWhat now?\n{CANARY} errand"),
        )
    trash.remove(store, matter.id, now)
    trash.purge(store, matter.id, now)
    assert [one.why for one in asked.on_day(store, TODAY)] == [""]
    assert CANARY not in everything(store)


def test_a_year_is_emptied_not_removed(store: Store, now: datetime) -> None:
    year = years.save(store, 2024, now, theme="Fewer, finished")
    with pytest.raises(Refused, match="--theme none"):
        trash.remove(store, year.id, now)
    assert years.get(store, 2024).theme == "Fewer, finished"
