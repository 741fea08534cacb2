"""Where a report is written to, and its text changed by hand before that."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Static, TextArea

from plannertui.core.errors import PlannerError, Refused
from plannertui.i18n import gettext as _
from plannertui.outputs.writing import write
from plannertui.store import drafts
from plannertui.tui.dialogs.kept import KeptForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.outputs.report import Report
    from plannertui.tui.planner import Planner


class WriteReport(KeptForm):
    """Asks for a file; the same name twice writes over the one that is there."""

    def __init__(self, planner: Planner, report: Report) -> None:
        super().__init__(planner, _("Write to a file"), f"report-file:{report.kind}", 0)
        self.report = report
        self.there = ""

    def fields(self) -> Iterable[Widget]:
        """The path, and what its ending means."""
        folder = os.path.expanduser("~")
        name = f"{self.report.kind}-{self.planner.today.isoformat()}.html"
        yield self.row(_("File"), self.line("path", os.path.join(folder, name)))
        about = _(
            ".html is a page with charts that prints, .md text, .pdf needs an extra."
        )
        yield Static(about, classes="muted", markup=False)

    def keys(self) -> str:
        """What the keys do."""
        return _("Enter writes it, readable by you only   Esc back")

    def collect(self) -> str:
        """Write it."""
        path = self.value("path")
        again = path == self.there
        try:
            made = write(self.report, path, replace=again)
        except Refused:
            if not again and os.path.isfile(os.path.expanduser(path)):
                self.there = path
                raise Refused(
                    _("It is there already. Enter again writes over it.")
                ) from None
            raise
        return _("Written to {path}.").format(path=made)


class EditReport(KeptForm):
    """The text of a report, to be changed by hand; what is typed is kept as a draft.

    ``text`` is the report's own; what was typed before is taken up from the draft.
    """

    AUTO_FOCUS = "TextArea"

    def __init__(self, planner: Planner, target: str, text: str) -> None:
        super().__init__(planner, _("Change the text"), target, 0)
        self.text = text

    def fields(self) -> Iterable[Widget]:
        """The text."""
        area = TextArea(
            self.text, id="text", soft_wrap=True, show_line_numbers=False, compact=True
        )
        area.cursor_blink = False
        # As much room as there is; a form's own texts are short.
        area.styles.height = "1fr"
        area.styles.max_height = "100%"
        box = Vertical(area)
        box.styles.height = "1fr"
        yield box

    def prepare(self) -> None:
        """Take the whole screen, nearly."""
        form = self.query_one("#form")
        form.styles.width = "94%"
        form.styles.max_width = 112
        form.styles.height = "92%"
        form.styles.max_height = "92%"

    def begin(self) -> None:
        """Write at once."""
        self.query_one(TextArea).focus()

    def keys(self) -> str:
        """What the keys do."""
        return _("Ctrl+S takes it   Ctrl+N puts the report's own text back   Esc back")

    def collect(self) -> str:
        """The text as it is now."""
        return self.query_one("#text", TextArea).text.rstrip() + "\n"

    def action_accept(self) -> None:
        """Take the text; as long as it is another one, its draft is where it is kept."""
        text = self.collect()
        if not text.strip() or text.strip() == self.text.strip():
            super().action_accept()
            return
        try:
            self.flush()
        except PlannerError as error:
            self.complain(error.message)
            return
        self._over = True
        self.dismiss(text)


def edited_text(planner: Planner, target: str) -> str:
    """The text of a report as it was changed by hand; "" for one that was not."""
    draft = drafts.get(planner.db, target)
    rows = [] if draft is None else draft.body.split("\n")
    return "\n".join(r.removeprefix("text\t") for r in rows if r.startswith("text\t"))
