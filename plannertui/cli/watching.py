"""``export --watch``: a folder with a Markdown file for each day that follows the store."""

from __future__ import annotations

from plannertui.cli.options import Args
from plannertui.core.errors import StoreBusy, Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

    from plannertui.cli.session import Session
    from plannertui.exchange.mirror import Done

# One number is read each time; nothing else happens until it changes.
SECONDS = 1.0


def watch(session: Session, args: Args) -> int:
    """Write the folder, then again whenever something was written, until a signal."""
    from plannertui.cli.giving import told

    folder = args.get("watch")
    if not folder or args.words:
        raise Usage(_("Into which folder? ptui export --watch FOLDER [--once]"))
    if args.has("json") or args.get("to") not in (None, "markdown"):
        raise Usage(_("--watch writes Markdown, and only that."))
    for option in ("names", "as", "force"):
        if args.has(option):
            message = _("--{name} does not go with --watch.")
            raise Usage(message.format(name=option))
    # Read before: what is written during a round is for the next one.
    seen = session.db.version()
    for line in told(_round(session, args, folder), folder):
        session.out.talk(line)
    if args.has("once"):
        return 0
    session.out.talk(_("Watching; Ctrl-C ends it."))
    _follow(session, args, folder, seen)
    return 0


def _follow(session: Session, args: Args, folder: str, seen: int) -> None:
    import signal
    from threading import Event

    from plannertui.cli.clock import now
    from plannertui.cli.giving import told

    stop = Event()

    def asked(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {
        number: signal.signal(number, asked)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        while not stop.wait(SECONDS):
            version = session.db.version()
            if version == seen:
                continue
            session.now = now(session.env)
            try:
                done = _round(session, args, folder)
            except StoreBusy:
                continue
            seen = version
            if done.written or done.removed:
                for line in told(done, folder):
                    session.out.talk(line)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _round(session: Session, args: Args, folder: str) -> Done:
    """Make the folder what the store is now, as far as the filter lets it out."""
    from plannertui.cli import lists
    from plannertui.cli.taking import asked
    from plannertui.exchange import exporting, markdown

    filters = Args()
    filters.given = {name: one for name, one in args.given.items() if name != "to"}
    wanted = lists.filter_of(session, filters, text=args.get("text"))
    chosen = exporting.choose(
        session.db, wanted, private=args.has("private"), calendar=session.calendar
    )
    done = markdown.write_folder(session.db, chosen, asked(session, args), folder)
    for line in exporting.said(chosen):
        session.out.talk(line)
    return done
