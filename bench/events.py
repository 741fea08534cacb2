"""The calendar with few events and with many: what is measured of it, and its stores."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from bench.fill import NOW, fill
from bench.tuibench import Key

SIZES = (100, 10_000)
RULES = ("FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=WEEKLY")
TIMES = 12
A_DAY = 1.1
KEYS = [
    Key("8", "open the calendar", expect=r"W37"),
    *(Key(turn, "next week", times=4) for turn in "LH"),
    Key("M", "month"),
    *(Key(turn, "next month", times=4) for turn in "LH"),
    Key("A", "agenda"),
    Key("j", "next thing", times=10),
    Key("Y", "board of the year"),
]


def fill_events(path: Path, count: int) -> None:
    """A new store with ``count`` events around NOW; every tenth takes place 12 times.

    A day has as many of them in each store, so that pages of all are as full.
    """
    from plannertui.store import events
    from plannertui.store.open import open_store

    fill(str(path), 100)
    db = open_store(str(path), now=NOW)
    dice = random.Random(count)
    days = int(count / A_DAY)
    first = NOW.date() - timedelta(days=days // 2)
    with db.write("add {what}", NOW, what="event"):
        for index in range(count):
            begin = dice.randrange(8 * 60, 18 * 60, 15)
            events.add(
                db,
                title=f"Meeting {index} about the counter",
                starts_on=first + timedelta(days=dice.randrange(days)),
                now=NOW,
                time=f"{begin // 60:02}:{begin % 60:02}",
                minutes=30,
                repeat=f"{dice.choice(RULES)};COUNT={TIMES}" if index % 10 == 0 else "",
            )
    db.close()
