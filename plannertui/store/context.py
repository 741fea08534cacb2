"""What is going on today, as the triggers that may choose the day's question."""

from __future__ import annotations

from datetime import date

from plannertui.core import goals as goal_rules
from plannertui.core.goals import CheckIn, Goal
from plannertui.core.mentions import with_aliases
from plannertui.core.text import first_line
from plannertui.core.workdays import WorkCalendar
from plannertui.store import glance, goals
from plannertui.store.items import SELECTS, Item, fill
from plannertui.store.open import Store
from plannertui.store.rows import refs_by_id

Instances = list[tuple[str, str]]

SOON = 2
NEW_LEADER_DAYS = 30
APPRAISAL_DAYS = 21
CLAIM_WORKDAYS = 5
SETBACK_WORKDAYS = 5
QUIET_WORKDAYS = 15
BEHIND_WORKDAYS = 10
SLIPPING = ("behind", "at_risk")

_UNPROVED = (
    "kind = 'win' AND ifnull(json_extract(win, '$.number'), '') = '' AND "
    "ifnull(json_extract(win, '$.document'), '') = '' AND "
    "ifnull(json_extract(win, '$.witnesses'), '[]') = '[]'"
)


def active(
    db: Store, today: date, calendar: WorkCalendar, year: int
) -> dict[str, Instances]:
    """The triggers that are on, each with its instances (a key and words for people).

    The names are those of the prompt bank; ``year`` is the planning year of ``today``.
    """
    leader = glance.leader(db)
    found: dict[str, Instances] = {}
    _situations(db, found, today, calendar, 0 if leader is None else leader.id)
    _talks(db, found, today, calendar)
    _written(db, found, today, calendar)
    planned = goals.ls(db, year)
    slipping = [
        (f"{goal.handle}:{today:%Y-%m}", goal.title)
        for goal in planned
        if goal.state == "active" and _slips(db, goal, today, calendar)
    ]
    if slipping:
        found["goal_slipping"] = slipping
    appraisal = glance.appraisal(db, year)
    if appraisal is not None and 0 <= (appraisal - today).days <= APPRAISAL_DAYS:
        found["appraisal_soon"] = [(str(year), str(appraisal))]
    if leader is not None:
        _leader(db, found, leader, today, calendar)
        if _served_in_all(planned):
            # Two months of history are read for it: only where it may be so.
            from plannertui.store import owncourse

            if owncourse.is_given_up(db, planned, leader.id, year, today):
                key = f"{leader.handle}:{year}"
                found["no_own_course"] = [(key, leader.alias)]
    return found


def _served_in_all(planned: list[Goal]) -> bool:
    """Whether there are goals at work, and none of them is one's own course."""
    active = [goal for goal in planned if goal.state == "active"]
    return bool(active) and all(goal.serves for goal in active)


def _note(found: dict[str, Instances], trigger: str, items: list[Item]) -> None:
    if items:
        found[trigger] = [
            (item.handle, with_aliases(first_line(item.text), item.refs))
            for item in items
        ]


def _situations(
    db: Store,
    found: dict[str, Instances],
    today: date,
    calendar: WorkCalendar,
    leader: int,
) -> None:
    """What is open: emergencies, grey matters, contradictions, decisions; what closed."""
    still = "state IN ('open', 'sent') AND "
    other = "kind = 'contradiction' AND ifnull(person_id, 0) = ?"
    for trigger, noun, condition, values in (
        (
            "situation_open_emergency",
            "situation",
            still + "kind = 'emergency'",
            (),
        ),
        (
            "boundary_open",
            "matter",
            "nature = 'grey' AND state = 'open' AND "
            "ifnull(json_extract(boundary, '$.decision'), '') = ''",
            (),
        ),
        ("disagree", "situation", f"{still}{other} AND ? != 0", (leader, leader)),
        (
            "situation_open_contradiction",
            "situation",
            f"{still}kind IN ('contradiction', 'decision') AND NOT ({other} AND ? != 0)",
            (leader, leader),
        ),
        (
            "situation_closed",
            "situation",
            "state = 'closed' AND closed_on BETWEEN ? AND ? "
            "AND ifnull(json_extract(close, '$.lesson'), '') = ''",
            (calendar.add(today, -SOON), today),
        ),
    ):
        _note(found, trigger, _items(db, noun, condition, *values))


def _talks(
    db: Store, found: dict[str, Instances], today: date, calendar: WorkCalendar
) -> None:
    """One-on-ones just ahead and just held, promises about to fall due."""
    soon = calendar.add(today, SOON)
    talks = "kind = 'one_on_one' AND starts_on BETWEEN ? AND ? AND state "
    ahead = _items(db, "event", talks + "IN ('planned', 'prepared')", today, soon)
    _note(found, "one_on_one_soon", ahead)
    if expected := _expected(db, today, soon, calendar):
        found.setdefault("one_on_one_soon", []).extend(expected)
    last = calendar.previous(today)
    _note(
        found, "after_one_on_one", _items(db, "event", talks + "= 'held'", last, today)
    )
    due = "kind = 'promise' AND state = 'open' AND due BETWEEN ? AND ?"
    _note(found, "promise_due", _items(db, "matter", due, today, soon))


def _expected(db: Store, today: date, soon: date, calendar: WorkCalendar) -> Instances:
    """The talks of a series just ahead that are no rows yet, by series and day."""
    if db.one("SELECT 1 FROM event WHERE kind = 'one_on_one' LIMIT 1") is None:
        return []
    # Read at every start of the screen: only where there are such talks.
    from plannertui.store import series

    ahead = [
        (talk.series_id, talk)
        for talk in series.upcoming(db, today, calendar)
        if not talk.id and talk.series_id is not None and talk.starts_on <= soon
    ]
    named = refs_by_id(db, [number for number, _talk in ahead])
    return [
        (f"{named[number].handle}:{talk.starts_on}", talk.title)
        for number, talk in ahead
    ]


def _written(
    db: Store, found: dict[str, Instances], today: date, calendar: WorkCalendar
) -> None:
    """Surprises and setbacks of late, wins that have waited for their proof."""
    of_kind = "kind = ? AND day BETWEEN ? AND ?"
    for trigger, kind, count in (
        ("surprise_logged", "surprise", SOON),
        ("setback", "setback", SETBACK_WORKDAYS),
    ):
        since = calendar.add(today, -count)
        _note(found, trigger, _items(db, "entry", of_kind, kind, since, today))
    before = calendar.add(today, -CLAIM_WORKDAYS)
    _note(
        found,
        "win_without_evidence",
        _items(db, "entry", f"{_UNPROVED} AND day < ?", before, by="day DESC, id DESC"),
    )


def _slips(db: Store, goal: Goal, today: date, calendar: WorkCalendar) -> bool:
    """Whether a goal is at risk, or was behind on each of the last ten workdays too."""
    health = goal_rules.pace(goal, calendar, today).health
    if health != "behind":
        return health == "at_risk"
    checks = goals.check_ins(db, goal)
    days = [calendar.add(today, -n) for n in range(1, BEHIND_WORKDAYS + 1)]
    return all(
        goal_rules.pace(_as_of(goal, checks, day), calendar, day).health in SLIPPING
        for day in days
    )


def _as_of(goal: Goal, checks: list[CheckIn], day: date) -> Goal:
    """``goal`` with its number and its milestones as they stood on ``day``."""
    from dataclasses import replace

    steps = tuple(
        replace(step, done_on=None)
        if step.done_on is not None and step.done_on > day
        else step
        for step in goal.milestones
    )
    measure = goal.measure
    if measure is not None:
        known = [c.value for c in checks if c.day <= day and c.value is not None]
        # Without a check-in of its own the number has always been what it is now.
        first = (
            measure.start if any(c.value is not None for c in checks) else measure.now
        )
        measure = replace(measure, now=known[-1] if known else first)
    return replace(goal, milestones=steps, measure=measure)


def _leader(
    db: Store,
    found: dict[str, Instances],
    leader: glance.Leader,
    today: date,
    calendar: WorkCalendar,
) -> None:
    """Note a new leader, and a silence of fifteen workdays, once a month."""
    if leader.since and 0 <= (today - leader.since).days < NEW_LEADER_DAYS:
        found["new_leader"] = [(leader.handle, leader.alias)]
    day = today.isoformat()
    row = db.one(
        # Entries are many: only those that end the silence are looked at.
        "SELECT max(day) FROM (SELECT max(e.day) AS day FROM entry e "
        "WHERE e.deleted_at IS NULL AND e.day BETWEEN ?3 AND ?2 AND EXISTS "
        "(SELECT 1 FROM link l WHERE l.from_id = e.id AND l.to_id = ?1) "
        "UNION ALL SELECT max(day) FROM matter WHERE person_id = ?1 "
        "AND deleted_at IS NULL AND day <= ?2 "
        "UNION ALL SELECT max(day) FROM situation WHERE person_id = ?1 "
        "AND deleted_at IS NULL AND day <= ?2 "
        "UNION ALL SELECT max(checked_on) FROM priority WHERE person_id = ?1 "
        "AND deleted_at IS NULL AND checked_on <= ?2 "
        "UNION ALL SELECT max(v.starts_on) FROM link l JOIN event v ON v.id = l.from_id "
        "WHERE l.to_id = ?1 AND v.deleted_at IS NULL AND v.state != 'cancelled' "
        "AND v.starts_on <= ?2)",
        (leader.id, day, calendar.add(today, -QUIET_WORKDAYS).isoformat()),
    )
    # With a leader just written down, the silence begins that day.
    made = date.fromisoformat(leader.created_at[:10])
    last = date.fromisoformat(row[0]) if row and row[0] else made
    if calendar.between(max(last, min(made, today)), today) >= QUIET_WORKDAYS:
        found["quiet_leader"] = [(f"{leader.handle}:{today:%Y-%m}", leader.alias)]


def _items(
    db: Store, noun: str, condition: str, *values: object, by: str = "id"
) -> list[Item]:
    """Twenty of them at the most; ``by`` an index, where they are picked out of many."""
    rows = db.read(
        f"{SELECTS[noun]} WHERE deleted_at IS NULL AND {condition} "
        f"ORDER BY {by} LIMIT 20",
        [v.isoformat() if isinstance(v, date) else v for v in values],
    )
    return fill(db, rows)
