"""The calendar pane: the month over the agenda of the next two weeks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.containers import Vertical

from plannertui.i18n import gettext as _
from plannertui.store import items
from plannertui.tui.widgets.agenda import DAYS, OVERDUE_DAYS, Agenda
from plannertui.tui.widgets.days import shift_days
from plannertui.tui.widgets.grid import Marks
from plannertui.tui.widgets.month import Month

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize

    from plannertui.tui.planner import Planner


ROOMY = 24


class CalendarPane(Vertical):
    """The month of the selected day, which it tells by ``DayPicked``, and the agenda."""

    DEFAULT_CSS = """
    CalendarPane {
        Month { margin-bottom: 1; }
        Agenda { height: 1fr; }
    }
    """

    def __init__(
        self,
        planner: Planner,
        day: date,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.planner = planner
        self._day = day

    def compose(self) -> ComposeResult:
        """The month, and the agenda under it."""
        yield Month(self.planner, self._day, self._marks)
        yield Agenda(self.planner)

    def on_mount(self) -> None:
        """Fill the agenda."""
        self.border_title = _("Calendar")
        self._fill_agenda()

    def on_resize(self, event: Resize) -> None:
        """Leave the legend off where the agenda would have no room."""
        self.month.compact = self.size.height < ROOMY

    @property
    def month(self) -> Month:
        """The month."""
        return self.query_one(Month)

    @property
    def agenda(self) -> Agenda:
        """The agenda."""
        return self.query_one(Agenda)

    @property
    def day(self) -> date:
        """The selected day."""
        return self.month.day

    def show_day(self, day: date) -> None:
        """Select ``day`` without saying so."""
        self.month.day = day

    def reload(self) -> None:
        """Read counts and what is due again; only what differs is repainted."""
        self.month.reload()
        self._fill_agenda()

    def _marks(self, first: date, last: date) -> Marks:
        db = self.planner.db
        due: dict[date, int] = {}
        for item in items.due_between(db, first, last, events=False):
            due[item.day] = due.get(item.day, 0) + 1
        return Marks(items.counts(db, first, last), due)

    def _fill_agenda(self) -> None:
        today = self.planner.today
        found = items.due_between(
            self.planner.db,
            shift_days(today, -OVERDUE_DAYS),
            shift_days(today, DAYS - 1),
            self.planner.calendar,
            self.planner.zone,
        )
        late = [
            item
            for item in found
            if item.noun in ("matter", "milestone") and item.day < today
        ]
        coming = [item for item in found if item.day >= today or _lasts(item, today)]
        self.agenda.show(coming, late)


def _lasts(item: items.Item, today: date) -> bool:
    """Whether ``item`` is an event that began before ``today`` and is not over."""
    return item.noun == "event" and item.due is not None and item.due >= today
