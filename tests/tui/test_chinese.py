"""The screen in Chinese: lines break where they may, and every frame stays straight."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import pytest
from textual.content import Content
from textual.widgets import Input

from plannertui import i18n
from plannertui.store import entries
from plannertui.store.calendar import work_calendar
from plannertui.store.settings import Settings
from plannertui.tui.app import PlannerApp
from plannertui.tui.planner import Planner

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from plannertui.store.open import Store

    Open = Callable[..., PlannerApp]

TEXT = "积压 188。减 24 件；分流几小时就停；小许独立两天。“没有……意外” — 好 → 了"
FIRST = re.compile(r"[│|] *[，。；：？！）》”]")


@pytest.fixture
def opened(store: Store, now: datetime) -> Open:
    """An app in Chinese on a store with one entry; the settings can differ."""
    i18n.use("zh_Hans")

    def make(**changed: Any) -> PlannerApp:
        settings = Settings("", {})
        settings.calendar = "CN"
        for name, value in changed.items():
            setattr(settings, name, value)
        entries.add(store, text=TEXT, day=now.date(), now=now)
        calendar = work_calendar(store, settings, "zh_Hans", now.date())
        planner = Planner(
            store, settings, calendar, lambda: now, language="zh_Hans", demo=True
        )
        return PlannerApp(planner)

    return make


def rows(app: PlannerApp) -> list[str]:
    """What the terminal is sent, row by row."""
    shown = []
    for strip in app.screen._compositor.render_strips(app.size):
        for each in app.get_line_filters():
            strip = strip.apply_filter(each, app.screen.styles.background)
        shown.append(strip.text)
    return shown


async def test_no_line_of_the_preview_begins_with_a_mark(opened: Open) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        app.screen.query_one(Input).value = "积压"
        await pilot.pause()
        if searches := [each for each in app.workers if each.group == "search"]:
            await app.workers.wait_for_complete(searches)
        await pilot.pause()
        shown = rows(app)
    assert any("件；分流" in row for row in shown)
    assert not [row for row in shown if FIRST.search(row)]
    assert not [row for row in shown if " …" in row]


async def test_labels_and_toasts_break_by_the_same_rules(opened: Open) -> None:
    async with opened().run_test(size=(80, 24)):
        lines = Content("都可以以后再填。").wrap(14)
    assert [str(line) for line in lines] == ["都可以以后再", "填。"]


@pytest.mark.parametrize(
    "keys", [(), ("1", "enter"), ("slash", "积", "压"), ("question_mark",)]
)
async def test_nothing_ambiguous_is_sent_where_it_is_wide(
    opened: Open, keys: tuple[str, ...]
) -> None:
    app = opened(ambiguous=2)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        app.notify("完成……")
        await pilot.pause()
        shown = "".join(rows(app))
    assert not {each for each in shown if east_asian_width(each) == "A"}
