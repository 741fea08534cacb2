"""Help for where one is: the keys that work here, those that work everywhere, marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from plannertui.core.text import cell_width, pad
from plannertui.i18n import gettext as _
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.tui.commands import Command


KEY_WIDTH = 16


def key_lines(commands: Sequence[Command]) -> list[Content]:
    """One line for each command: its keys, and what it does."""
    keys = ["  ".join(command.keys) for command in commands]
    width = KEY_WIDTH
    return [
        Content.assemble(
            (pad(text, width) if cell_width(text) <= width else text, "bold"),
            ("  " + command.tooltip.rstrip(".。"), "$muted"),
        )
        for text, command in zip(keys, commands, strict=True)
    ]


def mark_lines() -> list[Content]:
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
    return [
        Content.assemble((pad(mark, KEY_WIDTH + 2), "bold"), (f"{text}", "$muted"))
        for mark, text in said
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

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self.commands = commands

    def compose(self) -> ComposeResult:
        """Three short lists, one under the other; they scroll."""
        here = [command for command in self.commands if not command.everywhere]
        everywhere = [command for command in self.commands if command.everywhere]
        with VerticalScroll(classes="dialog wide", id="help") as box:
            box.border_title = words(_("Help"))
            box.border_subtitle = words(_("Esc back"))
            if here:
                yield Static(words(_("Here"), "bold $here"))
                yield Static(Content("\n").join(key_lines(here)), classes="list")
            yield Static(words(_("Everywhere"), "bold $here"))
            yield Static(Content("\n").join(key_lines(everywhere)), classes="list")
            yield Static(words(_("Marks of the capture line"), "bold $here"))
            yield Static(Content("\n").join(mark_lines()), classes="list")

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one("#help").focus()
