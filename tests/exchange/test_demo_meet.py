"""The one-on-ones of the sample year: a series, and the brief for the one to come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plannertui.core.followups import PARTS, follow_up_of
from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.exchange import demo
from plannertui.store import agendas, briefing, meetings, people, refs
from plannertui.store.ledger import ledger
from plannertui.store.open import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plannertui.core.events import Event
    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)
CHINA = WorkCalendar(lambda year: build_year("CN", year))


@pytest.fixture(scope="module", params=["en", "zh_Hans"])
def sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("sample")
    db = open_store(demo.make(str(folder), request.param), now=demo.demo_now())
    yield db
    db.close()


def soon(db: Store) -> Event:
    return meetings.upcoming(db, TODAY, CHINA)[0]


def test_the_talks_are_one_series(sample: Store) -> None:
    talk = soon(sample)
    assert (talk.starts_on, talk.time, talk.state) == (
        date(2024, 9, 19),
        "10:00",
        "prepared",
    )
    assert meetings.rhythm(sample, talk) == "fortnightly"
    past = [one for one in meetings.ls(sample) if one.starts_on < TODAY]
    assert len(past) == 16
    assert {one.state for one in past} == {"followed_up"}
    assert {one.series_id for one in past} == {talk.series_id}
    assert all(one.agenda and one.follow_up.get("heard") for one in past)
    # 3 October is a holiday: the one after waits a week.
    held = date(2024, 9, 19)
    assert [one.starts_on for one in meetings.upcoming(sample, held, CHINA)] == [held]
    after = date(2024, 9, 20)
    assert [one.starts_on for one in meetings.upcoming(sample, after, CHINA)] == [
        date(2024, 10, 10)
    ]


def test_every_line_leads_to_what_it_became(sample: Store) -> None:
    became = [
        line.became
        for talk in meetings.ls(sample)
        for part in PARTS
        for line in follow_up_of(talk.follow_up).part(part)
        if line.became
    ]
    assert len(became) >= 10
    assert all(refs.resolve(sample, handle) for handle in became)


def test_what_was_not_said_comes_over_once(sample: Store) -> None:
    items = agendas.agenda(sample, soon(sample), TODAY)
    assert [(one.kind, one.carried) for one in items] == [
        ("decide", ""),
        ("inform", "E16"),
    ]


def test_the_brief_to_the_figure(sample: Store) -> None:
    found = briefing.gather(sample, soon(sample), TODAY, CHINA)
    assert found.person is not None
    assert found.person.handle == "L1"
    assert found.last is not None
    assert found.last.starts_on == date(2024, 9, 5)
    assert [
        (one.goal.handle, round(one.pace.progress), round(one.pace.elapsed))
        for one in found.standings
    ] == [("G1", 72, 71), ("G2", 60, 71), ("G3", 75, 71)]
    assert [one.due for one in found.warnings] == [date(2024, 9, 23)]
    assert len(found.decide) == 1
    assert [
        (one.basis, one.day, (TODAY - one.day).days if one.day else 0)
        for one in found.ask
    ] == [("guess", date(2024, 8, 2), 43), ("seen", date(2024, 5, 17), 120)]
    assert [(one.kind, one.due, one.state) for one in found.promises] == [
        ("promise", date(2024, 9, 13), "done"),
        ("promise", date(2024, 9, 20), "open"),
        ("waiting", date(2024, 9, 16), "open"),
    ]
    assert [one.carried_on for one in found.carried] == [date(2024, 9, 5)]
    assert [(line.name, line.basis) for line in found.style][:2] == [
        ("takes_in", "said"),
        ("depth", "seen"),
    ]


def test_the_ledger_with_the_director(sample: Store) -> None:
    leader = people.primary(sample)
    assert leader is not None
    found = ledger(sample, leader, TODAY, CHINA)
    assert found.totals()["mine"] == {
        "open": 1,
        "kept": 7,
        "renegotiated": 1,
        "late": 1,
        "broken": 0,
        "released": 0,
    }
    origins = {one.origin for one in (*found.mine, *found.theirs, *found.asks)}
    assert {"E14", "E16"} <= origins
