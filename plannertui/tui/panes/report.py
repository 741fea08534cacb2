"""The panes of the reports: which one, what it says, and what it leaves out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar
from zlib import crc32

from textual import on
from textual.message import Message

from plannertui import i18n
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.outputs.report import missing_in, notes_on
from plannertui.store import sharing
from plannertui.tui.messages import Changed, ItemPicked
from plannertui.tui.panes.report_keys import OF_LEFT_OUT, OF_REPORTS, ReportPane
from plannertui.tui.panes.report_wanted import NAMES, SHOWN, SPOKEN, Wanted, period
from plannertui.tui.safety import telling, words
from plannertui.tui.widgets.drawn import BLANK, fit, line
from plannertui.tui.widgets.marked import marked
from plannertui.tui.widgets.rows import Later, Row, RowList, paragraph

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.outputs.report import LeftOut, Report
    from plannertui.tui.planner import Planner
    from plannertui.tui.widgets.drawn import Line


MARKABLE = ("private", "matter")


class ReportKinds(ReportPane):
    """The reports there are, and what the chosen one is about."""

    DEFAULT_CSS = """
    ReportKinds RowList { height: 1fr; }
    """

    class Moved(Message):
        """Another ``kind`` of report is looked at."""

        def __init__(self, kind: str) -> None:
            self.kind = kind
            super().__init__()

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.wanted = Wanted()
        self.list = RowList(planner, self._build)

    def compose(self) -> ComposeResult:
        """The list."""
        self.border_title = words(_("Reports"))
        yield self.list

    def show(self, wanted: Wanted) -> None:
        """Show what is wanted now."""
        self.wanted = wanted
        self.list.reload()
        self.list.cursor = SHOWN.index(wanted.kind)

    def _build(self, width: int) -> Sequence[Row]:
        rows = []
        frame = self.planner.frame
        for number, kind in enumerate(SHOWN):
            here = "strong" if kind == self.wanted.kind else ""
            name = fit(_(NAMES[kind][0]), width, frame)
            rows.append(Row((line((name, here)),), "report", number))
        about = paragraph(_(NAMES[self.wanted.kind][1]), width, "muted")
        rows.append(Row((BLANK, *about, BLANK, *self._settings(width))))
        sealed = _("The boundary record leaves by ptui report boundary alone.")
        rows.append(Row((BLANK, *paragraph(sealed, width, "faint"))))
        return rows

    def _settings(self, width: int) -> list[Line]:
        wanted = self.wanted
        shown = []
        when = period(wanted, self.planner)
        if when:
            shown.append(("[", when))
        elif wanted.kind in ("brief", "message"):
            shown.append(("[", _("another one")))
        if wanted.kind == "self":
            shown.append(("f", wanted.profile))
        shown.append(("v", SPOKEN[wanted.language or i18n.language()]))
        frame = self.planner.frame
        return [
            line(
                (f"{key:<4}", "here"),
                (fit(value, max(1, width - 6), frame), "muted"),
                ("  ]" if key == "[" else "", "here"),
            )
            for key, value in shown
        ]

    @on(RowList.Moved)
    def moved(self, event: RowList.Moved) -> None:
        """Look at another report."""
        event.stop()
        kind = SHOWN[event.row.key]
        if kind != self.wanted.kind:
            self.post_message(self.Moved(kind))


class ReportPreview(ReportPane):
    """What the report says, as it will be read."""

    DEFAULT_CSS = """
    ReportPreview RowList { height: 1fr; }
    """

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.report: Report | None = None
        self.text = ""
        self.edited = False
        self.error = ""
        self.list = RowList(planner, self._build)

    def compose(self) -> ComposeResult:
        """The text."""
        self.border_title = words(_("Preview"))
        yield self.list

    def show(self, report: Report | None, text: str, edited: bool, error: str) -> None:
        """Show ``report``, with ``text`` in place of its own where it was ``edited``."""
        anew = text != self.text
        self.report, self.text, self.edited, self.error = report, text, edited, error
        self.border_title = words(
            _("Preview, edited by you") if edited else _("Preview")
        )
        self.list.reload()
        if anew:
            self.list.scroll_to(y=0, animate=False)

    def wait(self) -> None:
        """Say that what is wanted is being made."""
        self.report, self.text, self.error = None, "", _("One moment …")
        self.list.reload()

    def hint(self, count: int) -> None:
        """Say in the frame that there is more to see, where it is not in view."""
        said = ngettext(
            "l: {count} thing left out", "l: {count} things left out", count
        )
        self.border_subtitle = words(said.format(count=count) if count else "")

    def _build(self, width: int) -> Sequence[Row]:
        width -= 1
        if self.error:
            return [Row(tuple(paragraph(self.error, width, "muted")))]
        lines: list[Line] = []
        if self.report is not None:
            for missing in missing_in(self.text, self.report.required):
                said = _("Not finished: {what}").format(what=missing)
                lines += [*paragraph(said, width, "at-risk"), BLANK]
            for note in notes_on(self.report.kind, self.text):
                lines += [*paragraph(note, width, "behind"), BLANK]
        lines += marked(self.text, width, self.planner.frame)
        return [Row(tuple(lines))]


class ReportLeftOut(ReportPane, inherit_bindings=False):
    """What the report leaves out, and why; each can be gone to, and marked as ready."""

    DEFAULT_CSS = """
    ReportLeftOut RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*OF_LEFT_OUT, *OF_REPORTS]

    def __init__(
        self,
        planner: Planner,
        there: Callable[[], Awaitable[None]],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.there = there
        self.left: tuple[LeftOut, ...] = ()
        self.list = RowList(planner, self._build)

    def compose(self) -> ComposeResult:
        """The list."""
        self.border_title = words(_("Left out"))
        yield self.list

    def show(self, left: tuple[LeftOut, ...]) -> None:
        """Show what is left out now; the newest of each reason first."""
        self.left = left
        here = self.list.row
        count = ngettext("{count} thing left out", "{count} things left out", len(left))
        title = count.format(count=len(left)) if left else _("Left out")
        self.border_title = words(title)
        self.list.reload()
        if here is None or not self.list.has_focus:
            self.call_after_refresh(self._to_begin)

    def _to_begin(self) -> None:
        """Go to the first thing that can be marked."""
        marks = [key_of(one) for one in self.left if one.code in MARKABLE]
        if not self.list.has_focus and not self.list.go_to("left", marks):
            self.list.cursor = 0

    def _build(self, width: int) -> Sequence[Row]:
        if not self.left:
            said = _("Nothing is left out.")
            return [Row(tuple(paragraph(said, width, "muted")))]
        reasons: dict[str, list[int]] = {}
        for number, one in enumerate(self.left):
            reasons.setdefault(one.why, []).append(number)
        rows: list[Row] = []
        for why, numbers in sorted(reasons.items(), key=lambda one: len(one[1])):
            if rows:
                rows.append(Row((BLANK,)))
            head = f"{why} {self.planner.frame.dot} {len(numbers)}"
            rows.append(Row(tuple(paragraph(head, width, "heading"))))
            rows += [self._row(number, width) for number in reversed(numbers)]
        return rows

    def _row(self, number: int, width: int) -> Row:
        one = self.left[number]
        shown = Later(partial(self._line, one, width))
        return Row(shown, "left", key_of(one), one.handle)

    def _line(self, one: LeftOut, width: int) -> Line:
        lead = f"{one.handle} "
        text = fit(one.text, max(4, width - len(lead)), self.planner.frame)
        return line((lead, "faint"), (text, ""))

    @property
    def current(self) -> LeftOut | None:
        """What one is on."""
        row = self.list.row
        if row is None:
            return None
        return next((one for one in self.left if key_of(one) == row.key), None)

    @on(RowList.Chosen)
    def chosen(self, event: RowList.Chosen) -> None:
        """A double click goes to it."""
        event.stop()
        self.action_go()

    def action_go(self) -> None:
        """Go to what is left out."""
        one = self.current
        if one is not None:
            self.post_message(ItemPicked(one.handle))

    async def action_ready(self) -> None:
        """Mark it as ready, once the list shows what was marked before."""
        await self.there()
        one = self.current
        if one is None:
            return
        with telling(self) as outcome:
            handle = sharing.mark(self.planner.db, one.handle, True, self.planner.now())
            said = _("{handle} may go into reports.").format(handle=handle)
        if not outcome.failed:
            self.post_message(Changed(said))


def key_of(one: LeftOut) -> int:
    """A number that stays the same while other things come and go."""
    return crc32(f"{one.handle} {one.why}".encode())
