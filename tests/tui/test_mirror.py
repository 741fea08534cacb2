"""The mirror: its figures, the lists they open, spans, an answer, the year drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from textual.widgets import Static, TextArea

from plannertui.core.figures import weeks
from plannertui.exchange import demo
from plannertui.store import entries, years
from plannertui.store.open import open_store
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.figure import FigureDialog
from plannertui.tui.dialogs.look import LookDialog
from plannertui.tui.panes.mirror import MirrorPane
from plannertui.tui.panes.mirror_year import YearPane
from plannertui.tui.screens.mirror import MirrorScreen
from plannertui.tui.themes import ASCII, UNICODE
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.heat import heat_lines
from tests.tui.sample import TODAY, planner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from datetime import datetime
    from pathlib import Path

    from textual.pilot import Pilot

    from plannertui.store.open import Store


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Store]:
    """The sample year."""
    db = open_store(demo.make(str(tmp_path)), now=demo.demo_now())
    db.set_meta("welcomed", "1")
    yield db
    db.close()


@pytest.fixture
async def pilot(sample: Store, now: datetime) -> AsyncIterator[Pilot[None]]:
    app = PlannerApp(planner(sample, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("1", "0")
        await pilot.pause()
        await pilot.pause()
        yield pilot


def pane(pilot: Pilot[None]) -> MirrorPane:
    return cast(MirrorScreen, pilot.app.screen).pane


def top(pilot: Pilot[None]) -> object:
    return pilot.app.screen


async def go_to(pilot: Pilot[None], name: str) -> None:
    """Move the cursor to the line that opens the figure called ``name``."""
    mirror = pane(pilot)
    lines = [each for block in mirror.blocks for each in block.lines]
    at = next(n for n, each in enumerate(lines) if name in each.opens)
    assert mirror.go_to("figure", {at})
    await pilot.pause()


async def test_it_says_what_the_design_says(pilot: Pilot[None]) -> None:
    said = pane(pilot).shown_text
    for words in (
        "17 of 19",
        "6 of 7",
        "5 of 5",
        "Tell me early",
        "3 of 4",
        "0 since Jun",
        "14 of 20",
    ):
        assert words in said
    assert "no score" in str(pane(pilot).border_subtitle)


async def test_every_line_opens_the_list_it_counts(pilot: Pilot[None]) -> None:
    mirror = pane(pilot)
    lines = [each for block in mirror.blocks for each in block.lines]
    assert len(lines) == len([row for row in mirror.rows if row.kind == "figure"])
    for at, each in enumerate(lines):
        mirror.go_to("figure", {at})
        await pilot.press("enter")
        await pilot.pause()
        dialog = cast(FigureDialog, pilot.app.screen)
        cases = sum(len(mirror.mirror.figure(name).cases) for name in each.opens)
        assert len(dialog.places) == cases, each
        await pilot.press("escape")
        await pilot.pause()


async def test_enter_in_a_list_goes_to_the_thing(pilot: Pilot[None]) -> None:
    await go_to(pilot, "surprised")
    await pilot.press("enter")
    await pilot.pause()
    await pilot.press("end", "enter")
    await pilot.pause()
    await pilot.pause()
    assert not isinstance(top(pilot), FigureDialog | MirrorScreen)


async def test_other_spans(pilot: Pilot[None]) -> None:
    assert "90 days" in str(pane(pilot).border_title)
    await pilot.press("v")
    assert "this quarter" in str(pane(pilot).border_title)
    await pilot.press("v")
    assert "this year" in str(pane(pilot).border_title)
    assert pane(pilot).mirror.figures["kept"].total == 33
    await pilot.press("v")
    assert pane(pilot).mirror.figures["kept"].total == 19


async def test_a_standard_is_answered_and_taken_back(
    pilot: Pilot[None], sample: Store
) -> None:
    await go_to(pilot, "standard_3")
    await pilot.press("n")
    await pilot.pause()
    dialog = cast(LookDialog, pilot.app.screen)
    await pilot.press("ctrl+s")
    await pilot.pause()
    assert "Yes, partly or no" in str(dialog.query_one("#form-said", Static).content)
    dialog.query_one(Choice).value = "partly"
    dialog.query_one(TextArea).text = "named one of two"
    await pilot.press("ctrl+s")
    await pilot.pause()
    (number,) = sample.read("SELECT max(id) FROM entry")[0]
    entry = entries.get(sample, number)
    assert (entry.kind, entry.text) == ("mirror", "named one of two")
    assert entry.mirror == {"standard": 3, "answer": "partly"}
    assert pane(pilot).mirror.figure("standard_3").cases[-1].id == number
    await pilot.press("u")
    await pilot.pause()
    assert pane(pilot).mirror.figure("standard_3").cases[-1].id != number


async def test_the_year_is_drawn_and_leads_on(pilot: Pilot[None]) -> None:
    drawn = pilot.app.screen.query_one(YearPane)
    assert "weeks kept" in drawn.shown_text
    for handle in ("G1", "G2", "G3", "G4"):
        assert handle in drawn.shown_text
    drawn.focus()
    await pilot.press("enter")
    await pilot.pause()
    assert isinstance(top(pilot), FigureDialog)
    await pilot.press("escape", "down", "enter")
    await pilot.pause()
    assert not isinstance(top(pilot), MirrorScreen)


async def test_without_standards_it_asks_for_them(store: Store, now: datetime) -> None:
    store.set_meta("welcomed", "1")
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("1", "0")
        await pilot.pause()
        said = " ".join(pane(pilot).shown_text.split())
        assert "y writes it down" in said
        assert "weeks kept" in said
        await pilot.press("n")
        await pilot.pause()
        app.screen.query_one("#standards", TextArea).text = "tell me early"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert [one.text for one in years.get(store, 2024).standards] == [
            "tell me early"
        ]
        assert "tell me early" in pane(pilot).shown_text


@pytest.mark.parametrize("width", [10, 40, 56, 60, 109, 120])
@pytest.mark.parametrize("frame", [UNICODE, ASCII], ids=lambda frame: str(frame.name))
def test_the_heatmap_fits_its_width(width: int, frame: object) -> None:
    first, last = TODAY.replace(month=1, day=1), TODAY.replace(month=12, day=31)
    found = weeks(first, last, TODAY, lambda day: day.weekday() < 5, [first, TODAY])
    lines = heat_lines(found, TODAY, width, frame)  # type: ignore[arg-type]
    assert all(each.width <= width for each in lines)
    assert len(lines) == 10
    days = "".join(each.text for each in lines[1:8])
    assert days.count(UNICODE.full if frame is UNICODE else ASCII.full)
