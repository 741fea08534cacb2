"""What is done while something goes wrong: the store's own functions, as the program calls them.

Each deed takes the path of a store and ``say``, which tells the one outside what is done
for good: it is called after the commit, never before.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from plannertui.core.capture import parse
from plannertui.core.errors import Conflict, PlannerError, WrongPassphrase
from plannertui.core.goals import Measure
from plannertui.store import (
    capture,
    drafts,
    entries,
    goals,
    history,
    matters,
    merge,
    migrations,
    people,
    prepare,
    refs,
    resealing,
    sealing,
    trash,
)
from plannertui.store.key import Key
from plannertui.store.open import open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from plannertui.store.open import Store

NOW = datetime(2024, 9, 14, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2024, 9, 14)
START = 1000.0
KEYS = {"": None, "one": Key(b"1" * 32, b"A" * 16), "two": Key(b"2" * 32, b"B" * 16)}
"""Keys by name, made without the half second that a passphrase takes."""
# They are imported when they are first needed; no child should have to.
assert migrations
assert prepare


def at(number: int) -> datetime:
    """A moment of its own for each number."""
    return NOW + timedelta(seconds=number)


def opened(path: str) -> Store:
    """The store, opened by whichever key opens it."""
    return open_store(path, now=NOW, key=KEYS[key_of(path)])


def key_of(path: str) -> str:
    """The name of the key that opens the store; WrongPassphrase when none does."""
    if not sealing.is_sealed(path):
        return ""
    for name, key in KEYS.items():
        if key is not None and sealing.opens(path, key):
            return name
    raise WrongPassphrase(path)


def take(db: Store, line: str, number: int) -> None:
    """Capture a line as the shell does."""
    found = parse(line, today=DAY, resolve=lambda name: refs.resolve(db, name))
    capture.file_capture(db, found, day=DAY, now=at(number))


def begin(path: str, say: Callable[[Any], None], size: int = 0) -> None:
    """A new store with a leader, a goal with a measure, a promise, and ``size`` wins."""
    db = open_store(path, now=NOW)
    people.add(db, alias="Director", now=NOW)
    goals.add(
        db,
        year=2024,
        title="Cut the backlog",
        start=date(2024, 1, 1),
        due=date(2024, 12, 31),
        now=NOW,
        measure=Measure("backlog", "cases", START, 10 * START, START),
    )
    take(db, "> the list @L1 ^2024-09-20", 0)
    for number in range(1, size + 1):
        win(db, number)
    if size > 1:
        # One of them lies in the trash.
        trash.remove(db, entries.get(db, "J2").id, NOW)
    db.close()
    say("begun")


def win(db: Store, number: int) -> None:
    """One action that touches seven tables: text, links, tag, measure, history, search."""
    take(db, f"+ row {number} closed #t{number} @G1 @L1 n:1", number)


def write(path: str, say: Callable[[Any], None], first: int = 0) -> None:
    """Write for ever: wins, edits, promises, undone ones, and a draft after each."""
    db = opened(path)
    session = drafts.session_id()
    number = first
    while True:
        number += 1
        say(["tries", number])
        win(db, number)
        say(["win", number])
        drafts.put(db, "capture:", f"draft {number} …", now=at(number), session=session)
        say(["draft", number])
        if number % 3 == 0:
            last = entries.wins(db)[0]
            entries.edit(db, last, at(number), text=f"row {number} edited @G1 @L1")
            say(["edit", number])
        if number % 4 == 0:
            take(db, f"> promise {number} @L1 ^2024-12-01", number)
            say(["promise", number])
            if number % 8 == 0:
                history.undo(db, at(number))
                say(["undo", number])


def add(path: str, say: Callable[[Any], None], names: list[Any] | None = None) -> None:
    """Write rows that are named, one after the other."""
    db = opened(path)
    for name in names or []:
        entries.add(db, text=str(name), day=DAY, now=NOW)
        say(name)
    db.close()


def count(path: str, say: Callable[[Any], None], times: int = 1) -> None:
    """What reads first and then writes what follows from it: the measure of the goal."""
    db = opened(path)
    for number in range(times):
        win(db, number)
        say(number)
    db.close()


def append(
    path: str, say: Callable[[Any], None], who: str = "", times: int = 1
) -> None:
    """Read an entry, add to it, save; where another was faster, again."""
    db = opened(path)
    for number in range(times):
        while True:
            entry = entries.get(db, "J1")
            text = f"{entry.text} {who}{number};"
            try:
                entries.edit(db, entry, at(number), base_rev=entry.rev, text=text)
            except Conflict:
                continue
            say(f"{who}{number}")
            break
    db.close()


def seal(path: str, say: Callable[[Any], None], old: str = "", new: str = "") -> None:
    """Set, change or remove the passphrase; done already, where a kill came after it."""
    if key_of(path) != new:
        sealing.seal_with(path, KEYS[old], KEYS[new])  # type: ignore[arg-type]
    say("done")


def reseal(path: str, say: Callable[[Any], None], folder: str = "") -> None:
    """Seal the older copies of a store that was sealed just now."""
    key = KEYS["one"]
    assert key is not None
    done, left = resealing.reseal(path, key, [folder])
    say([len(done), left])


def forked(path: str, say: Callable[[Any], None], times: int = 1) -> None:
    """Write with a child in between that closes and ends without a word."""
    db = opened(path)
    for number in range(times):
        child = os.fork()
        if not child:
            os.closerange(3, 256)
            os._exit(0)
        win(db, number + 1)
        os.waitpid(child, 0)
        win(db, number + 1001)
        say(["win", number + 1])
        say(["win", number + 1001])
    db.close()


def disarm() -> None:
    """There is room again, the disk works again: no call goes wrong any more."""
    ctypes.CDLL(None).shim_arm(b"", b"", ctypes.c_long(0), 0, 0, 0, ctypes.c_ulong(0))
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (resource.getrlimit(resource.RLIMIT_FSIZE)[1],) * 2
    )


def act(
    path: str, say: Callable[[Any], None], action: str = "win", again: bool = False
) -> None:
    """One action of one who has the store open; ``again`` tries it again where it fails.

    Before that the one who tries finds the store as it was, in the same connection.
    """
    db = opened(path)
    try:
        ACTIONS[action](db)
    except PlannerError as error:
        if not again:
            raise
        say(["failed", type(error).__name__, error.message])
        disarm()
        ACTIONS[action](db)
    say("done")
    db.close()


def _draft(db: Store) -> None:
    drafts.put(db, "capture:", "typed", now=at(9001), session="1:1")


def _long(db: Store) -> None:
    """An entry of many pages."""
    text = "window seven " * 4_000
    entries.add(db, text=text, day=DAY, now=at(9001), tags=["long"])


def _edit(db: Store) -> None:
    entries.edit(db, entries.get(db, "J1"), at(9001), text="edited", tags=["new"])


def _purge(db: Store) -> None:
    number = entries.get(db, "J2").id
    trash.purge(db, number, at(9001))


ACTIONS: dict[str, Callable[[Store], object]] = {
    "win": lambda db: win(db, 9001),
    "long": _long,
    "edit": _edit,
    "draft": _draft,
    "done": lambda db: matters.done(db, matters.get(db, "M1"), DAY, at(9001)),
    "undo": lambda db: history.undo(db, at(9001)),
    "remove": lambda db: trash.remove(db, entries.get(db, "J1").id, at(9001)),
    "purge": _purge,
}


def take_in(path: str, say: Callable[[Any], None], file: str = "") -> None:
    """Import a document."""
    db = opened(path)
    with open(file, encoding="utf-8") as source:
        merge.import_all(db, json.load(source), at(9001))
    say("done")
    db.close()


def opening(path: str, say: Callable[[Any], None]) -> None:
    """Open, which makes a store or brings it up to date."""
    open_store(path, now=NOW).close()
    say("done")


def shell(
    path: str, say: Callable[[Any], None], words: list[str] | None = None
) -> None:
    """A verb of the shell, in this process; says its exit code and what it wrote."""
    from tests.shell import run_here

    env = {
        **os.environ,
        "PLANNERTUI_DB": path,
        "PLANNERTUI_NOW": at(9001).isoformat(),
    }
    ran = run_here(words or [], None, env, Path("/"))
    say([ran.code, ran.out, ran.err])


DEEDS: dict[str, Callable[..., None]] = {
    deed.__name__: deed
    for deed in (
        *(begin, write, add, count, append, seal, forked, act, take_in, opening),
        *(shell, reseal),
    )
}
