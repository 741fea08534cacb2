"""What is done whenever a sealed store was opened, in the shell and on the screen.

On the path of every reading verb of an unlocked session: imports next to nothing.
"""

from __future__ import annotations

from os.path import exists

from plannertui.store.inbox import file_all, waits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store
    from plannertui.store.settings import Settings


def after_unlock(db: Store, settings: Settings | None, now: datetime) -> list[str]:
    """Bring the note of the open sealed store up to date, and file what was captured
    while it was locked; what is to be told.

    Without ``settings``, which could not be read, the note keeps what it has of them.
    """
    if db.key is None or db.readonly:
        return []
    told = {}
    if settings is not None:
        told = {
            "language": settings.language,
            "day_start": str(settings.day_start),
            "year_start": str(settings.year_start),
        }
    said: list[str] = []
    if not _is_fresh(db, told):
        from plannertui.store.sealing import tend

        said += filter(None, [tend(db, **told)])
    if exists(db.path + ".part"):
        from plannertui.store.rewriting import clear_left

        clear_left(db.path)
    if waits(db.path):
        said += file_all(db, now).lines
    return said


def _is_fresh(db: Store, told: dict[str, str]) -> bool:
    """Whether the note says what it should; the usual case, and cheap to see."""
    from plannertui.store import seal

    note = seal.read(db.path)
    assert db.key is not None
    return (
        note is not None
        and note.salt == db.key.salt.hex()
        and bool(note.recipient)
        and note.recipient == db.meta("age_recipient")
        and all(getattr(note, name) == value for name, value in told.items())
    )
