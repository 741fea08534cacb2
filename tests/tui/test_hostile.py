"""Every widget that shows a person's text, fed with texts that want to be more."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from textual.screen import Screen
from textual.widgets import Input

from plannertui.core.errors import Usage
from plannertui.core.text import clean
from plannertui.store import drafts, entries, goals, items, matters, people
from plannertui.store.drafts import Draft
from plannertui.store.items import Filter
from plannertui.store.open import open_store
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.capture import CaptureLine
from plannertui.tui.dialogs.check_in import CheckInDialog
from plannertui.tui.dialogs.confirm import Confirm
from plannertui.tui.dialogs.drafts import DraftDialog
from plannertui.tui.dialogs.entry import EntryDialog
from plannertui.tui.dialogs.goal import GoalScreen
from plannertui.tui.dialogs.goal_form import GoalForm
from plannertui.tui.dialogs.goal_steps import (
    MilestoneDialog,
    ReleaseDialog,
    ServeDialog,
)
from plannertui.tui.dialogs.goto import GoTo
from plannertui.tui.dialogs.move import MoveDialog
from plannertui.tui.dialogs.paste import PasteDialog
from plannertui.tui.dialogs.search import Search
from plannertui.tui.dialogs.year import YearDialog
from plannertui.tui.dialogs.yields import YieldDialog
from plannertui.tui.isnew import WELCOMED
from plannertui.tui.safety import say, telling
from tests import hostile
from tests.conftest import NOW
from tests.terminal import FORBIDDEN, ROOT
from tests.tui.sample import planner as planner_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from rich.segment import Segment
    from rich.style import Style
    from textual.pilot import Pilot

    from plannertui.tui.planner import Planner

SIZES = [(120, 36), (80, 24), (50, 14)]


class Guarded(PlannerApp):
    """The program, which counts how often it is told to quit by an action."""

    CSS_PATH: ClassVar[Any] = [
        ROOT / "plannertui" / "tui" / name for name in PlannerApp.CSS_PATH
    ]
    quits = 0

    def __init__(self, planner: Planner, *, bare: bool) -> None:
        super().__init__(planner)
        self.bare = bare
        self.seen: set[Segment] = set()

    def get_default_screen(self) -> Screen[Any]:
        """The main screen; an empty one, which is faster, where dialogs are tested."""
        return Screen() if self.bare else super().get_default_screen()

    async def action_quit(self) -> None:
        """Count."""
        self.quits += 1


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of hostile texts, made once."""
    path = tmp_path_factory.mktemp("hostile") / "planner.db"
    db = open_store(str(path), now=NOW)
    hostile.fill(db, NOW)
    db.set_meta(WELCOMED, "1")
    db.close()
    return path


@pytest.fixture
def planner(filled: Path, tmp_path: Path) -> Iterator[Planner]:
    """What the screens share, on a copy of that year."""
    path = tmp_path / "planner.db"
    shutil.copy(filled, path)
    db = open_store(str(path), now=NOW)
    yield planner_of(db, NOW)
    db.close()


def assert_text(text: str, style: Style | None, control: object) -> None:
    """A segment is words in colours: no sequence, no link, no action."""
    found = FORBIDDEN.search(text) if control is None else None
    assert found is None, f"{found and found[0]!r} in {text!r}"
    if style is not None:
        assert style.link is None, text
        assert not any("click" in key for key in style.meta), text
        assert "app.quit" not in str(style.meta), text


def assert_harmless(app: Guarded) -> None:
    """What goes to the terminal is text, and no text became a link or an action."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            if segment not in app.seen:
                assert_text(*segment)
                app.seen.add(segment)
    assert app.quits == 0


@asynccontextmanager
async def running(
    planner: Planner, size: tuple[int, int] = SIZES[0], *, bare: bool = False
) -> AsyncIterator[tuple[Guarded, Pilot[None]]]:
    """The program on ``planner``; afterwards it must still be in order."""
    app = Guarded(planner, bare=bare)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot
        assert_harmless(app)
        assert app._exception is None


async def pressed(app: Guarded, pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and look at the screen after each."""
    for key in keys:
        await pilot.press(key)
        # Given no workers it would wait for all, and those of open dialogs never end.
        if searches := [w for w in app.workers if w.group == "search"]:
            await app.workers.wait_for_complete(searches)
        await pilot.pause()
        assert_harmless(app)


async def shown(app: Guarded, pilot: Pilot[None], screen: Screen[Any]) -> None:
    """Show a dialog, go on in its fields, and leave."""
    depth = len(app.screen_stack)
    app.push_screen(screen)
    await pilot.pause()
    await pilot.pause()
    assert app.screen is screen
    assert_harmless(app)
    await pilot.press("tab", "tab")
    assert_harmless(app)
    while len(app.screen_stack) > depth:
        app.pop_screen()
        await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
async def test_panes(planner: Planner, size: tuple[int, int]) -> None:
    async with running(planner, size) as (app, pilot):
        await pressed(app, pilot, "1", "pagedown", "down", "end", "up")
        await pressed(app, pilot, "2", "2", "down", "pagedown", "end", "up")
        await pressed(app, pilot, "3", *"hhlJt", "tab", "down", "end")


@pytest.mark.case(39)
async def test_a_click_anywhere_runs_no_action(planner: Planner) -> None:
    async with running(planner) as (app, pilot):
        for y in range(3, 34, 7):
            for x in range(4, 118, 28):
                await pilot.click(offset=(x, y))
                while len(app.screen_stack) > 1:
                    app.pop_screen()
        await pilot.pause()
        assert_harmless(app)


async def test_lists_are_edited_in_place(planner: Planner) -> None:
    async with running(planner) as (app, pilot):
        await pressed(app, pilot, "2", "2")
        # Three lines at a time: between them every text is edited.
        for _ in range(len(hostile.TEXTS) // 3 + 1):
            await pressed(app, pilot, "enter", "escape")
            await pilot.press("down", "down", "down")


@pytest.mark.case(38, 39)
async def test_toasts_and_questions(planner: Planner) -> None:
    async with running(planner, bare=True) as (app, pilot):
        for text in hostile.TELLING:
            app.notify(text, title=text)
            say(app.screen, text)
            with telling(app.screen) as told:
                refuse(text)
            assert told.failed
            await pilot.pause()
            assert_harmless(app)
            app.clear_notifications()
            await shown(app, pilot, Confirm(text, detail=text))
            await shown(app, pilot, PasteDialog(text * 40, 0))
            draft = Draft("note:2024-09-14", 0, text, "0,0", "1:2", "2024-09-14T18:00")
            await shown(app, pilot, DraftDialog(planner, draft, text[:40]))


def refuse(text: str) -> None:
    """Refuse with ``text`` as the words that a person reads."""
    raise Usage(text)


async def test_fields_that_read_as_one_types(planner: Planner) -> None:
    async with running(planner, bare=True) as (app, pilot):
        for text in hostile.TELLING:
            await typed(app, pilot, planner, clean(text).replace("\n", " "))


async def typed(app: Guarded, pilot: Pilot[None], planner: Planner, text: str) -> None:
    """Put ``text`` into the fields of the dialogs that read while one types."""
    await shown(app, pilot, CaptureLine(planner, f"> @{text} @[/]"))
    drafts.drop(planner.db, "new:capture")
    await shown(app, pilot, Search(planner, text))
    await shown(app, pilot, Search(planner, text[:3]))
    goto = GoTo(planner, planner.today)
    app.push_screen(goto)
    await pilot.pause()
    goto.query_one(Input).value = text
    await pressed(app, pilot, "enter", "escape")


async def test_the_palette_and_help(planner: Planner) -> None:
    async with running(planner) as (app, pilot):
        await pressed(app, pilot, "ctrl+p")
        for text in hostile.TELLING:
            app.screen.query_one(Input).value = clean(text).replace("\n", " ")
            await pressed(app, pilot, "down")
        await pressed(app, pilot, "escape", "question_mark", "escape")


async def test_the_editor(planner: Planner) -> None:
    from plannertui.tui.editor import Editor

    async with running(planner) as (app, pilot):
        await pressed(app, pilot, "r")
        editor = app.screen.focused
        assert isinstance(editor, Editor)
        for text in hostile.TEXTS.values():
            editor.put(clean(text))
            await pilot.pause()
            assert_harmless(app)
        editor.select_all()
        editor.put("done")
        await pressed(app, pilot, "ctrl+s")


async def test_goal_dialogs(planner: Planner) -> None:
    year = planner.today.year
    async with running(planner, bare=True) as (app, pilot):
        for goal in goals.ls(planner.db, year)[:12:4]:
            await shown(app, pilot, GoalScreen(planner, goal.id, lambda: None))
        goal = goals.ls(planner.db, year)[1]
        await shown(app, pilot, CheckInDialog(planner, goal))
        await shown(app, pilot, GoalForm(planner, goal, year))
        await shown(app, pilot, MilestoneDialog(planner, goal, goal.milestones[0]))
        await shown(app, pilot, ServeDialog(planner, goal, None))
        await shown(app, pilot, ReleaseDialog(planner, goal))
        await shown(app, pilot, YearDialog(planner, year))


async def test_entry_dialogs(planner: Planner) -> None:
    today = planner.today
    found = [
        item
        for item in items.ls(planner.db, Filter(since=today, until=today))
        if item.noun in ("entry", "matter")
    ]
    assert len(found) > 2 * len(hostile.TEXTS) - 2
    async with running(planner, bare=True) as (app, pilot):
        for item in found[:: max(1, len(found) // 6)]:
            await shown(app, pilot, EntryDialog(planner, item))
            if item.noun == "matter":
                matter = matters.get(planner.db, item.id)
                await shown(app, pilot, MoveDialog(planner, matter))
            else:
                answer = entries.get(planner.db, item.id)
                await shown(app, pilot, YieldDialog(planner, answer, "win"))


async def test_the_earlier_answer(planner: Planner) -> None:
    """Then and now: the question, its lens, and what was answered to it in June."""
    from plannertui.tui.panes.reflect import ReflectPane

    evening = planner.now() - timedelta(days=1)
    workday = evening.date()
    planner.now = lambda: evening
    async with running(planner) as (app, pilot):
        pane = app.screen.query_one(ReflectPane)
        assert pane.day == workday
        await pressed(app, pilot, "r", "x", "escape")
        entry = items.ls(planner.db, Filter(kinds=("reflection",)))[0]
        answer = entries.get(planner.db, entry.id)
        prompt = answer.prompt
        assert prompt
    for text in (hostile.EVERYTHING, hostile.TEXTS["long"], hostile.MANY_LINES):
        old = entries.add(
            planner.db,
            kind="reflection",
            text=text,
            day=workday - timedelta(days=90),
            now=planner.now(),
            prompt=prompt,
        )
        async with running(planner) as (app, pilot):
            await pressed(app, pilot, "2", "down")
        assert old.text == clean(text)


@pytest.mark.case(38, 39)
async def test_hostile_prompts(planner: Planner, tmp_path: Path) -> None:
    """A question from the user's own file is a text like any other."""
    folder = tmp_path / "config"
    folder.mkdir()
    quoted = hostile.TEXTS["action"] + " [/] \\u001b]52;c;b3duZWQ=\\u0007 \\u202e"
    (folder / "prompts.toml").write_text(
        f"""
        [[prompt]]
        id = "own-01"
        lens = "credit"
        cadence = "daily"
        text_en = "{quoted}"
        text_zh = "{quoted}"
        """
    )
    planner.settings.path = str(folder / "config.toml")
    evening = planner.now() - timedelta(days=1)
    planner.now = lambda: evening
    async with running(planner) as (app, pilot):
        await pressed(app, pilot, "2", "n", "n", "n")


def test_every_leader_has_a_hostile_alias(planner: Planner) -> None:
    aliases = [person.alias for person in people.ls(planner.db)]
    assert any("[/]" in alias for alias in aliases)
