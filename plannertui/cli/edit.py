"""``edit``: change the fields of a thing by options, in an editor, or at a prompt."""

from __future__ import annotations

import sys

from plannertui.cli.changes import WIN, changes_of, relink
from plannertui.cli.options import COMMON, Args, Command, Group, Option
from plannertui.cli.show import data, noun_of, thing
from plannertui.cli.words import clip
from plannertui.core.entries import Entry
from plannertui.core.errors import PlannerError, Refused, Usage
from plannertui.core.events import Event
from plannertui.core.goals import Goal
from plannertui.core.matters import Matter
from plannertui.core.people import Person
from plannertui.core.priorities import Priority
from plannertui.core.situations import Situation
from plannertui.core.years import Year
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.rows import Row

FITS = {
    "entry": {
        *("kind", "day", "due", "tag", "untag", "ref", "unref", "share", "revisit"),
        *WIN,
    },
    "matter": {
        *("kind", "day", "due", "tag", "untag", "ref", "unref", "person", "goal"),
        *("nature", "decision", "urgent", "important", "origin", "priority"),
    },
    "event": {"kind", "day"},
    "situation": {"kind", "day", "person"},
    "goal": {"due"},
}
TEXT = {
    "entry": "text",
    "matter": "title",
    "event": "title",
    "situation": "line",
    "goal": "title",
    "priority": "text",
    "person": "alias",
    "year": "theme",
}


def edit(session: Session, args: Args) -> int:
    """Change one thing and print what it is now."""
    if len(args.words) != 1:
        raise Usage(_("Edit one thing: ptui edit J105 --text …"))
    row = thing(session, args.words[0])
    if row.deleted_at is not None:
        raise Refused(
            _("{handle} is in the trash: ptui restore {handle}").format(
                handle=row.handle
            )
        )
    noun = noun_of(row)
    given = [name for name in args.given if name not in OTHER]
    for name in given:
        if name not in FITS.get(noun, ()) and name not in ("text", "title"):
            raise Usage(
                _("--{option} does not fit {handle}.").format(
                    option=name, handle=row.handle
                )
            )
    old = str(getattr(row, TEXT[noun]))
    kept = ""
    new: str | None = None
    if args.has("editor"):
        from plannertui.cli.editor import ask_editor

        new, kept = ask_editor(session, old, lambda text: _keep(session, row, text))
    elif args.has("text") or args.has("title"):
        new = _given_text(session, args)
    elif not given:
        new = _prompt(session, old)
    changes = changes_of(session, args, row)
    if new is not None and new != old:
        changes[TEXT[noun]] = new
        relink(session, row, old, new, changes)
    if not changes:
        _forget(kept)
        session.out.talk(_("Nothing was changed."))
        saved = row
    else:
        try:
            saved = _save(session, row, changes)
        except PlannerError:
            if kept:
                session.out.say(_("Your text is kept in {path}").format(path=kept))
            raise
        _forget(kept)
    if args.has("json"):
        session.out.document(data(session, saved))
    else:
        text = clip(str(getattr(saved, TEXT[noun])), 60)
        session.out.line(f"{saved.handle}  {text}")
    return 0


def _keep(session: Session, row: Row, text: str) -> None:
    """Keep the text of an editor that was cut off as a draft, which the screen offers."""
    from plannertui.store import drafts

    noun = noun_of(row)
    target = f"{noun}:{row.handle}"
    if noun not in ("entry", "matter", "event", "situation") or drafts.get(
        session.db, target
    ):
        target = f"note:{session.today.isoformat()}"
    if text != str(getattr(row, TEXT[noun])):
        drafts.put(
            session.db,
            target,
            text,
            now=session.now,
            session=drafts.session_id(),
            base_rev=row.rev,
        )


def _forget(path: str) -> None:
    if path:
        from plannertui.cli.editor import forget

        forget(path)


def _given_text(session: Session, args: Args) -> str:
    """The text of the options; "-" stands for the pipe."""
    if args.has("text") and args.has("title"):
        raise Usage(_("--text and --title are the same: give one of them."))
    given = args.get("text")
    given = args.get("title") if given is None else given
    return session.text([given or ""], "")


def _prompt(session: Session, old: str) -> str:
    """The text as changed at a prompt; several lines go to the editor."""
    if not session.interactive:
        raise Usage(_("Change what? Try: ptui edit J105 --text …  See: --help"))
    if "\n" in old:
        raise Usage(_("This text has several lines: ptui edit J105 --editor"))
    try:
        import readline
    except ImportError:
        return session.ask(old + "\n> ") or old
    readline.set_auto_history(False)
    readline.set_startup_hook(lambda: readline.insert_text(old))
    try:
        return session.readable(input("> "))
    except EOFError:
        return old
    finally:
        readline.set_startup_hook(None)
        sys.stdout.flush()


def _save(session: Session, row: Row, changes: dict[str, Any]) -> Row:
    """Save ``changes``; Conflict when somebody else saved in the meantime."""
    from plannertui.store import (
        entries,
        events,
        goals,
        matters,
        people,
        priorities,
        situations,
        years,
    )

    db, now = session.db, session.now
    match row:
        case Entry():
            return entries.edit(db, row, now, base_rev=row.rev, **changes)
        case Matter():
            return matters.edit(db, row, now, base_rev=row.rev, **changes)
        case Event():
            return events.edit(db, row, now, base_rev=row.rev, **changes)
        case Situation():
            return situations.edit(db, row, now, base_rev=row.rev, **changes)
        case Goal():
            return goals.edit(db, row, now, base_rev=row.rev, **changes)
        case Person():
            return people.edit(db, row, now, base_rev=row.rev, **changes)
        case Priority():
            return priorities.edit(db, row, now, base_rev=row.rev, **changes)
        case Year():
            return years.save(db, row.year, now, base_rev=row.rev, **changes)
        case _:
            raise Usage(_("{handle} cannot be edited.").format(handle=row.handle))


OTHER = ("editor", *(option.name for option in COMMON))

COMMANDS: dict[str, Command | Group] = {
    "edit": Command(
        "edit",
        N_("Change a thing. Without options a terminal asks for the text."),
        edit,
        words=N_("HANDLE"),
        options=(
            Option("text", "TEXT", N_("the new text, - for the pipe; --title too")),
            Option("title", "TEXT"),
            Option("editor", "", N_("write it in $VISUAL or $EDITOR")),
            Option("kind", "KIND", N_("note, win, lesson …; task, promise, ask …")),
            Option("day", "DATE", N_("the day it belongs to")),
            Option("due", "DATE", N_("the due date, or none")),
            Option("person", "REF", N_("the person of a matter, or none")),
            Option("goal", "REF", N_("the goal of a matter, or none")),
            Option("tag", "TAG", N_("add a tag; --untag takes it away"), many=True),
            Option("untag", "TAG", many=True),
            Option("ref", "REF", N_("add a link; --unref takes it away"), many=True),
            Option("unref", "REF", many=True),
            Option("share", "WORD", N_("private or ready")),
            Option("nature", "WORD", N_("official, private or grey")),
            Option("decision", "WORD", N_("did, declined or asked_advice")),
            Option("urgent", "yes|no"),
            Option("origin", "mine|asked"),
            Option("priority", "PRIORITY"),
            Option("important", "yes|no"),
            Option("number", "TEXT"),
            Option("document", "TEXT"),
            Option("witness", "NAME", many=True),
            Option("credit", "NAME", many=True),
            Option("before", "TEXT"),
            Option("did", "TEXT"),
            Option("after", "TEXT"),
            Option("used", "DATE"),
            Option("revisit", "WHEN"),
        ),
        notes=(
            N_(
                "Matters: --urgent, --important yes|no, --origin mine|asked, --priority"
            ),
            N_("L1.2. For --decision see ptui boundary. A win: --number, --document,"),
            N_("--witness, --credit, --before, --did, --after TEXT, --used DATE."),
            N_("An entry: --revisit 30d shows it again on that day, or none."),
        ),
        examples=(
            N_('ptui edit J105 --kind win --witness "Deputy Director"'),
            N_("ptui edit M41 --due fri --person director"),
        ),
    )
}
