"""What every part of the screen shares: the store, the settings and the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.day import day_of
from plannertui.tui.themes import Frame, frame_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from plannertui.core.duewords import Due
    from plannertui.core.things import Thing
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.open import Store
    from plannertui.store.settings import Settings


class Planner:
    """The store, settings, working calendar and clock, given to every constructor.

    Whatever holds text that is not saved yet registers a function with ``keep``; it is
    called by ``flush_drafts`` when the program is about to be interrupted, and raises
    where it fails. ``unkept`` is why the last of them failed, None where all is kept.
    """

    def __init__(
        self,
        db: Store,
        settings: Settings,
        calendar: WorkCalendar,
        now: Callable[[], datetime],
        *,
        language: str = "en",
        demo: bool = False,
        zone: str = "",
    ) -> None:
        self.db = db
        self.settings = settings
        self.calendar = calendar
        self.now = now
        self.language = language
        self.demo = demo
        # The name of the zone one is in: events of other zones are shown as it is here.
        self.zone = zone
        # What the screen reminds of just now.
        self.reminded: list[Due] = []
        self.frame: Frame = frame_for(settings.frame, settings.ambiguous)
        self._others: tuple[tuple[str, WorkCalendar], ...] | None = None
        self._flushers: list[Callable[[], object]] = []
        self.unkept: Exception | None = None

    @property
    def today(self) -> date:
        """The local day, which ends at the day start of the settings."""
        return day_of(self.now(), self.settings.day_start)

    @property
    def others(self) -> tuple[tuple[str, WorkCalendar], ...]:
        """The calendars of other countries that are shown beside, by their codes."""
        if self._others is None:
            from plannertui.store.calendar import others

            self._others = others(self.db, self.settings, self.language, self.today)
        return self._others

    def things(self, first: date, last: date) -> list[Thing]:
        """What is on the calendar from ``first`` to ``last``, read here and now."""
        from plannertui.store import onview

        return onview.things(
            self.db,
            first,
            last,
            calendar=self.calendar,
            zone=self.zone,
            today=self.today,
        )

    def catch_up(self) -> bool:
        """Read the calendar again where it is that of an earlier month; True if so."""
        from plannertui.store.calendar import is_stale

        stale = is_stale(self.db, self.settings, self.language, self.today)
        if stale:
            self.refresh_calendar()
        return stale

    def refresh_calendar(self) -> None:
        """Read the working calendar again, after leave or the settings changed."""
        from plannertui.store.calendar import work_calendar

        self.calendar = work_calendar(self.db, self.settings, self.language, self.today)
        self._others = None

    def keep(self, flush: Callable[[], object]) -> None:
        """Call ``flush`` before the program is interrupted."""
        self._flushers.append(flush)

    def let_go(self, flush: Callable[[], object]) -> None:
        """Call ``flush`` no longer."""
        if flush in self._flushers:
            self._flushers.remove(flush)

    def flush_drafts(self) -> bool:
        """Put every text that is not saved into its draft; False when one could not be.

        One that fails never keeps the others from being saved.
        """
        self.unkept = None
        for flush in tuple(self._flushers):
            try:
                flush()
            except Exception as error:
                self.unkept = error
        return self.unkept is None
