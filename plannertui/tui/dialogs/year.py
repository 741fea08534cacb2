"""A year: its theme, what it refuses, one's own standards, lines and askers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static, TextArea

from plannertui.core.errors import Usage
from plannertui.core.years import (
    LINE_LENGTH,
    MOST_LINES,
    MOST_REFUSALS,
    MOST_STANDARDS,
    THEME_LENGTH,
    Standard,
)
from plannertui.i18n import gettext as _
from plannertui.store import years
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.widgets.drawn import fit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.tui.planner import Planner

MOST_ASKERS = 20


class YearDialog(KeptForm):
    """Edits ``year``; lists have one line each."""

    def __init__(self, planner: Planner, year: int) -> None:
        self.kept_year = years.get(planner.db, year)
        super().__init__(
            planner,
            _("The year {year}").format(year=year),
            f"form:year:{year}",
            self.kept_year.rev,
        )
        self.year = year

    def fields(self) -> Iterable[Widget]:
        """The theme, four lists, and the day of the appraisal."""
        kept = self.kept_year
        yield self.limited("theme", _("Theme"), kept.theme, THEME_LENGTH)
        for name, label, about, texts in (
            (
                "refusals",
                _("Refuses"),
                _("What the theme makes me refuse: up to {count} lines").format(
                    count=MOST_REFUSALS
                ),
                kept.refusals,
            ),
            (
                "standards",
                _("Standards"),
                _("How I want people to work for me: up to {count} lines").format(
                    count=MOST_STANDARDS
                ),
                tuple(standard.text for standard in kept.standards),
            ),
            (
                "lines",
                _("Lines"),
                _("What I will not do for anyone: up to {count} lines").format(
                    count=MOST_LINES
                ),
                kept.lines,
            ),
            (
                "askers",
                _("Askers"),
                _("Whom I could ask about a boundary, a line each"),
                kept.askers,
            ),
        ):
            yield Static(about, classes="form-group", markup=False)
            area = TextArea(
                "\n".join(texts), id=name, compact=True, tab_behavior="focus"
            )
            yield self.row(label, area)
        yield Static(_("The day of the appraisal"), classes="form-group", markup=False)
        yield self.day_row("appraisal", _("Appraisal"), kept.appraisal_on)

    def keys(self) -> str:
        """Enter makes a line in the lists."""
        return _("Ctrl+S saves   Tab next field   Esc keeps it for later")

    def _texts(self, name: str, label: str, most: int) -> list[str]:
        area = self.query_one(f"#{name}", TextArea)
        texts = [text.strip() for text in area.text.split("\n") if text.strip()]
        if len(texts) > most:
            area.focus()
            message = _("{field}: {count} lines; {limit} fit.")
            raise Usage(message.format(field=label, count=len(texts), limit=most))
        for text in texts:
            if len(text) > LINE_LENGTH:
                area.focus()
                message = _('{field}: "{text}" has {count} characters; {limit} fit.')
                raise Usage(
                    message.format(
                        field=label,
                        text=fit(text, 14, self.planner.frame),
                        count=len(text),
                        limit=LINE_LENGTH,
                    )
                )
        return texts

    def _standards(self) -> list[str | Standard]:
        """The lines of the mirror; one that is as it was keeps its number."""
        known = {standard.text: standard for standard in self.kept_year.standards}
        return [
            known.get(text, text)
            for text in self._texts("standards", _("Standards"), MOST_STANDARDS)
        ]

    def collect(self) -> str:
        """Save the year."""
        length = len(self.value("theme"))
        if length > THEME_LENGTH:
            self.query_one("#theme").focus()
            message = _("{field} has {count} characters; {limit} fit.")
            raise Usage(
                message.format(field=_("Theme"), count=length, limit=THEME_LENGTH)
            )
        years.save(
            self.planner.db,
            self.year,
            self.planner.now(),
            base_rev=self.kept_year.rev or None,
            theme=self.value("theme"),
            refusals=self._texts("refusals", _("Refuses"), MOST_REFUSALS),
            standards=self._standards(),
            lines=self._texts("lines", _("Lines"), MOST_LINES),
            askers=self._texts("askers", _("Askers"), MOST_ASKERS),
            appraisal_on=self.day("appraisal"),
        )
        return _("{year} is saved.").format(year=self.year)
