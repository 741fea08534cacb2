"""Sealing a store: the key, the note beside it, and the way from plain to sealed and back."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.errors import (
    Locked,
    NotADatabase,
    Refused,
    StoreBusy,
    StoreError,
    Usage,
    WrongPassphrase,
)
from plannertui.store import backups, key, repair, seal, sealing, search
from plannertui.store.capture import file_capture
from plannertui.store.doctor import examine
from plannertui.store.key import Key
from plannertui.store.open import connect, open_store
from plannertui.store.rewriting import IDENTITY
from plannertui.store.unlocked import after_unlock
from tests.conftest import NOW, ROOT
from tests.tui.sample import fill

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

WORDS = "quiet river under the bridge"
CANARY = "zephyrquartz"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cheap set of parameters: what it costs to guess is not what is tried here."""
    monkeypatch.setitem(key.KDFS, 1, (1 << 10, 8, 1))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain store with something in every table, and a word to look for."""
    path = tmp_path_factory.mktemp("filled") / "planner.db"
    db = open_store(str(path), now=NOW)
    fill(db, NOW)
    note(db, CANARY, NOW)
    db.close()
    return path


@pytest.fixture
def path(tmp_path: Path, filled: Path) -> Path:
    """A copy of it, to be sealed."""
    path = tmp_path / "planner.db"
    shutil.copyfile(filled, path)
    return path


def note(db: Store, text: str, now: datetime) -> None:
    from plannertui.core.capture import parse

    line = parse(text, today=now.date(), resolve=lambda name: None)
    file_capture(db, line, day=now.date(), now=now)


def texts(path: Path, now: datetime, with_key: Key | None = None) -> list[str]:
    db = open_store(str(path), now=now, key=with_key)
    try:
        return [row[0] for row in db.read("SELECT text FROM entry ORDER BY id")]
    finally:
        db.close()


def everything(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def test_there_and_back(path: Path, now: datetime) -> None:
    before = texts(path, now)
    assert CANARY in before
    made = sealing.set_passphrase(str(path), WORDS)
    assert sealing.is_sealed(str(path))
    assert CANARY.encode() not in everything(path.parent)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert texts(path, now, made) == before
    assert sealing.unlock(str(path), WORDS) == made
    other = sealing.change(str(path), made, "another one")
    assert other.salt != made.salt
    with pytest.raises(WrongPassphrase):
        sealing.unlock(str(path), WORDS)
    assert texts(path, now, sealing.unlock(str(path), "another one")) == before
    sealing.remove(str(path), other)
    assert not sealing.is_sealed(str(path))
    assert texts(path, now) == before
    names = sorted(p.name for p in path.parent.iterdir())
    assert names == ["planner.db", "planner.db.lock"]


def test_everything_comes_along(path: Path, now: datetime) -> None:
    made = sealing.set_passphrase(str(path), WORDS)
    found = {each.code: each for each in examine(str(path), made)}
    assert [each.text for each in found.values() if each.level == "wrong"] == []
    assert "sealed" in found
    db = open_store(str(path), now=now, key=made)
    assert db.key == made
    hits = search.search(db, CANARY)
    assert len(hits) == 1
    assert db.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.meta(IDENTITY) is not None
    note(db, "after sealing", now)
    db.close()
    sealing.remove(str(path), made)
    db = open_store(str(path), now=now)
    assert db.meta(IDENTITY) is None
    assert len(search.search(db, "sealing")) == 1
    db.close()


def test_without_a_key_it_is_locked(path: Path, now: datetime) -> None:
    sealing.set_passphrase(str(path), WORDS)
    before = everything(path.parent)
    with pytest.raises(Locked, match="passphrase"):
        open_store(str(path), now=now)
    with pytest.raises(WrongPassphrase, match="another one"):
        sealing.unlock(str(path), WORDS + "!")
    wrong = Key(bytes(32), key.new_salt())
    with pytest.raises(WrongPassphrase):
        open_store(str(path), now=now, key=wrong)
    assert everything(path.parent) == before


@pytest.mark.case(65)
@pytest.mark.parametrize(
    "wrong", ["", " ", WORDS + "\n", "x" * 10_000, WORDS.upper(), "\udcff"]
)
def test_a_wrong_passphrase_changes_nothing(
    path: Path, wrong: str, capfd: pytest.CaptureFixture[str]
) -> None:
    sealing.set_passphrase(str(path), WORDS)
    names = sorted(p.name for p in path.parent.iterdir())
    before = everything(path.parent)
    for _time in range(3):
        with pytest.raises(WrongPassphrase):
            sealing.unlock(str(path), wrong)
    assert everything(path.parent) == before
    assert sorted(p.name for p in path.parent.iterdir()) == names
    assert capfd.readouterr() == ("", "")


@pytest.mark.case(65)
def test_a_passphrase_is_the_same_on_every_keyboard(path: Path) -> None:
    words = "Übergröße 密码"
    made = sealing.set_passphrase(str(path), unicodedata.normalize("NFC", words))
    assert sealing.unlock(str(path), unicodedata.normalize("NFD", words)) == made


@pytest.mark.case(65)
@pytest.mark.parametrize("words", ["", "   ", "two\nlines", "tab\there"])
def test_what_is_no_passphrase_seals_nothing(path: Path, words: str) -> None:
    before = path.read_bytes()
    with pytest.raises(Usage):
        sealing.set_passphrase(str(path), words)
    assert path.read_bytes() == before


def test_the_recovery_code_opens_it(path: Path) -> None:
    made = sealing.set_passphrase(str(path), WORDS)
    assert len(made.code.split("-")) == 14
    typed = made.code.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    assert sealing.unlock_with_code(str(path), typed) == made
    other = Key(bytes(32), made.salt)
    with pytest.raises(WrongPassphrase):
        sealing.unlock_with_code(str(path), other.code)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.integers(1, 31))
def test_a_mistyped_code_is_told(raw: bytes, at: int, by: int) -> None:
    made = Key(raw, bytes(16))
    assert key.from_code(made.code, bytes(16)) == made
    plain = made.code.replace("-", "")
    other = key.ALPHABET[(key.ALPHABET.index(plain[at]) + by) % 32]
    with pytest.raises(Usage, match="mistyped"):
        key.from_code(plain[:at] + other + plain[at + 1 :], bytes(16))


@pytest.mark.parametrize("text", ["", "ABCD", "U" * 56, "A" * 57])
def test_what_is_no_code_is_told(text: str) -> None:
    with pytest.raises(Usage, match="14 groups"):
        key.from_code(text, bytes(16))


def test_a_key_is_never_printed() -> None:
    made = Key(b"k" * 32, b"s" * 16)
    assert "k" not in repr(made).replace("Key", "")
    with pytest.raises(ValueError, match="32"):
        Key(b"short", b"s" * 16)


def test_a_damaged_salt_is_known_from_the_note(path: Path, now: datetime) -> None:
    made = sealing.set_passphrase(str(path), WORDS)
    with path.open("r+b") as file:
        file.seek(3)
        file.write(b"\x80\x81\x82")
    assert sealing.is_sealed(str(path))
    found = sealing.unlock(str(path), WORDS)
    assert found == made
    assert CANARY in texts(path, now, found)
    seal.remove(str(path))
    with pytest.raises(WrongPassphrase):
        sealing.unlock(str(path), WORDS)
    assert sealing.opens(str(path), made)


@pytest.mark.parametrize("where", ["backups", "before-restore"])
def test_a_damaged_salt_without_a_note_is_known_from_a_copy(
    path: Path, now: datetime, where: str
) -> None:
    made = sealing.set_passphrase(str(path), WORDS)
    db = open_store(str(path), now=now, key=made)
    backups.make(db, now, "asked")
    db.close()
    if where != "backups":
        (path.parent / "backups").rename(path.parent / where)
    # A plain one and an older one's do not count, or not for long.
    (path.parent / where / "planner-000009-20240914T181000.db").write_bytes(seal.MAGIC)
    with path.open("r+b") as file:
        file.seek(3)
        file.write(b"\x80\x81\x82")
    seal.remove(str(path))
    for words in (WORDS, made.code):
        assert sealing.by_words(str(path), words) == made
    with pytest.raises(WrongPassphrase):
        sealing.by_words(str(path), "another")
    repair.repair(str(path), made, now)
    assert path.read_bytes()[:16] == made.salt


def test_a_right_passphrase_for_a_damaged_file_is_told(path: Path) -> None:
    sealing.set_passphrase(str(path), WORDS)
    with path.open("r+b") as file:
        file.seek(200)
        file.write(b"\x80\x81\x82")
    with pytest.raises(NotADatabase, match="passphrase is right"):
        sealing.unlock(str(path), WORDS)


def test_a_sealed_store_that_is_gone_is_not_begun_anew(
    path: Path, now: datetime
) -> None:
    sealing.set_passphrase(str(path), WORDS)
    path.unlink()
    with pytest.raises(StoreError, match="gone"):
        open_store(str(path), now=now)
    assert not path.exists()


def test_nobody_else_may_have_it_open(path: Path, now: datetime) -> None:
    other = open_store(str(path), now=now)
    try:
        note(other, "still writing", now)
        with pytest.raises(StoreBusy, match="another window"):
            sealing.set_passphrase(str(path), WORDS)
        note(other, "and again", now)
    finally:
        other.close()
    assert "and again" in texts(path, now)
    assert not sealing.is_sealed(str(path))


def in_another_process(script: str, *args: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *args],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return done.stdout.strip()


ALONE = """
import sys
from sqlcipher3 import dbapi2 as driver
conn = driver.connect(sys.argv[1], timeout=0.2, isolation_level=None)
if len(sys.argv) > 2:
    conn.execute(f'PRAGMA key = "{sys.argv[2]}"')
try:
    print(conn.execute("PRAGMA journal_mode = DELETE").fetchone()[0])
except driver.OperationalError as error:
    print(error)
"""


@pytest.mark.parametrize("sealed", [False, True])
def test_a_second_look_at_the_file_lets_go_of_no_lock(
    path: Path, now: datetime, sealed: bool
) -> None:
    made = sealing.set_passphrase(str(path), WORDS) if sealed else None
    spec = [made.spec] if made else []
    db = open_store(str(path), now=now, key=made)
    note(db, "first", now)
    open_store(str(path), now=now, key=made).close()
    assert sealing.is_sealed(str(path)) is sealed
    sealing.salts(str(path))
    examine(str(path), made)
    # It would take the log away from under us if it thought that it was alone.
    assert "locked" in in_another_process(ALONE, str(path), *spec)
    note(db, "and after", now)
    db.close()
    assert {"first", "and after"} <= set(texts(path, now, made))


def test_nothing_is_held_of_a_store_that_is_closed(path: Path, now: datetime) -> None:
    """A disk can be taken away once nobody uses what lies on it."""
    made = sealing.set_passphrase(str(path), WORDS)
    db = open_store(str(path), now=now, key=made)
    note(db, "one", now)
    sealing.is_sealed(str(path))
    open_store(str(path), now=now, key=made).close()
    db.close()
    sealing.salts(str(path))
    examine(str(path), made)
    with pytest.raises(Locked):
        open_store(str(path), now=now)
    held = [
        os.readlink(each) for each in Path("/proc/self/fd").iterdir() if each.exists()
    ]
    assert [name for name in held if name.startswith(str(path.parent))] == []


def test_a_file_with_two_names_is_not_sealed(path: Path) -> None:
    os.link(path, path.with_name("second.db"))
    before = path.read_bytes()
    with pytest.raises(StoreError, match="hard links"):
        sealing.set_passphrase(str(path), WORDS)
    assert path.with_name("second.db").read_bytes() == before


def test_sealed_lines_that_could_not_be_filed_keep_the_passphrase(
    path: Path, now: datetime
) -> None:
    made = sealing.set_passphrase(str(path), WORDS)
    unread = path.with_name("planner.db.inbox.unread")
    unread.write_text("-----BEGIN AGE ENCRYPTED FILE-----\n")
    with pytest.raises(Refused, match="could not be filed"):
        sealing.remove(str(path), made)
    assert CANARY in texts(path, now, made)
    unread.unlink()
    sealing.remove(str(path), made)
    assert not sealing.is_sealed(str(path))


def test_a_plain_part_left_by_a_cut_off_change_goes_at_the_next_unlock(
    path: Path, now: datetime
) -> None:
    part = path.with_name("planner.db.part")
    shutil.copyfile(path, part)
    made = sealing.set_passphrase(str(path), WORDS)
    part.write_bytes(CANARY.encode())
    with part.open("rb") as left:
        db = open_store(str(path), now=now, key=made)
        after_unlock(db, None, now)
        db.close()
        assert not any(left.read())
    assert not part.exists()


def test_the_old_file_is_overwritten(path: Path) -> None:
    with path.open("rb") as before:
        sealing.set_passphrase(str(path), WORDS)
        old = before.read()
    assert old
    assert not any(old)


def test_a_new_store_can_be_sealed_from_the_first_byte(
    tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "new" / "planner.db"
    made = key.derive(WORDS, key.new_salt())
    db = open_store(str(path), now=now, key=made)
    note(db, CANARY, now)
    assert CANARY.encode() not in everything(path.parent)
    assert sealing.tend(db) == ""
    db.close()
    assert sealing.unlock(str(path), WORDS) == made
    assert CANARY in texts(path, now, made)


def test_a_key_opens_a_plain_store_as_it_is(path: Path, now: datetime) -> None:
    db = open_store(str(path), now=now, key=Key(bytes(32), bytes(16)))
    assert db.key is None
    db.close()


def test_the_note_is_kept_right(path: Path, now: datetime) -> None:
    made = sealing.set_passphrase(str(path), WORDS)
    first = seal.read(str(path))
    assert first is not None
    assert (first.salt, first.check) == (made.salt.hex(), made.check)
    assert first.recipient.startswith("age1")
    assert stat.S_IMODE(os.stat(seal.note_path(str(path))).st_mode) == 0o600
    seal.remove(str(path))
    db = open_store(str(path), now=now, key=made)
    assert sealing.tend(db, language="zh_Hans", day_start="240", year_start="4") == ""
    again = seal.read(str(path))
    assert again is not None
    assert again.recipient == first.recipient
    assert (again.language, again.day_start, again.year_start) == (
        "zh_Hans",
        "240",
        "4",
    )
    strange = seal.Seal(recipient="age1somebodyelse")
    seal.write(str(path), strange)
    assert "another key" in sealing.tend(db)
    mended = seal.read(str(path))
    assert mended is not None
    assert (mended.recipient, mended.check) == (first.recipient, made.check)
    db.close()


def test_a_note_that_is_none(path: Path) -> None:
    where = path.with_name("planner.db.seal")
    assert seal.read(str(path)) is None
    where.write_bytes(b"\xff\xfe something")
    assert seal.read(str(path)) is None
    where.unlink()
    os.mkfifo(where)
    assert seal.read(str(path)) is None
    where.unlink()
    where.symlink_to(path)
    assert seal.read(str(path)) is None


def test_a_sealed_store_of_an_older_shape_is_brought_up(
    path: Path, now: datetime
) -> None:
    made = sealing.set_passphrase(str(path), WORDS)
    conn = connect(str(path), key=made)
    conn.execute("PRAGMA user_version = 1")
    conn.close()
    assert CANARY in texts(path, now, made)
    assert CANARY.encode() not in everything(path.parent)
    (kept,) = backups.ls(str(path))
    assert kept.sealed
    assert sealing.opens(kept.path, made)
