"""todo.txt: one task a line, in and out.

Priority, completion, dates and ``due:`` are read; every other word stays in the text as
it stands there, so that projects, contexts and ``key:value`` are never lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from plannertui.core.text import visible
from plannertui.exchange.exporting import Chosen
from plannertui.exchange.files import Source
from plannertui.exchange.formats import Asked
from plannertui.exchange.lines import Line, lines
from plannertui.exchange.readers import (
    Here,
    Keys,
    collect,
    decoded,
    nothing_words,
    tag_names,
    too_long,
    too_long_words,
)
from plannertui.exchange.reading import Found, Left, Reading
from plannertui.store.open import Store

_DAY = r"(\d{4}-\d\d-\d\d)"
_DONE = re.compile(rf"x (?:\(([A-Z])\) )?(?:{_DAY} )?(?:{_DAY} )?")
_OPEN = re.compile(rf"(?:\(([A-Z])\) )?(?:{_DAY} )?")
_DUE = re.compile(r"(?:^|(?<=\s))due:(\d{4}-\d\d-\d\d)(?=\s|$)\s*")
_GIVEN_UP = re.compile(r"(?:^|(?<=\s))state:dropped(?=\s|$)\s*")
_PRIORITY = re.compile(r"(?:^|(?<=\s))pri:([A-Z])(?=\s|$)\s*")
_LABEL = re.compile(r"(?<!\S)[+@](\S+)")
_PAIR = re.compile(r"(?<!\S)([A-Za-z][\w-]*):(?!//)\S+")
UNDERSTOOD = ("priority",)


def read(source: Source, asked: Asked) -> Reading:
    """The tasks of a todo.txt or done.txt."""
    text = decoded(source.raw(), source.name)
    return collect(_tasks(text, Here.of(asked)), UNDERSTOOD)


def _tasks(text: str, here: Here) -> Iterator[Found | Left]:
    keys = Keys()
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if not line:
            continue
        if too_long(line):
            yield Left(line[:60], too_long_words(), number)
            continue
        yield _task(line, number, here, keys)


def _task(line: str, number: int, here: Here, keys: Keys) -> Found | Left:
    begun = _DONE.match(line)
    if begun is not None:
        rank, closed, written = begun[1], _day(begun[2]), _day(begun[3])
    else:
        begun = _OPEN.match(line)
        assert begun is not None
        rank, closed, written = begun[1], None, _day(begun[2])
    done = line.startswith("x ")
    title = line[begun.end() :]
    due = _DUE.search(title)
    day = _day(due[1]) if due else None
    if due and day:
        title = (title[: due.start()] + title[due.end() :]).strip()
    said = _PRIORITY.search(title)
    if said:
        rank = rank or said[1]
        title = (title[: said.start()] + title[said.end() :]).strip()
    given_up = done and _GIVEN_UP.search(title)
    if given_up:
        title = (title[: given_up.start()] + title[given_up.end() :]).strip()
    if not title:
        return Left(line, nothing_words(), number)
    kept: dict[str, object] = {f"{name}:": True for name in _PAIR.findall(title)}
    if rank:
        kept["priority"] = rank
    return Found(
        noun="matter",
        # Without what changes when it is done or put off: then it is the same task.
        key=keys.of(title),
        fields={
            "title": title,
            "day": written or here.today,
            "at": None,
            "due": day,
            "state": ("dropped" if given_up else "done") if done else "open",
            "closed_on": closed if done else None,
            "important": rank == "A",
        },
        tags=tag_names(_LABEL.findall(title)),
        kept=kept,
        line=number,
        guessed=() if written else ("day",),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


# -- out -------------------------------------------------------------------------------


def write(db: Store, chosen: Chosen, asked: Asked) -> Iterator[str]:
    """A line for each task; entries and events are no tasks, and stay."""
    for line in lines(db, chosen):
        if line.noun == "matter":
            yield _written(line)
        else:
            chosen.left["form"] += 1


def _written(line: Line) -> str:
    words = " ".join(visible(line.shown()).split())
    start = []
    if line.state != "open":
        # A task that was given up is closed there, too, and says so.
        start += ["x", (line.closed or line.day).isoformat()]
    elif line.important:
        start.append("(A)")
    start.append(line.day.isoformat())
    known = {label.casefold() for label in _LABEL.findall(words)}
    tags = [f"+{tag}" for tag in line.tags if tag.casefold() not in known]
    tags = [tag for tag in tags if f"#{tag[1:]}".casefold() not in words.casefold()]
    people = ["@" + "-".join(alias.split()) for alias in line.people]
    people = [one for one in people if one[1:].casefold() not in known]
    due = [f"due:{line.due.isoformat()}"] if line.due else []
    given_up = ["state:dropped"] if line.state == "dropped" else []
    return " ".join([*start, words, *tags, *people, *due, *given_up]) + "\n"
