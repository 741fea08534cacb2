"""The evidence of a year: what is proved, goal by goal and month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import Static

from plannertui.core.day import year_of, year_span
from plannertui.core.entries import proof
from plannertui.core.figures import by_month
from plannertui.core.proof import is_proved, use
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import entries, evidence
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import CaptureAsked, Changed, DayPicked
from plannertui.tui.safety import say, telling, words
from plannertui.tui.widgets.rows import Row, RowList, paragraph
from plannertui.tui.widgets.win_lines import (
    ALL,
    NONE,
    Strip,
    grouped,
    strip_rows,
    strips,
    win_rows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.entries import Entry
    from plannertui.tui.planner import Planner

VIEWS = ("month", "witness", "credit")


class EvidencePane(Vertical):
    """The strips of a year, and under them the wins that the strip one is on stands for."""

    DEFAULT_CSS = """
    EvidencePane {
        #evidence-strips { height: auto; max-height: 45%; }
        #evidence-head { margin: 1 0 1 2; color: $muted; }
        #evidence-wins { height: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter,e",
            "prove",
            N_("prove"),
            id="evidence.prove",
            tooltip=N_(
                "Add a number, a document, a witness, whom to credit, the story"
            ),
        ),
        bind(
            "c",
            "claims",
            N_("claims"),
            id="evidence.claims",
            tooltip=N_("Show only what is still to be proved, or everything again"),
        ),
        bind(
            "v",
            "view",
            N_("view"),
            id="evidence.view",
            tooltip=N_("Wins by month, by who saw them, by whom they credit"),
        ),
        bind(
            "m",
            "ready",
            N_("ready"),
            id="evidence.ready",
            tooltip=N_("Mark the win as ready for reports, or take it back"),
        ),
        bind(
            "x",
            "used",
            N_("used"),
            id="evidence.used",
            tooltip=N_("Mark the win as used in a report, or take it back"),
        ),
        bind(
            "n",
            "add",
            N_("new win"),
            id="evidence.add",
            tooltip=N_("Write a win down"),
        ),
        bind(
            "o",
            "open",
            N_("journal"),
            id="evidence.open",
            tooltip=N_("Go to the win in the journal"),
            show=False,
        ),
        bind(
            "left_square_bracket",
            "year(-1)",
            N_("year before"),
            id="evidence.year_before",
            tooltip=N_("Show the evidence of the year before"),
            show=False,
        ),
        bind(
            "right_square_bracket",
            "year(1)",
            N_("year after"),
            id="evidence.year_after",
            tooltip=N_("Show the evidence of the year after"),
            show=False,
        ),
    ]

    def __init__(
        self, planner: Planner, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.planner = planner
        self.year = year_of(planner.today, planner.settings.year_start)
        self.only_claims = False
        self.view = VIEWS[0]
        self._wins: list[Entry] = []
        self._strips: list[Strip] = []
        self._known: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The strips, a line about the list, the list."""
        yield RowList(self.planner, self._strip_rows, id="evidence-strips")
        yield Static(id="evidence-head", markup=False)
        yield RowList(self.planner, self._win_rows, id="evidence-wins")

    @property
    def strip_list(self) -> RowList:
        """The goals and their months."""
        return self.query_one("#evidence-strips", RowList)

    @property
    def wins(self) -> RowList:
        """The wins."""
        return self.query_one("#evidence-wins", RowList)

    @property
    def entry(self) -> Entry | None:
        """The win one is on."""
        row = self.wins.row
        key = row.key if row is not None else 0
        return next((win for win in self._wins if win.id == key), None)

    @property
    def known(self) -> dict[str, str]:
        """The alias of everybody, by handle."""
        return self._known

    # -- what is shown -----------------------------------------------------------------

    @property
    def span(self) -> tuple[date, date]:
        """The year that is shown."""
        return year_span(self.year, self.planner.settings.year_start)

    def reload(self) -> None:
        """Read the year again; the cursors stay where they are."""
        planner, db = self.planner, self.planner.db
        first, last = self.span
        until = min(last, planner.today)
        self._known = evidence.aliases(db)
        self._wins = entries.wins(db, since=first, until=until)
        found = evidence.by_goal(
            db, (first, last), planner.today, planner.settings.year_start, self.year
        )
        every = by_month([(w.day, proof(w) != "claim") for w in self._wins], first)
        self._strips = strips(found, every, planner.today)
        title = _("Evidence {year}").format(year=self.year)
        self.border_title = words(title)
        self.strip_list.reload()
        self._show()

    def _show(self) -> None:
        """Draw the list of the strip one is on."""
        self.wins.reload()
        self.query_one("#evidence-head", Static).update(words(self._head()))

    def _chosen(self) -> list[Entry]:
        """The wins of the strip one is on, claims alone where that is asked for."""
        row = self.strip_list.row
        key = row.key if row is not None else ALL
        goals = {strip.key for strip in self._strips}
        found = []
        for win in self._wins:
            of = {ref.id for ref in win.refs} & goals
            inside = key == ALL or key in of or (key == NONE and not of)
            if inside and not (self.only_claims and proof(win) != "claim"):
                found.append(win)
        return found

    def _head(self) -> str:
        """What the list shows, in words."""
        wins = self._chosen()
        if self.only_claims:
            said = ngettext(
                "{count} claim to be proved", "{count} claims to be proved", len(wins)
            )
        else:
            said = ngettext("{count} win", "{count} wins", len(wins))
        view = {
            "month": _("by month"),
            "witness": _("by who saw it"),
            "credit": _("by whom it credits"),
        }[self.view]
        parts = [said.format(count=len(wins)), view]
        if any(win.share == "ready" for win in wins):
            parts.append(_("+ ready for reports"))
        return f" {self.planner.frame.dot} ".join(parts)

    def _strip_rows(self, width: int) -> Sequence[Row]:
        planner = self.planner
        return strip_rows(
            self._strips, self.span[0], planner.today, width, planner.frame
        )

    def _win_rows(self, width: int) -> Sequence[Row]:
        planner = self.planner
        groups = grouped(self._chosen(), self.view, self._known)
        if groups:
            return win_rows(groups, planner.today, width, planner.frame)
        if self.only_claims:
            said = _("Nothing here is only a claim. c shows every win.")
        else:
            said = _("No win here yet: n writes one down, with +, in five seconds.")
        return [Row(tuple(paragraph(said, width, "muted")))]

    @on(RowList.Moved, "#evidence-strips")
    def strip_moved(self, event: RowList.Moved) -> None:
        """Another goal: show its wins, from the newest on."""
        event.stop()
        self.wins.action_edge(False)
        self._show()

    @on(RowList.Chosen)
    def chosen(self, event: RowList.Chosen) -> None:
        """Two clicks on a win open it."""
        event.stop()
        self.action_prove()

    def is_idle(self, action: str) -> bool:
        """Without a win there is only a new one; without claims, nothing to filter."""
        if action in ("claims", "view"):
            return not self._wins
        return action in ("prove", "ready", "used") and self.entry is None

    # -- verbs -------------------------------------------------------------------------

    def action_prove(self) -> None:
        """Give the win one is on its proof; from the strips, go to the list."""
        if self.strip_list.has_focus and self.wins.rows:
            self.wins.focus()
            return
        entry = self.entry
        if entry is None:
            self.action_add()
            return
        from plannertui.tui.dialogs.prove import ProveDialog

        def left(said: str | None) -> None:
            if said:
                self.changed(said)

        self.app.push_screen(ProveDialog(self.planner, entry), left)

    def action_claims(self) -> None:
        """Show only claims, or everything."""
        self.only_claims = not self.only_claims
        self._show()

    def action_view(self) -> None:
        """Group the wins in another way."""
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        self._show()

    def action_ready(self) -> None:
        """Ready for reports, or for oneself alone."""
        entry, planner = self.entry, self.planner
        if entry is None:
            return
        ready = entry.share != "ready"
        said = (
            _("{handle} is ready for reports.")
            if ready
            else _("{handle} is for you alone.")
        )
        with telling(self):
            share = "ready" if ready else "private"
            entries.edit(planner.db, entry, planner.now(), share=share)
            self.changed(said.format(handle=entry.handle))

    def action_used(self) -> None:
        """Used today, or not used."""
        entry, planner = self.entry, self.planner
        if entry is None:
            return
        unused = entry.win is None or entry.win.used_on is None
        if unused and not is_proved(entry.win):
            said = _("{handle} is a claim: Enter gives it a proof before it is used.")
            say(self, said.format(handle=entry.handle), "warning")
            return
        win = use(entry.win, planner.today if unused else None)
        said = (
            _("{handle} is used.") if unused else _("{handle} is not used any longer.")
        )
        with telling(self):
            entries.edit(planner.db, entry, planner.now(), win=win)
            self.changed(said.format(handle=entry.handle))

    def action_add(self) -> None:
        """Write a win down."""
        row = self.strip_list.row
        goal = f"@{row.handle} " if row is not None and row.handle else ""
        self.post_message(CaptureAsked(f"+ {goal}"))

    def action_open(self) -> None:
        """Go to the win in the journal."""
        entry = self.entry
        if entry is not None:
            self.post_message(DayPicked(entry.day, entry.id))

    def action_year(self, by: int) -> None:
        """Show another year."""
        year = self.year + by
        if 1 <= year <= 9998:
            self.year = year
            self.reload()

    def changed(self, said: str) -> None:
        """Read again after a change, and tell the screen; ``said`` is for a toast."""
        self.reload()
        self.post_message(Changed(said))
