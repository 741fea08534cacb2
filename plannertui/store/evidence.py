"""Wins by goal and month: what is proved, what is only said, where nothing is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from plannertui.core.day import year_of, year_span
from plannertui.core.figures import Case, Figure, Proved, by_month
from plannertui.core.proof import names
from plannertui.core.text import first_line
from plannertui.store.items import chunks, marks
from plannertui.store.refs import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plannertui.store.open import Store

PROVED = (
    "ifnull(json_extract(win, '$.number'), '') != '' "
    "OR ifnull(json_extract(win, '$.document'), '') != '' "
    "OR ifnull(json_extract(win, '$.witnesses'), '[]') != '[]'"
)
PROOF = (
    f"CASE WHEN NOT ({PROVED}) THEN 'claim' "
    "WHEN json_extract(win, '$.used_on') IS NULL THEN 'evidence' ELSE 'used' END"
)
"""How far a win is proved, as ``core.entries.proof`` says it."""


def wins(db: Store, first: date, last: date) -> list[Case]:
    """The wins of a span by day; those proved count, ``word`` says how far each is."""
    return [
        Case(number, date.fromisoformat(day), word != "claim", word)
        for number, day, word in db.read(
            f"SELECT id, day, {PROOF} FROM entry WHERE kind = 'win' "
            "AND deleted_at IS NULL AND day BETWEEN ? AND ? ORDER BY day, id",
            (first.isoformat(), last.isoformat()),
        )
    ]


def goals_of(db: Store, ids: list[int]) -> dict[int, list[int]]:
    """The goals that each of these entries names, by its id."""
    found: dict[int, list[int]] = {number: [] for number in ids}
    for part in chunks(ids):
        for owner, goal in db.read(
            "SELECT l.from_id, l.to_id FROM link l JOIN goal g ON g.id = l.to_id "
            f"WHERE l.role = 'ref' AND l.from_id IN ({marks(part)}) ORDER BY l.id",
            part,
        ):
            found[owner].append(goal)
    return found


def by_goal(
    db: Store,
    span: tuple[date, date],
    today: date,
    year_start: int = 1,
    year: int | None = None,
) -> list[Proved]:
    """The wins of ``span`` for each goal of a year, and for none of them, at the end.

    The year is this one unless given. The months and the last proved win are those of
    the whole year up to ``today``. A win that names two goals stands with both.
    """
    if year is None:
        year = year_of(today, year_start)
    start, end = year_span(year, year_start)
    every = wins(db, min(start, span[0]), min(max(end, span[1]), today))
    of = goals_of(db, [case.id for case in every])
    shown = [
        (number, handle, title)
        for number, handle, title, state in db.read(
            "SELECT g.id, h.letter || h.number, g.title, g.state FROM goal g "
            "JOIN handle h ON h.id = g.id WHERE g.year = ? AND g.deleted_at IS NULL "
            "ORDER BY g.position, g.id",
            (year,),
        )
        if state in ("active", "paused", "done")
        or any(number in names for names in of.values())
    ]
    known = {number for number, _handle, _title in shown}
    found = [
        _proved(
            number,
            handle,
            first_line(title),
            [case for case in every if number in of[case.id]],
            span,
            start,
        )
        for number, handle, title in shown
    ]
    rest = [case for case in every if not known & set(of[case.id])]
    none = _proved(None, "", "", rest, span, start)
    if rest:
        found.append(none)
    return found


def _proved(
    number: int | None,
    handle: str,
    title: str,
    cases: list[Case],
    span: tuple[date, date],
    start: date,
) -> Proved:
    dated = [(case, case.day or date.min) for case in cases]
    inside = [case for case, day in dated if span[0] <= day <= span[1]]
    proved = [day for case, day in dated if case.counts and day >= start]
    name = handle or "none"
    return Proved(
        number,
        handle,
        title,
        Figure(f"evidence_{name}", tuple(case for case in inside if case.counts)),
        Figure(
            f"claims_{name}",
            tuple(
                Case(case.id, case.day, True, case.word)
                for case in inside
                if not case.counts
            ),
        ),
        by_month([(day, case.counts) for case, day in dated], start),
        max(proved, default=None),
    )


# -- people ----------------------------------------------------------------------------


def named(db: Store, text: str) -> tuple[str, ...]:
    """The names in ``text``, parted by commas; people of the store by their handle."""
    found = []
    for name in names(text):
        person = resolve(db, name.lstrip("@＠"))
        known = person is not None and person[3] == "person"
        found.append(person[1] if person is not None and known else name)
    return tuple(dict.fromkeys(found))


def aliases(db: Store) -> dict[str, str]:
    """The alias of everybody, by handle."""
    return dict(
        db.read(
            "SELECT h.letter || h.number, p.alias FROM person p "
            "JOIN handle h ON h.id = p.id WHERE p.deleted_at IS NULL"
        )
    )


def shown(who: Iterable[str], known: Mapping[str, str]) -> str:
    """Names as people read and type them: aliases for handles, with commas between."""
    return ", ".join(
        alias if "," not in (alias := known.get(name, name)) else name for name in who
    )
