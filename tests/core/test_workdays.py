from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plannertui.core.errors import BadSettings
from plannertui.core.published import check, codes
from plannertui.core.workdays import WorkCalendar, WorkYear, build_year, mon_fri


@cache
def made(code: str, year: int, language: str = "en") -> WorkYear:
    return build_year(code, year, language)


def calendar(code: str, leave: frozenset[date] = frozenset()) -> WorkCalendar:
    return WorkCalendar(lambda year: made(code, year), leave)


def d(text: str) -> date:
    return date.fromisoformat(text)


CN = calendar("CN")
PLAIN = calendar("mon-fri")


def test_china_2024() -> None:
    assert CN.known(2024)
    assert CN.count(d("2024-01-01"), d("2024-12-31")) == 251
    day = d("2024-09-14")
    assert CN.is_workday(day)
    assert CN.kind(day) == "makeup"
    assert CN.elapsed(d("2024-01-01"), d("2024-12-31"), day) == 179 / 251


# The notice of the State Council of 25 October 2023, with its ranges.
OFF_2024 = "01-01 02-10/17 04-04/06 05-01/05 06-10 09-15/17 10-01/07"
WORKED_2024 = "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"


def test_china_2024_is_the_notice_to_the_day() -> None:
    off = set()
    for item in OFF_2024.split():
        first = d("2024-" + item[:5])
        last = first.replace(day=int(item[6:])) if "/" in item else first
        off |= {first + timedelta(n) for n in range((last - first).days + 1)}
    worked = {d("2024-" + item) for item in WORKED_2024.split()}
    assert made("CN", 2024).makeup == worked
    for n in range(366):
        day = d("2024-01-01") + timedelta(n)
        expected = day in worked or (day.weekday() < 5 and day not in off)
        assert CN.is_workday(day) == expected, day


@pytest.mark.parametrize(
    ("code", "day", "kind"),
    [
        ("CN", "2024-02-10", "holiday"),
        ("CN", "2024-02-16", "holiday"),
        ("CN", "2024-02-17", "weekend"),
        ("CN", "2024-02-18", "makeup"),
        ("CN", "2024-02-29", "workday"),
        ("CN", "2024-12-31", "workday"),
        # Moved across the year's end by the notice of the following year.
        ("CN", "2006-12-31", "makeup"),
        ("US", "2024-07-04", "holiday"),
        ("US", "2021-12-31", "holiday"),
        ("DE-BY", "2024-01-06", "holiday"),
        ("DE-BY", "2025-01-06", "holiday"),
        ("DE-BE", "2025-01-06", "workday"),
        ("IL", "2024-09-13", "weekend"),
        ("IL", "2024-09-15", "workday"),
        # The Emirates moved their weekend from Friday to Saturday and Sunday in 2022.
        ("AE", "2021-09-10", "weekend"),
        ("AE", "2022-09-09", "workday"),
        ("AE", "2022-09-11", "weekend"),
        ("mon-fri", "2024-01-01", "workday"),
        ("mon-fri", "2024-09-14", "weekend"),
    ],
)
def test_kinds_of_days(code: str, day: str, kind: str) -> None:
    assert calendar(code).kind(d(day)) == kind


@pytest.mark.parametrize(
    ("code", "year", "known"),
    [
        ("CN", 2000, False),
        ("CN", 2001, True),
        ("CN", 2026, True),
        ("US", 2030, True),
        ("US", 2101, False),
        # They have given up moving workdays: nothing is left to be published.
        ("BG", 2028, True),
        ("AM", 2028, True),
        ("mon-fri", 9999, True),
    ],
)
def test_which_years_are_known(code: str, year: int, known: bool) -> None:
    assert made(code, year).known is known


def test_a_year_not_yet_published_is_monday_to_friday_and_nothing_guessed() -> None:
    import holidays

    tables = holidays.country_holidays("CN").special_public_holidays
    year = made("CN", max(tables) + 1)
    assert not year.known
    assert year.names == {}
    assert year.makeup == frozenset()
    assert year.off == mon_fri("CN", year.year).off
    assert {day.weekday() for day in year.off} == {5, 6}


@pytest.mark.parametrize(
    "code", ["XX", "CHINA!", "../x", "HolidayBase", "DE-", "-", "中国"]
)
def test_an_unknown_code_is_named_and_says_where_the_list_is(code: str) -> None:
    if code == "DE-":
        assert check(code) == "DE"
        return
    with pytest.raises(BadSettings, match="or mon-fri") as caught:
        build_year(code, 2024)
    assert code in caught.value.message


def test_an_unknown_region_lists_the_regions() -> None:
    with pytest.raises(BadSettings, match="BB, BE, BW, BY"):
        build_year("DE-XX", 2024)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("cn", "CN"), (" de-by ", "DE-BY"), ("Mon-Fri", "mon-fri"), ("", "mon-fri")],
)
def test_codes_are_read_in_any_case(code: str, expected: str) -> None:
    assert check(code) == expected


def test_the_list_of_codes() -> None:
    listed = codes()
    assert {"mon-fri", "CN", "US", "DE", "DE-BY"} <= set(listed)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("code", "language", "day", "name"),
    [
        ("CN", "en", "2024-10-01", "National Day"),
        ("CN", "zh_Hans", "2024-10-01", "国庆节"),
        ("US", "zh_Hans", "2024-07-04", "Independence Day"),
        ("DE", "en", "2024-12-25", "Christmas Day"),
        ("DE", "zh_Hans", "2024-12-25", "Christmas Day"),
    ],
)
def test_names_in_the_language_or_in_english(
    code: str, language: str, day: str, name: str
) -> None:
    assert made(code, int(day[:4]), language).names[d(day)] == name


def test_the_name_of_a_day() -> None:
    assert CN.name(d("2024-09-17")) == "Mid-Autumn Festival"
    assert CN.name(d("2024-09-18")) == ""
    # A day off for a worked one is named in few words.
    assert CN.name(d("2024-09-16")) == "Day off (for 14 Sep)"
    assert made("CN", 2024, "zh_Hans").names[d("2024-09-16")] == "调休（补9月14日）"


@pytest.mark.parametrize(
    ("code", "year"), [("CN", 2024), ("CN", 2027), ("US", 2023), ("mon-fri", 2024)]
)
def test_a_packed_year_comes_back_whole(code: str, year: int) -> None:
    before = made(code, year)
    after = WorkYear.unpack(before.pack())
    assert (after.code, after.year, after.known) == (code, year, before.known)
    assert (after.off, after.makeup) == (before.off, before.makeup)
    assert after.names == before.names
    assert after.pack() == before.pack()


def test_codes_and_names_with_blanks_are_packed() -> None:
    day = d("2024-05-01")
    year = WorkYear("XX-New  Town", 2024, [day], {day: "A\nday; 5月 1"}, [], True)
    after = WorkYear.unpack(year.pack())
    assert after.code == "XX-New  Town"
    assert after.names == {day: "A day; 5月 1"}


@pytest.mark.parametrize("packed", ["", "CN", "CN 2024 1 xyz 0", "CN 2024 1 f 0\nx y"])
def test_what_is_not_a_packed_year_is_a_value_error(packed: str) -> None:
    with pytest.raises(ValueError):
        WorkYear.unpack(packed)


def test_leave_is_no_workday_and_only_counts_where_one_would_work() -> None:
    leave = frozenset({d("2024-09-13"), d("2024-09-14"), d("2024-09-15")})
    own = calendar("CN", leave)
    assert [own.kind(d(f"2024-09-{n}")) for n in (12, 13, 14, 15)] == [
        "workday",
        "leave",
        "leave",
        "weekend",
    ]
    assert own.count(d("2024-01-01"), d("2024-12-31")) == 249
    assert own.next(d("2024-09-12")) == d("2024-09-18")


@pytest.mark.parametrize(
    ("start", "due", "today", "expected"),
    [
        ("2024-01-01", "2024-12-31", "2023-12-31", 0.0),
        ("2024-01-01", "2024-12-31", "2024-01-01", 0.0),
        ("2024-01-01", "2024-12-31", "2024-01-02", 1 / 251),
        ("2024-01-01", "2024-12-31", "2024-12-31", 1.0),
        ("2024-01-01", "2024-12-31", "9999-12-31", 1.0),
        # A goal of a fiscal year, across the turn of the calendar year.
        ("2024-04-01", "2025-03-31", "2024-12-31", 190 / 249),
        ("2024-10-01", "2024-10-07", "2024-10-06", 0.0),
        ("2024-10-01", "2024-10-07", "2024-10-07", 1.0),
        ("2024-09-14", "2024-09-14", "2024-09-14", 1.0),
        ("2024-12-31", "2024-01-01", "2023-01-01", 0.0),
        ("2024-12-31", "2024-01-01", "2024-06-01", 1.0),
    ],
)
def test_elapsed(start: str, due: str, today: str, expected: float) -> None:
    assert CN.elapsed(d(start), d(due), d(today)) == expected


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("CN", "2024-09-11", "2024-09-14"),
        ("CN", "2024-09-29", "2024-09-29"),
        ("CN", "2024-10-03", "2024-09-30"),
        ("CN", "2024-12-31", "2025-01-03"),
        ("mon-fri", "2024-09-15", "2024-09-13"),
        ("IL", "2024-09-15", "2024-09-19"),
        ("IL", "2024-09-14", "2024-09-12"),
        ("mon-fri", "9999-12-31", "9999-12-31"),
        ("mon-fri", "0001-01-01", "0001-01-05"),
    ],
)
def test_last_workday_of_the_week(code: str, day: str, expected: str) -> None:
    assert calendar(code).last_of_week(d(day)) == d(expected)


def test_a_week_of_leave_has_no_last_workday() -> None:
    away = frozenset(d("2024-09-09") + timedelta(n) for n in range(7))
    assert calendar("CN", away).last_of_week(d("2024-09-11")) is None


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        ("2024-09-13", 1, "2024-09-14"),
        ("2024-09-14", 1, "2024-09-18"),
        ("2024-09-18", -1, "2024-09-14"),
        ("2024-09-30", 1, "2024-10-08"),
        ("2024-12-31", 1, "2025-01-02"),
        ("2025-01-01", -1, "2024-12-31"),
        ("2024-01-01", 251, "2024-12-31"),
        ("2024-12-31", -251, "2023-12-29"),
        ("2024-10-03", 0, "2024-10-03"),
    ],
)
def test_add(day: str, n: int, expected: str) -> None:
    assert CN.add(d(day), n) == d(expected)


def test_the_ends_of_the_calendar_are_reached_not_passed() -> None:
    assert PLAIN.next(date.max) == date.max
    assert PLAIN.previous(date.min) == date.min
    assert PLAIN.add(d("2024-01-01"), 10**9) == date.max
    assert PLAIN.add(d("2024-01-01"), -(10**9)) == date.min
    weekdays = sum(n % 7 < 5 for n in range((date.max - date.min).days + 1))
    assert PLAIN.count(date.min, date.max) == weekdays


def test_between_is_signed_and_open_at_its_start() -> None:
    assert CN.between(d("2024-09-13"), d("2024-09-14")) == 1
    assert CN.between(d("2024-09-14"), d("2024-09-17")) == 0
    assert CN.between(d("2024-09-18"), d("2024-09-13")) == -2
    assert CN.between(d("2024-09-18"), d("2024-09-18")) == 0


near = st.dates(date(2022, 1, 1), date(2028, 12, 31))
leaves = st.frozensets(near, max_size=30)


@settings(deadline=None)
@given(near, near, near, leaves)
def test_counts_add_up(a: date, b: date, c: date, leave: frozenset[date]) -> None:
    own = calendar("CN", leave)
    a, b, c = sorted((a, b, c))
    assert own.count(a, c) == own.count(a, b) + own.between(b, c)
    assert own.between(a, c) == own.between(a, b) + own.between(b, c)
    assert own.between(c, a) == -own.between(a, c)
    assert 0.0 <= own.elapsed(a, c, b) <= 1.0


@settings(deadline=None)
@given(near, st.integers(0, 60), leaves)
def test_a_count_is_the_days_counted(
    day: date, length: int, leave: frozenset[date]
) -> None:
    own = calendar("CN", leave)
    days = [day + timedelta(n) for n in range(length + 1)]
    kinds = [own.kind(each) in ("workday", "makeup") for each in days]
    assert kinds == [own.is_workday(each) for each in days]
    assert own.count(day, days[-1]) == sum(kinds)


@settings(deadline=None)
@given(near, st.integers(0, 600), leaves)
def test_next_and_previous_and_add_agree(
    day: date, n: int, leave: frozenset[date]
) -> None:
    own = calendar("CN", leave)
    later, earlier = own.next(day), own.previous(day)
    assert own.is_workday(later)
    assert earlier < day < later
    assert own.previous(later) == (day if own.is_workday(day) else earlier)
    assert own.next(earlier) == (day if own.is_workday(day) else later)
    assert own.between(day, own.add(day, n)) == n
    assert own.add(own.add(later, n), -n) == later
    last = own.last_of_week(day)
    assert last is None or own.is_workday(last)


@given(st.integers(1, 9999))
def test_mon_fri_in_every_year(year: int) -> None:
    made = mon_fri("mon-fri", year)
    assert all(day.weekday() > 4 and day.year == year for day in made.off)
    assert len(made.off) in (104, 105, 106)


def test_the_library_is_imported_only_to_build_a_year() -> None:
    code = (
        "import sys, plannertui.core.workdays as w; w.WorkYear.unpack('CN 2024 1 f 0');"
        "print([m for m in ('holidays','re','typing','dataclasses','json')"
        " if m in sys.modules])"
    )
    result = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, '.'); {code}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "[]"
