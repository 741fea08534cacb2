"""Obsidian: a folder of daily notes in Markdown, or one of them.

A note becomes an entry of its day, its ``- [ ]`` lines become tasks. What else the front
matter says is kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from plannertui.core.errors import BadFile
from plannertui.exchange.files import Source
from plannertui.exchange.formats import Asked
from plannertui.exchange.frontmatter import plain, split
from plannertui.exchange.mirror_mark import MARK
from plannertui.exchange.readers import (
    Here,
    Keys,
    Together,
    collect,
    day_in,
    decoded,
    files_in,
    nothing_words,
    tag_names,
    too_long,
    too_long_words,
)
from plannertui.exchange.reading import Found, Left, Reading
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

_TASK = re.compile(r"([ \t]*)[-*+] \[(.)\] +(.+)")
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_TAG = re.compile(r"(?<!\S)#([\w/-]+)")
_HEADING = re.compile(r"#{1,6}[ \t]+(.+)")
_BLOCK = re.compile(r"\^([A-Za-z0-9-]+)")
_DATED = re.compile(
    r" ?(?:(📅|✅|➕|❌)\ufe0f? ?(\d{4}-\d\d-\d\d)"
    r"|[\[(](due|completion|created|cancelled):: ?(\d{4}-\d\d-\d\d)[\])])"
)
_RANK = re.compile(r" ?(🔺|⏫|🔼|🔽|⏬)\ufe0f?")
_OTHER = {"⏳": "scheduled", "🛫": "start", "🔁": "recurrence", "⛔": "dependsOn"}
_SIGNS = {"📅": "due", "✅": "completion", "➕": "created", "❌": "cancelled"}
_STATES = {"x": "done", "X": "done", "-": "dropped"}
UNDERSTOOD = ("priority", "date", "day", "created")


def read(source: Source, asked: Asked) -> Reading:
    """The daily notes of a folder, or one note."""
    return collect(_notes(source, Here.of(asked)), UNDERSTOOD)


def _notes(source: Source, here: Here) -> Iterator[Found | Left | str]:
    keys = Keys()
    if not source.is_folder:
        text = decoded(source.raw(), source.name)
        if text.startswith(MARK):
            message = _("Written by this program, and left: {name}.")
            raise BadFile(message.format(name=source.name))
        found = _note(source.name, text, here, keys)
        if found is None:
            message = _("{name} tells no day: call it like 2024-09-12.md.")
            raise BadFile(message.format(name=source.name))
        yield from found
        return
    passed = 0
    together = Together(source.name)
    for path, name in files_in(source.path):
        if not name.lower().endswith(".md"):
            continue
        try:
            text = decoded(together.read(path))
        except BadFile as error:
            yield Left(name, error.message)
            continue
        if text.startswith(MARK):
            yield _("Written by this program, and left: {name}.").format(name=name)
            continue
        found = _note(name, text, here, keys)
        if found is None:
            passed += 1
        else:
            yield from found
    if passed:
        yield ngettext(
            "{n} note that tells no day was passed over.",
            "{n} notes that tell no day were passed over.",
            passed,
        ).format(n=passed)


def _note(
    name: str, text: str, here: Here, keys: Keys
) -> Iterator[Found | Left | str] | None:
    """What is in one note; None where neither its name nor its front matter has a day."""
    front, body, lines = split(text)
    stem = name[:-3] if name.lower().endswith(".md") else name
    day = day_in(stem)
    for key in ("date", "day", "created") if day is None and front else ():
        day = day or day_in(str(plain((front or {}).get(key)) or ""))
    return None if day is None else _parts(name, stem, day, front, body, lines, keys)


def _parts(
    name: str,
    stem: str,
    day: date,
    front: dict[str, Any] | None,
    body: str,
    line: int,
    keys: Keys,
) -> Iterator[Found | Left | str]:
    if front is None:
        message = _(
            "The front matter of {name} was not understood: it stays in the text."
        )
        yield message.format(name=name)
        front = {}
    names = _listed(front.pop("tags", None)) + _listed(front.pop("tag", None))
    rest: list[str] = []
    tasks: list[tuple[int, re.Match[str], list[str]]] = []
    fenced, depth = "", -1
    # The headings below which there were tasks, by their place in what is left.
    heading, emptied = -1, set[int]()
    for number, row in enumerate(body.split("\n"), line):
        fence = _FENCE.match(row)
        if fence and fenced in ("", fence[1]):
            fenced = "" if fenced else fence[1]
        task = None if fenced else _TASK.fullmatch(row)
        indent = len(row) - len(row.lstrip())
        if task is not None:
            depth = len(task[1])
            tasks.append((number, task, []))
            emptied.add(heading)
        elif depth >= 0 and row.strip() and indent > depth and not fenced:
            tasks[-1][2].append(row.strip())
        else:
            depth = -1
            if not fenced and _HEADING.fullmatch(row):
                heading = len(rest)
            rest.append(row)
    for number, task, more in tasks:
        yield _task(name, day, task, more, number, keys)
    rest = [
        row for at, row in enumerate(rest) if not (at in emptied and _bare(rest, at))
    ]
    words = _without_day(rest, os.path.basename(stem))
    if not any(row.strip() and not _HEADING.fullmatch(row) for row in words):
        return
    text = "\n".join(words).strip("\n")
    if too_long(text):
        yield Left(name, too_long_words())
        return
    yield Found(
        noun="entry",
        key=keys.one(name),
        fields={"text": text, "day": day, "at": None},
        tags=tag_names([*names, *_TAG.findall(text)]),
        kept={key: plain(value) for key, value in front.items() if value is not None},
        line=line,
    )


def _bare(rows: list[str], at: int) -> bool:
    """Whether the heading at this place has nothing below it before the next one."""
    for row in rows[at + 1 :]:
        if row.strip():
            return bool(_HEADING.fullmatch(row))
    return True


def _without_day(rows: list[str], stem: str) -> list[str]:
    """``rows`` without a heading at the top that only says which day it is."""
    for number, row in enumerate(rows):
        if row.strip():
            said = _HEADING.fullmatch(row)
            if said and (said[1].strip() == stem or _says_day(said[1])):
                return rows[number + 1 :]
            break
    return rows


def _says_day(text: str) -> bool:
    return day_in(text) is not None and len(text) <= 40


def _task(
    name: str,
    day: date,
    task: re.Match[str],
    more: list[str],
    line: int,
    keys: Keys,
) -> Found | Left:
    title, dates = task[3].strip(), dict[str, date]()
    first, _blank, last = title.rpartition(" ")
    block = _BLOCK.fullmatch(last)
    if block:
        title = first
    for found in _DATED.finditer(title):
        said = _day(found[2] or found[4])
        if said:
            dates[_SIGNS.get(found[1], found[3])] = said
    title = _DATED.sub(lambda one: "" if _day(one[2] or one[4]) else one[0], title)
    rank = _RANK.search(title)
    title = _RANK.sub("", title).strip()
    kept: dict[str, Any] = {
        word: True for sign, word in _OTHER.items() if sign in title
    }
    state = _STATES.get(task[2], "open")
    if task[2] not in " xX-":
        kept["status"] = task[2]
    if rank:
        kept["priority"] = rank[1]
    text = "\n".join([title, *more])
    if not title:
        return Left(name, nothing_words(), line)
    if too_long(text):
        return Left(title, too_long_words(), line)
    key = keys.one(f"{name}^{block[1]}") if block else keys.of(name, title)
    closed = dates.get("completion") or dates.get("cancelled")
    return Found(
        noun="matter",
        key=key,
        fields={
            "title": text,
            "day": dates.get("created", day),
            "at": None,
            "due": dates.get("due"),
            "state": state,
            "closed_on": closed or day if state != "open" else None,
            "important": rank is not None and rank[1] in "🔺⏫",
        },
        tags=tag_names(_TAG.findall(title)),
        kept=kept,
        line=line,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _listed(value: Any) -> list[str]:
    """Tags as a list or as words with commas or blanks between them."""
    if isinstance(value, str):
        return re.split(r"[,\s]+", value)
    return [str(one) for one in value] if isinstance(value, list) else []
