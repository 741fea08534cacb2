"""Several processes at one store: writers, who reads and then writes, who holds the lock."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlcipher3.dbapi2 as driver

from plannertui.core.errors import StoreBusy
from plannertui.store import drafts, entries, sealing
from plannertui.store.open import connect, open_store
from tests.faults import whole
from tests.faults.deeds import KEYS, NOW
from tests.faults.nest import Nest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plannertui.store.open import Store
    from tests.conftest import Ptui
    from tests.faults.harness import Strength, Tally

PACKAGE = Path(__file__).parent.parent.parent / "plannertui"


@pytest.fixture(scope="module")
def nests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Nest]]:
    """Three processes that do things at once."""
    nests = [Nest(tmp_path_factory.mktemp("nest")) for _ in range(3)]
    yield nests
    for nest in nests:
        nest.close()


@pytest.mark.case(15)
@pytest.mark.parametrize("key", ["", "one"], ids=["plain", "sealed"])
def test_three_write_at_once(
    nests: list[Nest],
    begun: Callable[..., Path],
    key: str,
    strength: Strength,
    tally: Tally,
) -> None:
    path, count = begun(), strength(20, 300)
    if key:
        sealing.seal_with(str(path), None, KEYS[key])  # type: ignore[arg-type]
    names = [[f"{who} {number}" for number in range(count)] for who in range(3)]
    for nest, own in zip(nests, names, strict=True):
        nest.start("add", path, names=own)
    for nest, own in zip(nests, names, strict=True):
        ended = nest.finish()
        tally.tried(count)
        if ended.status or ended.said != own:
            tally.loses(f"{ended.error} {ended.message} {ended.fault}")
    conn = whole.connected(path)
    texts = [row[0] for row in conn.execute("SELECT text FROM entry")]
    conn.close()
    tally.loses(*{one for own in names for one in own}.difference(texts))
    assert len(texts) == 3 * count
    tally.loses(*whole.unsound(path))


@pytest.mark.case(16)
def test_what_is_counted_by_three_at_once_adds_up(
    nests: list[Nest], begun: Callable[..., Path], strength: Strength, tally: Tally
) -> None:
    path, count = begun(), strength(10, 100)
    for nest in nests:
        nest.start("count", path, times=count)
    for nest in nests:
        ended = nest.finish()
        tally.tried(count)
        if ended.status or len(ended.said) != count:
            tally.loses(f"{ended.error} {ended.message} {ended.fault}")
    conn = connect(str(path))
    (found,) = conn.execute("SELECT measure_now - measure_start FROM goal").fetchone()
    conn.close()
    tally.loses(*range(int(found), 3 * count))
    tally.loses(*whole.unsound(path))


@pytest.mark.case(16)
def test_who_saves_what_another_has_changed_is_told_and_nothing_is_written_over(
    nests: list[Nest], begun: Callable[..., Path], strength: Strength, tally: Tally
) -> None:
    path, count = begun(size=1), strength(5, 40)
    for who, nest in zip("abc", nests, strict=True):
        nest.start("append", path, who=who, times=count)
    for nest in nests:
        ended = nest.finish()
        tally.tried(count)
        if ended.status or len(ended.said) != count:
            tally.loses(f"{ended.error} {ended.message} {ended.fault}")
    db = open_store(str(path), now=NOW)
    text = entries.get(db, "J1").text
    db.close()
    for who in "abc":
        for number in range(count):
            if text.count(f" {who}{number};") != 1:
                tally.loses(f"{who}{number}")


@pytest.mark.case(17)
@pytest.mark.parametrize("kind", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_lock_that_is_held_for_too_long(
    store: Store, ptui: Ptui, kind: str, monkeypatch: pytest.MonkeyPatch, tally: Tally
) -> None:
    """Told with the text that was typed; and once the other is done, it is kept."""
    entries.add(store, text="before", day=NOW.date(), now=NOW)
    monkeypatch.setattr("plannertui.store.open.BUSY_SECONDS", 0.05)
    store.conn.execute("PRAGMA busy_timeout = 50")
    other = connect(store.path)
    other.execute(f"BEGIN {kind}")
    for verb in (["note"], ["add"], ["edit", "J1", "--text", "-"]):
        tally.tried()
        ran = ptui(*verb, "--json", input="words that took an hour")
        if ran.error["text"] != "words that took an hour":
            tally.loses(f"{verb}: {ran}")
        assert ran.error["code"] == "busy"
    with pytest.raises(StoreBusy):
        drafts.put(store, "capture:", "typed", now=NOW, session="1:1")
    assert "before" in ptui("ls").out, "who only reads is not held up"
    other.execute("ROLLBACK")
    other.close()
    drafts.put(store, "capture:", "typed", now=NOW, session="1:1")
    assert ptui("note", input="words that took an hour").code == 0
    assert [draft.body for draft in drafts.ls(store)] == ["typed"]
    assert "took an hour" in ptui("ls").out


@pytest.mark.case(25)
def test_nothing_forks_with_a_store_open_and_no_connection_changes_threads(
    store: Store, tally: Tally
) -> None:
    for path in PACKAGE.rglob("*.py"):
        tally.tried()
        source = path.read_text("utf-8")
        if not any(word in source for word in ("fork", "multiproc", "same_thread")):
            continue
        for node in ast.walk(ast.parse(source)):
            name = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            if name.startswith("multiprocessing.") or "check_same_thread" in name:
                tally.loses(f"{path}: {name}")
            if name == "os.fork" and path.name not in ("keeper.py", "holding.py"):
                tally.loses(f"{path}: {name}")
    met: list[BaseException] = []

    def use() -> None:
        try:
            store.conn.execute("SELECT 1")
        except driver.ProgrammingError as error:
            met.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(met) == 1, "a connection is of one thread"
    # What is started, such as an editor, has no descriptor of the store.
    code = "import os\nfor n in os.listdir('/proc/self/fd'):\n try: print(os.readlink('/proc/self/fd/' + n))\n except OSError: pass"
    if Path("/proc/self/fd").exists():
        ran = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            close_fds=False,
            check=True,
        )
        assert os.path.dirname(store.path) not in ran.stdout


@pytest.mark.case(25)
def test_a_child_that_closes_everything_takes_no_lock_and_no_row_away(
    nest: Nest, begun: Callable[..., Path], strength: Strength, tally: Tally
) -> None:
    path = begun()
    ended = nest.run("forked", path, times=strength(5, 40))
    assert ended.status == 0, ended
    tally.tried(len(ended.said))
    said = [(what, number) for what, number in ended.said]
    tried = [("tries", number) for _what, number in said]
    tally.loses(*whole.unsound(path), *whole.lost(path, [*said, *tried]))
