"""An empty store for each test, copied: making one takes longer than most tests here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from plannertui.store.open import Store, open_store
from tests.conftest import NOW


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store."""
    path = tmp_path_factory.mktemp("empty") / "planner.db"
    open_store(str(path), now=NOW).close()
    return path


@pytest.fixture
def store(tmp_path: Path, now: datetime, empty: Path) -> Iterator[Store]:
    """An empty store on a real file."""
    path = tmp_path / "planner.db"
    shutil.copy(empty, path)
    db = open_store(str(path), now=now)
    yield db
    db.close()
