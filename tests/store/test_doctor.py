"""What the doctor sees, and that looking changes nothing."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from plannertui.store import drafts, entries, place
from plannertui.store.doctor import examine
from plannertui.store.open import SCHEMA, connect, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from plannertui.store.open import Store

DAY = date(2024, 9, 14)


@pytest.fixture
def path(tmp_path: Path, now: datetime) -> Path:
    """A closed store with an entry in it."""
    path = tmp_path / "planner.db"
    db = open_store(str(path), now=now)
    entries.add(db, text="budget 预算", day=DAY, now=now)
    db.close()
    return path


def levels(path: Path) -> dict[str, str]:
    return {finding.code: finding.level for finding in examine(str(path))}


def wrong(path: Path) -> set[str]:
    return {code for code, level in levels(path).items() if level == "wrong"}


def test_a_sound_store(path: Path) -> None:
    assert set(levels(path).values()) == {"ok"}


def test_looking_changes_nothing(path: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        return {
            name: (os.stat(path.parent / name).st_size, os.stat(path).st_mtime_ns)
            for name in os.listdir(path.parent)
        }

    before = state()
    examine(str(path))
    assert state() == before


def test_no_store_yet(tmp_path: Path) -> None:
    found = levels(tmp_path / "none" / "planner.db")
    assert found["file"] == "note"
    assert "wrong" not in found.values()
    assert not (tmp_path / "none").exists()


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    path.touch(0o600)
    assert levels(path)["empty"] == "note"


def test_files_that_others_may_open(path: Path) -> None:
    path.chmod(0o644)
    assert wrong(path) == {"mode"}


def test_a_folder_that_others_may_look_into(tmp_path: Path, now: datetime) -> None:
    folder = tmp_path / "plannertui"
    folder.mkdir()
    folder.chmod(0o755)
    open_store(str(folder / "planner.db"), now=now).close()
    assert wrong(folder / "planner.db") == {"mode"}


@pytest.mark.case(24)
def test_hard_links(path: Path) -> None:
    os.link(path, path.parent / "twin.db")
    assert wrong(path) == {"hard_links"}


@pytest.mark.case(13)
def test_a_log_without_its_store(tmp_path: Path) -> None:
    (tmp_path / "planner.db-wal").write_bytes(b"x")
    assert wrong(tmp_path / "planner.db") == {"orphan_wal"}


def test_another_kind_of_file(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    path.write_text("dear diary", encoding="utf-8")
    path.chmod(0o600)
    assert wrong(path) == {"header"}


@pytest.mark.case(10)
def test_a_damaged_page(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096 * 3 : 4096 * 8] = os.urandom(4096 * 5)
    path.write_bytes(raw)
    assert wrong(path)


@pytest.mark.case(11)
@pytest.mark.parametrize("cut", [100, 4096, 20_000])
def test_a_truncated_store(path: Path, cut: int) -> None:
    os.truncate(path, cut)
    assert wrong(path)


def edit(path: Path, *statements: str) -> None:
    from plannertui.store.open import connect

    conn = connect(str(path))
    for statement in statements:
        conn.execute(statement)
    conn.close()


@pytest.mark.case(2)
def test_a_write_that_was_cut_off_is_no_damage(path: Path, tmp_path: Path) -> None:
    """The file alone is half written: it is not looked at without its journal."""
    conn = connect(str(path))
    conn.execute("PRAGMA journal_mode = DELETE")
    conn.execute("PRAGMA cache_size = 2")
    for text in ("window seven ", "window eight "):
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("UPDATE entry SET text = ?", (text * 9999,))
        if text == "window seven ":
            conn.execute("COMMIT")
    crashed = tmp_path / "crashed.db"
    for end in ("", "-journal"):
        shutil.copy(f"{path}{end}", f"{crashed}{end}")
    conn.close()
    crashed.chmod(0o600)
    assert levels(crashed)["journal"] == "note"
    assert not wrong(crashed)
    conn = connect(str(crashed))
    conn.execute("SELECT count(*) FROM entry").fetchone()
    conn.close()
    assert levels(crashed)["integrity"] == "ok"


@pytest.mark.case(21)
def test_a_trigger_that_is_gone(path: Path) -> None:
    edit(path, "DROP TRIGGER entry_history_update")
    assert wrong(path) == {"triggers"}


def test_a_search_that_is_out_of_step(path: Path) -> None:
    edit(path, "INSERT INTO fts (rowid, words) VALUES (77, 'x')")
    assert wrong(path) == {"search"}
    edit(path, "DELETE FROM fts WHERE rowid = 77", "DELETE FROM fts")
    assert wrong(path) == {"search"}


def test_a_link_to_nowhere(path: Path) -> None:
    edit(
        path,
        "PRAGMA foreign_keys = OFF",
        "INSERT INTO tag (owner_id, name) VALUES (999, 'x')",
    )
    assert "foreign_keys" in wrong(path)


def test_a_table_that_is_gone(path: Path) -> None:
    edit(path, "DROP TABLE draft")
    assert wrong(path) == {"tables"}


def test_a_newer_and_an_older_schema(path: Path) -> None:
    edit(path, f"PRAGMA user_version = {SCHEMA + 1}")
    assert "schema" in wrong(path)
    edit(path, f"PRAGMA user_version = {SCHEMA - 1}")
    assert levels(path)["schema"] == "note"


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    edit(path, "CREATE TABLE moz_places (id)")
    path.chmod(0o600)
    assert wrong(path) == {"schema"}


def test_drafts_that_wait(store: Store, now: datetime) -> None:
    drafts.put(store, "capture:", "half", now=now, session="1:1")
    found = [f for f in examine(store.path) if f.code == "drafts"]
    assert found[0].level == "note"
    assert found[0].data["drafts"][0]["characters"] == 4
    assert "half" not in str(found)


def test_copies_and_parts(path: Path) -> None:
    (path.parent / "planner.db.before-v2-1").touch()
    (path.parent / "planner.db.before-v2-2.part").touch()
    found = levels(path)
    assert (found["copies"], found["parts"]) == ("ok", "note")


@pytest.mark.case(23)
@pytest.mark.parametrize(
    ("folder", "shared"),
    [
        ("/home/x/Dropbox/work", "Dropbox"),
        ("/home/x/OneDrive - Office/work", "OneDrive - Office"),
        ("/Users/x/Library/Mobile Documents/y", "Mobile Documents"),
        ("/home/x/work", ""),
        ("/home/x/dropboxes", ""),
    ],
)
def test_synced_folders(folder: str, shared: str) -> None:
    assert place.synced(folder) == shared


@pytest.mark.case(23)
def test_a_syncing_programs_marker(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert place.synced(str(below)) == ".stfolder"


@pytest.mark.case(23)
def test_a_network_drive(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "file_system", lambda folder: "nfs4")
    assert wrong(path) == {"network"}


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (2_500_000, "2.5 MB")],
)
def test_sizes(count: int, words: str) -> None:
    assert place.size_words(count) == words
