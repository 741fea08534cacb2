"""Seeing an entry again on another day, or no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from plannertui.core.capture import day_again
from plannertui.core.errors import UnreadableDate
from plannertui.core.text import first_line
from plannertui.i18n import gettext as _
from plannertui.store import revisits
from plannertui.tui import labels
from plannertui.tui.dialogs.form import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.entries import Entry
    from plannertui.tui.planner import Planner


class LaterDialog(Form[str]):
    """Puts an entry off; gives the line to say about it."""

    def __init__(self, planner: Planner, entry: Entry) -> None:
        title = f"{entry.handle} {planner.frame.dot} {first_line(entry.text)}"
        super().__init__(planner, title)
        self.entry = entry

    def fields(self) -> Iterable[Widget]:
        """The day."""
        yield self.row(_("Again on"), self.line("again", "30d", "30d, 2w, 2024-12-01"))
        yield Static(
            _("Empty: it is shown no more. What was written stays."),
            classes="form-quiet form-note",
            markup=False,
        )

    def collect(self) -> str:
        """Put it off, or end it."""
        planner, text = self.planner, self.value("again")
        day = None
        if text:
            day = day_again(text, planner.today, planner.settings.year_start)
            if day is None:
                raise UnreadableDate(
                    _('"{text}" is no day ahead. Try 30d, 2w or 2024-12-01.').format(
                        text=text
                    )
                )
        revisits.put_off(planner.db, self.entry, day, planner.now())
        if day is None:
            return _("{handle} is not shown again.").format(handle=self.entry.handle)
        return _("{handle} comes back on {day}.").format(
            handle=self.entry.handle, day=labels.day_words(day, planner.today)
        )
