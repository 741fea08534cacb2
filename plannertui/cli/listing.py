"""What every verb that lists has in common: a period, how many, and in which form."""

from __future__ import annotations

from plannertui.cli.options import Args, Option
from plannertui.core.errors import Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from typing import Any, TypeVar

    from plannertui.cli.session import Session

    T = TypeVar("T")

PERIOD = (
    Option("from", "DATE", N_("from this day on; --since is the same")),
    Option("to", "DATE", N_("up to this day; --until is the same")),
    Option("on", "DATE", N_("this day, week, month or year: yesterday, 2024-W37")),
    Option("since", "DATE"),
    Option("until", "DATE"),
)
COUNT = Option("n", "NUM", N_("at most so many"), short="n")
FORM = (
    Option("format", "TEMPLATE", N_("each in your own form: '{handle} {text}'")),
    Option("null", "", N_("with --format: end each with NUL, for xargs -0"), short="0"),
)
LISTED = (*PERIOD, COUNT, *FORM)


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


def chosen(
    session: Session,
    args: Args,
    things: Iterable[T],
    days: Callable[[T], tuple[date | None, date | None]],
    *,
    past: bool = True,
    newest: bool = False,
) -> list[T]:
    """Those of ``things`` that the period lets through, at most as many as ``-n`` says.

    ``days`` gives the first and last day of a thing; with a period, what has none is left
    out. ``-n`` keeps the first of them, with ``newest`` the last.
    """
    first, last = period(session, args, past=past)
    found = list(things)
    if first is not None or last is not None:
        found = [each for each in found if _lies(days(each), first, last)]
    limit = args.count("n")
    if limit is None:
        return found
    return found[-limit:] if newest else found[:limit]


def _lies(
    days: tuple[date | None, date | None], first: date | None, last: date | None
) -> bool:
    begins, ends = days
    if begins is None or ends is None:
        return False
    return (first is None or ends >= first) and (last is None or begins <= last)


def printed(
    session: Session, args: Args, verb: str, data: Callable[[], Sequence[Any]]
) -> bool:
    """Whether the list was printed: as JSON, or in the form that ``--format`` gives.

    ``data`` makes the plain JSON values, which the schema of ``verb`` describes.
    """
    given = args.get("format")
    if given is not None and args.has("json"):
        raise Usage(_("Either --json or --format."))
    if given is None and args.has("null"):
        raise Usage(_("--null goes with --format."))
    if given is not None:
        from plannertui.cli.template import lines

        lines(session, given, verb, data())
        return True
    if args.has("json"):
        session.out.document(data())
        return True
    return False
