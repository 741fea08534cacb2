"""The main screen: goals, tonight's question over the journal, and the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from plannertui.core.day import year_of
from plannertui.tui.footer import KeyBar
from plannertui.tui.frames import Frames
from plannertui.tui.leading import HOME_KEY, LeadsElsewhere, focus_within
from plannertui.tui.main_keys import MAIN_KEYS
from plannertui.tui.messages import Changed, DayPicked, ItemPicked
from plannertui.tui.panes.calendar import CalendarPane
from plannertui.tui.panes.goals import GoalsPane
from plannertui.tui.panes.journal import JournalPane
from plannertui.tui.panes.reflect import ReflectPane
from plannertui.tui.pen import is_field, is_written
from plannertui.tui.safety import say, telling
from plannertui.tui.status import StatusLine
from plannertui.tui.tabs import PaneTabs

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.dom import DOMNode
    from textual.events import DescendantFocus, Resize, ScreenResume
    from textual.geometry import Size

    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner
    from plannertui.tui.reminders import Reminders

PANES = ("goals", "reflect", "calendar")
COLUMNS = (
    ("goals", "goals", 39, 60),
    ("reflect", "middle", 0, 0),
    ("calendar", "calendar", 36, 44),
)
"""Each pane, its box, and how many cells it has: at three columns, and at the most."""
LETTERS = frozenset(
    (
        *("capture", "reflect", "search", "help", "undo", "redo"),
        *("today", "go_to", "pane", "open", "quit_by_letter", "leftover", "one"),
        "backups",
    )
)
POLL_SECONDS = 1.0
TWO_COLUMNS = 80
THREE_COLUMNS = 120


class MainScreen(LeadsElsewhere, inherit_bindings=False):
    """Three panes side by side, or as many as there is room for, with tabs.

    Holds the selected ``day`` and hands it to the panes; panes say what happened, and
    this screen tells the others.
    """

    BINDINGS: ClassVar[list[BindingType]] = [HOME_KEY, *MAIN_KEYS]

    def __init__(self, planner: Planner) -> None:
        super().__init__()
        self.planner = planner
        self.day = self._today = planner.today
        self.pane = "reflect"
        self.side = "calendar"
        self._arranged: tuple[int, set[str]] = (0, set())
        self._shown = False
        self._seen = planner.db.version()
        self._reminders: Reminders | None = None

    def compose(self) -> ComposeResult:
        """Status line, tabs, panes and keys."""
        planner = self.planner
        year = year_of(self.day, planner.settings.year_start)
        yield StatusLine(planner, id="status")
        yield PaneTabs(id="tabs")
        with Horizontal(id="panes"):
            yield GoalsPane(planner, year, id="goals")
            with Vertical(id="middle"):
                yield ReflectPane(planner, self.day, late=True, id="reflect")
                yield JournalPane(planner, self.day, id="journal")
            yield CalendarPane(planner, self.day, id="calendar")
        yield KeyBar(ascii_only=planner.frame.name == "ascii", id="keys")

    def on_mount(self) -> None:
        """Begin, and look for news every second."""
        self._begin()
        self.app.theme_changed_signal.subscribe(self, self._recolor)
        self.set_interval(POLL_SECONDS, self._poll)
        self.call_after_refresh(self._show)

    def on_unmount(self) -> None:
        """Hold nothing any longer: Textual never lets go of its first screen."""
        self._frames.let_go()

    async def begin_anew(self) -> None:
        """Make everything again, because the language or the calendar is another."""
        self._arranged = (0, set())
        await self.recompose()
        if self.query("#goals"):
            self._begin()
            self._complete()

    def _begin(self) -> None:
        """Show what there is room for, and go to the question, the second pane."""
        panes = [self.query_one(f"#{name}") for name in (*PANES, "journal")]
        self._frames = Frames(panes, self.planner.frame, lit=panes[1])
        self._frames.all_anew(self.app.theme_variables)
        self.focus_pane("reflect")

    def _show(self) -> None:
        """Everything has its place now: paint it, once."""
        self._shown = True
        self.refresh().call_after_refresh(self._complete)

    def _complete(self) -> None:
        """Bring what the first paint did not wait for, unless it was locked before."""
        if not self.query(ReflectPane):
            return
        self.query_one(ReflectPane).box.bring_editor()
        self.query_one(JournalPane).look_back()
        if self._reminders is None:
            from plannertui.tui.damage import Watch
            from plannertui.tui.reminders import Reminders
            from plannertui.tui.tending import Tending

            self._reminders = Reminders(self, self.planner)
            self._reminders.begin()
            Tending(self, self.planner).begin()
            Watch(self, self.planner).begin()

    def _compositor_refresh(self) -> None:
        """Paint, but not the half-made screens of starting, each of which costs 10 ms."""
        if self._shown:
            super()._compositor_refresh()

    def _screen_resized(self, size: Size) -> None:
        """Lay out for the newest size, once: ``size`` may be an older one, told late."""
        if self.app.size != self._compositor.size:
            super()._screen_resized(self.app.size)

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Coming back changes no colours: nothing has to be styled again."""
        event.refresh_styles = False

    def _recolor(self, _theme: object) -> None:
        self._frames.all_anew(self.app.theme_variables)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters that are typed into a field are no commands, and not shown as such."""
        if action in LETTERS and is_field(self.focused):
            return False
        return super().check_action(action, parameters)

    # -- what is shown -----------------------------------------------------------------

    def _arrange(self) -> None:
        """Show the panes that there is room for, and the tabs where some are hidden."""
        width = self.app.size.width
        if width >= THREE_COLUMNS:
            shown = set(PANES)
        elif width >= TWO_COLUMNS:
            shown = {"reflect", self.side}
        else:
            shown = {self.pane}
        if (width, shown) != self._arranged:
            self._arranged = (width, shown)
            more = max(0, width - THREE_COLUMNS) // 3
            for name, box, cells, most in COLUMNS:
                column = self.query_one(f"#{box}")
                column.display = name in shown
                if cells:
                    alone = len(shown) == 1
                    column.styles.width = "1fr" if alone else min(cells + more, most)
            self.query_one(PaneTabs).display = len(shown) < len(PANES)
        self.query_one(PaneTabs).show(self.pane, shown)

    def on_resize(self, event: Resize) -> None:
        """Rearrange when the terminal changes its size."""
        self._arrange()

    def focus_pane(self, name: str) -> None:
        """Go to a pane, and show it first when it is hidden."""
        if name in ("goals", "calendar"):
            self.side = name
        self.pane = name
        self._arrange()
        focus_within(self.query_one(f"#{name}"))

    @on(PaneTabs.Picked)
    def show_tab(self, event: PaneTabs.Picked) -> None:
        """Go to the pane whose tab was clicked."""
        self.focus_pane(event.pane)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember in which pane one is, for the tabs."""
        for node in event.widget.ancestors_with_self:
            if not isinstance(node, Widget):
                continue
            if node.id in PANES or node.id == "journal":
                self._frames.light(node, self.app.theme_variables)
                name = "reflect" if node.id == "journal" else str(node.id)
                if name != self.pane:
                    self.pane = name
                    self._arrange()
                return

    def action_pane(self, name: str) -> None:
        """Go to a pane by its number; from the question the same number is the journal."""
        self.stay()
        if name == "reflect":
            question = self.query_one("#reflect")
            if question.has_focus_within or question.has_focus:
                focus_within(self.query_one("#journal"))
                return
        self.focus_pane(name)

    def action_reflect(self) -> None:
        """Begin to write under tonight's question."""
        self.show_day(self.planner.today)
        self.focus_pane("reflect")
        self.query_one(ReflectPane).write()

    # -- the day -----------------------------------------------------------------------

    def show_day(self, day: date) -> None:
        """Show ``day`` in every pane."""
        self.day = day
        self.query_one(CalendarPane).show_day(self.day)
        self.query_one(JournalPane).show_day(self.day)
        self.query_one(ReflectPane).show_day(self.day)

    @on(DayPicked)
    def day_picked(self, event: DayPicked) -> None:
        """Somebody moved in the calendar, the agenda or a list."""
        event.stop()
        self.stay()
        self.show_day(event.day)

    def action_today(self) -> None:
        """Go to today."""
        self.stay()
        self.show_day(self.planner.today)

    # -- news --------------------------------------------------------------------------

    def reload(self) -> None:
        """Read everything again; cursors and unsaved text stay."""
        self.query_one(StatusLine).reload()
        self.query_one(GoalsPane).reload()
        self.query_one(CalendarPane).reload()
        self.query_one(JournalPane).reload()
        self.query_one(ReflectPane).reload()

    @on(Changed)
    def changed(self, event: Changed) -> None:
        """A pane wrote something: say so, and let the others see it."""
        event.stop()
        self._seen = self.planner.db.version()
        self.reload()
        if event.said:
            say(self, event.said)

    def _poll(self) -> None:
        """Once a second: has the shell written, or has a new day begun?"""
        with telling(self):
            self._look_for_news()
            self.planner.db.check_place()

    def _look_for_news(self) -> None:
        seen = self.planner.db.version()
        today = self.planner.today
        # A day that turns under the pen waits until the text of the old one is put away.
        if today != self._today and not is_written(self.focused):
            follows = self.day == self._today
            self._today = today
            if follows:
                self.show_day(today)
            self.reload()
        elif seen >> 32 != self._seen >> 32:
            self.reload()
        self._seen = seen

    # -- where things are --------------------------------------------------------------

    def focus_for(self, node: DOMNode) -> None:
        """Show the pane that holds ``node``, and focus it."""
        for around in node.ancestors_with_self:
            name = "reflect" if around.id == "journal" else around.id
            if name in PANES and isinstance(around, Widget):
                self.pane = name
                if name != "reflect":
                    self.side = name
                self._arrange()
                target = node if isinstance(node, Widget) and node.focusable else around
                focus_within(target)
                return

    @on(ItemPicked)
    def item_picked(self, event: ItemPicked) -> None:
        """Somebody wants to see what has this handle."""
        event.stop()
        from plannertui.store.refs import need
        from plannertui.store.search import by_id

        with telling(self):
            found = by_id(self.planner.db, [need(self.planner.db, event.handle)[0]])
            if found:
                self.go_to_item(found[0])

    def show_event(self, number: int, day: date) -> None:
        """Show the day of an event that was just made or changed."""
        self.show_day(day)

    def show_written(self, number: int) -> None:
        """Bring what was just written into view in the journal."""
        self.query_one(JournalPane).show_written(number)

    def go_to_item(self, item: Item) -> None:
        """Show ``item`` where it is at home: a goal in its pane, the rest on its day."""
        if item.noun in ("goal", "milestone"):
            self.focus_pane("goals")
            self.query_one(GoalsPane).show_goal(item.handle.partition(".")[0])
        elif item.noun in ("person", "priority"):
            self.action_open("leader", item.id)
        elif item.noun == "year":
            self.focus_pane("goals")
            self.query_one(GoalsPane).show_year(item.day.year)
        elif item.noun == "situation":
            self.action_open("situation", item.id)
        elif item.kind == "one_on_one":
            self.action_open("meet", item.id)
        else:
            self.show_line(item.day, item.id, "reflect")

    def show_line(self, day: date, number: int, pane: str) -> None:
        """Show a day in ``pane``; where there is a line with that id, the journal."""
        self.show_day(day)
        self.focus_pane(pane)
        if number:
            journal = self.query_one(JournalPane)
            focus_within(journal)
            journal.show_item(number)
