"""What can be done to a matter on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.boundary import needs_check
from plannertui.core.matters import counted_on, is_of
from plannertui.i18n import gettext as _
from plannertui.store import carrying, matters, trash
from plannertui.store.search import by_id
from plannertui.tui import clashes, texts
from plannertui.tui.safety import say, telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from plannertui.core.matters import Matter
    from plannertui.tui.planner import Planner


class MatterVerbs:
    """Verbs on one matter; each ends by calling ``changed`` with a line to say."""

    def __init__(
        self, pane: Widget, planner: Planner, changed: Callable[[str], None]
    ) -> None:
        self.pane = pane
        self.planner = planner
        self.changed = changed

    def done(self, matter: Matter) -> None:
        """Close it, or open it again; what is grey asks for its decision."""
        db, planner = self.planner.db, self.planner
        if matter.state == "open" and needs_check(matter):
            self.boundary(matter)
            return
        if matter.state == "open":
            said = _("{handle} is done.")
            self._do(
                said, matter, lambda m, now: matters.done(db, m, planner.today, now)
            )
        else:
            said = _("{handle} is open again.")
            self._do(said, matter, lambda m, now: matters.reopen(db, m, now))

    def urgent(self, matter: Matter) -> None:
        """Turn urgent on or off."""
        said = (
            _("{handle} is not urgent.") if matter.urgent else _("{handle} is urgent.")
        )
        self._set(said, matter, urgent=not matter.urgent)

    def important(self, matter: Matter) -> None:
        """Turn important on or off."""
        said = (
            _("{handle} is not important.")
            if matter.important
            else _("{handle} is important.")
        )
        self._set(said, matter, important=not matter.important)

    def carry(self, matter: Matter) -> None:
        """Take it up again today, or off today."""
        db, today = self.planner.db, self.planner.today
        if is_of(matter, today):
            said = _("{handle} is off today; everything else stays.")
            self._do(said, matter, lambda m, now: carrying.let_go(db, m, today, now))
        else:
            said = _("{handle} is taken up today; its day and due date stay.")
            self._do(said, matter, lambda m, now: carrying.carry(db, m, today, now))

    def first(self, matter: Matter) -> None:
        """Make it the one that counts today, or not."""
        db, today = self.planner.db, self.planner.today
        if today in counted_on(matter):
            said = _("{handle} is off today; everything else stays.")
            self._do(said, matter, lambda m, now: carrying.let_go(db, m, today, now))
        else:
            said = _("{handle} is the one that counts today.")
            self._do(said, matter, lambda m, now: carrying.put_first(db, m, today, now))

    def trash(self, matter: Matter) -> None:
        """Put it into the trash."""
        with telling(self.pane) as outcome:
            trash.remove(self.planner.db, matter.id, self.planner.now())
        if not outcome.failed:
            said = _("{handle} is in the trash; u brings it back.")
            self.changed(said.format(handle=matter.handle))

    def edit(self, matter: Matter) -> None:
        """Open everything that can be changed about it."""
        from plannertui.tui.dialogs.entry import EntryDialog

        db = self.planner.db
        found = by_id(db, [matter.id])
        if not found:
            say(self.pane, _("It is not there any longer."))
            return
        dialog = EntryDialog(self.planner, found[0])

        def left(said: str | None) -> None:
            if said is not None:
                self.changed(said)
            old = texts.read(db, found[0])
            if dialog.clash is not None and old is not None:
                clashes.offer(self.pane, self.planner, old, dialog.clash)

        self.pane.app.push_screen(dialog, left)

    def boundary(self, matter: Matter) -> None:
        """The boundary check."""
        from plannertui.tui.dialogs.boundary import BoundaryDialog

        self._ask(BoundaryDialog(self.planner, matter))

    def move(self, matter: Matter) -> None:
        """Another date, and whether the other side was told."""
        from plannertui.tui.dialogs.move import MoveDialog

        if self._is_open(matter):
            self._ask(MoveDialog(self.planner, matter))

    def drop(self, matter: Matter) -> None:
        """Give it up; where somebody waits for it, ask whether they were told."""
        if not self._is_open(matter):
            return
        if needs_check(matter):
            self.boundary(matter)
            return
        if matter.kind == "promise":
            from plannertui.tui.dialogs.move import DropDialog

            self._ask(DropDialog(self.planner, matter))
            return
        db, today = self.planner.db, self.planner.today
        said = _("{handle} is dropped; u brings it back.")
        self._do(said, matter, lambda m, now: matters.drop(db, m, today, None, now))

    # -- how ---------------------------------------------------------------------------

    def _is_open(self, matter: Matter) -> bool:
        if matter.state != "open":
            said = _("{handle} is closed; Space opens it again.")
            say(self.pane, said.format(handle=matter.handle))
        return matter.state == "open"

    def _set(self, said: str, matter: Matter, **changes: Any) -> None:
        db = self.planner.db
        self._do(said, matter, lambda m, now: matters.edit(db, m, now, **changes))

    def _do(
        self, said: str, matter: Matter, verb: Callable[[Matter, Any], Any]
    ) -> None:
        """Do ``verb`` to the matter as it is now, and say so."""
        with telling(self.pane) as outcome:
            verb(matters.get(self.planner.db, matter.id), self.planner.now())
        if not outcome.failed:
            self.changed(said.format(handle=matter.handle))

    def _ask(self, dialog: Any) -> None:
        def left(said: str | None) -> None:
            if said is not None:
                self.changed(said)

        self.pane.app.push_screen(dialog, left)
