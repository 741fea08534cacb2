"""What is to be known of the backups at a glance: is one due, did the last one fail?

On the screen's first paint and at the end of the shell's verbs: imports nothing.
"""

from __future__ import annotations

from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

# Kept in ``meta``: the highest number; seconds since 1970 of the last one (or of the
# making of the store) and of the last try; what had been done by then; why it failed;
# folders that got no copy.
NUMBER = "backup_number"
AT = "backup_at"
TRIED = "backup_tried"
MARK = "backup_mark"
FAILED = "backup_failed"
MISSED = "backup_missed"

HOUR = 3600
DAY = 24 * HOUR
# After a failure, and until the screen says that there was none for long.
RETRY = HOUR
LONG = 3 * DAY


def due(db: Store, now: datetime, hours: int) -> bool:
    """Whether a backup should be made now; ``hours`` from one to the next, 0 is never.

    A moment that lies ahead was kept by a wrong clock: it counts as long ago.
    """
    if not hours or db.readonly:
        return False
    seconds = now.timestamp()
    if 0 <= seconds - _number(db.meta(AT)) < hours * HOUR:
        return False
    return not 0 <= seconds - _number(db.meta(TRIED)) < RETRY


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else -(10**12)


def warning(db: Store, now: datetime, hours: int) -> tuple[str, str] | None:
    """What is wrong with the backups, at length and in short; None when nothing is."""
    told: dict[str, str] = dict(
        db.read(
            "SELECT key, value FROM meta WHERE key IN (?, ?, ?)", (AT, FAILED, MISSED)
        )
    )
    if told.get(FAILED):
        words = _("backup failed: {reason}").format(reason=reason(told[FAILED]))
        return words, _("backup failed")
    if told.get(MISSED):
        # One line a folder: its path, a tab, what was wrong.
        path = told[MISSED].partition("\n")[0].partition("\t")[0]
        words = _("no copy of the backup in {path}").format(path=path)
        return words, _("a backup copy is missing")
    since = now.timestamp() - _number(told.get(AT))
    if hours and AT in told and since > max(LONG, hours * HOUR + DAY):
        days = int(since // DAY)
        words = ngettext("no backup for {days} day", "no backup for {days} days", days)
        return words.format(days=days), _("no backup")
    return None


def reason(code: str) -> str:
    """Why a backup failed, by the code that is kept."""
    words = {
        "room": _("no room"),
        "folder": _("its folder cannot be written"),
        "copy": _("the copy was not whole"),
        "busy": _("the store was busy"),
        "damage": _("the planner is damaged"),
    }
    return words.get(code, _("see ptui doctor"))
