"""The room one cannot enter: who decides about me, and what each has seen at first hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plannertui.core.people import slug

if TYPE_CHECKING:
    from plannertui.core.entries import Entry
    from plannertui.core.people import Person


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody in the room, and the wins that name them as a witness, newest first."""

    person: Person
    wins: tuple[Entry, ...]


def saw(person: Person, win: Entry) -> bool:
    """Whether ``win`` names ``person`` as a witness, by handle or alias."""
    if win.win is None:
        return False
    names = {person.handle.casefold(), slug(person.alias)}
    return any(slug(each.lstrip("@＠")) in names for each in win.win.witnesses)


def room(people: Iterable[Person], wins: Sequence[Entry]) -> list[Seen]:
    """Who of ``people`` takes part in decisions about me, who has seen least first."""
    found = [
        Seen(person, tuple(win for win in wins if saw(person, win)))
        for person in people
        if person.in_room and person.state == "active"
    ]
    return sorted(found, key=lambda each: len(each.wins))
