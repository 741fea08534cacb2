"""``export`` and ``import``: everything as one JSON document, out and in again."""

from __future__ import annotations

import os

from plannertui.cli import nouns
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.core.errors import BadFile, NotFound, Refused, StoreError, Usage
from plannertui.core.words import kind_word
from plannertui.i18n import N_, ngettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from plannertui.cli.session import Session
    from plannertui.store.joining import Report

SHOWN = 20


def export(session: Session, args: Args) -> int:
    """Write everything to stdout or to a new file that only its owner can read."""
    from plannertui.store.dump import export_chunks, real_names

    if not args.has("json"):
        raise Usage(_("In which form? ptui export --json [FILE]"))
    if len(args.words) > 1:
        nouns.only(args, 1, "ptui export")
    names = args.has("names")
    hidden = 0 if names else real_names(session.db)
    chunks = export_chunks(session.db, now=session.now, names=names)
    target = args.words[0] if args.words and args.words[0] != "-" else None
    if target is None:
        _print(session, chunks)
    else:
        size = _write(target, chunks, force=args.has("force"))
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


def _print(session: Session, chunks: Iterable[str]) -> None:
    """Print the document; on a terminal, what could command it comes as escapes."""
    out = session.out.out
    if out is None:
        return
    utf8 = (out.encoding or "").lower().replace("-", "") == "utf8"
    if session.out.width is None and utf8:
        for chunk in chunks:
            out.write(chunk)
        return
    for chunk in chunks:
        out.write(
            "".join(
                char
                if char in "\n" or (char.isprintable() and utf8) or " " <= char < "\x7f"
                else _escaped(char)
                for char in chunk
            )
        )


def _escaped(char: str) -> str:
    raw = char.encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{raw[at] << 8 | raw[at + 1]:04x}" for at in range(0, len(raw), 2)
    )


def _write(path: str, chunks: Iterable[str], *, force: bool) -> int:
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
    if not os.path.isdir(folder):
        raise NotFound(_("There is no folder {path}.").format(path=folder))
    mode = os.stat(folder).st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        raise Refused(
            _("Everybody may write to {path}. Choose another folder.").format(
                path=folder
            )
        )
    from plannertui.outputs.writing import take_name

    part = f"{path}.{os.getpid()}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    fd = os.open(part, flags, 0o600)
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

    if not args.has("json"):
        raise Usage(_("In which form? ptui import --json FILE"))
    (name,) = nouns.only(args, 1, "ptui import")
    document = parse(_read(name))
    report = import_all(session.db, document, session.now, dry_run=args.has("dry-run"))
    _tell(session, report, args.has("dry-run"))
    return 0


def _read(name: str) -> str:
    """The text of the file called ``name``, of stdin for "-"."""
    import stat
    import sys

    from plannertui.store.document import LARGEST

    try:
        if name == "-":
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            path = os.path.expanduser(name)
            with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise BadFile(_("{path} is no ordinary file.").format(path=name))
                raw = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise NotFound(_("There is no file {path}.").format(path=name)) from error
    except IsADirectoryError as error:
        raise BadFile(_("{path} is no ordinary file.").format(path=name)) from error
    except OSError as error:
        raise BadFile(
            _("{path} cannot be read: {reason}").format(
                path=name, reason=error.strerror
            )
        ) from error
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
        N_("Write everything, history included, as one JSON document."),
        export,
        words=N_("[FILE]"),
        options=(
            Option("force", "", N_("replace the file")),
            Option("names", "", N_("real names too")),
        ),
        notes=(N_("A file is made for your eyes only (0600)."),),
        examples=("ptui export --json planner.json", "ptui export --json | jq ."),
    ),
    "import": Command(
        "import",
        N_("Take an export in: whole into an empty store, else what is new."),
        import_,
        words=N_("FILE"),
        options=(Option("dry-run", "", N_("only say what would happen")),),
        notes=(N_("Nothing that is there is overwritten. ptui undo takes it back."),),
        examples=(
            "ptui import --json planner.json --dry-run",
            "ptui import --json - < planner.json",
        ),
    ),
}
