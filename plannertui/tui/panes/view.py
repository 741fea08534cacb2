"""The calendar on a full screen: day, week, month, agenda and year, chosen inside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on

from plannertui.core.daywords import shift_days
from plannertui.core.things import Scene
from plannertui.outputs.calendar import views
from plannertui.outputs.calendar.about import about
from plannertui.store import items, onview
from plannertui.tui.messages import DayPicked
from plannertui.tui.panes.view_keys import VIEW_KEYS
from plannertui.tui.panes.view_moves import ViewMoves
from plannertui.tui.panes.view_verbs import ViewVerbs
from plannertui.tui.safety import words
from plannertui.tui.widgets.drawn import Drawn, Line
from plannertui.tui.widgets.view_lines import ViewLines, pen_of
from plannertui.tui.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.things import Thing
    from plannertui.outputs.calendar.canvas import Sheet
    from plannertui.tui.planner import Planner

TALL = 28
BACK, AHEAD = 28, 120
"""The days of the agenda that are read before and after the one one is on."""
EDGE = 14


class Stop(NamedTuple):
    """Where one was before going down: the view, the day, the thing."""

    view: str
    day: date
    picked: str


class AboutLines(Drawn):
    """What one is on, in words, below the view."""

    can_focus = False

    def __init__(self, pane: ViewPane, *, id: str) -> None:
        super().__init__(pane.planner, id=id)
        self.pane = pane

    def draw(self, width: int) -> list[Line]:
        """As many lines as there is room for."""
        pane = self.pane
        lines = about(pane.scene, width, pane.about_lines, pane.pen)
        return [Line(spans) for spans in lines]

    def get_content_height(
        self, container: object, viewport: object, width: int
    ) -> int:
        """Always the same, so that the view stays where it is."""
        return self.pane.about_lines


class ViewPane(ViewMoves):
    """One page of the calendar; ``day`` and ``picked`` say where one is on it."""

    BINDINGS: ClassVar[list[BindingType]] = VIEW_KEYS

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
            )
            self._sheets = {key: found}
        return found

    def reload(self) -> None:
        """Read the page again; where one is stays."""
        self._window = (date.min, date.min)
        self.show()

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
        self._things = onview.things(planner.db, *window)
        self._counts = items.counts(planner.db, *window)
        self._sheets.clear()
        return True

    def show(self) -> None:
        """Show the page of the day, with what one is on in view."""
        body = self.body
        before = body.scroll_offset.y
        old = self._sheets and next(iter(self._sheets.values())).keep
        fresh = self._scrolled != self.view
        if fresh:
            self._window = (date.min, date.min)
        self._read()
        if self.picked and self.scene.thing is None:
            self.picked = ""
        self.query_one(ViewTabs).show(self.view)
        scene = self.scene
        self.border_title = words(views.title(self.view, scene, self.pen))
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
            return
        down = {"year": "month", "month": "day", "week": "day"}.get(self.view)
        if down is not None:
            self.open(down, down=True)
        elif self.view == "day":
            self.post_message(DayPicked(self.day))
        else:
            self.open("day", down=True)

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
