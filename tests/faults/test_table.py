"""The page of what is promised is made from the marks, and cannot go stale."""

from __future__ import annotations

from tests.faults.cases import CASES
from tools import faults


def test_the_page_says_what_the_marks_say() -> None:
    assert faults.PAGE.read_text("utf-8") == faults.page(), "python -m tools.faults"


def test_every_mark_is_a_case() -> None:
    assert sorted(set(faults.held()) - set(CASES)) == []
