"""What is being answered in a situation and not saved yet, kept through a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.store import drafts, situations

if TYPE_CHECKING:
    from plannertui.core.situation_steps import Step
    from plannertui.core.situations import Situation
    from plannertui.tui.planner import Planner


def begun(planner: Planner) -> str:
    """The line of a situation that was typed and not opened yet, "" for none."""
    draft = drafts.get(planner.db, situations.draft_of(None))
    for each in [] if draft is None else draft.body.split("\n"):
        name, _tab, text = each.partition("\t")
        if name == "a-line":
            return text
    return ""


class StepDraft:
    """The step one was at, and what was typed in it since it was saved.

    The body has one line for each line of an answer: its id, a tab, the text; before them
    "step", a tab, the number of the step.
    """

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.typed: dict[str, str] = {}
        self._at: int | None = None
        self._left: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self._kept = ""

    def open(self, situation: Situation | None) -> int | None:
        """Take up the draft of ``situation``; the step one was at, None for none."""
        draft = drafts.get(self.planner.db, situations.draft_of(situation))
        self._at, self.typed, self._left, self._kept = None, {}, {}, ""
        if draft is None:
            return None
        self._kept = draft.body
        lines: dict[str, list[str]] = {}
        for each in draft.body.split("\n"):
            name, _tab, text = each.partition("\t")
            lines.setdefault(name, []).append(text)
        number = lines.pop("step", ["0"])[0]
        self._at = min(int(number), 5) if number.isdecimal() else 0
        self._left = {name: "\n".join(texts) for name, texts in lines.items()}
        return self._at

    def begin(self, step: Step, texts: dict[str, str]) -> None:
        """Show ``step``, whose saved answers are ``texts``: what was typed belongs to it?"""
        from plannertui.core.situation_steps import NAMES

        here = NAMES.index(step.name) == self._at
        self.typed = dict(self._left) if here else {}
        self._first = texts
        self._at = None

    def keep(self, situation: Situation | None, at: int, texts: dict[str, str]) -> None:
        """Write down the step, and what differs from its saved answers."""
        changed = {
            name: text
            for name, text in texts.items()
            if text != self._first.get(name, "") and name != "a-pair"
        }
        lines = [
            f"{name}\t{part}"
            for name, text in changed.items()
            for part in text.split("\n")
        ]
        body = "\n".join([f"step\t{at}", *lines])
        if situation is None and not changed:
            body = ""
        if body == self._kept:
            return
        drafts.put(
            self.planner.db,
            situations.draft_of(situation),
            body,
            base_rev=0 if situation is None else situation.rev,
            session=drafts.session_id(),
            now=self.planner.now(),
        )
        self._kept = body

    def saved(self, situation: Situation, at: int, texts: dict[str, str]) -> None:
        """The step is in the store: only where one is remains to be known."""
        drafts.drop(self.planner.db, situations.draft_of(None))
        self._first = texts
        self.keep(situation, at, texts)
