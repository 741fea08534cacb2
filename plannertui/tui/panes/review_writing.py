"""Where one writes in a review: the step's sentence, or the answer to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.message import Message

from plannertui.core.errors import PlannerError
from plannertui.i18n import gettext as _
from plannertui.i18n import language
from plannertui.store import reviews
from plannertui.store.reviewing.mirror import give_example
from plannertui.tui.editor import Editor
from plannertui.tui.pen import interrupted
from plannertui.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from plannertui.core.reviewsteps import Step
    from plannertui.store.reviewing import Desk
    from plannertui.store.reviewing.questions import Posed
    from plannertui.tui.planner import Planner


class ReviewWriting(Vertical):
    """What is to be written, the editor for it, and whether it is kept.

    It is saved on leaving; what is being typed is a draft, and comes back with the step.
    """

    DEFAULT_CSS = """
    ReviewWriting {
        height: 7;
        border-top: solid $line;
        & > #review-writes { color: $muted; height: auto; }
        & > Editor { height: 1fr; min-height: 1; padding: 0 0 0 1; }
        & > Editor:focus { border-left: outer $here; padding: 0; }
        & > #review-wrong { color: $error; }
        &.-ascii { border-top: ascii $line; }
        &.-ascii > Editor:focus { border-left: ascii $here; }
        &.-low { height: 4; }
    }
    """

    class Saved(Message):
        """What was written is in the store; ``on`` says to go on to the next step."""

        def __init__(self, on: bool) -> None:
            self.on = on
            super().__init__()

    class Said(Message):
        """The word about what is kept is another one."""

        def __init__(self, word: str) -> None:
            self.word = word
            super().__init__()

    class Left(Message):
        """The editor was left by its key."""

    def __init__(self, planner: Planner) -> None:
        ascii_only = planner.frame.name == "ascii"
        super().__init__(id="review-writing", classes="-ascii" if ascii_only else None)
        self.planner = planner
        self.desk: Desk | None = None
        self.step: Step | None = None
        self.posed: Posed | None = None
        self.label = Prose(id="review-writes", most=2, ellipsis=planner.frame.ellipsis)
        self.editor = Editor(planner, id="review-editor")
        self.wrong = Prose(id="review-wrong", most=2)

    def compose(self) -> ComposeResult:
        """The label, the editor, and what went wrong."""
        yield self.label
        yield self.editor
        yield self.wrong

    def on_unmount(self) -> None:
        """Leaving saves; being interrupted leaves the draft."""
        if not interrupted(self) and self.editor.touched:
            self.save()

    def show(self, desk: Desk, step: Step, posed: Posed | None) -> None:
        """Write in this step, or answer this question of it."""
        self.desk, self.step, self.posed = desk, step, posed
        words = _(step.writes) if posed is None else posed.prompt.text(language())
        self.label.text = words
        target, text, rev = self._kept()
        draft = self.editor.draft
        if draft.target == target and self.editor.touched:
            return
        if (target, text, rev) != (draft.target, draft.saved, draft.base_rev):
            self.editor.load(target, text, rev)

    def _kept(self) -> tuple[str, str, int]:
        """The draft's name, the text that the store has, and its revision."""
        assert self.desk is not None
        assert self.step is not None
        review = self.desk.review
        target = f"review:{review.kind}:{review.period.label}:{self.step.name}"
        if self.posed is None:
            rev = review.entry.rev if review.entry is not None else 0
            return target, review.step(self.step.name).text, rev
        answer = self.posed.answer
        target += f":{self.posed.prompt.id}"
        return target, answer.text if answer else "", answer.rev if answer else 0

    def save(self) -> bool:
        """Save what is written; False when it could not be, and the text stays."""
        editor = self.editor
        if self.desk is None or self.step is None or not editor.touched:
            return True
        text = editor.text
        if editor.state == "elsewhere" or text == editor.draft.saved:
            return True
        try:
            self._write(self.desk, self.step, text)
        except PlannerError as error:
            editor.failed(error)
            return False
        return True

    def _write(self, desk: Desk, step: Step, text: str) -> None:
        planner, target = self.planner, self.editor.draft.target
        db, today, now = planner.db, planner.today, planner.now()
        if self.posed is not None:
            if not text.strip():
                # An answer is never emptied by saving; the old one comes back.
                self.editor.drop_draft()
                return
            prompt = self.posed.prompt.id
            entry = reviews.answer(db, desk.review, prompt, text, today=today, now=now)
            self.editor.settled(target, text, entry.rev)
            return
        state = desk.review.step(step.name).state
        with db.write("review step {what}", now, what=desk.review.period.label):
            review = reviews.keep(
                db, desk.review, step.name, today=today, now=now, state=state, text=text
            )
            if step.shows == "standard":
                give_example(desk, text, now)
        rev = review.entry.rev if review.entry is not None else 0
        self.editor.settled(target, review.step(step.name).text, rev)

    @on(Editor.StateChanged)
    def state_changed(self, event: Editor.StateChanged) -> None:
        """Say what is kept."""
        event.stop()
        editor = self.editor
        bad = editor.state in ("unsaved", "elsewhere", "too_long")
        self.wrong.text = editor.word if bad else ""
        self.wrong.display = bad
        self.post_message(self.Said(_("not saved") if bad else editor.word))

    @on(Editor.SaveAsked)
    def save_asked(self, event: Editor.SaveAsked) -> None:
        """Save, and go on."""
        event.stop()
        if self.save():
            self.post_message(self.Saved(on=True))

    @on(Editor.Left)
    def left(self, event: Editor.Left) -> None:
        """Save on leaving."""
        event.stop()
        touched = self.editor.touched
        if touched and self.save():
            self.post_message(self.Saved(on=False))
        if event.by_key:
            self.post_message(self.Left())

    @on(Editor.PasteAsked)
    def paste_asked(self, event: Editor.PasteAsked) -> None:
        """Ask about a paste that is too much."""
        from plannertui.tui.pasting import ask_about_paste

        event.stop()
        today = self.planner.today
        self.run_worker(
            ask_about_paste(self, self.planner, self.editor, event.text, today)
        )
