"""The lines of a view of the calendar on the screen: what stays on top, what scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.message import Message

from plannertui.core.text import clusters
from plannertui.outputs.calendar.canvas import Pen
from plannertui.tui.widgets.drawn import FOCUSED_ROLES, Drawn, Line, fit
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rich.style import Style

    from plannertui.outputs.calendar.canvas import Sheet, Spot
    from plannertui.tui.planner import Planner
    from plannertui.tui.themes import Frame

GROUNDS = frozenset(("block", "selected-day", "shade-1", "shade-2", "shade-3"))
"""Roles that only colours can show."""


def pen_of(frame: Frame) -> Pen:
    """What the screen draws with."""
    plain = frame.name == "ascii"
    return Pen(
        cell_len,
        _pieces,
        lambda text, width: text if text.isspace() else fit(text, width, frame),
        lambda text, width: wrap(fit(text, 10_000, frame), width),
        plain,
        frame.dot,
        "-" if plain else "–",
        frame.rule,
        "|" if plain else "│",
        "|" if plain else "▌",
        frame.due,
        frame.open_box,
        frame.done_box,
        frame.bullet,
        frame.full,
        frame.shades,
        frame.time,
        frame.track,
        "o" if plain else "◇",
        "x" if plain else "◆",
        frame.partials,
    )


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    for piece, _cells in clusters(text):
        yield piece, cell_len(piece)


class ViewLines(Drawn):
    """The head or the body of the sheet that ``sheet_of`` gives for a width."""

    FOCUSED: ClassVar[Mapping[str, str]] = {
        **FOCUSED_ROLES,
        "held": "on $block-cursor-background",
    }

    class Clicked(Message):
        """A cell was clicked: what is there, and how often in a row."""

        def __init__(self, spot: Spot, times: int) -> None:
            self.spot = spot
            self.times = times
            super().__init__()

    class Turned(Message):
        """The wheel was turned where there is nothing to scroll."""

        def __init__(self, pages: int) -> None:
            self.pages = pages
            super().__init__()

    def __init__(
        self,
        planner: Planner,
        sheet_of: Callable[[int], Sheet],
        *,
        head: bool = False,
        id: str,
    ) -> None:
        super().__init__(planner, id=id)
        self._sheet_of = sheet_of
        self.head = head
        self.can_focus = not head

    @property
    def spots(self) -> tuple[Spot, ...]:
        """What is where."""
        sheet = self._sheet_of(self._room())
        return sheet.head_spots if self.head else sheet.spots

    def draw(self, width: int) -> list[Line]:
        """The lines of the sheet."""
        sheet = self._sheet_of(width)
        return [Line(spans) for spans in (sheet.head if self.head else sheet.body)]

    def role_style(self, roles: str) -> Style:
        """Without colours of its own the screen has no grounds but that of the cursor."""
        if self.app.no_color or self.app.native_ansi_color:
            named = [role for role in roles.split() if role not in GROUNDS]
            roles = " ".join("reversed" if role == "held" else role for role in named)
        return super().role_style(roles)

    def on_click(self, event: events.Click) -> None:
        """Say what was clicked."""
        at = event.get_content_offset(self)
        if at is None:
            return
        y = at.y + self.scroll_offset.y
        for spot in self.spots:
            if spot.y == y and spot.x <= at.x < spot.end:
                event.stop()
                self.post_message(self.Clicked(spot, event.chain))
                return

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        if self.max_scroll_y <= 0:
            event.stop()
            event.prevent_default()
            self.post_message(self.Turned(1))
        else:
            super()._on_mouse_scroll_down(event)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        if self.max_scroll_y <= 0:
            event.stop()
            event.prevent_default()
            self.post_message(self.Turned(-1))
        else:
            super()._on_mouse_scroll_up(event)
