"""Giving a promise up: whether the other side was told is all that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from plannertui.core.text import first_line
from plannertui.i18n import gettext as _
from plannertui.store import matters
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.matters import Matter
    from plannertui.tui.planner import Planner


class DropDialog(KeptForm):
    """Drops a matter; gives the line to say about it."""

    AUTO_FOCUS = "Choice"

    def __init__(self, planner: Planner, matter: Matter) -> None:
        title = f"{matter.handle} {planner.frame.dot} {first_line(matter.title)}"
        super().__init__(planner, title, f"form:drop:{matter.handle}", matter.rev)
        self.matter = matter

    def fields(self) -> Iterable[Widget]:
        """Whether the other side knows."""
        choice = Choice(
            [("no", _("not yet")), ("yes", _("told today"))], "no", id="told"
        )
        yield self.row(_("Other side"), choice)
        note = _("A promise given up and told is let go; given up in silence, broken.")
        yield Static(note, classes="form-quiet form-note", markup=False)

    def begin(self) -> None:
        """Begin with the choice."""
        self.query_one("#told", Choice).focus()

    def keys(self) -> str:
        """The line about the keys."""
        return _("Left and right choose   Ctrl+S gives it up   Esc back")

    def collect(self) -> str:
        """Give it up."""
        planner = self.planner
        told = planner.today if self.chosen("told") == "yes" else None
        matters.drop(planner.db, self.matter, planner.today, told, planner.now())
        return _("{handle} is given up.").format(handle=self.matter.handle)
