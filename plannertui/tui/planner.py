"""What every part of the screen shares: the store, the settings and the clock."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from plannertui.core.day import day_of
from plannertui.tui.themes import Frame, frame_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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
        # The keys of what it has reminded of, once each.
        self.told: set[str] = set()
        self.frame: Frame = frame_for(settings.frame, settings.ambiguous)
        self._others: tuple[tuple[str, WorkCalendar], ...] | None = None
        self._flushers: list[Callable[[], object]] = []
        self.unkept: Exception | None = None
        self._beside: set[Store] = set()

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

    @contextmanager
    def beside(self) -> Iterator[Store]:
        """A connection of its own for a thread; it ends when the store is locked."""
        from plannertui.store.open import open_store

        db = self.db
        own = open_store(db.path, now=self.now(), create=False, key=db.key)
        self._beside.add(own)
        try:
            yield own
        finally:
            self._beside.discard(own)
            own.close()

    def interrupt(self) -> bool:
        """Break off what reads on connections of its own; whether there is none."""
        from plannertui.store.shut import interrupt

        for own in tuple(self._beside):
            interrupt(own)
        return not self._beside

    def keep(self, flush: Callable[[], object]) -> None:
        """Call ``flush`` before the program is interrupted."""
        self._flushers.append(flush)

    def let_go(self, flush: Callable[[], object]) -> None:
        """Call ``flush`` no longer."""
        if flush in self._flushers:
            self._flushers.remove(flush)

    def forget(self) -> None:
        """Let go of the texts that were read from the store."""
        self.reminded, self._others = [], None
        self._flushers.clear()

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


def first_calendar(db: Store, settings: Settings, today: date) -> WorkCalendar:
    """The working days; of a store that is locked still, there are only weekdays."""
    from plannertui import i18n
    from plannertui.store.calendar import work_calendar
    from plannertui.store.shut import Shut

    if isinstance(db.conn, Shut):
        from plannertui.core.workdays import WorkCalendar, build_year

        return WorkCalendar(lambda year: build_year("", year))
    return work_calendar(db, settings, i18n.language(), today, fresh=False)
