"""What the verbs of ``situation`` do: list, open, show, send, close."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.listing import chosen, printed
from plannertui.cli.options import Args
from plannertui.cli.words import day_words
from plannertui.core.errors import NotFound, Refused, Usage
from plannertui.core.words import kind_word, state_word
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.matters import Matter
    from plannertui.core.situations import Situation

CALL = "ptui situation"
CLOSE = ("expected", "happened", "why", "keep", "actual", "match", "lesson")


def situation(session: Session, name: str) -> Situation:
    """The situation called ``name``."""
    from plannertui.store.situations import get

    found = session.find(name)
    if found[3] != "situation":
        raise NotFound(
            _("{handle} is no situation. See: ptui situation ls --all").format(
                handle=found[1]
            )
        )
    return get(session.db, found[0])


def listed(session: Session, found: list[Situation]) -> None:
    """Print situations, one a line."""
    from plannertui.core.situation_answers import resume_at
    from plannertui.core.situation_steps import STEPS

    rows: list[list[Any]] = []
    for each in found:
        state = state_word(each.state)
        if each.state == "open":
            at = resume_at(each)
            state += f" {at + 1}/{len(STEPS)} {_(STEPS[at].title)}"
        when = each.at[11:16] if each.at else ""
        rows.append(
            [
                (each.handle, "accent"),
                f"{day_words(each.day)} {when}".strip(),
                kind_word(each.kind),
                state,
                each.line,
            ]
        )
    session.out.table(rows)


def ls(session: Session, args: Args) -> int:
    """Print the situations that are not over; --all prints every one."""
    from plannertui.store import situations

    nouns.no_words(args, CALL)
    db = session.db
    found = situations.ls(db, None) if args.has("all") else situations.live(db)
    found = chosen(
        session, args, found, lambda row: (row.day, row.closed_on or row.day)
    )
    if printed(
        session, args, "situation ls", lambda: [data(session, r) for r in found]
    ):
        return 0
    listed(session, found)
    if not found:
        session.out.talk(
            _('Nothing is open. Begin: ptui situation add "what happened"')
        )
    return 0


def data(session: Session, row: Situation) -> dict[str, Any]:
    """``row`` as JSON values, with what follows from its answers."""
    from plannertui.cli.show import data as plain
    from plannertui.core.situation_answers import answered, resume_at
    from plannertui.core.situation_steps import NAMES
    from plannertui.core.situations import promised, unsettled

    return {
        **plain(session, row),
        "answered": answered(row),
        "next_step": NAMES[resume_at(row)],
        "unsettled": unsettled(row),
        "promise": promised(row),
    }


def tell(session: Session, row: Situation, *words: str) -> int:
    """Say what ``row`` is now."""
    if session.args.has("json"):
        session.out.document(data(session, row))
        return 0
    return nouns.tell(
        session,
        row,
        *(words or (state_word(row.state),)),
        kind_word(row.kind),
        row.line,
    )


def add(session: Session, args: Args) -> int:
    """Open a situation with its one line."""
    from plannertui.core.situations import KINDS
    from plannertui.store import people, situations

    line = nouns.words_after(session, args, 0, _("What has happened, in one line? "))
    if nouns.is_none(args, "person"):
        chair = None
    elif args.has("person"):
        chair = nouns.person(session, args.get("person") or "")
    else:
        chair = people.primary(session.db)
    day = nouns.option_day(session, args, "on", past=True) or session.today
    if day > session.today:
        raise Usage(_("--{name} is a day that has come.").format(name="on"))
    row = situations.add(
        session.db,
        line=" ".join(line.split()),
        kind=args.choice("kind", KINDS) or "emergency",
        day=day,
        timed=day == session.today,
        now=session.now,
        clock=nouns.option_text(session, args, "clock") or "",
        person_id=chair.id if chair else None,
    )
    tell(session, row)
    session.out.talk(
        _("Go on: ptui situation step {handle} facts --confirmed …").format(
            handle=row.handle
        )
    )
    return 0


def show(session: Session, args: Args) -> int:
    """Print one situation, step by step."""
    (name,) = nouns.only(args, 1, CALL + " show")
    row = situation(session, name)
    if args.has("json"):
        session.out.document(data(session, row))
        return 0
    from plannertui.core.situation_answers import sheet

    out = session.out
    when = row.at[11:16] if row.at else ""
    out.line(
        (row.handle, "accent"),
        f"  {kind_word(row.kind)}  {state_word(row.state)}",
        f"  {day_words(row.day)} {when}".rstrip(),
    )
    out.block(row.line, indent=2, style="strong")
    for title, rows in sheet(row, priorities(session)):
        out.line()
        out.line((title, "strong"))
        out.table(
            [("" if at else "  " + label, "quiet"), text]
            for label, lines in rows
            for at, text in enumerate(lines)
        )
    return 0


def priorities(session: Session) -> dict[str, str]:
    """What every leader answers for, by handle."""
    from plannertui.store.priorities import ls as every

    return {each.handle: each.text for each in every(session.db, None, past=True)}


def send(session: Session, args: Args) -> int:
    """Note that the message went out; makes the promise to report again."""
    from plannertui.store import situations

    (name,) = nouns.only(args, 1, CALL + " send")
    row = situation(session, name)
    row, promise = situations.send(session.db, row, session.today, session.now)
    if args.has("json"):
        made = None if promise is None else promise.handle
        session.out.document({**data(session, row), "report": made})
        return 0
    tell(session, row)
    _say_promise(session, promise)
    return 0


def _say_promise(session: Session, promise: Matter | None) -> None:
    if promise is None:
        session.out.talk(_("No time to report again was said, so nothing is promised."))
    else:
        session.out.line(
            (promise.handle, "accent"), f"  {kind_word('promise')}  {promise.title}"
        )


def close(session: Session, args: Args) -> int:
    """Close a situation in four lines, and compare what was predicted."""
    from plannertui.core.situations import MATCHES
    from plannertui.store import situations

    (name,) = nouns.only(args, 1, CALL + " close")
    row = situation(session, name)
    args.choice("match", (*MATCHES, *nouns.NONE))
    given = {
        option: text
        for option in CLOSE
        if (text := nouns.option_text(session, args, option)) is not None
    }
    if not given and session.interactive and not args.has("json"):
        from plannertui.cli.situation_flow import closing

        given = closing(session, row)
    row, entry = situations.close(session.db, row, given, session.today, session.now)
    if args.has("json"):
        made = None if entry is None else entry.handle
        session.out.document({**data(session, row), "entry": made})
        return 0
    tell(session, row)
    if entry is not None:
        session.out.line(
            (entry.handle, "accent"), f"  {kind_word('lesson')}  {entry.text}"
        )
    return 0


def void(session: Session, args: Args) -> int:
    """Set a situation aside: it was none after all."""
    from plannertui.store import situations

    (name,) = nouns.only(args, 1, CALL + " void")
    row = situation(session, name)
    if row.state not in ("open", "sent"):
        raise Refused(
            _("{handle} is over: {state}.").format(
                handle=row.handle, state=state_word(row.state)
            )
        )
    return tell(session, situations.void(session.db, row, session.today, session.now))


def reopen(session: Session, args: Args) -> int:
    """Go on with a situation that was closed or set aside."""
    from plannertui.store import situations

    (name,) = nouns.only(args, 1, CALL + " reopen")
    return tell(
        session, situations.reopen(session.db, situation(session, name), session.now)
    )


def resume(session: Session, args: Args) -> int:
    """Go through the six steps at plain prompts; without a terminal list what is open."""
    if not args.words:
        code = ls(session, args)
        if args.has("json") or not session.interactive:
            return code
        from plannertui.store import situations

        found = situations.live(session.db)
        row = found[0] if found else None
    else:
        (name,) = nouns.only(args, 1, CALL + " resume")
        row = situation(session, name)
        if not session.interactive:
            raise Refused(
                _(
                    "This asks at a terminal. In a script: {call} step {handle} …"
                ).format(call=CALL, handle=row.handle)
            )
    from plannertui.cli.situation_flow import walk

    return walk(session, row)


def boundary(session: Session, args: Args) -> int:
    """Open the boundary check of a situation: a grey matter, decided by ``edit``."""
    from plannertui.store import situations

    (name,) = nouns.only(args, 1, CALL + " boundary")
    matter = situations.look_at_boundary(
        session.db, situation(session, name), session.today, session.now
    )
    nouns.tell(session, matter, kind_word("grey"), matter.title)
    session.out.talk(
        _("Decide: ptui edit {handle} --decision declined").format(handle=matter.handle)
    )
    return 0
