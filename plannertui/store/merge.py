"""Taking an exported document in: whole into an empty store, by uid into a used one.

Nothing that is there is ever overwritten. What the file tells differently is reported.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import PlannerError, ReadOnly
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import backups, triggers
from plannertui.store.document import Tables, checked
from plannertui.store.dump import OWN, TABLES
from plannertui.store.joining import ORDER, Joining, Report, insert, unsound
from plannertui.store.open import Store, explain


class _DryRun(Exception):
    """Ends the transaction of an import that was only tried."""


def import_all(
    db: Store, document: Any, now: datetime, *, dry_run: bool = False
) -> Report:
    """Take ``document`` in as one transaction, or only say what that would do.

    Raises BadFile, with nothing taken in, when the document is not sound, and
    StoreError when no backup could be made first.
    """
    if db.readonly:
        raise ReadOnly(db.notice)
    tables = checked(db, document)
    report = Report()
    if not dry_run:
        backups.before(db, now, "import")
    try:
        if _empty(db):
            report.exact = True
            _whole(db, tables, report, dry_run)
        else:
            with db.write(N_("import"), now):
                Joining(db, tables, report).run()
                if dry_run:
                    raise _DryRun
    except _DryRun:
        pass
    except (driver.IntegrityError, driver.DataError) as error:
        raise unsound(str(error)) from error
    except driver.Error as error:
        raise explain(error, db.path) from error
    except PlannerError as error:
        if isinstance(error.__cause__, driver.IntegrityError):
            raise unsound(str(error.__cause__)) from error
        raise
    return report


def _empty(db: Store) -> bool:
    return db.one("SELECT 1 FROM handle UNION ALL SELECT 1 FROM draft LIMIT 1") is None


def _whole(db: Store, tables: Tables, report: Report, dry_run: bool) -> None:
    """Make the empty store what was exported, row by row and id by id."""
    conn = db.conn
    conn.execute("BEGIN IMMEDIATE")
    try:
        if not _empty(db):
            raise PlannerError(_("Somebody else has just written. Try again."))
        conn.execute("PRAGMA defer_foreign_keys = ON")
        # The history that comes along says how the rows came about.
        for name in triggers.present(conn):
            conn.execute(f'DROP TRIGGER "{name}"')
        own = conn.execute(f"SELECT key, value FROM meta WHERE {OWN}").fetchall()
        for table in TABLES:
            conn.execute(f"DELETE FROM {table}")
            insert(conn, table, tables[table])
            if table in ORDER:
                report.added[table] = len(tables[table])
        conn.execute(f"DELETE FROM meta WHERE {OWN}")
        conn.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", own)
        _sound(conn)
        triggers.feed(conn)
        triggers.create(conn)
        conn.execute("ROLLBACK" if dry_run else "COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


def _sound(conn: Any) -> None:
    """Every thing has the handle of its kind, and the store its seed."""
    for table in ORDER:
        wrong = conn.execute(
            f"SELECT t.id FROM {table} t LEFT JOIN handle h ON h.id = t.id "
            f"WHERE h.type IS NOT '{table}' LIMIT 1"
        ).fetchone()
        if wrong is not None:
            raise unsound(f"{table} {wrong[0]}")
    closed = conn.execute(
        "SELECT id FROM matter WHERE nature = 'grey' AND state != 'open' "
        "AND ifnull(json_extract(boundary, '$.decision'), '') = '' LIMIT 1"
    ).fetchone()
    if closed is not None:
        raise unsound(f"matter {closed[0]}: grey, closed, no decision")
    seed = conn.execute("SELECT value FROM meta WHERE key = 'seed'").fetchone()
    if seed is None or not (seed[0].isascii() and seed[0].isdigit()):
        raise unsound("meta: seed")
