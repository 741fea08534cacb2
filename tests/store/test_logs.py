"""A damaged write-ahead log: the store is as at the last commit that is whole, and told."""

from __future__ import annotations

import multiprocessing
import os
import random
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.store import entries
from plannertui.store.key import Key
from plannertui.store.open import open_store
from tests.conftest import NOW
from tests.damaging import DAY, KEY

if TYPE_CHECKING:
    from datetime import datetime


WRITTEN = 40


def write_and_die(path: str, raw: bytes | None) -> None:
    key = None if raw is None else Key(raw, KEY.salt)
    db = open_store(path, now=NOW, key=key)
    for number in range(WRITTEN):
        entries.add(db, text=f"e{number} " + "x" * 200, day=DAY, now=NOW)
    os._exit(0)


@pytest.fixture(scope="module", params=[None, KEY], ids=["plain", "sealed"])
def crashed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Key | None]:
    """A store, its log and the log's index, as a crash leaves them."""
    path = tmp_path_factory.mktemp("crashed") / "planner.db"
    key = request.param
    context = multiprocessing.get_context("fork")
    child = context.Process(
        target=write_and_die, args=(str(path), key and key.raw), daemon=True
    )
    child.start()
    child.join()
    return path, key


@pytest.fixture
def left(crashed: tuple[Path, Key | None], tmp_path: Path) -> tuple[Path, Key | None]:
    """A copy of it without the index, which a crash of the machine does not leave."""
    source, key = crashed
    path = tmp_path / "planner.db"
    for side in ("", "-wal"):
        path.with_name(path.name + side).write_bytes(
            source.with_name(source.name + side).read_bytes()
        )
    return path, key


def log_of(path: Path) -> Path:
    return path.with_name("planner.db-wal")


def kept(path: Path) -> list[str]:
    return sorted(name.name for name in path.parent.glob("*.damaged-log-*"))


def opened(path: Path, key: Key | None, now: datetime) -> tuple[int, str]:
    db = open_store(str(path), now=now, key=key)
    try:
        assert not db.readonly
        assert db.read("PRAGMA integrity_check") == [("ok",)]
        count = db.read("SELECT count(text) FROM entry")[0][0]
        entries.add(db, text="goes on", day=DAY, now=now)
        return count, db.notice
    finally:
        db.close()


def test_after_a_crash_nothing_is_said(
    left: tuple[Path, Key | None], now: datetime
) -> None:
    path, key = left
    assert opened(path, key, now) == (WRITTEN, "")
    assert kept(path) == []


def test_what_was_not_finished_when_it_crashed_is_no_damage(
    left: tuple[Path, Key | None], now: datetime
) -> None:
    path, key = left
    raw = log_of(path).read_bytes()
    log_of(path).write_bytes(raw + random.Random(1).randbytes(6000))
    assert opened(path, key, now) == (WRITTEN, "")


@pytest.mark.case(12)
def test_flipped_bits_anywhere_are_told_and_cost_no_more(
    left: tuple[Path, Key | None], now: datetime
) -> None:
    path, key = left
    base, log = path.read_bytes(), log_of(path).read_bytes()
    chance = random.Random(12)
    for at in [17, *(chance.randrange(32, len(log) - 9000) for _try in range(8))]:
        for old in path.parent.glob("planner.db*"):
            if old.is_file():
                old.unlink()
        path.write_bytes(base)
        flipped = bytearray(log)
        flipped[at] ^= 1 << chance.randrange(8)
        log_of(path).write_bytes(flipped)
        count, notice = opened(path, key, now)
        assert "damaged" in notice
        assert 0 <= count <= WRITTEN
        # The damaged log is kept, as it was found.
        (name,) = kept(path)
        assert (path.parent / name).read_bytes() == bytes(flipped)


@pytest.mark.case(12)
def test_a_log_that_is_cut_off(
    crashed: tuple[Path, Key | None], left: tuple[Path, Key | None], now: datetime
) -> None:
    source, key = crashed
    path, _key = left
    log = log_of(path).read_bytes()
    log_of(path).write_bytes(log[: len(log) * 2 // 3])
    index = source.with_name("planner.db-shm").read_bytes()
    path.with_name("planner.db-shm").write_bytes(index)
    count, notice = opened(path, key, now)
    assert "damaged" in notice
    assert 0 <= count <= WRITTEN


def test_a_log_in_use_is_nobodys_damage(
    left: tuple[Path, Key | None], now: datetime
) -> None:
    path, key = left
    first = open_store(str(path), now=now, key=key)
    for _try in range(3):
        entries.add(first, text="more", day=DAY, now=now)
        second = open_store(str(path), now=now, key=key)
        assert second.notice == ""
        second.close()
    first.close()


@pytest.mark.case(1, 25)
def test_a_thread_that_opens_the_store_too_takes_nothing_for_damage(
    tmp_path: Path, now: datetime
) -> None:
    path = str(tmp_path / "planner.db")
    db = open_store(path, now=now)
    told: list[str] = []
    over = threading.Event()

    def look_on() -> None:
        while not over.is_set():
            other = open_store(path, now=now, create=False)
            told.append(other.notice)
            other.read("SELECT count(*) FROM entry")
            other.close()

    thread = threading.Thread(target=look_on)
    thread.start()
    try:
        for number in range(250):
            entries.add(db, text=f"e{number}", day=DAY, now=now)
    finally:
        over.set()
        thread.join()
    log = os.stat(path + "-wal").st_ino
    # As another program finds it while this one is still there, and after it was killed.
    copy = tmp_path / "copy.db"
    for side in ("", "-wal"):
        copy.with_name(copy.name + side).write_bytes(Path(path + side).read_bytes())
    seen = open_store(str(copy), now=now)
    assert seen.one("SELECT count(*) FROM entry") == (250,)
    seen.close()
    assert os.stat(path + "-wal").st_ino == log
    assert len(told) > 1
    assert set(told) == {""}
    db.close()
