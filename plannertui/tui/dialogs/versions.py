"""The versions of a thing: which there are, what changed in each, and one brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from plannertui.core.fieldwords import field
from plannertui.core.versions import shortened
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.store.bringback import bring_back
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import telling, words
from plannertui.tui.widgets.drawn import fit, line
from plannertui.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.store.versions import Version, Versions
    from plannertui.tui.planner import Planner

WIDE = 84
# Marks around what went and what came: never by colour alone.
MARKED = {"=": ("{}", ""), "-": ("[-{}-]", "$behind"), "+": ("{{+{}+}}", "$on-pace")}


class VersionsDialog(Dialog[str]):
    """Lists the versions ``found``; the result is what to say of one brought back."""

    DEFAULT_CSS = """
    VersionsDialog {
        & #both { layout: vertical; height: auto; }
        & #versions { height: auto; max-height: 7; min-height: 1; }
        & #changed { height: auto; max-height: 9; scrollbar-size-vertical: 1; margin-top: 1; }
        & #changed:focus { background: $here-muted; }
        &.-wide #both { layout: horizontal; }
        &.-wide #versions { width: 34; max-height: 22; }
        &.-wide #changed { width: 1fr; max-height: 22; margin-top: 0; margin-left: 2; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "restore",
            N_("bring back"),
            id="versions.restore",
            tooltip=N_("Let it say again what this version said; u takes that back."),
        ),
    ]

    def __init__(self, planner: Planner, found: Versions) -> None:
        super().__init__()
        self.planner = planner
        self.found = found

    def compose(self) -> ComposeResult:
        """The versions, and what changed in the one that the cursor is on."""
        found = self.found
        with Vertical(classes="dialog wide") as box:
            title = f"{found.handle}  {kind_word(found.noun)}"
            box.border_title = words(_("Versions of {name}").format(name=title))
            with Container(id="both"):
                yield RowList(self.planner, self._rows, id="versions")
                with VerticalScroll(id="changed"):
                    yield Static(id="differences")
            keys = _("↑↓ choose   Enter brings it back   Tab read   Esc back")
            if len(found.every) == 1:
                keys = _("There is only one version: it was never changed.   Esc back")
            yield Static(words(keys), classes="keys")

    def on_mount(self) -> None:
        """Begin at what it says now."""
        super().on_mount()
        self.query_one(RowList).focus()
        self._show(self.found.last)

    def on_resize(self, event: events.Resize) -> None:
        """Side by side where both can be read."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def _rows(self, width: int) -> list[Row]:
        rows = []
        for version in reversed(self.found.every):
            when = version.at[:16].replace("T", " ")
            label = version.label or _("from before anything was recorded")
            text = fit(f"{version.number}  {when}  {label}", width, self.planner.frame)
            rows.append(Row((line((text, "")),), "version", version.number))
        return rows

    @on(RowList.Moved)
    def moved(self, event: RowList.Moved) -> None:
        """Show what changed in the version under the cursor."""
        event.stop()
        self._show(self.found.get(event.row.key))

    def _show(self, version: Version) -> None:
        parts: list[Any] = []
        if version.values is None:
            parts.append((_("not there"), "bold"))
        elif version.trashed:
            parts.append((_("in the trash"), "bold"))
        for change in version.changes:
            if parts:
                parts.append("\n")
            parts.append((field(change.field) + "  ", "dim"))
            first = version.number == 1
            pieces = [("=", change.now)] if first else shortened(change.pieces)
            for mark, text in pieces:
                form, style = MARKED[mark]
                parts.append((form.format(text), style))
        if version.boundary:
            hint = _("What was recorded: ptui boundary {handle}")
            parts.append(
                ("\n" if parts else "") + hint.format(handle=self.found.handle)
            )
        if not parts:
            parts.append((_("nothing that is shown here"), "dim"))
        self.query_one("#differences", Static).update(Content.assemble(*parts))
        self.query_one("#changed").scroll_home(animate=False)

    @on(RowList.Chosen)
    def action_restore(self) -> None:
        """Bring back the version under the cursor, as a step that undo takes back."""
        row = self.query_one(RowList).row
        if row is None or len(self.found.every) == 1:
            return
        planner = self.planner
        with telling(self) as outcome:
            back = bring_back(planner.db, self.found, row.key, planner.now())
        if outcome.failed:
            return
        said = _("{handle} says again what version {number} said.")
        if back.nothing:
            said = _("{handle} says what version {number} said; nothing was changed.")
        said = said.format(handle=back.handle, number=back.number)
        self.dismiss(" ".join((said, *back.stays)))
