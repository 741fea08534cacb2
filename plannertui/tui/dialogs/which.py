"""Which occurrences of what repeats are meant: this one, those from it on, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.containers import Vertical
from textual.widgets import Static

from plannertui.i18n import gettext as _
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

Which = Literal["one", "following", "all"]


class WhichDialog(Dialog[Which]):
    """Asks ``question`` about something that repeats; None for Esc."""

    KEPT = True

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "t,enter",
            "answer('one')",
            N_("this one"),
            id="which.one",
            tooltip=N_("Only the one that you are on."),
        ),
        bind(
            "f",
            "answer('following')",
            N_("this and those after it"),
            id="which.following",
            tooltip=N_("The one that you are on and all that come after it."),
        ),
        bind(
            "a",
            "answer('all')",
            N_("all of them"),
            id="which.all",
            tooltip=N_("Every one, those gone by as well."),
        ),
    ]

    def __init__(self, question: str, *, detail: str = "") -> None:
        super().__init__()
        self.question = question
        self.detail = detail

    def compose(self) -> ComposeResult:
        """The question, what it is about, and the keys."""
        with Vertical(classes="dialog narrow") as box:
            box.border_title = words(_("It repeats"))
            yield Static(words(self.question), classes="question")
            if self.detail:
                yield Static(words(self.detail), classes="muted")
            yield Static(
                words(_("t this one   f this and those after   a all   Esc back")),
                classes="keys",
            )

    def action_answer(self, which: Which) -> None:
        """Answer the question."""
        self.dismiss(which)
