"""One one-on-one: the decision wanted, the agenda, what is ready to say, what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical

from plannertui.core.meetings import ITEM_KINDS
from plannertui.i18n import gettext as _
from plannertui.store import agendas, briefing, events, meetings, refs
from plannertui.tui import labels
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed, ItemPicked
from plannertui.tui.panes.meet import VERBS, VerbAsked, can
from plannertui.tui.safety import say, telling
from plannertui.tui.widgets.meet_lines import AHEAD, TalkView, bare, one_rows
from plannertui.tui.widgets.rows import Row, RowList, paragraph

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.briefs import Point
    from plannertui.core.events import Event
    from plannertui.core.meetings import Item
    from plannertui.tui.planner import Planner


class MeetTalk(Vertical):
    """The talk that is shown, with the keys that change its agenda."""

    DEFAULT_CSS = """
    MeetTalk RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "space",
            "tick",
            N_("tick"),
            id="meet.tick",
            tooltip=N_("Tick the item: it was said. Unticked ones are carried over"),
        ),
        bind(
            "c",
            "take",
            N_("to the agenda"),
            id="meet.take",
            tooltip=N_("Put what is ready to say on the agenda"),
        ),
        bind(
            "enter",
            "open",
            N_("open"),
            id="meet.open",
            tooltip=N_("Go to the thing that the line is about; edit an item"),
            show=False,
        ),
        bind(
            "e",
            "edit",
            N_("edit"),
            id="meet.edit",
            tooltip=N_("Change the words of the item, and what it is for"),
            show=False,
        ),
        bind(
            "t",
            "kind",
            N_("what for"),
            id="meet.kind",
            tooltip=N_("To decide, to inform, to ask about, to thank for"),
            show=False,
        ),
        bind(
            "x",
            "drop",
            N_("drop"),
            id="meet.drop",
            tooltip=N_("Take the item off the agenda; it is not carried over"),
            show=False,
        ),
        bind(
            "K,shift+up",
            "shift(-1)",
            N_("move up"),
            id="meet.up",
            tooltip=N_("Move the item up"),
            show=False,
        ),
        bind(
            "J,shift+down",
            "shift(1)",
            N_("move down"),
            id="meet.down",
            tooltip=N_("Move the item down"),
            show=False,
        ),
        *VERBS,
    ]

    def __init__(self, planner: Planner) -> None:
        super().__init__(id="meet-talk")
        self.planner = planner
        self.event: Event | None = None
        self.view: TalkView | None = None
        self.names: list[tuple[int, str, str]] = []
        self.border_title = _("The talk")

    def compose(self) -> ComposeResult:
        """One list."""
        yield RowList(self.planner, self._rows, id="meet-one")

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one("#meet-one", RowList)

    # -- what is shown -----------------------------------------------------------------

    def show(self, event: Event | None) -> None:
        """Show ``event`` as it is now."""
        other = event is None or self.event is None or event.id != self.event.id
        self.event = event
        self.view = None if event is None else self._read(event)
        if other:
            self.rows.cursor = 0
        self.rows.reload()

    def _read(self, event: Event) -> TalkView:
        planner, db = self.planner, self.planner.db
        brief = briefing.gather(
            db,
            event,
            planner.today,
            planner.calendar,
            year_start=planner.settings.year_start,
        )
        items = agendas.agenda(db, event, planner.today)
        ready = (
            *brief.warnings,
            *brief.wins,
            *(point for point in brief.ask if not point.item),
            *self._owed(brief.promises, items),
        )
        return TalkView(
            event=event,
            rhythm=meetings.rhythm(db, event),
            agenda=items,
            texts=[self.spoken(self._text(item)) for item in items],
            since=[self._since(item) for item in items],
            brief=brief,
            ready=[replace(one, text=self.spoken(one.text)) for one in ready],
            today=planner.today,
        )

    def _owed(self, promises: tuple[Point, ...], items: list[Item]) -> list[Point]:
        """Open promises that are not on the agenda."""
        here = {item.ref for item in items}
        return [
            one for one in promises if one.state == "open" and one.handle not in here
        ]

    def _text(self, item: Item) -> str:
        if not item.ref:
            return item.text
        found = refs.resolve(self.planner.db, item.ref, trashed=True)
        return item.ref if found is None else f"{bare(found[2], ())} {item.ref}"

    def _since(self, item: Item) -> str:
        if not item.carried:
            return ""
        found = refs.resolve(self.planner.db, item.carried, trashed=True)
        if found is None or found[3] != "event":
            return item.carried
        day = events.get(self.planner.db, found[0]).starts_on
        return labels.date_words(day, self.planner.today)

    def spoken(self, text: str) -> str:
        """``text`` as one reads it aloud: aliases, and no handles at its end."""
        return bare(text, self.names)

    def _rows(self, width: int) -> list[Row]:
        if self.view is None:
            said = _("Choose a talk on the left, or add one with n.")
            return [Row(tuple(paragraph(said, width, "muted")))]
        return list(one_rows(self.view, width - 1, self.planner.frame))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done to this talk is a key."""
        return can(action, parameters, self.event, self.planner.today)

    def is_idle(self, action: str) -> bool:
        """An item can be ticked, what is ready to say can be put on the agenda."""
        row = self.rows.row
        kind = "" if row is None else row.kind
        if action == "take":
            return kind != "ready"
        return action == "tick" and kind != "item"

    # -- the agenda --------------------------------------------------------------------

    def _place(self) -> int:
        """The number of the item one is on, 0 for none."""
        row = self.rows.row
        return row.key if row is not None and row.kind == "item" else 0

    def _changed(self, event: Event, said: str = "") -> None:
        """Show what came of a change, and tell the screen."""
        self.event = event
        self.post_message(Changed(said))

    def action_tick(self) -> None:
        """Tick the item, or take the tick back; what is ready goes on the agenda."""
        event, place, view = self.event, self._place(), self.view
        if event is None or view is None:
            return
        if not place:
            self.action_take()
            return
        planner = self.planner
        done = not view.agenda[place - 1].done
        with telling(self):
            self._changed(
                agendas.tick(
                    planner.db, event, place, planner.today, planner.now(), done
                )
            )

    def action_take(self) -> None:
        """Put what is ready to say on the agenda."""
        row, view, planner = self.rows.row, self.view, self.planner
        if row is None or view is None or row.kind != "ready":
            say(self, _("Go to a line under “Ready to say” first."))
            return
        point = view.ready[row.key]
        kind = "inform"
        if point.kind == "ask" or point.kind in ("said", "seen", "guess"):
            kind = "ask"
        with telling(self):
            event = agendas.add_item(
                planner.db,
                view.event,
                point.handle,
                planner.today,
                planner.now(),
                kind=kind,
            )
            self._changed(event, _("On the agenda: {text}").format(text=point.text))

    def action_open(self) -> None:
        """Go to the thing of the line; an item of one's own words is edited."""
        row = self.rows.row
        if row is not None and row.handle:
            self.post_message(ItemPicked(row.handle))
        else:
            self.action_edit()

    def action_edit(self) -> None:
        """Change the item one is on; without one, add one."""
        self.post_message(VerbAsked(f"edit_item:{self._place()}"))

    def action_kind(self) -> None:
        """Let the item be for the next thing: decide, inform, ask, thank."""
        event, place, view, planner = self.event, self._place(), self.view, self.planner
        if event is None or view is None or not place:
            return
        at = ITEM_KINDS.index(view.agenda[place - 1].kind)
        kind = ITEM_KINDS[(at + 1) % len(ITEM_KINDS)]
        with telling(self):
            self._changed(
                agendas.set_item(
                    planner.db, event, place, planner.today, planner.now(), kind=kind
                )
            )

    def action_drop(self) -> None:
        """Take the item off."""
        event, place, planner = self.event, self._place(), self.planner
        if event is None or not place:
            return
        with telling(self):
            changed = agendas.drop_item(
                planner.db, event, place, planner.today, planner.now()
            )
            self._changed(changed, _("Off the agenda; u brings it back."))

    def action_shift(self, by: int) -> None:
        """Move the item."""
        event, place, view, planner = self.event, self._place(), self.view, self.planner
        if event is None or view is None or not place:
            return
        to = place + by
        if not 1 <= to <= len(view.agenda):
            return
        with telling(self):
            event = agendas.shift_item(
                planner.db, event, place, by, planner.today, planner.now()
            )
            self.rows.cursor += by
            self._changed(event)

    def action_verb(self, name: str) -> None:
        """Ask for one of the verbs."""
        self.post_message(VerbAsked(name))

    @on(RowList.Chosen)
    def chosen(self, event: RowList.Chosen) -> None:
        """A double click opens."""
        event.stop()
        self.action_open()

    @property
    def ahead(self) -> bool:
        """Whether the talk shown is still to be held."""
        return self.event is not None and self.event.state in AHEAD
