"""The board of a year: goals by months, evidence as heat, milestones, what was expected."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from plannertui.core.chart import chart
from plannertui.core.day import month_span
from plannertui.core.goalwords import health_words
from plannertui.core.words import month_name
from plannertui.i18n import gettext as _
from plannertui.i18n import pgettext
from plannertui.outputs.calendar.canvas import Canvas, Sheet, Spot
from plannertui.outputs.calendar.heat import heat
from plannertui.outputs.wording import number, percent

if TYPE_CHECKING:
    from plannertui.core.board import Board, GoalRow
    from plannertui.core.goals import Milestone
    from plannertui.core.things import Scene
    from plannertui.outputs.calendar.canvas import Pen, Spans

LINES = 4
"""The lines of a goal: its wins, its milestones, and two of its drawing."""
ALONE = 2
"""Lines at the foot of what is seen that are too few to begin the heat of the days."""
SHADE_FROM = (1, 2, 4)
NEAR = 92
"""Days before the end of a year from which on the next one's calendar is looked for."""


class Shape(NamedTuple):
    """The cells before the months, and those of a month."""

    left: int
    cell: int

    def x(self, column: int) -> int:
        """Where a month begins."""
        return self.left + column * self.cell

    @property
    def width(self) -> int:
        """The cells of the twelve months."""
        return 12 * self.cell


def shape(width: int) -> Shape:
    """The months as wide as they can be, beside what a goal says of itself."""
    left = 36 if width >= 150 else 30 if width >= 104 else 24 if width >= 70 else 16
    cell = max(2, (width - left) // 12)
    return Shape(width - 12 * cell if cell > 2 else left, cell)


def draw(board: Board, scene: Scene, width: int, pen: Pen, height: int = 0) -> Sheet:
    """The board in ``width`` cells; ``scene`` says where one is, and on which goal.

    ``height`` is what there is to see of it, 0 all: no heading stands alone at its end.
    """
    at = shape(width)
    head = _head(board, scene, at, width, pen)
    keep = None
    lines: list[Spans] = []
    spots: list[Spot] = []
    for row in board.rows:
        canvas, own = _goal(board, row, scene, at, width, pen)
        if row.goal.handle == scene.picked:
            keep = (len(lines), len(lines) + LINES - 1)
        spots += [spot._replace(y=spot.y + len(lines)) for spot in own]
        lines += [*canvas.lines(), ()]
    if not board.rows:
        said = _(
            "There are no goals for {year} yet. The goals pane adds one, or the shell: "
            "ptui goal add"
        )
        lines += [
            ((s, "muted"),) for s in pen.wrap(said.format(year=board.year), width)
        ]
        lines.append(())
    if any(map(any, board.rest)):
        canvas = Canvas(width, 1, pen)
        canvas.put(0, 0, _("wins of no goal"), "muted", at.left - 2)
        _wins(canvas, board.rest, scene, board, at, False, pen)
        lines += [*canvas.lines(), ()]
    if board.rows:
        lines += [_legend(width, pen), ()]
    said = next_year(board, scene)
    if said:
        lines += [((part, "behind"),) for part in pen.wrap(said, width)]
        lines.append(())
    seen = height - len(head[0])
    if lines and 0 < seen - len(lines) <= ALONE:
        lines += [()] * (seen - len(lines))
    lines.append(((_("Days of reflection"), "heading"),))
    lines += heat(board.weeks, scene.today, width, pen)
    if not scene.picked:
        keep = (0, 0) if lines else None
    return Sheet(head[0], tuple(lines), head[1], tuple(spots), keep)


def next_year(board: Board, scene: Scene) -> str:
    """That the calendar of the year after is not published, once that year is near."""
    after = board.last.year + 1
    near = 0 <= (board.last - scene.today).days <= NEAR and after <= date.max.year
    if not near or scene.calendar.known(after):
        return ""
    said = _("The calendar of {year} is not published yet.")
    return said.format(year=after)


def _head(
    board: Board, scene: Scene, at: Shape, width: int, pen: Pen
) -> tuple[tuple[Spans, ...], tuple[Spot, ...]]:
    """The months with their workdays."""
    canvas = Canvas(width, 3, pen)
    here = board.column(scene.day)
    now = board.column(scene.today)
    canvas.put(0, 0, board.theme, "strong", at.left - 2)
    canvas.put(0, 1, pgettext("board", "workdays"), "faint", at.left - 2)
    spots = []
    for column, (year, month) in enumerate(board.months):
        month += 1
        room = at.cell - 1
        name = month_name(month)
        if pen.width(name) + 2 * (column == here) > room:
            name = str(month) if room < 3 or pen.width(name) > room else name
        role = "today" if column == now else "muted"
        x = at.x(column)
        if column == here and pen.width(name) + 2 <= room:
            end = canvas.put(x, 0, "[", "here")
            end = canvas.put(end, 0, name, f"{role} strong", room)
            canvas.put(end, 0, "]", "here")
        elif column == here:
            canvas.ground(x, 0, room, "held")
            canvas.put(x, 0, name, f"{role} strong", room)
        else:
            canvas.put(x, 0, name, role, room)
        first, last = month_span(year, month)
        count = scene.calendar.count(first, last)
        known = scene.calendar.known(year)
        canvas.put(x, 1, f"{count}" if known else f"{count}?", "faint", room)
        spots.append(Spot(0, x, x + at.cell, first.isoformat()))
    canvas.put(0, 2, pen.rule * width, "line")
    return canvas.lines(), tuple(spots)


def _goal(
    board: Board, row: GoalRow, scene: Scene, at: Shape, width: int, pen: Pen
) -> tuple[Canvas, list[Spot]]:
    """A goal: what it says of itself, and its months."""
    goal = row.goal
    canvas = Canvas(width, LINES, pen)
    picked = goal.handle == scene.picked
    room = at.left - 2
    if picked:
        for y in range(LINES):
            canvas.put(0, y, pen.bar, "here")
    canvas.put(2, 0, f"{goal.handle} {goal.title}", "strong", room - 2)
    word, role = health_words(goal, row.pace)
    end = canvas.put(2, 1, percent(row.pace.progress), "", room - 2)
    canvas.put(end + 1, 1, f"{pen.dot} {word}", role, room - end - 1)
    for y, said in enumerate(_about(row, scene, pen), 2):
        canvas.put(2, y, said, "muted", room - 2)
    _wins(canvas, row.wins, scene, board, at, picked, pen)
    spots: list[Spot] = []
    for column, (year, month) in enumerate(board.months):
        marks = _marks(board.steps(row, column), scene.today, pen)
        x = at.x(column)
        for sign, role in marks[: at.cell - 1]:
            x = canvas.put(x, 1, sign, role)
        day = date(year, month + 1, 1).isoformat()
        spots += [
            Spot(y, at.x(column), at.x(column) + at.cell, day, goal.handle)
            for y in range(LINES)
        ]
    spots += [
        Spot(y, 0, at.left, scene.day.isoformat(), goal.handle) for y in range(LINES)
    ]
    now = board.place(scene.today) if board.first <= scene.today <= board.last else None
    drawn = chart(
        [(board.place(day), value) for day, value in row.points],
        # Both ends are named, so that every goal is drawn on one scale.
        [(board.place(day), value) for day, value in row.expected],
        at.width,
        LINES - 2,
        now,
        pen,
        role_of(row),
    )
    for y, spans in enumerate(drawn, 2):
        x = at.left
        for text, role in spans:
            x = canvas.put(x, y, text, role)
    return canvas, spots


def role_of(row: GoalRow) -> str:
    """The role of what a goal has reached: that of its health."""
    return health_words(row.goal, row.pace)[1]


def _about(row: GoalRow, scene: Scene, pen: Pen) -> list[str]:
    """What a goal is measured by, and what comes next."""
    goal = row.goal
    said = []
    if goal.measure is not None:
        said.append(
            _("now {value} {unit}")
            .format(value=number(goal.measure.now), unit=goal.measure.unit)
            .strip()
        )
    elif goal.milestones:
        done = sum(1 for step in goal.milestones if step.done_on is not None)
        said.append(
            _("{done} of {all}").format(done=done, all=len(goal.milestones))
            + " "
            + pgettext("board", "milestones")
        )
    left = [s for s in goal.milestones if s.done_on is None and s.due is not None]
    if left:
        step = min(left, key=lambda s: s.due or date.max)
        due = step.due or date.max
        late = due < scene.today
        words = _("overdue: {title}") if late else _("next: {title}")
        said.append(words.format(title=step.title))
    return said[:2]


def _wins(
    canvas: Canvas,
    wins: tuple[tuple[int, int], ...],
    scene: Scene,
    board: Board,
    at: Shape,
    picked: bool,
    pen: Pen,
) -> None:
    """The wins of each month: their number as heat, in brackets where only said."""
    here = board.column(scene.day)
    now = board.column(scene.today)
    past = scene.today > board.last
    for column, (proved, claims) in enumerate(wins):
        x, room = at.x(column), at.cell - 1
        gone = past or (now is not None and column <= now)
        said = f" {proved}" if proved else f"({claims})" if claims else ""
        roles = "strong" if proved else "muted"
        if not said and gone:
            said, roles = " " + pen.dash, "faint"
        if room < 3:
            said = said.strip()
        if proved:
            level = sum(1 for least in SHADE_FROM if proved >= least)
            canvas.ground(x, 0, min(room, 4), f"shade-{level}")
        if picked and column == here:
            canvas.ground(x, 0, room, "held")
            said = said or " "
        lead = len(said) - len(said.lstrip())
        if said.strip():
            canvas.put(x + lead, 0, said.strip(), roles, room - lead)


def _marks(steps: list[Milestone], today: date, pen: Pen) -> list[tuple[str, str]]:
    """The marks of some milestones, by day: done, due, overdue."""
    found = []
    for step in sorted(steps, key=lambda s: (s.done_on or s.due or date.max, s.id)):
        if step.done_on is not None:
            found.append((pen.stepped, ""))
        else:
            late = step.due is not None and step.due < today
            found.append((pen.step, "at-risk" if late else "here"))
    return found


def _legend(width: int, pen: Pen) -> Spans:
    """What the signs mean, as much of it as fits."""
    parts: list[tuple[str, str]] = []
    used = 0
    for sign, role, word in (
        (" 2 ", "strong shade-2", _("proved wins")),
        ("(1)", "muted", _("only said")),
        (pen.stepped, "", _("milestone done")),
        (pen.step, "here", _("due")),
        ("*" if pen.ascii else "⣀", "on-pace", _("what is")),
        ("." if pen.ascii else "⣀", "track", _("what was expected")),
    ):
        size = pen.width(sign) + 1 + pen.width(word) + 3
        if used + size - 3 > width:
            break
        gap = "   " if parts else ""
        parts += [(gap, ""), (sign, role), (f" {word}", "muted")]
        used += size
    return tuple(parts)
