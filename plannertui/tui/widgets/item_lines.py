"""A line of the journal as text: wrapped, with what belongs to it at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._cells import cell_len

from plannertui.core.mentions import is_person
from plannertui.core.mentions import with_aliases as with_aliases
from plannertui.core.words import kind_word, share_word, state_word
from plannertui.i18n import gettext as _
from plannertui.tui import labels
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from datetime import date

    from plannertui.store.items import Item
    from plannertui.tui.themes import Frame

MOST_LINES = 3
STOPS = " ,;:，；：、"
"""What is not left before an ellipsis."""
GAP = 2
"""The least cells between a text and what belongs to it."""
MOST_CHARACTERS = 600
NO_BREAK = "\u00a0"
CLOSED = ("done", "dropped", "closed", "cancelled", "void")


def lay_out(
    item: Item, width: int, frame: Frame, today: date | None
) -> list[tuple[str, str]]:
    """``item`` as lines of at most ``width`` cells: (text, what stands at the right).

    A line whose text is empty holds what did not fit beside the text.
    """
    text = with_aliases(item.text[:MOST_CHARACTERS], item.refs).replace("\t", " ")
    for _id, handle, name in item.refs:
        if " " in name and is_person(handle):
            # A name of several words is one link, and stays on one line.
            text = text.replace(f"@{name}", f"@{name}".replace(" ", NO_BREAK))
    lines = [line for line in wrap(text, width) if line.strip()] or [""]
    dot = f" {frame.dot} "
    parts = _about(item, text, today)
    about = dot.join(parts)
    # The text gives way to what belongs to it, where half a line is left for it.
    room = width - GAP - cell_len(about)
    room = room if room >= width // 2 else width
    if len(lines) > MOST_LINES or len(item.text) > MOST_CHARACTERS:
        *lines, last = lines[:MOST_LINES]
        end = wrap(last, max(1, room - cell_len(frame.ellipsis))) or [""]
        lines.append(end[0].rstrip(STOPS) + frame.ellipsis)
    elif cell_len(lines[-1]) > room and (len(lines) < MOST_LINES or len(parts) == 1):
        two = wrap(lines[-1], room)
        lines[-1:] = two if len(two) == 2 else lines[-1:]
    if cell_len(lines[-1]) + GAP + cell_len(about) <= width:
        return [*((line, "") for line in lines[:-1]), (lines[-1], about)]
    below = [""]
    for part in parts:
        longer = f"{below[-1]}{dot}{part}" if below[-1] else part
        if below[-1] and cell_len(longer) > width:
            below.append(part)
        else:
            below[-1] = longer
    return [
        *((line, "") for line in lines),
        *(("", (wrap(line, width) or [""])[0]) for line in below),
    ]


def is_late(item: Item, today: date | None) -> bool:
    """Whether ``item`` is a matter that should have been done before ``today``."""
    if item.noun != "matter" or item.state != "open" or item.due is None:
        return False
    return today is not None and item.due < today


def _when(item: Item, day: date, today: date | None) -> str:
    """What ``day`` is to the item: "due Fri 20 Sep"; what a warning speaks of."""
    words = labels.day_words(day, today)
    if item.noun == "matter":
        return _("due {day}").format(day=words)
    if item.noun == "entry":
        return _("for {day}").format(day=words)
    return words


def _about(item: Item, text: str, today: date | None) -> list[str]:
    """Kind, state, due day, people and links that the text does not name."""
    parts = [kind_word(labels.kind_of(item))]
    waits = item.noun != "matter" or item.state == "open"
    if item.due is not None and item.due != item.day and waits:
        parts[0] += f" {_when(item, item.due, today)}"
    if item.state not in ("", "open", "planned"):
        parts.append(state_word(item.state))
    if item.again:
        since = labels.date_words(item.day, today)
        parts.append(_("taken up, since {day}").format(day=since))
    if item.share == "ready":
        parts.append(share_word("ready"))
    lowered = text.replace(NO_BREAK, " ").casefold()
    seen = set()
    people = (item.person,) if item.person is not None else ()
    for number, handle, label in (*people, *item.refs):
        person = is_person(handle)
        name = label if person and label else handle
        typed = (f"@{name}", f"@{handle}", f"#{handle}")
        if number in seen or any(t.casefold() in lowered for t in typed):
            continue
        seen.add(number)
        parts.append(name if person else f"@{name}")
    parts += [f"#{tag}" for tag in item.tags if f"#{tag}".casefold() not in lowered]
    return parts
