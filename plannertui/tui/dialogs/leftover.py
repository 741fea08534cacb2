"""What earlier days left unfinished: each is taken up, moved, done, dropped, or let be."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.containers import Vertical
from textual.widgets import Static

from plannertui.core.matters import counted_on, is_of
from plannertui.core.words import state_word
from plannertui.i18n import gettext as _
from plannertui.store import carrying, history, leftover, matters
from plannertui.tui import labels
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.panes.matters_verbs import MatterVerbs
from plannertui.tui.safety import telling, words
from plannertui.tui.widgets.drawn import BLANK, Line, fit, line, pad
from plannertui.tui.widgets.matter_lines import kind_of, title_of
from plannertui.tui.widgets.rows import Row, RowList, paragraph

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.matters import Matter
    from plannertui.tui.planner import Planner


def _verb(key: str, name: str, label: str, tooltip: str) -> BindingType:
    return bind(key, f"verb('{name}')", label, id=f"leftover.{name}", tooltip=tooltip)


class LeftoverDialog(Dialog[bool]):
    """Lists what is unfinished; leaving it lets the rest be, and offers it no more today.

    The result says whether anything was changed.
    """

    CSS_PATH = "leftover.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        _verb(
            "enter,t",
            "carry",
            N_("take up"),
            N_("Take it up today, or off again; its own day and due date stay"),
        ),
        bind(
            "A",
            "all",
            N_("take all up"),
            id="leftover.all",
            tooltip=N_("Take up today whatever was not decided yet"),
        ),
        _verb("space,c", "done", N_("done"), N_("It is done; or open it again")),
        _verb("m", "move", N_("move"), N_("Give it another date")),
        _verb("x", "drop", N_("drop"), N_("Give it up")),
        _verb("f", "first", N_("first"), N_("Make it the one that counts today")),
        bind(
            "u",
            "undo",
            N_("undo"),
            id="leftover.undo",
            tooltip=N_("Take back the last thing done"),
        ),
    ]

    def __init__(self, planner: Planner) -> None:
        super().__init__()
        self.planner = planner
        db = planner.db
        self.left = leftover.left_over(db, planner.today, planner.calendar)
        self.changed = False
        self.verbs = MatterVerbs(self, planner, self._did)
        self.matters: list[Matter] = []
        self._before: dict[int, Matter] = {}
        self._read()
        self._before = {matter.id: matter for matter in self.matters}

    def compose(self) -> ComposeResult:
        """The list, what was done last, and the keys."""
        with Vertical(id="leftover", classes="dialog") as box:
            box.border_title = words(_("Unfinished"))
            yield RowList(self.planner, self._rows, id="leftover-list")
            yield Static("", id="leftover-said", markup=False)
            yield Static(words(self._keys()), classes="keys")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(RowList).focus()

    def _keys(self) -> str:
        if not self.left:
            return _("Esc back")
        return _(
            "t take up   A all   Space done   m move   x drop   f first   u undo   "
            "Esc lets be"
        )

    def _read(self) -> None:
        self.matters = matters.some(self.planner.db, [e.item.id for e in self.left])

    def _did(self, said: str) -> None:
        """Something was done: show it, and say what."""
        self.changed = True
        self._read()
        self.query_one(RowList).reload()
        self.query_one("#leftover-said", Static).update(words(said))

    # -- what is shown -----------------------------------------------------------------

    def _rows(self, width: int) -> list[Row]:
        """By the day each is left over from; what became of it stands at the right."""
        if not self.left:
            said = _("Nothing is left over from before.")
            return [Row(tuple(paragraph(said, width, "muted")))]
        rows: list[Row] = []
        day = None
        found = {matter.id: matter for matter in self.matters}
        left = max(cell_len(each.item.handle) for each in self.left) + 1
        for each in self.left:
            if each.day != day:
                if rows:
                    rows.append(Row((BLANK,)))
                day = each.day
                said = _("From {day}").format(
                    day=labels.day_words(day, self.planner.today)
                )
                rows.append(Row((line((said, "heading")),)))
            matter = found.get(each.item.id)
            if matter is not None:
                shown = self._line(matter, left, width)
                rows.append(Row((shown,), "matter", matter.id, matter.handle))
        return rows

    def _line(self, matter: Matter, left: int, width: int) -> Line:
        frame = self.planner.frame
        said, role = self._became(matter)
        room = max(4, width - 2 - left - (cell_len(said) + 2 if said else 0))
        title = fit(title_of(matter), room, frame)
        decided = role in ("here", "muted") and bool(said)
        return line(
            (labels.mark(kind_of(matter)) + " ", "muted"),
            (pad(matter.handle, left), "muted"),
            (pad(title, room), "muted" if decided else ""),
            ("  " + said if said else "", role),
        )

    def _became(self, matter: Matter) -> tuple[str, str]:
        """What was decided about it, or else when it is due; and how that looks."""
        today = self.planner.today
        before = self._before.get(matter.id)
        if matter.deleted_at is not None or matter.state != "open":
            return state_word(matter.state), "muted"
        if today in counted_on(matter):
            return _("counts most today"), "here"
        if is_of(matter, today):
            return _("taken up today"), "here"
        if matter.due is None:
            return "", ""
        said = labels.day_words(matter.due, today)
        if before is not None and before.due != matter.due:
            return _("moved to {day}").format(day=said), "here"
        late = "at-risk" if matter.due < today else "faint"
        return _("due {day}").format(day=said), late

    # -- what the keys do --------------------------------------------------------------

    @property
    def current(self) -> Matter | None:
        """The matter one is on."""
        row = self.query_one(RowList).row
        key = 0 if row is None else row.key
        return next((each for each in self.matters if each.id == key), None)

    def action_verb(self, name: str) -> None:
        """Do it to the matter one is on."""
        matter = self.current
        if matter is not None:
            getattr(self.verbs, name)(matter)

    def on_row_list_chosen(self) -> None:
        """A double click takes up."""
        self.action_verb("carry")

    def action_all(self) -> None:
        """Take up whatever is open and was not decided yet, as one step."""
        db, now, today = self.planner.db, self.planner.now(), self.planner.today
        waiting = [
            matter
            for matter in self.matters
            if matter.state == "open"
            and not is_of(matter, today)
            and matter.due == self._before[matter.id].due
        ]
        if not waiting:
            return
        names = " ".join(matter.handle for matter in waiting)
        with telling(self) as outcome, db.write(N_("take up {what}"), now, what=names):
            for matter in waiting:
                carrying.carry(db, matter, today, now)
        if not outcome.failed:
            said = _("{handle} is taken up today; its day and due date stay.")
            self._did(said.format(handle=names))

    def action_undo(self) -> None:
        """Take back the last thing done, here or anywhere."""
        with telling(self):
            step = history.undo(self.planner.db, self.planner.now())
            if step is None:
                self._did(_("Nothing to undo."))
            else:
                self._did(_("Undone: {label}").format(label=step.said))

    def action_leave(self) -> None:
        """Let the rest be; it is not offered again today."""
        planner = self.planner
        leftover.looked(planner.db, planner.today, planner.calendar)
        self.dismiss(self.changed)
