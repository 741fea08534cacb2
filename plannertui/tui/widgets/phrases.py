"""A few phrases on as few lines as they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.tui.widgets.drawn import Drawn, Line, flat, line
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from plannertui.tui.planner import Planner


class Phrases(Drawn, can_focus=False):
    """Phrases on one line where they fit, else each on lines of its own."""

    DEFAULT_CSS = """
    Phrases { height: auto; overflow: hidden; }
    """

    def __init__(self, planner: Planner, *, id: str) -> None:
        super().__init__(planner, id=id)
        self.phrases: tuple[str, ...] = ()
        self.role = ""

    def say(self, phrases: tuple[str, ...], role: str) -> None:
        """Show ``phrases`` in ``role``; none take no room."""
        if (phrases, role) == (self.phrases, self.role):
            return
        before = len(self.lines)
        self.phrases, self.role = phrases, role
        self.display = bool(phrases)
        self.redraw()
        if len(self.lines) != before:
            self.refresh(layout=True)

    def draw(self, width: int) -> list[Line]:
        """The phrases."""
        whole = f" {self.frame.dot} ".join(map(flat, self.phrases))
        texts = [whole] if cell_len(whole) <= width else map(flat, self.phrases)
        return [
            line((part, self.role))
            for text in texts
            for part in wrap(text, width)
            if part
        ]
