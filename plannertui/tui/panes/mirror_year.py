"""The year drawn: the days of reflection, and each goal against its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from plannertui.core.day import plus_days, year_of
from plannertui.core.goals import pace
from plannertui.i18n import gettext as _
from plannertui.store import goals
from plannertui.store.board import progress_days
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import ItemPicked
from plannertui.tui.safety import words
from plannertui.tui.widgets.chart import chart
from plannertui.tui.widgets.drawn import BLANK, fit, line, pad
from plannertui.tui.widgets.goal_lines import health_words
from plannertui.tui.widgets.heat import heat_lines
from plannertui.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from plannertui.core.goals import Goal
    from plannertui.tui.panes.mirror import MirrorPane
    from plannertui.tui.planner import Planner

HEIGHT = 3
MOST = 5
POINTS = 24


class YearPane(RowList):
    """The heatmap of the year, and a small chart for each goal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "open_drawn",
            N_("open"),
            id="mirroryear.open",
            tooltip=N_("Open the list of the days, or go to the goal"),
        ),
    ]

    def __init__(self, planner: Planner, pane: MirrorPane, *, id: str) -> None:
        super().__init__(planner, self._rows, id=id)
        self.pane = pane
        self.year = year_of(planner.today, planner.settings.year_start)
        self.border_title = words(str(self.year))

    def _rows(self, width: int) -> Sequence[Row]:
        planner = self.planner
        heat = heat_lines(self.pane.mirror.weeks, planner.today, width, planner.frame)
        rows = [Row((BLANK,)), Row(tuple(heat), "heat", 1)]
        found = [g for g in goals.ls(planner.db, self.year) if g.state == "active"]
        for goal in found[:MOST]:
            rows += [Row((BLANK,)), self._goal(goal, width)]
        return rows

    def _goal(self, goal: Goal, width: int) -> Row:
        """Its title, how it stands, and its progress over the line of time."""
        planner = self.planner
        frame = planner.frame
        at = pace(goal, planner.calendar, planner.today)
        word, role = health_words(goal, at)
        title = fit(f"{goal.handle} {goal.title}", max(4, width - len(word) - 3), frame)
        lines = [line((pad(title, max(0, width - 2 - 14)), ""), ("  " + word, role))]
        days = (goal.due - goal.start).days
        if days >= 2:
            now = min(1.0, max(0.0, (planner.today - goal.start).days / days))
            expected = [
                (
                    point / POINTS,
                    100.0
                    * planner.calendar.elapsed(
                        goal.start,
                        goal.due,
                        plus_days(goal.start, round(days * point / POINTS)) or goal.due,
                    ),
                )
                for point in range(POINTS + 1)
            ]
            points = [
                (min(1.0, max(0.0, (day - goal.start).days / days)), value)
                for day, value in progress_days(planner.db, goal, planner.today)
            ]
            drawn = chart(points, expected, width, HEIGHT, now, frame, role)
            lines += [line(*spans) for spans in drawn]
        return Row(tuple(lines), "goal", goal.id, goal.handle)

    @on(RowList.Chosen)
    def action_open_drawn(self) -> None:
        """Open the days, or go to the goal."""
        row = self.row
        if row is None:
            return
        if row.kind == "goal":
            self.post_message(ItemPicked(row.handle))
        else:
            self.pane.open(("reflected_span",), _("the days of reflection"))
