"""The screen of matters: groups, boxes, filters, verbs, and the sheet beside them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest

from plannertui.store import carrying, history, matters, people
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.boundary import BoundaryDialog
from plannertui.tui.dialogs.capture import CaptureLine
from plannertui.tui.dialogs.entry import EntryDialog
from plannertui.tui.dialogs.move import DropDialog, MoveDialog
from plannertui.tui.dialogs.rules import RulesDialog
from plannertui.tui.main import MainScreen
from plannertui.tui.screens.matters import MattersScreen
from tests.tui.sample import TODAY, planner

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from plannertui.core.matters import Matter
    from plannertui.store.open import Store

DAY = date(2024, 9, 10)


def add(db: Store, now: datetime, title: str, due: int = 0, **fields: Any) -> Matter:
    return matters.add(
        db,
        title=title,
        day=DAY,
        now=now,
        due=date(2024, 9, due) if due else None,
        **fields,
    )


def fill(db: Store, now: datetime) -> dict[str, Matter]:
    """One matter for each group, and one that was closed."""
    director = people.add(db, alias="Director", relation="leader", now=now)
    officer = people.add(db, alias="Officer B", relation="below", now=now)
    up, down = {"person_id": director.id}, {"person_id": officer.id}
    found = [
        add(db, now, "late one", 12, kind="promise", urgent=True, important=True, **up),
        add(db, now, "of today", 14),
        add(db, now, "of this week", 15, kind="promise", **down),
        add(db, now, "later on", 20, kind="promise", important=True),
        add(db, now, "some day"),
        add(db, now, "budget", 23, kind="waiting", urgent=True, **up),
        add(db, now, "inspection?", kind="ask", **up),
        add(db, now, "driver", nature="grey", **up),
    ]
    closed = matters.done(db, add(db, now, "over", 13), date(2024, 9, 12), now)
    return {matter.title: matter for matter in [*found, closed]}


class Shown:
    """The screen on a store, with its keys."""

    def __init__(self, app: PlannerApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> MattersScreen:
        return cast(MattersScreen, self.app.screen)

    def on_top(self) -> object:
        return self.app.screen

    @property
    def listed(self) -> str:
        return self.screen.pane.listed.shown_text

    @property
    def boxes(self) -> str:
        return self.screen.pane.boxes.shown_text

    @property
    def sheet(self) -> str:
        from plannertui.tui.widgets.rows import RowList

        text = self.screen.query_one("#matter-sheet", RowList).shown_text
        return " ".join(text.split())

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        for _ in range(3):
            await self.pilot.pause()

    async def go(self, matter: Matter) -> None:
        self.screen.pane.show_matter(matter.id)
        await self.pilot.pause()

    @property
    def titles(self) -> list[str]:
        found = {m.id: m.title for m in self.screen.pane.board.matters}
        return [found[row.key] for row in self.screen.pane.listed.rows]


class Opened:
    """The program at the screen, as a context."""

    def __init__(
        self, db: Store, now: datetime, size: tuple[int, int] = (120, 36)
    ) -> None:
        db.set_meta("welcomed", "1")
        self.app = PlannerApp(planner(db, now))
        self.run = self.app.run_test(size=size)

    async def __aenter__(self) -> Shown:
        pilot = await self.run.__aenter__()
        await pilot.pause()
        cast(MainScreen, self.app.screen).focus_pane("goals")
        shown = Shown(self.app, pilot)
        await shown.press("5")
        return shown

    async def __aexit__(self, *error: Any) -> None:
        await self.run.__aexit__(*error)


async def test_groups_in_order(store: Store, now: datetime) -> None:
    fill(store, now)
    async with Opened(store, now) as shown:
        assert shown.titles == [
            *("late one", "of today", "of this week", "later on", "some day", "driver"),
            *("budget", "inspection?", "over"),
        ]
        headings = [
            line.split("  ")[1].strip()
            for line in shown.listed.split("\n")
            if line.startswith("  ") and line.strip() and line[2] not in "><?~-"
        ]
        # Three workdays and the one of the weekend have passed: one quiet line.
        assert headings.pop(0) == "A grey matter waits for its decision: b on M8."
        assert headings == [
            *("Overdue", "Today", "This week", "Later", "No date"),
            *("Waiting for others", "To ask", "Done lately"),
        ]
        assert "2 workdays late" in shown.listed
        assert "undecided" in shown.listed


async def test_the_sheet_follows_the_cursor(store: Store, now: datetime) -> None:
    found = fill(store, now)
    matter = found["later on"]
    early = datetime(2024, 9, 18, 9, tzinfo=now.tzinfo)
    matters.move(store, matter, date(2024, 9, 24), early.date(), early)
    async with Opened(store, now) as shown:
        assert "late one" in shown.sheet
        assert "Its day has passed: done now, it counts as late." in shown.sheet
        await shown.go(matter)
        assert "Done by Tue 24 Sep, it counts as moved in time." in shown.sheet
        assert "Fri 20 Sep to Tue 24 Sep: told Wed 18 Sep" in shown.sheet
        assert "move M4" in shown.sheet


async def test_space_closes_and_opens_again(store: Store, now: datetime) -> None:
    found = fill(store, now)
    async with Opened(store, now) as shown:
        await shown.go(found["of today"])
        await shown.press("space")
        assert matters.get(store, found["of today"].id).closed_on == TODAY
        await shown.go(found["of today"])
        await shown.press("space")
        assert matters.get(store, found["of today"].id).state == "open"
        await shown.press("u")
        assert matters.get(store, found["of today"].id).state == "done"


@pytest.mark.parametrize("key", ["space", "c", "x", "b"])
async def test_grey_asks_before_it_closes(
    store: Store, now: datetime, key: str
) -> None:
    driver = fill(store, now)["driver"]
    async with Opened(store, now) as shown:
        await shown.go(driver)
        await shown.press(key)
        assert isinstance(shown.on_top(), BoundaryDialog)
        await shown.press("escape")
        assert matters.get(store, driver.id).state == "open"


async def test_flags_today_and_first(store: Store, now: datetime) -> None:
    later = fill(store, now)["later on"]
    async with Opened(store, now) as shown:
        await shown.go(later)
        await shown.press("exclamation_mark", "i")
        changed = matters.get(store, later.id)
        assert (changed.urgent, changed.important) == (True, False)
        await shown.press("t")
        assert carrying.of_day(store, TODAY)[0].id == later.id
        assert shown.titles.index("later on") == 2
        await shown.press("f")
        assert shown.titles.index("later on") == 1
        assert "counts most today" in shown.listed
        after = matters.get(store, later.id)
        assert (after.day, after.due) == (later.day, later.due)
        await shown.press("f")
        assert carrying.of_day(store, TODAY) == []


async def test_a_promise_dropped_asks_who_knows(store: Store, now: datetime) -> None:
    found = fill(store, now)
    async with Opened(store, now) as shown:
        await shown.go(found["later on"])
        await shown.press("x")
        assert isinstance(shown.on_top(), DropDialog)
        await shown.press("right", "ctrl+s")
        dropped = matters.get(store, found["later on"].id)
        assert (dropped.state, dropped.told_on) == ("dropped", TODAY)
        await shown.go(found["some day"])
        await shown.press("x")
        assert matters.get(store, found["some day"].id).state == "dropped"
        await shown.go(found["some day"])
        await shown.press("m")
        assert shown.on_top() is shown.screen
        history.undo(store, now)
        await shown.go(found["of this week"])
        await shown.press("m")
        assert isinstance(shown.on_top(), MoveDialog)
        await shown.press(*"9-18", "tab", "right", "right", "tab", *"friday", "ctrl+s")
        moved = matters.get(store, found["of this week"].id)
        assert moved.due == date(2024, 9, 18)
        [move] = moved.moves
        assert (move.old_due, move.told_on) == (date(2024, 9, 15), date(2024, 9, 13))


async def test_edit_new_and_trash(store: Store, now: datetime) -> None:
    found = fill(store, now)
    async with Opened(store, now) as shown:
        await shown.go(found["later on"])
        await shown.press("enter")
        assert isinstance(shown.on_top(), EntryDialog)
        shown.app.screen.query_one("#origin").focus()
        await shown.press("right", "ctrl+s")
        assert matters.get(store, found["later on"].id).origin == "asked"
        await shown.press("n")
        assert isinstance(shown.on_top(), CaptureLine)
        await shown.press(*"new one ^tomorrow", "enter")
        new = next(m for m in matters.ls(store) if m.title == "new one")
        assert (new.kind, new.due) == ("promise", date(2024, 9, 15))
        assert shown.screen.pane.current == new
        await shown.press("d")
        assert matters.get(store, new.id).deleted_at is not None
        assert "new one" not in shown.listed


async def test_filters_and_what_they_say(store: Store, now: datetime) -> None:
    fill(store, now)
    async with Opened(store, now) as shown:
        await shown.press("K")
        assert shown.titles == ["late one", "of this week", "later on"]
        assert "only promise" in shown.listed
        await shown.press("S")
        assert shown.titles == ["late one"]
        await shown.press("S", "S")
        assert shown.titles == ["of this week"]
        await shown.press("backspace", "P")
        assert shown.titles == ["late one", "driver", "budget", "inspection?"]
        assert "only Director" in shown.listed
        await shown.press("N", "N", "N")
        assert shown.titles == ["driver"]
        await shown.press("P", "P", "N")
        assert len(shown.titles) == 9
        for _n in range(5):
            await shown.press("K")
        assert shown.titles == ["driver"]
        await shown.press("n")
        assert isinstance(shown.on_top(), CaptureLine)
        assert "~" in str(shown.app.screen.query_one("Input").value)  # type: ignore[attr-defined]


async def test_four_boxes(store: Store, now: datetime) -> None:
    found = fill(store, now)
    async with Opened(store, now) as shown:
        await shown.press("v")
        boxes = shown.screen.pane.boxes
        assert [[m.title for m in box] for box in boxes.boxes] == [
            ["late one"],
            ["later on"],
            ["budget"],
            ["of today", "of this week", "some day", "inspection?", "driver"],
        ]
        assert shown.app.focused is boxes
        assert "2 workdays late" in shown.boxes
        await shown.press("right")
        assert boxes.cursor == found["later on"].id
        assert "later on" in shown.sheet
        await shown.press("down", "down")
        assert boxes.cursor == found["of this week"].id
        await shown.press("left")
        assert boxes.cursor == found["budget"].id
        await shown.press("i")
        assert [m.title for m in boxes.boxes[0]] == ["late one", "budget"]
        assert boxes.cursor == found["budget"].id
        await shown.press("v")
        assert shown.screen.pane.current == matters.get(store, found["budget"].id)


async def test_narrow_it_has_the_sheet_below_or_not_at_all(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    for size, there in (((80, 24), True), ((58, 24), False), ((80, 16), False)):
        async with Opened(store, now, size) as shown:
            panel = shown.screen.query_one("#matter")
            assert bool(panel.display) is there
            if there:
                assert panel.region.y > shown.screen.pane.region.y
            await shown.press("v", "down", "right", "v")


async def test_empty_it_says_what_to_do(store: Store, now: datetime) -> None:
    async with Opened(store, now) as shown:
        assert "n writes a promise down" in shown.listed.replace("\n  ", " ")
        for key in ("enter", "space", "m", "x", "b", "t", "f", "i", "o", "v"):
            await shown.press(key)
            if isinstance(shown.on_top(), CaptureLine):
                await shown.press("escape")
        assert "nothing" in shown.boxes


async def test_the_whole_check(store: Store, now: datetime) -> None:
    driver = fill(store, now)["driver"]
    async with Opened(store, now) as shown:
        await shown.go(driver)
        await shown.press("b")
        await shown.press(*"fetch him", "tab", *"Monday", "tab", *"yard", "tab")
        await shown.press(*"nobody", "tab", "right", "right", "tab", "tab")
        await shown.press(
            "right", "tab", "right", "right", "tab", "tab", "right", "right"
        )
        await shown.press("f2")
        assert isinstance(shown.on_top(), RulesDialog)
        await shown.press(*"Code 3.2", "ctrl+s")
        assert isinstance(shown.on_top(), BoundaryDialog)
        await shown.press("ctrl+s")
    kept = matters.get(store, driver.id)
    assert kept.state == "done"
    assert kept.boundary == {
        "words": "fetch him",
        "recorded_on": "2024-09-14",
        "fixed": 0,
        "settled_on": "2024-09-14",
        "kind": "errand",
        "when": "Monday",
        "where": "yard",
        "present": "nobody",
        "tests": ["yes", "no", ""],
        "decision": "declined",
        "decided_on": "2024-09-14",
    }
    from plannertui.store import years

    assert years.rule(store, 2024) == "Code 3.2"


async def test_a_matter_that_one_comes_for_is_under_the_cursor(
    store: Store, now: datetime
) -> None:
    found = fill(store, now)
    async with Opened(store, now) as shown:
        await shown.press("escape")
        main = cast(MainScreen, shown.app.screen)
        main.action_open("matters", found["budget"].id)
        await shown.press()
        assert shown.screen.pane.current == found["budget"]
        await shown.press("o")
        assert shown.app.screen is main
        assert main.day == DAY
