"""The shape of the store, step by step: append a step, never edit one.

Imported only when a step is due. All of them are one transaction, at whose end the triggers
are made anew (a table that was rebuilt has lost its own).
"""

from __future__ import annotations

from typing import Any

import sqlcipher3.dbapi2 as driver
import sqlite_utils.db
import sqlite_utils.utils
from sqlite_utils import Database, Migrations

from plannertui.store import triggers
from plannertui.store.steps import m001_first, m002_leader, m003_events

migrations = Migrations("plannertui")


def _use_driver() -> None:
    """Let sqlite-utils catch this driver's exceptions instead of the stdlib's."""
    for module in (sqlite_utils.db, sqlite_utils.utils):
        vars(module)["sqlite3"] = driver
    vars(sqlite_utils.utils)["OperationalError"] = driver.OperationalError


def database(conn: Any) -> Database:
    """``conn`` as a sqlite-utils database, with foreign plugins kept off it."""
    _use_driver()
    return Database(conn, execute_plugins=False)


def migrate(conn: Any) -> None:
    """Take every step that is due, in the caller's transaction; it sets the number."""
    db = database(conn)
    migrations.apply(db)
    triggers.create(conn)


migrations(name="m001_first")(m001_first.create)
migrations(name="m002_leader")(m002_leader.extend)
migrations(name="m003_events")(m003_events.extend)
