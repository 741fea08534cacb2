"""What the lines of a follow-up become: each is chosen, then all are filed in one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import Input, Static

from plannertui.core.followups import INTO, Yield, check, part_word
from plannertui.core.priorities import KINDS
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import followups, matters, priorities
from plannertui.tui.dialogs.form import Form
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.drawn import flat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.events import Event
    from plannertui.tui.planner import Planner

MOST = 9
CLIPPED = 34
ABOUT = {
    "confirmed": ("priority",),
    "partly": ("priority",),
    "changed": ("priority",),
    "answer": ("ask",),
}


@dataclass(frozen=True, slots=True)
class Target:
    """A belief that can be confirmed or corrected, or an ask that can be answered."""

    kind: str
    handle: str
    text: str


class SortDialog(Form[str]):
    """Asks of each line what it becomes, and files all of them."""

    AUTO_FOCUS = "Choice"
    CSS_PATH: ClassVar[Any] = ["form.tcss", "meet.tcss"]

    def __init__(
        self,
        planner: Planner,
        event: Event,
        lines: list[Yield],
        before: dict[tuple[str, str], Yield],
    ) -> None:
        super().__init__(planner, _("What comes of it"))
        self.event = event
        self.lines = lines
        self.before = before
        self.targets = self._targets()

    def _targets(self) -> list[Target]:
        """The leader's beliefs and the open asks of this person."""
        if not self.event.people:
            return []
        db, number = self.planner.db, self.event.people[0].id
        # What was only guessed is what a talk most often settles.
        beliefs = sorted(priorities.ls(db, number), key=lambda b: b.basis != "guess")
        found = [Target("priority", b.handle, flat(b.text)) for b in beliefs]
        found += [
            Target("ask", one.handle, flat(one.title))
            for one in matters.ls(db, kind="ask")
            if one.person is not None and one.person.id == number
        ]
        return found

    def fields(self) -> Iterable[Widget]:
        """Each line with its choices."""
        if not self.lines:
            said = _("Nothing to write down? Then this talk is closed as it is.")
            yield Static(said, classes="form-quiet", markup=False)
        part = ""
        for at, line in enumerate(self.lines):
            if line.part != part:
                part = line.part
                yield Static(part_word(part), classes="sort-part", markup=False)
            yield self._line(at, line)

    def _line(self, at: int, line: Yield) -> Vertical:
        words = {
            "note": kind_word("note"),
            "priority": _("new priority"),
            "confirmed": _("so it is"),
            "partly": _("partly so"),
            "changed": _("it is this instead"),
            "answer": _("answers"),
            "promise": _("my promise"),
            "waiting": _("their promise"),
            "ask": kind_word("ask"),
            "guess": kind_word("guess"),
        }
        kinds = {one.kind for one in self.targets}
        ways = [
            (into, words[into])
            for into in INTO[line.part]
            if set(ABOUT.get(into, ())) <= kinds
        ]
        into = line.into if line.into in dict(ways) else INTO[line.part][0]
        rows: list[Widget] = [
            Static(flat(line.text), classes="sort-text", markup=False),
            self.row(_("Becomes"), Choice(ways, into, id=f"into-{at}")),
        ]
        if line.part == "heard":
            for name in ("priority", "ask"):
                about = [
                    (one.handle, f"{one.handle} {one.text[:CLIPPED]}")
                    for one in self.targets
                    if one.kind == name
                ][:MOST]
                if about:
                    value = line.target if line.target in dict(about) else about[0][0]
                    choice = Choice(about, value, id=f"{name}-{at}")
                    rows.append(self.row(_("Which"), choice, id=f"row-{name}-{at}"))
        if line.part != "promised":
            sorts = [(str(kind), kind_word(kind)) for kind in KINDS]
            choice = Choice(sorts, line.kind, id=f"kind-{at}")
            rows.append(self.row(_("As"), choice, id=f"row-kind-{at}"))
        else:
            row = self.day_row(f"due-{at}", _("Due"), line.due)
            row.id = f"row-due-{at}"
            rows.append(row)
        return Vertical(*rows, classes="sort-line")

    def on_mount(self) -> None:
        """Show the choices that each line needs."""
        for at in range(len(self.lines)):
            self._fit(at)

    @on(Choice.Picked)
    def picked(self, event: Choice.Picked) -> None:
        """Another outcome needs other choices."""
        event.stop()
        name, _dash, at = str(event.choice.id).rpartition("-")
        if name == "into":
            self._fit(int(at))

    def _fit(self, at: int) -> None:
        into = self.chosen(f"into-{at}")
        shown = {
            "priority": "priority" in ABOUT.get(into, ()),
            "ask": "ask" in ABOUT.get(into, ()),
            "kind": into in ("priority", "guess"),
            "due": True,
        }
        for name, on_screen in shown.items():
            for row in self.query(f"#row-{name}-{at}"):
                row.display = on_screen

    def keys(self) -> str:
        """The line about the keys."""
        return _("Left, right choose   Tab next   Ctrl+S files all   Esc back")

    def read(self) -> list[Yield]:
        """The lines with what was chosen."""
        found = []
        for at, line in enumerate(self.lines):
            into = self.chosen(f"into-{at}")
            target, kind, due = "", line.kind, line.due
            for name in ABOUT.get(into, ()):
                target = self.chosen(f"{name}-{at}")
            if self.query(f"#kind-{at}"):
                kind = self.chosen(f"kind-{at}")
            if self.query(f"#due-{at}"):
                due = self.day(f"due-{at}")
            found.append(replace(line, into=into, target=target, kind=kind, due=due))
        return found

    def collect(self) -> str:
        """File them."""
        lines = self.read()
        for at, line in enumerate(lines):
            if line.into == "promise" and line.due is None:
                self.query_one(f"#due-{at}", Input).focus()
            check(line)
        planner = self.planner
        followups.follow_up(
            planner.db,
            self.event,
            lines,
            planner.today,
            planner.now(),
            planner.calendar,
        )
        if not lines:
            return _("Followed up: nothing to write down.")
        said = ngettext(
            "Followed up: {count} line filed; u takes all of it back.",
            "Followed up: {count} lines filed; u takes all of it back.",
            len(lines),
        )
        return said.format(count=len(lines))

    def action_leave(self) -> None:
        """Go back to the texts; what was chosen is remembered."""
        for at, line in enumerate(self.lines):
            into = self.chosen(f"into-{at}")
            target = next(
                (self.chosen(f"{name}-{at}") for name in ABOUT.get(into, ())), ""
            )
            kind = line.kind
            if self.query(f"#kind-{at}"):
                kind = self.chosen(f"kind-{at}")
            chosen = replace(line, into=into, target=target, kind=kind)
            self.before[(line.part, line.text)] = chosen
        self.dismiss(None)
