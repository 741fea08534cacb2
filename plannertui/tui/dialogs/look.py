"""Looking into the mirror: one standard, yes, partly or no, and an example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.widgets import Static, TextArea

from plannertui.core.errors import Usage
from plannertui.core.mirror import ANSWERS, answer_word
from plannertui.i18n import gettext as _
from plannertui.store import mirror
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.safety import words
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.figures import Standing
    from plannertui.tui.planner import Planner


class LookDialog(KeptForm):
    """Asks about one standard; the result is the line to say about it."""

    CSS_PATH: ClassVar[Any] = ["form.tcss", "kept.tcss", "look.tcss"]

    def __init__(self, planner: Planner, standing: Standing) -> None:
        self.standing = standing
        super().__init__(
            planner, _("Look into the mirror"), f"mirror:{standing.standard}", 0
        )

    def fields(self) -> Iterable[Widget]:
        """The standard, the answer, the example."""
        yield Static(words(self.standing.text, "bold"), id="look-standard")
        if self.standing.last:
            before = _("so far: {answers}")
            said = before.format(answers=" ".join(map(answer_word, self.standing.last)))
            yield Static(words(said), classes="form-quiet")
        choices = [(each, answer_word(each)) for each in ANSWERS]
        yield self.row(_("Did I?"), Choice(choices, "", id="answer"))
        area = TextArea("", id="example", compact=True, tab_behavior="focus")
        yield self.row(_("Example"), area)

    def keys(self) -> str:
        """The line about the keys."""
        return _("←/→ answer   Tab example   Ctrl+S saves   Esc keeps it for later")

    def begin(self) -> None:
        """Begin at the answer."""
        self.query_one(Choice).focus()

    def collect(self) -> str:
        """Write the answer down."""
        answer = self.chosen("answer")
        if not answer:
            raise Usage(_("Yes, partly or no? The arrows choose."))
        planner = self.planner
        entry, standing = mirror.answer(
            planner.db,
            answer,
            self.query_one("#example", TextArea).text,
            today=planner.today,
            now=planner.now(),
            year_start=planner.settings.year_start,
            standard=self.standing.standard,
        )
        said = _("{handle}: {answers}")
        answers = " ".join(map(answer_word, standing.last))
        return said.format(handle=entry.handle, answers=answers)
