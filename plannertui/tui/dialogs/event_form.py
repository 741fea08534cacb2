"""The form of an event: what, when, how often, with whom, what reminds of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from textual import on
from textual.widgets import Input, Static

from plannertui.core import forms, rulewords
from plannertui.core.clocktime import read_time
from plannertui.core.errors import EmptyText, PlannerError, UnreadableDate, Usage
from plannertui.core.events import KINDS
from plannertui.core.lengths import brief, read_minutes, read_reminders
from plannertui.core.recurrence import next_days, parse
from plannertui.core.words import kind_word
from plannertui.core.zones import is_known
from plannertui.i18n import gettext as _
from plannertui.store import arranging, occurrences
from plannertui.tui import labels
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.safety import words
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.widget import Widget

    from plannertui.core.events import Event
    from plannertui.core.rules import Rule
    from plannertui.tui.planner import Planner

AHEAD = 5
OTHER = "other"
MINUTES = 60


class EventForm(KeptForm):
    """Adds an event on ``day``, or changes ``event``, of what repeats an occurrence."""

    DEFAULT_CSS = "EventForm #next { padding-left: 15; }"

    def __init__(
        self, planner: Planner, event: Event | None, day: date, time: str = ""
    ) -> None:
        title = _("New event")
        target, rev = "form:event:new", 0
        if event is not None:
            title = _("{kind} of {day}").format(
                kind=kind_word(event.kind).capitalize(),
                day=labels.day_words(event.starts_on, planner.today),
            )
            target = f"form:event:{event.id}:{event.slot_on or ''}"
            rev = event.rev
        super().__init__(planner, title, target, rev)
        self.event = event
        self.began = day if event is None else event.starts_on
        self.at = time
        self.made: Event | None = None
        self.repeats = event is not None and occurrences.is_one(planner.db, event)
        self._rule = ""
        if event is not None and event.repeats:
            self._rule = event.repeat

    def fields(self) -> Iterable[Widget]:
        """What, when, how often, with whom, where, and what reminds of it."""
        event = self.event
        yield self.row(_("What"), self.line("title", event.title if event else ""))
        kinds = [(str(kind), kind_word(kind)) for kind in KINDS]
        kind = "meeting" if event is None else event.kind
        yield self.row(_("Kind"), Choice(kinds, kind, id="kind"))
        yield self.day_row("day", _("Day"), self.began)
        time = self.line("time", (event.time or "") if event else self.at, "9:30")
        time.add_class("short")
        length = self.line("length", self._length(), "45m")
        length.add_class("short")
        lasts = Static(_("lasts"), classes="form-between", markup=False)
        zone = event.zone if event and event.zone != planner_zone(self.planner) else ""
        where = Static(zone, classes="form-about", markup=False)
        yield self.row(_("At"), time, lasts, length, where)
        if event is None or self._rule or not (self.repeats or event.series_id):
            yield from self._repeating()
        with_whom = [ref.handle for ref in event.people] if event else []
        yield self.row(_("With"), self.line("people", " ".join(with_whom), "L1"))
        yield self.row(_("Where"), self.line("place", event.place if event else ""))
        remind = ", ".join(map(brief, event.reminders)) if event else ""
        yield self.row(_("Remind"), self.line("remind", remind, _("10m, 1d")))
        if self.repeats:
            which = [
                ("one", _("this one")),
                ("following", _("this and those after")),
                ("all", _("all of them")),
            ]
            yield self.row(_("Changes"), Choice(which, "one", id="which"))

    def _repeating(self) -> Iterable[Widget]:
        options = self._options(self.began)
        chosen = OTHER if self._rule else ""
        for name, rule in self._rules(self.began).items():
            if rule.text() == self._rule:
                chosen = name
        yield self.row(_("Repeats"), Choice(options, chosen, id="repeat"))
        said = rulewords.say(parse(self._rule), self.began) if self._rule else ""
        own = self.line(
            "rule", said if chosen == OTHER else "", _("every 2 weeks on Mon, Thu")
        )
        yield self.row(_("How often"), own, id="rule-row")
        end = self.line("until", "", _("2024-12-31, 10 times"))
        yield self.row(_("Until"), end, id="until-row")
        yield Static(id="next", classes="form-quiet", markup=False)

    def _length(self) -> str:
        event = self.event
        if event is None:
            return ""
        if event.ends_on > event.starts_on:
            return f"{(event.ends_on - event.starts_on).days + 1}d"
        return brief(event.minutes) if event.minutes else ""

    def _rules(self, day: date) -> dict[str, Rule]:
        return forms.choices(day, self.planner.settings.leap_day)

    def _options(self, day: date) -> list[tuple[str, str]]:
        found = [("", _("once"))]
        found += [
            (name, rulewords.say(rule, day)) for name, rule in self._rules(day).items()
        ]
        return [*found, (OTHER, _("other"))]

    def begin(self) -> None:
        """Begin in what it is, or in its day where that is known."""
        self._show()
        # The day is there already: what one types takes its place.
        self.query_one("#day", Input).select_on_focus = True
        known = bool(self.value("title"))
        self.query_one("#day" if known else "#title", Input).focus()

    # -- how often ---------------------------------------------------------------------

    @on(Choice.Picked, "#repeat")
    def picked(self) -> None:
        """Show what is chosen."""
        self._show()

    @on(Input.Changed, "#day,#rule,#until")
    def typed_when(self, event: Input.Changed) -> None:
        """Say anew what one can choose, and when it takes place."""
        if event.input.id == "day" and self.query("#repeat"):
            try:
                day = self.day("day")
            except PlannerError:
                day = None
            if day is not None:
                choice = self.query_one("#repeat", Choice)
                choice.choices = self._options(day)
                choice.refresh(layout=True)
        self._show()

    def _show(self) -> None:
        """The next days on which it takes place, or why there are none."""
        if not self.query("#repeat"):
            return
        chosen = self.chosen("repeat")
        self.query_one("#rule-row").display = chosen == OTHER
        self.query_one("#until-row").display = bool(chosen)
        about = self.query_one("#next", Static)
        about.display = bool(chosen)
        if not chosen:
            return
        try:
            rule = self.rule()
            day = self.day("day")
        except PlannerError as error:
            typed = chosen != OTHER or self.value("rule")
            about.update(words(error.message if typed else _("Say how often.")))
            return
        if rule is None or day is None:
            about.update("")
            return
        found = next_days(rule, day, day, AHEAD, self.planner.calendar)
        dot = f" {self.planner.frame.dot} "
        today = self.planner.today
        next_ones = dot.join(labels.day_words(each, today) for each in found)
        said = next_ones or _("There is no day on which it would take place.")
        if chosen == OTHER:
            said = f"{rulewords.say(rule, day)}\n{said}"
        about.update(said)

    def rule(self) -> Rule | None:
        """The rule that is chosen or typed, with its end; None for once."""
        if not self.query("#repeat"):
            return parse(self._rule) if self._rule else None
        chosen = self.chosen("repeat")
        day = self.day("day") or self.began
        leap = self.planner.settings.leap_day
        if not chosen:
            return None
        if chosen == OTHER:
            rule = rulewords.read(self.value("rule"), day, leap)
        else:
            rule = self._rules(day)[chosen]
        end = self.value("until")
        if rule is None or not end:
            return rule
        count = "".join(c for c in end if c.isdecimal())
        rest = end.replace(count, "").strip(" x×").casefold()
        if count and rest in ("", "times", "time", "次", "共次"):
            return rule._replace(times=rulewords.times(int(count[:6])), until=None)
        return rule._replace(until=rulewords.until(end, day), times=None)

    # -- saving ------------------------------------------------------------------------

    def _values(self) -> dict[str, Any]:
        day = self.day("day")
        if day is None:
            raise UnreadableDate(_("Give the day, such as thu or 9-19."))
        title = self.value("title")
        kind = self.chosen("kind")
        time, length = self.value("time"), self.value("length")
        minutes = read_minutes(length) if length else None
        days = 0
        if minutes and not time:
            if minutes % 1440:
                raise Usage(_("Without a time it lasts whole days, such as 2d."))
            days, minutes = minutes // 1440 - 1, None
        return {
            "title": title or kind_word(kind).capitalize(),
            "kind": kind,
            "starts_on": day,
            "ends_on": day + timedelta(days=days),
            "time": read_time(time) if time else None,
            "minutes": minutes,
            "people": self.named("people", "person"),
            "place": self.value("place"),
            "reminders": read_reminders(self.value("remind")),
        }

    def collect(self) -> str:
        """Add it, or change what differs."""
        planner = self.planner
        values, rule = self._values(), self.rule()
        if not values["title"].strip():
            raise EmptyText(_("There is nothing to write down: give some text."))
        day = labels.day_words(values["starts_on"], planner.today)
        if self.event is None:
            if values["time"]:
                values["zone"] = planner_zone(planner)
            repeat = {"repeat": rule.text()} if rule else {}
            self.made = arranging.add(
                planner.db, planner.now(), planner.calendar, **values, **repeat
            )
            said = _("{handle} is added: {day}; u takes it back.")
        else:
            self.made = self._change(self.event, values, rule)
            said = _("{handle} is changed: {day}; u takes it back.")
        if "leave" in (values["kind"], self.event.kind if self.event else ""):
            planner.refresh_calendar()
        day = labels.day_words(self.made.starts_on, planner.today) if rule else day
        return said.format(handle=self.made.handle, day=day)

    def _change(self, event: Event, values: dict[str, Any], rule: Rule | None) -> Event:
        planner = self.planner
        have = {name: getattr(event, name) for name in values}
        have["people"] = [ref.id for ref in event.people]
        have["reminders"] = event.reminders
        changes = {n: value for n, value in values.items() if value != have[n]}
        if "starts_on" in changes or "ends_on" in changes:
            changes["starts_on"] = values["starts_on"]
            changes["ends_on"] = values["ends_on"]
        if "time" in changes and values["time"] and not event.zone:
            changes["zone"] = planner_zone(planner)
        which = self.chosen("which") if self.repeats else ""
        if self.query("#repeat"):
            repeat = rule.text() if rule else ""
            if repeat != (self._rule if self._rule else ""):
                if which == "one":
                    message = _("One of them cannot repeat otherwise: change all.")
                    if not self._rule:
                        message = _("It belongs to what repeats: change all.")
                    raise Usage(message)
                changes["repeat"] = repeat
        if not changes:
            return event
        return arranging.change(
            planner.db,
            event,
            which,
            changes,
            planner.today,
            planner.now(),
            planner.calendar,
            planner.settings.leap_day,
        )


def planner_zone(planner: Planner) -> str:
    """The zone one is in, "" where it has no name that is known."""
    return planner.zone if is_known(planner.zone) else ""
