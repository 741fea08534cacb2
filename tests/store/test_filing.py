"""What keeps lines waiting, and what puts them beside as those that never can be filed."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import NotADatabase, NotFound, StoreError
from plannertui.core.slip import Slip
from plannertui.store import filing, sealing
from plannertui.store.capture import read_slip
from plannertui.store.inbox import file_all, look, seal_line
from plannertui.store.open import open_store
from tests.conftest import NOW
from tests.sealed import KEY, note_of, opened, planned, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _fd: None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sealed store, locked, with two lines in its inbox."""
    path = tmp_path / "planner.db"
    planned(path)
    for text in ("line one", "line two"):
        seal_line(
            str(path), note_of(path), Slip("note", text, at=NOW, today=NOW.date())
        )
    return path


def test_a_store_that_was_replaced_leaves_them_waiting(path: Path) -> None:
    """A screen stays open on the file that a syncing program puts another one over."""
    screen = opened(path)
    before = path.with_name("planner.db.inbox").read_bytes()
    shutil.copyfile(path, path.with_name("copy"))
    os.replace(path.with_name("copy"), path)
    done = file_all(screen, NOW)
    screen.close()
    assert (done.filed, done.unread) == ([], 0)
    assert "replaced" in done.failed
    assert path.with_name("planner.db.inbox").read_bytes() == before
    assert not path.with_name("planner.db.inbox.unread").exists()
    db = opened(path)
    assert len(file_all(db, NOW).filed) == 2
    db.close()
    assert texts(path) == ["line one", "line two"]


def test_who_has_an_older_store_open_puts_nothing_beside(
    path: Path, tmp_path: Path
) -> None:
    """Another planner lies there by now, to whose key the lines are sealed."""
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "planner.db"
    db = open_store(str(other), now=NOW, key=KEY)
    sealing.tend(db, language="en")
    screen = db
    planned_here = path.read_bytes()
    shutil.copyfile(path.with_name("planner.db.inbox"), str(other) + ".inbox")
    part = other.with_name("part")
    part.write_bytes(planned_here)
    os.replace(part, other)
    done = file_all(screen, NOW)
    screen.close()
    assert (done.filed, done.unread) == ([], 0)
    assert look(str(other)).count == 2
    assert look(str(other)).unread == 0


def _raising(error: Exception, cause: Exception | None) -> Callable[..., Any]:
    def faulty(db: Any, line: Slip, told: Any) -> Any:
        if line.text == "line two":
            raise error from cause
        return read_slip(db, line, told)

    return faulty


@pytest.mark.parametrize(
    "error",
    [
        StoreError("The store failed"),
        NotADatabase("It is damaged"),
        driver.DatabaseError("database disk image is malformed"),
        driver.OperationalError("disk I/O error"),
        driver.ProgrammingError("Cannot operate on a closed database."),
        OSError(5, "Input/output error"),
    ],
    ids=repr,
)
def test_what_is_not_the_lines_own_fault_keeps_all_waiting(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    before = path.with_name("planner.db.inbox").read_bytes()
    db = opened(path)
    monkeypatch.setattr(filing, "read_slip", _raising(error, None))
    done = file_all(db, NOW)
    monkeypatch.undo()
    assert [each.handle for each in done.filed] == ["J1"]
    assert done.failed
    assert done.unread == 0
    assert path.with_name("planner.db.inbox").read_bytes() == before
    # The next time files what is left, and what was filed is not filed twice.
    assert [each.handle for each in file_all(db, NOW).filed] == ["J2"]
    db.close()
    assert look(str(path)).count == 0
    assert texts(path) == ["line one", "line two"]


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (ValueError("a fault of the program"), None),
        (NotFound("There is no P99."), None),
        (driver.IntegrityError("CHECK constraint failed"), None),
        (StoreError("The store failed"), driver.IntegrityError("CHECK failed")),
        (OverflowError("Python int too large to convert to SQLite INTEGER"), None),
    ],
    ids=repr,
)
def test_a_line_at_fault_is_put_beside_and_keeps_none_waiting(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    cause: Exception | None,
) -> None:
    db = opened(path)
    monkeypatch.setattr(filing, "read_slip", _raising(error, cause))
    done = file_all(db, NOW)
    monkeypatch.undo()
    assert ([each.handle for each in done.filed], done.unread) == (["J1"], 1)
    assert not done.failed
    assert look(str(path)).count == 0
    assert [each.text for each in filing.unread(db)] == ["line two"]
    db.close()
