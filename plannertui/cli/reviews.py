"""``review``: weekly, monthly, quarterly reviews, closing a year, planning one."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.listing import LISTED, chosen, printed
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import day_words
from plannertui.core.errors import NotFound, Refused, Usage
from plannertui.i18n import N_, pgettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.reviews import Kind
    from plannertui.store.reviewing import Desk
    from plannertui.store.reviewing.standing import Standing
    from plannertui.store.reviews import Review

CALL = "ptui review"
ONE_OF = ("step", "show", "close", "reopen")


def status(session: Session, args: Args) -> int:
    """Print which reviews are due, which were begun, and when the others come."""
    from plannertui.core.reviews import minutes_of, name_of, steps_of
    from plannertui.store.reviewing.standing import standings

    nouns.no_words(args, CALL)
    found = standings(
        session.db, session.today, session.calendar, session.settings.year_start
    )
    if args.has("json"):
        session.out.document([standing_data(each) for each in found])
        return 0
    rows: list[list[Cell]] = []
    for each in found:
        steps = len(steps_of(each.kind))
        on = day_words(each.on) if each.on is not None else ""
        state: Cell = {
            "open": (_("begun"), "warn"),
            "due": (pgettext("review", "due"), "strong"),
            "coming": (_("to come"), "quiet"),
        }[each.state]
        far = ""
        if each.state == "open":
            far = _("{done} of {all}").format(done=each.review.passed, all=steps)
        elif each.held is not None:
            far = _("last: {period}").format(period=each.held.period.label)
        minutes = _("{minutes} min").format(minutes=minutes_of(each.kind))
        rows.append(
            [
                (each.kind, "accent"),
                name_of(each.kind),
                each.period.shown,
                state,
                on,
                minutes,
                far,
            ]
        )
    session.out.table(rows)
    return 0


def standing_data(each: Standing) -> dict[str, Any]:
    """How a review stands, as plain JSON values."""
    entry = each.review.entry
    return {
        "review": each.kind,
        "period": each.period.label,
        "also": each.period.also or None,
        "from": each.period.first.isoformat(),
        "to": each.period.last.isoformat(),
        "state": each.state,
        "due": each.on.isoformat() if each.on is not None else None,
        "passed": each.review.passed,
        "handle": entry.handle if entry is not None else None,
        "held": each.held.period.label if each.held is not None else None,
    }


def desk_of(session: Session, review: Review) -> Desk:
    """The desk that ``review`` is held at."""
    from plannertui.store.questions import bank
    from plannertui.store.reviewing import Desk

    return Desk(
        session.db,
        review,
        session.today,
        session.calendar,
        session.settings.year_start,
        bank(session.settings),
    )


def _review(session: Session, args: Args, kind: Kind) -> Review:
    """The review that ``--period`` names, or the one that is due, begun or at hand."""
    from plannertui.core.reviews import period_of, read_period
    from plannertui.store import reviews
    from plannertui.store.reviewing.standing import standings

    start = session.settings.year_start
    label = args.get("period")
    if label is not None:
        return reviews.get(session.db, kind, read_period(kind, label, start))
    for each in standings(session.db, session.today, session.calendar, start):
        if each.kind == kind and (
            each.state != "coming" or kind in ("year-open", "plan")
        ):
            return each.review
    return reviews.get(session.db, kind, period_of(kind, session.today, start))


def hold(session: Session, args: Args, kind: Kind) -> int:
    """Hold a review: guided on a terminal, step by step from a script."""
    from plannertui.cli import reviewing

    modes = [name for name in ONE_OF if args.has(name)]
    if len(modes) > 1:
        raise Usage(
            _("--{one} and --{other} do not go together.").format(
                one=modes[0], other=modes[1]
            )
        )
    for name in ("text", "skip", "answer"):
        if args.has(name) and modes != ["step"]:
            raise Usage(_("--{name} needs --step STEP.").format(name=name))
    if modes != ["step"]:
        nouns.no_words(args, f"{CALL} {kind}")
    review = _review(session, args, kind)
    if args.has("step"):
        return _step(session, args, review)
    if args.has("show"):
        return reviewing.show(session, desk_of(session, review))
    if args.has("close"):
        return reviewing.tell(session, _close(session, review))
    if args.has("reopen"):
        from plannertui.store import reviews

        return reviewing.tell(session, reviews.reopen(session.db, review, session.now))
    if session.out.json:
        session.out.document(reviewing.data(session, desk_of(session, review)))
        return 0
    if not session.interactive:
        raise Refused(
            _("A review is held on a terminal. In a script: {call}").format(
                call=f'{CALL} {kind} --step NAME --text "…", --show, --close'
            )
        )
    return reviewing.guide(session, review, _close)


def _step(session: Session, args: Args, review: Review) -> int:
    """Keep one step: its text, or that it is skipped, or the answer to the standard."""
    from plannertui.cli import reviewing
    from plannertui.core.reviews import steps_of
    from plannertui.store import reviews
    from plannertui.store.reviewing.mirror import answer_standard, give_example

    name = args.get("step") or ""
    steps = steps_of(review.kind)
    if name not in [step.name for step in steps]:
        raise Usage(
            _('"{value}" is none of: {choices}').format(
                value=name, choices=", ".join(step.name for step in steps)
            )
        )
    step = next(each for each in steps if each.name == name)
    if args.has("text") and args.words:
        raise Usage(_("Two texts were given, as words and by --text."))
    if args.has("skip") and (args.has("text") or args.has("answer") or args.words):
        raise Usage(_("--skip keeps no text."))
    text = nouns.option_text(session, args, "text")
    if args.words:
        text = session.text(args.words, "")
    answer = args.get("answer")
    if answer is not None and step.shows != "standard":
        raise Usage(_("--answer is for the step that holds up a standard."))
    with session.db.write(
        N_("review step {what}"), session.now, what=review.period.label
    ):
        if answer is not None:
            desk = desk_of(session, review)
            _entry, review = answer_standard(desk, answer, session.now, text or "")
        review = reviews.keep(
            session.db,
            review,
            name,
            today=session.today,
            now=session.now,
            state="skipped" if args.has("skip") else "done",
            text=text,
        )
        if text and step.shows == "standard":
            give_example(desk_of(session, review), text, session.now)
    return reviewing.tell(session, review)


def _close(session: Session, review: Review) -> Review:
    """Close the review with the figures of today."""
    from plannertui.store import reviews
    from plannertui.store.figures import snapshot

    figures = snapshot(
        session.db, session.today, session.calendar, session.settings.year_start
    )
    return reviews.close(
        session.db, review, figures, today=session.today, now=session.now
    )


def ls(session: Session, args: Args) -> int:
    """Print every review, the last first."""
    from plannertui.cli import reviewing
    from plannertui.core.reviews import name_of, steps_of
    from plannertui.store import reviews

    nouns.no_words(args, CALL + " ls")
    every = reviews.ls(session.db, session.settings.year_start)
    found = chosen(session, args, every, lambda r: (r.period.first, r.period.last))
    if printed(
        session, args, "review ls", lambda: [reviewing.review_data(r) for r in found]
    ):
        return 0
    rows: list[list[Cell]] = []
    for each in found:
        assert each.entry is not None
        steps = len(steps_of(each.kind))
        state: Cell = _("{done} of {all}").format(done=each.passed, all=steps)
        if not each.closed:
            state = (_("begun"), "warn")
        rows.append(
            [
                (each.entry.handle, "accent"),
                each.period.label,
                name_of(each.kind),
                day_words(each.entry.day),
                state,
            ]
        )
    session.out.table(rows)
    if not found:
        session.out.talk(_("No review was held yet. Try: ptui review week"))
    return 0


def show(session: Session, args: Args) -> int:
    """Print one review: what was written, and the figures of its day."""
    from plannertui.cli import reviewing
    from plannertui.store import entries, reviews

    (name,) = nouns.only(args, 1, CALL + " show")
    start = session.settings.year_start
    name = session.readable(name)
    found = next(
        (r for r in reviews.ls(session.db, start) if r.period.label == name.upper()),
        None,
    )
    if found is None:
        entry = entries.get(session.db, session.find(name)[1])
        found = reviews.of(entry, start) if entry.kind == "review" else None
    if found is None:
        raise NotFound(_("{name} is no review. See: ptui review ls").format(name=name))
    return reviewing.show_review(session, found)


def _command(kind: Kind, summary: str, *examples: str) -> Command:
    def run(session: Session, args: Args) -> int:
        return hold(session, args, kind)

    like = {"week": "2024-W37", "month": "2024-09", "quarter": "2024-Q3"}
    return Command(
        kind,
        summary,
        run,
        words=N_("[TEXT… | -]"),
        options=(
            Option(
                "period",
                like.get(kind, "2024"),
                N_("another one than the one that is due"),
            ),
            Option("show", "", N_("print what the steps lay out, keep nothing")),
            Option("step", "STEP", N_("keep one step, as done unless --skip")),
            Option("text", "TEXT", N_("what is written in it; none takes it away")),
            Option("skip", "", N_("pass the step over")),
            Option("answer", "yes|partly|no", N_("to the standard, with --step mirror"))
            if kind == "week"
            else Option("answer", "yes|partly|no"),
            Option("close", "", N_("close it, with the figures of today")),
            Option("reopen", "", N_("take a closed one up again")),
        ),
        examples=(f"{CALL} {kind}", f"{CALL} {kind} --show", *examples),
    )


COMMANDS: dict[str, Command | Group] = {
    "review": Group(
        "review",
        N_("Look back and ahead, step by step; every step can be skipped and resumed."),
        {
            "status": Command(
                "status",
                N_("Which reviews are due, begun, to come."),
                status,
                examples=(CALL, CALL + " --json"),
            ),
            "week": _command(
                "week",
                N_("The week, in 15 minutes, on its last workday."),
                N_('ptui review week --step goals --text "G2 waits for legal"'),
                "ptui review week --step mirror --answer partly",
            ),
            "month": _command("month", N_("The month, in 30 minutes.")),
            "quarter": _command(
                "quarter",
                N_("The quarter or half year, in an hour."),
                "ptui review quarter --period 2024-H1",
            ),
            "year-close": _command(
                "year-close", N_("Close the year, in two sittings of 45 minutes.")
            ),
            "year-open": _command(
                "year-open", N_("Start planning my year: a sitting of 90 minutes.")
            ),
            "plan": _command("plan", N_("Plan the year in 10 minutes.")),
            "ls": Command(
                "ls", N_("Every review that was held or begun."), ls, options=LISTED
            ),
            "show": Command(
                "show",
                N_("One review: what was written, and the figures of its day."),
                show,
                words=N_("PERIOD | HANDLE"),
                examples=("ptui review show 2024-W37", "ptui review show J212"),
            ),
        },
        default="status",
        examples=(CALL, CALL + " week", CALL + " year-open"),
    )
}
