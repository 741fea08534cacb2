"""Help for where one is: the keys that work here, those that work everywhere, marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.widgets import Static

from plannertui.i18n import gettext as _
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import words
from plannertui.tui.widgets.glossary import Glossary, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.tui.commands import Command
    from plannertui.tui.themes import Frame


def key_rows(commands: Sequence[Command]) -> list[Row]:
    """A row for each command: its keys, what it does, its id for config.toml."""
    return [
        Row("  ".join(command.keys), command.tooltip.rstrip(".。"), command.id)
        for command in commands
    ]


def mark_rows() -> list[Row]:
    """The marks of the capture line and what they make."""
    said = (
        ("+", _("a win: something that worked, with a fact in it")),
        (">", _("a promise that you owe: @whom and ^when")),
        ("<", _("something you wait for from somebody")),
        ("?", _("something to ask at the next one-on-one")),
        ("!", _("a warning: something your leader should hear early")),
        ("~", _("a grey matter: not clearly official, not clearly private")),
        ("*", _("a lesson")),
        ("@", _("who or what it is about: @director, @G2")),
        ("#", _("a tag of your own: #forms")),
        ("^", _("a day, at the end: ^fri, ^9-20, ^明天")),
        ("n:", _("adds to the measure of the goal: n:3")),
    )
    return [Row(mark, text) for mark, text in said]


def sign_rows(frame: Frame) -> list[Row]:
    """The signs of the calendar and of the goals' bars."""
    return [
        Row(frame.due, _("in the calendar: a promise or milestone is due")),
        Row(frame.holiday, _("in the calendar: a holiday")),
        Row(frame.makeup, _("in the calendar: a day to make up for a holiday")),
        Row(frame.time, _("in a bar: how much of the goal's time is gone")),
        Row(
            _("behind 11"),
            _("what is done lags 11 points of 100 behind the time that is gone"),
        ),
    ]


class Help(Dialog[None]):
    """The keys of where one was when it was asked for, as they are bound now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "question_mark,fullwidth_question_mark,q,enter",
            "leave",
            N_("back"),
            id="help.leave",
            tooltip=N_("Go back."),
            show=False,
        ),
    ]

    def __init__(
        self, commands: Sequence[Command], frame: Frame, *, place: bool = True
    ) -> None:
        super().__init__()
        self.commands = commands
        self.frame = frame
        self.place = place

    def compose(self) -> ComposeResult:
        """Short lists, one under the other; they scroll.

        Without a ``place`` all keys are those of the dialog one is in.
        """
        here = [c for c in self.commands if not (self.place and c.everywhere)]
        # What a place does comes before how one moves in any list.
        here.sort(key=lambda command: command.id.startswith("rows."))
        everywhere = [c for c in self.commands if self.place and c.everywhere]
        with VerticalScroll(classes="dialog wide", id="help") as box:
            box.border_title = words(_("Help"))
            box.border_subtitle = words(_("Esc back"))
            yield Static(words(_("On the right: the id for [keys] in config.toml.")))
            for title, rows in (
                (_("Here"), key_rows(here)),
                (_("Everywhere"), key_rows(everywhere)),
                (_("Marks of the capture line"), mark_rows()),
                (_("Signs"), sign_rows(self.frame)),
            ):
                if rows:
                    yield Static(words(title, "bold $here"), classes="title")
                    yield Glossary(rows)

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one("#help").focus()
