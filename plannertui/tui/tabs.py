"""The tabs that stand above the panes where not all of them fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from plannertui.core.text import cell_width
from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Set

    from textual.events import Click

GAP = 3


def titles() -> dict[str, str]:
    """The names of the three panes, in their order."""
    return {"goals": _("Goals"), "reflect": _("Journal"), "calendar": _("Calendar")}


class PaneTabs(Widget):
    """One line of pane names with the digits that lead there."""

    DEFAULT_CSS = """
    PaneTabs { height: 1; padding: 0 1; color: $muted; }
    """
    ALLOW_SELECT = False

    class Picked(Message):
        """The tab of ``pane`` was clicked."""

        def __init__(self, pane: str) -> None:
            self.pane = pane
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._current = ""
        self._shown: Set[str] = set()

    def show(self, current: str, shown: Set[str]) -> None:
        """Mark the pane one is in, and those that are to be seen."""
        if (current, shown) != (self._current, self._shown):
            self._current, self._shown = current, set(shown)
            self.refresh()

    def render(self) -> Content:
        """The names; the pane one is in stands out."""
        parts: list[Content] = []
        for number, (name, title) in enumerate(titles().items(), 1):
            style = ""
            if name == self._current:
                style = "bold $here"
            elif name in self._shown:
                style = "$foreground"
            parts.append(Content.assemble((str(number), "bold"), (f" {title}", style)))
        return Content(" " * GAP).join(parts)

    def on_click(self, event: Click) -> None:
        """Go to the pane whose name was clicked."""
        at = self.styles.padding.left
        for name, title in titles().items():
            width = 2 + cell_width(title)
            if at <= event.x < at + width:
                self.post_message(self.Picked(name))
                return
            at += width + GAP
