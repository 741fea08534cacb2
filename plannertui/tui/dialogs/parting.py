"""A change of leader, and forgetting somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.widgets import Static

from plannertui.core.errors import EmptyText, Refused
from plannertui.core.parting import forget_words
from plannertui.core.people import ALIAS_LENGTH
from plannertui.i18n import gettext as _
from plannertui.store import forgetting, people, refs
from plannertui.tui.dialogs.form import Form
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.safety import words
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.drawn import flat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.people import Person
    from plannertui.tui.planner import Planner


class ChangeDialog(KeptForm):
    """Who leads from now on; ``person`` is offered where it is not the leader itself."""

    def __init__(self, planner: Planner, person: Person | None) -> None:
        super().__init__(planner, _("A change of leader"), "form:change-of-leader", 0)
        self.before = people.primary(planner.db)
        other = person is not None and person != self.before
        self.offered = person.handle if person is not None and other else ""

    def fields(self) -> Iterable[Widget]:
        """Who comes, since when, and what becomes of the one before."""
        yield self.row(
            _("Who comes"),
            self.line("who", self.offered, _("an alias, or a handle such as P1")),
        )
        yield self.day_row("since", _("Since"), self.planner.today, past=True)
        if self.before is None:
            return
        ways = [
            ("gone", _("is gone")),
            ("leader", _("still a leader")),
            ("above", _("is above now")),
        ]
        yield self.row(_("Before them"), Static(words(flat(self.before.alias))))
        yield self.row("", Choice(ways, "gone", id="stays"))
        said = _(
            "What the one before answered for, your history and your evidence stay as "
            "they are. The new one begins with an empty page: ask."
        )
        yield Static(said, classes="form-quiet", markup=False)

    def collect(self) -> str:
        """Change the leader."""
        planner = self.planner
        name = self.value("who").lstrip("@＠").strip()
        if not name:
            raise EmptyText(
                _("Who comes? Give an alias of up to {count}.").format(
                    count=ALIAS_LENGTH
                )
            )
        found = refs.resolve(planner.db, name)
        new: Person | str = name
        if found is not None and found[3] == "person":
            own = self.before is not None and found[0] == self.before.id
            # An office keeps its name: the new Director is not the old one.
            if not own or name.upper() == found[1]:
                new = people.get(planner.db, found[0])
        stays = "gone" if self.before is None else self.chosen("stays")
        person = people.succeed(
            planner.db,
            new,
            self.day("since") or planner.today,
            planner.now(),
            stays="" if stays == "gone" else stays,
        )
        return _("You work for {alias} now ({handle}).").format(
            alias=person.alias, handle=person.handle
        )


class ForgetDialog(Form[str]):
    """Says what forgetting ``person`` erases, and wants the handle typed.

    Gives "erase" or "keep", for the notes about nobody else.
    """

    KEPT = True

    CSS_PATH: ClassVar[Any] = ["form.tcss", "kept.tcss", "person.tcss"]

    def __init__(self, planner: Planner, person: Person) -> None:
        said = _("Forget {alias} ({handle})")
        title = said.format(alias=flat(person.alias), handle=person.handle)
        super().__init__(planner, title)
        self.person = person
        self.found = forgetting.look(planner.db, person)

    def fields(self) -> Iterable[Widget]:
        """What goes, what stays, and the handle."""
        for each in forget_words(self.found, False):
            yield Static(words(each), classes="forget-line")
        said = _("Links stay, so that promises kept and evidence still count.")
        yield Static(said, classes="form-quiet", markup=False)
        if self.found.notes:
            ways = [("erase", _("erase")), ("keep", _("keep, without the name"))]
            yield self.row(_("Notes"), Choice(ways, "erase", id="notes"))
        yield self.row(
            _("Type {handle}").format(handle=self.person.handle), self.line("handle")
        )

    def keys(self) -> str:
        """The line about the keys."""
        return _("Enter goes on   Tab next field   Esc cancels")

    def on_mount(self) -> None:
        """Begin with the handle."""
        super().on_mount()
        self.query_one("#handle").focus()

    def collect(self) -> str:
        """What to do with the notes, once the handle is typed."""
        if self.value("handle").upper() != self.person.handle:
            said = _("Type {handle} to forget them, or Esc to go back.")
            raise Refused(said.format(handle=self.person.handle))
        return self.chosen("notes") if self.found.notes else "erase"
