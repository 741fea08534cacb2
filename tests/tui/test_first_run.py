"""The first run: five questions, each of which can be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from plannertui import i18n
from plannertui.store import goals, people, priorities, years
from plannertui.store.settings import load
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.firstrun import (
    GoalQuestion,
    LanguageQuestion,
    LeaderQuestion,
    PassphraseQuestion,
    ThemeQuestion,
)
from plannertui.tui.dialogs.step import STEPS, Question
from plannertui.tui.isnew import is_new
from plannertui.tui.main import MainScreen
from plannertui.tui.widgets.choice import Choice
from tests.tui.sample import fill, planner

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from textual.pilot import Pilot

    from plannertui.store.open import Store


KINDS = (
    *(LanguageQuestion, ThemeQuestion, LeaderQuestion, GoalQuestion),
    PassphraseQuestion,
)


@pytest.fixture
def app(store: Store, now: datetime, tmp_path: Path) -> PlannerApp:
    """The program on an empty store."""
    shared = planner(store, now, calendar="mon-fri")
    shared.settings.path = str(tmp_path / "config.toml")
    return PlannerApp(shared)


async def asked(pilot: Pilot[None], app: PlannerApp, kind: type[Question]) -> None:
    for _n in range(100):
        await pilot.pause(0.01)
        if isinstance(app.screen, kind) and app.screen.is_mounted:
            break
    assert isinstance(app.screen, kind)


def put(app: PlannerApp, **values: str) -> None:
    for name, value in values.items():
        app.screen.query_one(f"#{name.replace('_', '-')}", Input).value = value


async def test_five_answers_make_the_screen_useful(
    app: PlannerApp, store: Store, tmp_path: Path
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await asked(pilot, app, LanguageQuestion)
        put(app, country="cn")
        await pilot.press("ctrl+s")
        await asked(pilot, app, ThemeQuestion)
        await pilot.press(*"Fewer, finished", "enter")
        await asked(pilot, app, LeaderQuestion)
        await pilot.press(*"Director", "enter")
        put(app, priority_0="No complaint older than 30 days", priority_2="Staff")
        app.screen.query_one("#basis-0", Choice).value = "said"
        await pilot.press("ctrl+s")
        await asked(pilot, app, GoalQuestion)
        put(app, goal="Licence backlog", to="100", unit="cases")
        put(app, **{"from": "412"})
        put(app, milestones="draft; legal check；pilot")
        await pilot.press("ctrl+s")
        await asked(pilot, app, PassphraseQuestion)
        await pilot.press("enter")
        for _n in range(50):
            await pilot.pause(0.01)
            if isinstance(app.screen, MainScreen) and goals.ls(store, 2024):
                break
    settings = load(str(tmp_path / "config.toml"), {})
    assert (settings.language, settings.calendar) == ("en", "CN")
    assert years.get(store, 2024).theme == "Fewer, finished"
    (leader,) = people.ls(store)
    assert (leader.alias, leader.primary) == ("Director", True)
    assert [(p.text, p.basis) for p in priorities.ls(store, leader.id)] == [
        ("No complaint older than 30 days", "said"),
        ("Staff", "guess"),
    ]
    (goal,) = goals.ls(store, 2024)
    assert goal.measure is not None
    assert (goal.measure.start, goal.measure.target) == (412, 100)
    assert goal.measure.direction == "down"
    assert [m.title for m in goal.milestones] == ["draft", "legal check", "pilot"]
    assert not is_new(store)


async def test_every_question_can_be_skipped(app: PlannerApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for kind in KINDS:
            await asked(pilot, app, kind)
            await pilot.press("escape")
        for _n in range(50):
            await pilot.pause(0.01)
            if isinstance(app.screen, MainScreen):
                break
        assert isinstance(app.screen, MainScreen)
    assert people.ls(store) == []
    assert not is_new(store)


def test_there_are_five_questions() -> None:
    assert [kind.STEP for kind in KINDS] == list(range(1, STEPS + 1))


async def test_what_nobody_answers_for_is_told(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await asked(pilot, app, LanguageQuestion)
        await pilot.press("escape")
        await asked(pilot, app, ThemeQuestion)
        await pilot.press("escape")
        await asked(pilot, app, LeaderQuestion)
        put(app, priority_1="Staff")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, LeaderQuestion)
        assert app.screen.query_one("#problem").display
        assert app.screen.query_one("#priority-1", Input).value == "Staff"


async def test_the_rest_speaks_the_language_that_was_chosen(
    app: PlannerApp, store: Store
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await asked(pilot, app, LanguageQuestion)
        app.screen.query_one("#language", Choice).value = "zh_Hans"
        await pilot.press("ctrl+s")
        await asked(pilot, app, ThemeQuestion)
        assert i18n.language() == "zh_Hans"


async def test_what_is_wrong_is_said_and_stays(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await asked(pilot, app, LanguageQuestion)
        put(app, country="atlantis")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, LanguageQuestion)
        assert app.screen.query_one("#problem").display
        assert app.screen.query_one("#country", Input).value == "atlantis"


async def test_nobody_is_asked_twice_or_in_a_store_in_use(
    store: Store, now: datetime
) -> None:
    assert is_new(store)
    fill(store, now)
    assert not is_new(store)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(0.1)
        assert isinstance(app.screen, MainScreen)
