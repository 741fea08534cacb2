"""The day's one thing, what was left unfinished, and other years, on the main screen."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

import pytest
from textual.widgets import Input

from plannertui.store import entries, leftover, matters
from plannertui.store.ones import one_of
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.leftover import LeftoverDialog
from plannertui.tui.dialogs.one import OneDialog
from plannertui.tui.main import MainScreen
from plannertui.tui.panes.journal import JournalPane
from plannertui.tui.widgets.day_head import DayHead
from plannertui.tui.widgets.items import ItemList
from plannertui.tui.widgets.other_years import OtherYears
from plannertui.tui.widgets.rows import RowList
from tests.tui.sample import TODAY, planner

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from plannertui.core.matters import Matter
    from plannertui.store.open import Store

FRI = date(2024, 9, 13)


def leave(db: Store, now: datetime) -> list[Matter]:
    """Three matters that Friday left."""
    return [
        matters.add(db, title="count [b]forms[/b]", day=FRI, now=now),
        matters.add(db, title="the list", kind="promise", day=FRI, due=FRI, now=now),
        matters.add(db, title="call IT", day=FRI, now=now),
    ]


def head(app: PlannerApp) -> str:
    """What stands over the journal."""
    found = app.query_one(DayHead)
    return found.render().plain if found.display else ""


def on_top(app: PlannerApp) -> object:
    """The screen one sees."""
    return app.screen


def is_open(years: OtherYears) -> bool:
    """Whether it is unfolded now."""
    return years.is_open


async def begun(pilot: Pilot[None]) -> None:
    """The main screen with all that comes after its first paint."""
    await pilot.pause()
    await pilot.pause()


async def test_one_key_goes_through_what_friday_left(
    store: Store, now: datetime
) -> None:
    first, second, third = leave(store, now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await begun(pilot)
        assert "3 unfinished from Fri 13 Sep" in head(app)
        await pilot.press("C")
        await pilot.pause()
        assert isinstance(on_top(app), LeftoverDialog)
        rows = app.screen.query_one(RowList)
        assert "count [b]forms[/b]" in rows.shown_text
        await pilot.press("t", "j", "space", "j", "x")
        await pilot.pause()
        shown = rows.shown_text
        assert [word in shown for word in ("taken up today", "done", "dropped")] == [
            True,
            True,
            True,
        ]
        await pilot.press("u", "escape")
        await begun(pilot)
        assert isinstance(on_top(app), MainScreen)
        # The rest was let be: it is not offered again today.
        assert "unfinished" not in head(app)
    assert matters.get(store, first.id).carried == (TODAY,)
    assert matters.get(store, second.id).state == "done"
    assert matters.get(store, third.id).state == "open"
    left = leftover.left_over(store, TODAY, planner(store, now).calendar)
    assert [each.item.id for each in left] == [third.id]


async def test_all_are_taken_up_in_one_step(store: Store, now: datetime) -> None:
    every = leave(store, now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        await pilot.press("C")
        await pilot.pause()
        await pilot.press("A")
        await pilot.pause()
        assert [matters.get(store, m.id).carried for m in every] == [(TODAY,)] * 3
        await pilot.press("A", "u")
        await pilot.pause()
        assert [matters.get(store, m.id).carried for m in every] == [()] * 3


async def test_nothing_is_said_where_nothing_is_left(
    store: Store, now: datetime
) -> None:
    entries.add(store, text="of Friday", day=FRI, now=now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        assert head(app) == ""
        await pilot.press("C")
        await pilot.pause()
        assert "Nothing is left over" in app.screen.query_one(RowList).shown_text
        await pilot.press("t", "A", "space", "m", "x", "f")
        await pilot.pause()
        assert isinstance(on_top(app), LeftoverDialog)


async def test_a_line_becomes_the_one_thing_and_is_ticked_off(
    store: Store, now: datetime
) -> None:
    leave(store, now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await begun(pilot)
        assert head(app).startswith("f chooses the one thing")
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(on_top(app), OneDialog)
        # A draft survives Esc.
        await pilot.press(*"half", "escape", "f")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "half"
        await pilot.press("enter")
        await begun(pilot)
        one = one_of(store, TODAY)
        assert one is not None
        assert (one.item.text, one.result) == ("half", "open")
        assert "half" in head(app)
        await pilot.press("f", "down", "space", "escape")
        await begun(pilot)
        done = one_of(store, TODAY)
        assert done is not None
        assert done.result == "done"
        await pilot.press("f", "down", "backspace", "escape")
        await begun(pilot)
        assert one_of(store, TODAY) is None


async def test_a_matter_of_the_journal_becomes_the_one_thing(
    store: Store, now: datetime
) -> None:
    matters.add(store, title="other", day=TODAY, now=now)
    wanted = matters.add(store, title="this", day=TODAY, now=now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await begun(pilot)
        journal = app.query_one("#journal").query_one(ItemList)
        journal.focus()
        await pilot.press("j", "f", "down", "enter")
        await begun(pilot)
        one = one_of(store, TODAY)
        assert one is not None
        assert one.item.id == wanted.id
        # What cannot be meant is said, and stays in the field.
        await pilot.press("f", *"M99", "enter")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "M99"


async def test_other_years_unfold_and_lead_to_their_day(
    store: Store, now: datetime
) -> None:
    then = date(2023, 9, 14)
    entries.add(store, text="[red]a year ago", day=then, now=now, timed=False)
    note = entries.add(store, text="of today", day=TODAY, now=now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await begun(pilot)
        years = app.query_one(OtherYears)
        assert years.display
        assert not is_open(years)
        app.query_one("#journal").query_one(ItemList).focus()
        await pilot.press("O")
        await begun(pilot)
        assert is_open(years)
        assert "[red]a year ago" in years.query_one(RowList).shown_text
        # The keys of the journal do nothing to what they do not stand on.
        await pilot.press("d", "S", "space")
        await pilot.pause()
        assert entries.get(store, note.id).deleted_at is None
        assert entries.get(store, note.id).share == "private"
        await pilot.press("escape")
        await pilot.pause()
        assert not is_open(years)
        assert isinstance(app.focused, ItemList)
        await pilot.press("O")
        await begun(pilot)
        await pilot.press("enter")
        await begun(pilot)
        assert app.query_one(JournalPane).day == then
        assert [item.text for item in app.query_one(JournalPane).lines.items] == [
            "[red]a year ago"
        ]
        # Seen from then, today is another year.
        assert [item.text for item in years.items] == ["of today"]


@pytest.mark.parametrize("pane", ["goals", "reflect", "calendar"])
@pytest.mark.parametrize("size", [(60, 20), (120, 36)])
async def test_other_years_open_from_every_pane(
    store: Store, now: datetime, pane: str, size: tuple[int, int]
) -> None:
    then = date(2023, 9, 14)
    entries.add(store, text="a year ago", day=then, now=now, timed=False)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=size) as pilot:
        await begun(pilot)
        cast(MainScreen, app.screen).focus_pane(pane)
        await pilot.press("O")
        await begun(pilot)
        years = app.query_one(OtherYears)
        assert is_open(years)
        assert years.region.height > 0
        await pilot.press("O")
        await begun(pilot)
        assert not is_open(years)
