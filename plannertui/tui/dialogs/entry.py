"""Everything that can be changed about an entry or a matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import on
from textual.containers import Vertical
from textual.widgets import Input, Static, TextArea

from plannertui.core.capture import day_again
from plannertui.core.entries import Entry, Win
from plannertui.core.errors import Conflict, EmptyText, UnreadableDate
from plannertui.core.matter_words import origin_word
from plannertui.core.matters import ORIGINS, Matter
from plannertui.core.proof import claims
from plannertui.core.words import kind_word, nature_word, share_word
from plannertui.i18n import gettext as _
from plannertui.store import entries, evidence, matters, rows
from plannertui.tui import labels, texts
from plannertui.tui.dialogs import boundary
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.editor import Editor
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.widget import Widget

    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner
    from plannertui.tui.texts import Text

ENTRY_KINDS = (
    *("note", "win", "lesson", "warn", "surprise"),
    *("thanks", "feedback", "setback"),
)
MATTER_KINDS = ("task", "promise", "waiting", "ask")
NATURES = ("official", "private", "grey")


class EntryDialog(KeptForm):
    """Edits an entry or a matter; gives the line to say about it.

    ``clash`` is the entry that holds one's own text, where somebody else had changed the
    text in the meantime.
    """

    def __init__(self, planner: Planner, item: Item) -> None:
        self.thing: Entry | Matter = (
            entries.get(planner.db, item.id)
            if item.noun == "entry"
            else matters.get(planner.db, item.id)
        )
        self.item = item
        day = labels.day_words(self.thing.day, planner.today)
        self.clash: Text | None = None
        self.prepared = False
        self._claim = ""
        super().__init__(
            planner,
            f"{self.thing.handle} {planner.frame.dot} {day}",
            f"form:{self.thing.handle}",
            self.thing.rev,
        )

    def keys(self) -> str:
        """The line about the keys."""
        return _("Ctrl+S saves   Tab next field   Esc keeps it for later")

    def prepare(self) -> None:
        """Take up the text."""
        editor = self.query_one("#text", Editor)
        found = texts.read(self.planner.db, self.item)
        if found is not None:
            editor.load(found.target, found.text, found.rev)
        if isinstance(self.thing, Matter):
            boundary.open_words(self, self.thing)
            self._show_boundary(self.thing.nature)

    def begin(self) -> None:
        """Begin in the text."""
        self.prepared = True
        self.check_claim()
        self.query_one("#text", Editor).focus()

    @on(Choice.Picked, "#nature")
    def nature_picked(self, event: Choice.Picked) -> None:
        """Show the boundary check of what is grey."""
        self._show_boundary(event.value)

    @on(Choice.Picked, "#decision")
    def decision_picked(self, event: Choice.Picked) -> None:
        """Ask for what that decision needs."""
        boundary.show_consulted(self, event.value)

    def _show_boundary(self, nature: str) -> None:
        assert isinstance(self.thing, Matter)
        kept = bool(self.thing.boundary)
        self.query_one("#boundary").display = nature == "grey" or kept

    def fields(self) -> Iterable[Widget]:
        """The fields of the noun."""
        editor = Editor(self.planner, id="text")
        yield self.row(_("Text"), editor)
        if isinstance(self.thing, Entry):
            yield from self._entry_fields(self.thing)
        else:
            editor.one_line = True
            yield from self._matter_fields(self.thing)
        tags = " ".join(f"#{tag}" for tag in self.thing.tags)
        links = " ".join(ref.handle for ref in self.thing.refs)
        yield self.row(_("Links"), self.line("links", links, "G1 L1"))
        yield self.row(_("Tags"), self.line("tags", tags, _("#tag #another")))
        if isinstance(self.thing, Matter):
            with Vertical(id="boundary", classes="form-rows"):
                yield Static(_("Boundary check"), classes="form-group")
                yield from boundary.rows(self, self.thing)

    def _entry_fields(self, entry: Entry) -> Iterable[Widget]:
        kinds = ENTRY_KINDS if entry.kind in ENTRY_KINDS else (entry.kind,)
        yield self.row(_("Kind"), _kinds(kinds, entry.kind))
        yield self.day_row("day", _("Day"), entry.day, past=True)
        if entry.kind == "warn":
            yield self.day_row("about", _("Speaks of"), entry.about)
        if entry.kind == "win":
            win = entry.win or Win()
            shown = evidence.aliases(self.planner.db)
            people = evidence.shown(win.witnesses, shown)
            credit = evidence.shown(win.credit, shown)
            yield self.row(_("Number"), self.line("number", win.number, "188 / 412"))
            yield self.row(
                _("Document"),
                self.line("document", win.document, _("where it can be looked up")),
            )
            yield self.row(
                _("Seen by"),
                self.line("witnesses", people, _("who saw it at first hand")),
            )
            yield self.row(_("Credit to"), self.line("credit", credit))
        again = entry.revisit_on.isoformat() if entry.revisit_on else ""
        hint = _("30d, 2w or a date: it comes back that day")
        yield self.row(_("See again"), self.line("again", again, hint))
        share = [(s, share_word(s)) for s in ("private", "ready")]
        yield self.row(_("Share"), Choice(share, entry.share, id="share"))

    def _matter_fields(self, matter: Matter) -> Iterable[Widget]:
        yield self.row(_("Kind"), _kinds(MATTER_KINDS, matter.kind))
        natures = [(n, nature_word(n)) for n in NATURES]
        yield self.row(_("Nature"), Choice(natures, matter.nature, id="nature"))
        yield self.day_row("due", _("Due"), matter.due)
        person = matter.person.handle if matter.person else ""
        goal = matter.goal.handle if matter.goal else ""
        yield self.row(_("Person"), self.line("person", person, "L1"))
        yield self.row(_("Goal"), self.line("goal", goal, "G1"))
        serves = rows.ref(self.planner.db, matter.priority_id)
        served = serves.handle if serves is not None else ""
        yield self.row(_("Priority"), self.line("priority", served, "L1.1"))
        origins = [(str(name), origin_word(name)) for name in ORIGINS]
        yield self.row(_("Origin"), Choice(origins, matter.origin, id="origin"))
        weights = [
            ("", _("neither")),
            ("u", _("urgent")),
            ("i", _("important")),
            ("ui", _("both")),
        ]
        weight = ("u" if matter.urgent else "") + ("i" if matter.important else "")
        yield self.row(_("Weight"), Choice(weights, weight, id="weight"))

    def collect(self) -> str:
        """Save it, where nobody has changed it since."""
        editor = self.query_one("#text", Editor)
        text, thing = editor.text, self.thing
        if not text.strip():
            raise EmptyText(_("An empty text is not saved; Esc leaves it as it was."))
        changes: dict[str, Any] = {
            "links": self.named("links"),
            "tags": self.tags("tags"),
        }
        db, now, rev = self.planner.db, self.planner.now(), editor.draft.base_rev
        try:
            if isinstance(thing, Entry):
                changes |= self._entry_changes(thing)
                entries.edit(db, thing, now, base_rev=rev, text=text, **changes)
            else:
                changes |= self._matter_changes()
                title = " ".join(text.split("\n")).strip()
                changes["boundary"] = boundary.collected(self, thing) or None
                matters.edit(db, thing, now, base_rev=rev, title=title, **changes)
                self.query_one("#words", Editor).drop_draft()
        except Conflict:
            found = texts.read(db, self.item)
            if found is None:
                raise
            kept = texts.keep_both(db, found, text, self.planner.today, now)
            editor.settled(kept.target, text, kept.rev)
            self.clash = kept
            message = _("{old} was changed elsewhere. Your text is kept as {new}.")
            return message.format(old=thing.handle, new=kept.handle)
        editor.settled(editor.draft.target, text, rev + 1)
        return _("{handle} is saved.").format(handle=thing.handle)

    def _again(self, entry: Entry) -> date | None:
        """The day to see it again; one that has come by may stand as it is."""
        text, kept = self.value("again"), entry.revisit_on
        if not text or (kept is not None and text == kept.isoformat()):
            return kept if text else None
        start = self.planner.settings.year_start
        day = day_again(text, self.planner.today, start)
        if day is None:
            message = _('"{text}" is no day ahead. Try 30d, 2w or 2024-12-01.')
            raise UnreadableDate(message.format(text=text))
        return day

    def _entry_changes(self, entry: Entry) -> dict[str, Any]:
        changes: dict[str, Any] = {
            "kind": self.chosen("kind"),
            "share": self.chosen("share"),
            "day": self.day("day") or entry.day,
        }
        if entry.kind == "warn":
            changes["about"] = self.day("about")
        changes["revisit_on"] = self._again(entry)
        if entry.kind == "win":
            changes["win"] = self._win(entry)
        return changes

    def _win(self, entry: Entry) -> Win:
        """The win as its fields say; what has no field stays."""
        db = self.planner.db
        return replace(
            entry.win or Win(),
            number=self.value("number"),
            document=self.value("document"),
            witnesses=evidence.named(db, self.value("witnesses")),
            credit=evidence.named(db, self.value("credit")),
        )

    @on(TextArea.Changed)
    @on(Input.Changed)
    def check_claim(self) -> None:
        """Say where a win praises and proves nothing."""
        entry = self.thing
        if not self.prepared or not isinstance(entry, Entry) or entry.kind != "win":
            return
        said = claims(self.query_one("#text", Editor).text, self._win(entry))
        if said != self._claim:
            self._claim = said
            self.hint(said)

    def _matter_changes(self) -> dict[str, Any]:
        weight = self.chosen("weight")
        return {
            "kind": self.chosen("kind"),
            "nature": self.chosen("nature"),
            "due": self.day("due"),
            "person_id": next(iter(self.named("person", "person")), None),
            "goal_id": next(iter(self.named("goal", "goal")), None),
            "priority_id": next(iter(self.named("priority", "priority")), None),
            "origin": self.chosen("origin"),
            "urgent": "u" in weight,
            "important": "i" in weight,
        }


def _kinds(kinds: Iterable[str], kind: str) -> Choice:
    return Choice([(k, kind_word(k)) for k in kinds], kind, id="kind")
