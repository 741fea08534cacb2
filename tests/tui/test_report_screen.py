"""The screen of the reports: preview, what is left out, marking, copying, writing."""

from __future__ import annotations

import sqlite3
import threading
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import pytest

from plannertui import i18n
from plannertui.core.errors import ReadOnly
from plannertui.store import entries, goals, matters, situations
from plannertui.tui.apart import apart
from plannertui.tui.app import PlannerApp
from plannertui.tui.panes import report_wanted
from plannertui.tui.panes.report import (
    ReportKinds,
    ReportLeftOut,
    ReportPreview,
    key_of,
)
from plannertui.tui.screens import report as report_screen
from plannertui.tui.screens.report import ReportScreen
from plannertui.tui.themes import UNICODE
from plannertui.tui.widgets.marked import marked
from tests.tui.sample import fill, planner

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from textual.pilot import Pilot

    from plannertui.outputs.report import Report
    from plannertui.store.open import Store
    from plannertui.tui.panes.report_wanted import Wanted
    from plannertui.tui.planner import Planner

DAY = date(2024, 9, 12)


@pytest.fixture
def written(store: Store, now: datetime) -> Store:
    """The sample, with a win that is private and one that is ready."""
    fill(store, now)
    store.set_meta("welcomed", "1")
    goal = goals.get(store, "G1")
    for text, share in (("Twelve cases closed @G1", "ready"), ("Quiet win", "private")):
        entries.add(
            store, kind="win", text=text, day=DAY, now=now, share=share, links=[goal.id]
        )
    return store


async def made(pilot: Pilot[Any]) -> None:
    """Wait until the report that is wanted is in view."""
    await pilot.pause()
    if isinstance(pilot.app.screen, ReportScreen):
        await pilot.app.screen.there()
        await pilot.pause()


async def open_it(pilot: Pilot[Any]) -> ReportScreen:
    """The screen, with what it shows first."""
    await pilot.pause()
    await pilot.press("escape", "p")
    await pilot.pause()
    await made(pilot)
    return cast(ReportScreen, pilot.app.screen)


def shown(screen: ReportScreen) -> str:
    """The preview."""
    return " ".join(screen.query_one(ReportPreview).list.shown_text.split())


def left_out(screen: ReportScreen) -> str:
    """What is left out."""
    return screen.query_one(ReportLeftOut).list.shown_text


async def test_marking_brings_it_into_the_preview_and_undo_takes_it_out(
    written: Store, now: datetime
) -> None:
    app = PlannerApp(planner(written, now))
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await open_it(pilot)
        assert isinstance(screen, ReportScreen)
        assert screen.query_one(ReportKinds).list.cursor == 1
        assert "Week 37" in shown(screen)
        assert "Twelve cases closed" in shown(screen)
        assert "Quiet win" not in shown(screen)
        assert "Quiet win" in left_out(screen)
        quiet = next(e for e in entries.wins(written) if e.text == "Quiet win")
        await pilot.press("l")
        await pilot.pause()
        pane = screen.query_one(ReportLeftOut)
        assert pane.current is not None
        assert pane.current.code == "private"
        wanted = [key_of(one) for one in pane.left if one.handle == quiet.handle]
        assert pane.list.go_to("left", wanted)
        current = pane.current
        assert current.handle == quiet.handle
        await pilot.press("S")
        await made(pilot)
        assert entries.get(written, quiet.id).share == "ready"
        assert "Quiet win" in shown(screen)
        assert "Quiet win" not in left_out(screen)
        await pilot.press("u")
        await made(pilot)
        assert entries.get(written, quiet.id).share == "private"
        assert "Quiet win" not in shown(screen)


async def test_kinds_periods_forms_and_languages(written: Store, now: datetime) -> None:
    app = PlannerApp(planner(written, now))
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await open_it(pilot)
        seen = []
        await pilot.press("home")
        for _n in range(8):
            await made(pilot)
            seen.append((screen.wanted.kind, shown(screen).strip()[:60]))
            await pilot.press("j")
        assert len({kind for kind, _text in seen}) == 8
        assert all(text for _kind, text in seen)
        await pilot.press("home", "j", "[")
        await made(pilot)
        assert "Week 36" in shown(screen)
        assert "Twelve" not in shown(screen)
        await pilot.press("]", "]", "v")
        await made(pilot)
        assert "第37周" in shown(screen)
        assert i18n.language() == "en"
        await pilot.press("v", "f")
        await made(pilot)
        assert screen.wanted.kind == "self"
        await pilot.press("f", "f", "f")
        await made(pilot)
        assert screen.wanted.profile == "cn-5"
        assert "cannot stay empty" in shown(screen)
        await pilot.press("y")
        await made(pilot)
        assert app.clipboard == ""


async def test_copy_stays_inside_and_the_terminal_is_told_only_when_asked(
    written: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = PlannerApp(planner(written, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await open_it(pilot)
        sent: list[str] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", sent.append)
        await pilot.press("y")
        await pilot.pause()
        assert "Twelve cases closed" in app.clipboard
        assert not [part for part in sent if "\x1b]52" in part]
        await pilot.press("Y")
        await pilot.pause()
        assert [part for part in sent if "\x1b]52;c;" in part]


async def test_it_is_written_to_a_file_and_only_twice_over_another(
    written: Store, now: datetime, tmp_path: Path
) -> None:
    app = PlannerApp(planner(written, now))
    target = tmp_path / "week.html"
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await open_it(pilot)
        for tries in range(3):
            await pilot.press("o")
            await pilot.pause()
            field = app.screen.query_one("#path")
            field.value = str(target)  # type: ignore[attr-defined]
            await pilot.press("enter")
            await pilot.pause()
            if tries == 0:
                assert app.screen is screen
                page = target.read_text("utf-8")
                assert "Twelve cases closed" in page
                assert "<svg" in page
                target.write_text("kept", "utf-8")
            elif tries == 1:
                assert target.read_text("utf-8") == "kept"
                await pilot.press("escape")
                await pilot.pause()
            else:
                await pilot.press("enter")
                await pilot.pause()
                assert "Twelve cases closed" in target.read_text("utf-8")


async def test_the_text_is_changed_by_hand_and_found_again(
    written: Store, now: datetime
) -> None:
    for round_ in range(2):
        app = PlannerApp(planner(written, now))
        async with app.run_test(size=(120, 36)) as pilot:
            screen = await open_it(pilot)
            if round_ == 0:
                await pilot.press("e")
                await pilot.pause()
                await pilot.press(*"mine ", "ctrl+s")
                await pilot.pause()
                await made(pilot)
            assert shown(screen).startswith("mine ")
            await pilot.press("y")
            await pilot.pause()
            assert app.clipboard.startswith("mine ")
            if round_ == 1:
                await pilot.press("e")
                await pilot.pause()
                await pilot.press("ctrl+n", "ctrl+s")
                await pilot.pause()
                await made(pilot)
                assert "mine" not in shown(screen)


async def test_used_marks_the_wins_and_enter_goes_to_what_is_left_out(
    written: Store, now: datetime
) -> None:
    app = PlannerApp(planner(written, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await open_it(pilot)
        await pilot.press("x")
        await pilot.pause()
        told = next(e for e in entries.wins(written) if "Twelve" in e.text)
        assert told.win is not None
        assert told.win.used_on == now.date()
        await pilot.press("l", "enter")
        await pilot.pause()
        assert not isinstance(app.screen, ReportScreen)


async def test_esc_gives_the_reports_their_place_back_first(
    written: Store, now: datetime
) -> None:
    app = PlannerApp(planner(written, now))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_it(pilot)
        displayed = []
        for key in ("l", "escape"):
            await pilot.press(key)
            await pilot.pause()
            displayed.append((screen.is_current, screen.kinds.display))
        assert displayed == [(True, False), (True, True)]
        await pilot.press("escape")
        await pilot.pause()
        assert screen not in app.screen_stack


async def test_a_situation_opens_its_message_and_grey_matters_stay(
    written: Store, now: datetime
) -> None:
    moment = situations.add(written, line="System down", day=DAY, now=now)
    matters.add(written, title="a cousin", nature="grey", day=DAY, now=now)
    app = PlannerApp(planner(written, now))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.push_screen(ReportScreen(planner(written, now), moment.id))
        await pilot.pause()
        await made(pilot)
        screen = cast(ReportScreen, app.screen)
        assert screen.wanted.kind == "message"
        assert "System down" in shown(screen)
        await pilot.press("l")
        await pilot.pause()
        assert screen.query_one(ReportLeftOut).display
        assert "a boundary record" in left_out(screen)
        assert "cousin" not in left_out(screen) + shown(screen)
        await pilot.press("l")
        await pilot.pause()
        assert not screen.query_one(ReportLeftOut).display


@pytest.mark.parametrize("width", [20, 40, 80])
def test_drawn_markdown_keeps_its_width_and_its_words(width: int) -> None:
    from rich.cells import cell_len

    text = (
        "# A title that is long enough to wrap somewhere\n\n**Bold:** words, 汉字也要换行"
        "才行，标点不在行首。\n\n- one\n  - two\n1. first\n\n| a | due |\n|---|---|\n"
        "| a promise of many words | 20 Sep |\n\n---\n_quiet_ <b>not html</b>\n"
    )
    lines = marked(text, width, UNICODE)
    assert all(cell_len(each.text) <= width for each in lines)
    words = "".join("".join(each.text for each in lines).split())
    for part in ("Atitle", "Bold:", "标点", "promise", "20Sep", "<b>nothtml</b>"):
        assert part in words or width == 20


async def test_keys_never_wait_for_a_report_and_only_the_last_one_wanted_is_shown(
    written: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, asked = threading.Event(), []

    def slowly(wanted: Wanted, own: Planner) -> tuple[Report | None, str]:
        asked.append(wanted.kind)
        assert go.wait(20)
        return report_wanted.made(wanted, own)

    app = PlannerApp(planner(written, now))
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await open_it(pilot)
        monkeypatch.setattr(report_screen, "made", slowly)
        await pilot.press("j", "j", "j")
        await pilot.pause()
        assert screen.query_one(ReportKinds).list.cursor == 4
        assert screen.wanted.kind == "self"
        assert asked == ["message"]
        go.set()
        # What is done with a report waits until it is the one in view.
        await pilot.press("y")
        await made(pilot)
        assert asked == ["message", "self"]
        assert screen.report is not None
        assert screen.report.kind == "self"
        assert app.clipboard == screen.report.markdown


async def test_what_is_read_apart_sees_one_moment_and_writes_nothing(
    written: Store, now: datetime
) -> None:
    def read(own: Planner) -> tuple[int, int]:
        before = len(entries.wins(own.db))
        with pytest.raises(ReadOnly):
            entries.add(own.db, kind="win", text="from a thread", day=DAY, now=now)
        other = sqlite3.connect(own.db.path)
        other.execute("UPDATE entry SET kind = 'note'")
        other.commit()
        other.close()
        return before, len(entries.wins(own.db))

    before, after = await apart(planner(written, now), read)
    assert before == after > 0
    assert entries.wins(written) == []


def test_one_thread_speaks_another_language_than_the_others() -> None:
    heard, said = threading.Event(), threading.Event()
    words = []

    def aside() -> None:
        with i18n.speaking("zh_Hans"):
            words.append((i18n.language(), i18n.gettext("Reports")))
            said.set()
            assert heard.wait(20)
        words.append((i18n.language(), i18n.gettext("Reports")))

    thread = threading.Thread(target=aside)
    thread.start()
    assert said.wait(20)
    here = (i18n.language(), i18n.gettext("Reports"))
    heard.set()
    thread.join()
    assert here == words[1] == ("en", "Reports")
    assert words[0] != here
    assert words[0][0] == "zh_Hans"
