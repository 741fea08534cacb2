"""Times of day as they are typed, in English and in Chinese."""

from __future__ import annotations

import pytest

from plannertui.core.clocktime import read_time, time_in
from plannertui.core.errors import Usage

ENGLISH = {
    "9:30": "09:30",
    "0930": "09:30",
    "930": "09:30",
    "9": "09:00",
    "9.30": "09:30",
    "23:59": "23:59",
    "3pm": "15:00",
    "3 PM": "15:00",
    "3:30pm": "15:30",
    "3.30 p.m.": "15:30",
    "330pm": "15:30",
    "11am": "11:00",
    "12am": "00:00",
    "12:15 pm": "12:15",
}
CHINESE = {
    "９：３０": "09:30",
    "３ＰＭ": "15:00",
    "下午3点": "15:00",
    "下午 3 点": "15:00",
    "下午15点": "15:00",
    "下午3:30": "15:30",
    "下午3：30": "15:30",
    "下午三点半": "15:30",
    "15点30": "15:30",
    "15点30分": "15:30",
    "15点5分": "15:05",
    "十五点零五": "15:05",
    "三点一刻": "03:15",
    "三點三刻": "03:45",
    "两点钟": "02:00",
    "九点整": "09:00",
    "15时": "15:00",
    "二十三点二十": "23:20",
    "上午十一点": "11:00",
    "上午12点": "12:00",
    "早上八点": "08:00",
    "中午12点": "12:00",
    "中午1点": "13:00",
    "晚上8点": "20:00",
    "傍晚6点": "18:00",
    "凌晨12点": "00:00",
    "凌晨2点": "02:00",
}
NONE = (
    *("", "x", "24:00", "9:60", "9:3", "13pm", "0am", "15:30pm", "3 30", "pm", "1:2:3"),
    *(
        "25点",
        "晚上12点",
        "上午3点",
        "下午",
        "点",
        "三十点",
        "3点5",
        "十十点",
        "一二三点",
    ),
    "9" * 40,
)


@pytest.mark.parametrize(("typed", "read"), [*ENGLISH.items(), *CHINESE.items()])
def test_a_time_of_day(typed: str, read: str) -> None:
    assert read_time(f" {typed} ") == read


@pytest.mark.parametrize("typed", NONE)
def test_no_time_of_day(typed: str) -> None:
    assert time_in(typed) == ""
    with pytest.raises(Usage):
        read_time(typed)
