"""What can be done to a thing of the calendar: moved, opened, done, put away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from plannertui.core.daywords import shift_days
from plannertui.core.things import TO_PEOPLE
from plannertui.i18n import gettext as _
from plannertui.store import (
    arranging,
    events,
    goals,
    matters,
    occurrences,
    trash,
)
from plannertui.tui import labels
from plannertui.tui.dialogs.leaving_out import taken_words
from plannertui.tui.messages import Changed, EventAsked, ItemPicked
from plannertui.tui.panes.matters_verbs import MatterVerbs
from plannertui.tui.safety import say, telling
from plannertui.tui.screens.base import WorkScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from plannertui.core.events import Event
    from plannertui.core.things import Thing
    from plannertui.tui.dialogs.which import Which
    from plannertui.tui.panes.view import ViewPane
    from plannertui.tui.planner import Planner


class ViewVerbs:
    """Verbs on the thing one is on; every one can be taken back."""

    def __init__(self, pane: ViewPane, planner: Planner) -> None:
        self.pane = pane
        self.planner = planner
        self.matters = MatterVerbs(pane, planner, self._changed)

    def _changed(self, said: str) -> None:
        self.pane.post_message(Changed(said))

    def _need(self) -> Thing | None:
        """The thing one is on; a word where there is none."""
        thing = self.pane.thing
        if thing is None:
            said = _("Tab goes to what is on; then it can be moved.")
            say(self.pane, said)
        elif thing.computed:
            # It becomes a row in its own place, with its agenda.
            say(self.pane, _("This talk is not prepared yet: Enter leads to it."))
            return None
        return thing

    # -- moving ------------------------------------------------------------------------

    def move(self, days: int) -> None:
        """Move the thing by days."""
        thing = self._need()
        if thing is not None:
            self._move(thing, days)

    def move_to(self) -> None:
        """Move the thing to a day that is typed."""
        thing = self._need()
        if thing is None:
            return
        if thing.noun == "matter":
            with telling(self.pane):
                self.matters.move(matters.get(self.planner.db, thing.id))
            return
        from plannertui.tui.dialogs.goto import GoTo

        def left(day: date | None) -> None:
            if day is not None and day != thing.first:
                self._move(thing, (day - thing.first).days)

        self.pane.app.push_screen(GoTo(self.planner, thing.first, thing.handle), left)

    def _move(self, thing: Thing, days: int) -> None:
        to = shift_days(thing.first, days)
        if thing.noun == "event":
            self._move_event(thing, days)
        elif thing.noun == "milestone":
            self._move_milestone(thing, to)
        elif thing.kind in TO_PEOPLE:
            self._ask_told(thing, to)
        else:
            with telling(self.pane) as outcome:
                matter = matters.get(self.planner.db, thing.id)
                matters.move(self.planner.db, matter, to, None, self.planner.now())
            if not outcome.failed:
                self._moved(thing, to)

    def _move_event(self, thing: Thing, days: int) -> None:
        """Move an event; of what repeats ask which occurrences."""
        if not thing.repeats:
            self._shift(thing, days, "one")
            return
        to = labels.day_words(shift_days(thing.first, days), self.planner.today)
        question = _("Move {handle} to {day}?").format(handle=thing.handle, day=to)
        self._ask_which(question, thing, lambda which: self._shift(thing, days, which))

    def _shift(self, thing: Thing, days: int, which: Which) -> None:
        """Move the occurrences that are meant, or what does not repeat."""
        db, now, calendar = self.planner.db, self.planner.now(), self.planner.calendar
        by = timedelta(days)
        with telling(self.pane) as outcome:
            event = self._event(thing)
            starts = event.starts_on + by
            if not thing.repeats:
                ends = event.ends_on + by
                made = events.edit(db, event, now, starts_on=starts, ends_on=ends)
            else:
                leap = self.planner.settings.leap_day
                changes = {"starts_on": starts}
                today = self.planner.today
                made = arranging.change(
                    db, event, which, changes, today, now, calendar, leap
                )
        if not outcome.failed:
            self._moved(thing, shift_days(thing.first, days), made)

    def _event(self, thing: Thing) -> Event:
        """The event, or the occurrence of what repeats."""
        db = self.planner.db
        event = events.get(db, thing.id)
        if thing.slot is None:
            return event
        return occurrences.on_day(db, event, thing.slot, self.planner.calendar)

    def _ask_which(
        self, question: str, thing: Thing, then: Callable[[Which], None]
    ) -> None:
        from plannertui.tui.dialogs.which import WhichDialog

        def left(which: Which | None) -> None:
            if which is not None:
                then(which)

        self.pane.app.push_screen(WhichDialog(question, detail=thing.title), left)

    def _move_milestone(self, thing: Thing, to: date) -> None:
        db, now = self.planner.db, self.planner.now()
        with telling(self.pane) as outcome:
            goal = goals.get(db, thing.handle.partition(".")[0])
            title = next(m.title for m in goal.milestones if m.id == thing.id)
            goals.edit_milestone(db, goal, thing.id, now, title=title, due=to)
        if not outcome.failed:
            self._moved(thing, to)

    def _ask_told(self, thing: Thing, to: date) -> None:
        """A promise moves once it is said whether the other side knows."""
        from plannertui.tui.dialogs.move import MoveDialog

        with telling(self.pane) as outcome:
            matter = matters.get(self.planner.db, thing.id)
        if outcome.failed:
            return

        def left(said: str | None) -> None:
            if said is not None:
                due = matters.get(self.planner.db, thing.id).due
                self.pane.go_to(due or to, thing.key)
                self._changed(said)

        self.pane.app.push_screen(MoveDialog(self.planner, matter, to), left)

    def _moved(self, thing: Thing, to: date, made: Event | None = None) -> None:
        """Go along with what was moved, and say where it is."""
        self.pane.pick((made or thing).id, to)
        said = _("{handle} is now on {day}; u takes it back.")
        day = labels.day_words(to, self.planner.today)
        self._changed(said.format(handle=(made or thing).handle, day=day))

    # -- the rest ----------------------------------------------------------------------

    def open(self, thing: Thing) -> None:
        """Open a thing where everything about it can be changed."""
        if thing.computed:
            screen = self.pane.screen
            assert isinstance(screen, WorkScreen)
            screen.visit_screen("meet", thing.subject)
        elif thing.noun == "matter":
            with telling(self.pane):
                self.matters.edit(matters.get(self.planner.db, thing.id))
        elif thing.noun == "event" and thing.kind != "one_on_one":
            self.pane.post_message(EventAsked(thing.first, thing.id, thing.slot))
        else:
            self.pane.post_message(ItemPicked(thing.handle))

    def done(self) -> None:
        """Close the matter or tick the milestone one is on."""
        thing = self._need()
        if thing is None:
            return
        if thing.noun == "event":
            say(self.pane, _("Only promises, asks and other matters can be done."))
            return
        db, planner = self.planner.db, self.planner
        with telling(self.pane) as outcome:
            if thing.noun == "matter":
                self.matters.done(matters.get(db, thing.id))
                return
            goal = goals.get(db, thing.handle.partition(".")[0])
            goals.tick(db, goal, thing.id, planner.today, planner.now())
        if not outcome.failed:
            self._changed(_("{handle} is done.").format(handle=thing.handle))

    def trash(self) -> None:
        """Put the thing one is on into the trash."""
        thing = self._need()
        if thing is None:
            return
        if thing.noun == "milestone":
            say(self.pane, _("Milestones are changed with their goal: Enter."))
            return
        if thing.repeats:
            question = _("Take {handle} away?").format(handle=thing.handle)
            self._ask_which(question, thing, lambda which: self._cancel(thing, which))
        else:
            self._cancel(thing, "all")

    def _cancel(self, thing: Thing, which: Which) -> None:
        """Put a thing into the trash, or leave occurrences out of what repeats."""
        planner = self.planner
        with telling(self.pane) as outcome:
            if thing.noun == "event":
                arranging.take_away(
                    planner.db,
                    events.get(planner.db, thing.id),
                    thing.slot,
                    which,
                    planner.now(),
                    planner.calendar,
                )
            else:
                trash.remove(planner.db, thing.id, planner.now())
        if not outcome.failed:
            day = labels.day_words(thing.first, planner.today)
            self._changed(taken_words(which, thing.handle, day))
