"""A dialog of labelled fields: Enter or Ctrl+S accepts, Esc cancels."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static

from plannertui.core.dates import parse_date
from plannertui.core.errors import NotFound, PlannerError
from plannertui.core.matter_words import away
from plannertui.i18n import gettext as _
from plannertui.store import refs
from plannertui.tui import labels
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.editor import Editor
from plannertui.tui.keys import N_, bind
from plannertui.tui.pasting import ask_about_paste
from plannertui.tui.safety import words
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from plannertui.tui.planner import Planner

R = TypeVar("R")


GAP = " " * 3
"""What stands between two keys in the line about them."""


class Form(Dialog[R], Generic[R]):
    """Fields under a title; a subclass yields them in ``fields`` and reads ``collect``.

    What ``collect`` raises is said in the dialog, and everything typed stays.
    """

    AUTO_FOCUS = "Input"
    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "ctrl+s",
            "accept",
            N_("save"),
            id="form.accept",
            tooltip=N_("Do it, and close."),
        ),
    ]

    def __init__(self, planner: Planner, title: str) -> None:
        super().__init__()
        self.planner = planner
        self.heading = title

    def compose(self) -> ComposeResult:
        """The box."""
        with VerticalScroll(id="form", classes="dialog", can_focus=False) as box:
            box.border_title = words(self.heading)
            yield from self.fields()
            yield Static(id="form-said", markup=False)
            yield Static(self.keys(), classes="keys", markup=False)

    def on_mount(self) -> None:
        """Say the keys where one sees them."""
        self.watch(self.query_one("#form"), "show_vertical_scrollbar", self._say_keys)

    def _say_keys(self, scrolls: bool) -> None:
        """On the frame too while the line about the keys may be scrolled out of sight."""
        box = self.query_one("#form")
        said = self.keys()
        parts = said.split(GAP)
        if cell_len(said) > box.size.width - 2 and len(parts) > 2:
            # The first and the last are what one cannot do without.
            said = GAP.join((parts[0], parts[-1]))
        box.border_subtitle = words(said) if scrolls else ""

    def fields(self) -> Iterable[Widget]:
        """The rows."""
        raise NotImplementedError

    def collect(self) -> R:
        """Do what was asked and give what the opener wants to know."""
        raise NotImplementedError

    def keys(self) -> str:
        """The line about the keys."""
        return _("Enter or Ctrl+S saves   Tab next field   Esc cancels")

    # Parts

    def row(self, label: str, *fields: Widget, id: str | None = None) -> Horizontal:
        """A label and its field or fields."""
        return Horizontal(
            Static(label, classes="form-label", markup=False),
            *fields,
            classes="form-row",
            id=id,
        )

    def line(self, id: str, value: str = "", hint: str = "") -> Input:
        """A field of one line."""
        field = Input(value, id=id, compact=True, select_on_focus=False)
        field.placeholder = labels.hint(hint)
        return field

    def day_row(
        self, id: str, label: str, day: date | None, *, past: bool = False
    ) -> Horizontal:
        """A field for a day, with what it is read as beside it; ``past`` looks back."""
        hint = _("fri, 3d ago") if past else _("fri, +3d, 9-20")
        field = self.line(id, day.isoformat() if day else "", hint)
        field.add_class("date")
        field.set_class(past, "past")
        about = Static(classes="form-about", id=f"{id}-about", markup=False)
        return self.row(label, field, about)

    def value(self, id: str) -> str:
        """What stands in a field of one line."""
        return self.query_one(f"#{id}", Input).value.strip()

    def chosen(self, id: str) -> str:
        """What is chosen."""
        return self.query_one(f"#{id}", Choice).value

    def day(self, id: str) -> date | None:
        """The day of a field, None for an empty one; raises UnreadableDate."""
        text = self.value(id)
        if not text:
            return None
        return parse_date(
            text,
            self.planner.today,
            past=self.query_one(f"#{id}").has_class("past"),
            year_start=self.planner.settings.year_start,
        )

    def named(self, id: str, *nouns: str) -> list[int]:
        """The ids of the handles and aliases of a field; raises NotFound."""
        found = []
        for name in self.value(id).replace(",", " ").replace("，", " ").split():
            match = refs.resolve(self.planner.db, name.lstrip("@#＠＃"))
            if match is None or (nouns and match[3] not in nouns):
                message = _(
                    'There is no "{name}" here. Try a handle such as {example}.'
                )
                example = "L1" if nouns == ("person",) else "G1"
                raise NotFound(message.format(name=name, example=example))
            found.append(match[0])
        return found

    def tags(self, id: str) -> list[str]:
        """The tags of a field, without their marks."""
        words = self.value(id).replace(",", " ").replace("，", " ").split()
        return [word.lstrip("#＃") for word in words if word.lstrip("#＃")]

    # Behaviour

    @on(Input.Changed, ".date")
    def read_day(self, event: Input.Changed) -> None:
        """Say what the typed day is read as."""
        about = self.query_one(f"#{event.input.id}-about", Static)
        try:
            day = self.day(str(event.input.id))
        except PlannerError:
            about.update(_("not a date yet"))
            about.add_class("-wrong")
            return
        about.remove_class("-wrong")
        past = event.input.has_class("past")
        about.update(self._said(day, past=past) if day is not None else "")

    def _said(self, day: date, *, past: bool) -> str:
        """ "Fri 20 Sep · in 3 workdays"."""
        today, calendar = self.planner.today, self.planner.calendar
        words = labels.day_words(day, today)
        dot = self.planner.frame.dot
        if day > today and (day - today).days < 400:
            words += f" {dot} {away(day, today, calendar)}"
        elif day < today and not past:
            words += f" {dot} " + _("gone by")
        if not calendar.is_workday(day):
            words += f" {dot} " + (calendar.name(day) or _("day off"))
        return words

    def complain(self, message: str) -> None:
        """Say why it cannot be done; everything typed stays."""
        said = self.query_one("#form-said", Static)
        said.update(message)
        said.add_class("-on")
        said.scroll_visible(animate=False)

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Enter in a line accepts."""
        self.action_accept()

    @on(Editor.SaveAsked)
    def save_asked(self, event: Editor.SaveAsked) -> None:
        """Ctrl+S in the text accepts."""
        event.stop()
        self.action_accept()

    @on(Editor.Left)
    def editor_left(self, event: Editor.Left) -> None:
        """Esc in the text cancels; its draft stays."""
        event.stop()
        if event.by_key:
            self.action_leave()

    @on(Editor.PasteAsked)
    def paste_asked(self, event: Editor.PasteAsked) -> None:
        """Ask about a paste that is too much."""
        event.stop()
        today = self.planner.today
        self.run_worker(
            ask_about_paste(self, self.planner, event.editor, event.text, today)
        )

    def action_accept(self) -> None:
        """Do it, or say why not."""
        if not self.is_current:
            return
        try:
            result = self.collect()
        except PlannerError as error:
            self.complain(error.message)
            return
        self.dismiss(result)
