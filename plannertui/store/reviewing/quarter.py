"""The steps of a quarter: proof by goal, the room, guesses, downward, standards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from plannertui.core.daywords import short_day
from plannertui.core.entries import proof
from plannertui.core.words import kind_word, right_word
from plannertui.i18n import gettext as _
from plannertui.store import (
    entries,
    goals,
    items,
    people,
    priorities,
    situations,
    years,
)
from plannertui.store.reviewing.desk import (
    Desk,
    Group,
    Part,
    dotted,
    goal_part,
    line_of,
)
from plannertui.store.reviewing.mirror import answer_word
from plannertui.store.reviewing.week import last_proof, win_part

MOST_ACTIVE = 5
ENDS = " .;。；"
"""What a sentence does not end in, where another goes on after it."""


def proofs(desk: Desk) -> list[Group]:
    """Wins of the period under the goal that each is for, claims first."""
    first, last = desk.first, desk.review.period.last
    groups = []
    seen: set[int] = set()
    for goal in goals.ls(desk.db, desk.year, past=True):
        mine = [
            win
            for win in entries.wins(desk.db, goal_id=goal.id)
            if first <= win.day <= last
        ]
        seen.update(win.id for win in mine)
        if not mine and goal.state != "active":
            continue
        proved = sum(1 for win in mine if proof(win) != "claim")
        serves = ", ".join(serve.label for serve in goal.serves)
        since = last_proof(desk, goal)
        silent = (
            _("No evidence in this time; the last was on {day}.").format(
                day=short_day(since)
            )
            if since is not None
            else _("No evidence yet.")
        )
        title = _("{goal}: {proved} of {all} proved").format(
            goal=f"{goal.handle} {goal.title}", proved=proved, all=len(mine)
        )
        mine.sort(key=lambda win: (proof(win) != "claim", win.day))
        groups.append(
            Group(
                dotted(title, serves),
                tuple(win_part(win, goal.handle) for win in mine),
                silent,
            )
        )
    others = [
        win_part(win)
        for win in entries.wins(desk.db)
        if win.id not in seen and first <= win.day <= last
    ]
    if others:
        groups.append(Group(_("For no goal"), tuple(others)))
    return groups or [Group(_("Evidence"), (), _("No goal and no win in this time."))]


def room(desk: Desk) -> list[Group]:
    """Who takes part in decisions about me, and which wins each has seen at first hand."""
    groups = []
    every = entries.wins(desk.db)
    for person in people.ls(desk.db):
        if not person.in_room:
            continue
        seen = [
            win
            for win in every
            if win.win is not None
            and _named(win.win.witnesses, person.alias, person.handle)
        ]
        groups.append(
            Group(
                dotted(person.alias, kind_word(person.relation)),
                tuple(win_part(win) for win in seen[:6]),
                _("Has seen nothing at first hand yet."),
            )
        )
    empty = _(
        "Nobody is marked as in the room yet: m does it among the people (6), or "
        "ptui person set L1 --in-room"
    )
    return groups or [Group(_("The room"), (), empty)]


def _named(names: Iterable[str], alias: str, handle: str) -> bool:
    wanted = {alias.casefold(), handle.casefold()}
    return any(name.strip("@ ").casefold() in wanted for name in names)


def guesses(desk: Desk) -> list[Group]:
    """Beliefs that were checked in the period, and predictions beside what happened."""
    first, last = desk.first, desk.review.period.last
    checked: list[tuple[date, Part]] = []
    for row in priorities.ls(desk.db, past=True):
        for check in row.checks:
            if first <= check.on <= last:
                about = dotted(kind_word(check.was), right_word(check.right))
                part = Part(
                    row.text,
                    dotted(about, short_day(check.on)),
                    row.handle,
                    row.id,
                    "priority",
                    "" if check.right == "yes" else "behind",
                )
                checked.append((check.on, part))
    for one in situations.ls(desk.db, None):
        if one.closed_on is None or not first <= one.closed_on <= last or not one.match:
            continue
        text = _("{predicted}, in fact {actual}").format(
            predicted=(one.predicted or one.line).rstrip(ENDS), actual=one.actual or "…"
        )
        about = dotted(right_word(one.match), short_day(one.closed_on))
        role = "" if one.match == "yes" else "behind"
        part = Part(line_of(text), about, one.handle, one.id, "situation", role)
        checked.append((one.closed_on, part))
    checked.sort(key=lambda each: each[0])
    right = sum(1 for _day, part in checked if not part.role)
    title = _("{all} checked, {right} right").format(all=len(checked), right=right)
    empty = _("Nothing was checked. Being wrong and having asked is worth more.")
    return [Group(title, tuple(part for _day, part in checked), empty)]


def downward(desk: Desk) -> list[Group]:
    """What was written about the people below, and promised to them."""
    below = {p.id: p.alias for p in people.ls(desk.db, "below")}
    found = []
    for number in below:
        only = items.Filter(
            since=desk.first, until=desk.review.period.last, person_id=number
        )
        found += items.ls(desk.db, only, newest=False, nouns=("entry", "matter"))
    every = {item.id: item for item in found}.values()
    parts = tuple(
        Part(
            line_of(item.text, item.refs),
            dotted(kind_word(item.kind), short_day(item.day)),
            item.handle,
            item.id,
            item.noun,
        )
        for item in sorted(every, key=lambda item: (item.day, item.id))
    )
    return [Group(_("With people below"), parts, _("Nothing was written about them."))]


def standards(desk: Desk) -> list[Group]:
    """One's own standards, each with its answers of the period."""
    first, last = desk.span
    found: dict[int, list[str]] = {}
    for number, answer in desk.db.read(
        "SELECT json_extract(mirror, '$.standard'), json_extract(mirror, '$.answer') "
        "FROM entry WHERE kind = 'mirror' AND mirror NOT NULL AND deleted_at IS NULL "
        "AND day BETWEEN ? AND ? ORDER BY day, id",
        (first, last),
    ):
        found.setdefault(number, []).append(answer_word(answer))
    parts = tuple(
        Part(each.text, " ".join(found.get(each.id, [])), "", each.id, "standard")
        for each in years.get(desk.db, desk.year).standards
    )
    empty = _("No standards yet: how do you want people to work for you? e adds them.")
    return [Group(_("Standards"), parts, empty)]


def replan(desk: Desk) -> list[Group]:
    """The goals of the year, the active ones counted."""
    found = goals.ls(desk.db, desk.year, past=True)
    active = sum(1 for goal in found if goal.state == "active")
    title = _("{count} active, at most {most}").format(count=active, most=MOST_ACTIVE)
    parts = tuple(goal_part(desk, goal) for goal in found)
    return [Group(title, parts, _("No goal in {year}.").format(year=desk.year))]


PAGES: dict[str, Callable[[Desk], list[Group]]] = {
    "proof": proofs,
    "room": room,
    "guesses": guesses,
    "downward": downward,
    "standards": standards,
    "replan": replan,
}
