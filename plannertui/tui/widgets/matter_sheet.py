"""Everything about one matter, as rows of the panel beside the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from plannertui.core.boundary import (
    FACTS,
    TESTS,
    answer_word,
    answers,
    decision_of,
    decision_word,
    fact_word,
    kind_word,
)
from plannertui.core.matter_words import (
    age,
    away,
    move_lines,
    origin_word,
    rule,
    weight_word,
)
from plannertui.core.matters import counted_on
from plannertui.core.words import kind_word as matter_kind
from plannertui.core.words import nature_word, state_word
from plannertui.i18n import gettext as _
from plannertui.tui import labels
from plannertui.tui.widgets.drawn import BLANK, Line, line
from plannertui.tui.widgets.matter_lines import title_of
from plannertui.tui.widgets.rows import Row, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from plannertui.core.matters import Matter
    from plannertui.store.carrying import Tie
    from plannertui.store.history import Revision
    from plannertui.tui.themes import Frame
    from plannertui.tui.widgets.matter_lines import Board

MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class Sheet:
    """A matter with what it hangs together with, and what was done to it."""

    matter: Matter
    ties: tuple[Tie, ...] = ()
    steps: tuple[Revision, ...] = ()
    serves: str = ""


def sheet_rows(sheet: Sheet, board: Board, width: int, frame: Frame) -> list[Row]:
    """The panel in ``width`` cells."""
    matter, today = sheet.matter, board.today

    def said(day: date) -> str:
        return labels.day_words(day, today)

    dot = f" {frame.dot} "
    kinds = [matter_kind(matter.kind), nature_word(matter.nature)]
    kinds.append(state_word(matter.state))
    lines: list[Line] = [
        line((matter.handle, "muted"), ("  " + dot.join(kinds), "muted")),
        *paragraph(title_of(matter), width, "strong"),
        BLANK,
    ]
    facts = [origin_word(matter.origin), weight_word(matter)]
    if matter.person is not None:
        facts.insert(0, _("with {who}").format(who=matter.person.label))
    lines += paragraph(dot.join(part for part in facts if part), width, "")
    if matter.due is not None:
        words = _("due {day}").format(day=said(matter.due))
        if matter.state == "open":
            words += dot + away(matter.due, today, board.calendar)
        lines += paragraph(words, width, "")
    came = _("came up {day}").format(day=said(matter.day))
    old = age(matter, today, board.calendar)
    lines += paragraph(came + (dot + old if old else ""), width, "muted")
    if matter.closed_on is not None:
        words = _("closed {day}").format(day=said(matter.closed_on))
        if matter.told_on is not None:
            words += dot + _("told {day}").format(day=said(matter.told_on))
        lines += paragraph(words, width, "muted")
    counts = rule(matter, today, said)
    if counts:
        lines += [BLANK, *paragraph(counts, width, "")]
    rows = [Row(tuple(lines))]
    rows += _section(_("Moved"), move_lines(matter, said), width, frame)
    rows += _section(_("Belongs to"), _places(sheet, said), width, frame)
    rows += _boundary(matter, width, frame)
    steps = [
        f"{labels.date_words(day, today)}  {step.label}"
        for step in sheet.steps
        if (day := _day(step.at)) is not None
    ]
    # What one action did in several strokes is one step.
    steps = [step for step, _same in groupby(steps)][-MOST_STEPS:]
    rows += _section(_("History"), steps, width, frame, role="muted")
    return rows


def _section(
    name: str, texts: list[str], width: int, frame: Frame, role: str = ""
) -> list[Row]:
    """A heading with paragraphs under it; nothing where there are none."""
    if not texts:
        return []
    lines = [each for text in texts for each in paragraph(text, width, role)]
    return [Row((BLANK,)), heading(name, "", "", width, frame), Row(tuple(lines))]


def _places(sheet: Sheet, said: Callable[[date], str]) -> list[str]:
    """Its goal, what it serves, what it came out of, the days it was taken up on."""
    matter, found = sheet.matter, []
    if matter.goal is not None:
        found.append(f"{matter.goal.handle}  {matter.goal.label}")
    if sheet.serves:
        found.append(sheet.serves)
    named = {
        matter.goal.id if matter.goal else 0,
        matter.person.id if matter.person else 0,
    }
    for tie in sheet.ties:
        label = tie.ref.label.split("\n", 1)[0]
        name = f"{tie.ref.handle}  {label}".rstrip()
        if tie.role == "from":
            words = _("out of {what}") if tie.way == "to" else _("led to {what}")
            found.append(words.format(what=name))
        elif tie.role == "carried":
            words = _("carries {what}") if tie.way == "to" else _("carried by {what}")
            found.append(words.format(what=name))
        elif tie.ref.id not in named:
            found.append(name)
    days = sorted({*matter.carried, *counted_on(matter)})
    if days:
        words = _(", ").join(said(day) for day in days[-4:])
        found.append(_("taken up {days}").format(days=words))
    if matter.tags:
        found.append(" ".join(f"#{tag}" for tag in matter.tags))
    return found


def _boundary(matter: Matter, width: int, frame: Frame) -> list[Row]:
    """The record: the words, the facts, the three tests, the decision."""
    record = matter.boundary or {}
    if matter.nature != "grey" and not record:
        return []
    lines: list[Line] = []
    for part in str(record.get("words") or "").split("\n"):
        lines += paragraph(part, width, "")
    for name in FACTS:
        text = str(record.get(name) or "")
        if text:
            text = kind_word(text) if name == "kind" else text
            said = _("{what}: {name}").format(what=fact_word(name), name=text)
            lines += paragraph(said, width, "")
    given = answers(record)
    if any(given):
        for question, answer in zip(TESTS.values(), given, strict=True):
            lines += paragraph(f"{_(question)} {answer_word(answer)}", width, "muted")
    decision = decision_word(decision_of(matter))
    for name in ("consulted", "sentence"):
        if record.get(name):
            decision += _("; ") + str(record[name])
    lines += paragraph(decision, width, "strong")
    if matter.state == "open" and not decision_of(matter):
        said = _("b: what was asked, three tests, your decision. It stays with you.")
        lines += paragraph(said, width, "muted")
    head = heading(_("Boundary"), "", "", width, frame)
    return [Row((BLANK,)), head, Row(tuple(lines))]


def _day(stamp: str) -> date | None:
    return date.fromisoformat(stamp[:10]) if stamp else None
