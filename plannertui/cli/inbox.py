"""``inbox``: what was captured while the store was locked and waits to be filed."""

from __future__ import annotations

import os

from plannertui.cli import nouns
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.i18n import N_, ngettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.store.filing import Unread
    from plannertui.store.inbox import Waiting


def show(session: Session, args: Args) -> int:
    """Say how many lines wait and since when; without the passphrase unless asked more."""
    from plannertui.store.inbox import look, unread_path

    nouns.no_words(args, "ptui inbox")
    lines: list[Unread] | None = None
    if args.has("retry"):
        _retry(session)
    if args.has("unread"):
        from plannertui.store.filing import unread

        lines = unread(session.db)
    path = os.path.realpath(session.path)
    waiting = look(path)
    beside = unread_path(path)
    if args.has("json"):
        session.out.document(_data(waiting, beside, lines))
        return 0
    for text in _said(waiting, beside, lines is None):
        session.out.line(text)
    for each in lines or ():
        session.out.line([(each.at[:16] or "?", "quiet"), ("  ", ""), (each.why, "")])
        if each.text:
            session.out.block(each.text, indent=4)
    return 0


def _retry(session: Session) -> None:
    """Try what could not be filed once more, and say what became of it."""
    from plannertui.store.filing import retry

    for text in retry(session.db, session.now).lines:
        session.out.talk(text)


def _said(waiting: Waiting, beside: str, short: bool) -> list[str]:
    """What waits, in words."""
    found = []
    if not waiting.count:
        found.append(_("Nothing waits to be filed."))
    elif waiting.since:
        text = ngettext(
            "{count} line waits, since {day}. It is filed when the planner is unlocked.",
            "{count} lines wait, the first since {day}. They are filed when the planner "
            "is unlocked.",
            waiting.count,
        )
        found.append(text.format(count=waiting.count, day=waiting.since))
    else:
        text = ngettext(
            "{count} line waits. It is filed when the planner is unlocked.",
            "{count} lines wait. They are filed when the planner is unlocked.",
            waiting.count,
        )
        found.append(text.format(count=waiting.count))
    if waiting.unread:
        text = ngettext(
            "{count} line could not be filed; it is kept in {path}",
            "{count} lines could not be filed; they are kept in {path}",
            waiting.unread,
        )
        found.append(text.format(count=waiting.unread, path=beside))
        if short:
            found.append(_("See: ptui inbox --unread"))
    return found


def _data(waiting: Waiting, beside: str, lines: list[Unread] | None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "waiting": waiting.count,
        "since": waiting.since or None,
        "unread": waiting.unread,
        "unread_path": beside if waiting.unread else None,
    }
    if lines is not None:
        data["lines"] = [
            {"at": each.at or None, "text": each.text or None, "why": each.why}
            for each in lines
        ]
    return data


COMMANDS: dict[str, Command | Group] = {
    "inbox": Command(
        "inbox",
        N_("Say what was captured while the planner was locked and is not filed yet."),
        show,
        options=(
            Option(
                "unread", help=N_("show what could not be filed, as far as it opens")
            ),
            Option("retry", help=N_("try once more to file it")),
        ),
        notes=(
            N_("It is filed by itself when the planner is next unlocked."),
            N_("Only --unread and --retry need the passphrase."),
        ),
        examples=("ptui inbox", "ptui inbox --unread", "ptui inbox --json"),
    )
}
