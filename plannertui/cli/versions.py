"""``log``: the versions of a thing and how they differ; one of them brought back."""

from __future__ import annotations

from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import clip
from plannertui.core.errors import Usage
from plannertui.core.fieldwords import field
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.versions import Piece
    from plannertui.store.versions import Change, Version, Versions

# Marks around what went and what came: never by colour alone.
MARKED = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
STYLES = {"=": "", "-": "bad", "+": "good"}


def log(session: Session, args: Args) -> int:
    """Print the versions of one thing, the newest first."""
    from plannertui.store.versions import find

    if len(args.words) != 1:
        raise Usage(_("Which one? Give one handle: ptui log J105"))
    name, number = split(args.words[0])
    most = args.count("n")
    found = find(session.db, session.readable(name), names=args.has("names"))
    chosen = [found.get(number)] if number else list(reversed(found.every))[:most]
    if args.has("json"):
        session.out.document(_document(found, chosen))
        return 0
    head = [(found.handle, "accent"), ("  " + kind_word(found.noun), "")]
    if found.last.trashed:
        head.append(("  " + _("in the trash"), "warn"))
    session.out.line(head, "  ", clip(found.title, 50))
    for version in chosen:
        session.out.line()
        _print(session, found, version, args.has("full"))
    if len(found.every) == 1:
        session.out.talk(_("There is only one version: it was never changed."))
    elif number is None:
        session.out.talk(
            _("Back to one of them: ptui restore {handle}@NUMBER").format(
                handle=found.handle
            )
        )
    return 0


def split(word: str) -> tuple[str, int | None]:
    """``word`` as a handle and the number after its @, None without one."""
    name = word.removeprefix("@").removeprefix("＠").replace("＠", "@")
    name, at, digits = name.rpartition("@")
    if not at:
        return digits, None
    if not (digits.isascii() and digits.isdigit() and int(digits[:9]) > 0):
        raise Usage(
            _('"{word}" names no version. Give its number: {handle}@3').format(
                word=word, handle=name
            )
        )
    return name, int(digits[:9])


def is_version(word: str) -> bool:
    """Whether ``word`` asks for one version of a thing: J105@3."""
    return "@" in word.replace("＠", "@")[1:]


def restore_versions(session: Session, args: Args) -> int:
    """Bring back the versions that the words name, as one step."""
    from plannertui.store.bringback import bring_back
    from plannertui.store.versions import find

    if not all(map(is_version, args.words)):
        raise Usage(
            _("Either versions such as J105@3, or what lies in the trash; not both.")
        )
    wanted = [split(word) for word in args.words]
    labels = " ".join(f"{name}@{number}" for name, number in wanted)
    with session.db.write(N_("restore {what}"), session.now, what=labels):
        done = [
            bring_back(
                session.db,
                find(session.db, session.readable(name)),
                number or 0,
                session.now,
            )
            for name, number in wanted
        ]
    if args.has("json"):
        session.out.document(
            [
                {
                    "handle": each.handle,
                    "version": each.number,
                    "changes": [_change(change) for change in each.changes],
                    "stays": list(each.stays),
                }
                for each in done
            ]
        )
        return 0
    for each in done:
        words = _("{handle} says again what version {number} said.")
        if each.nothing:
            words = _("{handle} says what version {number} said; nothing was changed.")
        elif each.untrashed:
            words = _("{handle} is back, and says what version {number} said.")
        session.out.line(words.format(handle=each.handle, number=each.number))
        for change in each.changes:
            _difference(session, change, full=False)
        for line in each.stays:
            session.out.talk(line)
    return 0


def _print(session: Session, found: Versions, version: Version, full: bool) -> None:
    """One version: its number, when, by which action, and what differs."""
    out = session.out
    label = version.label
    if version.kind in ("undo", "redo"):
        said = _("undone: {label}") if version.kind == "undo" else _("again: {label}")
        label = said.format(label=label)
    out.line(
        (f"{found.handle}@{version.number}", "accent"),
        ("  " + version.at[:16].replace("T", " "), "quiet"),
        "  " + (label or _("from before anything was recorded")),
    )
    if version.values is None:
        out.line("  ", (_("not there"), "warn"))
        return
    before = found.every[version.number - 2] if version.number > 1 else None
    if version.trashed:
        out.line("  ", (_("in the trash"), "warn"))
    elif before and before.trashed:
        out.line("  ", _("out of the trash"))
    for change in version.changes:
        _difference(session, change, full, first=before is None)
    if version.boundary:
        hint = _("What was recorded: ptui boundary {handle}")
        out.line("  ", (hint.format(handle=found.handle), "quiet"))
    elif not version.changes and version.trashed == bool(before and before.trashed):
        out.line("  ", (_("nothing that is shown here"), "quiet"))


def _difference(
    session: Session, change: Change, full: bool, *, first: bool = False
) -> None:
    """What differs in one field, what went and what came marked."""
    from plannertui.core.versions import shortened

    name = field(change.field)
    found: Sequence[Piece] = [("=", change.now)] if first else change.pieces
    if not full:
        found = shortened(list(found))
    out = session.out
    cells: list[tuple[str, str]] = [("  " + name + "  ", "quiet")]
    for mark, text in found:
        lines = text.split("\n")
        for at, line in enumerate(lines):
            if at:
                out.line(cells)
                cells = [("    ", "")]
            if line:
                cells.append((MARKED[mark].format(line), STYLES[mark]))
    out.line(cells)


def _document(found: Versions, chosen: Sequence[Version]) -> dict[str, Any]:
    return {
        "handle": found.handle,
        "type": found.noun,
        "trashed": found.last.trashed,
        "versions": [
            {
                "version": version.number,
                "at": version.at,
                "label": version.label,
                "kind": version.kind,
                "there": version.values is not None,
                "trashed": version.trashed,
                "fields": version.fields,
                "changes": [_change(change) for change in version.changes],
            }
            for version in chosen
        ],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "field": change.field,
        "was": change.was,
        "now": change.now,
        "pieces": [list(piece) for piece in change.pieces],
    }


COMMANDS: dict[str, Command | Group] = {
    "log": Command(
        "log",
        N_("The versions of a thing, the newest first, and how each differs."),
        log,
        words=N_("HANDLE"),
        options=(
            Option("n", "N", N_("only the newest N"), short="n"),
            Option("full", "", N_("whole texts, not only what stands near a change")),
            Option("names", "", N_("with a person's real name")),
        ),
        notes=(
            N_("[-went-] and {+came+} are marked so; J105@3 shows one version alone."),
        ),
        examples=("ptui log J105", "ptui log J105@3 --full", "ptui restore J105@3"),
    )
}
