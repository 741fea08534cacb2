"""The questions of a day: which, why, what was answered, and what was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.picker import MOST_ANOTHER, Pick, Why
from plannertui.i18n import language
from plannertui.store import asked
from plannertui.store.questions import Question, Questions, bank

if TYPE_CHECKING:
    from datetime import date

    from plannertui.core.entries import Entry
    from plannertui.store.asked import Asked
    from plannertui.tui.planner import Planner

MOST = MOST_ANOTHER + 1
"""The first question of a day and three more."""


class DayQuestions:
    """Every question of a day, in the order they were put."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._found: Questions | None = None

    def _questions(self) -> Questions:
        """Made when first asked for: reading the bank takes its time."""
        planner = self._planner
        if self._found is None or self._found.calendar is not planner.calendar:
            settings = planner.settings
            self._found = Questions(
                planner.db, bank(settings), planner.calendar, settings.year_start
            )
        return self._found

    def of(self, day: date) -> list[Question]:
        """What was asked on ``day``; today's question is chosen first.

        Nothing is chosen on a day off. Raises BadSettings for a wrong prompt file.
        """
        current = self._questions().of(day, self._planner.today)
        return [
            current if current is not None and row.id == current.asked.id else question
            for row in asked.on_day(self._planner.db, day)
            if (question := self._question(row)) is not None
        ]

    def another(self, day: date) -> bool:
        """Ask one more on ``day``; False when that was enough, or nothing can be kept."""
        if self._planner.db.readonly:
            return False
        return self._questions().another(day) is not None

    def last(self, day: date) -> Question | None:
        """The last question put before ``day``, for whoever wants it on a day off."""
        for row in reversed(asked.ls(self._planner.db)):
            if row.day < day and (question := self._question(row)) is not None:
                return question
        return None

    def lens(self, question: Question) -> str:
        """The name of the angle it looks from."""
        lens = self._questions().bank.lens(question.prompt.lens)
        return question.prompt.lens if lens is None else lens.name(language())

    def answered(self, question: Question, day: date, entry: Entry) -> None:
        """Note which entry answers it on ``day``, whichever day it was asked on."""
        db, row = self._planner.db, question.asked
        if row.day != day:
            lens = self._questions().bank.lens(question.prompt.lens)
            if lens is None:
                return
            pick = Pick(question.prompt, Why(lens), row.turn, row.trigger, row.instance)
            asked.put(db, pick, day, "answered")
            row = asked.on_day(db, day)[-1]
        asked.mark(db, row, "answered", entry.id)

    def _question(self, row: Asked) -> Question | None:
        db = self._planner.db
        prompt = self._questions().bank.get(row.prompt)
        if prompt is None:
            return None
        return Question(
            row,
            prompt,
            "",
            asked.answer(db, row),
            asked.previous(db, prompt.id, row.day),
            False,
        )
