"""What holds for every screen around the main one, at every size and in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest

from plannertui import i18n
from plannertui.store import matters
from plannertui.store.open import open_store
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.help import Help
from plannertui.tui.footer import KeyBar
from plannertui.tui.main import MainScreen
from plannertui.tui.screens.base import WorkScreen
from plannertui.tui.screens.names import SCREENS
from tests.tui.sample import TODAY, fill, planner

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

NAMES = [each.name for each in SCREENS]
KEYS = {each.name: each.key for each in SCREENS}
SIZES = ((120, 36), (80, 24))
NARROW = ((60, 20), (20, 5))


def text_of(app: PlannerApp) -> str:
    """What the panels of the screen on top say."""
    lines = []
    for panel in app.screen.query("#panels > *"):
        region = panel.region
        strips = app.screen._compositor.render_strips()
        for strip in strips[region.y : region.bottom]:
            lines.append(strip.text[region.x : region.right])
    return "\n".join(lines)


def says_something(app: PlannerApp, width: int) -> None:
    """There are words on the screen, and nothing scrolls sideways."""
    assert len("".join(c for c in text_of(app) if c.isalnum())) > 20
    assert app.screen.query_one(KeyBar).size.width == width
    for panel in app.screen.query("#panels > *"):
        assert not panel.show_horizontal_scrollbar


def top(app: PlannerApp) -> object:
    """The screen on top."""
    return app.screen


# Half of the square, so that every two of size, language and contents meet.
LOOKS = [
    pytest.param(
        size,
        language,
        full,
        id=f"{size[0]}x{size[1]}-{language}-{'sample' if full else 'empty'}",
    )
    for at, size in enumerate(SIZES)
    for spoken, language in enumerate(("en", "zh_Hans"))
    for full in (True, False)
    if (at + spoken + full) % 2
]


@pytest.mark.parametrize(("size", "language", "full"), LOOKS)
@pytest.mark.parametrize("name", NAMES)
async def test_it_opens_says_something_and_leads_back(
    store: Store,
    now: datetime,
    name: str,
    full: bool,
    language: str,
    size: tuple[int, int],
) -> None:
    i18n.use(language)
    if full:
        fill(store, now, language)
    store.set_meta("welcomed", "1")
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        main = cast(MainScreen, app.screen)
        main.focus_pane("goals")
        await pilot.press(KEYS[name])
        await pilot.pause()
        await pilot.pause()
        assert isinstance(top(app), WorkScreen)
        if size[0] >= 60:
            said = "".join(c for c in text_of(app) if c.isalnum())
            assert len(said) > 20
            assert app.screen.query_one(KeyBar).outer_size.width == size[0]
            await pilot.press("question_mark")
            await pilot.pause()
            assert isinstance(top(app), Help)
            await pilot.press("escape")
            await pilot.pause()
        for panel in app.screen.query("#panels > *"):
            assert not panel.show_horizontal_scrollbar
        await pilot.press("escape")
        await pilot.pause()
        assert top(app) is main


@pytest.mark.parametrize("name", NAMES)
async def test_one_stays_where_there_are_keys_when_panels_make_room(
    store: Store, now: datetime, name: str
) -> None:
    i18n.use("en")
    fill(store, now, "en")
    store.set_meta("welcomed", "1")
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        cast(MainScreen, app.screen).focus_pane("goals")
        await pilot.press(KEYS[name])
        await pilot.pause()
        for _panel in range(3):
            await pilot.press("tab")
            await pilot.resize_terminal(60, 20)
            await pilot.pause()
            here = app.screen.focused
            assert here is not None
            assert all(node.display for node in here.ancestors_with_self)
            await pilot.resize_terminal(120, 36)
            await pilot.pause()


async def test_what_the_shell_writes_under_a_dialog_is_seen_when_one_is_back(
    store: Store, now: datetime
) -> None:
    i18n.use("en")
    store.set_meta("welcomed", "1")
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        cast(MainScreen, app.screen).focus_pane("goals")
        await pilot.press(KEYS["matters"])
        await pilot.pause()
        screen = cast(WorkScreen, app.screen)
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(top(app), Help)
        other = open_store(store.path, now=now)
        matters.add(other, kind="task", title="From the shell", day=TODAY, now=now)
        other.close()
        screen._poll()
        await pilot.press("escape")
        await pilot.pause()
        screen._poll()
        await pilot.pause()
        assert "From the shell" in text_of(app)


@pytest.mark.case(74)
async def test_a_screen_left_open_over_midnight_shows_the_new_day(
    store: Store, now: datetime
) -> None:
    i18n.use("en")
    store.set_meta("welcomed", "1")
    due = TODAY + timedelta(1)
    matters.add(store, kind="task", title="Call back", day=TODAY, due=due, now=now)
    clock = [now]
    shared = planner(store, now)
    shared.now = lambda: clock[0]
    app = PlannerApp(shared)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        cast(MainScreen, app.screen).focus_pane("goals")
        await pilot.press(KEYS["matters"])
        await pilot.pause()
        assert "Today  1" not in text_of(app)
        clock[0] = now + timedelta(1)
        cast(WorkScreen, app.screen)._poll()
        await pilot.pause()
        assert "Today  1" in text_of(app)


def test_no_two_screens_share_a_key() -> None:
    from textual.binding import Binding

    from plannertui.tui.main_keys import MAIN_KEYS

    keys = [
        key
        for one in MAIN_KEYS
        if isinstance(one, Binding)
        for key in one.key.split(",")
    ]
    assert len(keys) == len(set(keys))
