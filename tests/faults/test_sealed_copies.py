"""A passphrase from the shell, cut off and looked through: copies, arguments, memory's edge."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import PlannerError
from plannertui.store import backups, copying, keeper, resealing, sealing
from plannertui.store.open import open_store
from tests.faults.deeds import KEYS, NOW
from tests.faults.nest import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.harness import Strength, Tally
    from tests.faults.nest import Mode, Nest

ROOT = Path(__file__).parent.parent.parent
WORDS = "quiet-zephyrquartz-river"
CANARY = "quetzalcanary"


def everything(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


@pytest.mark.case(4)
@pytest.mark.parametrize(
    "mode", ["kill", pytest.param("full", marks=pytest.mark.slow_fault)]
)
def test_sealing_the_older_copies_is_cut_off_at_any_call(
    faulty: Nest,
    begun: Callable[..., Path],
    tmp_path: Path,
    mode: Mode,
    strength: Strength,
    tally: Tally,
) -> None:
    """Each copy is there, plain or sealed, and whole; asked again, all of them are sealed."""
    store = begun(size=3)
    stick = tmp_path / "store" / "stick"
    stick.mkdir()
    db = open_store(str(store), now=NOW)
    for _time in range(2):
        backups.spread(db, backups.make(db, NOW, "asked"), [str(stick)])
    db.close()
    key = KEYS["one"]
    assert key is not None
    sealing.seal_with(str(store), None, key)
    tried = tmp_path / "tried"

    def fresh() -> Path:
        shutil.rmtree(tried, ignore_errors=True)
        shutil.copytree(store.parent, tried)
        return tried / store.name

    about = {"folder": str(tried / "stick")}
    path = fresh()
    copies = [
        Path(each) for each in resealing.plain(str(path), [str(tried / "stick")]).copies
    ]
    assert len(copies) == 4
    whole = [copying.check(str(each), None) for each in copies]
    ended = faulty.run("reseal", path, fault=Fault("fail", 10**9), **about)
    assert (ended.status, ended.said) == (0, [[4, []]]), ended
    chance = random.Random(0)
    count = min(strength(8, 20), ended.calls)
    for number in sorted(chance.sample(range(1, ended.calls + 1), count)):
        path = fresh()
        faulty.run(
            "reseal", path, fault=Fault(mode, number, again=mode == "full"), **about
        )
        tally.tried()
        for each, seen in zip(copies, whole, strict=True):
            try:
                sealed = copying.is_sealed(str(each))
                found = copying.check(str(each), key if sealed else None)
            except (OSError, PlannerError) as error:
                tally.loses(f"at {number}: {each.name}: {error}")
                continue
            if found != seen:
                tally.loses(f"at {number}: {each.name} is another one")
        _done, left = resealing.reseal(str(path), key, [about["folder"]])
        for kind in (left, *resealing.plain(str(path), [about["folder"]])):
            tally.loses(*kind)
        for backup in backups.ls(str(path)):
            if backups.verify(str(path), backup, key, NOW).state != "whole":
                tally.loses(f"at {number}: {backup.handle} is not whole")
        rest = [p.name for p in tried.rglob("*.part*")]
        tally.loses(*(f"at {number}: {name}" for name in rest))


@pytest.mark.case(58, 60)
def test_nothing_of_it_is_anywhere_else(tmp_path: Path, tally: Tally) -> None:
    """The passphrase, the key and the text: not in files, arguments, surroundings, output."""
    home, temporary, run = (tmp_path / name for name in ("home", "t", "r"))
    for folder in (home, temporary, run):
        folder.mkdir(mode=0o700)
    path = home / "data" / "planner.db"
    env = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "TMPDIR": str(temporary),
        "XDG_RUNTIME_DIR": str(run),
        "PLANNERTUI_DB": str(path),
    }
    said = b""
    seen: list[bytes] = []

    def ptui(*words: str, given: str = "", show: bool = False) -> bytes:
        nonlocal said
        process = subprocess.Popen(
            [sys.executable, "-m", "plannertui", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
            cwd=home,
            start_new_session=True,
        )
        for name in ("cmdline", "environ"):
            seen.append(Path(f"/proc/{process.pid}/{name}").read_bytes())
        out, err = process.communicate(given.encode())
        assert process.returncode == 0, err
        said += err if show else out + err
        tally.tried()
        return out

    fd = ("--passphrase-fd", "0")
    ptui("note", "-", given=CANARY)
    ptui("export", "--json", "--quiet", show=True)
    code = ptui("lock", "set", "--yes", *fd, given=WORDS, show=True).strip().decode()
    ptui("unlock", "--for", "15m", *fd, given=WORDS)
    key = keeper.fetch(str(path), env)
    assert key is not None
    assert key.code == code
    try:
        assert CANARY.encode() in ptui("ls", show=True)
        ptui("note", "-", given=f"{CANARY} again")
        ptui("doctor")
        for each in Path("/proc").glob("[0-9]*"):
            try:
                if b"holding.py" in each.joinpath("cmdline").read_bytes():
                    seen.append(each.joinpath("environ").read_bytes())
            except OSError:
                continue
    finally:
        ptui("lock")
    ptui("note", "-", given=f"{CANARY} while locked")
    ptui("lock", "change", "--yes", *fd, given=f"{WORDS}\n{WORDS}2\n", show=True)
    secrets = [CANARY, WORDS, code, code.replace("-", ""), key.raw.hex()]
    places = {
        "files": everything(tmp_path),
        "output": said,
        "processes": b"".join(seen),
    }
    for where, data in places.items():
        for secret in (*(each.encode() for each in secrets), key.raw):
            if secret in data:
                tally.loses(f"{where}: {secret[:4]!r}")
    assert sealing.is_sealed(str(path))
