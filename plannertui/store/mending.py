"""What can be known of a damaged store without reading it: its header, its handles."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from plannertui.i18n import gettext as _
from plannertui.store.handles import LETTERS
from plannertui.store.open import APPLICATION_ID, SCHEMA, connect
from plannertui.store.prepare import touch
from plannertui.store.rescue import opened
from plannertui.store.seal import MAGIC, PAGE
from plannertui.store.triggers import NOUNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from plannertui.store.donors import Donor
    from plannertui.store.key import Key
    from plannertui.store.rescue import Rescue

# Up to 400 MB: blank pages are written up to the last damaged one.
MOST_PAGES = 100_000
COUNTED = ("handle", "action", "revision", "asked")

# Offsets into the first 100 bytes of the file format, and what stands there in ours: the
# page size, versions for a write-ahead log, fractions, schema format, encoding.
FIXED = {
    0: MAGIC,
    16: PAGE.to_bytes(2, "big"),
    18: b"\x02\x02\x00\x40\x20\x20",
    44: (4).to_bytes(4, "big"),
    56: (1).to_bytes(4, "big"),
    68: APPLICATION_ID.to_bytes(4, "big"),
}


def mend_header(path: str) -> bool:
    """Write what every store has into the header of the copy at ``path``.

    False where nothing of it differs: it is not the header that is damaged.
    """
    with open(path, "r+b") as file:
        head = bytearray(file.read(100))
        before = bytes(head)
        if len(head) < 100:
            return False
        for at, value in FIXED.items():
            head[at : at + len(value)] = value
        pages = os.fstat(file.fileno()).st_size // PAGE
        # The number of pages counts only where the two counters agree.
        head[28:32] = pages.to_bytes(4, "big")
        head[92:96] = head[24:28]
        # Neither vacuumed by itself nor with another encoding or version.
        head[52:56] = head[64:68] = bytes(4)
        if int.from_bytes(head[60:64], "big") > SCHEMA:
            head[60:64] = SCHEMA.to_bytes(4, "big")
        if bytes(head) == before:
            return False
        file.seek(0)
        file.write(head)
    return True


def replace_pages(path: str, key: Key) -> list[int]:
    """Replace the damaged pages of the sealed copy at ``path``; their numbers.

    A page that cannot be decrypted makes a whole connection useless. Under the same key
    and number an empty one can be read, and only says that it is none of a table.
    """
    conn = opened(path, key)
    try:
        said = conn.execute("PRAGMA cipher_integrity_check").fetchall()
    finally:
        conn.close()
    bad = sorted(
        {int(row[0].rsplit(" ", 1)[-1]) for row in said if row[0][-1:].isdigit()}
    )
    bad = [number for number in bad if 1 < number <= MOST_PAGES]
    if not bad:
        return []
    blank = path + ".blank"
    touch(blank)
    conn = connect(blank, key=key)
    try:
        conn.execute("PRAGMA journal_mode = OFF").fetchall()
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("CREATE TABLE blank (bytes BLOB)")
        size = (bad[-1] + 8) * PAGE
        conn.execute("INSERT INTO blank VALUES (zeroblob(?))", (size,))
        conn.execute("DROP TABLE blank")
    finally:
        conn.close()
    with open(path, "r+b") as file, open(blank, "rb") as pages:
        for number in bad:
            pages.seek((number - 1) * PAGE)
            file.seek((number - 1) * PAGE)
            file.write(pages.read(PAGE))
    os.unlink(blank)
    return bad


def by_their_index(conn: Any, rescue: Rescue, put: Callable[..., int]) -> int:
    """Handles by their index, where their table cannot be read."""
    nouns = {letter: noun for noun, letter in LETTERS.items()}
    made = 0
    for number, letter, count in (
        rescue.attempt(
            "SELECT id, letter, number FROM handle INDEXED BY sqlite_autoindex_handle_1"
        )
        or ()
    ):
        noun = nouns.get(letter, "person" if letter in ("L", "P") else "")
        if letter.endswith("."):
            noun = "milestone" if letter.startswith("G") else "priority"
        if noun:
            row = (number, letter, count, noun)
            made += put(conn, "handle", ["id", "letter", "number", "type"], number, row)
    return made


def name_the_nameless(conn: Any) -> list[str]:
    """Give a new handle to what has lost its own; what to say of each."""
    said = []
    for noun in (*NOUNS, "milestone"):
        letter = LETTERS.get(noun, "P" if noun == "person" else "")
        for (number,) in conn.execute(
            f"SELECT id FROM {noun} WHERE id NOT IN (SELECT id FROM handle)"
        ).fetchall():
            made = letter or "P."
            cursor = conn.execute(
                "INSERT INTO handle (id, letter, number, type) SELECT ?, ?, "
                "ifnull(max(number), 0) + 1, ? FROM handle WHERE letter = ? "
                "RETURNING letter || number",
                (number, made, noun, made),
            )
            words = _("What has lost its handle is called {handle} now.")
            said.append(words.format(handle=cursor.fetchone()[0]))
    return said


def after_all(conn: Any, rescue: Rescue, donor: Donor | None) -> None:
    """Let no number be given out again, and begin without an action under way."""
    for name in COUNTED:
        highest = conn.execute(f"SELECT ifnull(max(rowid), 0) FROM {name}").fetchone()[
            0
        ]
        said = rescue.attempt("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,))
        highest = max(highest, *(row[0] or 0 for row in said or ((0,),)))
        highest = max(highest, donor.highest(name) if donor is not None else 0)
        conn.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
        conn.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (name, highest))
    conn.execute("UPDATE current SET group_id = NULL")
