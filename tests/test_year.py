"""A year of daily use, through the shell and the screen, and every figure counted again.

What the mirror and the reports say must equal what somebody counts by hand from the
exported JSON, whatever was written, moved, dropped, undone or thrown away on the way.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import costly
from tests.living import CALENDAR, Life
from tests.store.recount import Recount, check
from tests.terminal import planner

if TYPE_CHECKING:
    from pathlib import Path


def count_again(life: Life) -> dict[str, Any]:
    """The mirror of the year against the recount; gives what the mirror told."""
    told: dict[str, Any] = life.say("mirror", "show", "--year")
    first, last = (date.fromisoformat(told[name]) for name in ("first", "last"))
    by_hand = Recount(life.say("export"), first, last)
    check(told, by_hand, life.today, CALENDAR)
    return told


def evening(life: Life) -> list[str]:
    """The last hour of a day on the screen: a line, an answer, a look at the mirror.

    Each key waits for what the one before it has shown, by words that nothing else of
    the day shows: the day may well have been answered and its text saved before.
    """
    env = {"PLANNERTUI_CONFIG": str(life.config)}
    line = f"slow month {life.today:%b}"
    with planner(life.path, now=life.now.isoformat(), env=env) as terminal:
        terminal.wait_for("Enter write")
        terminal.press("a")
        terminal.wait_for("Enter file")
        terminal.type(f"! {line} @L1 ^+3d\n")
        terminal.wait_gone("Enter file")
        terminal.wait_for(line)
        terminal.press("r")
        terminal.wait_for("Ctrl+S save")
        terminal.type("What moved was the queue.")
        terminal.wait_for("draft")
        terminal.press("ctrl+s")
        terminal.wait_for(f"saved {life.clock:%H:%M}")
        terminal.press("escape")
        terminal.wait_for("Enter write")
        terminal.press("0")
        # The frame stands before its figures do; the heat of the year comes last.
        terminal.wait_match(r"promises kept or moved in time +\d+ of \d+")
        terminal.wait(terminal.settled, "a calm screen")
        shown = terminal.lines
        terminal.assert_safe()
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    return shown


def test_a_year_of_daily_use(tmp_path: Path) -> None:
    life = Life(tmp_path / "planner.db", 2024)
    life.begin()
    shown: list[str] = []
    for month in range(1, 13):
        last = CALENDAR.previous(date(2024 + month // 12, month % 12 + 1, 1))
        life.live(last)
        if month % 3 == 0:
            life.clock = time(19)
            shown = evening(life)
    told = count_again(life)
    figures = told["figures"]
    assert life.said > 1000
    assert figures["kept"]["of"] > 40
    assert figures["warned"]["count"] >= 12

    # The screen told the last 90 days; the shell does so for them, too.
    recent = life.say("mirror", "show", "--days", "90")["figures"]
    count = {name: figure["count"] for name, figure in recent.items()}
    rows = shown[1:-2]
    for label, wanted in (
        ("started before being asked", f"{count['started']}"),
        ("problems brought with options", of(recent["options"])),
        ("warned early, and surprised", f"{count['warned']} : {count['surprised']}"),
        ("hard moments closed with a lesson", of(recent["lessons"])),
        ("promises kept or moved in time", of(recent["kept"])),
        ("  up ", of(recent["kept_up"])),
        ("  peers ", of(recent["kept_peers"])),
        ("  down ", of(recent["kept_down"])),
        ("priorities served by a goal", of(recent["aligned"])),
        ("my own course", f"{count['own']}"),
        ("BASIS", f"{count['basis_said']} said, {count['basis_seen']} seen"),
        ("guesses checked, and right", f"{recent['checked']['of']}, "),
        ("guesses checked, and right", f", {count['checked']} right"),
        ("REFLECTED", f"{of(recent['reflected'])} workdays"),
    ):
        assert wanted in beside(rows, label), label
    assert figures["aligned"]["of"] == 4
    assert 0 < figures["aligned"]["count"] < 4

    # The page of the year prints the same figures.
    page = life.say("report", "year", "--period", "2024")
    text = page["markdown"]
    kept = figures["kept"]
    found = re.search(r"(\d+) of (\d+) · up (\d+)/(\d+) · peers (\d+)/(\d+)", text)
    assert found is not None, text
    assert tuple(map(int, found.groups())) == (
        *(kept["count"], kept["of"]),
        *(figures["kept_up"]["count"], figures["kept_up"]["of"]),
        *(figures["kept_peers"]["count"], figures["kept_peers"]["of"]),
    )
    assert f"Warned early {figures['warned']['count']}" in text
    assert f"surprised others {figures['surprised']['count']}" in text
    checked = figures["checked"]
    assert f"{checked['of']} guesses checked, {checked['count']} right" in text
    assert f"served:** {of(figures['aligned'])}" in text
    span = figures["reflected_span"]
    assert f"{span['count']} of {span['of']} workdays" in text


def beside(shown: list[str], label: str) -> str:
    """What stands on the screen behind ``label``, as far as its panel goes."""
    (row,) = (line.partition(label)[2] for line in shown if label in line)
    return row.partition("│")[0].strip()


def of(figure: dict[str, Any]) -> str:
    """A count of all, as the mirror says it."""
    return f"{figure['count']} of {figure['of']}" if figure["of"] else "-"


@given(seed=st.integers(0, 2**32))
@costly(3)
def test_two_months_of_any_kind(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    life = Life(tmp_path_factory.mktemp("life") / "planner.db", seed)
    life.begin()
    life.live(date(2024, 3, 1))
    count_again(life)
