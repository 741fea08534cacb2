"""The ledger between two people as lines: totals side by side, then what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.core.briefs import ASK_RESULTS, RESULTS
from plannertui.core.words import state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.tui import labels
from plannertui.tui.widgets.drawn import BLANK, fit, flat, line, pad, pad_left
from plannertui.tui.widgets.rows import Row, heading, paragraph
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from plannertui.core.briefs import Ledger, LedgerLine
    from plannertui.tui.themes import Frame

CLOSED = 6


def ledger_rows(ledger: Ledger, today: date, width: int, frame: Frame) -> Iterator[Row]:
    """Both sides: how promises ended, then each line with its age."""
    alias = flat(ledger.person.alias)
    yield from _totals(ledger, alias, width, frame)
    sides = (
        (_("I promised"), ledger.mine),
        (_("{alias} promised").format(alias=alias), ledger.theirs),
        (_("I ask"), ledger.asks),
    )
    for title, lines in sides:
        yield Row((BLANK,))
        yield heading(title, "", "", width, frame)
        live = [one for one in lines if one.closed_on is None]
        over = [one for one in lines if one.closed_on is not None]
        if not lines:
            yield Row(tuple(paragraph(_("Nothing yet."), width, "muted")))
        elif not live:
            yield Row(tuple(paragraph(_("Nothing open."), width, "muted")))
        for one in live:
            yield _line(one, today, width, frame)
        for one in over[:CLOSED]:
            yield _closed(one, today, width, frame)
        more = len(over) - CLOSED
        if more > 0:
            said = ngettext("{count} more before", "{count} more before", more)
            yield Row((line((said.format(count=more), "faint")),))


def _totals(ledger: Ledger, alias: str, width: int, frame: Frame) -> Iterator[Row]:
    """How many promises of each side ended how, side by side; no sum of the two."""
    totals = ledger.totals()
    mine, theirs = totals["mine"], totals["theirs"]
    names = [name for name in RESULTS if mine[name] or theirs[name]]
    if not names:
        said = _(
            "Nothing was promised or asked between you yet. In the line of a: "
            "> a promise of yours, < one of theirs, ? a question."
        )
        yield Row(tuple(paragraph(said, width, "muted")))
        return
    heads = (_("I"), fit(alias, 12, frame))
    left = max(cell_len(state_word(name)) for name in names)
    room = [max(4, cell_len(head)) for head in heads]
    spans = "  ".join(pad_left(h, r) for h, r in zip(heads, room, strict=True))
    lines = [line((" " * left + "  ", ""), (spans, "muted"))]
    for name in names:
        counts = "  ".join(
            pad_left(str(side[name]) if side[name] else frame.dot, r)
            for side, r in zip((mine, theirs), room, strict=True)
        )
        lines.append(line((pad(state_word(name), left) + "  ", "muted"), (counts, "")))
    asks = totals["asks"]
    answered = [f"{asks[name]} {_result(name)}" for name in ASK_RESULTS if asks[name]]
    if answered:
        said = _("Asks: {counts}").format(counts=_(", ").join(answered))
        lines += [BLANK, *paragraph(said, width, "muted")]
    yield Row(tuple(lines))


def _result(name: str) -> str:
    return _("answered") if name == "answered" else state_word(name)


def _line(one: LedgerLine, today: date, width: int, frame: Frame) -> Row:
    parts: Sequence[str] = [p for p in wrap(flat(one.text), width) if p] or [""]
    dot = f" {frame.dot} "
    about = []
    if one.due is not None:
        about.append(_("due {day}").format(day=labels.date_words(one.due, today)))
    about.append(_age(one))
    if one.origin:
        about.append(_("from {handle}").format(handle=one.origin))
    role = "muted"
    if one.late:
        words = ngettext("{count} workday late", "{count} workdays late", one.late)
        about[:1] = [words.format(count=one.late)]
        role = "at-risk"
    while len(about) > 1 and cell_len(dot.join(about)) > width - 2:
        about.pop()
    told = fit(dot.join(about), width - 2, frame)
    return Row(
        (*(line((part, "")) for part in parts[:2]), line(("  ", ""), (told, role))),
        one.kind,
        _key(one),
        one.handle,
    )


def _age(one: LedgerLine) -> str:
    if not one.age:
        return _("new")
    words = ngettext("{count} workday old", "{count} workdays old", one.age)
    return words.format(count=one.age)


def _closed(one: LedgerLine, today: date, width: int, frame: Frame) -> Row:
    result = _result(one.result)
    day = labels.date_words(one.closed_on, today) if one.closed_on else ""
    tail = f"{result} {day}"
    room = max(6, width - cell_len(tail) - 2)
    text = fit(one.text, room, frame)
    gap = " " * max(1, width - cell_len(text) - cell_len(tail))
    bad = one.result in ("late", "broken")
    return Row(
        (line((text, "muted"), (gap, ""), (tail, "behind" if bad else "faint")),),
        one.kind,
        _key(one),
        one.handle,
    )


def _key(one: LedgerLine) -> int:
    return int(one.handle[1:])
