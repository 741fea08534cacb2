"""What holds for every screen around the main one, at every size and in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from plannertui import i18n
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.help import Help
from plannertui.tui.footer import KeyBar
from plannertui.tui.main import MainScreen
from plannertui.tui.screens.base import WorkScreen
from plannertui.tui.screens.names import SCREENS
from tests.tui.sample import fill, planner

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


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("full", [True, False], ids=["sample", "empty"])
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
