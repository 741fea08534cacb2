"""The terminal's clipboard, which other programs can read: used only when asked for."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App


def hand_over(app: App[Any], text: str) -> bool:
    """Give ``text`` to the terminal's clipboard (OSC 52); whether there is a terminal."""
    driver = app._driver
    if driver is None:
        return False
    driver.write(f"\x1b]52;c;{b64encode(text.encode()).decode()}\a")
    return True
