"""What stands over the journal of a day: its one thing, and what was left unfinished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from plannertui.core.words import state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import leftover, ones
from plannertui.tui import labels
from plannertui.tui.widgets.drawn import fit, flat
from plannertui.tui.widgets.item_lines import with_aliases

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.geometry import Size

    from plannertui.store.leftover import Left
    from plannertui.store.ones import One
    from plannertui.tui.planner import Planner

KEY_ONE = "f"
KEY_LEFT = "C"
ROOMY = 30


def left_words(found: Sequence[Left], today: date) -> str:
    """How much is unfinished, and of when: "3 unfinished from Fri 13 Sep"."""
    days = {left.day for left in found}
    day = labels.day_words(min(days), today)
    count = len(found)
    if len(days) == 1:
        said = ngettext(
            "{count} unfinished from {day}", "{count} unfinished from {day}", count
        )
    else:
        said = ngettext(
            "{count} unfinished since {day}", "{count} unfinished since {day}", count
        )
    return said.format(count=count, day=day)


class DayHead(Widget):
    """Up to two quiet lines; none where there is nothing to say.

    On the day one lives in, the second offers what earlier days left, until one looked.
    """

    DEFAULT_CSS = """
    DayHead { height: auto; color: $muted; }
    """
    ALLOW_SELECT = False

    def __init__(self, planner: Planner) -> None:
        super().__init__()
        self.planner = planner
        self.one: One | None = None
        self.left: list[Left] = []
        self.hint = False
        self.spaced = False
        self._said: tuple[object, ...] = ()

    def show_day(self, day: date) -> None:
        """Read what there is to say of ``day``; painted only where it differs."""
        planner = self.planner
        today, db, calendar = planner.today, planner.db, planner.calendar
        self.left = []
        self.one = ones.one_of(db, day)
        self.hint = day == today and calendar.is_workday(day)
        if day == today and leftover.is_offered(db, today, calendar):
            self.left = leftover.left_over(db, today, calendar)
        self._settle(day)

    def space(self, spaced: bool) -> None:
        """Keep a line free below, where lines of the journal follow."""
        if spaced != self.spaced:
            self.spaced = spaced
            self.refresh(layout=True)

    def _settle(self, day: date) -> None:
        said = (
            self.hint,
            None if self.one is None else (self.one.item, self.one.result),
            [(left.item.id, left.day) for left in self.left],
        )
        self.display = bool(self.lines(40))
        if said != self._said:
            self._said = said
            self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """The lines at ``width`` cells."""
        found: list[Content] = []
        frame = self.planner.frame
        if self.one is not None:
            item, done = self.one.item, self.one.result in ("done", "later")
            box = frame.done_box if done else frame.open_box
            text = flat(with_aliases(item.text, item.refs))
            about = f"  {item.handle}"
            if not done and self.one.result != "open":
                about = f"  {state_word(self.one.result)}{about}"
            room = width - cell_len(box) - 1 - cell_len(about)
            found.append(
                Content.assemble(
                    (box + " ", "$here"),
                    (fit(text, room, frame), "bold $foreground"),
                    (about, "$muted"),
                )
            )
        elif self.hint and self.app.size.height >= ROOMY:
            said = _("{key} chooses the one thing that counts today").format(
                key=KEY_ONE
            )
            found.append(Content.styled(fit(said, width, frame), "$faint"))
        if self.left:
            count = left_words(self.left, self.planner.today)
            key = _("{key} opens").format(key=KEY_LEFT)
            said = f"{count} {frame.dot} {key}"
            if cell_len(said) > width:
                said = f"{count} {frame.dot} {KEY_LEFT}"
            found.append(Content.styled(fit(said, width, frame), "$here"))
        if found and self.spaced and self.app.size.height >= ROOMY:
            found.append(Content(""))
        return found

    def render(self) -> Content:
        """The lines, under one another."""
        return Content("\n").join(self.lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many as there are."""
        return len(self.lines(width))
