"""A new database out of a damaged one: what comes from where, and what is missing."""

from __future__ import annotations

import os
import random
import stat
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import NotADatabase, PlannerError, Refused
from plannertui.store import (
    backups,
    entries,
    restoring,
    salvage,
    search,
    trash,
    triggers,
)
from plannertui.store.open import connect, open_store
from tests.conftest import NOW
from tests.damaging import (
    DAY,
    ENTRIES,
    KEY,
    PAGE,
    copied,
    make,
    pages_of,
    scribble,
    spoil_the_list,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from plannertui.store.key import Key
    from plannertui.store.salvage import Salvaged, Share

BOTH = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    folder = tmp_path_factory.mktemp("whole")
    return {bool(key): make(folder / f"{bool(key)}.db", key) for key in (None, KEY)}


def share(done: Salvaged, table: str) -> Share:
    return next(each for each in done.shares if each.table == table)


def everything(path: str, key: Key | None) -> dict[str, set[tuple[object, ...]]]:
    conn = connect(path, readonly=True, key=key)
    try:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert triggers.missing(conn) == []
        return {
            table: {*conn.execute(f"SELECT * FROM {table}").fetchall()}
            for table in ("handle", "entry", "tag", "revision", "action")
        }
    finally:
        conn.close()


@BOTH
def test_a_sound_store_comes_out_whole(
    stores: dict[bool, Path], tmp_path: Path, key: Key | None, now: datetime
) -> None:
    path = copied(stores[bool(key)], tmp_path / "planner.db")
    done = salvage.salvage(str(path), key, now)
    assert done.whole
    assert everything(done.path, key) == everything(str(path), key)
    assert stat.S_IMODE(os.stat(done.path).st_mode) == 0o600
    assert sorted(os.listdir(tmp_path)) == ["planner.db", "planner.db.salvaged-1"]


@pytest.mark.case(10)
@BOTH
@pytest.mark.parametrize("count", [1, 9])
def test_damaged_pages_cost_only_what_was_on_them(
    stores: dict[bool, Path], tmp_path: Path, key: Key | None, count: int
) -> None:
    whole = stores[bool(key)]
    truth = everything(str(whole), key)
    pages = os.path.getsize(whole) // PAGE
    chance = random.Random(count * 7)
    done_once = False
    for number in range(2):
        path = copied(whole, tmp_path / f"{number}.db")
        # The first pages hold the list of tables; without it there is only the backup.
        for page in chance.sample(range(60, pages + 1), count):
            scribble(path, page, chance.choice([0, 8, 100, 2000]))
        before = path.read_bytes()
        done = salvage.salvage(str(path), key, NOW)
        assert path.read_bytes() == before
        done_once = True
        found = everything(done.path, key)
        assert len(found["entry"]) >= ENTRIES * (0.95 if count == 1 else 0.4)
        assert len(found["handle"]) >= ENTRIES * 0.95
        for table in ("handle", "action"):
            assert found[table] <= truth[table]
        lost = len(truth["entry"]) - len(found["entry"])
        assert share(done, "entry").missing in (lost, None)
        db = open_store(done.path, now=NOW, key=key)
        assert len(search.search(db, "budget", limit=1000)) == len(found["entry"])
        db.close()
    assert done_once


@pytest.mark.case(9)
def test_a_plain_header_is_known(
    stores: dict[bool, Path], tmp_path: Path, now: datetime
) -> None:
    path = copied(stores[False], tmp_path / "planner.db")
    with path.open("r+b") as file:
        file.write(b"\xff" * 60)
    with pytest.raises(NotADatabase):
        open_store(str(path), now=now)
    done = salvage.salvage(str(path), None, now)
    assert done.whole
    assert len(everything(done.path, None)["entry"]) == ENTRIES


@pytest.mark.case(9)
def test_a_salt_is_known_to_the_key(
    stores: dict[bool, Path], tmp_path: Path, now: datetime
) -> None:
    path = copied(stores[True], tmp_path / "planner.db")
    with path.open("r+b") as file:
        file.write(b"\xf7\x13\x9a")
    done = salvage.salvage(str(path), KEY, now)
    assert done.whole
    assert len(everything(done.path, KEY)["entry"]) == ENTRIES


@pytest.mark.case(11)
@BOTH
def test_a_file_that_was_cut_off(
    stores: dict[bool, Path], tmp_path: Path, key: Key | None, now: datetime
) -> None:
    path = copied(stores[bool(key)], tmp_path / "planner.db")
    os.truncate(path, os.path.getsize(path) * 3 // 4 // PAGE * PAGE + 77)
    before = path.read_bytes()
    try:
        done = salvage.salvage(str(path), key, now)
    except PlannerError:
        assert sorted(os.listdir(tmp_path)) == ["planner.db"]
    else:
        assert len(everything(done.path, key)["entry"]) >= 1
        assert not done.whole
    assert path.read_bytes() == before


def test_what_cannot_be_read_comes_from_the_backup_and_from_history(
    tmp_path: Path, stores: dict[bool, Path], now: datetime
) -> None:
    path = copied(stores[False], tmp_path / "planner.db")
    page = pages_of(path, None, "entry")[3]
    db = open_store(str(path), now=now)
    made = backups.make(db, now, "asked")
    numbers = [n for (n,) in db.read("SELECT id FROM entry ORDER BY id")]
    db.close()
    whole = path.read_bytes()
    scribble(path, page)
    done = salvage.salvage(str(path), None, now)
    lost = share(done, "entry").backup
    assert lost > 3
    assert share(done, "entry").missing == 0
    assert (done.backup, done.whole) == (made.path, True)
    assert len(everything(done.path, None)["entry"]) == ENTRIES
    gone = sorted({*numbers} - _readable(path))
    # Changed since the backup: history knows what it was before its last change.
    path.write_bytes(whole)
    db = open_store(str(path), now=now)
    for text in ("changed once", "changed twice"):
        for number in gone[:2]:
            entry = entries.get(db, number)
            entries.edit(db, entry, now + timedelta(days=1), text=text)
    trash.remove(db, gone[2], now)
    trash.purge(db, gone[2], now)
    db.close()
    scribble(path, pages_of(path, None, "entry")[3])
    done = salvage.salvage(str(path), None, now)
    db = open_store(done.path, now=now)
    for number in gone[:2]:
        assert entries.get(db, number).text in ("changed once", "changed twice")
    # What was erased for good stays erased, though the backup has it.
    assert db.read("SELECT 1 FROM entry WHERE id = ?", (gone[2],)) == []
    assert share(done, "entry").history + share(done, "entry").backup >= lost - 3
    db.close()


def test_where_its_history_cannot_be_read_all_is_taken_from_the_backup(
    tmp_path: Path, stores: dict[bool, Path], now: datetime
) -> None:
    path = copied(stores[False], tmp_path / "planner.db")
    db = open_store(str(path), now=now)
    backups.make(db, now, "asked")
    entries.add(db, text="later", day=DAY, now=now)
    db.close()
    truth = everything(str(path), None)
    spoil_the_list(path)
    done = salvage.salvage(str(path), None, now)
    found = everything(done.path, None)
    assert share(done, "entry").backup == ENTRIES
    assert len(found["entry"]) == ENTRIES
    assert found["tag"] == truth["tag"]
    assert found["entry"] < truth["entry"]
    # Nobody knows whether anything was erased since: it is not claimed, and not kept quiet.
    said = " ".join(done.notes)
    assert "Something was erased" not in said
    assert "may be back" in said


def _readable(path: Path) -> set[int]:
    from plannertui.store.rescue import Rescue

    rescue = Rescue(str(path))
    try:
        return {*rescue.table("entry").rows}
    finally:
        rescue.close()


def test_handles_are_not_given_out_again(
    tmp_path: Path, stores: dict[bool, Path], now: datetime
) -> None:
    path = copied(stores[False], tmp_path / "planner.db")
    for page in pages_of(path, None, "handle")[-1:]:
        scribble(path, page)
    done = salvage.salvage(str(path), None, now)
    db = open_store(done.path, now=now)
    entry = entries.add(db, text="new", day=DAY, now=now)
    assert entry.handle == f"J{ENTRIES + 1}"
    assert entries.get(db, entry.id - 1).handle == f"J{ENTRIES}"
    db.close()


def test_a_backup_of_another_planner_is_left_alone(
    tmp_path: Path, stores: dict[bool, Path], now: datetime
) -> None:
    path = tmp_path / "planner.db"
    db = open_store(str(path), now=now)
    entries.add(db, text="somebody else's", day=DAY, now=now)
    backups.make(db, now, "asked")
    db.close()
    path.unlink()
    copied(stores[False], path)
    scribble(path, pages_of(path, None, "entry")[0])
    done = salvage.salvage(str(path), None, now)
    assert done.backup == ""
    assert done.notes
    assert "somebody else's" not in str(everything(done.path, None))


@BOTH
def test_it_takes_the_place_of_the_damaged_one(
    stores: dict[bool, Path], tmp_path: Path, key: Key | None, now: datetime
) -> None:
    path = copied(stores[bool(key)], tmp_path / "planner.db")
    for page in (80, 90, 100):
        scribble(path, page)
    db = open_store(str(path), now=now, key=key)
    for table in ("entry", "revision", "handle", "tag"):
        db.read(f"SELECT count(*), max(rowid) FROM {table}")
    db.close()
    done = salvage.salvage(str(path), key, now)
    restoring.restore(str(path), done.path, key, now, present=key)
    db = open_store(str(path), now=now, key=key)
    assert not db.readonly
    assert len(db.read("SELECT text FROM entry")) >= ENTRIES * 0.8
    db.close()
    assert not path.with_name("planner.db.damaged").exists()


def test_nothing_is_overwritten(
    stores: dict[bool, Path], tmp_path: Path, now: datetime
) -> None:
    path = copied(stores[False], tmp_path / "planner.db")
    other = tmp_path / "other.db"
    other.write_text("mine", "utf-8")
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "nowhere.db")
    for target in (other, link, path):
        with pytest.raises(Refused):
            salvage.salvage(str(path), None, now, str(target))
    assert other.read_text("utf-8") == "mine"
    assert not (tmp_path / "nowhere.db").exists()
    path.write_bytes(random.Random(3).randbytes(40_000))
    with pytest.raises(PlannerError):
        salvage.salvage(str(path), None, now)
    assert sorted(os.listdir(tmp_path)) == ["link.db", "other.db", "planner.db"]
