"""The leader screen: whom one works for, what they answer for, the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from plannertui.store import people, standing
from plannertui.tui.panes.between import BetweenPane, PersonWanted
from plannertui.tui.panes.leader import LeaderPane, read
from plannertui.tui.panes.people import PeoplePane
from plannertui.tui.screens.base import WorkScreen, wider

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.people import Person
    from plannertui.store.items import Item

THREE = 108
TWO = 66
PEOPLE = 27
PEOPLE_NARROW = 26
BETWEEN = 38


class LeaderScreen(WorkScreen):
    """People, what the chosen one answers for, and what is between us.

    ``subject`` may be a person or a priority.
    """

    def panels(self) -> Iterable[Widget]:
        """People, the one that is chosen, what is open with them and the room."""
        yield PeoplePane(self.planner, id="people")
        yield LeaderPane(self.planner, id="leader")
        yield BetweenPane(self.planner, id="between")

    @property
    def people(self) -> PeoplePane:
        """The list of people."""
        return self.query_one(PeoplePane)

    @property
    def leader(self) -> LeaderPane:
        """The one that is chosen."""
        return self.query_one(LeaderPane)

    def reload(self) -> None:
        """Read everybody again, and the one that is chosen."""
        self.people.reload()
        known = {person.id: person for person in self.people.people}
        chosen = known.get(self.people.chosen) or self._wanted()
        room = standing.room(self.planner.db)
        of = None if chosen is None else read(self.planner, chosen)
        if chosen is not None:
            self.people.show(chosen.id)
        self.leader.show(of, room)
        self.query_one(BetweenPane).show(of, room)

    def _wanted(self) -> Person | None:
        """Whom one begins with: the subject, the primary leader, the first there is."""
        db = self.planner.db
        number = self.subject
        row = db.one("SELECT person_id FROM priority WHERE id = ?", (number,))
        number = number if row is None else row[0]
        for person in self.people.people:
            if person.id == number:
                return person
        first = people.primary(db)
        active = [each for each in self.people.people if each.state == "active"]
        return first or next(iter(active or self.people.people), None)

    def begin(self) -> None:
        """Begin with what the chosen one answers for; with nobody, in the empty list."""
        self.leader.list.focus(scroll_visible=False)
        if self.subject:
            self.leader.list.go_to("priority", (self.subject,))

    def make_room(self, width: int) -> None:
        """Three panels, two, or one; what has no panel stands below."""
        three, two = width >= THREE, width >= TWO
        between = self.query_one(BetweenPane)
        if not two and self.people.has_focus_within:
            self.leader.list.focus()
        if not three and between.has_focus_within:
            self.leader.list.focus()
        self.people.display, between.display = two, three
        self.people.styles.width = wider(PEOPLE, width, 36) if three else PEOPLE_NARROW
        between.styles.width = wider(BETWEEN, width, 60)
        self.leader.show_whole(not three)

    @on(PeoplePane.Picked)
    def picked(self, event: PeoplePane.Picked) -> None:
        """Show whom one went to in the list."""
        event.stop()
        self.show_person(event.person.id)
        if event.enter:
            self.leader.list.focus()

    @on(PersonWanted)
    def wanted(self, event: PersonWanted) -> None:
        """Show somebody that a panel names, or the next one."""
        event.stop()
        if event.by:
            self.people.step(event.by)
        else:
            self.show_person(event.number)

    def show_person(self, number: int) -> None:
        """Show the person with this id."""
        self.people.chosen = number
        self.reload()

    def standing_on(self) -> int:
        """Whom one looks at, or which of their priorities."""
        row = self.leader.list.row
        if row is not None and row.kind == "priority":
            return row.key
        return self.people.chosen

    def go_to_item(self, item: Item) -> None:
        """A person or priority is at home here; anything else is opened over it."""
        if item.noun == "person":
            self.show_person(item.id)
        elif item.noun == "priority":
            if item.person is not None:
                self.show_person(item.person[0])
            self.leader.list.go_to("priority", (item.id,))
            self.leader.list.focus()
        else:
            super().go_to_item(item)
