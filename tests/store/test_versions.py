"""Versions of every noun out of its history, and each of them brought back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.core.errors import NotFound, Refused, Usage
from plannertui.store import bringback, entries, events, goals, matters, people, trash
from plannertui.store.history import redo, undo
from plannertui.store.versions import find

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from plannertui.core.entries import Entry
    from plannertui.store.open import Store
    from plannertui.store.versions import Versions

DAY = date(2024, 9, 14)


@pytest.fixture
def later(now: datetime) -> Iterator[Any]:
    """A clock that goes on a minute each time."""
    return iter(now + timedelta(minutes=minute) for minute in range(1, 99))


def texts(found: Versions) -> list[str]:
    return [version.fields.get("text", "-") for version in found.every]


def back(db: Store, name: str, number: int, now: datetime) -> bringback.Back:
    return bringback.bring_back(db, find(db, name), number, now)


def content(db: Store, entry: Entry) -> tuple[Any, ...]:
    read = entries.get(db, entry.id)
    return (read.text, read.day, tuple(read.tags), tuple(r.id for r in read.refs))


def test_every_version_says_what_was_read_after_its_action(
    store: Store, now: datetime, later: Iterator[datetime]
) -> None:
    boss = people.add(store, alias="director", relation="leader", now=now)
    entry = entries.add(store, text="one", day=DAY, tags=["a"], now=now)
    seen = [content(store, entry)]
    changes: tuple[dict[str, Any], ...] = (
        {"text": "one two"},
        {"tags": ["b", "a"]},
        {"links": [boss.id], "text": "one two three"},
        {"tags": []},
        {"day": DAY - timedelta(days=3), "links": []},
    )
    for change in changes:
        read = entries.get(store, entry.id)
        entries.edit(store, read, next(later), **change)
        seen.append(content(store, entry))
    found = find(store, entry.handle)
    assert texts(found) == [text for text, *_rest in seen]
    for version, (_text, day, tags, refs) in zip(found.every, seen, strict=True):
        assert version.fields["day"] == day.isoformat()
        assert set(version.fields.get("tags", "").split()) == {f"#{t}" for t in tags}
        assert bool(version.fields.get("refs")) == bool(refs)
    for number in (1, 4, 2, 6, 3, 5):
        back(store, entry.handle, number, next(later))
        text, day, tags, refs = content(store, entry)
        was = seen[number - 1]
        assert (text, day, set(tags), refs) == (was[0], was[1], set(was[2]), was[3])
    # Numbers of versions mean the same for ever.
    assert texts(find(store, entry.handle))[:6] == [text for text, *_rest in seen]


def test_bringing_back_is_one_step_to_undo(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="one", day=DAY, tags=["a"], now=now)
    entries.edit(store, entry, now, text="two", tags=["b"])
    done = back(store, entry.handle, 1, now)
    assert {change.field for change in done.changes} == {"text", "tags"}
    assert content(store, entry)[0] == "one"
    step = undo(store, now)
    assert step is not None
    assert "J1@1" in step.label
    assert content(store, entry) == ("two", DAY, ("b",), ())
    redo(store, now)
    assert content(store, entry)[0] == "one"


def test_what_it_says_already_is_no_action(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="one", day=DAY, now=now)
    assert back(store, entry.handle, 1, now).nothing
    assert len(find(store, entry.handle).every) == 1


def test_a_version_of_what_lies_in_the_trash(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="one", day=DAY, now=now)
    entries.edit(store, entry, now, text="two")
    trash.remove(store, entry.id, now)
    found = find(store, entry.handle)
    assert [version.trashed for version in found.every] == [False, False, True]
    done = back(store, entry.handle, 1, now)
    assert done.untrashed
    assert entries.get(store, entry.id).deleted_at is None
    assert content(store, entry)[0] == "one"
    # The version that was made by removing it says the words, and takes nothing away.
    back(store, entry.handle, 3, now)
    assert entries.get(store, entry.id).deleted_at is None
    assert content(store, entry)[0] == "two"


def test_what_was_unmade_by_undo_comes_back(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="one", day=DAY, tags=["a"], now=now)
    undo(store, now)
    found = find(store, entry.handle)
    assert found.last.values is None
    assert back(store, entry.handle, 1, now).untrashed
    assert content(store, entry) == ("one", DAY, ("a",), ())
    with pytest.raises(Refused):
        back(store, entry.handle, 2, now)


def test_what_was_purged_is_said_to_be_gone(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="one", day=DAY, now=now)
    trash.remove(store, entry.id, now)
    trash.purge(store, entry.id, now)
    with pytest.raises(NotFound, match="erased for good"):
        find(store, entry.handle)
    with pytest.raises(NotFound, match="no J7 here"):
        find(store, "J7")


def test_links_to_what_was_purged_stay_away(store: Store, now: datetime) -> None:
    boss = people.add(store, alias="director", relation="leader", now=now)
    goal = goals.add(store, year=2024, title="g", start=DAY, due=DAY, now=now)
    matter = matters.add(
        store,
        kind="task",
        title="old",
        day=DAY,
        person_id=boss.id,
        goal_id=goal.id,
        now=now,
    )
    matters.edit(store, matter, now, title="new", person_id=None, goal_id=None)
    trash.remove(store, goal.id, now)
    trash.purge(store, goal.id, now)
    done = back(store, matter.handle, 1, now)
    read = matters.get(store, matter.id)
    assert (read.title, read.goal) == ("old", None)
    assert read.person is not None
    assert read.person.id == boss.id
    assert done.stays


def test_a_promise_keeps_its_day_and_its_moves(store: Store, now: datetime) -> None:
    due = DAY + timedelta(days=3)
    matter = matters.add(store, kind="promise", title="list", day=DAY, due=due, now=now)
    matters.move(store, matter, due + timedelta(days=4), told_on=DAY, now=now)
    done = back(store, matter.handle, 1, now)
    read = matters.get(store, matter.id)
    assert (read.due, len(read.moves)) == (due + timedelta(days=4), 1)
    assert "ptui move M1" in done.stays[0]


def test_what_is_private_now_stays_private(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="one", day=DAY, now=now)
    entry = entries.edit(store, entry, now, share="ready")
    entries.edit(store, entry, now, share="private", text="two")
    done = back(store, entry.handle, 2, now)
    read = entries.get(store, entry.id)
    assert (read.text, read.share) == ("one", "private")
    assert "ptui ready J1" in done.stays[0]


def test_the_words_of_a_boundary_record_are_in_no_version(
    store: Store, now: datetime
) -> None:
    matter = matters.add(store, kind="task", title="sign", day=DAY, now=now)
    record = {"words": "sign it for me", "recorded_on": DAY.isoformat()}
    matters.edit(store, matter, now, nature="grey", boundary=record)
    found = find(store, matter.handle)
    assert "sign it for me" not in json.dumps([v.fields for v in found.every])
    assert found.last.boundary
    assert not found.every[0].boundary
    back(store, matter.handle, 1, now + timedelta(days=2))
    kept = matters.get(store, matter.id)
    assert (kept.nature, (kept.boundary or {})["words"]) == (
        "official",
        "sign it for me",
    )


def test_an_alias_that_somebody_else_has_now(store: Store, now: datetime) -> None:
    first = people.add(store, alias="chief", relation="leader", now=now, name="Wang")
    people.edit(store, first, now, alias="old chief")
    people.add(store, alias="chief", relation="leader", now=now)
    with pytest.raises(Usage, match="already somebody"):
        back(store, first.handle, 1, now)
    assert "Wang" not in json.dumps([v.fields for v in find(store, "L1").every])
    assert find(store, "L1", names=True).last.fields["name"] == "Wang"


def test_a_goal_keeps_what_was_measured(store: Store, now: datetime) -> None:
    from plannertui.core.goals import Measure

    goal = goals.add(
        store,
        year=2024,
        title="cases",
        start=DAY,
        due=DAY,
        now=now,
        measure=Measure("cases", "", 0, 40, 0),
    )
    goal = goals.edit(store, goal, now, title="old cases")
    goal = goals.check_in(store, goal, 12, day=DAY, now=now)
    back(store, goal.handle, 1, now)
    read = goals.get(store, goal.id)
    assert read.measure is not None
    assert (read.title, read.measure.now) == ("cases", 12)


def test_a_milestone_has_versions_of_its_own(store: Store, now: datetime) -> None:
    goal = goals.add(store, year=2024, title="g", start=DAY, due=DAY, now=now)
    goal = goals.add_milestone(store, goal, "half", DAY, now)
    step = goal.milestones[0]
    goals.edit_milestone(store, goal, step.id, now, title="third", due=DAY)
    goals.remove_milestone(store, goal, step.id, now)
    back(store, step.handle, 1, now)
    assert [m.title for m in goals.get(store, goal.id).milestones] == ["half"]


def test_a_day_that_is_a_row_of_its_own_stays_out_of_the_rule(
    store: Store, now: datetime
) -> None:
    from plannertui.store import occurrences, repeating

    event = events.add(
        store,
        kind="meeting",
        title="weekly",
        starts_on=DAY,
        ends_on=DAY,
        repeat="FREQ=WEEKLY",
        now=now,
    )
    slot = DAY + timedelta(days=7)
    second = occurrences.on_day(store, event, slot)
    repeating.change_one(store, second, now, title="moved")
    back(store, event.handle, 1, now)
    assert slot in events.get(store, event.id).skipped


def test_rows_from_before_any_history(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="one", day=DAY, now=now)
    store.conn.execute("INSERT INTO purging (id) VALUES (1)")
    store.conn.execute("DELETE FROM revision")
    store.conn.execute("DELETE FROM purging")
    found = find(store, entry.handle)
    assert (len(found.every), texts(found)) == (1, ["one"])
    entries.edit(store, entry, now, text="two")
    assert texts(find(store, entry.handle)) == ["one", "two"]
