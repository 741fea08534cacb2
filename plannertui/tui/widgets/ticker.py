"""A quiet clock: the time that a step has taken, against its share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.tui.planner import Planner

SECOND = 1.0


def minutes(seconds: int) -> str:
    """ "1:15"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


class Ticker(Widget):
    """ "0:42 of 1:15", painted once a second at most; nothing happens when it runs out."""

    DEFAULT_CSS = """
    Ticker { width: 16; height: 1; color: $muted; text-align: right; }
    """

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.share = 0
        self.text = ""
        self._began: datetime | None = None

    def on_mount(self) -> None:
        """Look at the time every second."""
        self.set_interval(SECOND, self.look)

    def begin(self, share: int) -> None:
        """Count from now, against a ``share`` in seconds."""
        self.share, self._began = share, self.planner.now()
        self.look()

    def look(self) -> None:
        """Paint the time where it is another one."""
        if self._began is None or not self.is_on_screen:
            return
        gone = max(0, int((self.planner.now() - self._began).total_seconds()))
        text = _("{gone} of {share}").format(
            gone=minutes(gone), share=minutes(self.share)
        )
        if text != self.text:
            self.text = text
            self.refresh()

    def render(self) -> Content:
        """The time."""
        return Content(self.text)
