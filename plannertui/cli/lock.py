"""``lock`` and ``unlock``: the passphrase of the store, and who may read it just now."""

from __future__ import annotations

import os

from plannertui.cli import nouns
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.sealing import change, code, remove, set_, state, until
from plannertui.cli.unlocking import needs_passphrase, proved
from plannertui.core.errors import PlannerError, Usage
from plannertui.i18n import N_, ngettext
from plannertui.i18n import gettext as _
from plannertui.store import keeper, refusing, ring

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session

YES = Option("yes", "", N_("do not ask; with --passphrase-fd, for scripts"), short="y")


# -- the session -----------------------------------------------------------------------


def lock(session: Session, args: Args) -> int:
    """Forget the unlocked session, if there is one."""
    nouns.no_words(args, "ptui lock")
    needs_passphrase(session)
    ended = keeper.forget(session.path, session.env)
    left = keeper.elsewhere(session.path)
    if left:
        raise _still_held(left[0])
    if args.has("json"):
        session.out.document(state(session))
    elif ended:
        session.out.talk(_("Locked."))
    else:
        session.out.talk(_("It was locked already."))
    return 0


def _still_held(process: int) -> PlannerError:
    message = _(
        "Process {number} still holds the key and does not end. End it with: "
        "kill -9 {number}"
    )
    return PlannerError(message.format(number=process))


def status(session: Session, args: Args) -> int:
    """Print whether the store is encrypted, and who could read it just now."""
    nouns.no_words(args, "ptui lock status")
    if refusing.is_gone(os.path.realpath(session.path)):
        raise refusing.gone(session.path)
    found = state(session)
    if args.has("json"):
        session.out.document(found)
        return 0
    path = found["path"]
    if not found["encrypted"]:
        text = _("Not encrypted: {path}. Set a passphrase: ptui lock set")
        session.out.line(text.format(path=path))
    else:
        session.out.line(_("Encrypted: {path}").format(path=path))
        session.out.line(_until(session, found["seconds_left"]))
        if not found["seconds_left"] and keeper.elsewhere(path):
            text = _(
                "An unlocked session was begun in another place. To end it: {verb}"
            )
            session.out.line(text.format(verb="ptui lock"))
        if found["keyring"]:
            session.out.line(_("The keyring is asked for the key."))
        if found["waiting"]:
            text = ngettext(
                "{count} line waits to be filed: ptui inbox",
                "{count} lines wait to be filed: ptui inbox",
                found["waiting"],
            )
            session.out.line(text.format(count=found["waiting"]))
        for each in found["plain_copies"]:
            text = _("Not encrypted: {path}. To seal older copies: ptui lock set")
            session.out.line(text.format(path=each))
    return 0


def _until(session: Session, seconds: int) -> str:
    """The words for a session that goes on for so many seconds, 0 for none."""
    if not seconds:
        return _("Locked: whoever reads it is asked for the passphrase.")
    minutes = -(-seconds // 60)
    text = ngettext(
        "Unlocked until {time}, for {count} more minute. To end that: ptui lock",
        "Unlocked until {time}, for {count} more minutes. To end that: ptui lock",
        minutes,
    )
    return text.format(time=until(session, seconds)[11:16], count=minutes)


def unlock(session: Session, args: Args) -> int:
    """Hold the key for a while, in a process that forgets it."""
    nouns.no_words(args, "ptui unlock")
    seconds = session.settings.unlock_for
    if args.has("for"):
        from plannertui.core.lengths import read_minutes

        seconds = 60 * read_minutes(args.get("for") or "")
    if not 0 < seconds <= keeper.LONGEST:
        raise Usage(_("A planner is unlocked for a minute to twelve hours."))
    needs_passphrase(session)
    key = proved(session)
    # Before anything is held: what waits is filed, and the file is seen to be whole.
    session.use(key)
    session.close()
    keeper.keep(session.path, key, seconds, session.env)
    if args.has("json"):
        session.out.document(state(session))
    else:
        session.out.talk(_until(session, seconds))
    return 0


def keyring(session: Session, args: Args) -> int:
    """Keep the key in the system's keyring, or no longer."""
    from plannertui.store.settings import config_path, save

    (word,) = nouns.only(args, 1, "ptui lock keyring")
    if word not in ("on", "off"):
        raise Usage(_("Say on or off: ptui lock keyring on"))
    needs_passphrase(session)
    if word == "on":
        ring.put(session.path, proved(session))
        said = _(
            "The keyring has the key: whoever is logged in as you opens the planner."
        )
    else:
        said = ring.drop(session.path) or _("The keyring is not asked any longer.")
    save(config_path(session.env, args.get("config")), {"keyring": word == "on"})
    session.out.talk(said)
    if args.has("json"):
        session.out.document({**state(session), "keyring": word == "on"})
    return 0


COMMANDS: dict[str, Command | Group] = {
    "lock": Group(
        "lock",
        N_("Lock the planner now; set, change or remove its passphrase."),
        {
            "now": Command(
                "now",
                N_("Forget the key of ptui unlock; also ptui lock alone."),
                lock,
                examples=("ptui lock",),
            ),
            "status": Command(
                "status",
                N_("Whether it is encrypted, and until when it is unlocked."),
                status,
                examples=("ptui lock status", "ptui lock status --json"),
            ),
            "set": Command(
                "set",
                N_("Encrypt the planner with a passphrase."),
                set_,
                options=(YES,),
                notes=(
                    N_("It is asked for twice, and its recovery code is typed back."),
                    N_("A script gets the code on its output: keep it, not the log."),
                ),
                examples=(
                    "ptui lock set",
                    "ptui lock set --passphrase-fd 3 --yes 3< <(pass show planner)",
                ),
            ),
            "change": Command(
                "change",
                N_(
                    "Another passphrase; the old one or the recovery code is asked for."
                ),
                change,
                options=(YES,),
                notes=(
                    N_("--passphrase-fd gives two lines: the old one, the new one."),
                    N_("Backups made before keep the old passphrase."),
                ),
                examples=("ptui lock change",),
            ),
            "remove": Command(
                "remove",
                N_("Write the planner without encryption; asks twice."),
                remove,
                options=(YES,),
                examples=(
                    "ptui lock remove",
                    "ptui lock remove --passphrase-fd 3 --yes 3< <(pass show planner)",
                ),
            ),
            "code": Command(
                "code",
                N_("Show the recovery code again, after the passphrase."),
                code,
                examples=("ptui lock code",),
            ),
            "keyring": Command(
                "keyring",
                N_("Keep the key in the system's keyring, or no longer."),
                keyring,
                words="on|off",
                notes=(
                    N_("It saves typing, and is never the only copy."),
                    N_("Whoever is logged in as you can then read the planner."),
                ),
                examples=("ptui lock keyring on", "ptui lock keyring off"),
            ),
        },
        default="now",
        examples=("ptui lock", "ptui lock set", "ptui lock status"),
    ),
    "unlock": Command(
        "unlock",
        N_("Ask for the passphrase once, and not again for a while."),
        unlock,
        options=(Option("for", "TIME", N_("how long: 15m, 2h; 12h at most")),),
        notes=(
            N_("A process of its own holds the key in locked memory, and forgets it."),
            N_("Until then whoever sits at this login can read the planner."),
        ),
        examples=("ptui unlock", "ptui unlock --for 2h", "ptui lock"),
    ),
}
