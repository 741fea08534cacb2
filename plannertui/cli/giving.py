"""``export --to``: what a filter lets through, in the form of another program."""

from __future__ import annotations

from plannertui.cli.options import Args
from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from plannertui.cli.session import Session


def give(session: Session, args: Args) -> int:
    """Write what was asked for to a file, or to stdout."""
    from dataclasses import replace

    from plannertui.cli import lists
    from plannertui.cli.exchange import print_chunks, write_file
    from plannertui.cli.nouns import only
    from plannertui.cli.taking import asked, source_name
    from plannertui.exchange import exporting
    from plannertui.exchange.formats import module, named
    from plannertui.store.place import size_words

    form = named(args.get("to") or "", writes=True)
    if len(args.words) > 1:
        only(args, 1, "ptui export")
    filters = Args()
    filters.given = {name: one for name, one in args.given.items() if name != "to"}
    wanted = lists.filter_of(session, filters)
    source = source_name(form, args) if args.has("as") else ""
    chosen = exporting.choose(
        session.db, wanted, private=args.has("private"), source=source
    )
    chosen.whole = not lists.filtered(filters)
    about = replace(asked(session, args), source=source)
    target = args.words[0] if args.words and args.words[0] != "-" else None
    if form.folder:
        if target is None:
            raise Usage(
                _("Into which folder? ptui export --to {form} FOLDER").format(
                    form=form.name
                )
            )
        module(form).write_folder(session.db, chosen, about, target)
        session.out.talk(target)
    else:
        chunks: Iterator[str] = iter(module(form).write(session.db, chosen, about))
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
