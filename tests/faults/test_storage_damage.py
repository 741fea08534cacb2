"""Files that were damaged: headers, pages and logs with flipped bits, cut off, left alone."""

from __future__ import annotations

import os
import random
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import PlannerError, WrongPassphrase
from plannertui.store import backups, entries, sealing
from plannertui.store.doctor import examine
from plannertui.store.open import open_store
from tests.faults import whole
from tests.faults.deeds import KEYS, NOW, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Ptui
    from tests.faults.harness import Strength, Tally
    from tests.faults.nest import Nest


def flip(path: Path, at: int, bits: int) -> None:
    """Flip ``bits`` of the byte ``at``."""
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ bits]))


def copied(store: Path, name: str = "tried") -> Path:
    """A copy of the store with all that lies beside it, in a folder of its own."""
    folder = store.parent.parent / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(store.parent, folder)
    return folder / store.name


@pytest.mark.case(9)
@pytest.mark.parametrize("key", ["", "one"], ids=["plain", "sealed"])
def test_bytes_of_the_header_are_wrong(
    begun: Callable[..., Path], key: str, strength: Strength, tally: Tally
) -> None:
    """It opens with everything, or says that it does not; the file stays as it is."""
    store = begun(size=3)
    if key:
        sealing.seal_with(str(store), None, KEYS[key])  # type: ignore[arg-type]
    db = open_store(str(store), now=NOW, key=KEYS[key])
    made = backups.make(db, NOW, "asked")
    db.close()
    before, chance, refused = whole.state(store), random.Random(9), 0
    for turn in range(strength(6, 30)):
        path = copied(store)
        # The salt, or the name of the format, as often as the rest.
        for _byte in range(3):
            last = 16 if turn % 2 else 100
            flip(path, chance.randrange(last), chance.randrange(1, 256))
        damaged = path.read_bytes()
        tally.tried()
        try:
            db = open_store(str(path), now=NOW, key=KEYS[key])
            count = db.one("SELECT count(*) FROM entry")
            db.close()
            if not db.readonly and count != (len(before["entry"]),):
                tally.loses(f"turn {turn}: {count} entries, and nothing was said")
        except PlannerError as error:
            refused += 1
            # What to do: look at it, and the newest backup (a key or code may be wrong).
            offered = f"ptui restore {made.handle}"
            words = [str(path), "ptui doctor"]
            words.append(
                "recovery code" if isinstance(error, WrongPassphrase) else offered
            )
            if any(word not in error.message for word in words):
                tally.loses(f"turn {turn}: {error.message}")
            if path.read_bytes() != damaged:
                tally.loses(f"turn {turn}: the file was changed")
        found = examine(str(path), KEYS[key])
        assert found, "there is something to say of it"
        if path.read_bytes() != damaged and not refused:
            tally.loses(f"turn {turn}: looking changed it")
    assert refused


VERBS = (
    *(["ls", "--all"], ["search", "row"], ["show", "J3"], ["log", "J3"]),
    *(["export", "--json"], ["doctor"], ["goal", "ls"]),
)


@pytest.mark.case(10, 11)
@pytest.mark.parametrize("kind", ["bits", "cut off"])
def test_every_verb_answers_in_words_whatever_is_damaged(
    begun: Callable[..., Path],
    ptui: Ptui,
    kind: str,
    strength: Strength,
    tally: Tally,
) -> None:
    """Bits of pages are flipped, or the end is missing: no traceback, no deletion."""
    store, chance = begun(size=30), random.Random(kind)
    # What is only remembered is remembered now.
    for verb in VERBS:
        assert ptui(*verb, env={"PLANNERTUI_DB": str(store)}).code == 0
    size = store.stat().st_size
    for turn in range(strength(2, 20)):
        path = copied(store)
        if kind == "bits":
            for _bit in range(3):
                flip(path, chance.randrange(100, size), 1 << chance.randrange(8))
        else:
            os.truncate(path, chance.randrange(1, size))
        damaged = path.read_bytes()
        env = {"PLANNERTUI_DB": str(path)}
        for verb in VERBS:
            tally.tried()
            ran = ptui(*verb, env=env)
            if ran.code not in (0, 1, 3, 4) or "Traceback" in ran.err:
                tally.loses(f"turn {turn}: {verb}: {ran}")
        if path.read_bytes() != damaged:
            tally.loses(f"turn {turn}: reading changed the file")
        ran = ptui("note", "--json", input="typed meanwhile", env=env)
        if ran.code and ran.error["text"] != "typed meanwhile":
            tally.loses(f"turn {turn}: {ran}")
        assert path.stat().st_size > 0


@pytest.mark.case(12)
@pytest.mark.parametrize("kind", ["cut off", "a bit", "with its index"])
def test_a_damaged_log_costs_the_last_commits_at_most(
    begun: Callable[..., Path],
    nest: Nest,
    kind: str,
    strength: Strength,
    tally: Tally,
) -> None:
    """The rows from the first to some row are there, and none behind it, none by half."""
    store, chance = begun(), random.Random(kind)
    child = nest.start("write", store)
    heard = nest.said(count=120)
    os.kill(child, signal.SIGKILL)
    heard += nest.finish().said
    said = [(what, number) for what, number in heard]
    log = store.parent / "planner.db-wal"
    size = log.stat().st_size
    if kind != "with its index":
        (store.parent / "planner.db-shm").unlink()
    fewer = 0
    for turn in range(strength(3, 24)):
        path = copied(store)
        tried = path.parent / log.name
        if kind == "cut off":
            os.truncate(tried, chance.randrange(size))
        else:
            flip(tried, chance.randrange(size), 1 << chance.randrange(8))
        tally.tried()
        db = opened(str(path))
        wins = {entry.text.split()[1] for entry in entries.wins(db)}
        db.close()
        count = len(wins)
        fewer += count < max(number for what, number in said if what == "win")
        if wins != {str(number) for number in range(1, count + 1)}:
            tally.loses(f"turn {turn}: rows in between are missing: {wins}")
        # What is there is there as a whole.
        kept = [one for one in said if one[0] == "tries"]
        tally.loses(*whole.lost(path, kept))
        tally.loses(*(str(one) for one in whole.state(path)["unsound"]))
    assert fewer or not strength.full, "nothing was damaged"


@pytest.mark.case(13)
def test_a_file_that_was_copied_without_its_log_is_whole_as_far_as_it_goes(
    begun: Callable[..., Path], nest: Nest, strength: Strength, tally: Tally
) -> None:
    """What was in the log alone is missing; our own backup has it."""
    store = begun()
    child = nest.start("write", store)
    for _turn in range(strength(2, 8)):
        nest.said(count=40)
        tally.tried()
        copy = store.parent.parent / "copy.db"
        shutil.copy(store, copy)
        copy.chmod(0o600)
        try:
            tally.loses(*(str(one) for one in whole.state(copy)["unsound"]))
        except PlannerError as error:
            # Torn by a checkpoint while it was copied: said, not shown as if it were.
            if str(copy) not in error.message:
                tally.loses(error.message)
        for one in store.parent.parent.glob("copy.db*"):
            one.unlink()
    os.kill(child, signal.SIGKILL)
    nest.finish()
