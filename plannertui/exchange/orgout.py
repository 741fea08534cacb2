"""Org out: a heading for each day, as a yearly file of org-journal has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from plannertui.core.text import visible
from plannertui.core.words import weekday
from plannertui.exchange.exporting import Chosen
from plannertui.exchange.formats import Asked
from plannertui.exchange.lines import Line, by_days, lines
from plannertui.store.open import Store

OPEN = ("TODO", "NEXT", "DOING", "STARTED", "WAITING", "HOLD", "IN-PROGRESS")
DONE = ("DONE", "CANCELLED", "CANCELED", "KILL")
STATES = frozenset((*OPEN, *DONE))
_WORDS = {"open": "TODO", "done": "DONE", "dropped": "CANCELLED"}
_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# What would be read as a time, a priority, tags or a deeper heading.
_MISREAD = re.compile(r"^\d\d?:\d\d(?!\d)|^\[#|(?:^|\s):[\w@#%:]+:\s*$|^\*|^$")


def write(db: Store, chosen: Chosen, asked: Asked) -> Iterator[str]:
    """A heading for each day, as a yearly file of org-journal has them."""
    for day, found in by_days(lines(db, chosen, asked.zone)):
        yield f"* {day.isoformat()} {weekday(day)}\n:PROPERTIES:\n"
        yield f":CREATED:  [{_stamp(day)}]\n:END:\n"
        yield from map(_written, found)


def _written(line: Line) -> str:
    words = visible(line.text.strip("\n"))
    first, _newline, rest = words.partition("\n")
    head = ["**"]
    if line.noun == "matter":
        head.append(_WORDS.get(line.state, "TODO"))
        if line.important:
            head.append("[#A]")
    elif line.clock and line.noun == "entry":
        head.append(line.clock)
    # A first line that would be read as something else stands below its heading.
    if (
        _MISREAD.search(first)
        or first != first.strip()
        or first.split(" ")[0] in STATES
    ):
        rest = words
    else:
        head.append(first)
    tags = [tag.replace("-", "_") for tag in line.tags]
    made = [" ".join(head) + (f" :{':'.join(tags)}:" if tags else "")]
    planned = []
    if line.closed is not None:
        planned.append(f"CLOSED: [{_stamp(line.closed)}]")
    if line.due is not None and line.noun == "matter":
        planned.append(f"DEADLINE: <{_stamp(line.due)}>")
    if line.noun == "event":
        made.append(_when(line))
    if planned:
        made.append(" ".join(planned))
    made += [":PROPERTIES:", f":KIND:     {line.kind}", f":HANDLE:   {line.handle}"]
    if line.place:
        made.append(f":LOCATION: {' '.join(visible(line.place).split())}")
    if line.elsewhere:
        made.append(f":ZONE:     {line.zone}")
    made.append(":END:")
    body = "\n".join(filter(None, (rest, visible(line.notes))))
    # Indented, a star or a hash begins no heading and no keyword.
    made += [f"  {row}" if row.strip() else "" for row in body.split("\n")]
    return "\n".join(made).rstrip("\n") + "\n"


def _when(line: Line) -> str:
    clock = f" {line.clock}" if line.clock else ""
    end = line.until or line.day
    if line.clock and line.minutes:
        hours, minutes = map(int, line.clock.split(":"))
        late = hours * 60 + minutes + line.minutes
        if late < 24 * 60:
            clock += f"-{late // 60:02}:{late % 60:02}"
    last = f"--<{_stamp(end)}>" if end != line.day else ""
    return f"<{_stamp(line.day)}{clock}>{last}"


def _stamp(day: date) -> str:
    return f"{day.isoformat()} {_SHORT[day.weekday()]}"
