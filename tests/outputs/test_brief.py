"""The pages for a talk that is no row yet, and for days at the turn of a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from plannertui.core.goals import Measure
from plannertui.outputs.report import make
from plannertui.store import agendas, goals, meetings, people
from plannertui.store.calendar import work_calendar
from plannertui.store.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.core.people import Person
    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)


@pytest.fixture
def leader(store: Store, now: datetime) -> Person:
    return people.add(store, alias="Director", relation="leader", primary=True, now=now)


def page(
    store: Store,
    now: datetime,
    subject: int = 0,
    *,
    kind: str = "brief",
    year_start: int = 1,
    today: date = TODAY,
) -> str:
    settings = Settings("", {})
    settings.calendar, settings.year_start = "CN", year_start
    calendar = work_calendar(store, settings, "en", today)
    made = make(
        store,
        kind,
        now=now,
        today=today,
        calendar=calendar,
        settings=settings,
        subject=subject,
    )
    return made.markdown


def test_the_next_of_a_series_brings_its_agenda_before_it_is_a_row(
    store: Store, now: datetime, leader: Person
) -> None:
    gone = meetings.add(
        store,
        leader,
        starts_on=TODAY - timedelta(days=3),
        repeat="weekly",
        time="10:00",
        now=now,
    )
    agendas.add_item(store, gone, "Naming a deputy", TODAY, now)
    other = people.add(store, alias="Deputy", relation="above", now=now)
    meetings.add(store, other, starts_on=TODAY + timedelta(days=1), now=now)
    told = page(store, now, leader.id)
    assert "One-on-one: Director · Wed 18 Sep 10:00" in told
    assert "Carried from last time\n- Naming a deputy" in told
    assert "One-on-one: Deputy · Sun 15 Sep" in page(store, now)


def test_a_year_that_starts_in_april_has_its_goals_in_february(
    store: Store, now: datetime, leader: Person
) -> None:
    goals.add(
        store,
        year=2024,
        title="Backlog",
        start=date(2024, 4, 1),
        due=date(2025, 3, 31),
        state="active",
        measure=Measure("cases", "", 400, 100, 300, "down"),
        now=now,
    )
    today = date(2025, 2, 3)
    meetings.add(store, leader, starts_on=today, now=now)
    told = page(store, now, year_start=4, today=today)
    assert "Backlog: 300 on" in told


@pytest.mark.parametrize(
    ("today", "told"), [(date(2024, 12, 31), True), (date(2025, 1, 2), False)]
)
def test_the_last_week_of_a_year_tells_of_its_goals_until_the_year_is_over(
    store: Store, now: datetime, today: date, told: bool
) -> None:
    goals.add(
        store,
        year=2024,
        title="Backlog",
        start=date(2024, 1, 1),
        due=date(2024, 12, 31),
        state="active",
        measure=Measure("open cases", "", 400, 100, 120, "down"),
        now=now,
    )
    text = page(store, now, kind="weekly", today=today)
    assert ("open cases at 120" in text) is told
