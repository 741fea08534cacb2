"""What is open between somebody and me, and the room, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.tui.labels import date_words, mark
from plannertui.tui.widgets.drawn import BLANK, fit, flat, line
from plannertui.tui.widgets.meet_lines import bare
from plannertui.tui.widgets.rows import Row, heading, paragraph
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from plannertui.core.room import Seen
    from plannertui.store.items import Item
    from plannertui.store.standing import Standing
    from plannertui.tui.themes import Frame

MOST_WINS = 3


def between_rows(
    of: Standing | None, room: Sequence[Seen], today: date, width: int, frame: Frame
) -> list[Row]:
    """Promises, what is awaited and what is to be asked; then who decides about me."""
    found: list[Row] = []
    if of is not None:
        found += _between(of, today, width, frame)
        found.append(Row((BLANK,)))
    found += _room(room, today, width, frame)
    return found


def _between(of: Standing, today: date, width: int, frame: Frame) -> Iterator[Row]:
    parts = (
        ("promise", _("I promised")),
        ("waiting", _("I wait for")),
        ("ask", _("To ask")),
    )
    if not of.open:
        yield heading(_("Between you"), "", "", width, frame)
        said = _(
            "Nothing open. i makes a belief a question; a writes a promise down, "
            "with > before it and @{handle} in it."
        ).format(handle=of.person.handle)
        if of.person.state != "active":
            said = _("Nothing open.")
        yield Row(tuple(paragraph(said, width, "muted")))
    first = True
    for kind, title in parts:
        items = [item for item in of.open if item.kind == kind]
        if not items:
            continue
        if not first:
            yield Row((BLANK,))
        first = False
        yield heading(title, str(len(items)), "", width, frame)
        for item in items:
            yield _matter(item, today, width, frame)


def _matter(item: Item, today: date, width: int, frame: Frame) -> Row:
    said = flat(bare(item.text, item.refs))
    texts = [part for part in wrap(said, max(4, width - 2)) if part] or [""]
    sign = mark(item.kind)
    lines = [
        line((f"{sign} " if at == 0 else "  ", "muted"), (text, ""))
        for at, text in enumerate(texts)
    ]
    if item.due is not None:
        when = _("due {day}").format(day=date_words(item.due, today))
        late = item.due < today
        lines.append(
            line(
                (f"  {item.handle} {frame.dot} ", "muted"),
                (
                    fit(when, max(1, width - cell_len(item.handle) - 5), frame),
                    "at-risk" if late else "muted",
                ),
            )
        )
    else:
        lines.append(line((f"  {item.handle}", "muted")))
    return Row(tuple(lines), "item", item.id, item.handle)


def _room(room: Sequence[Seen], today: date, width: int, frame: Frame) -> Iterator[Row]:
    yield heading(_("The room"), "", "", width, frame)
    if not room:
        said = _(
            "Nobody yet. Who decides about you where you cannot be? "
            "m marks the one you are on."
        )
        yield Row(tuple(paragraph(said, width, "muted")))
        return
    said = _("Who decides about you, and what each has seen at first hand:")
    yield Row(tuple(paragraph(said, width, "muted")))
    for each in room:
        count = ngettext("{count} win", "{count} wins", len(each.wins))
        words = count.format(count=len(each.wins)) if each.wins else _("nothing yet")
        alias = fit(each.person.alias, max(4, width - cell_len(words) - 2), frame)
        gap = width - cell_len(alias) - cell_len(words)
        yield Row(
            (line((alias, "strong"), (" " * gap + words, "muted")),),
            "person",
            each.person.id,
            each.person.handle,
        )
        for win in each.wins[:MOST_WINS]:
            day = date_words(win.day, today)
            room_left = max(4, width - cell_len(day) - 4)
            yield Row(
                (
                    line(
                        ("  " + day + "  ", "muted"),
                        (fit(win.text, room_left, frame), ""),
                    ),
                ),
                "win",
                # Once for each who saw it.
                win.id * 100_000 + each.person.id,
                win.handle,
            )
