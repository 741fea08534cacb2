"""Every call of the C library that changes files goes wrong once, for every one of them.

An action makes so many calls: writes, syncs, openings, renames. Each of them fails, or
is cut short, or is the last before the process is killed or the power goes, until the
action gets through because it makes no more. Each time the store must be as before the
action or as after it, and as after it where that was said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plannertui.store import dump
from plannertui.store.open import open_store
from tests.faults.deeds import ACTIONS, NOW
from tests.faults.nest import Fault, Mode, Nest
from tests.faults.trial import NEVER, Trial

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.harness import Strength, Tally

THOROUGH = ("win", "draft", "undo", "purge")
"""Actions of which every single call goes wrong; of the others some do."""


@pytest.fixture
def store(begun: Callable[..., Path]) -> Path:
    return begun(size=3)


@pytest.mark.case(7, 5)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_call_fails_once(
    faulty: Nest, store: Path, action: str, strength: Strength, tally: Tally
) -> None:
    trial = Trial(faulty, store, "act", tally, action=action)
    most = NEVER if action in THOROUGH else 15
    for number in trial.some(strength(3, most)):
        trial.strike(Fault("fail", number))


@pytest.mark.case(7, 5)
@pytest.mark.parametrize(
    ("mode", "again"),
    [("full", False), ("full", True), ("short", False), ("fail", True)],
)
def test_the_disk_is_full_or_broken_from_some_call_on(
    faulty: Nest, store: Path, mode: Mode, again: bool, strength: Strength, tally: Tally
) -> None:
    for action in ACTIONS:
        trial = Trial(faulty, store, "act", tally, action=action)
        for number in trial.some(strength(1, 6), (mode, again)):
            trial.strike(Fault(mode, number, again=again))


@pytest.mark.case(7, 5)
@pytest.mark.parametrize("mode", ["fail", "full"])
def test_who_tries_again_with_the_store_open_gets_through(
    faulty: Nest, store: Path, mode: Mode, strength: Strength, tally: Tally
) -> None:
    for action in ACTIONS:
        trial = Trial(faulty, store, "act", tally, action=action)
        trial.about["again"] = True
        for number in trial.some(strength(1, 6), mode):
            trial.strike(Fault(mode, number, again=True))


@pytest.mark.case(1)
@pytest.mark.parametrize("action", ACTIONS)
def test_killed_at_every_call(
    faulty: Nest, store: Path, action: str, strength: Strength, tally: Tally
) -> None:
    trial = Trial(faulty, store, "act", tally, action=action)
    most = NEVER if action in THOROUGH else 15
    for number in trial.some(strength(3, most)):
        assert trial.strike(Fault("kill", number)).killed
    for number in trial.some(strength(1, 6), "torn"):
        assert trial.strike(Fault("torn", number)).killed


@pytest.mark.case(1)
@pytest.mark.parametrize("action", ACTIONS)
def test_the_power_is_cut_at_every_call(
    faulty: Nest, store: Path, action: str, strength: Strength, tally: Tally
) -> None:
    """What was not synced may be lost, in any order; what was said to be kept is not."""
    trial = Trial(faulty, store, "act", tally, action=action)
    for number in trial.some(strength(3, 25), "power"):
        assert trial.strike(Fault("power", number, seed=number)).killed


@pytest.mark.case(4)
@pytest.mark.parametrize("mode", ["kill", "power", "full", "fail"])
def test_a_store_that_is_made_is_whole_or_is_made_the_next_time(
    faulty: Nest, tmp_path: Path, mode: Mode, strength: Strength, tally: Tally
) -> None:
    (tmp_path / "store").mkdir()
    trial = Trial(faulty, tmp_path / "store" / "planner.db", "opening", tally)
    for number in trial.some(strength(3, 20), mode):
        trial.strike(Fault(mode, number, again=mode == "full", seed=number))


@pytest.mark.case(4)
@pytest.mark.parametrize("mode", ["kill", "full", "fail"])
def test_an_import_is_whole_or_not_at_all(
    faulty: Nest,
    begun: Callable[..., Path],
    tmp_path: Path,
    mode: Mode,
    strength: Strength,
    tally: Tally,
) -> None:
    """Into an empty store, which takes everything over, and into a used one."""
    given = begun("given", size=12)
    db = open_store(str(given), now=NOW)
    document = tmp_path / "all.json"
    document.write_text("".join(dump.export_chunks(db, now=NOW)), "utf-8")
    db.close()
    (tmp_path / "new").mkdir()
    empty = tmp_path / "new" / "planner.db"
    open_store(str(empty), now=NOW).close()
    for store in (empty, begun("used", size=2)):
        trial = Trial(faulty, store, "take_in", tally, file=str(document))
        for number in trial.some(strength(2, 12), mode):
            trial.strike(Fault(mode, number, again=mode == "full"))
