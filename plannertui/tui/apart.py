"""Reading what takes long: in a thread, on a connection of its own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from plannertui.store.calendar import work_calendar
from plannertui.tui.planner import Planner

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


async def apart(planner: Planner, read: Callable[[Planner], T]) -> T:
    """What ``read`` gives, from a planner of its own, while the keys are answered.

    It sees the store as it was at one moment, and cannot write.
    """
    return await asyncio.to_thread(_apart, planner, read)


def _apart(planner: Planner, read: Callable[[Planner], T]) -> T:
    with planner.beside() as db:
        settings, language, today = planner.settings, planner.language, planner.today
        calendar = work_calendar(db, settings, language, today, fresh=False)
        db.readonly = True
        db.conn.execute("BEGIN")
        return read(
            Planner(
                db,
                settings,
                calendar,
                planner.now,
                language=language,
                demo=planner.demo,
            )
        )
