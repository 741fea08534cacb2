"""Going to a day that is typed as one would say it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from plannertui.core.dates import parse_date
from plannertui.core.errors import UnreadableDate
from plannertui.core.words import day_kind_word
from plannertui.i18n import gettext as _
from plannertui.tui import labels
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.safety import words
from plannertui.tui.wording import long_day

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from plannertui.tui.planner import Planner


class GoTo(Dialog[date]):
    """One field for a day in either language; says at once what it understood."""

    KEPT = True

    def __init__(self, planner: Planner, day: date, moved: str = "") -> None:
        """``moved`` is the handle of what goes to the day, "" for oneself."""
        super().__init__()
        self.planner = planner
        self.day = day
        self.moved = moved
        self.read: date | None = None

    def compose(self) -> ComposeResult:
        """The field, and the reading of it."""
        with Vertical(classes="dialog narrow") as box:
            title = _("Go to a day")
            keys = _("Enter goes there   Esc back")
            if self.moved:
                title = _("Move {handle} to a day").format(handle=self.moved)
                keys = _("Enter moves it there   Esc back")
            box.border_title = words(title)
            yield Input(
                placeholder=labels.hint(
                    _("fri, last mon, 9-20, +2w, eom, 明天, 下周五")
                )
            )
            yield Static(self._say(""), id="reading")
            yield Static(words(keys), classes="keys")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    def _say(self, text: str) -> Content:
        """What ``text`` means, in words; remembered for Enter."""
        self.read = None
        if not text.strip():
            return Content.styled(
                _("Any day, in English or Chinese, or as 2024-09-20."), "$muted"
            )
        planner = self.planner
        try:
            self.read = parse_date(
                text, planner.today, year_start=planner.settings.year_start
            )
        except UnreadableDate:
            return Content.styled(_("Not a day yet."), "$muted")
        kind = day_kind_word(planner.calendar.kind(self.read))
        name = planner.calendar.name(self.read)
        away = (self.read - planner.today).days
        said = f" {planner.frame.dot} ".join(
            part
            for part in (
                kind if not name else _("{what}: {name}").format(what=kind, name=name),
                _("{days} days ahead").format(days=away)
                if away > 1
                else _("{days} days ago").format(days=-away)
                if away < -1
                else "",
            )
            if part
        )
        return Content.assemble(
            (f"{planner.frame.arrow} {long_day(self.read)}", "bold $here"),
            (f"   {said}", "$muted"),
        )

    @on(Input.Changed)
    def show_reading(self, event: Input.Changed) -> None:
        """Say what is understood so far."""
        self.query_one("#reading", Static).update(self._say(event.value))

    @on(Input.Submitted)
    def go(self, event: Input.Submitted) -> None:
        """Go there; what cannot be read stays in the field."""
        if not event.value.strip():
            self.dismiss(None)
        elif self.read is not None:
            self.dismiss(self.read)
        else:
            self.query_one("#reading", Static).update(
                Content.styled(_("This is not a day that can be read."), "$warning")
            )
