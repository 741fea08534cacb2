"""Going about in the calendar: days, things, pages, views."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from textual.containers import Vertical

from plannertui.core.daywords import shift_days, shift_months
from plannertui.core.things import by_day
from plannertui.outputs.calendar import views
from plannertui.outputs.calendar.hours import lines_an_hour
from plannertui.tui.messages import EventAsked

if TYPE_CHECKING:
    from plannertui.core.things import Scene, Thing
    from plannertui.tui.panes.view_verbs import ViewVerbs
    from plannertui.tui.planner import Planner
    from plannertui.tui.widgets.view_lines import ViewLines


class Stop(NamedTuple):
    """Where one was before going down: the view, the day, the thing."""

    view: str
    day: date
    picked: str


class ViewMoves(Vertical):
    """The actions of moving; a subclass shows the page that they lead to."""

    planner: Planner
    view: str
    day: date
    picked: str
    per_hour: int
    verbs: ViewVerbs

    @property
    def scene(self) -> Scene:
        """What the page is drawn from."""
        raise NotImplementedError

    @property
    def body(self) -> ViewLines:
        """What scrolls."""
        raise NotImplementedError

    @property
    def keys_there(self) -> list[str]:
        """What there is to be on: things, or on the board goals."""
        raise NotImplementedError

    @property
    def window(self) -> tuple[date, date]:
        """The first and last day that were read."""
        raise NotImplementedError

    def go_to(self, day: date, picked: str = "") -> None:
        """Go to a day, and to a thing of it."""
        raise NotImplementedError

    def open(self, view: str, *, down: bool = False) -> None:
        """Show another view of the same day."""
        raise NotImplementedError

    def begin_anew(self) -> None:
        """Scroll to where the page begins."""
        raise NotImplementedError

    @property
    def thing(self) -> Thing | None:
        """The thing one is on."""
        return self.scene.thing

    @property
    def _kept(self) -> str:
        """What one stays on when one goes to another day: a goal of the board."""
        return self.picked if self.view == "year" else ""

    def action_view(self, view: str) -> None:
        """Show a view."""
        self.open(view)

    def action_next_view(self, by: int) -> None:
        """Show the view beside this one."""
        at = views.VIEWS.index(self.view)
        self.open(views.VIEWS[(at + by) % len(views.VIEWS)])

    def action_days(self, days: int) -> None:
        """Go by days; on the year's board by months."""
        if self.view == "year":
            self.go_to(shift_months(self.day, days), self.picked)
        else:
            self.go_to(shift_days(self.day, days))

    def action_line(self, by: int) -> None:
        """Go by weeks in a month, elsewhere from thing to thing of the day."""
        if self.view == "month":
            self.go_to(shift_days(self.day, 7 * by))
        else:
            self.action_thing(by, within=self.view != "agenda")

    def action_thing(self, by: int, within: bool = False) -> None:
        """Go to the next thing, or the one before; ``within`` only of this day."""
        if self.view == "year":
            self._goal(by)
            return
        first, last = (self.day, self.day) if within else self.window
        stops = [
            (day, thing.key)
            for day, things in by_day(self.scene.things, first, last).items()
            for thing in things
        ]
        stops.sort(key=lambda stop: stop[0])
        here = (self.day, self.picked)
        if here in stops:
            at = stops.index(here) + by
        else:
            ahead = [n for n, (day, _key) in enumerate(stops) if day >= self.day]
            following = ahead[0] if ahead else len(stops)
            at = following if by > 0 else following - 1
        if 0 <= at < len(stops):
            self.go_to(*stops[at])
        elif not within and self.view == "day":
            # After the last thing come the lines written on the day.
            self.screen.focus_next()
        else:
            self.body.scroll_relative(y=by, animate=False)

    def _goal(self, by: int) -> None:
        """Go to the next goal of the board, or the one before; above it to none."""
        stops = ["", *self.keys_there]
        at = stops.index(self.picked) + by
        if 0 <= at < len(stops):
            self.go_to(self.day, stops[at])
        else:
            self.body.scroll_relative(y=by, animate=False)

    def action_page(self, pages: int) -> None:
        """Turn the page."""
        self.go_to(views.turned(self.view, self.day, pages), self._kept)

    def action_months(self, months: int) -> None:
        """Go by months; in a month and on the board by years."""
        year = self.view in ("month", "year")
        self.go_to(shift_months(self.day, months * 12 if year else months), self._kept)

    def action_today(self) -> None:
        """Go to today."""
        self.go_to(self.planner.today, self._kept)

    def action_scroll_hours(self, by: int) -> None:
        """Scroll by half of what is in view."""
        self.body.scroll_relative(
            y=by * max(1, self.body.size.height // 2), animate=False
        )

    def action_zoom(self, by: int) -> None:
        """More or fewer lines for an hour."""
        steps = (1, 2, 4)
        now = self.per_hour or lines_an_hour(self.body.size.height)
        at = steps.index(now) + by
        if 0 <= at < len(steps):
            self.per_hour = steps[at]
            self.begin_anew()

    # -- verbs -------------------------------------------------------------------------

    def action_new_event(self) -> None:
        """Ask for an event on the day one is on."""
        self.post_message(EventAsked(self.day))

    def action_move(self, days: int) -> None:
        """Move the thing one is on."""
        self.verbs.move(days)

    def action_move_to(self) -> None:
        """Move the thing one is on to a day that is typed."""
        self.verbs.move_to()

    def action_done(self) -> None:
        """The thing one is on is done."""
        self.verbs.done()

    def action_trash(self) -> None:
        """Put the thing one is on into the trash."""
        self.verbs.trash()
