"""Long lists: what is not in view is not put together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from plannertui.tui.widgets.drawn import BLANK, Line, line
from plannertui.tui.widgets.rows import Later, Row, RowList
from tests.tui.sample import Host, planner

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

MANY = 5000
HEIGHT = 20


class Long(RowList):
    """A long list; ``drawn`` counts how often each of its lines is put together."""

    def __init__(self, store: Store, now: datetime) -> None:
        super().__init__(planner(store, now))
        self.drawn: dict[int, int] = {}

    def build(self, width: int) -> list[Row]:
        rows = [Row((line(("a heading", "heading")), BLANK))]
        return rows + [
            Row(Later(partial(self._line, number)), "row", number)
            for number in range(MANY)
        ]

    def _line(self, number: int) -> Line:
        self.drawn[number] = self.drawn.get(number, 0) + 1
        return line((f"line {number}", ""))


async def test_only_what_comes_into_view_is_put_together_and_once(
    store: Store, now: datetime
) -> None:
    rows = Long(store, now)
    async with Host(rows).run_test(size=(40, HEIGHT)) as pilot:
        await pilot.pause()
        rows.drawn.clear()
        for key in ("down", "down", "pagedown", "end", "up", "home"):
            await pilot.press(key)
            await pilot.pause()
        assert rows.row is not None
        assert rows.row.key == 0
        assert len(rows.drawn) < 4 * HEIGHT
        assert set(rows.drawn.values()) == {1}
        rows.go_to("row", (MANY // 2,))
        await pilot.pause()
        top = rows.scroll_offset.y
        shown = [rows.lines[top + at].text.strip() for at in range(rows.size.height)]
        assert any(each.endswith(f"line {MANY // 2}") for each in shown)
        assert len(rows.lines) == MANY + 2
        assert len([each for each in rows.lines if each.fill]) == 1


async def test_it_goes_where_the_mouse_is_and_stays_on_its_thing(
    store: Store, now: datetime
) -> None:
    rows = Long(store, now)
    async with Host(rows).run_test(size=(40, HEIGHT)) as pilot:
        await pilot.pause()
        await pilot.click(rows, offset=(5, 6))
        await pilot.pause()
        assert rows.row is not None
        assert rows.row.key == 4
        await pilot.click(rows, offset=(5, 0))
        assert rows.row.key == 4
        rows.reload()
        assert rows.row.key == 4
