"""``revisit``: entries that asked to be seen again, then and now."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.again import revisit_day
from plannertui.cli.listing import LISTED, chosen, printed
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import clip, day_words
from plannertui.core.errors import EmptyText, NotFound, Usage
from plannertui.core.mentions import spoken
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.entries import Entry

CALL = "ptui revisit"


def revisit(session: Session, args: Args) -> int:
    """List what is to be seen again, or answer one, put it off, end it."""
    if not args.words:
        return _ls(session, args)
    if args.has("all"):
        raise Usage(_("--all is for the list."))
    entry = _entry(session, args.words[0])
    if args.has("on") or args.has("end"):
        if args.has("on") and args.has("end"):
            raise Usage(
                _("--{one} and --{other} do not go together.").format(
                    one="on", other="end"
                )
            )
        nouns.only(args, 1, CALL)
        return _put_off(session, args, entry)
    return _answer(session, args, entry)


def _entry(session: Session, name: str) -> Entry:
    from plannertui.store import entries

    found = session.find(name)
    if found[3] != "entry":
        raise NotFound(
            _("{handle} is no entry. See: ptui revisit").format(handle=found[1])
        )
    return entries.get(session.db, found[0])


def _ls(session: Session, args: Args) -> int:
    from plannertui.store import revisits

    if args.has("end"):
        raise Usage(_("Which one? Try: ptui revisit J12 --end"))
    found = revisits.due(session.db, session.today)
    if args.has("all"):
        found += revisits.ahead(session.db, session.today)
    found = chosen(
        session, args, found, lambda e: (e.revisit_on, e.revisit_on), past=False
    )
    if printed(session, args, "revisit", lambda: [_data(session, e) for e in found]):
        return 0
    session.out.table(
        [
            (each.handle, "accent"),
            day_words(each.day),
            kind_word(each.kind),
            _("again on {day}").format(day=day_words(each.revisit_on))
            if each.revisit_on is not None
            else "",
            clip(spoken(each), 200),
        ]
        for each in found
    )
    if not found:
        session.out.talk(
            _("Nothing asks to be seen again. Try: {call}").format(
                call='ptui note "…" --revisit 30d'
            )
        )
    return 0


def _data(session: Session, entry: Entry) -> dict[str, Any]:
    from plannertui.store import revisits

    return {
        "handle": entry.handle,
        "kind": entry.kind,
        "day": entry.day.isoformat(),
        "text": entry.text,
        "revisit_on": entry.revisit_on.isoformat() if entry.revisit_on else None,
        "due": entry.revisit_on is not None and entry.revisit_on <= session.today,
        "answers": [each.handle for each in revisits.answers(session.db, entry)],
    }


def _tell(session: Session, entry: Entry, words: str) -> int:
    if session.out.json:
        from plannertui.store import entries

        session.out.document(_data(session, entries.get(session.db, entry.id)))
        return 0
    session.out.line((entry.handle, "accent"), "  ", words)
    return 0


def _put_off(session: Session, args: Args, entry: Entry) -> int:
    from plannertui.store import revisits

    when = args.get("on")
    day = None if when is None else revisit_day(session, when)
    revisits.put_off(session.db, entry, day, session.now)
    if day is None:
        return _tell(session, entry, _("not shown again"))
    return _tell(session, entry, _("again on {day}").format(day=day_words(day)))


def _answer(session: Session, args: Args, entry: Entry) -> int:
    """Then on stderr, now from the words, the pipe or a prompt."""
    from plannertui.core.capture import parse
    from plannertui.store import revisits
    from plannertui.store.refs import resolve

    session.out.talk(
        _("{day}: {text}").format(day=day_words(entry.day), text=spoken(entry))
    )
    text = session.text(args.words[1:], _("What do you say now? "))
    if not text.strip():
        raise EmptyText(_("Nothing was written; it is shown again."))
    line = parse(
        text,
        today=session.today,
        resolve=lambda name: resolve(session.db, name),
        kind="note",
    )
    made = revisits.answer(
        session.db,
        entry,
        text,
        day=session.today,
        now=session.now,
        links=[ref[0] for ref in line.refs],
        tags=line.tags,
    )
    words = _("answers {handle}").format(handle=entry.handle)
    return _tell(session, made, f"{day_words(made.day)}  {words}")


COMMANDS: dict[str, Command | Group] = {
    "revisit": Command(
        "revisit",
        N_("See again what asked for it: the old text, and what you say now."),
        revisit,
        words=N_("[HANDLE [ANSWER… | -]]"),
        options=(
            Option("on", "WHEN", N_("show it again then: 30d, 2w, 2024-12-01")),
            Option("end", "", N_("show it no more")),
            Option("all", "", N_("in the list: those of later days too"), short="a"),
            *(option for option in LISTED if option.name != "on"),
        ),
        examples=(
            "ptui revisit",
            N_('ptui revisit J105 "Half of it came true."'),
            "ptui revisit J105 --on 2w",
        ),
    )
}
