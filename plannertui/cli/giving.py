"""``export --to``: what a filter lets through, in the form of another program."""

from __future__ import annotations

import os

from plannertui.cli.options import Args
from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.exchange.formats import Format
    from plannertui.exchange.mirror import Done

SHOWN = 20


def give(session: Session, args: Args) -> int:
    """Write what was asked for to a file, or to stdout."""
    from dataclasses import replace

    from plannertui.cli import lists
    from plannertui.cli.exchange import write_file
    from plannertui.cli.nouns import only
    from plannertui.cli.taking import asked, source_name
    from plannertui.exchange import exporting
    from plannertui.exchange.formats import module, named
    from plannertui.store.place import size_words

    form = named(args.get("to") or "", writes=True)
    if args.has("names"):
        raise Usage(_("--names goes with --json: nothing else has real names."))
    if len(args.words) > 1:
        only(args, 1, "ptui export")
    filters = Args()
    filters.given = {name: one for name, one in args.given.items() if name != "to"}
    wanted = lists.filter_of(session, filters, text=args.get("text"))
    source = source_name(form, args) if args.has("as") else ""
    chosen = exporting.choose(
        session.db,
        wanted,
        private=args.has("private"),
        source=source,
        calendar=session.calendar,
    )
    chosen.whole = not (lists.filtered(filters) or args.has("text"))
    about = replace(asked(session, args), source=source)
    target = args.words[0] if args.words and args.words[0] != "-" else None
    written = module(form)
    if form.folder and target is None:
        raise Usage(
            _("Into which folder? ptui export --to {form} FOLDER").format(
                form=form.name
            )
        )
    if target is not None and _is_folder(form, written, target):
        done = written.write_folder(session.db, chosen, about, target)
        for line in told(done, target):
            session.out.talk(line)
    else:
        chunks: Iterator[str] = iter(written.write(session.db, chosen, about))
        if target is None:
            print_chunks(session, chunks)
        else:
            size = write_file(target, chunks, force=args.has("force"))
            session.out.talk(
                _("{path}: {size}, readable by you only.").format(
                    path=target, size=size_words(size)
                )
            )
    for line in exporting.said(chosen):
        session.out.talk(line)
    return 0


def _is_folder(form: Format, written: Any, target: str) -> bool:
    """Whether the form goes into a folder, or may and is given one."""
    if form.folder:
        return True
    may = hasattr(written, "write_folder")
    return may and (target.endswith("/") or os.path.isdir(os.path.expanduser(target)))


def told(done: Done, folder: str) -> list[str]:
    """Sentences on what a round of writing a folder did."""
    lines = [
        _("{path}: {written} written, {removed} removed, {same} as they were.").format(
            path=folder,
            written=len(done.written),
            removed=len(done.removed),
            same=done.same,
        )
    ]
    lines += [
        _("{name} was changed by hand, or is not ours: it stays as it is.").format(
            name=name
        )
        for name in done.kept[:SHOWN]
    ]
    if len(done.kept) > SHOWN:
        lines.append(_("… and {count} more").format(count=len(done.kept) - SHOWN))
    return lines


def print_chunks(session: Session, chunks: Iterable[str]) -> None:
    """Print the document; on a terminal, what could command it comes as escapes."""
    out = session.out.out
    if out is None:
        return
    utf8 = (out.encoding or "").lower().replace("-", "") == "utf8"
    raw = session.out.width is None and utf8
    try:
        for chunk in chunks:
            out.write(chunk if raw else "".join(_shown(char, utf8) for char in chunk))
    finally:
        # Where nobody reads on, what is being read of the store ends before the store.
        close = getattr(chunks, "close", None)
        if close is not None:
            close()


def _shown(char: str, utf8: bool) -> str:
    if char == "\n" or (char.isprintable() and utf8) or " " <= char < "\x7f":
        return char
    return _escaped(char)


def _escaped(char: str) -> str:
    raw = char.encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{raw[at] << 8 | raw[at + 1]:04x}" for at in range(0, len(raw), 2)
    )
