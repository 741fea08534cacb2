"""``import --from``: what other programs wrote, planned first, then taken in at once."""

from __future__ import annotations

from plannertui.core.errors import Usage
from plannertui.core.text import clean
from plannertui.core.words import kind_word
from plannertui.i18n import N_, ngettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.options import Args
    from plannertui.cli.session import Session
    from plannertui.exchange.files import Source
    from plannertui.exchange.formats import Asked, Format
    from plannertui.exchange.importing import Found, Left, Plan, Step

SHOWN = 20
OPTIONS = ("map", "dates", "encoding")


def asked(session: Session, args: Args) -> Asked:
    """The surroundings of an import or export: day, zone, the form's own options."""
    from plannertui.cli.events import named_zone
    from plannertui.exchange.formats import Asked

    return Asked(
        now=session.now,
        today=session.today,
        day_start=session.settings.day_start,
        zone=named_zone(session),
        private=args.has("private"),
        options={name: args.get(name) for name in OPTIONS if args.has(name)},
    )


def source_name(form: Format, args: Args) -> str:
    """What the things of this form are noted to come from: "ics", or "ics:work"."""
    name = args.get("as")
    if name is None:
        return form.name
    name = " ".join(clean(name).split())
    if not name:
        raise Usage(_("{name} needs a value.").format(name="--as"))
    return f"{form.name}:{name}"


def take(session: Session, args: Args, source: Source, form: Format) -> int:
    """Read ``source`` as ``form``, plan, and unless it is a dry run do it."""
    from plannertui.core.errors import ReadOnly
    from plannertui.exchange import importing
    from plannertui.exchange.formats import module

    if session.db.readonly:
        raise ReadOnly(session.db.notice)
    meter = Meter(session)
    named = source_name(form, args)
    meter.begin()
    try:
        reading = module(form).read(source, asked(session, args))
        plan = importing.plan(
            session.db,
            named,
            reading,
            theirs=args.has("theirs"),
            again=args.has("again"),
        )
    finally:
        meter.end()
    handles: dict[str, str] = {}
    dry = args.has("dry-run")
    if not dry:
        try:
            handles = importing.apply(session.db, plan, session.now, meter.show)
        finally:
            meter.end()
    if session.out.json:
        session.out.document(_document(plan, handles, dry))
    else:
        _tell(session, plan, handles, dry)
    return 0


class Meter:
    """How far a long import is, on a terminal's stderr."""

    def __init__(self, session: Session) -> None:
        err = session.out.err
        quiet = session.out.quiet or err is None or not err.isatty()
        self.err = None if quiet else err
        self.drawn = False

    def begin(self) -> None:
        """Say that it is being read."""
        if self.err is not None:
            self.err.write("\r" + _("Reading …"))
            self.err.flush()
            self.drawn = True

    def show(self, done: int, total: int) -> None:
        """Draw ``done`` of ``total`` over what was drawn before."""
        if self.err is not None and total >= 500:
            self.err.write(f"\r{done}/{total}")
            self.err.flush()
            self.drawn = True

    def end(self) -> None:
        """Wipe it off."""
        if self.err is not None and self.drawn:
            self.err.write("\r\x1b[K")
            self.err.flush()


def _document(plan: Plan, handles: dict[str, str], dry: bool) -> dict[str, Any]:
    return {
        "dry_run": dry,
        "source": plan.source,
        "added": [
            {
                "type": step.found.noun,
                "handle": handles.get(step.found.key),
                "label": step.found.label,
                "line": step.found.line or None,
            }
            for step in plan.added
        ],
        "changed": [
            {
                "type": step.found.noun,
                "handle": step.handle,
                "label": step.found.label,
                "line": step.found.line or None,
                "fields": list(step.names),
            }
            for step in plan.changed
        ],
        "same": plan.same + len(plan.noted),
        "left": [
            {
                "handle": left.handle or None,
                "label": left.label,
                "file": left.file or None,
                "line": left.line or None,
                "why": left.why,
            }
            for left in plan.left
        ],
        "not_understood": dict(sorted(plan.unknown.items())),
        "notes": plan.notes,
    }


def _tell(session: Session, plan: Plan, handles: dict[str, str], dry: bool) -> None:
    """Say what was, or would be, taken in, and what was not."""
    out = session.out
    words = _("Added: {added}; changed: {changed}; the same: {same}; left: {left}.")
    if dry:
        words = _(
            "Would add: {added}; change: {changed}; the same: {same}; left: {left}."
        )
    out.line(
        words.format(
            added=_counted(plan.added),
            changed=len(plan.changed),
            same=plan.same + len(plan.noted),
            left=len(plan.left),
        )
    )
    if dry:
        _list(session, N_("new: {what}"), [_row(s.found) for s in plan.added])
    _list(session, N_("changed: {what}"), [_changed(step) for step in plan.changed])
    _list(session, N_("not taken in: {what}"), [_left(left) for left in plan.left])
    if plan.unknown:
        names = [
            name if count == 1 else f"{name} ({count})"
            for name, count in sorted(plan.unknown.items())
        ]
        more = " …" if len(names) > SHOWN else ""
        out.line(
            _("Kept, but not understood: {names}").format(
                names=", ".join(names[:SHOWN]) + more
            )
        )
    for note in dict.fromkeys(plan.notes):
        out.line(note)
    if handles and not dry:
        out.talk(_("ptui undo takes all of it back."))


def _counted(steps: list[Step]) -> str:
    count = {
        noun: sum(step.found.noun == noun for step in steps)
        for noun in ("event", "matter", "entry")
    }
    parts = []
    if n := count["event"]:
        parts.append(ngettext("{n} event", "{n} events", n).format(n=n))
    if n := count["matter"]:
        parts.append(ngettext("{n} task", "{n} tasks", n).format(n=n))
    if n := count["entry"]:
        parts.append(ngettext("{n} entry", "{n} entries", n).format(n=n))
    return _(", ").join(parts) or "0"


def _list(session: Session, words: str, rows: list[str]) -> None:
    for row in rows[:SHOWN]:
        session.out.line("  ", _(words).format(what=row))
    if len(rows) > SHOWN:
        session.out.line("  ", _("… and {count} more").format(count=len(rows) - SHOWN))


def _row(found: Found) -> str:
    day = found.fields.get("starts_on") or found.fields.get("day") or ""
    noun = "task" if found.noun == "matter" else found.noun
    kind = kind_word(str(found.fields.get("kind") or noun))
    return " ".join(part for part in (str(day), kind, found.label[:60]) if part)


def _changed(step: Step) -> str:
    label = f"{step.handle} {step.found.label[:60]}"
    names = [name for name in step.names if name not in ("series_id", "last_on")]
    if step.restore or not names:
        return label
    return f"{label} ({', '.join(names)})"


def _left(left: Left) -> str:
    where = _("line {line}: ").format(line=left.line) if left.line else ""
    if left.file:
        where = _("{what}: {why}").format(what=left.file, why=where)
    handle = left.handle + " " if left.handle else ""
    if not left.label:
        return f"{where}{handle}{left.why}"
    named = _("{what}: {why}").format(what=left.label[:60], why=left.why)
    return f"{where}{handle}{named}"
