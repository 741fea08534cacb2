"""What every verb that lists has in common: a period, how many, and in which form."""

from __future__ import annotations

from plannertui.cli.options import Args, Option
from plannertui.core.errors import Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from plannertui.cli.session import Session

PERIOD = (
    Option("from", "DATE", N_("from this day on; --since is the same")),
    Option("to", "DATE", N_("up to this day; --until is the same")),
    Option("on", "DATE", N_("this day, week, month or year: yesterday, 2024-W37")),
    Option("since", "DATE"),
    Option("until", "DATE"),
)


def period(
    session: Session, args: Args, *, past: bool = True
) -> tuple[date | None, date | None]:
    """The first and last day asked for; a bare weekday is the last, or the next one."""
    for one, other in (("from", "since"), ("to", "until")):
        if args.has(one) and args.has(other):
            raise Usage(
                _("--{one} and --{other} are the same: give one of them.").format(
                    one=one, other=other
                )
            )
    first, last = args.get("from") or args.get("since"), args.get("to")
    last = last or args.get("until")
    on = args.get("on")
    if on is not None:
        if first is not None or last is not None:
            raise Usage(_("Either --on or --from and --to."))
        return session.span(on, past=past)
    since = None if first is None else session.span(first, past=past)[0]
    until = None if last is None else session.span(last, past=past)[1]
    if since is not None and until is not None and since > until:
        raise Usage(
            _("The period ends on {until}, before it begins on {since}.").format(
                since=since.isoformat(), until=until.isoformat()
            )
        )
    return since, until
