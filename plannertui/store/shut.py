"""A store that is shut: its connection is closed, its key forgotten, nothing is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from sqlcipher3 import dbapi2 as driver

from plannertui.store import refusing
from plannertui.store.open import Store

if TYPE_CHECKING:
    from plannertui.core.errors import Locked


class Shut:
    """Stands in the place of a connection; whoever asks it is told that it is locked."""

    in_transaction = False

    def __init__(self, path: str) -> None:
        self._path = path

    @property
    def _refusal(self) -> Locked:
        return refusing.locked(self._path)

    @property
    def total_changes(self) -> int:
        raise self._refusal

    def execute(self, *_asked: Any) -> NoReturn:
        raise self._refusal

    executemany = executescript = cursor = execute

    def close(self) -> None:
        """It is closed."""


def interrupt(db: Store) -> None:
    """Break off what the connection of ``db`` reads just now, from any thread."""
    try:
        db.conn.interrupt()
    except driver.Error:
        # It was closed in the meantime.
        pass


def shut(db: Store) -> None:
    """Close ``db`` and forget its key; whoever still holds it gets Locked."""
    db.close()
    db.conn = Shut(db.path)
    db.key = None


def locked_store(path: str) -> Store:
    """The store at ``path`` as long as nobody has opened it."""
    return Store(Shut(path), path)
