"""Making a goal, and changing what it says."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.goalsteps import priority_id
from plannertui.cli.goalview import CALL, say
from plannertui.cli.options import Args
from plannertui.cli.words import clip
from plannertui.core.errors import Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.goals import Measure


def add(session: Session, args: Args) -> int:
    """Add a goal, with its milestones and what it serves, as one step."""
    from plannertui.core.day import year_span
    from plannertui.store import goals

    year = nouns.year_option(session, args)
    title = nouns.words_after(session, args, 0, _("The goal: "))
    first, last = year_span(year, session.settings.year_start)
    fields = _texts(session, args)
    steps = [session.readable(text) for text in args.all("milestone")]
    served = [priority_id(session, name) for name in args.all("serves")]
    due = nouns.option_day(session, args, "due") or last
    start = nouns.option_day(session, args, "start", past=True) or first
    with session.db.write(N_("add {what}"), session.now, what=clip(title, 40)):
        goal = goals.add(
            session.db,
            year=year,
            title=title,
            start=start,
            due=due,
            now=session.now,
            measure=_measure(session, args, None),
            state="draft" if args.has("draft") else "active",
            **fields,
        )
        for step in steps:
            goal = goals.add_milestone(session.db, goal, step, None, session.now)
        for priority in served:
            how = nouns.option_text(session, args, "how") or ""
            goal = goals.serve(session.db, goal, priority, how, session.now)
    return say(session, goal)


def set_(session: Session, args: Args) -> int:
    """Change fields of a goal."""
    from plannertui.store import goals

    (name,) = nouns.only(args, 1, CALL + " set")
    goal = nouns.goal(session, name)
    changes: dict[str, Any] = _texts(session, args)
    title = nouns.option_text(session, args, "title")
    if title is not None:
        changes["title"] = title
    for field, past in (("start", True), ("due", False)):
        day = nouns.option_day(session, args, field, past=past)
        if day is not None:
            changes[field] = day
    state = args.choice("state", goals.LIVE)
    if state is not None:
        changes["state"] = state
    measure = _measure(session, args, goal.measure)
    if measure != goal.measure:
        changes["measure"] = measure
    if not changes:
        raise Usage(_("What should change? See: {call} --help").format(call=CALL))
    return say(session, goals.edit(session.db, goal, session.now, **changes))


def _texts(session: Session, args: Args) -> dict[str, Any]:
    found = {}
    for option, field in (
        ("why", "why"),
        ("obstacle", "obstacle"),
        ("if-then", "if_then"),
    ):
        text = nouns.option_text(session, args, option)
        if text is not None:
            found[field] = text
    return found


def _measure(session: Session, args: Args, old: Measure | None) -> Measure | None:
    """The measure that the options describe, on top of the ``old`` one."""
    from plannertui.core.goals import Measure

    if nouns.is_none(args, "measure"):
        return None
    name = nouns.option_text(session, args, "measure")
    unit = nouns.option_text(session, args, "unit")
    start, target = args.number("from"), args.number("to")
    if (name, unit, start, target) == (None,) * 4 and not args.has("hold"):
        return old
    if target is None and old is None:
        raise Usage(_("A measure needs the number to reach: --to NUM"))
    if old is not None:
        name = old.name if name is None else name
        unit = old.unit if unit is None else unit
        now = old.now if old.now != old.start or start is None else start
        start = old.start if start is None else start
        target = old.target if target is None else target
    else:
        start = 0.0 if start is None else start
        now = start
    if target is None:
        raise Usage(_("A measure needs the number to reach: --to NUM"))
    direction = "down" if target < start else "up"
    if args.has("hold") or (old is not None and old.direction == "hold"):
        direction = "hold"
    return Measure(name or "", unit or "", start, target, now, direction)  # type: ignore[arg-type]
