"""A search index that is damaged alone: doctor --fix makes it anew, the rest is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import PlannerError
from plannertui.store import damage, entries, repair, search
from plannertui.store.doctor import examine
from plannertui.store.open import connect, open_store
from tests.damaging import DAY, ENTRIES, KEY, PAGE, make, pages_of, scribble

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from plannertui.store.key import Key

BOTH = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])


def overwrite(path: Path, key: Key | None) -> None:
    """What the index keeps is nonsense, in pages that are whole."""
    conn = connect(str(path), key=key)
    conn.execute("UPDATE fts_data SET block = x'00ff00ff00' WHERE id > 10")
    conn.close()


def tear(path: Path, key: Key | None) -> None:
    """A page of the index does not hold together: the one that its tree begins with."""
    conn = connect(str(path), readonly=True, key=key)
    root = conn.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'fts_data'"
    ).fetchone()[0]
    conn.close()
    scribble(path, root, length=PAGE // 2)


@BOTH
@pytest.mark.parametrize("harm", [overwrite, tear])
def test_it_is_made_anew_and_the_store_is_written_again(
    tmp_path: Path, key: Key | None, harm: object, now: datetime
) -> None:
    path = make(tmp_path / "planner.db", key)
    harm(path, key)  # type: ignore[operator]
    db = open_store(str(path), now=now, key=key)
    try:
        search.search(db, "budget")
    except PlannerError:
        pass
    assert len(search.search(db, "budget", limit=1000)) == ENTRIES
    db.close()
    assert damage.read(str(path)) is not None
    told = [each.text for each in examine(str(path), key) if each.code == "search"]
    assert "doctor --fix" in told[0]
    done = repair.repair(str(path), key, now)
    assert not any(each.left for each in done)
    assert {"search", "backup", "mark"} <= {each.code for each in done}
    assert damage.look(str(path), key) == ""
    assert all(each.level != "wrong" for each in examine(str(path), key))
    db = open_store(str(path), now=now, key=key)
    assert not db.damaged
    assert len(search.search(db, "budget", limit=1000)) == ENTRIES
    entries.add(db, text="later 以后", day=DAY, now=now)
    assert len(search.search(db, "以后")) == 1
    db.close()


def test_with_a_damaged_entry_too_nothing_is_written(
    tmp_path: Path, now: datetime
) -> None:
    path = make(tmp_path / "planner.db", None)
    overwrite(path, None)
    scribble(path, pages_of(path, None, "entry")[4])
    before = path.read_bytes()
    done = repair.repair(str(path), None, now)
    assert [each.code for each in done if each.left] == ["integrity"]
    assert path.read_bytes() == before
