"""What every screen around the main one has: status line, framed panels, keys, news."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from plannertui.i18n import gettext as _
from plannertui.tui.footer import KeyBar
from plannertui.tui.frames import Frames
from plannertui.tui.keys import N_, bind
from plannertui.tui.main_keys import MAIN_KEYS
from plannertui.tui.messages import Changed, DayPicked, ItemPicked
from plannertui.tui.opening import OpensDialogs
from plannertui.tui.pen import is_field
from plannertui.tui.safety import say, telling
from plannertui.tui.status import StatusLine

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.dom import DOMNode
    from textual.events import DescendantFocus

    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner

POLL_SECONDS = 1.0
OF_MAIN = frozenset(("main.today", "main.quit", "main.leftover", "main.one"))
"""The ids of keys of the main screen that mean nothing here, or something else."""
LETTERS = frozenset(
    (
        *("capture", "search", "help", "undo", "redo", "go_to", "pane", "reflect"),
        *("open", "back_by_letter"),
    )
)


ROOMY = 120


def wider(cells: int, width: int, most: int) -> int:
    """``cells`` of a panel at the side, more of them on a wide terminal."""
    return min(most, cells + max(0, width - ROOMY) // 3)


class Going(NamedTuple):
    """Where one goes from a screen: another one, a thing, a day, a pane; or just back.

    ``subject`` is the id of what one goes to there. ``home`` is where Esc leads from a
    day or thing of the main screen.
    """

    screen: str = ""
    subject: int = 0
    home: Going | None = None
    item: Item | None = None
    day: date | None = None
    pane: str = ""


class WorkScreen(OpensDialogs, inherit_bindings=False):
    """A full screen with its own panels; a subclass gives them in ``panels``.

    ``subject`` is the id of what it begins with, 0 for nothing in particular. Panels are
    framed, and the one that has the focus is lit. Esc and q go back. Messages ``Changed``
    and ``ItemPicked`` from the panels are answered here as on the main screen.
    """

    CSS_PATH: ClassVar[str | list[str]] = "screens.tcss"  # type: ignore[assignment]
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "escape",
            "back",
            N_("back"),
            id="screen.back",
            tooltip=N_("Go back to the screen before; what was typed stays."),
        ),
        bind(
            "q",
            "back_by_letter",
            N_("back"),
            id="screen.close",
            tooltip=N_("Go back to the screen before; what was typed stays."),
            show=False,
        ),
        *(key for key in MAIN_KEYS if getattr(key, "id", None) not in OF_MAIN),
    ]

    def __init__(self, planner: Planner, subject: int = 0) -> None:
        super().__init__()
        self.planner = planner
        self.subject = subject
        self.day = planner.today
        self._seen = planner.db.version()
        self._today = planner.today

    # -- for a subclass ----------------------------------------------------------------

    def panels(self) -> Iterable[Widget]:
        """The panels, from left to right; each is framed by its ``border_title``."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read again what is shown; cursors and unsaved text stay."""
        raise NotImplementedError

    def make_room(self, width: int) -> None:
        """Show the panels that there is room for in ``width`` cells."""

    # -- what is shown -----------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Status line, panels, keys."""
        yield StatusLine(self.planner, id="status")
        yield Horizontal(*self.panels(), id="panels")
        yield KeyBar(ascii_only=self.planner.frame.name == "ascii", id="keys")

    def on_mount(self) -> None:
        """Frame the panels, read, go to the first one, and look for news every second."""
        self._frames = Frames(self.query("#panels > *"), self.planner.frame)
        self._frames.all_anew(self.app.theme_variables)
        self.app.theme_changed_signal.subscribe(self, self._recolor)
        self.make_room(self.app.size.width)
        self.reload()
        self.begin()
        self.set_interval(POLL_SECONDS, self._poll)

    def on_unmount(self) -> None:
        """Hold nothing any longer: Textual never lets go of its first screen."""
        self._frames.let_go()

    def begin(self) -> None:
        """Go to where one begins: the first thing that takes keys."""
        for widget in self.query("#panels *"):
            if widget.focusable and _shown(widget):
                widget.focus(scroll_visible=False)
                return

    def on_resize(self) -> None:
        """Rearrange when the terminal changes its size; one stays where there are keys."""
        if self.is_mounted:
            self.make_room(self.app.size.width)
            if self.focused is not None and not _shown(self.focused):
                WorkScreen.begin(self)

    def _recolor(self, _theme: object) -> None:
        self._frames.all_anew(self.app.theme_variables)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Light the panel one is in."""
        panels = set(self.query("#panels > *"))
        for node in event.widget.ancestors_with_self:
            if isinstance(node, Widget) and node in panels:
                self._frames.light(node, self.app.theme_variables)
                return

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters that are typed into a field are no commands, and not shown as such."""
        if action in LETTERS and is_field(self.focused):
            return False
        return super().check_action(action, parameters)

    # -- news --------------------------------------------------------------------------

    @on(Changed)
    def changed(self, event: Changed) -> None:
        """A panel wrote something: say so, and show it."""
        event.stop()
        self._seen = self.planner.db.version()
        self.query_one(StatusLine).reload()
        with telling(self):
            self.reload()
        if event.said:
            say(self, event.said)

    def _poll(self) -> None:
        """Once a second: has the shell written, or has a new day begun?

        Under a dialog it waits: what is new is read when one is back.
        """
        if not self.is_current:
            return
        with telling(self):
            seen, today = self.planner.db.version(), self.planner.today
            if seen >> 32 != self._seen >> 32 or today != self._today:
                self.query_one(StatusLine).reload()
                self.reload()
            self._seen, self._today = seen, today
            self.planner.db.check_place()

    # -- going somewhere ---------------------------------------------------------------

    def leave(self, going: Going | None = None) -> None:
        """Go back, or to where ``going`` says."""
        self.dismiss(going)

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.leave()

    def action_back_by_letter(self) -> None:
        """Go back to the screen before."""
        self.action_back()

    def action_open(self, name: str, subject: int = 0) -> None:
        """Go to another screen; the key of this one goes back."""
        from plannertui.tui.screens.names import SCREENS

        kind = next(each.kind for each in SCREENS if each.name == name)
        if type(self).__name__ == kind:
            self.leave()
        else:
            self.leave(Going(name, subject))

    def action_pane(self, name: str) -> None:
        """Go back to a pane of the main screen."""
        self.leave(Going(pane=name))

    def action_reflect(self) -> None:
        """Go back to tonight's question."""
        self.leave(Going(pane="reflect"))

    def where(self) -> Going:
        """This screen as a place to come back to; ``subject`` is what one is on."""
        from plannertui.tui.screens.names import SCREENS

        kind = type(self).__name__
        name = next((each.name for each in SCREENS if each.kind == kind), "")
        return Going(name, self.standing_on())

    def standing_on(self) -> int:
        """The id of what one is on, where one can begin with it; else 0."""
        return self.subject

    def show_day(self, day: date, number: int = 0) -> None:
        """Go to a day in the journal, to the line with an id; Esc comes back."""
        self.leave(Going("", number, day=day, pane="reflect", home=self.where()))

    @on(DayPicked)
    def day_picked(self, event: DayPicked) -> None:
        """A panel leads to a day."""
        event.stop()
        self.show_day(event.day, event.number)

    def go_to_item(self, item: Item) -> None:
        """Open a thing where one can act on it; Esc comes back to the row one left."""
        from plannertui.tui.visiting import home_of

        here = self.where().screen
        if here and home_of(self.planner, item) == here:
            self.leave(Going(here, item.id))
        else:
            self.visit(item)

    @work(exclusive=True, group="visit")
    async def visit(self, item: Item) -> None:
        """Open ``item`` over this screen, and go on to where it leads."""
        from plannertui.tui.visiting import visit

        with telling(self):
            self.follow(await visit(self, self.planner, item))

    @work(exclusive=True, group="visit")
    async def visit_screen(self, name: str, subject: int = 0) -> None:
        """Open another screen over this one, and go on to where it leads."""
        from plannertui.tui.screens.names import make

        made = make(name, self.planner, subject)
        self.follow(await self.app.push_screen_wait(made))

    def follow(self, going: Going | None) -> None:
        """Go on to where something over this screen led; None is back here."""
        if going is None or (going.screen and going.screen == self.where().screen):
            self.changed(Changed())
        else:
            led = going.day is not None or going.item is not None
            self.leave(going._replace(home=self.where() if led else None))

    @on(ItemPicked)
    def item_picked(self, event: ItemPicked) -> None:
        """A panel leads to what has this handle."""
        event.stop()
        from plannertui.store.refs import need
        from plannertui.store.search import by_id

        with telling(self):
            found = by_id(self.planner.db, [need(self.planner.db, event.handle)[0]])
            if found:
                self.go_to_item(found[0])
            else:
                say(self, _("It is not there any longer."))

    def focus_for(self, node: DOMNode) -> None:
        """Focus the panel that holds ``node``."""
        for widget in (node, *node.walk_children()):
            if isinstance(widget, Widget) and widget.focusable:
                widget.focus()
                return


def _shown(widget: Widget) -> bool:
    """Whether there is room for ``widget`` and for all that it stands in."""
    return all(node.display for node in widget.ancestors_with_self)
