"""What a leader answers for: adding it, editing it, checking it, saying what serves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from plannertui.core.day import year_of
from plannertui.core.errors import EmptyText, NotFound, Usage
from plannertui.core.goals import OBSTACLE_LENGTH
from plannertui.core.priorities import BASES, KINDS, LOWEST, RIGHT, TEXT_LENGTH
from plannertui.core.words import kind_word, right_word
from plannertui.i18n import gettext as _
from plannertui.store import beliefs, goals, priorities
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.labels import date_words
from plannertui.tui.safety import words
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.drawn import flat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.people import Person
    from plannertui.core.priorities import Priority
    from plannertui.tui.planner import Planner


class PriorityForm(KeptForm):
    """Adds something ``person`` answers for, or edits ``priority``."""

    def __init__(
        self, planner: Planner, person: Person, priority: Priority | None
    ) -> None:
        if priority is None:
            title = _("What does {alias} answer for?").format(alias=flat(person.alias))
            target, rev = f"form:priority:{person.uid}", 0
        else:
            title = _("Edit {handle}").format(handle=priority.handle)
            target, rev = f"form:priority:{priority.uid}", priority.rev
        super().__init__(planner, title, target, rev)
        self.person = person
        self.priority = priority

    def fields(self) -> Iterable[Widget]:
        """Its words, its kind, how one knows, since when, its weight."""
        old = self.priority
        count = len(priorities.ls(self.planner.db, self.person.id))
        rank = min(LOWEST, count + 1) if old is None else old.rank
        yield self.limited(
            "text", _("Answers for"), "" if old is None else old.text, TEXT_LENGTH
        )
        kinds = [(str(kind), kind_word(kind)) for kind in KINDS]
        yield self.row(
            _("It is a"), Choice(kinds, "goal" if old is None else old.kind, id="kind")
        )
        bases = [(str(basis), kind_word(basis)) for basis in BASES]
        basis: str = "guess" if old is None else old.basis
        yield self.row(_("I know it as"), Choice(bases, basis, id="basis"))
        day = self.planner.today if old is None else old.checked_on
        yield self.day_row("checked", _("Checked"), day, past=True)
        ranks = [(str(n), str(n)) for n in range(1, LOWEST + 1)]
        yield self.row(_("Rank"), Choice(ranks, str(rank), id="rank"))
        said = _(
            "goal: what they want to reach; pressure: what presses them; position: "
            "a stance they took."
        )
        yield Static(said, classes="form-quiet", markup=False)

    def collect(self) -> str:
        """Add or change it."""
        text = self.value("text")
        if not text:
            self.query_one("#text").focus()
            raise EmptyText(_("What do they answer for? A few words are enough."))
        planner = self.planner
        checked = self.day("checked")
        if checked is not None and checked > planner.today:
            self.query_one("#checked").focus()
            raise Usage(_("It cannot have been checked on a day to come."))
        values: dict[str, Any] = {
            "text": text,
            "kind": self.chosen("kind"),
            "basis": self.chosen("basis"),
            "checked_on": checked,
            "rank": int(self.chosen("rank")),
        }
        if self.priority is None:
            made = priorities.add(
                planner.db,
                self.person,
                now=planner.now(),
                since=planner.today,
                **values,
            )
            return _("{handle} added: {title}").format(
                handle=made.handle, title=made.text
            )
        old = self.priority
        if values["basis"] != old.basis and checked == old.checked_on:
            values["checked_on"] = planner.today
        changed = {
            name: value for name, value in values.items() if value != getattr(old, name)
        }
        if changed:
            priorities.edit(planner.db, old, planner.now(), base_rev=old.rev, **changed)
        return _("{handle} changed.").format(handle=old.handle)


class CheckDialog(KeptForm):
    """Was the belief right, partly, or wrong; how is that known; what is true instead."""

    def __init__(self, planner: Planner, priority: Priority) -> None:
        title = _("Check {handle}").format(handle=priority.handle)
        super().__init__(planner, title, f"form:check:{priority.uid}", priority.rev)
        self.priority = priority

    def fields(self) -> Iterable[Widget]:
        """The belief, the answer, how one knows, better words."""
        row = self.priority
        yield Static(words(flat(row.text)), classes="question")
        rests = kind_word(row.basis)
        if row.checked_on is not None:
            rests += " " + date_words(row.checked_on, self.planner.today)
        said = _("So far: {basis}").format(basis=rests)
        yield Static(said, classes="form-quiet", markup=False)
        answers = [(str(right), right_word(right)) for right in RIGHT]
        yield self.row(_("It was"), Choice(answers, "yes", id="right"))
        ways = [("said", _("they said so")), ("seen", _("I saw it"))]
        yield self.row(_("I know it as"), Choice(ways, "said", id="basis"))
        yield self.limited("text", _("In fact"), "", TEXT_LENGTH)
        yield Static(id="after", classes="form-quiet", markup=False)

    def prepare(self) -> None:
        """Say what the answer does."""
        self.explain()

    def begin(self) -> None:
        """Begin with the answer."""
        self.query_one("#right").focus()

    @on(Choice.Picked, "#right")
    @on(Input.Changed, "#text")
    def explain(self) -> None:
        """Say what will become of it."""
        match self.chosen("right"):
            case "yes":
                said = (
                    _("It is no guess any longer, and counts as checked today.")
                    if self.priority.basis == "guess"
                    else _("It counts as checked today.")
                )
            case "partly":
                said = _("It stays, in better words where you give some.")
            case _other:
                said = _(
                    "It is closed; what is true instead takes its place. Having "
                    "asked is worth more than having been right."
                )
                if not self.value("text"):
                    said = _(
                        "It is closed. What is true instead? Leave it empty if you "
                        "do not know yet."
                    )
        self.query_one("#after", Static).update(said)

    def collect(self) -> str:
        """Check it."""
        planner = self.planner
        right, text = self.chosen("right"), self.value("text")
        if right == "yes" and text and text != self.priority.text:
            self.query_one("#text").focus()
            raise Usage(_("Right, and yet other words? Then it was partly right."))
        row, fresh = beliefs.check(
            planner.db,
            self.priority,
            right,
            planner.today,
            planner.now(),
            basis=self.chosen("basis"),
            text=text,
        )
        if fresh is not None:
            return _("{handle} was wrong; {new} takes its place.").format(
                handle=row.handle, new=fresh.handle
            )
        said = _("{handle} checked: {right}.")
        return said.format(handle=row.handle, right=right_word(right))


class ServedDialog(KeptForm):
    """Says which goal serves ``priority``, and how."""

    CSS_PATH: ClassVar[Any] = ["form.tcss", "kept.tcss", "person.tcss"]

    def __init__(self, planner: Planner, priority: Priority) -> None:
        title = _("Which goal serves {handle}?").format(handle=priority.handle)
        super().__init__(planner, title, f"form:served:{priority.uid}", priority.rev)
        self.priority = priority
        year = year_of(planner.today, planner.settings.year_start)
        self.goals = [g for g in goals.ls(planner.db, year) if g.state == "active"]

    def fields(self) -> Iterable[Widget]:
        """The goals, and a sentence."""
        yield Static(words(flat(self.priority.text)), classes="question")
        if not self.goals:
            said = _("There is no active goal yet: 1, then n adds one.")
            yield Static(said, classes="form-quiet", markup=False)
        yield OptionList(
            *(Option(words(f"{g.handle}  {flat(g.title)}")) for g in self.goals),
            id="goals",
        )
        yield self.limited("how", _("How"), "", OBSTACLE_LENGTH)

    def begin(self) -> None:
        """Begin in the list."""
        listed = self.query_one("#goals", OptionList)
        listed.highlighted = 0 if self.goals else None
        if self.goals:
            listed.focus()
        else:
            super().begin()

    @on(OptionList.OptionHighlighted)
    def offer(self, event: OptionList.OptionHighlighted) -> None:
        """Show the sentence that the goal has for it already."""
        goal = self.goals[event.option_index]
        for serve in goal.serves:
            if serve.priority_id == self.priority.id and not self.value("how"):
                self.query_one("#how", Input).value = serve.how

    @on(OptionList.OptionSelected)
    def go_on(self) -> None:
        """Enter in the list goes on to the sentence."""
        self.query_one("#how").focus()

    def collect(self) -> str:
        """Say it."""
        at = self.query_one("#goals", OptionList).highlighted
        if at is None or at >= len(self.goals):
            raise NotFound(_("Choose a goal, or Esc to go back."))
        goal, planner = self.goals[at], self.planner
        goals.serve(
            planner.db, goal, self.priority.id, self.value("how"), planner.now()
        )
        return _("{goal} serves {handle}.").format(
            goal=goal.handle, handle=self.priority.handle
        )
