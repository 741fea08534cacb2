"""What was being written when the program ended: go on, keep it, or throw it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.containers import Vertical
from textual.widgets import Static

from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.tui import labels
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import words
from plannertui.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.store.drafts import Draft
    from plannertui.tui.planner import Planner

Answer = Literal["continue", "compare", "keep", "discard"]


def count_words(text: str) -> int:
    """Words of ``text``; every Han character is one."""
    total, inside = 0, False
    for char in text:
        han = "\u3400" <= char <= "\u9fff" or char >= "\U00020000"
        letter = char.isalnum() and not han
        total += han or (letter and not inside)
        inside = letter
    return total


class DraftDialog(Dialog[Answer]):
    """Offers one ``draft`` of a session that has ended; Esc leaves it for later.

    ``moved`` says that the text it began with was changed since: it can be compared.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter,c",
            "answer('continue')",
            N_("continue"),
            id="drafts.go_on",
            tooltip=N_("Go on writing where you were."),
        ),
        bind(
            "v",
            "answer('compare')",
            N_("compare"),
            id="drafts.compare",
            tooltip=N_("See it beside what is saved now, and choose."),
        ),
        bind(
            "k",
            "answer('keep')",
            N_("keep as entry"),
            id="drafts.keep",
            tooltip=N_("Put it into the journal as it is."),
        ),
        bind(
            "x,delete",
            "answer('discard')",
            N_("discard"),
            id="drafts.discard",
            tooltip=N_("Put it into the trash."),
        ),
    ]

    def __init__(
        self, planner: Planner, draft: Draft, what: str, *, moved: bool = False
    ) -> None:
        super().__init__()
        self.moved = moved
        self.planner = planner
        self.draft = draft
        self.what = what

    def compose(self) -> ComposeResult:
        """When it was, how much, how it begins, and the keys."""
        body = self.draft.body
        count = count_words(body)
        about = ngettext("{count} word", "{count} words", count).format(count=count)
        dot = f" {self.planner.frame.dot} "
        when = moment(self.draft.updated_at, self.planner.today)
        with Vertical(classes="dialog") as box:
            box.border_title = words(_("You were writing"))
            yield Static(words(dot.join((self.what, when, about))), classes="muted")
            text = Prose(body.strip(), most=6, ellipsis=self.planner.frame.ellipsis)
            text.styles.margin = (1, 0, 0, 0)
            yield text
            keys = _("Enter continue   k keep as entry   x discard   Esc later")
            if self.moved:
                changed = Static(words(_("It was changed since, somewhere else.")))
                changed.styles.margin = (1, 0, 0, 0)
                yield changed
                keys = _(
                    "Enter continue   v compare   k keep as entry   x discard   Esc later"
                )
            yield Static(words(keys), classes="keys")

    def action_answer(self, answer: Answer) -> None:
        """Say what to do with it."""
        if answer != "compare" or self.moved:
            self.dismiss(answer)


def moment(stamp: str, today: date) -> str:
    """ "14:32" for a ``stamp`` of today, "Fri 13 Sep 14:32" for another day."""
    from datetime import date as day_type

    try:
        day = day_type.fromisoformat(stamp[:10])
    except ValueError:
        return labels.clock(stamp)
    if day == today:
        return labels.clock(stamp)
    return f"{labels.day_words(day, today)} {labels.clock(stamp)}"
