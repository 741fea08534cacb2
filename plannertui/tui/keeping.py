"""What is kept of a text that is being written, and the word for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from plannertui.core.errors import PlannerError

State = Literal["empty", "saved", "draft", "unsaved", "elsewhere", "too_long"]


def word_for(state: State, saved_at: str, error: PlannerError | None) -> str:
    """One word or line for ``state``; ``saved_at`` is "HH:MM", ``error`` why not."""
    if state == "unsaved" and error is not None:
        return _("not saved: {why}").format(why=error.message)
    if state == "saved":
        return _("saved {time}").format(time=saved_at) if saved_at else _("saved")
    return {
        "draft": _("draft"),
        "unsaved": _("not saved yet"),
        "elsewhere": _("open in another window; Ctrl+S takes it over"),
        "too_long": _("too long to edit here: use ptui edit, it opens your own editor"),
    }.get(state, "")
