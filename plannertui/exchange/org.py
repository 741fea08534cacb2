"""org-journal, and other Org files by days: in, and out in the same form.

A heading that is a day holds headings with a time, which become entries, and those with
a TODO state, which become tasks. A file for each day needs no heading for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from textwrap import dedent
from typing import Any

from plannertui.core import matters
from plannertui.core.entries import KINDS
from plannertui.core.errors import BadFile
from plannertui.exchange.files import Source
from plannertui.exchange.formats import Asked
from plannertui.exchange.orgevents import appointment
from plannertui.exchange.orgnodes import Node, nodes_of, settings_of
from plannertui.exchange.orgout import write as write
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

GIVEN_UP = ("CANCELLED", "CANCELED", "KILL")
_TAGS = re.compile(r":([\w@#%:]+):")
_TIME = re.compile(r"(\d\d?:\d\d)(?:[ \t]+|$)")
_RANK = re.compile(r"\[#([A-Z0-9])\][ \t]*")
_STAMP = re.compile(r"[<\[]\d{4}-\d\d-\d\d")
_PLANNED = re.compile(
    r"(SCHEDULED|DEADLINE|CLOSED):[ \t]*[<\[]([^>\]\n]{1,80})[>\]][ \t]*"
)
# A day in words, or in figures in the order of some country.
_LOCAL = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\.?"
_NAMED = r"\d{1,2}\.? [^\W\d]+,? \d{4}|[^\W\d]+ \d{1,2},? \d{4}"
_DAY_WORDS = re.compile(
    rf"(?:[^\W\d]+\.?,? )?(?:{_LOCAL}|{_NAMED}|\d{{8}}|\d{{4}}年\d{{1,2}}月\d{{1,2}}日)"
    r"(?:[ ,]*[(（]?[^\W\d]+[)）]?)?"
)
UNDERSTOOD = ("priority", "state", "due")
# What this program writes itself.
_OURS = ("CREATED", "HANDLE", "KIND", "LOCATION", "ZONE")


def read(source: Source, asked: Asked) -> Reading:
    """The entries and tasks of a folder of Org files, or of one."""
    return collect(_files(source, Here.of(asked)), UNDERSTOOD)


def _files(source: Source, here: Here) -> Iterator[Found | Left | str]:
    keys = Keys()
    if not source.is_folder:
        yield from _file(decoded(source.raw(), source.name), source.name, here, keys)
        return
    together = Together(source.name)
    for path, name in files_in(source.path):
        if os.path.splitext(name)[1].lower() not in ("", ".org", ".txt"):
            continue
        if not (name.endswith(".org") or day_in(name)):
            continue
        try:
            text = decoded(together.read(path))
        except BadFile as error:
            yield Left(name, error.message)
            continue
        yield from _file(text, name, here, keys)


def _file(text: str, name: str, here: Here, keys: Keys) -> Iterator[Found | Left | str]:
    top, nodes = nodes_of(text)
    states, tags = settings_of(top)
    by_name = day_in(os.path.splitext(name)[0])
    for row in top.rows:
        if row.lower().startswith("#+title:") and by_name is None:
            by_name = day_in(row)
    day, level = by_name, 0
    loose = "\n".join(row for row in top.rows if not row.startswith("#+")).strip()
    if loose:
        if day is None:
            yield Left(loose, _("no day is told for it"), 1)
        else:
            yield _entry(loose, None, day, tags, Node(0, "", 1), here, keys)
    at = 0
    while at < len(nodes):
        node = nodes[at]
        at += 1
        own = _day_of(node, by_name)
        if own is not None and (level == 0 or node.level <= level):
            day, level = own, node.level
            words = dedent("\n".join(node.rows)).strip("\n")
            if words.strip():
                yield _entry(words, None, day, tags, Node(0, "", node.line), here, keys)
            continue
        if level and node.level <= level:
            # A heading beside the days is of none of them.
            day, level = by_name, 0
        below = []
        while at < len(nodes) and nodes[at].level > node.level:
            below.append(nodes[at])
            at += 1
        if day is None and not any(map(_tells, (node, *below))):
            yield Left(node.title, _("no day is told for it"), node.line)
            continue
        yield from _thing(node, below, day, states, tags, here, keys)


def _tells(node: Node) -> bool:
    """Whether a heading outside of days says a day of its own."""
    if node.properties.get("CREATED"):
        return True
    return any(_STAMP.search(row) for row in node.rows[:3])


def _day_of(node: Node, by_name: date | None) -> date | None:
    """The day that a heading stands for; None where it is none."""
    words = " ".join(_parted(node.title[:200])[0].split())
    if not _DAY_WORDS.fullmatch(words):
        return None
    return day_in(node.properties.get("CREATED", "")) or day_in(words) or by_name


def _thing(
    node: Node,
    below: list[Node],
    day: date | None,
    states: dict[str, bool],
    tags: tuple[str, ...],
    here: Here,
    keys: Keys,
) -> Iterator[Found | Left]:
    """The entry, task or event of a heading, and the tasks of the headings below it.

    Outside of days an event has its own, and a task that has none but its due date is
    of the day on which it comes in.
    """
    word = node.title.partition(" ")[0]
    rows = list(node.rows)
    level = 0
    for each in below:
        inner = each.title.partition(" ")[0]
        if inner in states and (not level or each.level <= level):
            level = each.level
        elif level and each.level <= level:
            level = 0
        if not level:
            rows += ["*" * each.level + " " + each.title, *each.rows]
    title, said = _parted(node.title)
    own = (*tags, *said)
    if word in states:
        yield _task(node, rows, day, word, states[word], own, here, keys)
    else:
        clock = _TIME.match(title)
        moment = _clock(clock[1]) if clock else None
        if clock and moment is not None:
            title = title[clock.end() :].strip()
        words = dedent("\n".join(rows)).strip("\n")
        text = f"{title}\n{words}" if title and words else title or words
        event = appointment(title, rows, node.properties)
        if event is not None:
            yield _event(event, own, node, keys)
        elif day is None:
            yield Left(node.title, _("no day is told for it"), node.line)
        elif text.strip():
            yield _entry(text, moment, day, own, node, here, keys)
    while below:
        first, inner_below = below.pop(0), []
        if first.title.partition(" ")[0] not in states:
            continue
        while below and below[0].level > first.level:
            inner_below.append(below.pop(0))
        yield from _thing(first, inner_below, day, states, tags, here, keys)


def _entry(
    text: str,
    clock: time | None,
    day: date,
    tags: tuple[str, ...],
    node: Node,
    here: Here,
    keys: Keys,
) -> Found | Left:
    if too_long(text):
        return Left(text, too_long_words(), node.line)
    kept = {name: value for name, value in node.properties.items() if name not in _OURS}
    own = kept.pop("ID", "")
    moment = None if clock is None else datetime.combine(day, clock)
    lived = {"day": day, "at": None} if moment is None else here.lived(moment, on=day)
    first = text.partition("\n")[0]
    return Found(
        noun="entry",
        key=keys.one(own) if own else keys.of(day, clock, first),
        fields={"text": text, "kind": _kind(node), **lived},
        tags=tag_names(tags),
        kept=kept,
        line=node.line,
    )


def _event(
    fields: dict[str, Any], tags: tuple[str, ...], node: Node, keys: Keys
) -> Found | Left:
    if too_long(fields["notes"]) or too_long(fields["title"]):
        return Left(fields["title"], too_long_words(), node.line)
    kept = {name: value for name, value in node.properties.items() if name not in _OURS}
    own = kept.pop("ID", "")
    when = (fields["starts_on"], fields["time"], fields["title"])
    return Found(
        noun="event",
        key=keys.one(own) if own else keys.of("event", *when),
        fields=fields,
        tags=tag_names(tags),
        kept=kept,
        line=node.line,
    )


def _kind(node: Node) -> str:
    kind = node.properties.get("KIND", "")
    return kind if kind in KINDS else "note"


def _task(
    node: Node,
    rows: list[str],
    day: date | None,
    word: str,
    done: bool,
    tags: tuple[str, ...],
    here: Here,
    keys: Keys,
) -> Found | Left:
    title = _parted(node.title)[0][len(word) :].strip()
    kept = {name: value for name, value in node.properties.items() if name not in _OURS}
    rank = _RANK.match(title)
    if rank:
        title = title[rank.end() :]
        kept["priority"] = rank[1]
    planned: dict[str, date] = {}
    for number, row in enumerate(list(rows[:3])):
        for found in _PLANNED.finditer(row):
            said = day_in(found[2])
            if said:
                planned[found[1]] = said
                rows[number] = rows[number].replace(found[0], "")
                if re.search(r"[+.]\+?\d+[dwmy]", found[2]):
                    kept["repeater"] = found[2]
    if "SCHEDULED" in planned:
        # Beside a DEADLINE it has no place here; alone it is the day the task is due.
        name = "scheduled" if "DEADLINE" in planned else "due"
        kept[name] = "SCHEDULED " + planned["SCHEDULED"].isoformat()
    # org-journal writes the day of a task to come as a bare stamp below it.
    if not planned and rows and (bare := re.fullmatch(r"\s*<([^>]+)>\s*", rows[0])):
        said = day_in(bare[1])
        if said:
            planned["SCHEDULED"] = said
            rows = rows[1:]
    words = dedent("\n".join(rows)).strip("\n")
    text = f"{title}\n{words}" if title and words else title or words
    if not text.strip():
        return Left(node.title, nothing_words(), node.line)
    if too_long(text):
        return Left(title, too_long_words(), node.line)
    state = ("dropped" if word in GIVEN_UP else "done") if done else "open"
    if word not in ("TODO", "DONE"):
        kept["state"] = word
    own, kind = kept.pop("ID", ""), node.properties.get("KIND", "")
    first = text.partition("\n")[0]
    if day is None and not _tells(node):
        return Left(title, _("no day is told for it"), node.line)
    told = day or day_in(node.properties.get("CREATED", "")) or planned.get("CLOSED")
    return Found(
        noun="matter",
        key=keys.one(own) if own else keys.of(day or "", "TODO", first),
        fields={
            "title": text,
            "kind": kind if kind in matters.KINDS else "task",
            "day": told or here.today,
            "at": None,
            "due": planned.get("DEADLINE") or planned.get("SCHEDULED"),
            "state": state,
            "closed_on": planned.get("CLOSED", told or here.today) if done else None,
            "important": rank is not None and rank[1] == "A",
        },
        guessed=() if told else ("day", "closed_on") if done else ("day",),
        tags=tag_names(tags),
        kept=kept,
        line=node.line,
    )


def _parted(title: str) -> tuple[str, list[str]]:
    """The words of a heading, and the tags at its end."""
    title = title.strip()
    start = max(title.rfind(" "), title.rfind("\t")) + 1
    found = _TAGS.fullmatch(title[start:])
    if found is None:
        return title, []
    return title[:start].strip(), found[1].split(":")


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        return None
