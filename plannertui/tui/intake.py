"""What the shell captured while it had no key is filed by the screen that has it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from plannertui.store import inbox
from plannertui.tui.opening import OpensDialogs

if TYPE_CHECKING:
    from textual.app import App

    from plannertui.tui.planner import Planner

EVERY = 1.0
SHOWN = 10


class Intake:
    """Looks every second whether lines wait; one look at a file's size."""

    def __init__(self, app: App[Any], planner: Planner) -> None:
        self.app = app
        self.planner = planner
        self._failed: tuple[int, int] | None = None

    def begin(self) -> None:
        """Look from now on."""
        self.app.set_interval(EVERY, self.look)

    def look(self) -> None:
        """File what waits, show it, and say so; what failed is tried when there is more."""
        db = self.planner.db
        if db.key is None or not inbox.waits(db.path):
            return
        sign = _sign(db.path)
        if sign == self._failed:
            return
        # Whoever holds the inbox just now files it, or is done in a moment.
        filing = inbox.file_all(db, self.planner.now(), patience=0)
        if filing.busy:
            return
        self._failed = sign if filing.failed else None
        for said in filing.lines:
            self.app.notify(said, timeout=SHOWN)
        if filing.filed:
            look_again(self.app)


def look_again(app: App[Any]) -> None:
    """Let every screen read anew: what was written here is not seen by their own looks."""
    for screen in app.screen_stack:
        if isinstance(screen, OpensDialogs):
            screen.look_again()


def _sign(path: str) -> tuple[int, int] | None:
    """What changes whenever a line is added."""
    try:
        status = os.stat(inbox.inbox_path(path))
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
