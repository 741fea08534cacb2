"""The dialogs that the main screen opens, and what is done with their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.screen import Screen

from plannertui.i18n import gettext as _
from plannertui.tui.footer import KeyBar
from plannertui.tui.messages import CaptureAsked, Changed, EventAsked
from plannertui.tui.safety import telling

if TYPE_CHECKING:
    from datetime import date

    from textual.dom import DOMNode
    from textual.events import ScreenResume

    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner


# No version of a store: all of them are newer.
NEVER = -1


class OpensDialogs(Screen[Any], inherit_bindings=False):
    """A screen from which one captures, searches, goes somewhere, or asks for help."""

    planner: Planner
    day: date
    _seen: int

    def changed(self, event: Changed) -> None:
        """The store was changed: say so, and show it."""
        raise NotImplementedError

    def show_day(self, day: date) -> None:
        """Show another day."""
        raise NotImplementedError

    def go_to_item(self, item: Item) -> None:
        """Show a thing where it is at home."""
        raise NotImplementedError

    def focus_for(self, node: DOMNode) -> None:
        """Focus the pane that holds ``node``."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Something was written that a screen's own look for news does not notice."""
        self._seen = NEVER

    @property
    def on_matter(self) -> int:
        """The id of the open matter that the journal's cursor is on, 0 for none."""
        item = getattr(self.focused, "current", None)
        noun, state = getattr(item, "noun", ""), getattr(item, "state", "")
        return int(item.id) if item and (noun, state) == ("matter", "open") else 0

    def show_written(self, number: int) -> None:
        """Bring what was just written into view, where this screen shows such things."""

    @property
    def capture_day(self) -> date | None:
        """The day that a new line is for unless it says another; None for today."""
        return None

    def on_screen_suspend(self) -> None:
        """A dialog has the keys: those of this screen do nothing now."""
        for bar in self.query(KeyBar):
            bar.cover(True)

    def on_screen_resume(self, event: ScreenResume) -> None:
        """The keys are back."""
        for bar in self.query(KeyBar):
            bar.cover(False)

    @work
    async def action_capture(self, text: str = "") -> None:
        """Write one line down, and say what became of it."""
        from plannertui.tui.dialogs.capture import CaptureLine, reply

        day = self.capture_day
        behind = not text and day is not None
        if behind:
            text = f" ^{day}"
        line = CaptureLine(self.planner, text, behind=behind)
        # What the last line became would lie over what this one is going to be.
        self.app.clear_notifications()
        filed = await self.app.push_screen_wait(line)
        if filed is not None:
            self.changed(Changed(reply(filed, self.planner)))
            self.show_written(filed.id)

    # -- undo --------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take back the last action, and say which."""
        from plannertui.store.history import undo

        with telling(self):
            step = undo(self.planner.db, self.planner.now())
            self.changed(
                Changed(
                    _("Nothing to undo.")
                    if step is None
                    else _("Undone: {label}").format(label=step.said)
                )
            )

    def action_redo(self) -> None:
        """Do again what was taken back, and say what."""
        from plannertui.store.history import redo

        with telling(self):
            step = redo(self.planner.db, self.planner.now())
            self.changed(
                Changed(
                    _("Nothing to redo.")
                    if step is None
                    else _("Done again: {label}").format(label=step.label)
                )
            )

    # -- dialogs -----------------------------------------------------------------------

    @on(CaptureAsked)
    def capture_asked(self, event: CaptureAsked) -> None:
        """A pane wants a line written down."""
        event.stop()
        self.action_capture(event.text)

    @on(EventAsked)
    def event_asked(self, event: EventAsked) -> None:
        """A pane wants an event added or changed."""
        event.stop()
        self._ask_event(event)

    @work
    async def _ask_event(self, asked: EventAsked) -> None:
        from plannertui.store import events, occurrences
        from plannertui.tui.dialogs.event_form import EventForm

        planner = self.planner
        event = None
        with telling(self) as outcome:
            if asked.number:
                event = events.get(planner.db, asked.number)
            if event is not None and asked.slot is not None:
                event = occurrences.on_day(
                    planner.db, event, asked.slot, planner.calendar
                )
        if outcome.failed:
            return
        form = EventForm(planner, event, asked.day)
        said = await self.app.push_screen_wait(form)
        if said is not None:
            self.changed(Changed(said))
            if form.made is not None:
                self.show_event(form.made.id, form.made.starts_on)

    def show_event(self, number: int, day: date) -> None:
        """Bring an event that was just made or changed into view."""

    @work
    async def action_search(self) -> None:
        """Look through everything, and go to what was found."""
        from plannertui.tui.dialogs.search import Search

        self.app.clear_notifications()
        item = await self.app.push_screen_wait(Search(self.planner))
        if item is not None:
            self.go_to_item(item)

    @work
    async def action_go_to(self) -> None:
        """Go to a day that is typed."""
        from plannertui.tui.dialogs.goto import GoTo

        day = await self.app.push_screen_wait(GoTo(self.planner, self.day))
        if day is not None:
            self.show_day(day)

    @work
    async def action_one(self) -> None:
        """Choose the one thing that counts today."""
        from plannertui.tui.dialogs.one import OneDialog

        said = await self.app.push_screen_wait(OneDialog(self.planner, self.on_matter))
        self.changed(Changed(said or ""))

    @work
    async def action_leftover(self) -> None:
        """Look through what earlier days left unfinished."""
        from plannertui.tui.dialogs.leftover import LeftoverDialog

        await self.app.push_screen_wait(LeftoverDialog(self.planner))
        self.changed(Changed())

    @property
    def under_cursor(self) -> int:
        """The id of the thing that the cursor is on, whatever shows it; 0 for none."""
        from plannertui.store.refs import resolve

        nodes = [] if self.focused is None else list(self.focused.ancestors_with_self)
        for node in nodes:
            handle = getattr(getattr(node, "row", None), "handle", "")
            found = resolve(self.planner.db, handle, trashed=True) if handle else None
            if found is not None:
                return found[0]
            for name in (
                "current",
                "goal",
                "item",
                "entry",
                "priority",
                "person",
                "event",
            ):
                number = getattr(getattr(node, name, None), "id", None)
                if isinstance(number, int) and number > 0:
                    return number
        return 0

    @work
    async def action_versions(self) -> None:
        """Show the versions of what the cursor is on, and bring one back."""
        from plannertui.store import versions
        from plannertui.tui.dialogs.versions import VersionsDialog
        from plannertui.tui.safety import say

        with telling(self) as outcome:
            number = self.under_cursor
            found = versions.of(self.planner.db, number) if number else None
        if outcome.failed:
            return
        if found is None:
            say(self, _("Put the cursor on a thing first: an entry, a goal, an event."))
            return
        said = await self.app.push_screen_wait(VersionsDialog(self.planner, found))
        if said:
            self.changed(Changed(said))

    @work
    async def action_backups(self) -> None:
        """Look after the backups; one that was put in place is shown from its beginning."""
        from plannertui.tui.dialogs.backups import BackupsDialog

        self.app.clear_notifications()
        said = await self.app.push_screen_wait(BackupsDialog(self.planner))
        if said is not None:
            await self.begin_anew()
        self.changed(Changed(said or ""))

    async def begin_anew(self) -> None:
        """Make everything again, because what was shown may not be there any longer."""

    @work
    async def action_help(self) -> None:
        """Show the keys that work here."""
        from plannertui.tui.commands import near
        from plannertui.tui.dialogs.help import Help

        ascii_only = self.planner.frame.name == "ascii"
        found = near(self, ascii_only=ascii_only)
        await self.app.push_screen_wait(Help(found, self.planner.frame))

    @work
    async def action_palette(self) -> None:
        """Choose a command by its name, and run it where it belongs."""
        from plannertui.tui.commands import all_of
        from plannertui.tui.palette import Palette
        from plannertui.tui.themes import theme_names

        ascii_only = self.planner.frame.name == "ascii"
        found = all_of(self, ascii_only=ascii_only)
        chosen = await self.app.push_screen_wait(Palette(found, theme_names()))
        if chosen is None:
            return
        if chosen.command is None:
            self.app.theme = chosen.theme
            self._remember_theme(chosen.theme)
            return
        command = chosen.command
        if not command.everywhere:
            self.focus_for(command.node)
        await self.app.run_action(command.action, command.node)

    def _remember_theme(self, name: str) -> None:
        from plannertui.store.settings import save

        path = self.planner.settings.path
        if path and not self.planner.demo:
            with telling(self):
                save(path, {"theme": name})
