"""A review on the terminal: what each step lays out, and the way through its steps."""

from __future__ import annotations

from plannertui import i18n
from plannertui.cli.words import clip, day_words
from plannertui.core.errors import EmptyText, PlannerError
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.reviewsteps import Step
    from plannertui.store.reviewing import Desk, Group
    from plannertui.store.reviewing.questions import Posed
    from plannertui.store.reviews import Review

STEER = ("s", "b", "q")
"""What is typed to skip, go back, and stop, in place of a sentence."""
STYLES = {"behind": "warn", "at-risk": "bad", "ahead": "good", "muted": "quiet"}


def review_data(review: Review) -> dict[str, Any]:
    """A review as plain JSON values: its steps, its text, its figures."""
    from plannertui.core.reviews import steps_of

    entry = review.entry
    return {
        "type": "review",
        "review": review.kind,
        "period": review.period.label,
        "also": review.period.also or None,
        "from": review.period.first.isoformat(),
        "to": review.period.last.isoformat(),
        "handle": entry.handle if entry is not None else None,
        "day": entry.day.isoformat() if entry is not None else None,
        "closed": review.closed,
        "text": entry.text if entry is not None else "",
        "steps": [
            {
                "step": step.name,
                "minutes": step.minutes,
                "state": review.step(step.name).state or None,
                "text": review.step(step.name).text,
            }
            for step in steps_of(review.kind)
        ],
        "figures": review.snapshot.get("figures"),
        "numbers": review.snapshot.get("numbers"),
    }


def data(session: Session, desk: Desk) -> dict[str, Any]:
    """A review with everything that its steps lay out, as plain JSON values."""
    from plannertui.core.reviews import steps_of

    found = review_data(desk.review)
    for step, row in zip(steps_of(desk.review.kind), found["steps"], strict=True):
        groups, questions = _laid_out(session, desk, step)
        row["title"] = step.heading
        row["shows"] = [
            {
                "title": group.title,
                "lines": [
                    {
                        "text": part.text,
                        "about": part.about,
                        "handle": part.handle or None,
                        "noun": part.noun or None,
                    }
                    for part in group.parts
                ],
            }
            for group in groups
        ]
        row["questions"] = [
            {
                "prompt": one.prompt.id,
                "question": one.prompt.text(i18n.language()),
                "why": one.why,
                "answer": one.answer.text if one.answer is not None else None,
                "before": one.before.text if one.before is not None else None,
            }
            for one in questions
        ]
    return found


def _laid_out(
    session: Session, desk: Desk, step: Step, *, note: bool = False
) -> tuple[list[Group], list[Posed]]:
    from plannertui.store.reviewing import lay_out
    from plannertui.store.reviewing.questions import posed

    return lay_out(desk, step.shows), posed(desk, step, note=note)


def show(session: Session, desk: Desk) -> int:
    """Print what every step lays out."""
    from plannertui.core.reviews import steps_of

    if session.out.json:
        session.out.document(data(session, desk))
        return 0
    for place in range(len(steps_of(desk.review.kind))):
        if place:
            session.out.line()
        _print(session, desk, place, note=False)
    return 0


def _print(session: Session, desk: Desk, place: int, *, note: bool) -> list[Posed]:
    """Print one step: its heading, its lines, what was written in it."""
    from plannertui.core.reviews import steps_of

    out, steps = session.out, steps_of(desk.review.kind)
    step = steps[place]
    kept = desk.review.step(step.name)
    mark = {"done": _("done"), "skipped": _("skipped")}.get(kept.state, "")
    minutes = _("{minutes} min").format(minutes=step.minutes)
    out.line(
        (f"{place + 1}/{len(steps)} {step.heading}", "accent"),
        f"  {minutes}",
        (f"  {mark}" if mark else "", "quiet"),
    )
    out.block(_(step.does), indent=2, style="quiet")
    groups, questions = _laid_out(session, desk, step, note=note)
    if step.shows == "report":
        _draft(session, desk)
    for group in groups:
        out.line(("  " + group.title, "strong"))
        if not group.parts:
            out.line(("    " + group.empty, "quiet"))
        out.table(
            [
                [
                    "   ",
                    (part.handle, "accent"),
                    (part.about, STYLES.get(part.role, "")),
                    part.text,
                ]
                for part in group.parts
            ]
        )
    for one in questions:
        out.block(one.prompt.text(i18n.language()), indent=2, style="strong")
        for old in (one.before, one.answer):
            if old is not None:
                said = _("{day}: {text}").format(
                    day=day_words(old.day), text=clip(old.text, 300)
                )
                out.block(said, indent=4, style="quiet")
    if kept.text:
        out.block(kept.text, indent=2)
    return questions


def _draft(session: Session, desk: Desk) -> None:
    """Print the draft of the weekly report."""
    from plannertui.outputs.report import make

    try:
        made = make(
            session.db,
            "weekly",
            now=session.now,
            today=session.today,
            calendar=session.calendar,
            settings=session.settings,
            period=desk.review.period.label,
        )
    except PlannerError as error:
        # A template of the user's own that is wrong keeps nobody from the review.
        session.out.block(error.message, indent=4, style="warn")
        return
    session.out.block(made.markdown, indent=4)


def guide(
    session: Session, review: Review, close: Callable[[Session, Review], Review]
) -> int:
    """Lead through the steps; every one is kept before the next begins."""
    from plannertui.cli.reviews import desk_of
    from plannertui.core.reviews import name_of, steps_of
    from plannertui.store import reviews
    from plannertui.store.reviewing.mirror import give_example

    steps = steps_of(review.kind)
    out = session.out
    out.line((f"{name_of(review.kind)} {review.period.shown}", "strong"))
    out.talk(
        _(
            "Write a sentence, or Enter alone for none; s skips, b goes back, q stops here."
        )
    )
    place = 0 if review.closed else review.at
    while place < len(steps):
        out.line()
        step = steps[place]
        questions = _print(session, desk_of(session, review), place, note=True)
        typed = ""
        if step.shows == "standard":
            review, typed = _standard(session, review)
        for one in questions if typed not in STEER else ():
            typed = session.ask(_("Answer: ")).strip()
            if typed in STEER:
                break
            if typed:
                reviews.answer(
                    session.db,
                    review,
                    one.prompt.id,
                    typed,
                    today=session.today,
                    now=session.now,
                )
        if typed not in STEER:
            typed = session.ask(_(step.writes) + " ").strip()
        if typed == "q":
            out.talk(
                _("Kept up to here. Go on with: ptui review {kind}").format(
                    kind=review.kind
                )
            )
            return 0
        if typed == "b":
            place = max(0, place - 1)
            continue
        review = reviews.keep(
            session.db,
            review,
            step.name,
            today=session.today,
            now=session.now,
            state="skipped" if typed == "s" else "done",
            text=None if typed in ("", "s") else typed,
        )
        if step.shows == "standard" and typed not in ("", "s"):
            give_example(desk_of(session, review), typed, session.now)
        place += 1
    out.line()
    if review.kind in ("year-open", "plan"):
        _plan_page(session, review)
    return tell(session, close(session, review))


def _standard(session: Session, review: Review) -> tuple[Review, str]:
    """Ask whether the standard was kept; the review, and what was typed to steer."""
    from plannertui.cli.reviews import desk_of
    from plannertui.store.reviewing.mirror import (
        ANSWERS,
        answer_standard,
        answer_word,
        standard_in_turn,
    )

    desk = desk_of(session, review)
    if standard_in_turn(desk) is None:
        return review, ""
    words = {answer_word(each): each for each in ANSWERS} | dict(
        zip("ypn", ANSWERS, strict=True)
    )
    while True:
        said = " / ".join(map(answer_word, ANSWERS))
        typed = session.ask(f"{said}: ").strip().casefold()
        if typed in STEER or not typed:
            return review, typed
        answer = words.get(typed, typed)
        if answer in ANSWERS:
            return answer_standard(desk, answer, session.now)[1], ""


def _plan_page(session: Session, review: Review) -> None:
    from plannertui.store.reviewing.planpage import page

    year = review.period.label
    session.out.block(page(session.db, int(year)))
    session.out.talk(
        _("To share, goals and measures only: {call}").format(
            call=f"ptui report plan --period {year}"
        )
    )


def tell(session: Session, review: Review) -> int:
    """Say how a review stands now, in one line or as JSON."""
    from plannertui.core.reviews import name_of, steps_of

    if session.out.json:
        session.out.document(review_data(review))
        return 0
    if review.entry is None:
        raise EmptyText(_("This review was not begun."))
    if session.args.has("quiet"):
        session.out.line(review.entry.handle)
        return 0
    steps = len(steps_of(review.kind))
    state = _("closed") if review.closed else _("begun")
    session.out.line(
        (review.entry.handle, "accent"),
        f"  {name_of(review.kind)} {review.period.shown}  ",
        _("{done} of {all}").format(done=review.passed, all=steps),
        f"  {state}",
    )
    return 0


def show_review(session: Session, review: Review) -> int:
    """Print what was written in a review, and the goals' numbers of its day."""
    from plannertui.store import reviews

    if session.out.json:
        session.out.document(review_data(review))
        return 0
    tell(session, review)
    assert review.entry is not None
    session.out.block(review.entry.text, indent=2)
    for entry in reviews.answers(session.db, review).values():
        session.out.line("  ", (entry.handle, "accent"), "  ", clip(entry.text, 200))
    numbers = review.snapshot.get("numbers") or {}
    for handle, value in numbers.items():
        words = "/".join(map(str, value)) if isinstance(value, list) else f"{value:g}"
        session.out.line("  ", (handle, "accent"), f"  {words}")
    return 0
