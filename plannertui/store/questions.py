"""The day's question: chosen once, shown again, answered, or passed over for another."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from plannertui.core import picker
from plannertui.core.day import year_of
from plannertui.core.errors import BadSettings
from plannertui.core.picker import Pick
from plannertui.core.prompts import Bank, Prompt, load_bank
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import asked, context
from plannertui.store.asked import Asked
from plannertui.store.open import Store
from plannertui.store.settings import Settings, prompts_path

if TYPE_CHECKING:
    from plannertui.core.entries import Entry


class Question(NamedTuple):
    """A question of a day: its prompt and why it was chosen, in words.

    ``answer`` is what was written to it, ``before`` the last answer from an earlier day,
    ``more`` whether another may be asked for.
    """

    asked: Asked
    prompt: Prompt
    why: str
    answer: Entry | None
    before: Entry | None
    more: bool


def bank(settings: Settings) -> Bank:
    """The shipped prompts with the user's own; BadSettings when their file is wrong."""
    path = prompts_path(settings.path)
    try:
        with open(path, "rb") as file:
            own = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return load_bank()
    except OSError as error:
        message = _("{path} cannot be read: {reason}")
        raise BadSettings(message.format(path=path, reason=error.strerror)) from error
    return load_bank(own, os.path.abspath(path))


class Questions:
    """The questions of one store, for one bank and working calendar.

    ``year_start`` is the month in which the planning year starts.
    """

    def __init__(
        self, db: Store, bank: Bank, calendar: WorkCalendar, year_start: int = 1
    ) -> None:
        self.db = db
        self.bank = bank
        self.calendar = calendar
        self.year_start = year_start

    def of(self, day: date, today: date) -> Question | None:
        """The question of ``day``; for today it is chosen, and planned, when it is due.

        None on a day off, and on another day when nothing was asked. A question that is
        planned, not answered, and whose occasion is over gives way to another.
        """
        if day != today or self.db.readonly:
            return self._last(day)
        if not self.calendar.is_workday(day):
            return self._last(day)
        active = self._active(day)
        for one in asked.on_day(self.db, day):
            if one.state == "planned" and _is_over(one, active):
                asked.withdraw(self.db, one)
        found = picker.pick(
            self.bank,
            seed=self.db.seed,
            day=day,
            shown=[one.shown() for one in asked.ls(self.db)],
            active=active,
            workdays=self.calendar.between,
        )
        now = asked.on_day(self.db, day)
        if not now or not _same(now[-1], found):
            asked.put(self.db, found, day)
            now = asked.on_day(self.db, day)
        return self._question(now[-1], found)

    def another(self, day: date) -> Question | None:
        """Another question for ``day``, the present one passed over; None after three."""
        now = asked.on_day(self.db, day)
        if now and now[-1].state == "planned":
            asked.mark(self.db, now[-1], "skipped")
        found = picker.another(
            self.bank,
            seed=self.db.seed,
            day=day,
            shown=[one.shown() for one in asked.ls(self.db)],
            active=self._active(day),
            workdays=self.calendar.between,
        )
        if found is None:
            return None
        asked.put(self.db, found, day, "asked")
        return self._question(asked.on_day(self.db, day)[-1], found)

    def answer(
        self, question: Question, text: str, *, now: datetime, links: Iterable[int] = ()
    ) -> Entry:
        """Write the answer as a reflection of its day, or change the one already there.

        Raises EmptyText, or Conflict when it was changed elsewhere since.
        """
        from plannertui.store import entries

        old = question.answer
        with self.db.write(N_("answer the question"), now):
            if old is not None:
                entry = entries.edit(self.db, old, now, base_rev=old.rev, text=text)
            else:
                entry = entries.add(
                    self.db,
                    text=text,
                    kind="reflection",
                    day=question.asked.day,
                    now=now,
                    prompt=question.prompt.id,
                    links=links,
                )
            asked.mark(self.db, question.asked, "answered", entry.id)
        return entry

    def skip(self, question: Question) -> None:
        """Pass the question over for today; it counts as asked."""
        asked.mark(self.db, question.asked, "skipped")

    def prompt(self, one: Asked) -> Prompt | None:
        """The prompt of a question; an answered one outlives its prompt in the bank."""
        found = self.bank.get(one.prompt)
        if found is not None or one.state != "answered" or not one.words:
            return found
        words = one.words
        return Prompt(one.prompt, one.lens, "daily", "", words, words, one.trigger)

    def _active(self, day: date) -> dict[str, context.Instances]:
        year = year_of(day, self.year_start)
        return context.active(self.db, day, self.calendar, year)

    def _last(self, day: date) -> Question | None:
        """What was asked on ``day``, answered ones first; None when nothing was."""
        found = [one for one in asked.on_day(self.db, day) if self.prompt(one)]
        answered = [one for one in found if asked.answer(self.db, one) is not None]
        if not found:
            return None
        return self._question((answered or found)[-1], None)

    def _question(self, one: Asked, pick: Pick | None) -> Question:
        prompt = self.prompt(one) if pick is None else pick.prompt
        assert prompt is not None
        today = len(asked.on_day(self.db, one.day))
        return Question(
            one,
            prompt,
            one.why if pick is None else picker.why_text(pick),
            asked.answer(self.db, one),
            asked.previous(self.db, prompt.id, one.day),
            today <= picker.MOST_ANOTHER,
        )


def _is_over(one: Asked, active: dict[str, context.Instances]) -> bool:
    """Whether what opened a question is settled: there is no reason for it any longer."""
    instances = {instance for instance, _label in active.get(one.trigger, ())}
    return bool(one.trigger) and one.instance not in instances


def _same(one: Asked, pick: Pick) -> bool:
    return (one.prompt, one.instance) == (pick.prompt.id, pick.instance)
