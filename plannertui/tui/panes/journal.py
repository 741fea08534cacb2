"""The journal of one day: what was written, promised, asked and decided on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Vertical
from textual.content import Content

from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import drafts, otheryears, taken
from plannertui.tui import labels
from plannertui.tui.messages import Changed, Folded, ItemPicked
from plannertui.tui.panes.journal_keys import JOURNAL_KEYS
from plannertui.tui.safety import say, telling
from plannertui.tui.widgets.day_head import DayHead
from plannertui.tui.widgets.editable import EditableItems
from plannertui.tui.widgets.items import ItemList

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.matters import Matter
    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner
    from plannertui.tui.widgets.other_years import OtherYears


class JournalPane(Vertical):
    """What is on the selected day, with the keys that change it; edited in place."""

    BINDINGS: ClassVar[list[BindingType]] = JOURNAL_KEYS

    def __init__(
        self,
        planner: Planner,
        day: date,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.planner = planner
        self.day = day
        self.head = DayHead(planner)
        self.editable = EditableItems(planner)
        self._years: OtherYears | None = None

    def compose(self) -> ComposeResult:
        """The list under what counts; the day is the title of the frame."""
        yield self.head
        yield self.editable

    def on_mount(self) -> None:
        """Show the day that was given."""
        self.show_day(self.day)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a text is edited, the keys write; in other years they only look."""
        if self._years is not None and self._years.has_focus_within:
            return action == "years"
        return not self.editable.is_written_in

    def is_idle(self, action: str) -> bool:
        """On an empty day there is no line to do anything with."""
        item = self.current
        if action in ("done", "move"):
            return item is None or item.noun != "matter"
        if action == "share":
            return item is None or item.noun != "entry"
        return item is None

    @property
    def lines(self) -> ItemList:
        """The list."""
        return self.editable.lines

    @property
    def current(self) -> Item | None:
        """The item under the cursor."""
        return self.lines.current

    # The day

    def _of(self, day: date) -> list[Item]:
        planner = self.planner
        return taken.journal(planner.db, day, planner.calendar, planner.zone)

    def show_day(self, day: date) -> None:
        """Show ``day``; what is being edited is saved first."""
        self.editable.leave()
        again, self.day = day == self.day, day
        self._around(keep=again)
        self._fill(self._of(day), keep=again)

    def _around(self, *, keep: bool) -> None:
        """Read again what stands over the list and under it."""
        self.head.show_day(self.day)
        if self._years is not None:
            self._years.show_day(self.day, keep=keep)

    def reload(self) -> None:
        """Read the day again; cursor and unsaved text stay."""
        self._around(keep=True)
        found = self._of(self.day)
        if found != list(self.lines.items) or self.lines.today != self.planner.today:
            self._fill(found, keep=True)

    def look_back(self) -> None:
        """Bring the line about other years, once there are any, after the first paint."""
        if self._years is None and otheryears.there_are(
            self.planner.db, self.planner.today
        ):
            from plannertui.tui.widgets.other_years import OtherYears

            self._years = OtherYears(self.planner)
            self.mount(self._years)
            self._years.call_after_refresh(self._years.show_day, self.day, keep=False)

    @on(Folded)
    def folded(self, event: Folded) -> None:
        """The keys go back to the list."""
        event.stop()
        self.lines.focus(scroll_visible=False)

    def other_years(self) -> None:
        """Unfold the other years under the list, or fold them."""
        years = self._years
        if years is None or not years.items:
            say(self, _("Nothing was written on this day in other years."))
        elif years.is_open:
            years.action_fold()
        else:
            years.unfold()

    @on(EditableItems.Closed)
    def closed(self, event: EditableItems.Closed) -> None:
        """Show what was written."""
        event.stop()
        self.reload()

    @on(EditableItems.Said)
    def said(self, event: EditableItems.Said) -> None:
        """Say in the frame what is kept of the text under the pen."""
        event.stop()
        self.border_subtitle = Content(event.word)

    def show_item(self, number: int, *, edit: bool = False) -> bool:
        """Put the cursor on the item with this id; False when it is not of this day.

        With ``edit``, or where a draft of it waits, the editor is opened.
        """
        if not self.lines.go_to(number):
            return False
        item = self.current
        if item is not None and not edit:
            edit = drafts.get(self.planner.db, f"{item.noun}:{item.handle}") is not None
        if edit:
            self.editable.edit()
        return True

    def show_written(self, number: int) -> None:
        """Have what was just written in view; a line under the pen stays where it is."""
        if self.lines.hole is None:
            self.lines.go_to(number)

    def _fill(self, found: list[Item], *, keep: bool) -> None:
        today = self.planner.today
        self.head.space(bool(found))
        self.lines.empty = (
            _("Nothing on this day yet. a writes one line; r answers the question.")
            if self.day <= today
            else _("Nothing on this day yet. a writes one line for it.")
        )
        self.editable.show(found, today, keep=keep)
        parts = [Content(labels.day_words(self.day, today))]
        if self.day == today:
            parts.append(Content(_("today")))
        name = self.planner.calendar.name(self.day)
        if name:
            parts.append(Content(name))
        if found:
            count = ngettext("{count} line", "{count} lines", len(found))
            parts.append(Content(count.format(count=len(found))))
        dot = Content(f" {self.planner.frame.dot} ")
        self.border_title = dot.join(parts)

    def action_edit(self) -> None:
        """Edit the line under the cursor."""
        self.editable.edit()

    # What the keys do

    @on(ItemList.Chosen)
    def chosen(self, event: ItemList.Chosen) -> None:
        """A double click edits."""
        event.stop()
        self.editable.edit()

    def _changed(self, said: str = "") -> None:
        self.reload()
        self.post_message(Changed(said))

    def action_trash(self) -> None:
        """Put the line into the trash."""
        from plannertui.store import trash

        item = self.current
        if item is None:
            return
        if item.rule_day is not None:
            from plannertui.tui.dialogs.leaving_out import leave_out

            leave_out(self, self.planner, item, self._changed)
            return
        with telling(self) as outcome:
            trash.remove(self.planner.db, item.id, self.planner.now())
        if not outcome.failed:
            said = _("{handle} is in the trash; u brings it back.")
            self._changed(said.format(handle=item.handle))

    def action_done(self) -> None:
        """Close a matter, or open it again."""
        from plannertui.core.boundary import needs_check
        from plannertui.store import matters

        item = self.current
        if item is None:
            return
        if item.noun != "matter":
            say(self, _("Only promises, asks and other matters can be done."))
            return
        db, now = self.planner.db, self.planner.now()
        with telling(self) as outcome:
            matter = matters.get(db, item.id)
            if item.state == "open" and needs_check(matter):
                self._check_boundary(matter)
                return
            if item.state == "open":
                matters.done(db, matter, self.planner.today, now)
                said = _("{handle} is done.")
            else:
                matters.reopen(db, matter, now)
                said = _("{handle} is open again.")
        if not outcome.failed:
            self._changed(said.format(handle=item.handle))

    def action_share(self) -> None:
        """Turn private into ready to share, and back."""
        from plannertui.store import entries

        item = self.current
        if item is None:
            return
        if item.noun != "entry":
            say(self, _("Only entries are shared; matters stay with you."))
            return
        share = "private" if item.share == "ready" else "ready"
        db = self.planner.db
        with telling(self) as outcome:
            entry = entries.get(db, item.id)
            entries.edit(db, entry, self.planner.now(), share=share)
        if not outcome.failed:
            said = (
                _("{handle} may go into reports.")
                if share == "ready"
                else _("{handle} stays private.")
            )
            self._changed(said.format(handle=item.handle))

    def action_copy(self) -> None:
        """Copy the text inside the program."""
        if self.current is not None:
            self.app.copy_to_clipboard(self.current.text)
            say(self, _("Copied; Ctrl+V puts it into an editor."))

    def action_goal(self) -> None:
        """Go to the goal the line is linked to."""
        item = self.current
        if item is None:
            return
        for _id, handle, _label in item.refs:
            if handle.startswith("G"):
                self.post_message(ItemPicked(handle.split(".")[0]))
                return
        say(self, _("This line is linked to no goal. E adds a link."))

    @work(exclusive=True, group="journal-dialog")
    async def _check_boundary(self, matter: Matter) -> None:
        """Ask for the decision that a grey matter needs before it is closed."""
        from plannertui.tui.dialogs.boundary import BoundaryDialog

        said = await self.app.push_screen_wait(BoundaryDialog(self.planner, matter))
        if said is not None:
            self._changed(said)

    @work(exclusive=True, group="journal-dialog")
    async def action_move(self) -> None:
        """Ask for another date and whether the other side was told."""
        from plannertui.store import matters
        from plannertui.tui.dialogs.move import MoveDialog

        item = self.current
        if item is None:
            return
        if item.noun != "matter" or item.state != "open":
            say(self, _("Only an open promise or other matter can be moved."))
            return
        with telling(self):
            matter = matters.get(self.planner.db, item.id)
            moved = await self.app.push_screen_wait(MoveDialog(self.planner, matter))
            if moved:
                self._changed(moved)

    @work(exclusive=True, group="journal-dialog")
    async def action_details(self) -> None:
        """Open everything that can be changed about the line."""
        from plannertui.tui import clashes, texts
        from plannertui.tui.dialogs.entry import EntryDialog

        item = self.current
        if item is None:
            return
        if item.noun not in ("entry", "matter"):
            self.post_message(ItemPicked(item.handle))
            return
        with telling(self):
            dialog = EntryDialog(self.planner, item)
            said = await self.app.push_screen_wait(dialog)
            if said is not None:
                self._changed(said)
            old = texts.read(self.planner.db, item)
            if dialog.clash is not None and old is not None:
                clashes.offer(self, self.planner, old, dialog.clash)
