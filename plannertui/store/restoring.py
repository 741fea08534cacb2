"""Putting a backup in the place of the whole store.

What is there now is kept in ``before-restore`` first. Whenever it is cut off, the store is
the old one or the new one, whole. Nobody else may have the store open meanwhile: what
they write would go with the old file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import (
    BadBackup,
    NewerSchema,
    NotFound,
    PlannerError,
    Refused,
)
from plannertui.i18n import gettext as _
from plannertui.store import (
    aside,
    copying,
    damage,
    peek,
    rewriting,
    seal,
    settling,
)
from plannertui.store.copying import Seen
from plannertui.store.open import SCHEMA, Store, connect, explain, open_store
from plannertui.store.prepare import lock
from plannertui.store.triggers import NOUNS

if TYPE_CHECKING:
    from plannertui.store.key import Key


class Weighed(NamedTuple):
    """What a restore would do: ``there`` is the backup, ``here`` the present store.

    ``here`` is None where it cannot be read. ``lost`` things are here only, ``won`` there
    only, and ``older`` ones are in both and were changed since. ``drafts`` are the texts
    here that were not saved, and are not in the backup.
    """

    there: Seen
    here: Seen | None
    lost: int
    won: int
    older: int
    drafts: int = 0

    @property
    def unsaved(self) -> str:
        """What to say of the drafts that go; empty where none does."""
        if not self.drafts:
            return ""
        text = _(
            "Texts not saved yet that go with it: {count}; they are kept in "
            "before-restore."
        )
        return text.format(count=self.drafts)


class Restored(NamedTuple):
    """What a restore did: what the present state is kept as ("" where there was none).

    ``key`` opens the restored store, None when it is plain.
    """

    kept: str
    key: Key | None


def weigh(path: str, source: str, key: Key | None, present: Key | None) -> Weighed:
    """Compare the backup at ``source``, opened by ``key``, with the store at ``path``.

    ``present`` opens the store. Raises BadBackup when the backup is not whole.
    """
    path = os.path.realpath(path)
    there, theirs, known = _read(path, source, key)
    if not peek.holds(path):
        return Weighed(there, None, 0, len(theirs), 0)
    try:
        conn = connect(path, readonly=True, key=present)
    except PlannerError:
        return Weighed(there, None, 0, len(theirs), 0)
    try:
        here, ours = copying.look(conn), _things(conn)
        drafts = len(_drafts(conn) - known)
    except driver.Error:
        return Weighed(there, None, 0, len(theirs), 0)
    finally:
        conn.close()
    both = ours.keys() & theirs.keys()
    older = sum(ours[uid] != theirs[uid] for uid in both)
    lost, won = len(ours) - len(both), len(theirs) - len(both)
    return Weighed(there, here, lost, won, older, drafts)


def _read(
    path: str, source: str, key: Key | None
) -> tuple[Seen, dict[str, int], set[tuple[str, str]]]:
    """What is in the backup at ``source``: each thing's revision by its uid, drafts."""
    try:
        if os.path.samefile(path, source):
            message = _("{path} is the planner itself. Choose a backup.")
            raise Refused(message.format(path=source))
    except FileNotFoundError:
        pass
    if not os.path.lexists(source):
        raise NotFound(_("There is no file {path}.").format(path=source))
    if not os.path.isfile(source):
        raise BadBackup(_("{path} is no ordinary file.").format(path=source))
    seen = copying.check(source, key)
    if seen.schema > SCHEMA:
        message = _(
            "{path} was made by a newer version of plannertui. Install that one."
        )
        raise NewerSchema(message.format(path=source))
    conn = connect(source, readonly=True, key=key)
    try:
        return seen, _things(conn), _drafts(conn)
    finally:
        conn.close()


def _things(conn: Any) -> dict[str, int]:
    have = {row[0] for row in conn.execute("SELECT name FROM sqlite_master")}
    found: dict[str, int] = {}
    for noun in NOUNS:
        if noun in have:
            rows = f"SELECT uid, rev FROM {noun} WHERE deleted_at IS NULL"
            found.update(conn.execute(rows).fetchall())
    return found


def _drafts(conn: Any) -> set[tuple[str, str]]:
    """What is not saved, and what for."""
    there = "SELECT 1 FROM sqlite_master WHERE name = 'draft'"
    if conn.execute(there).fetchone() is None:
        return set()
    return set(conn.execute("SELECT target, body FROM draft").fetchall())


def restore(
    path: str, source: str, key: Key | None, now: datetime, *, present: Key | None
) -> Restored:
    """Put the backup at ``source``, opened by ``key``, in the place of the store.

    ``present`` opens the store as it is now; a sealed store stays sealed by it, whatever
    the backup was. Where it is not known, or the store cannot be read, the files are kept
    as they are, and the backup's own key opens the restored store. Raises StoreBusy while
    another program has the store open; nothing is changed by whatever is raised.
    """
    path = os.path.realpath(path)
    seen = _read(path, source, key)[0]
    part = path + copying.PART
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with ExitStack() as stack:
            stack.enter_context(lock(path))
            # Whoever made it takes it away, whatever happens.
            stack.callback(rewriting.clear, part)
            rewriting.clear(part)
            rewriting.clear(f"{part}.first")
            kept, goes_on = "", dict[str, str]()
            opened = alone = None
            if peek.holds(path):
                opened, alone = stack.enter_context(aside.alone(path, present))
                kept, goes_on = aside.keep(path, opened, alone, present, now)
            elif os.path.exists(path + "-wal"):
                kept = aside.keep_raw(path, None, now)
            target = present if opened is not None and present is not None else key
            _write(path, source, key, target, seen, goes_on)
            note = rewriting.note_for(path, target)
            copying.step("clear")
            # A log that stays beside another file would be taken as that one's.
            if opened is None and alone is not None:
                # The old store is whole without it until it is replaced.
                settling.settle(path, alone)
            elif opened is None:
                stack.enter_context(_orphans_away(path))
            if note is not None and not seal.is_sealed(path):
                seal.write(path, note)
            copying.step("replace")
            os.replace(part, path)
            seal.sync_folder(path)
            if opened is None and alone is not None:
                settling.close_off(alone)
            damage.clear(path)
            copying.step("note")
            if note is not None:
                seal.write(path, note)
            else:
                seal.remove(path)
            return Restored(kept, target)
    except driver.Error as error:
        raise explain(error, path) from error
    except OSError as error:
        raise copying.refused(path, error) from error


def restore_open(db: Store, source: str, key: Key | None, now: datetime) -> Restored:
    """Put the backup at ``source`` in the place of the store that is open as ``db``.

    ``db`` goes on with what is in place afterwards, also where nothing was done. Raises
    what ``restore`` raises.
    """
    path, present = db.path, db.key
    db.close()
    opens = present
    try:
        done = restore(path, source, key, now, present=present)
        opens = done.key
    finally:
        fresh = open_store(path, now=now, create=False, key=opens)
        for name in Store.__slots__:
            setattr(db, name, getattr(fresh, name))
    return done


def _write(
    path: str,
    source: str,
    key: Key | None,
    target: Key | None,
    seen: Seen,
    goes_on: dict[str, str],
) -> None:
    """Write the restored store beside the present one, for ``target``, and read it."""
    part = path + copying.PART
    first = part if key == target else f"{part}.first"
    copying.discard(first)
    try:
        conn = connect(source, readonly=True, key=key)
        try:
            copying.room(conn, os.path.dirname(path))
            copying.create(first)
            copying.step("write")
            conn.execute("VACUUM INTO ?", (first,))
        finally:
            conn.close()
        if first != part:
            conn = connect(first, key=key)
            try:
                rewriting.copy_all(conn, part, target)
            finally:
                conn.close()
    finally:
        if first != part:
            copying.discard(first)
    conn = connect(part, key=target)
    try:
        if "meta" in seen.rows:
            conn.executemany(
                "INSERT INTO meta (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                list(goes_on.items()),
            )
            if target is not None:
                rewriting.give_identity(conn)
        conn.execute("PRAGMA journal_mode = WAL").fetchall()
    finally:
        conn.close()
    found = copying.check(part, target)
    rows = {name: count for name, count in found.rows.items() if name != "meta"}
    same = all(seen.rows[name] == count for name, count in rows.items())
    if not same or (found.shape, found.finds) != (seen.shape, seen.finds):
        raise copying.bad(part, _("it does not hold what the backup holds"))
    copying.sync(part)


@contextmanager
def _orphans_away(path: str) -> Iterator[None]:
    """What lies beside no store is away; it comes back where none is put in place."""
    moved = []
    try:
        for side in ("-wal", "-shm", "-journal"):
            if os.path.lexists(path + side):
                os.rename(path + side, path + copying.PART + side)
                moved.append(side)
        yield
    finally:
        if not peek.holds(path):
            for side in moved:
                os.rename(path + copying.PART + side, path + side)
