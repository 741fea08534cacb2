"""One captured line as it is filed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plannertui.core.capture import parse
from plannertui.core.errors import EmptyText
from plannertui.core.goals import Measure
from plannertui.store import entries, goals, history, matters, people, refs
from plannertui.store.capture import Filed, file_capture
from plannertui.store.open import Store
from tests.conftest import NOW

DAY = date(2024, 9, 14)


@pytest.fixture
def office(store: Store) -> Store:
    people.add(store, alias="Director", now=NOW)
    people.add(store, alias="Finance", relation="peer", now=NOW)
    span: dict[str, Any] = {"year": 2024, "start": date(2024, 1, 1), "now": NOW}
    measure = Measure("open cases", "cases", 412, 100, 200, "down")
    goals.add(store, title="Backlog", due=date(2024, 12, 31), measure=measure, **span)
    goals.add(store, title="Manual", due=date(2024, 12, 31), **span)
    return store


def put(db: Store, line: str) -> Filed:
    capture = parse(line, today=DAY, resolve=lambda name: refs.resolve(db, name))
    return file_capture(db, capture, day=DAY, now=NOW)


@pytest.mark.parametrize(
    ("line", "handle", "kind"),
    [
        ("the counter was quiet", "J1", "note"),
        ("+ nine of ten checks @G1", "J1", "win"),
        ("* test on one counter first", "J1", "lesson"),
        ("! budget may come back @P1 ^9-23", "J1", "warn"),
    ],
)
def test_entries(office: Store, line: str, handle: str, kind: str) -> None:
    filed = put(office, line)
    entry = entries.get(office, handle)
    assert (filed.handle, filed.noun, filed.kind) == (handle, "entry", kind)
    assert (entry.kind, entry.day, entry.share) == (kind, DAY, "private")
    assert entry.at == "2024-09-14T18:10:00.000+08:00"
    if kind == "warn":
        assert entry.about == date(2024, 9, 23)
        assert entry.text == "budget may come back @P1"
        assert [ref.label for ref in entry.refs] == ["Finance"]


@pytest.mark.parametrize(
    ("line", "kind", "nature"),
    [
        ("> list of 30 oldest @L1 ^fri", "promise", "official"),
        ("< answer @L1 ^fri", "waiting", "official"),
        ("? is the form first @L1 ^fri", "ask", "official"),
        ("~ driver for an errand @L1 ^fri", "task", "grey"),
    ],
)
def test_matters(office: Store, line: str, kind: str, nature: str) -> None:
    filed = put(office, line)
    matter = matters.get(office, "M1")
    assert filed.handle == "M1"
    assert (matter.kind, matter.nature) == (kind, nature)
    assert matter.person is not None
    assert matter.person.label == "Director"
    assert matter.due == date(2024, 9, 20) == filed.due


def test_a_day_in_the_past_has_no_time(office: Store) -> None:
    put(office, "forgot this ^yesterday")
    entry = entries.get(office, "J1")
    assert (entry.day, entry.at) == (date(2024, 9, 13), None)


def test_a_number_moves_the_measure_towards_its_target(office: Store) -> None:
    filed = put(office, "+ twelve cases closed @G1 n:12")
    goal = goals.get(office, "G1")
    assert filed.moved
    assert goal.measure is not None
    assert goal.measure.now == 188
    assert entries.get(office, "J1").text == "twelve cases closed @G1"
    assert goals.check_ins(office, goal)[-1].note == "J1"
    history.undo(office, NOW)
    assert goals.get(office, "G1").measure == Measure(
        "open cases", "cases", 412, 100, 200, "down"
    )


def test_a_number_without_a_measure_stays_in_the_text(office: Store) -> None:
    filed = put(office, "chapter written @G2 n:1.50")
    assert not filed.moved
    assert entries.get(office, "J1").text == "chapter written @G2 n:1.50"


def test_nothing_is_not_filed(office: Store) -> None:
    for line in ("", "  ", "+ ", "> ^fri"):
        with pytest.raises(EmptyText):
            put(office, line)
    assert office.one("SELECT count(*) FROM handle WHERE letter IN ('J', 'M')") == (0,)
