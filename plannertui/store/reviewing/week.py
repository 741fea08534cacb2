"""The steps of a week: what is unfiled, promised, aimed at, believed, proved, ahead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from plannertui.core.day import later
from plannertui.core.daywords import short_day
from plannertui.core.entries import Entry, proof
from plannertui.core.goals import Goal
from plannertui.core.matters import Matter
from plannertui.core.priorities import Priority, stale
from plannertui.core.words import day_kind_word, kind_word, state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import entries, goals, items, matters, people, priorities
from plannertui.store.ones import ones
from plannertui.store.reviewing import mirror
from plannertui.store.reviewing.desk import (
    Desk,
    Group,
    Part,
    away,
    dotted,
    goal_part,
    line_of,
    side_word,
    sides_of,
    without_end,
)

CLAIM_DAYS = 60
SILENT_DAYS = 28
AHEAD_DAYS = 10
MOST = 40


def unfiled(desk: Desk) -> list[Group]:
    """Notes of the period that are linked to nothing and carry no tag."""
    found = desk.db.read(
        f"{items.SELECTS['entry']} WHERE deleted_at IS NULL AND kind = 'note' "
        "AND day BETWEEN ? AND ? "
        "AND NOT EXISTS (SELECT 1 FROM link WHERE from_id = entry.id) "
        "AND NOT EXISTS (SELECT 1 FROM tag WHERE owner_id = entry.id) "
        "ORDER BY day, id LIMIT ?",
        (desk.first.isoformat(), desk.end.isoformat(), MOST),
    )
    parts = [
        Part(
            line_of(item.text, item.refs),
            short_day(item.day),
            item.handle,
            item.id,
            "entry",
        )
        for item in items.fill(desk.db, found)
    ]
    empty = _("Every note is linked or tagged. Nothing to file.")
    return [Group(_("Notes on their own"), tuple(parts), empty)]


def promises(desk: Desk) -> list[Group]:
    """What is due and overdue, then what falls due next week, each with its side."""
    sides = sides_of(desk.db)
    soon = later(max(desk.review.period.last, desk.today), 7)
    found = [
        matter
        for kind in ("promise", "waiting")
        for matter in matters.ls(desk.db, kind=kind)
        if matter.due is not None and matter.due <= soon
    ]
    found.sort(key=lambda matter: (matter.due or date.max, matter.id))
    now = [m for m in found if m.due is not None and m.due <= desk.today]
    then = [m for m in found if m.due is not None and m.due > desk.today]
    mine = [m for m in found if m.kind == "promise"]
    counts = dict.fromkeys(("up", "peers", "down", "others"), 0)
    for matter in mine:
        who = matter.person.id if matter.person is not None else 0
        counts[sides.get(who, "others")] += 1
    split = " · ".join(
        f"{side_word(side)} {count}" for side, count in counts.items() if count
    )
    title = _("Due and overdue")
    return [
        Group(
            dotted(title, split),
            tuple(matter_part(desk, m, sides) for m in now),
            _("Nothing is due. Your word is kept."),
        ),
        Group(
            _("Until {day}").format(day=short_day(soon)),
            tuple(matter_part(desk, m, sides) for m in then),
            _("Nothing falls due next week."),
        ),
        *the_ones(desk),
    ]


def the_ones(desk: Desk) -> list[Group]:
    """The one thing that counted on each day, and whether it was done on it."""
    found = ones(desk.db, desk.first, desk.last)
    if not found:
        return []
    done = sum(1 for one in found if one.result == "done")
    counted = _("{done} of {all} done on their day").format(done=done, all=len(found))
    parts = []
    for one in found:
        state = _("done later") if one.result == "later" else state_word(one.result)
        parts.append(
            Part(
                line_of(one.item.text, one.item.refs),
                dotted(short_day(one.day), state),
                one.item.handle,
                one.item.id,
                "matter",
                "muted" if one.result == "done" else "",
            )
        )
    return [Group(dotted(_("The one thing of the day"), counted), tuple(parts))]


def matter_part(desk: Desk, matter: Matter, sides: dict[int, str]) -> Part:
    """A promise or something awaited: whom to, when, how late."""
    who, title = "", line_of(matter.title, matter.refs)
    if matter.person is not None:
        words = _("from {who}") if matter.kind == "waiting" else _("to {who}")
        who = words.format(who=matter.person.label)
        title = without_end(title, matter.person.label)
    role = ""
    when = ""
    if matter.due is not None:
        when = away(matter.due, desk.today)
        role = "behind" if matter.due < desk.today else ""
    moved = ""
    if matter.moves:
        moved = ngettext("moved {count} time", "moved {count} times", len(matter.moves))
        moved = moved.format(count=len(matter.moves))
    kind = "" if matter.kind == "promise" else kind_word(matter.kind)
    return Part(
        title,
        dotted(kind, who, when, moved),
        matter.handle,
        matter.id,
        "matter",
        role,
    )


def the_goals(desk: Desk) -> list[Group]:
    """Active goals with their pace, and the milestones that are near or gone by."""
    found = [g for g in goals.ls(desk.db, desk.year) if g.state in ("active", "paused")]
    had = desk.had()
    before = had.snapshot.get("numbers") if had is not None else None
    parts: list[Part] = []
    limit = later(desk.today, 14)
    for goal in found:
        parts.append(goal_part(desk, goal, before))
        for step in goal.milestones:
            if step.done_on is None and step.due is not None and step.due <= limit:
                role = "behind" if step.due < desk.today else "muted"
                parts.append(
                    Part(
                        step.title,
                        away(step.due, desk.today),
                        step.handle,
                        step.id,
                        "milestone",
                        role,
                    )
                )
    title = _("Goals")
    if had is not None and before:
        title = dotted(title, _("since {period}").format(period=had.period.label))
    return [
        Group(
            title, tuple(parts), _("No active goal in {year}.").format(year=desk.year)
        )
    ]


def leader(desk: Desk) -> list[Group]:
    """What the primary leader answers for; what to ask; surprises and warnings."""
    who = people.primary(desk.db)
    if who is None:
        words = _("No leader yet. + adds one.")
        return [Group(_("Leader"), (), words)]
    found = [priority_part(desk, p) for p in priorities.ls(desk.db, who.id)]
    asks = [
        Part(line_of(m.title, m.refs), kind_word("ask"), m.handle, m.id, "matter")
        for m in matters.ls(desk.db, kind="ask")
        if m.person is not None and m.person.id == who.id
    ]
    return [
        Group(
            _("{leader} answers for").format(leader=who.alias),
            tuple(found),
            _("Nothing is known of what they answer for. A asks them."),
        ),
        Group(_("To ask"), tuple(asks), _("No question waits. A adds one.")),
        Group(
            _("Warnings and surprises of these days"),
            written(desk, ("warn", "surprise")),
            _("Nobody was warned, nobody surprised."),
        ),
    ]


def priority_part(desk: Desk, row: Priority) -> Part:
    """What a leader answers for: kind, basis, the day it was checked, whether stale."""
    checked = short_day(row.checked_on) if row.checked_on is not None else ""
    look = _("look again") if stale(row, desk.today) else ""
    role = "behind" if look else "muted" if row.basis == "guess" else ""
    about = dotted(kind_word(row.kind), kind_word(row.basis), checked, look)
    return Part(row.text, about, row.handle, row.id, "priority", role)


def written(desk: Desk, kinds: tuple[str, ...], most: int = MOST) -> tuple[Part, ...]:
    """What was written of these kinds in the period, in order."""
    only = items.Filter(since=desk.first, until=desk.review.period.last, kinds=kinds)
    found = items.ls(desk.db, only, limit=most, newest=False, nouns=("entry",))
    return tuple(
        Part(
            line_of(item.text, item.refs),
            dotted(kind_word(item.kind) if len(kinds) > 1 else "", short_day(item.day)),
            item.handle,
            item.id,
            "entry",
        )
        for item in found
    )


def evidence(desk: Desk) -> list[Group]:
    """Wins without proof; goals about which nothing was proved for four weeks."""
    since = later(desk.today, -CLAIM_DAYS)
    claims = [
        win_part(win)
        for win in entries.wins(desk.db)
        if proof(win) == "claim" and since <= win.day
    ]
    silent: list[Part] = []
    for goal in goals.ls(desk.db, desk.year):
        if goal.state != "active":
            continue
        last = last_proof(desk, goal)
        if last is None or (desk.today - last).days > SILENT_DAYS:
            about = (
                _("no evidence yet")
                if last is None
                else _("no evidence since {day}").format(day=short_day(last))
            )
            silent.append(
                Part(goal.title, about, goal.handle, goal.id, "goal", "muted")
            )
    return [
        Group(_("Claims"), tuple(claims), _("Every win of late has its proof.")),
        Group(
            _("Goals without evidence for four weeks"),
            tuple(silent),
            _("Every goal has evidence of late."),
        ),
    ]


def win_part(win: Entry, goal: str = "") -> Part:
    """A win with its day and how far it is proved; ``goal`` is said above it."""
    share = _("ready") if win.share == "ready" else ""
    known = proof(win) or ""
    about = dotted(kind_word(known), share, short_day(win.day))
    role = "muted" if known == "claim" else ""
    text = without_end(line_of(win.text, win.refs), goal)
    return Part(text, about, win.handle, win.id, "entry", role)


def last_proof(desk: Desk, goal: Goal) -> date | None:
    """The last day with evidence for a goal."""
    days = [
        win.day
        for win in entries.wins(desk.db, goal_id=goal.id)
        if proof(win) != "claim"
    ]
    return max(days, default=None)


def ahead(desk: Desk) -> list[Group]:
    """What takes place and falls due in the days to come, holidays too."""
    first, last = later(desk.today, 1), later(desk.today, AHEAD_DAYS)
    parts: list[tuple[date, Part]] = []
    for item in items.due_between(desk.db, first, last, desk.calendar):
        at = f" {item.at}" if item.noun == "event" and item.at else ""
        kind = kind_word(item.kind)
        about = dotted(short_day(item.day) + at, kind)
        parts.append(
            (
                item.day,
                Part(
                    line_of(item.text, item.refs),
                    about,
                    item.handle,
                    item.id,
                    item.noun,
                ),
            )
        )
    day = first
    while day <= last:
        kind = desk.calendar.kind(day)
        name = desk.calendar.name(day)
        if kind in ("holiday", "makeup", "leave"):
            words = name or day_kind_word(kind)
            about = dotted(short_day(day), day_kind_word(kind) if name else "")
            parts.append((day, Part(words, about, role="muted")))
        day = later(day, 1)
    parts.sort(key=lambda each: each[0])
    empty = _("Nothing is planned for the days ahead.")
    return [
        Group(
            _("Until {day}").format(day=short_day(last)),
            tuple(part for _day, part in parts),
            empty,
        )
    ]


def report(desk: Desk) -> list[Group]:
    """Nothing of its own: the draft is made by the outputs."""
    return []


PAGES: dict[str, Callable[[Desk], list[Group]]] = {
    "unfiled": unfiled,
    "promises": promises,
    "goals": the_goals,
    "leader": leader,
    "evidence": evidence,
    "standard": mirror.the_standard,
    "ahead": ahead,
    "report": report,
}
