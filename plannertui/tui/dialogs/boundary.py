"""The boundary check of a grey matter: the words that were said, and the decision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widgets import Static

from plannertui.core.boundary import (
    ANSWERS,
    KINDS,
    TESTS,
    UNDECIDED,
    Boundary,
    answer_word,
    answers,
    decision_of,
    decision_word,
)
from plannertui.core.day import year_of
from plannertui.core.errors import EmptyText
from plannertui.core.matters import DECISIONS, NATURES
from plannertui.core.text import first_line
from plannertui.core.words import nature_word
from plannertui.i18n import gettext as _
from plannertui.store import years
from plannertui.store.boundaries import Check, amended, record
from plannertui.tui import labels
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.editor import Editor
from plannertui.tui.keys import N_, bind
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.item_lines import with_aliases
from plannertui.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from plannertui.core.matters import Matter
    from plannertui.tui.dialogs.form import Form
    from plannertui.tui.planner import Planner

RECORDED_LINES = 6


def target(matter: Matter) -> str:
    """The name of the draft of the words."""
    return f"boundary:{matter.handle}"


def rows(form: Form[str], matter: Matter, *, full: bool = False) -> Iterable[Widget]:
    """The fields of the check, with what is recorded already.

    ``full`` adds the kind, the facts and the three tests to the words and the decision.
    """
    boundary = matter.boundary or {}
    recorded = str(boundary.get("words") or "")
    if recorded:
        frame = form.planner.frame
        before = Prose(recorded, most=RECORDED_LINES, ellipsis=frame.ellipsis)
        yield form.row(_("Recorded"), before)
    hint = labels.hint(
        _("more words are added with today's date")
        if recorded
        else _("what was asked, as near word for word as you can")
    )
    words = Editor(form.planner, id="words", placeholder=hint)
    yield form.row(_("Words"), words)
    if full:
        yield from _facts(form, boundary)
        yield from _tests(form, matter)
    if full:
        yield Static(classes="form-gap")
    choices = [(name, decision_word(name)) for name in (UNDECIDED, *DECISIONS)]
    decision = decision_of(matter)
    yield form.row(_("Decision"), Choice(choices, decision, id="decision"))
    consulted = form.line("consulted", str(boundary.get("consulted") or ""))
    askers = _askers(form.planner)
    consulted.placeholder = labels.hint(askers or _("whom you asked"))
    yield form.row(_("Advice from"), consulted, id="row-consulted")
    sentence = form.line("sentence", str(boundary.get("sentence") or ""))
    sentence.placeholder = labels.hint(_("a courteous sentence for it, if you like"))
    yield form.row(_("In words"), sentence)
    if full and askers:
        said = _("People you could ask: {names}").format(names=askers)
        yield Static(said, classes="form-quiet form-note", markup=False)


def _facts(form: Form[str], boundary: Boundary) -> Iterable[Widget]:
    """When, where, who was present; what kind of thing it is."""
    hints = {
        "when": _("the day and the hour"),
        "where": _("the place, or by what means"),
        "present": _("who heard it"),
    }
    for name, hint in hints.items():
        field = form.line(name, str(boundary.get(name) or ""), hint)
        yield form.row(fact_label(name), field)
    yield Static(classes="form-gap")
    kind = str(boundary.get("kind") or "")
    kinds = [("", _("none of these")), *((k, _(word)) for k, word in KINDS.items())]
    if kind not in ("", *KINDS):
        kinds.append((kind, kind))
    yield form.row(_("What it is"), Choice(kinds, kind, id="kind"))


def _tests(form: Form[str], matter: Matter) -> Iterable[Widget]:
    """Its nature, and the three questions, each with yes, no, unsure."""
    yield Static(classes="form-gap")
    natures = [(str(name), nature_word(name)) for name in NATURES]
    yield form.row(_("Nature"), Choice(natures, matter.nature, id="nature"))
    choices = [("", "–"), *((each, answer_word(each)) for each in ANSWERS)]
    given = answers(matter.boundary)
    for (name, question), answer in zip(TESTS.items(), given, strict=True):
        yield Horizontal(
            Static(_(question), classes="form-test", markup=False),
            Choice(choices, answer, id=f"test-{name}", classes="form-answer"),
            classes="form-row",
        )


def fact_label(name: str) -> str:
    """The label of the field of a fact."""
    return {"when": _("When"), "where": _("Where"), "present": _("Present")}[name]


def open_words(form: Form[str], matter: Matter) -> None:
    """Take up the words that were being written, and show what the decision needs."""
    form.query_one("#words", Editor).load(target(matter), "")
    show_consulted(form, decision_of(matter))


def show_consulted(form: Form[str], decision: str) -> None:
    """Ask whom one asked only where one asked."""
    form.query_one("#row-consulted").display = decision == "asked_advice"


def said(form: Form[str], *, full: bool = False) -> Check:
    """What the fields say."""
    words = form.query_one("#words", Editor).text
    check = Check(
        words=words,
        decision=form.chosen("decision"),
        consulted=form.value("consulted"),
        sentence=form.value("sentence"),
    )
    if not full:
        return check
    one, two, three = (form.chosen(f"test-{name}") for name in TESTS)
    facts = {name: form.value(name) for name in ("when", "where", "present")}
    return replace(
        check,
        facts={**facts, "kind": form.chosen("kind")},
        tests=(one, two, three),
        nature=form.chosen("nature"),
    )


def collected(form: Form[str], matter: Matter) -> Boundary:
    """What the fields say, added to what was recorded."""
    return amended(matter, said(form), form.planner.today)


def _askers(planner: Planner) -> str:
    """The people whom one noted in calm times as those one could ask."""
    year = year_of(planner.today, planner.settings.year_start)
    dot = f" {planner.frame.dot} "
    return dot.join(first_line(each) for each in years.get(planner.db, year).askers)


class BoundaryDialog(KeptForm):
    """Asks for the words and the decision; decided, the matter is closed.

    Gives the line to say about it. What is typed waits here after Esc.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "f2",
            "rules",
            N_("the rules"),
            id="boundary.rules",
            tooltip=N_("Read the rules there are, and note those of your own house."),
        ),
    ]

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
        yield from rows(self, matter, full=True)
        note = _(
            "Facts first. It stays with you: no report takes it, nothing counts it."
        )
        yield Static(note, classes="form-quiet form-note", markup=False)

    def keys(self) -> str:
        """The line about the keys."""
        return _("Ctrl+S saves   Esc keeps it for later   F2 the rules")

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
        planner, before = self.planner, self.matter
        check = said(self, full=True)
        known = before.boundary or {}
        if check.nature == before.nature and known == amended(
            before, check, planner.today
        ):
            raise EmptyText(_("There is nothing new to write down: what was asked?"))
        matter = record(planner.db, before, check, planner.today, planner.now())
        self.query_one("#words", Editor).drop_draft()
        if matter.state != "open":
            message = _("{handle}: {decision}. It is closed.")
        elif decision_of(matter):
            message = _("{handle}: {decision}. It stays open.")
        else:
            message = _("{handle} is noted and stays open.")
        word = decision_word(decision_of(matter))
        return message.format(handle=matter.handle, decision=word)

    def action_rules(self) -> None:
        """Read the rules, and note the one of one's own house."""
        from plannertui.tui.dialogs.rules import RulesDialog

        self.app.push_screen(RulesDialog(self.planner))
