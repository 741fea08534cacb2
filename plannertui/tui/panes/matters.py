"""The matters pane: what is open in groups or in four boxes, and its filters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from plannertui.core.boundary import waited_since
from plannertui.core.day import later
from plannertui.core.matters import KINDS, NATURES, SIDES, Only
from plannertui.i18n import gettext as _
from plannertui.store import glance, matters, people
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import CaptureAsked, Changed, DayPicked
from plannertui.tui.panes.matters_verbs import MatterVerbs
from plannertui.tui.widgets.matter_boxes import MatterBoxes
from plannertui.tui.widgets.matter_lines import Board, list_rows, only_words
from plannertui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.matters import Matter
    from plannertui.tui.planner import Planner
    from plannertui.tui.widgets.rows import Row

LATELY = 14
MARKS = {"waiting": "< ", "ask": "? ", "grey": "~ "}


class MattersPane(Vertical):
    """What is open and what was closed lately, with the keys that change it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter,e",
            "verb('edit')",
            N_("edit"),
            id="matters.edit",
            tooltip=N_("Change its text, kind, nature, due date, weight and the rest."),
        ),
        bind(
            "n",
            "add",
            N_("new"),
            id="matters.add",
            tooltip=N_("Write a matter down; the mark in front says what it is."),
        ),
        bind(
            "space,c",
            "verb('done')",
            N_("done"),
            id="matters.done",
            tooltip=N_("Mark it as done, or open it again; a grey one asks first."),
        ),
        bind(
            "m",
            "verb('move')",
            N_("move"),
            id="matters.move",
            tooltip=N_("Give it another date and note whether you told them."),
        ),
        bind(
            "x",
            "verb('drop')",
            N_("drop"),
            id="matters.drop",
            tooltip=N_("Give it up and note whether you told them."),
            show=False,
        ),
        bind(
            "b",
            "verb('boundary')",
            N_("boundary"),
            id="matters.boundary",
            tooltip=N_("The boundary check: what was asked, three tests, a decision."),
        ),
        bind(
            "t",
            "verb('carry')",
            N_("take up"),
            id="matters.carry",
            tooltip=N_("Take it up again today, or take it off today; it never moves."),
        ),
        bind(
            "f",
            "verb('first')",
            N_("first"),
            id="matters.first",
            tooltip=N_("Make it the one thing that counts today, or not."),
            show=False,
        ),
        bind(
            "exclamation_mark,fullwidth_exclamation_mark",
            "verb('urgent')",
            N_("urgent"),
            id="matters.urgent",
            tooltip=N_("Call it urgent, or not."),
            show=False,
            key_display="!",
        ),
        bind(
            "i",
            "verb('important')",
            N_("important"),
            id="matters.important",
            tooltip=N_("Call it important, or not."),
            show=False,
        ),
        bind(
            "d,delete",
            "verb('trash')",
            N_("trash"),
            id="matters.trash",
            tooltip=N_("Put it into the trash; u brings it back."),
            show=False,
        ),
        bind(
            "v",
            "view",
            N_("boxes"),
            id="matters.view",
            tooltip=N_("Show four boxes by urgent and important, or the list again."),
        ),
        bind(
            "K",
            "only('kind')",
            N_("by kind"),
            id="matters.kind",
            tooltip=N_("Show one kind: promises, waiting, asks, tasks, grey; all."),
            show=False,
        ),
        bind(
            "N",
            "only('nature')",
            N_("by nature"),
            id="matters.nature",
            tooltip=N_("Show what is official, private or grey; all."),
            show=False,
        ),
        bind(
            "P",
            "only('person')",
            N_("by person"),
            id="matters.person",
            tooltip=N_("Show what one person has to do with, one after another; all."),
            show=False,
        ),
        bind(
            "S",
            "only('side')",
            N_("by side"),
            id="matters.side",
            tooltip=N_("Show what goes up, to peers, or down; all."),
            show=False,
        ),
        bind(
            "backspace",
            "show_all",
            N_("show all"),
            id="matters.all",
            tooltip=N_("Show everything again."),
            show=False,
        ),
        bind(
            "o",
            "journal",
            N_("its day"),
            id="matters.journal",
            tooltip=N_("Go to the day on which it came up."),
            show=False,
        ),
    ]

    class Selected(Message):
        """Another matter is under the cursor, or the one there has changed."""

    def __init__(self, planner: Planner, *, id: str) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.board = Board(planner.today, planner.calendar)
        self.verbs = MatterVerbs(self, planner, self.changed)

    def compose(self) -> ComposeResult:
        """The list, and the boxes in its place when they are asked for."""
        yield RowList(self.planner, self.rows, id="matters-list")
        boxes = MatterBoxes(self.planner, self.board, id="matters-boxes")
        boxes.display = False
        yield boxes

    # -- what is shown -----------------------------------------------------------------

    @property
    def listed(self) -> RowList:
        """The list in groups."""
        return self.query_one("#matters-list", RowList)

    @property
    def boxes(self) -> MatterBoxes:
        """The four boxes."""
        return self.query_one(MatterBoxes)

    @property
    def current(self) -> Matter | None:
        """The matter under the cursor."""
        row = self.listed.row
        number = self.boxes.cursor if self.boxes.display else row.key if row else 0
        return next((m for m in self.board.matters if m.id == number), None)

    def rows(self, width: int) -> Sequence[Row]:
        """The list for a width."""
        return list_rows(self.board, width, self.planner.frame)

    def reload(self) -> None:
        """Read everything again; the cursor stays on its matter."""
        db, planner, board = self.planner.db, self.planner, self.board
        board.today, board.calendar = planner.today, planner.calendar
        board.matters = matters.board(db, later(planner.today, -LATELY))
        known = people.ls(db, past=True)
        board.relations = {each.id: each.relation for each in known}
        since = waited_since(planner.today, planner.calendar)
        board.waits = glance.undecided(db, since)
        self._draw()

    def _draw(self) -> None:
        board = self.board
        person = next(
            (
                each.label
                for matter in board.matters
                for each in (matter.person, *matter.refs)
                if each is not None and each.id == board.only.person_id
            ),
            "",
        )
        board.filter_words = only_words(board.only, person)
        self.listed.reload()
        self.boxes.reload()
        dot = f" {self.planner.frame.dot} "
        parts = [_("Matters"), *([_("four boxes")] if self.boxes.display else [])]
        self.border_title = Content(dot.join(parts))
        self.post_message(self.Selected())

    def show_matter(self, number: int) -> None:
        """Put the cursor on a matter, whatever the filter says."""
        if number not in [matter.id for matter in self.board.shown]:
            self.board.only = Only()
            self._draw()
        self.listed.go_to("matter", (number,))
        if number in [matter.id for box in self.boxes.boxes for matter in box]:
            self.boxes.cursor = number

    @on(RowList.Moved)
    @on(MatterBoxes.Moved)
    def moved(self, event: Message) -> None:
        """Another matter is under the cursor."""
        event.stop()
        self.post_message(self.Selected())

    @on(RowList.Chosen)
    def chosen(self, event: RowList.Chosen) -> None:
        """A double click edits."""
        event.stop()
        self.action_verb("edit")

    def changed(self, said: str) -> None:
        """Something was written: read again, and tell the screen."""
        self.reload()
        self.post_message(Changed(said))

    # -- what the keys do --------------------------------------------------------------

    def is_idle(self, action: str) -> bool:
        """Without a matter there is only a new one, and another view."""
        return self.current is None and action not in ("add", "view")

    def action_verb(self, name: str) -> None:
        """Do one of the verbs of ``MatterVerbs`` to the matter one is on."""
        matter = self.current
        if matter is not None:
            getattr(self.verbs, name)(matter)
        elif name == "edit":
            self.action_add()

    def action_add(self) -> None:
        """Write a matter down, of the kind that is shown."""
        self.post_message(CaptureAsked(MARKS.get(self.board.only.kind or "", "> ")))

    def action_view(self) -> None:
        """Change between the list and the boxes."""
        here = self.current
        wide = self.boxes
        wide.display = not wide.display
        self.listed.display = not wide.display
        self._draw()
        if here is not None:
            self.show_matter(here.id)
        (wide if wide.display else self.listed).focus()

    def action_only(self, name: Literal["kind", "nature", "person", "side"]) -> None:
        """Show the next kind, nature, person or side, and after the last one all."""
        choices: Sequence[object]
        field = name
        match name:
            case "kind":
                choices = [*(k for k in KINDS if k != "task"), "task", "grey"]
            case "nature":
                choices = NATURES
            case "side":
                choices = list(SIDES)
            case _:
                field = "person_id"  # type: ignore[assignment]
                choices = self._people()
        now = getattr(self.board.only, field)
        at = list(choices).index(now) + 1 if now in choices else 0
        following = choices[at] if at < len(choices) else None
        changes = {field: following}
        self.board.only = replace(self.board.only, **changes)  # type: ignore[arg-type]
        self._draw()

    def _people(self) -> list[int]:
        """Those whom something here has to do with, in the order of the list."""
        shown = [m.person.id for m in self.board.matters if m.person is not None]
        return list(dict.fromkeys(shown))

    def action_show_all(self) -> None:
        """Show everything again."""
        self.board.only = Only()
        self._draw()

    def action_journal(self) -> None:
        """Go to the day on which it came up."""
        matter = self.current
        if matter is not None:
            self.post_message(DayPicked(matter.day, matter.id))
