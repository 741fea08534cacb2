"""Where nothing can be written, and where a file system is no place for a write-ahead log."""

from __future__ import annotations

import hashlib
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from plannertui.store import entries, place
from plannertui.store.doctor import examine
from plannertui.store.open import open_store
from tests.faults import deeds
from tests.faults.deeds import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Ptui
    from tests.faults.harness import Tally

NOBODY = 65534


@pytest.fixture
def fixed(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A store that can only be read: by its mount, its folder's mode, or its own."""
    folder, kind = tmp_path / "fixed", request.param
    folder.mkdir()
    path = folder / "planner.db"
    deeds.begin(str(path), lambda said: None, size=3)
    if kind == "mount":
        if os.geteuid():
            pytest.skip("only root mounts (a file system that is read-only)")
        for words in (["--bind", str(folder)], ["-o", "remount,ro,bind"]):
            command = ["mount", *words, str(folder)]
            done = subprocess.run(command, capture_output=True, check=False, text=True)
            if done.returncode:
                pytest.skip(f"mount is refused: {done.stderr.strip()}")
        yield path
        subprocess.run(["umount", str(folder)], check=True)
        return
    if not os.geteuid():
        pytest.skip("modes mean nothing to root; the read-only mount is tried")
    (folder if kind == "folder" else path).chmod(0o500 if kind == "folder" else 0o400)
    yield path
    folder.chmod(0o700)


@pytest.mark.case(8)
@pytest.mark.parametrize("fixed", ["mount", "folder", "file"], indirect=True)
def test_what_can_only_be_read_is_read_and_said_so(
    fixed: Path, ptui: Ptui, tally: Tally
) -> None:
    def bytes_of() -> dict[str, bytes]:
        return {
            one.name: hashlib.sha256(one.read_bytes()).digest()
            for one in fixed.parent.iterdir()
        }

    before = bytes_of()
    env = {"PLANNERTUI_DB": str(fixed)}
    for verb in (
        ["ls", "--all"],
        ["search", "closed"],
        ["show", "J1"],
        ["export", "--json"],
    ):
        tally.tried()
        ran = ptui(*verb, env=env)
        if ran.code or "row" not in ran.out:
            tally.loses(f"{verb}: {ran}")
    for verb in (["note"], ["add"], ["edit", "J1", "--text", "-"]):
        tally.tried()
        ran = ptui(*verb, "--json", input="words that took an hour", env=env)
        if ran.error["code"] != "read_only":
            tally.loses(f"{verb}: {ran}")
        if ran.error.get("text") != "words that took an hour":
            tally.loses(f"{verb}: {ran}")
    db = open_store(str(fixed), now=NOW)
    assert db.readonly
    assert "can only be read" in db.notice
    db.close()
    assert ptui("doctor", env=env).code in (0, 1)
    assert bytes_of() == before


@pytest.mark.case(23)
def test_a_store_on_a_network_drive_has_no_log_that_needs_shared_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ptui: Ptui, tally: Tally
) -> None:
    for kind in sorted(place.NETWORK):
        folder = tmp_path / kind
        folder.mkdir()
        path = folder / "planner.db"
        monkeypatch.setattr(place, "file_system", lambda folder, kind=kind: kind)
        db = open_store(str(path), now=NOW)
        for number in range(3):
            entries.add(db, text=f"row {number}", day=NOW.date(), now=NOW)
            tally.tried()
            names = {one.name for one in folder.iterdir()}
            tally.loses(*(name for name in names if name.endswith(("-wal", "-shm"))))
        db.close()
        codes = {one.code for one in examine(str(path)) if one.level == "wrong"}
        if codes != {"network"}:
            tally.loses(f"{kind}: {codes}")
