"""The questions that a step of a review asks, and their answers, then and now."""

from __future__ import annotations

from dataclasses import dataclass

from plannertui.core import picker
from plannertui.core.entries import Entry
from plannertui.core.picker import Pick, Why
from plannertui.core.prompts import Cadence, Prompt
from plannertui.core.reviews import steps_of
from plannertui.core.reviewsteps import Step
from plannertui.store import asked, reviews
from plannertui.store.reviewing.desk import Desk


@dataclass(frozen=True, slots=True)
class Posed:
    """A question of a step, why it is asked, its answer, and the one before that."""

    prompt: Prompt
    why: str
    answer: Entry | None
    before: Entry | None


def posed(desk: Desk, step: Step, *, note: bool = False) -> list[Posed]:
    """The questions of ``step``; ``note`` remembers that they were put.

    Those that belong to the step come first, then those that the bank has in turn.
    """
    bank = desk.bank
    if bank is None or not step.asks_questions:
        return []
    answers = reviews.answers(desk.db, desk.review)
    picks = [
        Pick(prompt, Why(lens), 0)
        for name in _own(desk, step)
        if (prompt := bank.get(name)) is not None
        and (lens := bank.lens(prompt.lens)) is not None
    ]
    found = [(pick, "") for pick in picks]
    if step.cadence:
        found += [(pick, picker.why_text(pick)) for pick in _in_turn(desk, step)]
    if note and not desk.db.readonly:
        _note(desk, [pick for pick, _why in found])
    return [
        Posed(
            pick.prompt,
            why,
            answers.get(pick.prompt.id),
            _before(desk, pick.prompt.id, answers.get(pick.prompt.id)),
        )
        for pick, why in found
    ]


def _own(desk: Desk, step: Step) -> tuple[str, ...]:
    """The questions that belong to a step; to close a year, the user's own ones too."""
    assert desk.bank is not None
    if desk.review.kind != "year-close" or step.name != "questions":
        return step.prompts
    every = [each.id for each in picker.year_questions(desk.bank, "close")]
    elsewhere = [
        name
        for each in steps_of(desk.review.kind)
        if each.name != step.name
        for name in each.prompts
    ]
    return tuple(name for name in every if name not in elsewhere)


def _in_turn(desk: Desk, step: Step) -> list[Pick]:
    """What the bank has in turn, without what other steps of this review ask anyway."""
    bank = desk.bank
    assert bank is not None
    own = {name for each in steps_of(desk.review.kind) for name in each.prompts}
    entry = desk.review.entry
    since = entry.day if entry is not None else desk.today
    cadence: Cadence = step.cadence  # type: ignore[assignment]
    wanted = picker.REVIEW.get(cadence, 1)
    found = picker.pick_review(
        bank,
        cadence,
        seed=desk.db.seed,
        day=desk.today,
        shown=[one.shown() for one in asked.ls(desk.db)],
        workdays=desk.calendar.between,
        since=since,
        count=wanted + len(own),
    )
    return [pick for pick in found if pick.prompt.id not in own][:wanted]


def _note(desk: Desk, picks: list[Pick]) -> None:
    entry = desk.review.entry
    since = entry.day if entry is not None else desk.today
    there = {one.prompt for one in asked.ls(desk.db) if one.day >= since}
    for pick in picks:
        if pick.prompt.id not in there:
            asked.put(desk.db, pick, desk.today, "asked")


def _before(desk: Desk, prompt: str, answer: Entry | None) -> Entry | None:
    day = answer.day if answer is not None else desk.today
    return asked.previous(desk.db, prompt, day)
