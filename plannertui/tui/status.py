"""The line on top: the day, the year's workdays gone, and what is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.content import Content
from textual.widget import Widget

from plannertui.core.day import later, week_label, year_of, year_span
from plannertui.core.text import cell_width
from plannertui.core.words import day_kind_word, kind_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import glance, tended
from plannertui.tui.wording import day_near, long_day, short_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plannertui.tui.planner import Planner


DAYS_AHEAD = 7
MOST_TITLE = 30


class Piece(NamedTuple):
    """One thing the line says: longest form first; ``rank`` 1 stays longest."""

    rank: int
    forms: tuple[str, ...]
    style: str


def year_piece(planner: Planner) -> Piece:
    """How much of the year's workdays is gone, or that they are not published."""
    today, start = planner.today, planner.settings.year_start
    year = year_of(today, start)
    first, last = year_span(year, start)
    calendar = planner.calendar
    all_days = calendar.count(first, last)
    gone = calendar.count(first, today)
    share = round(100 * gone / all_days) if all_days else 0
    if not (calendar.known(first.year) and calendar.known(last.year)):
        unknown = _("{year}: holidays not published, Monday to Friday assumed")
        return Piece(
            3,
            (
                unknown.format(year=year),
                _("{year}: holidays not published").format(year=year),
            ),
            "warning",
        )
    return Piece(
        3,
        (
            _("{gone} of {days} workdays ({share} %)").format(
                gone=gone, days=all_days, share=share
            ),
            _("{share} % of workdays").format(share=share),
            _("year {share} %").format(share=share),
        ),
        "",
    )


def promises_piece(planner: Planner, dues: Sequence[date]) -> Piece | None:
    """How many promises are due and when the next one is; None when there are none."""
    today = planner.today
    if not dues:
        return None
    late = [due for due in dues if due < today]
    if late:
        count = len(late)
        text = ngettext("{count} promise overdue", "{count} promises overdue", count)
        return Piece(2, (text.format(count=count),), "warning")
    due = min(dues)
    count = dues.count(due)
    text = ngettext("{count} promise due {day}", "{count} promises due {day}", count)
    return Piece(2, (text.format(count=count, day=day_near(due, today)),), "here")


def reminder_piece(planner: Planner) -> Piece:
    """The next event that one is reminded of, until it begins."""
    from plannertui.core.duewords import what_words, when_words

    due = planner.reminded[0]
    when = when_words(due, planner.today)
    what = what_words(due, titles=True)
    if cell_width(what) > MOST_TITLE:
        what = kind_word(due.kind)
    whole = _("{what}: {when}").format(what=what, when=when)
    return Piece(1, (whole, due.time or when), "here")


def pieces(planner: Planner, dues: Sequence[date]) -> list[Piece]:
    """What the line says, in the order in which it stands there."""
    today = planner.today
    calendar = planner.calendar
    kind = day_kind_word(calendar.kind(today))
    name = calendar.name(today)
    day = kind
    if name and name != kind:
        day = _("{what}: {name}").format(what=kind, name=name)
    week = week_label(today).rpartition("W")[2]
    said = [
        Piece(1, (long_day(today), short_day(today)), "day"),
        Piece(4, (day, kind), ""),
        Piece(6, (_("W{week}").format(week=week),), ""),
        year_piece(planner),
    ]
    promised = promises_piece(planner, dues)
    if promised is not None:
        said.append(promised)
    if planner.reminded:
        said.append(reminder_piece(planner))
    if not planner.demo:
        wrong = tended.warning(planner.db, planner.now(), planner.settings.backup_hours)
        if wrong is not None:
            said.append(Piece(2, wrong, "warning"))
    if planner.demo:
        said.append(Piece(5, (_("sample year"),), ""))
    elif planner.db.damaged:
        said.append(Piece(1, (_("damaged: read only"),), "warning"))
    elif planner.db.readonly:
        said.append(Piece(2, (_("read only"),), "warning"))
    if planner.db.key is None:
        said.append(Piece(5, (_("not encrypted"),), ""))
    else:
        said.append(Piece(7, (_("encrypted"),), ""))
    return said


def fitted(said: Sequence[Piece], width: int, gap: int) -> list[tuple[str, str]]:
    """As much of ``said`` as ``width`` cells hold: (text, style) in order.

    First the long forms give way, the least important first; then whole pieces go.
    """
    chosen = dict.fromkeys(range(len(said)), 0)

    def used() -> int:
        texts = [said[index].forms[form] for index, form in chosen.items()]
        return sum(map(cell_width, texts)) + gap * max(0, len(texts) - 1)

    order = sorted(chosen, key=lambda index: -said[index].rank)
    for index in order:
        while used() > width and chosen[index] + 1 < len(said[index].forms):
            chosen[index] += 1
    for index in order:
        if used() <= width or len(chosen) == 1:
            break
        del chosen[index]
    return [(said[i].forms[form], said[i].style) for i, form in chosen.items()]


class StatusLine(Widget):
    """One line of what one needs to know before anything else."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 1; color: $muted; }
    """
    ALLOW_SELECT = False
    STYLES: ClassVar[dict[str, str]] = {
        "day": "bold $foreground",
        "warning": "$warning",
        "here": "$here",
    }

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self._said: list[Piece] = []

    def on_mount(self) -> None:
        """Say it for the first time."""
        self.reload()

    def reload(self) -> None:
        """Read again what the line says; it is painted only when it changed."""
        planner = self.planner
        soon = later(planner.today, DAYS_AHEAD)
        said = pieces(planner, glance.promises_due(planner.db, soon))
        if said != self._said:
            self._said = said
            self.refresh()

    def render(self) -> Content:
        """The line, as long as it fits."""
        dot = f" {self.planner.frame.dot} "
        parts: list[Content] = []
        for text, style in fitted(self._said, self.size.width, len(dot)):
            parts.append(Content.styled(text, self.STYLES.get(style, "")))
        return Content.styled(dot, "$faint").join(parts)
