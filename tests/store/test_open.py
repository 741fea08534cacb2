"""Opening, making and refusing stores; the one way to write."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from plannertui.core.errors import (
    NotADatabase,
    NotFound,
    ReadOnly,
    StoreBusy,
    StoreError,
)
from plannertui.store import entries, history, triggers
from plannertui.store.migrations import database
from plannertui.store.open import SCHEMA, Store, connect, open_store

OPEN = """
import sys
from datetime import datetime, timezone
from plannertui.store import entries
from plannertui.store.open import open_store
now = datetime.now(timezone.utc)
db = open_store(sys.argv[1], now=now)
for number in range(int(sys.argv[3])):
    entries.add(db, text=f"{sys.argv[2]} {number}", day=now.date(), now=now)
db.close()
"""


@pytest.mark.case(56)
def test_a_new_store_is_private_whatever_the_umask(
    tmp_path: Path, now: datetime
) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "new" / "folder" / "planner.db"
        db = open_store(str(path), now=now)
        entries.add(db, text="one", day=now.date(), now=now)
        found = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
        db.close()
    finally:
        os.umask(before)
    assert "planner.db-wal" in found
    assert set(found.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.case(18, 15)
def test_first_opening_by_several_processes_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "planner.db")
    running = [
        subprocess.Popen([sys.executable, "-c", OPEN, path, f"writer {n}", "10"])
        for n in range(6)
    ]
    assert [process.wait(60) for process in running] == [0] * 6
    conn = connect(path)
    assert conn.execute("SELECT count(*) FROM entry").fetchone() == (60,)
    assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    conn.close()


def test_every_table_is_strict_and_every_trigger_is_there(store: Store) -> None:
    tables = store.read(
        "SELECT name, strict FROM pragma_table_list "
        "WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%'"
    )
    loose = {name for name, strict in tables if not strict}
    assert loose <= {"_sqlite_migrations"} | {
        name for name, _ in tables if name.startswith("fts")
    }
    assert triggers.missing(store.conn) == []


@pytest.mark.case(21)
def test_a_lost_trigger_is_noticed(store: Store) -> None:
    store.conn.execute("DROP TRIGGER entry_history_update")
    assert triggers.missing(store.conn) == ["entry_history_update"]


@pytest.mark.case(21)
def test_a_rebuilt_table_gets_its_triggers_back(store: Store, now: datetime) -> None:
    entries.add(store, text="kept", day=now.date(), now=now)
    database(store.conn)["entry"].transform(defaults={"share": "private"})  # type: ignore[union-attr]
    assert triggers.missing(store.conn)
    triggers.create(store.conn)
    assert triggers.missing(store.conn) == []


def test_a_missing_store_is_not_made_by_reading(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "planner.db"
    with pytest.raises(NotFound, match="no planner"):
        open_store(str(path), now=now, create=False)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"hello, I am a letter\n" * 100, b"\0" * 4096])
def test_a_file_that_is_no_database_stays_as_it_is(
    tmp_path: Path, now: datetime, content: bytes
) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(NotADatabase, match="not a planner's database"):
        open_store(str(path), now=now)
    assert path.read_bytes() == content


def test_another_programs_database_stays_as_it_is(
    tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "other.db"
    other = driver.connect(str(path))
    other.execute("CREATE TABLE photo (name TEXT)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotADatabase, match="another program"):
        open_store(str(path), now=now)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="--db"):
        open_store(str(tmp_path / "file" / "planner.db"), now=now)


@pytest.mark.case(19)
def test_a_newer_schema_can_be_read_and_not_written(
    tmp_path: Path, now: datetime
) -> None:
    path = str(tmp_path / "planner.db")
    db = open_store(path, now=now)
    entries.add(db, text="from the future", day=now.date(), now=now)
    db.conn.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    db.close()
    db = open_store(path, now=now)
    assert db.readonly
    assert entries.get(db, "J1").text == "from the future"
    with pytest.raises(ReadOnly, match="newer version"):
        entries.add(db, text="no", day=now.date(), now=now)
    db.close()


@pytest.mark.case(4)
def test_a_start_cut_off_in_the_middle_is_taken_up(
    tmp_path: Path, now: datetime
) -> None:
    path = str(tmp_path / "planner.db")
    open_store(path, now=now).close()
    conn = connect(path)
    for name in triggers.present(conn):
        conn.execute(f"DROP TRIGGER {name}")
    conn.execute("DELETE FROM meta")
    conn.execute("PRAGMA user_version = 0")
    conn.execute("PRAGMA application_id = 0")
    conn.close()
    db = open_store(path, now=now)
    assert triggers.missing(db.conn) == []
    assert db.seed > 0
    db.close()


def test_a_failed_write_leaves_nothing(store: Store, now: datetime) -> None:
    def half() -> None:
        with store.write("half", now):
            entries.add(store, text="one", day=now.date(), now=now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert store.one("SELECT count(*) FROM entry") == (0,)
    assert store.one("SELECT count(*) FROM handle") == (0,)
    assert history.undo(store, now) is None


@pytest.mark.case(17)
def test_a_writer_that_never_ends_is_told(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.conn.execute("PRAGMA busy_timeout = 50")
    other = connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="Try again"):
        entries.add(store, text="waiting", day=now.date(), now=now)
    other.execute("ROLLBACK")
    other.close()
    assert entries.add(store, text="waiting", day=now.date(), now=now).handle == "J1"


def test_the_version_moves_with_own_and_foreign_writes(
    store: Store, now: datetime
) -> None:
    seen = {store.version()}
    entries.add(store, text="own", day=now.date(), now=now)
    seen.add(store.version())
    other = open_store(store.path, now=now)
    entries.add(other, text="foreign", day=now.date(), now=now)
    other.close()
    seen.add(store.version())
    assert len(seen) == 3
    assert store.version() in seen


def test_a_file_that_was_replaced_while_it_was_open_is_no_matter_of_permissions(
    store: Store, now: datetime, tmp_path: Path
) -> None:
    """As when a restore puts another in its place while somebody waits to write."""
    other = tmp_path / "other.db"
    open_store(str(other), now=now).close()
    # Who restores has the log put away first.
    store.conn.execute("PRAGMA journal_mode = DELETE").fetchall()
    os.replace(other, store.path)
    with pytest.raises(ReadOnly, match="Try again") as met:
        store.set_meta("x", "y")
    assert "permissions" not in met.value.message
