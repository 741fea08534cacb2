"""Cases 44 and 45: more than anybody types, and a journal larger than a life."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from plannertui.store import drafts, entries, goals, items, matters, search
from plannertui.store.items import Filter
from plannertui.store.open import open_store
from plannertui.tui.isnew import WELCOMED
from tests.terminal import planner

if TYPE_CHECKING:
    from pathlib import Path

    from plannertui.store.open import Store
    from tests.conftest import Ptui
    from tests.faults.harness import Tally

PASTES = {
    "5 MB": "a line of the minutes, as long as such lines are\n" * 105_000,
    "one line of 1 MB": "x" * 1_000_000,
    "100,000 lines": "short\n" * 100_000,
}


@pytest.fixture
def db(tmp_path: Path, now: datetime) -> Path:
    path = tmp_path / "planner.db"
    store = open_store(str(path), now=now)
    store.set_meta(WELCOMED, "1")
    entries.add(store, text="a quiet morning", day=now.date(), now=now)
    store.close()
    return path


@pytest.mark.case(44)
def test_a_paste_that_is_too_much_is_asked_about(
    db: Path, now: datetime, tally: Tally
) -> None:
    """On a terminal: the dialog comes, Esc leaves the text as it was, keys go on."""
    with planner(db) as terminal:
        terminal.wait_for("a quiet morning")
        terminal.wait(terminal.settled, "a calm screen")
        terminal.press("r")
        terminal.wait_for("Ctrl+S")
        terminal.type("before ")
        terminal.wait_for("before")
        terminal.paste(PASTES["one line of 1 MB"])
        terminal.wait_for("A long paste")
        terminal.wait(terminal.settled, "a calm screen")
        tally.tried()
        terminal.press("escape")
        terminal.wait_gone("A long paste")
        terminal.type("after")
        terminal.wait_for("before after")
        terminal.press("ctrl+s")
        terminal.wait_for("saved")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()
    store = open_store(str(db), now=now)
    assert entries.get(store, "J2").text == "before after"
    store.close()


@pytest.mark.case(44)
@pytest.mark.parametrize(
    "name",
    [
        "5 MB",
        *(
            pytest.param(name, marks=pytest.mark.slow_fault)
            for name in ("one line of 1 MB", "100,000 lines")
        ),
    ],
)
async def test_a_paste_is_kept_whole_or_asked_about(
    store: Store, now: datetime, name: str
) -> None:
    """Kept as an entry of its own, or under the pen: never a character less."""
    from textual.events import Paste

    from plannertui.tui.app import PlannerApp
    from tests.tui.sample import planner as planner_of

    store.set_meta(WELCOMED, "1")
    text = PASTES[name]
    app = PlannerApp(planner_of(store, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("r")
        app.post_message(Paste(text))
        await pilot.pause()
        await pilot.pause()
        if len(app.screen_stack) > 1:
            await pilot.press("enter")
            await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
    kept = {item.text.strip("\n") for item in items.ls(store, Filter())}
    kept |= {draft.body.strip("\n") for draft in drafts.ls(store)}
    assert text.strip("\n") in kept


@pytest.mark.case(44)
def test_a_pipe_of_megabytes_is_one_entry(ptui: Ptui, tally: Tally) -> None:
    for number, text in enumerate(PASTES.values(), 1):
        ran = ptui("note", input=text)
        tally.tried()
        assert ran.code == 0, ran.err[:200]
        assert len(ran.out) < 300
        kept = ptui("show", f"J{number}", "--json").json["text"]
        assert kept.strip("\n") == text.strip("\n")


@pytest.mark.case(45)
def test_titles_and_tags_beyond_measure(
    ptui: Ptui, store: Store, now: datetime
) -> None:
    day = now.date()
    title = "预算 and more " * 715
    assert len(title) > 7_000
    tags = [f"tag{number:03}" for number in range(500)]
    matters.add(store, title=title, day=day, now=now)
    entries.add(store, text=title, day=day, now=now, tags=tags)
    goals.add(
        store,
        year=day.year,
        title=title[:80],
        start=day,
        due=day,
        now=now,
        why=title[:200],
    )
    for words in (
        *(("ls",), ("today",), ("matters",), ("search", "budget"), ("search", "more")),
        *(("show", "J1"), ("goal", "show", "G1"), ("ls", "--tag", "tag499")),
    ):
        ran = ptui(*words)
        assert ran.code == 0, (words, ran.err)
    assert len(ptui("show", "J1", "--json").json["tags"]) == 500
    assert ptui("ls", "--tag", "tag499", "--json").json[0]["handle"] == "J1"


MANY = 1_000_000


@pytest.mark.case(45)
@pytest.mark.slow_fault
def test_a_million_entries(tmp_path: Path, now: datetime, tally: Tally) -> None:
    """What a day shows is found by steps that do not grow with the journal."""
    db = open_store(str(tmp_path / "planner.db"), now=now)
    first = entries.add(db, text="the first of many", day=now.date(), now=now)
    columns = "kind, text, day, share"
    with db.write("many", now):
        triggers = db.read(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
            "AND tbl_name IN ('entry', 'handle')"
        )
        for name, _sql in triggers:
            db.conn.execute(f"DROP TRIGGER {name}")
        db.conn.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?) "
            "INSERT INTO handle (letter, number, type) SELECT 'J', 1 + i, 'entry' FROM n",
            (MANY,),
        )
        db.conn.execute(
            f"INSERT INTO entry (id, uid, created_at, updated_at, {columns}) "
            "SELECT h.id, 'u' || h.id, e.created_at, e.updated_at, 'note', "
            "'one of many, number ' || h.number, "
            "date(e.day, '-' || (h.number / 40) || ' days'), e.share "
            "FROM handle h, entry e WHERE h.number > 1 AND h.letter = 'J' AND e.id = ?",
            (first.id,),
        )
        for _name, sql in triggers:
            db.conn.execute(sql)
    assert db.one("SELECT count(*) FROM entry") == (MANY + 1,)
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    db.conn.set_progress_handler(step, 1000)
    for look in (
        lambda: items.on_day(db, now.date()),
        lambda: items.ls(db, Filter(), limit=40),
        lambda: items.on_day(db, now.date() - timedelta(days=9000)),
        lambda: search.search(db, "first"),
    ):
        steps = 0
        assert look()
        tally.tried()
        # A walk over all of them would take 10 million steps of the engine's machine.
        if steps > 100:
            tally.loses(f"{steps} thousand steps")
    db.close()
