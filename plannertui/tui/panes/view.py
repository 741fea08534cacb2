"""The calendar on a full screen: day, week, month, agenda and year, chosen inside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message

from plannertui.core.day import year_of
from plannertui.core.daywords import long_day, shift_days
from plannertui.core.things import Scene
from plannertui.outputs.calendar import views
from plannertui.outputs.calendar.about import written
from plannertui.store import board, items, onview
from plannertui.tui.messages import DayPicked, ItemPicked
from plannertui.tui.panes.view_keys import VIEW_KEYS
from plannertui.tui.panes.view_moves import Stop, ViewMoves
from plannertui.tui.panes.view_verbs import ViewVerbs
from plannertui.tui.safety import words
from plannertui.tui.widgets.view_about import AboutLines
from plannertui.tui.widgets.view_lines import ViewLines, pen_of
from plannertui.tui.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.board import Board
    from plannertui.core.things import Thing
    from plannertui.outputs.calendar.canvas import Sheet, Spans
    from plannertui.tui.planner import Planner

TALL = 28
WIDE = 100
"""The cells from which on what was written stands beside a day."""
BACK, AHEAD = 28, 70
"""The days of the agenda that are read before and after the one one is on."""
EDGE = 14


class ViewPane(ViewMoves):
    """One page of the calendar; ``day`` and ``picked`` say where one is on it."""

    BINDINGS: ClassVar[list[BindingType]] = VIEW_KEYS

    class Shown(Message):
        """The page shows ``day`` now."""

        def __init__(self, day: date) -> None:
            self.day = day
            super().__init__()

    DEFAULT_CSS = """
    ViewPane {
        #view-tabs { margin-bottom: 1; }
        #view-head { height: auto; padding-right: 1; overflow: hidden; }
        #view-body { height: 1fr; scrollbar-gutter: stable; }
        #view-about { height: auto; overflow: hidden; margin-top: 1; }
    }
    """

    def __init__(self, planner: Planner, view: str = "week", *, id: str) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.pen = pen_of(planner.frame)
        self.view = view
        self.day = planner.today
        self.picked = ""
        self.per_hour = 0
        self.trail: list[Stop] = []
        self.verbs = ViewVerbs(self, planner)
        self._window = (date.min, date.min)
        self.board: Board | None = None
        self._things: list[Thing] = []
        self._counts: dict[date, int] = {}
        self._sheets: dict[object, Sheet] = {}
        self._scrolled = ""

    def compose(self) -> ComposeResult:
        """Tabs, what stays on top, what scrolls, what one is on."""
        yield ViewTabs(self.view, ascii_only=self.pen.ascii, id="view-tabs")
        yield ViewLines(self.planner, self.sheet, head=True, id="view-head")
        yield ViewLines(self.planner, self.sheet, id="view-body")
        yield AboutLines(self, id="view-about")

    @property
    def head(self) -> ViewLines:
        """What stays on top."""
        return self.query_one("#view-head", ViewLines)

    @property
    def body(self) -> ViewLines:
        """What scrolls."""
        return self.query_one("#view-body", ViewLines)

    @property
    def about_lines(self) -> int:
        """How many lines tell about what one is on."""
        return 3 if self.app.size.height >= TALL else 2

    # -- what is shown -----------------------------------------------------------------

    @property
    def scene(self) -> Scene:
        """What the page is drawn from."""
        planner = self.planner
        now = planner.now()
        return Scene(
            first=self._window[0],
            last=self._window[1],
            day=self.day,
            today=planner.today,
            minute=now.hour * 60 + now.minute,
            calendar=planner.calendar,
            things=self._things,
            also=planner.others,
            counts=self._counts,
            picked=self.picked,
        )

    def sheet(self, width: int) -> Sheet:
        """The page at ``width`` cells; drawn once for head and body."""
        scene = self.scene
        room = self.size.height - 3 - self.about_lines
        key = (
            self.view,
            width,
            room,
            self.day,
            self.picked,
            self.per_hour,
            scene.minute,
        )
        found = self._sheets.get(key)
        if found is None:
            found = views.draw(
                self.view,
                scene,
                width,
                max(4, room),
                self.pen,
                week_start=self.planner.settings.week_start,
                per_hour=self.per_hour,
                board=self.board,
                below=self._written(width),
            )
            self._sheets = {key: found}
        return found

    def _written(self, width: int) -> Sequence[Spans]:
        """What was written on the day, where it has no panel of its own."""
        if self.view != "day" or self.app.size.width >= WIDE:
            return ()
        found = onview.written(self.planner.db, self.day)
        return written(found, width, self.pen)

    def reload(self) -> None:
        """Read the page again; where one is stays."""
        self._window = (date.min, date.min)
        self.show()

    def pick(self, number: int, day: date) -> None:
        """Go to a day, and to what has this id there."""
        self.day, self.picked = day, ""
        self.reload()
        there = [t.key for t in self.scene.on(day) if t.id == number]
        self.go_to(day, there[0] if there else "")

    @property
    def keys_there(self) -> list[str]:
        """What there is to be on: things, or on the board goals."""
        if self.board is not None:
            return [row.goal.handle for row in self.board.rows]
        return [thing.key for thing in self._things]

    @property
    def window(self) -> tuple[date, date]:
        """The first and last day that were read."""
        return self._window

    def begin_anew(self) -> None:
        """Scroll to where the page begins, as when it was opened."""
        self._scrolled = ""
        self.show()

    def _read(self) -> bool:
        """Read the page that the day is on, unless it is there; whether it was read."""
        planner = self.planner
        settings = planner.settings
        if self.view == "agenda":
            first, last = self._window
            inside = self._scrolled == "agenda" and (
                shift_days(first, EDGE) <= self.day <= shift_days(last, -EDGE)
            )
            window = self._window
            if not inside:
                window = (shift_days(self.day, -BACK), shift_days(self.day, AHEAD))
        else:
            window = views.window(
                self.view, self.day, settings.week_start, settings.year_start
            )
        if window == self._window:
            return False
        self._window = window
        self.board = None
        self._things, self._counts = [], {}
        if self.view == "year":
            self.board = board.read(
                planner.db,
                year_of(self.day, settings.year_start),
                planner.today,
                planner.calendar,
                settings.year_start,
            )
        else:
            self._things = planner.things(*window)
            self._counts = items.counts(planner.db, *window)
        self._sheets.clear()
        return True

    def show(self) -> None:
        """Show the page of the day, with what one is on in view."""
        body = self.body
        self.post_message(self.Shown(self.day))
        before = body.scroll_offset.y
        old = self._sheets and next(iter(self._sheets.values())).keep
        fresh = self._scrolled != self.view
        if fresh:
            self._window = (date.min, date.min)
        self._read()
        if self.picked and self.picked not in self.keys_there:
            self.picked = ""
        self.query_one(ViewTabs).show(self.view)
        scene = self.scene
        title = views.title(self.view, scene, self.pen)
        self.border_title = words(
            long_day(self.day) if self.view == "agenda" else title
        )
        if body.size.width <= 0:
            return
        tall = len(self.head.lines)
        self.head.redraw()
        if len(self.head.lines) != tall:
            self.head.refresh(layout=True)
        body.redraw()
        self.query_one(AboutLines).redraw()
        self._scrolled = self.view
        sheet = self.sheet(body._room())
        if fresh:
            self.call_after_refresh(self._scroll_to_top)
        elif old and sheet.keep and self.view == "agenda":
            at = sheet.keep[0] - (old[0] - before)
            body.scroll_to(y=max(0, at), animate=False)
        self._keep()

    def _scroll_to_top(self) -> None:
        """Scroll to where the page begins, once it is laid out."""
        self.body.scroll_to(y=self.sheet(self.body._room()).top, animate=False)
        self._keep()

    def _keep(self) -> None:
        """Scroll to what one is on."""
        sheet = self.sheet(self.body._room())
        if sheet.keep is not None:
            self.body.keep_in_view(*sheet.keep)

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._sheets.clear()
        self.call_after_refresh(self.show)

    # -- where one is ------------------------------------------------------------------

    def go_to(self, day: date, picked: str = "") -> None:
        """Go to a day, and to a thing of it."""
        self.day, self.picked = day, picked
        self.show()

    def open(self, view: str, *, down: bool = False) -> None:
        """Show another view of the same day; ``down`` remembers where one came from."""
        if down:
            self.trail.append(Stop(self.view, self.day, self.picked))
        else:
            self.trail.clear()
        self.view = view
        self.show()

    def back(self) -> bool:
        """Go back up to where one came from; False where one has not gone down."""
        if not self.trail:
            return False
        self.view, self.day, self.picked = self.trail.pop()
        self.show()
        return True

    @on(ViewTabs.Picked)
    def tab_picked(self, event: ViewTabs.Picked) -> None:
        """Show the view whose tab was clicked."""
        event.stop()
        self.open(event.view)

    @on(ViewLines.Clicked)
    def clicked(self, event: ViewLines.Clicked) -> None:
        """Go to what was clicked; twice opens it."""
        event.stop()
        self.go_to(date.fromisoformat(event.spot.day), event.spot.what)
        if event.times == 2:
            self.action_down()

    @on(ViewLines.Turned)
    def turned(self, event: ViewLines.Turned) -> None:
        """Turn the page by the wheel."""
        event.stop()
        self.action_page(event.pages)

    # -- keys --------------------------------------------------------------------------

    def action_down(self) -> None:
        """Open the thing one is on, or go down: from a year to a month to a day."""
        thing = self.thing
        if thing is not None:
            self.verbs.open(thing)
        elif self.view == "day":
            self.post_message(DayPicked(self.day))
        elif self.view == "year":
            today = self.planner.today
            if (today.year, today.month) == (self.day.year, self.day.month):
                self.day = today
            self.open("month", down=True)
        else:
            self.open("day", down=True)

    def action_open(self) -> None:
        """Open the thing or the goal one is on."""
        thing = self.thing
        if thing is not None:
            self.verbs.open(thing)
        elif self.picked:
            self.post_message(ItemPicked(self.picked))
        else:
            self.post_message(DayPicked(self.day))
