"""A question on the screen: why it is asked, its words, and what was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Static

from plannertui.i18n import gettext as _
from plannertui.i18n import language
from plannertui.tui import labels
from plannertui.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from plannertui.store.questions import Question
    from plannertui.tui.themes import Frame

THEN_LINES = 3


class QuestionText(Prose, can_focus=True):
    """The words of the question; focused, they take the keys of the pane."""


class QuestionCard(Vertical):
    """The reason above, the question, the old answer below: then and now.

    A question that waits for its answer is in the colour of what is one's own to do.
    """

    DEFAULT_CSS = """
    QuestionCard {
        height: auto;
        & > * { padding-left: 1; height: auto; }
        & > .-empty { display: none; }
        & > #reflect-why, & > #reflect-then { color: $muted; }
        & > #reflect-question { text-style: bold; }
        & > #reflect-question.-waiting { color: $here; }
        & > #reflect-question.-words { text-style: none; color: $muted; }
        & > #reflect-question:focus { border-left: outer $here; padding-left: 0; }
        &.-ascii > #reflect-question:focus { border-left: ascii $here; }
        &.-roomy > #reflect-question { margin: 1 0; }
        &.-roomy > #reflect-question.-words { margin-top: 0; }
        &.-roomy > #reflect-then { margin-bottom: 1; }
    }
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(classes="-ascii" if frame.name == "ascii" else None)
        self.frame = frame
        self.why = Static(id="reflect-why", markup=False)
        self.text = QuestionText(id="reflect-question", ellipsis=frame.ellipsis)
        self.then = Prose(id="reflect-then", most=THEN_LINES, ellipsis=frame.ellipsis)

    def compose(self) -> ComposeResult:
        """The three parts."""
        yield self.why
        yield self.text
        yield self.then

    def show(self, question: Question, why: str, today: date) -> None:
        """Show ``question`` with the reason for it in words."""
        self._put(question.prompt.text(language()), why, self._then(question, today))
        self.text.set_class(question.answer is None, "-waiting")
        self.text.remove_class("-words")

    def say(self, words: str) -> None:
        """Show ``words`` in place of a question."""
        self._put(words, "", "")
        self.text.remove_class("-waiting")
        self.text.add_class("-words")

    def _put(self, text: str, why: str, then: str) -> None:
        self.why.update(why)
        self.why.set_class(not why, "-empty")
        self.text.text = text
        self.then.text = then
        self.then.set_class(not then, "-empty")

    def _then(self, question: Question, today: date) -> str:
        """The date and the old answer: "12 Jun: “The oldest case is 34 days.”" """
        old = question.before
        if old is None:
            return ""
        day = labels.date_words(old.day, today)
        said = f"{self.frame.quote_open}{old.text.strip()}{self.frame.quote_close}"
        return _("{day}: {text}").format(day=day, text=said)
