"""The terminal before the screen begins, and what is said when it ends by a fault."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from plannertui.core.errors import PlannerError, Usage
from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.driver import Driver

DEAF_TERMINALS = ("", "dumb", "unknown")


def check_terminal(environ: Mapping[str, str]) -> None:
    """Refuse a terminal that cannot show the screen."""
    term = environ.get("TERM", "")
    if term.lower() in DEAF_TERMINALS and sys.platform != "win32":
        raise Usage(
            _(
                "This terminal cannot show the screen (TERM={term}). The shell verbs "
                "work: ptui today, ptui add. See: ptui --help"
            ).format(term=term or '""')
        )


def driver_class() -> type[Driver] | None:
    """Our own driver where there are POSIX terminals; None lets Textual choose."""
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from plannertui.tui.driver import QuietDriver

    return QuietDriver


def fault_line(error: BaseException | None, kept: bool) -> str:
    """One line about ``error``: its kind and place, never its words or values."""
    if isinstance(error, PlannerError):
        return error.message
    place = ""
    trace = error.__traceback__ if error is not None else None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if f"{os.sep}plannertui{os.sep}" in name or not place:
            short = name.rpartition(f"{os.sep}plannertui{os.sep}")[2]
            place = f"{short}:{trace.tb_lineno}"
        trace = trace.tb_next
    text = (
        _("plannertui stopped by a fault: {kind} ({place}). What you typed is kept.")
        if kept
        else _("plannertui stopped by a fault: {kind} ({place}).")
    )
    return text.format(kind=type(error).__name__, place=place or "?")
