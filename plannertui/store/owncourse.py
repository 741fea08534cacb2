"""Whether every priority is served and no goal is one's own, for two months on end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from plannertui.core.goals import Goal, covered
from plannertui.store.open import Store

MONTHS = 2

Rows = dict[int, dict[str, Any]]


def is_given_up(
    db: Store, goals: Sequence[Goal], leader_id: int, year: int, today: date
) -> bool:
    """Whether the ``goals`` of ``year`` have served the leader in all, and nobody else.

    It was so at the end of each day from that two months ago on: the history is
    walked back for that, but only where it is so today.
    """
    now = db.read(
        "SELECT id, person_id, state, deleted_at FROM priority WHERE person_id = ?",
        (leader_id,),
    )
    names = ("id", "person_id", "state", "deleted_at")
    wanted: Rows = {row[0]: dict(zip(names, row, strict=True)) for row in now}
    served, every, own = covered(goals, _active(wanted, leader_id))
    if own or served < every or not every:
        return False
    tables: dict[str, Rows] = {
        "priority": wanted,
        "goal": {
            goal.id: {"year": goal.year, "state": goal.state, "deleted_at": None}
            for goal in goals
        },
        "serve": {
            row[0]: {"goal_id": row[1], "priority_id": row[2]}
            for row in db.read("SELECT id, goal_id, priority_id FROM serve")
        },
    }
    day = ""
    for table, row_id, op, before, at in _after(db, _back(today)):
        if day and at != day and not _is_whole(tables, leader_id, year):
            return False
        day = at
        if op == "insert":
            tables[table].pop(row_id, None)
        else:
            tables[table][row_id] = json.loads(before)
    return _is_whole(tables, leader_id, year)


def _back(today: date) -> date:
    """The same day two months ago, or the last of that month."""
    month = today.year * 12 + today.month - 1 - MONTHS
    first = date(month // 12, month % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=today.day - 1), last)


def _after(db: Store, day: date) -> list[Any]:
    """What became of goals and priorities after ``day``, the last of it first."""
    return db.read(
        "SELECT r.tbl, r.row_id, r.op, r.before, substr(a.at, 1, 10) FROM action a "
        "JOIN revision r ON r.group_id = a.id "
        "WHERE a.at >= ? AND r.tbl IN ('goal', 'serve', 'priority') ORDER BY r.id DESC",
        ((day + timedelta(days=1)).isoformat(),),
    )


def _active(priorities: Rows, leader_id: int) -> set[int]:
    return {
        number
        for number, row in priorities.items()
        if row["person_id"] == leader_id
        and row["state"] == "active"
        and row["deleted_at"] is None
    }


def _is_whole(tables: dict[str, Rows], leader_id: int, year: int) -> bool:
    """Whether every priority is served, and every goal serves somebody."""
    goals = {
        number
        for number, row in tables["goal"].items()
        if (row["year"], row["state"], row["deleted_at"]) == (year, "active", None)
    }
    serves = [row for row in tables["serve"].values() if row["goal_id"] in goals]
    wanted = _active(tables["priority"], leader_id)
    return (
        bool(wanted)
        and wanted <= {row["priority_id"] for row in serves}
        and goals == {row["goal_id"] for row in serves}
    )
