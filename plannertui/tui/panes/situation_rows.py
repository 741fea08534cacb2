"""How the questions of one step through a situation are laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from plannertui.core.situation_answers import value
from plannertui.core.situation_steps import PAIRS, Field, Step
from plannertui.core.situations import (
    LETTERS,
    MOST_OPTIONS,
    Situation,
    halves,
    picked,
    public_word,
    tells,
    type_word,
    ways,
)
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.store import people, priorities
from plannertui.tui import labels
from plannertui.tui.safety import words
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.reply import Reply
from plannertui.tui.widgets.ticks import Tick, Ticks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.tui.planner import Planner

COLUMNS = ("text", "cost", "borne_by")
BESIDE = {"asked_what": "asked_by", "by": "decision"}
"""Fields that stand on the line of another one."""
CHOSEN = {"kind": kind_word, "public_test": public_word, "type": type_word}


class StepRows:
    """The rows of ``step``, filled with what ``situation`` has; None for a new one."""

    def __init__(
        self, planner: Planner, step: Step, situation: Situation | None
    ) -> None:
        self.planner = planner
        self.step = step
        self.situation = situation

    def rows(self) -> Iterable[Widget]:
        """A row for each field."""
        for field in self.step.fields:
            if field.name in BESIDE:
                continue
            second = next(
                (f for f in self.step.fields if BESIDE.get(f.name) == field.name), None
            )
            yield from self._row(field, second)

    def _row(self, field: Field, second: Field | None) -> Iterable[Widget]:
        have = self._value(field)
        match field.form:
            case "choice":
                names = [(each, CHOSEN[field.name](each)) for each in field.choices]
                yield self._chosen(field, names, str(have or ""))
            case "person":
                leaders = [
                    (str(each.id), each.alias)
                    for each in people.ls(self.planner.db)
                    if each.relation in ("leader", "above")
                ]
                if leaders:
                    yield self._chosen(field, [*leaders, ("", _("nobody’s"))], have)
            case "pick":
                letters = [(str(n), LETTERS[n - 1]) for n in (1, 2, 3)]
                yield self._chosen(field, [*letters, ("", _("none"))], str(have or ""))
            case "ticks":
                yield from self._ticks(field, have)
            case "ways":
                yield from self._ways(field, have)
            case "lines":
                text = "\n".join(have or [])
                reply = Reply(self.planner, text, many=True, id=f"a-{field.name}")
                yield self._asked(field, reply)
            case _:
                if field.name == "between":
                    yield from self._heart(field, str(have or ""))
                    return
                replies = [self._reply(field)]
                if second is not None:
                    replies.append(self._reply(second))
                yield self._asked(field, *replies, second=second)

    def _value(self, field: Field) -> Any:
        """What is answered already, or what a new one begins with."""
        if self.situation is not None:
            if field.form == "person":
                person = self.situation.person
                return str(person.id) if person else ""
            if field.name == "type":
                return tells(self.situation)
            return value(self.situation, field)
        if field.form == "person":
            leader = people.primary(self.planner.db)
            return str(leader.id) if leader else ""
        return "emergency" if field.name == "kind" else ""

    def _reply(self, field: Field) -> Reply:
        return Reply(
            self.planner,
            str(self._value(field) or ""),
            hint=words(labels.hint(self._hint(field))),
            id=f"a-{field.name}",
        )

    def _hint(self, field: Field) -> str:
        """What stands for the answer as long as there is none."""
        situation = self.situation
        if field.name == "report_again_at":
            return _("such as 16:00")
        if field.name == "by":
            return _("such as 15:00")
        if situation is None or field.part != "move":
            return ""
        pick = picked(situation)
        if field.name == "propose" and pick:
            return ways(situation)[pick - 1]["text"]
        return ""

    def _asked(
        self, field: Field, *replies: Widget, second: Field | None = None
    ) -> Widget:
        """A question, and its answer under it; two of them side by side."""
        asks = [Static(_(field.ask), classes="ask", markup=False)]
        if second is not None:
            asks.append(Static(_(second.ask), classes="ask", markup=False))
            replies[-1].add_class("second")
        parts: list[Widget] = []
        for reply in replies:
            parts += [Static(">", classes="mark", markup=False), reply]
        return Vertical(
            Horizontal(*asks, classes="asks"),
            Horizontal(*parts, classes="replies"),
            classes="row",
            id=f"row-{field.name}",
        )

    def _chosen(self, field: Field, names: list[tuple[str, str]], have: str) -> Widget:
        """A question, and a few values to choose from beside it."""
        return Horizontal(
            Static(_(field.ask), classes="ask beside", markup=False),
            Choice(names, have, id=f"a-{field.name}"),
            classes="row",
            id=f"row-{field.name}",
        )

    def _ticks(self, field: Field, have: list[str]) -> Iterable[Widget]:
        """The priorities of the leader in whose chair one sits."""
        situation = self.situation
        if situation is None or situation.person is None:
            return
        found = [
            Tick(each.handle, each.text, kind_word(each.basis))
            for each in priorities.ls(self.planner.db, situation.person.id)
        ]
        if found:
            ticks = Ticks(self.planner, found, have, id=f"a-{field.name}")
            ask = Static(_(field.ask), classes="ask", markup=False)
            yield Vertical(ask, ticks, classes="row", id=f"row-{field.name}")

    def _ways(self, field: Field, have: list[dict[str, str]]) -> Iterable[Widget]:
        """A table: way, cost, who bears it."""
        yield Static(_(field.ask), classes="ask", markup=False)
        yield Horizontal(
            Static("", classes="letter", markup=False),
            Static(_("way"), classes="ask way", markup=False),
            Static(_("what it costs"), classes="ask cost", markup=False),
            Static(_("who bears it"), classes="ask borne", markup=False),
            classes="asks",
        )
        for at in range(MOST_OPTIONS):
            way = have[at] if have and at < len(have) else {}
            hint = _("do nothing") if at == MOST_OPTIONS - 1 else ""
            cells = [
                Reply(
                    self.planner,
                    way.get(name, ""),
                    hint=words(labels.hint(hint) if name == "text" else ""),
                    id=f"a-way-{at}-{name}",
                    classes=look,
                )
                for name, look in zip(COLUMNS, ("way", "cost", "borne"), strict=True)
            ]
            letter = Static(LETTERS[at], classes="letter", markup=False)
            yield Horizontal(letter, *cells, classes="row way-row")

    def _heart(self, field: Field, have: str) -> Iterable[Widget]:
        """Two sides, and pairs that it often is."""
        one, other = halves(have)
        pairs = [(str(n), _(pair)) for n, pair in enumerate(PAIRS)]
        yield Vertical(
            Static(_(field.ask), classes="ask", markup=False),
            Choice(pairs, "", id="a-pair"),
            Horizontal(
                Static(">", classes="mark", markup=False),
                Reply(self.planner, one, id="a-between-0"),
                Static(_("against"), classes="against", markup=False),
                Reply(self.planner, other, id="a-between-1"),
                classes="replies",
            ),
            classes="row",
            id="row-between",
        )
