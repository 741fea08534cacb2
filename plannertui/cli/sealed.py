"""Capturing into a locked store: the line is sealed to its public key, and filed later.

On the daily path of a locked store: imports next to nothing.
"""

from __future__ import annotations

import os

from plannertui.cli.words import day_words
from plannertui.core.capture import PAST
from plannertui.core.errors import PlannerError, Usage
from plannertui.core.slip import may_count, understand
from plannertui.core.words import kind_word
from plannertui.i18n import LANGUAGES, ngettext
from plannertui.i18n import gettext as _
from plannertui.store import seal
from plannertui.store.inbox import seal_line
from plannertui.store.settings import Settings, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.capture import Capture
    from plannertui.core.slip import Slip
    from plannertui.store.seal import Seal

ENTRIES = (*PAST, "warn")


def note_of(path: str) -> Seal | None:
    """The note of the sealed store at ``path``; None where it is not sealed, or has none."""
    return seal.read(path) if seal.is_sealed(path) else None


def settings_of(note: Seal, config: str, env: Mapping[str, str]) -> Settings:
    """The settings by which a line is read, as they were when it was last unlocked.

    The settings file is not read, which costs more than sealing, unless it was never
    told in the note; BadSettings where it cannot be read then.
    """
    if not note.day_start:
        return load(config, env)
    settings = Settings(config, env)
    if note.language in LANGUAGES:
        settings.language, settings.follows = note.language, False
    for name, least, most in (("day_start", 0, 1439), ("year_start", 1, 12)):
        value = getattr(note, name)
        if value.isascii() and value.isdigit() and least <= int(value[:5]) <= most:
            setattr(settings, name, int(value))
    return settings


def without_note(session: Session, error: PlannerError) -> None:
    """Let ``error``, of a locked store, say so where nothing can be captured into it."""
    path = seal.note_path(os.path.realpath(session.path))
    if not os.path.exists(path):
        text = _(
            "Its note {path} is gone, without which nothing is captured while it is "
            "locked: unlocking it once makes a new one."
        )
        error.message += " " + text.format(path=path)


def put_aside(session: Session, slip: Slip, note: Seal) -> int:
    """Seal ``slip`` into the inbox and say in one line what became of it.

    What can be refused without the store is refused now.
    """
    line = understand(slip, _nobody)
    if slip.number is not None and not may_count(slip):
        raise Usage(_("--n needs a goal to add to: --goal G1."))
    slip.zone = session.zone
    waiting = seal_line(os.path.realpath(session.path), note, slip)
    if session.args.has("json"):
        session.out.document(_data(slip, line, waiting))
    elif not session.args.has("quiet"):
        session.out.line("  ".join(_reply(slip, line, waiting)))
    return 0


def _nobody(_name: str) -> None:
    """Who is meant is seen when it is filed."""


def _reply(slip: Slip, line: Capture, waiting: int) -> list[str]:
    day, due = _days(slip, line)
    parts = [_("sealed"), day_words(day), kind_word(line.kind)]
    if due is not None:
        words = _("for {day}") if line.kind == "warn" else _("due {day}")
        parts.append(words.format(day=day_words(due)))
        if due < slip.today and line.kind != "warn":
            parts.append(_("that day has passed"))
    if line.revisit is not None:
        parts.append(_("again on {day}").format(day=day_words(line.revisit)))
    parts.append(
        ngettext("{count} waits", "{count} wait", waiting).format(count=waiting)
    )
    return parts


def _days(slip: Slip, line: Capture) -> Any:
    """The day it belongs to, and the one it is due or warns of."""
    if line.kind in PAST:
        return line.date or slip.day, None
    return slip.day, line.date


def _data(slip: Slip, line: Capture, waiting: int) -> dict[str, Any]:
    """What became of the text, as plain JSON values: the same keys as for an open store."""
    day, due = _days(slip, line)
    return {
        "handle": None,
        "type": "entry" if line.kind in ENTRIES else "matter",
        "kind": line.kind,
        "text": line.text,
        "day": day.isoformat(),
        "due": due.isoformat() if due else None,
        "revisit_on": line.revisit.isoformat() if line.revisit else None,
        "refs": [],
        "tags": list(line.tags),
        "unresolved": [],
        "moved": False,
        "goal": None,
        "sealed": True,
        "waiting": waiting,
    }
