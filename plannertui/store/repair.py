"""Mending what can be mended without guessing, after a backup was made and read back.

What would need a guess (rows that cannot be read, links to nowhere) is told, not touched.
"""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import BadBackup, NotADatabase, Refused, StoreBusy
from plannertui.i18n import gettext as _
from plannertui.store import (
    backups,
    copying,
    damage,
    peek,
    refusing,
    reindex,
    rewriting,
    seal,
    shelf,
    triggers,
)
from plannertui.store.doctor import out_of_step, unreadable
from plannertui.store.inbox import inbox_path
from plannertui.store.open import APPLICATION_ID, SCHEMA, connect
from plannertui.store.prepare import lock

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.key import Key

SIDES = ("", "-wal", "-shm", ".lock", ".seal", ".damaged", ".inbox")


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was mended, or that ``left`` has to be done by somebody."""

    code: str
    text: str
    left: bool = False


def repair(path: str, key: Key | None, now: datetime) -> list[Done]:
    """Mend the store at ``path``, opened by ``key``; what was done and what is left.

    A damaged store is not written to. Raises NotFound where there is none, Refused where the file is no planner's of
    this version, StoreBusy while somebody else has it open for writing.
    """
    path = os.path.realpath(path)
    if refusing.is_gone(path):
        raise refusing.gone(path)
    if not peek.holds(path):
        raise refusing.absent(path)
    done = [*_modes(path), *_parts(path)]
    verdict = _verdict(path, key)
    if verdict and not reindex.is_alone(path, key):
        damage.mark(path, verdict)
        text = _(
            "The database is damaged ({reason}) and was not written to. Put a backup in "
            "its place (ptui backup ls), or salvage what can be read: ptui doctor --salvage"
        )
        return [*done, Done("integrity", text.format(reason=verdict), left=True)]
    try:
        # Before the backup, which is read back by a search, too.
        done += _index(path, key, verdict)
        with lock(path):
            conn = connect(path, key=key)
            try:
                done += _inside(conn, path, key, now)
            finally:
                conn.close()
            done += _stale_note(path, key)
    except driver.Error as error:
        raise refusing.explain(error, path) from error
    if damage.clear(path):
        text = _("The mark that it is damaged is gone: every page is sound.")
        done.append(Done("mark", text))
    return done


def _modes(path: str) -> list[Done]:
    """Files for their owner only, and the folder that is ours alone."""
    if os.name != "posix":
        return []
    done = []
    folder = os.path.dirname(path)
    names = [path + side for side in SIDES]
    wanted = [(name, 0o600) for name in names]
    if os.path.basename(folder) == "plannertui":
        wanted.append((folder, 0o700))
    wanted.append((os.path.join(folder, "backups"), 0o700))
    for name, mode in wanted:
        try:
            status = os.lstat(name)
        except OSError:
            continue
        is_ours = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
        if is_ours and stat.S_IMODE(status.st_mode) & 0o077:
            try:
                os.chmod(name, mode, follow_symlinks=False)
            except (OSError, NotImplementedError):
                text = _("Others may open {path}, and that cannot be changed.")
                done.append(Done("mode", text.format(path=name), left=True))
                continue
            text = _("Only you can open {path} now.")
            done.append(Done("mode", text.format(path=name)))
    return done


def _parts(path: str) -> list[Done]:
    """Take away what an interruption left behind; only what bears our names.

    What somebody is writing just now is waited for, and then it is there no more.
    """
    before = _lying(path)
    if not before:
        return []
    base = os.path.basename(path) + "."
    rewriting.clear_left(path)
    if os.path.isdir(shelf.folder(path)):
        with shelf.lock(path):
            shelf.clean(path)
    for file in before:
        if os.path.dirname(file) == os.path.dirname(path) and not _is_own(file, base):
            copying.discard(file)
    text = _("Left-over part deleted: {path}")
    gone = [file for file in before if not os.path.lexists(file)]
    return [Done("parts", text.format(path=file)) for file in gone]


def _is_own(file: str, base: str) -> bool:
    """Whether this is the store's own part, which is somebody's again."""
    return os.path.basename(file).startswith(base + "part")


def _lying(path: str) -> list[str]:
    """The parts that lie beside the store and among its backups."""
    base = os.path.basename(path) + "."
    found = []
    for folder in (os.path.dirname(path), shelf.folder(path)):
        for entry in sorted(shelf.entries(folder), key=lambda each: each.name):
            mine = entry.name.startswith(base)
            if folder == shelf.folder(path):
                mine = shelf.is_named(path, entry.name.removesuffix(".part"))
            ends = entry.name.endswith((".part", ".part.first"))
            if mine and ends and entry.is_file(follow_symlinks=False):
                found.append(entry.path)
    return found


def _stale_note(path: str, key: Key | None) -> list[Done]:
    """Take away the note beside a plain store, which a change that was cut off left.

    Were the store gone one day, it would keep a new one from being begun.
    """
    note, waiting = seal.note_path(path), inbox_path(path)
    if key is not None or not os.path.isfile(note) or os.path.islink(note):
        return []
    if os.path.exists(waiting) and os.path.getsize(waiting):
        return []
    seal.remove(path)
    text = _("The note {path} was of no use without a passphrase, and was deleted.")
    return [Done("note", text.format(path=note))]


def _verdict(path: str, key: Key | None) -> str:
    """What is wrong with the pages, "" for nothing; the file is only read."""
    said = damage.look(path, key)
    if said is None:
        message = _("Another program is writing to {path}. Try again in a moment.")
        raise StoreBusy(message.format(path=path))
    if said:
        return said
    try:
        conn = connect(path, readonly=True, key=key)
    except NotADatabase as error:
        return error.message
    try:
        return unreadable(conn)
    finally:
        conn.close()


def _index(path: str, key: Key | None, verdict: str) -> list[Done]:
    """Make the search index anew where it alone is damaged."""
    conn = connect(path, key=key)
    try:
        _writable(conn, path)
        version = conn.execute("PRAGMA user_version").fetchone()[0]
        if version < SCHEMA or (not verdict and reindex.is_sound(conn)):
            return []
    finally:
        conn.close()
    reindex.anew(path, key, pages=bool(verdict))
    text = _("The search index was damaged, and was made anew; nothing else was.")
    return [Done("search", text)]


def _writable(conn: Any, path: str) -> None:
    """Refuse what is no planner of this version or an older one."""
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise refusing.foreign(path)
    if conn.execute("PRAGMA user_version").fetchone()[0] > SCHEMA:
        raise Refused(refusing.newer())


def _inside(conn: Any, path: str, key: Key | None, now: datetime) -> list[Done]:
    """Mend what is in the store, after a backup."""
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if version < SCHEMA:
        text = _("Made by an older version; it is brought up to date when next opened.")
        return [Done("schema", text, left=True)]
    try:
        kept = backups.make_from(conn, path, key, now, "repair")
    except BadBackup as error:
        # Without something to go back to, nothing inside is changed.
        return [Done("backup", error.message, left=True), *_nowhere(conn)]
    text = _("A backup was made and read back first: {handle}")
    done = [Done("backup", text.format(handle=kept.handle))]
    verdicts = [row[0] for row in conn.execute("PRAGMA integrity_check(20)")]
    if verdicts != ["ok"]:
        conn.execute("REINDEX")
        text = _("Indexes were made anew: {reason}")
        done.append(Done("indexes", text.format(reason=verdicts[0])))
    differ = triggers.missing(conn)
    conn.execute("BEGIN IMMEDIATE")
    try:
        if differ:
            triggers.create(conn)
            text = _("Triggers of history and search were made anew: {names}")
            done.append(Done("triggers", text.format(names=", ".join(differ))))
        done += _search(conn)
        done += _seed(conn)
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    done += _nowhere(conn)
    if key is not None:
        done += _note(conn, path, key)
    return done


def _search(conn: Any) -> list[Done]:
    """Make the search index anew where it is damaged or out of step."""
    try:
        conn.execute("INSERT INTO fts (fts) VALUES ('integrity-check')")
        lost, extra = out_of_step(conn)
    except driver.DatabaseError:
        lost = extra = -1
    if not (lost or extra):
        return []
    conn.execute("DELETE FROM fts")
    triggers.feed(conn)
    return [Done("search", _("The search index was made anew."))]


def _seed(conn: Any) -> list[Done]:
    found = conn.execute("SELECT 1 FROM meta WHERE key = 'seed'").fetchone()
    if found is not None:
        return []
    conn.execute(
        "INSERT INTO meta (key, value) VALUES ('seed', ?)", (str(secrets.randbits(53)),)
    )
    return [Done("seed", _("The number that orders the questions was made anew."))]


def _nowhere(conn: Any) -> list[Done]:
    broken = conn.execute("PRAGMA foreign_key_check").fetchall()
    if not broken:
        return []
    names = ", ".join(sorted({row[0] for row in broken}))
    text = _("{count} rows point to something that is not there: {names}")
    text = text.format(count=len(broken), names=names)
    return [
        Done("foreign_keys", text + " " + _("They were left as they are."), left=True)
    ]


def _note(conn: Any, path: str, key: Key) -> list[Done]:
    """The note beside a sealed store, and the salt in its header."""
    from plannertui.store.open import Store
    from plannertui.store.sealing import tend

    done = []
    before = seal.read(path)
    said = tend(Store(conn, path, key=key))
    if seal.read(path) != before or said:
        text = _("The note {path} was written anew.")
        text = text.format(path=seal.note_path(path))
        done.append(Done("note", f"{text} {said}".strip()))
    with open(path, "rb") as file:
        there = file.read(len(key.salt))
    if there != key.salt:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        with open(path, "r+b") as file:
            file.write(key.salt)
            os.fsync(file.fileno())
        done.append(Done("salt", _("The salt in the file's header was put back.")))
    return done
