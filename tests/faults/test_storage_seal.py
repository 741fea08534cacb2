"""The passphrase set, changed and taken away, cut off at every call: one key or the other."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from plannertui.store import entries, rewriting, sealing, search, trash
from plannertui.store.open import connect, open_store
from tests.faults import whole
from tests.faults.deeds import KEYS, NOW, key_of
from tests.faults.nest import Fault, Mode, Nest
from tests.faults.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.harness import Strength, Tally

CHANGES = [("", "one"), ("one", "two"), ("two", "")]
NAMES = ["set", "change", "remove"]


def left_over(path: Path) -> list[str]:
    """Parts that an interrupted change has left, by name."""
    return [one.name for one in path.parent.iterdir() if ".part" in one.name]


@pytest.mark.case(3, 4)
@pytest.mark.parametrize(
    "mode",
    [
        "kill",
        *(
            pytest.param(mode, marks=pytest.mark.slow_fault)
            for mode in ("power", "full", "fail", "short")
        ),
    ],
)
@pytest.mark.parametrize(("old", "new"), CHANGES, ids=NAMES)
def test_cut_off_at_any_call_one_of_two_keys_opens_it(
    faulty: Nest,
    begun: Callable[..., Path],
    old: str,
    new: str,
    mode: Mode,
    strength: Strength,
    tally: Tally,
) -> None:
    store = begun(size=3)
    if old:
        sealing.seal_with(str(store), None, KEYS[old])  # type: ignore[arg-type]
    trial = Trial(faulty, store, "seal", tally, old=old, new=new)
    path = store.parent.parent / "tried" / "planner.db"
    for number in trial.some(strength(2, 6), mode):
        ended = trial.strike(Fault(mode, number, again=mode == "full", seed=number))
        if ended.status == 0 and key_of(str(path)) != new:
            tally.loses(f"at {number}: said to be done")
        # Another change, or the same again, takes away what was left.
        sealing.seal_with(str(path), KEYS[key_of(str(path))], KEYS["one"])  # type: ignore[arg-type]
        tally.loses(*(f"at {number}: {name}" for name in left_over(path)))
        if (path.parent / "planner.db.seal").read_text("utf-8").count("\n") != 8:
            tally.loses(f"at {number}: half a note")


@pytest.mark.case(22)
@pytest.mark.parametrize("way", ["vacuum", *NAMES])
def test_search_is_right_after_rows_could_be_numbered_anew(
    tmp_path: Path, way: str, strength: Strength, tally: Tally
) -> None:
    """With holes where things were purged; words are found in what they stand in."""
    path = str(tmp_path / "planner.db")
    db = open_store(path, now=NOW)
    count = strength(20, 80)
    words = ["".join(each) for each in itertools.islice(
        itertools.product("bdfgk", "aeiou", "lmnrs", "aeiou"), count
    )]  # fmt: skip
    for word in words:
        entries.add(db, text=f"about {word}", day=NOW.date(), now=NOW, tags=[word])
    for number in range(1, count, 3):
        gone = entries.get(db, f"J{number}").id
        trash.remove(db, gone, NOW)
        trash.purge(db, gone, NOW)
    db.close()
    if way == "vacuum":
        conn = connect(path)
        conn.execute("VACUUM")
        conn.close()
    else:
        for old, new in CHANGES[: NAMES.index(way) + 1]:
            rewriting.convert(path, KEYS[old], KEYS[new])
    db = open_store(path, now=NOW, key=KEYS[key_of(path)])
    for at, word in enumerate(words):
        tally.tried()
        found = [hit.item.handle for hit in search.search(db, word)]
        if found != ([] if at % 3 == 0 else [f"J{at + 1}"]):
            tally.loses(f"{word}: {found}")
    db.close()
    tally.loses(*whole.unsound(tmp_path / "planner.db"))
