"""Garbage is collected while nobody types.

Looking through everything that has been made since the start takes 20 ms and more, and
Python does so in the middle of whatever happens to need memory: a letter, Esc.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

IDLE_SECONDS = 5.0
YOUNG = 2_000
"""Objects after which the newest are looked through, which takes less than 1 ms."""
SELDOM = (10, 1_000)
"""How many such looks make a longer one, and those a whole one, in case nobody rests."""


class Tidying:
    """Collects what is left over when no key came for some seconds."""

    def __init__(self) -> None:
        self.stirred = False
        self._due = False

    def begin(self, app: App[None]) -> None:
        """Leave what is there at the start alone, and look after the rest from now on."""
        gc.freeze()
        gc.set_threshold(YOUNG, *SELDOM)
        gc.enable()
        app.set_interval(IDLE_SECONDS, self.look)

    def look(self) -> None:
        """Collect once after keys, as soon as there were none since the last look."""
        if self.stirred:
            self.stirred, self._due = False, True
        elif self._due:
            self._due = False
            gc.collect()
