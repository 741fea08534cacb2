"""Cases 56 and 57: whose eyes files are for, and where they may not be put."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Ptui
    from tests.faults.harness import Tally


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """A umask that takes nothing away."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode)
        for path in folder.rglob("*")
    }


@pytest.mark.case(56)
@pytest.mark.usefixtures("open_to_all")
def test_everything_the_program_makes_is_its_owners(
    ptui: Ptui, tmp_path: Path, tally: Tally
) -> None:
    """Store, log, settings, exports, reports, templates, mirrors, backups."""
    made = tmp_path / "made"
    env = {
        "PLANNERTUI_DB": str(made / "data" / "planner.db"),
        "PLANNERTUI_CONFIG": str(made / "config" / "config.toml"),
    }
    out = made / "out"
    for words in (
        ("leader", "add", "Director"),
        ("note", "one"),
        ("ready", "J1"),
        ("year", "set", "--calendar", "CN"),
        ("report", "template", "copy"),
        ("backup",),
        ("export", "--json", str(out / "all.json")),
        ("export", "--to", "markdown", str(out / "all.md")),
        ("report", "weekly", "--to", str(out / "week.md")),
        ("report", "weekly", "--to", str(out / "week.html")),
    ):
        if words[0] == "export" and not out.exists():
            out.mkdir(mode=0o700)
        ran = ptui(*words, env=env)
        assert ran.code in (0, 2), (words, ran.err)
        tally.tried(ran.code == 0)
    found = modes(made)
    assert {"data/planner.db", "config/config.toml", "out/all.json"} <= set(found)
    assert "out/week.html" in found
    tally.loses(
        *(f"{name} {oct(mode)}" for name, mode in found.items() if mode & 0o077)
    )


# -- where nothing is put ------------------------------------------------------------------


def in_the_way(folder: Path, kind: str, ending: str) -> Path:
    """Something that is no place for a new file."""
    path = folder / f"target{ending}"
    if kind == "file":
        path.write_text("what was there")
    elif kind == "symlink":
        (folder / "elsewhere").write_text("what was there")
        path.symlink_to(folder / "elsewhere")
    elif kind == "dangling":
        path.symlink_to(folder / "nowhere")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        try:
            os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        except PermissionError:
            pytest.skip("only root makes devices")
    return path


WRITERS = (
    (("export", "--json"), ".json", "--force"),
    (("export", "--to", "markdown"), ".md", "--force"),
    (("export", "--to", "ics"), ".ics", "--force"),
    (("report", "weekly", "--to"), ".md", "--yes"),
    (("report", "weekly", "--to"), ".html", "--yes"),
)


@pytest.mark.case(57)
@pytest.mark.parametrize(
    "kind", ["file", "symlink", "dangling", "pipe", "folder", "device"]
)
def test_what_lies_in_the_way_stays(
    ptui: Ptui, tmp_path: Path, tally: Tally, kind: str
) -> None:
    """Refused with words; with force an ordinary file alone is replaced."""
    assert ptui("note", "a day").code == 0
    assert ptui("ready", "J1").code == 0
    for number, (words, ending, force) in enumerate(WRITERS):
        for forced in (False, True):
            if (forced and kind == "file") or (kind == "folder" and "--to" in words):
                # An ordinary file is replaced; a folder may be kept in step with.
                continue
            folder = tmp_path / f"{number}-{forced}"
            folder.mkdir()
            path = in_the_way(folder, kind, ending)
            before = modes(folder)
            ran = ptui(*words, str(path), *((force,) if forced else ()))
            tally.tried()
            assert ran.code in (2, 4), (words, ran.code, ran.err)
            assert ran.err.strip(), words
            assert "fault of the program" not in ran.err
            if modes(folder) != before:
                tally.loses(f"{words} {kind}: {modes(folder)}")
            if kind in ("file", "symlink") and path.read_text() != "what was there":
                tally.loses(f"{words}: {kind} was written over")


@pytest.mark.case(57)
def test_a_folder_that_everybody_writes_to_is_no_place(
    ptui: Ptui, tmp_path: Path, tally: Tally
) -> None:
    """Somebody could put a link in the way between the look and the writing."""
    assert ptui("note", "a day").code == 0
    assert ptui("ready", "J1").code == 0
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    for words, ending, force in WRITERS:
        for more in ((), (force,)):
            ran = ptui(*words, str(shared / f"target{ending}"), *more)
            tally.tried()
            assert ran.code == 4, (words, ran.err)
            assert "Everybody may write" in ran.err
    assert list(shared.iterdir()) == []
    # With the sticky bit, as /tmp has it, nobody takes another's file away.
    shared.chmod(0o1777)
    shared = shared.resolve()
    for words, ending, _force in WRITERS:
        path = shared / f"{words[0]}-{words[-2]}{ending}"
        ran = ptui(*words, str(path))
        assert ran.code == 0, (words, ran.err)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
