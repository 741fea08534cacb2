"""Everything out as JSON and in again: exact, by uid, nothing overwritten."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from plannertui.core.errors import BadFile, NewerSchema
from plannertui.core.goals import Measure
from plannertui.store import (
    drafts,
    entries,
    events,
    goals,
    history,
    matters,
    people,
    priorities,
    situations,
    trash,
    triggers,
    years,
)
from plannertui.store.document import parse
from plannertui.store.dump import TABLES, export_all, export_chunks
from plannertui.store.merge import import_all
from plannertui.store.open import open_store
from plannertui.store.search import search
from tests.examples import costly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plannertui.store.open import Store

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


@pytest.fixture
def other(tmp_path: Path, now: datetime) -> Iterator[Store]:
    """A second, empty store."""
    db = open_store(str(tmp_path / "other.db"), now=now)
    yield db
    db.close()


def fill(db: Store, now: datetime) -> None:
    """One of everything, some of it changed, in the trash, undone."""
    leader = people.add(db, alias="Director", name="Ada Real", now=now)
    peer = people.add(db, alias="Finance", relation="peer", now=now)
    answer = priorities.add(db, leader, text="No complaint", basis="said", now=now)
    years.save(db, 2024, now, theme="Fewer", standards=["Early"], refusals=["Lists"])
    measure = Measure("open", "cases", 412.5, 100, 412.5, "down")
    goal = goals.add(
        db, year=2024, title="Backlog", start=FIRST, due=LAST, now=now, measure=measure
    )
    goal = goals.check_in(db, goal, 188.25, day=date(2024, 9, 14), now=now, note="积压")
    goal = goals.add_milestone(db, goal, "Map", date(2024, 3, 1), now)
    goal = goals.tick(db, goal, goal.milestones[0].id, date(2024, 2, 1), now)
    goal = goals.serve(db, goal, answer.id, "fewer", now)
    matter = matters.add(
        db,
        title="list\nof “30”",
        kind="promise",
        day=date(2024, 9, 14),
        due=date(2024, 9, 20),
        now=now,
        person_id=leader.id,
        goal_id=goal.id,
        links=[leader.id],
        tags=["queue"],
    )
    matters.move(db, matter, date(2024, 9, 27), date(2024, 9, 14), now)
    events.add(
        db, title="1:1", starts_on=date(2024, 9, 19), now=now, people=[leader.id]
    )
    situations.add(
        db, line="down", day=date(2024, 9, 14), now=now, facts={"confirmed": ["x"]}
    )
    entry = entries.add(
        db,
        text="表单 passes 9 of 10 \x1b[31m [/] 😀",
        kind="win",
        day=date(2024, 9, 14),
        now=now,
        links=[goal.id, peer.id],
        tags=["form"],
        win={"number": "9 of 10", "witnesses": ["P1"]},
    )
    entries.edit(db, entry, now, text="passes 9 of 10 表单")
    gone = entries.add(db, text="gone", day=date(2024, 9, 14), now=now)
    trash.remove(db, gone.id, now)
    entries.add(db, text="undone", day=date(2024, 9, 14), now=now)
    history.undo(db, now)
    drafts.put(db, "entry:J1", "half a sen", now=now, session="1:1")


def tables(db: Store, now: datetime, *, names: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = export_all(db, now=now, names=names)["tables"]
    return found


def test_an_empty_store_becomes_exactly_what_was_exported(
    store: Store, other: Store, now: datetime
) -> None:
    fill(store, now)
    document = export_all(store, now=now, names=True)
    assert set(document["tables"]) == set(TABLES)
    report = import_all(other, document, now)
    assert report.exact
    assert tables(other, now) == tables(store, now)
    assert triggers.missing(other.conn) == []
    assert other.seed == store.seed
    assert [hit.item.handle for hit in search(other, "表单")] == ["J1"]
    assert search(other, "gone") == []
    # What came along can be undone, and what is written next is kept and found.
    assert history.redo(other, now) is not None
    fresh = entries.add(other, text="afterwards", day=FIRST, now=now)
    assert fresh.handle == "J4"
    assert search(other, "afterwards")


def test_real_names_stay_unless_asked_for(store: Store, now: datetime) -> None:
    fill(store, now)
    person = people.get(store, "L1")
    people.edit(store, person, now, name="Bea Real")
    plain = "".join(export_chunks(store, now=now))
    assert "Real" not in plain
    assert "Director" in plain
    full = "".join(export_chunks(store, now=now, names=True))
    assert "Ada Real" in full
    assert "Bea Real" in full


def test_a_second_time_changes_nothing(
    store: Store, other: Store, now: datetime
) -> None:
    fill(store, now)
    entries.add(other, text="mine", day=FIRST, now=now)
    document = export_all(store, now=now)
    first = import_all(other, document, now)
    assert not first.exact
    assert first.clashes == []
    assert first.moved == {"J1": "J2", "J2": "J3"}
    before = tables(other, now)
    second = import_all(other, document, now)
    assert second.added == {}
    assert second.same == sum(first.added.values())
    del before["sqlite_sequence"]
    after = tables(other, now)
    del after["sqlite_sequence"]
    assert after == before


def test_handles_and_links_follow(store: Store, other: Store, now: datetime) -> None:
    fill(store, now)
    people.add(other, alias="Chief", now=now)
    people.add(other, alias="Peer", relation="peer", now=now)
    entries.add(other, text="mine", day=FIRST, now=now)
    goals.add(other, year=2024, title="Own", start=FIRST, due=LAST, now=now)
    report = import_all(other, export_all(store, now=now), now)
    assert report.moved["L1"] == "L2"
    assert report.moved["L1.1"] == "L2.1"
    assert report.moved["G1"] == "G2"
    assert report.moved["G1.1"] == "G2.1"
    goal = goals.get(other, "G2")
    assert [s.handle for s in goal.milestones] == ["G2.1"]
    assert [s.handle for s in goal.serves] == ["L2.1"]
    assert [c.value for c in goals.check_ins(other, goal)] == [412.5, 188.25]
    promise = matters.get(other, "M1")
    assert promise.person is not None
    assert (promise.person.handle, promise.tags) == ("L2", ("queue",))
    assert people.primary(other) == people.get(other, "L1")
    win = entries.get(other, "J2").win
    assert win is not None
    assert win.witnesses == ("P2",)
    kept = drafts.get(other, "entry:J2")
    assert kept is not None
    assert kept.body == "half a sen"
    again = import_all(other, export_all(store, now=now), now)
    assert (again.added, again.clashes) == ({}, [])
    # One action: it can be taken back as a whole, and brought in again.
    assert history.undo(other, now) is not None
    assert [g.title for g in goals.ls(other, 2024)] == ["Own"]
    assert history.redo(other, now) is not None
    assert len(goals.ls(other, 2024)) == 2


def test_what_differs_is_kept_and_reported(
    store: Store, other: Store, now: datetime
) -> None:
    fill(store, now)
    document = export_all(store, now=now)
    import_all(other, document, now)
    mine = entries.get(other, "J1")
    later = now + timedelta(hours=1)
    entries.edit(other, mine, later, text="mine is better")
    years.save(other, 2024, later, theme="Mine")
    report = import_all(other, document, later)
    assert {(c.noun, c.handle) for c in report.clashes} == {
        ("entry", "J1"),
        ("year", "Y1"),
    }
    assert entries.get(other, "J1").text == "mine is better"
    assert years.get(other, 2024).theme == "Mine"


def test_the_same_year_made_twice(store: Store, other: Store, now: datetime) -> None:
    years.save(store, 2024, now, theme="Theirs")
    years.save(other, 2024, now, theme="Mine")
    report = import_all(other, export_all(store, now=now), now)
    assert [c.noun for c in report.clashes] == ["year"]
    assert years.get(other, 2024).theme == "Mine"


def test_two_people_with_one_alias_are_told(
    store: Store, other: Store, now: datetime
) -> None:
    people.add(store, alias="Director", now=now)
    people.add(other, alias="director", now=now)
    report = import_all(other, export_all(store, now=now), now)
    assert report.doubles == ["Director"]
    assert sum(p.primary for p in people.ls(other)) == 1


def test_a_leader_in_the_trash_does_not_become_the_primary_one(
    store: Store, other: Store, now: datetime
) -> None:
    gone = people.add(store, alias="Former", now=now)
    people.add(store, alias="Director", now=now)
    trash.remove(store, gone.id, now)
    entries.add(other, text="mine", day=FIRST, now=now)
    import_all(other, export_all(store, now=now), now)
    found = people.primary(other)
    assert found is None or found.alias == "Director"
    assert other.read("SELECT alias FROM person WHERE is_primary AND deleted_at") == []


def test_the_history_of_people_goes_out_and_comes_in(
    store: Store, other: Store, now: datetime
) -> None:
    chief = people.add(store, alias="Chief", now=now, name="Somebody Real")
    people.edit(store, chief, now, alias="Chef 主任")
    document = export_all(store, now=now)
    history_of = document["tables"]["revision"]
    assert all(isinstance(row["before"], str | None) for row in history_of)
    assert "Somebody" not in json.dumps(document)
    # As the first version wrote it.
    early = json.loads(json.dumps(document))
    for row in early["tables"]["revision"]:
        row["before"] = row["before"] and json.loads(row["before"])
    assert import_all(other, early, now).exact
    assert other.read("SELECT before FROM revision ORDER BY id") == [
        (row["before"],) for row in history_of
    ]


def test_drafts_of_every_kind_follow_their_handles(
    store: Store, other: Store, now: datetime
) -> None:
    fill(store, now)
    entries.add(other, text="mine", day=FIRST, now=now)
    goals.add(other, year=2024, title="Own", start=FIRST, due=LAST, now=now)
    wanted = {
        "form:G1": "form:G2",
        "yield:J1": "yield:J2",
        "form:boundary:M1": "form:boundary:M1",
        "reflect:2024-09-14:mirror-1": "reflect:2024-09-14:mirror-1",
    }
    for target in wanted:
        drafts.put(store, target, target, now=now, session="1:1")
    import_all(other, export_all(store, now=now), now)
    kept = {draft.body: draft.target for draft in drafts.ls(other)}
    assert {target: kept[target] for target in wanted} == wanted


@pytest.mark.parametrize("used", [False, True])
def test_a_dry_run_changes_nothing(
    store: Store, other: Store, now: datetime, used: bool
) -> None:
    fill(store, now)
    if used:
        entries.add(other, text="mine", day=FIRST, now=now)
    before = tables(other, now)
    report = import_all(other, export_all(store, now=now), now, dry_run=True)
    assert sum(report.added.values()) > 5
    assert tables(other, now) == before
    assert triggers.missing(other.conn) == []


def test_an_unsaved_draft_is_no_empty_store(
    store: Store, other: Store, now: datetime
) -> None:
    fill(store, now)
    drafts.put(other, "capture:", "do not lose me", now=now, session="1:1")
    report = import_all(other, export_all(store, now=now), now)
    assert not report.exact
    kept = drafts.get(other, "capture:")
    assert kept is not None
    assert kept.body == "do not lose me"


Damage = tuple[str, Any, str]


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("entry", {"day": "2024-02-30"}, "entry, row 1: day"),
        ("entry", {"day": None}, "entry, row 1: day"),
        ("entry", {"kind": "poem"}, "entry, row 1: kind"),
        ("entry", {"text": 5}, "entry, row 1: text"),
        ("entry", {"text": ["x"]}, "entry, row 1: text"),
        ("entry", {"win": "{"}, "entry, row 1: win"),
        ("entry", {"surname": "x"}, "entry, row 1: surname"),
        ("entry", {"created_at": "yesterday"}, "entry, row 1: created_at"),
        ("goal", {"measure_now": "many"}, "goal, row 1: measure_now"),
        ("goal", {"measure_now": float("inf")}, "goal, row 1: measure_now"),
        ("matter", {"moves": "{}"}, "matter, row 1: moves"),
        ("matter", {"urgent": 1 << 70}, "matter, row 1: urgent"),
        ("matter", {"person_id": 9999}, "contradicts itself"),
        ("entry", {"id": 1}, "contradicts itself"),
        ("entry", {"uid": None}, "entry, row 1: uid"),
        ("meta", {"key": "sown"}, "contradicts itself"),
    ],
)
def test_an_unsound_file_is_refused_whole(
    store: Store,
    other: Store,
    now: datetime,
    table: str,
    change: dict[str, Any],
    said: str,
) -> None:
    fill(store, now)
    document = export_all(store, now=now)
    document["tables"][table][0].update(change)
    before = tables(other, now)
    with pytest.raises(BadFile, match=said):
        import_all(other, document, now)
    assert tables(other, now) == before
    assert triggers.missing(other.conn) == []


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"format": "jrnl", "version": 1, "schema": 1, "tables": {}},
        {"format": "plannertui", "version": "1", "schema": 1, "tables": {}},
        {"format": "plannertui", "version": 1, "schema": 1, "tables": []},
        {"format": "plannertui", "version": 1, "schema": 1, "tables": {"x": []}},
        {"format": "plannertui", "version": 1, "schema": 1, "tables": {"entry": {}}},
        {"format": "plannertui", "version": 1, "schema": 1, "tables": {"entry": [1]}},
    ],
)
def test_what_is_no_export_is_refused(
    other: Store, now: datetime, document: Any
) -> None:
    with pytest.raises(BadFile):
        import_all(other, document, now)


def test_a_newer_export_is_refused(store: Store, other: Store, now: datetime) -> None:
    document = export_all(store, now=now) | {"schema": 999}
    with pytest.raises(NewerSchema):
        import_all(other, document, now)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1, column 1"),
        ('{"a": 1,\n "b": }', "line 2"),
        ("[" * 100_000, "too deeply"),
        ("9" * 5000, "too long"),
    ],
)
def test_text_that_is_no_json(text: str, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        parse(text)


def test_nul_and_half_characters_are_made_keepable(
    store: Store, other: Store, now: datetime
) -> None:
    entries.add(store, text="x", day=FIRST, now=now)
    document = export_all(store, now=now)
    document["tables"]["entry"][0]["text"] = "a\0b\ud800c"
    import_all(other, document, now)
    assert entries.get(other, "J1").text == "ab\ufffdc"


@costly(30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\0")
        ).filter(lambda t: bool(t.strip())),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, now: datetime, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("round")
    one = open_store(str(folder / "a.db"), now=now)
    two = open_store(str(folder / "b.db"), now=now)
    for text in texts:
        entries.add(one, text=text, day=FIRST, now=now)
    document = json.loads("".join(export_chunks(one, now=now)))
    import_all(two, document, now)
    found = [row[0] for row in two.read("SELECT text FROM entry ORDER BY id")]
    one.close()
    two.close()
    assert found == texts


def test_what_is_of_one_store_alone_neither_leaves_nor_goes(
    store: Store, other: Store, now: datetime
) -> None:
    """The secret key of an inbox is no part of an export, nor written over by one."""
    fill(store, now)
    for db, secret in ((store, "SECRET-1"), (other, "SECRET-2")):
        db.set_meta("age_identity", secret)
        db.set_meta("backup_number", secret[-1])
    text = "".join(export_chunks(store, now=now))
    assert "SECRET" not in text
    import_all(other, parse(text), now)
    assert other.meta("age_identity") == "SECRET-2"
    assert other.meta("backup_number") == "2"
    assert other.meta("seed") == store.meta("seed")
