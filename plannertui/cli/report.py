"""``report``: what one takes to work; ``ready``: what may go into it."""

from __future__ import annotations

from plannertui import i18n
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.core.errors import Refused, Usage
from plannertui.i18n import N_, ngettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session
    from plannertui.outputs.report import LeftOut, Report

KINDS = {
    "brief": N_("the next one-on-one on a page, for your eyes"),
    "weekly": N_("the week upward, conclusion first"),
    "message": N_("a hard moment: decide or inform"),
    "nominate": N_("a page for whoever speaks for you"),
    "self": N_("the self-assessment, in a profile"),
    "year": N_("the year in review, for your eyes, with figures"),
    "handover": N_("what whoever comes next needs"),
    "plan": N_("goals and measures, to agree on"),
    "boundary": N_("the sealed boundary record; asks twice"),
}
PROFILES = ("plain", "star", "ccar", "cn-5")
SHOWN = 12


def report(session: Session, args: Args) -> int:
    """Print a report to stdout, or write it to a file; say what it leaves out."""
    if args.has("templates"):
        return _templates(session)
    if not args.words:
        return _kinds(session)
    if len(args.words) > 2:
        raise Usage(_("One report at a time: ptui report weekly --period 2024-W37"))
    kind = args.words[0].lower()
    if kind not in KINDS:
        from plannertui.cli.options import nearest

        near = nearest(kind, list(KINDS)) or "weekly"
        message = _('There is no report "{word}". Did you mean: ptui report {near}')
        raise Usage(message.format(word=args.words[0], near=near))
    path = args.get("to")
    if kind == "boundary":
        _ask_twice(session, args)
    made = _make(session, args, kind)
    if path is not None:
        from plannertui.outputs.writing import write

        path = write(made, path, replace=args.has("yes"))
    told = _use(session, args, made)
    _print(session, args, made, path, told)
    if not session.out.json:
        for note in made.notes:
            session.out.talk(note)
    if made.missing and path is None:
        _say_missing(session, made)
    return 0


def _make(session: Session, args: Args, kind: str) -> Report:
    from plannertui.outputs.report import make

    if args.has("profile") and kind != "self":
        raise Usage(_("--profile is for the self-assessment: ptui report self"))
    subject = session.find(args.words[1])[0] if len(args.words) > 1 else 0
    return make(
        session.db,
        kind,
        now=session.now,
        today=session.today,
        calendar=session.calendar,
        settings=session.settings,
        subject=subject,
        period=args.get("period") or "",
        profile=args.get("profile") or "plain",
        names=_names(session, args),
        language=i18n.language(),
    )


def _names(session: Session, args: Args) -> dict[str, str]:
    """The names typed for this report: L1="Ms Li"."""
    found = {}
    for given in args.all("names"):
        who, equals, name = session.readable(given).partition("=")
        if not equals or not name.strip():
            raise Usage(
                _(
                    "Names are typed for each report: --names L1='Ms Li'. The store's "
                    "own never leave it."
                )
            )
        session.find(who)
        found[who.strip()] = name.strip()
    return found


def _ask_twice(session: Session, args: Args) -> None:
    """A boundary record leaves only when that was said twice."""
    if not session.interactive:
        if len(args.all("yes")) < 2:
            raise Refused(
                _(
                    "The boundary record leaves the program only when that is said "
                    "twice. Without a terminal: --yes --yes"
                )
            )
        return
    asked = Args()
    kept, session.args = session.args, asked
    try:
        session.confirm(_("The boundary record is sealed. Let it out, word for word?"))
        session.confirm(_("Whoever gets it can read all of it. Are you sure?"))
    finally:
        session.args = kept


def _use(session: Session, args: Args, made: Report) -> list[str]:
    """Mark the wins that are told as used, when that was asked for."""
    if not args.has("used") or not made.used:
        return []
    from plannertui.store.sharing import use

    return use(session.db, made.used, session.today, session.now)


def _print(
    session: Session, args: Args, made: Report, path: str | None, told: list[str]
) -> None:
    out = session.out
    if out.json:
        out.document(
            {
                "kind": made.kind,
                "title": made.title,
                "markdown": made.markdown,
                "left_out": [
                    {
                        "handle": one.handle,
                        "text": one.text,
                        "why": one.why,
                        "code": one.code,
                    }
                    for one in made.left_out
                ],
                "missing": list(made.missing),
                "notes": list(made.notes),
                "used": told,
                "path": path,
            }
        )
        return
    if path is None:
        out.block(made.markdown.rstrip("\n"))
    else:
        out.line(path)
        out.talk(_("Readable by you only. What it leaves out:"))
    say_left_out(session, made.left_out, everything=args.has("all"))
    if told:
        count = ngettext(
            "{count} win is marked as used.",
            "{count} wins are marked as used.",
            len(told),
        )
        out.talk(count.format(count=len(told)))


def say_left_out(
    session: Session,
    left: tuple[LeftOut, ...],
    *,
    everything: bool = False,
    whole: str = "",
) -> None:
    """List on stderr what a report leaves out, by its reason; ``whole`` lists it all."""
    out = session.out
    if out.quiet:
        return
    if not left:
        out.talk(_("Nothing is left out."))
        return
    by_reason: dict[str, list[LeftOut]] = {}
    for one in left:
        by_reason.setdefault(one.why, []).append(one)
    count = ngettext("Left out: {count} thing.", "Left out: {count} things.", len(left))
    out.talk(count.format(count=len(left)))
    for why, found in by_reason.items():
        out.talk(f"  {len(found)}  {why}")
        shown = (
            found
            if everything
            else found[-SHOWN:]
            if len(by_reason) == 1
            else found[-5:]
        )
        for one in shown:
            text = one.text if len(one.text) <= 60 else one.text[:59].rstrip() + "…"
            out.talk(f"     {one.handle}  {text}")
        if len(shown) < len(found):
            more = len(found) - len(shown)
            said = _("… and {count} more: {command}").format(
                count=more, command=f"{whole} --all".lstrip()
            )
            out.talk("     " + said)


def _say_missing(session: Session, made: Report) -> None:
    for one in made.missing:
        session.out.say(_("Not finished: {what}").format(what=one))


def _kinds(session: Session) -> int:
    """List the reports there are."""
    if session.out.json:
        session.out.document(
            [{"kind": kind, "about": _(about)} for kind, about in KINDS.items()]
        )
        return 0
    session.out.table([[(k, "strong"), _(about)] for k, about in KINDS.items()])
    session.out.talk(_("Try: ptui report weekly   ptui report self --profile star"))
    return 0


def _templates(session: Session) -> int:
    """Copy the templates out, so that they can be changed."""
    from plannertui.outputs.render import copy_out, folder_of

    folder = folder_of(session.settings.path)
    made = copy_out(folder)
    if session.out.json:
        session.out.document({"folder": folder, "new": made})
        return 0
    session.out.line(folder)
    count = ngettext(
        "{count} new file; yours stay as they are.",
        "{count} new files; yours stay as they are.",
        len(made),
    )
    session.out.talk(count.format(count=len(made)))
    return 0


def ready(session: Session, args: Args) -> int:
    """Mark entries and matters as ready for reports, or as private again."""
    from plannertui.store.sharing import mark

    if not args.words:
        raise Usage(_("Mark what? ptui ready J105"))
    on = not args.has("private")
    done = []
    with session.db.write(N_("ready for reports"), session.now):
        for found in session.find_all(args.words):
            done.append(mark(session.db, found[0], on, session.now))
    if session.out.json:
        session.out.document([{"handle": handle, "ready": on} for handle in done])
        return 0
    for handle in done:
        words = (
            _("{handle} may go into reports.") if on else _("{handle} stays private.")
        )
        session.out.line(words.format(handle=handle))
    return 0


COMMANDS: dict[str, Command | Group] = {
    "report": Command(
        "report",
        N_("Make a page to take to work. It tells what it leaves out, and why."),
        report,
        words=N_("[KIND [SUBJECT]]"),
        options=(
            Option(
                "period", "PERIOD", N_("2024-W37, 2024-09, 2024; this one if not given")
            ),
            Option("profile", "NAME", N_("of self: plain, star, ccar, cn-5")),
            Option("to", "PATH", N_("write to FILE.md, .html or .pdf")),
            Option(
                "names", "L1=NAME", N_("put a name in place of an alias"), many=True
            ),
            Option("used", "", N_("mark the wins told as used")),
            Option("all", "", N_("list everything left out")),
            Option("templates", "", N_("copy the templates out, to change them")),
            Option("yes", "", N_("replace a file that is there")),
        ),
        notes=(
            N_("Only what is ready goes in: ptui ready J105. Subject: E22, S3, L1."),
        ),
        examples=(
            "ptui report weekly --period 2024-W37 --to week.md",
            "ptui report self --profile cn-5 --to self.html",
            "ptui report message S3 --lang zh_Hans",
        ),
    ),
    "ready": Command(
        "ready",
        N_(
            "Mark entries and matters as ready for reports. Everything else is private."
        ),
        ready,
        words=N_("HANDLE…"),
        options=(Option("private", "", N_("take it back")),),
        examples=("ptui ready J105 J106", "ptui ready M41 --private"),
    ),
}
