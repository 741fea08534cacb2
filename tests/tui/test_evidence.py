"""The evidence screen: strips, the list, proof given, ready and used, undone again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import pytest
from textual.widgets import Input, Static

from plannertui.core.entries import proof
from plannertui.store import entries
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.prove import ProveDialog
from plannertui.tui.panes.evidence import EvidencePane
from plannertui.tui.panes.evidence_win import WinDetail
from plannertui.tui.screens.evidence import EvidenceScreen
from tests.tui.sample import TODAY, fill, planner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from textual.pilot import Pilot

    from plannertui.store.open import Store


@pytest.fixture
def wins(store: Store, now: datetime) -> dict[str, int]:
    """A proved win in June, a claim and a proved one today."""
    fill(store, now)
    goals = dict(store.read("SELECT title, id FROM goal"))
    first, second = list(goals.values())[:2]
    made = {}
    for name, day, goal, win in (
        ("form", date(2024, 6, 14), second, {"document": "S-06"}),
        ("claim", TODAY, first, None),
        ("proved", TODAY, first, {"number": "188", "witnesses": ["L1"]}),
        ("alone", TODAY, None, {"number": "3", "credit": ["IT"]}),
    ):
        entry = entries.add(
            store,
            kind="win",
            text=f"the {name} of it",
            day=day,
            now=now,
            links=[goal] if goal else [],
            win=win,
        )
        made[name] = entry.id
    store.set_meta("welcomed", "1")
    return made


@pytest.fixture
async def pilot(
    store: Store, now: datetime, wins: dict[str, int]
) -> AsyncIterator[Pilot[None]]:
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("1", "9")
        await pilot.pause()
        await pilot.pause()
        yield pilot


def pane(pilot: Pilot[None]) -> EvidencePane:
    screen = cast(EvidenceScreen, pilot.app.screen)
    return screen.pane


async def test_strips_show_counts_and_gaps(pilot: Pilot[None]) -> None:
    said = pane(pilot).strip_list.shown_text
    assert "All wins" in said
    assert "3 proved, 1 claim" in said
    assert "none since June" in said
    assert "none yet" in said
    assert "no goal named" in said


async def test_a_goal_shows_its_wins_alone(pilot: Pilot[None]) -> None:
    assert pane(pilot).wins.has_focus
    assert "the form of it" in pane(pilot).wins.shown_text
    pane(pilot).strip_list.focus()
    await pilot.press("down")
    await pilot.pause()
    assert "the form of it" not in pane(pilot).wins.shown_text
    assert "the claim of it" in pane(pilot).wins.shown_text
    await pilot.press("end")
    await pilot.pause()
    assert "the alone of it" in pane(pilot).wins.shown_text


async def test_only_claims_and_other_orders(pilot: Pilot[None]) -> None:
    await pilot.press("c")
    assert [row.key for row in pane(pilot).wins.rows] == [pane(pilot)._wins[2].id]
    assert "1 claim to be proved" in str(pane(pilot).query_one(Static).content)
    await pilot.press("c", "v")
    said = pane(pilot).wins.shown_text
    assert said.index("Director") < said.index("seen by nobody yet")
    await pilot.press("v")
    assert "nobody is credited" in pane(pilot).wins.shown_text


async def test_a_claim_becomes_evidence_and_back(
    pilot: Pilot[None], store: Store, wins: dict[str, int]
) -> None:
    pane(pilot).wins.go_to("win", {wins["claim"]})
    await pilot.pause()
    assert "A claim so far" in pilot.app.screen.query_one(WinDetail).shown_text
    await pilot.press("enter")
    await pilot.pause()
    dialog = cast(ProveDialog, pilot.app.screen)
    dialog.query_one("#witnesses", Input).value = "director, Finance clerk"
    dialog.query_one("#credit", Input).value = "IT"
    await pilot.press("ctrl+s")
    await pilot.pause()
    saved = entries.get(store, wins["claim"])
    assert proof(saved) == "evidence"
    assert saved.win is not None
    assert saved.win.witnesses == ("L1", "Finance clerk")
    assert "Director, Finance clerk" in pilot.app.screen.query_one(WinDetail).shown_text
    await pilot.press("u")
    await pilot.pause()
    assert proof(entries.get(store, wins["claim"])) == "claim"


async def test_proof_typed_and_left_waits_there(
    pilot: Pilot[None], store: Store, wins: dict[str, int]
) -> None:
    pane(pilot).wins.go_to("win", {wins["claim"]})
    await pilot.press("enter")
    await pilot.pause()
    await pilot.press(*"42 cases", "escape")
    await pilot.pause()
    assert proof(entries.get(store, wins["claim"])) == "claim"
    await pilot.press("enter")
    await pilot.pause()
    assert pilot.app.screen.query_one("#number", Input).value == "42 cases"
    await pilot.press("escape")


async def test_ready_and_used(
    pilot: Pilot[None], store: Store, wins: dict[str, int]
) -> None:
    pane(pilot).wins.go_to("win", {wins["proved"]})
    await pilot.press("m", "x")
    await pilot.pause()
    saved = entries.get(store, wins["proved"])
    assert (saved.share, proof(saved)) == ("ready", "used")
    await pilot.press("m", "x")
    await pilot.pause()
    saved = entries.get(store, wins["proved"])
    assert (saved.share, proof(saved)) == ("private", "evidence")


async def test_a_claim_is_not_used_before_it_is_proved(
    pilot: Pilot[None], store: Store, wins: dict[str, int]
) -> None:
    pane(pilot).wins.go_to("win", {wins["claim"]})
    await pilot.press("x")
    await pilot.pause()
    saved = entries.get(store, wins["claim"])
    assert (saved.win, proof(saved)) == (None, "claim")
    said = [note.message for note in pilot.app._notifications][-1]
    assert "is a claim" in said


async def test_praise_is_told_while_it_is_typed(
    pilot: Pilot[None], store: Store, wins: dict[str, int]
) -> None:
    pane(pilot).wins.go_to("win", {wins["claim"]})
    await pilot.press("enter")
    await pilot.pause()
    pilot.app.screen.query_one("#did").focus()
    await pilot.press(*"superb")
    await pilot.pause()
    said = pilot.app.screen.query_one("#form-said", Static)
    assert "superb" in str(said.content)
    pilot.app.screen.query_one("#number", Input).value = "7"
    await pilot.pause()
    assert str(said.content) == ""
    await pilot.press("escape")


async def test_another_year_and_a_new_win(pilot: Pilot[None], store: Store) -> None:
    await pilot.press("left_square_bracket")
    await pilot.pause()
    assert pane(pilot).border_title == "Evidence 2023"
    assert "No win here yet" in pane(pilot).wins.shown_text
    await pilot.press("right_square_bracket", "n")
    await pilot.pause()
    assert pilot.app.screen.query_one(Input).value == "+ "
    await pilot.press(*"register tidy", "enter")
    await pilot.pause()
    await pilot.pause()
    assert "register tidy" in pane(pilot).wins.shown_text
