"""Drafts: what is being typed, kept until it is saved or thrown away."""

from __future__ import annotations

import os
from datetime import datetime
from typing import NamedTuple

from sqlcipher3 import dbapi2 as driver

from plannertui.store.open import Store, explain, stamp


class Draft(NamedTuple):
    """A text that was not saved: what for, based on which revision, where the cursor was.

    ``target`` is "entry:J105", "reflect:2024-09-14", "capture:" or the like.
    """

    target: str
    base_rev: int
    body: str
    cursor: str
    session: str
    updated_at: str


def session_id() -> str:
    """This process, told apart from a later one with the same number."""
    return f"{os.getpid()}:{_started(os.getpid())}"


def _started(pid: int) -> str:
    """When the process began, in the kernel's ticks; empty where that is not told.

    A process that has ended and was not waited for has no time: it writes no more.
    """
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return "ended" if fields[0] in "ZX" else fields[19]
    except (OSError, IndexError):
        return ""


def alive(session: str) -> bool:
    """Whether the process of ``session`` still runs."""
    number, _colon, started = session.partition(":")
    if not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return not started or _started(int(number)) in ("", started)


def put(
    db: Store,
    target: str,
    body: str,
    *,
    now: datetime,
    session: str,
    base_rev: int = 0,
    cursor: str = "",
) -> None:
    """Keep ``body`` as the draft of ``target``; an empty one is dropped."""
    if not body:
        drop(db, target)
        return
    _run(
        db,
        "INSERT INTO draft (target, base_rev, body, cursor, session, updated_at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (target) DO UPDATE SET "
        "base_rev = excluded.base_rev, body = excluded.body, cursor = excluded.cursor, "
        "session = excluded.session, updated_at = excluded.updated_at",
        (target, base_rev, body, cursor, session, stamp(now)),
    )


def get(db: Store, target: str) -> Draft | None:
    """The draft of ``target``, or None."""
    row = db.one(
        "SELECT target, base_rev, body, cursor, session, updated_at FROM draft "
        "WHERE target = ?",
        (target,),
    )
    return None if row is None else Draft(*row)


def ls(db: Store) -> list[Draft]:
    """Every draft, the oldest first."""
    found = db.read(
        "SELECT target, base_rev, body, cursor, session, updated_at FROM draft "
        "ORDER BY updated_at"
    )
    return [Draft(*row) for row in found]


def orphans(db: Store, session: str) -> list[Draft]:
    """Drafts whose session has ended, the oldest first."""
    return [
        draft
        for draft in ls(db)
        if draft.session != session and not alive(draft.session)
    ]


LEFT = "left"
"""The session of drafts that nobody has under the pen any longer."""


def leave(db: Store, session: str) -> None:
    """Nobody goes on with the drafts of ``session``: they are offered like others."""
    _run(db, "UPDATE draft SET session = ? WHERE session = ?", (LEFT, session))


def drop(db: Store, target: str) -> None:
    """Throw the draft of ``target`` away."""
    _run(db, "DELETE FROM draft WHERE target = ?", (target,))


def _run(db: Store, sql: str, values: tuple[object, ...]) -> None:
    """A write outside the history: a draft is no step to undo."""
    try:
        if db.conn.in_transaction:
            db.conn.execute(sql, values)
            return
        db.check_place()
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            db.conn.execute(sql, values)
            db.conn.execute("COMMIT")
        except driver.Error:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise
    except driver.Error as error:
        raise explain(error, db.path) from error
