"""The rules to look at before one decides: one's own house's, then a short neutral text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static, TextArea

from plannertui.core.day import year_of
from plannertui.i18n import gettext as _
from plannertui.i18n import language
from plannertui.store import boundaries, years
from plannertui.tui.dialogs.kept import KeptForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.tui.planner import Planner


class RulesDialog(KeptForm):
    """Shows the rules there are, and keeps the rule of one's own house."""

    def __init__(self, planner: Planner) -> None:
        self.year = year_of(planner.today, planner.settings.year_start)
        kept = years.get(planner.db, self.year)
        super().__init__(planner, _("The rules"), "form:rule", kept.rev)
        self.own = years.rule(planner.db, self.year)

    def fields(self) -> Iterable[Widget]:
        """One's own rule in a field, then the text that comes with the program."""
        yield Static(_("The rule of my own house"), classes="form-group")
        yield TextArea(self.own, id="rule", compact=True)
        found, as_of = boundaries.rules(language())
        for each in found:
            yield Static(each.where, classes="form-group", markup=False)
            yield Static(each.text, markup=False)
        note = _("No legal advice; as of {year}. Your own house’s rule comes first.")
        said = note.format(year=as_of)
        yield Static(said, classes="form-quiet form-note", markup=False)

    def keys(self) -> str:
        """The line about the keys."""
        return _("Ctrl+S keeps your own rule   Esc goes back")

    def begin(self) -> None:
        """Begin in one's own rule."""
        self.query_one("#rule").focus()

    def collect(self) -> str:
        """Keep it."""
        text = self.query_one("#rule", TextArea).text.strip()
        if text != self.own:
            planner = self.planner
            years.save(planner.db, self.year, planner.now(), rule=text)
        return _("The rule of your house is kept.")
