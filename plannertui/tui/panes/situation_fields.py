"""The questions of one step through a situation, each with the place for its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from plannertui.core.situation_steps import PAIRS, TELL, Step
from plannertui.core.situations import (
    MOST_OPTIONS,
    Situation,
    halves,
    joined,
    tells,
)
from plannertui.i18n import gettext as _
from plannertui.tui.panes.situation_rows import COLUMNS, StepRows
from plannertui.tui.safety import words
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.reply import Reply
from plannertui.tui.widgets.ticks import Ticks

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from plannertui.tui.planner import Planner


class StepFields(VerticalScroll, can_focus=False):
    """The fields of ``step``, filled with what ``situation`` has; None for a new one."""

    class Over(Message):
        """The last answer was given, or passed over."""

    class Before(Message):
        """Back from the first answer."""

    def __init__(
        self, planner: Planner, step: Step, situation: Situation | None
    ) -> None:
        super().__init__(id="situation-fields", classes=f"-{step.name}")
        self.planner = planner
        self.step = step
        self.situation = situation
        self.leaving = False

    def compose(self) -> ComposeResult:
        """A row for each field."""
        yield from StepRows(self.planner, self.step, self.situation).rows()

    def on_mount(self) -> None:
        """Show what the answers make sense for."""
        self._fit_type()

    @on(Choice.Picked, "#a-type")
    def _fit_type(self) -> None:
        """To inform asks for nothing: what is told is asked, not what is needed."""
        found = self.query("#a-type")
        if found:
            decide = found.first(Choice).value != "inform"
            self.query_one("#row-decision").display = decide
            ask = next(f.ask for f in self.step.fields if f.name == "propose")
            asked = self.query_one("#row-propose").query(".ask").first(Static)
            asked.update(words(_(ask if decide else TELL)))

    @on(Choice.Picked, "#a-pair")
    def pair_picked(self, event: Choice.Picked) -> None:
        """Write the pair into the two sides, unless they say something else."""
        sides = [self.query_one(f"#a-between-{n}", Reply) for n in (0, 1)]
        known = [halves(_(pair)) for pair in PAIRS]
        now = (sides[0].text.strip(), sides[1].text.strip())
        if now == ("", "") or now in known:
            for side, text in zip(sides, known[int(event.value)], strict=True):
                side.put_in(text)

    # -- answers -----------------------------------------------------------------------

    def answers(self) -> dict[str, Any]:
        """What is answered, by the names of the fields, as ``changes`` takes it."""
        texts = self.texts()
        found: dict[str, Any] = {}
        for field in self.step.fields:
            name = f"a-{field.name}"
            if field.form == "ways":
                found[field.name] = [
                    {column: texts[f"a-way-{at}-{column}"] for column in COLUMNS}
                    for at in range(MOST_OPTIONS)
                ]
            elif field.name == "between":
                sides = (texts["a-between-0"], texts["a-between-1"])
                found[field.name] = joined(*sides)
            elif name not in texts:
                continue
            elif field.form in ("lines", "ticks"):
                found[field.name] = texts[name].split("\n")
            elif field.form == "pick":
                found[field.name] = int(texts[name] or 0)
            elif field.form == "person":
                found[field.name] = int(texts[name]) if texts[name] else None
            else:
                found[field.name] = texts[name]
        kept = self.situation
        # What is only shown beforehand follows the pick until it is chosen.
        unchosen = kept is not None and "type" not in kept.move
        if kept is not None and unchosen and found.get("type") == tells(kept):
            del found["type"]
        return found

    def texts(self) -> dict[str, str]:
        """What stands in each widget, by its id."""
        found = {str(each.id): each.text for each in self.query(Reply)}
        found |= {str(each.id): each.value for each in self.query(Choice)}
        found |= {str(each.id): "\n".join(each.values) for each in self.query(Ticks)}
        return found

    def put_in(self, texts: dict[str, str]) -> None:
        """Show ``texts``, as ``texts`` gave them, in place of what stands there."""
        for reply in self.query(Reply):
            if reply.id in texts:
                reply.put_in(texts[reply.id])
        for choice in self.query(Choice):
            known = [each for each, _word in choice.choices]
            if choice.id in texts and texts[choice.id] in known:
                choice.value = texts[choice.id]
        for ticks in self.query(Ticks):
            if ticks.id in texts:
                ticks.ticked = frozenset(texts[ticks.id].split("\n")) - {""}
        self._fit_type()

    # -- from field to field -----------------------------------------------------------

    @property
    def order(self) -> list[Widget]:
        """What takes keys, in the order in which it is asked."""
        return [each for each in self.query("Reply, Choice, Ticks") if each.focusable]

    def begin(self, *, last: bool = False) -> None:
        """Go to the first answer that is missing; ``last``: to the last field."""
        order = self.order
        if not order:
            return
        if last:
            order[-1].focus()
            return
        replies = [each for each in order if isinstance(each, Reply)]
        empty = [each for each in replies if not each.text.strip()]
        begun = len(empty) < len(replies)
        (empty[0] if begun and empty else order[0]).focus()

    def step_from(self, here: Widget | None, by: int) -> None:
        """Go to the neighbour of ``here``, or out of the step."""
        order = self.order
        at = order.index(here) + by if here in order else 0
        if at >= len(order):
            self.leaving = True
            self.post_message(self.Over())
        elif at < 0:
            self.leaving = True
            self.post_message(self.Before())
        else:
            order[at].focus()

    def go_on(self, here: Widget | None) -> None:
        """Enter: to the next field; from an empty way past its cost."""
        name = str(here.id or "") if here is not None else ""
        parts = name.split("-")
        if name.startswith("a-way-") and isinstance(here, Reply):
            at, column = int(parts[2]), parts[3]
            blank = not here.text.strip()
            text = self.query_one(f"#a-way-{at}-text", Reply).text.strip()
            last = at == MOST_OPTIONS - 1
            if column == "text" and blank and not last:
                self.query_one(f"#a-way-{at + 1}-text").focus()
                return
            if column == "cost" and blank and not text:
                self.query_one("#a-pick").focus()
                return
        self.step_from(here, 1)

    @on(Reply.Done)
    def reply_done(self, event: Reply.Done) -> None:
        """Enter in a text; of a list the empty lines go."""
        event.stop()
        if event.reply.many:
            event.reply.tidy()
        self.go_on(event.reply)

    @on(Reply.Edge)
    def reply_edge(self, event: Reply.Edge) -> None:
        """An arrow key leads out of a text; it never leads out of the step."""
        event.stop()
        self._move(event.reply, event.by)

    @on(Ticks.Edge)
    def ticks_edge(self, event: Ticks.Edge) -> None:
        """An arrow key leads out of the boxes."""
        event.stop()
        self._move(event.ticks, event.by)

    def _move(self, here: Widget, by: int) -> None:
        order = self.order
        at = order.index(here) + by
        if 0 <= at < len(order):
            order[at].focus()
