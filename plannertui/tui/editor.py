"""The text editor used wherever text is written: soft wrap, drafts, safe pastes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import TextArea

from plannertui.core.text import clean
from plannertui.store import drafts
from plannertui.tui.bulk import MOST_CHARACTERS, too_long
from plannertui.tui.document import Lines, WrappedLines
from plannertui.tui.drafting import Drafting
from plannertui.tui.keeping import State, word_for
from plannertui.tui.keys import N_, bind
from plannertui.tui.pen import Pen, interrupted

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType
    from textual.content import Content
    from textual.document._document_navigator import DocumentNavigator
    from textual.geometry import Region
    from textual.strip import Strip
    from textual.timer import Timer

    from plannertui.core.errors import PlannerError
    from plannertui.store.drafts import Draft
    from plannertui.tui.planner import Planner

QUIET_SECONDS = 0.4
LONGEST_SECONDS = 1.0
RETRY_SECONDS = 2.0
WATCH = 1.0


class Editor(Pen, TextArea):
    """A text under the pen. Whoever holds it saves it; the editor keeps the draft.

    ``load`` gives it a target; ``touched`` says whether something was typed since it was
    saved; ``settled`` tells it that the owner saved, ``failed`` that it could not.
    """

    DEFAULT_CSS = """
    Editor, Editor:focus {
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
        & .text-area--placeholder { color: $faint; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "ctrl+s",
            "save",
            N_("save"),
            id="editor.save",
            tooltip=N_("Save what is written here."),
        ),
        bind(
            "escape",
            "leave",
            N_("back"),
            id="editor.leave",
            tooltip=N_("Leave the text; it is saved."),
        ),
    ]

    document: Lines
    wrapped_document: WrappedLines
    navigator: DocumentNavigator

    def __init__(
        self,
        planner: Planner,
        *,
        placeholder: str | Content = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            id=id,
            classes=classes,
            soft_wrap=True,
            highlight_cursor_line=False,
            placeholder=placeholder,
        )
        self.match_cursor_bracket = False
        self.planner = planner
        self.draft = Drafting(planner)
        self.saved_at = ""
        self.state: State = "empty"
        self.one_line = False
        self.touched = False
        self._quiet: Timer | None = None
        self._longest: Timer | None = None
        self._watch: Timer | None = None

    def _set_document(self, text: str, language: str | None) -> None:
        from textual.document._document_navigator import DocumentNavigator

        self.document = Lines(text)
        self.wrapped_document = WrappedLines(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows within ``crop``; blank ones when it is on its way out.

        Textual takes the styles away when the editor is removed, and the editor off the
        screen with the next layout only. A repaint in between, or a mouse that moves,
        would end the program (Textualize/textual issues 6208 and 6528).
        """
        if self._parent is None:
            from textual.strip import Strip

            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)

    def on_mount(self) -> None:
        """Be flushed with the others when the program is interrupted."""
        self.planner.keep(self._keep)

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        self.flush()
        self.planner.let_go(self._keep)

    def _keep(self) -> None:
        """Put what is not saved into its draft; raises where it cannot be."""
        self.flush()
        if self.draft.error is not None and self.draft.pending:
            raise self.draft.error

    def load(self, target: str, text: str, base_rev: int = 0, at: str = "") -> None:
        """Show ``text``, which the store has as ``target`` at ``base_rev``.

        An unsaved draft of it comes back in its place. ``at`` is the time "HH:MM" of the
        last save, if there was one.
        """
        self.flush()
        self._stop_timers()
        self.saved_at, self.touched = at, False
        draft = self.draft.open(target, text, base_rev)
        busy = draft is not None and self.draft.elsewhere(draft)
        if draft is not None:
            self.draft.take(draft)
        body = self.draft.text
        self.read_only = busy or too_long(body) or self.planner.db.readonly
        if body or self.text:
            self.load_text(body)
        else:
            self.history.clear()
        if draft is not None:
            self._place_cursor(draft)
        elif body:
            self.move_cursor(self.document.end)
        if busy:
            self._say("elsewhere")
            self._watch = self.set_interval(WATCH, self._look_again)
        elif too_long(body):
            self._say("too_long")
        elif draft is not None:
            self._say("draft")
        else:
            self._say("saved" if text else "empty")

    def _look_again(self) -> None:
        """Take the draft over once the other window has ended."""
        draft = self.draft
        found = drafts.get(self.planner.db, draft.target)
        if found is None or not draft.elsewhere(found):
            self.load(draft.target, draft.saved, draft.base_rev, self.saved_at)

    def _place_cursor(self, draft: Draft) -> None:
        row, _, column = draft.cursor.partition(",")
        if row.isdecimal() and column.isdecimal():
            self.move_cursor((int(row), int(column)))
        else:
            self.move_cursor(self.document.end)

    def drop_draft(self) -> None:
        """Forget what was typed: the owner has said so to the person."""
        self._stop_timers()
        self.draft.text = self.draft.saved
        self.draft.flush()
        self.load_text(self.draft.saved)

    @property
    def word(self) -> str:
        """One word or line for the person about what is kept: "saved 18:12", "draft"."""
        return word_for(self.state, self.saved_at, self.draft.error)

    def settled(self, target: str, text: str, base_rev: int) -> None:
        """The owner saved ``text``; what was typed since stays a draft."""
        self._stop_timers()
        self.touched = False
        self.draft.settle(target, text, base_rev)
        self.saved_at = f"{self.planner.now():%H:%M}"
        self._say("saved" if text else "empty")
        if self.draft.dirty:
            self._changed()

    def failed(self, error: PlannerError) -> None:
        """The owner could not save: the text stays, as a draft if even that can be."""
        self.draft.flush()
        self.draft.error = error
        self._say("unsaved")
        self._retry()

    def flush(self) -> None:
        """Put what is not saved into its draft, at once."""
        if self.state == "elsewhere":
            return
        self._stop_timers()
        self.draft.text = self.text
        self._note_cursor()
        was = self.draft.error
        if not self.draft.pending:
            return
        if self.draft.flush():
            self._say("draft" if self.draft.dirty else self._rest())
        else:
            self._say("unsaved")
            if was is None or self.is_running:
                self._retry()

    def take_over(self) -> None:
        """Go on here with what another window is writing."""
        self.read_only = False
        self.draft.kept = None
        self._say("draft")
        self.flush()

    def _rest(self) -> State:
        return "saved" if self.draft.saved else "empty"

    def _note_cursor(self) -> None:
        row, column = self.cursor_location
        self.draft.cursor = f"{row},{column}"

    def _say(self, state: State) -> None:
        self.state = state
        if self.is_running:
            self.post_message(self.StateChanged(self))

    def _changed(self) -> None:
        """Write the draft soon: 0.4 s after the last key, 1 s after the first."""
        if not self.is_running:
            return
        if self._quiet is None:
            self._quiet = self.set_timer(QUIET_SECONDS, self.flush)
        else:
            self._quiet.reset()
        if self._longest is None:
            self._longest = self.set_timer(LONGEST_SECONDS, self.flush)

    def _retry(self) -> None:
        if self.is_running and self._longest is None:
            self._longest = self.set_timer(RETRY_SECONDS, self.flush)

    def _stop_timers(self) -> None:
        for timer in (self._quiet, self._longest, self._watch):
            if timer is not None:
                timer.stop()
        self._quiet = self._longest = self._watch = None

    def on_text_area_changed(self) -> None:
        """Note the new text; the draft follows."""
        text = self.text
        if text == self.draft.text or self.state == "elsewhere":
            return
        self.draft.text, self.touched = text, True
        if self.draft.pending:
            if self.state != "unsaved":
                self._say("draft" if self.draft.dirty else self._rest())
            self._changed()
        elif not self.draft.dirty:
            self._say(self._rest())

    def on_resize(self) -> None:
        """Paint again what was painted before the text was wrapped to the new width."""
        self.refresh()

    def on_blur(self) -> None:
        """Nothing waits for a timer once the focus is elsewhere."""
        self.flush()
        # A program that is interrupted or locked leaves drafts: nobody has left the text.
        if not interrupted(self):
            self.post_message(self.Left(self, by_key=False))

    def on_app_blur(self) -> None:
        """Nothing waits for a timer once the terminal is in the background."""
        self.flush()

    def action_save(self) -> None:
        """Ask the owner to save."""
        if self.state == "elsewhere":
            self.take_over()
            return
        self.flush()
        self.post_message(self.SaveAsked(self))

    def action_leave(self) -> None:
        """Ask the owner for the way out."""
        self.flush()
        self.post_message(self.Left(self, by_key=True))

    async def _on_key(self, event: events.Key) -> None:
        if self.one_line and event.key == "enter":
            event.stop()
            event.prevent_default()
            self.action_save()

    def put(self, text: str) -> None:
        """Put ``text`` where the cursor is, or in place of the selection."""
        result = self._replace_via_keyboard(text, *self.selection)
        if result is not None:
            self.move_cursor(result.end_location)

    def _receive(self, text: str) -> None:
        text = clean(text)
        if too_long(text) or len(text) + len(self.text) > MOST_CHARACTERS:
            self.post_message(self.PasteAsked(self, text))
        else:
            self.put(text)
            self.focus()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if not self.read_only:
            self._receive(event.text)

    def action_paste(self) -> None:
        """Put what was copied in the program where the cursor is."""
        if not self.read_only and self.app.clipboard:
            self._receive(self.app.clipboard)
