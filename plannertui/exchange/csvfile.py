"""CSV: any table with a header, by a map of its columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from plannertui.core import entries, events, matters
from plannertui.core.errors import BadFile, Usage
from plannertui.core.text import clean
from plannertui.core.words import kind_word
from plannertui.exchange.csvown import COLUMNS, HEADERS, own, unguarded
from plannertui.exchange.csvown import write as write
from plannertui.exchange.files import Source
from plannertui.exchange.formats import Asked
from plannertui.exchange.readers import (
    Here,
    Keys,
    collect,
    day_in,
    nothing_words,
    one_line,
    tag_names,
    too_long,
    too_long_words,
)
from plannertui.exchange.reading import LARGEST_TEXT, Found, Left, Noun, Reading
from plannertui.i18n import gettext as _

# What a column may be mapped to.
FIELDS = (
    *("text", "on", "time", "until", "kind", "due", "state", "closed", "tags"),
    *("person", "goal", "place", "notes", "id"),
)
# What a column may be called to be understood without a map.
_CALLED = {
    "text": (
        "text",
        "note",
        "title",
        "description",
        "summary",
        "entry",
        "内容",
        "标题",
    ),
    "on": ("on", "day", "date", "日期"),
    "time": ("time", "时间"),
    "until": ("until", "end", "end date"),
    "kind": ("kind", "类型"),
    "due": ("due", "due date", "deadline", "截止"),
    "state": ("state", "status", "状态"),
    "closed": ("closed", "completed"),
    "tags": ("tags", "tag", "标签"),
    "person": ("person", "人"),
    "goal": ("goal", "目标"),
    "place": ("place", "location", "地点"),
    "notes": ("notes",),
    "id": ("handle", "id", "uuid"),
}
_NOUNS: dict[str, Noun] = {
    **dict.fromkeys(events.KINDS, "event"),
    **dict.fromkeys(matters.KINDS, "matter"),
    **dict.fromkeys(entries.KINDS, "entry"),
}
_STATES = {
    **dict.fromkeys(("done", "completed", "closed", "x", "yes", "完成"), "done"),
    **dict.fromkeys(("dropped", "cancelled", "canceled", "放弃"), "dropped"),
    **dict.fromkeys(("open", "", "pending", "todo", "no", "未完成"), "open"),
}
_DELIMITERS = ",;\t|"
MOST_DAYS = 3660


def read(source: Source, asked: Asked) -> Reading:
    """The rows of a table as entries, tasks or events."""
    text, encoding = _decoded(source.raw(), asked.options.get("encoding"))
    return collect(_rows(text, encoding, asked))


def _rows(text: str, encoding: str, asked: Asked) -> Iterator[Found | Left | str]:
    if encoding != "utf-8":
        yield _("Read as {encoding}; --encoding names another.").format(
            encoding=encoding
        )
    head = text.lstrip("\n").partition("\n")[0]
    sign = max(_DELIMITERS, key=_outside(head).count)
    csv.field_size_limit(LARGEST_TEXT * 2)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        header = [clean(name).strip() for name in next(table, [])]
        places = _places(header, asked.options.get("map"))
        form = asked.options.get("dates")
        ours = tuple(header) in HEADERS and not asked.options.get("map")
        keys, here = Keys(), Here.of(asked)
        before = table.line_num
        for row in table:
            line, before = before + 1, table.line_num
            if any(cell.strip() for cell in row):
                if len(row) > len(header):
                    yield Left(sign.join(row), _("more cells than the header"), line)
                    continue
                cells = [unguarded(cell) for cell in row] if ours else row
                found = _row(cells, header, places, form, line, here, keys)
                if ours and isinstance(found, Found):
                    found = own(found, dict(zip(COLUMNS, cells, strict=False)))
                yield found
    except csv.Error as error:
        message = _("Line {line} cannot be read: {reason}.")
        raise BadFile(message.format(line=table.line_num, reason=str(error))) from error


def _row(
    row: list[str],
    header: list[str],
    places: dict[str, int],
    form: str | None,
    line: int,
    here: Here,
    keys: Keys,
) -> Found | Left:
    told = {name: clean(row[at]) for name, at in places.items() if at < len(row)}
    kept = {
        header[at]: clean(cell)
        for at, cell in enumerate(row)
        if cell.strip() and at not in places.values() and header[at] not in COLUMNS
    }
    text = told.get("text", "").strip()
    if not text:
        return Left(" ".join(cell for cell in row if cell), nothing_words(), line)
    if too_long(text) or too_long(told.get("notes", "")):
        return Left(text, too_long_words(), line)
    said_kind = told.get("kind", "").strip().casefold()
    kind = said_kind or ("task" if told.get("due") else "note")
    kind = kind if kind in _NOUNS else _kinds().get(kind, kind)
    noun = _NOUNS.get(kind)
    if noun is None:
        why = _('"{kind}" is no kind: {kinds}')
        return Left(text, why.format(kind=kind[:30], kinds=", ".join(_kinds())), line)
    days: dict[str, date | None] = {}
    clock: time | None = None
    for name in ("on", "until", "due", "closed"):
        said = told.get(name, "").strip()
        moment = _moment(said, form) if said else None
        if said and moment is None:
            return Left(text, _('"{date}" is no date').format(date=said[:30]), line)
        days[name] = moment.date() if moment else None
        if name == "on" and moment is not None and moment.time() != time():
            clock = moment.time()
    if said := told.get("time", "").strip():
        try:
            clock = time.fromisoformat(said.zfill(5)).replace(tzinfo=None)
        except ValueError:
            return Left(text, _('"{time}" is no time').format(time=said[:30]), line)
    state = _STATES.get(told.get("state", "").strip().lower())
    if noun == "matter" and state is None:
        why = _('"{state}" is no state: open, done, dropped')
        return Left(text, why.format(state=told["state"][:30]), line)
    if noun == "event" and days["on"] is None:
        return Left(text, _("an event needs its day"), line)
    first, last = days["on"] or here.today, days["until"]
    if noun == "event" and last and not 0 <= (last - first).days <= MOST_DAYS:
        return Left(text, _("it ends before it begins, or years later"), line)
    own = told.get("id", "").strip()
    return Found(
        noun=noun,
        key=keys.one(own) if own else keys.of(kind, days["on"], clock, text),
        fields={"kind": kind, **_fields(noun, text, told, days, clock, state, here)},
        tags=tag_names(re.split(r"[,;\s]+", told.get("tags", ""))),
        people=_named(told.get("person")),
        goal=next(iter(_named(told.get("goal"))), ""),
        kept=kept,
        line=line,
        guessed=() if days["on"] else ("day",),
    )


def _kinds() -> dict[str, str]:
    """The kinds by what they are called in the language that is spoken."""
    return {kind_word(kind).casefold(): kind for kind in _NOUNS}


def _fields(
    noun: Noun,
    text: str,
    told: dict[str, str],
    days: dict[str, date | None],
    clock: time | None,
    state: str | None,
    here: Here,
) -> dict[str, Any]:
    day = days["on"] or here.today
    if noun == "event":
        return {
            "title": text,
            "starts_on": day,
            "ends_on": days["until"] or day,
            "time": clock and f"{clock:%H:%M}",
            "place": told.get("place", "").strip(),
            "notes": told.get("notes", "").strip(),
        }
    lived: dict[str, Any] = {"day": day, "at": None}
    if days["on"] and clock is not None:
        lived = here.lived(datetime.combine(day, clock), on=day)
    if noun == "entry":
        notes = told.get("notes", "").strip()
        return {"text": f"{text}\n{notes}" if notes else text, **lived}
    closed = (days["closed"] or day) if state != "open" else None
    return {
        "title": text,
        **lived,
        "due": days["due"],
        "state": state,
        "closed_on": closed,
    }


def _moment(text: str, form: str | None) -> datetime | None:
    """A day, or a moment of it, in ``form`` or in one that means one day only."""
    try:
        if form:
            return datetime.strptime(text, form)  # noqa: DTZ007
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except (ValueError, re.error):
        day = None if form else day_in(text)
        return None if day is None else datetime.combine(day, time())


def _places(header: list[str], mapped: str | None) -> dict[str, int]:
    """Which column is what, by the map or by what the columns are called."""
    if not any(header):
        raise BadFile(_("The first line has to name the columns."))
    places: dict[str, int] = {}
    lower = [name.casefold() for name in header]
    if mapped:
        for pair in mapped.split(","):
            field, equals, column = (part.strip() for part in pair.partition("="))
            if not equals or field not in FIELDS:
                message = _("--map is text=COLUMN,on=COLUMN …; it knows {fields}.")
                raise Usage(message.format(fields=", ".join(FIELDS)))
            if column.casefold() not in lower:
                message = _("There is no column {column}. There are: {columns}.")
                raise Usage(
                    message.format(column=one_line([column]), columns=one_line(header))
                )
            places[field] = lower.index(column.casefold())
    else:
        for field, names in _CALLED.items():
            at = next((lower.index(name) for name in names if name in lower), None)
            if at is not None:
                places[field] = at
    if "text" not in places:
        message = _(
            "Which column is the text? --map text=COLUMN. There are: {columns}."
        )
        raise BadFile(message.format(columns=one_line(header)))
    return places


def _named(text: str | None) -> tuple[str, ...]:
    parts = (part.strip().lstrip("@") for part in (text or "").split(","))
    return tuple(part for part in parts if part)


def _outside(line: str) -> str:
    """``line`` without what stands between quotes."""
    return re.sub(r'"[^"]*"', "", line)


def _decoded(raw: bytes, asked: str | None) -> tuple[str, str]:
    """``raw`` as text, and in which encoding it was."""
    if asked:
        try:
            return raw.decode(asked).removeprefix("\ufeff"), "utf-8"
        except LookupError as error:
            message = _("There is no encoding {name}.")
            raise Usage(message.format(name=asked)) from error
        except UnicodeError as error:
            message = _("It is not {name}.").format(name=asked)
            raise BadFile(message) from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), "utf-8"
        except UnicodeDecodeError as error:
            raise BadFile(_("It is not {name}.").format(name="UTF-16")) from error
    try:
        return raw.removeprefix(b"\xef\xbb\xbf").decode(), "utf-8"
    except UnicodeDecodeError as error:
        if b"\0" in raw:
            line = raw.count(b"\n", 0, error.start) + 1
            message = _("Line {line} is not text.")
            raise BadFile(message.format(line=line)) from None
    # In Chinese text every character is two high bytes; in Western text they stand alone.
    runs = re.findall(rb"[\x80-\xff]+", raw)
    if all(len(run) % 2 == 0 for run in runs):
        try:
            return raw.decode("gb18030"), "gb18030"
        except UnicodeDecodeError:
            pass
    return raw.decode("cp1252", "replace"), "cp1252"
