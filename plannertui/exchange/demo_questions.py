"""The evening questions of the sample year, asked as the picker asks, and the answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from plannertui.core import picker
from plannertui.core.picker import Pick, Shown, Shows, Why
from plannertui.core.prompts import Bank, load_bank
from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.store import asked

if TYPE_CHECKING:
    from plannertui.exchange.demo import Sample

NAMED = {
    "E": ("event", "title"),
    "G": ("goal", "title"),
    "M": ("matter", "title"),
    "S": ("situation", "line"),
}


def choose_questions(sample: Sample) -> list[tuple[date, Pick, Shows]]:
    """Choose the question of every workday, and hand in the answers to most of them."""
    from plannertui.exchange.demo import CALENDAR, SEED, YEAR, moment

    bank = load_bank()
    calendar = WorkCalendar(lambda year: build_year(CALENDAR, year))
    opened = {f"{YEAR}-{row[0]}": row for row in sample.data["situational"]}
    away = {f"{YEAR}-{day}" for day in sample.data["away"]}
    left = {
        prompt: [texts[at : at + 2] for at in range(0, len(texts), 2)]
        for prompt, texts in sample.data["answers"].items()
    }
    shown: list[Shown] = []
    chosen: list[tuple[date, Pick, Shows]] = []
    day, today = date(YEAR, 1, 1), sample.now.date()
    while day <= today:
        label = day.isoformat()
        if not calendar.is_workday(day) or label in away:
            day += timedelta(days=1)
            continue
        text = ""
        if label in opened:
            turn = shown[-1].turn if shown else 0
            found = _opened(bank, opened[label], turn)
            text = sample.say(opened[label][4:6])
        else:
            found = picker.pick(
                bank,
                seed=SEED,
                day=day,
                shown=shown,
                active={},
                workdays=calendar.between,
            )
            if left[found.prompt.id] and not _too_tired(day, found):
                text = sample.say(left[found.prompt.id].pop(0))
        state: Shows = "answered" if text else "skipped"
        if day == today:
            state, text = "planned", ""
        shown.append(found.shown(day, state))
        chosen.append((day, found, state))
        if text:
            sample.write(
                moment(label, "18:00") + timedelta(minutes=day.day),
                text=text,
                kind="reflection",
                prompt=found.prompt.id,
            )
        day += timedelta(days=1)
    return chosen


def ask_questions(sample: Sample, chosen: list[tuple[date, Pick, Shows]]) -> None:
    """Keep which questions were put, and which entries answer them."""
    for day, found, state in chosen:
        if found.trigger:
            found = _about(sample, found)
        asked.put(sample.db, found, day, state)
        if state == "answered":
            row = sample.db.one(
                "SELECT id FROM entry WHERE prompt = ? AND day = ?",
                (found.prompt.id, day.isoformat()),
            )
            assert row is not None
            asked.mark(sample.db, asked.on_day(sample.db, day)[-1], "answered", row[0])


def _too_tired(day: date, found: Pick) -> bool:
    """On some evenings nothing is written; never to the question that comes back."""
    return day.day in (1, 8, 16, 25) and found.prompt.id != "credit-05"


def _opened(bank: Bank, row: list[str], turn: int) -> Pick:
    """A question that the context opened, as the sample's ``row`` tells."""
    _day, trigger, name, about, *_texts = row
    prompt = bank.get(name)
    assert prompt is not None
    lens = bank.lens(prompt.lens)
    assert lens is not None
    return Pick(prompt, Why(lens, None, trigger, about), turn, trigger, about)


def _about(sample: Sample, found: Pick) -> Pick:
    """``found`` with the handle and the words of what it is about."""
    from plannertui.exchange.demo import YEAR

    about = found.instance
    when, _blank, kind = about.partition(" ")
    values: tuple[object, ...] = (kind, f"{YEAR}-{when}")
    table, words, where = "entry", "text", "n.kind = ? AND n.day = ?"
    if not kind:
        handle = about.partition(":")[0]
        table, words = NAMED[handle[0]]
        where, values = "h.letter = ? AND h.number = ?", (handle[0], int(handle[1:]))
    row = sample.db.one(
        f"SELECT h.letter || h.number, n.{words} FROM {table} n "
        f"JOIN handle h ON h.id = n.id WHERE {where}",
        values,
    )
    assert row is not None
    return found._replace(
        why=found.why._replace(label=row[1]),
        instance=row[0] if kind else about,
    )
