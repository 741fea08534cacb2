"""doctor --fix and --salvage in the shell, and the verbs on a damaged store."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.store import rewriting
from plannertui.store.open import connect
from tests.damaging import ENTRIES, copied, make, pages_of, scribble

if TYPE_CHECKING:
    from tests.conftest import Ptui


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("whole") / "planner.db", None)


@pytest.fixture
def damaged(whole: Path, tmp_path: Path) -> Path:
    """The store that ``ptui`` runs on, with one page of its entries overwritten."""
    path = copied(whole, tmp_path / "planner.db")
    scribble(path, pages_of(path, None, "entry")[4])
    return path


def run_sql(path: Path, *statements: str) -> None:
    conn = connect(str(path))
    for statement in statements:
        conn.execute(statement)
    conn.close()


@pytest.mark.case(21)
def test_fix_mends_what_needs_no_guess(ptui: Ptui, tmp_path: Path) -> None:
    ptui("note", "budget 预算")
    path = tmp_path / "planner.db"
    run_sql(
        path,
        "DROP TRIGGER entry_history_update",
        "DELETE FROM fts",
        "DELETE FROM meta WHERE key = 'seed'",
    )
    path.chmod(0o644)
    (tmp_path / "planner.db.before-v9-1.part").touch()
    assert ptui("doctor").code == 1
    ran = ptui("doctor", "--fix", "--json")
    done = {each["code"]: each["left"] for each in ran.json["done"]}
    assert not any(done.values())
    assert {"mode", "parts", "backup", "triggers", "search", "seed"} <= {*done}
    assert (ran.code, ran.json["ok"]) == (0, True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert ptui("search", "budget").out
    again = ptui("doctor", "--fix")
    assert (again.code, "nothing to mend" in again.err) == (0, True)
    assert ptui("doctor").code == 0
    kinds = [each["why"] for each in ptui("backup", "ls", "--json").json]
    assert "repair" in kinds


def test_fix_takes_away_what_was_cut_off(
    ptui: Ptui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parts beside the store and its backups, and a note that belongs to none."""
    ptui("note", "budget")
    ptui("backup")
    path, folder = tmp_path / "planner.db", tmp_path / "backups"
    kinds = ("planner.db.part", "planner.db.part.first", "planner.db.before-v9-1.part")
    parts = [
        *(tmp_path / name for name in kinds),
        folder / "planner-000002-20240914T181000.db.part",
    ]
    for part in parts:
        part.write_bytes(b"budget")
    own = tmp_path / "planner.db.mine"
    own.touch()
    note = tmp_path / "planner.db.seal"
    note.write_text("plannertui seal 1\n", "utf-8")
    locked = []
    real = rewriting.clear_left

    def clear_left(path: str) -> None:
        locked.append(path)
        real(path)

    monkeypatch.setattr(rewriting, "clear_left", clear_left)
    done = ptui("doctor", "--fix", "--json").json["done"]
    told = [each["text"] for each in done if each["code"] == "parts"]
    assert len(told) == len(parts)
    assert not any(part.exists() for part in parts)
    assert own.exists()
    assert locked == [str(path)]
    assert not note.exists()
    path.unlink()
    assert ptui("note", "begun anew").code == 0


def test_links_to_nowhere_are_told_and_left(ptui: Ptui, tmp_path: Path) -> None:
    ptui("note", "budget")
    path = tmp_path / "planner.db"
    run_sql(
        path,
        "PRAGMA foreign_keys = OFF",
        "INSERT INTO tag (owner_id, name) VALUES (999, 'x')",
    )
    ran = ptui("doctor", "--fix")
    assert ran.code == 1
    assert "point to something that is not there: tag" in ran.out
    conn = connect(str(path), readonly=True)
    assert conn.execute("SELECT owner_id FROM tag").fetchall() == [(999,)]
    conn.close()


@pytest.mark.case(10)
def test_the_verbs_show_the_rest_and_say_so(ptui: Ptui, damaged: Path) -> None:
    before = damaged.read_bytes()
    ran = ptui("ls", "--all", "--json")
    assert ran.code == 0
    assert ENTRIES * 0.9 <= len(ran.json) < ENTRIES
    assert "damaged" in ran.err
    assert "ptui doctor" in ran.err
    for verb in (("today",), ("search", "budget"), ("show", "J1"), ("log", "J1")):
        assert ptui(*verb).code == 0, verb
    kept = ptui("note", "-", input="do not lose this")
    assert (kept.code, kept.out) == (4, "")
    assert "do not lose this" in kept.err
    assert damaged.read_bytes() == before
    said = ptui("doctor")
    assert said.code == 1
    assert "ptui doctor --salvage" in said.out
    assert "ptui backup ls" in said.out
    fixed = ptui("doctor", "--fix")
    assert (fixed.code, damaged.read_bytes()) == (1, before)
    assert "was not written to" in fixed.out


@pytest.mark.case(10)
def test_salvage_and_restore(ptui: Ptui, damaged: Path, tmp_path: Path) -> None:
    before = damaged.read_bytes()
    target = tmp_path / "new.db"
    ran = ptui("doctor", "--salvage", "--to", str(target), "--json")
    assert ran.code == 1
    tables = {each["table"]: each for each in ran.json["tables"]}
    assert tables["entry"]["missing"] == ENTRIES - tables["entry"]["from_file"]
    assert tables["tag"]["missing"] == 0
    assert damaged.read_bytes() == before
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert ptui("doctor", "--salvage", "--to", str(target)).code == 4
    told = ptui("doctor", "--salvage")
    assert "planner.db.salvaged-1" in told.out
    assert "ptui restore" in told.err
    ptui("ls", "--all")
    assert ptui("restore", str(target), "--yes").code == 0
    assert ptui("note", "goes on").code == 0
    assert ptui("doctor").code == 0


def test_doctor_alone_changes_no_byte(ptui: Ptui, damaged: Path) -> None:
    def state() -> dict[str, bytes]:
        return {
            name: (damaged.parent / name).read_bytes()
            for name in sorted(os.listdir(damaged.parent))
        }

    before = state()
    assert ptui("doctor").code == 1
    assert state() == before


def test_options_that_do_not_go_together(ptui: Ptui) -> None:
    ptui("note", "x")
    assert ptui("doctor", "--fix", "--salvage").code == 2
    assert ptui("doctor", "--to", "x.db").code == 2
