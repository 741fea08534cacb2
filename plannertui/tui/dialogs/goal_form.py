"""Adding or editing a goal: every field of it, with its limits said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from textual.widgets import Static

from plannertui.core.day import year_span
from plannertui.core.errors import EmptyText, Usage
from plannertui.core.goals import (
    IF_THEN_LENGTH,
    OBSTACLE_LENGTH,
    TITLE_LENGTH,
    WHY_LENGTH,
    Measure,
)
from plannertui.core.words import state_word
from plannertui.i18n import gettext as _
from plannertui.store import goals
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.goal_lines import LIVE, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.goals import Goal
    from plannertui.tui.planner import Planner


class GoalForm(KeptForm):
    """Adds a goal to ``year``, or edits ``goal``; gives the line to say about it."""

    def __init__(self, planner: Planner, goal: Goal | None, year: int) -> None:
        if goal is None:
            title = _("New goal for {year}").format(year=year)
            target, rev = f"form:goal:{year}", 0
        else:
            title = _("Edit {handle}").format(handle=goal.handle)
            target, rev = f"form:goal:{goal.uid}", goal.rev
        super().__init__(planner, title, target, rev)
        self.goal = goal
        self.year = year

    def fields(self) -> Iterable[Widget]:
        """What it is, its measure, its time, what may stand in the way."""
        goal = self.goal
        start, due = year_span(self.year, self.planner.settings.year_start)
        title, why = ("", "") if goal is None else (goal.title, goal.why)
        obstacle, if_then = ("", "") if goal is None else (goal.obstacle, goal.if_then)
        yield self.limited("title", _("Goal"), title, TITLE_LENGTH)
        yield self.limited("why", _("Why"), why, WHY_LENGTH)
        yield Static(
            _("A number to move, or leave it empty and add milestones"),
            classes="form-group",
            markup=False,
        )
        yield from self._measure_rows(None if goal is None else goal.measure)
        yield Static(_("Time"), classes="form-group", markup=False)
        yield self.day_row("start", _("Begins"), start if goal is None else goal.start)
        yield self.day_row("due", _("Due"), due if goal is None else goal.due)
        yield Static(
            _("What may stand in the way, and what then"),
            classes="form-group",
            markup=False,
        )
        yield self.limited("obstacle", _("Obstacle"), obstacle, OBSTACLE_LENGTH)
        yield self.limited("if_then", _("If, then"), if_then, IF_THEN_LENGTH)
        if goal is not None:
            states = list(LIVE) if goal.state in LIVE else ["active", goal.state]
            choices = [(state, state_word(state)) for state in states]
            yield self.row(_("State"), Choice(choices, goal.state, id="state"))

    def _measure_rows(self, measure: Measure | None) -> Iterable[Widget]:
        start = "" if measure is None else number(measure.start)
        target = "" if measure is None else number(measure.target)
        unit = "" if measure is None else measure.unit
        name = "" if measure is None else measure.name
        first, last = self.line("from", start), self.line("to", target)
        first.add_class("short")
        last.add_class("short")
        units = self.line("unit", unit, _("cases, days, %"))
        units.add_class("unit")
        yield self.row(
            _("From"),
            first,
            Static(_("to"), classes="form-between", markup=False),
            last,
            Static(_("in"), classes="form-between", markup=False),
            units,
        )
        yield self.row(_("Counts"), self.line("name", name, _("what the number is of")))
        hold = measure is not None and measure.direction == "hold"
        yield self.row(
            _("It is to"),
            Choice(
                [("move", _("get there")), ("hold", _("stay there"))],
                "hold" if hold else "move",
                id="direction",
            ),
        )

    def _number(self, id: str, label: str) -> float | None:
        text = normalize("NFKC", self.value(id)).replace(" ", "")
        if not text:
            return None
        value = read_number(text)
        if value is None:
            message = _('{field}: "{text}" is not a number.')
            raise Usage(message.format(field=label, text=self.value(id)))
        return value

    def _measure(self) -> Measure | None:
        start = self._number("from", _("From"))
        target = self._number("to", _("to"))
        if target is None and start is None:
            if self.value("unit") or self.value("name"):
                raise Usage(_("A measure needs the number that it is to reach."))
            return None
        if target is None:
            raise Usage(_("A measure needs the number that it is to reach."))
        hold = self.chosen("direction") == "hold"
        if start is None:
            start = target if hold else 0.0
        if start == target and not hold:
            raise Usage(_("A measure that is to move needs two different numbers."))
        before = None if self.goal is None else self.goal.measure
        now = start if before is None or before.now == before.start else before.now
        return Measure(
            self.value("name"),
            self.value("unit"),
            start,
            target,
            now,
            "hold" if hold else "down" if target < start else "up",
        )

    def _check_lengths(self) -> None:
        names = {
            "title": _("Goal"),
            "why": _("Why"),
            "obstacle": _("Obstacle"),
            "if_then": _("If, then"),
        }
        for name, limit in self.limits.items():
            length = len(self.value(name))
            if length > limit:
                self.query_one(f"#{name}").focus()
                message = _("{field} has {count} characters; {limit} fit.")
                raise Usage(
                    message.format(field=names[name], count=length, limit=limit)
                )

    def collect(self) -> str:
        """Add or change it."""
        if not self.value("title"):
            self.query_one("#title").focus()
            raise EmptyText(_("Give the goal a title."))
        self._check_lengths()
        start, due = self.day("start"), self.day("due")
        first, last = year_span(self.year, self.planner.settings.year_start)
        start, due = start or first, due or last
        values: dict[str, Any] = {
            "title": self.value("title"),
            "why": self.value("why"),
            "measure": self._measure(),
            "start": start,
            "due": due,
            "obstacle": self.value("obstacle"),
            "if_then": self.value("if_then"),
        }
        db, now = self.planner.db, self.planner.now()
        if self.goal is None:
            goal = goals.add(db, year=self.year, now=now, **values)
            return _("{handle} added: {title}").format(
                handle=goal.handle, title=goal.title
            )
        values["state"] = self.chosen("state")
        changed = {
            name: value
            for name, value in values.items()
            if value != getattr(self.goal, name)
        }
        if changed:
            goals.edit(db, self.goal, now, base_rev=self.goal.rev, **changed)
        return _("{handle} changed.").format(handle=self.goal.handle)


def read_number(text: str) -> float | None:
    """``text`` as a number, with a point or a comma before the decimals; else None."""
    text = text.removesuffix("%")
    if text.count(",") == 1 and "." not in text:
        whole, _comma, part = text.partition(",")
        # Three digits after a comma are thousands as often as decimals: not guessed.
        if len(part) == 3:
            return None
        text = f"{whole}.{part}"
    try:
        value = float(text)
    except ValueError:
        return None
    ascii_only = all(character in "0123456789.+-" for character in text)
    return value if ascii_only and abs(value) < 1e15 else None
