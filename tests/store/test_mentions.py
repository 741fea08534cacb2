"""What is mentioned by its handle is still meant when it has another one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.boundary import add_words
from plannertui.core.mentions import bare, replaced, with_aliases
from plannertui.core.tokens import named
from plannertui.store import (
    agendas,
    drafts,
    entries,
    events,
    goals,
    history,
    matters,
    meetings,
    people,
    priorities,
    situations,
    years,
)
from plannertui.store.dump import export_all
from plannertui.store.merge import import_all
from plannertui.store.open import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plannertui.store.open import Store

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
NAMES = {"G1": "G2", "G2": "G3", "L1": "L4", "L1.1": "L4.1", "J7": "J7", "P12": "P1"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@G1", "@G2"),
        ("for @G1, @G2 and (@L1)", "for @G2, @G3 and (@L4)"),
        ("ask @L1.1. Then @L1.", "ask @L4.1. Then @L4."),
        ("＠G1的进度", "＠G2的进度"),
        ("和@l1、@p12一起", "和@L4、@P1一起"),
        ("line one\n@G1\n\t@G2", "line one\n@G2\n\t@G3"),
        ("@G12 @G1x @G1-x @G1_x @L1.2", "@G12 @G1x @G1-x @G1_x @L1.2"),
        ("me@G1.org https://x.org/@G1 G1 #G1", "me@G1.org https://x.org/@G1 G1 #G1"),
        ("@j7 as typed", "@j7 as typed"),
        ("@Director", "@Director"),
    ],
)
def test_whole_mentions_only(before: str, after: str) -> None:
    assert replaced(before, NAMES) == after


def test_people_are_shown_by_their_aliases() -> None:
    refs = [
        (1, "L1", "Director"),
        (2, "P2", "张 三"),
        (3, "G1", "One form"),
        (4, "P3", ""),
    ]
    for typed, shown in (
        ("list for @L1, with @P2", "list for @Director, with @张 三"),
        ("请@l1的秘书转交", "请@Director的秘书转交"),
        ("@G1 @P3 @L12 x@L1.org", "@G1 @P3 @L12 x@L1.org"),
        (r"@L1 \1 \g<0>", r"@Director \1 \g<0>"),
    ):
        assert with_aliases(typed, refs) == shown


def test_whose_it_is_need_not_be_said_again_at_the_end() -> None:
    refs = [(1, "L1", "Director"), (2, "P2", "IT")]
    for typed, shown in (
        ("ask @P2 for the list @L1 @G1.2", "ask @IT for the list"),
        ("请@P2确认＠L1", "请@IT确认"),
        ("the list\nand more", "the list"),
        ("@L1", "@Director"),
        ("", ""),
    ):
        assert bare(typed, refs) == shown


@given(st.text("@＠GLP12.x 的\n", max_size=30))
def test_what_is_meant_before_is_meant_after(text: str) -> None:
    """Read back with the new names, every mention is of the same thing."""

    def here(name: str) -> tuple[int, str, str, str] | None:
        found = name.upper()
        return (1, found, "", "") if found in NAMES else None

    def there(name: str) -> tuple[int, str, str, str] | None:
        old = [key for key, new in NAMES.items() if new == name.upper()]
        return (1, old[0], "", "") if old else None

    after = replaced(text, NAMES)
    meant = [t.value[1] for t in named(text, 0, here) if t.what == "ref"]
    again = [t.value[1] for t in named(after, 0, there) if t.what == "ref"]
    # A handle of the file may have been somebody else's words here: only more is meant.
    assert [each for each in again if each in meant] == meant


@pytest.fixture
def other(tmp_path: Path, now: datetime) -> Iterator[Store]:
    """A store in use, in which the handles of the first one are taken."""
    db = open_store(str(tmp_path / "other.db"), now=now)
    goals.add(db, year=2024, title="Own", start=FIRST, due=LAST, now=now)
    people.add(db, alias="Chief", now=now)
    entries.add(db, text="mine, about @G1", day=FIRST, now=now)
    yield db
    db.close()


def test_all_that_was_typed_follows(store: Store, other: Store, now: datetime) -> None:
    leader = people.add(store, alias="Director", now=now)
    answer = priorities.add(store, leader, text="less than @G1 wants", now=now)
    goal = goals.add(
        store, year=2024, title="One form", start=FIRST, due=LAST, now=now, why="@L1"
    )
    goals.check_in(store, goal, None, day=FIRST, now=now, note="@L1 was glad")
    goals.serve(store, goal, answer.id, "as @L1 said", now)
    years.save(store, 2024, now, theme="x", standards=["Tell @L1 early"])
    entries.add(store, text="for @G1\nand @L1", day=FIRST, now=now, links=[goal.id])
    matter = matters.add(
        store, title="driver for @L1", day=FIRST, now=now, nature="grey"
    )
    words = add_words(None, "@L1 asked: @G1 or else", now.date())
    matters.edit(store, matter, now, boundary=words)
    talk = meetings.add(store, leader, starts_on=now.date(), now=now, title="with @L1")
    agendas.add_item(store, talk, "ask @L1 about @G1", now.date(), now)
    situations.add(
        store, line="@G1 is down", day=FIRST, now=now, facts={"confirmed": ["@L1"]}
    )
    drafts.put(store, "entry:J1", "to @G1", now=now, session="1:1")
    document = export_all(store, now=now)
    report = import_all(other, document, now)
    assert (report.moved["G1"], report.moved["L1"]) == ("G2", "L2")

    assert entries.get(other, "J1").text == "mine, about @G1"
    assert entries.get(other, "J2").text == "for @G2\nand @L2"
    assert priorities.get(other, "L2.1").text == "less than @G2 wants"
    there = goals.get(other, "G2")
    assert (there.why, there.serves[0].how) == ("@L2", "as @L2 said")
    assert [each.note for each in goals.check_ins(other, there)] == ["@L2 was glad"]
    assert [s.text for s in years.get(other, 2024).standards] == ["Tell @L2 early"]
    moved = matters.get(other, "M1")
    assert moved.title == "driver for @L2"
    assert moved.boundary is not None
    assert moved.boundary["words"] == "@L2 asked: @G2 or else"
    assert moved.boundary["fixed"] == words["fixed"]
    held = events.get(other, "E1")
    assert (held.title, held.agenda[0]["text"]) == ("with @L2", "ask @L2 about @G2")
    hard = situations.get(other, "S1")
    assert (hard.line, hard.facts["confirmed"]) == ("@G2 is down", ["@L2"])
    kept = drafts.get(other, "entry:J2")
    assert kept is not None
    assert kept.body == "to @G2"

    # A second time finds nothing new and nothing else.
    again = import_all(other, document, now + timedelta(days=1))
    assert (again.added, again.clashes) == ({}, [])
    assert history.undo(other, now) is not None
