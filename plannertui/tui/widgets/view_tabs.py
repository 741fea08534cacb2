"""The tabs of the views of the calendar, each with the key that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from plannertui.core.text import cell_width
from plannertui.outputs.calendar.views import names

if TYPE_CHECKING:
    from textual.events import Click

GAPS = (3, 2, 1)
KEYS = {"day": "D", "week": "W", "month": "M", "agenda": "A", "year": "Y"}


class ViewTabs(Widget):
    """One line of the views; the one that is shown stands out."""

    DEFAULT_CSS = """
    ViewTabs { height: 1; color: $muted; }
    """
    ALLOW_SELECT = False

    class Picked(Message):
        """The tab of ``view`` was clicked."""

        def __init__(self, view: str) -> None:
            self.view = view
            super().__init__()

    def __init__(self, view: str, *, ascii_only: bool, id: str) -> None:
        super().__init__(id=id)
        self.view = view
        self._ascii_only = ascii_only

    def show(self, view: str) -> None:
        """Mark the view that is shown."""
        if view != self.view:
            self.view = view
            self.refresh()

    def _placed(self) -> list[tuple[int, int, str, str]]:
        """Where each tab begins and ends, its view and its word."""
        words = names()
        sizes = {
            view: cell_width(f"{KEYS[view]} {word}") for view, word in words.items()
        }
        for gap in GAPS:
            if sum(sizes.values()) + gap * (len(sizes) - 1) <= self.size.width:
                break
        placed, at = [], 0
        for view, word in words.items():
            placed.append((at, at + sizes[view], view, word))
            at += sizes[view] + gap
        return placed

    def render(self) -> Content:
        """The names, with their keys."""
        parts: list[Content] = []
        end = 0
        for start, until, view, word in self._placed():
            here = view == self.view
            parts.append(Content(" " * (start - end)))
            parts.append(
                Content.assemble(
                    (KEYS[view], "bold $foreground"),
                    (" ", ""),
                    (word, "bold underline $here" if here else "$muted"),
                )
            )
            end = until
        return Content("").join(parts)

    def on_click(self, event: Click) -> None:
        """Go to the view whose name was clicked."""
        for start, until, view, _word in self._placed():
            if start <= event.x < until:
                event.stop()
                self.post_message(self.Picked(view))
                return
