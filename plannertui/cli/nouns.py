"""What the noun commands share: reading their words, saying what came of it."""

from __future__ import annotations

from plannertui.cli.options import plain_number
from plannertui.core.errors import EmptyText, NotFound, Usage
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from plannertui.cli.options import Args
    from plannertui.cli.session import Session
    from plannertui.core.goals import Goal
    from plannertui.core.people import Person
    from plannertui.core.rows import Row

NONE = ("", "none", "-", "无", "–")


def no_words(args: Args, call: str) -> None:
    """Refuse words where none are meant."""
    if args.words:
        raise Usage(
            _('"{words}" is too much. See: {call} --help').format(
                words=" ".join(args.words), call=call
            )
        )


def only(args: Args, count: int, call: str) -> list[str]:
    """Exactly ``count`` words."""
    if len(args.words) != count:
        message = ngettext(
            "This takes {count} word, not {given}. See: {call} --help",
            "This takes {count} words, not {given}. See: {call} --help",
            count,
        )
        raise Usage(message.format(count=count, given=len(args.words), call=call))
    return args.words


def first(args: Args, call: str) -> str:
    """The first word: the handle of what is meant."""
    if not args.words:
        raise Usage(_("Which one? See: {call} --help").format(call=call))
    return args.words[0]


def words_after(session: Session, args: Args, count: int, question: str) -> str:
    """The text after ``count`` words: as given, from the pipe, or asked for."""
    text = session.text(args.words[count:], question).strip()
    if not text:
        raise EmptyText(_("There is nothing to write down: give some text."))
    return text


def option_text(session: Session, args: Args, name: str) -> str | None:
    """The text of ``--name``, empty where it says none; None when not given."""
    text = args.get(name)
    if text is None:
        return None
    return "" if text.strip().lower() in NONE else session.readable(text).strip()


def option_day(
    session: Session, args: Args, name: str, *, past: bool = False
) -> date | None:
    """The day of ``--name``; None when it is not given."""
    text = args.get(name)
    return None if text is None else session.date(text, past=past)


def is_none(args: Args, name: str) -> bool:
    """Whether ``--name`` was given to take the value away."""
    text = args.get(name)
    return text is not None and text.strip().lower() in NONE


def number(text: str) -> float:
    """``text`` as a number, full-width digits and signs too."""
    value = plain_number(text)
    if value is None:
        raise Usage(_('"{text}" is not a number.').format(text=text))
    return value


def year_option(session: Session, args: Args) -> int:
    """The year of ``--year``, this one when it is not given."""
    from plannertui.core.day import year_of

    text = args.get("year")
    if text is None:
        return year_of(session.today, session.settings.year_start)
    return year_number(text)


def year_number(text: str) -> int:
    """``text`` as the number of a year."""
    plain = text.isascii() and text.isdigit() and len(text) <= 4
    if not (plain and 1 <= int(text) <= 9998):
        raise Usage(_('"{text}" is no year. Write it like 2025.').format(text=text))
    return int(text)


def goal(session: Session, name: str) -> Goal:
    """The goal called ``name``."""
    from plannertui.store.goals import get

    found = session.find(name)
    if found[3] != "goal":
        raise NotFound(
            _("{handle} is no goal. See: ptui goal ls").format(handle=found[1])
        )
    return get(session.db, found[0])


def person(session: Session, name: str) -> Person:
    """The person called ``name``, by handle or alias."""
    from plannertui.store.people import get

    found = session.find(name)
    if found[3] != "person":
        raise NotFound(
            _("{handle} is no person. See: ptui person ls").format(handle=found[1])
        )
    return get(session.db, found[0])


def tell(session: Session, row: Row, *words: str) -> int:
    """Say what ``row`` is now, in one line or as its JSON."""
    from plannertui.cli.show import data

    if session.args.has("json"):
        session.out.document(data(session, row))
    else:
        parts: list[Any] = [(row.handle, "accent")]
        parts += [("  " + word, "") for word in words if word]
        session.out.line(parts)
    return 0
