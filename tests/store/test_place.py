"""Where the data file may lie, what it may be called, and what is no data file."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from plannertui.core.errors import NotADatabase, ReadOnly
from plannertui.store import entries, people
from plannertui.store.open import SCHEMA, Store, connect, open_store
from tests.conftest import Ptui


def write(db: Store, now: datetime) -> None:
    entries.add(db, text="words", day=now.date(), now=now)


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize(
    "name", ["a b.db", "50%25.db", "what?.db", "#1.db", "规划 本.db", "é&=;.db"]
)
def test_a_file_may_be_called_anything(
    tmp_path: Path, now: datetime, name: str, readonly: bool
) -> None:
    path = str(tmp_path / name)
    db = open_store(path, now=now)
    write(db, now)
    db.close()
    conn = connect(path, readonly=readonly)
    assert conn.execute("SELECT text FROM entry").fetchall() == [("words",)]
    conn.close()


def test_a_name_that_is_no_text(tmp_path: Path, now: datetime) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xe4.db")
    db = open_store(path, now=now)
    write(db, now)
    db.close()
    conn = connect(path, readonly=True)
    assert conn.execute("SELECT count(*) FROM entry").fetchone() == (1,)
    conn.close()


@pytest.mark.case(24)
def test_a_link_leads_to_one_file(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.db").symlink_to(tmp_path / "real" / "planner.db")
    one = open_store(str(tmp_path / "link.db"), now=now)
    write(one, now)
    other = open_store(str(tmp_path / "real" / "planner.db"), now=now)
    assert other.path == one.path
    assert entries.get(other, "J1").text == "words"
    assert not (tmp_path / "link.db-wal").exists()
    one.close()
    other.close()


@pytest.mark.case(24)
def test_a_file_with_two_names_is_only_read(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "planner.db"
    db = open_store(str(path), now=now)
    write(db, now)
    db.close()
    os.link(path, tmp_path / "other.db")
    for name in ("planner.db", "other.db"):
        db = open_store(str(tmp_path / name), now=now)
        assert entries.get(db, "J1").text == "words"
        with pytest.raises(ReadOnly, match="2 names"):
            write(db, now)
        db.close()
    (tmp_path / "other.db").unlink()
    db = open_store(str(path), now=now)
    write(db, now)
    db.close()


@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
def test_what_is_no_ordinary_file_is_not_touched(
    tmp_path: Path, ptui: Ptui, kind: str
) -> None:
    path = tmp_path / "thing"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        try:
            os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        except PermissionError:
            pytest.skip("only root makes devices")
    path.chmod(0o755)
    ran = ptui("note", "x", "--db", str(path), timeout=20)
    assert ran.code == 1
    assert "no ordinary file" in ran.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o755
    assert [p.name for p in tmp_path.iterdir()] == ["thing"]


@pytest.mark.parametrize("version", [SCHEMA, SCHEMA + 1])
def test_another_programs_schema_number_means_nothing(
    tmp_path: Path, now: datetime, version: int
) -> None:
    path = tmp_path / "other.db"
    other = driver.connect(str(path))
    other.execute("CREATE TABLE photo (name TEXT)")
    other.execute(f"PRAGMA user_version = {version}")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotADatabase, match="another program"):
        open_store(str(path), now=now)
    assert path.read_bytes() == before


def test_a_store_is_whole_only_with_its_seed(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at the last moment of making it, the next start takes it up."""
    path = str(tmp_path / "planner.db")

    def killed(bits: int) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("plannertui.store.prepare.secrets.randbits", killed)
        with pytest.raises(KeyboardInterrupt):
            open_store(path, now=now)
    db = open_store(path, now=now)
    assert db.seed > 0
    db.close()


def test_a_write_that_cannot_begin_leaves_the_next_one_free(
    store: Store, now: datetime
) -> None:
    with pytest.raises(UnicodeEncodeError), store.write("broken \udcff", now):
        pass
    assert people.add(store, alias="Director", now=now).handle == "L1"
