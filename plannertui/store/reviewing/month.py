"""The steps of a month: weeks read again, priorities, grey matters, lenses, promises."""

from __future__ import annotations

from collections.abc import Callable

from plannertui.core.boundary import decision_of, decision_word
from plannertui.core.daywords import short_day
from plannertui.core.matters import Matter, counted, outcome
from plannertui.core.words import state_word
from plannertui.i18n import gettext as _
from plannertui.store import (
    asked,
    goals,
    matters,
    priorities,
    reviews,
)
from plannertui.store.reviewing.desk import (
    Desk,
    Group,
    Part,
    dotted,
    goal_part,
    line_of,
    side_word,
    sides_of,
    without_end,
)
from plannertui.store.reviewing.week import (
    priority_part,
)
from plannertui.store.reviews import Review


def lines(desk: Desk) -> list[Group]:
    """What was written in the weekly reviews of the month, week by week."""
    groups = []
    for each in reversed(reviews.ls(desk.db, desk.year_start)):
        if each.kind != "week" or each.entry is None:
            continue
        if not desk.first <= each.period.last <= desk.review.period.last:
            continue
        parts = tuple(
            Part(line_of(text), "", each.entry.handle, each.entry.id, "entry")
            for text in _written(each)
            if text.strip()
        )
        empty = _("Nothing was written in this week.")
        groups.append(Group(each.period.label, parts, empty))
    return groups or [
        Group(_("The weeks"), (), _("No week of this month was reviewed."))
    ]


def _written(review: Review) -> list[str]:
    """The lines of a review without its title, which it has when it was held by steps."""
    assert review.entry is not None
    lines = review.entry.text.split("\n")
    return lines[1:] if review.snapshot.get("steps") else lines


def changed_priorities(desk: Desk) -> list[Group]:
    """What leaders answer for; what ended in the period, and what it became."""
    now = [
        priority_part(desk, p)
        for p in priorities.ls(desk.db)
        if not p.since or p.since <= desk.end
    ]
    first, last = desk.first, desk.review.period.last
    gone = [
        Part(
            p.text,
            dotted(state_word(p.state), short_day(p.until) if p.until else ""),
            p.handle,
            p.id,
            "priority",
            "muted",
        )
        for p in priorities.ls(desk.db, past=True)
        if p.state != "active" and p.until is not None and first <= p.until <= last
    ]
    return [
        Group(_("Now"), tuple(now), _("Nothing is known of what leaders answer for.")),
        Group(_("Ended in this time"), tuple(gone), _("None ended in this time.")),
    ]


def top_goal(desk: Desk) -> list[Group]:
    """The first active goal: the one that must not fail."""
    for goal in goals.ls(desk.db, desk.year):
        if goal.state == "active":
            parts = [goal_part(desk, goal)]
            if goal.obstacle:
                parts.append(Part(_("Obstacle: {text}").format(text=goal.obstacle)))
            if goal.if_then:
                parts.append(Part(_("If-then: {text}").format(text=goal.if_then)))
            return [Group(_("The goal on top"), tuple(parts))]
    return [Group(_("The goal on top"), (), _("No active goal."))]


def grey(desk: Desk) -> list[Group]:
    """Grey matters of the period, side by side; they go into no report."""
    first, last = desk.first, desk.review.period.last
    found = [
        m
        for m in matters.ls(desk.db, state=None)
        if m.nature == "grey" and (first <= m.day <= last or m.state == "open")
    ]
    parts = tuple(
        Part(
            without_end(line_of(m.title, m.refs), m.person.label if m.person else ""),
            dotted(
                short_day(m.day),
                m.person.label if m.person else "",
                decision_word(decision_of(m)),
            ),
            m.handle,
            m.id,
            "matter",
            "" if decision_of(m) else "behind",
        )
        for m in found
    )
    return [Group(_("Sealed"), parts, _("No grey matter in this time."))]


def lenses(desk: Desk) -> list[Group]:
    """How often each angle was asked from, and passed over."""
    if desk.bank is None:
        return []
    first, last = desk.first, desk.review.period.last
    shown = [one for one in asked.ls(desk.db) if first <= one.day <= last]
    from plannertui.i18n import language

    parts = []
    for lens in desk.bank.lenses:
        mine = [one for one in shown if one.lens == lens.id]
        over = sum(1 for one in mine if one.state == "skipped")
        words = _("asked {count}") if mine else _("never asked")
        skipped = _("passed over {count}").format(count=over) if over else ""
        about = dotted(words.format(count=len(mine)), skipped)
        role = "behind" if not mine else "" if over else "muted"
        parts.append((len(mine) - over, Part(lens.name(language()), about, role=role)))
    parts.sort(key=lambda each: each[0])
    return [Group(_("Angles, the ones left alone first"), tuple(p for _n, p in parts))]


def kept(desk: Desk) -> list[Group]:
    """Promises whose day lay in the period, by side, and how each ended."""
    first, last = desk.first, desk.review.period.last
    sides = sides_of(desk.db)
    found = [
        m
        for m in matters.ls(desk.db, kind="promise", state=None)
        if counted(m, desk.today) and m.due is not None and first <= m.due <= last
    ]
    groups = []
    for side in ("up", "peers", "down", "others"):
        mine = [m for m in found if _side(m, sides) == side]
        if not mine:
            continue
        good = sum(1 for m in mine if outcome(m) in ("kept", "renegotiated"))
        title = _("{side}: {good} of {all} kept, or moved in time")
        parts = [_promise(m) for m in mine if outcome(m) not in ("kept",)]
        groups.append(
            Group(
                title.format(side=side_word(side), good=good, all=len(mine)),
                tuple(parts),
                _("Every one was kept."),
            )
        )
    return groups or [Group(_("Promises"), (), _("No promise fell due in this time."))]


def _side(matter: Matter, sides: dict[int, str]) -> str:
    return sides.get(matter.person.id if matter.person else 0, "others")


def _promise(matter: Matter) -> Part:
    result = outcome(matter)
    role = "behind" if result in ("late", "broken", "open") else "muted"
    who = matter.person.label if matter.person else ""
    when = short_day(matter.due) if matter.due else ""
    about = dotted(state_word(result), who, when)
    return Part(
        without_end(line_of(matter.title, matter.refs), who),
        about,
        matter.handle,
        matter.id,
        "matter",
        role,
    )


PAGES: dict[str, Callable[[Desk], list[Group]]] = {
    "lines": lines,
    "priorities": changed_priorities,
    "top_goal": top_goal,
    "grey": grey,
    "lenses": lenses,
    "kept": kept,
}
