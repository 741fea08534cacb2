"""Reminders in the open screen: each is told once, and stays on top until it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.duewords import line
from plannertui.core.errors import PlannerError
from plannertui.store import due
from plannertui.tui.status import StatusLine

if TYPE_CHECKING:
    from textual.screen import Screen

    from plannertui.tui.planner import Planner

EVERY = 15
SHOWN = 30


class Reminders:
    """Looks at the time every few seconds, and tells what it is time to be reminded of.

    It does so as long as there is ``screen``, whatever lies over it.
    """

    def __init__(self, screen: Screen[Any], planner: Planner) -> None:
        self.screen = screen
        self.planner = planner

    def begin(self) -> None:
        """Look now, and from now on."""
        self.look()
        self.screen.set_interval(EVERY, self.look)

    def look(self) -> None:
        """Tell what is new, and let the line on top say what is to come."""
        planner = self.planner
        try:
            found = due.reminders(
                planner.db, planner.now(), planner.calendar, zone=planner.zone
            )
        except PlannerError:
            # The store is busy or away for a moment; there is a next time.
            return
        for each in found:
            if each.key not in planner.told:
                planner.told.add(each.key)
                said = line(each, planner.today, titles=True)
                if each.place:
                    said += f" {planner.frame.dot} {each.place}"
                self.screen.app.notify(said, timeout=SHOWN)
        if found != planner.reminded:
            planner.reminded = found
            for status in self.screen.app.screen.query(StatusLine):
                status.reload()
