"""What becomes of a belief about a leader: asked about, checked, ranked, replaced, closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from plannertui.core.errors import Refused, Usage
from plannertui.core.matters import Matter
from plannertui.core.people import BASES
from plannertui.core.priorities import RIGHT, Check, Priority, ranks, shifted
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import matters, people, priorities, rows
from plannertui.store.open import Store

ENDS = ("met", "dropped")


def check(
    db: Store,
    priority: Priority,
    right: str,
    today: date,
    now: datetime,
    *,
    basis: str = "said",
    text: str = "",
) -> tuple[Priority, Priority | None]:
    """Say whether a belief held, and how that is known; gives it, and its successor.

    What was right, or partly, rests on ``basis`` from now on; ``text`` puts it into
    better words. What was wrong is closed: as changed into ``text``, or as dropped where
    nobody knows better yet. Open asks about it are done.
    """
    if right not in RIGHT or basis not in ("said", "seen"):
        choices = RIGHT if right not in RIGHT else ("said", "seen")
        value = right if right not in RIGHT else basis
        raise Usage(
            _("{value} is none of: {choices}").format(
                value=value, choices=", ".join(choices)
            )
        )
    text = text.strip()
    with db.write(N_("check {what}"), now, what=priority.handle):
        priority = _live(db, priority)
        checks = (*priority.checks, Check(today, priority.basis, right))
        for ask in asks(db, priority):
            matters.done(db, ask, today, now)
        fresh = None
        if right == "no":
            priorities.edit(db, priority, now, checks=checks)
            if text:
                fresh = _turn(db, priority, text, basis, today, now)
            else:
                priorities.edit(db, priority, now, state="dropped", until=today)
        else:
            changes: dict[str, Any] = {"basis": basis, "checked_on": today}
            if text:
                changes["text"] = text
            priorities.edit(db, priority, now, checks=checks, **changes)
    return priorities.get(db, priority.id), fresh


def change(
    db: Store,
    priority: Priority,
    text: str,
    today: date,
    now: datetime,
    *,
    basis: str = "said",
) -> Priority:
    """Close a priority that turned into another one, and give that; goals go on serving."""
    if basis not in BASES:
        raise Usage(
            _("{value} is none of: {choices}").format(
                value=basis, choices=", ".join(BASES)
            )
        )
    with db.write(N_("change {what}"), now, what=priority.handle):
        fresh = _turn(db, _live(db, priority), text, basis, today, now)
        for goal_id, how in db.conn.execute(
            "SELECT goal_id, how FROM serve WHERE priority_id = ? ORDER BY id",
            (priority.id,),
        ).fetchall():
            db.conn.execute(
                "INSERT INTO serve (goal_id, priority_id, how) VALUES (?, ?, ?)",
                (goal_id, fresh.id, how),
            )
            rows.touch(db, "goal", goal_id, now)
    return fresh


def _turn(
    db: Store, priority: Priority, text: str, basis: str, today: date, now: datetime
) -> Priority:
    """The successor of ``priority``, which is closed as changed."""
    fresh = priorities.add(
        db,
        people.get(db, priority.person_id),
        text=text,
        now=now,
        kind=priority.kind,
        basis=basis,
        rank=priority.rank,
        checked_on=today,
        since=today,
    )
    priorities.edit(
        db, priority, now, state="changed", until=today, successor_id=fresh.id
    )
    return fresh


def close(
    db: Store, priority: Priority, state: str, day: date, now: datetime
) -> Priority:
    """Close an active priority on ``day``: met, or dropped."""
    if state not in ENDS:
        raise Usage(
            _("{value} is none of: {choices}").format(
                value=state, choices=", ".join(ENDS)
            )
        )
    with db.write(N_("close {what}"), now, what=priority.handle):
        priority = _live(db, priority)
        return priorities.edit(db, priority, now, state=state, until=day)


def reopen(db: Store, priority: Priority, now: datetime) -> Priority:
    """Make a closed priority active again; what it turned into stays as it is."""
    with db.write(N_("reopen {what}"), now, what=priority.handle):
        return priorities.edit(
            db, priority, now, state="active", until=None, successor_id=None
        )


def shift(db: Store, priority: Priority, by: int, now: datetime) -> bool:
    """Move a priority up or down among the active ones; whether anything moved."""
    before = priorities.ls(db, priority.person_id)
    if priority.id not in [each.id for each in before]:
        return False
    wanted = before
    for _step in before:
        further = shifted(wanted, priority.id, by)
        if further == wanted:
            return False
        wanted = further
        given = ranks(wanted)
        if sorted(wanted, key=lambda each: (given[each.id], each.id)) != before:
            break
    with db.write(N_("rank {what}"), now, what=priority.handle):
        for each in before:
            if each.rank != given[each.id]:
                priorities.edit(db, each, now, rank=given[each.id])
    return [each.id for each in priorities.ls(db, priority.person_id)] != [
        each.id for each in before
    ]


def asks(db: Store, priority: Priority) -> list[Matter]:
    """The open questions about ``priority``."""
    found = db.read(
        "SELECT id FROM matter WHERE priority_id = ? AND kind = 'ask' "
        "AND state = 'open' AND deleted_at IS NULL ORDER BY id",
        (priority.id,),
    )
    return [matters.get(db, number) for (number,) in found]


def ask(db: Store, priority: Priority, day: date, now: datetime) -> Matter:
    """Make a belief a question for its leader; Refused where one is open already."""
    priority = _live(db, priority)
    open_asks = asks(db, priority)
    if open_asks:
        raise Refused(
            _("{handle} asks that already.").format(handle=open_asks[0].handle)
        )
    return matters.add(
        db,
        kind="ask",
        title=_("{belief} Is that right?").format(belief=_sentence(priority.text)),
        day=day,
        now=now,
        person_id=priority.person_id,
        priority_id=priority.id,
        links=[priority.person_id],
    )


def _sentence(text: str) -> str:
    """``text`` with something at its end that ends a sentence."""
    text = text.strip()
    return text if text[-1:] in ".!?。！？…" else text + _(".")


def _live(db: Store, priority: Priority) -> Priority:
    """``priority`` as it is now; Refused when it is closed by now."""
    priority = priorities.get(db, priority.id)
    if priority.deleted_at is not None or priority.state != "active":
        raise Refused(_("{handle} is closed already.").format(handle=priority.handle))
    return priority
