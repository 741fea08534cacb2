"""Figures of whatever store: equal to a recount, and to the lists that they open."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.entries import proof
from plannertui.core.figures import span_days
from plannertui.core.priorities import Check
from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.exchange import demo
from plannertui.store import (
    entries,
    evidence,
    figures,
    goals,
    matters,
    people,
    priorities,
    reflected,
    situations,
    trash,
    years,
)
from plannertui.store.dump import export_all
from plannertui.store.open import open_store
from tests.conftest import NOW
from tests.examples import costly
from tests.store.recount import Recount, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)
CALENDAR = WorkCalendar(lambda year: build_year("CN", year), frozenset())

DAYS = st.integers(-120, 20).map(lambda n: TODAY + timedelta(days=n))
MAYBE = st.none() | DAYS
TELL = st.none() | st.integers(-3, 3)
WIN = st.none() | st.fixed_dictionaries(
    {
        "number": st.sampled_from(["", "188"]),
        "document": st.sampled_from(["", "S-06"]),
        "witnesses": st.sampled_from([[], ["L1"]]),
        "used_on": st.sampled_from([None, "2024-09-01"]),
    }
)
MATTER = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["task", "promise", "promise", "waiting", "ask"]),
        "nature": st.sampled_from(["official", "official", "private", "grey"]),
        "origin": st.sampled_from(["mine", "asked"]),
        "day": DAYS,
        "due": DAYS,
        "who": st.integers(0, 5),
        "moves": st.lists(st.tuples(st.integers(-2, 20), TELL), max_size=3),
        "end": st.sampled_from(["", "done", "done", "done", "drop"]),
        "closed": st.integers(-10, 10),
        "told": st.booleans(),
    }
)
ENTRY = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            ["note", "win", "win", "warn", "surprise", "reflection", "reflection"]
        ),
        "day": DAYS,
        "about": st.none() | st.integers(-1, 1),
        "win": WIN,
        "goals": st.sets(st.integers(0, 2)),
    }
)
SITUATION = st.fixed_dictionaries(
    {
        "day": DAYS,
        "state": st.sampled_from(["open", "sent", "closed", "closed", "void"]),
        "closed_on": MAYBE,
        "options": st.lists(st.sampled_from(["", "wait", "act"]), max_size=3),
        "message": st.sampled_from(["", "DECIDE"]),
        "propose": st.sampled_from(["", "paper intake"]),
        "match": st.sampled_from(["", "yes", "partly", "no"]),
        "lesson": st.sampled_from(["", "one counter first"]),
    }
)
PRIORITY = st.fixed_dictionaries(
    {
        "who": st.integers(0, 1),
        "basis": st.sampled_from(["said", "seen", "guess"]),
        "checked": MAYBE,
        "state": st.sampled_from(["active", "active", "met"]),
        "served": st.none() | st.integers(0, 2),
        "checks": st.lists(
            st.builds(
                Check,
                DAYS,
                st.sampled_from(["said", "guess"]),
                st.sampled_from(["yes", "partly", "no"]),
            ),
            max_size=3,
        ),
    }
)
YEAR = st.fixed_dictionaries(
    {
        "matters": st.lists(MATTER, max_size=8),
        "entries": st.lists(ENTRY, max_size=12),
        "situations": st.lists(SITUATION, max_size=4),
        "priorities": st.lists(PRIORITY, max_size=4),
        "mirror": st.lists(
            st.tuples(
                DAYS, st.integers(1, 2), st.sampled_from(["yes", "partly", "no"])
            ),
            max_size=8,
        ),
        "binned": st.sets(st.integers(0, 40), max_size=4),
    }
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with five people and three goals, to be copied for each example."""
    path = tmp_path_factory.mktemp("template") / "planner.db"
    db = open_store(str(path), now=NOW)
    for relation in ("leader", "above", "peer", "below", "outside"):
        people.add(db, alias=f"the {relation}", relation=relation, now=NOW)
    for number, state in enumerate(("active", "active", "paused")):
        goals.add(
            db,
            year=2024,
            title=f"goal {number}",
            start=date(2024, 1, 1),
            due=date(2024, 12, 31),
            state=state,
            now=NOW,
        )
    years.save(db, 2024, NOW, standards=["tell me early", "say who helped"])
    db.close()
    return path


def live(db: Store, lived: dict[str, Any]) -> None:
    """Put what hypothesis thought of into the store."""
    who = [None, *(person.id for person in people.ls(db))]
    aims = goals.ls(db, 2024)
    made: list[int] = []
    for row in lived["matters"]:
        made.append(_matter(db, row, who))
    for row in lived["entries"]:
        entry = entries.add(
            db,
            text=row["kind"],
            kind=row["kind"],
            day=row["day"],
            now=NOW,
            links=[aims[number].id for number in row["goals"]],
            about=_about(row),
            win=row["win"] if row["kind"] == "win" else None,
        )
        made.append(entry.id)
    for row in lived["situations"]:
        made.append(
            situations.add(
                db,
                line="the system is down",
                day=row["day"],
                now=NOW,
                state=row["state"],
                closed_on=row["closed_on"],
                options={"options": [{"text": text} for text in row["options"]]},
                move={"message": row["message"], "propose": row["propose"]},
                match=row["match"],
                close={"lesson": row["lesson"]},
            ).id
        )
    leaders = people.ls(db)
    for number, row in enumerate(lived["priorities"]):
        priority = priorities.add(
            db,
            leaders[row["who"]],
            text=f"priority {number}",
            basis=row["basis"],
            checked_on=row["checked"],
            now=NOW,
        )
        priorities.edit(
            db, priority, NOW, checks=tuple(row["checks"]), state=row["state"]
        )
        if row["served"] is not None:
            goals.serve(db, aims[row["served"]], priority.id, "", NOW)
        made.append(priority.id)
    for day, standard, answer in lived["mirror"]:
        entries.add(
            db,
            text=answer,
            kind="mirror",
            day=day,
            now=NOW,
            mirror={"standard": standard, "answer": answer},
        )
    for at in lived["binned"]:
        if at < len(made):
            trash.remove(db, made[at], NOW)


def _about(row: dict[str, Any]) -> date | None:
    if row["kind"] != "warn" or row["about"] is None:
        return None
    day: date = row["day"]
    return day + timedelta(days=row["about"])


def _matter(db: Store, row: dict[str, Any], who: list[int | None]) -> int:
    matter = matters.add(
        db,
        title=row["kind"],
        kind=row["kind"],
        nature=row["nature"],
        origin=row["origin"],
        day=row["day"],
        due=row["due"],
        person_id=who[row["who"]],
        boundary={"decision": "declined"} if row["nature"] == "grey" else None,
        now=NOW,
    )
    for by, told in row["moves"]:
        due = matter.due
        assert due is not None
        matter = matters.move(
            db,
            matter,
            due + timedelta(days=by),
            None if told is None else due + timedelta(days=told),
            NOW,
        )
    assert matter.due is not None
    closed = matter.due + timedelta(days=row["closed"])
    if row["end"] == "done":
        matters.done(db, matter, closed, NOW)
    elif row["end"] == "drop":
        matters.drop(db, matter, closed, closed if row["told"] else None, NOW)
    return matter.id


def compare(db: Store, now: datetime, days: int) -> None:
    """Every figure of the last ``days`` days against the recount."""
    first, last = span_days(TODAY, days)
    told = figures.snapshot(db, TODAY, CALENDAR, 1, (first, last))
    by_hand = Recount(export_all(db, now=now), first, last)
    check(told, by_hand, TODAY, CALENDAR)


@given(lived=YEAR, days=st.sampled_from([30, 90, 365]))
@costly(40)
def test_every_figure_equals_a_recount_from_the_export(
    template: Path, tmp_path_factory: pytest.TempPathFactory, lived: Any, days: int
) -> None:
    path = tmp_path_factory.mktemp("lived") / "planner.db"
    shutil.copy(template, path)
    db = open_store(str(path), now=NOW)
    try:
        live(db, lived)
        compare(db, NOW, days)
        sums_agree(db)
        answers_are_the_last_six(db, lived)
    finally:
        db.close()
        shutil.rmtree(path.parent)


def test_a_goal_whose_only_priority_is_in_the_trash_serves_nobody(
    store: Store, now: datetime
) -> None:
    leader = people.add(store, alias="L", relation="leader", primary=True, now=now)
    goal = goals.add(
        store,
        year=2024,
        title="backlog",
        start=date(2024, 1, 1),
        due=date(2024, 12, 31),
        state="active",
        now=now,
    )
    wanted = priorities.add(store, leader, text="no old case", basis="said", now=now)
    goals.serve(store, goal, wanted.id, "", now)
    served, own = figures.alignment(store, TODAY, 1)
    assert (served.count, served.total, own.count) == (1, 1, 0)
    trash.remove(store, wanted.id, now)
    served, own = figures.alignment(store, TODAY, 1)
    assert (served.count, served.total, own.count) == (0, 0, 1)
    compare(store, now, 90)


def test_a_claim_that_was_told_is_still_a_claim(store: Store, now: datetime) -> None:
    told = {"used_on": "2024-09-10"}
    claim = entries.add(store, text="w", kind="win", day=TODAY, win=told, now=now)
    fact = entries.add(
        store, text="w", kind="win", day=TODAY, win=told | {"number": "12"}, now=now
    )
    assert (proof(claim), proof(fact)) == ("claim", "used")
    cases = evidence.wins(store, TODAY, TODAY)
    assert [(case.id, case.counts, case.word) for case in cases] == [
        (claim.id, False, "claim"),
        (fact.id, True, "used"),
    ]


def sums_agree(db: Store) -> None:
    """A figure counts what it lists, and its parts are the whole."""
    span = span_days(TODAY)
    found = figures.read(db, span, TODAY, CALENDAR)
    for figure in found.values():
        assert figure.count == len(figure.ids)
        assert figure.total == (None if figure.of is None else len(figure.of))
        if figure.total is not None:
            assert figure.count <= figure.total
    sides = [found[f"kept_{name}"] for name in ("up", "peers", "down", "others")]
    assert sorted(n for one in sides for n in one.ids) == sorted(found["kept"].ids)
    assert sum(one.total or 0 for one in sides) == found["kept"].total
    grey = {m.id for m in matters.ls(db, state=None) if m.nature == "grey"}
    for figure in found.values():
        assert not grey & set(figure.of or figure.ids)


def answers_are_the_last_six(db: Store, lived: Any) -> None:
    """A standard shows what was last answered about it, the oldest first."""
    for one in reflected.standings(db, TODAY):
        given = [
            (day, at, answer)
            for at, (day, standard, answer) in enumerate(lived["mirror"])
            if standard == one.standard and day <= TODAY
        ]
        assert list(one.last) == [answer for _day, _at, answer in sorted(given)][-6:]


@pytest.fixture(scope="module", params=["en", "zh_Hans"])
def sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("sample")
    db = open_store(demo.make(str(folder), request.param), now=demo.demo_now())
    yield db
    db.close()


@pytest.mark.parametrize("days", [90, 258])
def test_the_sample_year_equals_a_recount(sample: Store, days: int) -> None:
    compare(sample, demo.demo_now(), days)


def test_the_sample_year_says_what_the_design_says(sample: Store) -> None:
    found = figures.read(sample, span_days(TODAY), TODAY, CALENDAR)

    def both(name: str) -> tuple[int, int | None]:
        return found[name].count, found[name].total

    assert both("kept") == (17, 19)
    assert [both(f"kept_{name}") for name in ("up", "peers", "down")] == [
        (6, 7),
        (5, 5),
        (6, 7),
    ]
    assert both("aligned") == (3, 4)
    assert both("own") == (1, None)
    assert both("reflected") == (14, 20)
    first, *_rest = reflected.standings(sample, TODAY)
    assert first.last == ("yes", "yes", "partly", "no", "yes", "yes")
    last = evidence.by_goal(sample, span_days(TODAY), TODAY)[3]
    assert (last.handle, last.evidence.count, last.last) == ("G4", 0, date(2024, 6, 14))


def test_grey_matters_are_told_apart_and_in_no_snapshot(sample: Store) -> None:
    opened, decided = figures.boundary(sample, (date(2024, 1, 1), date(2024, 12, 31)))
    assert (opened.count, decided.count) == (0, 2)
    assert "grey" not in str(figures.snapshot(sample, TODAY, CALENDAR))


def test_a_year_of_the_fiscal_kind_has_its_own_months(sample: Store) -> None:
    span = (date(2024, 4, 1), TODAY)
    first, *_rest = evidence.by_goal(sample, span, TODAY, 4)
    assert first.handle == "G1"
    assert sum(a for a, _b in first.months) == first.evidence.count
    assert sum(b for _a, b in first.months) == first.claims.count
    assert first.months[6:] == ((0, 0),) * 6


def test_no_figure_reads_every_entry_or_matter(sample: Store) -> None:
    asked: list[tuple[str, Any]] = []

    class Watched:
        """The store, with what it is asked."""

        def __getattr__(self, name: str) -> Any:
            return getattr(sample, name)

        def read(self, sql: str, values: Any = ()) -> Any:
            asked.append((sql, values))
            return sample.read(sql, values)

    figures.snapshot(Watched(), TODAY, CALENDAR)  # type: ignore[arg-type]
    assert len(asked) > 10
    for sql, values in asked:
        plan = sample.read(f"EXPLAIN QUERY PLAN {sql}", values)
        steps = [str(row[-1]) for row in plan]
        for step in steps:
            assert not step.startswith(
                ("SCAN entry", "SCAN matter", "SCAN m", "SCAN e")
            ), (
                sql,
                step,
            )
