"""Backups: whole or not there, whatever writes, fills up or ends in between."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest

from plannertui.core.errors import (
    BadBackup,
    DiskFull,
    Locked,
    NotFound,
    Refused,
    StoreError,
)
from plannertui.store import (
    backups,
    copying,
    entries,
    rewriting,
    sealing,
    search,
    shelf,
    tended,
)
from plannertui.store.key import Key
from plannertui.store.open import Store, connect, open_store
from plannertui.store.shelf import Backup

ROOT = Path(__file__).parent.parent.parent
HOUR = timedelta(hours=1)
KEY = Key(b"1" * 32, b"\xf0salt of one key")

# Ends like kill -9 before the n-th step, or says how many steps there were.
AT_STEP = """
import os, signal, sys
from datetime import datetime
from plannertui.store import backups, copying
from plannertui.store.open import open_store
left = int(sys.argv[2])
def step(name):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
copying.step = step
now = datetime.fromisoformat(sys.argv[3])
db = open_store(sys.argv[1], now=now)
made = backups.make(db, now, "asked")
backups.spread(db, made, sys.argv[4:])
db.close()
"""


def note(db: Store, text: str, now: datetime) -> None:
    entries.add(db, text=text, day=now.date(), now=now)


def texts(path: str) -> list[str]:
    conn = connect(path, readonly=True)
    found = [row[0] for row in conn.execute("SELECT text FROM entry ORDER BY id")]
    conn.close()
    return found


def parts(path: str) -> list[str]:
    return [n for n in os.listdir(shelf.folder(path)) if n.endswith(copying.PART)]


def test_what_a_backup_is(store: Store, now: datetime) -> None:
    note(store, "窗口很安静 all day", now)
    made = backups.make(store, now, "asked")
    assert Path(made.path).name == "planner-000001-20240914T181000.db"
    assert (made.handle, made.why, made.entries) == ("B1", "asked", 1)
    assert (made.last, made.state, made.sealed) == ("2024-09-14", "whole", False)
    assert backups.ls(store.path) == [made]
    assert backups.find(store.path, "b01") == made
    copy = open_store(made.path, now=now)
    assert [hit.item.handle for hit in search.search(copy, "窗口")] == ["J1"]
    copy.close()
    for missing in ("B2", "B", "J1", "B0"):
        with pytest.raises(NotFound):
            backups.find(store.path, missing)


@pytest.mark.case(56)
def test_only_its_owner_can_read_it_whatever_the_umask(
    tmp_path: Path, now: datetime
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    before = os.umask(0)
    try:
        db = open_store(str(tmp_path / "planner.db"), now=now)
        backups.spread(db, backups.make(db, now, "asked"), [str(usb)])
        backups.copy_to(db, str(usb / "copy.db"), now)
        db.close()
    finally:
        os.umask(before)
    folder = tmp_path / "backups"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    made = [*folder.iterdir(), *usb.iterdir()]
    assert len(made) == 5
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}


def test_a_number_is_never_used_again(store: Store, now: datetime) -> None:
    for _ in range(3):
        made = backups.make(store, now, "asked")
    assert made.handle == "B3"
    for path in Path(shelf.folder(store.path)).iterdir():
        path.unlink()
    assert backups.make(store, now, "asked").handle == "B4"
    # A store that was put back knows less than the files do.
    store.set_meta(tended.NUMBER, "1")
    assert backups.make(store, now, "asked").handle == "B5"


@pytest.mark.case(26)
def test_while_others_write(store: Store, now: datetime) -> None:
    stop = Event()
    wrote: list[str] = []

    def write() -> None:
        db = open_store(store.path, now=now)
        while not stop.is_set():
            note(db, f"line {len(wrote)}", now)
            wrote.append(f"line {len(wrote)}")
        db.close()

    writer = Thread(target=write)
    writer.start()
    try:
        while len(wrote) < 5:
            sleep(0.01)
        for _ in range(3):
            sure = len(wrote)
            made = backups.make(store, now, "asked")
            found = texts(made.path)
            assert found[:sure] == wrote[:sure]
            assert found == [f"line {number}" for number in range(len(found))]
            assert backups.verify(store.path, made, None, now).state == "whole"
    finally:
        stop.set()
        writer.join()


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.case(27)
def test_a_flipped_bit_is_named(store: Store, now: datetime, sealed: bool) -> None:
    key = None
    note(store, "one", now)
    if sealed:
        store.close()
        key = KEY
        rewriting.convert(store.path, None, key)
        store = open_store(store.path, now=now, key=key)
    older = backups.make(store, now, "asked")
    made = backups.make(store, now, "asked")
    with open(made.path, "r+b") as file:
        file.seek(40_000)
        byte = file.read(1)[0]
        file.seek(40_000)
        file.write(bytes([byte ^ 1]))
    found = backups.verify(store.path, made, key, now)
    assert (found.state, backups.find(store.path, "B2").state) == ("damaged",) * 2
    assert "page" in found.reason or "bytes" in found.reason
    # Without a key the bytes alone tell.
    assert backups.verify(store.path, made, None, now).state == "damaged"
    assert backups.verify(store.path, older, key, now).state == "whole"
    store.close()


def test_a_backup_of_an_older_passphrase(store: Store, now: datetime) -> None:
    store.close()
    key, other = KEY, Key(b"2" * 32, b"\xf1salt of another")
    rewriting.convert(store.path, None, key)
    db = open_store(store.path, now=now, key=key)
    made = backups.make(db, now, "key")
    db.close()
    assert made.sealed
    rewriting.convert(store.path, key, other)
    assert sealing.opens(made.path, key)
    assert not sealing.opens(made.path, other)
    assert backups.verify(store.path, made, other, now).state == "whole"
    # When the list is lost, only the key of its time can tell.
    os.unlink(os.path.join(shelf.folder(store.path), "planner.list"))
    (found,) = backups.ls(store.path)
    assert (found.state, found.why, found.entries) == ("unknown", "", -1)
    with pytest.raises(Locked, match="B1"):
        backups.verify(store.path, found, None, now)
    with pytest.raises(Locked, match="B1"):
        backups.verify(store.path, found, other, now)
    assert backups.verify(store.path, found, key, now).state == "whole"


@pytest.mark.case(4)
def test_killed_at_every_step(tmp_path: Path, now: datetime) -> None:
    path, usb = str(tmp_path / "planner.db"), tmp_path / "usb"
    usb.mkdir()
    db = open_store(path, now=now)
    note(db, "one", now)
    db.close()
    steps = 0
    while True:
        steps += 1
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                AT_STEP,
                path,
                str(steps),
                now.isoformat(),
                str(usb),
            ],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        for made in (*shelf.ls(path), *usb.glob("*.db")):
            copying.check(str(getattr(made, "path", made)), None)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert steps > 6
    assert texts(path) == ["one"]
    assert not parts(path)
    numbers = [made.number for made in shelf.ls(path)]
    assert numbers == sorted(set(numbers), reverse=True)
    assert numbers[0] == steps


@pytest.mark.case(6)
def test_no_room_leaves_no_file(store: Store, now: datetime) -> None:
    note(store, "x" * 100_000, now)
    for free in (1 << 16, 1 << 18):
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (free, hard))
        try:
            with pytest.raises(StoreError, match="Free some space"):
                backups.make(store, now, "asked")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert backups.ls(store.path) == []
    assert not parts(store.path)
    store.set_meta(tended.FAILED, "room")
    assert tended.warning(store, now, 20) == (
        "backup failed: no room",
        "backup failed",
    )
    backups.make(store, now, "asked")
    assert tended.warning(store, now, 20) is None


def test_no_room_is_seen_before_it_is_filled(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        f_bavail, f_frsize = 10, 4096

    monkeypatch.setattr(os, "statvfs", lambda _path: Full)
    with pytest.raises(DiskFull):
        backups.make(store, now, "asked")
    assert store.meta(tended.FAILED) == "room"
    assert not parts(store.path)


@pytest.mark.case(29)
@pytest.mark.parametrize("kind", ["link", "file", "unwritable"])
def test_a_folder_that_takes_nothing(
    store: Store, now: datetime, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "backups"
    if kind == "link":
        (tmp_path / "elsewhere").mkdir()
        folder.symlink_to(tmp_path / "elsewhere")
    elif kind == "file":
        folder.touch()
    else:
        folder.symlink_to("/proc/self/nowhere")
    with pytest.raises((Refused, StoreError), match="backups"):
        backups.make(store, now, "due")
    assert tended.warning(store, now, 20) == (
        "backup failed: its folder cannot be written",
        "backup failed",
    )
    assert not (tmp_path / "elsewhere").exists() or not list(
        (tmp_path / "elsewhere").iterdir()
    )
    # It is not tried again at once, but it is in an hour.
    assert not backups.due(store, now + 30 * timedelta(minutes=1), 1)
    assert backups.due(store, now + 21 * HOUR, 20)


@pytest.mark.case(57)
def test_what_lies_in_the_way_is_not_followed(
    store: Store, now: datetime, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    backups.make(store, now, "asked")
    folder = Path(shelf.folder(store.path))
    (folder / "planner-000002-20240914T181000.db.part").symlink_to(victim)
    (folder / "planner-000009-20240914T181000.db").symlink_to(victim)
    (folder / "planner.list").unlink()
    (folder / "planner.list").symlink_to(victim)
    made = backups.make(store, now, "asked")
    assert made.handle == "B10"
    assert victim.read_text() == "mine"
    assert [each.number for each in backups.ls(store.path)] == [10, 1]
    for name in ("link.db", "there.db"):
        (tmp_path / name).symlink_to(victim)
        with pytest.raises(Refused):
            backups.copy_to(store, str(tmp_path / name), now)
    os.mkfifo(tmp_path / "pipe.db")
    with pytest.raises(Refused):
        backups.copy_to(store, str(tmp_path / "pipe.db"), now)
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(Refused, match="Anybody"):
        backups.copy_to(store, str(tmp_path / "open" / "x.db"), now)
    assert victim.read_text() == "mine"


def test_a_copy_that_is_not_whole_gets_no_name(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(store, "one", now)

    def spoil(name: str) -> None:
        if name == "check":
            (part,) = parts(store.path)
            with open(os.path.join(shelf.folder(store.path), part), "r+b") as file:
                file.seek(8192)
                file.write(b"\xff" * 4096)

    monkeypatch.setattr(copying, "step", spoil)
    with pytest.raises(BadBackup):
        backups.make(store, now, "asked")
    assert backups.ls(store.path) == []
    assert not parts(store.path)
    assert tended.warning(store, now, 20) == (
        "backup failed: the copy was not whole",
        "backup failed",
    )


# -- which ones stay -------------------------------------------------------------------


def fake(number: int, at: datetime, state: shelf.State = "whole") -> Backup:
    return Backup(number, f"/x/{number}", at.isoformat(), 1, False, state=state)


def rotated(moments: list[datetime]) -> list[Backup]:
    """What is left when a backup was made at each of ``moments``."""
    left: list[Backup] = []
    for number, at in enumerate(moments, 1):
        left.insert(0, fake(number, at))
        stays = backups.kept(left)
        left = [each for each in left if each.number in stays]
    return left


def test_three_years_at_four_a_day() -> None:
    start = datetime(2021, 9, 14)
    moments = [start + number * 6 * HOUR for number in range(3 * 365 * 4)]
    left = rotated(moments)
    assert 36 <= len(left) <= 42
    assert [each.number for each in left[:10]] == [*range(4380, 4370, -1)]
    days = {each.moment.date() for each in left}
    assert {moments[-1].date() - timedelta(days=n) for n in range(14)} <= days
    assert {each.moment.year for each in left} == {2021, 2022, 2023, 2024}


@pytest.mark.case(28)
def test_a_clock_that_goes_back_two_years_deletes_nothing_new() -> None:
    start = datetime(2024, 8, 1)
    moments = [start + number * 6 * HOUR for number in range(160)]
    moments += [start - timedelta(days=730) + number * HOUR for number in range(12)]
    left = [each.number for each in rotated(moments)]
    assert left[:10] == [*range(172, 162, -1)]
    # The work of the last days by the right clock is still there, too.
    assert 160 in left


def test_what_came_before_a_backup_that_is_not_whole_stays() -> None:
    start = datetime(2024, 9, 1)
    found = [fake(number, start) for number in range(40, 0, -1)]
    assert 12 not in backups.kept(found)
    found[40 - 13] = fake(13, start, "unknown")
    assert 12 in backups.kept(found)
    found[40 - 12] = fake(12, start, "damaged")
    assert {11, 12} <= backups.kept(found)
    # Damaged ones take no place from those that are whole.
    found = [fake(n, start, "damaged" if n > 25 else "whole") for n in range(40, 0, -1)]
    assert set(range(16, 26)) <= backups.kept(found)


def test_rotation_deletes_nothing_else(store: Store, now: datetime) -> None:
    folder = Path(shelf.folder(store.path))
    made = backups.make(store, now, "asked")
    for number in range(2, 31):
        name = shelf.name(store.path, number, now)
        os.link(made.path, folder / name)
        shelf.record(store.path, {name: {"state": "whole"}})
    (folder / "planner-000003-20240914T181000.db.bak").touch()
    (folder / "notes.txt").touch()
    (folder / "other-000001-20240914T181000.db").touch()
    gone = backups.rotate(store.path)
    assert len(gone) == 20
    assert [each.number for each in backups.ls(store.path)] == [*range(30, 20, -1)]
    left = {path.name for path in folder.iterdir()}
    assert {"notes.txt", "planner-000003-20240914T181000.db.bak"} <= left
    assert "other-000001-20240914T181000.db" in left


# -- by itself, and elsewhere ----------------------------------------------------------


def test_when_one_is_due(store: Store, now: datetime) -> None:
    assert not backups.due(store, now, 20)
    assert not backups.due(store, now + 19 * HOUR, 20)
    assert backups.due(store, now + 20 * HOUR, 20)
    assert not backups.due(store, now + 2000 * HOUR, 0)
    later = now + 20 * HOUR
    made = backups.tend(store, later, 20, [])
    assert made is not None
    assert made.why == "due"
    assert backups.tend(store, later + HOUR, 20, []) is None
    # A clock that was two years ahead does not hold it up for two years.
    assert backups.due(store, later - timedelta(days=730), 20)
    # A store from before there were backups has none: at once.
    store.conn.execute("DELETE FROM meta WHERE key = ?", (tended.AT,))
    assert backups.due(store, now, 20)


def test_none_for_long_is_told(store: Store, now: datetime) -> None:
    assert tended.warning(store, now + 71 * HOUR, 20) is None
    assert tended.warning(store, now + 100 * HOUR, 20) == (
        "no backup for 4 days",
        "no backup",
    )
    assert tended.warning(store, now + 100 * HOUR, 0) is None
    assert tended.warning(store, now + 100 * HOUR, 200) is None


def test_copies_elsewhere(store: Store, now: datetime, tmp_path: Path) -> None:
    usb, gone = tmp_path / "usb", tmp_path / "gone"
    usb.mkdir()
    made = backups.make(store, now, "due")
    missed = backups.spread(store, made, [str(gone), str(usb)])
    assert missed == [(str(gone), "the folder is not there")]
    assert not gone.exists()
    copy = usb / Path(made.path).name
    assert copy.read_bytes() == Path(made.path).read_bytes()
    assert tended.warning(store, now, 20) == (
        f"no copy of the backup in {gone}",
        "a backup copy is missing",
    )
    gone.mkdir()
    assert backups.spread(store, made, [str(gone), str(usb)]) == []
    assert tended.warning(store, now, 20) is None
    # What has the same name there and is another is told, not written over.
    copy.write_bytes(b"somebody else's")
    ((folder, reason),) = backups.spread(store, made, [str(usb)])
    assert folder == str(usb)
    assert "exists" in reason
    assert copy.read_bytes() == b"somebody else's"


def test_what_is_rotated_here_goes_elsewhere(
    store: Store, now: datetime, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    (usb / "planner-000001-20200101T000000.db").write_bytes(b"of another machine")
    made = backups.make(store, now, "asked")
    backups.spread(store, made, [str(usb)])
    for number in range(2, 11):
        name = shelf.name(store.path, number, now)
        os.link(made.path, Path(made.path).with_name(name))
        shelf.record(store.path, {name: {"state": "whole"}})
    backups.spread(store, backups.make(store, now, "asked"), [str(usb)])
    assert [each.number for each in backups.ls(store.path)] == [*range(11, 1, -1)]
    assert {path.name for path in usb.iterdir()} == {
        "planner-000001-20200101T000000.db",
        "planner-000011-20240914T181000.db",
    }


def test_a_copy_where_one_asks_for_it(
    store: Store, now: datetime, tmp_path: Path
) -> None:
    note(store, "one", now)
    usb = tmp_path / "usb"
    usb.mkdir()
    assert texts(backups.copy_to(store, str(usb), now)) == ["one"]
    assert texts(backups.copy_to(store, str(usb / "mine.db"), now)) == ["one"]
    with pytest.raises(StoreError, match="nowhere"):
        backups.copy_to(store, str(tmp_path / "nowhere" / "x.db"), now)
    assert backups.ls(store.path) == []


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"planner-000001-20240914T181000.db": 3}', "\xff", "[" * 9]
)
def test_a_list_that_is_spoilt_loses_no_backup(
    store: Store, now: datetime, text: str
) -> None:
    made = backups.make(store, now, "asked")
    Path(shelf.folder(store.path), "planner.list").write_text(text, "latin-1")
    (found,) = backups.ls(store.path)
    assert (found.handle, found.state) == ("B1", "unknown")
    assert backups.verify(store.path, found, None, now).state == "whole"
    assert backups.make(store, now, "asked").number == made.number + 1


def test_before_something_large_once_is_enough(store: Store, now: datetime) -> None:
    assert backups.before(store, now, "import") is None
    note(store, "one", now)
    first = backups.before(store, now, "import")
    assert first is not None
    assert backups.before(store, now, "import") == first
    note(store, "two", now)
    second = backups.before(store, now, "import")
    assert second is not None
    assert (second.handle, second.why) == ("B2", "import")
    assert texts(second.path) == ["one", "two"]
    os.unlink(second.path)
    third = backups.before(store, now, "import")
    assert third is not None
    assert third.handle == "B3"
