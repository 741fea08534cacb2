"""The verbs that write one line down. On the daily path: imports next to nothing."""

from __future__ import annotations

from plannertui.cli.options import Command, Option
from plannertui.cli.words import clip, day_words, number
from plannertui.core.errors import EmptyText, Locked, PlannerError
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from plannertui.cli.options import Args
    from plannertui.cli.session import Session
    from plannertui.core.capture import Capture
    from plannertui.core.goals import Goal
    from plannertui.core.pace import Pace
    from plannertui.core.slip import Slip
    from plannertui.store.capture import Filed
    from plannertui.store.glance import Aim

    Ref = tuple[int, str, str, str]

MATTERS = ("promise", "waiting", "ask", "grey")

SUMMARIES = {
    "add": N_("Write a line down; a mark in front says what it is."),
    "note": N_("Write down what happened."),
    "win": N_("Write down a win; a number, document or witness makes it evidence."),
    "promise": N_("Write down what you promised, to whom and by when."),
    "waiting": N_("Write down what somebody owes you."),
    "ask": N_("Write down a question to ask somebody."),
    "warn": N_("Write down a warning you gave or should give early."),
    "lesson": N_("Write down what you learned."),
    "grey": N_("Write down something between official and private."),
}

EXAMPLES = {
    "add": (
        N_('ptui add "+ backlog under 200 @G1 n:12"'),
        N_('ptui add "> list of the oldest cases @L1 ^fri"'),
        "git log -1 --format=%B | ptui add",
    ),
    "note": (
        N_('ptui note "Counter 2 was calm all day #counter"'),
        N_("ptui note --on yesterday Finance called about the budget"),
        "pbpaste | ptui note",
    ),
    "win": (
        N_('ptui win "Twelve old cases closed" --goal G1 --n 12'),
        N_('ptui win "Form check passed 9 of 10" --with finance'),
    ),
    "promise": (
        N_('ptui promise "list of the 30 oldest cases" --to L1 --by fri'),
        N_('ptui promise "call IT back" --to it --by tomorrow --goal G2'),
    ),
    "waiting": (
        N_('ptui waiting "answer on the form budget" --from finance --by 9-23'),
    ),
    "ask": (N_('ptui ask "Does the inspection start with the form?" --with L1'),),
    "warn": (
        N_('ptui warn "Budget for forms may come back" --with finance --by 9-23'),
    ),
    "lesson": (N_('ptui lesson "Deadlines first, then the queue"'),),
    "grey": (
        N_('ptui grey "asked to send the driver for an errand" --from L2'),
        N_("ptui grey      # asks for the line: nothing stays in the shell's history"),
    ),
}

MARKS = (
    N_("Marks: + win  > promise  < waiting  ? ask  ! warning  ~ grey  * lesson"),
    N_("In quotes: the shell would take > and ? for itself."),
)
IN_TEXT = N_("In the text @name links and #tag tags; a ^date at the end is taken.")


def command(verb: str) -> Command:
    """The command of one capture verb."""
    options = [
        Option("to", "REF", N_("the person it is for"), many=True),
        Option("with", "REF", N_("the person it is about or shared with"), many=True),
        Option("from", "REF", N_("the person it comes from"), many=True),
    ]
    if verb == "warn":
        options.append(Option("by", "DATE", N_("the day it warns of")))
    elif verb in MATTERS or verb == "add":
        options.append(Option("by", "DATE", N_("the day it is due")))
    options += [
        Option("on", "DATE", N_("the day it belongs to, today if left out")),
        Option("goal", "REF", N_("the goal it belongs to")),
        Option("n", "NUM", N_("add to that goal's measure"), short="n"),
        Option("tag", "TAG", N_("a tag; may be given again"), many=True),
    ]
    if verb not in MATTERS:
        options.append(Option("revisit", "WHEN", N_("see it again then: 30d, 2w")))

    def run(session: Session, args: Args) -> int:
        return capture(session, args, verb)

    return Command(
        verb,
        SUMMARIES[verb],
        run,
        words=N_("[TEXT… | -]"),
        options=options,
        notes=(*MARKS, IN_TEXT) if verb == "add" else (IN_TEXT,),
        examples=EXAMPLES[verb],
    )


def capture(session: Session, args: Args, verb: str) -> int:
    """Write one line down and say in one line what became of it.

    A text from a pipe or a prompt that cannot be stored is given back with the error.
    """
    session.hurried = True
    try:
        return _capture(session, args, verb)
    except PlannerError as error:
        error.text = session.unstored(args.words)
        if isinstance(error, Locked):
            from plannertui.cli.sealed import without_note

            without_note(session, error)
        raise


def _capture(session: Session, args: Args, verb: str) -> int:
    slip = _slip(session, args, verb)
    if session.sealed is not None:
        from plannertui.cli.sealed import put_aside

        return put_aside(session, slip, session.sealed)
    from plannertui.store.capture import file_capture, read_slip

    db = session.db
    line = read_slip(db, slip)
    filed = file_capture(db, line, day=slip.day, now=slip.at, timed=slip.timed)
    goal = _goal(session, filed)
    if args.has("json"):
        session.out.document(_data(line, filed, goal))
    elif args.has("quiet"):
        session.out.line(filed.handle)
    else:
        session.out.line("  ".join(_reply(line, filed, goal, slip.today)))
    return 0


def _slip(session: Session, args: Args, verb: str) -> Slip:
    """What was typed, with the days that the options mean; Usage for what is unreadable."""
    from plannertui.core.slip import Slip, nothing, tag_name

    by, on, number = args.get("by"), args.get("on"), args.number("n")
    due = None if by is None else session.date(by)
    day = None if on is None else session.date(on, past=True)
    text = session.text(args.words, _("{kind}: ").format(kind=kind_word(verb)))
    if not text.strip():
        raise EmptyText(nothing())
    start = session.settings.year_start
    slip = Slip(verb, text, at=session.now, today=session.today, year_start=start)
    slip.by, slip.on, slip.number = due, day, number
    for option in ("to", "from", "with"):
        slip.people += map(session.readable, args.all(option))
    goal = args.get("goal")
    slip.goal = None if goal is None else session.readable(goal)
    slip.tags = [tag_name(session.readable(tag)) for tag in args.all("tag")]
    again = args.get("revisit")
    if again is not None:
        from plannertui.cli.again import revisit_day

        slip.revisit = revisit_day(session, again)
    return slip


def person(session: Session, name: str) -> Ref:
    """The person called ``name``; NotFound for nobody or something else."""
    from plannertui.store.capture import named

    return named(session.db, session.readable(name), "person")


def _goal(session: Session, filed: Filed) -> tuple[Aim, Pace] | None:
    """The goal referred to with its pace, None without one."""
    if filed.goal_id is None:
        return None
    from plannertui.core.pace import pace
    from plannertui.store.glance import aim

    goal = aim(session.db, filed.goal_id)
    if goal is None:
        return None
    return goal, pace(goal, session.calendar, session.today)


def _reply(
    line: Capture, filed: Filed, goal: tuple[Aim, Pace] | None, today: date
) -> list[str]:
    """The parts of the line that says what became of the text."""
    parts = [filed.handle, day_words(filed.day), kind_word(filed.kind)]
    if filed.due is not None:
        words = _("for {day}") if filed.kind == "warn" else _("due {day}")
        parts.append(words.format(day=day_words(filed.due)))
    for ref in line.refs:
        if goal is None or ref[0] != filed.goal_id:
            name = clip(ref[2], 24)
            parts.append(f"@{ref[1]} {name}" if name != ref[1] else f"@{ref[1]}")
    parts += ["#" + name for name in line.tags]
    if goal is not None:
        parts.append(goal_words(*goal))
        if line.number is not None and not filed.moved:
            parts.append(
                _("{number} not added: {handle} has no measure").format(
                    number=number(line.number), handle=goal[0].handle
                )
            )
    if line.revisit is not None:
        parts.append(_("again on {day}").format(day=day_words(line.revisit)))
    if line.unresolved:
        parts.append(_("{names} kept as text").format(names=" ".join(line.unresolved)))
    if filed.kind == "promise" and filed.due is None:
        parts.append(
            _("no date yet: ptui edit {handle} --due fri").format(handle=filed.handle)
        )
    elif filed.due is not None and filed.due < today and filed.kind in MATTERS:
        parts.append(_("that day has passed"))
    if filed.kind == "win":
        from plannertui.core.praise import advice

        parts += filter(None, [advice(line.text)])
    return parts


def goal_words(goal: Aim | Goal, pace: Pace) -> str:
    """A goal's pace in words: G1 188 of 412→100, 72 %, 71 % of its time gone, on pace."""
    numbers = goal_numbers(goal, pace)
    if not numbers:
        return f"{goal.handle} {clip(goal.title, 30)}"
    return _("{goal} {numbers}, {health}").format(
        goal=goal.handle, numbers=numbers, health=kind_word(pace.health)
    )


def goal_numbers(goal: Aim | Goal, pace: Pace) -> str:
    """How far a goal is and how much of its time is gone; empty without a measure."""
    measure = goal.measure
    if measure is not None:
        where = _("{now} of {start}→{target}").format(
            now=number(measure.now),
            start=number(measure.start),
            target=number(measure.target),
        )
    elif goal.milestones:
        where = _("{done} of {all} milestones").format(
            done=sum(1 for step in goal.milestones if step.done_on is not None),
            all=len(goal.milestones),
        )
    else:
        return ""
    return _("{where}, {progress} %, {elapsed} % of its time gone").format(
        where=where, progress=round(pace.progress), elapsed=round(pace.elapsed)
    )


def _data(line: Capture, filed: Filed, goal: tuple[Aim, Pace] | None) -> dict[str, Any]:
    """What became of the text, as plain JSON values."""
    return {
        "handle": filed.handle,
        "type": filed.noun,
        "kind": filed.kind,
        "text": line.text,
        "day": filed.day.isoformat(),
        "due": filed.due.isoformat() if filed.due else None,
        "revisit_on": line.revisit.isoformat() if line.revisit else None,
        "refs": [
            {"handle": ref[1], "label": ref[2], "type": ref[3]} for ref in line.refs
        ],
        "tags": list(line.tags),
        "unresolved": list(line.unresolved),
        "moved": filed.moved,
        "goal": None if goal is None else goal_data(*goal),
    }


def goal_data(goal: Aim | Goal, pace: Pace) -> dict[str, Any]:
    """A goal's pace as plain JSON values; progress and elapsed in percent."""
    measure = goal.measure
    return {
        "handle": goal.handle,
        "title": goal.title,
        "now": measure.now if measure else None,
        "start": measure.start if measure else None,
        "target": measure.target if measure else None,
        "progress": round(pace.progress, 1),
        "elapsed": round(pace.elapsed, 1),
        "gap": pace.gap,
        "health": pace.health,
    }
