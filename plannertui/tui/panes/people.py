"""The people pane: whom one works for and with, by alias, leaders first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.message import Message

from plannertui.core.priorities import stale
from plannertui.i18n import gettext as _
from plannertui.store import people, priorities
from plannertui.tui.dialogs.person_verbs import PersonVerbs
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed
from plannertui.tui.widgets.person_rows import people_rows
from plannertui.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.people import Person
    from plannertui.tui.planner import Planner


class PeoplePane(Vertical):
    """Everybody, in groups; where one goes, ``Picked`` tells."""

    DEFAULT_CSS = """
    PeoplePane RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "open",
            N_("open"),
            id="people.open",
            tooltip=N_("Go to what they answer for"),
        ),
        bind("n,A", "add", N_("add"), id="people.add", tooltip=N_("Add somebody")),
        bind(
            "e",
            "verb('edit')",
            N_("edit"),
            id="people.edit",
            tooltip=N_("Edit alias, relation and way of working"),
        ),
        bind(
            "m",
            "verb('room')",
            N_("in the room"),
            id="people.room",
            tooltip=N_("They take part in decisions about you, or do not"),
        ),
        bind(
            "C",
            "change",
            N_("change of leader"),
            id="people.change",
            tooltip=N_("Somebody else leads you now; history and evidence stay"),
        ),
        bind(
            "x",
            "verb('past')",
            N_("past"),
            id="people.past",
            tooltip=N_("They are no longer there; again: they are back"),
        ),
        bind(
            "F",
            "verb('forget')",
            N_("forget"),
            id="people.forget",
            tooltip=N_("Erase who they are; what counts stays. Asks twice"),
        ),
        bind(
            "o",
            "fold",
            N_("past ones"),
            id="people.fold",
            tooltip=N_("Show those of before, or hide them"),
            show=False,
        ),
    ]

    class Picked(Message):
        """One is on ``person`` now; ``enter`` says that the key led there."""

        def __init__(self, person: Person, *, enter: bool = False) -> None:
            self.person = person
            self.enter = enter
            super().__init__()

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.verbs = PersonVerbs(self, planner, self.changed)
        self.people: list[Person] = []
        self.stale: dict[int, int] = {}
        self.past = False
        self.chosen = 0

    def compose(self) -> ComposeResult:
        """The list."""
        yield RowList(self.planner, self._build, id="people-list")

    @property
    def list(self) -> RowList:
        """The rows."""
        return self.query_one(RowList)

    @property
    def person(self) -> Person | None:
        """Whom one is on."""
        row = self.list.row
        number = row.key if row is not None else 0
        return next((each for each in self.people if each.id == number), None)

    def _build(self, width: int) -> Sequence[Row]:
        return people_rows(
            self.people, self.stale, self.chosen, self.past, width, self.planner.frame
        )

    def reload(self) -> None:
        """Read everybody again."""
        db, today = self.planner.db, self.planner.today
        self.border_title = _("People")
        self.people = people.ls(db, past=True)
        self.stale = {}
        for each in priorities.ls(db):
            if stale(each, today):
                self.stale[each.person_id] = self.stale.get(each.person_id, 0) + 1
        self.list.reload()

    def show(self, number: int) -> None:
        """Go to somebody; those of before are unfolded where it needs them."""
        self.chosen = number
        found = next((each for each in self.people if each.id == number), None)
        if found is not None and found.state != "active":
            self.past = True
        self.list.reload()
        self.list.go_to("person", (number,))

    def step(self, by: int) -> None:
        """Go to the person after, or before."""
        self.list.action_move(by)

    @on(RowList.Moved)
    def moved(self, event: RowList.Moved) -> None:
        """Show whom one is on."""
        event.stop()
        person = self.person
        if person is not None and person.id != self.chosen:
            self.post_message(self.Picked(person))

    def is_idle(self, action: str) -> bool:
        """Without a person there is only a new one."""
        return self.person is None and action != "add"

    @on(RowList.Chosen)
    def action_open(self) -> None:
        """Go to what they answer for; with nobody there, add somebody."""
        person = self.person
        if person is None:
            self.verbs.add()
        else:
            self.post_message(self.Picked(person, enter=True))

    def action_add(self) -> None:
        """Add somebody."""
        self.verbs.add()

    def action_verb(self, name: str) -> None:
        """Do one of the verbs to whom one is on."""
        if self.person is not None:
            getattr(self.verbs, name)(self.person)

    def action_change(self) -> None:
        """A change of leader."""
        self.verbs.change(self.person)

    def action_fold(self) -> None:
        """Show or hide those of before."""
        self.past = not self.past
        self.list.reload()

    def changed(self, said: str) -> None:
        """Tell the screen about a change."""
        self.post_message(Changed(said))
