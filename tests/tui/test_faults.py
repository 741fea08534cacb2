"""A fault of the program: one line, nobody's text, the draft kept, an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import DiskFull, Usage
from plannertui.store import drafts
from plannertui.tui.app import PlannerApp
from plannertui.tui.process import check_terminal, fault_line
from tests.tui.sample import fill, planner

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

SECRET = "what the director said in confidence"


def failed(error: Exception) -> Exception:
    try:
        secret = SECRET
        raise error
    except Exception as caught:
        assert secret
        return caught


def test_the_line_says_kind_and_place_and_nothing_else() -> None:
    line = fault_line(failed(ValueError(SECRET)), True)
    assert SECRET not in line
    assert "ValueError" in line
    assert "test_faults.py:" in line
    assert "\n" not in line


def test_what_is_made_for_people_is_said_in_its_words() -> None:
    assert fault_line(failed(DiskFull("No room.")), True) == "No room."


@pytest.mark.case(72)
@pytest.mark.parametrize("term", ["dumb", "", "DUMB", "unknown"])
def test_a_terminal_that_cannot_show_it_is_told(term: str) -> None:
    with pytest.raises(Usage, match="ptui today"):
        check_terminal({"TERM": term})


def test_other_terminals_are_welcome() -> None:
    check_terminal({"TERM": "xterm-256color"})


@pytest.mark.case(59)
async def test_a_fault_keeps_what_was_typed(
    store: Store, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(store, now)
    app = PlannerApp(planner(store, now))
    with pytest.raises(RuntimeError):  # noqa: PT012
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.press("a", *SECRET[:9])

            def fail() -> None:
                raise RuntimeError(SECRET)

            app.call_later(fail)
            await pilot.pause()
            await pilot.pause()
    assert app.return_code == 1
    assert [draft.body for draft in drafts.ls(store)] == [SECRET[:9]]
    said = capsys.readouterr()
    assert SECRET not in app.fault + said.out + said.err
    assert "RuntimeError" in app.fault
