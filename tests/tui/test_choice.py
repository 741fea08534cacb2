"""One of a few: by keys, by mouse, and where the line is short."""

from __future__ import annotations

import pytest

from plannertui.tui.widgets.choice import Choice
from tests.tui.sample import Host

FEW = [("a", "one"), ("b", "two"), ("c", "三个字")]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (
            40,
            ["[one]  two   三个字 "],
        ),
        (15, ["[one]  two ", " 三个字 "]),
    ],
)
async def test_choices_go_on_in_the_next_line(width: int, lines: list[str]) -> None:
    choice = Choice(FEW, "a", id="few")
    async with Host(choice).run_test(size=(width, 6)) as pilot:
        await pilot.pause()
        assert str(choice.render()).split("\n") == lines
        assert choice.size.height == len(lines)
        row = len(lines) - 1
        await pilot.click(choice, offset=(2 if row else 13, row))
        await pilot.pause()
        assert choice.value == "c"


async def test_keys_go_round_the_ends() -> None:
    choice = Choice(FEW, "a", id="few")
    async with Host(choice).run_test(size=(40, 6)) as pilot:
        choice.focus()
        await pilot.press("left")
        assert choice.value == "c"
        await pilot.press("space", "l")
        assert choice.value == "b"
