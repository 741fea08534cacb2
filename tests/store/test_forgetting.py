"""Forgetting somebody: nothing readable of them is left, and everything still counts."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.boundary import add_words
from plannertui.core.errors import PlannerError, Refused
from plannertui.core.goals import coverage
from plannertui.core.matters import outcome
from plannertui.core.people import Belief
from plannertui.store import (
    drafts,
    dump,
    entries,
    events,
    goals,
    history,
    matters,
    people,
    priorities,
    situations,
    years,
)
from plannertui.store.forgetting import forget, look
from plannertui.store.naming import namer
from plannertui.store.open import open_store
from plannertui.store.prose import JSON, TEXTS

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.core.people import Person
    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)
ALIAS = "Zanzibar Desk"
NAME = "Quetzal Ixmiquilpan"
WORDS = ("zanzibar", "quetzal", "ixmiquilpan", "turquoise")
# Columns of text that nobody types.
OTHERS = {
    *("id", "uid", "created_at", "updated_at", "deleted_at", "state", "kind", "at"),
    *("start", "due", "since", "until", "checked_on", "day", "starts_on", "ends_on"),
    *("relation", "basis", "nature", "origin", "closed_on", "told_on", "moves"),
    *("checks", "measure_direction", "appraisal_on", "calendar", "time", "zone"),
    *("repeat", "match", "about", "prompt", "period", "share", "done_on", "role"),
    *("revisit_on", "alias", "slug", "name", "target", "cursor", "session", "tbl"),
    *("op", "before", "lens", "cadence", "trigger", "instance", "letter", "type"),
    *("key", "value", "slot_on", "carried", "first_on"),
    *("skipped", "extra", "last_on", "reminders", "seen", "firsts"),
}


def in_files(db: Store) -> list[str]:
    """The words that the file, or a file beside it, still has, in any letters."""
    raw = b"".join(p.read_bytes() for p in Path(db.path).parent.iterdir())
    text = raw.decode("utf-8", "replace").casefold()
    return [word for word in WORDS if word in text]


def lived(db: Store, now: datetime) -> Person:
    """Somebody with a past: all over the store, under an older alias too."""
    boss = people.add(
        db,
        alias="Turquoise",
        name="Quetzal  ixmiquilpan",
        now=now,
        style={"depth": Belief("Zanzibar depth", "seen", TODAY)},
    )
    boss = people.edit(db, boss, now, alias=ALIAS, name=NAME)
    one = priorities.add(db, boss, text="Turquoise wants calm", now=now)
    other = people.add(db, alias="Finance", relation="peer", now=now)
    goal = goals.add(
        db, year=2024, title=f"What {ALIAS} asked", start=TODAY, due=TODAY, now=now
    )
    goals.serve(db, goal, one.id, f"as {ALIAS} said", now)
    goals.add_milestone(db, goal, f"{ALIAS} signs", None, now)
    entries.add(
        db, text="@zanzibar-desk was short", day=TODAY, now=now, links=[boss.id]
    )
    entry = entries.add(
        db,
        text=f"{NAME} and @P1 agreed, says QUETZAL IXMIQUILPAN",
        day=TODAY,
        now=now,
        links=[boss.id, other.id],
        tags=["zanzibar-desk"],
    )
    entries.edit(db, entry, now, text=f"{ALIAS}, @P1 and @Turquoise's people agreed")
    promise = matters.add(
        db,
        kind="promise",
        title=f"list for {ALIAS}",
        day=TODAY,
        due=TODAY,
        now=now,
        person_id=boss.id,
        boundary={"kind": "gift", "words": f"{NAME} asked", "tests": ["yes"] * 3},
    )
    matters.done(db, promise, TODAY, now)
    events.add(
        db,
        title=f"With {ALIAS}",
        kind="one_on_one",
        starts_on=TODAY,
        people=[boss.id],
        agenda=[{"text": f"{ALIAS}: the form", "done": False, "carried": False}],
        now=now,
    )
    situations.add(
        db,
        line=f"{ALIAS} is away",
        kind="emergency",
        day=TODAY,
        now=now,
        person_id=boss.id,
        facts={"confirmed": [f"{NAME} said so"]},
        move={"type": "decide", "decision": f"a word of {ALIAS}"},
        predicted=f"{ALIAS} waits",
    )
    entries.add(
        db,
        text="a month",
        kind="review",
        day=TODAY,
        now=now,
        snapshot={"steps": {"priorities": {"text": f"{NAME} moved the inspection"}}},
    )
    years.save(db, 2024, now, theme=f"Without {ALIAS}", standards=[f"Not as {ALIAS}"])
    drafts.put(db, "entry:new", f"for {ALIAS}", base_rev=0, session="s", now=now)
    return people.get(db, boss.id)


def test_nothing_readable_of_somebody_is_left(store: Store, now: datetime) -> None:
    boss = lived(store, now)
    assert in_files(store) == list(WORDS)
    found = forget(store, boss, TODAY, now)
    assert (found.notes, found.boundary) == (1, 1)
    assert found.beliefs == 2
    assert found.texts >= 8
    assert in_files(store) == []
    for names in (True, False):
        said = json.dumps(
            dump.export_all(store, now=now, names=names), ensure_ascii=False
        )
        assert not [word for word in WORDS if word in said.casefold()]
    gone = people.get(store, boss.id)
    assert (gone.state, gone.alias, gone.name, gone.style, gone.primary) == (
        *("forgotten", "somebody", None, {}),
        False,
    )


def test_everything_still_counts(store: Store, now: datetime) -> None:
    boss = lived(store, now)
    forget(store, boss, TODAY, now)
    assert store.read("SELECT count(*) FROM link WHERE to_id = ?", (boss.id,)) == [(3,)]
    (promise,) = matters.ls(store, kind="promise", state=None)
    assert outcome(promise) == "kept"
    assert promise.title == "list for L1"
    assert promise.boundary is not None
    assert promise.boundary["words"] == "L1 asked"
    texts = [row[0] for row in store.read("SELECT text FROM entry ORDER BY id")]
    assert texts == ["…", "L1, @P1 and @L1's people agreed", "a month"]
    (goal,) = goals.ls(store, 2024)
    assert goal.serves[0].how == "as L1 said"
    assert coverage([goal], priorities.ls(store, boss.id)).own == 0
    assert store.read("PRAGMA integrity_check") == [("ok",)]
    assert store.read("PRAGMA foreign_key_check") == []


def test_notes_may_be_kept_without_the_name(store: Store, now: datetime) -> None:
    boss = lived(store, now)
    forget(store, boss, TODAY, now, keep_notes=True)
    assert store.one("SELECT text FROM entry ORDER BY id") == ("@L1 was short",)
    assert in_files(store) == []


def test_it_is_no_step_to_take_back(store: Store, now: datetime) -> None:
    boss = lived(store, now)
    forget(store, boss, TODAY, now)
    for _turn in range(40):
        if history.undo(store, now) is None:
            break
        assert in_files(store) == []
    assert people.get(store, boss.id).state == "forgotten"
    with pytest.raises(Refused):
        forget(store, people.get(store, boss.id), TODAY, now)


def test_looking_first_changes_nothing(store: Store, now: datetime) -> None:
    boss = lived(store, now)
    before = store.conn.total_changes
    assert look(store, boss).notes == 1
    assert store.conn.total_changes == before


def test_an_alias_that_others_have_stays_theirs(store: Store, now: datetime) -> None:
    old = people.add(store, alias="Director", now=now)
    new = people.succeed(store, "Director", TODAY, now)
    entry = entries.add(store, text="The Director agreed", day=TODAY, now=now)
    forget(store, old, TODAY, now)
    assert entries.get(store, entry.id).text == "The Director agreed"
    assert people.get(store, "director").id == new.id


@pytest.mark.parametrize(
    ("alias", "text", "left"),
    [
        (
            "IT",
            "It says IT says it: SIT, @it, ITs",
            "It says P1 says it: SIT, @P1, ITs",
        ),
        ("A", "A new plan for @a", "A new plan for @P1"),
        ("小许", "小许说了，和@小许一起", "P1说了，和@P1一起"),
        ("A.B (c)", "A.B (c) or AxB (c)", "P1 or AxB (c)"),
        ("open", "open the door", "P1 the door"),
    ],
)
def test_only_the_alias_is_taken_out(
    store: Store, now: datetime, alias: str, text: str, left: str
) -> None:
    person = people.add(store, alias=alias, relation="peer", now=now)
    entry = entries.add(store, kind="lesson", text=text, day=TODAY, now=now)
    matter = matters.add(store, title="x", day=TODAY, now=now)
    forget(store, person, TODAY, now)
    assert entries.get(store, entry.id).text == left
    assert matters.get(store, matter.id).state == "open"


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_texts_without_the_name_stay_as_they_are(before: str, after: str) -> None:
    from plannertui.store.naming import _whole

    pattern = re.compile(_whole("Ada Real"))
    text = before + after
    if "Ada" not in text:
        assert pattern.sub("P1", text) == text
    assert "Ada Real" not in pattern.sub("P1", f"{before} Ada Real {after}")


def test_every_column_that_people_type_into_is_looked_through(store: Store) -> None:
    tables = [
        row[0]
        for row in store.read(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE "
            "'%VIRTUAL%' AND name NOT LIKE 'fts%' AND name NOT LIKE 'sqlite%' "
            "AND name NOT LIKE '\\_%' ESCAPE '\\'"
        )
    ]
    for table in tables:
        for row in store.read(f"PRAGMA table_info({table})"):
            name, kind = row[1], row[2]
            if kind == "TEXT" and name not in OTHERS:
                assert name in TEXTS.get(table, ()), f"{table}.{name}"
    every = {column for columns in TEXTS.values() for column in columns}
    assert every >= JSON


def test_a_newly_opened_store_has_nothing_of_it(store: Store, now: datetime) -> None:
    boss = lived(store, now)
    other = open_store(store.path, now=now)
    forget(other, boss, TODAY, now)
    other.close()
    assert people.get(store, boss.id).alias == "somebody"
    assert in_files(store) == []


def test_a_boundary_record_goes_on_without_the_name(
    store: Store, now: datetime
) -> None:
    boss = people.add(store, alias=ALIAS, name=NAME, now=now)
    first = add_words({"kind": "gift"}, f"{NAME} asked for it", date(2024, 9, 1))
    matter = matters.add(
        store,
        title="A ticket",
        day=date(2024, 9, 1),
        now=now,
        nature="grey",
        person_id=boss.id,
        boundary=first,
    )
    assert forget(store, boss, TODAY, now).boundary == 1
    kept = matters.get(store, matter.id)
    assert kept.boundary is not None
    assert kept.boundary["words"].startswith("L1 asked for it")
    more = add_words(kept.boundary, "and again", TODAY)
    later = matters.edit(store, kept, now, boundary=more)
    assert later.boundary is not None
    assert "and again" in later.boundary["words"]
    with pytest.raises(PlannerError):
        matters.edit(store, later, now, boundary={**more, "words": "nothing"})
    assert in_files(store) == []


def test_a_real_name_that_a_tag_spells_goes_too(store: Store, now: datetime) -> None:
    one = people.add(store, alias="Head", name="Wu Qing", now=now)
    hide = namer(store, one)
    assert (
        hide("#Wu-Qing #wuqing @wu_qing")
        == f"#{one.handle} #{one.handle} @{one.handle}"
    )
    assert hide("#wu-qingdao Wu-Qing") == "#wu-qingdao Wu-Qing"
