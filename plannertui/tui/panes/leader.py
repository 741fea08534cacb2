"""The leader pane: what somebody answers for, and how they work."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical

from plannertui.core.day import year_of
from plannertui.core.people import STYLE
from plannertui.i18n import gettext as _
from plannertui.store import standing
from plannertui.tui.dialogs.person_verbs import PersonVerbs
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed
from plannertui.tui.panes.between import PersonWanted, go
from plannertui.tui.safety import say, words
from plannertui.tui.widgets.answer_rows import answer_rows
from plannertui.tui.widgets.between_rows import between_rows
from plannertui.tui.widgets.drawn import BLANK, flat
from plannertui.tui.widgets.rows import Row, RowList, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.people import Person
    from plannertui.core.priorities import Priority
    from plannertui.core.room import Seen
    from plannertui.store.standing import Standing
    from plannertui.tui.planner import Planner
    from plannertui.tui.widgets.drawn import Line


class LeaderPane(Vertical):
    """What one person answers for, ranked; their way of working; every verb on these."""

    DEFAULT_CSS = """
    LeaderPane RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "n,A",
            "answer",
            N_("add"),
            id="leader.add",
            tooltip=N_("Write down something they answer for"),
        ),
        bind(
            "c",
            "verb('check')",
            N_("check"),
            id="leader.check",
            tooltip=N_("Say whether the belief was right, partly right or wrong"),
        ),
        bind(
            "i",
            "verb('inquire')",
            N_("is that right?"),
            id="leader.ask",
            tooltip=N_("Make the belief a question for your next talk"),
        ),
        bind(
            "enter,e",
            "edit",
            N_("edit"),
            id="leader.edit",
            tooltip=N_("Edit the line one is on, or go to what it names"),
        ),
        bind(
            "K,shift+up",
            "rank(-1)",
            N_("rank"),
            id="leader.rank_up",
            tooltip=N_("Move it up: it weighs more"),
        ),
        bind(
            "J,shift+down",
            "rank(1)",
            N_("rank"),
            id="leader.rank_down",
            tooltip=N_("Move it down: it weighs less"),
        ),
        bind(
            "v",
            "verb('served')",
            N_("served by"),
            id="leader.served",
            tooltip=N_("Say which of your goals serves it, and how"),
        ),
        bind(
            "d",
            "close('met')",
            N_("met"),
            id="leader.met",
            tooltip=N_("It has been reached; on a closed one: it counts again"),
            show=False,
        ),
        bind(
            "x",
            "close('dropped')",
            N_("drop"),
            id="leader.drop",
            tooltip=N_("It no longer counts; on a closed one: it counts again"),
            show=False,
        ),
        bind(
            "m",
            "person('room')",
            N_("in the room"),
            id="leader.room",
            tooltip=N_("They take part in decisions about you, or do not"),
            show=False,
        ),
        bind(
            "E",
            "person('edit')",
            N_("edit person"),
            id="leader.person",
            tooltip=N_("Edit alias, relation and way of working"),
            show=False,
        ),
        bind(
            "N",
            "add_person",
            N_("add person"),
            id="leader.add_person",
            tooltip=N_("Add somebody"),
            show=False,
        ),
        bind(
            "C",
            "person('change')",
            N_("change of leader"),
            id="leader.change",
            tooltip=N_("Somebody else leads you now; history and evidence stay"),
            show=False,
        ),
        bind(
            "F",
            "person('forget')",
            N_("forget"),
            id="leader.forget",
            tooltip=N_("Erase who they are; what counts stays. Asks twice"),
            show=False,
        ),
        bind(
            "o",
            "fold",
            N_("before"),
            id="leader.fold",
            tooltip=N_("Show what they answered for before, or hide it"),
            show=False,
        ),
        bind(
            "left_square_bracket",
            "step(-1)",
            N_("person before"),
            id="leader.person_before",
            tooltip=N_("Show the person before in the list"),
            show=False,
        ),
        bind(
            "right_square_bracket",
            "step(1)",
            N_("person after"),
            id="leader.person_after",
            tooltip=N_("Show the person after in the list"),
            show=False,
        ),
    ]

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.verbs = PersonVerbs(self, planner, self.changed)
        self.standing: Standing | None = None
        self.room: Sequence[Seen] = ()
        self.past = False
        self.whole = False

    def compose(self) -> ComposeResult:
        """The list."""
        yield RowList(self.planner, self._build, id="leader-list")

    @property
    def list(self) -> RowList:
        """The rows."""
        return self.query_one(RowList)

    @property
    def person(self) -> Person | None:
        """Who is shown."""
        return self.standing.person if self.standing is not None else None

    @property
    def priority(self) -> Priority | None:
        """The priority one is on."""
        row = self.list.row
        if self.standing is None or row is None or row.kind != "priority":
            return None
        every = (*self.standing.answers, *self.standing.gone)
        return next((each for each in every if each.id == row.key), None)

    def _build(self, width: int) -> Sequence[Row]:
        planner = self.planner
        if self.standing is None:
            return [Row(tuple(_nobody(width)))]
        frame = planner.frame
        rows = answer_rows(self.standing, planner.today, self.past, width, frame)
        if self.whole:
            rows.append(Row((BLANK,)))
            rows += between_rows(self.standing, self.room, planner.today, width, frame)
        return rows

    def show(self, of: Standing | None, room: Sequence[Seen]) -> None:
        """Show how one stands with somebody."""
        other = self.person is None or of is None or of.person.id != self.person.id
        self.standing, self.room = of, room
        self.border_title = _("Leader") if of is None else words(flat(of.person.alias))
        if other:
            self.list.cursor = 0
            self.list.scroll_home(animate=False)
        self.list.reload()

    def show_whole(self, whole: bool) -> None:
        """Show what is open and the room below, where there is no panel for it."""
        if whole != self.whole:
            self.whole = whole
            self.list.reload()

    # -- verbs -------------------------------------------------------------------------

    def is_idle(self, action: str) -> bool:
        """Without a person there is only a new one; the rest is of the line one is on."""
        if self.person is None:
            return action != "answer"
        if action == "edit":
            return self.list.row is None
        of_priority = action.startswith(("verb(", "rank(", "close("))
        return of_priority and self.priority is None

    def action_answer(self) -> None:
        """Add something they answer for; with nobody there, add somebody."""
        if self.person is None:
            self.verbs.add()
        else:
            self.verbs.answer(self.person)

    @on(RowList.Chosen)
    def action_edit(self) -> None:
        """Edit the line one is on, or go to what it names."""
        row, person = self.list.row, self.person
        if row is None or person is None:
            self.action_answer()
        elif row.kind == "style":
            self.verbs.edit(person, STYLE[row.key])
        elif row.kind == "priority" and self.priority is not None:
            self.verbs.edit_answer(person, self.priority)
        else:
            go(self, row)

    def _priority_or_say(self) -> Priority | None:
        """What they answer for that one is on; where there is none, say what to do."""
        if self.priority is not None:
            return self.priority
        if self.person is None:
            say(self, _("Nobody yet: n adds the leader you work for first."))
        elif self.standing is not None and not self.standing.answers:
            say(self, _("Nothing they answer for yet: n adds the first."))
        else:
            say(self, _("Go to something they answer for first."))
        return None

    def action_verb(self, name: str) -> None:
        """Do one of the verbs to the priority one is on."""
        priority = self._priority_or_say()
        if priority is not None:
            getattr(self.verbs, name)(priority)

    def action_rank(self, by: int) -> None:
        """Move it up or down."""
        priority = self._priority_or_say()
        if priority is not None:
            self.verbs.rank(priority, by)

    def action_close(self, state: str) -> None:
        """It is met, or no longer counts."""
        priority = self._priority_or_say()
        if priority is not None:
            self.verbs.close(priority, state)

    def action_person(self, name: str) -> None:
        """Do one of the verbs to the person that is shown."""
        if self.person is not None:
            getattr(self.verbs, name)(self.person)

    def action_add_person(self) -> None:
        """Add somebody."""
        self.verbs.add()

    def action_fold(self) -> None:
        """Show or hide what they answered for before."""
        self.past = not self.past
        self.list.reload()

    def action_step(self, by: int) -> None:
        """Show the person before or after."""
        self.post_message(PersonWanted(by=by))

    def changed(self, said: str) -> None:
        """Tell the screen about a change."""
        self.post_message(Changed(said))


def year_today(planner: Planner) -> int:
    """The year that today belongs to."""
    return year_of(planner.today, planner.settings.year_start)


def read(planner: Planner, person: Person) -> Standing:
    """How one stands with ``person`` now."""
    return standing.of(planner.db, person, year_today(planner))


def _nobody(width: int) -> list[Line]:
    said = _("Whom do you work for?")
    how = _(
        "n adds the leader you work for first, by an alias. Then: what they answer "
        "for, what presses them, where they stand, and how you know each of it. "
        "The real name is not needed, and is never shown."
    )
    return [
        *paragraph(said, width, "strong"),
        BLANK,
        *paragraph(how, width, "muted"),
    ]
