"""The boundary check: a grey matter is recorded and decided before it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from plannertui.store import drafts, history, matters, people, years
from plannertui.tui import unfinished
from plannertui.tui.dialogs.boundary import BoundaryDialog
from plannertui.tui.messages import Changed
from plannertui.tui.panes.journal import JournalPane
from plannertui.tui.panes.reflect import ReflectPane
from tests.tui.sample import TODAY, Host, planner

if TYPE_CHECKING:
    from datetime import datetime

    from textual.pilot import Pilot
    from textual.widget import Widget

    from plannertui.core.matters import Matter
    from plannertui.store.open import Store

DEAD = "999999:1"


def grey(db: Store, now: datetime) -> Matter:
    director = people.add(db, alias="Director", relation="leader", now=now)
    return matters.add(
        db,
        title="a driver for Sunday",
        day=TODAY,
        now=now,
        nature="grey",
        person_id=director.id,
    )


def host_on(db: Store, now: datetime) -> Host:
    return Host(JournalPane(planner(db, now), TODAY))


def shown(widget: Widget) -> bool:
    return bool(widget.display)


def go_to(host: Host, field: str) -> None:
    """Focus a field, however many are before it."""
    host.screen.query_one(f"#{field}").focus()


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(4):
        await pilot.pause()


@pytest.mark.parametrize("key", ["space", "c"])
async def test_words_and_a_decision_close_it(
    store: Store, now: datetime, key: str
) -> None:
    matter = grey(store, now)
    host = host_on(store, now)
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        assert isinstance(host.screen, BoundaryDialog)
        await pilot.press(*"take him")
        go_to(host, "decision")
        await pilot.press("right", "right", "tab", *"No.", "ctrl+s")
        await settle(pilot)
        said = [each.said for each in host.news if isinstance(each, Changed)]
    closed = matters.get(store, matter.id)
    assert (closed.state, closed.closed_on) == ("done", TODAY)
    assert closed.boundary == {
        "words": "take him",
        "recorded_on": "2024-09-14",
        "fixed": 0,
        "decision": "declined",
        "decided_on": "2024-09-14",
        "sentence": "No.",
        "settled_on": "2024-09-14",
    }
    assert said == [f"{matter.handle}: declined. It is closed."]
    assert drafts.ls(store) == []
    history.undo(store, now)
    assert matters.get(store, matter.id).state == "open"
    assert matters.get(store, matter.id).boundary is None


async def test_undecided_is_noted_and_stays_open(store: Store, now: datetime) -> None:
    matter = grey(store, now)
    host = host_on(store, now)
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        await pilot.press(*"first", "ctrl+s")
        await settle(pilot)
        assert matters.get(store, matter.id).state == "open"
        await pilot.press("c")
        await settle(pilot)
        # What is recorded stays; the decision is next.
        assert host.focused is not None
        assert host.focused.id == "decision"
        go_to(host, "words")
        await pilot.press(*"again")
        go_to(host, "decision")
        await pilot.press("right", "ctrl+s")
        await settle(pilot)
    decided = matters.get(store, matter.id)
    assert decided.state == "done"
    assert (decided.boundary or {})["words"] == "first\n2024-09-14: again"
    assert (decided.boundary or {})["decision"] == "did"


async def test_an_empty_check_is_not_noted(store: Store, now: datetime) -> None:
    matter = grey(store, now)
    host = host_on(store, now)
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "nothing new" in str(
            host.screen.query_one("#form-said", Static).render()
        )
        await pilot.press(*"first", "ctrl+s")
        await settle(pilot)
    assert (matters.get(store, matter.id).boundary or {})["words"] == "first"


async def test_advice_asks_from_whom_and_names_those_one_could_ask(
    store: Store, now: datetime
) -> None:
    matter = grey(store, now)
    years.save(store, 2024, now, askers=["Legal", "Union"])
    host = host_on(store, now)
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        row = host.screen.query_one("#row-consulted")
        assert not shown(row)
        go_to(host, "decision")
        await pilot.press("left")
        await settle(pilot)
        assert shown(row)
        field = host.screen.query_one("#consulted")
        assert "Legal · Union" in str(getattr(field, "placeholder", ""))
        await pilot.press("tab", *"Legal", "enter")
        await settle(pilot)
    kept = matters.get(store, matter.id)
    assert kept.state == "done"
    assert (kept.boundary or {})["consulted"] == "Legal"


async def test_escape_keeps_all_of_it(store: Store, now: datetime) -> None:
    matter = grey(store, now)
    host = host_on(store, now)
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        await pilot.press(*"words")
        go_to(host, "decision")
        await pilot.press("right", "tab", *"Sorry", "escape")
        await settle(pilot)
        assert matters.get(store, matter.id).boundary is None
        await pilot.press("c")
        await settle(pilot)
        said = host.screen.query_one("#form-said", Static)
        assert "typed before" in str(said.content)
        await pilot.press("ctrl+s")
        await settle(pilot)
    kept = matters.get(store, matter.id).boundary or {}
    assert (kept["words"], kept["decision"], kept["sentence"]) == (
        "words",
        "did",
        "Sorry",
    )


async def test_the_entry_dialog_shows_and_changes_it(
    store: Store, now: datetime
) -> None:
    matter = grey(store, now)
    host = host_on(store, now)
    async with host.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        await pilot.press("E")
        await settle(pilot)
        group = host.screen.query_one("#boundary")
        assert shown(group)
        host.screen.query_one("#nature").focus()
        await pilot.press("left")
        await settle(pilot)
        assert not shown(group)
        await pilot.press("right")
        host.screen.query_one("#decision").focus()
        await pilot.press("right", "right", "ctrl+s")
        await settle(pilot)
    changed = matters.get(store, matter.id)
    assert (changed.boundary or {})["decision"] == "declined"
    assert changed.state == "open"


async def test_the_entry_dialog_makes_nothing_grey_that_is_closed(
    store: Store, now: datetime
) -> None:
    matter = matters.add(store, title="plain", day=TODAY, now=now)
    matters.done(store, matter, TODAY, now)
    host = host_on(store, now)
    async with host.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        await pilot.press("E")
        await settle(pilot)
        go_to(host, "nature")
        await pilot.press("left", "ctrl+s")
        await settle(pilot)
        said = str(host.screen.query_one("#form-said", Static).content)
        assert "reopen it first" in said
        # A decision given with it is enough.
        go_to(host, "decision")
        await pilot.press("right", "ctrl+s")
        await settle(pilot)
    kept = matters.get(store, matter.id)
    assert (kept.nature, kept.state) == ("grey", "done")
    assert (kept.boundary or {})["decision"] == "did"


async def test_nothing_of_it_is_asked_of_other_matters(
    store: Store, now: datetime
) -> None:
    matter = matters.add(store, title="plain", day=TODAY, now=now)
    host = host_on(store, now)
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        assert matters.get(store, matter.id).state == "done"
        await pilot.press("E")
        await settle(pilot)
        assert not host.screen.query_one("#boundary").display
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert matters.get(store, matter.id).boundary is None


@pytest.mark.parametrize(("key", "words"), [("k", "half"), ("enter", "halfway")])
async def test_words_left_behind_are_offered_and_go_to_their_matter(
    store: Store, now: datetime, key: str, words: str
) -> None:
    matter = grey(store, now)
    target = f"boundary:{matter.handle}"
    drafts.put(store, target, "half", now=now, session=DEAD)
    [left] = unfinished.ls(store, drafts.session_id())
    assert left.what(TODAY) == f"boundary check, {matter.handle}"
    host = Host(ReflectPane(planner(store, now), TODAY))
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        if key == "enter":
            assert isinstance(host.screen, BoundaryDialog)
            await pilot.press(*"way", "ctrl+s")
            await settle(pilot)
    assert (matters.get(store, matter.id).boundary or {})["words"] == words
    assert drafts.get(store, target) is None


async def test_a_form_longer_than_the_terminal_says_its_keys_on_the_frame(
    store: Store, now: datetime
) -> None:
    matter = grey(store, now)
    shared = planner(store, now)
    host = Host(JournalPane(shared, TODAY))
    async with host.run_test(size=(80, 60)) as pilot:
        host.push_screen(BoundaryDialog(shared, matter))
        await settle(pilot)
        form = host.screen.query_one("#form")
        assert not form.border_subtitle
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "Esc keeps it for later" in str(form.border_subtitle)
