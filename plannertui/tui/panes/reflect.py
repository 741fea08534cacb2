"""Tonight's question, why it was chosen, what was said before, and where one writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Vertical
from textual.content import Content

from plannertui.core.text import first_line
from plannertui.i18n import gettext as _
from plannertui.store import drafts
from plannertui.tui import labels
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed, DayPicked, ItemPicked
from plannertui.tui.question import MOST, DayQuestions, is_again
from plannertui.tui.safety import say, telling
from plannertui.tui.widgets.answer import AnswerBox
from plannertui.tui.widgets.question import QuestionCard

if TYPE_CHECKING:
    from datetime import date

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.store.questions import Question
    from plannertui.tui.editor import Editor
    from plannertui.tui.planner import Planner
    from plannertui.tui.unfinished import Unfinished

ROOMY_ROWS = 14


class ReflectPane(Vertical):
    """The question of the day and its answer; on other days a note.

    What is written is saved on leaving: another day, another question, Esc, Tab, quit.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "write",
            N_("write"),
            id="reflect.write",
            tooltip=N_("Write the answer."),
        ),
        bind(
            "n,ctrl+n",
            "another",
            N_("another question"),
            id="reflect.another",
            tooltip=N_("Ask another question; three a day at the most."),
        ),
        bind(
            "z",
            "later",
            N_("later"),
            id="reflect.later",
            tooltip=N_("See it again on another day, or no more."),
        ),
        bind(
            "b",
            "previous",
            N_("question before"),
            id="reflect.previous",
            tooltip=N_("Go back to the question asked before on this day."),
            show=False,
        ),
        bind(
            "o,ctrl+o",
            "turn",
            N_("turn into"),
            id="reflect.turn",
            tooltip=N_("Turn the answer into an ask, a promise, a win, a lesson …"),
        ),
    ]

    def __init__(
        self,
        planner: Planner,
        day: date,
        *,
        late: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.planner = planner
        self.day = day
        self.questions = DayQuestions(planner)
        self.asked: list[Question] = []
        self.at = 0
        self.card = QuestionCard(planner.frame)
        self.box = AnswerBox(planner, self.questions, day, late=late)
        self._wanted = day

    def compose(self) -> ComposeResult:
        """The question over its answer."""
        yield self.card
        yield self.box

    def on_mount(self) -> None:
        """Show the day that was given, and offer what was left unfinished."""
        with telling(self):
            if drafts.orphans(self.planner.db, drafts.session_id()):
                self.call_after_refresh(self._look_back)
        self._fill(self.day)

    @property
    def editor(self) -> Editor:
        """Where the answer is written."""
        return self.box.editor

    def on_resize(self, event: events.Resize) -> None:
        """Leave out the space between the parts where there is none."""
        self.card.set_class(event.size.height >= ROOMY_ROWS, "-roomy")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the editor Enter and letters write; only what is seen again is put off."""
        if action == "later" and not is_again(self.question):
            return False
        letters = action in ("write", "previous", "later")
        return not (letters and self.box.is_written_in)

    # The day and its questions

    @property
    def question(self) -> Question | None:
        """The question that is shown, if there is one."""
        return self.asked[self.at] if self.at < len(self.asked) else None

    def show_day(self, day: date) -> None:
        """Show the question of ``day``, once what is written here is safe."""
        self._wanted = day
        if day == self.day or self.box.put_away():
            self._fill(day)

    def reload(self) -> None:
        """Read the day again; unsaved text and the question shown stay."""
        self._wanted = self.day
        self._fill(self.day)

    def _fill(self, day: date) -> None:
        with telling(self):
            shown = self.question.prompt.id if self.question and day == self.day else ""
            self.asked = self.questions.of(day)
            places = [n for n, q in enumerate(self.asked) if q.prompt.id == shown]
            self.at = places[0] if places else max(0, len(self._own()) - 1)
            self.day = day
            self._show()

    def _own(self) -> list[Question]:
        """The questions of the day, without what is only seen again."""
        return [each for each in self.asked if not is_again(each)]

    def _show(self) -> None:
        """Show the question at hand, and its answer."""
        question, today = self.question, self.planner.today
        title = _("Tonight") if self.day == today else labels.day_words(self.day, today)
        if str(self.border_title) != title:
            self.border_title = Content(title)
        if question is None:
            self.card.say(self._words())
        else:
            self.card.show(question, self._why(question), today)
        self.box.show(self.day, question)

    def _why(self, question: Question) -> str:
        dot = f" {self.planner.frame.dot} "
        parts = [question.why]
        if question.asked.trigger or not question.why:
            parts.insert(0, self.questions.lens(question))
        if len(self.asked) > 1:
            place = _("question {number} of {count}")
            parts.append(place.format(number=self.at + 1, count=len(self.asked)))
        return dot.join(part for part in parts if part)

    def _words(self) -> str:
        """What stands in place of a question."""
        today = self.planner.today
        if self.day > today:
            return _("This day is still to come. A note written here is kept for it.")
        if self.day < today:
            return _("Nothing was asked on this day. A note can still be written.")
        return _(
            "A day off: nothing is asked. Write a note if you like, or press n for "
            "the last question."
        )

    # Writing and saving

    def write(self) -> None:
        """Go to the editor."""
        self.box.bring_editor()
        self.editor.focus(scroll_visible=False)

    def action_write(self) -> None:
        """Go to the editor."""
        self.write()

    @on(AnswerBox.Said)
    def said(self, event: AnswerBox.Said) -> None:
        """Say in the frame what is kept."""
        event.stop()
        self.border_subtitle = Content(event.word)

    @on(AnswerBox.Saved)
    def saved(self, event: AnswerBox.Saved) -> None:
        """Go where one wanted to go before the text could be saved."""
        event.stop()
        if self._wanted != self.day:
            self.show_day(self._wanted)

    @on(AnswerBox.Left)
    def left(self, event: AnswerBox.Left) -> None:
        """Esc goes back to the question."""
        event.stop()
        self.card.text.focus(scroll_visible=False)

    def save(self) -> bool:
        """Save what is written; False when it could not be, and the text stays."""
        return self.box.save()

    def _look_back(self) -> None:
        from plannertui.tui import unfinished

        left = unfinished.ls(self.planner.db, drafts.session_id())
        if left:
            self.offer(left)

    @work(exclusive=True, group="reflect-offer")
    async def offer(self, left: list[Unfinished]) -> None:
        """Offer what sessions that have ended left unfinished, one after the other."""
        from plannertui.tui.offering import settle

        for each in left:
            with telling(self):
                go_on = await settle(self, self.planner, each)
                kept = drafts.get(self.planner.db, each.draft.target)
                if kept is None and self.editor.draft.target == each.draft.target:
                    self.editor.drop_draft()
                if go_on:
                    await self._go_on(each)
                    return

    async def _go_on(self, left: Unfinished) -> None:
        """Go where the text was being written."""
        if left.day is None:
            self.post_message(ItemPicked(left.handle))
            from plannertui.tui.offering import reopen

            said = await reopen(self, self.planner, left)
            if said is not None:
                self.post_message(Changed(said))
            return
        if left.day != self.day:
            self.post_message(DayPicked(left.day))
            self.show_day(left.day)
        places = [n for n, q in enumerate(self.asked) if q.prompt.id == left.prompt]
        if places and places[0] != self.at:
            self.at = places[0]
            self._show()
        self.write()

    # Other questions, and what an answer becomes

    def action_another(self) -> None:
        """Go to the next question of the day, or ask one more."""
        if not self.box.put_away():
            return
        if self.at + 1 < len(self.asked):
            self.at += 1
            self._show()
            return
        if self.day != self.planner.today:
            say(self, _("Questions are asked today; t goes there."))
            return
        if not self.planner.calendar.is_workday(self.day):
            self._last()
            return
        if len(self._own()) >= MOST:
            say(self, _("Three others today: that is enough. p goes back to them."))
            return
        with telling(self):
            if self.questions.another(self.day):
                self.asked = self.questions.of(self.day)
                self.at = len(self._own()) - 1
                self._show()
            else:
                say(self, _("There is no other question."))

    def _last(self) -> None:
        """On a day off, bring the last question back."""
        question = None if self._own() else self.questions.last(self.day)
        if question is None:
            say(self, _("There is no other question on a day off."))
            return
        self.asked, self.at = [question, *self.asked], 0
        self._show()

    def action_previous(self) -> None:
        """Go back to the question before."""
        if self.at == 0:
            say(self, _("This is the first question of the day."))
        elif self.box.put_away():
            self.at -= 1
            self._show()

    @work(exclusive=True, group="reflect-dialog")
    async def action_turn(self) -> None:
        """Turn the answer into what the question yields, or into something else."""
        from plannertui.store import entries
        from plannertui.tui.dialogs.yields import YieldDialog

        if not first_line(self.editor.text):
            say(self, _("Write the answer first; then it can become something."))
            return
        if not self.save() or self.box.entry is None:
            return
        with telling(self):
            entry = entries.get(self.planner.db, self.box.entry.id)
            question = self.question
            kind = question.prompt.yields if question is not None else ""
            said = await self.app.push_screen_wait(
                YieldDialog(self.planner, entry, kind)
            )
            if said is not None:
                self.post_message(Changed(said))

    def action_later(self) -> None:
        """See it again on another day, or no more."""
        from plannertui.store import entries
        from plannertui.tui.dialogs.later import LaterDialog

        question = self.question
        if question is None or not self.box.put_away():
            return

        def answered(said: str | None) -> None:
            if said is not None:
                self.reload()
                self.post_message(Changed(said))

        with telling(self):
            then = entries.get(self.planner.db, question.asked.instance)
            self.app.push_screen(LaterDialog(self.planner, then), answered)
