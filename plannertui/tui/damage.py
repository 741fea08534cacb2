"""Looking over the store's pages while the screen is used, and telling of damage once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from plannertui.store import damage
from plannertui.tui.messages import Changed

if TYPE_CHECKING:
    from textual.screen import Screen

    from plannertui.store.key import Key
    from plannertui.tui.planner import Planner

AFTER = 4.0
EVERY = 1.0
SHOWN = 30


class Watch:
    """Checks the pages in a thread, on a connection of its own, some seconds after start.

    It stops with the program, also in the middle of a large store. What is found is told
    on the screen, and from then on the store is only read.
    """

    def __init__(self, screen: Screen[Any], planner: Planner) -> None:
        self.screen = screen
        self.planner = planner
        self.found: str | None = None
        self._told = planner.db.damaged

    def begin(self) -> None:
        """Begin once everything else of starting is done."""
        self.screen.set_interval(EVERY, self.tell)
        if not (self.planner.demo or self.planner.db.readonly):
            self.screen.set_timer(AFTER, self.check)

    def check(self) -> threading.Thread:
        """Look over the pages now, in a thread that nobody waits for."""
        db = self.planner.db
        thread = threading.Thread(
            target=self._look, args=(db.path, db.key), name="pages", daemon=True
        )
        thread.start()
        return thread

    def _look(self, path: str, key: Key | None) -> None:
        self.found = damage.look(path, key, lambda: not self.screen.is_running)

    def tell(self) -> None:
        """Take up what the check, or anybody else, has met."""
        db = self.planner.db
        if self.found and not db.damaged and not db.depth:
            damage.turn(db, self.found)
            self.found = ""
        if db.damaged and not self._told:
            self._told = True
            self.screen.app.notify(db.notice, severity="error", timeout=SHOWN)
            self.screen.post_message(Changed())
