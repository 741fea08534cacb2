"""``goal milestone``: the steps of a goal."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.listing import LISTED, chosen, printed
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import day_words
from plannertui.core.errors import NotFound, Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.goals import Goal, Milestone

CALL = "ptui goal milestone"


def _step(session: Session, name: str) -> tuple[Goal, Milestone]:
    """The milestone called ``name`` (G2.3) and its goal."""
    from plannertui.store.goals import get

    found = session.find(name)
    if found[3] != "milestone":
        raise NotFound(
            _(
                "{handle} is no milestone. They look like G2.3: ptui goal show G2"
            ).format(handle=found[1])
        )
    goal = get(session.db, found[1].rsplit(".", 1)[0])
    return goal, next(step for step in goal.milestones if step.id == found[0])


def _tell(session: Session, goal: Goal, step: Milestone | None) -> int:
    """Say what the milestone is now, and where its goal stands."""
    from plannertui.cli.goalview import say

    if step is None or session.args.has("json"):
        return say(session, goal)
    due = step.done_on or step.due
    mark = "[x]" if step.done_on else "[ ]"
    words = [mark, step.title] + ([day_words(due)] if due else [])
    session.out.line((step.handle, "accent"), "  ", "  ".join(words))
    return say(session, goal)


def add(session: Session, args: Args) -> int:
    """Add a milestone as the last one of its goal."""
    from plannertui.store import goals

    goal = nouns.goal(session, nouns.first(args, CALL + " add"))
    title = nouns.words_after(session, args, 1, _("The milestone: "))
    due = nouns.option_day(session, args, "due")
    goal = goals.add_milestone(session.db, goal, title, due, session.now)
    return _tell(session, goal, goal.milestones[-1])


def done(session: Session, args: Args) -> int:
    """Tick a milestone, or take the tick off again."""
    from plannertui.store import goals

    (name,) = nouns.only(args, 1, CALL + " done")
    goal, step = _step(session, name)
    day = None
    if not args.has("not"):
        day = nouns.option_day(session, args, "on", past=True) or session.today
    goal = goals.tick(session.db, goal, step.id, day, session.now)
    return _tell(session, goal, _same(goal, step))


def edit(session: Session, args: Args) -> int:
    """Change a milestone's title or due date."""
    from plannertui.store import goals

    (name,) = nouns.only(args, 1, CALL + " edit")
    goal, step = _step(session, name)
    title = nouns.option_text(session, args, "title")
    due = step.due
    if nouns.is_none(args, "due"):
        due = None
    elif args.has("due"):
        due = nouns.option_day(session, args, "due")
    if title is None and not args.has("due"):
        raise Usage(_("What should change? See: {call} --help").format(call=CALL))
    goal = goals.edit_milestone(
        session.db,
        goal,
        step.id,
        session.now,
        title=step.title if title is None else title,
        due=due,
    )
    return _tell(session, goal, _same(goal, step))


def rm(session: Session, args: Args) -> int:
    """Take a milestone away; undo brings it back."""
    from plannertui.store import goals

    (name,) = nouns.only(args, 1, CALL + " rm")
    goal, step = _step(session, name)
    goal = goals.remove_milestone(session.db, goal, step.id, session.now)
    session.out.talk(
        _("{handle} is gone; ptui undo brings it back.").format(handle=step.handle)
    )
    return _tell(session, goal, None)


def _data(step: Milestone) -> dict[str, Any]:
    """A milestone as plain JSON values."""
    return {
        "handle": step.handle,
        "title": step.title,
        "due": step.due.isoformat() if step.due else None,
        "done_on": step.done_on.isoformat() if step.done_on else None,
    }


def ls(session: Session, args: Args) -> int:
    """Print the milestones of one goal, or of every goal of the year, by due date."""
    from plannertui.store import goals

    if args.words:
        (name,) = nouns.only(args, 1, CALL + " ls")
        found = [nouns.goal(session, name)]
    else:
        found = goals.ls(session.db, nouns.year_option(session, args))
    steps = [step for goal in found for step in goal.milestones]
    if not args.has("all"):
        steps = [step for step in steps if step.done_on is None or args.words]
    steps.sort(key=lambda s: (s.due is None, s.due, s.id))
    steps = chosen(session, args, steps, lambda s: (s.due, s.due), past=False)
    if printed(session, args, "goal milestone ls", lambda: list(map(_data, steps))):
        return 0
    session.out.table(
        [
            (step.handle, "accent"),
            "[x]" if step.done_on else "[ ]",
            day_words(step.due) if step.due else "",
            step.title,
        ]
        for step in steps
    )
    if not steps:
        session.out.talk(_("No milestones here."))
    return 0


def _same(goal: Goal, step: Milestone) -> Milestone:
    return next(s for s in goal.milestones if s.id == step.id)


DUE = Option("due", "DATE", N_("until when"))
HANDLE = N_("MILESTONE")

GROUP = Group(
    "milestone",
    N_("The steps of a goal."),
    {
        "add": Command(
            "add",
            N_("Add a milestone to a goal."),
            add,
            words=N_("GOAL TITLE…"),
            options=(DUE,),
            examples=(N_('ptui goal milestone add G2 "Form check 10" --due fri'),),
        ),
        "ls": Command(
            "ls",
            N_("List milestones by due date."),
            ls,
            words=N_("[GOAL]"),
            options=(
                Option("year", "YEAR", N_("of this year; the current one")),
                Option("all", "", N_("those done too")),
                *LISTED,
            ),
            examples=("ptui goal milestone ls", "ptui goal milestone ls G2 --json"),
        ),
        "done": Command(
            "done",
            N_("Tick a milestone."),
            done,
            words=HANDLE,
            options=(
                Option("on", "DATE", N_("done on this day")),
                Option("not", "", N_("take the tick off")),
            ),
            examples=("ptui goal milestone done G2.4",),
        ),
        "edit": Command(
            "edit",
            N_("Change a milestone; --due none takes the date away."),
            edit,
            words=HANDLE,
            options=(Option("title", "TITLE", N_("its title")), DUE),
            examples=("ptui goal milestone edit G2.4 --due +1w",),
        ),
        "rm": Command(
            "rm",
            N_("Take a milestone away; undo brings it back."),
            rm,
            words=HANDLE,
            examples=("ptui goal milestone rm G2.4",),
        ),
    },
    default="ls",
    examples=("ptui goal milestone done G2.4", "ptui goal milestone ls"),
)
