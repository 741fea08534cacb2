"""The nest, with the shim where a C compiler makes it, and stores to do things to."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults import deeds
from tests.faults.nest import Nest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library whose calls fail; needs a C compiler, and the loader of Linux."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not Path("/proc/self/fd").exists():
        pytest.skip("no C compiler here (cc)")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", library, HERE / "shim.c", "-ldl"],
        check=True,
    )
    return library


@pytest.fixture(scope="module")
def nest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nest]:
    """Runs deeds in processes of their own."""
    nest = Nest(tmp_path_factory.mktemp("nest") / "aside")
    yield nest
    nest.close()


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory, shim: Path) -> Iterator[Nest]:
    """The same, where calls of the C library can go wrong."""
    nest = Nest(tmp_path_factory.mktemp("nest") / "aside", shim)
    yield nest
    nest.close()


@pytest.fixture
def begun(tmp_path: Path) -> Callable[..., Path]:
    """Makes a store with a leader, a goal and a promise in a folder of its own."""

    def make(name: str = "store", size: int = 0) -> Path:
        path = tmp_path / name / "planner.db"
        path.parent.mkdir()
        deeds.begin(str(path), lambda said: None, size=size)
        return path

    return make
