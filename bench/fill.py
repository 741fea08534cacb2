"""Make stores of any size: invented days of an office, in English and Chinese.

python -m bench.fill PATH COUNT
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

NOW = datetime(2024, 9, 14, 18, 10, tzinfo=timezone(timedelta(hours=8)))
RARE = "heliotrope"
RARE_ZH = "琉璃瓦"
GOAL = "Backlog"
LATEST = "the counter was quiet at noon"

WHO = [
    "the counter",
    "Officer B",
    "the director",
    "finance",
    "two applicants",
    "the licence system",
    "a colleague from the next office",
    "the new form",
]
DID = [
    "closed",
    "checked",
    "asked about",
    "moved",
    "finished",
    "sent back",
    "waited for",
    "corrected",
    "counted",
    "explained",
]
WHAT = [
    "the oldest cases",
    "the draft",
    "thirty licences",
    "the budget for forms",
    "the handover manual",
    "the list for Friday",
    "one open question",
    "the monthly figures",
    "the counter hours",
]
WHO_ZH = [
    "窗口",
    "主任",
    "财务",
    "两位申请人",
    "许可系统",
    "隔壁科室的同事",
    "新表格",
    "老李",
]
DID_ZH = [
    "办结了",
    "核对了",
    "询问了",
    "推迟了",
    "完成了",
    "退回了",
    "等待着",
    "更正了",
    "统计了",
    "说明了",
]
WHAT_ZH = [
    "最老的案件",
    "初稿",
    "三十份许可",
    "表格预算",
    "交接手册",
    "周五的清单",
    "一个未决问题",
    "本月数字",
    "窗口时间",
]
KINDS = ("note",) * 6 + ("win", "win", "lesson", "warn")


def lines(count: int) -> Iterator[str]:
    """``count`` lines, the same every time; one in 2,500 holds a rare word."""
    dice = random.Random(20240914)
    for index in range(count):
        rare = index % 2500 == 1250
        if index % 3 == 2:
            words = [dice.choice(WHO_ZH) + dice.choice(DID_ZH) + dice.choice(WHAT_ZH)]
            words += [dice.choice(WHO_ZH) + dice.choice(DID_ZH) + dice.choice(WHAT_ZH)]
            yield "，".join([*words, RARE_ZH] if rare else words) + f"，共{index}件"
        else:
            parts = [
                f"{dice.choice(WHO)} {dice.choice(DID)} {dice.choice(WHAT)}"
                for _ in range(dice.randint(1, 3))
            ]
            tail = f" {RARE}" if rare else ""
            yield ", then ".join(parts) + f", {index} in all{tail}"


def fill(path: str, count: int) -> None:
    """A new store at ``path`` with a goal, a leader and ``count`` entries.

    The entries are spread over the days up to NOW, at most forty on one day, each an
    action of its own, as if they had been typed.
    """
    from plannertui.core.capture import Capture
    from plannertui.store import goals, people
    from plannertui.store.capture import file_capture
    from plannertui.store.open import open_store

    db = open_store(path, now=NOW)
    start, due = date(2024, 1, 1), date(2024, 12, 31)
    goals.add(db, year=2024, title=GOAL, now=NOW, start=start, due=due)
    people.add(db, alias="Director", relation="leader", now=NOW)
    # Nobody pulls the plug on a benchmark while it is being filled.
    db.conn.execute("PRAGMA synchronous = OFF")
    dice = random.Random(count)
    days = max(1, min(3650, count // 3), count // 40)
    for index, text in enumerate(lines(count)):
        back = days - 1 - index * days // count
        at = NOW - timedelta(days=back, minutes=dice.randint(0, 400))
        captured = Capture(dice.choice(KINDS), text)
        file_capture(db, captured, day=at.date(), now=at)
    file_capture(db, Capture("note", LATEST), day=NOW.date(), now=NOW)
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()


def seal(path: str, copy: str) -> None:
    """Put a copy of the store at ``path`` to ``copy``, with a key that nobody has."""
    import secrets
    import shutil

    from plannertui.store import sealing
    from plannertui.store.key import RAW, Key, new_salt
    from plannertui.store.open import open_store

    shutil.copyfile(path, copy)
    key = Key(secrets.token_bytes(RAW), new_salt())
    sealing.seal_with(copy, None, key)
    db = open_store(copy, now=NOW, key=key)
    sealing.tend(db, language="en", day_start="240", year_start="1")
    db.close()


if __name__ == "__main__":
    fill(sys.argv[1], int(sys.argv[2]))
