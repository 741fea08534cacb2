"""Handles and unique ids. On the shell's daily path: imports next to nothing."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

# People are L or P by their relation. Priorities and milestones are named after what
# they belong to: their letter is "L1." or "G2.".
LETTERS = {
    "goal": "G",
    "matter": "M",
    "event": "E",
    "situation": "S",
    "entry": "J",
    "year": "Y",
}


def new_uid(now: datetime) -> str:
    """A UUID version 7 (RFC 9562) for ``now``."""
    value = (int(now.timestamp() * 1000) & (1 << 48) - 1) << 80
    value |= int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def new_handle(db: Store, letter: str, noun: str) -> tuple[int, str]:
    """Take the next handle of ``letter``, inside a write: its id and its text.

    Handles are never given back, also when what they named is purged.
    """
    cursor = db.conn.execute(
        "INSERT INTO handle (letter, number, type) SELECT ?, "
        "ifnull(max(number), 0) + 1, ? FROM handle WHERE letter = ?",
        (letter, noun, letter),
    )
    number = db.conn.execute(
        "SELECT number FROM handle WHERE id = ?", (cursor.lastrowid,)
    ).fetchone()[0]
    return cursor.lastrowid, f"{letter}{number}"
