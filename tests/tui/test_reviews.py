"""The screen of reviews: a week held step by step, left and resumed, a year planned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from plannertui import i18n
from plannertui.core import reviews as rules
from plannertui.store import entries, goals, matters, priorities, reviews, years
from plannertui.tui.app import PlannerApp
from plannertui.tui.main import MainScreen
from plannertui.tui.screens.review import ReviewScreen
from tests.terminal import Terminal
from tests.tui.sample import fill, planner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path

    from textual.pilot import Pilot

    from plannertui.store.open import Store
    from tests.conftest import Ptui

from contextlib import asynccontextmanager

TODAY = date(2024, 9, 14)
WEEK = rules.read_period("week", "2024-W37")


@asynccontextmanager
async def opened(
    store: Store, now: datetime, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Pilot[None], ReviewScreen]]:
    store.set_meta("welcomed", "1")
    app = PlannerApp(planner(store, now, calendar="CN"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        cast(MainScreen, app.screen).focus_pane("goals")
        await pilot.press("w")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        yield pilot, app.screen


async def keys(pilot: Pilot[None], *pressed: str) -> None:
    for key in pressed:
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause()


def week(store: Store) -> reviews.Review:
    return reviews.get(store, "week", WEEK)


async def test_a_week_is_held_and_closed_with_its_figures(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    entries.add(store, text="in the week", day=date(2024, 9, 9), now=now)
    async with opened(store, now) as (pilot, screen):
        assert "Week 2024-W37" in screen.choice.list.shown_text
        await keys(pilot, "enter")
        assert screen.pane.step is not None
        assert screen.pane.step.name == "clear"
        assert "in the week" in screen.pane.list.shown_text
        await keys(pilot, "n", "x", *"nnnnn")
        assert screen.pane.step.name == "report"
        assert [week(store).step(n).state for n in ("clear", "promises")] == [
            "done",
            "skipped",
        ]
        await keys(pilot, "n")
        assert not screen.holding
    found = week(store)
    assert found.closed
    assert found.snapshot["figures"]["figures"]
    assert found.snapshot["numbers"][goals.ls(store, 2024)[0].handle] == 188


async def test_it_is_left_at_any_step_and_taken_up_there(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    entries.add(store, text="in the week", day=date(2024, 9, 9), now=now)
    async with opened(store, now) as (pilot, screen):
        await keys(pilot, "enter", "n", "n", "i", *"late", "escape", "escape")
        assert "begun" in screen.choice.list.shown_text
        await keys(pilot, "escape")
    assert week(store).step("goals").text == "late"
    async with opened(store, now) as (pilot, screen):
        await keys(pilot, "enter")
        assert screen.pane.step is not None
        assert screen.pane.step.name == "goals"
        assert screen.pane.writing.editor.text == "late"


async def test_things_are_acted_on_in_place_and_undone(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    promise = matters.add(
        store, title="the list", kind="promise", day=TODAY, now=now, due=TODAY
    )
    note = entries.add(store, text="alone", day=date(2024, 9, 9), now=now)
    async with opened(store, now) as (pilot, screen):
        await keys(pilot, "enter")
        assert screen.pane.list.go_to("entry", (note.id,))
        await keys(pilot, "y")
        assert entries.get(store, note.id).share == "ready"
        await keys(pilot, "f", *"G1", "enter")
        assert [ref.handle for ref in entries.get(store, note.id).refs] == ["G1"]
        assert "alone" not in screen.pane.list.shown_text
        await keys(pilot, "n")
        assert screen.pane.list.go_to("matter", (promise.id,))
        await keys(pilot, "d")
        assert matters.get(store, promise.id).state == "done"
        await keys(pilot, "u")
        assert matters.get(store, promise.id).state == "open"
        assert "the list" in screen.pane.list.shown_text
        assert screen.pane.list.go_to("matter", (promise.id,))
        await keys(pilot, "D", "right", "ctrl+s")
        found = matters.get(store, promise.id)
        assert (found.state, found.told_on) == ("dropped", TODAY)


async def test_a_belief_is_confirmed_changed_and_asked(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    entries.add(store, text="in the week", day=date(2024, 9, 9), now=now)
    async with opened(store, now) as (pilot, screen):
        await keys(pilot, "enter", *"nnn")
        row = screen.pane.list.row
        assert row is not None
        await keys(pilot, "v")
        first = priorities.get(store, row.key)
        assert (first.basis, first.checked_on) == ("said", TODAY)
        assert first.checks[-1].right == "yes"
        await keys(pilot, "A")
        asks = matters.ls(store, kind="ask")
        assert [ask.priority_id for ask in asks] == [first.id]
        await keys(pilot, "e", *" now", "enter")
        changed = priorities.get(store, row.key)
        assert changed.state == "changed"
        assert changed.successor_id is not None
        assert priorities.get(store, changed.successor_id).text.endswith(" now")


async def test_the_standard_is_answered_and_the_question_too(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    years.save(store, 2024, now, standards=["Tell me early"])
    entries.add(store, text="in the week", day=date(2024, 9, 9), now=now)
    async with opened(store, now) as (pilot, screen):
        await keys(pilot, "enter", *"nnnnn")
        await keys(pilot, "right", "right", "i", *"Tuesday", "escape")
        await keys(pilot, "down", "i", *"Facts", "escape")
        assert "Facts" in screen.pane.list.shown_text
    row = store.one("SELECT text, mirror FROM entry WHERE kind = 'mirror'")
    assert row is not None
    assert row[0] == "Tuesday"
    assert '"answer":"partly"' in row[1]
    (answer,) = reviews.answers(store, week(store)).values()
    assert answer.text == "Facts"
    assert answer.kind == "reflection"


async def test_another_period_is_chosen_with_the_arrows(
    store: Store, now: datetime
) -> None:
    async with opened(store, now) as (pilot, screen):
        before = screen.choice.found[0].period
        await keys(pilot, "left")
        assert screen.choice.found[0].period.last < before.first
        await keys(pilot, "right")
        assert screen.choice.found[0].period == before


async def test_the_name_in_an_earlier_language_is_not_said_beside_the_name(
    store: Store, now: datetime
) -> None:
    i18n.use("zh_Hans")
    before = reviews.get(store, "week", rules.read_period("week", "2024-W36"))
    begun = reviews.keep(
        store, before, "clear", today=TODAY, now=now, state="done", text="all filed"
    )
    reviews.close(store, begun, {}, today=TODAY, now=now)
    i18n.use("en")
    async with opened(store, now) as (_pilot, screen):
        shown = screen.choice.list.shown_text
        assert "Week 2024-W36" in shown
        assert "all filed" in shown
        assert "周回顾" not in shown


async def test_a_year_is_planned_and_ends_with_its_page(
    store: Store, now: datetime
) -> None:
    async with opened(store, now, (100, 30)) as (pilot, screen):
        place = [each.kind for each in screen.choice.found].index("plan")
        await keys(pilot, *["down"] * place, "enter")
        assert "1/4" in str(screen.pane.border_title)
        years.save(store, 2024, now, theme="Fewer, finished", lines=["No favours"])
        goals.add(
            store,
            year=2024,
            title="Cut the backlog",
            start=date(2024, 1, 1),
            due=date(2024, 12, 31),
            obstacle="Easy ones first",
            now=now,
        )
        await keys(pilot, *"nnnn")
        said = screen.pane.list.shown_text
        assert "Fewer, finished" in said
        assert "No favours" in said
        await keys(pilot, "S")
        said = screen.pane.list.shown_text
        assert "Cut the backlog" in said
        assert "No favours" not in said
        assert "Easy ones first" not in said
        await keys(pilot, "enter")
        assert not screen.holding
    assert reviews.get(store, "plan", rules.read_period("plan", "2024")).closed


def drafted(path: Path) -> list[str]:
    """What the store keeps as drafts at this moment."""
    from sqlcipher3 import dbapi2

    conn = dbapi2.connect(str(path))
    try:
        return [row[0] for row in conn.execute("SELECT body FROM draft")]
    finally:
        conn.close()


def test_what_was_typed_survives_a_kill(
    tmp_path: Path, now: datetime, ptui: Ptui
) -> None:
    ptui("note", "in the week", "--on", "2024-09-09")
    ptui("year", "set", "--theme", "Fewer")
    path = tmp_path / "planner.db"
    env = {"PLANNERTUI_DB": str(path), "PLANNERTUI_NOW": now.isoformat()}
    import sys

    command = [sys.executable, "-m", "plannertui"]
    with Terminal(command, env=env) as terminal:
        terminal.wait_for("Tonight")
        terminal.wait(terminal.settled)
        terminal.press("w")
        terminal.wait_for("Look back and ahead")
        terminal.press("enter")
        terminal.wait_for("1/8")
        terminal.press("n")
        terminal.wait_for("2/8")
        terminal.press("i")
        terminal.type("whom to tell")
        terminal.wait(lambda: "whom to tell" in drafted(path))
        terminal.kill()
    found = ptui("review", "week", "--json").json
    assert found["steps"][0]["state"] == "done"
    assert found["steps"][1]["text"] == ""
    with Terminal(command, env=env) as terminal:
        terminal.wait_for("Tonight")
        terminal.wait(terminal.settled)
        terminal.press("w")
        terminal.wait_for("Look back and ahead")
        terminal.press("enter")
        terminal.wait_for("2/8")
        terminal.wait_for("whom to tell")


async def test_a_year_is_planned_from_nothing_with_the_keys_at_hand(
    store: Store, now: datetime
) -> None:
    from plannertui.tui.dialogs.goal_form import GoalForm
    from plannertui.tui.dialogs.person import PersonForm
    from plannertui.tui.dialogs.year import YearDialog

    async with opened(store, now, (100, 30)) as (pilot, screen):
        place = [each.kind for each in screen.choice.found].index("year-open")
        await keys(pilot, *["down"] * place, "enter", "e")
        assert isinstance(pilot.app.screen, YearDialog)
        await keys(pilot, *"Fewer", "ctrl+s")
        assert years.get(store, 2024).theme == "Fewer"
        assert "Fewer" in screen.pane.list.shown_text
        await keys(pilot, "n", "plus")
        assert isinstance(pilot.app.screen, PersonForm)
        await keys(pilot, *"Director", "ctrl+s", "plus", *"No complaints", "enter")
        assert [row.text for row in priorities.ls(store)] == ["No complaints"]
        await keys(pilot, "n", "plus")
        assert isinstance(pilot.app.screen, GoalForm)
        await keys(pilot, *"Backlog", "ctrl+s")
        (goal,) = goals.ls(store, 2024)
        assert goal.title == "Backlog"
        assert screen.pane.list.row is not None
        await keys(pilot, "M", *"Outline", "enter")
        assert [step.title for step in goals.ls(store, 2024)[0].milestones] == [
            "Outline"
        ]
        await keys(pilot, *"nnnnnn")
        assert screen.pane.step is not None
        assert screen.pane.step.name == "january"
        assert screen.pane.list.go_to("priority", (priorities.ls(store)[0].id,))
        await keys(pilot, "A")
        assert [m.kind for m in matters.ls(store)] == ["ask"]
