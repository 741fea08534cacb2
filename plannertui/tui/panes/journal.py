"""The journal of one day: what was written, promised, asked and decided on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Vertical
from textual.content import Content

from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import drafts, items
from plannertui.tui import labels
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed, ItemPicked
from plannertui.tui.safety import say, telling
from plannertui.tui.widgets.editable import EditableItems
from plannertui.tui.widgets.items import ItemList

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.matters import Matter
    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner


class JournalPane(Vertical):
    """What is on the selected day, with the keys that change it; edited in place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter,e",
            "edit",
            N_("edit"),
            id="journal.edit",
            tooltip=N_("Edit the text of this line in place."),
        ),
        bind(
            "E",
            "details",
            N_("details"),
            id="journal.details",
            tooltip=N_("Change kind, day, due date, tags and the rest."),
        ),
        bind(
            "space,c",
            "done",
            N_("done"),
            id="journal.done",
            tooltip=N_(
                "Mark a matter as done, or open it again; a grey one asks first."
            ),
        ),
        bind(
            "m",
            "move",
            N_("move"),
            id="journal.move",
            tooltip=N_("Give a promise another date and note whether you told them."),
        ),
        bind(
            "d,delete",
            "trash",
            N_("trash"),
            id="journal.trash",
            tooltip=N_("Put this line into the trash; u brings it back."),
        ),
        bind(
            "S",
            "share",
            N_("share"),
            id="journal.share",
            tooltip=N_("Mark an entry as ready for reports, or private again."),
        ),
        bind(
            "y",
            "copy",
            N_("copy"),
            id="journal.copy",
            tooltip=N_("Copy the text; Ctrl+V puts it into an editor of plannertui."),
        ),
        bind(
            "plus",
            "goal",
            N_("to its goal"),
            id="journal.goal",
            tooltip=N_("Go to the goal this line is linked to."),
        ),
    ]

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
        self.editable = EditableItems(planner)

    def compose(self) -> ComposeResult:
        """The list; the day is the title of the frame."""
        yield self.editable

    def on_mount(self) -> None:
        """Show the day that was given."""
        self.show_day(self.day)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a text is edited, the keys write."""
        return not self.editable.is_written_in

    @property
    def lines(self) -> ItemList:
        """The list."""
        return self.editable.lines

    @property
    def current(self) -> Item | None:
        """The item under the cursor."""
        return self.lines.current

    # The day

    def show_day(self, day: date) -> None:
        """Show ``day``; what is being edited is saved first."""
        self.editable.leave()
        again, self.day = day == self.day, day
        self._fill(items.on_day(self.planner.db, day), keep=again)

    def reload(self) -> None:
        """Read the day again; cursor and unsaved text stay."""
        found = items.on_day(self.planner.db, self.day)
        if found != list(self.lines.items) or self.lines.today != self.planner.today:
            self._fill(found, keep=True)

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
