"""The first run: five questions at most, one calm dialog each, every one can be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal
from textual.widgets import Input, Static

from plannertui.core.errors import PlannerError, Usage
from plannertui.core.goals import TITLE_LENGTH, Measure
from plannertui.core.people import ALIAS_LENGTH
from plannertui.core.priorities import TEXT_LENGTH
from plannertui.core.words import kind_word
from plannertui.core.years import THEME_LENGTH
from plannertui.i18n import gettext as _
from plannertui.tui import labels
from plannertui.tui.dialogs.passphrase import advice, checked
from plannertui.tui.dialogs.step import Answer, Question
from plannertui.tui.safety import words
from plannertui.tui.secret import Secret
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from plannertui.tui.themes import Frame

PRIORITIES = 3
SEPARATORS = ";；"


class LanguageQuestion(Question):
    """Language and working calendar: {"language", "calendar"}."""

    STEP = 1

    def __init__(self, language: str, calendar: str, year: int) -> None:
        super().__init__()
        self._language = language
        self._calendar = "" if calendar == "mon-fri" else calendar
        self._year = year

    def asks(self) -> str:
        return "Language and calendar · 语言和日历"

    def reason(self) -> str:
        return _(
            "Pace is counted in workdays, so the holidays of your country matter: "
            "CN, DE-BY, US … Empty is Monday to Friday."
        )

    def fields(self) -> ComposeResult:
        yield Choice(
            [("en", "English"), ("zh_Hans", "简体中文")], self._language, id="language"
        )
        yield Input(
            self._calendar,
            placeholder=labels.hint(_("country code")),
            max_length=12,
            id="country",
        )
        yield Static(id="reading", classes="muted")

    @on(Input.Changed, "#country")
    def typed(self, event: Input.Changed) -> None:
        """Say what the code means, as soon as it means something."""
        self._look(event.value.strip())

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _look(self, code: str) -> None:
        from plannertui.core.workdays import build_year

        said = ""
        try:
            year = build_year(code, self._year)
            if code and year.known:
                said = _("{count} workdays in {year}").format(
                    count=year_workdays(code, self._year), year=self._year
                )
        except PlannerError:
            said = _("not a country code yet") if len(code) > 1 else ""
        self.app.call_from_thread(self._reading, said)

    def _reading(self, said: str) -> None:
        self.query_one("#reading", Static).update(words(said))

    def read(self) -> Answer | None:
        from plannertui.core.workdays import build_year

        code = self.value("country")
        if code:
            build_year(code, self._year)
        return {
            "language": self.query_one(Choice).value,
            "calendar": code.upper() if code else "mon-fri",
        }


def year_workdays(code: str, year: int) -> int:
    """How many workdays ``year`` has under the calendar ``code``."""
    from plannertui.core.day import year_span
    from plannertui.core.workdays import WorkCalendar, build_year

    calendar = WorkCalendar(lambda number: build_year(code, number))
    return calendar.count(*year_span(year))


class ThemeQuestion(Question):
    """The theme of the year: {"theme"}."""

    STEP = 2

    def __init__(self, year: int) -> None:
        super().__init__()
        self._year = year

    def asks(self) -> str:
        return _("What is {year} about, in a phrase?").format(year=self._year)

    def reason(self) -> str:
        return _("It stands above your goals, and helps to refuse the rest.")

    def fields(self) -> ComposeResult:
        yield Input(
            placeholder=labels.example(_("Fewer, finished")),
            max_length=THEME_LENGTH,
            id="theme",
        )

    def read(self) -> Answer | None:
        theme = self.value("theme")
        return {"theme": theme} if theme else None


class LeaderQuestion(Question):
    """One leader by alias, and up to three things that they answer for.

    {"alias", "priorities": [(text, basis)]}
    """

    STEP = 3

    def asks(self) -> str:
        return _("Whom do you work for, and what must they answer for?")

    def reason(self) -> str:
        return _(
            "An alias is enough, such as Director. Then up to three things, each with "
            "what you know it from; a guess becomes a question to ask."
        )

    def fields(self) -> ComposeResult:
        yield Input(
            placeholder=labels.example(_("Director")),
            max_length=ALIAS_LENGTH,
            id="alias",
        )
        bases = [(basis, kind_word(basis)) for basis in ("said", "seen", "guess")]
        hints = (
            _("No complaint older than 30 days"),
            _("The inspection in October"),
            _("Stable staff at the counter"),
        )
        for number in range(PRIORITIES):
            with Horizontal(classes="row"):
                yield Input(
                    placeholder=labels.example(hints[number]),
                    max_length=TEXT_LENGTH,
                    id=f"priority-{number}",
                )
                yield Choice(bases, "guess", id=f"basis-{number}")

    def read(self) -> Answer | None:
        alias = self.value("alias")
        found = [
            (
                self.value(f"priority-{number}"),
                self.query_one(f"#basis-{number}", Choice).value,
            )
            for number in range(PRIORITIES)
        ]
        found = [(text, basis) for text, basis in found if text]
        if found and not alias:
            self.query_one("#alias", Input).focus()
            raise Usage(_("Whose is it? Give the one you work for an alias."))
        return {"alias": alias, "priorities": found} if alias else None


class GoalQuestion(Question):
    """One goal with a number or milestones: {"title", "measure", "milestones"}."""

    STEP = 4

    def asks(self) -> str:
        return _("One goal of this year?")

    def reason(self) -> str:
        return _(
            "And how one would see it: a number that moves, or milestones parted by "
            "semicolons. Either can wait."
        )

    def fields(self) -> ComposeResult:
        yield Input(
            placeholder=labels.example(_("Licence backlog")),
            max_length=TITLE_LENGTH,
            id="goal",
        )
        with Horizontal(classes="row"):
            yield Input(
                placeholder=labels.hint(_("from 412")), id="from", classes="short"
            )
            yield Input(placeholder=labels.hint(_("to 100")), id="to", classes="short")
            yield Input(placeholder=labels.hint(_("open cases")), id="unit")
        yield Input(
            placeholder=labels.example(_("draft; legal check; pilot")), id="milestones"
        )

    def read(self) -> Answer | None:
        title = self.value("goal")
        if not title:
            return None
        measure = None
        if self.value("from") or self.value("to"):
            start, target = number(self.value("from")), number(self.value("to"))
            unit = self.value("unit")
            measure = Measure(
                unit, unit, start, target, start, "down" if target < start else "up"
            )
        text = self.value("milestones")
        for mark in SEPARATORS:
            text = text.replace(mark, "\n")
        steps = [step.strip() for step in text.split("\n") if step.strip()]
        return {"title": title, "measure": measure, "milestones": steps}


class PassphraseQuestion(Question):
    """A passphrase that encrypts everything: {"passphrase"}."""

    STEP = 5

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame

    def asks(self) -> str:
        return _("Shall a passphrase protect it?")

    def reason(self) -> str:
        return _(
            "Recommended: without one, whoever has the disk can read it all. Long is "
            "good: four or five words. A recovery code comes next."
        )

    def fields(self) -> ComposeResult:
        yield Secret(mark=self._frame.bullet, id="new")
        yield Static(words(_("The same once more"), "$muted"), id="repeat")
        yield Secret(mark=self._frame.bullet, id="again")
        yield Static(id="advice", classes="muted")

    @on(Input.Changed, "#new")
    def typed(self, event: Input.Changed) -> None:
        """Say how long it should be."""
        self.query_one("#advice", Static).update(words(advice(event.value)))

    def read(self) -> Answer | None:
        first, again = (
            self.query_one(f"#{name}", Secret).value for name in ("new", "again")
        )
        if not first and not again:
            return None
        return {"passphrase": checked(first, again)}


def number(text: str) -> float:
    """The number that ``text`` says; Usage when it says none."""
    try:
        return float(text.replace(",", "") if text.count(",") else text)
    except ValueError as error:
        raise Usage(
            _('"{text}" is not a number. Give both, as in 412 and 100.').format(
                text=text
            )
        ) from error
