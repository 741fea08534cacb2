"""A log or journal taken into the file without a key: byte for byte as SQLite does it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.store import copying, settling
from plannertui.store.key import Key
from plannertui.store.open import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
KEY = Key(b"7" * 32, b"\xf7salt of the key")
BOTH = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])

WRITER = """
import os, random, signal, sys
from plannertui.store.key import Key
from plannertui.store.open import connect
raw = bytes.fromhex(sys.argv[2])
conn = connect(sys.argv[1], key=Key(raw[:32], raw[32:]) if raw else None)
conn.execute("PRAGMA synchronous = OFF")
conn.execute(f"PRAGMA journal_mode = {sys.argv[3]}").fetchall()
conn.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
chance = random.Random(int(sys.argv[4]))
for turn in range(12):
    conn.execute("BEGIN IMMEDIATE")
    for _ in range(20):
        conn.execute("INSERT INTO t (a) VALUES (?)", (chance.randbytes(700),))
    conn.execute("DELETE FROM t WHERE id % 5 = ?", (turn % 5,))
    conn.execute("COMMIT")
    if turn == 8:
        conn.execute("VACUUM")
# A change that is cut off, larger than the memory for it: pages are written already.
conn.execute("PRAGMA cache_size = 5").fetchall()
conn.execute("BEGIN IMMEDIATE")
conn.execute("UPDATE t SET a = zeroblob(900)")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _fd: None)


def cut_off(path: Path, key: Key | None, mode: str, seed: int) -> None:
    """A store at ``path`` whose writer was killed in the middle of a change."""
    conn = connect(str(path), key=key)
    conn.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB)")
    conn.close()
    raw = "" if key is None else (key.raw + key.salt).hex()
    done = subprocess.run(
        [sys.executable, "-c", WRITER, str(path), raw, mode, str(seed)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    side = path.with_name(f"{path.name}-{'wal' if mode == 'WAL' else 'journal'}")
    assert side.stat().st_size > 4096


def copied(path: Path, name: str) -> Path:
    """A copy of the store in a folder of its own, without the index of its log."""
    folder = path.parent / name
    folder.mkdir()
    for side in ("", "-wal", "-journal"):
        if os.path.exists(f"{path}{side}"):
            shutil.copyfile(f"{path}{side}", folder / f"{path.name}{side}")
    return folder / path.name


def recovered(path: Path, key: Key | None) -> bytes:
    """The file as SQLite makes it when it is opened, with the log written into it."""
    conn = connect(str(path), key=key)
    conn.execute("SELECT count(*) FROM sqlite_master").fetchall()
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    conn.close()
    return path.read_bytes()


def settled(path: Path) -> bytes:
    file = os.open(path, os.O_RDWR)
    try:
        settling.settle(str(path), file)
    finally:
        os.close(file)
    assert os.listdir(path.parent) == [path.name]
    return path.read_bytes()


@BOTH
@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_it_is_what_sqlite_does(tmp_path: Path, key: Key | None, mode: str) -> None:
    path = tmp_path / "planner.db"
    cut_off(path, key, mode, 1)
    before = path.read_bytes()
    theirs = recovered(copied(path, "theirs"), key)
    assert settled(copied(path, "ours")) == theirs
    assert theirs != before


@BOTH
@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_what_is_torn_ends_where_sqlite_ends_it(
    tmp_path: Path, key: Key | None, mode: str
) -> None:
    path = tmp_path / "planner.db"
    cut_off(path, key, mode, 2)
    side = "-wal" if mode == "WAL" else "-journal"
    chance = random.Random(3)
    for turn in range(24):
        theirs, ours = copied(path, f"t{turn}"), copied(path, f"o{turn}")
        data = bytearray(Path(f"{path}{side}").read_bytes())
        at = chance.randrange(len(data)) if turn else 3
        if turn % 2:
            del data[at:]
        else:
            data[at] ^= 1 + chance.randrange(255)
        for each in (theirs, ours):
            Path(f"{each}{side}").write_bytes(data)
        assert settled(ours) == recovered(theirs, key), (turn, at)


class Cut(BaseException):
    """As far as it came."""


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many steps are left until it is cut off."""
    left = [0]

    def step(_name: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Cut

    monkeypatch.setattr(copying, "step", step)
    yield left
    monkeypatch.undo()


@BOTH
@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_cut_off_at_every_page_it_can_be_done_again(
    tmp_path: Path, key: Key | None, mode: str, cut: list[int]
) -> None:
    path = tmp_path / "planner.db"
    cut_off(path, key, mode, 4)
    whole = recovered(copied(path, "whole"), key)
    turn = 0
    while True:
        turn += 1
        ours = copied(path, f"o{turn}")
        cut[0] = turn
        try:
            settled(ours)
            break
        except Cut:
            cut[0] = 0
        # Whoever opens it finds all of it, and so does who goes on with it.
        again = copied(ours, "again")
        assert recovered(ours, key) == whole, turn
        assert settled(again) == whole, turn
        shutil.rmtree(ours.parent)
    assert turn > 5


def test_a_log_that_the_file_is_ahead_of_stays_out_of_it(tmp_path: Path) -> None:
    """All was copied into the file; what is damaged since would bring back old pages."""
    path = tmp_path / "planner.db"
    cut_off(path, None, "WAL", 5)
    ahead = tmp_path / "ahead" / "planner.db"
    theirs = recovered(copied(path, "ahead"), None)
    log = bytearray(Path(f"{path}-wal").read_bytes())
    log[len(log) // 4] ^= 1
    Path(f"{ahead}-wal").write_bytes(log)
    assert settled(ahead) == theirs
