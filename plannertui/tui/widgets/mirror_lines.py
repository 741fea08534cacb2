"""The mirror as rows: a word at the left, then what it counts, bars, marks, the days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.core.mirror import Block, answer_word
from plannertui.core.mirror import Line as Said
from plannertui.tui.widgets.drawn import (
    BLANK,
    Span,
    fit,
    line,
    pad,
    pad_left,
)
from plannertui.tui.widgets.heat import strip_line
from plannertui.tui.widgets.rows import Row, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.store.mirror import Mirror
    from plannertui.tui.themes import Frame

BAR = 10
LEAST_LABEL = 12
LOW = "▆"
"""A full cell of a bar, with a gap to the bar above."""


def figure_rows(
    mirror: Mirror, blocks: Sequence[Block], width: int, frame: Frame
) -> list[Row]:
    """Every figure on a line of its own; ``key`` is its place among all of them."""
    left = max(cell_len(block.name) for block in blocks) + 2
    if width < left + 34:
        left = 2
    rows: list[Row] = []
    key = 0
    for block in blocks:
        if rows:
            rows.append(Row((BLANK,)))
        if left == 2:
            rows.append(Row((line((block.name, "heading")),)))
        if not block.lines:
            head = pad(block.name, left) if left > 2 else "  "
            said = paragraph(block.empty, width - left, "muted")
            first, *rest = said or [BLANK]
            lines = [
                line((head, "heading"), *first.spans),
                *(line((" " * left, ""), *each.spans) for each in rest),
            ]
            rows.append(Row(tuple(lines)))
        for number, said_line in enumerate(block.lines):
            head = block.name if number == 0 and left > 2 else ""
            spans = _line(mirror, said_line, width - left, frame)
            rows.append(
                Row(
                    tuple(
                        line((pad(head if at == 0 else "", left), "heading"), *each)
                        for at, each in enumerate(spans)
                    ),
                    "figure",
                    key,
                )
            )
            key += 1
    return rows


def _line(
    mirror: Mirror, said: Said, width: int, frame: Frame
) -> list[tuple[Span, ...]]:
    """One figure at ``width`` cells: its words, and what stands at the right."""
    right: list[Span]
    if said.answers:
        last = answer_word(said.answers[-1])
        right = [*_answers(said.answers, frame), (pad_left(last, 10), "muted")]
    elif said.bar is not None:
        right = [*_bar(*said.bar, frame), (pad_left(said.value, 10), "strong")]
    elif said.opens == ("reflected",):
        figure = mirror.figures["reflected"]
        days = strip_line([case.counts for case in figure.cases], frame)
        words: tuple[Span, ...] = ((said.value + " ", "strong"), (said.label, ""))
        taken = sum(cell_len(text) for text, _role in words)
        if taken + 22 <= width:
            return [(*words, (" " * (width - taken - 20), ""), *days)]
        return [words, days]
    else:
        right = [(said.value, "behind" if said.gap else "strong")]
    taken = sum(cell_len(text) for text, _role in right)
    indent = "  " if said.indent else ""
    room = max(LEAST_LABEL, width - taken - 2 - len(indent))
    label = fit(said.label, room, frame)
    gap = max(1, width - len(indent) - cell_len(label) - taken)
    return [((indent + label, ""), (" " * gap, ""), *right)]


def _bar(count: int, total: int, frame: Frame) -> list[Span]:
    """As many cells as there were, up to ten; full ones for what is counted."""
    if not total:
        return [(" " * BAR, "")]
    width = min(BAR, total)
    full = count * width // total
    if count and not full:
        full = 1
    return [
        ((frame.full if frame.name == "ascii" else LOW) * full, "here"),
        (frame.track * (width - full), "track"),
        (" " * (BAR - width), ""),
    ]


def _mark(frame: Frame) -> dict[str, str]:
    if frame.name == "ascii":
        return {"yes": "#", "partly": "+", "no": "-"}
    return {"yes": "●", "partly": "◐", "no": "○"}


def _answers(answers: Sequence[str], frame: Frame) -> list[Span]:
    marks = _mark(frame)
    return [
        (marks.get(each, "?") + " ", "here" if each == "yes" else "muted")
        for each in answers
    ]
