"""The brief for a one-on-one, to read before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.widgets import Static

from plannertui.i18n import gettext as _
from plannertui.outputs.report import make
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.safety import safe, words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from plannertui.core.events import Event
    from plannertui.tui.planner import Planner


class BriefPage(Dialog[str]):
    """Shows the brief of ``event``, and what is left out of it and why."""

    AUTO_FOCUS = "#brief"
    DEFAULT_CSS: ClassVar[str] = """
    BriefPage #brief { max-height: 92%; width: 84; max-width: 96%; }
    BriefPage .left-out { color: $muted; margin-top: 1; }
    """

    def __init__(self, planner: Planner, event: Event) -> None:
        super().__init__()
        self.planner = planner
        self.event = event

    def compose(self) -> ComposeResult:
        """The page."""
        planner = self.planner
        report = make(
            planner.db,
            "brief",
            now=planner.now(),
            today=planner.today,
            calendar=planner.calendar,
            settings=planner.settings,
            subject=self.event.id,
        )
        with VerticalScroll(id="brief", classes="dialog") as box:
            box.border_title = words(_("Brief"))
            text = "\n".join(safe(one) for one in report.markdown.split("\n"))
            yield Static(text, markup=False)
            for left in report.left_out:
                said = _("Left out: {handle}: {why}").format(
                    handle=left.handle, why=left.why
                )
                yield Static(safe(said), classes="left-out", markup=False)
            yield Static(_("Esc back"), classes="keys", markup=False)
