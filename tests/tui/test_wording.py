"""Small words of the screen: quotation marks within others, hints of empty fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from plannertui import i18n
from plannertui.store import entries, goals, matters
from plannertui.store.search import by_id
from plannertui.tui import labels
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.check_in import CheckInDialog
from plannertui.tui.dialogs.entry import EntryDialog
from plannertui.tui.dialogs.goal_form import GoalForm
from plannertui.tui.dialogs.goto import GoTo
from plannertui.tui.dialogs.meet_form import TalkForm
from plannertui.tui.dialogs.move import MoveDialog
from plannertui.tui.dialogs.prove import ProveDialog
from plannertui.tui.dialogs.search import Search
from plannertui.tui.themes import ASCII, UNICODE, Frame
from plannertui.tui.wording import quoted
from tests.tui.sample import planner

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.screen import Screen

    from plannertui.store.open import Store


@pytest.mark.parametrize(
    ("text", "frame", "said"),
    [
        ("two words", UNICODE, "“two words”"),
        ("he said “later”", UNICODE, "“he said ‘later’”"),
        ("他说“再等等”", UNICODE, "“他说‘再等等’”"),
        ("他说「再等等」", UNICODE, "“他说『再等等』”"),
        ('he said "later"', ASCII, "\"he said 'later'\""),
        ('he said "later"', UNICODE, '“he said "later"”'),
    ],
)
def test_quotation_marks_inside_of_others_are_single(
    text: str, frame: Frame, said: str
) -> None:
    assert quoted(text, frame) == said


@pytest.mark.parametrize(
    ("language", "hint", "example"),
    [("en", "(L1)", "(e.g. L1)"), ("zh_Hans", "(L1)", "（例如 L1）")],
)
def test_what_an_empty_field_says_is_no_answer(
    language: str, hint: str, example: str
) -> None:
    i18n.use(language)
    assert (labels.hint("L1"), labels.example("L1")) == (hint, example)
    assert labels.hint("") == ""


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
async def test_what_an_empty_field_says_fits_into_it(
    store: Store, now: datetime, language: str
) -> None:
    i18n.use(language)
    shared = planner(store, now, language)
    store.set_meta("welcomed", "1")
    matter = matters.add(store, title="a table", day=now.date(), now=now)
    win = entries.add(store, text="a win", kind="win", day=now.date(), now=now)
    goal = goals.add(
        store, year=2024, title="a goal", start=now.date(), due=now.date(), now=now
    )
    dialogs: list[Callable[[], Screen[Any]]] = [
        lambda: TalkForm(shared, None),
        lambda: GoalForm(shared, None, 2024),
        lambda: MoveDialog(shared, matter),
        lambda: ProveDialog(shared, win),
        lambda: EntryDialog(shared, by_id(store, [matter.id])[0]),
        lambda: CheckInDialog(shared, goal),
        lambda: GoTo(shared, now.date()),
        lambda: Search(shared),
    ]
    app = PlannerApp(shared)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for make in dialogs:
            await app.push_screen(make())
            await pilot.pause()
            said = {
                field.placeholder: field.content_size.width
                for field in app.screen.query(Input)
                if field.placeholder and field.content_size.width
            }
            assert said
            cut = [text for text, room in said.items() if cell_len(str(text)) > room]
            assert cut == []
            app.pop_screen()
            await pilot.pause()
