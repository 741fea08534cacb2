"""Old stores brought up to date, cut off at every call and every statement, and by many."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import sqlcipher3.dbapi2 as driver

from plannertui.core.errors import PlannerError
from plannertui.store import backups, entries, prepare, triggers
from plannertui.store.open import SCHEMA, connect, open_store
from tests.faults import whole
from tests.faults.deeds import NOW
from tests.faults.nest import Fault, Mode, Nest
from tests.faults.trial import Trial
from tests.store import older

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Ptui
    from tests.faults.harness import Strength, Tally

OLDER = {1: older.first, 2: older.second}


@pytest.fixture
def old(tmp_path: Path, version: int) -> Path:
    """A store of an older version, in a folder of its own."""
    path = tmp_path / "old" / "planner.db"
    path.parent.mkdir()
    OLDER[version](str(path))
    path.chmod(0o600)
    return path


def up_to_date(path: Path) -> bool:
    conn = connect(str(path))
    try:
        number = conn.execute("PRAGMA user_version").fetchone()[0]
        return number == SCHEMA and not triggers.missing(conn)
    finally:
        conn.close()


@pytest.mark.case(4, 20)
@pytest.mark.parametrize("mode", ["kill", "power", "full", "fail"])
@pytest.mark.parametrize("version", OLDER)
def test_cut_off_at_any_call_it_is_the_old_store_or_the_new_one(
    faulty: Nest, old: Path, mode: Mode, strength: Strength, tally: Tally
) -> None:
    trial = Trial(faulty, old, "opening", tally, look=whole.state)
    for number in trial.some(strength(3, 24), mode):
        ended = trial.strike(Fault(mode, number, again=mode == "full", seed=number))
        path = trial.store.parent.parent / "tried" / "planner.db"
        if ended.status == 0 and not up_to_date(path):
            tally.loses(f"at {number}: not up to date, and nothing was said")


class Failing:
    """A connection whose ``at``-th statement fails, and then every other one."""

    def __init__(self, conn: Any, at: int) -> None:
        self._conn, self.left = conn, at

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise driver.OperationalError("disk I/O error")

    def execute(self, sql: str, *values: Any) -> Any:
        if not sql.startswith("ROLLBACK"):
            self._count()
        return self._conn.execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> Any:
        self._count()
        return self._conn.executemany(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._conn, name)


@pytest.mark.case(20)
@pytest.mark.parametrize("version", OLDER)
def test_a_statement_fails_and_the_backup_is_named(
    old: Path, monkeypatch: pytest.MonkeyPatch, strength: Strength, tally: Tally
) -> None:
    """Statements from the first to the last; then it comes through."""
    before = whole.state(old)
    step, at, named = strength(60, 6), 0, 0
    while True:
        folder = old.parent.parent / "tried"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(old.parent, folder)
        path = str(folder / "planner.db")
        conns: list[Failing] = []

        def failing(path: str, at: int = at, **options: Any) -> Failing:
            conns.append(Failing(connect(path, **options), at))  # noqa: B023
            return conns[-1]  # noqa: B023

        tally.tried()
        with monkeypatch.context() as patch:
            patch.setattr(prepare, "connect", failing)
            try:
                open_store(path, now=NOW).close()
            except PlannerError as error:
                if whole.state(folder / "planner.db") != before:
                    tally.loses(f"statement {at}: changed by half")
                if (made := backups.ls(path)) and made[0].path in error.message:
                    named += 1
            else:
                if conns[0].left >= 0:
                    break
        open_store(path, now=NOW).close()
        if not up_to_date(folder / "planner.db"):
            tally.loses(f"statement {at}: not the next time either")
        at += step
    assert tally.tries > 3
    assert named > tally.tries // 2, "the backup is named"


@pytest.fixture(scope="module")
def nests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Nest]]:
    """Three processes that do things at once."""
    nests = [Nest(tmp_path_factory.mktemp("nest")) for _ in range(3)]
    yield nests
    for nest in nests:
        nest.close()


@pytest.mark.case(18)
@pytest.mark.parametrize("version", OLDER)
def test_three_bring_it_up_to_date_at_once(
    nests: list[Nest], old: Path, strength: Strength, tally: Tally
) -> None:
    for number in range(strength(1, 8)):
        folder = old.parent.parent / f"tried-{number}"
        shutil.copytree(old.parent, folder)
        path = folder / "planner.db"
        for who, nest in enumerate(nests):
            nest.start("add", path, names=[f"{who} {n}" for n in range(3)])
        for nest in nests:
            tally.tried()
            ended = nest.finish()
            if ended.status or len(ended.said) != 3:
                tally.loses(f"round {number}: {ended}")
        tally.loses(*whole.unsound(path))
        conn = connect(str(path))
        texts = {row[0] for row in conn.execute("SELECT text FROM entry")}
        conn.close()
        wanted = {"窗口很安静", *(f"{who} {n}" for who in range(3) for n in range(3))}
        tally.loses(*(wanted ^ texts))
        assert len(backups.ls(str(path))) == 1, "one of them made the backup"


@pytest.mark.case(19)
def test_a_newer_store_is_read_and_never_touched(
    ptui: Ptui, tmp_path: Path, tally: Tally
) -> None:
    path = tmp_path / "planner.db"
    assert ptui("note", "from the future").code == 0
    assert ptui("add", "> the future ^fri").code == 0
    conn = connect(str(path))
    conn.execute("ALTER TABLE entry ADD COLUMN weather TEXT")
    conn.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    conn.close()
    before = hashlib.sha256(path.read_bytes()).digest()
    for verb in (["ls"], ["export", "--json"], ["search", "future"], ["show", "J1"]):
        tally.tried()
        ran = ptui(*verb)
        if ran.code or "future" not in ran.out:
            tally.loses(f"{verb}: {ran}")
    for verb in (["note", "no"], ["undo"], ["rm", "J1", "--yes"], ["done", "M1"]):
        tally.tried()
        ran = ptui(*verb)
        if ran.code != 4 or "newer version" not in ran.err:
            tally.loses(f"{verb}: {ran}")
    ran = ptui("note", "--json", input="words that stay")
    assert ran.error["text"] == "words that stay"
    assert "newer version" in ptui("doctor").out
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert not backups.ls(str(path))


@pytest.mark.case(21)
@pytest.mark.parametrize("version", OLDER)
def test_triggers_that_were_gone_are_back_after_a_migration(
    old: Path, tally: Tally
) -> None:
    conn = connect(str(old))
    for name in triggers.present(conn):
        conn.execute(f'DROP TRIGGER "{name}"')
        tally.tried()
    conn.close()
    db = open_store(str(old), now=NOW)
    tally.loses(*triggers.missing(db.conn))
    entries.add(db, text="window seven", day=NOW.date(), now=NOW)
    assert db.one("SELECT count(*) FROM revision WHERE tbl = 'entry'") == (2,)
    db.close()
