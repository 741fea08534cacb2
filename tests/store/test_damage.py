"""A damaged store is only read, with what can be read, until it is sound again."""

from __future__ import annotations

import os
import random
import stat
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import (
    NotADatabase,
    PlannerError,
    ReadOnly,
    StoreError,
    WrongPassphrase,
)
from plannertui.store import damage, entries, repair, search
from plannertui.store.doctor import examine
from plannertui.store.key import Key
from plannertui.store.open import open_store
from tests.damaging import (
    DAY,
    ENTRIES,
    KEY,
    PAGE,
    copied,
    make,
    pages_of,
    scribble,
    spoil_the_list,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from plannertui.store.open import Store
    from tests.conftest import Ptui

BOTH = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("plain") / "planner.db", None)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("sealed") / "planner.db", KEY)


@pytest.fixture
def path(
    request: pytest.FixtureRequest, tmp_path: Path, plain: Path, sealed: Path
) -> Path:
    key = (
        request.node.callspec.params.get("key")
        if hasattr(request.node, "callspec")
        else None
    )
    return copied(sealed if key else plain, tmp_path / "planner.db")


def texts(db: Store) -> int:
    return int(db.read("SELECT count(text) FROM entry")[0][0])


@BOTH
def test_the_rest_is_read_wherever_the_damage_is(
    path: Path, key: Key | None, now: datetime
) -> None:
    """Pages all over the file, one at a time: whatever opens shows nearly everything."""
    whole = path.read_bytes()
    pages = len(whole) // PAGE
    shown, met = [], 0
    for page in random.Random(10).sample(range(60, pages + 1), 6):
        path.write_bytes(whole)
        for side in (".damaged", "-wal", "-shm"):
            path.with_name(path.name + side).unlink(missing_ok=True)
        scribble(path, page)
        before = path.read_bytes()
        try:
            db = open_store(str(path), now=now, key=key)
            try:
                count = texts(db)
                found = search.search(db, "budget", limit=1000)
                db.read("SELECT * FROM revision")
                db.read("SELECT id FROM entry WHERE day > '2024-02-01'")
            finally:
                db.close()
        except NotADatabase:
            # The list of tables itself: nothing can be read without it.
            continue
        shown.append(count)
        if db.damaged:
            met += 1
            assert db.readonly
            assert len(found) >= min(count, ENTRIES) * 0.5
            assert path.read_bytes() == before
    assert len(shown) >= 4
    assert met >= 1
    assert min(shown) >= ENTRIES * 0.9


@BOTH
def test_one_meets_it_and_everybody_is_told(
    path: Path, plain: Path, key: Key | None, now: datetime
) -> None:
    for page in pages_of(plain, None, "entry")[2:3]:
        scribble(path, page)
    db = open_store(str(path), now=now, key=key)
    if texts(db) == ENTRIES:
        # In the sealed store that page is another table's.
        for page in range(60, len(path.read_bytes()) // PAGE, 9):
            scribble(path, page)
    db.close()
    db = open_store(str(path), now=now, key=key)
    texts(db)
    db.read("SELECT count(before) FROM revision")
    assert db.damaged
    assert "ptui doctor" in db.notice
    with pytest.raises(ReadOnly, match="damaged"):
        entries.add(db, text="new", day=DAY, now=now)
    db.close()
    mark = path.with_name("planner.db.damaged")
    assert stat.S_IMODE(mark.stat().st_mode) == 0o600
    said = damage.read(str(path))
    assert said is not None
    assert "entry" in said.tables
    again = open_store(str(path), now=now, key=key)
    assert again.damaged
    assert "budget" not in mark.read_text("utf-8")
    again.close()


def test_a_write_that_meets_it_is_undone_and_says_so(path: Path, now: datetime) -> None:
    for page in pages_of(path, None, "entry")[-1:]:
        scribble(path, page)
    db = open_store(str(path), now=now)
    with pytest.raises(ReadOnly, match="damaged"):
        entries.add(db, text="new", day=DAY, now=now)
    assert db.damaged
    assert db.depth == 0
    assert texts(db) >= ENTRIES * 0.9
    db.close()


def test_a_text_whose_bytes_are_no_text(path: Path, now: datetime) -> None:
    raw = path.read_bytes()
    at = raw.rindex(b"entry 7 ")
    path.write_bytes(raw[:at] + b"\xff\xfe" + raw[at + 2 :])
    db = open_store(str(path), now=now)
    rows = db.read("SELECT text FROM entry WHERE id > 0")
    assert len(rows) == ENTRIES
    assert db.damaged
    assert any("\ufffd" in text for (text,) in rows)
    db.close()
    assert "integrity" in {f.code for f in examine(str(path)) if f.level == "wrong"}
    assert any(each.left for each in repair.repair(str(path), None, now))
    assert damage.read(str(path)) is not None


@BOTH
@pytest.mark.parametrize("cut", [100, PAGE, 60_000, 200_000])
def test_a_file_that_was_cut_off(
    path: Path, key: Key | None, now: datetime, cut: int
) -> None:
    os.truncate(path, cut)
    before = path.read_bytes()
    try:
        db = open_store(str(path), now=now, key=key)
    except PlannerError:
        assert path.read_bytes() == before
        return
    assert db.readonly
    db.read("SELECT count(text) FROM entry")
    db.close()
    assert path.read_bytes() == before


@BOTH
def test_a_sound_store_is_found_sound(path: Path, key: Key | None) -> None:
    assert damage.look(str(path), key) == ""
    assert damage.look(str(path), key, lambda: True) is None
    scribble(path, 30, at=0)
    assert damage.look(str(path), key)


def test_another_key_tells_nothing_of_damage(sealed: Path, tmp_path: Path) -> None:
    from tests.conftest import NOW

    path = copied(sealed, tmp_path / "planner.db")
    damage.mark(str(path), "x")
    with pytest.raises(WrongPassphrase):
        open_store(str(path), now=NOW, key=Key(bytes(32), KEY.salt))


@BOTH
def test_a_false_alarm_is_ended_by_fix_alone(
    path: Path, key: Key | None, now: datetime
) -> None:
    damage.mark(str(path), "somebody was wrong")
    db = open_store(str(path), now=now, key=key)
    assert db.damaged
    assert texts(db) == ENTRIES
    assert len(search.search(db, "budget", limit=1000)) == ENTRIES
    db.close()
    found = {each.code: each for each in examine(str(path), key)}
    assert found["mark"].level == "wrong"
    assert "doctor --fix" in found["mark"].text
    assert damage.read(str(path)) is not None
    done = {each.code for each in repair.repair(str(path), key, now)}
    assert "mark" in done
    db = open_store(str(path), now=now, key=key)
    assert not db.damaged
    entries.add(db, text="new", day=DAY, now=now)
    db.close()


def test_a_link_in_the_place_of_the_mark_is_not_followed(
    path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.write_text("mine", "utf-8")
    path.with_name("planner.db.damaged").symlink_to(other)
    damage.mark(str(path), "x")
    assert other.read_text("utf-8") == "mine"


@BOTH
def test_what_was_met_in_a_file_that_was_replaced_marks_nothing(
    path: Path, key: Key | None
) -> None:
    """Who waited for a restore finds the old file closed off; the new one is sound."""
    with pytest.raises(StoreError, match="replaced"):
        damage.opened(str(path), key, NotADatabase("met in the old file"))
    assert damage.read(str(path)) is None


def test_a_list_of_tables_that_is_broken(
    plain: Path, tmp_path: Path, ptui: Ptui
) -> None:
    path = copied(plain, tmp_path / "planner.db")
    spoil_the_list(path, spared=1)
    before = path.read_bytes()
    for verb in (("ls", "--all"), ("today",), ("search", "budget"), ("goal", "ls")):
        ran = ptui(*verb)
        assert ran.code == 0, (verb, ran.err)
        assert "read only" in ran.err
        assert "ptui doctor" in ran.err
    kept = ptui("note", "-", input="do not lose this")
    assert (kept.code, kept.out) == (4, "")
    assert "do not lose this" in kept.err
    said = ptui("doctor")
    assert said.code == 1
    assert "ptui doctor --salvage" in said.out
    assert "ptui backup ls" in said.out
    # It does not send whoever asks it to itself.
    assert "'ptui doctor'" not in said.out
    assert path.read_bytes() == before
