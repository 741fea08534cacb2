"""The calendar pane on a real store: keys, mouse, marks, agenda, what is repainted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from textual.geometry import Region

from plannertui.store import entries, events, goals, matters, people
from plannertui.tui.messages import DayPicked, ItemPicked
from plannertui.tui.panes.calendar import CalendarPane
from plannertui.tui.widgets.drawn import Line, differing, line
from plannertui.tui.widgets.month import Month
from tests.tui.sample import TODAY, Host, fill, planner

if TYPE_CHECKING:
    from datetime import datetime

    from textual.pilot import Pilot

    from plannertui.store.open import Store

SIZES = [(36, 33), (26, 19), (60, 24)]


def host(
    store: Store, now: datetime, language: str = "en", frame: str = "unicode"
) -> Host:
    pane = CalendarPane(
        planner(store, now, language, frame=frame), TODAY, id="calendar"
    )
    return Host(pane)


def pane_of(app: Host) -> CalendarPane:
    assert isinstance(app.widget, CalendarPane)
    return app.widget


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("size", SIZES)
async def test_it_fits_at_every_size(
    store: Store, now: datetime, language: str, size: tuple[int, int]
) -> None:
    fill(store, now, language)
    app = host(store, now, language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        pane = pane_of(app)
        for drawn in (pane.month, pane.agenda):
            assert drawn.lines
            assert all(each.width <= drawn.size.width for each in drawn.lines)
        assert "[14]" in pane.month.shown_text
        assert "Director" in pane.agenda.shown_text or "主任" in pane.agenda.shown_text
        assert pane.agenda.size.height >= 4


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ("l", date(2024, 9, 15)),
        ("h", date(2024, 9, 13)),
        ("j", date(2024, 9, 21)),
        ("k", date(2024, 9, 7)),
        ("L", date(2024, 10, 14)),
        ("H", date(2024, 8, 14)),
        ("J", date(2025, 9, 14)),
        ("K", date(2023, 9, 14)),
        ("right", date(2024, 9, 15)),
        ("left", date(2024, 9, 13)),
        ("down", date(2024, 9, 21)),
        ("up", date(2024, 9, 7)),
        ("pagedown", date(2024, 10, 14)),
        ("pageup", date(2024, 8, 14)),
        ("home", date(2024, 9, 1)),
        ("end", date(2024, 9, 30)),
    ],
)
async def test_keys_move_the_day_and_say_so(
    store: Store, now: datetime, keys: str, day: date
) -> None:
    app = host(store, now)
    async with app.run_test(size=(36, 33)) as pilot:
        await pilot.press(keys)
        assert pane_of(app).day == day
        assert [each.day for each in app.news if isinstance(each, DayPicked)] == [day]
        await pilot.press("t", "t")
        assert pane_of(app).day == TODAY
        assert len(app.news) == 2


async def test_showing_a_day_says_nothing(store: Store, now: datetime) -> None:
    app = host(store, now)
    async with app.run_test(size=(36, 33)) as pilot:
        pane_of(app).show_day(date(2027, 1, 1))
        await pilot.pause()
        assert not app.news
        assert "January 2027" in pane_of(app).month.shown_text


async def cell_of(pilot: Pilot[None], app: Host, figure: str) -> tuple[int, int]:
    month = pane_of(app).month
    for y, each in enumerate(month.lines[2:], 2):
        if figure in each.text:
            return each.text.index(figure) + 1, y
    raise AssertionError(figure)


async def test_a_click_picks_the_day(store: Store, now: datetime) -> None:
    app = host(store, now)
    async with app.run_test(size=(36, 33)) as pilot:
        at = await cell_of(pilot, app, "26")
        await pilot.click(pane_of(app).month, offset=at)
        assert pane_of(app).day == date(2024, 9, 26)
        await pilot.click(pane_of(app).month, offset=(0, 0))
        assert pane_of(app).day == date(2024, 9, 26)


async def test_the_wheel_turns_months(store: Store, now: datetime) -> None:
    app = host(store, now)
    async with app.run_test(size=(36, 33)):
        month = pane_of(app).month
        month.action_move_months(1)
        assert month.day == date(2024, 10, 14)


async def test_moving_repaints_only_what_differs(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(36, 33)) as pilot:
        await pilot.pause()
        pane = pane_of(app)
        painted: list[int] = []
        real = type(pane.month).refresh

        def refresh(self: Month, *regions: Region, **options: bool) -> Month:
            painted.extend(region.y for region in regions)
            if not regions:
                painted.append(-1)
            return real(self, *regions, **options)

        monkeypatch.setattr(type(pane.month), "refresh", refresh)
        pane.show_day(date(2024, 9, 18))
        # Two weeks, and the two lines about the day.
        assert sorted(painted) == [4, 5, 9, 10]
        painted.clear()
        pane.reload()
        assert painted == []
        entries.add(store, kind="note", text="x", day=date(2024, 9, 18), now=now)
        pane.reload()
        assert painted == [5, 10] or painted == [10, 5]


async def test_the_agenda(store: Store, now: datetime) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(36, 33)) as pilot:
        await pilot.pause()
        shown = pane_of(app).agenda.shown_text
        assert shown.splitlines() == [
            "Next two weeks",
            "Sat 14 make-up workday",
            "Sun 15 – Tue 17  Mid-Autumn Fes…",
            "Thu 19 10:00 One-on-one Director",
            "Fri 20 > List of the 30 oldest",
            "         cases          Director",
            "Mon 23 < Answer on the form",
            "         budget          Finance",
            "Fri 27 ○ G2.1 Form check 10",
        ]


async def test_the_agenda_can_be_walked_and_opened(store: Store, now: datetime) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(36, 33)) as pilot:
        agenda = pane_of(app).agenda
        agenda.focus()
        await pilot.pause()
        await pilot.press("j", "enter")
        picked = [each.handle for each in app.news if isinstance(each, ItemPicked)]
        assert picked == [agenda.handles[1]] == ["M1"]
        await pilot.press("end")
        assert agenda.picked == "G2.1"
        pane_of(app).reload()
        assert agenda.picked == "G2.1"
        await pilot.press("home", "k")
        assert agenda.cursor == 0


async def test_what_is_overdue_comes_first(store: Store, now: datetime) -> None:
    for number in range(1, 8):
        matters.add(
            store,
            kind="promise",
            title=f"late {number}",
            day=date(2024, 8, 1),
            due=date(2024, 9, number),
            now=now,
        )
    goal = goals.add(
        store,
        year=2024,
        title="g",
        start=date(2024, 1, 1),
        due=date(2024, 12, 31),
        now=now,
    )
    goals.add_milestone(store, goal, "step", date(2024, 9, 10), now)
    app = host(store, now)
    async with app.run_test(size=(36, 33)) as pilot:
        await pilot.pause()
        shown = pane_of(app).agenda.shown_text.splitlines()
        assert shown[:2] == ["Overdue", "1 Sep  > late 1"]
        assert any("and 3 more" in each for each in shown)


async def test_an_empty_agenda_and_an_unpublished_year_say_so(
    store: Store, now: datetime
) -> None:
    later = now.replace(year=2037, month=12, day=28)
    pane = CalendarPane(planner(store, later), later.date(), id="calendar")
    app = Host(pane)
    async with app.run_test(size=(36, 33)) as pilot:
        await pilot.pause()
        said = " ".join(pane.agenda.shown_text.split())
        assert "Nothing is due, nothing is planned." in said
        assert "The calendar of 2038 is not published" in said


async def test_events_that_last_and_texts_that_would_break_things(
    store: Store, now: datetime
) -> None:
    nasty = (
        "[/x] [@click=app.quit]quit[/] \x1b[31mred\x1b]0;t\x07 \u202eabc 字" + "长" * 90
    )
    events.add(
        store,
        title=nasty,
        starts_on=date(2024, 9, 12),
        ends_on=date(2024, 9, 16),
        now=now,
    )
    app = host(store, now)
    async with app.run_test(size=(26, 24)) as pilot:
        await pilot.pause()
        agenda = pane_of(app).agenda
        assert all(each.width <= agenda.size.width for each in agenda.lines)
        assert "\x1b" not in agenda.shown_text
        assert "[/x]" in agenda.shown_text


@pytest.mark.parametrize("size", [(1, 1), (2, 5), (8, 3), (200, 60)])
async def test_any_size_survives(
    store: Store, now: datetime, size: tuple[int, int]
) -> None:
    fill(store, now)
    app = host(store, now, frame="ascii")
    async with app.run_test(size=size) as pilot:
        await pilot.press("l", "J", "t")
        assert pane_of(app).day == TODAY


async def test_references_at_the_end_are_left_off(store: Store, now: datetime) -> None:
    fill(store, now)
    director = people.get(store, "Director")
    for title in ("Note on hours @L1", "Ask @L1 about hours #desk"):
        matters.add(
            store,
            kind="promise",
            title=title,
            day=TODAY,
            due=TODAY,
            links=[director.id],
            tags=["desk"],
            person_id=director.id,
            now=now,
        )
    app = host(store, now)
    async with app.run_test(size=(60, 33)) as pilot:
        await pilot.pause()
        shown = pane_of(app).agenda.shown_text
        assert "> Note on hours   " in shown
        assert "> Ask Director about hours" in shown


async def test_the_scrollbar_takes_no_text_away(store: Store, now: datetime) -> None:
    fill(store, now)
    for _number in range(20):
        matters.add(store, kind="task", title="x" * 60, day=TODAY, due=TODAY, now=now)
    app = host(store, now)
    async with app.run_test(size=(36, 33)) as pilot:
        await pilot.pause()
        agenda = pane_of(app).agenda
        assert agenda.show_vertical_scrollbar
        assert max(each.width for each in agenda.lines) <= agenda.size.width


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (line(("ab", ""), ("cd", "x")), line(("ab", ""), ("ef", "x")), (2, 4)),
        (line(("ab", ""), ("cd", "x")), line(("ab", "y"), ("cd", "x")), (0, 2)),
        (line(("ab", "")), line(("ab", ""), fill="z"), (0, 10)),
        (line(("ab", "")), line(("ab", ""), ("字", "")), (2, 10)),
        (line(("a", ""), ("a", "")), line(("a", ""), ("b", ""), ("a", "")), (1, 10)),
    ],
)
def test_only_the_cells_that_differ_are_repainted(
    before: Line, after: Line, expected: tuple[int, int]
) -> None:
    assert differing(before, after, 10) == expected


async def test_the_week_stands_in_the_place_of_the_month(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    app = host(store, now)
    async with app.run_test(size=(36, 33)) as pilot:
        await pilot.pause()
        month = pane_of(app).month
        await pilot.press("v")
        await pilot.pause()
        assert month.shown_text.split("\n")[0] == "W37 · 9 – 15 September 2024"
        assert "[Sat 14] make-up workday" in month.shown_text
        # The same keys lead through it; what is on is listed under its day.
        await pilot.press("j", "h", "h")
        await pilot.pause()
        assert "[Thu 19] 10:00  ▌ One-on-one" in month.shown_text
        assert "> List of the 30 old" in month.shown_text
        await pilot.click(Month, offset=(3, 1))
        await pilot.pause()
        assert month.day == date(2024, 9, 16)
        await pilot.press("v")
        await pilot.pause()
        assert "[16]" in month.shown_text
