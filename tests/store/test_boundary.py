"""A boundary record is append-only in the store itself, and closes by a decision alone."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as driver

from plannertui.core.boundary import add_words, decide
from plannertui.core.errors import BadFile, PlannerError, Refused
from plannertui.core.matters import Matter
from plannertui.store import dump, history, items, matters, search, trash
from plannertui.store.merge import import_all
from plannertui.store.open import Store, open_store

DAY = date(2024, 9, 14)
LATER = timedelta(days=2)
DECIDED = {"decision": "declined", "decided_on": "2024-09-14"}


def recorded(db: Store, now: datetime, words: str = "take him home") -> Matter:
    """A grey matter with words of today."""
    matter = matters.add(db, title="errand", day=DAY, now=now, nature="grey")
    return matters.edit(db, matter, now, boundary=add_words(None, words, DAY))


def words_of(db: Store, matter: Matter) -> Any:
    return (matters.get(db, matter.id).boundary or {}).get("words")


@pytest.mark.parametrize(
    "boundary",
    [
        None,
        {},
        {"decision": "did"},
        {"words": ""},
        {"words": "take him hom"},
        {"words": "Take him home"},
        {"words": "take him home", "recorded_on": "2024-09-16", "fixed": 0},
        {"words": "take him home", "recorded_on": "2999-01-01"},
    ],
)
def test_no_edit_takes_back_the_words_of_an_earlier_day(
    store: Store, now: datetime, boundary: dict[str, Any] | None
) -> None:
    matter = recorded(store, now)
    with pytest.raises(Refused, match="stays as it is"):
        matters.edit(store, matter, now + LATER, boundary=boundary)
    assert words_of(store, matter) == "take him home"


def test_more_words_and_a_decision_can_be_added(store: Store, now: datetime) -> None:
    matter = recorded(store, now)
    day = DAY + LATER
    more = decide(add_words(matter.boundary, "again", day), "did", day)
    matter = matters.edit(store, matter, now + LATER, boundary=more)
    assert words_of(store, matter) == "take him home\n2024-09-16: again"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE matter SET boundary = NULL",
        "UPDATE matter SET boundary = json_set(boundary, '$.words', 'nothing')",
        "UPDATE matter SET boundary = json_set(boundary, '$.recorded_on', '9999-01-01')",
        "UPDATE matter SET boundary = json_remove(boundary, '$.words')",
        "DELETE FROM matter",
        "INSERT OR REPLACE INTO matter (id, uid, created_at, updated_at, title, kind, day) "
        "SELECT id, uid, created_at, updated_at, title, kind, day FROM matter",
    ],
)
def test_no_statement_takes_them_back_either(
    store: Store, now: datetime, statement: str
) -> None:
    matter = recorded(store, now)
    with pytest.raises(driver.IntegrityError, match="append-only"):
        store.conn.execute(statement)
    with (
        pytest.raises(PlannerError),
        store.write("edit {what}", now + LATER, what="x"),
    ):
        store.conn.execute(statement)
    assert words_of(store, matter) == "take him home"


def test_on_the_same_day_undo_takes_them_back_and_redo_brings_them(
    store: Store, now: datetime
) -> None:
    matter = recorded(store, now)
    history.undo(store, now)
    assert words_of(store, matter) is None
    # The history has what was taken back.
    texts = [str(step.before) for step in history.log(store, matter.id)]
    assert any("take him home" in text for text in texts)
    history.redo(store, now + LATER)
    assert words_of(store, matter) == "take him home"
    assert not history.redo(store, now)


def test_after_midnight_it_is_the_same_evening(store: Store, now: datetime) -> None:
    late = now.replace(hour=23, minute=50)
    matter = recorded(store, late)
    history.undo(store, late + timedelta(hours=1))
    assert words_of(store, matter) is None


def test_later_undo_takes_back_all_but_the_words(store: Store, now: datetime) -> None:
    matter = recorded(store, now)
    day = DAY + LATER
    later = now + LATER
    matters.edit(store, matter, later, boundary=decide(matter.boundary, "did", day))
    matters.edit(store, matter, later, title="driver")
    for _n in range(2):
        history.undo(store, later)
    undecided = matters.get(store, matter.id)
    assert undecided.title == "errand"
    assert "decision" not in (undecided.boundary or {})
    # The words of Saturday, and the matter that has them, are not unmade on Monday.
    step = history.undo(store, later)
    assert step is not None
    assert step.said == "edit M1; what was recorded stays"
    assert words_of(store, matter) == "take him home"
    history.undo(store, later)
    unmade = matters.get(store, matter.id)
    assert (unmade.deleted_at is not None, words_of(store, matter)) == (
        True,
        "take him home",
    )
    assert history.undo(store, later) is None
    for _n in range(4):
        assert history.redo(store, later) is not None
    again = matters.get(store, matter.id)
    assert (again.title, again.deleted_at) == ("driver", None)
    assert (again.boundary or {})["decision"] == "did"
    assert words_of(store, matter) == "take him home"


def test_a_purge_is_the_one_way_out(store: Store, now: datetime) -> None:
    matter = recorded(store, now)
    trash.remove(store, matter.id, now + LATER)
    trash.purge(store, matter.id, now + LATER)
    assert store.read("SELECT count(*) FROM matter") == [(0,)]
    assert "take him" not in str(store.read("SELECT before FROM revision"))


def test_an_import_overwrites_no_record(store: Store, now: datetime) -> None:
    matter = recorded(store, now)
    told = dump.export_all(store, now=now)
    told["tables"]["matter"][0]["boundary"] = '{"words": "nothing at all"}'
    report = import_all(store, told, now + LATER)
    assert [clash.handle for clash in report.clashes] == [matter.handle]
    assert words_of(store, matter) == "take him home"


# -- closing ---------------------------------------------------------------------------


def grey(db: Store, now: datetime, **fields: Any) -> Matter:
    return matters.add(db, title="errand", day=DAY, now=now, nature="grey", **fields)


def test_every_way_to_close_asks_for_a_decision(store: Store, now: datetime) -> None:
    matter = grey(store, now)
    plain = matters.add(store, title="plain", day=DAY, now=now)
    plain = matters.done(store, plain, DAY, now)
    ways: tuple[Callable[[], Matter], ...] = (
        lambda: matters.done(store, matter, DAY, now),
        lambda: matters.drop(store, matter, DAY, None, now),
        lambda: matters.drop(store, matter, DAY, DAY, now),
        lambda: matters.edit(store, matter, now, state="done"),
        lambda: matters.edit(store, plain, now, nature="grey"),
        lambda: grey(store, now, state="done"),
        lambda: grey(store, now, state="dropped", boundary={"words": "x"}),
        lambda: grey(store, now, state="done", boundary={"decision": "maybe"}),
    )
    for close in ways:
        with pytest.raises(Refused):
            close()
    assert matters.get(store, matter.id).state == "open"
    assert matters.get(store, plain.id).nature == "official"


def test_a_closed_one_cannot_lose_its_decision(store: Store, now: datetime) -> None:
    matter = matters.done(store, grey(store, now, boundary=DECIDED), DAY, now)
    for boundary in (None, {}, {"words": "x"}):
        with pytest.raises(Refused, match="reopen"):
            matters.edit(store, matter, now, boundary=boundary)
    matter = matters.reopen(store, matter, now)
    assert matters.edit(store, matter, now, boundary=None).boundary is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE matter SET state = 'done' WHERE nature = 'grey'",
        "UPDATE matter SET nature = 'grey' WHERE state = 'done'",
        "INSERT INTO matter (id, uid, created_at, updated_at, title, kind, day, nature, "
        "state) VALUES (99, 'u', '', '', 'x', 'task', '2024-09-14', 'grey', 'dropped')",
    ],
)
def test_no_statement_closes_it(store: Store, now: datetime, statement: str) -> None:
    grey(store, now)
    matters.done(store, matters.add(store, title="x", day=DAY, now=now), DAY, now)
    with pytest.raises(driver.IntegrityError, match="decision"):
        store.conn.execute(statement)


@pytest.mark.parametrize("used", [False, True])
def test_no_import_brings_one_that_is_closed_without(
    store: Store, now: datetime, used: bool, tmp_path: Any
) -> None:
    matters.done(store, grey(store, now, boundary=DECIDED), DAY, now)
    sound = dump.export_all(store, now=now)
    forged = copy.deepcopy(sound)
    forged["tables"]["matter"][0]["boundary"] = '{"decision": ""}'
    other = open_store(str(tmp_path / "other.db"), now=now)
    try:
        if used:
            matters.add(other, title="here before", day=DAY, now=now)
        with pytest.raises(BadFile, match="contradicts"):
            import_all(other, forged, now)
        assert [m.nature for m in matters.ls(other, state=None)] == ["official"] * used
        import_all(other, sound, now)
        assert "done" in [m.state for m in matters.ls(other, state=None)]
    finally:
        other.close()


# -- private for ever ------------------------------------------------------------------


def test_its_words_are_found_by_no_search_and_shown_in_no_list(
    store: Store, now: datetime
) -> None:
    recorded(store, now, words="canarybird")
    assert search.search(store, "canarybird") == []
    [line] = items.ls(store, items.Filter())
    assert "canarybird" not in str(line.key())
    assert line.share == ""
