"""Killed at random moments of writing, again and again, on one store that goes on living."""

from __future__ import annotations

import os
import random
import signal
from typing import TYPE_CHECKING

import pytest

from plannertui.store import drafts, sealing
from plannertui.store.open import connect
from tests.faults import whole
from tests.faults.deeds import KEYS, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.harness import Strength, Tally
    from tests.faults.nest import Nest

PARTS = 4


def killed_again_and_again(
    nest: Nest, path: Path, rounds: int, seed: int, tally: Tally
) -> None:
    """Let it write, kill it, look, and let it go on with the same store."""
    chance = random.Random(seed)
    acknowledged: set[tuple[str, int]] = set()
    first = 0
    for turn in range(rounds):
        child = nest.start("write", path, first=first)
        # The beginning, where the log is recovered or made; or somewhere in the rest.
        heard = nest.said(count=(9, 1, 90, 0)[turn % 4])
        heard += nest.said(0.02 * chance.random())
        os.kill(child, signal.SIGKILL)
        ended = nest.finish()
        assert ended.killed, ended
        acknowledged.update((what, number) for what, number in heard + ended.said)
        tally.tried()
        tally.loses(*whole.unsound(path), *whole.lost(path, acknowledged))
        if tally.lost:
            break
        offered(path, acknowledged, tally)
        first = max([first, *(number for what, number in acknowledged)])
    assert any(what == "win" for what, _number in acknowledged)


def offered(path: Path, acknowledged: set[tuple[str, int]], tally: Tally) -> None:
    """The draft of a process that is gone is offered by the next one."""
    if not any(what == "draft" for what, _number in acknowledged):
        return
    db = opened(str(path))
    found = drafts.orphans(db, drafts.session_id())
    db.close()
    if len(found) != 1:
        tally.loses(f"{len(found)} drafts offered")


@pytest.mark.case(1)
@pytest.mark.parametrize("part", range(PARTS))
def test_killed_while_writing(
    begun: Callable[..., Path], nest: Nest, part: int, strength: Strength, tally: Tally
) -> None:
    rounds = strength(4, 200 // PARTS)
    killed_again_and_again(nest, begun(), rounds, part, tally)


@pytest.mark.case(2)
def test_killed_while_writing_with_a_rollback_journal(
    begun: Callable[..., Path], nest: Nest, strength: Strength, tally: Tally
) -> None:
    path = begun()
    conn = connect(str(path))
    assert conn.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    conn.close()
    killed_again_and_again(nest, path, strength(4, 50), 77, tally)
    conn = connect(str(path))
    assert conn.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    conn.close()


@pytest.mark.case(1)
@pytest.mark.parametrize("part", range(2))
def test_killed_while_writing_into_a_sealed_store(
    begun: Callable[..., Path], nest: Nest, part: int, strength: Strength, tally: Tally
) -> None:
    path, key = begun(), KEYS["one"]
    assert key is not None
    sealing.seal_with(str(path), None, key)
    killed_again_and_again(nest, path, strength(2, 25), 100 + part, tally)
