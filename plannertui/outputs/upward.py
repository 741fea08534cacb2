"""What goes up: the week in one screen, the nominator's page, the plan to agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.day import later, year_of
from plannertui.core.entries import proof
from plannertui.core.words import state_word
from plannertui.i18n import gettext as _
from plannertui.outputs import charts
from plannertui.outputs.desk import FAILURES, Desk, tagged
from plannertui.outputs.goalfacts import facts, measure
from plannertui.outputs.wording import full_day, named_day, span
from plannertui.store import goals as goal_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plannertui.core.entries import Entry
    from plannertui.core.goals import Goal
    from plannertui.core.priorities import Priority

STILL_WARNED = 30
FACTS = 3
PLACED = ("decide", "inform", "next", "breath", "how", "post", "question")


def weekly(desk: Desk) -> dict[str, Any]:
    """A week or another period, conclusion first."""
    leader = desk.leader()
    known = desk.known(leader)
    found = desk.ready(since=later(desk.first, -STILL_WARNED))
    new = [entry for entry in found if entry.day >= desk.first]
    last = min(desk.last, desk.today)
    goals = desk.goals(year_of(last, desk.settings.year_start))
    decisions = [e for e in new if tagged(e, "decide") and e.kind not in FAILURES]
    told = [e for e in new if _told(e)]
    lines = [_priority(desk, one, goals, told) for one in known]
    placed = {number for line in lines for number in line["ids"]}
    bottom = _bottom(desk, goals)
    reviews = [e for e in new if e.kind == "review"][-1:]
    loose = [e for e in told if e.id not in placed] + (reviews if bottom else [])
    return {
        "period": {
            "label": _label(desk),
            "span": span(desk.first, last),
        },
        "bottom": bottom,
        "review": [] if bottom else [desk.text(e) for e in reviews],
        "decisions": [
            {
                "text": desk.text(e),
                "by": named_day(e.about, desk.today) if e.about else "",
            }
            for e in decisions
        ],
        "first_by": min(
            (named_day(e.about, desk.today) for e in decisions if e.about), default=""
        ),
        "informs": [
            desk.text(e) for e in new if tagged(e, "inform") and e.kind not in FAILURES
        ],
        "priorities": [line for line in lines if line["lines"]],
        "others": [desk.text(_used(desk, e)) for e in loose],
        "warnings": [
            {
                "text": desk.text(e),
                "by": named_day(e.about, desk.today) if e.about else "",
            }
            for e in found
            if e.kind == "warn"
            and (e.day >= desk.first or (e.about is not None and e.about >= last))
        ],
        "failures": [desk.text(e) for e in new if e.kind in FAILURES],
        "learned": [desk.text(e) for e in new if e.kind == "lesson"],
        "next": [desk.text(e) for e in new if tagged(e, "next")],
        "leader": desk.vault.person(leader.alias) if leader else "",
        "charts": charts.lines(desk, (g for g in goals if g.state == "active"), 2),
    }


def _told(entry: Entry) -> bool:
    """Whether an entry is told as a piece of work, not in a place of its own."""
    if entry.kind not in ("win", "note"):
        return False
    return not any(tagged(entry, name) for name in PLACED)


def _used(desk: Desk, entry: Entry) -> Entry:
    desk.use(entry)
    return entry


def _label(desk: Desk) -> str:
    """What the period is called: a week by its number, else by its days."""
    days = (desk.last - desk.first).days
    if days == 6 and desk.first.weekday() == 0:
        return _("Week {number}").format(number=desk.first.isocalendar().week)
    return span(desk.first, min(desk.last, desk.today))


def _bottom(desk: Desk, goals: Sequence[Goal]) -> dict[str, Any] | None:
    """The first goal whose number moved in the period, or that has one."""
    with_number = [g for g in goals if g.measure is not None and g.state == "active"]
    told = [facts(desk, goal) for goal in with_number]
    moved = [one for one in told if one["measure"]["direction"]]
    return next(iter(moved or told), None)


def _priority(
    desk: Desk, priority: Priority, goals: Sequence[Goal], told: Sequence[Entry]
) -> dict[str, Any]:
    """One thing the leader answers for, with what was done for it in the period."""
    serving = [g for g in goals if priority.id in {s.priority_id for s in g.serves}]
    mine = {goal.id for goal in serving} | {priority.id}
    found = [e for e in told if mine & {ref.id for ref in e.refs}]
    steps = [
        step
        for goal in serving
        if goal.state == "active"
        for step in goal.milestones
        if step.done_on is None and step.due is not None
    ]
    soon = min(steps, key=lambda step: step.due, default=None)  # type: ignore[arg-type,return-value]
    return {
        "text": desk.vault.put(priority.text),
        "basis": priority.basis,
        "lines": [desk.text(_used(desk, e)) for e in found],
        "ids": [e.id for e in found],
        "next": {"title": desk.vault.put(soon.title), "due": desk.day(soon.due)}
        if soon is not None and soon.due is not None
        else None,
    }


# -- the nominator's page --------------------------------------------------------------


def nominate(desk: Desk) -> dict[str, Any]:
    """One page from which somebody can speak for sixty seconds."""
    found = desk.ready()
    desk.known(desk.leader())
    wins = desk.claims_out([e for e in found if e.kind == "win"])
    chosen = best(wins)
    year = year_of(min(desk.last, desk.today), desk.settings.year_start)
    goals = [g for g in desk.goals(year) if g.state in ("active", "done")]
    told = [facts(desk, goal) for goal in goals]
    return {
        "post": [desk.text(e) for e in found if tagged(e, "post")],
        "to": full_day(min(desk.last, desk.today)),
        "breath": [desk.text(e) for e in found if tagged(e, "breath")],
        "goals": told,
        "facts": [desk.win(e) for e in chosen],
        "how": [desk.text(e) for e in found if tagged(e, "how")],
        "failures": [desk.text(e) for e in found if e.kind in FAILURES],
        "unfinished": [
            goal
            for goal in told
            if goal["health"] in ("behind", "at_risk") and goal["to_come"]
        ],
        "learned": [desk.text(e) for e in found if e.kind == "lesson"],
        "credit": credited(desk, wins),
        "charts": charts.lines(desk, (g for g in goals if g.measure is not None), 2),
    }


def best(wins: Sequence[Entry], most: int = FACTS) -> list[Entry]:
    """The wins that a doubtful committee can check best, at first one for each goal.

    Those tagged ``fact`` come before all others.
    """
    chosen = sorted(
        (win for win in wins if tagged(win, "fact")),
        key=lambda e: (_goal_of(e), e.day, e.id),
    )
    wins = [win for win in wins if win not in chosen]

    def weight(entry: Entry) -> tuple[int, Any, int]:
        win = entry.win
        parts = (
            0
            if win is None
            else sum(map(bool, (win.number, win.document, win.witnesses)))
        )
        return parts, entry.day, entry.id

    ranked = sorted(wins, key=weight, reverse=True)
    first: list[Entry] = []
    rest: list[Entry] = []
    seen: set[int] = set()
    for entry in ranked:
        goal = _goal_of(entry)
        (rest if goal in seen else first).append(entry)
        seen.add(goal)
    return (chosen + first + rest)[:most]


def _goal_of(entry: Entry) -> int:
    """The id of the goal it belongs to; the last of all without one."""
    return next((r.id for r in entry.refs if r.handle.startswith("G")), 1 << 62)


def credited(desk: Desk, wins: Iterable[Entry]) -> list[dict[str, Any]]:
    """Whom the wins name besides oneself, each with the newest one."""
    named: dict[str, Entry] = {}
    for entry in sorted(wins, key=lambda e: (e.day, e.id)):
        for name in entry.win.credit if entry.win else ():
            named.pop(name, None)
            named[name] = entry
    return [
        {"who": desk.alias(name), "text": desk.text(entry)}
        for name, entry in reversed(named.items())
    ]


# -- the plan, and what a successor needs ----------------------------------------------


def plan(desk: Desk) -> dict[str, Any]:
    """Goals and measures alone, to be agreed with a leader."""
    year = year_of(min(desk.last, desk.today), desk.settings.year_start)
    told = []
    for goal in desk.goals(year):
        if goal.state not in ("active", "paused", "done"):
            continue
        checks = [c for c in goal_store.check_ins(desk.db, goal) if c.value is not None]
        upto = min(desk.last, desk.today)
        told.append(
            {
                "handle": goal.handle,
                "title": desk.vault.put(goal.title),
                "state_word": state_word(goal.state),
                "due": desk.day(goal.due),
                "measure": measure(desk, goal, checks, upto),
                "milestones": [
                    {
                        "title": desk.vault.put(step.title),
                        "due": desk.day(step.due) if step.due else "",
                    }
                    for step in goal.milestones
                ],
            }
        )
    return {"year": str(year), "goals": told}


def handover(desk: Desk) -> dict[str, Any]:
    """What whoever comes next needs: where things stand, where they lie, what was learned."""
    found = desk.ready()
    year = year_of(min(desk.last, desk.today), desk.settings.year_start)
    wins = [e for e in found if e.kind == "win"]
    return {
        "to": full_day(min(desk.last, desk.today)),
        "goals": [facts(desk, goal) for goal in desk.goals(year)],
        "open": [
            {
                "text": desk.vault.put(matter.title, tags=matter.tags),
                "due": desk.day(matter.due) if matter.due else "",
                "who": desk.vault.person(matter.person.label) if matter.person else "",
            }
            for matter in desk.open_matters()
            if matter.kind != "ask"
        ],
        "documents": [
            desk.win(e)
            for e in wins
            if proof(e) in ("evidence", "used") and e.win and e.win.document
        ],
        "facts": [desk.text(e) for e in found if tagged(e, "fact")],
        "warnings": [
            {
                "text": desk.text(e),
                "by": named_day(e.about, desk.today) if e.about else "",
            }
            for e in found
            if e.kind == "warn" and e.about is not None and e.about >= desk.today
        ],
        "learned": [desk.text(e) for e in found if e.kind == "lesson"],
        "failures": [desk.text(e) for e in found if e.kind in FAILURES],
    }
