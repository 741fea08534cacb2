"""After a one-on-one: what was heard, promised and assumed, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.widgets import Static, TextArea

from plannertui.core.errors import PlannerError
from plannertui.core.followups import PARTS, Yield, part_word, read_line
from plannertui.i18n import gettext as _
from plannertui.store import briefing, drafts, events
from plannertui.tui import labels
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.widgets.drawn import flat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.events import Event
    from plannertui.core.followups import Part
    from plannertui.tui.planner import Planner

CHECKS = 4


class FollowUpDialog(KeptForm):
    """Three texts, one line for each thing; then what each line becomes is asked."""

    CSS_PATH: ClassVar[Any] = ["form.tcss", "kept.tcss", "meet.tcss"]

    def __init__(self, planner: Planner, event: Event) -> None:
        day = labels.day_words(event.starts_on, planner.today)
        title = _("After the one-on-one of {day}").format(day=day)
        super().__init__(planner, title, f"form:follow:{event.id}", event.rev)
        self.event = event
        self.made: Event | None = None
        self.sorted: dict[tuple[str, str], Yield] = {}

    def fields(self) -> Iterable[Widget]:
        """What was to be checked, then the three texts."""
        checks = self._checks()
        if checks:
            said = _("You wanted to know:") + "\n" + "\n".join(checks)
            yield Static(said, classes="form-quiet", markup=False)
        hints = {
            "heard": _("what they said; what answers a question or a guess"),
            "promised": _("yours end in ^fri; theirs begin with <"),
            "assumed": _("what you took for granted: it becomes a question"),
        }
        for part in PARTS:
            area = TextArea("", id=part, compact=True, tab_behavior="focus")
            yield self.row(part_word(part), area)
            yield Static(hints[part], classes="follow-hint", markup=False)

    def _checks(self) -> list[str]:
        planner = self.planner
        found = briefing.gather(
            planner.db,
            self.event,
            planner.today,
            planner.calendar,
            year_start=planner.settings.year_start,
        )
        bullet = planner.frame.bullet
        return [f"{bullet} {flat(one.text)[:90]}" for one in found.ask if one.handle][
            :CHECKS
        ]

    def begin(self) -> None:
        """Begin with what was heard."""
        self.query_one("#heard", TextArea).focus()

    def keys(self) -> str:
        """Enter makes a line; the next step is on Ctrl+S."""
        return _("One line each   Ctrl+S goes on   Tab next   Esc keeps it for later")

    def lines(self) -> list[Yield]:
        """The lines as typed, each as what was chosen for it before or as it says."""
        planner = self.planner
        found = []
        for part in PARTS:
            area = self.query_one(f"#{part}", TextArea)
            for text in area.text.split("\n"):
                if not text.strip():
                    continue
                try:
                    line = read_line(
                        part, text, planner.today, planner.settings.year_start
                    )
                except PlannerError:
                    area.focus()
                    raise
                found.append(self._before(part, line))
        return found

    def _before(self, part: Part, line: Yield) -> Yield:
        kept = self.sorted.get((part, line.text))
        plain = line.into in ("note", "promise", "ask") and line.due is None
        return kept if kept is not None and plain else line

    def action_accept(self) -> None:
        """Ask what each line becomes; without any line, it is followed up as it is."""
        if not self.is_current:
            return
        try:
            lines = self.lines()
        except PlannerError as error:
            self.complain(error.message)
            return
        from plannertui.tui.dialogs.meet_sort import SortDialog

        self.query_one("#form-said", Static).remove_class("-on")
        dialog = SortDialog(self.planner, self.event, lines, self.sorted)

        def answered(said: str | None) -> None:
            if said is not None:
                self._over = True
                drafts.drop(self.planner.db, self.target)
                self.made = events.get(self.planner.db, self.event.id)
                self.dismiss(said)

        self.app.push_screen(dialog, answered)
