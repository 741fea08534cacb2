"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Static

from plannertui.i18n import gettext as _
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class Confirm(Dialog[bool]):
    """Asks ``question``; True for yes, False for no, None for Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "y,enter",
            "answer(True)",
            N_("yes"),
            id="confirm.yes",
            tooltip=N_("Do it."),
        ),
        bind(
            "n",
            "answer(False)",
            N_("no"),
            id="confirm.no",
            tooltip=N_("Leave it as it is."),
        ),
    ]

    def __init__(self, question: str, *, detail: str = "") -> None:
        super().__init__()
        self.question = question
        self.detail = detail

    def compose(self) -> ComposeResult:
        """The question, what it is about, and the two keys."""
        with Vertical(classes="dialog narrow") as box:
            box.border_title = words(_("Please confirm"))
            yield Static(words(self.question), classes="question")
            if self.detail:
                yield Static(words(self.detail), classes="muted")
            yield Static(words(_("y yes   n no   Esc back")), classes="keys")

    def action_answer(self, answer: bool) -> None:
        """Answer the question."""
        self.dismiss(answer)
