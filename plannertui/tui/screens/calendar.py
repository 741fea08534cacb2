"""The calendar: day, week, month, agenda, and the board of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.tui.panes.view import ViewPane
from plannertui.tui.screens.base import WorkScreen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.widget import Widget


class CalendarScreen(WorkScreen):
    """One view at a time, chosen by keys and tabs."""

    def panels(self) -> Iterable[Widget]:
        """The view."""
        return (ViewPane(self.planner, id="view"),)

    @property
    def pane(self) -> ViewPane:
        """The view."""
        return self.query_one(ViewPane)

    def reload(self) -> None:
        """Read again what is shown."""
        self.pane.reload()

    def begin(self) -> None:
        """Begin in the view."""
        self.pane.body.focus()

    def action_back(self) -> None:
        """Go back up where one has gone down, else to the main screen."""
        if not self.pane.back():
            super().action_back()

    @property
    def capture_day(self) -> date | None:
        """A line that is written here is for the day one is on."""
        day = self.pane.day
        return None if day == self.planner.today else day

    def show_day(self, day: date, number: int = 0) -> None:
        """Go to a day here."""
        self.pane.go_to(day)
