"""Wins as lines: a strip of twelve months for each goal, the list, one win in full."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.core.entries import Win, proof
from plannertui.core.figures import is_gap
from plannertui.core.mirror import pair
from plannertui.core.proof import claims, is_proved
from plannertui.core.words import month_name, share_word, state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store.evidence import shown
from plannertui.tui import labels
from plannertui.tui.widgets.days import month_title, month_word
from plannertui.tui.widgets.drawn import (
    BLANK,
    Line,
    Span,
    fit,
    flat,
    line,
    pad,
    pad_left,
)
from plannertui.tui.widgets.item_lines import with_aliases
from plannertui.tui.widgets.rows import Later, Row, paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from plannertui.core.entries import Entry
    from plannertui.core.figures import Proved
    from plannertui.tui.themes import Frame

ROLES = {"claim": "behind", "evidence": "on-pace", "used": "muted"}
LEAST_TITLE = 8
ALL, NONE = 0, -1
"""The keys of the rows for every win, and for those that name no goal."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of the strips: what it is called, its months, and what is said of it."""

    key: int
    handle: str
    title: str
    months: tuple[tuple[int, int], ...]
    said: str
    role: str


def strips(
    found: Sequence[Proved], every: tuple[tuple[int, int], ...], today: date
) -> list[Strip]:
    """A strip for all wins together, one for each goal, and one for wins without."""
    rows = [Strip(ALL, "", _("All wins"), every, _counts(every), "muted")]
    for each in found:
        said, role = _counts(each.months), "muted"
        if each.goal_id is not None and is_gap(each, today):
            said, role = since_words(each.last, today), "behind"
        title = each.title if each.goal_id is not None else _("no goal named")
        rows.append(
            Strip(
                NONE if each.goal_id is None else each.goal_id,
                each.handle,
                title,
                each.months,
                said,
                role,
            )
        )
    return rows


def _counts(months: Sequence[tuple[int, int]]) -> str:
    proved, claimed = sum(a for a, _b in months), sum(b for _a, b in months)
    said = _("{count} proved").format(count=proved)
    if claimed:
        word = ngettext("{count} claim", "{count} claims", claimed)
        said = pair(said, word.format(count=claimed))
    return said


def since_words(last: date | None, today: date) -> str:
    """None since June; none yet."""
    if last is None:
        return _("none yet")
    month = month_word(last.month)
    if last.year != today.year:
        month = f"{month} {last.year}"
    return _("none since {month}").format(month=month)


def strip_rows(
    found: Sequence[Strip], first: date, today: date, width: int, frame: Frame
) -> list[Row]:
    """The strips under the names of their months, at ``width`` cells."""
    left = max((cell_len(each.handle) for each in found), default=0)
    said = max((cell_len(each.said) for each in found), default=0)
    cell = 4 if width >= left + 1 + 22 + 48 + 2 + said else 3
    if width < left + 1 + LEAST_TITLE + 36 + 2 + said:
        said = 0
    if width < left + 1 + LEAST_TITLE + 36:
        cell = 2
    room = width - left - 1 - 12 * cell - (said + 2 if said else 0)
    title = max(0, min(34, room - 1))
    heads = []
    for number in range(12):
        month = (first.month - 1 + number) % 12 + 1
        name = month_name(month) if cell == 4 else str(month)
        heads.append((pad_left(name, cell), "muted"))
    rows = [Row((line((" " * (left + 1 + title), ""), *heads),))]
    for each in found:
        cells: list[Span] = []
        for number, (proved, claimed) in enumerate(each.months):
            month = (first.year * 12 + first.month - 1) + number
            ahead = month > today.year * 12 + today.month - 1
            cells += _cell(proved, claimed, ahead, cell, frame)
        rows.append(
            Row(
                (
                    line(
                        *_name(each, left, title, frame),
                        *cells,
                        ("  " + each.said if said else "", each.role),
                    ),
                ),
                "strip",
                each.key,
                each.handle,
            )
        )
    return rows


def _name(each: Strip, left: int, title: int, frame: Frame) -> tuple[Span, ...]:
    """The handle and the title; what has no handle takes the room of both."""
    if not each.handle:
        room = left + 1 + title
        return ((pad(fit(each.title, room, frame), room), "muted"),)
    return (
        (pad(each.handle, left) + " ", "muted"),
        (pad(fit(each.title, title, frame), title), "strong"),
    )


def _cell(
    proved: int, claimed: int, ahead: bool, width: int, frame: Frame
) -> tuple[Span, ...]:
    """One month: how many are proved, a question mark for claims alone, a dot for none."""
    gap = (" ", "")
    room = width - 1
    if ahead and not proved and not claimed:
        return (gap, (" " * room, ""))
    if proved:
        shade = 1 if proved == 1 else 2 if proved < 4 else 3
        text = str(proved) if proved < 10**room else "+"
        return (gap, (pad_left(text, room), f"shade-{shade}"))
    if claimed:
        return (gap, (pad_left("?", room), "behind"))
    return (gap, (pad_left("." if frame.name == "ascii" else "·", room), "faint"))


# -- the list --------------------------------------------------------------------------


def grouped(
    wins: Sequence[Entry], view: str, known: Mapping[str, str]
) -> list[tuple[str, list[Entry]]]:
    """The wins under their headings: by month, by who saw them, by whom they credit."""
    found: dict[str, list[Entry]] = {}
    for entry in wins:
        win = entry.win or Win()
        if view == "month":
            heads = [month_title(entry.day.year, entry.day.month)]
        else:
            who = win.witnesses if view == "witness" else win.credit
            heads = [known.get(name, name) for name in who]
            nobody = (
                _("seen by nobody yet")
                if view == "witness"
                else _("nobody is credited")
            )
            heads = heads or [nobody]
        for head in heads:
            found.setdefault(head, []).append(entry)
    groups = list(found.items())
    if view != "month":
        named = {known.get(n, n) for e in wins for n in _names(e, view)}
        groups.sort(key=lambda group: (group[0] not in named, -len(group[1])))
    return groups


def _names(entry: Entry, view: str) -> tuple[str, ...]:
    win = entry.win or Win()
    return win.witnesses if view == "witness" else win.credit


def win_rows(
    groups: Sequence[tuple[str, Sequence[Entry]]],
    today: date,
    width: int,
    frame: Frame,
) -> list[Row]:
    """The wins under their headings, one line each; the state stands at the right."""
    rows: list[Row] = []
    every = [entry for _head, entries in groups for entry in entries]
    dates = {day: labels.date_words(day, today) for day in {e.day for e in every}}
    said = {status: _said(*status) for status in set(map(_status, every))}
    left = max((cell_len(text) for text in dates.values()), default=0)
    word = max((cell_len(text) for text in said.values()), default=0)
    room = max(4, width - left - 2 - word - 2)

    def win_line(entry: Entry) -> Line:
        status = _status(entry)
        text = fit(first_words(entry), room, frame)
        return line(
            (pad(dates[entry.day], left) + "  ", "muted"),
            (pad(text, room) + "  ", ""),
            (pad_left(said[status], word), ROLES[status[0]]),
        )

    for head, wins in groups:
        if rows:
            rows.append(Row((BLANK,)))
        count = str(len(wins))
        rows.append(
            Row(
                (
                    line(
                        (
                            fit(head, max(4, width - cell_len(count) - 2), frame),
                            "heading",
                        ),
                        ("  " + count, "muted"),
                    ),
                )
            )
        )
        rows += [
            Row(Later(partial(win_line, entry)), "win", entry.id, entry.handle)
            for entry in wins
        ]
    return rows


def first_words(entry: Entry) -> str:
    """The first line of a win, people by alias."""
    refs = [(ref.id, ref.handle, ref.label) for ref in entry.refs]
    return with_aliases(flat(entry.text[:600]), refs)


def _status(entry: Entry) -> tuple[str, bool]:
    """How far a win is proved, and whether it is ready for reports."""
    return str(proof(entry)), entry.share == "ready"


def _said(state: str, ready: bool) -> str:
    word = state_word(state)
    return f"{word} +" if ready else word


# -- one win ---------------------------------------------------------------------------


def win_lines(
    entry: Entry, known: Mapping[str, str], today: date, width: int, frame: Frame
) -> list[Line]:
    """One win in full: what it says, what proves it, how it came about."""
    win = entry.win or Win()
    state = str(proof(entry))
    dot = f" {frame.dot} "
    refs = [(ref.id, ref.handle, ref.label) for ref in entry.refs]
    found: list[Line] = [
        line(
            (entry.handle, "muted"),
            (dot + labels.day_words(entry.day, today), "muted"),
            (dot, "faint"),
            (state_word(state), ROLES[state]),
        ),
        BLANK,
    ]
    for part in entry.text.split("\n"):
        found += paragraph(with_aliases(part, refs), width, "strong")
    found.append(BLANK)
    fields = (
        (_("Number"), win.number),
        (_("Document"), win.document),
        (_("Seen by"), shown(win.witnesses, known)),
        (_("Credit to"), shown(win.credit, known)),
    )
    left = max(cell_len(label) for label, _text in fields) + 2
    for label, text in fields:
        found += _field(
            label, text or frame.track, left, width, "" if text else "faint"
        )
    told = tuple(
        (label, text)
        for label, text in (
            (_("Before"), win.before),
            (_("Did"), win.did),
            (_("After"), win.after),
        )
        if text
    )
    for label, text in told:
        found += [BLANK, line((label, "heading")), *paragraph(text, width, "")]
    found.append(BLANK)
    said = claims(entry.text, win)
    if said:
        found += paragraph(said, width, "behind")
    elif not is_proved(win) and state == "claim":
        unproved = _("A claim so far: Enter adds a number, a document or a witness.")
        found += paragraph(unproved, width, "behind")
    if win.used_on is not None:
        used = _("used on {day}").format(day=labels.date_words(win.used_on, today))
        found += paragraph(used, width, "muted")
    found += paragraph(share_word(entry.share), width, "muted")
    goals = [f"{ref.handle} {ref.label}" for ref in entry.refs if ref.handle[0] == "G"]
    for goal in goals:
        found += paragraph(goal, width, "muted")
    return found


def _field(label: str, text: str, left: int, width: int, role: str) -> list[Line]:
    lines = paragraph(text, max(4, width - left), role)
    return [
        line((pad(label if at == 0 else "", left), "muted"), *each.spans)
        for at, each in enumerate(lines or [BLANK])
    ]
