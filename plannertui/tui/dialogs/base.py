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

    Put its content into one container with the class ``dialog``. ``KEPT`` says that what
    is typed here is kept as a draft, or not worth it.
    """

    KEPT: ClassVar[bool] = False
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
        bind(
            "ctrl+z",
            "app.suspend_process",
            N_("suspend"),
            id="dialog.suspend",
            tooltip=N_("Back to the shell; in a text of several lines it undoes."),
            show=False,
        ),
    ]

    def on_mount(self) -> None:
        """Keep still: a cursor that blinks sends bytes to the terminal for ever."""
        for field in self.query(Input):
            field.cursor_blink = False
        self._given = {field: field.value for field in self.query(Input)}

    @property
    def unkept(self) -> bool:
        """Whether something was typed that nothing would bring back."""
        if self.KEPT or not self.is_mounted:
            return False
        return any(
            field.value.strip() and field.value != self._given.get(field, "")
            for field in self.query(Input)
        )

    def action_leave(self) -> None:
        """Go back without a result."""
        self.dismiss(None)
