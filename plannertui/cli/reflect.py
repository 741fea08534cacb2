"""``reflect``: the day's question, and its answer from a prompt or a pipe."""

from __future__ import annotations

from plannertui import i18n
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import clip, day_words
from plannertui.core.errors import EmptyText, NotFound, Usage
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.entries import Entry
    from plannertui.store.questions import Question, Questions


def reflect(session: Session, args: Args) -> int:
    """Ask the day's question and keep the answer."""
    modes = [name for name in ("show", "skip") if args.has(name)]
    if modes and args.words:
        raise Usage(_("--{name} takes no words.").format(name=modes[0]))
    questions = _questions(session)
    day = session.today
    found = questions.of(day, day)
    if args.has("another"):
        found = _another(session, questions, found)
    if args.has("show"):
        return _show(session, found)
    if args.has("skip"):
        return _skip(session, questions, found)
    if session.interactive or not session.out.json:
        _put(session, found)
    text = session.text(args.words, "> ").strip()
    if not text:
        raise EmptyText(_("Nothing was written; the question stays for today."))
    return _keep(session, questions, found, text)


def _questions(session: Session) -> Questions:
    from plannertui.store.questions import Questions, bank

    return Questions(
        session.db,
        bank(session.settings),
        session.calendar,
        session.settings.year_start,
    )


def _another(
    session: Session, questions: Questions, found: Question | None
) -> Question | None:
    """The next question of the day; the present one counts as asked."""
    if found is not None and not found.more:
        raise NotFound(_("Three others were asked today; that is enough."))
    following = questions.another(session.today)
    if following is None:
        raise NotFound(_("Three others were asked today; that is enough."))
    return following


def _lens(session: Session, found: Question) -> str:
    from plannertui.store.questions import bank

    lens = bank(session.settings).lens(found.prompt.lens)
    return found.prompt.lens if lens is None else lens.name(i18n.language())


def _put(session: Session, found: Question | None) -> None:
    """Put the question before the user: lens and why, question, then and now."""
    out = session.out
    if found is None:
        out.talk(_nothing(session))
        if not session.db.readonly:
            out.talk(_("A free thought is kept all the same."))
        return
    head = " · ".join(part for part in (_lens(session, found), found.why) if part)
    out.talk(head)
    out.talk(found.prompt.text(i18n.language()))
    if found.before is not None:
        out.talk(
            _("{day}: {text}").format(
                day=day_words(found.before.day), text=clip(found.before.text, 300)
            )
        )
    if found.answer is not None:
        out.talk(
            _("Answered today as {handle}; what you write now is added to it.").format(
                handle=found.answer.handle
            )
        )


def _nothing(session: Session) -> str:
    """Why nothing is asked today."""
    if session.db.readonly and session.calendar.is_workday(session.today):
        return _("The data can only be read, so no question was chosen for today.")
    return _("A day off: nothing is asked.")


def _show(session: Session, found: Question | None) -> int:
    """Print the question alone; lens, why and the former answer go to stderr."""
    if session.out.json:
        session.out.document(None if found is None else _data(session, found))
        return 0
    if found is None:
        session.out.talk(_nothing(session))
        return 0
    session.out.talk(
        " · ".join(part for part in (_lens(session, found), found.why) if part)
    )
    session.out.line(found.prompt.text(i18n.language()))
    if found.before is not None:
        session.out.talk(
            _("{day}: {text}").format(
                day=day_words(found.before.day), text=clip(found.before.text, 300)
            )
        )
    return 0


def _data(session: Session, found: Question) -> dict[str, Any]:
    return {
        "day": found.asked.day.isoformat(),
        "prompt": found.prompt.id,
        "question": found.prompt.text(i18n.language()),
        "lens": found.prompt.lens,
        "lens_name": _lens(session, found),
        "why": found.why,
        "yields": found.prompt.yields or None,
        "before": _entry(found.before),
        "answer": _entry(found.answer),
        "more": found.more,
    }


def _entry(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "handle": entry.handle,
        "day": entry.day.isoformat(),
        "text": entry.text,
    }


def _skip(session: Session, questions: Questions, found: Question | None) -> int:
    """Pass the question over; it counts as asked."""
    if found is None:
        session.out.talk(_nothing(session))
        return 0
    if found.answer is not None:
        raise Usage(
            _("{handle} answers it already.").format(handle=found.answer.handle)
        )
    questions.skip(found)
    session.out.talk(_("Passed over; it comes round again in its turn."))
    if session.out.json:
        session.out.document(_data(session, found) | {"skipped": True})
    return 0


def _keep(
    session: Session, questions: Questions, found: Question | None, text: str
) -> int:
    """Write the answer, with the links and tags that it names."""
    from plannertui.core.capture import parse
    from plannertui.core.text import clean
    from plannertui.store import entries
    from plannertui.store.refs import resolve

    text = clean(text)
    if found is not None and found.answer is not None:
        text = f"{found.answer.text}\n{text}"
    line = parse(
        text,
        today=session.today,
        resolve=lambda name: resolve(session.db, name),
        kind="note",
    )
    links = [ref[0] for ref in line.refs]
    with session.db.write(N_("answer the day's question"), session.now):
        if found is None:
            entry = entries.add(
                session.db,
                text=text,
                kind="reflection",
                day=session.today,
                now=session.now,
                links=links,
                tags=line.tags,
            )
        else:
            entry = questions.answer(found, text, now=session.now, links=links)
            if line.tags or found.answer is not None:
                entry = entries.edit(
                    session.db, entry, session.now, links=links, tags=line.tags
                )
    if session.out.json:
        from plannertui.cli.show import data

        session.out.document(data(session, entry))
        return 0
    session.out.line(
        (entry.handle, "accent"),
        "  ",
        day_words(entry.day),
        "  ",
        kind_word(entry.kind),
    )
    if found is not None and found.prompt.yields in YIELDS:
        session.out.talk(
            _("It could become more: {call}").format(call=YIELDS[found.prompt.yields])
        )
    return 0


# What an answer may be turned into, as the call that does it.
YIELDS = {
    "ask": 'ptui ask "…" --to L1',
    "promise": 'ptui promise "…" --to L1 --by fri',
    "win": 'ptui win "…"',
    "lesson": 'ptui lesson "…"',
    "warn": 'ptui warn "…"',
    "grey": 'ptui grey "…"',
    "standard": 'ptui year set --add --standard "…"',
}

COMMANDS: dict[str, Command | Group] = {
    "reflect": Command(
        "reflect",
        N_("Answer the day's question from the leader's perspective."),
        reflect,
        words=N_("[ANSWER…]"),
        options=(
            Option("show", "", N_("print the question, ask nothing")),
            Option("another", "", N_("another question, up to three")),
            Option("skip", "", N_("pass it over today")),
        ),
        notes=(
            N_("The question goes to stderr; the answer comes from where you like."),
        ),
        examples=(
            "ptui reflect",
            "ptui reflect --show --json",
            "ptui reflect < answer.txt",
        ),
    )
}
