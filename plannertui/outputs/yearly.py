"""The year in review, for one's own eyes: the one report that prints figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.day import year_of, year_span
from plannertui.core.matters import Matter
from plannertui.outputs import charts
from plannertui.outputs.desk import FAILURES, Desk, is_sealed, tagged
from plannertui.outputs.goalfacts import facts
from plannertui.outputs.upward import best
from plannertui.outputs.wording import full_day
from plannertui.store import figures, matters, people, priorities, years

if TYPE_CHECKING:
    from plannertui.core.entries import Entry
    from plannertui.core.people import Person

FIVE = 5
SHOWN = ("kept", "kept_up", "kept_peers", "kept_down", "warned", "surprised", "checked")


def year(desk: Desk) -> dict[str, Any]:
    """One year on a page: facts for a successor, one's word, what failed and what follows."""
    upto = min(desk.last, desk.today)
    number = year_of(upto, desk.settings.year_start)
    desk.first, desk.last = year_span(number, desk.settings.year_start)
    found = desk.ready()
    wins = desk.claims_out([e for e in found if e.kind == "win"])
    counted = figures.read(
        desk.db, (desk.first, upto), upto, desk.calendar, desk.settings.year_start
    )
    data = {name: counted[name].as_data() for name in SHOWN if name in counted}
    reflected = [f for n, f in counted.items() if n.startswith("reflected") and f.parts]
    widest = max(reflected, key=lambda f: f.total or 0, default=None)
    return {
        "year": str(number),
        "theme": desk.vault.put(years.get(desk.db, number).theme),
        "to": full_day(upto),
        "over": upto >= desk.last,
        "facts": [desk.win(e) for e in best(wins, FIVE)],
        "goals": [facts(desk, goal) for goal in desk.goals(number, own=True)],
        "served": _served(desk, number),
        "figures": data,
        "half": _first_half(
            desk, counted["surprised"].cases if "surprised" in counted else ()
        ),
        "reflected": widest.as_data() if widest is not None else None,
        "elapsed": desk.calendar.count(desk.first, upto),
        "workdays": desk.calendar.count(desk.first, desk.last),
        "failures": [desk.text(e) for e in found if e.kind in FAILURES],
        "learned": [desk.text(e) for e in found if e.kind == "lesson"],
        "thanks_owed": _owed(desk, wins, found),
        "questions": _questions(desk, found),
        "charts": [
            *charts.lines(desk, desk.goals(number, own=True)),
            charts.months(desk, wins, desk.goals(number, own=True)),
            charts.heat(desk),
        ],
    }


def _served(desk: Desk, number: int) -> dict[str, Any]:
    """Priorities of the primary leader that goals served, of all that held in the year."""
    leader = desk.leader()
    if leader is None:
        return {"count": 0, "of": 0, "dropped": []}
    wanted = [
        p
        for p in priorities.ls(desk.db, leader.id, past=True)
        # What has changed goes on in the one that came after it.
        if p.state != "changed" and (p.since is None or p.since <= desk.last)
    ]
    served = {
        s.priority_id for goal in desk.goals(number, own=True) for s in goal.serves
    }
    return {
        "count": sum(1 for p in wanted if p.id in served),
        "of": len(wanted),
        "dropped": [
            desk.day(p.until) for p in wanted if p.state == "dropped" and p.until
        ],
    }


def _first_half(desk: Desk, cases: Any) -> bool:
    """Whether every surprise was in the first half of the year."""
    middle = desk.first + (desk.last - desk.first) / 2
    return bool(cases) and all(case.day is None or case.day <= middle for case in cases)


def _owed(desk: Desk, wins: list[Entry], found: list[Entry]) -> list[str]:
    """Those whom a win credits and no ready note of thanks names."""
    thanked = {ref.id for e in found if e.kind == "thanks" for ref in e.refs}
    by_key: dict[str, Person | None] = {}
    for one in people.ls(desk.db, past=True):
        by_key[one.handle.casefold()] = by_key[one.alias.casefold()] = one
    owed = {}
    for entry in wins:
        for name in entry.win.credit if entry.win else ():
            person = by_key.get(name.removeprefix("@").casefold())
            if person is None:
                owed[name] = desk.vault.put(name)
            elif person.id not in thanked and person.state != "forgotten":
                owed[person.alias] = desk.vault.person(person.alias)
    return list(owed.values())


def _questions(desk: Desk, found: list[Entry]) -> list[str]:
    """What to ask first in the next year: lines tagged so, then open asks, marked."""
    from plannertui.outputs.talks import asked

    lines = [desk.text(e) for e in found if tagged(e, "question")]
    asks: list[Matter] = [
        m
        for m in matters.ls(desk.db, kind="ask")
        if not is_sealed(m) and m.nature == "official"
    ]
    return (lines + [asked(desk, ask) for ask in asks])[:3]
