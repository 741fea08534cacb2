"""What every dialog has: a frame in the middle, Esc to leave, Tab between fields."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

from plannertui.tui.keys import N_, bind

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None], Generic[Result], inherit_bindings=False):
    """A dialog over the main screen. Esc dismisses it with None.

    Put its content into one container with the class ``dialog``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "escape",
            "leave",
            N_("back"),
            id="dialog.leave",
            tooltip=N_("Go back; nothing is changed."),
        ),
        bind(
            "tab",
            "app.focus_next",
            N_("next field"),
            id="dialog.next",
            tooltip=N_("Go to the next field."),
            show=False,
        ),
        bind(
            "shift+tab",
            "app.focus_previous",
            N_("field before"),
            id="dialog.previous",
            tooltip=N_("Go to the field before."),
            show=False,
        ),
    ]

    def on_mount(self) -> None:
        """Keep still: a cursor that blinks sends bytes to the terminal for ever."""
        for field in self.query(Input):
            field.cursor_blink = False

    def action_leave(self) -> None:
        """Go back without a result."""
        self.dismiss(None)
