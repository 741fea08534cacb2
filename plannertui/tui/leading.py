"""From the main screen to the others, and back to the one that led to a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed
from plannertui.tui.opening import OpensDialogs

if TYPE_CHECKING:
    from datetime import date

    from textual.widget import Widget

    from plannertui.tui.screens.base import Going

HOME_KEY = bind(
    "escape",
    "go_home",
    N_("back"),
    id="main.home",
    tooltip=N_("Go back to the screen that led here."),
)


class LeadsElsewhere(OpensDialogs, inherit_bindings=False):
    """A main screen; ``_home`` is the screen that led to the day shown, if one did."""

    _home: Going | None = None

    def focus_pane(self, name: str) -> None:
        """Go to a pane."""
        raise NotImplementedError

    def action_years(self) -> None:
        """Unfold what was written on this day in other years, or fold it."""
        from plannertui.tui.panes.journal import JournalPane

        journal = self.query_one(JournalPane)
        if not journal.has_focus_within:
            self.focus_pane("reflect")
            focus_within(journal)
        journal.other_years()

    def show_line(self, day: date, number: int, pane: str) -> None:
        """Show a day in ``pane``; where there is a line with that id, the journal."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is only a way back where one came from a screen."""
        if action == "go_home" and self._home is None:
            return False
        return super().check_action(action, parameters)

    @work
    async def action_open(self, name: str, subject: int = 0) -> None:
        """Open a screen by its name, and go where it leads; the panes show the news."""
        from plannertui.tui.screens.base import Going
        from plannertui.tui.screens.names import make

        self._home = None
        going: Going | None = Going(name, subject)
        while going is not None and going.screen:
            screen = make(going.screen, self.planner, going.subject)
            going = await self.app.push_screen_wait(screen)
        self.changed(Changed())
        if going is not None:
            self._home = going.home
            self._arrive(going)
        self.refresh_bindings()

    def _arrive(self, going: Going) -> None:
        """Show the thing, the day or the pane that another screen led to."""
        if going.item is not None:
            self.go_to_item(going.item)
        elif going.day is not None:
            self.show_line(going.day, going.subject, going.pane or "calendar")
        elif going.pane:
            self.focus_pane(going.pane)

    def stay(self) -> None:
        """Somebody went on from here: Esc does not leap back any longer."""
        if self._home is not None:
            self._home = None
            self.refresh_bindings()

    def action_go_home(self) -> None:
        """Go back to the screen that led to this day, to what one was on there."""
        home = self._home
        if home is not None:
            self.action_open(home.screen, home.subject)


def focus_within(pane: Widget) -> None:
    """Focus ``pane``, or the first thing in it that can be focused."""
    if pane.focusable:
        pane.focus(scroll_visible=False)
        return
    for child in pane.query("*"):
        if child.focusable:
            child.focus(scroll_visible=False)
            return
