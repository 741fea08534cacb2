"""The calendar: day, week, month, agenda, and the board of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from plannertui.store import glance
from plannertui.tui.panes.view import ViewPane
from plannertui.tui.panes.view_day import DayPanel
from plannertui.tui.screens.base import WorkScreen
from plannertui.tui.status import StatusLine

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from textual.widget import Widget

    from plannertui.tui.planner import Planner


WIDE = 100
MOST = 64


class CalendarScreen(WorkScreen):
    """One view at a time, chosen by keys and tabs."""

    def __init__(self, planner: Planner, subject: int = 0) -> None:
        super().__init__(planner, subject)
        self._leave: Collection[object] | None = None
        self._minute = planner.now().minute

    def panels(self) -> Iterable[Widget]:
        """The view, and beside the hours of a day what was written on it."""
        yield ViewPane(self.planner, id="view")
        yield DayPanel(self.planner, id="view-day")

    @property
    def pane(self) -> ViewPane:
        """The view."""
        return self.query_one(ViewPane)

    def reload(self) -> None:
        """Read again what is shown; leave that was moved makes other workdays."""
        leave = glance.leave(self.planner.db)
        if self._leave is not None and leave != self._leave:
            self.planner.refresh_calendar()
            self.query_one(StatusLine).reload()
        self._leave = leave
        self.pane.reload()

    def _poll(self) -> None:
        """As everywhere; and the line of now goes on with each minute."""
        super()._poll()
        minute = self.planner.now().minute
        if self.is_current and minute != self._minute:
            self._minute = minute
            self.pane.show()

    def make_room(self, width: int) -> None:
        """What was written stands beside a day, where there is room for both."""
        panel = self.query_one(DayPanel)
        panel.styles.width = min(MOST, width * 2 // 5)
        panel.display = self.pane.view == "day" and width >= WIDE

    @on(ViewPane.Shown)
    def shown(self, event: ViewPane.Shown) -> None:
        """Another page, another day."""
        event.stop()
        self.day = event.day
        self.make_room(self.app.size.width)
        panel = self.query_one(DayPanel)
        if panel.display:
            panel.show(event.day)
        elif self.focused is panel:
            self.pane.body.focus()

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

    def show_event(self, number: int, day: date) -> None:
        """Go to an event that was just made or changed."""
        self.pane.pick(number, day)

    def show_day(self, day: date, number: int = 0) -> None:
        """Go to a day here."""
        self.pane.go_to(day)
