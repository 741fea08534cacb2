"""The command palette: every command by its name, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from plannertui.core.text import cell_width, fit, pad
from plannertui.i18n import gettext as _
from plannertui.tui import labels
from plannertui.tui.commands import Command, matching
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

LABEL_WIDTH = 24
KEY_WIDTH = 5
GAP = 2


def keys_of(command: Command) -> str:
    """The first two keys of ``command``, as they are shown."""
    return " ".join(command.keys[:2])


class Chosen(NamedTuple):
    """What was chosen: a command, or a theme by its name."""

    command: Command | None
    theme: str = ""


class Palette(Dialog[Chosen]):
    """A field and the commands that what is typed leads to.

    Themes are commands, too: "theme" lists them.
    """

    KEPT = True

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "down,ctrl+n",
            "move(1)",
            N_("next"),
            id="palette.down",
            tooltip=N_("Choose the next command."),
            show=False,
            priority=True,
        ),
        bind(
            "up,ctrl+p",
            "move(-1)",
            N_("before"),
            id="palette.up",
            tooltip=N_("Choose the command before."),
            show=False,
            priority=True,
        ),
    ]

    def __init__(self, commands: Sequence[Command], themes: Sequence[str]) -> None:
        super().__init__()
        self.commands = list(commands)
        self.themes = list(themes)
        self._listed: list[Chosen] = []
        widths = [cell_width(keys_of(each)) for each in self.commands]
        self._keys = max(KEY_WIDTH, *widths) + GAP if widths else KEY_WIDTH

    def compose(self) -> ComposeResult:
        """The field and the list."""
        with Vertical(classes="dialog wide", id="palette") as box:
            box.border_title = words(_("Commands"))
            box.border_subtitle = words(_("Enter does it   Esc back"))
            yield Input(placeholder=labels.hint(_("What do you want to do?")))
            yield OptionList(id="commands")
            yield Static(id="said", classes="muted")

    def on_mount(self) -> None:
        """List them all, and type at once."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self.call_after_refresh(self._list, "")

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """List what the words lead to."""
        self._list(event.value)

    def _list(self, query: str) -> None:
        listed = [Chosen(command) for command in matching(self.commands, query)]
        wanted = query.casefold().split()
        if wanted:
            texts = f"theme {_('theme')} colour color".casefold()
            listed += [
                Chosen(None, name)
                for name in self.themes
                if all(word in f"{texts} {name}" for word in wanted)
            ]
        self._listed = listed
        options = self.query_one(OptionList)
        width = max(30, options.size.width - 2)
        options.clear_options()
        options.add_options(Option(self._line(chosen, width)) for chosen in listed)
        if listed:
            options.highlighted = 0
        self.query_one("#said", Static).update(
            words("" if listed else _("No command of that name."))
        )

    def _line(self, chosen: Chosen, width: int) -> Content:
        command = chosen.command
        if command is None:
            return Content.assemble(
                (pad(_("theme"), LABEL_WIDTH), "$foreground"), (chosen.theme, "$muted")
            )
        keys = keys_of(command)
        room = max(0, width - LABEL_WIDTH - self._keys)
        gap = " " * max(1, self._keys - cell_width(keys))
        return Content.assemble(
            (pad(command.label, LABEL_WIDTH - 1) + " ", "$foreground"),
            (pad(fit(command.tooltip.rstrip(".。"), room), room), "$muted"),
            (gap + keys, "bold"),
        )

    def action_move(self, by: int) -> None:
        """Choose another command."""
        options = self.query_one(OptionList)
        if self._listed:
            here = options.highlighted or 0
            options.highlighted = (here + by) % len(self._listed)

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def run_it(self) -> None:
        """Take the chosen command."""
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._listed):
            self.dismiss(self._listed[at])
