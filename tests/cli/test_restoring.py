"""``restore`` over a planner that is empty, gone or damaged, and what the others say then."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import StoreError
from plannertui.store import backups, entries, restoring, rewriting, salvage
from plannertui.store.key import derive, new_salt
from plannertui.store.open import connect, open_store
from tests.conftest import NOW

if TYPE_CHECKING:
    from plannertui.store.key import Key
    from tests.conftest import Ptui

WORD = "right horse"
FD = ("--passphrase-fd", "0")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Key]:
    """A sealed planner with "one" and its backup B1."""
    made = tmp_path_factory.mktemp("sealed")
    path = str(made / "planner.db")
    open_store(path, now=NOW).close()
    key = derive(WORD, new_salt())
    rewriting.convert(path, None, key)
    db = open_store(path, now=NOW, key=key)
    entries.add(db, text="one", day=NOW.date(), now=NOW)
    backups.make(db, NOW, "asked")
    db.close()
    return made, key


@pytest.fixture
def key(once: tuple[Path, Key]) -> Key:
    return once[1]


@pytest.fixture
def path(once: tuple[Path, Key], tmp_path: Path) -> Path:
    """A planner of one's own like that, which ``ptui`` runs on."""
    shutil.copytree(once[0], tmp_path, dirs_exist_ok=True)
    return tmp_path / "planner.db"


def make_gone(path: Path, how: str) -> None:
    """What a power cut leaves of a planner: an empty file, or none."""
    path.write_bytes(b"")
    if how == "absent":
        path.unlink()


def is_plain(path: Path) -> bool:
    return path.exists() and path.read_bytes().startswith(b"SQLite")


GONE = pytest.mark.parametrize("how", ["empty", "absent"])


@GONE
def test_a_backup_takes_the_place_of_a_sealed_planner_that_is_gone(
    ptui: Ptui, path: Path, how: str
) -> None:
    make_gone(path, how)
    words = ("restore", "B1", "--yes", *FD)
    done = ptui(*words, input=WORD + "\n", process=True)
    assert done.code == 0, done.err
    assert "now: 0" not in done.err
    assert not is_plain(path)
    assert not (path.parent / "before-restore").exists()
    assert ptui("ls").code == 5
    assert "one" in ptui("ls", *FD, input=WORD + "\n", process=True).out


@GONE
@pytest.mark.parametrize("keyed", [True, False])
def test_nobody_begins_a_plain_planner_beside_the_note_of_a_sealed_one(
    path: Path, key: Key, how: str, keyed: bool
) -> None:
    make_gone(path, how)
    there = path.exists()
    with pytest.raises(StoreError, match="gone or empty"):
        open_store(str(path), now=NOW, key=key if keyed else None)
    with pytest.raises(StoreError, match="gone or empty"):
        connect(str(path))
    with pytest.raises(StoreError, match="gone or empty"):
        salvage.salvage(str(path), None, NOW)
    backup = backups.find(str(path), "B1").path
    weighed = restoring.weigh(str(path), backup, key, None)
    assert weighed.here is None
    assert path.exists() == there
    assert not there or path.read_bytes() == b""


@GONE
def test_every_verb_says_that_the_sealed_planner_is_gone(
    ptui: Ptui, path: Path, how: str
) -> None:
    make_gone(path, how)
    before = sorted(os.listdir(path.parent))
    for verb in (
        ("note", "CANARY"),
        ("ls",),
        ("lock", "status"),
        ("lock", "set"),
        ("lock", "change"),
        ("doctor", "--fix"),
        ("doctor", "--salvage"),
    ):
        ran = ptui(*verb)
        assert (ran.code, ran.out) == (1, ""), verb
        assert "gone or empty" in ran.err, verb
        assert "ptui restore B1" in ran.err, verb
    assert sorted(os.listdir(path.parent)) == before
    assert how == "absent" or path.read_bytes() == b""
    said = ptui("doctor", "--json")
    assert (said.code, said.json["ok"]) == (1, False)
    wrong = [row for row in said.json["findings"] if row["level"] == "wrong"]
    assert [row["code"] for row in wrong] == ["gone"]
    assert "The newest backup: ptui restore B1" in wrong[0]["text"]
    everything = " ".join(row["text"] for row in said.json["findings"])
    assert "Not encrypted" not in everything
    assert "first thing written" not in everything


@GONE
def test_what_is_not_there_is_not_mended(ptui: Ptui, tmp_path: Path, how: str) -> None:
    path = tmp_path / "planner.db"
    make_gone(path, how)
    ran = ptui("doctor", "--fix")
    assert (ran.code, ran.out) == (3, "")
    assert sorted(os.listdir(tmp_path)) == (["planner.db"] if how == "empty" else [])
    assert how == "absent" or path.read_bytes() == b""


@pytest.mark.parametrize("damage", ["cut off", "header"])
def test_one_passphrase_serves_for_a_damaged_planner_and_its_backup(
    ptui: Ptui, path: Path, damage: str
) -> None:
    whole = path.read_bytes()
    path.write_bytes(
        whole[:100_000] if damage == "cut off" else b"\xff\x01" * 50 + whole[100:]
    )
    # From outside, too, it is seen that something is wrong.
    said = ptui("doctor", "--json")
    assert said.code == 1
    wrong = [row["code"] for row in said.json["findings"] if row["level"] == "wrong"]
    assert wrong == (["size"] if damage == "cut off" else ["salt"])
    words = ("restore", "B1", "--yes", *FD)
    done = ptui(*words, input=WORD + "\n", process=True)
    assert done.code == 0, done.err
    assert "one" in ptui("ls", *FD, input=WORD + "\n", process=True).out


def test_a_sealed_planner_that_lacks_whole_pages(ptui: Ptui, path: Path) -> None:
    assert "smaller than" not in ptui("doctor").out
    path.write_bytes(path.read_bytes()[: 4096 * 20])
    ran = ptui("doctor")
    assert "smaller than its newest backup, B1" in ran.out
    assert "All is well" not in ran.err
    assert "things to know" in ran.err
