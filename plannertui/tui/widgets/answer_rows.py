"""What somebody answers for, as lines: rank, words, basis, whom of the goals it is served by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.core.people import STYLE
from plannertui.core.priorities import bases, stale
from plannertui.core.words import kind_word, right_word, style_word
from plannertui.i18n import gettext as _
from plannertui.tui.labels import date_words
from plannertui.tui.widgets.drawn import BLANK, Line, Span, fit, flat, line, pad
from plannertui.tui.widgets.goal_lines import coverage_words
from plannertui.tui.widgets.rows import Row, heading, paragraph
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from plannertui.core.people import Belief, Person
    from plannertui.core.priorities import Priority
    from plannertui.store.standing import Standing
    from plannertui.tui.themes import Frame

LEFT = 3
"""The cells of the rank, and the blanks after it."""
LEAST_ASIDE = 44
"""From how many cells on the basis stands beside a line of the way of working."""


def answer_rows(
    of: Standing, today: date, past: bool, width: int, frame: Frame
) -> list[Row]:
    """Head, priorities with the goals that serve them, coverage, way of working."""
    found = [Row(tuple(_head(of.person, today, width, frame)))]
    found.append(Row((BLANK,)))
    there = of.person.state == "active"
    if there or of.answers or not of.gone:
        found += _answers(of, today, width, frame)
        found += [Row((BLANK,))] if of.gone else []
    if of.gone:
        found += _gone(of, today, past or not there, width, frame)
    leads = of.person.relation in ("leader", "above") or bool(of.answers)
    if of.person.style or (there and leads):
        found.append(Row((BLANK,)))
        found += _style(of.person, today, width, frame)
    return found


def _head(person: Person, today: date, width: int, frame: Frame) -> list[Line]:
    dot = f" {frame.dot} "
    said = [person.handle, kind_word(person.relation)]
    if person.primary:
        said[1] = _("the leader you work for first")
    if person.in_room and person.state == "active":
        said.append(_("in the room"))
    if person.state != "active":
        said.append(kind_word(person.state))
    if person.since is not None:
        day = date_words(person.since, today)
        said.append(_("since {day}").format(day=day))
    if person.until is not None:
        day = date_words(person.until, today)
        said.append(_("until {day}").format(day=day))
    return _packed(said, dot, width, "muted")


def _packed(parts: list[str], dot: str, width: int, role: str) -> list[Line]:
    """``parts`` on as few lines as they fit, none of them begun with a dot."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{dot}{part}" if lines else ""
        if lines and cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return [each for text in lines for each in paragraph(text, width, role)]


def _answers(of: Standing, today: date, width: int, frame: Frame) -> Iterator[Row]:
    rests = bases(of.answers, today)
    about = ""
    if of.answers:
        about = _("{said} said, {seen} seen, {guess} guess").format(
            said=rests.said, seen=rests.seen, guess=rests.guess
        )
        if rests.stale:
            about += _(" ({count} stale)").format(count=rests.stale)
    yield heading(_("Answers for"), about, _("n add"), width, frame)
    if not of.answers:
        said = _(
            "Nothing yet. What will they be asked about this year? n writes it down, as said, "
            "seen, or a guess: a guess becomes a question for your next talk."
        )
        if of.person.state != "active":
            said = _("Nothing was written down.")
        elif of.person.relation not in ("leader", "above"):
            said = _("Nothing yet: n writes down what they answer for.")
        yield Row(tuple(paragraph(said, width, "muted")))
    for priority in of.answers:
        yield Row(
            tuple(_priority(of, priority, today, width, frame)),
            "priority",
            priority.id,
            priority.handle,
        )
    if of.coverage is not None and of.answers:
        yield Row((BLANK,))
        dot = f" {frame.dot} "
        said_all = coverage_words(of.coverage, of.person.alias)
        whole = dot.join(said_all)
        for words in [whole] if cell_len(whole) <= width else said_all:
            yield Row(tuple(paragraph(words, width, "muted")))


def _priority(
    of: Standing, priority: Priority, today: date, width: int, frame: Frame
) -> list[Line]:
    """A priority's words, what it rests on, the goals that serve it."""
    room = max(4, width - LEFT)
    texts = [part for part in wrap(flat(priority.text), room) if part] or [""]
    lines = [
        line(
            (pad(str(priority.rank), LEFT) if at == 0 else " " * LEFT, "muted"),
            (part, "strong"),
        )
        for at, part in enumerate(texts)
    ]
    dot = f" {frame.dot} "
    said = [priority.handle, kind_word(priority.kind), _rests(priority, today)]
    parts: list[Span] = [(dot.join(said), "muted")]
    if stale(priority, today):
        parts += [(dot, "muted"), (_("look again"), "behind")]
    asked = of.ask_of(priority)
    if asked:
        words = _("asked in {handle}").format(handle=asked)
        parts += [(dot, "muted"), (words, "muted")]
    lines += _spans(parts, room)
    serving = of.goals_of(priority)
    for goal, serve in serving:
        indent = LEFT + cell_len(goal.handle) + 1
        words = serve.how or _("{title}, no sentence how yet").format(title=goal.title)
        how = [p for p in wrap(flat(words), max(4, width - indent)) if p] or [""]
        lines += [
            line(
                (" " * LEFT, ""),
                (goal.handle + " " if at == 0 else " " * (indent - LEFT), "here"),
                (part, ""),
            )
            for at, part in enumerate(how)
        ]
    if not serving and of.person.state == "active" and of.coverage is not None:
        lines += paragraph(
            _("no goal serves it: v says which does"), width, "faint", LEFT
        )
    return lines


def _rests(priority: Priority, today: date) -> str:
    words = kind_word(priority.basis)
    if priority.checked_on is not None:
        words += " " + date_words(priority.checked_on, today)
    return words


def _spans(parts: list[Span], room: int) -> list[Line]:
    """``parts`` on one line where they fit, else each run of them on its own."""
    lines: list[list[Span]] = [[]]
    used = 0
    for text, role in parts:
        if used and used + cell_len(text) > room and text.strip():
            if lines[-1] and not lines[-1][-1][0].strip(" ·|.-"):
                lines[-1].pop()
            lines.append([])
            used = 0
        for at, part in enumerate(
            wrap(text, room) if cell_len(text) > room else [text]
        ):
            if at:
                lines.append([])
            lines[-1].append((part, role))
            used = cell_len(part) if at else used + cell_len(part)
    return [line((" " * LEFT, ""), *spans) for spans in lines if spans]


def _gone(
    of: Standing, today: date, past: bool, width: int, frame: Frame
) -> Iterator[Row]:
    key = _("o hides") if past else _("o shows")
    if of.person.state != "active":
        key = ""
    yield heading(_("Before"), str(len(of.gone)), key, width, frame)
    if not past:
        return
    handles = {each.id: each.handle for each in (*of.answers, *of.gone)}
    dot = f" {frame.dot} "
    for priority in of.gone:
        said = kind_word(priority.state)
        if priority.successor_id in handles:
            new = handles[priority.successor_id]
            said = _("now {handle}").format(handle=new)
        parts = [priority.handle, said]
        if priority.until is not None:
            parts.append(date_words(priority.until, today))
        if priority.checks:
            last = priority.checks[-1]
            parts.append(f"{kind_word(last.was)}: {right_word(last.right)}")
        lines = [
            *paragraph(priority.text, width, "muted", LEFT),
            *paragraph(dot.join(parts), width, "faint", LEFT),
        ]
        yield Row(tuple(lines), "priority", priority.id, priority.handle)


def _style(person: Person, today: date, width: int, frame: Frame) -> Iterator[Row]:
    known = sum(1 for part in STYLE if part in person.style)
    about = _("{done} of {all}").format(done=known, all=len(STYLE))
    yield heading(_("Way of working"), about, _("e edit"), width, frame)
    left = max(cell_len(style_word(part)) for part in STYLE) + 2
    for at, part in enumerate(STYLE):
        belief = person.style.get(part)
        yield Row(tuple(_trait(part, belief, today, left, width, frame)), "style", at)


def _trait(
    part: str, belief: Belief | None, today: date, left: int, width: int, frame: Frame
) -> list[Line]:
    head = pad(style_word(part), left)
    if belief is None:
        return [
            line(
                (head, "muted"), (fit(_("not known yet"), width - left, frame), "faint")
            )
        ]
    basis = kind_word(belief.basis)
    if belief.checked_on is not None:
        basis += " " + date_words(belief.checked_on, today)
    room = max(4, width - left)
    aside = width >= LEAST_ASIDE
    texts = [
        p
        for p in wrap(flat(belief.text), room - (cell_len(basis) + 2 if aside else 0))
        if p
    ]
    texts = texts or [""]
    lines = []
    for at, text in enumerate(texts):
        gap = room - cell_len(text) - cell_len(basis)
        side = " " * gap + basis if at == 0 and aside else ""
        lines.append(
            line(
                (head if at == 0 else " " * left, "muted"), (text, ""), (side, "muted")
            )
        )
    if not aside:
        lines.append(line((" " * left, ""), (fit(basis, room, frame), "muted")))
    return lines
