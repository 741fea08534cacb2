"""A widget that is on its way out is painted once more, and nothing breaks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from textual.containers import Vertical
from textual.widget import Widget

from plannertui.tui.dialogs.compare import Side
from plannertui.tui.editor import Editor
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.reply import Reply
from plannertui.tui.widgets.ticks import Tick, Ticks
from tests.tui.sample import Host, planner

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from plannertui.store.open import Store
    from plannertui.tui.planner import Planner

MAKERS: list[Callable[[Planner], Widget]] = [
    Editor,
    lambda planner: Reply(planner, "an answer"),
    lambda _: Choice([("a", "one"), ("b", "two")], "a"),
    lambda planner: Ticks(planner, [Tick("a", "one", "said")], []),
    lambda _: Side("one\ntwo", "two"),
]


class Slow(Widget):
    """Keeps what it is in on the screen until it may go."""

    may_go: asyncio.Event

    def on_mount(self) -> None:
        self.may_go = asyncio.Event()

    async def on_unmount(self) -> None:
        await self.may_go.wait()


@pytest.mark.parametrize("make", MAKERS)
async def test_a_repaint_while_a_neighbour_is_still_leaving(
    store: Store, now: datetime, make: Callable[[Planner], Widget]
) -> None:
    leaving, slow = make(planner(store, now)), Slow()
    box = Vertical(leaving, slow)
    async with Host(box).run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        screen = pilot.app.screen
        x, y = leaving.region.offset
        gone = box.remove_children()
        while leaving._parent is not None:
            await asyncio.sleep(0)
        try:
            # What a change of colours does, and what a repaint and a mouse ask for then.
            leaving.notify_style_update()
            leaving._layout_cache.clear()
            leaving.refresh()
            leaving._styles_cache.clear()
            assert leaving in screen._compositor.visible_widgets
            screen._compositor.render_full_update()
            screen.get_style_at(x, y)
        finally:
            slow.may_go.set()
            await gone
