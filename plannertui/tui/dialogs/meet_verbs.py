"""What can be done to a one-on-one from a key: each verb and its dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.i18n import gettext as _
from plannertui.store import agendas, meetings
from plannertui.tui import labels
from plannertui.tui.safety import say, telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from plannertui.core.events import Event
    from plannertui.tui.dialogs.base import Dialog
    from plannertui.tui.planner import Planner
    from plannertui.tui.screens.base import WorkScreen

    Told = Callable[[str, Event | None], None]


class MeetVerbs:
    """The verbs, for the keys of ``owner``; ``told`` gets the line about each change."""

    def __init__(self, owner: WorkScreen, planner: Planner, told: Told) -> None:
        self.owner = owner
        self.planner = planner
        self.told = told

    def ask(self, dialog: Dialog[str]) -> None:
        """Open ``dialog``; its result is what to say about a change, None is none."""

        def answered(said: str | None) -> None:
            if said is not None:
                self.told(said, getattr(dialog, "made", None))

        self.owner.app.push_screen(dialog, answered)

    def add(self, near: Event | None) -> None:
        """Add a talk, or a series of them."""
        from plannertui.tui.dialogs.meet_form import TalkForm

        self.ask(TalkForm(self.planner, None, near))

    def move(self, event: Event) -> None:
        """Another day, time or rhythm."""
        if self._is_ahead(event):
            from plannertui.tui.dialogs.meet_form import TalkForm

            self.ask(TalkForm(self.planner, event))

    def want(self, event: Event) -> None:
        """The decision wanted."""
        if self._is_ahead(event):
            from plannertui.tui.dialogs.meet_form import WantDialog

            self.ask(WantDialog(self.planner, event))

    def item(self, event: Event) -> None:
        """An item more."""
        self.edit_item(event, 0)

    def edit_item(self, event: Event, place: int) -> None:
        """Change the item at ``place``, or add one."""
        if event.state == "cancelled":
            self._is_ahead(event)
            return
        from plannertui.tui.dialogs.meet_form import ItemDialog

        items = agendas.agenda(self.planner.db, event, self.planner.today)
        item = items[place - 1] if 0 < place <= len(items) else None
        self.ask(ItemDialog(self.planner, event, item, place if item else 0))

    def hold(self, event: Event) -> None:
        """It took place; what came of it is asked at once."""
        planner = self.planner
        with telling(self.owner) as outcome:
            made = meetings.hold(
                planner.db, event, planner.today, planner.now(), planner.calendar
            )
        if not outcome.failed:
            self.told("", made)
            self.follow_up(made)

    def follow_up(self, event: Event) -> None:
        """Heard, promised, assumed."""
        if event.state == "cancelled" or (
            event.state in meetings.AHEAD and event.starts_on > self.planner.today
        ):
            day = labels.day_words(event.starts_on, self.planner.today)
            said = _("It has not been held: {day}.").format(day=day)
            say(self.owner, said, "error")
            return
        from plannertui.tui.dialogs.meet_follow import FollowUpDialog

        self.ask(FollowUpDialog(self.planner, event))

    def cancel(self, event: Event) -> None:
        """Ask, and say that it does not take place."""
        if not self._is_ahead(event):
            return
        from plannertui.tui.dialogs.confirm import Confirm

        planner = self.planner
        day = labels.day_words(event.starts_on, planner.today)

        def answered(yes: bool | None) -> None:
            if yes:
                with telling(self.owner):
                    made = meetings.cancel(
                        planner.db,
                        event,
                        planner.today,
                        planner.now(),
                        planner.calendar,
                    )
                    said = _("Cancelled: {day}. Its agenda goes on to the next one.")
                    self.told(said.format(day=day), made)

        question = _("Cancel the one-on-one of {day}?").format(day=day)
        detail = _("What is on its agenda is carried over to the next one.")
        self.owner.app.push_screen(Confirm(question, detail=detail), answered)

    def brief(self, event: Event) -> None:
        """The page to take along."""
        # The next of a series is no row until it is prepared: its person stands for it.
        subject = event.id or (event.people[0].id if event.people else 0)
        if not subject:
            said = _("Nothing is prepared for it yet: i adds an item, d the decision.")
            say(self.owner, said)
            return
        self.owner.visit_screen("report", subject)

    def _is_ahead(self, event: Event) -> bool:
        """Whether ``event`` is still to be held; where it is not, that is told."""
        if event.state in meetings.AHEAD:
            return True
        said = _("That talk is over. Choose one that is still to come.")
        say(self.owner, said, "error")
        return False
