"""People one works for and with, by alias."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from plannertui.core.rows import Row

Relation = Literal["leader", "above", "peer", "below", "outside"]
RELATIONS: tuple[Relation, ...] = ("leader", "above", "peer", "below", "outside")

Basis = Literal["said", "seen", "guess"]
BASES: tuple[Basis, ...] = ("said", "seen", "guess")

State = Literal["active", "past", "forgotten"]
STATES: tuple[State, ...] = ("active", "past", "forgotten")

STYLE = ("takes_in", "depth", "rhythm", "best_time", "decides", "dislikes")

ALIAS_LENGTH = 20
STYLE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Belief:
    """One line about somebody's way of working, with what it rests on."""

    text: str
    basis: Basis
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Row):
    """Somebody, by alias; the real name, when given, never leaves the store."""

    alias: str
    name: str | None = None
    relation: Relation = "leader"
    primary: bool = False
    in_room: bool = False
    style: dict[str, Belief] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    state: State = "active"


def slug(alias: str) -> str:
    """``alias`` as typed after ``@``: lower case, blanks as hyphens."""
    return "-".join(alias.casefold().split())


Group = Literal["leader", "above", "room", "peer", "below", "outside", "past"]
GROUPS: tuple[Group, ...] = (
    *("leader", "above", "room", "peer", "below", "outside", "past"),
)


def group(person: Person) -> Group:
    """Where somebody stands in the list: who decides about one comes before the rest."""
    if person.state != "active":
        return "past"
    if person.relation in ("leader", "above"):
        return person.relation
    return "room" if person.in_room else person.relation


def grouped(people: Iterable[Person]) -> list[tuple[Group, list[Person]]]:
    """``people`` by group in the order of GROUPS, the primary leader before the others."""
    found: dict[Group, list[Person]] = {name: [] for name in GROUPS}
    for person in sorted(people, key=lambda each: (not each.primary, each.id)):
        found[group(person)].append(person)
    return [(name, members) for name, members in found.items() if members]
