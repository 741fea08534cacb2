"""Matters as rows of a list: groups by when they are due, then what was closed lately."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.core.boundary import needs_check
from plannertui.core.matter_words import away, group_word, moved, weight_word
from plannertui.core.matters import (
    GROUPS,
    Matter,
    Only,
    counted_on,
    group_of,
    is_of,
    is_soon,
    outcome,
)
from plannertui.core.words import state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import pgettext
from plannertui.tui import labels
from plannertui.tui.widgets.drawn import BLANK, Line, fit, flat, line, pad
from plannertui.tui.widgets.item_lines import with_aliases
from plannertui.tui.widgets.rows import Later, Row, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plannertui.core.workdays import WorkCalendar
    from plannertui.tui.themes import Frame
    from plannertui.tui.widgets.drawn import Span

FAR_WORKDAYS = 20


@dataclass(slots=True)
class Board:
    """What the screen shows: the matters, those that the filter lets through, the day.

    ``waits`` is the handle of the grey matter that waits longest, "" for none.
    """

    today: date
    calendar: WorkCalendar
    matters: list[Matter] = field(default_factory=list)
    relations: dict[int, str] = field(default_factory=dict)
    only: Only = field(default_factory=Only)
    filter_words: str = ""
    waits: str = ""

    @property
    def shown(self) -> list[Matter]:
        """What the filter lets through."""
        return [m for m in self.matters if self.only.lets(m, self.relations)]

    def sections(self) -> list[tuple[str, list[Matter]]]:
        """The groups that have something in them, each with its heading."""
        found: dict[str, list[Matter]] = {group_word(group): [] for group in GROUPS}
        waiting, asks, closed = _("Waiting for others"), _("To ask"), _("Done lately")
        found |= {waiting: [], asks: [], closed: []}
        for matter in self.shown:
            if matter.state != "open":
                found[closed].append(matter)
            elif is_of(matter, self.today) or matter.kind not in ("waiting", "ask"):
                found[group_word(group_of(matter, self.today))].append(matter)
            else:
                found[waiting if matter.kind == "waiting" else asks].append(matter)
        today = found[group_word("today")]
        today.sort(key=lambda matter: self.today not in counted_on(matter))
        return [(name, matters) for name, matters in found.items() if matters]


def title_of(matter: Matter) -> str:
    """The title with people by their aliases."""
    refs = [(ref.id, ref.handle, ref.label) for ref in matter.refs]
    return flat(with_aliases(matter.title, refs)) or "–"


def kind_of(matter: Matter) -> str:
    """The kind as people see it: what is grey is grey first."""
    return "grey" if matter.nature == "grey" else matter.kind


def when_words(matter: Matter, board: Board) -> Span:
    """When it is due, or how it ended, and how that looks."""
    if matter.state != "open":
        ended = outcome(matter) if matter.kind == "promise" else matter.state
        role = {"kept": "on-pace", "late": "behind", "broken": "at-risk"}
        return state_word(ended), role.get(ended, "muted")
    if matter.due is None:
        return "", ""
    words = away(matter.due, board.today, board.calendar)
    if matter.due < board.today:
        return words, "at-risk"
    if is_soon(matter, board.today, board.calendar):
        return words, "here"
    if board.calendar.between(board.today, matter.due) > FAR_WORKDAYS:
        words = labels.date_words(matter.due, board.today)
    return words, "muted"


def about(matter: Matter, board: Board) -> list[tuple[int, Span]]:
    """What stands at the right of its line, each with how soon it gives way."""
    parts: list[tuple[int, Span]] = []
    live = matter.state == "open"
    if live and board.today in counted_on(matter):
        parts.append((4, (_("counts most today"), "here")))
    if live and needs_check(matter):
        parts.append((3, (_("undecided"), "muted")))
    if matter.person is not None:
        alias = flat(matter.person.label)
        if f"@{alias}".casefold() not in title_of(matter).casefold():
            parts.append((2, (alias, "muted")))
    parts.append((0, (weight_word(matter) if live else "", "muted")))
    parts.append((1, (moved(matter), "muted")))
    parts.append((5, when_words(matter, board)))
    return [part for part in parts if part[1][0]]


def matter_line(
    matter: Matter, board: Board, left: int, width: int, frame: Frame
) -> Line:
    """One matter on one line; what stands at the right gives way before the title does."""
    room = width - left - 2
    parts = about(matter, board)
    dot = f" {frame.dot} "
    title = title_of(matter)
    least = min(cell_len(title), room * 11 // 20)

    def size() -> int:
        texts = sum(cell_len(text) for _rank, (text, _role) in parts)
        return texts + cell_len(dot) * (len(parts) - 1) + 2 if parts else 0

    while parts and size() + least > room:
        parts.remove(min(parts, key=lambda part: part[0]))
    title = fit(title, room - size(), frame)
    role = "" if matter.state == "open" else "muted"
    if board.today in counted_on(matter) and matter.state == "open":
        role = "strong"
    gap = room - cell_len(title) - max(0, size() - 2)
    right: list[Span] = []
    for _rank, span in parts:
        right += [(dot, "faint"), span] if right else [span]
    return line(
        (labels.mark(kind_of(matter)) + " ", "muted"),
        (pad(matter.handle, left), "muted"),
        (title, role),
        (" " * gap, ""),
        *right,
    )


def list_rows(board: Board, width: int, frame: Frame) -> list[Row]:
    """The whole list in ``width`` cells."""
    found: list[Row] = []
    if board.filter_words:
        said = _("only {what}").format(what=board.filter_words)
        found.append(heading(said, "", _("Backspace shows all"), width, frame))
        found.append(Row((BLANK,)))
    if board.waits:
        words = _("A grey matter waits for its decision: b on {handle}.")
        said = words.format(handle=board.waits)
        found.append(Row((*paragraph(said, width, "muted"), BLANK)))
    sections = board.sections()
    if not sections:
        return [*found, *_empty(board, width)]
    left = max(cell_len(m.handle) for _name, group in sections for m in group) + 1
    for at, (name, group) in enumerate(sections):
        if at:
            found.append(Row((BLANK,)))
        found.append(heading(name, str(len(group)), "", width, frame))
        found += rows_of(group, board, left, width, frame)
    return found


def rows_of(
    group: Sequence[Matter], board: Board, left: int, width: int, frame: Frame
) -> list[Row]:
    """The matters of one group, each a row that can be gone to."""
    return [
        Row(
            Later(partial(matter_line, matter, board, left, width, frame)),
            "matter",
            matter.id,
            matter.handle,
        )
        for matter in group
    ]


def _empty(board: Board, width: int) -> list[Row]:
    """What to do where there is nothing."""
    if board.filter_words:
        said = [_("Nothing of that kind. Backspace shows everything.")]
    else:
        said = [
            _("Nothing is open."),
            _(
                "n writes a promise down: what, @whom, ^by when. < instead of > is what "
                "you wait for, ? what you want to ask, ~ what lies between official "
                "and private."
            ),
        ]
    lines = [
        each for text in said for each in (*paragraph(text, width, "muted"), BLANK)
    ]
    return [Row(tuple(lines))]


def only_words(only: Only, person: str) -> str:
    """The filter in words, "" for none."""
    from plannertui.core.words import kind_word, nature_word

    sides = {
        "up": pgettext("side", "up"),
        "peers": pgettext("side", "peers"),
        "down": pgettext("side", "down"),
    }
    parts = [
        kind_word(only.kind) if only.kind else "",
        nature_word(only.nature) if only.nature else "",
        flat(person),
        sides[only.side] if only.side else "",
    ]
    return _(", ").join(part for part in parts if part)
