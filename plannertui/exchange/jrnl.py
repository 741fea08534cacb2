"""jrnl: its JSON export, in and out, and the text file or folder that it keeps."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from plannertui.core.errors import BadFile
from plannertui.exchange.exporting import Chosen
from plannertui.exchange.files import Source
from plannertui.exchange.formats import Asked
from plannertui.exchange.lines import lines
from plannertui.exchange.readers import (
    STARRED,
    Here,
    Keys,
    Together,
    collect,
    decoded,
    files_in,
    nothing_words,
    one_line,
    tag_names,
    too_long,
    too_long_words,
    word,
)
from plannertui.exchange.reading import Found, Left, Reading
from plannertui.i18n import gettext as _
from plannertui.store.document import parse
from plannertui.store.open import Store

_HEAD = re.compile(r"^\[([^\]\n]{4,40})\] ", re.MULTILINE)
# Stamps that say which day they mean; jrnl's own come first.
_FORMS = (
    "%Y-%m-%d %I:%M:%S %p",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %I:%M %p",
    "%Y/%m/%d %H:%M",
    "%Y.%m.%d %H:%M",
    "%Y-%m-%d",
)
_TAG = re.compile(r"(?<!\S)[@#]([-+*#/\w]+)")
_KNOWN = {"title", "body", "date", "time", "tags", "starred", "uuid"}


def read(source: Source, asked: Asked) -> Reading:
    """The entries of a JSON export, of jrnl's text file, or of its folder of days."""
    here = Here.of(asked)
    if source.is_folder:
        return collect(_folder(source, here))
    text = decoded(source.raw(), source.name)
    if text.lstrip().startswith("{"):
        return collect(_exported(parse(text), here))
    return collect(_kept(text, here, Keys()))


def _folder(source: Source, here: Here) -> Iterator[Found | Left]:
    keys, found = Keys(), False
    together = Together(source.name)
    for path, name in files_in(source.path):
        if not name.endswith(".txt"):
            continue
        found = True
        try:
            yield from _kept(decoded(together.read(path)), here, keys)
        except BadFile as error:
            yield Left(name, error.message)
    if not found:
        message = _("There is no text file in {path}.")
        raise BadFile(message.format(path=source.name))


def _exported(document: Any, here: Here) -> Iterator[Found | Left]:
    listed = document.get("entries") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise BadFile(_("The file is not an export of jrnl (jrnl --export json)."))
    keys = Keys()
    for each in listed:
        if not isinstance(each, dict):
            yield Left(word(each), _("no entry of jrnl"))
            continue
        title, body = (word(each.get(name)) for name in ("title", "body"))
        text = f"{title}\n{body}" if title and body else title or body
        try:
            day = date.fromisoformat(word(each.get("date")))
            clock = time.fromisoformat(word(each.get("time")) or "00:00")
        except ValueError:
            yield Left(text, _("no date that can be read"))
            continue
        tags = [tag for tag in _list(each.get("tags")) if isinstance(tag, str)]
        if each.get("starred") is True:
            tags.append(STARRED)
        kept = {name: each[name] for name in each if name not in _KNOWN}
        moment = datetime.combine(day, clock.replace(tzinfo=None))
        own = each.get("uuid")
        yield _found(text, moment, tags, kept, 0, here, keys, word(own))


def _kept(text: str, here: Here, keys: Keys) -> Iterator[Found | Left]:
    """The entries of the text file; its first stamp says how they are all written."""
    heads = [(found, found[1]) for found in _HEAD.finditer(text)]
    form = next(
        (form for _place, said in heads for form in _FORMS if _moment(said, form)), None
    )
    if form is None:
        if not text.strip():
            return
        said = heads[0][1] if heads else ""
        message = _("No entry of jrnl was found: none begins with [date time].")
        if said:
            message = _(
                'The stamp "[{stamp}]" could mean several days: use '
                "jrnl --export json instead."
            )
        raise BadFile(message.format(stamp=one_line([said])))
    starts = [
        (place.start(), place.end(), moment)
        for place, said in heads
        if (moment := _moment(said, form))
    ]
    before = text[: starts[0][0]].strip()
    if before:
        yield Left(before, _("text before the first entry"), 1)
    ends = [start for start, _end, _moment in starts[1:]] + [len(text)]
    line, seen = 1, 0
    for (start, begin, moment), end in zip(starts, ends, strict=True):
        line += text.count("\n", seen, start)
        seen = start
        words = text[begin:end].strip("\n")
        tags = _TAG.findall(words)
        first, newline, rest = words.partition("\n")
        if first.endswith(" *"):
            tags.append(STARRED)
            words = first[:-2].rstrip() + newline + rest
        yield _found(words, moment, tags, {}, line, here, keys)


def _moment(said: str, form: str) -> datetime | None:
    try:
        # A wall time: the zone comes with the place it is read in.
        return datetime.strptime(said, form)  # noqa: DTZ007
    except ValueError:
        return None


def _found(
    text: str,
    moment: datetime,
    tags: list[str],
    kept: dict[str, Any],
    line: int,
    here: Here,
    keys: Keys,
    own: str = "",
) -> Found | Left:
    if not text.strip():
        return Left(moment.isoformat(" ", "minutes"), nothing_words(), line)
    if too_long(text):
        return Left(text, too_long_words(), line)
    lived = here.lived(moment, whole_day=moment.time() == time())
    return Found(
        noun="entry",
        key=keys.one(own) if own else keys.of(moment.isoformat(), text),
        fields={"text": text, **lived},
        tags=tag_names(tags),
        kept=kept,
        line=line,
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# -- out -------------------------------------------------------------------------------


def write(db: Store, chosen: Chosen, asked: Asked) -> Iterator[str]:
    """The entries as jrnl exports them; tasks and events are none, and stay."""
    found = [line for line in lines(db, chosen) if line.noun == "entry"]
    chosen.left["form"] += len(chosen) - len(found)
    counts = Counter(f"@{tag}" for line in found for tag in line.tags)
    tags = json.dumps(dict(counts), ensure_ascii=False, indent=2)
    yield '{\n"tags": ' + tags + ',\n"entries": [\n'
    for number, line in enumerate(found):
        title, _newline, body = line.text.strip("\n").partition("\n")
        stamp = line.at or line.day.isoformat() + "T00:00"
        entry = {
            "title": title,
            "body": body,
            "date": stamp[:10],
            "time": stamp[11:16],
            "tags": [f"@{tag}" for tag in line.tags if tag != STARRED],
            "starred": STARRED in line.tags,
        }
        comma = ",\n" if number else ""
        yield comma + json.dumps(entry, ensure_ascii=False)
    yield "\n]\n}\n"
