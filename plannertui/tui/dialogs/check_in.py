"""A check-in on one line: a value or a milestone, a word about it, and the new pace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from plannertui.core.dates import parse_date
from plannertui.core.errors import EmptyText, PlannerError, UnreadableDate, Usage
from plannertui.core.goals import Goal, Milestone, Pace, pace
from plannertui.i18n import gettext as _
from plannertui.store import goals
from plannertui.tui import labels
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.dialogs.goal_form import read_number
from plannertui.tui.keys import N_
from plannertui.tui.safety import words
from plannertui.tui.widgets.drawn import flat
from plannertui.tui.widgets.goal_lines import (
    health_words,
    measure_words,
    number,
    percent,
)
from plannertui.tui.wording import short_day

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from plannertui.tui.planner import Planner

MARKS = "^＾"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed line means: a value, or a milestone, a word about it, and the day."""

    value: float | None
    step: Milestone | None
    note: str
    day: date


def open_steps(goal: Goal) -> list[Milestone]:
    """The milestones that are not done, in their order."""
    return [step for step in goal.milestones if step.done_on is None]


def read(text: str, goal: Goal, today: date, year_start: int) -> Reading:
    """What ``text`` means for ``goal``: ``value or step, word about it, ^day``.

    A number with a sign before it is added to the value that is. Raises UnreadableDate
    for a day that cannot be read or is yet to come, Usage for a step that is not there.
    """
    rest, day = text.strip(), today
    head, mark, tail = rest.rpartition("^" if "^" in rest else "＾")
    if mark and tail.strip() and (not head or head[-1].isspace()):
        day = parse_date(tail.strip(), today, past=True, year_start=year_start)
        rest = head.strip()
        if day > today:
            raise UnreadableDate(_("A check-in is of today or of a day before."))
    first, _blank, note = rest.partition(" ")
    figure = normalize("NFKC", first)
    if goal.measure is not None:
        value = read_number(figure) if figure else None
        if value is None:
            return Reading(None, None, rest, day)
        if figure[0] in "+-" and min(goal.measure.start, goal.measure.target) >= 0:
            value += goal.measure.now
        return Reading(value, None, note.strip(), day)
    if figure.isdigit() and goal.milestones:
        steps = open_steps(goal)
        if not 1 <= int(figure) <= len(steps):
            message = _("There are {count} open milestones: give a number up to that.")
            raise Usage(message.format(count=len(steps)))
        return Reading(None, steps[int(figure) - 1], note.strip(), day)
    return Reading(None, None, rest, day)


def after(goal: Goal, reading: Reading) -> Goal:
    """``goal`` as it would be after ``reading``."""
    if reading.value is not None and goal.measure is not None:
        return replace(goal, measure=replace(goal.measure, now=reading.value))
    if reading.step is not None:
        steps = tuple(
            replace(step, done_on=reading.day) if step.id == reading.step.id else step
            for step in goal.milestones
        )
        return replace(goal, milestones=steps)
    return goal


class CheckInDialog(Dialog[str]):
    """One line about where ``goal`` stands; says at once what it would make of it."""

    CSS_PATH = "goal.tcss"

    def __init__(self, planner: Planner, goal: Goal) -> None:
        super().__init__()
        self.planner = planner
        self.goal = goal

    def compose(self) -> ComposeResult:
        """The goal as it is, the line, and what the line means."""
        goal = self.goal
        with Vertical(classes="dialog narrow check-in") as box:
            box.border_title = words(_("Check in {handle}").format(handle=goal.handle))
            yield Static(words(flat(goal.title)), classes="question")
            yield Static(self._situation(), classes="muted")
            if goal.measure is None:
                for place, step in enumerate(open_steps(goal), 1):
                    yield Static(words(f"{place}  {flat(step.title)}"), classes="step")
            field = Input(compact=True)
            field.placeholder = labels.hint(self._placeholder())
            yield field
            yield Static("", id="reading", markup=False)
            yield Static(words(_("Enter saves   Esc back")), classes="keys")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()
        self._show("")

    def _situation(self) -> Content:
        goal, dot = self.goal, f" {self.planner.frame.dot} "
        parts = []
        if goal.measure is not None:
            parts.append(measure_words(goal.measure, self.planner.frame))
            now = _("now {value} {unit}").format(
                value=number(goal.measure.now), unit=flat(goal.measure.unit)
            )
            parts.append(now.strip())
        parts += [percent(self._pace(goal).progress), self._health(goal)[0]]
        return words(dot.join(parts))

    def _placeholder(self) -> str:
        if self.goal.measure is not None:
            return _("the number, a word about it, ^day if not today")
        if self.goal.milestones:
            return _("a milestone's number, a word, ^day if not today")
        return _("a word about how it stands")

    def _pace(self, goal: Goal) -> Pace:
        return pace(goal, self.planner.calendar, self.planner.today)

    def _health(self, goal: Goal) -> tuple[str, str]:
        return health_words(goal, self._pace(goal))

    def _read(self, text: str) -> Reading:
        planner = self.planner
        return read(text, self.goal, planner.today, planner.settings.year_start)

    @on(Input.Changed)
    def preview(self, event: Input.Changed) -> None:
        """Say what the line would do."""
        self._show(event.value)

    def _show(self, text: str) -> None:
        said = self.query_one("#reading", Static)
        said.remove_class("-wrong")
        if not text.strip():
            said.update("")
            return
        try:
            said.update(self._meaning(self._read(text)))
        except PlannerError as error:
            said.add_class("-wrong")
            said.update(words(error.message))

    def _meaning(self, reading: Reading) -> Content:
        frame = self.planner.frame
        dot = f" {frame.dot} "
        parts: list[tuple[str, str]] = []
        if reading.value is not None or reading.step is not None:
            new = after(self.goal, reading)
            was, now = self._pace(self.goal), self._pace(new)
            word, role = self._health(new)
            what = (
                number(reading.value)
                if reading.value is not None
                else flat(reading.step.title)
                if reading.step is not None
                else ""
            )
            move = f"{percent(was.progress)} {frame.arrow} {percent(now.progress)}"
            parts += [
                (f"{frame.arrow} {what}", "bold"),
                (f"{dot}{move}{dot}", "$muted"),
            ]
            parts.append((word, f"${role}" if role != "muted" else "$muted"))
        else:
            parts.append((f"{frame.arrow} " + _("a word, no number"), "$muted"))
        if reading.note:
            parts.append((dot + flat(reading.note), "$muted"))
        if reading.day != self.planner.today:
            parts.append((dot + short_day(reading.day), "bold"))
        return Content.assemble(*parts)

    @on(Input.Submitted)
    def save(self, event: Input.Submitted) -> None:
        """Record it; what cannot be read stays in the field."""
        try:
            self.dismiss(self._record(event.value))
        except PlannerError as error:
            said = self.query_one("#reading", Static)
            said.add_class("-wrong")
            said.update(words(error.message))

    def _record(self, text: str) -> str:
        if not text.strip():
            raise EmptyText(_("Give a number or a word, or Esc to go back."))
        reading, goal = self._read(text), self.goal
        db, now = self.planner.db, self.planner.now()
        if reading.step is None:
            new = goals.check_in(
                db, goal, reading.value, day=reading.day, now=now, note=reading.note
            )
        else:
            with db.write(N_("check in {what}"), now, what=goal.handle):
                new = goals.tick(db, goal, reading.step.id, reading.day, now)
                if reading.note:
                    new = goals.check_in(
                        db, new, None, day=reading.day, now=now, note=reading.note
                    )
        said = f"{new.handle} {percent(self._pace(new).progress)}"
        return f"{said} {self.planner.frame.dot} {self._health(new)[0]}"
