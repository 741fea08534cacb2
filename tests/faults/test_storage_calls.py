"""Every call of the C library that changes files goes wrong once, for every one of them.

An action makes so many calls: writes, syncs, openings, renames. Each of them fails, or
is cut short, or is the last before the process is killed or the power goes, until the
action gets through because it makes no more. Each time the store must be as before the
action or as after it, and as after it where that was said.
"""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.core.errors import PlannerError
from tests.faults import whole
from tests.faults.deeds import ACTIONS
from tests.faults.nest import Ended, Fault, Mode, Nest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.faults.harness import Strength, Tally

NEVER = 10**9
THOROUGH = ("win", "draft", "undo", "purge")
"""Actions of which every single call goes wrong; of the others some do."""


class Trial:
    """One deed on copies of one store, with the states before and after it."""

    def __init__(
        self, nest: Nest, store: Path, deed: str, tally: Tally, **about: Any
    ) -> None:
        self.nest, self.deed, self.tally, self.about = nest, deed, tally, about
        self.store = store
        self.before = whole.state(self.copy()) if store.exists() else None
        path = self.copy()
        ended = nest.run(deed, path, fault=Fault("fail", NEVER), **about)
        assert ended.status == 0, ended
        assert ended.said == ["done"], ended
        self.calls = ended.calls
        self.after = whole.state(path)
        assert self.after != self.before

    def copy(self) -> Path:
        """The store as it was, in a folder of its own."""
        folder = self.store.parent.parent / "tried"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.store.parent, folder)
        return folder / self.store.name

    def some(self, count: int, seed: object = 0) -> Iterable[int]:
        """So many of the calls, spread by chance; all of them where there are fewer."""
        every = range(1, self.calls + 1)
        if count >= self.calls:
            return every
        chance = random.Random(f"{self.about} {count} {seed}")
        return sorted(chance.sample(every, count))

    def strike(self, fault: Fault, **options: Any) -> Ended:
        """Do the deed with a fault in it, and judge what it left."""
        path = self.copy()
        ended = self.nest.run(self.deed, path, fault=fault, **self.about, **options)
        where = f"{self.deed} {self.about} {fault.mode} at {fault.at}"
        self.tally.tried()
        if ended.fault:
            self.tally.loses(f"{where}: {ended.fault}")
        if ended.status == 1 and not ended.message:
            self.tally.loses(f"{where}: an error without words")
        self.judge(path, ended, where)
        return ended

    def judge(self, path: Path, ended: Ended, where: str) -> None:
        """The old state or the new one; and once there is room, the new one."""
        try:
            found = whole.state(path) if path.exists() else None
        except PlannerError as error:
            self.tally.loses(f"{where}: {error.message}")
            return
        if found not in (self.before, self.after):
            differ = whole.differences(found or {}, self.after)
            self.tally.loses(f"{where}: neither old nor new: {differ}")
        if "done" in ended.said and found != self.after:
            self.tally.loses(f"{where}: done, and gone")
        if found != self.after and self.tally.tries % 4 == 0:
            again = self.nest.run(self.deed, path, **self.about)
            if again.status or whole.state(path) != self.after:
                self.tally.loses(f"{where}: not the next time either: {again}")


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
