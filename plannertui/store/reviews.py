"""Reviews: one entry each, that keeps what was done in every step as soon as it is.

The entry's ``snapshot`` holds it: ``review`` the kind, ``state`` open or closed, ``steps``
by name with ``state`` (done, skipped), ``text`` and the ``line`` of the entry that says
it, none for a sealed step; closed, also ``figures`` and the goals' ``numbers`` as they were on that day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from plannertui.core import reviews as rules
from plannertui.core.entries import Entry
from plannertui.core.errors import Refused
from plannertui.core.reviews import Kind, Period
from plannertui.core.reviewsteps import Step
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import entries, goals, rows
from plannertui.store.open import Store

StepState = Literal["", "done", "skipped"]


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of a step, and what was written in it."""

    state: StepState = ""
    text: str = ""


NOT_YET = Progress()


@dataclass(frozen=True, slots=True)
class Review:
    """One review of one period; without an ``entry`` it was not begun."""

    kind: Kind
    period: Period
    entry: Entry | None = None
    steps: dict[str, Progress] = field(default_factory=dict)
    closed: bool = False

    def step(self, name: str) -> Progress:
        """How far a step is."""
        return self.steps.get(name, NOT_YET)

    @property
    def at(self) -> int:
        """The place of the first step that is neither done nor skipped."""
        names = [step.name for step in rules.steps_of(self.kind)]
        for place, name in enumerate(names):
            if not self.step(name).state:
                return place
        return len(names) - 1

    @property
    def passed(self) -> int:
        """How many steps are done or skipped."""
        steps = rules.steps_of(self.kind)
        return sum(1 for step in steps if self.step(step.name).state)

    @property
    def snapshot(self) -> dict[str, Any]:
        """The figures of the day on which it was closed; empty before."""
        kept = self.entry.snapshot if self.entry is not None else None
        return kept or {}


def get(db: Store, kind: Kind, period: Period) -> Review:
    """The review of a period, begun or not."""
    row = db.one(
        "SELECT id FROM entry WHERE kind = 'review' AND period = ? AND deleted_at IS NULL "
        "AND ifnull(json_extract(snapshot, '$.review'), ?) = ? ORDER BY id DESC LIMIT 1",
        (period.label, kind, kind),
    )
    if row is None:
        return Review(kind, period)
    return _review(entries.get(db, row[0]), kind, period)


def _review(entry: Entry, kind: Kind, period: Period) -> Review:
    kept = entry.snapshot or {}
    steps = {
        name: Progress(each.get("state", ""), each.get("text", ""))
        for name, each in kept.get("steps", {}).items()
    }
    # One that came in from elsewhere, as a text alone, is nothing to go on with.
    closed = kept.get("state", "closed") == "closed"
    return Review(kind, period, entry, steps, closed)


def ls(db: Store, year_start: int = 1, limit: int | None = None) -> list[Review]:
    """Every review, the last day first."""
    found = db.read(
        "SELECT id FROM entry WHERE kind = 'review' AND deleted_at IS NULL "
        "ORDER BY day DESC, id DESC LIMIT ?",
        (-1 if limit is None else limit,),
    )
    every = [
        of(entry, year_start) for entry in entries.some(db, [row[0] for row in found])
    ]
    return [each for each in every if each is not None]


def of(entry: Entry, year_start: int = 1) -> Review | None:
    """The review that ``entry`` holds; None where its period cannot be told."""
    kind: Any = (entry.snapshot or {}).get("review") or _kind(entry.period or "")
    if kind not in rules.KINDS:
        return None
    try:
        period = rules.read_period(kind, entry.period or "", year_start)
    except Exception:
        return None
    return _review(entry, kind, period)


def _kind(label: str) -> str:
    if "W" in label:
        return "week"
    if "Q" in label or "H" in label:
        return "quarter"
    return "month" if "-" in label else "year-close"


def before(db: Store, review: Review) -> Review | None:
    """The last closed review of the same kind from an earlier period."""
    label = review.period.label
    found = db.read(
        "SELECT id FROM entry WHERE kind = 'review' AND deleted_at IS NULL "
        "AND period < ? AND ifnull(json_extract(snapshot, '$.review'), ?) = ? "
        "AND ifnull(json_extract(snapshot, '$.state'), 'closed') = 'closed' "
        "ORDER BY day DESC, id DESC",
        (label, review.kind, review.kind),
    )
    for (number,) in found:
        each = of(entries.get(db, number))
        if each is not None and each.kind == review.kind:
            return each
    return None


def begin(db: Store, review: Review, *, today: date, now: datetime) -> Review:
    """Make the entry of a review that has none yet, inside or outside a write."""
    if review.entry is not None:
        return review
    with db.write(N_("begin the review {what}"), now, what=review.period.label):
        there = get(db, review.kind, review.period)
        if there.entry is not None:
            return there
        entry = entries.add(
            db,
            text=_title(review),
            kind="review",
            day=today,
            now=now,
            period=review.period.label,
            snapshot={"review": review.kind, "state": "open", "steps": {}},
        )
    return _review(entry, review.kind, review.period)


def _title(review: Review) -> str:
    return f"{rules.name_of(review.kind)} {review.period.label}"


def keep(
    db: Store,
    review: Review,
    name: str,
    *,
    today: date,
    now: datetime,
    state: StepState = "done",
    text: str | None = None,
) -> Review:
    """Keep a step as ``state``, with its ``text``; None leaves the text as it is.

    What was written to the step elsewhere since ``review`` was read is kept before it.
    """
    step = next(each for each in rules.steps_of(review.kind) if each.name == name)
    with db.write(N_("review step {what}"), now, what=review.period.label):
        had = review.step(name).text
        review = begin(db, get(db, review.kind, review.period), today=today, now=now)
        entry = review.entry
        assert entry is not None
        kept = dict(entry.snapshot or {"review": review.kind, "state": "closed"})
        steps = dict(kept.get("steps", {}))
        old = dict(steps.get(name, {}))
        there = old.get("text", "")
        new = there if text is None else text.strip()
        if there not in ("", had, new) and text is not None:
            new = f"{there}\n{new}".strip()
        line = said(step, new) if not step.sealed else ""
        steps[name] = {"state": state, "text": new, "line": line}
        kept["steps"] = steps
        changes: dict[str, Any] = {"snapshot": kept}
        words = _put(entry.text, old.get("line", ""), line)
        if words != entry.text:
            changes["text"] = words
        if kept != entry.snapshot:
            entry = entries.edit(db, entry, now, **changes)
    return _review(entry, review.kind, review.period)


def said(step: Step, text: str) -> str:
    """The line of a review's text that a step makes: its heading, and what was said."""
    if not text:
        return ""
    return _("{title}: {text}").format(title=step.heading, text=text)


def _put(text: str, old: str, line: str) -> str:
    """``text`` with ``line`` where ``old`` stands, at the end where that was changed."""
    if old and old in text:
        return text.replace(old, line, 1).rstrip() if line else _without(text, old)
    return f"{text.rstrip()}\n{line}" if line else text


def _without(text: str, old: str) -> str:
    return "\n".join(part for part in text.replace(old, "", 1).split("\n") if part)


def close(
    db: Store,
    review: Review,
    figures: dict[str, Any],
    *,
    today: date,
    now: datetime,
) -> Review:
    """Close a review with the figures of today; what was not done stays as it is."""
    with db.write(N_("close the review {what}"), now, what=review.period.label):
        review = begin(db, get(db, review.kind, review.period), today=today, now=now)
        entry = review.entry
        assert entry is not None
        kept = dict(entry.snapshot or {})
        kept.update(
            review=review.kind,
            state="closed",
            closed_on=today,
            figures=figures,
            numbers=goal_figures(db, review),
        )
        entry = entries.edit(db, entry, now, snapshot=kept)
    return _review(entries.get(db, entry.id), review.kind, review.period)


def reopen(db: Store, review: Review, now: datetime) -> Review:
    """Take a closed review up again; its figures are taken anew when it is closed."""
    entry = review.entry
    if entry is None or not review.closed:
        raise Refused(_("This review is not closed."))
    with db.write(N_("reopen the review {what}"), now, what=review.period.label):
        kept = {**(entry.snapshot or {}), "review": review.kind, "state": "open"}
        entry = entries.edit(db, entry, now, snapshot=kept)
    return _review(entry, review.kind, review.period)


def goal_figures(db: Store, review: Review) -> dict[str, Any]:
    """Where each goal stands: its number, or its milestones done and all."""
    year = review.period.last.year
    found: dict[str, Any] = {}
    for one in (year - 1, year):
        for goal in goals.ls(db, one):
            if goal.measure is not None:
                found[goal.handle] = goal.measure.now
            elif goal.milestones:
                done = sum(1 for step in goal.milestones if step.done_on is not None)
                found[goal.handle] = [done, len(goal.milestones)]
    return found


def answers(db: Store, review: Review) -> dict[str, Entry]:
    """The answers to the questions of a review, by the question's id."""
    if review.entry is None:
        return {}
    found = db.read(
        "SELECT e.id FROM link l JOIN entry e ON e.id = l.from_id WHERE l.to_id = ? "
        "AND l.role = 'from' AND e.kind = 'reflection' AND e.deleted_at IS NULL",
        (review.entry.id,),
    )
    every = entries.some(db, [row[0] for row in found])
    return {entry.prompt: entry for entry in every if entry.prompt}


def answer(
    db: Store,
    review: Review,
    prompt: str,
    text: str,
    *,
    today: date,
    now: datetime,
) -> Entry:
    """Write the answer to a question of the review, as a reflection linked to it.

    Raises EmptyText for nothing.
    """
    with db.write(N_("answer the question"), now):
        review = begin(db, review, today=today, now=now)
        assert review.entry is not None
        old = answers(db, review).get(prompt)
        if old is not None:
            return entries.edit(db, old, now, text=text)
        entry = entries.add(
            db, text=text, kind="reflection", day=today, now=now, prompt=prompt
        )
        rows.set_links(db, entry.id, [review.entry.id], "from")
    return entry
