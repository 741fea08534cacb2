"""History by trigger, undo and redo, trash and purge."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import given
from hypothesis import strategies as st

from plannertui import i18n
from plannertui.core.errors import NotFound, Refused
from plannertui.core.goals import Measure
from plannertui.store import (
    entries,
    goals,
    history,
    matters,
    people,
    priorities,
    search,
    trash,
)
from plannertui.store.open import Store, open_store
from plannertui.store.triggers import HISTORY
from tests.conftest import NOW

TODAY = NOW.date()


def contents(db: Store) -> dict[str, list[Any]]:
    """Everything kept in history, without what only ever grows."""
    found = {}
    for table in HISTORY:
        names = [row[1] for row in db.read(f"PRAGMA table_info({table})")]
        kept = ", ".join(f'"{n}"' for n in names if n not in ("rev", "updated_at"))
        found[table] = db.read(f"SELECT {kept} FROM {table} ORDER BY id")
    found["fts"] = db.read("SELECT rowid FROM fts WHERE fts MATCH 'word' ORDER BY 1")
    return found


def act(db: Store, number: int) -> None:
    """One of the things a user does; the number says which and on what."""
    what, which = number % 9, number // 9
    count = db.read("SELECT count(*) FROM entry")[0][0]
    entry = f"J{which % count + 1}" if count else None
    if what == 0 or entry is None:
        entries.add(db, text=f"word {number}", day=TODAY, now=NOW, tags=[f"t{which}"])
    elif what == 1:
        entries.edit(db, entries.get(db, entry), NOW, text=f"word again {number}")
    elif what == 2:
        trash.remove(db, entries.get(db, entry).id, NOW)
    elif what == 3:
        goals.add(
            db,
            year=2024,
            title=f"word goal {number}",
            start=TODAY,
            due=TODAY,
            now=NOW,
            measure=Measure("cases", "", 0, 10, 0),
        )
    elif what == 4:
        matters.add(db, title=f"word {number}", kind="promise", day=TODAY, now=NOW)
    elif what == 5:
        entries.edit(db, entries.get(db, entry), NOW, tags=["other", f"t{which}"])
    elif what == 6:
        for goal in goals.ls(db, 2024)[:1]:
            goals.add_milestone(db, goal, "step", None, NOW)
    elif what == 7:
        for goal in goals.ls(db, 2024)[:1]:
            goals.check_in(db, goal, float(which), day=TODAY, now=NOW)
    else:
        trash.restore(db, entries.get(db, entry).id, NOW)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12), st.integers(0, 12))
def test_undo_and_redo_give_back_every_state(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int], back: int
) -> None:
    path = tmp_path_factory.mktemp("undo") / "planner.db"
    db = open_store(str(path), now=NOW)
    states = [contents(db)]
    for step in steps:
        act(db, step)
        if (after := contents(db)) != states[-1]:
            states.append(after)
    for _ in range(min(back, len(states) - 1)):
        place = states.index(contents(db))
        while contents(db) == states[place]:
            assert history.undo(db, NOW) is not None
    db.close()
    db = open_store(str(path), now=NOW)
    while history.redo(db, NOW):
        assert contents(db) in states
    assert contents(db) == states[-1]
    while history.undo(db, NOW):
        assert contents(db) in states
    assert contents(db) == states[0]
    assert db.read("PRAGMA integrity_check") == [("ok",)]
    assert db.read("PRAGMA foreign_key_check") == []
    db.close()


def test_undo_says_what_it_took_back(store: Store, now: datetime) -> None:
    entries.add(store, text="first", day=TODAY, now=now, kind="win")
    trash.remove(store, entries.get(store, "J1").id, now)
    assert history.undo(store, now) == history.Step("remove J1", ("J1",))
    assert history.undo(store, now) == history.Step("write win", ("J1",))
    assert history.undo(store, now) is None
    assert history.redo(store, now) == history.Step("write win", ("J1",))


def test_what_is_taken_back_is_named_in_the_language(
    store: Store, now: datetime
) -> None:
    i18n.use("zh_Hans")
    entries.add(store, text="窗口", day=TODAY, now=now, kind="win")
    assert history.undo(store, now) == history.Step("写下成绩", ("J1",))
    assert history.words("capture {what}\twarn") == "记下提前说"
    assert history.words("remove {what}\tJ1") == "移除 J1"


def test_what_is_done_after_an_undo_ends_the_redo(store: Store, now: datetime) -> None:
    entries.add(store, text="first", day=TODAY, now=now)
    history.undo(store, now)
    entries.add(store, text="second", day=TODAY, now=now)
    assert history.redo(store, now) is None
    assert entries.get(store, "J2").text == "second"


def test_handles_are_not_given_out_twice(store: Store, now: datetime) -> None:
    entries.add(store, text="first", day=TODAY, now=now)
    history.undo(store, now)
    assert entries.add(store, text="second", day=TODAY, now=now).handle == "J2"
    trash.remove(store, entries.get(store, "J2").id, now)
    trash.purge(store, entries.get(store, "J2").id, now)
    assert entries.add(store, text="third", day=TODAY, now=now).handle == "J3"


def test_undo_reaches_across_connections(store: Store, now: datetime) -> None:
    other = open_store(store.path, now=now)
    entries.add(other, text="from the shell", day=TODAY, now=now)
    other.close()
    assert history.undo(store, now) == history.Step("write note", ("J1",))


def test_history_is_append_only(store: Store, now: datetime) -> None:
    entries.add(store, text="first", day=TODAY, now=now)
    for sql in ("UPDATE revision SET op = 'x'", "DELETE FROM revision"):
        with pytest.raises(driver.IntegrityError, match="append-only"):
            store.conn.execute(sql)


def test_bulk_sql_is_in_the_history_too(store: Store, now: datetime) -> None:
    for number in range(50):
        entries.add(store, text=f"entry {number}", day=TODAY, now=now)
    store.conn.execute("UPDATE entry SET share = 'ready'")
    rows = store.read(
        "SELECT count(*) FROM revision WHERE op = 'update' AND group_id IS NULL"
    )
    assert rows == [(50,)]


def test_the_log_tells_every_version(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="one", day=TODAY, now=now)
    entry = entries.edit(store, entry, now, text="two")
    entries.edit(store, entry, now, text="three")
    log = history.log(store, entry.id)
    assert [(r.op, r.before and r.before["text"]) for r in log] == [
        ("insert", None),
        ("update", "one"),
        ("update", "two"),
    ]


def test_trash_hides_and_gives_back(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="a word to hide", day=TODAY, now=now)
    trash.remove(store, entry.id, now)
    assert search.search(store, "hide") == []
    assert [item.handle for item in trash.ls(store)] == ["J1"]
    trash.restore(store, entry.id, now)
    assert [hit.item.handle for hit in search.search(store, "hide")] == ["J1"]
    assert trash.ls(store) == []


def test_purge_leaves_no_trace_of_the_text(store: Store, now: datetime) -> None:
    leader = people.add(store, alias="Director", now=now)
    secret = "canary-" + "x" * 8
    entry = entries.add(store, text=secret, day=TODAY, now=now, links=[leader.id])
    entry = entries.edit(store, entry, now, text=secret + " again", tags=["quiet"])
    trash.remove(store, entry.id, now)
    trash.purge(store, entry.id, now)
    with pytest.raises(NotFound):
        entries.get(store, "J1")
    for table in ("entry", "revision", "link", "tag"):
        assert secret not in str(store.read(f"SELECT * FROM {table}"))
    while history.undo(store, now):
        pass
    assert store.read("SELECT * FROM entry") == []


def test_only_what_lies_in_the_trash_is_purged(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="kept", day=TODAY, now=now)
    with pytest.raises(Refused, match="not in the trash"):
        trash.purge(store, entry.id, now)
    assert entries.get(store, "J1") == entry


def test_purging_a_leader_takes_what_hung_on_them(store: Store, now: datetime) -> None:
    leader = people.add(store, alias="Director", now=now)
    priority = priorities.add(store, leader, text="No complaints", now=now)
    goal = goals.add(store, year=2024, title="Backlog", start=TODAY, due=TODAY, now=now)
    goals.serve(store, goal, priority.id, "by sorting", now)
    matters.add(
        store, title="list", kind="promise", day=TODAY, now=now, person_id=leader.id
    )
    trash.remove(store, leader.id, now)
    trash.purge(store, leader.id, now)
    assert goals.get(store, "G1").serves == ()
    assert matters.get(store, "M1").person is None
    assert store.read("PRAGMA foreign_key_check") == []
