"""One deed on copies of one store, with a fault in it; the old state or the new one is left."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from plannertui.core.errors import PlannerError
from tests.faults import deeds, whole
from tests.faults.nest import Ended, Fault, Nest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.faults.harness import Tally

NEVER = 10**9
"""A call that no deed reaches."""


def opened(path: Path) -> whole.State | None:
    """The state of the store, opened as the next start does; None without one."""
    if not there(path):
        return None
    db = deeds.opened(str(path))
    db.close()
    state = whole.state(path)
    if db.notice:
        state["unsound"].append((db.notice,))
    return state


def there(path: Path) -> bool:
    """Whether there is a store, and not only the empty file that was to be one."""
    return path.exists() and path.stat().st_size > 0


class Trial:
    """One deed on copies of one store, with the states before and after it."""

    def __init__(
        self,
        nest: Nest,
        store: Path,
        deed: str,
        tally: Tally,
        *,
        look: Callable[[Path], whole.State | None] | None = None,
        **about: Any,
    ) -> None:
        self.nest, self.deed, self.tally, self.about = nest, deed, tally, about
        self.store, self.look = store, look or opened
        self.before = self.look(self.copy())
        path = self.copy()
        ended = nest.run(deed, path, fault=Fault("fail", NEVER), **about)
        assert ended.status == 0, ended
        assert ended.said == ["done"], ended
        self.calls = ended.calls
        self.after = self.look(path) or {}
        assert self.after != self.before
        self.allowed = [self.before, self.after]

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
            found = self.look(path)
        except (PlannerError, driver.Error) as error:
            self.tally.loses(f"{where}: {error}")
            return
        if found not in self.allowed:
            differ = whole.differences(found or {}, self.after)
            self.tally.loses(f"{where}: neither old nor new: {differ}")
        if "done" in ended.said and found != self.after:
            self.tally.loses(f"{where}: done, and gone")
        if found != self.after and self.tally.tries % 4 == 0:
            again = self.nest.run(self.deed, path, **self.about)
            if again.status or self.look(path) != self.after:
                self.tally.loses(f"{where}: not the next time either: {again}")
