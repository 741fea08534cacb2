"""The close of a situation: four lines, and what was predicted beside what was wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from plannertui.core.situation_answers import close_label
from plannertui.core.situations import MATCHES, Situation, match_word
from plannertui.i18n import gettext as _
from plannertui.store import situations
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.tui.planner import Planner


class CloseDialog(KeptForm):
    """Asks how it ended; gives the line to say about it. Every line may stay empty."""

    def __init__(self, planner: Planner, situation: Situation) -> None:
        super().__init__(
            planner,
            _("Close {handle}").format(handle=situation.handle),
            f"form:situation-close:{situation.handle}",
            situation.rev,
        )
        self.situation = situation

    def fields(self) -> Iterable[Widget]:
        """The four lines, the comparison, the lesson."""
        kept = self.situation
        yield Prose(kept.line, most=2, classes="form-quiet")
        for name, hint in (
            ("expected", _("what you expected to happen")),
            ("happened", _("what happened")),
            ("why", _("why the difference")),
            ("keep", _("what you keep or change next time")),
        ):
            text = str(kept.close.get(name) or "")
            yield self.row(close_label(name), self.line(name, text, hint))
        yield Static(
            _("What did your leader in fact want?"), classes="form-group", markup=False
        )
        if kept.predicted:
            yield self.row(_("predicted"), Prose(kept.predicted, most=2))
        hint = _("what they said or did")
        yield self.row(close_label("actual"), self.line("actual", kept.actual, hint))
        if kept.predicted:
            choices = [(each, match_word(each)) for each in MATCHES]
            choices.append(("", _("not known")))
            yield self.row(
                close_label("match"), Choice(choices, kept.match, id="match")
            )
        lesson = str(kept.close.get("lesson") or "")
        hint = _("one line; it becomes a lesson in the journal")
        row = self.row(close_label("lesson"), self.line("lesson", lesson, hint))
        row.styles.margin = (1, 0, 0, 0)
        yield row

    def keys(self) -> str:
        """The line about the keys."""
        return _("Enter or Ctrl+S closes it   Tab next field   Esc keeps it for later")

    def collect(self) -> str:
        """Close it."""
        planner, kept = self.planner, self.situation
        given = {
            name: self.value(name)
            for name in ("expected", "happened", "why", "keep", "actual", "lesson")
        }
        if kept.predicted:
            given["match"] = self.chosen("match")
        kept, entry = situations.close(
            planner.db, kept, given, planner.today, planner.now()
        )
        if entry is not None:
            said = _("{handle} is closed; its lesson is {entry}.")
            return said.format(handle=kept.handle, entry=entry.handle)
        return _("{handle} is closed.").format(handle=kept.handle)
