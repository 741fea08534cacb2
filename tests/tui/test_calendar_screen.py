"""The calendar on a full screen: views, going about, moving things, writing on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

import pytest

from plannertui import i18n
from plannertui.store import drafts, entries, events, goals, matters, meetings, people
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.capture import CaptureLine
from plannertui.tui.dialogs.entry import EntryDialog
from plannertui.tui.dialogs.move import MoveDialog
from plannertui.tui.dialogs.which import WhichDialog
from plannertui.tui.main import MainScreen
from plannertui.tui.panes.meet import MeetList
from plannertui.tui.panes.view_day import DayPanel
from plannertui.tui.screens.calendar import CalendarScreen
from plannertui.tui.screens.meet import MeetScreen
from tests.tui.sample import TODAY, fill, planner

if TYPE_CHECKING:
    from datetime import datetime

    from textual.pilot import Pilot

    from plannertui.store.open import Store

THURSDAY = date(2024, 9, 19)
FRIDAY = date(2024, 9, 20)


class Shown:
    """The screen on a store, with its keys."""

    def __init__(self, app: PlannerApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> CalendarScreen:
        return cast(CalendarScreen, self.app.screen)

    @property
    def pane(self) -> Any:
        return self.screen.pane

    @property
    def at(self) -> tuple[str, date, str]:
        return self.pane.view, self.pane.day, self.pane.picked

    def on_top(self) -> object:
        return self.app.screen

    @property
    def text(self) -> str:
        pane = self.pane
        return f"{pane.head.shown_text}\n{pane.body.shown_text}"

    @property
    def about(self) -> str:
        return cast(str, self.pane.query_one("#view-about").shown_text)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        for _ in range(2):
            await self.pilot.pause()


class Opened:
    """The program at the calendar, as a context."""

    def __init__(
        self, db: Store, now: datetime, size: tuple[int, int] = (80, 24)
    ) -> None:
        db.set_meta("welcomed", "1")
        self.app = PlannerApp(planner(db, now))
        self.run = self.app.run_test(size=size)

    async def __aenter__(self) -> Shown:
        pilot = await self.run.__aenter__()
        await pilot.pause()
        cast(MainScreen, self.app.screen).focus_pane("goals")
        shown = Shown(self.app, pilot)
        await shown.press("8")
        return shown

    async def __aexit__(self, *error: Any) -> None:
        await self.run.__aexit__(*error)


@pytest.mark.parametrize(
    ("size", "language"),
    [
        ((60, 20), "zh_Hans"),
        ((200, 50), "en"),
    ],
)
async def test_every_view_at_every_size(
    store: Store, now: datetime, size: tuple[int, int], language: str
) -> None:
    i18n.use(language)
    fill(store, now, language)
    titles = {
        "D": ("Sat 14 Sep 2024", "2024年9月14日 周六"),
        "W": ("W37 · 9 – 15 September 2024", "第37周 · 2024年9月9日 – 15日"),
        "M": ("September 2024", "2024年9月"),
        "A": ("Sat 14 Sep 2024", "2024年9月14日 周六"),
        "Y": ("2024", "2024"),
    }
    async with Opened(store, now, size) as shown:
        for key, said in titles.items():
            await shown.press(key)
            title = shown.pane.border_title
            assert title.startswith(said[language != "en"]), title
            body = shown.pane.body
            assert body.lines
            for drawn in (shown.pane.head, body):
                wide = [d.text for d in drawn.lines if d.width > drawn._room()]
                assert wide == []
            assert shown.about.strip()
            assert not body.show_horizontal_scrollbar


async def test_going_about_in_a_week(store: Store, now: datetime) -> None:
    fill(store, now)
    async with Opened(store, now) as shown:
        assert shown.at == ("week", TODAY, "")
        await shown.press("L", "h", "h")
        assert shown.at == ("week", THURSDAY, "")
        await shown.press("j")
        assert shown.at == ("week", THURSDAY, "E1")
        assert "One-on-one" in shown.about
        await shown.press("j")
        assert shown.at == ("week", THURSDAY, "E1")
        await shown.press("tab")
        assert shown.at == ("week", FRIDAY, "M1")
        await shown.press("shift+tab", "k")
        assert shown.at == ("week", THURSDAY, "E1")
        await shown.press("J")
        assert shown.at == ("week", date(2024, 10, 19), "")
        await shown.press("t")
        assert shown.at == ("week", TODAY, "")
        # By the mouse: a tab, a thing.
        await shown.pilot.click("#view-tabs", offset=(19, 0))
        await shown.press()
        assert shown.pane.view == "month"
        spot = next(s for s in shown.pane.body.spots if s.what == "M1")
        await shown.pilot.click("#view-body", offset=(spot.x + 1, spot.y))
        await shown.press()
        assert shown.at == ("month", FRIDAY, "M1")


async def test_from_the_year_down_to_the_day_and_back(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    async with Opened(store, now) as shown:
        await shown.press("Y", "j", "j", "h", "h")
        assert shown.at == ("year", date(2024, 7, 14), "G2")
        assert "G2 One counter, one form" in shown.about
        assert "60 % done" in shown.about
        await shown.press("enter")
        assert shown.pane.view == "month"
        await shown.press("l", "enter")
        assert shown.at == ("day", date(2024, 7, 15), "")
        await shown.press("escape")
        assert shown.at == ("month", date(2024, 7, 15), "")
        await shown.press("escape")
        assert shown.at == ("year", date(2024, 7, 14), "G2")
        # From a view that one chose, it leads back to the main screen.
        await shown.press("escape")
        assert isinstance(shown.on_top(), MainScreen)


async def test_the_board_says_what_is_and_what_was_expected(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    win = entries.add(store, kind="win", text="done", day=date(2024, 3, 4), now=now)
    goal = goals.get(store, "G1")
    store.conn.execute(
        "INSERT INTO link (from_id, to_id, role) VALUES (?, ?, 'ref')",
        (win.id, goal.id),
    )
    async with Opened(store, now, (120, 60)) as shown:
        await shown.press("Y")
        lines = shown.text.split("\n")
        first = next(line for line in lines if "G1 Cut the licence" in line)
        # Only said, in March; a dash in the months before.
        assert first.split("backlog")[1].split() == ["–", "–", "(1)", *["–"] * 6]
        assert "72 % · on pace" in lines[lines.index(first) + 1]
        await shown.press("j")
        assert "72 % done, 71 % expected" in shown.about
        assert "Days of reflection" in shown.text
        workdays = next(line for line in lines if line.startswith("workdays"))
        assert workdays.split()[1:4] == ["22", "18", "21"]


async def test_a_task_and_a_milestone_are_moved_by_keys(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    task = matters.add(
        store, kind="task", title="Sweep", day=TODAY, due=date(2024, 9, 16), now=now
    )
    async with Opened(store, now) as shown:
        await shown.press("greater_than_sign")
        assert shown.at == ("week", TODAY, "")
        await shown.press("L", *"hhhhh", "j")
        assert shown.at == ("week", date(2024, 9, 16), task.handle)
        await shown.press("greater_than_sign", "shift+down")
        to = date(2024, 9, 24)
        assert matters.get(store, task.id).due == to
        assert shown.at == ("week", to, task.handle)
        await shown.press("u", "u")
        assert matters.get(store, task.id).due == date(2024, 9, 16)
        shown.pane.go_to(date(2024, 9, 27), "G2.1")
        await shown.press("less_than_sign")
        step = goals.get(store, "G2").milestones[0]
        assert step.due == date(2024, 9, 26)
        assert shown.at == ("week", date(2024, 9, 26), "G2.1")
        await shown.press("u")
        assert goals.get(store, "G2").milestones[0].due == date(2024, 9, 27)


async def test_an_event_is_moved_and_brought_back(store: Store, now: datetime) -> None:
    fill(store, now)
    leave = events.add(
        store,
        title="Leave",
        kind="leave",
        starts_on=date(2024, 9, 23),
        ends_on=date(2024, 9, 24),
        now=now,
    )
    async with Opened(store, now) as shown:
        await shown.press("M")
        shown.pane.go_to(date(2024, 9, 23), leave.handle)
        await shown.press("shift+right")
        moved = events.get(store, leave.id)
        assert (moved.starts_on.day, moved.ends_on.day) == (24, 25)
        calendar = shown.app.planner.calendar
        assert calendar.kind(date(2024, 9, 25)) == "leave"
        await shown.press("u")
        assert events.get(store, leave.id).starts_on == date(2024, 9, 23)
        calendar = shown.app.planner.calendar
        assert calendar.kind(date(2024, 9, 25)) == "workday"
        await shown.press("d")
        assert events.get(store, leave.id).deleted_at is not None
        assert leave.handle not in shown.about


async def test_what_repeats_asks_which_are_meant(store: Store, now: datetime) -> None:
    weekly = events.add(
        store,
        title="Counter round",
        starts_on=date(2024, 9, 5),
        time="09:00",
        minutes=30,
        repeat="FREQ=WEEKLY;BYDAY=TH",
        now=now,
    )

    def days() -> list[int]:
        found = events.between(store, date(2024, 9, 1), date(2024, 9, 30))
        return [event.starts_on.day for event in found]

    async with Opened(store, now) as shown:
        await shown.press("L", "h", "h", "j")
        assert shown.at == ("week", THURSDAY, f"{weekly.handle}@2024-09-19")
        assert "repeats" in shown.about
        await shown.press("greater_than_sign")
        assert isinstance(shown.on_top(), WhichDialog)
        await shown.press("escape", "m")
        box = shown.app.screen.query_one(".dialog")
        assert str(box.border_title) == f"Move {weekly.handle} to a day"
        await shown.press("escape")
        assert days() == [5, 12, 19, 26]
        await shown.press("greater_than_sign", "t")
        assert days() == [5, 12, 20, 26]
        assert shown.at[1] == FRIDAY
        assert "Counter round" in shown.about
        # What has become one of its own is moved without a question.
        await shown.press("greater_than_sign")
        assert days() == [5, 12, 21, 26]
        await shown.press("u", "u")
        assert days() == [5, 12, 19, 26]
        shown.pane.go_to(THURSDAY, f"{weekly.handle}@2024-09-19")
        await shown.press("less_than_sign", "f")
        assert days() == [5, 12, 18, 25]
        await shown.press("u")
        shown.pane.go_to(THURSDAY, f"{weekly.handle}@2024-09-19")
        await shown.press("less_than_sign", "a")
        assert days() == [4, 11, 18, 25]
        assert shown.at[1:] == (date(2024, 9, 18), f"{weekly.handle}@2024-09-18")
        await shown.press("d", "t")
        assert days() == [4, 11, 25]
        await shown.press("u")
        assert days() == [4, 11, 18, 25]


@pytest.mark.case(33)
async def test_what_is_moved_onto_a_leap_day_follows_the_setting(
    store: Store, now: datetime
) -> None:
    made = events.add(
        store,
        title="Founded",
        starts_on=date(2024, 2, 28),
        repeat="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28",
        now=now,
    )
    async with Opened(store, now) as shown:
        shown.pane.planner.settings.leap_day = "03-01"
        shown.pane.go_to(date(2024, 2, 28), f"{made.handle}@2024-02-28")
        await shown.press("greater_than_sign", "a")
        assert events.get(store, made.id).repeat == "FREQ=YEARLY;BYYEARDAY=60"


async def test_a_promise_asks_whether_the_other_side_was_told(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    async with Opened(store, now) as shown:
        shown.pane.go_to(FRIDAY, "M1")
        await shown.press("greater_than_sign")
        dialog = shown.on_top()
        assert isinstance(dialog, MoveDialog)
        await shown.press("escape")
        assert matters.get(store, "M1").due == FRIDAY
        await shown.press("greater_than_sign")
        # The question is where one begins; the date stands there.
        await shown.press("right", "ctrl+s")
        moved = matters.get(store, "M1")
        assert moved.due == date(2024, 9, 21)
        assert [move.told_on for move in moved.moves] == [TODAY]
        assert shown.at == ("week", date(2024, 9, 21), "M1")
        # What is done leaves the page; an event cannot be.
        await shown.press("space")
        assert matters.get(store, "M1").state == "done"
        assert shown.at == ("week", date(2024, 9, 21), "")
        shown.pane.go_to(THURSDAY, "E1")
        await shown.press("space")
        assert events.get(store, "E1").state == "planned"


async def test_a_line_is_written_for_the_day_one_is_on(
    store: Store, now: datetime
) -> None:
    async with Opened(store, now) as shown:
        await shown.press("l", "a")
        assert isinstance(shown.on_top(), CaptureLine)
        await shown.press("escape")
        # Nothing was typed, so nothing is kept.
        assert drafts.ls(store) == []
        await shown.press("a", "greater_than_sign", "space", *"call", "enter")
        (made,) = matters.ls(store)
        assert (made.kind, made.title) == ("promise", "call")
        assert made.due == date(2024, 9, 15)
        assert "call" in shown.text


async def test_enter_opens_what_one_is_on(store: Store, now: datetime) -> None:
    fill(store, now)
    async with Opened(store, now, (120, 36)) as shown:
        shown.pane.go_to(FRIDAY, "M1")
        await shown.press("enter")
        assert isinstance(shown.on_top(), EntryDialog)
        await shown.press("escape", "D")
        assert shown.pane.view == "day"
        panel = shown.screen.query_one(DayPanel)
        assert panel.display
        assert "Nothing was written" in panel.shown_text
        shown.pane.go_to(date(2024, 9, 13))
        await shown.press()
        assert panel.shown_text.count("note") == 3
        # After the last thing of the day Tab leads to its lines.
        await shown.press("tab")
        assert shown.screen.focused is panel
        await shown.press("enter")
        assert isinstance(shown.on_top(), EntryDialog)


async def test_the_agenda_goes_on_for_ever(store: Store, now: datetime) -> None:
    for year in range(2025, 2027):
        events.add(store, title=f"Far {year}", starts_on=date(year, 3, 3), now=now)
    async with Opened(store, now, (80, 24)) as shown:
        await shown.press("A")
        assert "Far 2025" not in shown.text
        for _month in range(6):
            await shown.press("J")
        assert "Far 2025" in shown.text
        assert "Far 2026" not in shown.text
        await shown.press("t", "H")
        assert shown.pane.day < TODAY


async def test_only_the_page_that_is_shown_is_read(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plannertui.store import onview

    asked: list[tuple[date, date]] = []
    real = onview.things

    def spied(db: Any, first: date, last: date, *more: Any, **named: Any) -> Any:
        asked.append((first, last))
        return real(db, first, last, *more, **named)

    monkeypatch.setattr(onview, "things", spied)
    async with Opened(store, now) as shown:
        asked.clear()
        await shown.press(*"hhhh")
        assert asked == []
        await shown.press("h", "h")
        assert asked == [(date(2024, 9, 2), date(2024, 9, 8))]


async def test_hours_get_more_lines_and_fewer_and_the_line_of_now_goes_on(
    store: Store, now: datetime
) -> None:
    async with Opened(store, now) as shown:
        heights = []
        for key in ("plus", "plus", "minus", "minus", "minus"):
            await shown.press(key)
            heights.append(len(shown.pane.body.lines))
        assert heights == [48, 96, 48, 24, 24]
        assert "18:10" in shown.text
        later = now.replace(hour=20, minute=40)
        shown.app.planner.now = lambda: later
        shown.screen._poll()
        await shown.press()
        assert "20:40" in shown.text
        assert "18:10" not in shown.text


async def test_talks_that_are_no_rows_yet_are_shown_and_lead_to_meet(
    store: Store, now: datetime
) -> None:
    one = people.add(store, alias="Office head", relation="leader", now=now)
    day = date(2024, 9, 12)
    meetings.add(
        store, one, starts_on=day, repeat="weekly", title="Weekly talk", now=now
    )
    events.add(store, title="Counter opens", starts_on=FRIDAY, now=now)
    async with Opened(store, now) as shown:
        await shown.press("A", "tab")
        assert shown.at[1] == THURSDAY
        assert "by its rhythm" in shown.about
        assert shown.text.count("Weekly talk") > 2
        picked = shown.at
        before = [event.rev for event in meetings.ls(store)]
        for key in ("greater_than_sign", "d", "c", "m"):
            await shown.press(key)
            assert shown.at == picked
            assert shown.on_top() is shown.screen
        assert [event.rev for event in meetings.ls(store)] == before
        await shown.press("enter")
        top: Any = shown.on_top()
        assert isinstance(top, MeetScreen)
        event = top.query_one(MeetList).event
        assert event is not None
        assert (event.id, event.starts_on) == (0, THURSDAY)
        await shown.press("escape")
        assert shown.at == picked
