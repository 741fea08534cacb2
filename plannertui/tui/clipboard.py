"""The terminal's clipboard, which other programs can read: used only when asked for."""

from __future__ import annotations

import os
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from plannertui.i18n import gettext as _
from plannertui.tui.safety import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App
    from textual.widget import Widget


def over_ssh(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is on another machine, as far as the surroundings tell."""
    return any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))


def give(widget: Widget, text: str) -> None:
    """Give ``text`` to the terminal's clipboard, and say so; over SSH ask first."""
    if over_ssh(os.environ):
        widget.run_worker(_ask(widget, text), exclusive=True, group="clipboard")
    else:
        _give(widget, text)


async def _ask(widget: Widget, text: str) -> None:
    from plannertui.tui.dialogs.confirm import Confirm

    question = Confirm(
        _("This goes over SSH to the clipboard of the machine you sit at. Go on?"),
        detail=_("Every program there can read it, and some keep what was copied."),
    )
    if await widget.app.push_screen_wait(question):
        _give(widget, text)


def _give(widget: Widget, text: str) -> None:
    if hand_over(widget.app, text):
        say(widget, _("Given to the terminal's clipboard: other programs can read it."))


def hand_over(app: App[Any], text: str) -> bool:
    """Give ``text`` to the terminal's clipboard (OSC 52); whether there is a terminal."""
    driver = app._driver
    if driver is None:
        return False
    driver.write(f"\x1b]52;c;{b64encode(text.encode()).decode()}\a")
    return True
