"""What can be done to somebody, or to what they answer for, from a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.errors import Refused
from plannertui.i18n import gettext as _
from plannertui.store import beliefs, people
from plannertui.tui.safety import telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from plannertui.core.people import Person
    from plannertui.core.priorities import Priority
    from plannertui.tui.dialogs.base import Dialog
    from plannertui.tui.planner import Planner


class PersonVerbs:
    """The verbs, for the keys of ``owner``; ``told`` gets the line about each change."""

    def __init__(
        self, owner: Widget, planner: Planner, told: Callable[[str], None]
    ) -> None:
        self.owner = owner
        self.planner = planner
        self.told = told

    def ask(self, dialog: Dialog[str]) -> None:
        """Open ``dialog``; its result is what to say about a change, None is none."""

        def answered(said: str | None) -> None:
            if said is not None:
                self.told(said)

        self.owner.app.push_screen(dialog, answered)

    # -- somebody ----------------------------------------------------------------------

    def add(self) -> None:
        """Add somebody: the first one is a leader, those after are most likely peers."""
        from plannertui.tui.dialogs.person import PersonForm

        first = people.primary(self.planner.db) is None
        relation = "leader" if first else "peer"
        self.ask(PersonForm(self.planner, None, relation=relation))

    def edit(self, person: Person, part: str = "") -> None:
        """Edit them; ``part`` is the line of their way of working to begin with."""
        if self._is_known(person):
            from plannertui.tui.dialogs.person import PersonForm

            self.ask(PersonForm(self.planner, person, part=part))

    def room(self, person: Person) -> None:
        """They take part in decisions about me, or do not."""
        if not self._is_known(person):
            return
        planner = self.planner
        with telling(self.owner):
            now = not person.in_room
            people.edit(planner.db, person, planner.now(), in_room=now)
            said = (
                _("{alias} is in the room.")
                if now
                else _("{alias} is not in the room.")
            )
            self.told(said.format(alias=person.alias))

    def past(self, person: Person) -> None:
        """Ask, and let them be past; or take them back."""
        planner = self.planner
        if not self._is_known(person):
            return
        if person.state == "past":
            with telling(self.owner):
                people.come_back(planner.db, person, planner.now())
                self.told(_("{alias} is there again.").format(alias=person.alias))
            return

        def gone() -> str:
            people.edit(
                planner.db,
                person,
                planner.now(),
                state="past",
                until=planner.today,
            )
            return _("{alias} is past; history and evidence stay.").format(
                alias=person.alias
            )

        question = _("Is {alias} no longer there?").format(alias=person.alias)
        detail = ""
        if person.primary:
            detail = _("To say who comes instead: Esc, then C.")
        self._confirm(question, detail, gone)

    def change(self, person: Person | None) -> None:
        """Somebody else leads me now."""
        from plannertui.tui.dialogs.parting import ChangeDialog

        offered = person if person is not None and person.state == "active" else None
        self.ask(ChangeDialog(self.planner, offered))

    def forget(self, person: Person) -> None:
        """Ask twice, and erase who they are."""
        if not self._is_known(person):
            return
        from plannertui.store.forgetting import forget
        from plannertui.tui.dialogs.parting import ForgetDialog

        planner = self.planner

        def answered(notes: str | None) -> None:
            if notes is None:
                return

            def erase() -> str:
                forget(
                    planner.db,
                    person,
                    planner.today,
                    planner.now(),
                    keep_notes=notes == "keep",
                )
                return _("{handle} is forgotten.").format(handle=person.handle)

            question = _("Forget {handle} for good?").format(handle=person.handle)
            self._confirm(question, _("There is no undo."), erase)

        with telling(self.owner):
            self.owner.app.push_screen(ForgetDialog(planner, person), answered)

    # -- what they answer for ----------------------------------------------------------

    def answer(self, person: Person) -> None:
        """Add something they answer for."""
        if self._is_known(person):
            from plannertui.tui.dialogs.priority import PriorityForm

            self.ask(PriorityForm(self.planner, person, None))

    def edit_answer(self, person: Person, priority: Priority) -> None:
        """Edit what they answer for."""
        if self._is_live(priority):
            from plannertui.tui.dialogs.priority import PriorityForm

            self.ask(PriorityForm(self.planner, person, priority))

    def check(self, priority: Priority) -> None:
        """Was it right?"""
        if self._is_live(priority):
            from plannertui.tui.dialogs.priority import CheckDialog

            self.ask(CheckDialog(self.planner, priority))

    def served(self, priority: Priority) -> None:
        """Which goal serves it, and how?"""
        if self._is_live(priority):
            from plannertui.tui.dialogs.priority import ServedDialog

            self.ask(ServedDialog(self.planner, priority))

    def inquire(self, priority: Priority) -> None:
        """Make it a question for the next talk."""
        planner = self.planner
        with telling(self.owner):
            made = beliefs.ask(planner.db, priority, planner.today, planner.now())
            said = _("{handle} to ask: {title}")
            self.told(said.format(handle=made.handle, title=made.title))

    def rank(self, priority: Priority, by: int) -> None:
        """Move it up or down."""
        with telling(self.owner):
            if beliefs.shift(self.planner.db, priority, by, self.planner.now()):
                self.told("")

    def close(self, priority: Priority, state: str) -> None:
        """It is met, or no longer counts; or it counts again."""
        planner = self.planner
        with telling(self.owner):
            if priority.state != "active":
                beliefs.reopen(planner.db, priority, planner.now())
                said = _("{handle} counts again.")
            else:
                beliefs.close(planner.db, priority, state, planner.today, planner.now())
                said = _("{handle} is met.")
                if state == "dropped":
                    said = _("{handle} no longer counts.")
            self.told(said.format(handle=priority.handle))

    # -- asking ------------------------------------------------------------------------

    def _is_live(self, priority: Priority) -> bool:
        with telling(self.owner) as outcome:
            if priority.state != "active":
                said = _("{handle} is closed already.")
                raise Refused(said.format(handle=priority.handle))
        return not outcome.failed

    def _is_known(self, person: Person) -> bool:
        with telling(self.owner) as outcome:
            if person.state == "forgotten":
                said = _("{handle} is forgotten.")
                raise Refused(said.format(handle=person.handle))
        return not outcome.failed

    def _confirm(self, question: str, detail: str, do: Callable[[], str]) -> None:
        from plannertui.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                with telling(self.owner):
                    self.told(do())

        self.owner.app.push_screen(Confirm(question, detail=detail), answered)
