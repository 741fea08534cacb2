"""Texts that would be markup, commands or noise if anybody let them, and a year of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from plannertui.core.goals import Measure
from plannertui.core.people import ALIAS_LENGTH
from plannertui.store import (
    entries,
    events,
    goals,
    matters,
    people,
    priorities,
    situations,
    years,
)

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

TEXTS = {
    "closing tag": "[/] [/b] [/x]",
    "action": "[@click=app.quit]x[/]",
    "style": "[red]red[/red] [b [draft] [link=file:///etc/passwd]l[/link]",
    "brackets": "[[[ ]]] \\[b] [$error]e[/] [not a tag",
    "colour": "a\x1b[31mred\x1b[0m",
    "clear": "b\x1b[2J\x1b[H\x1b[3Jgone",
    "title": "c\x1b]0;owned\x07d",
    "clipboard": "e\x1b]52;c;b3duZWQ=\x07f",
    "link": "g\x1b]8;;file:///etc/passwd\x1b\\h\x1b]8;;\x1b\\",
    "device": "i\x1bP+q544e\x1b\\j\x1b[c\x1b[6n",
    "c1": "k\x9b31ml\x9d0;owned\x9cm\x85n\x90q\x9c",
    "bidi": "o\u202egnp.exe\u202c p\u2066q\u2069 r\u200fs\u061ct",
    "tags": "u\U000e0041\U000e007fv w\ufeffx y\u200bz\u2060",
    "nul": "A\0B\x01C\x08D\x7fE\x0fF",
    "breaks": "G\rH\x0bI\x0cJ\u2028K\u2029L\tM",
    "chinese": "少而办完：超过三十天的投诉，一件也不留（九月底前）。",
    "wide": "ｆｕｌｌ　ｗｉｄｔｈ　【】「」￥",
    "emoji": "👨‍👩‍👧‍👦 👍🏽 🇨🇳 ❤️ 1️⃣ 🏴‍☠️ ☺",
    "marks": "e\u0301 n\u0303 Z\u0351\u0343\u0307a\u0321l\u035cg\u0338o \u0e01\u0e33",
    "long": "0123456789" * 1000,
    "long chinese": "长" * 5000,
    "one word": "x" * 300 + " [/]",
    "queries": "\" * NEAR( - ' OR 1=1; -- %s {name} {0} %(x)s $error",
}
"""Each of them must be shown harmlessly wherever a person's text is shown."""

EVERYTHING = " | ".join(text for name, text in TEXTS.items() if "long" not in name)
MANY_LINES = "\n".join(TEXTS.values())
TELLING = (
    *(TEXTS[name] for name in ("closing tag", "action", "style", "brackets", "long")),
    EVERYTHING,
    MANY_LINES,
)
"""A few that between them have everything, for what is slow to show."""


def short(text: str, most: int) -> str:
    """``text`` as a field of ``most`` characters takes it."""
    return text[:most].strip() or "-"


def fill(db: Store, now: datetime) -> None:
    """Put the texts into every field that a screen shows, around the day of ``now``."""
    today = now.date()
    texts = list(TEXTS.values())
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    years.save(
        db,
        today.year,
        now,
        theme=short(TEXTS["colour"] + TEXTS["action"], 60),
        refusals=[short(TEXTS["clear"], 80)],
        standards=[short(TEXTS["bidi"], 80)],
        lines=[short(TEXTS["closing tag"], 80)],
        askers=[short(TEXTS["c1"], 80)],
    )
    leaders = [
        people.add(db, alias=f"{n}{text[: ALIAS_LENGTH - 2]}", now=now)
        for n, text in enumerate(("[/]\x1b[31m", "[@click=app.quit]", "\u202e领导"))
    ]
    served = [
        priorities.add(db, leader, text=short(text, 120), basis=basis, now=now)
        for leader in leaders
        for text, basis in ((EVERYTHING, "said"), (TEXTS["action"], "guess"))
    ]
    for number, text in enumerate(texts):
        measure = Measure(text[:40], text[:12], 412.0, 100.0, 188.0, "down")
        goal = goals.add(
            db,
            year=today.year,
            title=short(text, 80),
            why=short(EVERYTHING, 200),
            obstacle=short(EVERYTHING, 120),
            if_then=short(EVERYTHING, 160),
            start=first,
            due=last,
            measure=measure if number % 2 else None,
            now=now,
        )
        for step in texts[number : number + 3]:
            goal = goals.add_milestone(db, goal, short(step, 80), today, now)
        goal = goals.serve(db, goal, served[0].id, short(text, 80), now)
        value = 300.0 if number % 2 else None
        goals.check_in(db, goal, value, day=today, now=now, note=text)
    goal = goals.ls(db, today.year)[0]
    for number, text in enumerate(texts):
        for day in (today, today - timedelta(days=number + 1)):
            entries.add(
                db,
                kind=("note", "win", "warn", "lesson")[number % 4],
                text=text,
                day=day,
                now=now,
                links=[goal.id, leaders[0].id],
                tags=[text[:20].replace(" ", "")],
            )
        matters.add(
            db,
            kind=("promise", "waiting", "ask", "task")[number % 4],
            title=text,
            day=today,
            now=now,
            due=today + timedelta(days=number % 10),
            person_id=leaders[number % 3].id,
            goal_id=goal.id,
        )
        events.add(
            db, title=text, starts_on=today + timedelta(days=number % 12), now=now
        )
    entries.add(db, text=MANY_LINES, day=today, now=now)
    situations.add(db, line=short(EVERYTHING, 140), day=today, now=now)
