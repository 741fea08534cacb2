"""The week as a list of its days, where the month stands otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.things import Scene
from plannertui.outputs.calendar import agenda, views
from plannertui.store import items
from plannertui.tui.widgets.view_lines import pen_of

if TYPE_CHECKING:
    from datetime import date

    from plannertui.core.things import Thing
    from plannertui.outputs.calendar.canvas import Sheet
    from plannertui.tui.planner import Planner


class WeekList:
    """What is on the week of a day; read once until ``forget``."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self._window: tuple[date, date] | None = None
        self._things: list[Thing] = []
        self._counts: dict[date, int] = {}

    def forget(self) -> None:
        """Read again when it is asked for."""
        self._window = None

    def sheet(self, day: date, width: int) -> Sheet:
        """The week of ``day`` in ``width`` cells."""
        planner = self.planner
        start = planner.settings.week_start
        window = views.window("week", day, start)
        if window != self._window:
            self._window = window
            self._things = planner.things(*window)
            self._counts = items.counts(planner.db, *window)
        scene = Scene(
            first=window[0],
            last=window[1],
            day=day,
            today=planner.today,
            minute=0,
            calendar=planner.calendar,
            things=self._things,
            also=planner.others,
            counts=self._counts,
        )
        return agenda.draw(
            scene, width, pen_of(planner.frame), every=True, week_start=start
        )
