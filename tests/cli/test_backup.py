"""``backup`` and ``restore`` of the whole planner, as commands."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.store import backups, entries, rewriting
from plannertui.store.key import derive, new_salt
from plannertui.store.open import open_store
from tests.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui


def texts(ptui: Ptui) -> list[str]:
    return [row["text"] for row in ptui("ls", "--json").json]


def later(now: datetime, **hours: float) -> dict[str, str]:
    return {"PLANNERTUI_NOW": (now + timedelta(**hours)).isoformat()}


def folder(tmp_path: Path) -> list[str]:
    found = tmp_path / "backups"
    return sorted(p.name for p in found.glob("*.db")) if found.exists() else []


def test_a_backup_and_back(ptui: Ptui, tmp_path: Path) -> None:
    assert ptui("backup", "ls", "--json").json == []
    assert "ptui backup" in ptui("backup", "ls").err
    ptui("note", "one")
    made = ptui("backup")
    assert made.out.startswith("B1  ")
    ptui("note", "two")
    listed = ptui("backup", "ls").out
    assert "B1" in listed
    assert "1 entry" in listed
    assert "whole" in listed
    assert "asked for" in listed
    refused = ptui("restore", "B1")
    assert refused.code == 4
    assert "--yes" in refused.err
    assert "Lost: 1, won back: 0, older than now: 0." in refused.err
    assert "now: 2 entries, the last of 2024-09-14" in refused.err
    assert texts(ptui) == ["one", "two"]
    done = ptui("restore", "b1", "--yes")
    assert done.code == 0
    assert "before-restore" in done.err
    assert texts(ptui) == ["one"]
    (kept,) = (tmp_path / "before-restore").glob("*.db")
    ptui("restore", str(kept), "--yes")
    assert texts(ptui) == ["one", "two"]
    # What lies in the trash comes back as before.
    ptui("rm", "J2")
    assert ptui("restore", "J2").code == 0
    assert texts(ptui) == ["one", "two"]


def test_restore_answers_programs(ptui: Ptui, tmp_path: Path) -> None:
    ptui("note", "one")
    made = ptui("backup", "--json").json
    assert (made["handle"], made["why"], made["state"]) == ("B1", "asked", "whole")
    assert made["missed"] == []
    (tmp_path / "planner.db").unlink()
    done = ptui("restore", "B1", "--yes", "--json").json
    assert done == {
        "restored": "B1",
        "kept": None,
        "entries": 1,
        "lost": 0,
        "won": 1,
        "older": 0,
        "drafts": 0,
        "encrypted": False,
    }
    assert texts(ptui) == ["one"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("restore", "B7", "--yes"), 3),
        (("restore", "/nowhere/x.db", "--yes"), 3),
        (("restore", "B1", "J1", "--yes"), 2),
        (("backup", "verify", "B7"), 3),
        (("backup", "rm"), 2),
        (("backup", "rm", "--plain", "B1"), 2),
        (("backup", "now"), 2),
        (("backup", "--to", "/nowhere/folder/x.db"), 1),
        (("backup", "--to", "stick"), 3),
    ],
)
def test_what_cannot_be(ptui: Ptui, words: Sequence[str], code: int) -> None:
    ptui("note", "one")
    ran = ptui(*words)
    assert ran.code == code, ran.err
    assert texts(ptui) == ["one"]


@pytest.mark.case(27)
def test_a_damaged_one_is_named_and_an_older_one_offered(
    ptui: Ptui, tmp_path: Path
) -> None:
    ptui("note", "one")
    ptui("backup")
    ptui("backup")
    assert ptui("backup", "verify").code == 0
    assert "fine  2 backups; the newest, B2" in ptui("doctor").out
    path = tmp_path / "backups" / folder(tmp_path)[1]
    raw = bytearray(path.read_bytes())
    raw[50_000] ^= 4
    path.write_bytes(raw)
    assert "B2, is damaged" in ptui("doctor").out
    ran = ptui("backup", "verify")
    assert ran.code == 1
    assert "B2: " in ran.err
    assert "The newest one that is whole: B1" in ran.err
    states = {
        row["handle"]: row["state"] for row in ptui("backup", "ls", "--json").json
    }
    assert states == {"B1": "whole", "B2": "damaged"}
    refused = ptui("restore", "B2", "--yes")
    assert refused.code == 1
    assert "damaged" in refused.err
    assert texts(ptui) == ["one"]
    assert ptui("backup", "rm", "B2").code == 4
    assert ptui("backup", "rm", "B2", "--yes").code == 0
    assert not path.exists()
    assert ptui("backup").out.startswith("B3")


def test_a_damaged_planner_is_brought_back(ptui: Ptui, tmp_path: Path) -> None:
    ptui("note", "one")
    ptui("backup")
    path = tmp_path / "planner.db"
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    damaged = path.read_bytes()
    ran = ptui("restore", "B1", "--yes")
    assert ran.code == 0, ran.err
    assert "cannot be read" in ran.err
    assert texts(ptui) == ["one"]
    (kept,) = (tmp_path / "before-restore").glob("*.db")
    assert kept.read_bytes() == damaged


def test_one_is_made_by_itself_when_it_is_due(
    ptui: Ptui, tmp_path: Path, now: datetime
) -> None:
    ptui("note", "one")
    ptui("ls", env=later(now, hours=19))
    for words in (("doctor",), ("__complete", "zsh", "show", ""), ("notify",)):
        # What only looks, or answers a key, has no time for one.
        ptui(*words, env=later(now, hours=21))
    assert folder(tmp_path) == []
    ran = ptui("ls", env=later(now, hours=21))
    assert (ran.code, ran.err) == (0, "")
    assert folder(tmp_path) == ["planner-000001-20240915T151000.db"]
    ptui("ls", env=later(now, hours=22))
    assert len(folder(tmp_path)) == 1
    assert ptui("backup", "ls", "--json").json[0]["why"] == "due"


def test_a_captured_line_waits_for_none_until_it_is_late(
    ptui: Ptui, tmp_path: Path, now: datetime
) -> None:
    ptui("note", "one")
    ptui("note", "two", env=later(now, hours=71))
    assert folder(tmp_path) == []
    ptui("note", "three", env=later(now, hours=73))
    assert len(folder(tmp_path)) == 1


def test_it_can_be_turned_off_and_copied(
    ptui: Ptui, tmp_path: Path, now: datetime
) -> None:
    config = tmp_path / "config.toml"
    config.write_text("backup_hours = 0\n")
    env = {"PLANNERTUI_CONFIG": str(config)}
    ptui("note", "one")
    ptui("ls", env=env | later(now, hours=1000))
    assert folder(tmp_path) == []
    usb = tmp_path / "usb"
    config.write_text(f'backup_dirs = ["{usb}"]\n')
    ran = ptui("ls", env=env | later(now, hours=30))
    assert ran.code == 0
    assert f"No copy in {usb}: the folder is not there" in ran.err
    assert "is not there" in ptui("doctor", env=env).out
    usb.mkdir()
    assert ptui("backup", env=env).err == ""
    assert [p.name for p in usb.iterdir()] == folder(tmp_path)[1:]
    assert f"Copies of backups go to {usb}" in ptui("doctor", env=env).out


@pytest.mark.case(29)
def test_one_that_fails_is_told_and_changes_nothing_else(
    ptui: Ptui, tmp_path: Path, now: datetime
) -> None:
    ptui("note", "one")
    (tmp_path / "backups").write_text("in the way")
    ran = ptui("ls", env=later(now, hours=30))
    assert ran.code == 0
    assert "one" in ran.out
    assert "No backup was made" in ran.err
    # Not again at once.
    assert ptui("ls", env=later(now, hours=30.5)).err == ""
    assert "No backup" in ptui("ls", env=later(now, hours=32)).err
    assert ptui("backup").code != 0


def test_an_import_begins_with_one(ptui: Ptui, tmp_path: Path) -> None:
    ptui("note", "one")
    (tmp_path / "todo.txt").write_text("(A) call them back\n")
    ptui("import", "--from", "todotxt", "todo.txt", "--dry-run")
    assert folder(tmp_path) == []
    assert ptui("import", "--from", "todotxt", "todo.txt").code == 0
    (made,) = ptui("backup", "ls", "--json").json
    assert (made["why"], made["entries"]) == ("import", 1)
    ptui("restore", "B1", "--yes")
    assert texts(ptui) == ["one"]
    # And it does not begin without.
    ptui("note", "two")
    shutil.rmtree(tmp_path / "backups")
    (tmp_path / "backups").write_text("in the way")
    assert ptui("import", "--from", "todotxt", "todo.txt").code != 0
    assert ptui("matters", "--json").json == []


def test_a_copy_elsewhere(ptui: Ptui, tmp_path: Path) -> None:
    ptui("note", "one")
    ran = ptui("backup", "--to", "copy.db")
    assert ran.code == 0
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert folder(tmp_path) == []
    again = ptui("backup", "--to", "copy.db")
    assert again.code == 4
    assert "there already" in again.err


# -- with a passphrase -----------------------------------------------------------------


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A planner with "one", plain B1, passphrase "old horse", B2, then "new horse"."""
    made = tmp_path_factory.mktemp("sealed")
    path = str(made / "planner.db")
    db = open_store(path, now=NOW)
    entries.add(db, text="one", day=NOW.date(), now=NOW)
    backups.make(db, NOW, "asked")
    db.close()
    old = derive("old horse", new_salt())
    rewriting.convert(path, None, old)
    db = open_store(path, now=NOW, key=old)
    backups.make(db, NOW, "key")
    db.close()
    rewriting.convert(path, old, derive("new horse", new_salt()))
    return made


@pytest.fixture
def sealed(once: Path, tmp_path: Path) -> str:
    """A planner of one's own like that."""
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    return str(tmp_path / "planner.db")


def test_a_backup_of_an_older_passphrase(ptui: Ptui, sealed: str) -> None:
    fd = ("--passphrase-fd", "0", "--yes")
    assert ptui("restore", "B2", "--yes").code == 5
    wrong = ptui("restore", "B2", *fd, input="new horse\nno horse\n", process=True)
    assert wrong.code == 5
    done = ptui("restore", "B2", *fd, input="new horse\nold horse\n", process=True)
    assert done.code == 0, done.err
    # The planner has the passphrase of today.
    ran = ptui("ls", "--passphrase-fd", "0", input="new horse\n", process=True)
    assert "one" in ran.out, ran.err


def test_when_the_passphrase_is_forgotten(ptui: Ptui, sealed: str) -> None:
    ran = ptui("restore", "B2", "--yes")
    assert "--forgotten" in ran.err
    fd = ("--passphrase-fd", "0")
    words = ("restore", "B2", "--forgotten", "--yes", *fd)
    done = ptui(*words, input="old horse\n", process=True)
    assert done.code == 0, done.err
    ran = ptui("ls", *fd, input="old horse\n", process=True)
    assert "one" in ran.out, ran.err


def test_copies_from_before_the_passphrase(
    ptui: Ptui, sealed: str, tmp_path: Path
) -> None:
    assert "older copy is not encrypted" in ptui("doctor").out
    ran = ptui("backup", "verify")
    assert ran.code == 0
    assert "only the bytes are compared" in ran.err
    assert ptui("backup", "rm", "--plain", "--yes").code == 0
    assert [row["handle"] for row in ptui("backup", "ls", "--json").json] == ["B2"]
    assert "not encrypted" not in ptui("doctor").out
    assert "encrypted" in ptui("backup", "rm", "--plain").err


def test_on_a_terminal_it_asks(terminal: OnTerminal, ptui: Ptui) -> None:
    ptui("note", "one")
    ptui("backup")
    ptui("note", "two")
    shown = terminal("restore", "B1", keys="n\n", after="[y/N] ")
    assert "Lost: 1" in shown.text
    assert shown.code == 4
    assert texts(ptui) == ["one", "two"]
    assert terminal("restore", "B1", keys="y\n", after="[y/N] ").code == 0
    assert texts(ptui) == ["one"]
