"""The rows of a review: what a step lays out, its questions, the choice of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.core.reviews import minutes_of, name_of, steps_of
from plannertui.core.text import first_line
from plannertui.i18n import gettext as _
from plannertui.i18n import language, pgettext
from plannertui.tui import labels
from plannertui.tui.widgets.drawn import BLANK, Line, fit, flat, line, pad
from plannertui.tui.widgets.rows import Row, heading, paragraph
from plannertui.tui.wording import quoted
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plannertui.store.reviewing import Group, Part
    from plannertui.store.reviewing.questions import Posed
    from plannertui.store.reviewing.standing import Standing
    from plannertui.store.reviews import Review
    from plannertui.tui.planner import Planner
    from plannertui.tui.themes import Frame

HANDLE = 6
MOST_LINES = 3
GAP = Row((BLANK,))


def laid_out(groups: Sequence[Group], width: int, frame: Frame) -> list[Row]:
    """The groups of a step, each under its heading."""
    rows: list[Row] = []
    for group in groups:
        if rows:
            rows.append(GAP)
        rows.append(Row(tuple(paragraph(group.title, width, "heading"))))
        if not group.parts:
            rows.append(Row(tuple(paragraph(group.empty, width, "muted"))))
        handles = any(part.handle for part in group.parts)
        rows += [_part(part, handles, width, frame) for part in group.parts]
    return rows


def _part(part: Part, handles: bool, width: int, frame: Frame) -> Row:
    """One line: handle, text, and what is to be known of it at the right or below."""
    lead = HANDLE if handles else 0
    about = flat(part.about)
    muted = part.role == "muted" or not part.noun
    text_role = "muted" if muted else ""
    about_role = part.role if part.role not in ("", "muted") else "muted"
    room = max(8, width - lead)
    beside = cell_len(about) + 2
    text = flat(part.text)
    lines: list[Line] = []
    handle = (pad(fit(part.handle, lead - 1, frame), lead) if lead else "", "muted")
    if cell_len(text) + (beside if about else 0) <= room:
        gap = " " * (room - cell_len(text) - cell_len(about)) if about else ""
        lines.append(line(handle, (text, text_role), (gap, ""), (about, about_role)))
    else:
        parts = wrap(text, room)
        if len(parts) > MOST_LINES:
            parts = [*parts[: MOST_LINES - 1], _rest(text, parts, room, frame)]
        for place, one in enumerate(parts):
            first = handle if not place else (" " * lead, "")
            lines.append(line(first, (one, text_role)))
        lines += [
            line((" " * lead, ""), (one, about_role))
            for one in wrap(about, room)
            if one
        ]
    return Row(tuple(lines), part.noun, part.id, part.handle)


def _rest(text: str, parts: Sequence[str], room: int, frame: Frame) -> str:
    """As much of ``text`` as one line holds, from the last line on that is shown."""
    at = 0
    for part in parts[: MOST_LINES - 1]:
        at = text.index(part, at) + len(part)
    return fit(text[at:].lstrip() + frame.ellipsis, room, frame)


def questions(
    found: Sequence[Posed], today: date, width: int, frame: Frame
) -> list[Row]:
    """The questions, each with why it is asked, the answer of then and that of now."""
    rows: list[Row] = []
    for place, one in enumerate(found):
        rows.append(GAP)
        lines: list[Line] = []
        if one.why:
            lines += paragraph(one.why, width, "muted")
        text = one.prompt.text(language())
        lines += paragraph(text, width, "strong" if one.answer else "strong here")
        for old in (one.before, one.answer):
            if old is None:
                continue
            day = labels.date_words(old.day, today)
            said = quoted(flat(old.text), frame)
            words = _("{day}: {text}").format(day=day, text=said)
            lines += paragraph(words, width, "muted" if old is one.before else "")
        rows.append(Row(tuple(lines), "question", place))
    return rows


def sentence(writes: str, kept: str, width: int) -> list[Row]:
    """The step's own sentence, to go to where there are questions besides it."""
    lines = paragraph(writes, width, "muted")
    if kept:
        lines += paragraph(kept, width, "")
    return [GAP, Row(tuple(lines), "sentence")]


def page(markdown: str, width: int) -> list[Row]:
    """A page of Markdown as it will be printed, its headings in bold."""
    from plannertui.outputs.blocks import plain

    rows: list[Row] = []
    for text in markdown.rstrip().split("\n"):
        if not text.strip():
            rows.append(GAP)
            continue
        indent = len(text) - len(text.lstrip())
        bare = plain(text.lstrip("# "))
        role = "heading" if text.startswith("#") else ""
        hang = 2 if bare.startswith("- ") else 0
        found = paragraph(bare, width - hang, role, indent)
        # What goes on stands under the words of its line, not under the dash.
        found[1:] = [line((" " * hang, ""), *each.spans) for each in found[1:]]
        rows.append(Row(tuple(found)))
    return rows


def steps(review: Review, at: int, width: int, frame: Frame) -> list[Row]:
    """The steps of a review: done or skipped, their minutes, the one at hand."""
    rows: list[Row] = []
    every = steps_of(review.kind)
    sitting = 1
    for place, step in enumerate(every):
        if step.sitting != sitting or (place == 0 and every[-1].sitting > 1):
            sitting = step.sitting
            title = _("Sitting {number}").format(number=sitting)
            if rows:
                rows.append(GAP)
            rows.append(heading(title, "", "", width, frame))
        state = review.step(step.name).state
        mark = {"done": frame.done_box, "skipped": "-"}.get(state, frame.open_box)
        minutes = str(step.minutes)
        room = width - cell_len(mark) - len(minutes) - 2
        name = fit(step.heading, room, frame)
        role = "strong here" if place == at else "muted" if state else ""
        rows.append(
            Row(
                (
                    line(
                        (mark + " ", "here" if place == at else "muted"),
                        (pad(name, room), role),
                        (" " + minutes, "faint"),
                    ),
                ),
                "step",
                place,
            )
        )
    return rows


def choice(
    found: Sequence[Standing],
    held: Sequence[Review],
    planner: Planner,
    width: int,
) -> list[Row]:
    """The reviews one can hold, and those that were held."""
    frame, today = planner.frame, planner.today
    dot = f" {frame.dot} "
    rows = [heading(_("Look back and ahead"), "", "", width, frame)]
    for place, each in enumerate(found):
        on = labels.day_words(each.on, today) if each.on is not None else ""
        mine = each.review.entry if each.review.closed else None
        words, role = {
            "held": (pgettext("review", "held"), "muted"),
            "open": (_("begun"), "behind"),
            "due": (pgettext("review", "due"), "here"),
            "coming": (on, "muted"),
        }["held" if mine is not None else each.state]
        name = name_of(each.kind)
        room = max(4, width - cell_len(words) - 1)
        head = fit(f"{name}  {each.period.shown}", room, frame)
        steps = len(steps_of(each.kind))
        about = [_("{minutes} min").format(minutes=minutes_of(each.kind))]
        if each.state == "open":
            passed = _("{done} of {all} steps").format(
                done=each.review.passed, all=steps
            )
            about.append(passed)
        elif each.state == "due" and on:
            about.append(on)
        if mine is not None:
            about.append(labels.day_words(mine.day, today))
        elif each.held is not None:
            about.append(_("last: {period}").format(period=each.held.period.label))
        lines = [
            line(
                (pad(head, room), "strong" if each.state != "coming" else ""),
                (" ", ""),
                (words, role),
            ),
            *paragraph(dot.join(about), width, "muted"),
        ]
        rows.append(Row(tuple(lines), "review", place))
    rows += [GAP, heading(_("Held"), "", "", width, frame)]
    for review in held:
        assert review.entry is not None
        name = f"{name_of(review.kind)} {review.period.label}"
        day = labels.date_words(review.entry.day, today)
        head = pad(review.entry.handle, HANDLE)
        text = flat(first_line(review.entry.text))
        # A name that an earlier language gave it is a name too.
        if text.endswith(f" {review.period.label}"):
            text = flat(" ".join(review.entry.text.split("\n")[1:]))
        room = max(4, width - HANDLE - cell_len(day) - 1)
        name = fit(name, room, frame)
        left = room - cell_len(name) - 3
        text = f"{dot}{fit(text, left, frame)}" if left > 8 and text else ""
        rest = room - cell_len(name) - cell_len(text) + 1
        rows.append(
            Row(
                (
                    line(
                        (head, "muted"),
                        (name, ""),
                        (text, "muted"),
                        (" " * rest, ""),
                        (day, "muted"),
                    ),
                ),
                "held",
                review.entry.id,
                review.entry.handle,
            )
        )
    if not held:
        said = _("No review was held yet. The week takes 15 minutes: Enter begins.")
        rows.append(Row(tuple(paragraph(said, width, "muted"))))
    return rows
