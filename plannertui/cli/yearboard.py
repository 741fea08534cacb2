"""``calendar year``: goals by months, evidence as heat, what was expected."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.calendar import LEAST, WIDE, after, lines, pen_of
from plannertui.cli.options import Args
from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.board import Board, GoalRow
    from plannertui.core.things import Scene


def show(session: Session, args: Args) -> int:
    """Print the board of a year, this one unless another is named."""
    from plannertui.core.day import year_of
    from plannertui.core.things import Scene
    from plannertui.outputs.calendar import year
    from plannertui.store import board

    start = session.settings.year_start
    on = args.get("on")
    number = year_of(session.span(on)[0] if on else session.today, start)
    if args.words:
        if on:
            raise Usage(_("Name the year, or give --on."))
        number = nouns.year_number(nouns.only(args, 1, "ptui calendar year")[0])
    found = board.read(session.db, number, session.today, session.calendar, start)
    inside = found.first <= session.today <= found.last
    scene = Scene(
        first=found.first,
        last=found.last,
        day=session.today if inside else found.first,
        today=session.today,
        minute=0,
        calendar=session.calendar,
        things=(),
    )
    if args.has("json"):
        session.out.document(_data(found, scene))
        return 0
    pen = pen_of(session.out)
    width = max(LEAST, session.out.width or WIDE)
    sheet = year.draw(found, scene, width, pen)
    session.out.line((str(number), "strong"))
    session.out.line()
    lines(session.out, (*sheet.head, *sheet.body))
    after(session, scene, "year")
    return 0


def _data(found: Board, scene: Scene) -> dict[str, Any]:
    """The board as data."""
    months = [f"{year:04}-{month + 1:02}" for year, month in found.months]
    days = [day for week in found.weeks for day in week.days]
    years = range(found.first.year, found.last.year + 1)
    return {
        "type": "board",
        "year": found.year,
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "theme": found.theme,
        "months": months,
        "unpublished": [year for year in years if not scene.calendar.known(year)],
        "goals": [_goal(row) for row in found.rows],
        "wins_of_no_goal": [list(pair) for pair in found.rest],
        "reflected_on": [d.day.isoformat() for d in days if d.mark == "reflected"],
    }


def _goal(row: GoalRow) -> dict[str, Any]:
    """A goal of the board as data; wins are pairs of proved and only said."""
    goal = row.goal
    return {
        "handle": goal.handle,
        "title": goal.title,
        "state": goal.state,
        "health": row.pace.health,
        "progress": round(row.pace.progress),
        "expected": round(row.pace.elapsed),
        "wins": [list(pair) for pair in row.wins],
        "milestones": [
            {
                "handle": step.handle,
                "title": step.title,
                "due": step.due and step.due.isoformat(),
                "done_on": step.done_on and step.done_on.isoformat(),
            }
            for step in goal.milestones
        ],
        "line": [[day.isoformat(), round(value, 1)] for day, value in row.points],
        "expected_line": [
            [day.isoformat(), round(value, 1)] for day, value in row.expected
        ],
    }
