"""Filing a note: which goal, person or tag it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from plannertui.core.text import first_line
from plannertui.i18n import gettext as _
from plannertui.store import entries
from plannertui.tui.dialogs.kept import KeptForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.entries import Entry
    from plannertui.tui.planner import Planner


class FilingDialog(KeptForm):
    """Links and tags of an entry; gives the line to say about it."""

    def __init__(self, planner: Planner, entry: Entry) -> None:
        title = f"{entry.handle} {planner.frame.dot} {first_line(entry.text)}"
        super().__init__(planner, title, f"form:file:{entry.handle}", entry.rev)
        self.entry = entry

    def fields(self) -> Iterable[Widget]:
        """Two lines."""
        links = " ".join(ref.handle for ref in self.entry.refs)
        tags = " ".join(f"#{tag}" for tag in self.entry.tags)
        yield self.row(_("Links"), self.line("links", links, "G1 L1"))
        yield self.row(_("Tags"), self.line("tags", tags, _("#tag #another")))
        yield Static(
            _("A goal, a person or a tag: what has one of them is filed."),
            classes="form-quiet form-note",
            markup=False,
        )

    def collect(self) -> str:
        """File it."""
        planner = self.planner
        entries.edit(
            planner.db,
            self.entry,
            planner.now(),
            base_rev=self.entry.rev,
            links=self.named("links"),
            tags=self.tags("tags"),
        )
        return _("{handle} is filed.").format(handle=self.entry.handle)
