"""The reports: preview, what is left out and why, copy, file."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work

from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.outputs.report import LOOKING_BACK, missing_in
from plannertui.store import sharing
from plannertui.tui.apart import apart
from plannertui.tui.clipboard import give
from plannertui.tui.dialogs.report import edited_text
from plannertui.tui.messages import Changed
from plannertui.tui.panes.report import ReportKinds, ReportLeftOut, ReportPreview
from plannertui.tui.panes.report_wanted import (
    Wanted,
    made,
    next_language,
    next_profile,
    target,
)
from plannertui.tui.safety import say, telling
from plannertui.tui.screens.base import WorkScreen, wider

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.outputs.report import Report
    from plannertui.tui.planner import Planner

THREE, TWO = 116, 72
KINDS, LEFT = 27, 36
PATIENCE = 0.2
"""Seconds that the report before stays in view while the next one is made."""


class ReportScreen(WorkScreen):
    """Kinds on the left, the preview in the middle, what is left out on the right.

    ``subject`` may be a one-on-one, a person or a situation: a brief or message is shown.
    A report is made in a thread: the keys that move on never wait for it, and those that
    do something with it wait until it is there.
    """

    def __init__(self, planner: Planner, subject: int = 0) -> None:
        super().__init__(planner, subject)
        self.wanted = _first(planner, subject)
        self.report: Report | None = None
        self.part = "preview"
        self._due = False
        self._there = asyncio.Event()
        self._there.set()

    def panels(self) -> Iterable[Widget]:
        """Kinds, preview, what is left out."""
        yield ReportKinds(self.planner, id="report-kinds")
        yield ReportPreview(self.planner, id="report-preview")
        yield ReportLeftOut(self.planner, self.there, id="report-left")

    @property
    def kinds(self) -> ReportKinds:
        """The list of reports."""
        return self.query_one(ReportKinds)

    @property
    def preview(self) -> ReportPreview:
        """What it says."""
        return self.query_one(ReportPreview)

    @property
    def left_out(self) -> ReportLeftOut:
        """What it leaves out."""
        return self.query_one(ReportLeftOut)

    def make_room(self, width: int) -> None:
        """Three panels; or two, of which what is left out comes when it is asked for."""
        wide, away = width >= THREE, self.part == "left"
        self.kinds.display = wide or (width >= TWO and not away)
        self.preview.display = width >= TWO or not away
        self.left_out.display = wide or away
        self.kinds.styles.width = KINDS
        self.left_out.styles.width = wider(LEFT, width, 60) if width >= TWO else "1fr"
        self.preview.hint(0 if self.left_out.display else self._count())

    def _count(self) -> int:
        return 0 if self.report is None else len(self.report.left_out)

    def begin(self) -> None:
        """Begin with the list of reports, or with the preview where there is no list."""
        start = self.kinds.list if self.kinds.display else self.preview.list
        start.focus(scroll_visible=False)

    def reload(self) -> None:
        """Make the report again."""
        self.kinds.show(self.wanted)
        self._due = True
        if self._there.is_set():
            self._there.clear()
            self._make()

    async def there(self) -> None:
        """Wait until the report in view is the one that is wanted."""
        await self._there.wait()

    @work(group="report")
    async def _make(self) -> None:
        """Make what is wanted; where that changed meanwhile, what is wanted then."""
        try:
            while self._due:
                self._due, wanted = False, self.wanted
                making = asyncio.ensure_future(
                    apart(self.planner, lambda own, want=wanted: made(want, own))  # type: ignore[misc]
                )
                done, _late = await asyncio.wait({making}, timeout=PATIENCE)
                if not done and self.query(ReportPreview):
                    self.preview.wait()
                report, error = await making
                if not self.query(ReportPreview):
                    # The screen was left meanwhile, or locked.
                    return
                if not self._due:
                    with telling(self):
                        self._show_made(report, error)
        finally:
            self._there.set()

    def _show_made(self, report: Report | None, error: str) -> None:
        self.report = report
        edited = edited_text(self.planner, target(self.wanted, self.planner))
        text = edited or (report.markdown if report else "")
        self.preview.show(report, text, bool(edited), error)
        self.left_out.show(report.left_out if report else ())
        self.make_room(self.app.size.width)

    def _show(self, wanted: Wanted) -> None:
        self.wanted = wanted
        with telling(self):
            self.reload()

    @on(ReportKinds.Moved)
    def moved(self, event: ReportKinds.Moved) -> None:
        """Look at another report."""
        event.stop()
        self._show(replace(self.wanted, kind=event.kind, subject=0))

    # -- what the keys do --------------------------------------------------------------

    def action_left_out(self) -> None:
        """Go to what is left out, and back."""
        here = self.left_out.list.has_focus
        self.part = "preview" if here else "left"
        self.make_room(self.app.size.width)
        if here:
            self.begin()
        else:
            self.left_out.list.focus(scroll_visible=False)

    def action_back(self) -> None:
        """Go back; where what is left out took the place of the reports, to them first."""
        if self.part == "left" and not self.kinds.display:
            self.part = "preview"
            self.make_room(self.app.size.width)
            self.begin()
        else:
            super().action_back()

    def action_step(self, by: int) -> None:
        """Another period or subject; what has not begun has no report of what was."""
        if by > 0 and self.wanted.kind in LOOKING_BACK and self.wanted.step >= 0:
            say(self, _("This is the present one; there is nothing after it to tell."))
            return
        self._show(self.wanted.moved(by))

    def action_profile(self) -> None:
        """The next form; it is the self-assessment that has them."""
        if self.wanted.kind != "self":
            self._show(replace(self.wanted, kind="self"))
        else:
            self._show(next_profile(self.wanted, self.planner))

    def action_language(self) -> None:
        """The other language."""
        self._show(next_language(self.wanted))

    def _ready(self) -> Report | None:
        """The report as it may leave, with the text as changed; else say why not."""
        if self.report is None:
            say(self, _("There is nothing to take along yet."))
            return None
        empty = missing_in(self.preview.text, self.report.required)
        if empty:
            missing = "; ".join(empty)
            say(
                self,
                _("Not written yet: {missing}.").format(missing=missing),
                "warning",
            )
            return None
        return replace(self.report, markdown=self.preview.text, missing=())

    async def action_copy(self) -> None:
        """Copy inside the program."""
        await self.there()
        report = self._ready()
        if report is not None:
            self.app.copy_to_clipboard(report.markdown)
            say(self, _("Copied; Ctrl+V puts it into an editor."))

    async def action_clipboard(self) -> None:
        """Give it to the terminal's clipboard, because that was asked for."""
        await self.there()
        report = self._ready()
        if report is not None:
            give(self, report.markdown)

    @work(exclusive=True, group="report-dialog")
    async def action_write(self) -> None:
        """Ask where to, and write it."""
        from plannertui.tui.dialogs.report import WriteReport

        await self.there()
        report = self._ready()
        if report is None:
            return
        said = await self.app.push_screen_wait(WriteReport(self.planner, report))
        if said is not None:
            say(self, said)

    @work(exclusive=True, group="report-dialog")
    async def action_edit(self) -> None:
        """Change the text by hand."""
        from plannertui.tui.dialogs.report import EditReport

        await self.there()
        if self.report is None:
            say(self, _("There is nothing to take along yet."))
            return
        name = target(self.wanted, self.planner)
        dialog = EditReport(self.planner, name, self.report.markdown)
        await self.app.push_screen_wait(dialog)
        self.reload()

    async def action_used(self) -> None:
        """Note that its wins have been told."""
        await self.there()
        report = self.report
        if report is None or not report.used:
            say(self, _("There is no win in it."))
            return
        db, planner = self.planner.db, self.planner
        with telling(self) as outcome:
            told = sharing.use(db, report.used, planner.today, planner.now())
        if not outcome.failed:
            words = ngettext(
                "{count} win is marked as used.",
                "{count} wins are marked as used.",
                len(told),
            )
            self.changed(Changed(words.format(count=len(told))))


def _first(planner: Planner, subject: int) -> Wanted:
    """What one begins with."""
    row = planner.db.one("SELECT type FROM handle WHERE id = ?", (subject,))
    kinds = {"event": "brief", "person": "brief", "situation": "message"}
    kind = kinds.get(row[0] if row else "", "")
    return Wanted(kind, subject=subject) if kind else Wanted()
