"""A list of items whose texts are edited in place."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.message import Message

from plannertui.core.errors import Conflict, NotFound, PlannerError
from plannertui.i18n import gettext as _
from plannertui.tui.messages import Changed, ItemPicked
from plannertui.tui.pen import Pen, interrupted
from plannertui.tui.safety import say, telling
from plannertui.tui.widgets.items import ItemList

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual import events
    from textual.app import ComposeResult

    from plannertui.store.items import Item
    from plannertui.tui.editor import Editor
    from plannertui.tui.planner import Planner
    from plannertui.tui.texts import Text

MOST_ROWS = 12


class EditableItems(Vertical):
    """An item list, and an editor that is laid over the item under the cursor.

    Saved with Ctrl+S and on leaving. What cannot be saved keeps the editor open.
    """

    DEFAULT_CSS = """
    EditableItems { layers: base above; height: 1fr; }
    EditableItems > Editor, EditableItems > Editor:focus {
        layer: above;
        display: none;
        height: 3;
        padding: 0;
        background: $here-muted;
    }
    EditableItems > Editor.-open { display: block; }
    """

    class Closed(Message):
        """The editor is closed; ``saved`` says whether something was written."""

        def __init__(self, saved: bool) -> None:
            self.saved = saved
            super().__init__()

    class Said(Message):
        """The ``word`` about what is kept of the text under the pen is another one."""

        def __init__(self, word: str) -> None:
            self.word = word
            super().__init__()

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.lines = ItemList(planner.frame)
        self.edited: Text | None = None

    @cached_property
    def editor(self) -> Editor:
        """Where a text is edited; made when something is edited for the first time."""
        from plannertui.tui.editor import Editor

        return Editor(self.planner)

    @property
    def is_written_in(self) -> bool:
        """Whether the keys write."""
        return self.edited is not None and self.editor.has_focus

    def compose(self) -> ComposeResult:
        """The list; the editor is laid over it when something is first edited."""
        yield self.lines

    def on_mount(self) -> None:
        """Follow the list when it is scrolled."""
        self.watch(self.lines, "scroll_y", self._place, init=False)

    def on_unmount(self) -> None:
        """Leaving the program saves; being interrupted leaves the draft."""
        if not interrupted(self):
            self.save()

    def show(self, found: Sequence[Item], today: date, *, keep: bool = True) -> None:
        """Show ``found``; with ``keep`` the cursor and an open editor stay."""
        if self.edited is None:
            self.lines.show(found, today, keep=keep)
            return
        index = next((n for n, i in enumerate(found) if i.id == self.edited.id), -1)
        if index < 0:
            # It went away under the pen: the list waits until the pen is lifted.
            return
        self.lines.close_hole()
        self.lines.show(found, today, keep=True)
        self._make_room()

    def edit(self) -> None:
        """Lay the editor over the item under the cursor."""
        if not self.leave():
            return
        item = self.lines.current
        if item is None:
            return
        from plannertui.tui import texts

        if not self.editor.is_attached:
            self.mount(self.editor)
        with telling(self):
            found = texts.read(self.planner.db, item)
            if found is None:
                self.post_message(ItemPicked(item.handle))
                return
            self.edited = found
            self.editor.one_line = found.one_line
            self.editor.load(found.target, found.text, found.rev)
            self.post_message(self.Said(self.editor.word))
            self.editor.add_class("-open")
            self._make_room()
            self.editor.focus(scroll_visible=False)

    def _make_room(self) -> None:
        index = self.lines.cursor
        if self.edited is None or index < 0:
            return
        editor, rows = self.editor, max(1, self.lines.size.height)
        width = max(6, self.lines.scrollable_content_region.width - self.lines.indent)
        editor.styles.width = width
        editor.wrapped_document.wrap(width - 2)
        height = max(1, min(editor.wrapped_document.height, rows, MOST_ROWS))
        self.lines.open_hole(index, height)
        self.lines.show_item(index, height)
        editor.styles.height = height
        self._place()

    def _place(self) -> None:
        hole = self.lines.hole
        if hole is not None:
            y = self.lines.top(hole[0]) - round(self.lines.scroll_y)
            limit = max(0, self.lines.size.height - hole[1])
            self.editor.styles.offset = (
                self.lines.indent,
                max(0, min(y, limit)),
            )

    def on_resize(self, event: events.Resize) -> None:
        """Keep the editor over its item."""
        if self.edited is not None:
            self.call_after_refresh(self._make_room)

    def on_text_area_changed(self) -> None:
        """Let the editor be as high as its text."""
        if self.edited is not None:
            height = self.editor.wrapped_document.height
            if self.lines.hole is None or self.lines.hole[1] != height:
                self._make_room()

    @on(Pen.StateChanged)
    def state_changed(self, event: Pen.StateChanged) -> None:
        """Say what is kept: an event of a save made here would go no further."""
        event.stop()
        self.post_message(self.Said(self.editor.word if self.edited else ""))

    @on(Pen.SaveAsked)
    def save_asked(self, event: Pen.SaveAsked) -> None:
        """Save; a title is finished with it."""
        event.stop()
        if self.edited is not None and self.edited.one_line:
            self.leave()
            self.lines.focus(scroll_visible=False)
        else:
            self.save()

    @on(Pen.Left)
    def left(self, event: Pen.Left) -> None:
        """Save and go back to the list."""
        event.stop()
        if self.edited is not None and self.leave() and event.by_key:
            self.lines.focus(scroll_visible=False)

    @on(Pen.PasteAsked)
    def paste_asked(self, event: Pen.PasteAsked) -> None:
        """Ask about a paste that is too much."""
        from plannertui.tui.pasting import ask_about_paste

        event.stop()
        today = self.planner.today
        self.run_worker(
            ask_about_paste(self, self.planner, self.editor, event.text, today)
        )

    def save(self) -> bool:
        """Save what is edited; False when it could not be, and the text stays."""
        edited, editor = self.edited, self.editor
        if edited is None or editor.state == "elsewhere":
            return True
        text = editor.text
        if text == editor.draft.saved:
            return True
        if not text.strip():
            say(self, _("An empty text is not saved; d puts the line into the trash."))
            editor.drop_draft()
            return True
        try:
            self.edited = saved = self._write(edited, text)
        except PlannerError as error:
            editor.failed(error)
            say(self, error.message, "error")
            return False
        editor.settled(saved.target, text, saved.rev)
        self.post_message(Changed())
        return True

    def _write(self, edited: Text, text: str) -> Text:
        from plannertui.tui import clashes, texts

        db, now = self.planner.db, self.planner.now()
        try:
            return texts.write(db, edited, text, now, self.editor.draft.base_rev)
        except (Conflict, NotFound) as error:
            if isinstance(error, Conflict) and (found := texts.same(db, edited, text)):
                return found
            saved = texts.keep_both(db, edited, text, self.planner.today, now)
            message = _("{old} was changed elsewhere. Your text is kept as {new}.")
            said = message.format(old=edited.handle, new=saved.handle)
            say(self, said, "warning")
            if isinstance(error, Conflict) and self.is_running:
                clashes.offer(self, self.planner, edited, saved, self.leave)
            return saved

    def leave(self) -> bool:
        """Save what is edited and close the editor; False when it could not be saved."""
        if self.edited is None:
            return True
        if not self.save():
            return False
        self.edited = None
        self.editor.load("", "")
        self.editor.remove_class("-open")
        self.lines.close_hole()
        self.post_message(self.Closed(True))
        return True
