"""The sample year: its figures, its days, both languages, the same every time."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.core import matters as matter_rules
from plannertui.core.entries import proof
from plannertui.core.goals import coverage, pace
from plannertui.core.priorities import perspective
from plannertui.core.prompts import load_bank
from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.exchange import demo
from plannertui.store import entries, goals, matters, people, priorities, situations
from plannertui.store.doctor import examine
from plannertui.store.dump import export_all
from plannertui.store.history import undo
from plannertui.store.open import open_store
from plannertui.store.questions import Questions
from plannertui.store.search import search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)
TOML = Path(demo.__file__).parent.parent / "data" / "demo.toml"


@pytest.fixture(scope="module", params=["en", "zh_Hans"])
def sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("sample")
    db = open_store(demo.make(str(folder), request.param), now=demo.demo_now())
    yield db
    db.close()


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return WorkCalendar(lambda year: build_year("CN", year))


@pytest.fixture(scope="module")
def texts() -> dict[str, Any]:
    return tomllib.loads(TOML.read_text(encoding="utf-8"))


def test_where_the_goals_stand(sample: Store, calendar: WorkCalendar) -> None:
    found = [(g.handle, pace(g, calendar, TODAY)) for g in goals.ls(sample, 2024)]
    assert [
        (handle, round(p.progress), round(p.elapsed), p.gap, p.health)
        for handle, p in found
    ] == [
        ("G1", 72, 71, 1, "on_pace"),
        ("G2", 60, 71, -11, "behind"),
        ("G3", 75, 71, 4, "on_pace"),
        ("G4", 20, 71, -51, "at_risk"),
    ]
    first = goals.get(sample, "G1").measure
    assert first is not None
    assert (first.start, first.now, first.target) == (412, 188, 100)
    assert len(goals.check_ins(sample, goals.get(sample, "G1"))) == 37


def test_three_of_four_priorities_are_served(sample: Store) -> None:
    leader = people.primary(sample)
    assert leader is not None
    assert leader.handle == "L1"
    found = coverage(goals.ls(sample, 2024), priorities.ls(sample, leader.id))
    assert (found.served, found.priorities, found.own) == (3, 4, 1)


def test_promises_of_ninety_days(sample: Store) -> None:
    kept: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for promise in matters.ls(sample, kind="promise", state=None):
        assert promise.due is not None
        if not matter_rules.counted(promise, TODAY) or (TODAY - promise.due).days > 90:
            continue
        assert promise.person is not None
        relation = people.get(sample, promise.person.id).relation
        every[relation] += 1
        kept[relation] += matter_rules.outcome(promise) in ("kept", "renegotiated")
    assert every == {"leader": 7, "peer": 5, "below": 7}
    assert kept == {"leader": 6, "peer": 5, "below": 6}


def test_wins_with_and_without_proof(sample: Store) -> None:
    found = Counter(proof(win) for win in entries.wins(sample))
    assert found["claim"] == 2
    assert found["evidence"] >= 25
    july = [w.day for w in entries.wins(sample) if w.day.month == 7]
    assert july == []


def test_the_hard_moments_are_closed(sample: Store) -> None:
    assert situations.ls(sample) == []
    last = situations.get(sample, "S3")
    assert (last.day, last.state, last.match) == (TODAY, "closed", "no")
    grey = [m for m in matters.ls(sample, state=None) if m.nature == "grey"]
    assert [(m.boundary or {}).get("decision") for m in grey] == ["declined"] * 2


def test_then_and_now(sample: Store, calendar: WorkCalendar) -> None:
    question = Questions(sample, load_bank(), calendar).of(TODAY, TODAY)
    assert question is not None
    assert question.prompt.id == "credit-05"
    assert question.answer is None
    assert question.before is not None
    assert question.before.day == date(2024, 6, 12)
    assert "34" in question.before.text


def test_fourteen_evenings_of_twenty(sample: Store, calendar: WorkCalendar) -> None:
    first = calendar.add(TODAY, -19)
    row = sample.one(
        "SELECT count(DISTINCT day) FROM entry WHERE kind = 'reflection' AND day >= ?",
        (first.isoformat(),),
    )
    assert row == (14,)


def test_enough_to_look_at(sample: Store, calendar: WorkCalendar) -> None:
    rows = sample.read("SELECT day, text FROM entry")
    assert len(rows) >= 400
    days = {date.fromisoformat(day) for day, _text in rows}
    assert all(calendar.is_workday(day) for day in days)
    assert max(days) == TODAY
    assert len({text for _day, text in rows}) == len(rows)
    handles = sample.read(
        "SELECT e.day FROM entry e JOIN handle h ON h.id = e.id ORDER BY h.number"
    )
    assert handles == sorted(handles)


def test_it_is_a_sound_store_that_cannot_be_undone(sample: Store) -> None:
    found = {finding.code: finding.level for finding in examine(sample.path)}
    assert set(found.values()) == {"ok"}
    assert undo(sample, demo.demo_now()) is None
    assert search(sample, "积压" if "积压" in _any(sample) else "backlog")


def _any(db: Store) -> str:
    return str(goals.get(db, "G1").title)


def test_the_same_every_time(tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        db = open_store(demo.make(str(folder)), now=demo.demo_now())
        tables = export_all(db, now=demo.demo_now())["tables"]
        db.close()
        for rows in tables.values():
            for row in rows:
                row.pop("uid", None)
        # What was before holds the ids that are made anew each time.
        del tables["revision"]
        tables["meta"] = [r for r in tables["meta"] if r["key"] != "created_at"]
        found.append(tables)
    assert found[0] == found[1]


def _pairs(value: Any) -> Iterator[tuple[str, str]]:
    """Every pair of texts of which one is Chinese."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _pairs(inner)
    elif isinstance(value, list):
        strings = [one for one in value if isinstance(one, str)]
        for one, other in pairwise(strings):
            if _chinese(other) and not _chinese(one):
                yield one, other
        for inner in value:
            yield from _pairs(inner)


def _chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def test_both_languages_say_the_same_numbers_and_names(texts: dict[str, Any]) -> None:
    pairs = list(_pairs(texts))
    assert len(pairs) > 400
    for english, chinese in pairs:
        refs = set(re.findall(r"@[A-Z]\d+", english))
        theirs = set(re.findall(r"@[A-Z]\d+", chinese))
        assert refs == theirs, english
        assert not _chinese(english)


def test_the_answers_are_to_daily_questions(texts: dict[str, Any]) -> None:
    daily = {prompt.id for prompt in load_bank().of("daily")}
    assert set(texts["answers"]) == daily
    opened = {row[2] for row in texts["situational"]}
    assert opened <= {prompt.id for prompt in load_bank().of("situational")}


def test_beliefs_were_checked(sample: Store) -> None:
    tried = priorities.ls(sample, past=True)
    found = perspective(tried)
    assert (found.checked, found.right, found.partly) == (8, 4, 1)
    wrong = [each for each in tried if each.state == "changed"]
    assert [each.successor_id for each in wrong] == [priorities.get(sample, "L1.3").id]
    before = people.get(sample, "L3")
    assert (before.state, before.primary) == ("past", False)
