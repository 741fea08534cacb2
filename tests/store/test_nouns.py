"""The nouns as they are kept: goals, people, priorities, matters, entries, events, years."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.entries import Win, proof
from plannertui.core.errors import Conflict, EmptyText, NotFound, Refused, Usage
from plannertui.core.goals import Measure, progress
from plannertui.core.matters import outcome
from plannertui.core.people import Belief
from plannertui.store import (
    drafts,
    entries,
    events,
    goals,
    matters,
    people,
    priorities,
    refs,
    situations,
    years,
)
from plannertui.store.open import Store, open_store
from tests.conftest import NOW

DAY = NOW.date()
SPAN: dict[str, Any] = {
    "year": 2024,
    "start": date(2024, 1, 1),
    "due": date(2024, 12, 31),
    "now": NOW,
}


def backlog(db: Store) -> Any:
    measure = Measure("open cases", "cases", 412, 100, 412, "down")
    return goals.add(db, title="Licence backlog", measure=measure, **SPAN)


def test_a_goal_and_its_parts(store: Store) -> None:
    leader = people.add(store, alias="Director", now=NOW)
    priority = priorities.add(
        store, leader, text="No complaint older than 30 days", now=NOW, basis="said"
    )
    goal = backlog(store)
    goal = goals.add_milestone(store, goal, "sort by deadline", DAY, NOW)
    goal = goals.add_milestone(store, goal, "weekly list", None, NOW)
    goal = goals.tick(store, goal, goal.milestones[0].id, DAY, NOW)
    goal = goals.serve(store, goal, priority.id, "oldest first", NOW)
    goal = goals.check_in(store, goal, 188, day=DAY, now=NOW, note="register")
    assert goal.handle == "G1"
    assert [m.handle for m in goal.milestones] == ["G1.1", "G1.2"]
    assert [m.done_on for m in goal.milestones] == [DAY, None]
    assert [(s.handle, s.how) for s in goal.serves] == [("L1.1", "oldest first")]
    assert goal.measure is not None
    assert goal.measure.now == 188
    assert round(progress(goal)) == 72
    assert [c.value for c in goals.check_ins(store, goal)] == [412, 188]
    goal = goals.remove_milestone(store, goal, goal.milestones[0].id, NOW)
    goal = goals.add_milestone(store, goal, "exchange", None, NOW)
    assert [m.handle for m in goal.milestones] == ["G1.2", "G1.3"]


def test_a_later_check_in_of_an_earlier_day_does_not_move_the_measure(
    store: Store,
) -> None:
    goal = goals.check_in(store, backlog(store), 188, day=DAY, now=NOW)
    goal = goals.check_in(store, goal, 300, day=DAY - timedelta(days=90), now=NOW)
    assert goal.measure is not None
    assert goal.measure.now == 188


def test_goals_move_finish_release_and_carry_over(store: Store) -> None:
    for title in ("one", "two", "three"):
        goals.add(store, title=title, **SPAN)
    third = goals.move(store, goals.get(store, "G3"), -2, NOW)
    assert [g.handle for g in goals.ls(store, 2024)] == ["G3", "G1", "G2"]
    assert goals.move(store, third, -1, NOW) == third
    goals.finish(store, goals.get(store, "G1"), NOW)
    with pytest.raises(Usage, match="who was told"):
        goals.release(store, goals.get(store, "G2"), "no longer needed", "", NOW)
    goals.release(store, goals.get(store, "G2"), "no longer needed", "Director", NOW)
    third = goals.add_milestone(store, third, "open step", None, NOW)
    fresh = goals.carry(store, third, 2025, date(2025, 1, 1), date(2025, 12, 31), NOW)
    assert goals.ls(store, 2024) == []
    assert [g.state for g in goals.ls(store, 2024, past=True)] == [
        "carried",
        "done",
        "released",
    ]
    assert [m.title for m in fresh.milestones] == ["open step"]
    assert goals.ls(store, 2025) == [fresh]
    with pytest.raises(Refused):
        goals.carry(store, third, 2024, DAY, DAY, NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "x" * 81},
        {"title": "x", "why": "y" * 201},
        {"title": "x", "obstacle": "y" * 121},
        {"title": "x", "state": "flying"},
        {"title": "x", "due": date(2023, 1, 1)},
    ],
)
def test_a_goal_that_breaks_its_rules(store: Store, fields: dict[str, Any]) -> None:
    with pytest.raises(Usage):
        goals.add(store, **(SPAN | fields))
    assert goals.ls(store, 2024, past=True) == []


def test_people_by_alias(store: Store) -> None:
    first = people.add(
        store,
        alias="Deputy  Director",
        now=NOW,
        name="Someone Real",
        style={"depth": Belief("headline first", "seen", DAY)},
    )
    second = people.add(store, alias="局长", now=NOW, primary=True)
    peer = people.add(store, alias="Finance", relation="peer", now=NOW)
    assert (first.handle, second.handle, peer.handle) == ("L1", "L2", "P1")
    assert first.alias == "Deputy Director"
    assert people.get(store, "deputy-director").style["depth"].basis == "seen"
    assert people.primary(store) == people.get(store, "局长")
    assert not people.get(store, "L1").primary
    for alias in ("finance", "", "x" * 21, "L7"):
        with pytest.raises(Usage):
            people.add(store, alias=alias, now=NOW)
    with pytest.raises(NotFound):
        people.get(store, "nobody")


def test_priorities_are_named_after_their_leader(store: Store) -> None:
    leader = people.add(store, alias="Director", now=NOW)
    other = people.add(store, alias="Deputy", now=NOW)
    for who, text in ((leader, "one"), (other, "two"), (leader, "three")):
        priorities.add(store, who, text=text, now=NOW)
    found = priorities.ls(store)
    assert [(p.handle, p.rank) for p in found] == [
        ("L1.1", 1),
        ("L1.2", 2),
        ("L2.1", 1),
    ]
    priorities.edit(store, found[0], NOW, state="met", until=DAY)
    assert [p.handle for p in priorities.ls(store, leader.id)] == ["L1.2"]
    assert len(priorities.ls(store, leader.id, past=True)) == 2
    with pytest.raises(Usage, match="rank"):
        priorities.add(store, leader, text="x", now=NOW, rank=6)
    with pytest.raises(Usage, match="said"):
        priorities.add(store, leader, text="x", now=NOW, basis="felt")


def test_a_promise_moved_in_time_is_renegotiated(store: Store) -> None:
    matter = matters.add(
        store, title="list", kind="promise", day=DAY, now=NOW, due=date(2024, 9, 20)
    )
    matter = matters.move(store, matter, date(2024, 9, 25), date(2024, 9, 19), NOW)
    matter = matters.done(store, matter, date(2024, 9, 25), NOW)
    assert outcome(matter) == "renegotiated"
    with pytest.raises(Refused, match="closed"):
        matters.move(store, matter, date(2024, 9, 30), None, NOW)
    matter = matters.reopen(store, matter, NOW)
    matter = matters.drop(store, matter, date(2024, 9, 26), None, NOW)
    assert outcome(matter) == "broken"


def test_a_grey_matter_needs_its_decision(store: Store) -> None:
    matter = matters.add(store, title="errand", day=DAY, now=NOW, nature="grey")
    with pytest.raises(Refused, match="decision"):
        matters.done(store, matter, DAY, NOW)
    matter = matters.edit(store, matter, NOW, boundary={"decision": "declined"})
    assert matters.done(store, matter, DAY, NOW).state == "done"


def test_an_entry_changed_elsewhere_is_not_overwritten(store: Store) -> None:
    mine = entries.add(store, text="mine", day=DAY, now=NOW)
    entries.edit(store, mine, NOW, text="theirs")
    with pytest.raises(Conflict):
        entries.edit(store, mine, NOW, base_rev=mine.rev, text="mine, later")
    assert entries.get(store, "J1").text == "theirs"
    with pytest.raises(EmptyText):
        entries.edit(store, mine, NOW, text="  \n ")


def test_a_win_becomes_evidence_by_proof(store: Store) -> None:
    entry = entries.add(store, text="form passes", kind="win", day=DAY, now=NOW)
    assert proof(entry) == "claim"
    win = Win(number="9 of 10", witnesses=("Deputy",), credit=("IT",))
    entry = entries.edit(store, entry, NOW, win=win)
    assert entry.win == win
    assert proof(entry) == "evidence"
    assert proof(entries.add(store, text="a note", day=DAY, now=NOW)) is None


def test_leave_is_an_event_of_days(store: Store) -> None:
    events.add(
        store,
        title="away",
        kind="leave",
        starts_on=date(2024, 8, 5),
        ends_on=date(2024, 8, 7),
        now=NOW,
    )
    assert events.leave(store) == {date(2024, 8, d) for d in (5, 6, 7)}
    found = events.between(store, date(2024, 8, 7), date(2024, 8, 31))
    assert [e.handle for e in found] == ["E1"]
    wrong: tuple[dict[str, Any], ...]
    wrong = ({"time": "25:00"}, {"time": "9:5"}, {"kind": "party"})
    for fields in wrong:
        with pytest.raises(Usage):
            events.add(store, title="x", starts_on=DAY, now=NOW, **fields)
    with pytest.raises(Usage, match="before it begins"):
        events.add(
            store, title="x", starts_on=DAY, ends_on=DAY - timedelta(days=1), now=NOW
        )


def test_situations_and_years(store: Store) -> None:
    found = situations.add(
        store, line="licence system down", day=DAY, now=NOW, facts={"unknown": ["why"]}
    )
    found = situations.edit(store, found, NOW, state="closed", closed_on=DAY)
    assert (found.handle, found.facts) == ("S1", {"unknown": ["why"]})
    assert years.get(store, 2024).id == 0
    year = years.save(
        store, 2024, NOW, theme="Fewer, finished", standards=["Tell me early", "Ask"]
    )
    assert [(s.id, s.text) for s in year.standards] == [
        (1, "Tell me early"),
        (2, "Ask"),
    ]
    year = years.save(store, 2024, NOW, standards=[year.standards[1], "New"])
    assert [(s.id, s.text) for s in year.standards] == [(2, "Ask"), (3, "New")]
    with pytest.raises(Usage):
        years.save(store, 2024, NOW, theme="x" * 61)
    with pytest.raises(Usage):
        years.save(store, 2024, NOW, refusals=["a"] * 6)
    assert years.known(store) == [2024]


def test_drafts_outlive_their_session(store: Store, now: datetime) -> None:
    session = drafts.session_id()
    drafts.put(store, "reflect:2024-09-14", "half a sen", now=now, session=session)
    drafts.put(store, "capture:", "> list", now=now, session="999999999:1")
    assert drafts.alive(session)
    assert [d.target for d in drafts.orphans(store, session)] == ["capture:"]
    assert [d.target for d in drafts.orphans(store, "other")] == ["capture:"]
    drafts.put(store, "capture:", "", now=now, session=session)
    assert drafts.get(store, "capture:") is None
    assert store.one("SELECT count(*) FROM action") == (0,)


def test_what_people_type_is_found(store: Store) -> None:
    people.add(store, alias="Deputy Director", now=NOW)
    goal = goals.add_milestone(
        store, goals.add(store, title="x", **SPAN), "m", None, NOW
    )
    entries.add(store, text="text", day=DAY, now=NOW, tags=["form", "focus"])
    for name, handle in (
        ("l1", "L1"),
        ("Deputy-Director", "L1"),
        ("deputy director", "L1"),
        ("g1", "G1"),
        ("G1.1", "G1.1"),
        ("J1", "J1"),
    ):
        found = refs.resolve(store, name)
        assert found is not None
        assert found[1] == handle
    for name in ("", "G9", "G", "1", "G1.9", "nobody", "G" + "9" * 30):
        assert refs.resolve(store, name) is None
    assert refs.find(store, "G1.1") == goal
    assert [c[0] for c in refs.complete(store, "")] == ["L1", "G1"]
    assert [c[0] for c in refs.complete(store, "dep")] == ["L1"]
    assert refs.tags(store, "fo") == [("focus", 1), ("form", 1)]


@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
    )
)
def test_any_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "texts"
    folder.mkdir(exist_ok=True)
    db = open_store(str(folder / "planner.db"), now=NOW)
    # Only the ends of lines are told alike, whatever system they come from.
    while "\r\n" in text:
        text = text.replace("\r\n", "\n")
    if text.strip():
        assert (
            entries.get(db, entries.add(db, text=text, day=DAY, now=NOW).id).text
            == text
        )
    db.close()
