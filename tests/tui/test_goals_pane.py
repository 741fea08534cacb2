"""The goals pane on a real store: how goals stand, and every verb on them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from textual.screen import ModalScreen
from textual.widgets import Input

from plannertui.core.goals import Goal, Measure, pace
from plannertui.store import entries, goals, history, trash, years
from plannertui.tui.messages import Changed, YearPicked
from plannertui.tui.panes.goals import GoalsPane
from plannertui.tui.themes import UNICODE
from plannertui.tui.widgets.goal_lines import GoalView, goal_lines, number
from plannertui.tui.widgets.phrases import Phrases
from tests.tui.sample import TODAY, Host, fill, planner

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

SIZES = [(39, 33), (30, 18), (78, 24)]
JANUARY, DECEMBER = date(2024, 1, 1), date(2024, 12, 31)


def host(
    store: Store, now: datetime, language: str = "en", frame: str = "unicode"
) -> Host:
    return Host(GoalsPane(planner(store, now, language, frame=frame), 2024, id="goals"))


def pane_of(app: Host) -> GoalsPane:
    assert isinstance(app.widget, GoalsPane)
    return app.widget


def shown(app: Host) -> list[str]:
    pane = pane_of(app)
    return pane.list.shown_text.splitlines()


async def test_the_year_of_the_design(store: Store, now: datetime) -> None:
    fill(store, now)
    entries.add(store, kind="note", text="x", day=date(2024, 9, 13), now=now)
    app = host(store, now)
    async with app.run_test(size=(39, 33)) as pilot:
        await pilot.pause()
        assert [each[:16] for each in shown(app)][::4] == [
            "▎G1 Cut the lice",
            " G2 One counter,",
            " G3 Two who can ",
            " G4 Handover man",
        ]
        text = "\n".join(shown(app))
        for said in (
            "412→100",
            "72 %",
            "on pace · now 188 cases",
            "behind 11 · next: Form check",
            "own · 1 of 5",
            "at risk 51 · nothing since June",
        ):
            assert said in text
        assert all("┊" in shown(app)[at] for at in (1, 5, 9, 13))
        pane = pane_of(app)
        assert pane.query_one("#goals-theme", Phrases).shown_text == "Fewer, finished"
        served = pane.query_one("#goals-served", Phrases).shown_text.splitlines()
        assert served == ["Serves Director: 3 of 4 priorities", "1 own course"]


@pytest.mark.parametrize("frame", ["unicode", "ascii"])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("size", SIZES)
async def test_it_fits_at_every_size(
    store: Store, now: datetime, language: str, size: tuple[int, int], frame: str
) -> None:
    fill(store, now, language)
    goals.add(
        store,
        year=2024,
        title="长" * 40 + "long " * 8,
        start=JANUARY,
        due=DECEMBER,
        measure=Measure("n", "件件件件件件件件件件件件件件件件件件件", 0, 1e12, 0),
        now=now,
    )
    app = host(store, now, language, frame)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        drawn = pane_of(app).list
        assert all(each.width <= drawn.size.width for each in drawn.lines)
        bars = [each for each in drawn.lines if "%" in each.text]
        assert len({each.width for each in bars}) == 1
        await pilot.press("end")
        assert drawn.scroll_offset.y == drawn.max_scroll_y


async def test_an_empty_year_says_what_to_do(store: Store, now: datetime) -> None:
    app = host(store, now)
    async with app.run_test(size=(30, 18)) as pilot:
        await pilot.pause()
        text = " ".join(" ".join(shown(app)).split())
        assert text.startswith("No goals for 2024 yet.")
        assert "n adds one" in text
        await pilot.press("c", "e", "d", "x", "J", "j")
        assert not app.news
        await pilot.press("enter")
        assert isinstance(app.screen, ModalScreen)


async def test_the_cursor_moves_and_stays_on_its_goal(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(39, 33)) as pilot:
        listed = pane_of(app).list
        await pilot.press("j", "down")
        assert listed.goal is not None
        assert listed.goal.handle == "G3"
        goals.move(store, listed.goal, -2, now)
        pane_of(app).reload()
        assert listed.goal.handle == "G3"
        assert listed.cursor == 0
        await pilot.press("end", "j", "home", "k")
        assert listed.cursor == 0


async def test_reordering_is_kept_and_undone(store: Store, now: datetime) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(39, 33)) as pilot:
        await pilot.press("J", "shift+down", "K")
        assert [goal.handle for goal in goals.ls(store, 2024)] == [
            "G2",
            "G1",
            "G3",
            "G4",
        ]
        assert len([each for each in app.news if isinstance(each, Changed)]) == 3
        history.undo(store, now)
        assert [goal.handle for goal in goals.ls(store, 2024)] == [
            "G2",
            "G3",
            "G1",
            "G4",
        ]


async def test_done_ticks_the_next_milestone(store: Store, now: datetime) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(39, 33)) as pilot:
        await pilot.press("j", "d")
        goal = goals.get(store, "G2")
        assert goal.milestones[0].done_on == TODAY
        said = [each.said for each in app.news if isinstance(each, Changed)]
        assert said == ["G2.1 done: Form check 10"]
        assert "80 %" in shown(app)[5]


async def test_done_without_milestones_asks_first(store: Store, now: datetime) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(39, 33)) as pilot:
        await pilot.press("space")
        assert isinstance(app.screen, ModalScreen)
        await pilot.press("escape")
        assert goals.get(store, "G1").state == "active"
        await pilot.press("space", "y")
        assert goals.get(store, "G1").state == "done"
        assert shown(app)[-1].startswith("▎G1 Cut the licence backlog")
        assert shown(app)[-1].endswith("done")


async def test_other_years(store: Store, now: datetime) -> None:
    fill(store, now)
    years.save(store, 2023, now, theme="Learn the desk")
    old = goals.add(
        store,
        year=2023,
        title="Old one",
        start=date(2023, 1, 1),
        due=date(2023, 12, 31),
        now=now,
    )
    goals.release(store, old, "no longer asked for", "Director", now)
    app = host(store, now)
    async with app.run_test(size=(39, 33)) as pilot:
        await pilot.press("left_square_bracket")
        pane = pane_of(app)
        assert pane.border_title == "Goals 2023"
        assert "released" in shown(app)[0]
        assert [each.year for each in app.news if isinstance(each, YearPicked)] == [
            2023
        ]
        await pilot.press("right_square_bracket", "right_square_bracket")
        assert pane.border_title == "Goals 2025"
        assert "No goals for 2025 yet." in shown(app)[0]
        pane.show_goal("G1")
        assert pane.year == 2024
        assert pane.border_title == "Goals"


async def test_a_goal_in_the_trash_is_told(store: Store, now: datetime) -> None:
    fill(store, now)
    trash.remove(store, goals.get(store, "G2").id, now)
    app = host(store, now)
    async with app.run_test(size=(39, 33)) as pilot:
        pane_of(app).show_goal("G2")
        pane_of(app).show_goal("G77")
        await pilot.pause()
        assert len(app._notifications) == 2


async def test_a_click_chooses_and_a_second_opens(store: Store, now: datetime) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(39, 33)) as pilot:
        listed = pane_of(app).list
        await pilot.click(listed, offset=(5, 5))
        assert listed.cursor == 1
        await pilot.click(listed, offset=(5, 5), times=2)
        await pilot.pause()
        assert isinstance(app.screen, ModalScreen)


async def test_reading_again_repaints_nothing_that_is_the_same(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(39, 33)) as pilot:
        await pilot.pause()
        painted: list[object] = []
        monkeypatch.setattr(
            type(pane_of(app).list), "refresh", lambda *a, **o: painted.append(a)
        )
        pane_of(app).reload()
        assert painted == []


async def test_texts_that_would_break_things(store: Store, now: datetime) -> None:
    nasty = "[/x] [@click=app.quit]q[/] \x1b[31mred \u202eabc"
    years.save(store, 2024, now, theme="[/theme]\x1b]0;x\x07")
    goal = goals.add(
        store, year=2024, title=nasty, start=JANUARY, due=DECEMBER, now=now
    )
    goals.add_milestone(store, goal, nasty, None, now)
    app = host(store, now)
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("escape", "c", "1", "escape", "e", "escape", "x", "escape")
        assert "[/x]" in "\n".join(shown(app))
        assert "\x1b" not in "\n".join(shown(app))


@pytest.mark.parametrize("size", [(1, 1), (4, 4), (12, 3)])
async def test_any_size_survives(
    store: Store, now: datetime, size: tuple[int, int]
) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=size) as pilot:
        await pilot.press("j", "J", "end")
        assert pane_of(app).list.goal is not None


def view(store: Store, now: datetime, goal: Goal, last: date) -> GoalView:
    calendar = planner(store, now).calendar
    return GoalView(goal, pace(goal, calendar, TODAY), last)


def test_a_date_gives_way_before_a_title(store: Store, now: datetime) -> None:
    goal = goals.add(
        store, year=2024, title="A goal", start=JANUARY, due=DECEMBER, now=now
    )
    goal = goals.add_milestone(store, goal, "Form check", date(2024, 9, 27), now)
    seen = view(store, now, goal, JANUARY)

    def third(width: int) -> str:
        return goal_lines(seen, TODAY, 3, width, UNICODE, False)[2].text

    assert third(60).endswith("at risk 71 · next: Form check · 27 Sep")
    assert third(36).endswith("at risk 71 · next: Form check")
    assert third(26).endswith("at risk 71 · next: Fo…")


def test_numbers_as_people_write_them() -> None:
    assert [number(n) for n in (412.0, 0.5, -3, 2.25, 1e18)] == [
        "412",
        "0.5",
        "-3",
        "2.25",
        "1e+18",
    ]


async def test_adding_a_goal(store: Store, now: datetime) -> None:
    app = host(store, now)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        screen = app.screen
        screen.query_one("#title", Input).value = "Cut the backlog"
        screen.query_one("#from", Input).value = "412"
        screen.query_one("#to", Input).value = "１００"
        screen.query_one("#unit", Input).value = "cases"
        await pilot.press("ctrl+s")
        await pilot.pause()
        goal = goals.get(store, "G1")
        assert goal.title == "Cut the backlog"
        assert goal.measure == Measure("", "cases", 412, 100, 412, "down")
        assert (goal.start, goal.due) == (JANUARY, DECEMBER)
        said = [each.said for each in app.news if isinstance(each, Changed)]
        assert said == ["G1 added: Cut the backlog"]
