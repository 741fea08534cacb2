"""The boundary check of a grey matter: the words that were said, and the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Static

from plannertui.core.boundary import (
    UNDECIDED,
    Boundary,
    add_words,
    decide,
    decision_of,
    decision_word,
)
from plannertui.core.day import year_of
from plannertui.core.matters import DECISIONS
from plannertui.core.text import first_line
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import matters, years
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.editor import Editor
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.item_lines import with_aliases
from plannertui.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.matters import Matter
    from plannertui.tui.dialogs.form import Form
    from plannertui.tui.planner import Planner

RECORDED_LINES = 6


def target(matter: Matter) -> str:
    """The name of the draft of the words."""
    return f"boundary:{matter.handle}"


def rows(form: Form[str], matter: Matter) -> Iterable[Widget]:
    """The fields of the check, with what is recorded already."""
    boundary = matter.boundary or {}
    recorded = str(boundary.get("words") or "")
    if recorded:
        frame = form.planner.frame
        before = Prose(recorded, most=RECORDED_LINES, ellipsis=frame.ellipsis)
        yield form.row(_("Recorded"), before)
    hint = (
        _("more words are added with today's date")
        if recorded
        else _("what was asked, as near word for word as you can")
    )
    words = Editor(form.planner, id="words", placeholder=hint)
    yield form.row(_("Words"), words)
    choices = [(name, decision_word(name)) for name in (UNDECIDED, *DECISIONS)]
    decision = decision_of(matter)
    yield form.row(_("Decision"), Choice(choices, decision, id="decision"))
    consulted = form.line("consulted", str(boundary.get("consulted") or ""))
    consulted.placeholder = _askers(form.planner) or _("whom you asked")
    yield form.row(_("Advice from"), consulted, id="row-consulted")
    sentence = form.line("sentence", str(boundary.get("sentence") or ""))
    sentence.placeholder = _("a courteous sentence for it, if you like")
    yield form.row(_("In words"), sentence)


def open_words(form: Form[str], matter: Matter) -> None:
    """Take up the words that were being written, and show what the decision needs."""
    form.query_one("#words", Editor).load(target(matter), "")
    show_consulted(form, decision_of(matter))


def show_consulted(form: Form[str], decision: str) -> None:
    """Ask whom one asked only where one asked."""
    form.query_one("#row-consulted").display = decision == "asked_advice"


def collected(form: Form[str], matter: Matter) -> Boundary:
    """What the fields say, added to what was recorded."""
    today, decision = form.planner.today, form.chosen("decision")
    words = form.query_one("#words", Editor).text
    return decide(
        add_words(matter.boundary, words, today),
        decision,
        today,
        consulted=form.value("consulted") if decision == "asked_advice" else "",
        sentence=form.value("sentence"),
    )


def _askers(planner: Planner) -> str:
    """The people whom one noted in calm times as those one could ask."""
    year = year_of(planner.today, planner.settings.year_start)
    dot = f" {planner.frame.dot} "
    return dot.join(first_line(each) for each in years.get(planner.db, year).askers)


class BoundaryDialog(KeptForm):
    """Asks for the words and the decision; decided, the matter is closed.

    Gives the line to say about it. What is typed waits here after Esc.
    """

    def __init__(self, planner: Planner, matter: Matter) -> None:
        super().__init__(
            planner, _("Boundary check"), f"form:{target(matter)}", matter.rev
        )
        self.matter = matter

    def fields(self) -> Iterable[Widget]:
        """The matter, and the fields."""
        matter = self.matter
        refs = [(ref.id, ref.handle, ref.label) for ref in matter.refs]
        title = with_aliases(first_line(matter.title), refs)
        about = [matter.handle, title]
        if matter.person is not None and f"@{matter.person.label}" not in title:
            about.append(matter.person.label)
        dot = f" {self.planner.frame.dot} "
        yield Prose(dot.join(about), most=2, classes="form-quiet")
        yield from rows(self, matter)
        note = _(
            "Facts first. It stays with you: no report takes it, nothing counts it."
        )
        yield Static(note, classes="form-quiet form-note", markup=False)

    def keys(self) -> str:
        """The line about the keys."""
        return _("Ctrl+S saves   Tab next field   Esc keeps it for later")

    def prepare(self) -> None:
        """Take up the words that were being written."""
        open_words(self, self.matter)

    def begin(self) -> None:
        """Begin with the words; where they are recorded, with the decision."""
        recorded = (self.matter.boundary or {}).get("words")
        self.query_one("#decision" if recorded else "#words").focus()

    @on(Choice.Picked, "#decision")
    def decision_picked(self, event: Choice.Picked) -> None:
        """Ask for what that decision needs."""
        show_consulted(self, event.value)

    def collect(self) -> str:
        """Record it, and close what is decided."""
        planner = self.planner
        db, now = planner.db, planner.now()
        matter = matters.get(db, self.matter.id)  # others may have written since
        boundary = collected(self, matter)
        decision = str(boundary.get("decision") or UNDECIDED)
        with db.write(N_("boundary check {what}"), now, what=matter.handle):
            matter = matters.edit(db, matter, now, boundary=boundary or None)
            if decision and matter.state == "open":
                matters.done(db, matter, planner.today, now)
        self.query_one("#words", Editor).drop_draft()
        message = (
            _("{handle}: {decision}. It is closed.")
            if decision
            else _("{handle} is noted and stays open.")
        )
        return message.format(handle=matter.handle, decision=decision_word(decision))
