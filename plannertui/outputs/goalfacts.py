"""Goals as a report tells of them: where they stand, on which day, and whom they serve."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plannertui.core.day import later, year_span
from plannertui.core.goals import pace
from plannertui.core.words import state_word
from plannertui.outputs.wording import number, percent
from plannertui.store import goals, people, priorities

if TYPE_CHECKING:
    from datetime import date

    from plannertui.core.goals import CheckIn, Goal
    from plannertui.outputs.desk import Desk


def facts(desk: Desk, goal: Goal) -> dict[str, Any]:
    """What may be said of ``goal`` on the last day of the period, or today."""
    upto = min(desk.today, desk.last)
    checks = [c for c in goals.check_ins(desk.db, goal) if c.value is not None]
    goal = as_of(goal, checks, upto)
    now = pace(goal, desk.calendar, upto)
    put = desk.vault.put
    steps = [
        {
            "title": put(step.title),
            "due": desk.day(step.due) if step.due else "",
            "done": desk.day(step.done_on) if step.done_on else "",
        }
        for step in goal.milestones
    ]
    to_come = [
        step
        for step, kept in zip(steps, goal.milestones, strict=True)
        if kept.done_on is None
    ]
    _first, last = year_span(goal.year, desk.settings.year_start)
    return {
        "handle": goal.handle,
        "title": put(goal.title),
        "why": put(goal.why),
        "state": goal.state,
        "state_word": state_word(goal.state),
        "health": now.health,
        "health_word": state_word(now.health),
        "progress": percent(now.progress),
        "elapsed": percent(now.elapsed),
        "due": desk.day(goal.due),
        "by_year_end": goal.due == last,
        "own": not goal.serves,
        "serves": serves(desk, goal),
        "measure": measure(desk, goal, checks, upto),
        "milestones": steps,
        "done": len(steps) - len(to_come),
        "all": len(steps),
        "to_come": to_come,
        "next": to_come[0] if to_come else None,
        "told": goal.state in ("released", "carried"),
    }


def as_of(goal: Goal, checks: list[CheckIn], upto: date) -> Goal:
    """``goal`` as it stood at the end of the day ``upto``."""
    milestones = tuple(
        replace(step, done_on=None) if step.done_on and step.done_on > upto else step
        for step in goal.milestones
    )
    if goal.measure is not None:
        seen = [c.value for c in checks if c.day <= upto and c.value is not None]
        value = seen[-1] if seen else goal.measure.now if not checks else None
        measure = replace(
            goal.measure, now=goal.measure.start if value is None else value
        )
        return replace(goal, measure=measure, milestones=milestones)
    return replace(goal, milestones=milestones)


def measure(
    desk: Desk, goal: Goal, checks: list[CheckIn], upto: date
) -> dict[str, Any] | None:
    """The measure from its start to the last day, and how it moved in the period."""
    if goal.measure is None:
        return None
    kept = goal.measure
    seen = [c for c in checks if c.day <= upto]
    before = [c for c in seen if c.day < desk.first]
    moved = 0.0
    if seen and before and seen[-1].value is not None and before[-1].value is not None:
        moved = seen[-1].value - before[-1].value
    start_on = seen[0].day if seen else goal.start
    if start_on == goal.start:
        # The year is planned on its first workday, not on the holiday before it.
        start_on = desk.calendar.add(later(goal.start, -1), 1)
    return {
        "name": desk.vault.put(kept.name) or desk.vault.put(goal.title),
        "unit": desk.vault.put(kept.unit),
        "start": number(kept.start),
        "now": number(kept.now),
        "target": number(kept.target),
        "start_on": desk.day(start_on),
        "now_on": desk.day(seen[-1].day) if seen else desk.day(upto),
        "moved": number(abs(moved)),
        "direction": "down" if moved < 0 else "up" if moved > 0 else "",
    }


def serves(desk: Desk, goal: Goal) -> list[dict[str, Any]]:
    """What a goal serves, as far as the leader said it or was seen to want it."""
    found = []
    for serve in goal.serves:
        priority = priorities.get(desk.db, serve.priority_id)
        if priority.basis == "guess" or priority.deleted_at is not None:
            continue
        person = people.get(desk.db, priority.person_id)
        found.append(
            {
                "text": desk.vault.put(priority.text),
                "leader": desk.vault.person(person.alias),
                "how": desk.vault.put(serve.how),
                "id": priority.id,
            }
        )
    return found
