"""The backup that is due while the screen is open: made in a thread, told if it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.errors import PlannerError
from plannertui.i18n import gettext as _
from plannertui.store import tended
from plannertui.tui.status import StatusLine

if TYPE_CHECKING:
    from textual.screen import Screen

    from plannertui.tui.planner import Planner

EVERY = 600


class Tending:
    """Looks every few minutes whether a backup is due, and has it made."""

    def __init__(self, screen: Screen[Any], planner: Planner) -> None:
        self.screen = screen
        self.planner = planner

    def begin(self) -> None:
        """Look now, and from now on."""
        self.look()
        self.screen.set_interval(EVERY, self.look)

    def look(self) -> None:
        """Make a backup if one is due."""
        planner = self.planner
        if planner.demo:
            return
        try:
            if not tended.due(planner.db, planner.now(), planner.settings.backup_hours):
                return
        except PlannerError:
            # The store is busy or away for a moment; there is a next time.
            return
        self.screen.run_worker(
            self._make,
            thread=True,
            exclusive=True,
            group="backup",
            exit_on_error=False,
        )

    def _make(self) -> None:
        from plannertui.store import backups

        planner, said = self.planner, ""
        settings = planner.settings
        try:
            with planner.beside() as db:
                backups.tend(
                    db, planner.now(), settings.backup_hours, settings.backup_dirs
                )
        except (PlannerError, OSError) as error:
            said = _("No backup was made: {reason}").format(reason=error)
        self.screen.app.call_from_thread(self._made, said)

    def _made(self, said: str) -> None:
        if said:
            self.screen.app.notify(said, severity="warning", timeout=10)
        for screen in self.screen.app.screen_stack:
            for status in screen.query(StatusLine):
                status.reload()
