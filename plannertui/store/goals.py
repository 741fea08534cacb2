"""Goals and what belongs to them: milestones, check-ins, whom they serve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from plannertui.core.errors import NotFound, Refused, Usage
from plannertui.core.goals import (
    OBSTACLE_LENGTH,
    CheckIn,
    Goal,
)
from plannertui.core.text import clean
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import refs, rows
from plannertui.store.goal_rows import (
    SELECT,
    build,
    check_span,
    columns,
    number_of,
    title_of,
)
from plannertui.store.handles import new_handle
from plannertui.store.items import Filter, Item
from plannertui.store.items import ls as list_items
from plannertui.store.open import Store, stamp

LIVE = ("draft", "active", "paused")


def ls(db: Store, year: int, *, past: bool = False) -> list[Goal]:
    """The goals of a year in the user's order; ``past`` adds done, released, carried."""
    found = db.read(
        f"{SELECT} WHERE g.year = ? AND g.deleted_at IS NULL "
        f"AND (? OR g.state IN ({rows.marks(LIVE)})) ORDER BY g.position, g.id",
        (year, past, *LIVE),
    )
    return build(db, found)


def get(db: Store, which: int | str) -> Goal:
    """The goal with this id or handle; raises NotFound."""
    number = (
        which
        if isinstance(which, int)
        else refs.need(db, which, "goal", trashed=True)[0]
    )
    found = build(db, db.read(f"{SELECT} WHERE g.id = ?", (number,)))
    if not found:
        raise NotFound(_("There is no goal {name}.").format(name=which))
    return found[0]


def add(
    db: Store,
    *,
    year: int,
    title: str,
    start: date,
    due: date,
    now: datetime,
    **fields: Any,
) -> Goal:
    """Add a goal as the last of its year; ``measure`` is a Measure or None."""
    values = columns(
        {"year": year, "title": title, "start": start, "due": due} | fields
    )
    check_span(start, due)
    with db.write(N_("add a goal"), now):
        last = db.conn.execute(
            "SELECT ifnull(max(position), 0) FROM goal WHERE year = ?", (year,)
        ).fetchone()[0]
        number, _handle = rows.insert(db, "goal", {"position": last + 1} | values, now)
        if values.get("measure_now") is not None:
            _record(db, number, start, values["measure_now"], "", now)
    return get(db, number)


def edit(
    db: Store,
    goal: Goal,
    now: datetime,
    *,
    base_rev: int | None = None,
    **changes: Any,
) -> Goal:
    """Change fields of a goal; Conflict when ``base_rev`` is no longer its revision."""
    check_span(changes.get("start", goal.start), changes.get("due", goal.due))
    with db.write(N_("edit {what}"), now, what=goal.handle):
        rows.update(db, "goal", goal.id, columns(changes), now, base_rev=base_rev)
    return get(db, goal.id)


def check_in(
    db: Store,
    goal: Goal,
    value: float | None,
    *,
    day: date,
    now: datetime,
    note: str = "",
) -> Goal:
    """Record the measure's value as of ``day``, or a word alone when it has none."""
    if value is None and not note.strip():
        raise Usage(_("A check-in needs a number or a word."))
    if value is not None and goal.measure is None:
        message = _("{handle} has no measure: give a word, or a measure first.")
        raise Usage(message.format(handle=goal.handle))
    with db.write(N_("check in {what}"), now, what=goal.handle):
        change = {}
        if value is not None:
            value = number_of(value)
        _record(db, goal.id, day, value, clean(note), now)
        if value is not None:
            change["measure_now"] = db.conn.execute(
                "SELECT value FROM check_in WHERE goal_id = ? AND value NOT NULL "
                "ORDER BY day DESC, id DESC LIMIT 1",
                (goal.id,),
            ).fetchone()[0]
        rows.update(db, "goal", goal.id, change, now)
    return get(db, goal.id)


def _record(
    db: Store, number: int, day: date, value: float | None, note: str, now: datetime
) -> None:
    db.conn.execute(
        "INSERT INTO check_in (goal_id, day, at, value, note) VALUES (?, ?, ?, ?, ?)",
        (number, day.isoformat(), stamp(now), value, note),
    )


def check_ins(db: Store, goal: Goal) -> list[CheckIn]:
    """The goal's check-ins by day."""
    found = db.read(
        "SELECT id, day, value, note FROM check_in WHERE goal_id = ? ORDER BY day, id",
        (goal.id,),
    )
    return [CheckIn(n, date.fromisoformat(d), v, note) for n, d, v, note in found]


def add_milestone(
    db: Store, goal: Goal, title: str, due: date | None, now: datetime
) -> Goal:
    """Add a milestone as the last one."""
    title = title_of(title)
    with db.write(N_("add a milestone to {what}"), now, what=goal.handle):
        number, _handle = new_handle(db, f"{goal.handle}.", "milestone")
        last = db.conn.execute(
            "SELECT ifnull(max(position), 0) FROM milestone WHERE goal_id = ?",
            (goal.id,),
        ).fetchone()[0]
        db.conn.execute(
            "INSERT INTO milestone (id, goal_id, title, due, position) "
            "VALUES (?, ?, ?, ?, ?)",
            (number, goal.id, title, due and due.isoformat(), last + 1),
        )
        rows.touch(db, "goal", goal.id, now)
    return get(db, goal.id)


def edit_milestone(
    db: Store,
    goal: Goal,
    number: int,
    now: datetime,
    *,
    title: str,
    due: date | None,
) -> Goal:
    """Change a milestone's title and due date."""
    with db.write(N_("edit a milestone of {what}"), now, what=goal.handle):
        _need(db, goal, number)
        db.conn.execute(
            "UPDATE milestone SET title = ?, due = ? WHERE id = ?",
            (title_of(title), due and due.isoformat(), number),
        )
        rows.touch(db, "goal", goal.id, now)
    return get(db, goal.id)


def remove_milestone(db: Store, goal: Goal, number: int, now: datetime) -> Goal:
    """Take a milestone away; undo brings it back."""
    with db.write(N_("remove a milestone of {what}"), now, what=goal.handle):
        _need(db, goal, number)
        db.conn.execute("DELETE FROM milestone WHERE id = ?", (number,))
        rows.touch(db, "goal", goal.id, now)
    return get(db, goal.id)


def tick(db: Store, goal: Goal, number: int, day: date | None, now: datetime) -> Goal:
    """Mark a milestone as done on ``day``, or as not done with None."""
    with db.write(N_("tick a milestone of {what}"), now, what=goal.handle):
        _need(db, goal, number)
        db.conn.execute(
            "UPDATE milestone SET done_on = ? WHERE id = ?",
            (day and day.isoformat(), number),
        )
        rows.touch(db, "goal", goal.id, now)
    return get(db, goal.id)


def serve(db: Store, goal: Goal, priority_id: int, how: str, now: datetime) -> Goal:
    """Say that the goal serves a priority, and how, in a sentence."""
    if len(how) > OBSTACLE_LENGTH:
        raise Usage(_("At most {count} characters.").format(count=OBSTACLE_LENGTH))
    with db.write(N_("{what} serves"), now, what=goal.handle):
        db.conn.execute(
            "INSERT INTO serve (goal_id, priority_id, how) VALUES (?, ?, ?) "
            "ON CONFLICT (goal_id, priority_id) DO UPDATE SET how = excluded.how",
            (goal.id, priority_id, clean(how)),
        )
        rows.touch(db, "goal", goal.id, now)
    return get(db, goal.id)


def unserve(db: Store, goal: Goal, priority_id: int, now: datetime) -> Goal:
    """Take back that the goal serves a priority."""
    with db.write(N_("{what} no longer serves"), now, what=goal.handle):
        db.conn.execute(
            "DELETE FROM serve WHERE goal_id = ? AND priority_id = ?",
            (goal.id, priority_id),
        )
        rows.touch(db, "goal", goal.id, now)
    return get(db, goal.id)


def move(db: Store, goal: Goal, by: int, now: datetime) -> Goal:
    """Move the goal up (negative) or down among the live goals of its year."""
    goals = ls(db, goal.year)
    ids = [other.id for other in goals]
    if goal.id not in ids:
        return goal
    at = ids.index(goal.id)
    to = max(0, min(len(ids) - 1, at + by))
    if to == at:
        return goal
    ids.insert(to, ids.pop(at))
    by_id = {other.id: other for other in goals}
    with db.write(N_("move {what}"), now, what=goal.handle):
        for position, number in enumerate(ids, 1):
            if by_id[number].position != position:
                rows.update(db, "goal", number, {"position": position}, now)
    return get(db, goal.id)


def set_state(db: Store, goal: Goal, state: str, now: datetime) -> Goal:
    """Put the goal into ``state``: active, paused, draft."""
    with db.write(N_("change the state of {what}"), now, what=goal.handle):
        rows.update(db, "goal", goal.id, columns({"state": state}), now)
    return get(db, goal.id)


def finish(db: Store, goal: Goal, now: datetime) -> Goal:
    """Close the open goal as done."""
    with db.write(N_("done {what}"), now, what=goal.handle):
        _live(db, goal)
        rows.update(db, "goal", goal.id, {"state": "done"}, now)
    return get(db, goal.id)


def release(db: Store, goal: Goal, why: str, told: str, now: datetime) -> Goal:
    """Let the open goal go, with one sentence why and who was told."""
    if not why.strip() or not told.strip():
        raise Usage(_("Releasing a goal needs a sentence why, and who was told."))
    with db.write(N_("release {what}"), now, what=goal.handle):
        _live(db, goal)
        rows.update(
            db,
            "goal",
            goal.id,
            {"state": "released", "released_why": why, "told": told},
            now,
        )
    return get(db, goal.id)


def carry(
    db: Store, goal: Goal, year: int, start: date, due: date, now: datetime
) -> Goal:
    """Take the goal over into another year as a new one, linked to the old."""
    with db.write(N_("carry {what} over"), now, what=goal.handle):
        goal = get(db, goal.id)
        if goal.state not in LIVE or goal.year == year:
            raise Refused(
                _("Only a goal that is still open goes over into another year.")
            )
        measure = goal.measure and replace(goal.measure, start=goal.measure.now)
        fresh = add(
            db,
            year=year,
            title=goal.title,
            start=start,
            due=due,
            now=now,
            why=goal.why,
            measure=measure,
            obstacle=goal.obstacle,
            if_then=goal.if_then,
        )
        for step in goal.milestones:
            if step.done_on is None:
                fresh = add_milestone(db, fresh, step.title, None, now)
        for served in goal.serves:
            fresh = serve(db, fresh, served.priority_id, served.how, now)
        rows.set_links(db, fresh.id, [goal.id], "carried")
        rows.update(db, "goal", goal.id, {"state": "carried"}, now)
    return get(db, fresh.id)


def evidence(db: Store, goal: Goal, limit: int | None = None) -> list[Item]:
    """What was written about the goal, newest first."""
    return list_items(db, Filter(goal_id=goal.id), limit=limit)


def _live(db: Store, goal: Goal) -> None:
    """Refuse to end, inside a write, a goal that has ended by now."""
    state = db.conn.execute(
        "SELECT state FROM goal WHERE id = ?", (goal.id,)
    ).fetchone()
    if state is not None and state[0] not in LIVE:
        message = _(
            "{handle} is closed. To go on: ptui goal set {handle} --state active"
        )
        raise Refused(message.format(handle=goal.handle))


def _need(db: Store, goal: Goal, number: int) -> None:
    """Refuse, inside a write, a milestone that is not, or no longer, the goal's."""
    if not db.conn.execute(
        "SELECT 1 FROM milestone WHERE id = ? AND goal_id = ?", (number, goal.id)
    ).fetchone():
        raise NotFound(_("{handle} has no such milestone.").format(handle=goal.handle))
