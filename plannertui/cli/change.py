"""How matters end or move: done, move, drop, reopen."""

from __future__ import annotations

from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.output import yes
from plannertui.cli.words import clip, day_words
from plannertui.core.errors import NotFound, Refused, Usage
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plannertui.cli.session import Found, Session
    from plannertui.core.goals import Goal
    from plannertui.core.rows import Row

TOLD = (
    Option(
        "told", "DATE", N_("the other side was told, today if no day"), optional=True
    ),
    Option("not-told", "", N_("the other side does not know")),
)


def done(session: Session, args: Args) -> int:
    """Close matters, milestones and goals as done, as one step."""
    from plannertui.store import goals, matters

    names = _handles(args)
    day = _day(session, args, "on")
    found = session.find_all(names)
    for target in found:
        if target[3] not in ("matter", "milestone", "goal"):
            raise Refused(
                _("{handle} is nothing that gets done.").format(handle=target[1])
            )
    changed: list[Row] = []
    with session.db.write(N_("done {what}"), session.now, what=_names(found)):
        for number, handle, _text, noun in found:
            if noun == "matter":
                matter = matters.get(session.db, number)
                changed.append(matters.done(session.db, matter, day, session.now))
            elif noun == "goal":
                goal = goals.get(session.db, number)
                changed.append(goals.finish(session.db, goal, session.now))
            else:
                goal = _goal_of(session, handle)
                changed.append(goals.tick(session.db, goal, number, day, session.now))
    _tell(session, args, found, changed)
    return 0


def move(session: Session, args: Args) -> int:
    """Give matters or milestones another due date; a promise asks who was told."""
    from plannertui.store import goals, matters

    names = _handles(args)
    to = args.get("to")
    if to is None:
        raise Usage(_("To when? Try: ptui move M41 --to fri --told"))
    due = session.date(to)
    found = session.find_all(names)
    for target in found:
        if target[3] not in ("matter", "milestone"):
            raise Refused(
                _("{handle} has no due date to move. See: ptui edit --help").format(
                    handle=target[1]
                )
            )
    before = [matters.get(session.db, t[0]) for t in found if t[3] == "matter"]
    told = None
    if any(matter.kind == "promise" and matter.due for matter in before) or args.has(
        "told"
    ):
        told = told_when(session, args)
    changed: list[Row] = []
    with session.db.write(N_("move {what}"), session.now, what=_names(found)):
        for number, handle, _text, noun in found:
            if noun == "matter":
                matter = matters.get(session.db, number)
                changed.append(matters.move(session.db, matter, due, told, session.now))
            else:
                goal = _goal_of(session, handle)
                step = next(m for m in goal.milestones if m.id == number)
                changed.append(
                    goals.edit_milestone(
                        session.db,
                        goal,
                        number,
                        session.now,
                        title=step.title,
                        due=due,
                    )
                )
    _tell(session, args, found, changed)
    return 0


def drop(session: Session, args: Args) -> int:
    """Give matters up; a promise asks whether the other side was told."""
    from plannertui.store import matters

    targets = session.find_all(_handles(args))
    for target in targets:
        if target[3] != "matter":
            raise Refused(
                _("{handle} is no matter: only matters are dropped.").format(
                    handle=target[1]
                )
            )
    found = [matters.get(session.db, target[0]) for target in targets]
    day = _day(session, args, "on")
    told = None
    if any(matter.kind == "promise" for matter in found) or args.has("told"):
        told = told_when(session, args)
    changed: list[Row] = []
    with session.db.write(N_("drop {what}"), session.now, what=_names(targets)):
        for matter in found:
            changed.append(matters.drop(session.db, matter, day, told, session.now))
    _tell(session, args, targets, changed)
    return 0


def reopen(session: Session, args: Args) -> int:
    """Open closed matters, or milestones ticked too early, again."""
    from plannertui.store import goals, matters

    found = session.find_all(_handles(args))
    for target in found:
        if target[3] not in ("matter", "milestone"):
            raise Refused(
                _("{handle} is no matter and no milestone.").format(handle=target[1])
            )
    changed: list[Row] = []
    with session.db.write(N_("reopen {what}"), session.now, what=_names(found)):
        for number, handle, _text, noun in found:
            if noun == "matter":
                matter = matters.get(session.db, number)
                changed.append(matters.reopen(session.db, matter, session.now))
            else:
                goal = _goal_of(session, handle)
                changed.append(goals.tick(session.db, goal, number, None, session.now))
    _tell(session, args, found, changed)
    return 0


def _handles(args: Args) -> list[str]:
    """The handles given, each once."""
    if not args.words:
        raise Usage(_("Which one? Give a handle such as M41; ptui ls shows them."))
    return list(dict.fromkeys(args.words))


def _goal_of(session: Session, milestone: str) -> Goal:
    """The goal that the milestone with this handle belongs to, as it is now."""
    from plannertui.core.goals import Goal
    from plannertui.store.refs import find

    goal = find(session.db, milestone)
    if not isinstance(goal, Goal):
        raise NotFound(_('There is no "{name}".').format(name=milestone))
    return goal


def _day(session: Session, args: Args, name: str) -> date:
    """The day of an option, today without it; it has to have come."""
    text = args.get(name)
    day = session.today if text is None else session.date(text, past=True)
    if day > session.today:
        raise Usage(_("--{name} is a day that has come.").format(name=name))
    return day


def told_when(session: Session, args: Args) -> date | None:
    """When the other side was told, None when it was not; asked for where it can be."""
    if args.has("told") and args.has("not-told"):
        raise Usage(_("Either --told or --not-told."))
    if args.has("not-told"):
        return None
    text = args.get("told")
    if text:
        day = session.date(text, past=True)
        if day > session.today:
            raise Usage(_("--{name} is a day that has come.").format(name="told"))
        return day
    if args.has("told"):
        return session.today
    if not session.interactive:
        raise Usage(_("Does the other side know? Say --told or --not-told."))
    answer = session.ask(_("Was the other side told? [y/N, or the day] "))
    word = answer.strip()
    if yes(word):
        return session.today
    if not word or word.casefold() in ("n", "no", "否", "没有", "没"):
        return None
    return session.date(word, past=True)


def _names(found: Sequence[Found]) -> str:
    """The handles of ``found``, for the words under which the step is undone."""
    return " ".join(target[1] for target in found)


def _tell(
    session: Session,
    args: Args,
    found: Sequence[Found],
    changed: Sequence[Row],
) -> None:
    """Say what the things are now."""
    from plannertui.cli.show import data

    if args.has("json"):
        session.out.document([data(session, row) for row in changed])
        return
    for target, row in zip(found, changed, strict=True):
        session.out.line("  ".join([target[1], *_now(target, row)]))


def _now(target: Found, row: Row) -> list[str]:
    """What became of one thing, in words."""
    from plannertui.core.goals import Goal
    from plannertui.core.matters import Matter, outcome

    said = [clip(target[2], 50)]
    if isinstance(row, Matter):
        ended = outcome(row) if row.kind == "promise" else row.state
        said.insert(0, kind_word(ended if row.state != "open" else row.state))
        if row.state == "open" and row.due is not None:
            said.insert(1, _("due {day}").format(day=day_words(row.due)))
        if row.state == "open" and row.moves:
            last = row.moves[-1]
            if last.told_on is None:
                said.append(_("the other side does not know yet"))
            elif last.told_on > last.old_due:
                said.append(_("told after it was due"))
    elif isinstance(row, Goal):
        step = next((m for m in row.milestones if m.id == target[0]), None)
        if step is None:
            said.insert(0, kind_word(row.state))
        elif step.done_on is not None:
            said.insert(0, kind_word("done"))
        else:
            said.insert(0, kind_word("open"))
            if step.due is not None:
                said.insert(1, _("due {day}").format(day=day_words(step.due)))
    return said


COMMANDS: dict[str, Command | Group] = {
    "done": Command(
        "done",
        N_("Close a matter, a milestone or a goal as done."),
        done,
        words=N_("HANDLE…"),
        options=(Option("on", "DATE", N_("the day it was done, today if left out")),),
        notes=(N_("A grey matter needs its decision first: ptui edit M7 --decision."),),
        examples=(
            "ptui done M41",
            "ptui done M41 M42 --on yesterday",
            "ptui done G2.3",
        ),
    ),
    "move": Command(
        "move",
        N_("Give a promise, another matter or a milestone a new due date."),
        move,
        words=N_("HANDLE…"),
        options=(Option("to", "DATE", N_("the new due date")), *TOLD),
        notes=(
            N_("A promise moved and told in time stays kept, twice at most. Without"),
            N_(
                "--told or --not-told a terminal is asked, a script is refused (exit 2)."
            ),
        ),
        examples=(
            "ptui move M41 --to fri --told",
            "ptui move M41 --to 2024-09-27 --told yesterday",
            "ptui move M43 --to +1w --not-told",
        ),
    ),
    "drop": Command(
        "drop",
        N_("Give a matter up; a promise dropped and told is released, else broken."),
        drop,
        words=N_("HANDLE…"),
        options=(Option("on", "DATE", N_("the day, today if left out")), *TOLD),
        examples=("ptui drop M41 --told", "ptui drop M43 --not-told"),
    ),
    "reopen": Command(
        "reopen",
        N_("Open a closed matter or a ticked milestone again."),
        reopen,
        words=N_("HANDLE…"),
        examples=("ptui reopen M41", "ptui reopen G2.3"),
    ),
}
