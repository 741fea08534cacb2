"""A disk that is really full: a file system of 3 MB, and files that may not grow."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from plannertui.store import backups
from plannertui.store.open import open_store
from tests.faults import deeds, whole
from tests.faults.deeds import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Ptui
    from tests.faults.harness import Strength, Tally
    from tests.faults.nest import Nest

PAGE = 4096
WORDS = "words that took an hour " * 400


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    if os.geteuid():
        pytest.skip("only root mounts a disk of 3 MB (tmpfs)")
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mount is refused: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def fill(folder: Path, left: int) -> Path:
    """Take all room but ``left`` bytes."""
    ballast = folder / "ballast"
    ballast.unlink(missing_ok=True)
    status = os.statvfs(folder)
    size = status.f_bavail * status.f_frsize - left
    with ballast.open("wb") as file:
        file.write(bytes(max(0, size)))
    return ballast


@pytest.mark.case(5)
def test_a_full_disk_gives_the_text_back_and_goes_on_once_there_is_room(
    small: Path, ptui: Ptui, strength: Strength, tally: Tally
) -> None:
    """With no page left, with one, with two, … until it gets through."""
    path = small / "planner.db"
    deeds.begin(str(path), lambda said: None)
    env = {"PLANNERTUI_DB": str(path)}
    kept, pages, step = 0, 0, strength(12, 1)
    while True:
        ballast = fill(small, pages * PAGE)
        tally.tried()
        ran = ptui("note", "--json", input=WORDS, env=env)
        ballast.unlink()
        if ran.code == 0:
            kept += 1
        elif ran.error["code"] != "disk_full" or ran.error["text"] != WORDS:
            tally.loses(f"{pages} pages: {ran}")
        tally.loses(*whole.unsound(path))
        if ran.code == 0:
            break
        # There is room again: nothing has to be done but to write it.
        assert ptui("note", input=WORDS, env=env).code == 0
        kept += 1
        pages += step
    assert pages > 0, "the disk was never full"
    listed = ptui("ls", "--kind", "note", "--all", "--json", env=env).json
    assert len(listed) == kept


@pytest.mark.case(6)
@pytest.mark.parametrize("form", ["json", "markdown", "ics"])
def test_no_room_for_an_export_leaves_no_file(
    small: Path, ptui: Ptui, form: str, strength: Strength, tally: Tally
) -> None:
    for number in range(12):
        ptui("add", f"> promise {number} {'long ' * 40} ^fri")
    target = small / f"out.{form}"
    verb = ["export", "--json"] if form == "json" else ["export", "--to", form]
    for left in range(strength(1, 3)):
        ballast = fill(small, left * 64)
        tally.tried()
        ran = ptui(*verb, str(target))
        assert ran.code == 1, ran
        assert "room" in ran.err
        tally.loses(*(one.name for one in small.iterdir() if one != ballast))
        ballast.unlink()
        target.write_text("an earlier one")
        fill(small, left * 64)
        ran = ptui(*verb, str(target), "--force")
        assert ran.code == 1, ran
        if target.read_text() != "an earlier one":
            tally.loses("the earlier export")
        target.unlink()
    (small / "ballast").unlink()
    assert ptui(*verb, str(target)).code == 0
    assert "promise 11" in target.read_text("utf-8")


@pytest.mark.case(6)
def test_no_room_for_a_backup_leaves_no_file_and_says_so(
    small: Path, ptui: Ptui, strength: Strength, tally: Tally
) -> None:
    path = small / "planner.db"
    deeds.begin(str(path), lambda said: None, size=3)
    env = {"PLANNERTUI_DB": str(path)}
    assert ptui("backup", env=env).code == 0
    (first,) = backups.ls(str(path))
    for pages in range(0, 100, strength(50, 5)):
        fill(small, pages * PAGE)
        tally.tried()
        ran = ptui("backup", env=env)
        if ran.code == 0:
            tally.loses(f"{pages} pages: {ran}")
        names = [one.name for one in (small / "backups").iterdir()]
        tally.loses(*(name for name in names if name.endswith(".part")))
        assert [one.path for one in backups.ls(str(path))] == [first.path]
    (small / "ballast").unlink()
    assert ptui("backup", env=env).code == 0
    tally.loses(*whole.unsound(path))


@pytest.mark.case(5, 7)
def test_no_file_may_grow_beyond_a_size(
    nest: Nest, tmp_path: Path, strength: Strength, tally: Tally
) -> None:
    """RLIMIT_FSIZE in steps of pages, until it gets through; no signal ends the process."""
    path = tmp_path / "store" / "planner.db"
    path.parent.mkdir()
    deeds.begin(str(path), lambda said: None, size=2)
    base, size, step = whole.state(path), 0, strength(16, 2) * PAGE
    while True:
        tally.tried()
        ended = nest.run("act", path, size=size, action="long")
        if ended.status == 0:
            break
        if ended.status != 1 or ended.error != "DiskFull":
            tally.loses(f"{size}: {ended}")
        if whole.state(path) != base:
            tally.loses(f"{size}: changed by half")
        tally.loses(*whole.unsound(path))
        size += step
    assert size > 0
    db = open_store(str(path), now=NOW)
    assert db.one("SELECT count(*) FROM tag WHERE name = 'long'") == (1,)
    db.close()
