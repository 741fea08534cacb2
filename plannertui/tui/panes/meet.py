"""One-on-ones by person: those to come, and how the past ones went."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.message import Message

from plannertui.i18n import gettext as _
from plannertui.store import meetings, people
from plannertui.tui.keys import N_, bind
from plannertui.tui.widgets.meet_lines import Group, talk_key, talk_rows
from plannertui.tui.widgets.rows import Row, RowList, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.events import Event
    from plannertui.tui.planner import Planner

PAST = 12

VERBS: tuple[BindingType, ...] = (
    bind(
        "d",
        "verb('want')",
        N_("wanted"),
        id="meet.want",
        tooltip=N_("Say the one decision that is wanted"),
    ),
    bind(
        "i",
        "verb('item')",
        N_("item"),
        id="meet.item",
        tooltip=N_("Put an item on the agenda"),
    ),
    bind(
        "b",
        "verb('brief')",
        N_("brief"),
        id="meet.brief",
        tooltip=N_("The page to take along"),
    ),
    bind(
        "h",
        "verb('hold')",
        N_("held"),
        id="meet.hold",
        tooltip=N_("It took place; the next one goes into the calendar"),
    ),
    bind(
        "f",
        "verb('follow_up')",
        N_("follow up"),
        id="meet.follow_up",
        tooltip=N_("What was heard, promised and assumed, and what comes of it"),
    ),
    bind(
        "m",
        "verb('move')",
        N_("move"),
        id="meet.move",
        tooltip=N_("Another day or time, and how often it recurs"),
        show=False,
    ),
    bind(
        "X",
        "verb('cancel')",
        N_("cancel"),
        id="meet.cancel",
        tooltip=N_("It does not take place; its agenda goes to the next one"),
        show=False,
    ),
    bind(
        "n,A",
        "verb('add')",
        N_("add"),
        id="meet.add",
        tooltip=N_("Add a one-on-one, or a series of them"),
    ),
    bind(
        "l",
        "verb('ledger')",
        N_("ledger"),
        id="meet.ledger",
        tooltip=N_("Who promised what: show the ledger, or the list, beside it"),
        show=False,
    ),
)
"""The verbs on the talk that is shown, from the list and from the talk itself."""


class VerbAsked(Message):
    """Somebody wants a verb of ``MeetVerbs`` done to the talk that is shown."""

    def __init__(self, verb: str) -> None:
        self.verb = verb
        super().__init__()


def can(
    action: str, parameters: tuple[object, ...], event: Event | None, today: date
) -> bool:
    """Whether a verb can be done to ``event`` as it is ``today``."""
    if action != "verb" or parameters[0] in ("add", "ledger"):
        return True
    if event is None:
        return False
    ahead, over = event.state in meetings.AHEAD, event.starts_on <= today
    match parameters[0]:
        case "want" | "move" | "cancel" | "ready":
            return ahead
        case "hold":
            return ahead and over
        case "follow_up":
            return over and event.state != "cancelled"
        case "item":
            return event.state != "cancelled"
    return True


class MeetList(Vertical):
    """The talks, by person."""

    DEFAULT_CSS = """
    MeetList RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "go_on",
            N_("agenda"),
            id="talks.agenda",
            tooltip=N_("Go to the agenda of this talk"),
        ),
        bind(
            "c",
            "verb('ready')",
            N_("ready to say"),
            id="talks.ready",
            tooltip=N_("Go to what is ready to say in this talk"),
            show=False,
        ),
        *VERBS,
    ]

    class Picked(Message):
        """Another talk is the one to show."""

        def __init__(self, event: Event) -> None:
            self.event = event
            super().__init__()

    class Left(Message):
        """Somebody goes on to the talk itself."""

    def __init__(self, planner: Planner, subject: int = 0) -> None:
        super().__init__(id="meet-list")
        self.planner = planner
        self.events: dict[int, Event] = {}
        self.groups: Sequence[Group] = ()
        self._subject = subject
        self.border_title = _("One-on-ones")

    def compose(self) -> ComposeResult:
        """One list."""
        yield RowList(self.planner, self._rows, id="meet-talks")

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one("#meet-talks", RowList)

    @property
    def event(self) -> Event | None:
        """The talk one is on; before anything is drawn, the one to begin with."""
        row = self.rows.row
        if row is not None:
            return self.events.get(row.key)
        return self._begin_with()

    def _begin_with(self) -> Event | None:
        """The talk asked for, else the first one."""
        every = list(self.events.values())
        for one in every:
            if self._subject and self._subject in (
                one.id,
                *(ref.id for ref in one.people),
            ):
                return one
        return every[0] if every else None

    def reload(self) -> None:
        """Read again; the cursor stays on its talk."""
        self.groups = self._groups()
        self.events = {
            talk_key(one): one
            for group in self.groups
            for one in (*group.ahead, *group.past)
        }
        if self.rows.row is None:
            self.call_after_refresh(self._start)
        self.rows.reload()

    def _start(self) -> None:
        """Go to where one begins, once there are lines."""
        event = self._begin_with()
        if event is not None:
            self.rows.go_to("talk", [talk_key(event)])

    def go_to(self, event: Event) -> None:
        """Go to ``event``, which may have become a row since."""
        self.rows.go_to("talk", [event.id])

    def _groups(self) -> list[Group]:
        db, today = self.planner.db, self.planner.today
        soon = meetings.upcoming(db, today, self.planner.calendar)
        past = [
            one
            for one in reversed(meetings.ls(db))
            if one.starts_on < today or one.state not in meetings.AHEAD
        ]
        names: dict[int, str] = {}
        for person in people.ls(db, past=True):
            names[person.id] = person.alias
        found: list[tuple[tuple[bool, str], Group]] = []
        mine = [(one.people[0].id if one.people else 0, one) for one in soon]
        over = [(one.people[0].id if one.people else 0, one) for one in past]
        for number in dict.fromkeys(key for key, _one in (*mine, *over)):
            ahead = [one for key, one in mine if key == number]
            before = [one for key, one in over if key == number]
            rhythm = next((r for one in ahead if (r := meetings.rhythm(db, one))), "")
            title = names.get(number, _("Nobody yet"))
            group = Group(
                title, rhythm, ahead, before[:PAST], max(0, len(before) - PAST)
            )
            day = ahead[0].starts_on.isoformat() if ahead else ""
            found.append(((not ahead, day), group))
        return [group for _key, group in sorted(found, key=lambda one: one[0])]

    def _rows(self, width: int) -> list[Row]:
        if not self.groups:
            said = _(
                "No one-on-one yet. n adds one: with whom, when, and how often. Before "
                "it you gather what to say; after it, what you heard and promised."
            )
            return [Row(tuple(paragraph(said, width, "muted")))]
        frame = self.planner.frame
        return list(talk_rows(self.groups, self.planner.today, width - 1, frame))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done to this talk is a key."""
        return can(action, parameters, self.event, self.planner.today)

    def is_idle(self, action: str) -> bool:
        """Without a talk there is no agenda to go to."""
        return action == "go_on" and self.event is None

    @on(RowList.Moved)
    def moved(self, event: RowList.Moved) -> None:
        """Show the talk one came to."""
        event.stop()
        if self.event is not None:
            self.post_message(self.Picked(self.event))

    @on(RowList.Chosen)
    def action_go_on(self) -> None:
        """Go on to the agenda; with nothing there, add a talk."""
        if self.event is None:
            self.post_message(VerbAsked("add"))
        else:
            self.post_message(self.Left())

    def action_verb(self, name: str) -> None:
        """Ask for one of the verbs."""
        self.post_message(VerbAsked(name))
