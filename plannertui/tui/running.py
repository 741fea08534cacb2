"""Showing the screen on a store until it is left."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from plannertui.core.day import day_of
from plannertui.core.errors import Locked
from plannertui.tui.app import PlannerApp
from plannertui.tui.planner import Planner, first_calendar
from plannertui.tui.process import check_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from plannertui.store.open import Store
    from plannertui.store.settings import Settings


def run(
    *,
    db_path: str,
    config_path: str,
    now: Callable[[], datetime],
    demo: bool = False,
    language: str | None = None,
    settings: Settings | None = None,
    db: Store | None = None,
    zone: str = "",
) -> int:
    """Show the screen on the store at ``db_path`` until it is left; the exit code.

    ``settings`` and ``db`` are given where they were read and opened already.
    Raises PlannerError for a terminal, store or settings that cannot be used.
    """
    from plannertui import i18n
    from plannertui.store.open import open_store
    from plannertui.store.settings import load
    from plannertui.store.shut import locked_store

    # Nothing of starting becomes garbage: collecting it only costs time.
    gc.disable()
    if settings is None:
        settings = load(config_path, os.environ)
    i18n.use(language or settings.language or i18n.guess(os.environ))
    check_terminal(os.environ)
    if db is None:
        try:
            db = open_store(db_path, now=now())
        except Locked:
            db = locked_store(os.path.realpath(db_path))
    try:
        planner = Planner(
            db,
            settings,
            first_calendar(db, settings, day_of(now(), settings.day_start)),
            now,
            language=i18n.language(),
            demo=demo,
            zone=zone,
        )
        app = PlannerApp(planner, notices=[db.notice] if db.notice else [])
        app.run()
        # It may be another by now.
        db = planner.db
    finally:
        db.close()
    # What is left goes with the process: looking through it would hold up the shell.
    gc.freeze()
    for notice in app.notices:
        print(notice, file=sys.stderr)
    if app.fault:
        print(app.fault, file=sys.stderr)
    return app.return_code or 0
