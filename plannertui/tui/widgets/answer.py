"""Where an answer or a note is written, and whether it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from plannertui.core.errors import PlannerError
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.tui import answers, labels
from plannertui.tui.messages import Changed
from plannertui.tui.pen import Pen, interrupted
from plannertui.tui.safety import say, telling
from plannertui.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from plannertui.core.entries import Entry
    from plannertui.store.questions import Question
    from plannertui.tui.editor import Editor
    from plannertui.tui.planner import Planner
    from plannertui.tui.question import DayQuestions


class AnswerBox(Vertical):
    """The editor of a question's answer, or of a note, saved on leaving it.

    What cannot be saved stays here and says why; ``put_away`` tells whether the box may
    be used for something else. With ``late`` the editor waits for ``bring_editor``.
    """

    DEFAULT_CSS = """
    AnswerBox {
        height: 1fr;
        min-height: 2;
        visibility: hidden;
        & > * { visibility: visible; }
        & > Editor { height: 1fr; min-height: 1; padding: 0 0 0 1; }
        & > Editor:focus { border-left: outer $here; padding: 0; }
        &.-ascii > Editor:focus { border-left: ascii $here; }
        & > Prose { padding-left: 1; }
        & > #reflect-said { color: $error; }
        & > #reflect-about { color: $muted; }
    }
    """

    class Said(Message):
        """The word about what is kept is another one."""

        def __init__(self, word: str) -> None:
            self.word = word
            super().__init__()

    class Saved(Message):
        """What was written was saved by its key."""

    class Left(Message):
        """The editor was left by its key."""

    def __init__(
        self,
        planner: Planner,
        questions: DayQuestions,
        day: date,
        *,
        late: bool = False,
    ) -> None:
        super().__init__(classes="-ascii" if planner.frame.name == "ascii" else None)
        self.planner = planner
        self.questions = questions
        self.day = day
        self.question: Question | None = None
        self.entry: Entry | None = None
        self._editor: Editor | None = None
        self.said = Prose(id="reflect-said")
        self.about = Prose(id="reflect-about", most=1)
        self.said.display = self.about.display = False
        self._word = ""
        self._late = late

    @property
    def editor(self) -> Editor:
        """Where one writes; made when it is first asked for."""
        if self._editor is None:
            from plannertui.tui.editor import Editor

            self._editor = Editor(self.planner, id="reflect-editor")
        return self._editor

    @property
    def is_written_in(self) -> bool:
        """Whether the keys write."""
        return self._editor is not None and self._editor.has_focus

    @property
    def touched(self) -> bool:
        """Whether something was typed since it was saved."""
        return self._editor is not None and self._editor.touched

    def compose(self) -> ComposeResult:
        """What went wrong, and what the answer can become; the editor comes over it."""
        yield self.said
        yield self.about

    def on_mount(self) -> None:
        """Show where one writes."""
        if not self._late:
            self.bring_editor()

    def on_unmount(self) -> None:
        """Leaving the program saves; being interrupted leaves the draft."""
        if not interrupted(self) and self.touched:
            self.save()

    def bring_editor(self) -> None:
        """Show the editor with its text, which the first paint did not wait for."""
        if self._editor is None or not self._editor.is_attached:
            self.mount(self.editor, before=self.said)
            self.show(self.day, self.question)

    def show(self, day: date, question: Question | None) -> None:
        """Put the answer into the editor, unless something is being written to it."""
        if self._editor is None or not self._editor.is_attached:
            self.day, self.question = day, question
            return
        editor, draft = self.editor, self.editor.draft
        entry = None if question is None else question.answer
        target = answers.target(day, question, entry)
        same = day == self.day and _prompt(question) == _prompt(self.question)
        if same and editor.touched:
            if question is not None and entry is None and self.entry is not None:
                # It was taken back under the pen: what is written is a new answer.
                self.entry = None
                editor.draft.start_anew(target)
            self.question = question
            return
        if same and question is None and self.entry is not None and editor.has_focus:
            # A note saved by its key stays under the pen until one leaves it.
            return
        if not self.put_away():
            return
        self.day, self.question, self.entry = day, question, entry
        text, rev, at = "", 0, ""
        if entry is not None:
            text, rev, at = entry.text, entry.rev, labels.clock(entry.updated_at)
        if (target, text, rev) != (draft.target, draft.saved, draft.base_rev):
            editor.load(target, text, rev, at=at)
        hint = labels.hint(
            _("Write a note for this day.")
            if question is None
            else _("Three sentences are enough.")
        )
        if str(editor.placeholder) != hint:
            editor.placeholder = Content(hint)
        self._tell()

    def put_away(self) -> bool:
        """Save or at least keep a draft of what is written; False when neither works."""
        if not self.touched or self.save():
            return True
        self.editor.flush()
        if not self.editor.draft.pending:
            return True
        message = _("This day stays here until its text can be kept.")
        say(self, message, "warning")
        return False

    def save(self) -> bool:
        """Save what is written; False when it could not be, and the text stays.

        Nothing is written where there is nothing to write: an empty text never takes
        the place of another.
        """
        editor, draft = self.editor, self.editor.draft
        text = editor.text
        if editor.state == "elsewhere" or text == draft.saved or not text.strip():
            return True
        try:
            saved, said = answers.save(
                self.planner,
                self.questions,
                self.day,
                self.question,
                self.entry,
                text,
                draft.base_rev,
            )
        except PlannerError as error:
            editor.failed(error)
            return False
        old, self.entry = self.entry, saved
        editor.settled(f"entry:{saved.handle}", text, saved.rev)
        if said:
            say(self, said, "warning")
            if old is not None and self.is_running:
                from plannertui.tui import clashes, texts

                mine = texts.of_entry(saved)
                clashes.offer(
                    self, self.planner, texts.of_entry(old), mine, self._forget
                )
        if self.is_running:
            self.post_message(Changed())
        return True

    def _forget(self) -> None:
        """Write in nothing, until the day is shown again."""
        self.editor.load("", "")
        self.entry = None

    # News of the editor

    @on(Pen.StateChanged)
    def state_changed(self, event: Pen.StateChanged) -> None:
        """Say what is kept."""
        event.stop()
        self._tell()

    def _tell(self) -> None:
        state, word = self.editor.state, self.editor.word
        wrong = state in ("unsaved", "elsewhere", "too_long")
        for part, text in (
            (self.said, word if wrong else ""),
            (self.about, self._hint()),
        ):
            part.text = text
            part.display = bool(text)
        if wrong:
            word = _("not saved")
        if word != self._word:
            self._word = word
            self.post_message(self.Said(word))

    def _hint(self) -> str:
        """What the answer can become, and the key for it."""
        question = self.question
        if question is None or not question.prompt.yields or not self.editor.text:
            return ""
        key = "Ctrl+O" if self.editor.has_focus else "o"
        kind = kind_word(question.prompt.yields)
        return f"{key} {self.planner.frame.arrow} {kind}"

    @on(Pen.SaveAsked)
    def save_asked(self, event: Pen.SaveAsked) -> None:
        """Save; an emptied answer is asked about."""
        event.stop()
        if self.entry is not None and not self.editor.text.strip():
            self.take_back(self.entry)
        elif self.save():
            self.post_message(self.Saved())

    @on(Pen.Left)
    def left(self, event: Pen.Left) -> None:
        """Save on leaving."""
        event.stop()
        self._tell()
        if self.editor.touched:
            self.save()
        if event.by_key:
            self.post_message(self.Left())

    @on(Pen.PasteAsked)
    def paste_asked(self, event: Pen.PasteAsked) -> None:
        """Ask about a paste that is too much."""
        from plannertui.tui.pasting import ask_about_paste

        event.stop()
        self.run_worker(
            ask_about_paste(self, self.planner, self.editor, event.text, self.day)
        )

    @work(exclusive=True, group="reflect-dialog")
    async def take_back(self, entry: Entry) -> None:
        """Ask whether the answer goes to the trash."""
        from plannertui.store import trash
        from plannertui.tui.dialogs.confirm import Confirm

        detail = _("{handle} goes to the trash; u brings it back.").format(
            handle=entry.handle
        )
        asking = Confirm(_("Take this answer back?"), detail=detail)
        if not await self.app.push_screen_wait(asking):
            self.editor.drop_draft()
            return
        with telling(self):
            trash.remove(self.planner.db, entry.id, self.planner.now())
            self.editor.drop_draft()
            self._forget()
            self.post_message(
                Changed(
                    _("{handle} is in the trash; u brings it back.").format(
                        handle=entry.handle
                    )
                )
            )


def _prompt(question: Question | None) -> str:
    return "" if question is None else question.prompt.id
