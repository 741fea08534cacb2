"""A new database out of a damaged one; the damaged file is only copied.

Rows come from the file itself, by point look-ups where a scan stops; those that cannot be
read from the newest backup that is whole, or from what history kept of them before their
last change, whichever is newer. What had been taken away stays away.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import NotADatabase, NotFound, Refused, StoreError
from plannertui.i18n import gettext as _
from plannertui.store import peek, refusing, triggers
from plannertui.store.donors import Donor, newest
from plannertui.store.mending import (
    after_all,
    by_their_index,
    mend_header,
    name_the_nameless,
    replace_pages,
)
from plannertui.store.open import connect
from plannertui.store.prepare import prepare
from plannertui.store.rescue import Found, Rescue
from plannertui.store.shadow import TABLES
from plannertui.store.triggers import HISTORY

if TYPE_CHECKING:
    from plannertui.store.key import Key

SIDES = ("-wal", "-shm", "-journal", ".lock")
# What is made anew: the action under way and what is being purged.
MADE = ("current", "purging")


@dataclass(slots=True)
class Share:
    """Where the rows of one table came from; ``missing`` is None where nobody can tell."""

    table: str
    file: int = 0
    backup: int = 0
    history: int = 0
    missing: int | None = 0

    @property
    def whole(self) -> bool:
        """Whether every row came from the file itself."""
        return not (self.backup or self.history or self.missing or self.missing is None)


@dataclass(slots=True)
class Salvaged:
    """The new database at ``path``, table by table; ``backup`` is the file that helped."""

    path: str
    shares: list[Share] = field(default_factory=list)
    backup: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return all(share.missing == 0 for share in self.shares)


def salvage(path: str, key: Key | None, now: datetime, to: str = "") -> Salvaged:
    """Make a new database from what can be read of the store at ``path``.

    It is written to ``to``, a new file, else beside the store; opened by the same ``key``
    and read back before it gets its name. Raises NotADatabase when nothing can be read at
    all, Refused for a target that is there.
    """
    path = os.path.realpath(path)
    if refusing.is_gone(path):
        raise refusing.gone(path)
    if not peek.holds(path):
        raise NotFound(_("There is no planner at {path}.").format(path=path))
    target = os.path.abspath(to) if to else _free(path)
    _reserve(target)
    work = ""
    try:
        work = tempfile.mkdtemp(
            prefix=os.path.basename(path) + ".work-", dir=os.path.dirname(target)
        )
        done = _salvage(path, key, now, work)
        os.replace(os.path.join(work, "new"), target)
    except BaseException as error:
        os.unlink(target)
        if isinstance(error, driver.Error):
            raise refusing.explain(error, target) from error
        raise
    finally:
        if work:
            shutil.rmtree(work, ignore_errors=True)
    done.path = target
    return done


def _free(path: str) -> str:
    number = 1
    while os.path.lexists(f"{path}.salvaged-{number}"):
        number += 1
    return f"{path}.salvaged-{number}"


def _reserve(target: str) -> None:
    """Take the name of the new file, so that nothing is overwritten."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        os.close(os.open(target, flags, 0o600))
    except FileExistsError:
        message = _("{path} is there already. Choose another with --to.")
        raise Refused(message.format(path=target)) from None
    except OSError as error:
        message = _("{path} cannot be made: {reason}. Choose another with --to.")
        text = message.format(path=target, reason=error.strerror)
        raise StoreError(text) from error


def _salvage(path: str, key: Key | None, now: datetime, work: str) -> Salvaged:
    copy, new = os.path.join(work, "old"), os.path.join(work, "new")
    shutil.copyfile(path, copy)
    if os.path.exists(path + "-wal"):
        shutil.copyfile(path + "-wal", copy + "-wal")
    if key is not None:
        replace_pages(copy, key)
    rescue = Rescue(copy, key, lasting=True)
    donor = newest(path, key)
    try:
        if key is None and "entry" not in rescue.schema() and mend_header(copy):
            rescue.close()
        schema = rescue.schema()
        if "entry" not in schema and donor is None:
            raise NotADatabase(
                _(
                    "Nothing can be read of {path}, and there is no backup that is whole. "
                    "Keep the file; other copies of it may be better."
                ).format(path=path)
            )
        done = Salvaged(new)
        if donor is not None and not _same_store(rescue, donor):
            done.notes.append(
                _("{path} is a backup of another planner: it was left alone.").format(
                    path=donor.path
                )
            )
            donor.close()
            donor = None
        if donor is not None:
            done.backup = donor.path
        if "entry" not in schema:
            done.notes.append(
                _("The list of its tables cannot be read: all is from the backup.")
            )
        prepare(new, now, key)
        conn = connect(new, key=key)
        try:
            _fill(conn, rescue, donor, done, set(schema))
            _check(conn, new)
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            conn.close()
    finally:
        rescue.close()
        if donor is not None:
            donor.close()
    with open(new, "rb") as file:
        os.fsync(file.fileno())
    return done


def _same_store(rescue: Rescue, donor: Donor) -> bool:
    """Whether the backup is one of this store, as far as can be told."""
    seed = "SELECT value FROM meta WHERE key = 'seed'"
    said = rescue.attempt(seed)
    if said:
        theirs = donor.conn.execute(seed).fetchone()
        return theirs is None or theirs[0] == said[0][0]
    for uid, number in donor.conn.execute("SELECT uid, id FROM entry LIMIT 50"):
        said = rescue.attempt("SELECT uid FROM entry WHERE id = ?", (number,))
        if said:
            return bool(said[0][0] == uid)
    return True


def _fill(
    conn: Any, rescue: Rescue, donor: Donor | None, done: Salvaged, have: set[str]
) -> None:
    """Put everything there is into the new database."""
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("BEGIN IMMEDIATE")
    for name in triggers.present(conn):
        conn.execute(f'DROP TRIGGER "{name}"')
    conn.execute("DELETE FROM meta WHERE key != 'seed'")
    found = {
        name: rescue.table(name) if name in have else Found([], {}, [(1, 1 << 62)])
        for name in TABLES
        if name not in MADE
    }
    images = _images(found["revision"])
    erased, unknown = donor.erased_since(found["action"]) if donor else (False, False)
    if erased:
        done.notes.append(
            _(
                "Something was erased for good since the backup: what cannot be told "
                "apart from it was not taken from there."
            )
        )
    for name, rows in found.items():
        share = Share(name)
        done.shares.append(share)
        expected = _expected(rescue, name) if rows.lost else None
        for number, row in sorted(rows.rows.items()):
            share.file += _put(conn, name, rows.columns, number, row)
        if rows.lost and name == "handle":
            share.file += by_their_index(conn, rescue, _put)
        if rows.lost:
            _from_elsewhere(conn, name, rows, donor, images, expected, erased, share)
    if unknown and not erased and any(share.backup for share in done.shares):
        done.notes.append(
            _(
                "The history of what was done since the backup cannot be read: what was "
                "erased for good since then may be back. Look, and purge it again."
            )
        )
    done.notes += name_the_nameless(conn)
    after_all(conn, rescue, donor)
    triggers.create(conn)
    conn.execute("DELETE FROM fts")
    triggers.feed(conn)
    for table, owner in (("tag", "owner_id"), ("link", "from_id"), ("link", "to_id")):
        conn.execute(
            f"DELETE FROM {table} WHERE {owner} NOT IN (SELECT id FROM handle)"
        )
    conn.execute("COMMIT")
    conn.execute("PRAGMA foreign_keys = ON")


def _put(
    conn: Any, name: str, columns: list[str], number: int, row: tuple[Any, ...]
) -> int:
    """Insert a row; 0 for one that a damaged page made up."""
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    verb = "INSERT OR REPLACE" if name == "meta" else "INSERT OR IGNORE"
    if "id" in columns and row[columns.index("id")] != number:
        return 0
    try:
        cursor = conn.execute(f"{verb} INTO {name} ({names}) VALUES ({marks})", row)
    except driver.Error:
        return 0
    return int(cursor.rowcount > 0)


def _images(revisions: Found) -> dict[tuple[str, int], tuple[int, str, str | None]]:
    """The last change of each row: its number, what it was, the row before it."""
    found: dict[tuple[str, int], tuple[int, str, str | None]] = {}
    names = revisions.columns
    if not {"tbl", "row_id", "op", "before"} <= {*names}:
        return found
    at = [names.index(name) for name in ("tbl", "row_id", "op", "before")]
    for number, row in sorted(revisions.rows.items()):
        table, row_id, op, before = (row[place] for place in at)
        found[table, row_id] = (number, op, before)
    return found


def _expected(rescue: Rescue, name: str) -> set[int] | None:
    """The ids of all rows, by an index of the table; None where none can be read."""
    for (index,) in (
        rescue.attempt(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?",
            (name,),
        )
        or ()
    ):
        said = rescue.attempt(f'SELECT rowid FROM {name} INDEXED BY "{index}"')
        if said is not None:
            return {row[0] for row in said}
    return None


def _from_elsewhere(
    conn: Any,
    name: str,
    rows: Found,
    donor: Donor | None,
    images: dict[tuple[str, int], tuple[int, str, str | None]],
    expected: set[int] | None,
    erased: bool,
    share: Share,
) -> None:
    """Bring what could not be read from the backup or from history."""
    theirs = donor.table(name) if donor is not None else Found([])
    last = donor.highest("revision") if donor is not None else 0
    wanted = {number for number in theirs.rows if name == "meta" or rows.holds(number)}
    if name in HISTORY:
        wanted |= {
            number
            for (table, number), image in images.items()
            if table == name and image[2] and rows.holds(number)
        }
    for number in sorted(wanted - rows.rows.keys()):
        change, op, before = images.get((name, number), (0, "", None))
        if (op == "delete" and name in HISTORY) or (
            expected is not None and number not in expected
        ):
            # It was taken away.
            continue
        if before is not None and (change > last or number not in theirs.rows):
            image = json.loads(before)
            share.history += _put(
                conn, name, list(image), number, tuple(image.values())
            )
        elif number in theirs.rows and not (erased and expected is None):
            share.backup += _put(
                conn, name, theirs.columns, number, theirs.rows[number]
            )
    if expected is not None:
        there = conn.execute(f"SELECT rowid FROM {name}").fetchall()
        share.missing = len(expected - {row[0] for row in there})
    else:
        share.missing = None


def _check(conn: Any, path: str) -> None:
    """Read the new database back, as a restore would."""
    verdict = conn.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if verdict != "ok" or triggers.missing(conn):
        message = _("What was salvaged could not be read back: {reason}")
        raise StoreError(message.format(reason=verdict))
    os.chmod(path, 0o600)
