"""``doctor --fix`` and ``doctor --salvage``: mending a store, and saving what can be read."""

from __future__ import annotations

from plannertui.cli.options import Args
from plannertui.core.errors import Locked, Usage
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session
    from plannertui.store.key import Key
    from plannertui.store.salvage import Share


def key_of(session: Session, *, ask: bool) -> Key | None:
    """The key of a sealed store, None for a plain one or where nobody gives it.

    The store is not opened. With ``ask`` the terminal is asked; Locked where it cannot be.
    """
    from plannertui.store import refusing
    from plannertui.store.sealing import is_sealed

    if not is_sealed(session.path):
        return None
    from plannertui.cli import unlocking

    if session.args.has(unlocking.OPTION):
        return unlocking.by_words(session.path, unlocking.line(session))
    from plannertui.store import keeper
    from plannertui.store.sealing import opens

    key = keeper.fetch(session.path, session.env)
    if key is not None and opens(session.path, key):
        return key
    if not ask:
        return None
    locked: Locked = refusing.locked(session.path)
    if not session.asks:
        raise locked
    return unlocking.asked(session.path, locked)


def fix(session: Session, args: Args) -> int:
    """Mend what can be mended without guessing; exit 1 when something is left."""
    from plannertui.store.repair import repair

    done = repair(session.path, key_of(session, ask=True), session.now)
    left = any(each.left for each in done)
    if args.has("json"):
        session.out.document(
            {
                "ok": not left,
                "done": [
                    {"code": each.code, "text": each.text, "left": each.left}
                    for each in done
                ],
            }
        )
        return int(left)
    for each in done:
        word = (_("left"), "warn") if each.left else (_("done"), "good")
        session.out.line(word, "  ", each.text)
    if not any(not each.left and each.code != "backup" for each in done) and not left:
        session.out.talk(_("There was nothing to mend."))
    return int(left)


def salvage(session: Session, args: Args) -> int:
    """Save what can be read into a new database; exit 1 when something is missing."""
    from plannertui.store.salvage import salvage as save

    key = key_of(session, ask=True)
    done = save(session.path, key, session.now, args.get("to") or "")
    if args.has("json"):
        session.out.document(
            {
                "path": done.path,
                "backup": done.backup or None,
                "whole": done.whole,
                "tables": [
                    {
                        "table": share.table,
                        "from_file": share.file,
                        "from_backup": share.backup,
                        "from_history": share.history,
                        "missing": share.missing,
                    }
                    for share in done.shares
                ],
                "notes": done.notes,
            }
        )
        return int(not done.whole)
    out = session.out
    out.line(_("What could be read is in {path}").format(path=done.path))
    if done.backup:
        out.line(_("The rest was looked for in {path}").format(path=done.backup))
    out.table(
        [
            [("  " + share.table, "quiet"), str(share.file), _elsewhere(share)]
            for share in done.shares
            if share.file or not share.whole
        ]
    )
    for note in done.notes:
        out.line(note)
    out.talk(
        _(
            "The damaged file is as it was. To put the new one in its place: {call}"
        ).format(call=f"ptui restore {done.path}")
    )
    return int(not done.whole)


def _elsewhere(share: Share) -> list[tuple[str, str]]:
    """What of a table did not come from the damaged file, and what is missing."""
    found: list[tuple[str, str]] = []
    for count, text in (
        (share.backup, _("{count} from the backup")),
        (share.history, _("{count} from history, as before their last change")),
    ):
        if count:
            found.append((text.format(count=count) + "  ", "warn"))
    if share.missing is None:
        found.append((_("some may be missing"), "bad"))
    elif share.missing:
        text = ngettext("{count} is missing", "{count} are missing", share.missing)
        found.append((text.format(count=share.missing), "bad"))
    return found


def check(args: Args) -> None:
    """Refuse options that do not go together."""
    if args.has("fix") and args.has("salvage"):
        raise Usage(_("Either --fix or --salvage."))
    if args.has("to") and not args.has("salvage"):
        raise Usage(_("--to goes with --salvage."))
