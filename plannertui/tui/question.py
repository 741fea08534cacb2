"""The questions of a day: which, why, what was answered, and what was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.picker import MOST_ANOTHER, Pick, Why
from plannertui.core.prompts import Prompt
from plannertui.i18n import gettext as _
from plannertui.i18n import language
from plannertui.store import asked, glance
from plannertui.store.asked import Asked
from plannertui.store.questions import Question, Questions, bank
from plannertui.tui import labels

if TYPE_CHECKING:
    from datetime import date

    from plannertui.core.entries import Entry
    from plannertui.store.revisits import Again
    from plannertui.tui.planner import Planner

MOST = MOST_ANOTHER + 1
"""The first question of a day and three more."""


AGAIN = "revisit:"
"""What the id of a question begins with that is an entry to be seen again."""


def is_again(question: Question | None) -> bool:
    """Whether it is an old entry that is seen again."""
    return question is not None and question.prompt.id.startswith(AGAIN)


def _seen(again: Again, day: date, today: date) -> Question:
    then = again.then
    words = _("What do you say to it now?")
    prompt = Prompt(AGAIN + then.handle, "", "daily", "", words, words)
    row = Asked(0, day, prompt.id, "", "", 0, "", then.handle, "planned", None, "")
    when = labels.day_words(then.day, today)
    why = _("{handle}, {day}: asked to be seen again").format(
        handle=then.handle, day=when
    )
    return Question(row, prompt, why, again.now, then, False)


class DayQuestions:
    """Every question of a day, in the order they were put."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._found: Questions | None = None

    def _questions(self) -> Questions:
        """Made when first asked for: reading the bank takes its time."""
        planner, found = self._planner, self._found
        # The store is another after a lock, or when its passphrase has changed.
        if (
            found is None
            or found.calendar is not planner.calendar
            or found.db is not planner.db
        ):
            settings = planner.settings
            found = self._found = Questions(
                planner.db, bank(settings), planner.calendar, settings.year_start
            )
        return found

    def of(self, day: date) -> list[Question]:
        """What was asked on ``day``; today's question is chosen first.

        Nothing is chosen on a day off. Raises BadSettings for a wrong prompt file.
        """
        current = self._questions().of(day, self._planner.today)
        found = [
            current if current is not None and row.id == current.asked.id else question
            for row in asked.on_day(self._planner.db, day)
            if (question := self._question(row)) is not None
        ]
        return found + self._again(day)

    def _again(self, day: date) -> list[Question]:
        """What asked to be seen again: then, and what is said to it now."""
        db, today = self._planner.db, self._planner.today
        if not glance.may_be_seen_again(db, day, today):
            return []
        from plannertui.store import revisits

        return [_seen(each, day, today) for each in revisits.on_day(db, day, today)]

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
        if is_again(question):
            return
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
        prompt = self._questions().prompt(row)
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
