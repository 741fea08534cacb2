"""The self-assessment: by goal and by heading, in the form that a profile gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.day import year_of
from plannertui.i18n import gettext as _
from plannertui.outputs import charts
from plannertui.outputs.desk import FAILURES, Desk
from plannertui.outputs.goalfacts import facts
from plannertui.outputs.profiles import Part, load
from plannertui.outputs.render import folder_of
from plannertui.outputs.upward import best
from plannertui.outputs.wording import chinese, listed, month_letter, span

if TYPE_CHECKING:
    from plannertui.core.entries import Entry
    from plannertui.core.goals import Goal

Filled = dict[str, Any]
MANY = 3


def self_assessment(desk: Desk, profile: str) -> dict[str, Any]:
    """The year, or another period, as one's organisation asks for it."""
    form = load(profile, folder_of(desk.settings.path))
    found = desk.ready()
    desk.known(desk.leader())
    wins = desk.claims_out([e for e in found if e.kind == "win"])
    upto = min(desk.last, desk.today)
    goals = [
        g
        for g in desk.goals(year_of(upto, desk.settings.year_start))
        if g.state in ("active", "done", "released", "carried")
    ]
    wanted = [tag for part in form.sections for tag in part.tags]
    free = [e for e in wins if not _tags(e) & set(wanted)]
    sections = []
    for part in form.sections:
        lines = _section(desk, part, found, wins, free, goals, form.block)
        sections.append(
            {
                "heading": part.heading,
                "hint": part.hint,
                "alone": part.alone,
                "required": part.required,
                **lines,
            }
        )
    return {
        "title": form.title,
        "span": span(desk.first, upto),
        "sections": sections,
        "required": [part.heading for part in form.sections if part.required],
        "charts": [
            *charts.lines(desk, (g for g in goals if g.state == "active")),
            charts.months(desk, wins, goals),
        ],
    }


def _tags(entry: Entry) -> set[str]:
    return {tag.casefold() for tag in entry.tags}


def _section(
    desk: Desk,
    part: Part,
    found: list[Entry],
    wins: list[Entry],
    free: list[Entry],
    goals: list[Goal],
    block: tuple[Part, ...],
) -> Filled:
    """What stands under one heading of the form."""
    mine = [e for e in found if _tags(e) & set(part.tags) and e.kind not in FAILURES]
    mine = [e for e in mine if e.kind != "win" or e in wins]
    lines = [desk.text(e) for e in mine]
    for entry in mine:
        desk.use(entry)
    blocks: list[Filled] = []
    if part.alone:
        return {"lines": lines, "blocks": blocks}
    if part.source == "goals":
        blocks = [_block(desk, goal, found, free, block) for goal in goals]
        placed = {e.id for goal in goals for e in free if _of(e, goal)}
        rest = [e for e in free if e.id not in placed]
        if part.rest:
            lines += [_proved(desk, e) for e in rest]
    elif part.source == "failures":
        lines += [desk.text(e) for e in found if e.kind in FAILURES]
    elif part.source == "learned":
        lines += [desk.text(e) for e in found if e.kind == "lesson"]
    elif part.source == "serves":
        lines += _serves(desk, goals)
    elif part.source == "to_come":
        lines += [line for goal in goals for line in _to_come(desk, goal)]
    return {"lines": lines, "blocks": blocks}


def _of(entry: Entry, goal: Goal) -> bool:
    return goal.id in {ref.id for ref in entry.refs}


def _proved(desk: Desk, entry: Entry) -> str:
    """A win with its number and document, in one line."""
    win = desk.win(entry)
    proofs = [win["number"], win["document"]]
    shown = listed([one for one in proofs if one])
    if not shown:
        return str(win["text"])
    return f"{win['text']}（{shown}）" if chinese() else f"{win['text']} ({shown})"


def _serves(desk: Desk, goals: list[Goal]) -> list[str]:
    """What the goals serve, each once."""
    seen, lines = set(), []
    for goal in goals:
        for serve in facts(desk, goal)["serves"]:
            if serve["id"] not in seen:
                seen.add(serve["id"])
                lines.append(serve["text"])
    return lines


def _to_come(desk: Desk, goal: Goal) -> list[str]:
    if goal.state != "active":
        return []
    told = facts(desk, goal)
    return [
        f"{step['title']}{'，' if chinese() else ', '}{step['due']}"
        if step["due"]
        else step["title"]
        for step in told["to_come"]
    ]


def _block(
    desk: Desk,
    goal: Goal,
    found: list[Entry],
    wins: list[Entry],
    parts: tuple[Part, ...],
) -> Filled:
    """One goal: where it stands, and its parts in the order of the form."""
    told = facts(desk, goal)
    own = [e for e in wins if _of(e, goal)]
    mine = [desk.win(e) for e in own]
    results = _results(desk, own)
    did = [w for e, w in zip(own, mine, strict=True) if e.id not in results]
    texts = {
        "why": [told["why"]],
        "task": [_task(told)],
        "actions": [w["did"] or w["text"] for w in did],
        "outcomes": list(results.values()) or [w["after"] or w["number"] for w in mine],
        "facts": [_proved(desk, e) for e in own],
        "documents": [w["document"] for w in mine],
        "witnesses": _once([name for w in mine for name in w["witnesses"]], desk),
        "credit": _once([name for w in mine for name in w["credit"]], desk),
        "failures": [
            desk.text(e) for e in found if e.kind in FAILURES and _of(e, goal)
        ],
        "learned": [desk.text(e) for e in found if e.kind == "lesson" and _of(e, goal)],
        "months": [_months(desk, own)],
    }
    rows = []
    for part in parts:
        lines = [text for text in texts.get(part.source, ()) if text]
        if lines:
            rows.append(
                {"heading": part.heading, "source": part.source, "lines": lines}
            )
    return {"goal": told, "parts": rows}


def _results(desk: Desk, wins: list[Entry]) -> dict[int, str]:
    """Of many wins that do not say what came of them, those that say it best, by id."""
    if len(wins) < MANY or any(e.win and e.win.after for e in wins):
        return {}
    return {e.id: _proved(desk, e) for e in best(wins, MANY - 1)}


def _task(told: Filled) -> str:
    """What the goal asks for, in numbers or steps."""
    measure = told["measure"]
    if measure is not None:
        return (
            _("from {start} to {target} {unit}")
            .format(
                start=measure["start"], target=measure["target"], unit=measure["unit"]
            )
            .strip()
        )
    if told["all"]:
        return _("{count} milestones by {day}").format(
            count=told["all"], day=told["due"]
        )
    return ""


def _once(tokens: list[str], desk: Desk) -> list[str]:
    """Each name once, in the order of their first appearance."""
    return list({desk.vault.plain(token): token for token in tokens}.values())


def _months(desk: Desk, wins: list[Entry]) -> str:
    """Evidence by month: "J2 F3 M2 A1 (Jul: none)"."""
    if not wins:
        return ""
    from plannertui.core.words import month_name

    last = min(desk.last, desk.today)
    counts: list[str] = []
    empty: list[str] = []
    year, month = desk.first.year, desk.first.month
    while (year, month) <= (last.year, last.month) and len(counts) < 24:
        number = sum(1 for e in wins if (e.day.year, e.day.month) == (year, month))
        gap = " " if chinese() else ""
        counts.append(f"{month_letter(month)}{gap}{number}")
        if not number:
            empty.append(month_name(month))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    text = ("，" if chinese() else " ").join(counts)
    if empty:
        text += _(" ({months}: none)").format(months=listed(empty))
    return text
