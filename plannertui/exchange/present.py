"""What the store has of what comes in, in the terms in which it comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from plannertui.exchange.reading import NOUNS, Found, Noun
from plannertui.i18n import gettext as _
from plannertui.store import foreign, refs, rows
from plannertui.store.open import Store


class Here(NamedTuple):
    """A thing as it is in the store: its columns, links and tags."""

    id: int
    handle: str
    rev: int
    deleted: bool
    values: dict[str, Any]


def by_uid(db: Store, founds: Sequence[Found]) -> dict[str, int]:
    """The ids of what this program wrote itself, by uid."""
    found: dict[str, int] = {}
    for noun in NOUNS:
        uids = [one.uid for one in founds if one.uid and one.noun == noun]
        found |= foreign.by_uid(db, noun, uids)
    return found


class Names:
    """Finds people and goals by name, each once; who is not known is told."""

    def __init__(self, db: Store, notes: list[str]) -> None:
        self.db = db
        self.notes = notes
        self.known: dict[tuple[str, str], int | None] = {}

    def id(self, name: str, noun: str) -> int | None:
        if (name, noun) not in self.known:
            found = refs.resolve(self.db, name)
            number = found[0] if found is not None and found[3] == noun else None
            self.known[name, noun] = number
            if number is None:
                self.notes.append(
                    _("Nobody and nothing here is called {name}: left off.").format(
                        name=name
                    )
                )
        return self.known[name, noun]

    def ids(self, names: Iterable[str]) -> list[int]:
        found = [self.id(name, "person") for name in names]
        return list(dict.fromkeys(one for one in found if one is not None))


def values_of(found: Found, names: Names, ids: dict[str, int]) -> dict[str, Any]:
    """``found`` as ``here_of`` gives what is in the store."""
    values = {name: plain(value) for name, value in found.fields.items()}
    values["tags"] = list(found.tags)
    # Of whom a file says nothing, nothing is taken away.
    people = names.ids(found.people)
    if people and found.noun == "matter":
        values["person_id"] = people[0]
    elif people:
        values["people"] = people
    goal = names.id(found.goal, "goal") if found.goal else None
    if goal is not None and found.noun == "matter":
        values["goal_id"] = goal
    if found.noun == "event" and found.series:
        values["series_id"] = ids.get(found.series)
    return values


def base_of(values: dict[str, Any], held: tuple[str, ...]) -> dict[str, Any]:
    """What of ``values`` is noted, to see later what was changed here: no ids."""
    skip = (*IDS, *held)
    return {name: value for name, value in values.items() if name not in skip}


def plain(value: Any) -> Any:
    """``value`` as a column of the store holds it."""
    if isinstance(value, list | tuple | dict):
        return rows.dump(value)
    return rows.plain(value)


def here_of(db: Store, founds: Sequence[Found], ids: dict[str, int]) -> dict[int, Here]:
    """The things with these ids, with those columns that the reader tells of."""
    found: dict[int, Here] = {}
    for noun in NOUNS:
        mine = [one for one in founds if one.noun == noun and one.key in ids]
        if not mine:
            continue
        names = sorted({name for one in mine for name in one.fields} | _ALSO[noun])
        numbers = list(dict.fromkeys(ids[one.key] for one in mine))
        tags = rows.tags_of(db, numbers)
        people = rows.refs_of(db, numbers, "with" if noun == "event" else "ref")
        for row in foreign.columns(db, noun, names, numbers):
            values = dict(zip(names, row[4:], strict=True))
            values["tags"] = tags[row[0]]
            if noun != "matter":
                values["people"] = [
                    ref.id for ref in people[row[0]] if ref.handle[:1] in "LP"
                ]
            found[row[0]] = Here(row[0], row[1], row[2], row[3] is not None, values)
    return found


IDS = ("people", "person_id", "goal_id", "series_id")
EMPTY: tuple[Any, ...] = ("", None, [], "[]")
_ALSO: dict[Noun, frozenset[str]] = {
    "matter": frozenset(("person_id", "goal_id")),
    "event": frozenset(("series_id", "state")),
    "entry": frozenset(),
}
