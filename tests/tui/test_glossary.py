"""Rows of signs and meanings: what is long goes on under itself."""

from __future__ import annotations

import pytest

from plannertui.core.text import cell_width
from plannertui.tui.widgets.glossary import Glossary, Row

ROWS = [
    Row("Enter", "Open the goal: milestones, whom it serves, history", "goals.open"),
    Row("d  Space", "勾选下一个里程碑；没有里程碑时把目标标为完成", "goals.done"),
    Row("+", "a win"),
]


@pytest.mark.parametrize("width", [40, 52, 72, 100])
def test_a_long_meaning_goes_on_under_itself(width: int) -> None:
    table = Glossary(ROWS)
    for row in ROWS:
        lines = [line.plain for line in table._row(row, width)]
        assert lines[0].startswith(row.sign)
        assert all(line.startswith(" " * 18) for line in lines[1:])
        assert all(cell_width(line) <= width for line in lines)
        assert lines[-1].endswith(row.name)
        if row.name:
            assert cell_width(lines[-1]) == width
