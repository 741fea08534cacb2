"""One figure opened: what it counts, in a sentence, and the list of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.containers import Vertical

from plannertui.core.mirror import answer_word, definition, title, value
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.store import mirror
from plannertui.tui import labels
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed
from plannertui.tui.safety import say, telling, words
from plannertui.tui.screens.base import Going
from plannertui.tui.widgets.drawn import BLANK, fit, line, pad, pad_left
from plannertui.tui.widgets.item_lines import with_aliases
from plannertui.tui.widgets.rows import Row, RowList, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.figures import Case, Figure
    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner


class FigureDialog(Dialog[Going]):
    """Lists what the figures that ``read`` gives count; the result is where one goes.

    A thing is opened over the list, and Esc comes back to it; only a day is elsewhere.
    """

    CSS_PATH = "figure.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "open",
            N_("go to"),
            id="figure.open",
            tooltip=N_("Go to what the cursor is on"),
        ),
        bind(
            "q",
            "leave",
            N_("back"),
            id="figure.close",
            tooltip=N_("Go back to the mirror"),
            show=False,
        ),
    ]

    def __init__(
        self, planner: Planner, read: Callable[[], Sequence[Figure]], head: str
    ) -> None:
        super().__init__()
        self.planner = planner
        self.head = head
        self.places: list[Item | date | None] = []
        self._read = read
        self._count()

    def _count(self) -> None:
        self.figures = self._read()
        self._found = [mirror.items(self.planner.db, each) for each in self.figures]

    def compose(self) -> ComposeResult:
        """The list, and the keys."""
        with Vertical(id="figure", classes="dialog") as box:
            one = len(self.figures) == 1
            box.border_title = words(_("Mirror") if one else self.head)
            box.border_subtitle = words(_("Enter opens it   Esc back"))
            yield RowList(self.planner, self._rows, id="figure-list")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(RowList).focus()

    def _rows(self, width: int) -> list[Row]:
        """Every case on a line; those that do not count are quiet."""
        rows: list[Row] = []
        self.places = []
        for figure, found in zip(self.figures, self._found, strict=True):
            if rows:
                rows.append(Row((BLANK,)))
            head = line((title(figure.name), "heading"), (f"  {value(figure)}", "here"))
            about = paragraph(definition(figure.name), width, "muted")
            rows.append(Row((head, *about, BLANK)))
            if not found:
                said = _("Nothing to count in these days.")
                rows.append(Row(tuple(paragraph(said, width, "faint"))))
            rows += [self._row(case, item, width) for case, item in found]
        return rows

    def _row(self, case: Case, item: Item | None, width: int) -> Row:
        frame, today = self.planner.frame, self.planner.today
        day = labels.date_words(case.day, today) if case.day is not None else ""
        handle = item.handle if item is not None else ""
        text = ""
        if item is not None:
            text = with_aliases(" ".join(item.text[:300].split()), item.refs)
        elif case.id == 0:
            text = _("nothing written that evening")
        word = case_word(case.word) if case.word else ""
        mark = frame.done_box if case.counts else frame.open_box
        room = max(4, width - 2 - 10 - 6 - (cell_len(word) + 2 if word else 0))
        shown = fit(text, room, frame)
        self.places.append(item if item is not None else case.day)
        return Row(
            (
                line(
                    (mark + " ", "here" if case.counts else "faint"),
                    (pad(fit(day, 9, frame), 10), "muted"),
                    (pad(fit(handle, 5, frame), 6), "muted"),
                    (pad(shown, room), "" if case.counts else "muted"),
                    (pad_left(word, cell_len(word) + 2) if word else "", "muted"),
                ),
            ),
            "case",
            len(self.places),
            handle,
        )

    @on(RowList.Chosen)
    def action_open(self) -> None:
        """Open what one is on; a day is in the journal."""
        row = self.query_one(RowList).row
        place = self.places[row.key - 1] if row is not None else None
        if isinstance(place, date):
            self.dismiss(Going(day=place, pane="reflect"))
        elif place is not None:
            self._visit(place)

    @work(exclusive=True, group="visit")
    async def _visit(self, item: Item) -> None:
        from plannertui.tui.visiting import visit

        with telling(self):
            going = await visit(self, self.planner, item)
            if going is None:
                self.changed(Changed())
            else:
                self.dismiss(going)

    @on(Changed)
    def changed(self, event: Changed) -> None:
        """Something of the list was changed: count again, and say so."""
        event.stop()
        self._count()
        self.query_one(RowList).reload()
        if event.said:
            say(self, event.said)


def case_word(word: str) -> str:
    """How a case went, in the user's language."""
    return answer_word(word) if word in ("yes", "partly", "no") else kind_word(word)
