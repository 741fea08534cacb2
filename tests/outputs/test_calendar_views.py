"""The views of the calendar as lines: they fit, they say what is on, they can be hit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from plannertui import i18n
from plannertui.core.board import Board
from plannertui.core.things import Scene, Thing
from plannertui.core.workdays import WorkCalendar, WorkYear, mon_fri
from plannertui.outputs.calendar import views
from plannertui.outputs.calendar.about import about
from plannertui.outputs.calendar.words import span_label
from plannertui.tui.themes import ASCII, UNICODE
from plannertui.tui.widgets.view_lines import pen_of

if TYPE_CHECKING:
    from plannertui.outputs.calendar.canvas import Sheet

TODAY = date(2024, 9, 14)
PEN = pen_of(UNICODE)
WIDTHS = (22, 36, 54, 74, 112, 194)
FEAST = "Mid-Autumn Festival 中秋节"


def year(number: int) -> WorkYear:
    """Weekends and one feast; a make-up workday; 2025 is not published."""
    if number != 2024:
        return mon_fri("CN", number, known=False)
    first = date(2024, 1, 1)
    days = [first + timedelta(n) for n in range(366)]
    off = [d for d in days if d.weekday() > 4 and d != TODAY]
    feast = date(2024, 9, 17)
    return WorkYear("CN", 2024, [*off, feast], {feast: FEAST}, [TODAY], True)


CALENDAR = WorkCalendar(year)


def thing(number: int, day: int = 0, days: int = 1, **fields: Any) -> Thing:
    first = date(2024, 9, 9) + timedelta(day)
    values: dict[str, Any] = {
        "key": f"E{number}",
        "id": number,
        "handle": f"E{number}",
        "noun": "event",
        "kind": "meeting",
        "title": f"Number {number}",
        "first": first,
        "last": first + timedelta(days - 1),
    } | fields
    return Thing(**values)


THINGS = (
    thing(1, 0, at=600, minutes=90, title="Budget of the counters, with Finance"),
    thing(2, 0, at=630, minutes=30, who="主任", title="一对一谈话"),
    thing(3, 1, days=3, kind="leave", title="Leave"),
    thing(4, 3, key="M4", noun="matter", kind="promise", title="list of 30 oldest"),
    thing(5, 4, at=1380, minutes=120, days=2, title="Night"),
    *(thing(n, 5, title=f"Crowd {n}") for n in range(6, 20)),
)


def scene(view: str, day: date = TODAY, **fields: Any) -> Scene:
    first, last = views.window(view, day)
    values: dict[str, Any] = {
        "first": first,
        "last": last,
        "day": day,
        "today": TODAY,
        "minute": 1090,
        "calendar": CALENDAR,
        "things": [t for t in THINGS if t.first <= last and t.last >= first],
        "also": (("DE", CALENDAR),),
        "counts": {TODAY: 17},
    } | fields
    return Scene(**values)


def text(sheet: Sheet) -> str:
    lines = (*sheet.head, *sheet.body)
    return "\n".join("".join(part for part, _roles in line).rstrip() for line in lines)


@pytest.mark.parametrize("frame", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", ["day", "week", "month", "agenda"])
def test_no_line_is_wider_than_there_is_room(
    view: str, width: int, language: str, frame: Any
) -> None:
    i18n.use(language)
    for height in (8, 20, 44):
        for picked in ("", "E1", "E19"):
            sheet = views.draw(
                view, scene(view, picked=picked), width, height, pen_of(frame)
            )
            for line in (*sheet.head, *sheet.body):
                assert cell_len("".join(part for part, _roles in line)) <= width
            for spot in sheet.spots:
                assert 0 <= spot.y < len(sheet.body)
                assert 0 <= spot.x < spot.end <= width
            if view == "month":
                weeks = 6
                assert len(sheet.body) == max(2 * weeks, height - 1)


def test_the_week_has_blocks_side_by_side_and_the_line_of_now() -> None:
    sheet = views.draw("week", scene("week"), 112, 30, PEN)
    said = text(sheet)
    assert said.split("\n")[0].split() == [
        *("Mon", "9", "Tue", "10", "Wed", "11", "Thu", "12"),
        *("Fri", "13", "[Sat", "14]", "Sun", "15"),
    ]
    assert "make-up workday"[:10] in said
    ten = next(line for line in said.split("\n") if line.startswith("10:00"))
    half = said.split("\n")[said.split("\n").index(ten) + 1]
    assert ten.count("▌") == 1
    assert half.count("▌") == 2
    now = next(line for line in said.split("\n") if line.startswith("18:10"))
    assert "──" in now
    assert "goes on" in said
    # Fourteen things of one day, in the lanes that there are.
    assert "+8" in said


def test_a_narrow_week_is_a_list_of_its_days() -> None:
    said = text(views.draw("week", scene("week"), 54, 30, PEN))
    assert "10:00–11:30  ▌ Budget of the counters" in said
    assert "[Sat 14] make-up workday  DE" not in said
    assert " Sun 15  –" in said


def test_the_month_says_how_many_more_there_are() -> None:
    said = text(views.draw("month", scene("month"), 112, 25, PEN))
    lines = said.split("\n")
    assert "W37" in said
    at = next(n for n, line in enumerate(lines) if "[14]" in line)
    assert "Crowd 6" in lines[at + 2]
    assert "+13" in lines[at + 3]
    assert FEAST[:5] in said
    # Everything, where the height is free.
    assert "Crowd 19" in text(views.draw("month", scene("month"), 112, 0, PEN))


def test_the_agenda_passes_over_what_has_nothing() -> None:
    said = text(views.draw("agenda", scene("agenda"), 74, 20, PEN))
    assert "W37 · 9 – 15 September 2024" in said
    assert "Sun 15" not in said
    assert f" Tue 17  {FEAST}  DE {FEAST}" in said
    far = scene("agenda", date(2024, 12, 20), things=())
    assert "The calendar of 2025 is not published yet" in text(
        views.draw("agenda", far, 94, 20, PEN)
    )


def test_the_first_thing_of_a_day_keeps_the_head_of_the_day_in_view() -> None:
    sheet = views.draw("agenda", scene("agenda", picked="E6"), 74, 20, PEN)
    lines = ["".join(part for part, _roles in line) for line in sheet.body]
    first, last = sheet.keep or (0, 0)
    assert ("Sat 14" in lines[first], "Crowd 6" in lines[last]) == (True, True)
    sheet = views.draw("agenda", scene("agenda", picked="E19"), 74, 20, PEN)
    first, last = sheet.keep or (0, 0)
    assert first == last


def test_no_heading_stands_alone_at_the_foot_of_the_board() -> None:
    year = date(2024, 1, 1), date(2024, 12, 31)
    board = Board(2024, *year, "", (), ((1, 0),) * 12, ())
    for height in range(4, 24):
        sheet = views.draw("year", scene("year"), 74, height, PEN, board=board)
        body = ["".join(part for part, _roles in line) for line in sheet.body]
        seen = body[: height - len(sheet.head)]
        assert "Days of reflection" not in seen[-2:]
    assert "Days of reflection" in seen


def test_a_click_finds_the_thing_before_its_day() -> None:
    for view in ("day", "week", "month"):
        day = date(2024, 9, 9)
        sheet = views.draw(view, scene(view, day), 112, 30, PEN)
        found = next(spot for spot in sheet.spots if spot.what == "E2")
        first = next(
            spot
            for spot in sheet.spots
            if spot.y == found.y and spot.x <= found.x < spot.end
        )
        assert (first.what, first.day) == ("E2", day.isoformat())


def test_hours_that_have_nothing_are_left_off_on_paper() -> None:
    whole = views.draw("week", scene("week"), 112, 30, PEN, per_hour=2)
    cut = views.draw("week", scene("week"), 112, 30, PEN, per_hour=2, whole=False)
    assert len(whole.body) == 48
    # From midnight on Saturday, where the night goes on, to the end of Friday's.
    assert len(cut.body) == 48
    day = date(2024, 9, 9)
    cut = views.draw("day", scene("day", day), 112, 30, PEN, per_hour=2, whole=False)
    assert text(cut).split("\n")[len(cut.head)].startswith("08:00")
    assert len(cut.body) == 20


@pytest.mark.parametrize(
    ("first", "last", "said", "chinese"),
    [
        (
            date(2024, 9, 9),
            date(2024, 9, 15),
            "9 – 15 September 2024",
            "2024年9月9日 – 15日",
        ),
        (
            date(2024, 9, 30),
            date(2024, 10, 6),
            "30 Sep – 6 Oct 2024",
            "2024年9月30日 – 10月6日",
        ),
        (
            date(2024, 12, 30),
            date(2025, 1, 5),
            "30 Dec 2024 – 5 Jan 2025",
            "2024年12月30日 – 2025年1月5日",
        ),
    ],
)
def test_spans_say_no_more_than_is_needed(
    first: date, last: date, said: str, chinese: str
) -> None:
    assert span_label(first, last, "–") == said
    i18n.use("zh_Hans")
    assert span_label(first, last, "–") == chinese


def test_what_one_is_on_is_told_in_full() -> None:
    said = about(scene("week", date(2024, 9, 9), picked="E2"), 74, 3, PEN)
    lines = ["".join(part for part, _roles in line) for line in said]
    assert lines[0] == "▌ 一对一谈话"
    assert lines[1] == "  E2 · Mon 9 Sep · 10:30–11:00 · meeting · 主任"
    day = about(scene("week"), 74, 3, PEN)
    lines = ["".join(part for part, _roles in line) for line in day]
    assert lines[0] == "Sat 14 Sep 2024 · make-up workday"
    assert lines[1] == "W37 · 15 events · 17 entries"


@given(
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.sampled_from(views.VIEWS),
    st.integers(0, 6),
    st.integers(1, 12),
)
def test_every_day_is_on_its_own_page(
    day: date, view: str, week_start: int, year_start: int
) -> None:
    first, last = views.window(view, day, week_start, year_start)
    assert first <= day <= last


@pytest.mark.parametrize("day", [date.min, date.max, date(9999, 12, 30)])
@pytest.mark.parametrize("view", ["day", "week", "month", "agenda"])
def test_the_first_and_the_last_day_there_is(view: str, day: date) -> None:
    first, last = views.window(view, day)
    page = scene(view, day, first=first, last=last, things=())
    assert text(views.draw(view, page, 74, 20, PEN))
