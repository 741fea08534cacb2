"""Reports: made from the store by the rules, through a template, with what is left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from plannertui import i18n
from plannertui.core.day import week_label, week_span, year_of, year_span
from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _
from plannertui.outputs.desk import Desk, LeftOut
from plannertui.outputs.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.open import Store
    from plannertui.store.settings import Settings

__all__ = ["KINDS", "PROFILES", "LeftOut", "Report", "make"]

KINDS = (
    *("brief", "weekly", "message", "nominate", "self", "year", "handover", "plan"),
    "boundary",
)
OWN_EYES = frozenset(("brief", "year", "boundary"))
"""What is for the user alone: it may hold guesses, marked, or figures."""
PROFILES = ("plain", "star", "ccar", "cn-5")
MAKERS = {
    "brief": ("talks", "brief"),
    "message": ("messages", "message"),
    "weekly": ("upward", "weekly"),
    "nominate": ("upward", "nominate"),
    "plan": ("upward", "plan"),
    "handover": ("upward", "handover"),
    "self": ("assess", "self_assessment"),
    "year": ("yearly", "year"),
    "boundary": ("sealed", "boundary"),
}
PRAISED = frozenset(("weekly", "nominate", "self", "handover"))
"""Where words of praise for oneself are pointed out."""
SUBJECTS = {
    "brief": ("event", "person"),
    "message": ("situation",),
    "boundary": (),
}
WEEKLY = frozenset(("weekly", "brief", "message"))


LOOKING_BACK = frozenset(("weekly", "nominate", "self", "year", "handover"))
"""Reports on what was; the others also speak of days to come."""


@dataclass(frozen=True, slots=True)
class Report:
    """A document, and what it leaves out; ``missing`` must be written before it leaves.

    ``notes`` are remarks on its words, for the user alone.
    ``used`` are the ids of the wins that it tells; ``charts`` what its page draws.
    """

    kind: str
    title: str
    markdown: str
    left_out: tuple[LeftOut, ...] = ()
    missing: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    used: tuple[int, ...] = ()
    language: str = "en"
    charts: tuple[Any, ...] = field(default=())

    def html(self) -> str:
        """The document as one page that needs nothing else."""
        from plannertui.outputs.html import page

        return page(self)


def make(
    db: Store,
    kind: str,
    *,
    now: datetime,
    today: date,
    calendar: WorkCalendar,
    settings: Settings,
    subject: int = 0,
    period: str = "",
    profile: str = "plain",
    names: Mapping[str, str] | bool = False,
    language: str = "",
) -> Report:
    """Make a report of ``kind``.

    ``subject`` is the id of what it is about: an event, a situation, a leader. ``period``
    is a week, month or year as typed; empty for this one. ``names`` are names typed for
    this report, by handle or alias: real names never come out of the store.
    """
    if kind not in KINDS:
        raise Usage(
            _("{value} is none of: {choices}").format(
                value=kind, choices=", ".join(KINDS)
            )
        )
    _check_subject(db, kind, subject)
    reader = i18n.language()
    with i18n.speaking(language or reader):
        first, last = period_of(kind, period, today, settings.year_start)
        if first > today and kind in LOOKING_BACK:
            raise Usage(
                _("{period} has not begun: there is nothing to tell yet.").format(
                    period=period
                )
            )
        typed = names if names and not isinstance(names, bool) else {}
        desk = Desk(
            db, now, today, calendar, settings, typed, subject, first=first, last=last
        )
        desk.reader = reader
        return _made(desk, kind, profile)


def _check_subject(db: Store, kind: str, subject: int) -> None:
    """Refuse a report about what it cannot be about."""
    if not subject:
        return
    row = db.one("SELECT type, letter || number FROM handle WHERE id = ?", (subject,))
    noun, handle = row or ("", "")
    if noun not in SUBJECTS.get(kind, ("person",)):
        message = _("{handle} is nothing that this report is about: {kind}")
        raise Usage(message.format(handle=handle, kind=kind))


def period_of(
    kind: str, period: str, today: date, year_start: int
) -> tuple[date, date]:
    """The first and last day that a report is about."""
    if period:
        from plannertui.core.dates import parse_span

        return parse_span(period, today, past=True, year_start=year_start)
    if kind in WEEKLY:
        return week_span(today)
    return year_span(year_of(today, year_start), year_start)


def _made(desk: Desk, kind: str, profile: str) -> Report:
    from importlib import import_module

    from plannertui.outputs import render

    module, name = MAKERS[kind]
    gather = getattr(import_module(f"plannertui.outputs.{module}"), name)
    data: dict[str, Any] = gather(desk, profile) if kind == "self" else gather(desk)
    if kind != "boundary":
        desk.unplaced()
        desk.sealed()
    charts = tuple(data.pop("charts", ()))
    required = tuple(data.pop("required", ()))
    common = {
        "today": desk.day(desk.today),
        "week": week_label(desk.first),
        "language": i18n.language(),
    }
    users = render.folder_of(desk.settings.path)
    filled = render.fill(kind, i18n.language(), common | data, users)
    markdown = desk.vault.reveal(filled)
    return Report(
        kind=kind,
        title=_title(markdown, kind),
        markdown=markdown,
        left_out=tuple(dict.fromkeys(desk.left)),
        missing=missing_in(markdown, required),
        required=required,
        notes=notes_on(kind, markdown),
        used=tuple(desk.used),
        language=i18n.language(),
        charts=charts,
    )


def missing_in(markdown: str, required: tuple[str, ...]) -> tuple[str, ...]:
    """What stands empty of the headings that a form requires, in words."""
    from plannertui.outputs.blocks import parse

    filled: set[str] = set()
    under = ""
    for block in parse(markdown) if required else ():
        words = "".join(text for text, _style in block.spans).strip()
        if block.kind == "heading" and block.level <= 2:
            under = words
        elif words and {style for _text, style in block.spans} != {"em"}:
            filled.add(under)
    return tuple(
        _("{heading} cannot stay empty").format(heading=heading)
        for heading in required
        if heading not in filled
    )


def notes_on(kind: str, markdown: str) -> tuple[str, ...]:
    """What is to be said of the words of a report, its own or those changed by hand."""
    if kind not in PRAISED:
        return ()
    from plannertui.core.praise import praise

    words = list(dict.fromkeys(markdown[a:b] for a, b in praise(markdown)))
    if not words:
        return ()
    said = _("Praise, where a number, a document or a witness would say more: {words}")
    return (said.format(words=listed(words)),)


def _title(markdown: str, kind: str) -> str:
    """The document's first line, as plain words."""
    from plannertui.outputs.blocks import plain

    for line in markdown.split("\n"):
        if line.strip():
            return plain(line.strip().lstrip("#").strip()) or kind
    return kind
