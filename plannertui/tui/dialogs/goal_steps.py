"""Small forms about a goal: a milestone, whom it serves, letting it go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from plannertui.core.errors import NotFound
from plannertui.core.goals import OBSTACLE_LENGTH, TITLE_LENGTH
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.store import goals, people, priorities
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.safety import words
from plannertui.tui.widgets.drawn import flat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.goals import Goal, Milestone
    from plannertui.tui.planner import Planner

WHY_LIMIT = 200
TOLD_LIMIT = 80


class MilestoneDialog(KeptForm):
    """Adds a milestone to ``goal``, or edits ``step``."""

    def __init__(self, planner: Planner, goal: Goal, step: Milestone | None) -> None:
        if step is None:
            title = _("New milestone for {handle}").format(handle=goal.handle)
        else:
            title = _("Edit {handle}").format(handle=step.handle)
        name = "new" if step is None else str(step.id)
        super().__init__(planner, title, f"form:milestone:{goal.uid}:{name}", goal.rev)
        self.goal = goal
        self.step = step

    def fields(self) -> Iterable[Widget]:
        """What is to be done, and by when."""
        title = "" if self.step is None else self.step.title
        yield self.limited("title", _("Milestone"), title, TITLE_LENGTH)
        due = None if self.step is None else self.step.due
        yield self.day_row("due", _("Due"), due)

    def collect(self) -> str:
        """Add or change it."""
        db, now = self.planner.db, self.planner.now()
        title, due = self.value("title"), self.day("due")
        if self.step is None:
            goal = goals.add_milestone(db, self.goal, title, due, now)
            return _("{handle} added: {title}").format(
                handle=goal.milestones[-1].handle, title=title
            )
        goals.edit_milestone(db, self.goal, self.step.id, now, title=title, due=due)
        return _("{handle} changed.").format(handle=self.step.handle)


class ServeDialog(KeptForm):
    """Says which priority ``goal`` serves, and how; with ``chosen`` that one is edited."""

    CSS_PATH: ClassVar[Any] = ["form.tcss", "kept.tcss", "goal.tcss"]

    def __init__(self, planner: Planner, goal: Goal, chosen: int | None) -> None:
        title = _("Whom {handle} serves").format(handle=goal.handle)
        super().__init__(planner, title, f"form:serve:{goal.uid}", goal.rev)
        self.goal = goal
        self.only = chosen
        leaders = {person.id: person.alias for person in people.ls(planner.db)}
        self.choices = [
            (priority, leaders.get(priority.person_id, ""))
            for priority in priorities.ls(planner.db)
            if chosen is None or priority.id == chosen
        ]

    def fields(self) -> Iterable[Widget]:
        """The priorities of everybody, and a sentence."""
        if not self.choices:
            said = _(
                "Nobody's priorities are written down yet. "
                "In the shell: ptui leader priority add L1 TEXT"
            )
            yield Static(said, classes="form-quiet", markup=False)
        dot = f" {self.planner.frame.dot} "
        serves = {serve.priority_id: serve for serve in self.goal.serves}
        rows = [
            Option(
                words(
                    dot.join(
                        (
                            f"{priority.handle} {flat(priority.text)}",
                            flat(alias),
                            kind_word(priority.basis),
                        )
                    )
                )
            )
            for priority, alias in self.choices
        ]
        yield OptionList(*rows, id="priorities")
        how = serves[self.only].how if self.only in serves else ""
        yield self.limited("how", _("How"), how, OBSTACLE_LENGTH)

    def begin(self) -> None:
        """Begin in the list, or in the sentence where there is nothing to choose."""
        listed = self.query_one("#priorities", OptionList)
        listed.highlighted = 0 if self.choices else None
        if self.only is None and self.choices:
            listed.focus()
        else:
            super().begin()

    def on_option_list_option_selected(self) -> None:
        """Enter in the list goes on to the sentence."""
        self.query_one("#how").focus()

    def collect(self) -> str:
        """Say it."""
        at = self.query_one("#priorities", OptionList).highlighted
        if at is None or at >= len(self.choices):
            raise NotFound(_("Choose what it serves, or Esc to go back."))
        priority, alias = self.choices[at]
        how = self.value("how")
        goals.serve(self.planner.db, self.goal, priority.id, how, self.planner.now())
        return _("{handle} serves {leader}: {text}").format(
            handle=self.goal.handle, leader=alias, text=priority.text
        )


class ReleaseDialog(KeptForm):
    """Lets ``goal`` go: one sentence why, and who was told."""

    def __init__(self, planner: Planner, goal: Goal) -> None:
        title = _("Let {handle} go").format(handle=goal.handle)
        super().__init__(planner, title, f"form:release:{goal.uid}", goal.rev)
        self.goal = goal

    def fields(self) -> Iterable[Widget]:
        """Why, and who was told."""
        yield Static(words(flat(self.goal.title)), classes="question")
        said = _("It is honourable: it needs one sentence and who was told.")
        yield Static(said, classes="form-quiet", markup=False)
        yield self.limited("why", _("Why"), "", WHY_LIMIT)
        yield self.limited("told", _("Told"), "", TOLD_LIMIT)

    def collect(self) -> str:
        """Release it."""
        planner = self.planner
        goals.release(
            planner.db, self.goal, self.value("why"), self.value("told"), planner.now()
        )
        return _("{handle} is released.").format(handle=self.goal.handle)
