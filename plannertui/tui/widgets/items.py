"""A list of entries, matters and the like, drawn line by line."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from plannertui.tui.widgets.item_keys import LIST_KEYS
from plannertui.tui.widgets.item_lines import is_late, lay_out
from plannertui.tui.widgets.item_strips import draw
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

    from plannertui.store.items import Item
    from plannertui.tui.themes import Frame

NARROW = 34
LOOKS = {
    "text": "",
    "muted": "$muted",
    "link": "$muted",
    "open": "bold $here",
    "win": "bold $on-pace",
    "warn": "bold $behind",
    "late": "$at-risk",
    "cursor": "on $block-cursor-background",
    "cursor-blurred": "on $block-cursor-blurred-background",
}
"""How each part looks. Links are muted: the accent is for what is to be done next."""


class ItemList(ScrollView, can_focus=True):
    """One item under another, each up to three lines of text and what belongs to it.

    Only the lines in view are drawn. ``cursor`` is the index of the item under it, -1
    in an empty list. ``hole`` keeps lines of one item free for an editor laid over it.
    """

    DEFAULT_CSS = """
    ItemList {
        height: 1fr;
        width: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        background: transparent;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = LIST_KEYS

    cursor: var[int] = var(-1)

    class Chosen(Message):
        """The item with this ``index`` was clicked twice."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    class Moved(Message):
        """The cursor went to the item with this ``index``."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    def __init__(
        self,
        frame: Frame,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.frame = frame
        self.items: Sequence[Item] = ()
        self.today: date | None = None
        self.hole: tuple[int, int] | None = None
        self.empty = ""
        self._width = 0
        self._tops: list[int] = []
        self._drawn: dict[tuple[int, bool, bool], list[Strip]] = {}
        self._laid: dict[int, list[tuple[str, str]]] = {}
        self._looks: dict[tuple[str, ...], Style] = {}

    # What it holds

    @property
    def current(self) -> Item | None:
        """The item under the cursor."""
        return self.items[self.cursor] if 0 <= self.cursor < len(self.items) else None

    def show(self, items: Sequence[Item], today: date, *, keep: bool = True) -> None:
        """Show ``items``; with ``keep`` the cursor stays on the item it is on."""
        here = self.current if keep else None
        if bool(items) != bool(self.items):
            self.refresh_bindings()
        self.items, self.today = items, today
        self._lay_out()
        index = -1
        if here is not None:
            index = next((n for n, i in enumerate(items) if i.id == here.id), -1)
            if index < 0:
                index = min(self.cursor, len(items) - 1)
        elif items:
            index = 0
        self.set_reactive(ItemList.cursor, index)
        if not keep:
            self.scroll_to(y=0, animate=False)
        self.refresh()

    def go_to(self, number: int) -> bool:
        """Put the cursor on the item with this id; False when it is not here."""
        for index, item in enumerate(self.items):
            if item.id == number:
                self.cursor = index
                return True
        return False

    def open_hole(self, index: int, height: int) -> None:
        """Keep ``height`` lines of the item at ``index`` free."""
        if self.hole != (index, height):
            self.hole = (index, height)
            self._lay_out()
            self.refresh()

    def close_hole(self) -> None:
        """Draw every item again."""
        if self.hole is not None:
            self.hole = None
            self._lay_out()
            self.refresh()

    def top(self, index: int) -> int:
        """The line, from the top of the list, at which the item at ``index`` begins."""
        return self._tops[index]

    # Layout

    def on_resize(self) -> None:
        """Wrap anew when the width is another."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out()

    def notify_style_update(self) -> None:
        """Draw anew in other colours."""
        self._drawn.clear()
        self._looks.clear()
        super().notify_style_update()

    def _lay_out(self) -> None:
        """Find out where each item begins, without drawing it."""
        self._drawn.clear()
        self._width = self.scrollable_content_region.width
        if self._width <= 0:
            # No size yet: a guess would bring a scrollbar, only to take it away again.
            self._laid.clear()
            self._tops = [0] * len(self.items)
            return
        height = self.size.height
        if len(self.items) > height > 0:
            # It is known to come: its cell is taken now, not after all is wrapped.
            self.show_vertical_scrollbar = True
        lines = self._place()
        if height and (lines > height) is not self.show_vertical_scrollbar:
            self.show_vertical_scrollbar = lines > height
            lines = self._place()
        self.virtual_size = Size(self._width, lines)

    def _place(self) -> int:
        """Wrap the items and stack them; how many lines that makes."""
        self._laid.clear()
        self._width = self.scrollable_content_region.width
        tops, y = [], 0
        for index in range(len(self.items)):
            tops.append(y)
            if self.hole is not None and self.hole[0] == index:
                y += self.hole[1]
            else:
                y += len(self._lines(index))
        self._tops = tops
        return y

    @property
    def indent(self) -> int:
        """The cells before the text, for time and mark."""
        return 2 if self._width < NARROW else 8

    def _lines(self, index: int) -> list[tuple[str, str]]:
        if index not in self._laid:
            width = max(4, self._width - self.indent - 1)
            self._laid[index] = lay_out(
                self.items[index], width, self.frame, self.today
            )
        return self._laid[index]

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        line = y + self.scroll_offset.y
        base = self.rich_style
        if not self.items:
            return self._draw_empty(y, base)
        index = bisect_right(self._tops, line) - 1
        if index < 0 or line >= self.virtual_size.height:
            return Strip.blank(self.size.width, base)
        here = index == self.cursor and self.hole is None
        key = (index, here, self.has_focus)
        if key not in self._drawn:
            if len(self._drawn) > 400:
                self._drawn.clear()
            self._drawn[key] = self._draw(index, here, base)
        strips = self._drawn[key]
        within = line - self._tops[index]
        if within >= len(strips):
            return Strip.blank(self.size.width, base)
        return strips[within]

    def _draw_empty(self, y: int, base: Style) -> Strip:
        lines = wrap(self.empty, max(4, self.size.width - 3))
        text = lines[y - 1] if 1 <= y <= len(lines) and self.empty else ""
        style = self._look("muted")
        strip = Strip([Segment("  ", base), Segment(text, style)])
        return strip.adjust_cell_length(self.size.width, base)

    def _draw(self, index: int, here: bool, base: Style) -> list[Strip]:
        lines = self._lines(index)
        if self.hole is not None and self.hole[0] == index:
            lines = [("", "")]
        cursor = ("cursor" if self.has_focus else "cursor-blurred",) if here else ()
        item = self.items[index]
        return draw(
            item,
            lines,
            indent=self.indent,
            room=self._width - 1,
            width=self.size.width,
            frame=self.frame,
            late=is_late(item, self.today),
            base=self._look(*cursor) if here else base,
            style=lambda name: self._look(*cursor, name),
        )

    def _look(self, *names: str) -> Style:
        """The style of parts, the later ones over the earlier."""
        style = self._looks.get(names)
        if style is None:
            visual = self.visual_style
            for name in names:
                if LOOKS[name]:
                    visual += self.app.stylesheet.parse_style(LOOKS[name])
            style = self._looks[names] = visual.rich_style
        return style

    # Moving

    def validate_cursor(self, index: int) -> int:
        """Stay within the list."""
        return max(0, min(index, len(self.items) - 1)) if self.items else -1

    def watch_cursor(self, old: int, new: int) -> None:
        """Keep the item under the cursor in view and redraw the two that changed."""
        for index in (old, new):
            if 0 <= index < len(self._tops):
                height = len(self._lines(index))
                self.refresh(
                    Region(
                        0,
                        self._tops[index] - self.scroll_offset.y,
                        self.size.width,
                        height,
                    )
                )
        if 0 <= new < len(self._tops):
            self.show_item(new, len(self._lines(new)))
            self.post_message(self.Moved(new))
            if 0 <= old < len(self.items) and (
                self.items[old].noun != self.items[new].noun
            ):
                # What a key can do depends on what one is on.
                self.refresh_bindings()

    def show_item(self, index: int, height: int) -> None:
        """Scroll as little as it takes to have ``height`` lines of an item in view."""
        self.scroll_to_region(
            Region(0, self._tops[index], 1, height),
            animate=False,
            force=True,
            immediate=True,
        )

    def action_move(self, by: int) -> None:
        """Move the cursor by items."""
        self.cursor += by

    def action_edge(self, last: bool) -> None:
        """Move to the first or last item."""
        self.cursor = len(self.items) - 1 if last else 0

    def action_page(self, by: int) -> None:
        """Move by as many lines as are in view."""
        if self.items:
            y = self._tops[self.cursor] + by * max(1, self.size.height - 1)
            self.cursor = max(0, bisect_right(self._tops, y) - 1)

    def on_click(self, event: events.Click) -> None:
        """Go to what was clicked; twice chooses it."""
        y = event.y + self.scroll_offset.y
        index = bisect_right(self._tops, y) - 1
        if index >= 0 and y < self.virtual_size.height:
            self.cursor = index
            if event.chain == 2:
                self.post_message(self.Chosen(index))

    def on_focus(self) -> None:
        """Show where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the keys go elsewhere."""
        self.refresh()
