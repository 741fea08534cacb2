"""``export`` and ``import``: everything as one JSON document, or in another form."""

from __future__ import annotations

import os

from plannertui.cli import giving, nouns, taking
from plannertui.cli.lists import FILTERS
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.core.errors import BadFile, Refused, StoreError, Usage
from plannertui.core.words import kind_word
from plannertui.i18n import N_, ngettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from plannertui.cli.session import Session
    from plannertui.exchange.files import Source
    from plannertui.store.joining import Report

SHOWN = 20
# What only other forms than JSON know.
NOT_JSON = ("as", "private", "theirs", "again", "map", "dates", "encoding", "text")


def export(session: Session, args: Args) -> int:
    """Write everything to stdout or to a new file that only its owner can read."""
    from plannertui.store.dump import export_chunks, real_names

    if args.has("watch") or args.has("once"):
        from plannertui.cli.watching import watch

        return watch(session, args)
    whole = (args.get("to") or "").strip().lower().lstrip(".") == "json"
    if whole:
        del args.given["to"]
    elif args.has("to"):
        if args.has("json"):
            raise Usage(_("Either --json or --to."))
        return giving.give(session, args)
    if not args.has("json") and not whole:
        raise Usage(_("In which form? ptui export --json [FILE], or --to FORM"))
    for option in (*(one.name for one in FILTERS), *NOT_JSON):
        if args.has(option):
            raise Usage(
                _("--{name} goes with --to: --json is always everything.").format(
                    name=option
                )
            )
    if len(args.words) > 1:
        nouns.only(args, 1, "ptui export")
    names = args.has("names")
    hidden = 0 if names else real_names(session.db)
    chunks = export_chunks(session.db, now=session.now, names=names)
    target = args.words[0] if args.words and args.words[0] != "-" else None
    if target is None:
        giving.print_chunks(session, chunks)
    else:
        size = write_file(target, chunks, force=args.has("force"))
        from plannertui.store.place import size_words

        session.out.talk(
            _("{path}: {size}, readable by you only.").format(
                path=target, size=size_words(size)
            )
        )
    if hidden:
        session.out.talk(
            ngettext(
                "{count} real name was left out; --names includes it.",
                "{count} real names were left out; --names includes them.",
                hidden,
            ).format(count=hidden)
        )
    return 0


def write_file(path: str, chunks: Iterable[str], *, force: bool) -> int:
    """Write a file that appears under its name only when it is whole; its size."""
    import stat

    path = os.path.abspath(os.path.expanduser(path))
    folder = os.path.dirname(path)
    try:
        there = os.lstat(path)
    except FileNotFoundError:
        there = None
    if there is not None and not (force and stat.S_ISREG(there.st_mode)):
        words = _("{path} is there already. Choose another name, or --force.")
        if not stat.S_ISREG(there.st_mode):
            words = _("{path} is no ordinary file. Choose another name.")
        raise Refused(words.format(path=path))
    from plannertui.outputs.writing import check_folder, take_name

    check_folder(folder)
    part = f"{path}.{os.getpid()}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        fd = os.open(part, flags, 0o600)
    except OSError as error:
        error.filename = path
        raise
    try:
        os.fchmod(fd, 0o600)
        with open(fd, "w", encoding="utf-8", newline="\n") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            size = os.fstat(file.fileno()).st_size
        if force:
            os.replace(part, path)
        else:
            take_name(part, path)
    except FileExistsError:
        raise Refused(
            _("{path} is there already. Choose another name, or --force.").format(
                path=path
            )
        ) from None
    except OSError as error:
        raise StoreError(
            _("{path} cannot be written: {reason}").format(
                path=path, reason=error.strerror
            )
        ) from error
    finally:
        if os.path.lexists(part):
            os.unlink(part)
    return size


def import_(session: Session, args: Args) -> int:
    """Take a document in; what is there already is never overwritten."""
    from plannertui.store.document import parse
    from plannertui.store.merge import import_all

    (name,) = nouns.only(args, 1, "ptui import")
    if args.has("from") or not (args.has("json") and name == "-"):
        from plannertui.exchange import formats
        from plannertui.exchange.files import Source

        source = Source(name)
        asked = args.get("from")
        form = (
            formats.guess(source) if asked is None else formats.named(asked, reads=True)
        )
        if form is not None:
            return taking.take(session, args, source, form)
        if not (args.has("json") or _is_ours(source)):
            raise Usage(
                _("In which form is it? ptui import {name} --from {forms}").format(
                    name=name,
                    forms="|".join(f.name for f in formats.FORMATS.values() if f.reads),
                )
            )
    for option in NOT_JSON:
        if args.has(option):
            raise Usage(_("--{name} goes with --from.").format(name=option))
    document = parse(_read(name))
    report = import_all(session.db, document, session.now, dry_run=args.has("dry-run"))
    _tell(session, report, args.has("dry-run"))
    return 0


def _is_ours(source: Source) -> bool:
    """Whether a file begins as ``export --json`` writes it."""
    if source.is_folder or not source.path:
        return False
    return b'"format": "plannertui"' in source.head(200)


def _read(name: str) -> str:
    """The text of the file called ``name``, of stdin for "-"."""
    import sys

    from plannertui.exchange.files import ordinary
    from plannertui.store.document import LARGEST

    if name == "-":
        raw = sys.stdin.buffer.read(LARGEST + 1)
    else:
        raw = ordinary(os.path.expanduser(name), LARGEST, name=name)
    if len(raw) > LARGEST:
        raise BadFile(_("{path} is too large to be taken in.").format(path=name))
    try:
        return raw.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        raise BadFile(
            _("{path} is not UTF-8 from byte {number} on.").format(
                path=name, number=error.start
            )
        ) from error


def _tell(session: Session, report: Report, dry: bool) -> None:
    """Say what was, or would be, taken in, what was there, what differs."""
    if session.out.json:
        session.out.document(
            {
                "dry_run": dry,
                "exact": report.exact,
                "added": {noun: n for noun, n in report.added.items() if n},
                "same": report.same,
                "conflicts": [
                    {"type": clash.noun, "handle": clash.handle, "label": clash.label}
                    for clash in report.clashes
                ],
                "renamed": report.moved,
                "doubles": report.doubles,
            }
        )
    added = sum(report.added.values())
    out = session.out
    words = _(
        "Would take in: {added}; there already: {same}; told differently: {clash}."
    )
    if not dry:
        words = _(
            "Taken in: {added}; there already: {same}; told differently: {clash}."
        )
    out.talk(words.format(added=added, same=report.same, clash=len(report.clashes)))
    if report.exact:
        out.talk(_("The store was empty: history and drafts came along."))
    for clash in report.clashes[:SHOWN]:
        out.talk(
            _("kept as it is here: {handle} {noun} {label}").format(
                handle=clash.handle, noun=kind_word(clash.noun), label=clash.label[:60]
            )
        )
    if len(report.clashes) > SHOWN:
        out.talk(_("… and {count} more").format(count=len(report.clashes) - SHOWN))
    if report.moved:
        some = list(report.moved.items())[:5]
        out.talk(
            _("New handles, since theirs were taken: {names}").format(
                names=", ".join(f"{old} → {new}" for old, new in some)
                + (" …" if len(report.moved) > len(some) else "")
            )
        )
    for alias in report.doubles:
        out.talk(
            _("There are two people called {alias} now; rename one.").format(
                alias=alias
            )
        )


COMMANDS: dict[str, Command | Group] = {
    "export": Command(
        "export",
        N_(
            "Write everything as one JSON document, or what you ask for in another form."
        ),
        export,
        words=N_("[FILE|FOLDER]"),
        options=(
            Option("to", "FORM", N_("ics, markdown, csv, html, org, todotxt, jrnl")),
            *(option for option in FILTERS if option.name != "to"),
            Option("text", "WORDS"),
            Option("as", "NAME", N_("only what was taken in under this name")),
            Option("private", "", N_("what is private, too; never what is grey")),
            Option(
                "watch", "FOLDER", N_("keep a Markdown file a day there, until Ctrl-C")
            ),
            Option("once", "", N_("with --watch: one round, for cron and git hooks")),
            Option("force", "", N_("replace the file")),
            Option("names", "", N_("real names too (--json)")),
        ),
        notes=(N_("A file is made for your eyes only (0600)."),),
        examples=(
            "ptui export --json planner.json",
            "ptui export --to ics work.ics --kind event --since 2024-09-01",
            "ptui export --watch ~/journal --once --private",
        ),
    ),
    "import": Command(
        "import",
        N_("Take in an export of this program, or a file of another one."),
        import_,
        words=N_("FILE|FOLDER"),
        options=(
            Option(
                "from",
                "FORM",
                N_("ics jrnl dayone obsidian org taskwarrior calcurse todotxt csv"),
            ),
            Option("dry-run", "", N_("only say what would happen")),
            Option("as", "NAME", N_("which of several it is: work, home")),
            Option("theirs", "", N_("what both have changed: take theirs")),
            Option("again", "", N_("what was deleted here comes back")),
            Option("map", "COLUMNS", N_("CSV: text=Note,on=Date,kind=Type")),
            Option("dates", "FORMAT", N_("CSV: how days are written, %d.%m.%Y")),
            Option("encoding", "NAME", N_("CSV: gbk, latin-1 …; else it is found out")),
        ),
        notes=(
            N_("The same file again changes nothing. ptui undo takes an import back."),
        ),
        examples=(
            "ptui import work.ics --dry-run",
            "ptui import ~/notes/daily --from obsidian",
            "ptui import log.csv --map text=Note,on=Date --dry-run",
            "ptui import --json planner.json --dry-run",
            "ptui import --json - < planner.json",
        ),
    ),
}
