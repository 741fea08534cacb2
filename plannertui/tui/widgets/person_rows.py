"""People as lines: leaders first, then above, the room, peers, below, outside, past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.core.people import grouped
from plannertui.core.words import state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import pgettext
from plannertui.tui.widgets.drawn import BLANK, Line, fit, line, pad
from plannertui.tui.widgets.rows import Row, paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plannertui.core.people import Person
    from plannertui.tui.themes import Frame


def group_words() -> dict[str, str]:
    """The headings of the groups."""
    return {
        "leader": _("Leaders"),
        "above": _("Above"),
        "room": _("In the room"),
        "peer": _("Peers"),
        "below": _("Work for me"),
        "outside": _("Outside"),
        "past": _("Before"),
    }


def people_rows(
    people: Sequence[Person],
    stale: Mapping[int, int],
    chosen: int,
    past: bool,
    width: int,
    frame: Frame,
) -> list[Row]:
    """``people`` by group; ``stale`` counts what asks for a look, by id."""
    if not people:
        said = _("Nobody yet.")
        how = _("n adds the leader you work for first, by an alias.")
        first = paragraph(said, width, "strong")
        return [Row((*first, BLANK, *paragraph(how, width, "muted")))]
    left = max(cell_len(person.handle) for person in people)
    found: list[Row] = []
    for name, members in grouped(people):
        if found:
            found.append(Row((BLANK,)))
        head = group_words()[name]
        if name == "past":
            key = _("o hides") if past else _("o shows")
            head = f"{head} {len(members)}"
            gap = width - cell_len(head) - cell_len(key)
            found.append(
                Row(
                    (
                        line(
                            (head, "heading"),
                            (" " * gap + key if gap > 1 else "", "faint"),
                        ),
                    )
                )
            )
            members = members if past else []
        else:
            found.append(Row((line((fit(head, width, frame), "heading")),)))
        found += [
            Row(
                (_one(person, stale.get(person.id, 0), chosen, left, width, frame),),
                "person",
                person.id,
                person.handle,
            )
            for person in members
        ]
    return found


def _one(
    person: Person, stale: int, chosen: int, left: int, width: int, frame: Frame
) -> Line:
    side = ""
    if person.state == "forgotten":
        side = state_word("forgotten")
    elif person.primary:
        side = pgettext("leader", "first")
    elif stale:
        side = _("{count} to check").format(count=stale)
    elif person.in_room and person.state == "active":
        side = _("room")
    room = width - left - 2
    if room - cell_len(side) - 2 < 6:
        side = ""
    alias = fit(person.alias, room - cell_len(side) - (2 if side else 0), frame)
    gap = room - cell_len(alias) - cell_len(side)
    role = "muted" if person.state != "active" else ""
    return line(
        (pad(person.handle, left) + "  ", "muted"),
        (alias, "here strong" if person.id == chosen else role),
        (" " * gap, ""),
        (side if gap > 0 else "", "muted"),
    )
