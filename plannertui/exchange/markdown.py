"""Markdown out: one file, or a file for each day of a folder (see ``mirror``).

What somebody wrote stands inside a list item, so that no heading, rule, fence or front
matter of theirs reaches what comes after it, and no tag of HTML is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from plannertui.core.text import visible
from plannertui.core.words import weekday
from plannertui.exchange import mirror
from plannertui.exchange.exporting import Chosen
from plannertui.exchange.formats import Asked
from plannertui.exchange.lines import Line, by_days, lines
from plannertui.exchange.mirror_mark import MARK
from plannertui.i18n import gettext as _
from plannertui.store.open import Store

_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_BOXES = {"open": "[ ] ", "done": "[x] ", "dropped": "[-] "}


def write(db: Store, chosen: Chosen, asked: Asked) -> Iterator[str]:
    """Everything in one file, a heading for each day."""
    yield MARK
    for day, found in by_days(lines(db, chosen, asked.zone)):
        yield "\n" + page(day, found, 2)


def write_folder(db: Store, chosen: Chosen, asked: Asked, path: str) -> mirror.Done:
    """A file for each day in the folder ``path``; what did not change is not touched."""
    return mirror.sync(path, pages(db, chosen, asked.zone))


def pages(db: Store, chosen: Chosen, here: str) -> Iterator[tuple[str, str]]:
    """The name and text of each day's file."""
    for day, found in by_days(lines(db, chosen, here)):
        yield f"{day.isoformat()}.md", MARK + page(day, found, 1)


def page(day: date, found: list[Line], level: int) -> str:
    """One day."""
    head = f"{'#' * level} {day.isoformat()} {weekday(day)}\n\n"
    return head + "".join(map(_item, found))


def _item(line: Line) -> str:
    box = _BOXES.get(line.state, "") if line.noun == "matter" else ""
    clock = f"**{line.clock}** " if line.begins else ""
    first, *rest = _plain(line.shown()).split("\n")
    about = " ".join([first.rstrip(), *line.labels()])
    said = _("; ").join(map(_plain, line.said()))
    made = [f"- {box}{clock}{about} " + _("({about})").format(about=said)]
    rest += _plain(line.notes).split("\n") if line.notes else []
    made += [f"  {row}" if row.strip() else "" for row in rest]
    return "\n".join(made).rstrip() + "\n"


def _plain(text: str) -> str:
    return _TAG.sub(r"\\<", visible(text))
