"""What a win rests on: the number, the document, who saw it, whom to credit, the story."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widgets import Input, Static, TextArea

from plannertui.core.entries import Entry, Win, proof
from plannertui.core.proof import STORY, claims
from plannertui.core.words import share_word, state_word
from plannertui.i18n import gettext as _
from plannertui.store import entries, evidence
from plannertui.tui import labels
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.safety import words
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.tui.planner import Planner


class ProveDialog(KeptForm):
    """Gives a win its proof; the result is the line to say about it."""

    CSS_PATH: ClassVar[Any] = ["form.tcss", "kept.tcss", "prove.tcss"]

    def __init__(self, planner: Planner, entry: Entry) -> None:
        self.entry = entry
        self._claim: str | None = None
        dot = f" {planner.frame.dot} "
        day = labels.day_words(entry.day, planner.today)
        word = state_word(str(proof(entry)))
        super().__init__(
            planner,
            dot.join((entry.handle, day, word)),
            f"prove:{entry.handle}",
            entry.rev,
        )

    def fields(self) -> Iterable[Widget]:
        """The win itself, what proves it, and how it came about."""
        win = self.entry.win or Win()
        known = evidence.aliases(self.planner.db)
        yield Static(words(self.entry.text), id="win-text")
        yield self.row(_("Number"), self.line("number", win.number, "188 / 412"))
        yield self.row(
            _("Document"),
            self.line("document", win.document, _("where it can be looked up")),
        )
        yield self.row(
            _("Seen by"),
            self.line(
                "witnesses",
                evidence.shown(win.witnesses, known),
                _("who saw it at first hand"),
            ),
        )
        yield self.row(
            _("Credit to"),
            self.line(
                "credit",
                evidence.shown(win.credit, known),
                _("who made it possible"),
            ),
        )
        yield Static(_("How it came about"), classes="form-group", markup=False)
        for name, label in zip(STORY, (_("Before"), _("Did"), _("After")), strict=True):
            area = TextArea(
                getattr(win, name), id=name, compact=True, tab_behavior="focus"
            )
            yield self.row(label, area)
        share = [(each, share_word(each)) for each in ("private", "ready")]
        choice = Choice(share, self.entry.share, id="share")
        yield self.row(_("Share"), choice, id="share-row")

    def keys(self) -> str:
        """The line about the keys."""
        return _("Ctrl+S saves   Tab next field   Esc keeps it for later")

    def begin(self) -> None:
        """Begin in the first field that is empty."""
        fields = list(self.query(Input))
        empty = [field for field in fields if not field.value]
        (empty or fields)[0].focus()
        if self._claim is None:
            self.check_claim()

    def win(self) -> Win:
        """The win as the fields say."""
        db = self.planner.db
        return replace(
            self.entry.win or Win(),
            number=self.value("number"),
            document=self.value("document"),
            witnesses=evidence.named(db, self.value("witnesses")),
            credit=evidence.named(db, self.value("credit")),
            before=self._story("before"),
            did=self._story("did"),
            after=self._story("after"),
        )

    def _story(self, name: str) -> str:
        return self.query_one(f"#{name}", TextArea).text.strip()

    @on(TextArea.Changed)
    @on(Input.Changed)
    def check_claim(self) -> None:
        """Say where the win praises and nothing proves it."""
        said = claims(self.entry.text, self.win())
        if said != (self._claim or ""):
            self.hint(said)
        self._claim = said

    def collect(self) -> str:
        """Save it, unless somebody has changed it since."""
        saved = entries.edit(
            self.planner.db,
            self.entry,
            self.planner.now(),
            base_rev=self.base_rev,
            win=self.win(),
            share=self.chosen("share"),
        )
        said = _("{handle} is saved: {word}.")
        return said.format(handle=saved.handle, word=state_word(str(proof(saved))))
