"""A question on the screen: why it is asked, its words, and what was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive

from plannertui.i18n import gettext as _
from plannertui.i18n import language
from plannertui.tui import labels
from plannertui.tui.question import is_again
from plannertui.tui.widgets.item_lines import with_aliases
from plannertui.tui.widgets.prose import Prose
from plannertui.tui.wording import quoted

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from plannertui.store.questions import Question
    from plannertui.tui.themes import Frame

THEN_LINES = 3
SEEN_LINES = 8
WHY_LINES = 2
TONES = {"waiting": "bold $here", "asked": "bold", "words": "$muted"}


class QuestionText(Prose, can_focus=True):
    """The words of the question; focused, they take the keys of the pane.

    ``tone`` says how they look: "waiting" for an answer, "asked", or "words" in place of
    a question. It is painted, not styled: moving through the days restyles nothing.
    """

    tone = reactive("words")

    def render(self) -> Content:
        """The wrapped words in their tone."""
        return super().render().stylize(TONES[self.tone])


class QuestionCard(Vertical):
    """The reason above, the question, the old answer below: then and now.

    A question that waits for its answer is in the colour of what is one's own to do.
    """

    DEFAULT_CSS = """
    QuestionCard {
        height: auto;
        & > * { padding-left: 1; height: auto; }
        & > #reflect-why, & > #reflect-then { color: $muted; }
        & > #reflect-question:focus { border-left: outer $here; padding-left: 0; }
        &.-ascii > #reflect-question:focus { border-left: ascii $here; }
        &.-roomy > #reflect-question { margin: 1 0; }
        &.-roomy > #reflect-then { margin-bottom: 1; }
    }
    """

    def __init__(self, frame: Frame) -> None:
        ascii_only = "-ascii" if frame.name == "ascii" else ""
        super().__init__(classes=f"-roomy {ascii_only}".strip())
        self.frame = frame
        self.why = Prose(id="reflect-why", most=WHY_LINES, ellipsis=frame.ellipsis)
        self.text = QuestionText(id="reflect-question", ellipsis=frame.ellipsis)
        self.then = Prose(id="reflect-then", most=THEN_LINES, ellipsis=frame.ellipsis)

    def compose(self) -> ComposeResult:
        """The three parts."""
        yield self.why
        yield self.text
        yield self.then

    def show(self, question: Question, why: str, today: date) -> None:
        """Show ``question`` with the reason for it in words."""
        # An entry that is seen again is what the card is about: it has more room.
        self.then.most = SEEN_LINES if is_again(question) else THEN_LINES
        self._put(question.prompt.text(language()), why, self._then(question, today))
        self.text.tone = "waiting" if question.answer is None else "asked"

    def say(self, words: str) -> None:
        """Show ``words`` in place of a question."""
        self._put(words, "", "")
        self.text.tone = "words"

    def _put(self, text: str, why: str, then: str) -> None:
        for part, words in ((self.why, why), (self.text, text), (self.then, then)):
            part.text = words
            part.display = bool(words)

    def _then(self, question: Question, today: date) -> str:
        """The date and the old answer: "12 Jun: “The oldest case is 34 days.”" """
        old = question.before
        if old is None:
            return ""
        day = labels.date_words(old.day, today)
        refs = [(ref.id, ref.handle, ref.label) for ref in old.refs]
        text = with_aliases(old.text.strip(), refs)
        said = quoted(text, self.frame)
        return _("{day}: {text}").format(day=day, text=said)
