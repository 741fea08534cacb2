"""One question of the first run: a calm dialog that can be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from plannertui.core.errors import PlannerError
from plannertui.i18n import gettext as _
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

STEPS = 5

Answer = dict[str, Any]


class Question(Dialog[Answer]):
    """One question of the first run; dismissed with the answer, or None when skipped."""

    STEP: ClassVar[int] = 0
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "ctrl+s",
            "answer",
            N_("next question"),
            id="welcome.answer",
            tooltip=N_("Take this answer, and go on."),
            priority=True,
        ),
        bind(
            "enter",
            "next",
            N_("next field"),
            id="welcome.next",
            tooltip=N_("Go on to the next field, or to the next question."),
            show=False,
        ),
    ]

    def asks(self) -> str:
        """What is asked, in a sentence."""
        raise NotImplementedError

    def reason(self) -> str:
        """What it is for."""
        raise NotImplementedError

    def fields(self) -> ComposeResult:
        """What can be filled in."""
        raise NotImplementedError

    def read(self) -> Answer | None:
        """What was filled in; None when that is nothing."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The question, its reason, its fields, and the two keys."""
        with Vertical(classes="dialog question") as box:
            box.border_title = words(
                _("{step} of {steps}").format(step=self.STEP, steps=STEPS)
            )
            box.border_subtitle = words(_("Enter next   Esc skip"))
            yield Static(words(self.asks(), "bold"))
            yield Static(words(self.reason()), classes="muted why")
            yield from self.fields()
            problem = Static(id="problem")
            problem.display = False
            yield problem

    def on_mount(self) -> None:
        """Begin in the first field."""
        for field in self.query("Input, Choice"):
            field.focus()
            return

    def _answers(self) -> list[Widget]:
        return [field for field in self.query("Input, Choice") if field.focusable]

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        """Enter goes to the next field, and from the last one to the next question."""
        event.stop()
        fields = self._answers()
        at = fields.index(event.input)
        if event.value.strip() and at + 1 < len(fields):
            fields[at + 1].focus()
        else:
            self.action_answer()

    def action_next(self) -> None:
        """Enter on a choice does the same."""
        fields = self._answers()
        if self.focused in fields and fields.index(self.focused) + 1 < len(fields):
            fields[fields.index(self.focused) + 1].focus()
        else:
            self.action_answer()

    def action_answer(self) -> None:
        """Take what is there, and go on; what is wrong is said, and stays."""
        try:
            answer = self.read()
        except PlannerError as error:
            self.say(error.message)
            return
        self.dismiss(answer)

    def say(self, problem: str) -> None:
        """Show what is wrong."""
        said = self.query_one("#problem", Static)
        said.update(Content.styled(problem, "$warning"))
        said.display = True

    def value(self, field: str) -> str:
        """The text of an input."""
        return self.query_one(f"#{field}", Input).value.strip()
