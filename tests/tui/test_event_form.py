"""The form of an event: added with a rule, one or all changed; reminders on the screen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, Static

from plannertui import i18n
from plannertui.store import events, history, occurrences, people, repeating
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.event_form import EventForm
from plannertui.tui.dialogs.which import WhichDialog
from plannertui.tui.main import MainScreen
from plannertui.tui.panes.calendar import CalendarPane
from plannertui.tui.panes.journal import JournalPane
from plannertui.tui.status import StatusLine
from plannertui.tui.widgets.choice import Choice
from tests.tui.sample import TODAY, planner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from plannertui.core.events import Event
    from plannertui.store.open import Store

TUESDAY = date(2024, 9, 17)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def app_on(store: Store, now: datetime) -> PlannerApp:
    store.set_meta("welcomed", "1")
    return PlannerApp(planner(store, now, calendar="mon-fri"))


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    for _ in range(3):
        await pilot.pause()


def form(app: PlannerApp) -> EventForm:
    assert isinstance(app.screen, EventForm)
    return app.screen


def fill(app: PlannerApp, **values: str) -> None:
    """Put texts into lines and values into choices."""
    for name, value in values.items():
        field = form(app).query_one(f"#{name}")
        assert isinstance(field, Input | Choice)
        field.value = value


def said(app: PlannerApp, name: str) -> str:
    return str(form(app).query_one(f"#{name}", Static).render())


def days(store: Store) -> list[str]:
    found = events.between(store, date(2024, 9, 1), date(2024, 10, 15))
    return [f"{e.starts_on:%m-%d} {e.time} {e.title}" for e in found]


def board(store: Store, now: datetime, **fields: Any) -> Event:
    given: dict[str, Any] = {"title": "Board", "starts_on": TUESDAY, "time": "09:30"}
    given |= {"repeat": "FREQ=WEEKLY;BYDAY=TU", "zone": ""} | fields
    return events.add(store, now=now, **given)


async def test_one_is_added_from_the_calendar_with_a_rule(
    store: Store, now: datetime
) -> None:
    people.add(store, alias="Director", now=now)
    app = app_on(store, now)
    async with app.run_test(size=(120, 36)) as pilot:
        await pressed(pilot, "3", "l", "l", "l", "n")
        assert form(app).day("day") == TUESDAY
        fill(app, title="Board", time="9:30", length="1h30", repeat="fortnight")
        fill(app, until="3 times", people="L1", place="Room 4", remind="10m,1d")
        await pressed(pilot)
        shown = said(app, "next")
        assert [d in shown for d in ("17 Sep", "1 Oct", "15 Oct", "29 Oct")] == [
            *(True, True, True, False)
        ]
        await pressed(pilot, "ctrl+s")
        assert isinstance(app.screen, MainScreen)
        (made,) = {e.id for e in events.between(store, TUESDAY, date(2025, 1, 1))}
        event = events.get(store, made)
        assert event.repeat == "FREQ=WEEKLY;INTERVAL=2;COUNT=3;BYDAY=TU"
        assert (event.minutes, event.place, event.reminders) == (
            90,
            "Room 4",
            (10, 1440),
        )
        assert [ref.label for ref in event.people] == ["Director"]
        assert days(store) == [
            *("09-17 09:30 Board", "10-01 09:30 Board", "10-15 09:30 Board")
        ]
        agenda = app.screen.query_one(CalendarPane).agenda
        assert f"Board {app.planner.frame.again}" in agenda.shown_text
        await pressed(pilot, "u")
        assert days(store) == []


async def test_what_one_can_choose_follows_the_day(store: Store, now: datetime) -> None:
    app = app_on(store, now)
    async with app.run_test(size=(120, 40)) as pilot:
        await pressed(pilot, "3", "n")
        fill(app, day="2024-09-30", repeat="end")
        await pressed(pilot)
        words = dict(form(app).query_one("#repeat", Choice).choices)
        assert words["week"] == "every week on Mon"
        assert words["place"] == "every month on the last Mon"
        assert "31 Oct" in said(app, "next")
        fill(app, repeat="other", rule="每两周的周一、周四")
        await pressed(pilot)
        assert "every 2 weeks on Mon, Thu" in said(app, "next")
        assert "3 Oct" in said(app, "next")
        fill(app, rule="sometimes")
        await pressed(pilot)
        assert "no way to repeat" in said(app, "next")
        fill(app, title="x")
        await pressed(pilot, "ctrl+s")
        assert "no way to repeat" in said(app, "form-said")
        assert form(app).value("title") == "x"
        assert days(store) == []
        # Esc keeps it for later.
        await pressed(pilot, "escape", "n")
        assert (form(app).value("title"), form(app).value("rule")) == ("x", "sometimes")


THREE = ["09-17 09:30 Board", "09-24 09:30 Board", "10-01 09:30 Board"]
MOVED = {
    "one": [THREE[0], "09-25 14:00 Small", THREE[2]],
    "following": [THREE[0], "09-25 14:00 Small", "10-02 14:00 Small"],
    "all": ["09-18 14:00 Small", "09-25 14:00 Small", "10-02 14:00 Small"],
}


async def test_one_those_after_or_all_are_changed(store: Store, now: datetime) -> None:
    made = board(store, now, repeat="FREQ=WEEKLY;COUNT=3;BYDAY=TU")
    app = app_on(store, now)
    async with app.run_test(size=(120, 40)) as pilot:
        for which, expected in MOVED.items():
            second = occurrences.on_day(store, made, date(2024, 9, 24))
            await app.push_screen(EventForm(app.planner, second, second.starts_on))
            await pressed(pilot)
            assert form(app).value("day") == "2024-09-24"
            fill(app, title="Small", day="2024-09-25", time="14:00", which=which)
            await pressed(pilot, "ctrl+s")
            assert days(store) == expected
            history.undo(store, now)
            assert days(store) == THREE


async def test_the_agenda_changes_the_one_it_is_on(store: Store, now: datetime) -> None:
    made = board(store, now)
    app = app_on(store, now)
    async with app.run_test(size=(120, 40)) as pilot:
        agenda = app.screen.query_one(CalendarPane).agenda
        agenda.focus()
        await pressed(pilot, "end", "e")
        assert form(app).value("day") == "2024-09-24"
        fill(app, place="Room 5")
        await pressed(pilot, "ctrl+s")
        one = events.exceptions(store, made)[0]
        assert (one.place, one.slot_on) == ("Room 5", date(2024, 9, 24))
        # Once more: now it is a row of its own, and its rule is not asked.
        await pressed(pilot, "e")
        assert not form(app).query("#repeat")
        assert form(app).query_one("#which", Choice).value == "one"


async def test_a_rule_is_changed_for_all(store: Store, now: datetime) -> None:
    made = board(store, now)
    repeating.cancel_one(store, occurrences.on_day(store, made, date(2024, 10, 1)), now)
    one = occurrences.on_day(store, events.get(store, made.id), date(2024, 9, 24))
    app = app_on(store, now)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(EventForm(app.planner, one, one.starts_on))
        await pressed(pilot)
        assert form(app).query_one("#repeat", Choice).value == "week"
        fill(app, repeat="fortnight")
        await pressed(pilot, "ctrl+s")
        assert "change all" in said(app, "form-said")
        fill(app, which="all")
        await pressed(pilot, "ctrl+s")
        assert events.get(store, made.id).repeat == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"day": "someday"}, "someday"),
    ({"time": "25"}, "no time of day"),
    ({"time": "9", "length": "soon"}, "no length of time"),
    ({"length": "90m"}, "whole days"),
    ({"remind": "later"}, "no length of time"),
    ({"people": "Nobody"}, "Nobody"),
    ({"repeat": "day", "until": "2024-09-01"}, "end before"),
)


async def test_what_cannot_be_read_is_said_and_stays(
    store: Store, now: datetime
) -> None:
    app = app_on(store, now)
    async with app.run_test(size=(100, 36)) as pilot:
        await app.push_screen(EventForm(app.planner, None, TODAY))
        await pressed(pilot)
        before = form(app).typed()
        for values, complaint in WRONG:
            fill(app, **before | {"title": "Board"} | values)
            await pressed(pilot, "ctrl+s")
            assert complaint in said(app, "form-said")
            assert form(app).value("title") == "Board"
        assert days(store) == []


async def test_days_without_a_time(store: Store, now: datetime) -> None:
    app = app_on(store, now)
    async with app.run_test(size=(100, 36)) as pilot:
        await app.push_screen(EventForm(app.planner, None, TUESDAY))
        await pressed(pilot)
        fill(app, kind="leave", length="3d")
        await pressed(pilot, "ctrl+s")
        (event,) = events.between(store, TUESDAY, TUESDAY)
        assert (event.title, event.ends_on) == ("Leave", date(2024, 9, 19))
        assert app.planner.calendar.kind(date(2024, 9, 18)) == "leave"


async def test_a_reminder_is_told_and_stays_on_top(store: Store, now: datetime) -> None:
    moment = now.replace(hour=9, minute=18) + timedelta(days=3)
    board(store, now, reminders=[10], place="Room 4", repeat="FREQ=WEEKLY")
    app = app_on(store, moment)
    clock = [moment]
    app.planner.now = lambda: clock[0]
    async with app.run_test(size=(160, 36)) as pilot:
        await pressed(pilot)
        assert isinstance(app.screen, MainScreen)
        reminders = app.screen._reminders
        assert reminders is not None
        told: list[str] = []
        app.notify = lambda message, **_options: told.append(message)  # type: ignore[method-assign]
        reminders.look()
        assert (told, app.planner.reminded) == ([], [])
        clock[0] += timedelta(minutes=3)
        reminders.look()
        reminders.look()
        await pressed(pilot)
        assert told == ["Board: in 9 minutes · Room 4"]
        status = app.screen.query_one(StatusLine)
        assert "Board: in 9 minutes" in str(status.render())
        clock[0] += timedelta(minutes=30)
        reminders.look()
        assert app.planner.reminded == []
        assert "Board" not in str(status.render())


async def test_the_journal_asks_which_one_goes(store: Store, now: datetime) -> None:
    board(store, now, repeat="FREQ=WEEKLY;COUNT=3;BYDAY=TU")
    left = {"escape": THREE, "t": THREE[::2], "f": THREE[:1], "a": []}
    app = app_on(store, now + timedelta(days=10))
    async with app.run_test(size=(120, 40)) as pilot:
        await pressed(pilot)
        assert isinstance(app.screen, MainScreen)
        lines = app.screen.query_one(JournalPane).lines
        lines.focus()
        for key, expected in left.items():
            await pressed(pilot, "d")
            assert isinstance(app.screen, WhichDialog)
            await pressed(pilot, key)
            assert isinstance(app.screen, MainScreen)
            assert days(store) == expected
            if expected != THREE:
                await pressed(pilot, "u")
                lines.focus()
