"""A paste that is too much to edit: what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.containers import Vertical
from textual.widgets import Static

from plannertui.i18n import gettext as _
from plannertui.tui.bulk import LONGEST_LINE, MOST_CHARACTERS, longest_line
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

Answer = Literal["keep", "pieces"]


class PasteDialog(Dialog[Answer]):
    """Says how long ``text`` is, and offers to keep it whole as an entry of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter,k",
            "answer('keep')",
            N_("own entry"),
            id="paste.keep",
            tooltip=N_("Keep all of it as an entry of its own."),
        ),
        bind(
            "p",
            "answer('pieces')",
            N_("paste"),
            id="paste.pieces",
            tooltip=N_("Paste it here, with line breaks put into long lines."),
        ),
    ]

    def __init__(self, text: str, have: int) -> None:
        super().__init__()
        self.text = text
        self.fits = len(text) + have <= MOST_CHARACTERS

    @property
    def unkept(self) -> bool:
        """Nobody else has the text."""
        return True

    def compose(self) -> ComposeResult:
        """How much it is, and the keys."""
        length, line = len(self.text), longest_line(self.text)
        with Vertical(classes="dialog narrow") as box:
            box.border_title = words(_("A long paste"))
            said = _("{count:,} characters were pasted.").format(count=length)
            if line > LONGEST_LINE:
                more = _("One line has {count:,}: every key would have to wait.")
                said += " " + more.format(count=line)
            yield Static(words(said))
            keys = _("Enter keep as an entry of its own   Esc do not paste")
            if self.fits:
                keys = _(
                    "Enter keep as an entry of its own   p paste here, long lines "
                    "broken   Esc do not paste"
                )
            yield Static(words(keys), classes="keys")

    def action_answer(self, answer: Answer) -> None:
        """Say what to do with it."""
        if answer == "keep" or self.fits:
            self.dismiss(answer)
