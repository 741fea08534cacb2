"""A goal opened, its forms and its check-in, on a real store."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input, OptionList, Static, TextArea

from plannertui.core.errors import UnreadableDate, Usage
from plannertui.core.goals import Measure
from plannertui.store import drafts, entries, goals, people, priorities, years
from plannertui.tui.dialogs.check_in import read
from plannertui.tui.dialogs.goal import GoalScreen
from plannertui.tui.dialogs.goal_form import read_number
from plannertui.tui.dialogs.help import Help
from plannertui.tui.messages import Changed, ItemPicked
from plannertui.tui.panes.goals import GoalsPane
from plannertui.tui.widgets.glossary import Glossary
from tests.tui.sample import TODAY, Host, fill, planner

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

JANUARY, DECEMBER = date(2024, 1, 1), date(2024, 12, 31)
SIZES = [(100, 40), (80, 24), (40, 15)]


def host(store: Store, now: datetime, language: str = "en", year: int = 2024) -> Host:
    return Host(GoalsPane(planner(store, now, language), year, id="goals"))


def said(app: Host, what: str = "#form-said") -> str:
    return str(app.screen.query_one(what, Static).content)


def put(app: Host, **values: str) -> None:
    for name, value in values.items():
        app.screen.query_one(f"#{name}", Input).value = value


def sheet(app: Host) -> str:
    assert isinstance(app.screen, GoalScreen)
    return app.screen.sheet.shown_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("188", 188.0),
        ("1.5", 1.5),
        ("1,5", 1.5),
        ("-3", -3.0),
        ("+3", 3.0),
        ("72%", 72.0),
        ("1,500", None),
        ("1e5", None),
        ("nan", None),
        ("inf", None),
        ("١٢", None),
        ("", None),
        ("12a", None),
        ("9" * 20, None),
    ],
)
def test_numbers_are_read_or_refused(text: str, value: float | None) -> None:
    assert read_number(text) == value


@given(st.floats(-1e14, 1e14).map(lambda n: round(n, 2)))
def test_every_plain_number_is_read(value: float) -> None:
    assert read_number(f"{value:.2f}") == pytest.approx(value)


def test_what_a_check_in_means(store: Store, now: datetime) -> None:
    fill(store, now)
    backlog, form = goals.get(store, "G1"), goals.get(store, "G2")
    for text, value, note, day in (
        ("188", 188, "", TODAY),
        ("１８８ 登记册", 188, "登记册", TODAY),
        ("-24 after the sort", 164, "after the sort", TODAY),
        ("188 late entry ^yesterday", 188, "late entry", date(2024, 9, 13)),
        ("170 ^fri", 170, "", date(2024, 9, 13)),
        ("no number, a word", None, "no number, a word", TODAY),
        ("x^2 stays", None, "x^2 stays", TODAY),
    ):
        reading = read(text, backlog, TODAY, 1)
        assert (reading.value, reading.note, reading.day) == (value, note, day)
        assert reading.step is None
    reading = read("1 passed", form, TODAY, 1)
    assert reading.step == form.milestones[0]
    assert reading.note == "passed"
    with pytest.raises(Usage):
        read("9", form, TODAY, 1)
    with pytest.raises(UnreadableDate):
        read("188 ^soon", backlog, TODAY, 1)
    with pytest.raises(UnreadableDate):
        read("188 ^2024-12-24", backlog, TODAY, 1)


async def test_a_check_in_shows_the_new_pace_and_saves(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        app.screen.query_one(Input).value = "140 register"
        await pilot.pause()
        assert "→ 140 · 72 % → 87 % · ahead 16 · register" in said(app, "#reading")
        app.screen.query_one(Input).value = "140 ^soon"
        await pilot.press("enter")
        assert "soon" in said(app, "#reading")
        app.screen.query_one(Input).value = "140 register"
        await pilot.press("enter")
        await pilot.pause()
        goal = goals.get(store, "G1")
        assert goal.measure is not None
        assert goal.measure.now == 140
        assert goals.check_ins(store, goal)[-1].note == "register"
        assert [n.said for n in app.news if isinstance(n, Changed)] == [
            "G1 87 % · ahead 16"
        ]


async def test_a_check_in_ticks_a_milestone(store: Store, now: datetime) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "c")
        await pilot.pause()
        app.screen.query_one(Input).value = "1 passed all ten ^yesterday"
        await pilot.pause()
        assert "Form check 10 · 60 % → 80 %" in said(app, "#reading")
        await pilot.press("enter")
        await pilot.pause()
        goal = goals.get(store, "G2")
        assert goal.milestones[0].done_on == date(2024, 9, 13)
        assert goals.check_ins(store, goal)[-1].note == "passed all ten"


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("size", SIZES)
async def test_an_opened_goal_fits(
    store: Store, now: datetime, language: str, size: tuple[int, int]
) -> None:
    fill(store, now, language)
    goal = goals.get(store, "G1")
    goal = goals.edit(store, goal, now, obstacle="长" * 60, if_then="如果…就" * 20)
    goals.add_milestone(store, goal, "长标题" * 20, date(2024, 9, 1), now)
    for kind in ("note", "win"):
        entries.add(
            store,
            kind=kind,
            text="写了一行 [/x]\x1b[31m " * 9,
            day=TODAY,
            links=[goal.id],
            now=now,
        )
    app = host(store, now, language)
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, GoalScreen)
        drawn = app.screen.sheet
        assert all(each.width <= drawn.size.width for each in drawn.lines)
        assert "\x1b" not in drawn.shown_text
        await pilot.press("end", "pageup", "pagedown", "home", *["j"] * 4, "home")
        assert drawn.scroll_offset.y == 0


async def test_everything_about_a_goal(store: Store, now: datetime) -> None:
    fill(store, now)
    goal = goals.get(store, "G1")
    goal = goals.edit(store, goal, now, obstacle="Summer leave", if_then="If … then …")
    measure = Measure("", "cases", 412, 120, 188, "down")
    goals.edit(store, goal, now, measure=measure)
    entry = entries.add(
        store, kind="win", text="Oldest 21 days", day=TODAY, links=[goal.id], now=now
    )
    app = host(store, now)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        text = sheet(app)
        for part in (
            "Cut the licence backlog",
            "412→120 · now 188 cases",
            "target 100 until Sat 14 Sep, then 120",
            "Sat 14 Sep  188  register",
            "Summer leave",
            "L1.1 No complaint older than 30 days",
            "Director",
            "1 wins of 1 entries",
            "Sat 14 Sep  + Oldest 21 days",
            "History",
        ):
            assert part in text
        await pilot.press("end", "enter")
        await pilot.pause()
        assert [n.handle for n in app.news if isinstance(n, ItemPicked)] == [
            entry.handle
        ]


async def test_milestones_are_ticked_added_edited_removed_and_undone(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("j", "enter", "space")
        assert goals.get(store, "G2").milestones[0].done_on == TODAY
        await pilot.press("space")
        assert goals.get(store, "G2").milestones[0].done_on is None
        await pilot.press("m")
        await pilot.pause()
        put(app, title="Print it", due="27 sep")
        await pilot.press("enter")
        await pilot.pause()
        added = goals.get(store, "G2").milestones[-1]
        assert (added.title, added.due) == ("Print it", date(2024, 9, 27))
        assert "Print it" in sheet(app)
        await pilot.press("e")
        await pilot.pause()
        put(app, title="Form check ten", due="soon")
        await pilot.press("enter")
        assert "soon" in said(app)
        put(app, due="")
        await pilot.press("enter")
        await pilot.pause()
        first = goals.get(store, "G2").milestones[0]
        assert (first.title, first.due) == ("Form check ten", None)
        await pilot.press("delete")
        assert len(goals.get(store, "G2").milestones) == 5
        await pilot.press("u")
        assert len(goals.get(store, "G2").milestones) == 6
        await pilot.press("escape")
        await pilot.pause()
        assert any(isinstance(each, Changed) for each in app.news)


async def test_whom_it_serves(store: Store, now: datetime) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("end", "enter", "s")
        await pilot.pause()
        listed = app.screen.query_one(OptionList)
        assert listed.option_count == 4
        await pilot.press("down", "enter")
        put(app, how="So that anybody can answer the inspector")
        await pilot.press("enter")
        await pilot.pause()
        serves = goals.get(store, "G4").serves
        assert [(each.handle, each.how) for each in serves] == [
            ("L1.2", "So that anybody can answer the inspector")
        ]
        assert "So that anybody" in sheet(app)
        await pilot.press("end", "delete")
        assert not goals.get(store, "G4").serves


async def test_serving_without_priorities_says_what_to_do(
    store: Store, now: datetime
) -> None:
    goals.add(store, year=2024, title="g", start=JANUARY, due=DECEMBER, now=now)
    app = host(store, now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "s")
        await pilot.pause()
        await pilot.press("ctrl+s")
        assert "Choose" in said(app)


async def test_letting_go_needs_a_sentence_and_who_was_told(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "x")
        await pilot.pause()
        await pilot.press("enter")
        assert "sentence" in said(app)
        put(app, why="Nobody will need it", told="Director")
        await pilot.press("enter")
        await pilot.pause()
        goal = goals.get(store, "G4")
        assert (goal.state, goal.told) == ("released", "Director")


async def test_carrying_over_and_closing(store: Store, now: datetime) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "enter", "o", "y")
        await pilot.pause()
        assert goals.get(store, "G4").state == "carried"
        assert goals.get(store, "G5").year == 2025
        await pilot.press("f", "x", "o")
        assert isinstance(app.screen, GoalScreen)
        await pilot.press("escape", "home", "enter", "f", "y")
        assert goals.get(store, "G1").state == "done"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 81}, "81 characters; 80 fit"),
        ({"why": "x" * 201}, "201 characters; 200 fit"),
        ({"from": "many"}, '"many" is not a number'),
        ({"from": "1", "to": "1"}, "two different numbers"),
        ({"unit": "cases"}, "needs the number"),
        ({"start": "soon"}, "soon"),
        ({"start": "2024-06-01", "due": "2024-05-01"}, "before it begins"),
    ],
)
async def test_a_goal_that_cannot_be_saved_says_why(
    store: Store, now: datetime, values: dict[str, str], words: str
) -> None:
    app = host(store, now)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        put(app, **({"title": "A goal"} | values))
        await pilot.press("ctrl+s")
        assert words in said(app)
        assert not goals.ls(store, 2024)


async def test_editing_changes_only_what_was_changed(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    before = goals.get(store, "G1")
    app = host(store, now)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("e", "ctrl+s")
        await pilot.pause()
        assert goals.get(store, "G1") == before
        await pilot.press("e")
        await pilot.pause()
        put(app, to="120")
        await pilot.press("ctrl+s")
        await pilot.pause()
        after = goals.get(store, "G1")
        assert after.measure == Measure("", "cases", 412, 120, 188, "down")
        assert after.title == before.title


async def test_a_goal_changed_elsewhere_is_not_overwritten(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("e")
        await pilot.pause()
        goals.edit(store, goals.get(store, "G1"), now, title="From the shell")
        put(app, title="From the screen")
        await pilot.press("ctrl+s")
        assert said(app)
        assert goals.get(store, "G1").title == "From the shell"
        assert app.screen.query_one("#title", Input).value == "From the screen"


async def test_what_was_typed_waits_after_esc(store: Store, now: datetime) -> None:
    app = host(store, now)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        put(app, title="Half a thou")
        await pilot.press("escape")
        assert drafts.get(store, "form:goal:2024") is not None
        await pilot.press("n")
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == "Half a thou"
        assert "Ctrl+N" in said(app)
        await pilot.press("ctrl+n")
        assert app.screen.query_one("#title", Input).value == ""
        put(app, title="A whole thought")
        await pilot.press("enter")
        await pilot.pause()
        assert drafts.get(store, "form:goal:2024") is None
        assert goals.get(store, "G1").title == "A whole thought"


async def test_what_was_typed_is_kept_when_the_program_is_interrupted(
    store: Store, now: datetime
) -> None:
    app = host(store, now)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("y")
        await pilot.pause()
        app.screen.query_one("#lines", TextArea).text = "one\ntwo"
        pane = app.widget
        assert isinstance(pane, GoalsPane)
        assert pane.planner.flush_drafts()
        draft = drafts.get(store, "form:year:2024")
        assert draft is not None
        assert draft.body == "lines\tone\nlines\ttwo"


async def test_the_year_form(store: Store, now: datetime) -> None:
    years.save(store, 2024, now, theme="Old", standards=["Tell me early", "No drama"])
    app = host(store, now)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("y")
        await pilot.pause()
        put(app, theme="Fewer, finished", appraisal="2024-12-10")
        screen = app.screen
        screen.query_one("#standards", TextArea).text = "New one\n\nTell me early"
        screen.query_one("#refusals", TextArea).text = "\n".join("abcdef")
        await pilot.press("ctrl+s")
        assert "6 lines; 5 fit" in said(app)
        screen.query_one("#refusals", TextArea).text = "x" * 81
        await pilot.press("ctrl+s")
        assert "81 characters; 80 fit" in said(app)
        screen.query_one("#refusals", TextArea).text = "Nothing new in autumn"
        await pilot.press("ctrl+s")
        await pilot.pause()
        year = years.get(store, 2024)
        assert year.theme == "Fewer, finished"
        assert year.appraisal_on == date(2024, 12, 10)
        assert [(each.id, each.text) for each in year.standards] == [
            (2, "New one") if year.standards[0].id == 2 else (3, "New one"),
            (1, "Tell me early"),
        ]
        assert year.refusals == ("Nothing new in autumn",)


async def test_priorities_of_every_leader_can_be_served(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    second = people.add(store, alias="Deputy", relation="leader", now=now)
    priorities.add(store, second, text="A quiet hall", now=now)
    app = host(store, now)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("enter", "s")
        await pilot.pause()
        assert app.screen.query_one(OptionList).option_count == 5


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_an_opened_goal_tells_its_keys(
    store: Store, now: datetime, size: tuple[int, int]
) -> None:
    goal = goals.add(
        store,
        year=2024,
        title="Licence backlog",
        now=now,
        start=JANUARY,
        due=DECEMBER,
        measure=Measure("cases", "cases", 412, 100, 412),
    )
    app = host(store, now)
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "None: the number below says how far it is." in sheet(app)
        keys = app.screen.query_one(".keys", Static)
        assert "? help" in str(keys.content)
        assert keys.size.height == 1
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, Help)
        text = str(app.screen.query(Glossary).first().render())
        assert "Let the goal go, with a sentence" in text
        assert "goal.release" in text
        await pilot.press("escape")
        assert app.screen.query_one(".dialog").border_title == f"{goal.handle} · 2024"


async def test_the_words_in_a_check_in_are_whole(store: Store, now: datetime) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "c")
        await pilot.pause()
        field = app.screen.query_one(Input)
        assert "milestone" in str(field.placeholder)
        assert len(str(field.placeholder)) <= field.content_size.width
