"""The screen for one-on-ones: who and when, the talk itself, and what is between us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from plannertui.i18n import gettext as _
from plannertui.store import people
from plannertui.tui.dialogs.meet_verbs import MeetVerbs
from plannertui.tui.messages import Changed
from plannertui.tui.panes.meet import MeetList, VerbAsked
from plannertui.tui.panes.meet_ledger import MeetLedger
from plannertui.tui.panes.meet_talk import MeetTalk
from plannertui.tui.safety import say
from plannertui.tui.screens.base import WorkScreen, wider

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.events import Event
    from plannertui.tui.planner import Planner

WIDE = 110
TWO = 56
ROOMY = 72


class MeetScreen(WorkScreen):
    """Talks on the left, the one chosen in the middle, the ledger on the right."""

    DEFAULT_CSS = """
    MeetScreen > #panels > #meet-list { width: 34; }
    MeetScreen > #panels > #meet-ledger { width: 38; }
    """

    def __init__(self, planner: Planner, subject: int = 0) -> None:
        super().__init__(planner, subject)
        self.verbs = MeetVerbs(self, planner, self.told)
        self.beside = "list"

    def panels(self) -> Iterable[Widget]:
        """List, talk, ledger."""
        yield MeetList(self.planner, self.subject)
        yield MeetTalk(self.planner)
        yield MeetLedger(self.planner)

    @property
    def talks(self) -> MeetList:
        """The list."""
        return self.query_one(MeetList)

    @property
    def talk(self) -> MeetTalk:
        """The talk that is shown."""
        return self.query_one(MeetTalk)

    def make_room(self, width: int) -> None:
        """Three panels, or two, or one; ``l`` changes what stands beside the talk."""
        wide = width >= WIDE
        listed, ledger = self.talks, self.query_one(MeetLedger)
        two = 28 if width >= ROOMY else 22
        listed.styles.width = (
            wider(34, width, 44) if wide else two if width >= TWO else "1fr"
        )
        ledger.styles.width = (
            wider(38, width, 60) if wide else two + 6 if width >= TWO else "1fr"
        )
        listed.display = wide or self.beside == "list"
        ledger.display = wide or self.beside == "ledger"
        self.talk.display = width >= TWO or self.beside == "talk"

    def reload(self) -> None:
        """Read again what is shown."""
        db = self.planner.db
        names = [(one.id, one.handle, one.alias) for one in people.ls(db, past=True)]
        self.talk.names = self.query_one(MeetLedger).names = names
        self.talks.reload()
        self._show(self.talks.event)

    def _show(self, event: Event | None) -> None:
        self.talk.show(event)
        person = event.people[0].id if event is not None and event.people else 0
        self.query_one(MeetLedger).show(person)
        self.refresh_bindings()

    @on(MeetList.Picked)
    def picked(self, event: MeetList.Picked) -> None:
        """Show the talk that the cursor came to."""
        event.stop()
        self._show(event.event)

    @on(MeetList.Left)
    def to_talk(self, event: MeetList.Left) -> None:
        """Go on to the talk."""
        event.stop()
        if not self.talk.display:
            self.beside = "talk"
            self.make_room(self.app.size.width)
        self.talk.rows.focus()

    def to_ready(self) -> None:
        """Go on to the first line that is ready to say, where there is one."""
        view = self.talk.view
        if view is None or not view.ready:
            say(self, _("Nothing is ready to say here: i puts an item on the agenda."))
            return
        self.to_talk(MeetList.Left())
        self.talk.rows.go_to("ready", {0})

    @on(Changed)
    def changed(self, event: Changed) -> None:
        """Something was written: what was computed before may be a row now."""
        kept = self.talk.event
        super().changed(event)
        if kept is not None and kept.id:
            self.talks.go_to(kept)

    def told(self, said: str, event: Event | None = None) -> None:
        """A verb changed something."""
        if event is not None:
            self.talk.event = event
        self.changed(Changed(said))

    @on(VerbAsked)
    def do(self, event: VerbAsked) -> None:
        """Do a verb to the talk that is shown."""
        event.stop()
        name, _colon, place = event.verb.partition(":")
        if name == "ledger":
            self.swap()
        elif name == "add":
            self.verbs.add(self.talk.event)
        elif name == "ready":
            self.to_ready()
        elif self.talk.event is not None:
            if name == "edit_item":
                self.verbs.edit_item(self.talk.event, int(place))
            else:
                getattr(self.verbs, name)(self.talk.event)

    def swap(self) -> None:
        """Show the ledger in place of the list, or go to it where both are shown."""
        ledger, width = self.query_one(MeetLedger), self.app.size.width
        if width >= WIDE:
            (self.talks.rows if ledger.rows.has_focus else ledger.rows).focus()
            return
        self.beside = "list" if self.beside == "ledger" else "ledger"
        self.make_room(width)
        (ledger.rows if ledger.display else self.talks.rows).focus()

    def action_back(self) -> None:
        """Go back; where one panel fills the screen, to the list first."""
        if self.app.size.width < TWO and self.beside != "list":
            self.beside = "list"
            self.make_room(self.app.size.width)
            self.talks.rows.focus()
            return
        super().action_back()

    def standing_on(self) -> int:
        """The talk one looks at, where it is a row of its own."""
        event = self.talk.event
        return 0 if event is None else event.id
