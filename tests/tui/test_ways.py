"""Enter opens a thing where one can act on it, Esc leads back; keys that do something."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from plannertui.store import carrying, entries, matters, people
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.entry import EntryDialog
from plannertui.tui.dialogs.figure import FigureDialog
from plannertui.tui.footer import KeyBar
from plannertui.tui.main import MainScreen
from plannertui.tui.panes.journal import JournalPane
from plannertui.tui.screens.leader import LeaderScreen
from plannertui.tui.screens.matters import MattersScreen
from plannertui.tui.screens.meet import MeetScreen
from plannertui.tui.screens.mirror import MirrorScreen
from plannertui.tui.widgets.rows import RowList
from tests.tui.sample import TODAY, Host, planner

if TYPE_CHECKING:
    from datetime import datetime

    from textual.pilot import Pilot

    from plannertui.core.matters import Matter
    from plannertui.store.open import Store

SIZE = (120, 36)


@pytest.fixture
def promises(store: Store, now: datetime) -> list[Matter]:
    """Two promises to a leader."""
    store.set_meta("welcomed", "1")
    who = people.add(store, alias="Director", relation="leader", now=now)
    return [
        matters.add(
            store,
            title=title,
            day=date(2024, 9, 2),
            now=now,
            kind="promise",
            person_id=who.id,
            due=date(2024, 9, 20 + n),
        )
        for n, title in enumerate(("Send the table", "Draft the reply"))
    ]


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
        await pilot.pause()


def top(pilot: Pilot[None]) -> object:
    """The screen one is on, whichever it is by now."""
    return pilot.app.screen


def footer(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(KeyBar).render().plain


@pytest.mark.parametrize(
    ("key", "kind", "rows"),
    [
        ("6", LeaderScreen, "#between-list"),
        ("7", MeetScreen, "#meet-between"),
    ],
)
async def test_a_promise_between_us_is_opened_among_the_matters_and_left_again(
    store: Store,
    now: datetime,
    promises: list[Matter],
    key: str,
    kind: type[LeaderScreen | MeetScreen],
    rows: str,
) -> None:
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "1", key)
        first = app.screen
        assert isinstance(first, kind)
        listed = first.query_one(rows, RowList)
        listed.focus()
        assert listed.go_to(*row_of(listed, promises[1].handle))
        left, before = listed.cursor, shown_of(listed, promises[1])
        await press(pilot, "enter")
        opened = app.screen
        assert isinstance(opened, MattersScreen)
        assert opened.pane.current is not None
        assert opened.pane.current.id == promises[1].id

        # It can be acted on there, and what was done is seen when one is back.
        await press(pilot, "space", "escape")
        assert matters.get(store, promises[1].id).state == "done"
        assert top(pilot) is first
        assert app.focused is listed
        assert listed.cursor == min(left, len(listed.rows) - 1)
        assert shown_of(listed, promises[1]) != before

        # The key of the screen beneath leads back to it, any other goes on from there.
        listed.go_to(*row_of(listed, promises[0].handle))
        await press(pilot, "enter", key)
        assert top(pilot) is first
        await press(pilot, "enter", "0")
        assert isinstance(top(pilot), MirrorScreen)
        await press(pilot, "escape")
        assert isinstance(top(pilot), MainScreen)


def shown_of(listed: RowList, matter: Matter) -> list[str]:
    """The lines of ``matter`` in ``listed``."""
    return [line for line in listed.shown_text.splitlines() if matter.title in line]


def row_of(listed: RowList, handle: str) -> tuple[str, set[int]]:
    row = next(row for row in listed.rows if row.handle == handle)
    return row.kind, {row.key}


async def test_a_list_of_the_mirror_opens_things_over_itself(
    store: Store, now: datetime, promises: list[Matter]
) -> None:
    warning = entries.add(
        store, text="The host is full", kind="warn", day=TODAY, now=now
    )
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "1", "0")
        mirror = cast(MirrorScreen, app.screen)
        lines = [each for block in mirror.pane.blocks for each in block.lines]
        at = next(n for n, each in enumerate(lines) if "warned" in each.opens[0])
        mirror.pane.go_to("figure", {at})
        await press(pilot, "enter")
        listed = app.screen
        assert isinstance(listed, FigureDialog)
        assert "The host is full" in listed.query_one(RowList).shown_text
        await press(pilot, "enter")
        assert cast(EntryDialog, app.screen).thing.id == warning.id
        await press(pilot, "escape")
        assert top(pilot) is listed
        await press(pilot, "escape")
        assert top(pilot) is mirror
        assert mirror.pane.row is not None
        assert mirror.pane.row.key == at


async def test_from_a_day_of_the_journal_esc_leads_back_to_the_matter(
    store: Store, now: datetime, promises: list[Matter]
) -> None:
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "1")
        assert "back" not in footer(pilot)
        await press(pilot, "5", "j", "o")
        main = app.screen
        assert isinstance(main, MainScreen)
        assert main.day == promises[1].day
        assert "Esc back" in footer(pilot)
        await press(pilot, "escape")
        matter = cast(MattersScreen, app.screen).pane.current
        assert matter is not None
        assert matter.id == promises[1].id
        await press(pilot, "escape")
        assert top(pilot) is main
        assert "back" not in footer(pilot)

        # Whoever goes on from there is not thrown back by a later Esc.
        await press(pilot, "5", "o")
        assert "Esc back" in footer(pilot)
        await press(pilot, "1")
        assert "back" not in footer(pilot)
        await press(pilot, "escape")
        assert top(pilot) is main


async def test_under_a_dialog_the_bottom_line_shows_no_keys_that_do_nothing(
    store: Store, now: datetime
) -> None:
    store.set_meta("welcomed", "1")
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "1")
        bar = app.screen.query_one(KeyBar)
        before = bar.render().plain
        assert "capture" in before
        await press(pilot, "g")
        assert bar.render().plain == ""
        await press(pilot, "escape")
        assert bar.render().plain == before


@pytest.mark.parametrize(
    ("keys", "kept", "gone"),
    [
        (("1",), ("n add", "y year"), ("open", "check in", "d done")),
        (("1", "2", "2"), ("capture",), ("edit", "trash", "share", "move")),
        (("1", "5"), ("n new", "v boxes"), ("edit", "done", "boundary", "take up")),
        (("1", "6"), ("n add",), ("check", "edit", "rank", "is that right")),
        (("1", "7"), ("n add",), ("agenda", "wanted", "brief")),
        (("1", "9"), ("n new win",), ("prove", "ready", "used", "claims")),
    ],
)
async def test_on_an_empty_list_only_keys_that_do_something_are_shown(
    store: Store,
    now: datetime,
    keys: tuple[str, ...],
    kept: tuple[str, ...],
    gone: tuple[str, ...],
) -> None:
    store.set_meta("welcomed", "1")
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, *keys)
        said = footer(pilot)
        assert [word for word in kept if word not in said] == []
        assert [word for word in gone if word in said] == []


async def test_the_bottom_line_follows_the_first_line_of_a_list(
    store: Store, now: datetime
) -> None:
    store.set_meta("welcomed", "1")
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "1", "2", "2")
        assert "edit" not in footer(pilot)
        entries.add(store, text="A line", kind="note", day=TODAY, now=now)
        cast(MainScreen, app.screen).reload()
        await pilot.pause()
        await pilot.pause()
        assert "edit" in footer(pilot)
        # A note can be shared, but not done.
        assert "share" in footer(pilot)
        assert "done" not in footer(pilot)


async def test_what_was_taken_up_stands_in_the_journal_of_that_day(
    store: Store, now: datetime, promises: list[Matter]
) -> None:
    entries.add(store, text="Written today", kind="note", day=TODAY, now=now)
    carrying.carry(store, promises[0], TODAY, now)
    carrying.put_first(store, promises[1], TODAY, now)
    pane = JournalPane(planner(store, now), TODAY)
    async with Host(pane).run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        pane.lines.focus()
        found = [(item.text, item.again) for item in pane.lines.items]
        # The one that counts first comes first, and before what was written.
        assert found == [
            (promises[1].title, True),
            (promises[0].title, True),
            ("Written today", False),
        ]
        rows = [pane.lines.render_line(y).text for y in range(12)]
        assert any("taken up, since 2 Sep" in row for row in rows)
        await press(pilot, "space")
        assert matters.get(store, promises[1].id).state == "done"
        # On the day on which it came up, it is there as it always was.
        pane.show_day(promises[0].day)
        assert [item.again for item in pane.lines.items] == [False, False]
