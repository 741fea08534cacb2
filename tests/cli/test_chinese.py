"""The shell in Chinese: no English word and no half-width mark among Chinese words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Ptui

HALF_WIDTH = re.compile(r"[\u3400-\u9fff%）][,;:?!]|[,;:?!][\u3400-\u9fff]| [，。；：]")


WRITTEN = (
    "leader add 主任",
    "leader priority add L1 投诉不超过三十天",
    "goal add 压减积压 --measure 未结件 --from 412 --to 100 --why 少让人等",
    "win 办结十二件 --goal G1 -n 12",
    "promise 交清单 --to 主任 --by 下周五",
    "move M1 --to 9-18 --told",
    "warn 经费可能退回 --by 月底",
    "event add 处务会 --on 9-18 --at 9:30",
)
SAID = (
    ("today", "第37周"),
    ("today", "压减积压：400"),
    ("ls --all", "承诺"),
    ("show M1", "自己提出"),
    ("show M1", "原定"),
    ("show G1", "未结件 400"),
    ("goal ls", "%，有风险"),
    ("goal show G1", "412 → 100，现在 400"),
    ("leader show L1", "猜的"),
    ("event ls", "处务会"),
    ("year", "压减积压"),
    ("doctor", "注意  未加密"),
    ("undo", "已撤销：添加"),
)


def test_what_is_said_is_chinese(ptui: Ptui) -> None:
    for call in WRITTEN:
        assert ptui("--lang", "zh_Hans", *call.split()).err == ""
    for call, said in SAID:
        done = ptui("--lang", "zh_Hans", *call.split())
        assert said in done.out + done.err
        assert not HALF_WIDTH.search(done.out), done.out


def test_kinds_and_states_are_asked_for_as_lists_show_them(ptui: Ptui) -> None:
    for call in WRITTEN:
        ptui("--lang", "zh_Hans", *call.split())
    listed = ptui("--lang", "zh_Hans", *["ls", "--kind", "承诺、提前说", "--json"])
    assert [item["handle"] for item in listed.json] == ["M1", "J2"]
    listed = ptui("--lang", "zh_Hans", *["ls", "--kind", "承诺", "--state", "未完成"])
    assert "交清单" in listed.out
    assert ptui("--lang", "zh_Hans", "ls", "--kind", "诺言").code == 2
