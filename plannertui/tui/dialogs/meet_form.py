"""Forms about a one-on-one: when and how often, the decision wanted, an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import Input, Static

from plannertui.core.clocktime import read_time
from plannertui.core.errors import EmptyText, UnreadableDate, Usage
from plannertui.core.events import WANTED_LENGTH
from plannertui.core.meetings import ITEM_KINDS, ITEM_LENGTH, item_word, repeat_word
from plannertui.i18n import gettext as _
from plannertui.store import agendas, meetings, people
from plannertui.tui import labels
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.events import Event
    from plannertui.core.meetings import Item
    from plannertui.tui.planner import Planner

MINUTES = 30
MOST_MINUTES = 24 * 60


class TalkForm(KeptForm):
    """Adds a one-on-one, with somebody as in ``near``, or moves ``event``."""

    def __init__(
        self, planner: Planner, event: Event | None, near: Event | None = None
    ) -> None:
        title = _("New one-on-one")
        target, rev = "form:meet:new", 0
        if event is not None:
            day = labels.day_words(event.starts_on, planner.today)
            title = _("One-on-one of {day}").format(day=day)
            target = f"form:meet:{event.id or event.series_id}:{event.starts_on}"
            rev = event.rev
        super().__init__(planner, title, target, rev)
        self.event = event
        self.near = near
        self.made: Event | None = None
        db = planner.db
        self.rhythm = "" if event is None else meetings.rhythm(db, event)

    def fields(self) -> Iterable[Widget]:
        """With whom, when, how long, how often."""
        event = self.event
        if event is None:
            yield self.row(_("With"), self.line("person", self._whom(), "L1"))
        yield self.day_row("day", _("Day"), event.starts_on if event else None)
        time = self.line("time", (event.time or "") if event else "", "10:00")
        time.add_class("short")
        length = event.minutes if event else MINUTES
        minutes = self.line("minutes", str(length or ""))
        minutes.add_class("short")
        between = Static(_("minutes"), classes="form-between", markup=False)
        yield self.row(_("At"), time, minutes, between)
        rhythms = [("", _("once"))] + [
            (name, repeat_word(name)) for name in ("weekly", "fortnightly", "monthly")
        ]
        if self.rhythm not in dict(rhythms):
            day = self.event.starts_on if self.event else self.planner.today
            rhythms.append((self.rhythm, repeat_word(self.rhythm, day)))
        yield self.row(_("Takes place"), Choice(rhythms, self.rhythm, id="every"))
        if event is not None and self.rhythm:
            which = [("one", _("this one alone")), ("all", _("those after it too"))]
            yield self.row(_("Moves"), Choice(which, "one", id="which"))
        said = _("What would fall on a holiday or into leave waits a week.")
        yield Static(said, classes="form-quiet form-note", markup=False)

    def _whom(self) -> str:
        if self.near is not None and self.near.people:
            return self.near.people[0].handle
        leader = people.primary(self.planner.db)
        return leader.handle if leader is not None else ""

    def begin(self) -> None:
        """Begin with the day, where it is known with whom."""
        whom = self.query("#person")
        known = not whom or bool(self.query_one("#person", Input).value)
        self.query_one("#day" if known else "#person").focus()

    def _when(self) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        time = self.value("time")
        fields["time"] = read_time(time) if time else None
        if time:
            fields["zone"] = getattr(self.planner.now().tzinfo, "key", "")
        minutes = self.value("minutes")
        if minutes:
            plain = minutes.isascii() and minutes.isdigit()
            if not plain or not 0 < int(minutes[:6]) <= MOST_MINUTES:
                message = _('"{text}" is no number of minutes.')
                raise Usage(message.format(text=minutes))
        fields["minutes"] = int(minutes) if minutes else None
        return fields

    def collect(self) -> str:
        """Add or move it."""
        day = self.day("day")
        if day is None:
            raise UnreadableDate(_("Give the day, such as thu or 9-19."))
        planner, db, now = self.planner, self.planner.db, self.planner.now()
        fields, rhythm = self._when(), self.chosen("every")
        said = labels.day_words(day, planner.today)
        if self.event is None:
            whom = self.named("person", "person")
            if len(whom) != 1:
                raise EmptyText(_("With whom? Give one person, such as L1."))
            person = people.get(db, whom[0])
            self.made = meetings.add(
                db, person, starts_on=day, now=now, repeat=rhythm, **fields
            )
            message = _("One-on-one with {alias}: {day}")
            return message.format(alias=person.alias, day=said)
        following = bool(self.query("#which")) and self.chosen("which") == "all"
        self.made = meetings.arrange(
            db, self.event, day, rhythm, now, following=following, **fields
        )
        return _("Now on {day}.").format(day=said)


class WantDialog(KeptForm):
    """Says the one decision that is wanted of a talk."""

    def __init__(self, planner: Planner, event: Event) -> None:
        target = f"form:want:{event.id or event.series_id}:{event.starts_on}"
        super().__init__(planner, _("The decision wanted"), target, event.rev)
        self.event = event
        self.made: Event | None = None

    def fields(self) -> Iterable[Widget]:
        """One line."""
        yield self.limited("wanted", _("Decision"), self.event.wanted, WANTED_LENGTH)
        said = _("One talk, one decision: what is to be decided, and between what.")
        yield Static(said, classes="form-quiet form-note", markup=False)

    def collect(self) -> str:
        """Say it."""
        planner = self.planner
        text = self.value("wanted")
        self.made = meetings.want(planner.db, self.event, text, planner.now())
        if not text:
            return _("No decision is wanted any longer.")
        return _("Wanted: {text}").format(text=self.made.wanted)


class ItemDialog(KeptForm):
    """Adds an item to the agenda of a talk, or changes the one at ``place``."""

    def __init__(
        self, planner: Planner, event: Event, item: Item | None, place: int
    ) -> None:
        title = _("New item") if item is None else _("Item {number}")
        name = place if item is not None else "new"
        which = event.id or event.series_id
        super().__init__(
            planner,
            title.format(number=place),
            f"form:item:{which}:{event.starts_on}:{name}",
            event.rev,
        )
        self.event = event
        self.item = item
        self.place = place
        self.made: Event | None = None

    def fields(self) -> Iterable[Widget]:
        """The words, and what it is for."""
        text = "" if self.item is None else self.item.text
        if self.item is None or not self.item.ref:
            yield self.limited("text", _("Item"), text, ITEM_LENGTH)
        kind = "inform" if self.item is None else self.item.kind
        kinds = [(str(name), item_word(name)) for name in ITEM_KINDS]
        yield self.row(_("What for"), Choice(kinds, kind, id="kind"))
        if self.item is None:
            said = _("A handle alone, such as M41, puts that very thing on the agenda.")
            yield Static(said, classes="form-quiet form-note", markup=False)

    def begin(self) -> None:
        """Begin in the words."""
        fields = self.query(Input)
        (fields.first() if fields else self.query_one(Choice)).focus()

    def collect(self) -> str:
        """Put it there."""
        planner, kind = self.planner, self.chosen("kind")
        today, now = planner.today, planner.now()
        if self.item is None:
            text = self.value("text")
            self.made = agendas.add_item(
                planner.db, self.event, text, today, now, kind=kind
            )
            return _("On the agenda: {text}").format(text=text)
        changes: dict[str, Any] = {"kind": kind}
        if not self.item.ref:
            changes["text"] = self.value("text")
        self.made = agendas.set_item(
            planner.db, self.event, self.place, today, now, **changes
        )
        return _("Item {number} changed.").format(number=self.place)
