"""What is captured while the store is locked is filed once, whole, at its own time."""

from __future__ import annotations

import os
import resource
import shutil
import stat
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from pyrage import x25519

from plannertui.core import slip as slips
from plannertui.core.errors import (
    DiskFull,
    PlannerError,
    Refused,
    StoreBusy,
    StoreError,
)
from plannertui.core.slip import Slip
from plannertui.store import filing, history, inbox, people, seal, sealing
from plannertui.store.capture import file_capture, read_slip
from plannertui.store.inbox import BEGIN, END, file_all, look, seal_line
from tests import sealed
from tests.conftest import NOW
from tests.examples import costly
from tests.sealed import KEY, apart, dying_files, note_of, opened, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from plannertui.store.filing import Filing
    from tests.faults.harness import Strength, Tally

TODAY = date(2024, 9, 14)
CANARY = "zephyrquartz"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed takes nothing back that the system has: no test waits for
    the disk. One looks that it is asked to write.
    """
    monkeypatch.setattr(os, "fsync", lambda _fd: None)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("planned") / "planner.db"
    sealed.planned(path)
    return path


def copy(template: Path, folder: Path, keep: Path | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    for each in folder.iterdir():
        if each != keep:
            each.unlink()
    for name in ("planner.db", "planner.db.seal"):
        shutil.copyfile(template.with_name(name), folder / name)
    return folder / "planner.db"


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return copy(template, tmp_path / "own")


def slip(text: str, verb: str = "note", **fields: Any) -> Slip:
    made = Slip(verb, text, at=fields.pop("at", NOW), today=fields.pop("today", TODAY))
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def put(path: Path, text: str, verb: str = "note", **fields: Any) -> int:
    return seal_line(str(path), note_of(path), slip(text, verb, **fields))


def unlock(path: Path) -> Filing:
    db = opened(path)
    try:
        return file_all(db, NOW)
    finally:
        db.close()


def settled(path: Path) -> tuple[list[str], int]:
    """The texts of all entries once all is filed, and how many notes are left of that."""
    db = opened(path)
    try:
        file_all(db, NOW)
        found = [row[0] for row in db.read("SELECT text FROM entry ORDER BY id")]
        left = db.read("SELECT count(*) FROM meta WHERE key GLOB 'filed:*'")[0][0]
        return found, left
    finally:
        db.close()


def waiting(path: Path) -> bytes:
    return path.with_name("planner.db.inbox").read_bytes()


def test_it_is_filed_at_the_next_unlock(path: Path) -> None:
    assert put(path, "the first") == 1
    assert put(path, "> the list @L1 ^fri", "add", at=NOW + timedelta(minutes=3)) == 2
    assert (look(str(path)).count, look(str(path)).since) == (2, "2024-09-14")
    done = unlock(path)
    assert [each.handle for each in done.filed] == ["J1", "M1"]
    assert done.lines == ["2 lines that were captured while locked are filed: J1 M1"]
    db = opened(path)
    assert db.read("SELECT text, at, day FROM entry") == [
        ("the first", "2024-09-14T18:10:00.000+08:00", "2024-09-14")
    ]
    assert db.read("SELECT title, at, due, person_id FROM matter") == [
        ("the list @L1", "2024-09-14T18:13:00.000+08:00", "2024-09-20", 1)
    ]
    db.close()
    assert waiting(path) == b""
    assert look(str(path)).count == 0
    assert unlock(path).lines == []
    assert settled(path) == (["the first"], 0)


def test_the_time_is_that_of_typing(path: Path) -> None:
    then = datetime.fromisoformat("2024-08-02T23:30:00+09:00")
    put(path, "in Tokyo ^yesterday", at=then, today=date(2024, 8, 2))
    put(path, "a list", "promise", at=then, today=date(2024, 8, 2), by=date(2024, 8, 9))
    db = opened(path)
    file_all(db, NOW)
    assert db.read("SELECT day, created_at FROM entry") == [
        ("2024-08-01", "2024-08-02T23:30:00.000+09:00")
    ]
    assert db.read("SELECT day, due FROM matter") == [("2024-08-02", "2024-08-09")]
    assert db.read("SELECT at, label FROM action ORDER BY id DESC LIMIT 2") == [
        ("2024-08-02T23:30:00.000+09:00", "capture {what}\tpromise"),
        ("2024-08-02T23:30:00.000+09:00", "capture {what}\tnote"),
    ]
    db.close()


def test_each_line_is_a_step_to_undo_and_does_not_come_back(path: Path) -> None:
    put(path, "one")
    put(path, "two")
    kept = waiting(path)
    db = opened(path)
    file_all(db, NOW)
    step = history.undo(db, NOW)
    assert step is not None
    assert (step.label, step.handles) == ("capture note", ("J2",))
    assert [row[0] for row in db.read("SELECT text FROM entry")] == ["one"]
    # Somebody puts a copy of the inbox back: what is there is not filed again.
    path.with_name("planner.db.inbox").write_bytes(kept)
    assert len(file_all(db, NOW).filed) == 1
    db.close()
    assert texts(path) == ["one", "two"]


# -- the same rows as in an open store -------------------------------------------------

WORDS = st.sampled_from(
    [
        *("closed", "the counter's", '"quoted"', "back\\slash", "tab\there", "\x07"),
        *("line\nbreak", "办结了", "@老李说", "@L1", "@director", "@nobody", "#tag"),
        *("#预算", "@G1", "@G2", "n:3", "n:-2.5", "revisit:30d", "^fri", "^someday"),
        *("^2024-09-02", "+ ", "> ", "？", "😀", "＠G1", "a@b.c", "{}", "\u2028"),
    ]
)
DAYS = st.sampled_from([None, None, TODAY, date(2024, 9, 9), date(2024, 10, 1)])
VERBS = st.sampled_from(
    ["add", "note", "win", "promise", "waiting", "ask", "warn", "lesson", "grey"]
)
SLIPS = st.builds(
    slip,
    st.lists(WORDS, min_size=1, max_size=6).map(" ".join),
    VERBS,
    at=st.integers(0, 400).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    people=st.lists(st.sampled_from(["L1", "finance", "@老李"]), max_size=2),
    goal=st.sampled_from([None, None, "G1", "G2"]),
    tags=st.lists(st.sampled_from(["tag", "预算"]), max_size=2, unique=True),
    by=DAYS,
    on=DAYS,
    revisit=DAYS,
)


@costly(
    15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(SLIPS, min_size=1, max_size=6))
def test_the_rows_are_those_of_an_open_store(
    template: Path, tmp_path: Path, lines: list[Slip]
) -> None:
    open_path = copy(template, tmp_path / "open")
    locked_path = copy(template, tmp_path / "locked")
    db = opened(open_path)
    taken = []
    for line in lines:
        try:
            read = read_slip(db, line)
            file_capture(db, read, day=line.day, now=line.at, timed=line.timed)
        except PlannerError:
            continue
        taken.append(line)
    for line in taken:
        seal_line(str(locked_path), note_of(locked_path), line)
    other = opened(locked_path)
    assert len(file_all(other, NOW).filed) == len(taken)
    try:
        assert sealed.rows(other) == sealed.rows(db)
    finally:
        db.close()
        other.close()


@given(SLIPS, st.text(), st.floats(-1e14, 1e14) | st.none())
def test_a_slip_comes_back(line: Slip, text: str, number: float | None) -> None:
    from plannertui.core.text import clean

    line.text, line.number, line.zone, line.uid = text, number, "Asia/Shanghai", "u-1"
    data = slips.written(line)
    assert len(data) % slips.ROUND == 0
    again = slips.read(data)
    for name in Slip.__slots__:
        wanted = getattr(line, name)
        assert getattr(again, name) == (clean(text) if name == "text" else wanted)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000),
        slips.written(slip("x")).replace(b'"version":1', b'"version":2'),
        slips.written(slip("x")).replace(b'"text":"x"', b'"text":7'),
        slips.written(slip("x")).replace(b"2024-09-14T", b"2024-99-14T"),
        slips.written(slip("x")).replace(b'"tags":[]', b'"tags":[1]'),
    ],
)
def test_what_is_no_slip_is_told(data: bytes) -> None:
    with pytest.raises(ValueError):
        slips.read(data)


# -- what cannot be used stays in the text ---------------------------------------------


def test_names_that_mean_nobody_stay_in_the_text(path: Path) -> None:
    put(path, "a list", "promise", people=["Miss Wang", "@L1", "G1"], goal="G9")
    done = unlock(path)
    db = opened(path)
    assert db.read("SELECT title, person_id FROM matter") == [
        ("a list @Miss-Wang @G1 @G9", 1)
    ]
    db.close()
    assert [line.split("  ")[0] for line in done.told] == ["M1"] * 3


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"goal": "G2", "number": 3.0}, "done n:3"),
        ({"goal": "G9", "number": 2.5}, "done @G9 n:2.5"),
        ({"number": 3.0}, "done n:3"),
    ],
)
def test_a_number_without_a_measure_stays(
    path: Path, fields: dict[str, Any], text: str
) -> None:
    put(path, "done", "win", **fields)
    assert text.split()[-1] in " ".join(unlock(path).told)
    assert texts(path) == [text]


def test_a_number_moves_the_measure_once(path: Path) -> None:
    put(path, "twelve", "win", goal="G1", number=12.0)
    unlock(path)
    unlock(path)
    db = opened(path)
    assert db.read("SELECT measure_now FROM goal ORDER BY id") == [(188.0,), (None,)]
    db.close()


def test_a_name_that_is_known_by_then_is_linked(path: Path) -> None:
    put(path, "met @wang", people=["Wang"])
    db = opened(path)
    people.add(db, alias="Wang", relation="peer", now=NOW)
    assert file_all(db, NOW).told == []
    assert db.read("SELECT count(*) FROM link") == [(1,)]
    db.close()


# -- killed ----------------------------------------------------------------------------


def steps(work: Callable[[int], int], stride: int, tally: Tally) -> int:
    """Let ``work`` be killed at its calls, each ``stride`` apart, until it no longer is;
    the number of its calls.
    """
    at = 1
    while code := work(at):
        assert code == -9
        tally.tried()
        at += stride
    return at


@pytest.mark.case(4)
@pytest.mark.parametrize("torn", [False, True])
def test_killed_at_every_step_of_capturing(
    template: Path, tmp_path: Path, torn: bool, strength: Strength, tally: Tally
) -> None:
    def once(at: int) -> int:
        path = copy(template, tmp_path / "own")
        sign = tmp_path / "said"
        sign.write_text("")
        note = note_of(path)

        def capture() -> None:
            dying_files([at], torn=torn)
            for text in ("one", "two"):
                seal_line(str(path), note, slip(text))
                with sign.open("a") as file:
                    file.write(text + "\n")

        code = apart(capture)
        said = sign.read_text().split()
        put(path, "three")
        found, left = settled(path)
        assert left == 0
        assert found == [text for text in ("one", "two", "three") if text in found]
        assert {*said, "three"} <= set(found)
        assert waiting(path) == b""
        return code

    assert steps(once, strength(2, 1), tally) > 20


@pytest.mark.case(4)
def test_killed_at_every_step_of_filing(
    template: Path, tmp_path: Path, strength: Strength, tally: Tally
) -> None:
    def once(at: int) -> int:
        path = copy(template, tmp_path / "own")
        for text in ("one", "two"):
            put(path, text)
        with path.with_name("planner.db.inbox").open("ab") as end:
            end.write(BEGIN + b"\ntorn")

        def file() -> None:
            left = [at]
            db = opened(path)
            dying_files(left)
            db.conn = sealed.Dying(db.conn, ["execute"], left)
            file_all(db, NOW)

        code = apart(file)
        put(path, "three")
        assert settled(path) == (["one", "two", "three"], 0)
        assert waiting(path) == b""
        assert look(str(path)).unread == 1
        return code

    assert steps(once, strength(5, 1), tally) > 40


@pytest.mark.case(15)
def test_two_shells_and_two_that_unlock_at_once(path: Path) -> None:
    each = 100
    note = note_of(path)

    def capture(name: str) -> None:
        for number in range(each):
            seal_line(str(path), note, slip(f"{name} {number}"))

    def file(rounds: int) -> None:
        db = opened(path)
        for _turn in range(rounds):
            assert file_all(db, NOW).failed == ""
        db.close()

    children = []
    works: list[Callable[[], None]] = [
        lambda: capture("a"),
        lambda: capture("b"),
        lambda: file(60),
        lambda: file(60),
    ]
    for work in works:
        child = os.fork()
        if not child:
            code = 1
            try:
                work()
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    unlock(path)
    found = texts(path)
    assert len(found) == 2 * each
    for name in "ab":
        mine = [text for text in found if text.startswith(name)]
        assert mine == [f"{name} {number}" for number in range(each)]


def test_it_lasts_before_it_is_acknowledged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def note(name: str) -> Any:
        real = getattr(os, name)

        def called(fd: int, *args: Any) -> Any:
            kind = "folder" if stat.S_ISDIR(os.fstat(fd).st_mode) else "file"
            done.append(f"{name} {kind}")
            return real(fd, *args)

        return called

    for name in ("fsync", "write", "ftruncate"):
        monkeypatch.setattr(os, name, note(name))
    put(path, "one")
    assert done == ["fsync folder", "write file", "fsync file"]
    done.clear()
    put(path, "two")
    assert done == ["write file", "fsync file"]
    done.clear()
    unlock(path)
    assert done == ["ftruncate file", "fsync file"]


# -- torn, strange, full ---------------------------------------------------------------


@pytest.mark.case(12)
def test_the_last_line_torn_at_every_byte(template: Path, tmp_path: Path) -> None:
    path = copy(template, tmp_path / "own")
    where = path.with_name("planner.db.inbox")
    put(path, "one")
    first = len(waiting(path))
    put(path, "two")
    whole = waiting(path)
    one, two = inbox.pieces(whole)
    for cut in range(first, len(whole)):
        found = list(inbox.pieces(whole[:cut] + b"\n" + one))
        assert (found[0], found[-1]) == (one, one)
        assert (two in found) == (cut == len(whole) - 1)
    for cut in (first + 1, first + 34, first + 400, len(whole) - 2, len(whole) - 1):
        where.write_bytes(whole[:cut])
        path = copy(template, path.parent, keep=where)
        put(path, "three")
        torn = cut < len(whole) - 1
        done = unlock(path)
        assert texts(path) == (["one", "three"] if torn else ["one", "two", "three"])
        assert done.unread == look(str(path)).unread == int(torn)
        assert waiting(path) == b""


def test_a_first_line_torn_at_every_byte(path: Path) -> None:
    put(path, "one")
    whole = waiting(path)
    head = len(inbox.FIRST) + 11
    for cut in range(head + 1):
        path.with_name("planner.db.inbox").write_bytes(whole[:cut])
        assert list(inbox.pieces(whole[:cut])) == []
        put(path, f"after {cut}")
        assert [p.endswith(END) for p in inbox.pieces(waiting(path))] == [True]


def test_what_cannot_be_opened_is_kept_and_told(path: Path) -> None:
    note = note_of(path)
    theirs = seal.Seal(recipient=str(x25519.Identity.generate().to_public()))
    seal.write(str(path), theirs)
    put(path, "sealed to somebody else")
    seal.write(str(path), note)
    put(path, "one")
    lines = waiting(path)
    broken = lines.replace(lines.split(b"\n")[2], lines.split(b"\n")[2][::-1])
    path.with_name("planner.db.inbox").write_bytes(broken)
    done = unlock(path)
    assert texts(path) == ["one"]
    assert "planner.db.inbox.unread" in done.lines[-1]
    assert done.unread == look(str(path)).unread == 1
    where = path.with_name("planner.db.inbox.unread")
    assert stat.S_IMODE(where.stat().st_mode) == 0o600
    db = opened(path)
    assert [each.text for each in filing.unread(db)] == [""]
    assert filing.retry(db, NOW).filed == []
    db.close()
    assert look(str(path)).unread == 1


def test_what_could_not_be_filed_can_be_read_and_tried_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(path, "one")
    put(path, CANARY)
    put(path, "three")

    def faulty(db: Any, line: Slip, told: Any) -> Any:
        if line.text == CANARY:
            raise RuntimeError("a fault of the program")
        return read_slip(db, line, told)

    monkeypatch.setattr(filing, "read_slip", faulty)
    assert unlock(path).unread == 1
    monkeypatch.undo()
    assert texts(path) == ["one", "three"]
    db = opened(path)
    (left,) = filing.unread(db)
    assert (left.text, left.at[:16]) == (CANARY, "2024-09-14T18:10")
    assert [each.handle for each in filing.retry(db, NOW).filed] == ["J3"]
    assert filing.unread(db) == []
    assert filing.retry(db, NOW).filed == []
    db.close()
    assert settled(path) == (["one", "three", CANARY], 0)


@pytest.mark.case(5, 7)
def test_no_room_leaves_nothing_half_written(path: Path) -> None:
    put(path, "one")
    before = waiting(path)

    def full() -> None:
        limit = len(before) + 300
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        with pytest.raises(DiskFull, match="No room"):
            put(path, "two")

    assert apart(full) == 0
    assert waiting(path) == before
    assert put(path, "three") == 2
    unlock(path)
    assert texts(path) == ["one", "three"]


@pytest.mark.case(5)
def test_no_room_for_filing_leaves_it_waiting(path: Path) -> None:
    for number in range(40):
        put(path, f"{number} " + "long " * 2000)

    def full() -> None:
        limit = path.stat().st_size + (1 << 16)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        done = unlock(path)
        assert "No room" in done.failed
        assert "still waits" in done.lines[-1]

    assert apart(full) == 0
    assert look(str(path)).count == 40
    unlock(path)
    assert [text.split()[0] for text in texts(path)] == [str(n) for n in range(40)]


@pytest.mark.case(57)
@pytest.mark.parametrize("kind", ["symlink", "dangling", "fifo", "folder"])
def test_what_is_no_file_is_refused(path: Path, tmp_path: Path, kind: str) -> None:
    where, other = path.with_name("planner.db.inbox"), tmp_path / "other"
    if kind == "fifo":
        os.mkfifo(where)
    elif kind == "folder":
        where.mkdir()
    else:
        if kind == "symlink":
            other.write_text("theirs")
        where.symlink_to(other)
    with pytest.raises(Refused, match="no file of your own"):
        put(path, "one")
    assert other.exists() == (kind == "symlink")
    assert kind != "symlink" or other.read_text() == "theirs"
    assert look(str(path)).count == 0
    assert unlock(path).filed == []


@pytest.mark.case(56)
@pytest.mark.parametrize("mask", [0o000, 0o777])
def test_it_is_for_its_owner_only(path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        put(path, "one")
        unlock(path)
        put(path, "two")
    finally:
        os.umask(before)
    where = path.with_name("planner.db.inbox")
    assert stat.S_IMODE(where.stat().st_mode) == 0o600
    where.chmod(0o666)
    put(path, "three")
    assert stat.S_IMODE(where.stat().st_mode) == 0o600
    unlock(path)
    assert texts(path) == ["one", "two", "three"]


@pytest.mark.case(17)
def test_one_that_holds_it_for_too_long_is_told(path: Path) -> None:
    with inbox.Inbox(str(path)), pytest.raises(StoreBusy, match="Try again"):
        inbox.Inbox(str(path), patience=0.05).__enter__()
    db = opened(path)
    put(path, "one")
    with inbox.Inbox(str(path)):
        assert "still waits" in file_all(db, NOW, patience=0.05).lines[-1]
    assert len(file_all(db, NOW).filed) == 1
    db.close()


@pytest.mark.case(60)
def test_no_word_of_it_can_be_found(path: Path) -> None:
    put(path, f"about {CANARY}", tags=[CANARY], people=[CANARY])
    before = b"".join(p.read_bytes() for p in path.parent.iterdir())
    assert CANARY.encode() not in before
    unlock(path)
    after = b"".join(p.read_bytes() for p in path.parent.iterdir())
    assert CANARY.encode() not in after
    assert CANARY in texts(path)[0]


def test_a_note_that_names_no_key_is_told(path: Path) -> None:
    with pytest.raises(StoreError, match="note"):
        seal_line(str(path), seal.Seal(recipient="age1nobody"), slip("x"))
    assert not path.with_name("planner.db.inbox").exists()


def test_a_key_that_is_another_by_now_gets_nothing(path: Path) -> None:
    old = note_of(path)
    db = opened(path)
    db.close()
    seal.write(
        str(path), seal.Seal(recipient=str(x25519.Identity.generate().to_public()))
    )
    with pytest.raises(StoreBusy, match="anew"):
        seal_line(str(path), old, slip("x"))
    assert waiting(path) == b""


def test_taking_the_passphrase_away_waits_for_what_waits(path: Path) -> None:
    put(path, "one")
    with pytest.raises(Refused, match="ptui today"):
        sealing.remove(str(path), KEY)
    assert sealing.is_sealed(str(path))
    unlock(path)
    note = note_of(path)
    sealing.remove(str(path), KEY)
    assert not path.with_name("planner.db.inbox").exists()
    with pytest.raises(StoreBusy):
        seal_line(str(path), note, slip("too late"))


def test_a_new_passphrase_opens_what_waits(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plannertui.store import key
    from plannertui.store.open import open_store

    monkeypatch.setitem(key.KDFS, 1, (1 << 10, 8, 1))
    put(path, "one")
    other = sealing.change(str(path), KEY, "another one")
    put(path, "two")
    db = open_store(str(path), now=NOW, key=other)
    assert len(file_all(db, NOW).filed) == 2
    db.close()
