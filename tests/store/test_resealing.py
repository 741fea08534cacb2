"""Older copies of a store that was given a passphrase: sealed, or told by name."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.core.capture import parse
from plannertui.store import aside, backups, key, resealing, rewriting, sealing, shelf
from plannertui.store.capture import file_capture
from plannertui.store.copying import check
from plannertui.store.key import Key
from plannertui.store.open import open_store
from plannertui.store.restoring import restore

if TYPE_CHECKING:
    from datetime import datetime

WORDS = "quiet river under the bridge"
CANARY = "zephyrquartz"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(key.KDFS, 1, (1 << 10, 8, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A stick with copies of the backups."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def path(tmp_path: Path, folder: Path, now: datetime) -> Path:
    """A plain store with a canary, two backups here and on the stick, and older copies."""
    path = tmp_path / "data" / "planner.db"
    db = open_store(str(path), now=now)
    for text in (CANARY, f"{CANARY} again"):
        line = parse(text, today=now.date(), resolve=lambda name: None)
        file_capture(db, line, day=now.date(), now=now)
        backups.spread(db, backups.make(db, now, "asked"), [str(folder)])
    db.close()
    shutil.copyfile(path, path.with_name("planner.db.before-v3-1"))
    kept = Path(aside.folder(str(path)))
    kept.mkdir()
    shutil.copyfile(path, kept / shelf.name(str(path), 1, now))
    half = path.read_bytes()[:-4096]
    path.with_name("planner.db.before-v3-2.part").write_bytes(half)
    Path(shelf.folder(str(path)), shelf.name(str(path), 9, now) + ".part").write_bytes(
        half
    )
    return path


@pytest.fixture
def made(path: Path) -> Key:
    return sealing.set_passphrase(str(path), WORDS)


def everything(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def test_all_of_them_are_sealed(
    path: Path, folder: Path, made: Key, tmp_path: Path, now: datetime
) -> None:
    assert CANARY.encode() in everything(tmp_path)
    names = sorted(p for p in tmp_path.rglob("*") if p.suffix != ".part")
    done, left = resealing.reseal(str(path), made, [str(folder)])
    assert (len(done), left) == (6, [])
    assert CANARY.encode() not in everything(tmp_path)
    assert sorted(tmp_path.rglob("*")) == names
    assert not any(resealing.plain(str(path), [str(folder)]))
    for each in done:
        assert check(each, made).entries in (1, 2)
        assert Path(each).stat().st_mode & 0o777 == 0o600
    for backup in backups.ls(str(path)):
        assert backup.sealed
        assert backups.verify(str(path), backup, made, now).state == "whole"
        copy = folder / Path(backup.path).name
        assert copy.read_bytes() == Path(backup.path).read_bytes()
    # It can be gone back to, and lines that were sealed before can still be filed.
    db = open_store(str(path), now=now, key=made)
    recipient = db.meta(rewriting.RECIPIENT)
    db.close()
    first = backups.find(str(path), "B1")
    restore(str(path), first.path, made, now, present=made)
    db = open_store(str(path), now=now, key=made)
    assert len(db.read("SELECT 1 FROM entry")) == 1
    assert db.meta(rewriting.RECIPIENT) == recipient
    db.close()


def test_once_more_there_is_nothing_to_do(path: Path, folder: Path, made: Key) -> None:
    resealing.reseal(str(path), made, [str(folder)])
    before = everything(path.parent)
    assert resealing.reseal(str(path), made, [str(folder)]) == ([], [])
    assert everything(path.parent) == before


def test_what_is_not_sealed_is_told(
    path: Path, folder: Path, made: Key, now: datetime
) -> None:
    (first, *_rest) = reversed(backups.ls(str(path)))
    with open(first.path, "r+b") as file:
        file.seek(5 * 4096)
        file.write(os.urandom(4096))
    before = Path(first.path).read_bytes()
    own = path.with_name("planner.db.mine")
    shutil.copyfile(folder / Path(first.path).name, own)
    done, left = resealing.reseal(str(path), made, [str(folder)])
    assert first.path not in done
    assert [name for name, _reason in left] == [first.path]
    assert Path(first.path).read_bytes() == before
    assert all(reason for _name, reason in left)
    assert CANARY.encode() not in everything(folder)


def test_planners_of_others_are_left_alone(
    path: Path, folder: Path, made: Key, tmp_path: Path
) -> None:
    """A copy of one's own making is told; another store and its backups are none of it."""
    (backup, *_rest) = backups.ls(str(path))
    own = path.with_name("old planner.db")
    shutil.copyfile(backup.path, own)
    other = folder / Path(backup.path).name.replace("planner-", "planner-2-")
    shutil.copyfile(backup.path, other)
    link = folder / "planner-000077-20240914T181000.db"
    link.symlink_to(own)
    bytes_of = [p.read_bytes() for p in (own, other)]
    done, left = resealing.reseal(str(path), made, [str(folder)])
    assert [name for name, _reason in left] == [str(own)]
    assert not {str(own), str(other), str(link)} & set(done)
    assert [p.read_bytes() for p in (own, other)] == bytes_of


def test_the_old_bytes_are_overwritten(path: Path, made: Key) -> None:
    (backup, *_rest) = backups.ls(str(path))
    with open(backup.path, "rb") as before:
        resealing.reseal(str(path), made, [])
        old = before.read()
    assert old
    assert not any(old)


def test_folders_that_are_not_there(path: Path, made: Key) -> None:
    done, left = resealing.reseal(str(path), made, ["/nowhere", str(path.parent)])
    assert (len(done), left) == (4, [])
