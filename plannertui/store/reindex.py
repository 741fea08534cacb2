"""A search index that is damaged alone is made anew: it holds nothing of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.store import triggers
from plannertui.store.open import connect
from plannertui.store.rescue import Rescue
from plannertui.store.rewriting import convert
from plannertui.store.shadow import INDEX

if TYPE_CHECKING:
    from plannertui.store.key import Key

NAME = "fts"
_MOST = 100
# What says that pages of the data may be taken for free ones: nothing is written then.
_UNSURE = ("freelist", "2nd reference", "pointer map")
_LEFT = "never used"


def is_alone(path: str, key: Key | None) -> bool:
    """Whether all that is damaged in the store is its search index; it is only read.

    Also what an earlier mending has let go of and not yet taken out of the file.
    """
    rescue = Rescue(path, key)
    try:
        schema = rescue.schema()
        if NAME not in schema:
            return False
        ours = {NAME, *INDEX}
        others = [name for name in schema if name not in ours]
        if rescue.ailing(["sqlite_master", *others]):
            return False
        said = [
            str(row[0]) for row in rescue.attempt(f"PRAGMA quick_check({_MOST})") or ()
        ]
        rescue.again()
        if any(word in each.lower() for each in said for word in _UNSURE):
            return False
        if said and all(_LEFT in line for each in said for line in each.split("\n")):
            return True
        return bool(rescue.ailing([name for name in (NAME, *INDEX) if name in schema]))
    finally:
        rescue.close()


def is_sound(conn: Any) -> bool:
    """Whether the index of the open store holds together."""
    try:
        conn.execute(f"INSERT INTO {NAME} ({NAME}) VALUES ('integrity-check')")
    except driver.DatabaseError as error:
        if isinstance(error, driver.OperationalError) and "locked" in str(error):
            raise
        return False
    return True


def anew(path: str, key: Key | None, *, pages: bool) -> None:
    """Make the index of the store at ``path`` anew, in one transaction.

    Pages that do not hold together are not even read: they are let go of, and with
    ``pages`` taken out of the file, which is written anew. Raises the driver's error with
    nothing changed, and what ``convert`` raises with the new index in place.
    """
    rescue = Rescue(path, key)
    try:
        schema = rescue.schema()
        torn = bool(rescue.ailing([name for name in INDEX if name in schema]))
    finally:
        rescue.close()
    conn = connect(path, key=key)
    try:
        conn.execute("BEGIN IMMEDIATE")
        if torn:
            _let_go(conn)
        else:
            conn.execute(f"DROP TABLE {NAME}")
        conn.execute(schema[NAME])
        triggers.feed(conn)
        conn.execute("COMMIT")
        if pages and key is None:
            conn.execute("VACUUM")
    finally:
        conn.close()
    if pages and key is not None:
        # VACUUM reads what it overwrites: with a key it would stop at the very page.
        convert(path, key, key)


def _let_go(conn: Any) -> None:
    """Strike the index from the list of tables: what its pages say is not to be trusted,
    and who drops a table frees the pages that they name.
    """
    names = (NAME, *INDEX)
    marks = ", ".join("?" * len(names))
    conn.execute("PRAGMA writable_schema = ON")
    conn.execute(
        f"DELETE FROM sqlite_master WHERE type = 'table' AND name IN ({marks})", names
    )
    conn.execute("PRAGMA writable_schema = RESET")
