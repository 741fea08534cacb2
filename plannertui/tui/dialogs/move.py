"""Another date for a promise, and whether the other side was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Static

from plannertui.core.errors import UnreadableDate
from plannertui.core.text import first_line
from plannertui.i18n import gettext as _
from plannertui.store import matters
from plannertui.tui import labels
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.item_lines import with_aliases

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.widget import Widget

    from plannertui.core.matters import Matter
    from plannertui.tui.planner import Planner


class MoveDialog(KeptForm):
    """Moves a matter; gives the line to say about it.

    ``to`` is the date that is offered: then only the question is left.
    """

    def __init__(
        self, planner: Planner, matter: Matter, to: date | None = None
    ) -> None:
        refs = [(ref.id, ref.handle, ref.label) for ref in matter.refs]
        title = with_aliases(first_line(matter.title), refs)
        title = f"{matter.handle} {planner.frame.dot} {title}"
        target = f"form:move:{matter.handle}" + (f":{to}" if to else "")
        super().__init__(planner, title, target, matter.rev)
        self.matter = matter
        self.to = to

    def fields(self) -> Iterable[Widget]:
        """The new date, and whether the other side knows."""
        due = self.matter.due
        if due is not None:
            was = _("Due {day} until now.").format(
                day=labels.day_words(due, self.planner.today)
            )
            yield Static(was, classes="form-quiet", markup=False)
        yield self.day_row("due", _("New date"), self.to)
        if self.matter.kind in ("promise", "waiting"):
            told = [
                ("no", _("not yet")),
                ("yes", _("told today")),
                ("day", _("told before")),
            ]
            yield self.row(_("Other side"), Choice(told, "no", id="told"))
            before = self.day_row("told-on", _("Told on"), None, past=True)
            before.id = "row-told-on"
            before.display = False
            yield before
            note = _(
                "Told on or before the old date, a promise counts as moved in time."
            )
            yield Static(note, classes="form-quiet form-note", markup=False)

    def begin(self) -> None:
        """Begin with the date, or where it is given with the question."""
        if self.to is not None and self.query("#told"):
            self.query_one("#told").focus()
        else:
            super().begin()

    def collect(self) -> str:
        """Move it."""
        due = self.day("due")
        if due is None:
            raise UnreadableDate(_("Give the new date, such as fri or 9-20."))
        today = self.planner.today
        told = None
        if self.matter.kind in ("promise", "waiting"):
            told = self._told(today)
        matters.move(self.planner.db, self.matter, due, told, self.planner.now())
        return _("{handle} is now due {day}.").format(
            handle=self.matter.handle, day=labels.day_words(due, today)
        )

    def _told(self, today: date) -> date | None:
        """When the other side was told, None for not yet."""
        chosen = self.chosen("told")
        if chosen != "day":
            return today if chosen == "yes" else None
        day = self.day("told-on")
        if day is None or day > today:
            raise UnreadableDate(_("Give the day on which you told them, such as mon."))
        return day

    @on(Choice.Picked, "#told")
    def told_picked(self, event: Choice.Picked) -> None:
        """Ask for the day where it was another one."""
        self.query_one("#row-told-on").display = event.value == "day"


class DropDialog(KeptForm):
    """Gives a promise up; gives the line to say about it."""

    def __init__(self, planner: Planner, matter: Matter) -> None:
        refs = [(ref.id, ref.handle, ref.label) for ref in matter.refs]
        title = with_aliases(first_line(matter.title), refs)
        title = f"{matter.handle} {planner.frame.dot} {title}"
        super().__init__(planner, title, f"form:drop:{matter.handle}", matter.rev)
        self.matter = matter

    def fields(self) -> Iterable[Widget]:
        """Whether the other side knows."""
        yield Static(_("Give this promise up?"), classes="form-quiet", markup=False)
        choice = Choice(
            [("no", _("not told")), ("yes", _("told today"))], "no", id="told"
        )
        yield self.row(_("Other side"), choice)
        note = _("Told by its day, it is released; not told, it counts as broken.")
        yield Static(note, classes="form-quiet form-note", markup=False)

    def keys(self) -> str:
        """The line about the keys."""
        return _("Ctrl+S drops it   Esc leaves it as it is")

    def begin(self) -> None:
        """Begin with the one question."""
        self.query_one("#told").focus()

    def collect(self) -> str:
        """Drop it."""
        today = self.planner.today
        told = today if self.chosen("told") == "yes" else None
        matters.drop(self.planner.db, self.matter, today, told, self.planner.now())
        return _("{handle} is dropped; u brings it back.").format(
            handle=self.matter.handle
        )
