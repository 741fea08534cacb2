"""What takes away and brings back: rm, trash, restore, purge, undo, redo."""

from __future__ import annotations

from plannertui.cli.listing import LISTED, chosen, printed
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import clip
from plannertui.core.errors import NotFound, Refused, Usage
from plannertui.i18n import N_, ngettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.cli.session import Found, Session
    from plannertui.store.history import Step
    from plannertui.store.items import Item

YES = Option("yes", "", N_("do not ask"), short="y")


def rm(session: Session, args: Args) -> int:
    """Put things into the trash, as one step; more than one is asked about."""
    from plannertui.store.trash import remove

    found = session.find_all(_handles(args))
    for target in found:
        if target[3] == "milestone":
            # They are removed with their goal's own verb.
            raise Refused(
                _("{handle} is a milestone. See: ptui goal milestone --help").format(
                    handle=target[1]
                )
            )
    if len(found) > 1:
        session.confirm(
            ngettext(
                "Put {count} thing into the trash?",
                "Put {count} things into the trash?",
                len(found),
            ).format(count=len(found))
        )
    names = " ".join(target[1] for target in found)
    with session.db.write(N_("remove {what}"), session.now, what=names):
        for target in found:
            remove(session.db, target[0], session.now)
    _tell(
        session,
        args,
        found,
        _("in the trash: ptui restore {handle} brings it back"),
    )
    return 0


def trash(session: Session, args: Args) -> int:
    """Print what lies in the trash, the last removed last."""
    from plannertui.cli.lists import rows
    from plannertui.cli.shapes import item_data
    from plannertui.store.trash import ls

    if args.words:
        raise Usage(_("trash takes no words. To remove something: ptui rm HANDLE"))
    found = ls(session.db)
    found.reverse()
    found = chosen(session, args, found, lambda i: (i.day, i.due or i.day), newest=True)
    if not printed(session, args, "trash", lambda: [item_data(i) for i in found]):
        session.out.table(rows(found, session.today))
    if not found and not session.out.json:
        session.out.talk(_("The trash is empty."))
    return 0


def restore(session: Session, args: Args) -> int:
    """Take things out of the trash, or bring versions of them back, as one step.

    A backup or a file is the whole store: that is put in its place.
    """
    from plannertui.cli import restoring
    from plannertui.cli.versions import is_version, restore_versions
    from plannertui.store.trash import restore as bring_back

    if any(map(restoring.is_store, args.words)):
        return restoring.restore(session, args)
    if any(map(is_version, args.words)):
        return restore_versions(session, args)
    items = _in_trash(session, _handles(args))
    names = " ".join(item.handle for item in items)
    with session.db.write(N_("restore {what}"), session.now, what=names):
        said = [bring_back(session.db, item.id, session.now) for item in items]
    found = [(item.id, item.handle, item.text, item.noun) for item in items]
    _tell(session, args, found, _("back from the trash"))
    for line in filter(None, said):
        session.out.talk(line)
    return 0


def purge(session: Session, args: Args) -> int:
    """Erase what lies in the trash for good; always asked about."""
    from plannertui.store.trash import ls
    from plannertui.store.trash import purge as erase

    if args.has("all"):
        if args.words:
            raise Usage(_("Either --all or handles."))
        items = ls(session.db)
    else:
        items = _in_trash(session, _handles(args))
    if items:
        session.confirm(
            ngettext(
                "Erase {count} thing and its history for good?",
                "Erase {count} things and their history for good?",
                len(items),
            ).format(count=len(items))
        )
        erase(session.db, [item.id for item in items], session.now)
    found = [(item.id, item.handle, item.text, item.noun) for item in items]
    if not items and not args.has("json"):
        session.out.talk(_("The trash is empty."))
    else:
        _tell(session, args, found, _("erased"), text=False)
    return 0


def undo(session: Session, args: Args) -> int:
    """Take the last step back, whoever did it: the shell or the screen."""
    from plannertui.store.history import undo as back

    _no_words(args)
    step = back(session.db, session.now)
    if step is None:
        raise NotFound(_("There is nothing to undo."))
    return _stepped(session, args, step, _("Undone: {label}"))


def redo(session: Session, args: Args) -> int:
    """Do again what was undone last."""
    from plannertui.store.history import redo as again

    _no_words(args)
    step = again(session.db, session.now)
    if step is None:
        raise NotFound(_("There is nothing to redo."))
    return _stepped(session, args, step, _("Done again: {label}"))


def _no_words(args: Args) -> None:
    if args.words:
        raise Usage(_("This verb takes no words: it is always the last step."))


def _stepped(session: Session, args: Args, step: Step, words: str) -> int:
    """Say which step was taken back or done again."""
    if args.has("json"):
        session.out.document({"label": step.label, "handles": list(step.handles)})
        return 0
    said = words.format(label=step.said)
    missing = [handle for handle in step.handles if handle not in step.label.split()]
    if missing:
        said += " (" + ", ".join(missing) + ")"
    session.out.line(said)
    return 0


def _handles(args: Args) -> list[str]:
    if not args.words:
        raise Usage(_("Which one? Give a handle such as J105; ptui ls shows them."))
    return list(dict.fromkeys(args.words))


def _in_trash(session: Session, names: Sequence[str]) -> list[Item]:
    """The things in the trash with these handles, in this order."""
    from plannertui.store.refs import resolve
    from plannertui.store.trash import ls

    lying = {item.handle.upper(): item for item in ls(session.db)}
    found = []
    for name in names:
        name = session.readable(name).removeprefix("@")
        item = lying.get(name.upper())
        if item is None:
            other = resolve(session.db, name)
            if other is not None:
                raise Refused(
                    _("{handle} is not in the trash.").format(handle=other[1])
                )
            raise NotFound(
                _('There is no "{name}" in the trash. See: ptui trash').format(
                    name=name
                )
            )
        if item not in found:
            found.append(item)
    return found


def _tell(
    session: Session,
    args: Args,
    found: Sequence[Found],
    words: str,
    *,
    text: bool = True,
) -> None:
    """Say what became of each thing."""
    if args.has("json"):
        session.out.document(
            [{"handle": target[1], "type": target[3]} for target in found]
        )
        return
    for target in found:
        said = [target[1], words.format(handle=target[1])]
        if text:
            said.insert(1, clip(target[2], 40))
        session.out.line("  ".join(said))


COMMANDS: dict[str, Command | Group] = {
    "rm": Command(
        "rm",
        N_("Put things into the trash; undo or restore brings them back."),
        rm,
        words=N_("HANDLE…"),
        options=(YES,),
        notes=(N_("More than one is asked about; without a terminal: --yes."),),
        examples=("ptui rm J105", "ptui rm J105 M41 --yes"),
    ),
    "trash": Command(
        "trash",
        N_("List what lies in the trash, the last removed last."),
        trash,
        options=LISTED,
        examples=("ptui trash", "ptui trash --json"),
    ),
    "restore": Command(
        "restore",
        N_("Take things out of the trash, or bring back a version, or a backup."),
        restore,
        words=N_("HANDLE… | PATH"),
        options=(
            YES,
            Option("forgotten", "", N_("the planner's own passphrase is not known")),
        ),
        notes=(
            N_("J105@3 is version 3 of J105; ptui log J105 shows them all."),
            N_("B12, or a file, takes the place of the whole planner: asked about."),
        ),
        examples=(
            *("ptui restore J105", "ptui restore J105@3", "ptui restore B12"),
            "ptui restore /media/usb/planner-000012-20240914T181000.db",
        ),
    ),
    "purge": Command(
        "purge",
        N_("Erase what lies in the trash for good, with its history."),
        purge,
        words=N_("[HANDLE…]"),
        options=(Option("all", "", N_("the whole trash")), YES),
        notes=(N_("Always asked about; without a terminal: --yes. No undo."),),
        examples=("ptui purge J105", "ptui purge --all --yes"),
    ),
    "undo": Command(
        "undo",
        N_("Take the last step back; also after a restart, also one of the screen."),
        undo,
        examples=("ptui undo",),
    ),
    "redo": Command(
        "redo",
        N_("Do again what was undone last."),
        redo,
        examples=("ptui redo",),
    ),
}
