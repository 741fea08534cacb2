"""The one thing that counts today: a line of text, or one of the matters there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual.widgets import Input, Static

from plannertui.core.matters import counted_on, group_of, is_of
from plannertui.i18n import gettext as _
from plannertui.store import carrying, leftover, matters, ones
from plannertui.store.choosing import choose
from plannertui.tui import labels
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import telling
from plannertui.tui.widgets.drawn import BLANK, Line, fit, line, pad
from plannertui.tui.widgets.matter_lines import kind_of, title_of
from plannertui.tui.widgets.rows import Row, RowList, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from plannertui.core.matters import Matter
    from plannertui.tui.planner import Planner

MOST = 40


class OneDialog(KeptForm):
    """Chooses what counts today; gives the line to say about it.

    ``wanted`` is the id of the matter that the list begins on.
    """

    CSS_PATH: ClassVar[Any] = ["form.tcss", "kept.tcss", "one.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "choose",
            N_("choose"),
            id="one.choose",
            tooltip=N_("Make it the one that counts today."),
        ),
        bind(
            "down",
            "to_list",
            N_("to the list"),
            id="one.list",
            tooltip=N_("Go to the matters there are."),
            show=False,
        ),
        bind(
            "space",
            "done",
            N_("done"),
            id="one.done",
            tooltip=N_("It is done; or open it again."),
        ),
        bind(
            "backspace",
            "off",
            N_("take off"),
            id="one.off",
            tooltip=N_("Take it off the day; the matter stays."),
        ),
    ]

    def __init__(self, planner: Planner, wanted: int = 0) -> None:
        day = planner.today
        super().__init__(
            planner,
            _("The one thing that counts today"),
            f"form:one:{day.isoformat()}",
            0,
        )
        self.of_day = day
        self.wanted = wanted
        self.chosen_one: Matter | None = None
        self.matters: Sequence[Matter] = ()
        self._read()

    def _read(self) -> None:
        """What counts now, and what could: of today, left over, then by due date."""
        db, day = self.planner.db, self.of_day
        found = ones.one_of(db, day)
        self.chosen_one = None if found is None else matters.get(db, found.item.id)
        left = {
            each.item.id for each in leftover.left_over(db, day, self.planner.calendar)
        }

        def rank(matter: Matter) -> int:
            if is_of(matter, day) or matter.due == day:
                return 0
            if matter.id in left:
                return 1
            return 2 if group_of(matter, day) in ("overdue", "week") else 3

        waiting = [m for m in matters.ls(db) if day not in counted_on(m)]
        waiting.sort(key=lambda m: (m.kind not in ("task", "promise"), rank(m)))
        self.matters = waiting[:MOST]

    def fields(self) -> Iterable[Widget]:
        """A field for a line, and under it the matters."""
        hint = _("one line, or the handle of a matter: M12")
        yield self.row(_("In a line"), self.line("text", "", hint))
        yield Static("", classes="form-gap")
        yield RowList(self.planner, self._rows, id="one-list")

    def begin(self) -> None:
        """Begin in the line; the list stands on what the journal stood on."""
        self.query_one("#text").focus()
        self.call_after_refresh(self._stand)

    def _stand(self) -> None:
        if self.wanted:
            self.query_one(RowList).go_to("matter", [self.wanted])

    def keys(self) -> str:
        """The line about the keys."""
        return _("Enter chooses   ↓ list   Space done   Backspace off   Esc back")

    def _rows(self, width: int) -> list[Row]:
        rows: list[Row] = []
        one = self.chosen_one
        shown = [*([one] if one is not None else []), *self.matters]
        left = max((cell_len(matter.handle) for matter in shown), default=2) + 1
        if one is not None:
            rows.append(
                Row(
                    (
                        line(
                            (_("Chosen"), "heading"),
                        ),
                    )
                )
            )
            rows.append(self._row(one, left, width))
            rows.append(Row((BLANK,)))
        if self.matters:
            rows.append(Row((line((_("Or one of these"), "heading")),)))
            rows += [self._row(matter, left, width) for matter in self.matters]
        elif one is None:
            said = _("Nothing is open: write a line above.")
            rows.append(Row(tuple(paragraph(said, width, "muted"))))
        return rows

    def _row(self, matter: Matter, left: int, width: int) -> Row:
        return Row(
            (self._line(matter, left, width),), "matter", matter.id, matter.handle
        )

    def _line(self, matter: Matter, left: int, width: int) -> Line:
        frame, today = self.planner.frame, self.planner.today
        said, role = "", "muted"
        if matter.state != "open":
            from plannertui.core.words import state_word

            said = state_word(matter.state)
        elif matter.due is not None:
            words = labels.day_words(matter.due, today)
            said = _("due {day}").format(day=words)
            role = "at-risk" if matter.due < today else "faint"
        room = max(4, width - 2 - left - (cell_len(said) + 2 if said else 0))
        title = fit(title_of(matter), room, frame)
        here = "strong" if self.of_day in counted_on(matter) else ""
        return line(
            (labels.mark(kind_of(matter)) + " ", "muted"),
            (pad(matter.handle, left), "muted"),
            (pad(title, room), here),
            ("  " + said if said else "", role),
        )

    # -- what the keys do --------------------------------------------------------------

    @property
    def current(self) -> Matter | None:
        """The matter one is on, where the list has the keys."""
        rows = self.query_one(RowList)
        if rows.row is None or not rows.has_focus:
            return None
        every = [*self.matters, *([self.chosen_one] if self.chosen_one else [])]
        return next((each for each in every if each.id == rows.row.key), None)

    def action_to_list(self) -> None:
        """Go to the list."""
        rows = self.query_one(RowList)
        if rows.rows and isinstance(self.focused, Input):
            rows.focus()

    def action_choose(self) -> None:
        """Choose the matter one is on."""
        if self.current is not None:
            self.action_accept()

    def on_row_list_chosen(self) -> None:
        """A double click chooses."""
        self.action_choose()

    def action_done(self) -> None:
        """Close the matter one is on, or open it again."""
        from plannertui.core.boundary import needs_check

        matter, planner = self.current, self.planner
        if matter is None:
            return
        if matter.state == "open" and needs_check(matter):
            self.complain(
                _("{handle} waits for its decision first: b in matters.").format(
                    handle=matter.handle
                )
            )
            return
        with telling(self):
            if matter.state == "open":
                matters.done(planner.db, matter, planner.today, planner.now())
                said = _("{handle} is done.")
            else:
                matters.reopen(planner.db, matter, planner.now())
                said = _("{handle} is open again.")
            self._again(said.format(handle=matter.handle))

    def action_off(self) -> None:
        """Take what is chosen off the day."""
        matter, planner = self.current, self.planner
        if matter is None or self.of_day not in counted_on(matter):
            return
        with telling(self):
            carrying.let_go(planner.db, matter, self.of_day, planner.now())
            said = _("{handle} is off today; everything else stays.")
            self._again(said.format(handle=matter.handle))

    def _again(self, said: str) -> None:
        self._read()
        self.query_one(RowList).reload()
        self.hint(said)

    def collect(self) -> str:
        """Make what is typed, or else the matter one is on, the one of the day."""
        planner, matter = self.planner, self.current
        if matter is not None and self.of_day in counted_on(matter):
            return ""
        if matter is not None:
            now = planner.now()
            matter = carrying.put_first(planner.db, matter, self.of_day, now)
        else:
            matter = choose(
                planner.db,
                self.value("text"),
                self.of_day,
                today=planner.today,
                now=planner.now(),
                year_start=planner.settings.year_start,
            )
        said = _("{handle} is the one that counts today.")
        return said.format(handle=matter.handle)
