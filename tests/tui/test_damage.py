"""Damage on the screen: the rest is shown, the line on top says it, nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.store import damage
from plannertui.tui.app import PlannerApp
from plannertui.tui.damage import Watch
from plannertui.tui.status import StatusLine
from tests.damaging import KEY, copied, make, pages_of, scribble
from tests.tui.sample import planner

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


async def test_the_check_after_the_start_finds_it(
    tmp_path: Path, now: datetime
) -> None:
    from plannertui.store.open import open_store

    path = make(tmp_path / "planner.db", None)
    db = open_store(str(path), now=now)
    # Nothing that the first screen reads: only the check can meet it.
    scribble(path, pages_of(path, None, "revision")[2])
    app = PlannerApp(planner(db, now))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.pause()
        watch = Watch(app.screen, app.planner)
        watch.check().join()
        assert watch.found
        watch.tell()
        await pilot.pause()
        await pilot.pause()
        assert db.damaged
        assert db.readonly
        said = "\n".join(note.message for note in app._notifications)
        assert "ptui doctor" in said
        line = str(app.screen.query_one(StatusLine).render())
        assert "damaged: read only" in line
        # Told once.
        count = len(app._notifications)
        watch.tell()
        assert len(app._notifications) == count
        await pilot.press("a", *"hello", "enter")
        await pilot.pause()
    assert db.read("SELECT count(*) FROM entry WHERE text = 'hello'") == [(0,)]
    db.close()
    assert damage.read(str(path)) is not None


async def test_a_damaged_sealed_store_is_shown(tmp_path: Path, now: datetime) -> None:
    from plannertui.store.open import open_store

    path = copied(make(tmp_path / "whole.db", KEY), tmp_path / "planner.db")
    for page in (70, 90):
        scribble(path, page)
    damage.mark(str(path), "x")
    before = path.read_bytes()
    db = open_store(str(path), now=now, key=KEY)
    app = PlannerApp(planner(db, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        line = str(app.screen.query_one(StatusLine).render())
        assert "damaged: read only" in line
        for key in ("3", "1", "2", "5", "escape"):
            await pilot.press(key)
            await pilot.pause()
    db.close()
    assert path.read_bytes() == before


async def test_a_sound_store_is_left_in_peace(tmp_path: Path, now: datetime) -> None:
    from plannertui.store.open import open_store

    db = open_store(str(make(tmp_path / "planner.db", None)), now=now)
    app = PlannerApp(planner(db, now))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        watch = Watch(app.screen, app.planner)
        watch.check().join()
        assert watch.found == ""
        watch.tell()
        assert not db.damaged
    db.close()
