"""What the readers of other journals and task lists share: limits, keys, days, files.

Such a reader is a generator of ``Found``, ``Left`` and sentences to be told, which
``collect`` makes into a ``Reading``. It never writes, and never reads beyond the limits.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from plannertui.core.day import DAY_START, day_of, stamp
from plannertui.core.errors import BadFile, NotFound, PlannerError
from plannertui.core.text import clean, visible
from plannertui.core.tokens import LONGEST, in_tag
from plannertui.exchange.files import LARGEST, ordinary
from plannertui.exchange.formats import Asked
from plannertui.exchange.reading import (
    LARGEST_TEXT,
    Found,
    Left,
    Reading,
    digest,
)
from plannertui.i18n import gettext as _

MOST_FILES = 100_000
MOST_TAGS = 100
MOST_NESTED = 100
LARGEST_KEPT = 64 * 1024
STARRED = "starred"

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_DAY = re.compile(
    r"(?<!\d)(\d{4})(?:([-/._])(\d{1,2})\2(\d{1,2})|(\d\d)(\d\d)|年(\d{1,2})月(\d{1,2})日)"
    r"(?!\d)"
)
_NAMED = re.compile(
    r"(?<!\d)(?:(\d{1,2})\.? ([^\W\d]+),?|([^\W\d]+) (\d{1,2}),?) (\d{4})(?!\d)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What a reader has to know of this place: its zone, its day, when a day begins."""

    zone: tzinfo
    today: date
    day_start: int = DAY_START

    @classmethod
    def of(cls, asked: Asked) -> Here:
        """The place of somebody who asks."""
        zone = asked.now.tzinfo
        if asked.zone:
            try:
                zone = ZoneInfo(asked.zone)
            except (KeyError, ValueError, OSError):
                pass
        assert zone is not None
        return cls(zone=zone, today=asked.today, day_start=asked.day_start)

    def lived(
        self, moment: datetime, *, whole_day: bool = False, on: date | None = None
    ) -> dict[str, Any]:
        """``day`` and ``at`` of what was written at ``moment``, wall time or stamp.

        ``whole_day`` says that its time means nothing; ``on`` is the day it is of.
        """
        if whole_day:
            return {"day": moment.date(), "at": None}
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone)
        return {"day": on or day_of(moment, self.day_start), "at": stamp(moment)}


class Keys:
    """Keys for what has no id of its own: a digest, and an ordinal among equals."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, *parts: object) -> str:
        """The key of what says ``parts``; the second such thing gets another."""
        return self.one(digest(*map(str, parts)))

    def one(self, key: str) -> str:
        """``key``, or with an ordinal where it was given out before."""
        key = clean(key)
        times = self._seen[key] = self._seen.get(key, 0) + 1
        return key if times == 1 else f"{key}.{times}"


def collect(
    stream: Iterable[Found | Left | str], understood: Iterable[str] = ()
) -> Reading:
    """What ``stream`` gives, as a Reading; ``understood`` is kept and yet no riddle."""
    reading = Reading()
    known = set(understood)
    for each in stream:
        if isinstance(each, str):
            reading.notes.append(each)
        elif isinstance(each, Left):
            reading.left.append(
                each._replace(label=each.label.partition("\n")[0][:200])
            )
        else:
            told = _told(each)
            if isinstance(told, Left):
                reading.left.append(told)
                continue
            reading.unknown.update(name for name in each.kept if name not in known)
            reading.found.append(told)
    return reading


def _told(found: Found) -> Found | Left:
    """``found`` as it can be kept: its texts clean, what was not understood bounded."""
    fields = {
        name: clean(value) if isinstance(value, str) else value
        for name, value in found.fields.items()
    }
    text = fields.get("text" if found.noun == "entry" else "title")
    if text is not None and not text.strip():
        return Left(found.key, nothing_words(), found.line)
    kept = {"also": {clean(name[:200]): _flat(one) for name, one in found.kept.items()}}
    return replace(found, fields=fields, kept=kept if found.kept else {})


def _flat(value: Any) -> Any:
    """``value`` if it is small and shallow, else its JSON cut off where it is too long."""
    from json import dumps, loads

    try:
        text = clean(dumps(value, ensure_ascii=False))
    except (TypeError, ValueError, RecursionError):
        return None
    deep = text.count("[") + text.count("{") > MOST_NESTED
    return text[:LARGEST_KEPT] if deep or len(text) > LARGEST_KEPT else loads(text)


# -- text ------------------------------------------------------------------------------


def decoded(raw: bytes, name: str = "") -> str:
    """``raw`` as clean text: UTF-8, or UTF-16 with its mark; BadFile names the line."""
    encoding = "utf-8"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = _("{name}, line {line}, is not UTF-8: is it text, and not encrypted?")
        raise BadFile(message.format(name=name or "-", line=line)) from None
    return clean(text.replace("\r\n", "\n"))


def too_long(text: str) -> bool:
    """Whether ``text`` is longer than one text may be."""
    return len(text) > LARGEST_TEXT // 4 and len(text.encode()) > LARGEST_TEXT


def too_long_words() -> str:
    """Why a long text was left."""
    return _("longer than a text may be (1 MiB)")


def nothing_words() -> str:
    """Why what has no text was left."""
    return _("nothing written")


def day_in(text: str) -> date | None:
    """The first day that the start of ``text`` names so that it means one day only."""
    text = text[:200]
    for found in _DAY.finditer(text):
        year, _sign, *parts = found.groups()
        month, day = (part for part in parts if part is not None)
        if made := _date(year, int(month), day):
            return made
    for found in _NAMED.finditer(text):
        name = (found[2] or found[3]).lower()
        if len(name) < 3:
            continue
        months = [n for n, one in enumerate(_MONTHS, 1) if one.startswith(name)]
        if months and (made := _date(found[5], months[0], found[1] or found[4])):
            return made
    return None


def _date(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def tag_name(text: str) -> str:
    """``text`` as a tag here, what no tag can hold as hyphens; "" where none is left."""
    text = text[: 4 * LONGEST].strip().lstrip("#@+")
    marks = "".join(char if in_tag(char) else "-" for char in text)
    name = "-".join(part for part in marks.split("-") if part).strip("-_")[:LONGEST]
    return name if any(map(str.isalpha, name)) else ""


def tag_names(texts: Iterable[object]) -> tuple[str, ...]:
    """The tags of ``texts``, each once in any spelling, in order."""
    found: dict[str, str] = {}
    for text in texts:
        name = tag_name(text) if isinstance(text, str) else ""
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MOST_TAGS]


def one_line(texts: Iterable[str]) -> str:
    """``texts`` with commas between them, on one line and not too long, for a message."""
    return ", ".join(" ".join(visible(text).split()) for text in texts)[:300]


def word(value: object) -> str:
    """``value`` if it is a text, else nothing: what a document may hold is anything."""
    return value if isinstance(value, str) else ""


# -- files -----------------------------------------------------------------------------


def read_file(path: str, *, follow: bool = True) -> bytes:
    """The bytes of an ordinary file of at most 64 MiB; BadFile for anything else."""
    try:
        raw = ordinary(path, LARGEST, follow=follow)
    except NotFound as error:
        # It was there when the folder was read.
        raise BadFile(error.message) from error
    if len(raw) > LARGEST:
        message = _("{path} is larger than {limit} MiB and is not taken in.")
        raise BadFile(message.format(path=path, limit=LARGEST // (1024 * 1024)))
    return raw


class TooMuch(PlannerError):
    """A folder whose files are too large together; nothing was taken from it."""

    code = "bad_file"


class Together:
    """Reads the files of the folder ``name``, which together are at most 64 MiB."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.size = 0

    def read(self, path: str) -> bytes:
        """The bytes of the next file; TooMuch where it is one too many."""
        raw = read_file(path, follow=False)
        self.size += len(raw)
        if self.size > LARGEST:
            message = _(
                "The files in {path} are larger than {limit} MiB together; take them "
                "in folder by folder."
            )
            limit = LARGEST // (1024 * 1024)
            raise TooMuch(message.format(path=self.name, limit=limit))
        return raw


def files_in(folder: str) -> Iterator[tuple[str, str]]:
    """The path and the name from ``folder`` on of each ordinary file below it, sorted.

    Hidden files and folders are passed over, and no link is followed.
    """
    count = 0
    waiting = [""]
    while waiting:
        inner = waiting.pop()
        try:
            there = sorted(os.scandir(os.path.join(folder, inner)), key=_name)
        except OSError as error:
            message = _("{path} cannot be read: {reason}")
            path = os.path.join(folder, inner)
            raise BadFile(message.format(path=path, reason=error.strerror)) from error
        folders = []
        for each in there:
            name = os.path.join(inner, each.name)
            if each.name.startswith("."):
                continue
            if each.is_dir(follow_symlinks=False):
                folders.append(name)
            elif each.is_file(follow_symlinks=False):
                count += 1
                if count > MOST_FILES:
                    message = _("{path} has more than {count} files.")
                    raise BadFile(message.format(path=folder, count=MOST_FILES))
                yield each.path, name
        waiting += reversed(folders)


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
