"""Stores that older versions made: every step, with rows that were there before it."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from plannertui.core.errors import StoreError
from plannertui.core.matters import counted_on
from plannertui.core.priorities import Check
from plannertui.store import (
    backups,
    entries,
    events,
    history,
    matters,
    migrations,
    people,
    priorities,
    search,
    triggers,
)
from plannertui.store.open import SCHEMA, open_store
from tests.store import older


@pytest.fixture
def first(tmp_path: Path) -> str:
    """A store of schema 1 with a leader, a priority, a promise, a talk and a note."""
    path = str(tmp_path / "planner.db")
    older.first(path)
    return path


def test_a_store_of_the_first_schema_keeps_every_row(first: str, now: datetime) -> None:
    db = open_store(first, now=now)
    try:
        assert db.conn.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
        assert not triggers.missing(db.conn)
        assert people.get(db, 1).alias == "Director"
        assert priorities.get(db, 2).checks == ()
        assert matters.get(db, 3).due == date(2024, 9, 20)
        assert matters.get(db, 3).priority_id is None
        talk = events.get(db, 4)
        assert (talk.title, talk.follow_up, talk.series_id) == ("talk", {}, None)
        assert talk.slot_on is None
        assert entries.get(db, 5).text == "窗口很安静"
        assert entries.get(db, 5).revisit_on is None
    finally:
        db.close()


def test_the_store_before_it_is_kept_as_a_backup(first: str, now: datetime) -> None:
    open_store(first, now=now).close()
    (kept,) = backups.ls(first)
    assert (kept.handle, kept.why, kept.state) == ("B1", "migration", "whole")
    assert os.stat(kept.path).st_mode & 0o777 == 0o600
    conn = driver.connect(kept.path)
    assert conn.execute("PRAGMA user_version").fetchone()[0] == 1
    assert conn.execute("SELECT text FROM entry").fetchone()[0] == "窗口很安静"
    conn.close()


def test_a_step_that_fails_names_the_backup(
    first: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_conn: object) -> None:
        raise driver.OperationalError("no such column: x")

    monkeypatch.setattr(migrations, "migrate", fails)
    with pytest.raises(StoreError, match=r"no such column: x.*planner-000001-"):
        open_store(first, now=now)
    monkeypatch.undo()
    db = open_store(first, now=now)
    assert entries.get(db, 5).text == "窗口很安静"
    db.close()


def test_what_was_done_before_it_can_be_undone_after_it(
    first: str, now: datetime
) -> None:
    db = open_store(first, now=now)
    try:
        belief = priorities.get(db, 2)
        check = Check(date(2024, 9, 14), "guess", "no")
        priorities.edit(db, belief, now, basis="said", checks=[check])
        assert priorities.get(db, 2).checks == (check,)
        history.undo(db, now)
        assert priorities.get(db, 2).checks == ()
        history.undo(db, now)
        assert db.read("SELECT count(*) FROM entry") == [(0,)]
        history.redo(db, now)
        assert entries.get(db, 5).text == "窗口很安静"
    finally:
        db.close()


@pytest.fixture
def second(tmp_path: Path) -> str:
    """That store as the second version left it: the talk begins a series."""
    older.second(str(tmp_path / "planner.db"))
    return str(tmp_path / "planner.db")


def test_a_store_of_the_second_schema_keeps_its_events(
    second: str, now: datetime
) -> None:
    db = open_store(second, now=now)
    try:
        assert db.conn.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
        assert not triggers.missing(db.conn)
        talk = events.get(db, 4)
        assert (talk.repeat, talk.series_id, talk.slot_on) == (
            "weekly",
            4,
            date(2024, 9, 19),
        )
        assert (talk.skipped, talk.extra, talk.reminders) == ((), (), ())
        assert (talk.last_on, talk.place, talk.url) == (None, "", "")
        assert db.read("SELECT * FROM foreign_item") == []
        assert counted_on(matters.get(db, 3)) == (date(2024, 9, 3),)
        assert [hit.item.handle for hit in search.search(db, "seven")] == ["E1"]
        history.undo(db, now)
        assert events.get(db, 4).repeat == ""
    finally:
        db.close()
    assert [kept.why for kept in backups.ls(second)] == ["migration"]
