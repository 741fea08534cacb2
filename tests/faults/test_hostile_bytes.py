"""Every screen and dialog, fed with hostile texts, at the raw bytes of a terminal."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.store.open import open_store
from tests.conftest import NOW
from tests.faults import poison, tour
from tests.terminal import PATIENCE, Terminal

if TYPE_CHECKING:
    from tests.faults.harness import Strength, Tally


class Wire(Terminal):
    """A terminal of which only the bytes are looked at."""

    def _draw(self, text: str) -> None:
        """Nothing: two megabytes are not drawn for nobody."""

    def sail(self) -> int:
        """Read as long as something comes; the exit code."""
        while self.process.poll() is None:
            before = len(self.raw)
            until = time.monotonic() + PATIENCE
            while len(self.raw) == before and self.process.poll() is None:
                assert time.monotonic() < until, f"stands still: {self.sent[-300:]!r}"
                self._pump(0.1)
        return self.wait_exit()


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year with hostile text in every field of every noun."""
    path = tmp_path_factory.mktemp("poisoned") / "planner.db"
    db = open_store(str(path), now=NOW)
    assert poison.fill(db, NOW) > 1000
    db.close()
    return path


@pytest.mark.case(38, 39, 40, 41)
@pytest.mark.parametrize(
    ("columns", "rows", "language"),
    [
        (120, 36, "en"),
        *(
            pytest.param(*case, marks=pytest.mark.slow_fault)
            for case in ((60, 20, "zh_Hans"),)
        ),
    ],
)
def test_no_field_of_any_screen_commands_the_terminal(
    poisoned: Path,
    tmp_path: Path,
    tally: Tally,
    strength: Strength,
    columns: int,
    rows: int,
    language: str,
) -> None:
    told = tmp_path / "told"
    words = [str(poisoned), NOW.isoformat(), str(told), language]
    words.append(str(strength(0, len(tour.KEYS))))
    command = [sys.executable, "-m", "tests.faults.tour", *words]
    terminal = Wire(command, columns=columns, rows=rows)
    with terminal:
        code = terminal.sail()
        seen = told.read_text().split("\n") if told.exists() else []
        assert seen[-1:] == ["done"], (seen[-2:], terminal.sent[-400:])
        assert code == 0
        terminal.assert_safe()
        terminal.assert_restored()
        # The poison was there: its harmless part stands on the screen.
        assert "[@click=app.quit]x[/]" in terminal.sent
    assert tour.screens() - set(seen) == set()
    tally.tried(len(seen) - 1)
