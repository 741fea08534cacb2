"""The screen for one-on-ones: from the first one to what comes of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from plannertui.core.followups import follow_up_of
from plannertui.store import (
    agendas,
    drafts,
    entries,
    matters,
    meetings,
    people,
    priorities,
)
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.confirm import Confirm
from plannertui.tui.dialogs.meet_follow import FollowUpDialog
from plannertui.tui.dialogs.meet_form import ItemDialog, TalkForm, WantDialog
from plannertui.tui.dialogs.meet_sort import SortDialog
from plannertui.tui.main import MainScreen
from plannertui.tui.messages import ItemPicked
from plannertui.tui.panes.meet import MeetList
from plannertui.tui.panes.meet_ledger import MeetLedger
from plannertui.tui.panes.meet_talk import MeetTalk
from plannertui.tui.screens.meet import MeetScreen
from plannertui.tui.screens.report import ReportScreen
from plannertui.tui.widgets.choice import Choice
from tests.tui.sample import TODAY, planner

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from textual.pilot import Pilot

    from plannertui.core.people import Person
    from plannertui.store.open import Store

WIDE = (120, 36)


@pytest.fixture
def leader(store: Store, now: datetime) -> Person:
    store.set_meta("welcomed", "1")
    return people.add(store, alias="Director", relation="leader", now=now)


async def opened(pilot: Pilot[None]) -> MeetScreen:
    await pilot.pause()
    cast(MainScreen, pilot.app.screen).focus_pane("goals")
    await pilot.press("7")
    await pilot.pause()
    await pilot.pause()
    assert isinstance(pilot.app.screen, MeetScreen)
    return pilot.app.screen


def top(pilot: Pilot[None]) -> Any:
    """The screen on top."""
    return pilot.app.screen


async def typed(pilot: Pilot[None], text: str) -> None:
    for character in text:
        await pilot.press("space" if character == " " else character)


def talk_text(screen: MeetScreen) -> str:
    return screen.query_one(MeetTalk).rows.shown_text


async def test_a_first_series_and_its_agenda(
    store: Store, now: datetime, leader: Person
) -> None:
    entries.add(
        store,
        kind="warn",
        text="the budget may come back",
        day=TODAY,
        about=date(2024, 9, 23),
        now=now,
    )
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        assert "No one-on-one yet" in screen.query_one(MeetList).rows.shown_text
        await pilot.press("n")
        assert isinstance(top(pilot), TalkForm)
        await typed(pilot, "9-19")
        await pilot.press("tab")
        await typed(pilot, "10")
        app.screen.query_one("#every", Choice).value = "fortnightly"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(top(pilot), MeetScreen)
        (talk,) = meetings.ls(store)
        assert (talk.starts_on, talk.time, talk.minutes) == (
            date(2024, 9, 19),
            "10:00",
            30,
        )
        assert meetings.rhythm(store, talk) == "fortnightly"
        # The decision wanted, an item of one's own, and what waits is taken over.
        await pilot.press("d")
        assert isinstance(top(pilot), WantDialog)
        await typed(pilot, "A or B")
        await pilot.press("enter")
        await pilot.pause()
        assert "A or B" in talk_text(screen)
        await pilot.press("i")
        assert isinstance(top(pilot), ItemDialog)
        await typed(pilot, "a deputy")
        await pilot.press("enter")
        await pilot.pause()
        # From the list one key leads to what is ready, and again takes it over.
        await pilot.press("c", "c")
        await pilot.pause()
        (talk,) = meetings.ls(store)
        assert talk.state == "prepared"
        assert [one.get("ref") or one["text"] for one in talk.agenda] == [
            "a deputy",
            "J1",
        ]
        assert "the budget may come back J1" in talk_text(screen)
        await pilot.press("home", "t", "J")
        await pilot.pause()
        await pilot.press("space")
        await pilot.pause()
        items = agendas.agenda(store, meetings.ls(store)[0], TODAY)
        assert [(one.ref, one.kind, one.done) for one in items] == [
            ("J1", "inform", False),
            ("", "ask", True),
        ]
        await pilot.press("x", "u")
        await pilot.pause()
        assert len(meetings.ls(store)[0].agenda) == 2


async def test_held_and_followed_up_line_by_line(
    store: Store, now: datetime, leader: Person
) -> None:
    belief = priorities.add(
        store, leader, text="The form first", basis="guess", now=now
    )
    meetings.add(store, leader, starts_on=TODAY, repeat="weekly", now=now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await pilot.press("h")
        await pilot.pause()
        assert isinstance(top(pilot), FollowUpDialog)
        assert meetings.ls(store)[0].state == "held"
        await typed(pilot, "counters first")
        await pilot.press("enter")
        await typed(pilot, "the room stays")
        await pilot.press("tab")
        await typed(pilot, "a draft")
        # What was typed is kept when one leaves.
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(top(pilot), MeetScreen)
        assert drafts.get(store, f"form:follow:{meetings.ls(store)[0].id}") is not None
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(top(pilot), FollowUpDialog)
        await pilot.press("ctrl+s")
        await pilot.pause()
        sort = top(pilot)
        assert isinstance(sort, SortDialog)
        assert [line.text for line in sort.lines] == [
            "counters first",
            "the room stays",
            "a draft",
        ]
        sort.query_one("#into-0", Choice).value = "changed"
        await pilot.pause()
        assert sort.query_one("#row-priority-0").display
        # A promise without its day is not filed, and nothing else is either.
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert top(pilot) is sort
        assert matters.ls(store) == []
        assert priorities.get(store, belief.id).state == "active"
        await typed(pilot, "9-20")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(top(pilot), MeetScreen)
        done = meetings.ls(store)[0]
        assert done.state == "followed_up"
        kept = follow_up_of(done.follow_up)
        assert [line.became for line in kept.heard] == ["L1.2", "J1"]
        assert matters.get(store, "M1").due == date(2024, 9, 20)
        assert priorities.get(store, belief.id).state == "changed"
        assert drafts.get(store, f"form:follow:{done.id}") is None
        shown = talk_text(screen)
        for text in ("counters first", "L1.2", "a draft", "M1"):
            assert text in shown
        assert "a draft" in screen.query_one(MeetLedger).rows.shown_text
        # One step back takes all of it.
        await pilot.press("u")
        await pilot.pause()
        assert meetings.ls(store)[0].state == "held"
        assert matters.ls(store) == []


async def test_cancelled_moved_and_what_is_over_refuses(
    store: Store, now: datetime, leader: Person
) -> None:
    talk = meetings.add(
        store, leader, starts_on=date(2024, 9, 19), repeat="weekly", now=now
    )
    agendas.add_item(store, talk, "the rota", TODAY, now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        # The future is neither held nor followed up.
        await pilot.press("h", "f")
        await pilot.pause()
        assert top(pilot) is screen
        assert meetings.ls(store)[0].state == "prepared"
        await pilot.press("m")
        assert isinstance(top(pilot), TalkForm)
        await pilot.press("ctrl+a", "ctrl+k")
        await typed(pilot, "9-18")
        await pilot.press("enter")
        await pilot.pause()
        assert meetings.ls(store)[0].starts_on == date(2024, 9, 18)
        await pilot.press("X")
        assert isinstance(top(pilot), Confirm)
        await pilot.press("y")
        await pilot.pause()
        first, second = meetings.ls(store)
        assert (first.state, second.starts_on) == ("cancelled", date(2024, 9, 26))
        await pilot.press("home")
        await pilot.pause()
        assert "the rota" in talk_text(screen)
        assert "carried over from 18 Sep" in talk_text(screen)


@pytest.mark.parametrize("width", [80, 50])
async def test_where_there_is_little_room_one_panel_gives_way(
    store: Store, now: datetime, leader: Person, width: int
) -> None:
    meetings.add(store, leader, starts_on=date(2024, 9, 19), now=now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(width, 24)) as pilot:
        screen = await opened(pilot)
        listed, talk = screen.query_one(MeetList), screen.query_one(MeetTalk)
        ledger = screen.query_one(MeetLedger)
        assert listed.display
        assert not ledger.display
        assert talk.display == (width >= 56)
        await pilot.press("enter")
        await pilot.pause()
        assert talk.rows.has_focus
        assert talk.display
        await pilot.press("l")
        await pilot.pause()
        shown = [panel.display for panel in (listed, ledger)]
        assert shown == [False, True]
        assert ledger.rows.has_focus


async def test_a_text_is_never_markup(
    store: Store, now: datetime, leader: Person
) -> None:
    nasty = "[red]x[/y] [@click=app.quit]z"
    talk = meetings.add(store, leader, starts_on=date(2024, 9, 19), now=now)
    talk = meetings.want(store, talk, nasty, now)
    agendas.add_item(store, talk, nasty, TODAY, now)
    matters.add(store, kind="ask", title=nasty, day=TODAY, person_id=leader.id, now=now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        assert "[@click" in talk_text(screen)
        await pilot.press("b")
        await pilot.pause()
        assert app.is_running


async def test_a_one_on_one_of_the_calendar_opens_here(
    store: Store, now: datetime, leader: Person
) -> None:
    meetings.add(store, leader, starts_on=date(2024, 9, 16), now=now)
    far = meetings.add(store, leader, starts_on=date(2024, 9, 19), now=now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        cast(MainScreen, app.screen).post_message(ItemPicked(far.handle))
        await pilot.pause()
        await pilot.pause()
        screen = top(pilot)
        assert isinstance(screen, MeetScreen)
        await pilot.pause()
        assert screen.talk.event is not None
        assert screen.talk.event.id == far.id
        assert screen.talks.event == far


async def test_the_brief_of_a_talk_that_is_no_row_yet_has_what_is_carried_over(
    store: Store, now: datetime, leader: Person
) -> None:
    gone = meetings.add(
        store, leader, starts_on=date(2024, 9, 12), repeat="weekly", now=now
    )
    gone = agendas.add_item(store, gone, "the overtime rota", TODAY, now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=WIDE) as pilot:
        meet = await opened(pilot)
        while meet.talk.event is None or meet.talk.event.id:
            before = meet.talk.event
            await pilot.press("down")
            await pilot.pause()
            assert meet.talk.event != before
        await pilot.press("b")
        await pilot.pause()
        await pilot.pause()
        screen = top(pilot)
        assert isinstance(screen, ReportScreen)
        assert screen.wanted.kind == "brief"
        strips = screen._compositor.render_strips()
        assert "the overtime rota" in "\n".join(strip.text for strip in strips)


async def test_one_key_leads_to_the_brief(
    store: Store, now: datetime, leader: Person
) -> None:
    talk = meetings.add(store, leader, starts_on=date(2024, 9, 19), now=now)
    meetings.want(store, talk, "October counter hours", now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("b")
        await pilot.pause()
        await pilot.pause()
        screen = top(pilot)
        assert isinstance(screen, ReportScreen)
        assert screen.subject == talk.id
        strips = screen._compositor.render_strips()
        assert "October counter hours" in "\n".join(strip.text for strip in strips)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.pause()
        screen = top(pilot)
        assert isinstance(screen, MeetScreen)
        assert screen.talk.event is not None
        assert screen.talk.event.id == talk.id
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(top(pilot), MeetScreen)
