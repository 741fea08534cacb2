"""The main screen: panes, tabs, keys, dialogs, undo, and what the shell writes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

import pytest
from textual.events import Resize
from textual.geometry import Size
from textual.widgets import Input, OptionList

from plannertui.core.capture import parse
from plannertui.store import entries, items, refs
from plannertui.store.capture import file_capture
from plannertui.store.items import Filter
from plannertui.store.open import open_store
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.capture import CaptureLine
from plannertui.tui.dialogs.goto import GoTo
from plannertui.tui.dialogs.help import Help
from plannertui.tui.dialogs.search import Search
from plannertui.tui.footer import KeyBar
from plannertui.tui.main import MainScreen
from plannertui.tui.palette import Palette
from plannertui.tui.panes.journal import JournalPane
from plannertui.tui.screens.mirror import MirrorScreen
from plannertui.tui.status import StatusLine
from plannertui.tui.widgets.glossary import Glossary
from tests.tui.sample import TODAY, fill, planner
from tests.tui.test_typeahead import send

if TYPE_CHECKING:
    from datetime import datetime

    from textual.pilot import Pilot
    from textual.screen import Screen

    from plannertui.store.open import Store

BOXES = ("goals", "reflect", "calendar")


@pytest.fixture
def app(store: Store, now: datetime) -> PlannerApp:
    """The program on the sample year."""
    fill(store, now)
    return PlannerApp(planner(store, now))


def main(app: PlannerApp) -> MainScreen:
    return cast(MainScreen, app.screen_stack[0])


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.pause()


def texts(store: Store) -> list[str]:
    return [item.text for item in items.ls(store, Filter(since=TODAY, until=TODAY))]


def shown(app: PlannerApp) -> set[str]:
    names = {"goals": "goals", "middle": "journal", "calendar": "calendar"}
    return {n for box, n in names.items() if main(app).query_one(f"#{box}").display}


@pytest.mark.parametrize(
    ("width", "panes"),
    [
        (160, {"goals", "journal", "calendar"}),
        (120, {"goals", "journal", "calendar"}),
        (119, {"journal", "calendar"}),
        (80, {"journal", "calendar"}),
        (79, {"journal"}),
        (20, {"journal"}),
    ],
)
async def test_as_many_panes_as_there_is_room_for(
    app: PlannerApp, width: int, panes: set[str]
) -> None:
    async with app.run_test(size=(width, 30)) as pilot:
        await settled(pilot)
        assert shown(app) == panes


async def test_digits_lead_to_the_panes_that_are_hidden(app: PlannerApp) -> None:
    async with app.run_test(size=(90, 24)) as pilot:
        await pilot.press("1")
        assert shown(app) == {"journal", "goals"}
        await pilot.press("3")
        assert shown(app) == {"journal", "calendar"}
        await pilot.resize_terminal(60, 24)
        await settled(pilot)
        assert shown(app) == {"calendar"}
        await pilot.press("2")
        assert shown(app) == {"journal"}


async def test_keys_right_behind_a_saved_answer_leave_it(
    app: PlannerApp, store: Store
) -> None:
    """Saving reads the panes again: the Esc behind it must not be lost in that."""
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        for word in ("one", "two"):
            # Put into the queue at once, as quick fingers do.
            send(app, ["r", *f" {word}", "ctrl+s", "escape", "0"])
            for _ in range(400):
                if isinstance(app.screen, MirrorScreen):
                    break
                await pilot.pause(0.02)
            assert isinstance(app.screen, MirrorScreen)
            await pilot.press("escape")
            await settled(pilot)
            assert any(text.endswith(word) for text in texts(store))


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (40, 10), (500, 200)])
async def test_no_size_breaks_it(app: PlannerApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.resize_terminal(*size)
        await settled(pilot)
        await pilot.press("1", "2", "3", "a", "escape", "slash", "escape")
        await pilot.resize_terminal(120, 36)
        await settled(pilot)
        assert shown(app) == {"goals", "journal", "calendar"}


async def test_a_line_is_captured_from_anywhere(app: PlannerApp, store: Store) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("3", "a")
        assert isinstance(app.screen, CaptureLine)
        await pilot.press(*"+ quiet day", "enter")
        await settled(pilot)
        assert isinstance(app.screen, MainScreen)
        assert "quiet day" in texts(store)


async def test_keys_that_come_before_the_line_is_there_are_not_commands(
    app: PlannerApp, store: Store
) -> None:
    before = texts(store)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2")
        await settled(pilot)
        from textual.events import Key

        for character in "ad d u 3":
            app.post_message(Key("space" if character == " " else character, character))
        app.post_message(Key("enter", "\r"))
        for _n in range(20):
            await pilot.pause(0.02)
        assert "d d u 3" in texts(store)
        assert len(texts(store)) == len(before) + 1


async def test_what_was_typed_waits_as_a_draft(app: PlannerApp, store: Store) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("a", *"half a sen", "escape")
        await settled(pilot)
        await pilot.press("a")
        await settled(pilot)
        assert app.screen.query_one(Input).value == "half a sen"


async def test_a_line_written_here_is_in_view(app: PlannerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        for number in range(3):
            await pilot.press("a", *f"line {number}", "enter")
            await settled(pilot)
        lines = main(app).query_one(JournalPane).lines
        shown = [
            lines.render_line(y).text
            for y in range(lines.scrollable_content_region.height)
        ]
        assert any("line 2" in text for text in shown)
        assert lines.current is not None
        assert lines.current.text == "line 2"
        assert main(app).pane == "goals"
        await pilot.press("2", "2", "home", "enter")
        await settled(pilot)
        assert lines.hole is not None
        main(app).query_one(JournalPane).show_written(lines.items[-1].id)
        assert lines.cursor == 0


async def test_what_became_of_a_line_does_not_lie_over_the_next(
    app: PlannerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("a", *"one", "enter")
        await settled(pilot)
        assert len(app._notifications) == 1
        await pilot.press("a")
        await settled(pilot)
        assert isinstance(app.screen, CaptureLine)
        assert len(app._notifications) == 0


async def test_a_wide_terminal_widens_the_goals(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        for width, goals, calendar in ((120, 39, 36), (150, 49, 44), (240, 60, 44)):
            await pilot.resize_terminal(width, 36)
            await settled(pilot)
            assert main(app).query_one("#goals").outer_size.width == goals
            assert main(app).query_one("#calendar").outer_size.width == calendar


async def test_a_handle_is_completed(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("a", *"+ 9 of 10 @on", "backspace", "backspace", *"g2")
        await settled(pilot)
        await pilot.press("backspace")
        await settled(pilot)
        assert app.screen.query_one("#suggestions", OptionList).option_count == 4
        await pilot.press("down", "tab")
        assert app.screen.query_one(Input).value == "+ 9 of 10 @G2 "


async def test_search_leads_to_the_day(
    app: PlannerApp, store: Store, now: datetime
) -> None:
    entries.add(
        store, kind="note", text="人手不够，窗口排队", day=date(2024, 3, 4), now=now
    )
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("slash")
        assert isinstance(app.screen, Search)
        app.screen.query_one(Input).value = "排队"
        hits = app.screen.query_one("#hits", OptionList)
        for _n in range(100):
            await pilot.pause(0.02)
            if hits.option_count:
                break
        assert hits.option_count == 1
        await pilot.press("enter")
        await settled(pilot)
        assert main(app).day == date(2024, 3, 4)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("yesterday", TODAY - timedelta(days=1)),
        ("明天", TODAY + timedelta(days=1)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
async def test_a_day_is_gone_to_as_one_says_it(
    app: PlannerApp, typed: str, day: date
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("g")
        assert isinstance(app.screen, GoTo)
        app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await settled(pilot)
        assert main(app).day == day
        await pilot.press("t")
        await settled(pilot)
        assert main(app).day == TODAY


async def test_what_is_no_day_stays_in_the_field(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("g", *"someday", "enter")
        assert isinstance(app.screen, GoTo)
        assert app.screen.query_one(Input).value == "someday"


async def test_help_tells_the_keys_of_the_place(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("3", "question_mark")
        assert isinstance(app.screen, Help)
        said = "\n".join(str(part.render()) for part in app.screen.query(Glossary))
        assert "Go to the day before" in said
        assert "Write one line down" in said
        assert "calendar.day_before" in said
        assert "main.capture" in said
        assert "a holiday" in said
        await pilot.press("question_mark")
        assert isinstance(app.screen, MainScreen)


async def test_help_puts_what_a_place_does_first(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("question_mark")
        assert isinstance(app.screen, Help)
        said = "\n".join(str(part.render()) for part in app.screen.query(Glossary))
        assert said.index("matters.add") < said.index("rows.up")
        screens = ["matters", "leader", "meet", "evidence", "mirror", "situation"]
        places = [said.index(f"main.{name}") for name in screens]
        assert places == sorted(places)


@pytest.mark.parametrize("words", ["go to a day", "goto"])
async def test_commands_are_found_by_name(app: PlannerApp, words: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, Palette)
        app.screen.query_one(Input).value = words
        await settled(pilot)
        first = app.screen.query_one(OptionList).get_option_at_index(0)
        assert "as you would say it " in str(first.prompt)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, GoTo)


async def test_a_theme_is_chosen_in_the_palette(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("ctrl+p")
        app.screen.query_one(Input).value = "theme planner-light"
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert app.theme == "planner-light"


async def test_undo_and_redo(app: PlannerApp, store: Store) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("3", "a", *"one more line", "enter")
        await settled(pilot)
        assert "one more line" in texts(store)
        await pilot.press("u")
        await settled(pilot)
        assert "one more line" not in texts(store)
        await pilot.press("U")
        await settled(pilot)
        assert "one more line" in texts(store)


async def test_what_the_shell_writes_is_seen(
    app: PlannerApp, store: Store, now: datetime
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        other = open_store(store.path, now=now)
        line = parse(
            "from the shell", today=TODAY, resolve=lambda n: refs.resolve(other, n)
        )
        file_capture(other, line, day=TODAY, now=now)
        other.close()
        main(app)._poll()
        await settled(pilot)
        journal = main(app).query_one("#journal")
        assert any("from the shell" in item.text for item in journal.lines.items)  # type: ignore[attr-defined]


async def test_letters_are_no_commands_in_a_field(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        bar = main(app).query_one(KeyBar)
        assert any(hint.label == "capture" for hint in bar._hints)
        await pilot.press("r")
        await settled(pilot)
        await pilot.press("a")
        assert isinstance(app.screen, MainScreen)
        assert not any(hint.label == "capture" for hint in bar._hints)


async def test_the_status_line(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        said = main(app).query_one(StatusLine).render().plain
        assert said == (
            "Sat 14 Sep 2024 · make-up workday · W37 · 179 of 251 workdays (71 %) · "
            "1 promise due Fri · not encrypted"
        )
        await pilot.resize_terminal(40, 20)
        await settled(pilot)
        assert main(app).query_one(StatusLine).render().plain.startswith("Sat 14 Sep")


async def test_a_click_in_the_footer_presses_the_key(app: PlannerApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        bar = main(app).query_one(KeyBar)
        place = next(start for start, _end, hint in bar._placed if hint.key == "a")
        await pilot.click(bar, offset=(place + 1, 0))
        await settled(pilot)
        opened: Screen[object] = app.screen
        assert isinstance(opened, CaptureLine)


async def test_the_footer_shows_how_to_move_in_the_calendar(app: PlannerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await settled(pilot)
        bar = main(app).query_one(KeyBar)
        assert "h l by day   k j by week   H L by month   t today" in str(bar.render())
        place = next(start for start, _end, hint in bar._placed if hint.key == "h")
        for offset, day in ((3, 1), (1, 0), (6, -1)):
            await pilot.click(bar, offset=(place + offset, 0))
            await settled(pilot)
            assert main(app).day == TODAY + timedelta(days=day), offset


async def test_unknown_keys_and_themes_are_told(store: Store, now: datetime) -> None:
    shared = planner(store, now)
    shared.settings.theme = "nowhere"
    shared.settings.keys = {"main.capture": "f6", "main.no_such": "x"}
    store.set_meta("welcomed", "1")
    app = PlannerApp(shared)
    assert any("nowhere" in notice for notice in app.notices)
    assert any("main.no_such" in notice for notice in app.notices)
    assert len(app.notices) == 2
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("3", "f6")
        assert isinstance(app.screen, CaptureLine)


@pytest.mark.parametrize("older", [(60, 20), (500, 200), (1, 1)])
async def test_a_size_that_comes_late_counts_no_longer(
    app: PlannerApp, older: tuple[int, int]
) -> None:
    """Windows that are tiled anew tell several sizes at once: the newest is shown."""
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        screen, size = main(app), Size(*older)
        screen.post_message(Resize(size, size))
        await settled(pilot)
        widths = {box: screen.query_one(f"#{box}").outer_size.width for box in BOXES}
        assert widths == {"goals": 39, "reflect": 45, "calendar": 36}
        assert screen.query_one("#keys").region.bottom == 36
        await pilot.resize_terminal(*older)
        await pilot.resize_terminal(120, 30)
        await settled(pilot)
        assert shown(app) == {"goals", "journal", "calendar"}
        assert screen.query_one("#reflect").outer_size.width == 45
        assert screen.query_one("#keys").region.bottom == 30


@pytest.mark.parametrize("keys", ["", "?", "/co", "2nm", "1n"])
async def test_an_ascii_frame_draws_nothing_else(
    store: Store, now: datetime, keys: str
) -> None:
    fill(store, now)
    app = PlannerApp(planner(store, now, frame="ascii"))
    async with app.run_test(size=(80, 20)) as pilot:
        await settled(pilot)
        app.notify("told", severity="error")
        await pilot.press(*keys)
        await settled(pilot)
        drawn = "".join(
            strip.text for strip in app.screen._compositor.render_strips(app.size)
        )
    # The sample year has an ellipsis among its texts.
    assert {char for char in drawn if not char.isascii()} <= {"…"}
