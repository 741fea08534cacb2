"""Putting a backup in the place of the store: the old one or the new one, always."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import (
    BadBackup,
    NewerSchema,
    NotFound,
    PlannerError,
    Refused,
    StoreBusy,
)
from plannertui.store import (
    aside,
    backups,
    copying,
    drafts,
    entries,
    restoring,
    rewriting,
    seal,
    sealing,
    shelf,
)
from plannertui.store.folding import fts_text
from plannertui.store.key import Key
from plannertui.store.open import Store, connect, open_store
from plannertui.store.shelf import Backup

ROOT = Path(__file__).parent.parent.parent
ONE, OTHER = (
    Key(b"1" * 32, b"\xf0salt of one key"),
    Key(b"2" * 32, b"\xf1salt of another"),
)

AT_STEP = """
import os, signal, sys
from datetime import datetime
from plannertui.store import copying, restoring
from plannertui.store.key import Key
left = int(sys.argv[3])
def step(name):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
copying.step = step
now = datetime.fromisoformat(sys.argv[4])
raw = bytes.fromhex(sys.argv[5])
key = Key(raw[:32], raw[32:]) if raw else None
restoring.restore(sys.argv[1], sys.argv[2], None, now, present=key)
"""


def note(db: Store, text: str, now: datetime) -> None:
    entries.add(db, text=text, day=now.date(), now=now)


def texts(path: str, key: Key | None = None) -> list[str]:
    conn = connect(path, readonly=True, key=key)
    found = [row[0] for row in conn.execute("SELECT text FROM entry ORDER BY id")]
    conn.close()
    return found


@pytest.fixture
def path(tmp_path: Path, now: datetime) -> str:
    """A store with "one", a backup of that, and "two"."""
    path = str(tmp_path / "planner.db")
    db = open_store(path, now=now)
    note(db, "one", now)
    backups.make(db, now, "asked")
    note(db, "two", now)
    db.close()
    return path


@pytest.fixture
def first(path: str) -> Backup:
    """That backup."""
    return backups.find(path, "B1")


def test_what_is_lost_and_won(path: str, first: Backup, now: datetime) -> None:
    db = open_store(path, now=now)
    entries.edit(db, entries.get(db, "J1"), now, text="one, changed")
    db.close()
    weighed = restoring.weigh(path, first.path, None, None)
    assert (weighed.lost, weighed.won, weighed.older) == (1, 0, 1)
    assert weighed.there.entries == 1
    assert weighed.here is not None
    assert weighed.here.entries == 2
    other = str(Path(path).with_name("other.db"))
    open_store(other, now=now).close()
    assert restoring.weigh(other, first.path, None, None)[2:] == (0, 1, 0, 0)


def test_what_is_not_saved_yet_is_told(path: str, now: datetime) -> None:
    db = open_store(path, now=now)
    drafts.put(db, "capture:", "in both", now=now, session="1:1")
    made = backups.make(db, now, "asked")
    assert restoring.weigh(path, made.path, None, None).unsaved == ""
    drafts.put(db, "entry:new", "three hours of writing", now=now, session="1:1")
    drafts.put(db, "capture:", "written on", now=now, session="1:1")
    db.close()
    weighed = restoring.weigh(path, made.path, None, None)
    assert (weighed.lost, weighed.drafts) == (0, 2)
    assert "go with it: 2" in weighed.unsaved
    done = restoring.restore(path, made.path, None, now, present=None)
    db = open_store(done.kept, now=now)
    assert {each.body for each in drafts.ls(db)} == {
        "three hours of writing",
        "written on",
    }
    db.close()


def test_a_restore_keeps_what_was_there(
    path: str, first: Backup, now: datetime
) -> None:
    done = restoring.restore(path, first.path, None, now, present=None)
    assert texts(path) == ["one"]
    assert texts(done.kept) == ["one", "two"]
    assert Path(done.kept).parent.name == "before-restore"
    assert stat.S_IMODE(os.stat(done.kept).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(Path(done.kept).parent).st_mode) == 0o700
    # It can be taken back in the same way, and that is kept, too.
    again = restoring.restore(path, done.kept, None, now, present=None)
    assert texts(path) == ["one", "two"]
    assert texts(again.kept) == ["one"]
    assert again.kept != done.kept
    db = open_store(path, now=now)
    assert db.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert backups.make(db, now, "asked").handle == "B2"
    db.close()


def test_numbers_count_on_after_a_restore(
    path: str, first: Backup, now: datetime
) -> None:
    db = open_store(path, now=now)
    for _ in range(3):
        backups.make(db, now, "asked")
    db.close()
    restoring.restore(path, first.path, None, now, present=None)
    for made in backups.ls(path):
        os.unlink(made.path)
    os.unlink(os.path.join(shelf.folder(path), "planner.list"))
    db = open_store(path, now=now)
    assert backups.make(db, now, "asked").handle == "B5"
    db.close()


@pytest.mark.case(14)
def test_while_others_have_it_open_nothing_is_done(
    path: str, first: Backup, now: datetime
) -> None:
    db = open_store(path, now=now)
    with pytest.raises(StoreBusy, match="open in another"):
        restoring.restore(path, first.path, None, now, present=None)
    note(db, "three", now)
    db.close()
    assert texts(path) == ["one", "two", "three"]
    assert not os.path.exists(path + ".part")


@pytest.mark.case(14)
@pytest.mark.parametrize("kind", ["plain", "sealed", "forgotten", "damaged"])
def test_who_waited_writes_nothing_into_the_old_file(
    path: str,
    first: Backup,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    """Somebody opens the store in the middle of it: what they write is refused."""
    key = ONE if kind in ("sealed", "forgotten") else None
    if key is not None:
        rewriting.convert(path, None, key)
    if kind == "damaged":
        break_page(path, first_page(path, "tag"))
    present = None if kind == "forgotten" else key
    late: list[Any] = []

    def step(name: str) -> None:
        if name == "replace":
            # As far as one comes before somebody else's lock makes one wait.
            late.append(driver.connect(path, isolation_level=None))

    monkeypatch.setattr(copying, "step", step)
    done = restoring.restore(path, first.path, None, now, present=present)
    (conn,) = late
    if key is not None:
        conn.execute(f'PRAGMA key = "{key.spec}"').fetchall()
    conn.create_function("fts_text", 1, fts_text, deterministic=True)
    with pytest.raises(PlannerError):
        note(Store(conn, path), "into nowhere", now)
    conn.close()
    copying.check(path, done.key)
    assert texts(path, done.key) == ["one"]
    db = open_store(path, now=now, key=done.key)
    assert not db.readonly
    note(db, "and on", now)
    db.close()


WRITER = """
import sys
from plannertui.store.key import Key
from plannertui.store.open import connect
raw = bytes.fromhex(sys.argv[2])
conn = connect(sys.argv[1], key=Key(raw[:32], raw[32:]) if raw else None)
conn.execute("PRAGMA busy_timeout = 50").fetchall()
conn.execute("INSERT INTO meta (key, value) VALUES ('into', 'nowhere')")
"""


@pytest.mark.case(14)
@pytest.mark.parametrize("kind", ["plain", "sealed", "forgotten", "damaged"])
def test_nobody_writes_while_it_is_being_replaced(
    path: str,
    first: Backup,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    """What another process writes at the last moment is refused, and not lost."""
    key = ONE if kind in ("sealed", "forgotten") else None
    if key is not None:
        rewriting.convert(path, None, key)
    if kind == "damaged":
        break_page(path, first_page(path, "tag"))
    raw = "" if key is None else (key.raw + key.salt).hex()
    said: list[str] = []

    def step(name: str) -> None:
        if name == "replace":
            done = subprocess.run(
                [sys.executable, "-c", WRITER, path, raw],
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                capture_output=True,
                text=True,
                check=False,
            )
            said.append(done.stderr if done.returncode else "written")

    monkeypatch.setattr(copying, "step", step)
    restoring.restore(
        path, first.path, None, now, present=None if kind == "forgotten" else key
    )
    assert "locked" in said[0] or "StoreBusy" in said[0]


SCREEN = """
import os, sys
from datetime import datetime
from plannertui.store import entries, search
from plannertui.store.key import Key
from plannertui.store.open import open_store
from plannertui.store.sealing import is_sealed
path, now = sys.argv[1], datetime.fromisoformat(sys.argv[2])
raw = bytes.fromhex(sys.argv[3])
key = Key(raw[:32], raw[32:]) if raw else None
db = open_store(path, now=now, key=key)
db.read("SELECT count(*) FROM entry")
# A search in a thread, a backup list, a look at the passphrase.
beside = open_store(path, now=now, create=False, key=key)
beside.read("SELECT count(*) FROM entry")
beside.close()
is_sealed(path)
print("open", flush=True)
sys.stdin.readline()
entries.add(db, text="typed meanwhile", day=now.date(), now=now)
db.close()
"""


@pytest.mark.case(14)
@pytest.mark.parametrize("kind", ["plain", "sealed", "forgotten", "damaged"])
def test_a_screen_that_looked_a_second_time_still_has_it_open(
    path: str, first: Backup, now: datetime, kind: str
) -> None:
    key = ONE if kind in ("sealed", "forgotten") else None
    if key is not None:
        rewriting.convert(path, None, key)
    if kind == "damaged":
        break_page(path, first_page(path, "tag"))
    raw = "" if key is None else (key.raw + key.salt).hex()
    screen = subprocess.Popen(
        [sys.executable, "-c", SCREEN, path, now.isoformat(), raw],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert screen.stdout is not None
        assert screen.stdout.readline() == "open\n"
        present = None if kind == "forgotten" else key
        with pytest.raises(StoreBusy, match="open in another"):
            restoring.restore(path, first.path, None, now, present=present)
    finally:
        screen.communicate("\n")
    assert screen.returncode == 0
    assert texts(path, key) == ["one", "two", "typed meanwhile"]


def first_page(path: str, name: str) -> int:
    """Where in the file the first page of a table lies."""
    conn = connect(path)
    (root,) = conn.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)
    ).fetchone()
    conn.close()
    return 4096 * (int(root) - 1)


def break_page(path: str, at: int) -> None:
    """Damage a page in which no entry lies, and nothing else."""
    with open(path, "r+b") as file:
        file.seek(at)
        file.write(b"\x77" * 4096)


@pytest.mark.case(4, 14)
@pytest.mark.parametrize("kind", ["plain", "log", "sealed"])
def test_killed_at_every_step(
    path: str, first: Backup, now: datetime, tmp_path: Path, kind: str
) -> None:
    key = ONE if kind == "sealed" else None
    if key is not None:
        rewriting.convert(path, None, key)
    if kind == "log":
        # The present store was left with a log, as by kill -9.
        db = open_store(path, now=now)
        note(db, "three", now)
        for side in ("", "-wal"):
            shutil.copy(path + side, f"{path}{side}.kept")
        db.close()
        for side in ("", "-wal"):
            os.replace(f"{path}{side}.kept", path + side)

    def kept() -> list[list[str]]:
        found = (tmp_path / "before-restore").glob("*.db")
        return [texts(str(each), key) for each in found]

    before = texts(path, key)
    raw = "" if key is None else (key.raw + key.salt).hex()
    steps = 0
    while True:
        steps += 1
        words = (path, first.path, str(steps), now.isoformat(), raw)
        done = subprocess.run(
            [sys.executable, "-c", AT_STEP, *words],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        copying.check(path, key)
        found = texts(path, key)
        assert found in (before, ["one"]), steps
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        if found == ["one"]:
            assert before in kept()
    assert steps > 4
    assert texts(path, key) == ["one"]
    assert not os.path.exists(path + "-wal")
    assert not [each for each in os.listdir(tmp_path) if ".part" in each]
    assert before in kept()


def left_behind(path: str, key: Key | None, now: datetime, mode: str = "WAL") -> None:
    """Add "three" to the store, and leave it as kill -9 does: it is in the log only."""
    db = open_store(path, now=now, key=key)
    db.conn.execute(f"PRAGMA journal_mode = {mode}").fetchall()
    note(db, "three", now)
    if mode != "WAL":
        # What is half done is in the file, and what was there in the journal.
        db.conn.execute("PRAGMA cache_size = 1").fetchall()
        db.conn.execute("BEGIN IMMEDIATE")
        db.conn.execute("UPDATE entry SET text = 'half done'")
        db.conn.execute("CREATE TABLE half AS SELECT zeroblob(90000)")
    for side in ("", "-wal", "-journal"):
        if os.path.exists(path + side):
            shutil.copy(path + side, f"{path}{side}.kept")
    if mode != "WAL":
        db.conn.execute("ROLLBACK")
    db.close()
    for side in ("", "-wal", "-journal"):
        if os.path.exists(f"{path}{side}.kept"):
            os.replace(f"{path}{side}.kept", path + side)


@pytest.mark.case(4, 14)
@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_killed_at_every_step_where_the_passphrase_is_forgotten(
    path: str, first: Backup, now: datetime, tmp_path: Path, mode: str
) -> None:
    """The last commits are in the log, which nobody can read: they are kept, too."""
    rewriting.convert(path, None, ONE)
    left_behind(path, ONE, now, mode)
    steps = 0
    while True:
        steps += 1
        words = (path, first.path, str(steps), now.isoformat(), "")
        done = subprocess.run(
            [sys.executable, "-c", AT_STEP, *words],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        if seal.is_sealed(path):
            # Looked at where it does not matter who writes the log into it.
            look = tmp_path / f"look{steps}"
            look.mkdir()
            for side in ("", "-wal", "-journal"):
                if os.path.exists(path + side):
                    shutil.copy(path + side, look / f"planner.db{side}")
            assert texts_of(look / "planner.db", ONE) == ["one", "two", "three"], steps
        else:
            assert texts(path) == ["one"], steps
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert steps > 8
    assert texts(path) == ["one"]
    assert not os.path.exists(path + "-wal")
    assert not os.path.exists(path + "-journal")
    (kept, *_more) = sorted((tmp_path / "before-restore").glob("*.db"))
    assert texts_of(kept, ONE) == ["one", "two", "three"]


def texts_of(path: Path, key: Key | None) -> list[str]:
    """What is in a store that may still have to be rolled back."""
    conn = connect(str(path), key=key)
    assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    conn.close()
    return texts(str(path), key)


@pytest.mark.parametrize("kind", ["forgotten", "damaged"])
def test_refused_at_the_last_moment_the_log_is_not_lost(
    path: str,
    first: Backup,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    key = ONE if kind == "forgotten" else None
    if key is not None:
        rewriting.convert(path, None, ONE)
    where = first_page(path, "tag") if key is None else 0
    left_behind(path, key, now)
    if key is None:
        break_page(path, where)

    def refuse(name: str) -> None:
        if name == "replace":
            raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(copying, "step", refuse)
    with pytest.raises(PlannerError, match="permitted"):
        restoring.restore(path, first.path, None, now, present=None)
    monkeypatch.undo()
    assert texts(path, key) == ["one", "two", "three"]
    restoring.restore(path, first.path, None, now, present=None)
    assert texts(path) == ["one"]


@pytest.mark.parametrize("empty", [False, True])
def test_refused_at_the_last_moment_an_orphan_log_comes_back(
    path: str,
    first: Backup,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    empty: bool,
) -> None:
    os.unlink(path)
    if empty:
        Path(path).touch()
    Path(path + "-wal").write_bytes(b"an orphan")

    def refuse(name: str) -> None:
        if name == "replace":
            raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(copying, "step", refuse)
    with pytest.raises(PlannerError, match="permitted"):
        restoring.restore(path, first.path, None, now, present=None)
    assert Path(path + "-wal").read_bytes() == b"an orphan"
    assert os.path.exists(path) is empty


def spoil(path: str) -> None:
    """Damage every page of the file but the first."""
    size = os.path.getsize(path)
    with open(path, "r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))


def test_a_store_that_cannot_be_read_is_kept_byte_for_byte(
    path: str, first: Backup, now: datetime
) -> None:
    db = open_store(path, now=now)
    note(db, "three", now)
    log = Path(path + "-wal").read_bytes()
    db.close()
    spoil(path)
    Path(path + "-wal").write_bytes(log)
    damaged = Path(path).read_bytes()
    done = restoring.restore(path, first.path, None, now, present=None)
    assert Path(done.kept).read_bytes() == damaged
    assert Path(done.kept + "-wal").read_bytes() == log
    assert not os.path.exists(path + "-wal")
    assert texts(path) == ["one"]
    copying.check(path, None)


def test_what_is_no_database_is_kept_too(
    path: str, first: Backup, now: datetime
) -> None:
    Path(path).write_text("not a database at all\n" * 400)
    done = restoring.restore(path, first.path, None, now, present=None)
    assert Path(done.kept).read_text().startswith("not a database")
    assert texts(path) == ["one"]


def test_a_store_that_is_gone(path: str, first: Backup, now: datetime) -> None:
    os.unlink(path)
    Path(path + "-wal").write_bytes(b"an orphan")
    done = restoring.restore(path, first.path, None, now, present=None)
    assert Path(done.kept).read_bytes() == b"an orphan"
    assert texts(path) == ["one"]
    os.unlink(path)
    assert restoring.weigh(path, first.path, None, None).here is None
    with pytest.raises(PlannerError):
        connect(path, readonly=True)
    assert not os.path.exists(path)
    assert restoring.restore(path, first.path, None, now, present=None).kept == ""
    assert texts(path) == ["one"]


@pytest.mark.case(27)
def test_a_damaged_backup_changes_nothing(
    path: str, first: Backup, now: datetime
) -> None:
    spoil(first.path)
    with pytest.raises(BadBackup, match="damaged"):
        restoring.restore(path, first.path, None, now, present=None)
    assert texts(path) == ["one", "two"]
    assert not os.path.exists(aside.folder(path))


def test_what_is_no_backup(
    path: str, first: Backup, now: datetime, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="itself"):
        restoring.restore(path, path, None, now, present=None)
    with pytest.raises(NotFound):
        restoring.restore(path, str(tmp_path / "none"), None, now, present=None)
    os.mkfifo(tmp_path / "pipe")
    for wrong in (str(tmp_path), str(tmp_path / "pipe")):
        with pytest.raises(BadBackup, match="ordinary"):
            restoring.restore(path, wrong, None, now, present=None)
    conn = connect(first.path)
    conn.execute("PRAGMA user_version = 9999")
    conn.close()
    with pytest.raises(NewerSchema):
        restoring.restore(path, first.path, None, now, present=None)
    assert texts(path) == ["one", "two"]


def test_no_room(
    path: str, first: Backup, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(name: str) -> None:
        if name == "write":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "step", full)
    with pytest.raises(PlannerError, match="Free some space"):
        restoring.restore(path, first.path, None, now, present=None)
    monkeypatch.undo()
    db = open_store(path, now=now)
    assert db.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    note(db, "three", now)
    db.close()
    assert texts(path) == ["one", "two", "three"]
    assert not list(Path(path).parent.glob("**/*.part"))


# -- with a passphrase -----------------------------------------------------------------


def test_a_sealed_store_stays_sealed(path: str, first: Backup, now: datetime) -> None:
    """A backup from before there was a passphrase does not lay everything open."""
    rewriting.convert(path, None, ONE)
    before = seal.read(path)
    done = restoring.restore(path, first.path, None, now, present=ONE)
    key = done.key
    assert key == ONE
    assert sealing.opens(path, ONE)
    assert texts(path, key) == ["one"]
    assert texts(done.kept, key) == ["one", "two"]
    # Lines that wait in the inbox can still be opened: the key pair is the same.
    after = seal.read(path)
    assert before is not None
    assert after is not None
    assert before.recipient == after.recipient
    assert not list(Path(path).parent.glob("*.first*"))


def test_a_backup_of_an_older_passphrase(path: str, now: datetime) -> None:
    old, new = ONE, OTHER
    rewriting.convert(path, None, old)
    db = open_store(path, now=now, key=old)
    made = backups.make(db, now, "key")
    note(db, "three", now)
    db.close()
    rewriting.convert(path, old, new)
    for wrong in (None, new):
        with pytest.raises(BadBackup):
            restoring.restore(path, made.path, wrong, now, present=new)
    done = restoring.restore(path, made.path, old, now, present=new)
    assert done.key == new
    assert texts(path, new) == ["one", "two"]
    assert not sealing.opens(path, old)


def test_when_the_passphrase_of_the_store_is_forgotten(
    path: str, first: Backup, now: datetime
) -> None:
    """The files are kept as they are; the backup's own passphrase opens the store."""
    old = sealing.set_passphrase(path, "correct horse")
    db = open_store(path, now=now, key=old)
    made = backups.make(db, now, "key")
    db.close()
    rewriting.convert(path, old, OTHER)
    sealed = Path(path).read_bytes()
    done = restoring.restore(path, made.path, old, now, present=None)
    assert Path(done.kept).read_bytes() == sealed
    assert sealing.unlock(path, "correct horse") == done.key
    note_now = seal.read(path)
    assert note_now is not None
    assert note_now.check == old.check
    # And a plain one makes a plain store, without a note that says otherwise.
    done = restoring.restore(path, first.path, None, now, present=None)
    assert done.key is None
    assert seal.read(path) is None
    assert texts(path) == ["one"]


def test_nobody_else_may_have_a_store_open_that_cannot_be_read(
    path: str, first: Backup, now: datetime
) -> None:
    rewriting.convert(path, None, ONE)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import fcntl, sys\n"
            "file = open(sys.argv[1], 'r+b')\n"
            "fcntl.lockf(file, fcntl.LOCK_SH, 1, 0x40000002)\n"
            "print('held', flush=True)\n"
            "sys.stdin.read()",
            path,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreBusy):
            restoring.restore(path, first.path, None, now, present=None)
    finally:
        holder.communicate(b"")
    assert fcntl.LOCK_SH
    restoring.restore(path, first.path, None, now, present=None)
    assert texts(path) == ["one"]
