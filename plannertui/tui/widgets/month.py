"""A month in one widget, with the keys and the mouse that move in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.reactive import var

from plannertui.core.day import month_length
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import DayPicked, EventAsked
from plannertui.tui.widgets.days import shift_days, shift_months
from plannertui.tui.widgets.drawn import FOCUSED_ROLES, Drawn, Line
from plannertui.tui.widgets.grid import Look, Marks, day_at, month_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.binding import BindingType

    from plannertui.tui.planner import Planner
    from plannertui.tui.widgets.week_list import WeekList


class Month(Drawn):
    """The month of ``day``; moving the day repaints the weeks it leaves and enters.

    ``marks_of`` gives the marks of a month; it is asked once a month until ``reload``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "h,left",
            "move_days(-1)",
            N_("by day"),
            id="calendar.day_before",
            tooltip=N_("Go to the day before"),
        ),
        bind(
            "l,right",
            "move_days(1)",
            N_("by day"),
            id="calendar.day_after",
            tooltip=N_("Go to the day after"),
        ),
        bind(
            "k,up",
            "move_days(-7)",
            N_("by week"),
            id="calendar.week_before",
            tooltip=N_("Go back by a week"),
        ),
        bind(
            "j,down",
            "move_days(7)",
            N_("by week"),
            id="calendar.week_after",
            tooltip=N_("Go on by a week"),
        ),
        bind(
            "H,pageup",
            "move_months(-1)",
            N_("by month"),
            id="calendar.month_before",
            tooltip=N_("Go back by a month"),
        ),
        bind(
            "L,pagedown",
            "move_months(1)",
            N_("by month"),
            id="calendar.month_after",
            tooltip=N_("Go on by a month"),
        ),
        bind(
            "K",
            "move_months(-12)",
            N_("year before"),
            id="calendar.year_before",
            tooltip=N_("Go back by a year"),
            show=False,
        ),
        bind(
            "J",
            "move_months(12)",
            N_("year after"),
            id="calendar.year_after",
            tooltip=N_("Go on by a year"),
            show=False,
        ),
        bind(
            "home",
            "month_edge(False)",
            N_("first day"),
            id="calendar.first_day",
            tooltip=N_("Go to the first day of the month"),
            show=False,
        ),
        bind(
            "end",
            "month_edge(True)",
            N_("last day"),
            id="calendar.last_day",
            tooltip=N_("Go to the last day of the month"),
            show=False,
        ),
        bind(
            "t",
            "today",
            N_("today"),
            id="calendar.today",
            tooltip=N_("Go to today"),
        ),
        bind(
            "n",
            "new_event",
            N_("new event"),
            id="calendar.event",
            tooltip=N_("Add an event on the day one is on"),
        ),
        bind(
            "v",
            "other_view",
            N_("week, month"),
            id="calendar.view",
            tooltip=N_("Show the week as a list instead of the month, and back"),
        ),
    ]

    DEFAULT_CSS = """
    Month {
        height: auto;
        overflow: hidden;
    }
    """

    FOCUSED: ClassVar[Mapping[str, str]] = {
        **FOCUSED_ROLES,
        "selected": "bold on $block-cursor-background",
    }

    day: var[date] = var(date.min, init=False)
    compact: var[bool] = var(False, init=False)
    """Whether to leave off what can be done without."""
    as_week: var[bool] = var(False, init=False)
    """Whether the week of the day is shown as a list."""

    def __init__(
        self,
        planner: Planner,
        day: date,
        marks_of: Callable[[date, date], Marks],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(planner, id=id)
        self.set_reactive(Month.day, day)
        self._marks_of = marks_of
        self._marks: tuple[tuple[int, int], Marks] | None = None
        self._week: WeekList | None = None

    @property
    def marks(self) -> Marks:
        """The marks of the month that is shown."""
        key = (self.day.year, self.day.month)
        if self._marks is None or self._marks[0] != key:
            first = self.day.replace(day=1)
            last = self.day.replace(day=month_length(*key))
            self._marks = (key, self._marks_of(first, last))
        return self._marks[1]

    @property
    def look(self) -> Look:
        """Shades are characters where there are no colours to mix."""
        plain = self.app.no_color or self.app.native_ansi_color
        start = self.planner.settings.week_start
        return Look(self.frame, plain or self.frame.name == "ascii", start)

    def draw(self, width: int) -> list[Line]:
        """The month of ``day``, or its week."""
        planner = self.planner
        if self.as_week and self._week is not None:
            return [Line(spans) for spans in self._week.sheet(self.day, width).body]
        return month_lines(
            self.day,
            planner.today,
            width,
            planner.calendar,
            self.marks,
            self.look,
            compact=self.compact,
        )

    def watch_day(self) -> None:
        """Repaint what the move changes."""
        before = len(self.lines)
        self.redraw()
        if before != len(self.lines):
            self.refresh(layout=True)

    def watch_as_week(self) -> None:
        """Take another height."""
        if self.as_week and self._week is None:
            from plannertui.tui.widgets.week_list import WeekList

            self._week = WeekList(self.planner)
        self.redraw()
        self.refresh(layout=True)

    def watch_compact(self) -> None:
        """Take another height."""
        self.redraw()
        self.refresh(layout=True)

    def reload(self) -> None:
        """Read the marks again, and repaint what differs."""
        self._marks = None
        if self._week is not None:
            self._week.forget()
        before = len(self.lines)
        self.redraw()
        if before != len(self.lines):
            self.refresh(layout=True)

    def go_to(self, day: date) -> None:
        """Move to ``day`` and say so; staying says nothing."""
        if day != self.day:
            self.day = day
            self.post_message(DayPicked(day))

    def action_move_days(self, days: int) -> None:
        """Move by days."""
        self.go_to(shift_days(self.day, days))

    def action_move_months(self, months: int) -> None:
        """Move by months."""
        self.go_to(shift_months(self.day, months))

    def action_month_edge(self, last: bool) -> None:
        """Move to the first or last day of the month."""
        length = month_length(self.day.year, self.day.month)
        self.go_to(self.day.replace(day=length if last else 1))

    def action_today(self) -> None:
        """Move to today."""
        self.go_to(self.planner.today)

    def action_new_event(self) -> None:
        """Ask for an event on the day one is on."""
        self.post_message(EventAsked(self.day))

    def action_other_view(self) -> None:
        """Show the week instead of the month, and back."""
        self.as_week = not self.as_week

    def _day_under(self, x: int, y: int) -> date | None:
        """The day that is drawn at a cell."""
        width = self.size.width
        if self.as_week and self._week is not None:
            spots = self._week.sheet(self.day, width).spots
            on = next((spot.day for spot in spots if spot.y == y), None)
            return None if on is None else date.fromisoformat(on)
        return day_at(x, y, self.day, width, self.planner.settings.week_start)

    def on_click(self, event: events.Click) -> None:
        """Move to the day under the mouse."""
        at = event.get_content_offset(self)
        day = None if at is None else self._day_under(at.x, at.y)
        if day is not None:
            event.stop()
            self.go_to(day)

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        event.prevent_default()
        self.action_move_months(1)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self.action_move_months(-1)
