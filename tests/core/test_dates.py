"""Saturday 14 September 2024 is today, unless a case says otherwise."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plannertui import i18n
from plannertui.core.dates import parse_date, parse_span
from plannertui.core.errors import UnreadableDate

TODAY = date(2024, 9, 14)


def d(text: str) -> date:
    return date.fromisoformat(text)


def check(text: str, expected: str, *, past: bool = False, start: int = 1) -> None:
    assert parse_date(text, TODAY, past=past, year_start=start) == d(expected)


# Days that mean the same whether one looks back or forward.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-09-20", "2024-09-20"),
        ("2024-9-5", "2024-09-05"),
        ("2024/9/20", "2024-09-20"),
        ("2024.9.20", "2024-09-20"),
        ("20240920", "2024-09-20"),
        ("2024-02-29", "2024-02-29"),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31"),
        ("20 sep 2024", "2024-09-20"),
        ("Sep 20, 2024", "2024-09-20"),
        ("september 20th 2024", "2024-09-20"),
        ("today", "2024-09-14"),
        ("TOMORROW", "2024-09-15"),
        ("tmr", "2024-09-15"),
        ("yesterday", "2024-09-13"),
        ("the day after tomorrow", "2024-09-16"),
        ("day before yesterday", "2024-09-12"),
        ("sat", "2024-09-14"),
        ("this fri", "2024-09-13"),
        ("this sunday", "2024-09-15"),
        ("next fri", "2024-09-20"),
        ("next mon", "2024-09-16"),
        ("next sat", "2024-09-21"),
        ("next sun", "2024-09-22"),
        ("last fri", "2024-09-06"),
        ("last mon", "2024-09-02"),
        ("last sat", "2024-09-07"),
        ("+3d", "2024-09-17"),
        ("+ 3 days", "2024-09-17"),
        ("-3d", "2024-09-11"),
        ("+2w", "2024-09-28"),
        ("+1m", "2024-10-14"),
        ("+1y", "2025-09-14"),
        ("+0d", "2024-09-14"),
        ("3d ago", "2024-09-11"),
        ("2 weeks ago", "2024-08-31"),
        ("a week ago", "2024-09-07"),
        ("in 2 weeks", "2024-09-28"),
        ("in 3d", "2024-09-17"),
        ("in two weeks", "2024-09-28"),
        ("in a month", "2024-10-14"),
        ("eow", "2024-09-15"),
        ("eom", "2024-09-30"),
        ("eoq", "2024-09-30"),
        ("eoy", "2024-12-31"),
        ("sow", "2024-09-09"),
        ("som", "2024-09-01"),
        ("soq", "2024-07-01"),
        ("soy", "2024-01-01"),
        ("end of month", "2024-09-30"),
        ("end of the month", "2024-09-30"),
        ("end of next month", "2024-10-31"),
        ("start of next week", "2024-09-16"),
        ("end of last year", "2023-12-31"),
        ("next week", "2024-09-22"),
        ("this week", "2024-09-15"),
        ("last month", "2024-08-31"),
        ("next quarter", "2024-12-31"),
        ("this year", "2024-12-31"),
        ("2026-W47", "2026-11-22"),
        ("2026W47", "2026-11-22"),
        ("2026-W47-3", "2026-11-18"),
        ("2026W473", "2026-11-18"),
        ("2020-W53", "2021-01-03"),
        ("2020-W53-5", "2021-01-01"),
        ("week 47 2026", "2026-11-22"),
        ("2024-09", "2024-09-30"),
        ("feb 2024", "2024-02-29"),
        ("2024-Q3", "2024-09-30"),
        ("2024q3", "2024-09-30"),
        ("Q3 2024", "2024-09-30"),
        ("2024H1", "2024-06-30"),
        ("FY2024", "2024-12-31"),
        ("fy24", "2024-12-31"),
        ("FY24Q3", "2024-09-30"),
        ("FY2024-Q3", "2024-09-30"),
        ("fy24 h2", "2024-12-31"),
        ("今天", "2024-09-14"),
        ("明天", "2024-09-15"),
        ("后天", "2024-09-16"),
        ("大后天", "2024-09-17"),
        ("昨天", "2024-09-13"),
        ("前天", "2024-09-12"),
        ("大前天", "2024-09-11"),
        ("星期六", "2024-09-14"),
        ("本周五", "2024-09-13"),
        ("这周日", "2024-09-15"),
        ("这个星期天", "2024-09-15"),
        ("下周五", "2024-09-20"),
        ("下周一", "2024-09-16"),
        ("下星期五", "2024-09-20"),
        ("下个礼拜五", "2024-09-20"),
        ("下下周五", "2024-09-27"),
        ("上周五", "2024-09-06"),
        ("上上周五", "2024-08-30"),
        ("上個星期五", "2024-09-06"),
        ("2024年9月20日", "2024-09-20"),
        ("2024年9月20号", "2024-09-20"),
        ("二〇二四年九月二十日", "2024-09-20"),
        ("2024年9月20日 星期五", "2024-09-20"),
        ("2024年9月20日（周五）", "2024-09-20"),
        ("明年3月5日", "2025-03-05"),
        ("去年9月20日", "2023-09-20"),
        ("今年2月29日", "2024-02-29"),
        ("本月20日", "2024-09-20"),
        ("下月5号", "2024-10-05"),
        ("下个月三号", "2024-10-03"),
        ("月底", "2024-09-30"),
        ("月末", "2024-09-30"),
        ("本月底", "2024-09-30"),
        ("下月底", "2024-10-31"),
        ("下个月底", "2024-10-31"),
        ("上月底", "2024-08-31"),
        ("下月初", "2024-10-01"),
        ("年底", "2024-12-31"),
        ("今年底", "2024-12-31"),
        ("明年年底", "2025-12-31"),
        ("2026年底", "2026-12-31"),
        ("年初", "2024-01-01"),
        ("明年3月底", "2025-03-31"),
        ("季度末", "2024-09-30"),
        ("季末", "2024-09-30"),
        ("下季度末", "2024-12-31"),
        ("三天后", "2024-09-17"),
        ("3天后", "2024-09-17"),
        ("十天之后", "2024-09-24"),
        ("二十一天后", "2024-10-05"),
        ("3天前", "2024-09-11"),
        ("两周后", "2024-09-28"),
        ("两个星期前", "2024-08-31"),
        ("一个月后", "2024-10-14"),
        ("半年后", "2025-03-14"),
        ("一年前", "2023-09-14"),
        ("+3天", "2024-09-17"),
        ("-1周", "2024-09-07"),
        ("2026年第47周", "2026-11-22"),
        ("2024年第三季度", "2024-09-30"),
        ("2024年上半年", "2024-06-30"),
        ("下季度", "2024-12-31"),
        ("2024财年", "2024-12-31"),
        ("2024财年第三季度", "2024-09-30"),
        ("下周", "2024-09-22"),
        ("本月", "2024-09-30"),
        ("去年", "2023-12-31"),
        ("2024年2月", "2024-02-29"),
        ("２０２４－０９－２０", "2024-09-20"),
        ("２０２４年９月２０日", "2024-09-20"),
        ("＋３ｄ", "2024-09-17"),
        ("Ｔｏｄａｙ", "2024-09-14"),
        ("３ｄ　ａｇｏ", "2024-09-11"),
        ("２０２６－Ｗ４７", "2026-11-22"),
        ("2024\u201309\u201320", "2024-09-20"),
        ("  today\t", "2024-09-14"),
    ],
)
@pytest.mark.parametrize("past", [False, True])
def test_days(text: str, expected: str, past: bool) -> None:
    check(text, expected, past=past)


# Days without a year, or weekdays without a week: planned forward, written back.
@pytest.mark.parametrize(
    ("text", "forward", "back"),
    [
        ("fri", "2024-09-20", "2024-09-13"),
        ("Friday", "2024-09-20", "2024-09-13"),
        ("sun", "2024-09-15", "2024-09-08"),
        ("tues", "2024-09-17", "2024-09-10"),
        ("周五", "2024-09-20", "2024-09-13"),
        ("週五", "2024-09-20", "2024-09-13"),
        ("星期天", "2024-09-15", "2024-09-08"),
        ("礼拜日", "2024-09-15", "2024-09-08"),
        ("周５", "2024-09-20", "2024-09-13"),
        ("9-20", "2024-09-20", "2023-09-20"),
        ("09-20", "2024-09-20", "2023-09-20"),
        ("9-14", "2024-09-14", "2024-09-14"),
        ("９－２０", "2024-09-20", "2023-09-20"),
        ("9-1", "2025-09-01", "2024-09-01"),
        ("2-29", "2028-02-29", "2024-02-29"),
        ("12-31", "2024-12-31", "2023-12-31"),
        ("sep 20", "2024-09-20", "2023-09-20"),
        ("20 sept", "2024-09-20", "2023-09-20"),
        ("1st may", "2025-05-01", "2024-05-01"),
        ("9月20日", "2024-09-20", "2023-09-20"),
        ("九月二十号", "2024-09-20", "2023-09-20"),
        ("9月20日 星期五", "2024-09-20", None),
        ("20号", "2024-09-20", "2024-08-20"),
        ("31日", "2024-10-31", "2024-08-31"),
        ("sep", "2024-09-30", "2024-09-30"),
        ("august", "2025-08-31", "2024-08-31"),
        ("9月", "2024-09-30", "2024-09-30"),
        ("10月底", "2024-10-31", "2023-10-31"),
        ("八月份", "2025-08-31", "2024-08-31"),
        ("Q3", "2024-09-30", "2024-09-30"),
        ("Q2", "2025-06-30", "2024-06-30"),
        ("q4", "2024-12-31", "2023-12-31"),
        ("第二季度", "2025-06-30", "2024-06-30"),
        ("四季度", "2024-12-31", "2023-12-31"),
        ("H1", "2025-06-30", "2024-06-30"),
        ("上半年", "2025-06-30", "2024-06-30"),
        ("下半年", "2024-12-31", "2024-12-31"),
        ("W37", "2024-09-15", "2024-09-15"),
        ("week 36", "2025-09-07", "2024-09-08"),
        ("第37周", "2024-09-15", "2024-09-15"),
        ("第三十八周", "2024-09-22", "2023-09-24"),
        ("W53", "2027-01-03", "2021-01-03"),
    ],
)
def test_directions(text: str, forward: str, back: str | None) -> None:
    check(text, forward)
    if back is None:
        with pytest.raises(UnreadableDate):
            parse_date(text, TODAY, past=True)
    else:
        check(text, back, past=True)


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ("2024-09-16", "next fri", "2024-09-27"),
        ("2024-09-16", "last fri", "2024-09-13"),
        ("2024-09-15", "next fri", "2024-09-20"),
        ("2024-09-20", "fri", "2024-09-20"),
        ("2024-09-20", "next fri", "2024-09-27"),
        ("2024-09-20", "last fri", "2024-09-13"),
        ("2024-12-31", "next fri", "2025-01-10"),
        ("2024-01-31", "+1m", "2024-02-29"),
        ("2023-01-31", "+1m", "2023-02-28"),
        ("2024-02-29", "+1y", "2025-02-28"),
        ("2024-03-31", "1m ago", "2024-02-29"),
        ("2024-01-31", "eom", "2024-01-31"),
        ("2024-01-31", "next month", "2024-02-29"),
        ("2024-01-31", "下月底", "2024-02-29"),
        ("2024-12-31", "tomorrow", "2025-01-01"),
        ("2024-12-31", "12-31", "2024-12-31"),
        ("2025-01-01", "12-31", "2025-12-31"),
        ("2020-12-31", "eow", "2021-01-03"),
        ("2021-01-01", "W53", "2021-01-03"),
        ("2024-12-30", "W1", "2025-01-05"),
        ("2025-03-01", "2-29", "2028-02-29"),
        ("1897-01-01", "2-29", "1904-02-29"),
        ("9999-12-31", "today", "9999-12-31"),
        ("9999-12-31", "eow", "9999-12-31"),
        ("0001-01-01", "sow", "0001-01-01"),
    ],
)
def test_from_other_days(today: str, text: str, expected: str) -> None:
    assert parse_date(text, d(today)) == d(expected)


@pytest.mark.parametrize(
    ("text", "start", "first", "last"),
    [
        ("FY2024", 4, "2024-04-01", "2025-03-31"),
        ("FY23", 7, "2023-07-01", "2024-06-30"),
        ("FY2024", 10, "2024-10-01", "2025-09-30"),
        ("FY2024Q4", 4, "2025-01-01", "2025-03-31"),
        ("2024-Q1", 10, "2024-10-01", "2024-12-31"),
        ("Q1", 4, "2025-04-01", "2025-06-30"),
        ("Q2", 4, "2024-07-01", "2024-09-30"),
        ("this quarter", 7, "2024-07-01", "2024-09-30"),
        ("next quarter", 10, "2024-10-01", "2024-12-31"),
        ("H1", 4, "2024-04-01", "2024-09-30"),
        ("下半年", 4, "2024-10-01", "2025-03-31"),
        ("2024财年", 4, "2024-04-01", "2025-03-31"),
        ("本季度", 4, "2024-07-01", "2024-09-30"),
        # What is named by the calendar year stays there.
        ("this year", 4, "2024-01-01", "2024-12-31"),
        ("2024", 4, "2024-01-01", "2024-12-31"),
        ("2024年", 4, "2024-01-01", "2024-12-31"),
    ],
)
def test_fiscal_years(text: str, start: int, first: str, last: str) -> None:
    assert parse_span(text, TODAY, year_start=start) == (d(first), d(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-09-20", "2024-09-20", "2024-09-20"),
        ("yesterday", "2024-09-13", "2024-09-13"),
        ("fri", "2024-09-13", "2024-09-13"),
        ("2026-W47", "2026-11-16", "2026-11-22"),
        ("2024-09", "2024-09-01", "2024-09-30"),
        ("2024/9", "2024-09-01", "2024-09-30"),
        ("Q3", "2024-07-01", "2024-09-30"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("this week", "2024-09-09", "2024-09-15"),
        ("last week", "2024-09-02", "2024-09-08"),
        ("last month", "2024-08-01", "2024-08-31"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("last 7 days", "2024-09-08", "2024-09-14"),
        ("past 30d", "2024-08-16", "2024-09-14"),
        ("march", "2024-03-01", "2024-03-31"),
        ("本周", "2024-09-09", "2024-09-15"),
        ("上周", "2024-09-02", "2024-09-08"),
        ("上个星期", "2024-09-02", "2024-09-08"),
        ("本月", "2024-09-01", "2024-09-30"),
        ("上个月", "2024-08-01", "2024-08-31"),
        ("今年", "2024-01-01", "2024-12-31"),
        ("去年3月", "2023-03-01", "2023-03-31"),
        ("2024年", "2024-01-01", "2024-12-31"),
        ("最近7天", "2024-09-08", "2024-09-14"),
        ("过去三十天", "2024-08-16", "2024-09-14"),
        ("第37周", "2024-09-09", "2024-09-15"),
        ("9月", "2024-09-01", "2024-09-30"),
        ("上半年", "2024-01-01", "2024-06-30"),
    ],
)
def test_spans(text: str, first: str, last: str) -> None:
    assert parse_span(text, TODAY, past=True) == (d(first), d(last))


UNREADABLE = [
    "",
    "   ",
    "7",
    "20",
    "123",
    "11/12/2026",
    "11/12",
    "9/20",
    "9.20",
    "20.9.2024",
    "24-9-20",
    "2024-13-01",
    "2024-02-30",
    "2023-02-29",
    "2024-09-31",
    "0000-01-01",
    "10000-01-01",
    "2024-09-20T10:00",
    "2024-264",
    "20241320",
    "2024-9-20-1",
    "2 0 2 4",
    "9 20",
    "2-30",
    "13-1",
    "March review",
    "march review: went fine",
    "Sun is out",
    "sep 31",
    "sep 20 24",
    "20 2024 sep",
    "next",
    "next 3d",
    "next next fri",
    "fri next",
    "last",
    "3d",
    "+3",
    "+d",
    "3 ago",
    "in 3",
    "in 3d ago",
    "++3d",
    "+1.5d",
    "+3x",
    "ago",
    "weekend",
    "Q5",
    "Q0",
    "H3",
    "2024-Q5",
    "W54",
    "W0",
    "2024-W53",
    "2024-W00",
    "2026-W47-8",
    "2026-W47-0",
    "FY",
    "FY4",
    "FY12345",
    "FY24Q5",
    "fy24 24",
    "+99999999999999999999d",
    "9999999 years ago",
    "in 8000 years",
    "last 7 days",
    "2024",
    "周",
    "周八",
    "周末",
    "下",
    "下周八",
    "三天",
    "三天后天",
    "3日前",
    "2024年后",
    "5年",
    "两月",
    "十两月",
    "第两季度",
    "明天)",
    "fy24 w47",
    "24年9月20日",
    "24财年",
    "13月1日",
    "9月31日",
    "2月30日",
    "2024年9月20日 星期六",
    "2024年9月20日 开会",
    "明天开会",
    "第54周",
    "第五季度",
    "十一",
    "二三天后",
    "一十十天后",
    "最近7天",
    "99999999999999999999天后",
    "²",
    "2024-09-2０x",
    "٣d ago",
    "①天后",
    "\x00",
    "\ud800",
    "today\x1b[31m",
    "1" * 5000,
    "今" * 61,
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_read_is_an_error(text: str) -> None:
    for past in (False, True):
        with pytest.raises(UnreadableDate):
            parse_date(text, TODAY, past=past)


@pytest.mark.parametrize("text", ["bogus", "", "7", "last 0 days", "last week or so"])
def test_an_unreadable_span_is_an_error(text: str) -> None:
    with pytest.raises(UnreadableDate, match="as a day or a period"):
        parse_span(text, TODAY)


@pytest.mark.case(36)
@pytest.mark.parametrize(
    ("today", "text"),
    [
        (date.max, "tomorrow"),
        (date.min, "yesterday"),
        (date.max, "next fri"),
        (date.min, "last fri"),
        (date.max, "next month"),
        (date.max, "明年"),
        (date.min, "上月"),
        (date.max, "9-20"),
        (date.max, "9999-W52-7"),
        (date.max, "9999-W53"),
    ],
)
def test_the_ends_of_the_calendar_are_errors(today: date, text: str) -> None:
    with pytest.raises(UnreadableDate):
        parse_date(text, today)


def test_the_message_names_the_text_and_gives_three_examples() -> None:
    with pytest.raises(UnreadableDate) as caught:
        parse_date("next blursday", TODAY)
    message = caught.value.message
    assert message == (
        "Cannot read “next blursday” as a date. Try 2024-09-14, next fri or +3d."
    )
    assert caught.value.exit_code == 2
    for example_ in ("2024-09-14", "next fri", "+3d"):
        parse_date(example_, TODAY)


def test_the_message_is_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def translate(message: str) -> str:
        asked.append(message)
        return "看不懂：{text}"

    monkeypatch.setattr("plannertui.core.dates._", translate)
    with pytest.raises(UnreadableDate, match="看不懂：下周八"):
        parse_date("下周八", TODAY)
    assert len(asked) == 1
    assert i18n.language() == "en"


def test_the_message_is_short_and_harmless() -> None:
    with pytest.raises(UnreadableDate) as caught:
        parse_date("\x1b]52;c;AAAA\x07\u202e" + "x" * 10_000, TODAY)
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 200


@given(st.dates(), st.dates(), st.booleans(), st.integers(1, 12))
def test_iso_comes_back(day: date, today: date, past: bool, start: int) -> None:
    text = day.isoformat()
    assert parse_date(text, today, past=past, year_start=start) == day
    assert parse_span(text, today, past=past, year_start=start) == (day, day)
    year, week, weekday = day.isocalendar()
    if year <= 9999:
        assert parse_date(f"{year:04}-W{week:02}-{weekday}", today) == day
    assert parse_date(f"{day.year:04}年{day.month}月{day.day}日", today) == day


@given(st.dates(date(2, 1, 1), date(9990, 1, 1)), st.integers(0, 3000))
def test_days_counted_come_back(today: date, count: int) -> None:
    later = today + timedelta(count)
    assert parse_date(f"+{count}d", today) == later
    assert parse_date(f"{count}天后", today) == later
    assert parse_date(f"{count} days ago", later) == today
    assert parse_date(f"{count}天前", later) == today


@given(
    st.dates(date(2, 1, 1), date(9990, 1, 1)),
    st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
)
def test_weekdays_agree_with_each_other(today: date, name: str) -> None:
    forward = parse_date(name, today)
    back = parse_date(name, today, past=True)
    assert 0 <= (forward - today).days < 7
    assert 0 <= (today - back).days < 7
    here = parse_date(f"this {name}", today)
    assert here in (forward, back)
    assert parse_date(f"next {name}", today) == here + timedelta(7)
    assert parse_date(f"last {name}", today) == here - timedelta(7)


PIECES = """
next last this end of start in ago today fri sep 2024 20 9 3 d w m y q3 w47 fy24 - / . ,
+ 年 月 日 号 周 天 后 前 底 初 上 下 个 第 季度 半年 十 三 两 本 这 明 星期 财年 ０ ９ 〇
今天 去年 最近 99999999999 0000 9999 weeks years a ( )
"""
words = st.lists(st.sampled_from(PIECES.split()), max_size=6)


@given(
    st.text() | words.map("".join) | words.map(" ".join),
    st.dates(),
    st.booleans(),
    st.integers(1, 12),
)
@example("第十十周", date.max, False, 12)
@example("9999年底", date.min, True, 4)
def test_any_text_is_read_or_unreadable(
    text: str, today: date, past: bool, start: int
) -> None:
    for parse in (parse_date, parse_span):
        with suppress(UnreadableDate):
            parse(text, today, past=past, year_start=start)
    try:
        first, last = parse_span(text, today, past=past, year_start=start)
    except UnreadableDate:
        return
    assert first <= last


def test_reading_a_date_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.path.insert(0, '.'); from datetime import date;"
        "from plannertui.core.dates import parse_date as p;"
        "p('next fri', date(2024, 9, 14)); p('下周五', date(2024, 9, 14));"
        "print([m for m in ('re','typing','dataclasses','json','gettext','dateutil')"
        " if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "[]"
