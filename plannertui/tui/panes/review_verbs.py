"""What can be done in place to the things that a review lays out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.boundary import needs_check
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.store import entries, goals, matters, people, priorities
from plannertui.tui.dialogs.goal_verbs import GoalVerbs
from plannertui.tui.dialogs.person_verbs import PersonVerbs
from plannertui.tui.messages import CaptureAsked, ItemPicked
from plannertui.tui.safety import telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from plannertui.store.reviewing import Desk
    from plannertui.tui.dialogs.base import Dialog
    from plannertui.tui.planner import Planner
    from plannertui.tui.widgets.rows import Row

VERBS = {
    "done": ("matter", "milestone"),
    "move": ("matter",),
    "drop": ("matter", "goal", "person"),
    "serve": ("goal", "priority"),
    "milestone": ("goal",),
    "check_in": ("goal",),
    "confirm": ("priority",),
    "edit": ("entry", "matter", "goal", "priority", "standard", "year"),
    "link": ("entry",),
    "ready": ("entry",),
    "open": ("entry", "matter", "goal", "priority", "event", "situation", "person"),
}
"""Which nouns each verb is for."""
PLANNED = ("plan_goals", "proofs", "obstacles", "replan", "leaders")
"""Where a goal is put together: what it serves, its milestones."""
ADDS = {
    **dict.fromkeys(("plan_goals", "proofs", "obstacles", "replan"), "goal"),
    **dict.fromkeys(("leaders", "leader", "priorities"), "belief"),
}
"""What + adds where these are laid out."""
OF_THE_YEAR = ("theme", "standard", "standards", "year_lines", "year_calendar")
"""What the form of the year writes, also while there is no line of it yet."""
OWN = ("step", "verb", "write", "ask", "add", "answer", "share")
"""The actions that letters are for."""


class ReviewVerbs:
    """The verbs, for the keys of ``owner``; ``told`` gets the line about each change."""

    def __init__(
        self, owner: Widget, planner: Planner, told: Callable[[str], None]
    ) -> None:
        self.owner = owner
        self.planner = planner
        self.told = told
        self.goals = GoalVerbs(owner, planner, told)
        self.people = PersonVerbs(owner, planner, told)

    def fits(self, verb: str, row: Row | None) -> bool:
        """Whether ``verb`` can be done to ``row``."""
        return row is not None and row.kind in VERBS.get(verb, ())

    def allows(self, action: str, name: str, shows: str, row: Row | None) -> bool:
        """Whether a key means something where ``shows`` is laid out, on this row."""
        if action == "verb":
            if name in ("serve", "milestone") and shows not in PLANNED:
                return False
            whole = name == "edit" and shows in OF_THE_YEAR
            return whole or self.fits(name, row)
        return {
            "step": True,
            "share": shows == "page",
            "answer": shows == "standard",
            "add": shows in ADDS,
        }.get(action, shows != "page")

    def _ask(self, dialog: Dialog[str]) -> None:
        def answered(said: str | None) -> None:
            if said is not None:
                self.told(said)

        self.owner.app.push_screen(dialog, answered)

    def done(self, row: Row, _desk: Desk) -> None:
        """A matter is done, or a milestone reached."""
        planner = self.planner
        db, now, today = planner.db, planner.now(), planner.today
        with telling(self.owner):
            if row.kind == "milestone":
                goal = goals.get(db, row.handle.partition(".")[0])
                goals.tick(db, goal, row.key, today, now)
                self.told(_("{handle} is done.").format(handle=row.handle))
                return
            matter = matters.get(db, row.key)
            if needs_check(matter):
                from plannertui.tui.dialogs.boundary import BoundaryDialog

                self._ask(BoundaryDialog(planner, matter))
                return
            matters.done(db, matter, today, now)
            self.told(_("{handle} is done.").format(handle=row.handle))

    def move(self, row: Row, _desk: Desk) -> None:
        """Another date, and whether the other side was told."""
        from plannertui.tui.dialogs.move import MoveDialog

        self._ask(MoveDialog(self.planner, matters.get(self.planner.db, row.key)))

    def drop(self, row: Row, _desk: Desk) -> None:
        """Give a matter up, told or not; let a goal go with a sentence."""
        if row.kind == "goal":
            self.goals.release(goals.get(self.planner.db, row.key))
            return
        if row.kind == "person":
            self.people.forget(people.get(self.planner.db, row.key))
            return
        from plannertui.tui.dialogs.drop import DropDialog

        self._ask(DropDialog(self.planner, matters.get(self.planner.db, row.key)))

    def serve(self, row: Row, _desk: Desk) -> None:
        """Say which goal serves a priority, and how, in a sentence."""
        if row.kind == "goal":
            self.goals.serve(goals.get(self.planner.db, row.key))
        else:
            self.people.served(priorities.get(self.planner.db, row.key))

    def milestone(self, row: Row, _desk: Desk) -> None:
        """Add a step of the goal."""
        self.goals.step(goals.get(self.planner.db, row.key))

    def add(self, shows: str, row: Row | None, desk: Desk) -> None:
        """Add a goal; or what a leader answers for, and first of all the leader."""
        if ADDS.get(shows) == "goal":
            self.goals.add(desk.year)
            return
        db = self.planner.db
        who = people.primary(db)
        if row is not None and row.kind == "priority":
            who = people.get(db, priorities.get(db, row.key).person_id)
        if who is None:
            self.people.add()
        else:
            self.people.answer(who)

    def check_in(self, row: Row, _desk: Desk) -> None:
        """Say where a goal stands."""
        self.goals.check_in(goals.get(self.planner.db, row.key))

    def confirm(self, row: Row, _desk: Desk) -> None:
        """The belief was checked today, and was right."""
        from plannertui.store import beliefs

        planner = self.planner
        with telling(self.owner):
            row_now = priorities.get(planner.db, row.key)
            basis = "seen" if row_now.basis == "seen" else "said"
            beliefs.check(
                planner.db, row_now, "yes", planner.today, planner.now(), basis=basis
            )
            said = _("{handle} holds: {basis}, checked today.")
            self.told(said.format(handle=row.handle, basis=kind_word(basis)))

    def edit(self, row: Row, desk: Desk) -> None:
        """Everything that can be changed about it."""
        db, planner = self.planner.db, self.planner
        if row.kind == "goal":
            self.goals.edit(goals.get(db, row.key))
        elif row.kind in ("standard", "year"):
            self.goals.year(desk.year)
        elif row.kind == "priority":
            from plannertui.tui.dialogs.belief import BeliefDialog

            self._ask(BeliefDialog(planner, priorities.get(db, row.key)))
        else:
            from plannertui.store.search import by_id
            from plannertui.tui.dialogs.entry import EntryDialog

            found = by_id(db, [row.key])
            if found:
                self._ask(EntryDialog(planner, found[0]))

    def link(self, row: Row, _desk: Desk) -> None:
        """Say which goal or person a note belongs to."""
        from plannertui.tui.dialogs.filing import FilingDialog

        self._ask(FilingDialog(self.planner, entries.get(self.planner.db, row.key)))

    def ready(self, row: Row, _desk: Desk) -> None:
        """An entry may go into reports, or is for oneself alone again."""
        planner = self.planner
        with telling(self.owner):
            entry = entries.get(planner.db, row.key)
            share = "private" if entry.share == "ready" else "ready"
            entries.edit(
                planner.db, entry, planner.now(), base_rev=entry.rev, share=share
            )
            said = (
                _("{handle} may go into reports.")
                if share == "ready"
                else _("{handle} is for you alone.")
            )
            self.told(said.format(handle=entry.handle))

    def open(self, row: Row, _desk: Desk) -> None:
        """Go to it where it is at home."""
        self.owner.post_message(ItemPicked(row.handle))

    def ask(self, row: Row | None) -> None:
        """Make a belief a question for its leader; elsewhere, write a question down."""
        planner = self.planner
        if row is not None and row.kind == "priority":
            from plannertui.store import beliefs

            with telling(self.owner):
                priority = priorities.get(planner.db, row.key)
                made = beliefs.ask(planner.db, priority, planner.today, planner.now())
                self.told(_("{handle} waits to be asked.").format(handle=made.handle))
            return
        leader = people.primary(planner.db)
        to = f" @{leader.handle}" if leader is not None else ""
        self.owner.post_message(CaptureAsked(f"? {to}".rstrip() + " " if to else "? "))
