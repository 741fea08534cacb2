"""The working calendar: remembered, rebuilt when it may have changed, minus leave."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from plannertui.core import workdays
from plannertui.store import calendar, events
from plannertui.store.open import Store
from plannertui.store.settings import Settings


@pytest.fixture
def china() -> Settings:
    settings = Settings("", {})
    settings.calendar = "CN"
    return settings


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The years that were built from the calendar package, in order."""
    years: list[int] = []

    def build(code: str, year: int, language: str = "en") -> workdays.WorkYear:
        years.append(year)
        return workdays.build_year(code, year, language)

    monkeypatch.setattr(calendar, "build_year", build)
    return years


def test_a_past_year_is_built_once(
    store: Store, china: Settings, built: list[int]
) -> None:
    for month in (9, 10):
        days = calendar.work_calendar(store, china, "en", date(2024, month, 14))
        assert days.count(date(2023, 1, 1), date(2023, 12, 31)) == 249
        assert days.name(date(2023, 10, 2)) != ""
    assert built == [2023]


def test_this_year_is_built_again_each_month(
    store: Store, china: Settings, built: list[int]
) -> None:
    for today in (date(2024, 9, 14), date(2024, 9, 30), date(2024, 10, 1)):
        days = calendar.work_calendar(store, china, "en", today)
        assert days.count(date(2024, 1, 1), date(2024, 12, 31)) == 251
    assert built == [2024, 2024]


def test_a_year_not_published_is_said_and_asked_for_again(
    store: Store, china: Settings, built: list[int]
) -> None:
    for today in (date(2026, 11, 22), date(2026, 11, 23), date(2026, 12, 1)):
        days = calendar.work_calendar(store, china, "en", today)
        assert not days.known(2099)
    assert built == [2099, 2099]


def test_leave_is_no_workday(store: Store, china: Settings, now: datetime) -> None:
    events.add(store, title="away", kind="leave", starts_on=date(2024, 9, 13), now=now)
    days = calendar.work_calendar(store, china, "en", date(2024, 9, 14))
    assert days.kind(date(2024, 9, 13)) == "leave"
    assert days.previous(date(2024, 9, 14)) == date(2024, 9, 12)
    assert days.count(date(2024, 1, 1), date(2024, 12, 31)) == 250


def test_a_year_of_an_earlier_month_will_do_until_it_is_built_again(
    store: Store, china: Settings, built: list[int]
) -> None:
    september, october = date(2024, 9, 14), date(2024, 10, 1)
    assert not calendar.is_stale(store, china, "en", september)
    calendar.work_calendar(store, china, "en", september).year(2024)
    assert not calendar.is_stale(store, china, "en", september)
    assert calendar.is_stale(store, china, "en", october)
    days = calendar.work_calendar(store, china, "en", october, fresh=False)
    assert days.count(date(2024, 1, 1), date(2024, 12, 31)) == 251
    assert built == [2024]
    calendar.work_calendar(store, china, "en", october).year(2024)
    assert built == [2024, 2024]
    assert not calendar.is_stale(store, china, "en", october)
