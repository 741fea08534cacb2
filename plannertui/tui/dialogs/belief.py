"""What a leader answers for has changed: the new words, and what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.errors import EmptyText
from plannertui.core.people import BASES
from plannertui.core.priorities import TEXT_LENGTH
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.store import beliefs
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.priorities import Priority
    from plannertui.tui.planner import Planner


class BeliefDialog(KeptForm):
    """Changes a priority into its successor; gives the line to say about it."""

    def __init__(self, planner: Planner, row: Priority) -> None:
        title = f"{row.handle} {planner.frame.dot} {row.text}"
        super().__init__(planner, title, f"form:belief:{row.handle}", row.rev)
        self.belief = row

    def fields(self) -> Iterable[Widget]:
        """The new words and their basis."""
        yield self.limited("text", _("It is now"), self.belief.text, TEXT_LENGTH)
        bases = [(str(basis), kind_word(basis)) for basis in BASES]
        yield self.row(_("Rests on"), Choice(bases, "said", id="basis"))

    def collect(self) -> str:
        """Keep the old one as changed, and the new one in its place."""
        text = self.value("text")
        if not text:
            raise EmptyText(_("Say what they answer for now."))
        planner = self.planner
        new = beliefs.change(
            planner.db,
            self.belief,
            text,
            planner.today,
            planner.now(),
            basis=self.chosen("basis"),
        )
        return _("{old} has become {new}.").format(
            old=self.belief.handle, new=new.handle
        )
