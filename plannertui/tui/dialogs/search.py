"""Search over everything, with results and a preview as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content, Span
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from plannertui.core.errors import PlannerError
from plannertui.core.text import fit
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store.items import Item
from plannertui.tui import labels
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.labels import kind_of, mark
from plannertui.tui.safety import words
from plannertui.tui.wording import long_day, short_day

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.store.search import Hit
    from plannertui.tui.planner import Planner

MOST_HITS = 50
PREVIEW_CHARACTERS = 4000


class Search(Dialog[Item]):
    """One field and what it finds, newest first; dismissed with the item to go to.

    Searching runs in a thread with a connection of its own, so keys never wait for it.
    """

    KEPT = True

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "down,ctrl+n",
            "move(1)",
            N_("next"),
            id="search.down",
            tooltip=N_("Look at the next one found."),
            show=False,
            priority=True,
        ),
        bind(
            "up,ctrl+p",
            "move(-1)",
            N_("before"),
            id="search.up",
            tooltip=N_("Look at the one before."),
            show=False,
            priority=True,
        ),
        bind(
            "pagedown",
            "move(10)",
            N_("further down"),
            id="search.page_down",
            tooltip=N_("Ten further down."),
            show=False,
            priority=True,
        ),
        bind(
            "pageup",
            "move(-10)",
            N_("further up"),
            id="search.page_up",
            tooltip=N_("Ten further up."),
            show=False,
            priority=True,
        ),
    ]

    def __init__(self, planner: Planner, query: str = "") -> None:
        super().__init__()
        self.planner = planner
        self.query_text = query
        self._hits: list[Hit] = []

    def compose(self) -> ComposeResult:
        """The field, the hits, and the whole of the selected one."""
        with Vertical(classes="dialog wide", id="search") as box:
            box.border_title = words(_("Search"))
            box.border_subtitle = words(_("Enter goes there   Esc back"))
            yield Input(
                self.query_text,
                placeholder=labels.hint(
                    _('Words, or "a phrase"; Chinese words of any length')
                ),
            )
            with Horizontal(id="found"):
                yield OptionList(id="hits")
                yield Static(id="preview")
            yield Static(id="said", classes="muted")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        if self.query_text:
            self._find(self.query_text)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Look again; what is still being looked for is given up."""
        self._find(event.value)

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _find(self, query: str) -> None:
        """Search on a connection of this thread, and show what was found."""
        worker = get_current_worker()
        hits, problem = find(self.planner, query)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, query, hits, problem)

    def _show(self, query: str, hits: list[Hit], problem: str) -> None:
        if query != self.query_one(Input).value:
            return
        self._hits = hits
        found = self.query_one(OptionList)
        width = max(20, found.size.width - 1)
        found.clear_options()
        found.add_options(Option(self._line(hit, width)) for hit in hits)
        if problem:
            said = Content.styled(problem, "$warning")
        elif not query.strip():
            said = Content("")
        elif not hits:
            said = words(_("Nothing found."))
        elif len(hits) >= MOST_HITS:
            said = words(_("The newest {count}.").format(count=len(hits)))
        else:
            text = ngettext(
                "{count} found, newest first.",
                "{count} found, newest first.",
                len(hits),
            )
            said = words(text.format(count=len(hits)))
        self.query_one("#said", Static).update(said)
        if hits:
            found.highlighted = 0
        self._preview()

    def _line(self, hit: Hit, width: int) -> Content:
        item = hit.item
        head = f"{mark(kind_of(item))} "
        day = short_day(item.day) if item.day.year == self.planner.today.year else ""
        day = day or item.day.isoformat()
        first = Content.assemble((head, "$muted"), highlighted(hit))
        shown = fit(first.plain, width)
        if shown != first.plain:
            first = first[: len(shown) - 1] + self.planner.frame.ellipsis
        second = Content.assemble(
            (
                fit(f"  {day}  {kind_word(kind_of(item))}  {item.handle}", width),
                "$muted",
            )
        )
        return Content("\n").join([first, second])

    @on(OptionList.OptionHighlighted)
    def look(self) -> None:
        """Show the whole of what is selected."""
        self._preview()

    def _current(self) -> Hit | None:
        at = self.query_one(OptionList).highlighted
        return self._hits[at] if at is not None and at < len(self._hits) else None

    def _preview(self) -> None:
        hit = self._current()
        preview = self.query_one("#preview", Static)
        if hit is None:
            preview.update("")
            return
        item = hit.item
        from plannertui.store.search import matches

        text = item.text[:PREVIEW_CHARACTERS]
        body = Content(text)
        spans = matches(text, self.query_one(Input).value)
        body = body.add_spans([Span(a, b, "bold $here") for a, b in spans])
        about = [kind_word(kind_of(item)), item.handle]
        about += [f"{handle} {label}".strip() for _id, handle, label in item.refs]
        about += [f"#{tag}" for tag in item.tags]
        dot = f" {self.planner.frame.dot} "
        preview.update(
            Content("\n").join(
                [
                    Content.styled(long_day(item.day), "bold"),
                    Content.styled(dot.join(about), "$muted"),
                    Content(""),
                    body,
                ]
            )
        )

    def action_move(self, by: int) -> None:
        """Select another hit."""
        if self._hits:
            found = self.query_one(OptionList)
            here = found.highlighted or 0
            found.highlighted = max(0, min(len(self._hits) - 1, here + by))

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def go(self) -> None:
        """Go to what is selected."""
        hit = self._current()
        if hit is not None:
            self.dismiss(hit.item)


def highlighted(hit: Hit) -> Content:
    """The snippet of ``hit`` on one line, with its matches marked."""
    text = hit.snippet.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return Content(text, spans=[Span(a, b, "bold $here") for a, b in hit.spans])


def find(planner: Planner, query: str) -> tuple[list[Hit], str]:
    """What ``query`` finds in the store, and what went wrong, if anything.

    Opens and closes a connection of its own: it runs in any thread.
    """
    from plannertui.store.search import search

    try:
        with planner.beside() as db:
            return search(db, query, limit=MOST_HITS), ""
    except PlannerError as error:
        return [], error.message
