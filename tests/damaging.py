"""Stores that are really damaged: made once, copied, and bytes of them overwritten."""

from __future__ import annotations

import os
import random
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

from plannertui.store import entries
from plannertui.store.key import Key
from plannertui.store.open import open_store
from tests.conftest import NOW

PAGE = 4096
ENTRIES = 300
KEY = Key(bytes(range(32)), bytes.fromhex("91f307c488a1ee5b02d67a99b01ce543"))
DAY = date(2024, 1, 1)


def make(path: Path, key: Key | None, now: datetime = NOW) -> Path:
    """A closed store with entries, every third of them tagged."""
    db = open_store(str(path), now=now, key=key)
    with db.write("x", now):
        for number in range(ENTRIES):
            entries.add(
                db,
                text=f"entry {number} " + "budget 预算 " * 10,
                day=DAY + timedelta(days=number % 250),
                tags=["a"] if number % 3 == 0 else [],
                now=now,
            )
    db.close()
    return path


def copied(store: Path, to: Path) -> Path:
    """A copy of a closed store, for its owner only."""
    shutil.copyfile(store, to)
    to.chmod(0o600)
    return to


def scribble(path: Path, page: int, at: int = 0, length: int = 64) -> None:
    """Overwrite bytes of the page with this number, the first being 1."""
    noise = random.Random(page * PAGE + at).randbytes(length)
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE + at)
        file.write(noise)


def pages_of(path: Path, key: Key | None, table: str) -> list[int]:
    """The leaf pages of a table: those whose loss loses rows of it, and only rows."""
    from plannertui.store.open import connect

    conn = connect(str(path), readonly=True, key=key)
    try:
        root = conn.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()[0]
        every = range(2, os.path.getsize(path) // PAGE + 1)
    finally:
        conn.close()
    found = []
    plain = path if key is None else None
    if plain is None:
        raise ValueError("only the pages of a plain store can be looked into")
    data = plain.read_bytes()
    head = data[(root - 1) * PAGE :][:PAGE]
    if head[0] == 13:
        return [root]
    cells = int.from_bytes(head[3:5], "big")
    for number in range(cells):
        at = int.from_bytes(head[12 + 2 * number :][:2], "big")
        found.append(int.from_bytes(head[at : at + 4], "big"))
    found.append(int.from_bytes(head[8:12], "big"))
    return [page for page in found if page in every and data[(page - 1) * PAGE] == 13]


def spoil_the_list(path: Path, spared: int = 0) -> None:
    """Overwrite the pages of the list of tables of a plain store, all but the first few."""
    head = path.read_bytes()[:PAGE]
    if head[100] != 5:
        raise ValueError("the list of tables has no pages of its own")
    cells = int.from_bytes(head[103:105], "big")
    at = [int.from_bytes(head[112 + 2 * n :][:2], "big") for n in range(cells)]
    pages = [int.from_bytes(head[start : start + 4], "big") for start in at]
    pages.append(int.from_bytes(head[108:112], "big"))
    for page in pages[spared:]:
        scribble(path, page, length=PAGE)
