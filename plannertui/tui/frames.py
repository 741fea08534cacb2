"""The frames of the panes, lit where one is.

Set on the panes themselves: a rule with ``:focus-within`` would make Textual style every
widget of two panes anew at each change of focus, which is 30 ms and 40 KB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.scrollbar import ScrollBar, ScrollBarRender

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.widget import Widget

    from plannertui.tui.themes import Frame


class PlainBar(ScrollBarRender):
    """A scrollbar of coloured blanks, for terminals without partial blocks."""

    VERTICAL_BARS = [" "] * 8
    HORIZONTAL_BARS = [" "] * 8


def use_scrollbars(frame: Frame) -> None:
    """Draw every scrollbar with the characters of ``frame``."""
    ScrollBar.renderer = PlainBar if frame.name == "ascii" else ScrollBarRender


def light(pane: Widget, on: bool, frame: Frame, colors: Mapping[str, str]) -> None:
    """Give ``pane`` the frame of the pane one is in, or of one at rest.

    ``colors`` are the variables of the theme.
    """
    styles = pane.styles
    styles.border = (  # type: ignore[assignment]
        frame.focused if on else frame.border,
        colors["here" if on else "line"],
    )
    styles.border_title_color = colors["here" if on else "muted"]
    styles.border_title_style = "bold" if on else "none"
    styles.border_subtitle_color = colors["muted" if on else "faint"]


class Frames:
    """Which of some panes is lit."""

    def __init__(
        self, panes: Iterable[Widget], frame: Frame, lit: Widget | None = None
    ) -> None:
        self._panes = list(panes)
        self._frame = frame
        self._lit = lit

    def all_anew(self, colors: Mapping[str, str]) -> None:
        """Give every pane its frame, for the first time or in the colours of a theme."""
        for pane in self._panes:
            light(pane, pane is self._lit, self._frame, colors)

    def light(self, pane: Widget, colors: Mapping[str, str]) -> None:
        """Light ``pane`` and no other."""
        if pane is self._lit or pane not in self._panes:
            return
        before, self._lit = self._lit, pane
        if before is not None:
            light(before, False, self._frame, colors)
        light(pane, True, self._frame, colors)

    def let_go(self) -> None:
        """Hold no pane any longer."""
        self._panes, self._lit = [], None
