"""Looking a store over without changing anything: the file, its place, what is in it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import NotADatabase, PlannerError, ReadOnly
from plannertui.i18n import gettext as _
from plannertui.store import damage, peek, refusing, reindex, seal, shelf, triggers
from plannertui.store.open import APPLICATION_ID, SCHEMA, connect
from plannertui.store.place import Finding, absent, file, folder
from plannertui.store.seal import MAGIC, is_sealed

if TYPE_CHECKING:
    from plannertui.store.key import Key

TABLES = (
    *("handle", "meta", *triggers.NOUNS, *triggers.PARTS, "action", "current"),
    *("purging", "revision", "draft", "asked", "fts"),
)


def examine(path: str, key: Key | None = None) -> list[Finding]:
    """Everything there is to say about the store at ``path``; it is only read.

    Without its ``key`` a sealed store is looked at from outside.
    """
    real = os.path.realpath(path)
    try:
        status = os.stat(real)
    except FileNotFoundError:
        return [*_gone(real), *absent(real), *folder(os.path.dirname(real))]
    except OSError as error:
        return [
            Finding(
                "file",
                "wrong",
                _("{path} cannot be looked at: {reason}").format(
                    path=real, reason=error.strerror
                ),
            )
        ]
    found = [*file(path, real, status), *folder(os.path.dirname(real)), *_marked(real)]
    if status.st_size == 0 and refusing.is_gone(real):
        return [*found, *_gone(real)]
    if status.st_size == 0:
        text = _("{path} is empty; the first thing written makes it a planner.")
        return [*found, Finding("empty", "note", text.format(path=real))]
    try:
        plain = peek.head(real, 16) == MAGIC
    except OSError as error:
        text = _("{path} cannot be read: {reason}")
        text = text.format(path=real, reason=error.strerror)
        return [*found, Finding("readable", "wrong", text)]
    if not plain and is_sealed(real):
        if key is None:
            text = _("Sealed: what is inside was not looked at, for want of the key.")
            return [*found, Finding("sealed", "note", text), *_outside(real)]
        text = _("Encrypted: nobody reads it without the passphrase.")
        found = [*found, Finding("sealed", "ok", text), *_salted(real, key)]
        return [*found, *_inside(real, key)]
    if not plain:
        text = _(
            "{path} is no planner's database, or its first page is damaged. Keep the "
            "file. See: ptui backup ls, or ptui doctor --salvage"
        )
        return [*found, Finding("header", "wrong", text.format(path=real))]
    return [*found, *_inside(real, None)]


def _gone(real: str) -> list[Finding]:
    """A sealed store of which only the note is left, and what can take its place."""
    if not refusing.is_gone(real):
        return []
    text = refusing.gone(real).message + shelf.offered(real)
    return [Finding("gone", "wrong", text, {"path": real})]


def _inside(real: str, key: Key | None) -> list[Finding]:
    """What the database says of itself."""
    try:
        conn = connect(real, readonly=True, key=key)
    except ReadOnly:
        text = _(
            "A write was cut off; it is taken back when the planner is next opened. "
            "Until then nothing can be said of what is inside."
        )
        return [Finding("journal", "note", text)]
    except NotADatabase as error:
        return [_damaged(str(error.__cause__ or error))]
    except PlannerError as error:
        return [Finding("open", "wrong", error.message)]
    try:
        found = list(_look(conn, real))
    except driver.Error as error:
        found = [_damaged(str(error))]
    finally:
        conn.close()
    harm = [each for each in found if (each.code, each.level) == ("integrity", "wrong")]
    if harm and reindex.is_alone(real, key):
        text = _("Only the search index is damaged. Make it anew: ptui doctor --fix")
        found[found.index(harm[0])] = Finding("search", "wrong", text, harm[0].data)
    return found


def _look(conn: Any, real: str) -> list[Finding]:
    found = []
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    ours = conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    have = {row[0] for row in conn.execute("SELECT name FROM sqlite_master")}
    if not ours and "handle" not in have:
        text = _("{path} is a database of another program.").format(path=real)
        return [Finding("schema", "wrong", text)]
    engine = conn.execute("SELECT sqlite_version()").fetchone()[0]
    data = {"schema": version, "known": SCHEMA, "sqlite": engine}
    if version > SCHEMA:
        text = _("Made by a newer version of plannertui: it can be read, not written.")
        found.append(Finding("schema", "wrong", text, data))
    elif version < SCHEMA:
        text = _("Made by an older version; it is brought up to date when next opened.")
        return [Finding("schema", "note", text, data)]
    else:
        text = _("Schema {number}, SQLite {engine}.")
        text = text.format(number=version, engine=engine)
        found.append(Finding("schema", "ok", text, data))
    verdicts = [row[0] for row in conn.execute("PRAGMA integrity_check(20)")]
    if verdicts == ["ok"]:
        found.append(Finding("integrity", "ok", _("Every page and index is sound.")))
    else:
        return [*found, _damaged(verdicts[0], verdicts)]
    text = unreadable(conn)
    if text:
        return [*found, _damaged(text)]
    gone = sorted(set(TABLES) - have)
    if gone:
        text = _("Tables are missing: {names}").format(names=", ".join(gone))
        return [*found, Finding("tables", "wrong", text, {"names": gone})]
    return [*found, *_keys(conn), *_kept_by_triggers(conn), *_contents(conn)]


def _damaged(reason: str, every: list[str] | None = None) -> Finding:
    text = _(
        "The database is damaged ({reason}). Put a backup in its place (ptui backup ls), "
        "or save what can be read into a new one: ptui doctor --salvage"
    )
    said = reason.split("\n")[-1]
    return Finding(
        "integrity", "wrong", text.format(reason=said), {"reasons": every or [reason]}
    )


def unreadable(conn: Any) -> str:
    """Why some row or text of ours cannot be read, "" where all of them can."""
    try:
        for table in TABLES[:-1]:
            for _row in conn.execute(f"SELECT * FROM {table}"):
                pass
    except driver.Error as error:
        return "" if "no such table" in str(error) else str(error)
    return ""


def _marked(real: str) -> list[Finding]:
    """The mark that makes everybody only read the store."""
    mark = damage.read(real)
    if mark is None:
        return []
    at = f"{datetime.fromtimestamp(mark.at, UTC).astimezone():%Y-%m-%d %H:%M}"
    text = _(
        "Found damaged at {when}, and only read since ({what}). If every page is sound "
        "after all, this takes the mark away: ptui doctor --fix"
    )
    data = {"at": at, "what": mark.what, "tables": list(mark.tables)}
    return [Finding("mark", "wrong", text.format(when=at, what=mark.what), data)]


def _salted(real: str, key: Key) -> list[Finding]:
    """Whether the salt in the header is that of the key."""
    if peek.head(real, len(key.salt)) == key.salt:
        return []
    text = _("The salt in the file's header is damaged. Put it back: ptui doctor --fix")
    return [Finding("salt", "wrong", text)]


def _outside(real: str) -> list[Finding]:
    """What of a sealed store can be seen to be wrong without its key."""
    found = []
    size = os.path.getsize(real)
    if size % seal.PAGE:
        text = _(
            "The file ends in the middle of a page: it was cut off. Keep it, and look at "
            "it with its passphrase: ptui doctor --salvage, or ptui backup ls"
        )
        found.append(Finding("size", "wrong", text, {"bytes": size}))
    else:
        whole = [each for each in shelf.ls(real) if each.state != "damaged"]
        if whole and size < whole[0].size:
            text = _("The file is smaller than its newest backup, {handle}.")
            text = text.format(handle=whole[0].handle)
            data = {"bytes": size, "backup": whole[0].size}
            found.append(Finding("size", "note", text, data))
    note = seal.read(real)
    if note is not None and note.salt and peek.head(real, 16).hex() != note.salt:
        text = _(
            "The beginning of the file does not fit its note {path}: one of them is "
            "damaged. With the passphrase more can be said: ptui doctor --fix"
        )
        text = text.format(path=seal.note_path(real))
        found.append(Finding("salt", "wrong", text))
    return found


def _keys(conn: Any) -> list[Finding]:
    broken = conn.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = sorted({row[0] for row in broken})
        text = _("{count} rows point to something that is not there: {names}")
        text = text.format(count=len(broken), names=", ".join(tables))
        return [Finding("foreign_keys", "wrong", text, {"tables": tables})]
    return [Finding("foreign_keys", "ok", _("Every link leads somewhere."))]


def _kept_by_triggers(conn: Any) -> list[Finding]:
    """History and search: are they still fed, and does search know every text?"""
    found = []
    differ = triggers.missing(conn)
    if differ:
        text = _("History or search is not kept up: triggers differ: {names}")
        text = text.format(names=", ".join(differ))
        found.append(Finding("triggers", "wrong", text, {"names": differ}))
    else:
        found.append(Finding("triggers", "ok", _("History and search are kept up.")))
    lost, extra = out_of_step(conn)
    data = {"missing": lost, "extra": extra}
    if lost or extra:
        text = _("Search is out of step: {missing} missing, {extra} too many.")
        found.append(Finding("search", "wrong", text.format(**data), data))
    else:
        found.append(Finding("search", "ok", _("Search knows every text."), data))
    return found


def out_of_step(conn: Any) -> tuple[int, int]:
    """How many texts the search index lacks, and how many it has too many."""
    texts = " UNION ALL ".join(
        f"SELECT id FROM {table} WHERE deleted_at IS NULL"
        for table in triggers.SEARCHED
    )
    known = "SELECT rowid FROM fts"
    lost, extra = conn.execute(
        f"WITH texts (id) AS ({texts}) SELECT "
        f"(SELECT count(*) FROM (SELECT id FROM texts EXCEPT {known})), "
        f"(SELECT count(*) FROM ({known} EXCEPT SELECT id FROM texts))"
    ).fetchone()
    return lost, extra


def _contents(conn: Any) -> list[Finding]:
    """How much there is, and what waits."""
    counts = {}
    for table in triggers.NOUNS:
        counts[table] = conn.execute(
            f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL"
        ).fetchone()[0]
    data = dict(counts)
    data["trash"] = sum(
        conn.execute(
            f"SELECT count(*) FROM {table} WHERE deleted_at IS NOT NULL"
        ).fetchone()[0]
        for table in triggers.NOUNS
    )
    data["history"] = conn.execute("SELECT count(*) FROM revision").fetchone()[0]
    text = _(
        "{entries} entries, {matters} matters, {goals} goals; {history} changes kept."
    )
    text = text.format(
        entries=counts["entry"],
        matters=counts["matter"],
        goals=counts["goal"],
        history=data["history"],
    )
    found = [Finding("contents", "ok", text, data)]
    seed = conn.execute("SELECT value FROM meta WHERE key = 'seed'").fetchone()
    if seed is None:
        text = _("The number that orders the questions is missing.")
        found.append(Finding("seed", "wrong", text))
    drafts = [
        {"target": target, "characters": length, "at": at}
        for target, length, at in conn.execute(
            "SELECT target, length(body), updated_at FROM draft ORDER BY updated_at"
        )
    ]
    if drafts:
        text = _("Texts not saved yet: {count}; the screen offers them when it opens.")
        text = text.format(count=len(drafts))
        found.append(Finding("drafts", "note", text, {"drafts": drafts}))
    return found
