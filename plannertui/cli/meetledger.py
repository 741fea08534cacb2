"""``meet ledger``: what is open and what was settled between me and somebody."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.meet import CALL
from plannertui.cli.meetview import aliases
from plannertui.cli.options import Args
from plannertui.cli.words import day_words
from plannertui.core.mentions import bare
from plannertui.core.words import state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.briefs import LedgerLine


def ledger(session: Session, args: Args) -> int:
    """Print what is open and what was settled between me and somebody."""
    from plannertui.core.rows import as_data
    from plannertui.store import people
    from plannertui.store.ledger import ledger as read

    if args.words:
        (name,) = nouns.only(args, 1, CALL + " ledger")
        person = nouns.person(session, name)
    else:
        leader = people.primary(session.db)
        if leader is None:
            nouns.first(args, CALL + " ledger")
            return 2
        person = leader
    found = read(session.db, person, session.today, session.calendar)
    if args.has("json"):
        session.out.document(
            {
                "person": {"handle": person.handle, "label": person.alias},
                "mine": [as_data(line) for line in found.mine],
                "theirs": [as_data(line) for line in found.theirs],
                "asks": [as_data(line) for line in found.asks],
                "totals": found.totals(),
            }
        )
        return 0
    totals = found.totals()
    sides: tuple[tuple[str, str, Sequence[LedgerLine]], ...] = (
        ("mine", _("I promised"), found.mine),
        ("theirs", _("{alias} promised").format(alias=person.alias), found.theirs),
        ("asks", _("I ask"), found.asks),
    )
    out, names = session.out, aliases(session)
    for at, (side, title, lines) in enumerate(sides):
        if at:
            out.line()
        out.line((title, "strong"), "  ", (totals_words(totals[side]), "quiet"))
        shown = [line for line in lines if line.closed_on is None or args.has("all")]
        out.table(_ledger_row(line, names) for line in shown)
        if not shown:
            out.line("  ", (_("Nothing open."), "quiet"))
    return 0


def totals_words(totals: dict[str, int]) -> str:
    """How many ended how: "1 open, 6 kept"."""
    words = {"answered": _("answered")}
    return _(", ").join(
        f"{count} {words.get(name) or state_word(name)}"
        for name, count in totals.items()
        if count
    )


def _ledger_row(line: LedgerLine, names: list[tuple[int, str, str]]) -> list[Cell]:
    days = _("new")
    if line.age:
        days = ngettext("{count} workday old", "{count} workdays old", line.age)
    result: Cell = ""
    if line.result == "answered":
        result = _("answered")
    elif line.closed_on is not None:
        result = state_word(line.result)
    elif line.late:
        late = ngettext("{count} workday late", "{count} workdays late", line.late)
        result = (late.format(count=line.late), "bad")
    return [
        "  " + line.handle,
        bare(line.text, names),
        day_words(line.due) if line.due is not None else "",
        (days.format(count=line.age), "quiet"),
        result,
        (line.origin and _("from {handle}").format(handle=line.origin), "quiet"),
    ]
