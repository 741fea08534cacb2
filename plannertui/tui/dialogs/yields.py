"""An answer turned into what it asks for: an ask, a promise, a win, a lesson …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Static

from plannertui.core.day import year_of
from plannertui.core.entries import Win
from plannertui.core.errors import EmptyText, UnreadableDate
from plannertui.core.text import first_line
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.store import entries, evidence, matters, people, years
from plannertui.tui import labels
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.editor import Editor
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.entries import Entry
    from plannertui.tui.planner import Planner

KINDS = ("ask", "promise", "win", "lesson", "warn", "grey", "standard")
MATTERS = ("ask", "promise", "grey")
ROWS = {
    "due": ("promise", "ask", "grey"),
    "person": ("promise", "ask", "grey"),
    "about": ("warn",),
    "number": ("win",),
    "document": ("win",),
    "witnesses": ("win",),
}


class YieldDialog(KeptForm):
    """Files the ``answer``, or a part of it, once more as ``kind``.

    What is filed keeps the links of the answer and is linked to it; the answer stays.
    Gives the line to say about it.
    """

    def __init__(self, planner: Planner, answer: Entry, kind: str) -> None:
        super().__init__(
            planner,
            _("Turn the answer into"),
            f"form:yield:{answer.handle}",
            answer.rev,
        )
        self.answer = answer
        self.kind = kind if kind in KINDS else "lesson"
        self._prefilled = ""

    def fields(self) -> Iterable[Widget]:
        """What it becomes, the text, and what that kind needs."""
        kinds = [(kind, kind_word(kind)) for kind in KINDS]
        yield Choice(kinds, self.kind, id="kind", classes="form-row")
        yield self.row(_("Text"), Editor(self.planner, id="text"))
        yield self._row("due", self.day_row("due", _("Due"), None))
        yield self._row(
            "person", self.row(_("With whom"), self.line("person", "", "L1"))
        )
        yield self._row("about", self.day_row("about", _("Speaks of"), None))
        number = self.line("number", "", _("a figure that can be checked"))
        yield self._row("number", self.row(_("Number"), number))
        document = self.line("document", "", _("where it can be looked up"))
        yield self._row("document", self.row(_("Document"), document))
        witnesses = self.line("witnesses", "", _("who saw it at first hand"))
        yield self._row("witnesses", self.row(_("Seen by"), witnesses))
        yield Static(id="note", classes="form-quiet form-note", markup=False)

    def _row(self, name: str, row: Widget) -> Widget:
        row.id = f"row-{name}"
        return row

    def keys(self) -> str:
        """The line about the keys."""
        return _("Ctrl+S saves   Tab next field   Esc keeps it for later")

    def prepare(self) -> None:
        """Fill in what the answer says, for the kind it yields."""
        self._fill(self.kind)

    def begin(self) -> None:
        """Begin in the text."""
        self.query_one("#text", Editor).focus()

    @on(Choice.Picked, "#kind")
    def kind_picked(self, event: Choice.Picked) -> None:
        """Ask for what that kind needs."""
        event.stop()
        self._fill(event.value)

    def _fill(self, kind: str) -> None:
        self.kind = kind
        for name, kinds in ROWS.items():
            self.query_one(f"#row-{name}").display = kind in kinds
        editor = self.query_one("#text", Editor)
        editor.one_line = kind in (*MATTERS, "standard")
        text = self.answer.text
        wanted = first_line(text) if editor.one_line else text
        if editor.text == self._prefilled:
            editor.load(f"yield:{self.answer.handle}", wanted)
            self._prefilled = wanted
        if kind in MATTERS and not self.value("person"):
            self._fill_person(kind)
        self.query_one("#note", Static).update(self._note(kind))

    def _fill_person(self, kind: str) -> None:
        from textual.widgets import Input

        found = [ref.handle for ref in self.answer.refs if ref.handle[0] in "LP"]
        leader = people.primary(self.planner.db) if kind == "ask" else None
        if not found and leader is not None:
            found = [leader.handle]
        if found:
            self.query_one("#person", Input).value = found[0]

    def _note(self, kind: str) -> str:
        if kind == "standard":
            return _(
                "One line of at most 80 characters: how I want people to work for me."
            )
        if kind == "grey":
            return _(
                "A grey matter stays open until you decide; it never counts as merit."
            )
        return _("It stays linked to this answer, and to what the answer is linked to.")

    def collect(self) -> str:
        """File it."""
        editor = self.query_one("#text", Editor)
        text = editor.text.strip()
        if not text:
            raise EmptyText(_("There is nothing to write down: give some text."))
        if self.kind == "standard":
            said = self._standard(text)
        elif self.kind in MATTERS:
            said = self._matter(" ".join(text.split("\n")))
        else:
            said = self._entry(text)
        editor.drop_draft()
        return said

    @property
    def _links(self) -> list[int]:
        return [self.answer.id, *(ref.id for ref in self.answer.refs)]

    def _standard(self, text: str) -> str:
        db, today = self.planner.db, self.planner.today
        year = year_of(today, self.planner.settings.year_start)
        kept = years.get(db, year).standards
        years.save(db, year, self.planner.now(), standards=[*kept, text])
        return _("A standard more for {year}.").format(year=year)

    def _matter(self, title: str) -> str:
        planner, kind = self.planner, self.kind
        due = self.day("due")
        if kind == "promise" and due is None:
            raise UnreadableDate(_("A promise needs its day: fri, +3d or 9-20."))
        person = next(iter(self.named("person", "person")), None)
        goal = next((r.id for r in self.answer.refs if r.handle[0] == "G"), None)
        matter = matters.add(
            planner.db,
            title=title,
            day=planner.today,
            now=planner.now(),
            kind="task" if kind == "grey" else kind,
            nature="grey" if kind == "grey" else "official",
            links=self._links,
            tags=self.answer.tags,
            person_id=person,
            goal_id=goal,
            due=due,
        )
        if due is None:
            message = _("{handle}: {kind}.")
            return message.format(handle=matter.handle, kind=kind_word(kind))
        message = _("{handle}: {kind}, due {day}.")
        return message.format(
            handle=matter.handle,
            kind=kind_word(kind),
            day=labels.day_words(due, planner.today),
        )

    def _entry(self, text: str) -> str:
        planner, fields = self.planner, {}
        if self.kind == "win":
            fields["win"] = Win(
                number=self.value("number"),
                document=self.value("document"),
                witnesses=evidence.named(self.planner.db, self.value("witnesses")),
            )
        about = self.day("about") if self.kind == "warn" else None
        entry = entries.add(
            planner.db,
            text=text,
            day=self.answer.day,
            now=planner.now(),
            kind=self.kind,
            links=self._links,
            tags=self.answer.tags,
            timed=self.answer.day == planner.today,
            about=about,
            **fields,
        )
        message = _("{handle}: {kind}.")
        return message.format(handle=entry.handle, kind=kind_word(self.kind))
