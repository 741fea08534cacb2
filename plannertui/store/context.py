"""What is going on today, as the triggers that may choose the day's question."""

from __future__ import annotations

from datetime import date, timedelta

from plannertui.core import goals as goal_rules
from plannertui.core.workdays import WorkCalendar
from plannertui.core.years import Year
from plannertui.store import goals, people, years
from plannertui.store.items import SELECTS, Item, fill
from plannertui.store.open import Store

Instances = list[tuple[str, str]]

SOON = 2
NEW_LEADER_DAYS = 30
APPRAISAL_DAYS = 21
CLAIM_WORKDAYS = 5
SETBACK_WORKDAYS = 5
QUIET_WORKDAYS = 15


def active(
    db: Store, today: date, calendar: WorkCalendar, year: int
) -> dict[str, Instances]:
    """The triggers that are on, each with its instances (a key and words for people).

    The names are those of the prompt bank; ``year`` is the planning year of ``today``.
    """
    soon = calendar.add(today, SOON)
    found: dict[str, Instances] = {}

    def note(trigger: str, items: list[Item]) -> None:
        if items:
            found[trigger] = [(item.handle, item.text) for item in items]

    note("situation_open_emergency", _situations(db, "kind = 'emergency'"))
    note(
        "boundary_open",
        _items(
            db,
            "matter",
            "nature = 'grey' AND state = 'open' AND "
            "ifnull(json_extract(boundary, '$.decision'), '') = ''",
        ),
    )
    leader = people.primary(db)
    if leader is not None:
        note(
            "disagree",
            _situations(db, "kind = 'contradiction' AND person_id = ?", leader.id),
        )
    own = 0 if leader is None else leader.id
    note(
        "situation_open_contradiction",
        _situations(
            db,
            "kind IN ('contradiction', 'decision') AND NOT "
            "(kind = 'contradiction' AND ifnull(person_id, 0) = ?)",
            own,
        ),
    )
    talks = "kind = 'one_on_one' AND starts_on BETWEEN ? AND ? AND state "
    note(
        "one_on_one_soon",
        _items(db, "event", talks + "IN ('planned', 'prepared')", today, soon),
    )
    note(
        "after_one_on_one",
        _items(db, "event", talks + "= 'held'", calendar.previous(today), today),
    )
    note(
        "promise_due",
        _items(
            db,
            "matter",
            "kind = 'promise' AND state = 'open' AND due BETWEEN ? AND ?",
            today,
            soon,
        ),
    )
    note("surprise_logged", _written(db, "surprise", _back(calendar, today, SOON)))
    note(
        "situation_closed",
        _items(
            db,
            "situation",
            "state = 'closed' AND closed_on >= ? "
            "AND ifnull(json_extract(close, '$.lesson'), '') = ''",
            _back(calendar, today, SOON),
        ),
    )
    slipping = [
        (f"{goal.handle}:{today:%Y-%m}", goal.title)
        for goal in goals.ls(db, year)
        if goal.state == "active"
        and goal_rules.pace(goal, calendar, today).health == "at_risk"
    ]
    if slipping:
        found["goal_slipping"] = slipping
    note("setback", _written(db, "setback", _back(calendar, today, SETBACK_WORKDAYS)))
    plan = years.get(db, year)
    if _appraisal_soon(plan, today):
        found["appraisal_soon"] = [(str(year), str(plan.appraisal_on))]
    if leader is not None:
        _about_leader(
            db, found, leader.id, leader.handle, leader.alias, today, calendar
        )
        if leader.since and 0 <= (today - leader.since).days < NEW_LEADER_DAYS:
            found["new_leader"] = [(leader.handle, leader.alias)]
    note(
        "win_without_evidence",
        _items(
            db,
            "entry",
            "kind = 'win' AND day < ? AND day >= ? AND "
            "ifnull(json_extract(win, '$.number'), '') = '' AND "
            "ifnull(json_extract(win, '$.document'), '') = '' AND "
            "ifnull(json_extract(win, '$.witnesses'), '[]') = '[]'",
            _back(calendar, today, CLAIM_WORKDAYS),
            today - timedelta(days=60),
        ),
    )
    return found


def _appraisal_soon(plan: Year, today: date) -> bool:
    if plan.appraisal_on is None:
        return False
    return 0 <= (plan.appraisal_on - today).days <= APPRAISAL_DAYS


def _about_leader(
    db: Store,
    found: dict[str, Instances],
    number: int,
    handle: str,
    alias: str,
    today: date,
    calendar: WorkCalendar,
) -> None:
    """Note when nothing was written with the leader for a while, once a month."""
    row = db.one(
        "SELECT max(day) FROM (SELECT max(e.day) AS day FROM link l JOIN entry e "
        "ON e.id = l.from_id WHERE l.to_id = ? AND e.deleted_at IS NULL UNION ALL "
        "SELECT max(day) FROM matter WHERE person_id = ? AND deleted_at IS NULL "
        "UNION ALL SELECT max(v.starts_on) FROM link l JOIN event v ON v.id = l.from_id "
        "WHERE l.to_id = ? AND v.deleted_at IS NULL AND v.starts_on <= ?)",
        (number, number, number, today.isoformat()),
    )
    last = row[0] if row is not None else None
    if last and calendar.between(date.fromisoformat(last), today) >= QUIET_WORKDAYS:
        found["quiet_leader"] = [(f"{handle}:{today:%Y-%m}", alias)]


def _back(calendar: WorkCalendar, today: date, count: int) -> date:
    return calendar.add(today, -count)


def _situations(db: Store, condition: str, *values: object) -> list[Item]:
    return _items(
        db, "situation", f"state IN ('open', 'sent') AND {condition}", *values
    )


def _written(db: Store, kind: str, since: date) -> list[Item]:
    return _items(db, "entry", "kind = ? AND day >= ?", kind, since)


def _items(db: Store, noun: str, condition: str, *values: object) -> list[Item]:
    rows = db.read(
        f"{SELECTS[noun]} WHERE deleted_at IS NULL AND {condition} ORDER BY id LIMIT 20",
        [v.isoformat() if isinstance(v, date) else v for v in values],
    )
    return fill(db, rows)
