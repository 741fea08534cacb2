"""Goals as the shell shows them: where each stands, and one with all that is in it."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.listing import chosen, printed
from plannertui.cli.options import Args
from plannertui.cli.quick import goal_words
from plannertui.cli.words import clip, day_words, number
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.goals import Goal, Milestone, Pace

CALL = "ptui goal"
BAR = 20
EVIDENCE = 5


def pace_of(session: Session, goal: Goal) -> Pace:
    """``goal`` against the workdays gone."""
    from plannertui.core.goals import pace

    return pace(goal, session.calendar, session.today)


def say(session: Session, goal: Goal, *before: str) -> int:
    """Say where ``goal`` stands now."""
    words = goal_words(goal, pace_of(session, goal))
    return nouns.tell(
        session, goal, *before, clip(goal.title, 40), words[len(goal.handle) :].strip()
    )


def ls(session: Session, args: Args) -> int:
    """Print the goals of a year, each with its bar against the time gone."""
    from plannertui.cli.show import data
    from plannertui.store import goals

    nouns.no_words(args, CALL + " ls")
    year = nouns.year_option(session, args)
    every = goals.ls(session.db, year, past=args.has("all"))
    found = chosen(session, args, every, lambda g: (g.start, g.due), past=False)
    if printed(session, args, "goal ls", lambda: [data(session, g) for g in found]):
        return 0
    rows: list[list[Cell]] = []
    for goal in found:
        pace = pace_of(session, goal)
        words = goal_words(goal, pace)[len(goal.handle) :].strip()
        if goal.state != "active":
            words = f"{words}  {kind_word(goal.state)}".strip()
        rows.append([(goal.handle, "accent"), goal.title, bar(pace), words])
    session.out.table(rows)
    if not found:
        session.out.talk(
            _('No goals for {year}. Add one: ptui goal add "…"').format(year=year)
        )
    return 0


def bar(pace: Pace) -> str:
    """Progress as a bar with a mark where time stands; plain characters."""
    done = round(BAR * pace.progress / 100)
    cells = ["#"] * done + ["."] * (BAR - done)
    cells[min(BAR - 1, int(BAR * pace.elapsed / 100))] = "|"
    return "[" + "".join(cells) + "]"


def show(session: Session, args: Args) -> int:
    """Print one goal: pace, milestones, whom it serves, check-ins, evidence."""
    from plannertui.cli.show import data
    from plannertui.store import goals

    (name,) = nouns.only(args, 1, CALL + " show")
    goal = nouns.goal(session, name)
    checks = goals.check_ins(session.db, goal)
    if args.has("json"):
        values = data(session, goal, log=args.has("log"))
        values["check_ins"] = [
            {"day": c.day.isoformat(), "value": c.value, "note": c.note} for c in checks
        ]
        session.out.document(values)
        return 0
    out = session.out
    pace = pace_of(session, goal)
    out.line((goal.handle, "accent"), "  ", (goal.title, "strong"))
    words = goal_words(goal, pace)[len(goal.handle) :].strip()
    out.line("  ", bar(pace), "  ", words)
    rows: list[list[Cell]] = [["  " + n, v] for n, v in _facts(goal) if v]
    out.table(rows)
    _section(
        session,
        _("Milestones"),
        [
            [
                "[x]" if step.done_on else "[ ]",
                step.handle,
                _when(step),
                step.title,
            ]
            for step in goal.milestones
        ],
    )
    _section(session, _("Serves"), [[s.handle, s.label, s.how] for s in goal.serves])
    _section(
        session,
        _("Check-ins"),
        [
            [day_words(c.day), "" if c.value is None else number(c.value), c.note]
            for c in checks[-EVIDENCE:]
        ],
    )
    found = goals.evidence(session.db, goal, EVIDENCE)
    from plannertui.cli.lists import rows as item_rows

    _section(session, _("Lately"), list(item_rows(found, session.today)))
    return 0


def _facts(goal: Goal) -> list[tuple[str, str]]:
    measure = goal.measure
    told = ""
    if goal.state == "released":
        told = _("{why} (told: {who})").format(why=goal.released_why, who=goal.told)
    return [
        (_("why"), goal.why),
        (
            _("measure"),
            ""
            if measure is None
            else _("{name}: {start} → {target}, now {now}").format(
                name=measure.name,
                start=number(measure.start),
                target=f"{number(measure.target)} {measure.unit}".strip(),
                now=number(measure.now),
            ),
        ),
        (
            _("time"),
            _("{start} to {due}").format(
                start=goal.start.isoformat(), due=goal.due.isoformat()
            ),
        ),
        (_("obstacle"), goal.obstacle),
        (_("if-then"), goal.if_then),
        (_("state"), "" if goal.state == "active" else kind_word(goal.state)),
        (_("released"), told),
    ]


def _when(step: Milestone) -> str:
    day = step.done_on or step.due
    return "" if day is None else day_words(day)


def _section(session: Session, name: str, rows: list[Any]) -> None:
    if rows:
        session.out.line()
        session.out.line((name, "accent"))
        session.out.table([["  ", *row] for row in rows])
