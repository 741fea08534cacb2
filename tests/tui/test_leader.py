"""The leader screen: whom one works for, what they answer for, who is in the room."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest
from textual.widgets import Input, Static

from plannertui import i18n
from plannertui.core.entries import Win
from plannertui.core.people import Belief
from plannertui.core.priorities import Check
from plannertui.store import (
    beliefs,
    entries,
    goals,
    history,
    matters,
    people,
    priorities,
)
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.parting import ForgetDialog
from plannertui.tui.dialogs.person import PersonForm
from plannertui.tui.dialogs.priority import CheckDialog
from plannertui.tui.screens.leader import LeaderScreen
from plannertui.tui.widgets.choice import Choice
from tests.tui.sample import fill, planner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from textual.pilot import Pilot

    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)


@asynccontextmanager
async def opened(
    store: Store, now: datetime, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Pilot[None], LeaderScreen]]:
    """The screen on ``store``, as the key opens it."""
    store.set_meta("welcomed", "1")
    app = PlannerApp(planner(store, now, i18n.language()))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, "6")
        yield pilot, cast(LeaderScreen, app.screen)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause()


async def write(pilot: Pilot[None], text: str) -> None:
    for letter in text:
        await pilot.press("space" if letter == " " else letter)
    await pilot.pause()


def said(pilot: Pilot[None]) -> list[str]:
    """The toasts."""
    return [note.message for note in pilot.app._notifications]


async def test_what_a_leader_answers_for(store: Store, now: datetime) -> None:
    fill(store, now)
    first = priorities.get(store, "L1.1")
    goals.serve(store, goals.get(store, "G1"), first.id, "one complaint less", now)
    async with opened(store, now) as (_pilot, screen):
        shown = screen.leader.list.shown_text
        for words in (
            "the leader you work for first",
            "2 said, 1 seen, 1 guess",
            "1  No complaint older than 30 days",
            "L1.1 · goal · said",
            "G1 one complaint less",
            "no goal serves it: v says which does",
            "Serves Director: 3 of 4 priorities · 1 own course",
            "rhythm     not known yet",
        ):
            assert words in shown
        assert shown.count("not known yet") == 6
        between = screen.query_one("#between-list").shown_text  # type: ignore[attr-defined]
        assert "List of the 30 oldest cases" in between
        assert "Nobody yet. Who decides about" in between


async def test_stale_ones_are_marked(store: Store, now: datetime) -> None:
    fill(store, now)
    old = priorities.get(store, "L1.4")
    priorities.edit(store, old, now, checked_on=date(2024, 6, 1))
    async with opened(store, now) as (_pilot, screen):
        assert "guess 1 Jun · look again" in screen.leader.list.shown_text
        assert "(1 stale)" in screen.leader.list.shown_text


async def test_only_a_guess_stops_being_one(store: Store, now: datetime) -> None:
    fill(store, now)
    for basis, words in (("said", "It counts as"), ("guess", "It is no guess")):
        old = next(each for each in priorities.ls(store) if each.basis == basis)
        async with opened(store, now) as (pilot, screen):
            screen.leader.list.go_to("priority", (old.id,))
            await press(pilot, "c")
            after = pilot.app.screen.query_one("#after", Static)
            assert str(after.render()).startswith(words)


async def test_an_empty_store_says_what_to_do(store: Store, now: datetime) -> None:
    async with opened(store, now) as (pilot, screen):
        assert "Whom do you work for?" in screen.leader.list.shown_text
        await press(pilot, "n")
        assert isinstance(pilot.app.screen, PersonForm)
        await write(pilot, "Head")
        await press(pilot, "enter")
        (person,) = people.ls(store)
        assert (person.alias, person.primary, person.relation) == (
            *("Head", True),
            "leader",
        )
        assert "What will they be asked about" in screen.leader.list.shown_text
        await press(pilot, "n")
        await write(pilot, "Calm counters")
        await press(pilot, "enter")
        (one,) = priorities.ls(store)
        assert (one.text, one.basis, one.checked_on) == (
            "Calm counters",
            "guess",
            TODAY,
        )
        assert "1  Calm counters" in screen.leader.list.shown_text


async def test_a_wrong_guess_gets_a_successor(store: Store, now: datetime) -> None:
    fill(store, now)
    async with opened(store, now) as (pilot, screen):
        await press(pilot, "j", "j", "j", "c")
        assert isinstance(pilot.app.screen, CheckDialog)
        await press(pilot, "right", "right")
        after = pilot.app.screen.query_one("#after", Static)
        assert "Leave it empty" in str(after.content)
        await press(pilot, "tab", "tab")
        await write(pilot, "Fewer pilots")
        await press(pilot, "enter")
        old = priorities.get(store, "L1.4")
        assert old.state == "changed"
        assert old.checks == (Check(TODAY, "guess", "no"),)
        new = priorities.get(store, "L1.5")
        assert (new.text, new.basis, new.rank) == ("Fewer pilots", "said", 4)
        assert said(pilot)[-1] == "L1.4 was wrong; L1.5 takes its place."
        await press(pilot, "o")
        assert (
            "L1.4 · now L1.5 · 14 Sep · guess: wrong" in screen.leader.list.shown_text
        )
        await press(pilot, "u")
        assert priorities.get(store, "L1.4").state == "active"


async def test_right_with_other_words_is_asked_about(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    async with opened(store, now) as (pilot, _screen):
        await press(pilot, "c", "tab", "tab")
        await write(pilot, "Other")
        await press(pilot, "enter")
        dialog = pilot.app.screen
        assert isinstance(dialog, CheckDialog)
        assert "partly right" in str(dialog.query_one("#form-said", Static).content)
        assert dialog.query_one("#text", Input).value == "Other"
        # What was typed waits, after Esc too.
        await press(pilot, "escape", "c")
        again = pilot.app.screen.query_one("#text", Input)
        assert again.value == "Other"
        pilot.app.screen.query_one("#right", Choice).value = "partly"
        await press(pilot, "ctrl+s")
        assert priorities.get(store, "L1.1").text == "Other"


async def test_one_key_makes_a_guess_a_question(store: Store, now: datetime) -> None:
    fill(store, now)
    async with opened(store, now) as (pilot, screen):
        await press(pilot, "end", "home", "j", "j", "j", "i")
        (ask,) = matters.ls(store, kind="ask")
        assert ask.title == "Regional pilot status. Is that right?"
        assert ask.priority_id == priorities.get(store, "L1.4").id
        assert f"asked in {ask.handle}" in screen.leader.list.shown_text
        await press(pilot, "i")
        assert len(matters.ls(store, kind="ask")) == 1
        assert said(pilot)[-1] == f"{ask.handle} asks that already."


async def test_ranks_go_up_and_down(store: Store, now: datetime) -> None:
    fill(store, now)
    async with opened(store, now) as (pilot, screen):
        await press(pilot, "j", "K")
        order = [each.handle for each in priorities.ls(store)]
        assert order == ["L1.2", "L1.1", "L1.3", "L1.4"]
        row = screen.leader.list.row
        assert row is not None
        assert row.handle == "L1.2"
        await press(pilot, "J", "J")
        order = [each.handle for each in priorities.ls(store)]
        assert order == ["L1.1", "L1.3", "L1.2", "L1.4"]


async def test_a_goal_is_said_to_serve_it(store: Store, now: datetime) -> None:
    fill(store, now)
    async with opened(store, now) as (pilot, screen):
        await press(pilot, "j", "j", "j", "v", "end", "enter")
        await write(pilot, "by hand")
        await press(pilot, "enter")
        goal = goals.get(store, "G4")
        assert [(s.handle, s.how) for s in goal.serves] == [("L1.4", "by hand")]
        # All is served, and nothing is one's own: that is no reason for praise.
        shown = screen.leader.list.shown_text
        assert "Serves Director: 4 of 4 priorities" in shown
        assert "Where is your own goal?" in " ".join(shown.split())
        every = [role for each in screen.leader.list.lines for _t, role in each.spans]
        assert not [role for role in every if role in ("ahead", "on-pace")]


async def test_met_dropped_and_back(store: Store, now: datetime) -> None:
    fill(store, now)
    async with opened(store, now) as (pilot, _screen):
        await press(pilot, "d")
        assert priorities.get(store, "L1.1").state == "met"
        await press(pilot, "x")
        assert [each.handle for each in priorities.ls(store)] == ["L1.3", "L1.4"]
        await press(pilot, "o", "j", "j", "d")
        assert priorities.get(store, "L1.1").state == "active"


async def test_a_way_of_working_is_edited_where_one_is(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    async with opened(store, now) as (pilot, screen):
        screen.leader.list.go_to("style", (1,))
        await press(pilot, "e")
        form = pilot.app.screen
        assert isinstance(form, PersonForm)
        assert form.focused is form.query_one("#depth")
        await write(pilot, "headline first")
        await press(pilot, "tab", "left", "ctrl+s")
        style = people.get(store, "L1").style
        assert style == {"depth": Belief("headline first", "said", TODAY)}
        assert "headline first" in screen.leader.list.shown_text
        assert "said 14 Sep" in screen.leader.list.shown_text


async def test_the_room_and_what_each_has_seen(store: Store, now: datetime) -> None:
    fill(store, now)
    entries.add(
        store,
        kind="win",
        text="Twelve cases closed",
        day=TODAY,
        now=now,
        win=Win(witnesses=("L1",)),
    )
    async with opened(store, now) as (pilot, screen):
        await press(pilot, "m")
        assert people.get(store, "L1").in_room
        between = screen.query_one("#between-list")
        shown = between.shown_text  # type: ignore[attr-defined]
        assert "1 win" in shown
        assert "Twelve cases closed" in shown
        await press(pilot, "m")
        assert not people.get(store, "L1").in_room


async def test_going_from_one_person_to_another(store: Store, now: datetime) -> None:
    fill(store, now)
    people.add(store, alias="Gone", relation="above", now=now, state="past")
    async with opened(store, now) as (pilot, screen):
        listed = screen.people.list.shown_text
        assert listed.index("Director") < listed.index("Finance")
        assert "Gone" not in listed
        await press(pilot, "right_square_bracket")
        assert screen.leader.person is not None
        assert screen.leader.person.alias == "Finance"
        assert screen.leader.border_title is not None
        assert "Finance" in str(screen.leader.border_title)
        between = screen.query_one("#between-list")
        assert "Answer on the form budget" in between.shown_text  # type: ignore[attr-defined]
        await press(pilot, "left_square_bracket")
        assert screen.leader.person.alias == "Director"
        screen.people.list.focus()
        await press(pilot, "o")
        assert "Gone" in screen.people.list.shown_text


async def test_a_change_of_leader(store: Store, now: datetime) -> None:
    fill(store, now)
    async with opened(store, now) as (pilot, screen):
        await press(pilot, "C")
        await write(pilot, "Director")
        await press(pilot, "enter")
        new = people.primary(store)
        assert new is not None
        assert (new.handle, new.alias, new.since) == ("L2", "Director", TODAY)
        assert people.get(store, "L1").state == "past"
        assert len(priorities.ls(store, people.get(store, "L1").id)) == 4
        assert "Before 1" in screen.people.list.shown_text
        await press(pilot, "u")
        back = people.primary(store)
        assert back is not None
        assert back.handle == "L1"


async def test_forgetting_asks_twice(store: Store, now: datetime) -> None:
    fill(store, now)
    async with opened(store, now) as (pilot, screen):
        screen.people.list.focus()
        screen.people.list.go_to("person", (people.get(store, "P1").id,))
        await press(pilot, "F")
        assert isinstance(pilot.app.screen, ForgetDialog)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ForgetDialog)
        await write(pilot, "p1")
        await press(pilot, "enter")
        assert people.get(store, "P1").state == "active"
        await press(pilot, "n")
        assert people.get(store, "P1").state == "active"
        await press(pilot, "F")
        await write(pilot, "P1")
        await press(pilot, "enter", "y")
        gone = people.get(store, "P1")
        assert (gone.state, gone.alias) == ("forgotten", "somebody")
        assert said(pilot)[-1] == "P1 is forgotten."
        await press(pilot, "e")
        assert screen.app.screen is screen


async def test_the_real_name_is_typed_but_never_shown(
    store: Store, now: datetime
) -> None:
    people.add(store, alias="Director", name="Quetzal Real", now=now)
    async with opened(store, now) as (pilot, screen):
        await press(pilot, "E")
        form = pilot.app.screen
        field = form.query_one("#real-name", Input)
        assert field.value == ""
        assert "kept" in field.placeholder
        await press(pilot, "ctrl+s")
        assert people.get(store, "L1").name == "Quetzal Real"
        await press(pilot, "E")
        pilot.app.screen.query_one("#real-name", Input).value = "Other Real"
        await press(pilot, "escape")
        assert store.read("SELECT body FROM draft WHERE body LIKE '%Real%'") == []
        await press(pilot, "E")
        pilot.app.screen.query_one("#real-name", Input).value = "-"
        await press(pilot, "ctrl+s")
        assert people.get(store, "L1").name is None
        assert screen.app.screen is screen


@pytest.mark.parametrize("width", [120, 100, 80, 60, 40])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
async def test_no_line_is_wider_than_its_panel(
    store: Store, now: datetime, width: int, language: str
) -> None:
    i18n.use(language)
    fill(store, now, language)
    leader = people.primary(store)
    assert leader is not None
    people.edit(
        store,
        leader,
        now,
        in_room=True,
        since=date(2020, 1, 1),
        style={"depth": Belief("长" * 80, "seen", TODAY)},
    )
    priorities.add(store, leader, text="很" * 120, now=now)
    beliefs.ask(store, priorities.get(store, "L1.4"), TODAY, now)
    async with opened(store, now, (width, 30)) as (pilot, screen):
        for _person in range(2):
            for pane in (screen.people, screen.leader, screen.query_one("#between")):
                rows = pane.query_one("RowList")
                if rows.size.width:
                    lines = rows.lines  # type: ignore[attr-defined]
                    assert max(each.width for each in lines) <= rows.size.width
            await press(pilot, "right_square_bracket")
        if width < 108:
            # What has no panel stands below.
            assert screen.leader.whole


async def test_the_shell_writes_and_the_screen_shows_it(
    store: Store, now: datetime
) -> None:
    from plannertui.store.open import open_store

    fill(store, now)
    async with opened(store, now) as (pilot, screen):
        other = open_store(store.path, now=now)
        leader = people.get(other, "L1")
        priorities.add(other, leader, text="From the shell", now=now)
        other.close()
        screen._poll()
        await pilot.pause()
        assert "From the shell" in screen.leader.list.shown_text
        step = history.undo(store, now)
        assert step is not None


async def test_somebody_of_before_shows_what_was(store: Store, now: datetime) -> None:
    fill(store, now)
    one = priorities.get(store, "L1.1")
    beliefs.close(store, one, "met", TODAY, now)
    people.succeed(store, "Head", TODAY, now)
    async with opened(store, now) as (_pilot, screen):
        screen.show_person(people.get(store, "L1").id)
        shown = screen.leader.list.shown_text
        assert "L1.1 · met · 14 Sep" in shown
        assert "past" in shown
        assert "not known yet" not in shown


async def test_a_day_is_saved_as_it_is_read_beside_it(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    async with opened(store, now) as (pilot, _screen):
        await press(pilot, "enter")
        field = pilot.app.screen.query_one("#checked", Input)
        field.value = "fri"
        await pilot.pause()
        about = pilot.app.screen.query_one("#checked-about", Static)
        assert str(about.render()) == "Fri 13 Sep"
        await press(pilot, "ctrl+s")
        assert priorities.get(store, "L1.1").checked_on == date(2024, 9, 13)


async def test_what_is_between_us_is_read_by_alias(store: Store, now: datetime) -> None:
    fill(store, now)
    person = people.get(store, "L1")
    matters.add(
        store,
        title="ask @L1 about the keys @L1",
        kind="ask",
        day=TODAY,
        now=now,
        person_id=person.id,
        links=(person.id,),
    )
    async with opened(store, now) as (_pilot, screen):
        shown = screen.query_one("#between-list").shown_text  # type: ignore[attr-defined]
        assert "ask @Director about the keys" in " ".join(shown.split())
        assert "@L1" not in shown


@pytest.mark.parametrize("key", ["c", "i", "v", "K"])
async def test_without_anybody_a_key_says_what_to_do(
    store: Store, now: datetime, key: str
) -> None:
    async with opened(store, now) as (pilot, _screen):
        await press(pilot, key)
        assert "n adds the leader" in said(pilot)[-1]
