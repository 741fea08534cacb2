"""calcurse: its data folder with ``apts``, ``todo`` and ``notes``, or one of the files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from plannertui.core.errors import BadFile, Usage
from plannertui.core.recurrence import days
from plannertui.core.rules import parse
from plannertui.exchange.files import Source
from plannertui.exchange.formats import Asked
from plannertui.exchange.readers import (
    Here,
    Keys,
    collect,
    decoded,
    nothing_words,
    read_file,
    too_long,
    too_long_words,
)
from plannertui.exchange.reading import Found, Left, Reading
from plannertui.i18n import gettext as _

_RULE = r"(?:\{(\d+[DWMY][^}]*)\} ?)?"
_NOTE = r"(?:>([0-9a-f]{40}) ?)?"
_TIMED = re.compile(
    r"(\d\d/\d\d/\d{4}) @ (\d\d:\d\d) -> (\d\d/\d\d/\d{4}) @ (\d\d:\d\d) ?"
    rf"{_RULE}{_NOTE}([|!])(.*)"
)
_WHOLE = re.compile(rf"(\d\d/\d\d/\d{{4}}) \[-?\d+\] ?{_RULE}{_NOTE}(.*)")
_TODO = re.compile(r"\[(-?)(\d)\](?:>([0-9a-f]{40}))? (.*)")
_PLACE = re.compile(r"(?:^|\n)(?:-- \n)?Location: ([^\n]+)\n?")
_UNITS = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
# As many days in a row are one stay away rather than something that repeats.
_LONGEST_STAY = 60
MOST_DAYS = 3660

UNDERSTOOD = ("priority", "important")
Notes = Callable[[str], str]


def read(source: Source, asked: Asked) -> Reading:
    """Events and tasks of a data folder, or of one file of it."""
    return collect(_files(source, Here.of(asked)), UNDERSTOOD)


def _files(source: Source, here: Here) -> Iterator[Found | Left]:
    keys = Keys()
    if not source.is_folder:
        text = decoded(source.raw(), source.name)
        yield from _file(text, here, keys, lambda _name: "")
        return
    path = source.path

    def note(name: str) -> str:
        try:
            return decoded(read_file(os.path.join(path, "notes", name), follow=False))
        except BadFile:
            return ""

    found = False
    for name in ("apts", "todo"):
        inner = os.path.join(path, name)
        if os.path.isfile(inner):
            found = True
            yield from _file(decoded(read_file(inner), name), here, keys, note)
    if not found:
        raise BadFile(_("There is neither apts nor todo in {path}.").format(path=path))


def _file(text: str, here: Here, keys: Keys, note: Notes) -> Iterator[Found | Left]:
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if lines and not any(
        form.fullmatch(line) for _n, line in lines for form in (_TIMED, _WHOLE, _TODO)
    ):
        raise BadFile(_("No line is one of calcurse's apts or todo."))
    for number, line in lines:
        if too_long(line):
            yield Left(line[:60], too_long_words(), number)
        elif (timed := _TIMED.fullmatch(line)) or (whole := _WHOLE.fullmatch(line)):
            try:
                made = _timed(timed, keys, note) if timed else _whole(whole, keys, note)
            except (ValueError, OverflowError):
                yield Left(line, _("a day or rule that cannot be read"), number)
                continue
            yield _placed(made, number)
        elif task := _TODO.fullmatch(line):
            yield _todo(task, number, here, keys, note)
        else:
            yield Left(line, _("no line of calcurse"), number)


def _timed(found: re.Match[str], keys: Keys, note: Notes) -> dict[str, Any]:
    start = datetime.combine(_day(found[1]), _time(found[2]))
    end = datetime.combine(_day(found[3]), _time(found[4]))
    if end < start or (end - start).days > MOST_DAYS:
        raise ValueError(end)
    made = _event(found[8].strip(), start.date(), found[5], found[6], note)
    made["fields"] |= {
        "ends_on": end.date(),
        "time": f"{start:%H:%M}",
        "minutes": int((end - start).total_seconds()) // 60,
    }
    if found[7] == "!":
        made["kept"]["important"] = True
    made["key"] = keys.of("apts", start, end, found[8])
    return made


def _whole(found: re.Match[str] | None, keys: Keys, note: Notes) -> dict[str, Any]:
    assert found is not None
    start = _day(found[1])
    made = _event(found[4].strip(), start, found[2], found[3], note)
    made["fields"] |= {"ends_on": start, "time": None, "minutes": None}
    # calcurse knows no event of several days, and repeats it daily instead.
    stay = re.fullmatch(r"1D -> (\S+)", found[2] or "")
    if stay:
        end = _day(stay[1])
        if 0 <= (end - start).days <= _LONGEST_STAY:
            once: dict[str, Any] = {"repeat": "", "skipped": [], "extra": ()}
            made["fields"] |= {"ends_on": end, **once}
    made["key"] = keys.of("apts", start, found[4])
    return made


def _event(
    title: str, start: date, rule: str | None, name: str | None, note: Notes
) -> dict[str, Any]:
    repeat, skipped = _repeat(rule) if rule else ("", [])
    notes, place = note(name).strip("\n") if name else "", ""
    if said := _PLACE.search(notes):
        place = said[1].strip()
        notes = (notes[: said.start()] + "\n" + notes[said.end() :]).strip("\n")
    return {
        "fields": {
            "title": title,
            "starts_on": start,
            "repeat": repeat,
            "skipped": skipped,
            # The day that it begins on takes place, whatever the rule says.
            "extra": _beside(repeat, start, skipped),
            "place": place,
            "notes": notes,
        },
        "kept": {"note": name} if name and not (notes or place) else {},
    }


def _placed(made: dict[str, Any], number: int) -> Found | Left:
    if not made["fields"]["title"]:
        return Left("", nothing_words(), number)
    if too_long(made["fields"]["notes"]):
        return Left(made["fields"]["title"], too_long_words(), number)
    return Found(noun="event", line=number, **made)


def _repeat(rule: str) -> tuple[str, list[str]]:
    """A rule such as ``2W -> 12/31/2024 w1 w3 !09/09/2024`` as RRULE, with the days on
    which it does not take place; ValueError where there is no such rule.
    """
    words = rule.replace("->", " -> ").split()
    begun = re.fullmatch(r"([1-9]\d{0,2})([DWMY])", words[0])
    if begun is None:
        raise ValueError(rule)
    every = int(begun[1])
    parts = [f"FREQ={_UNITS[begun[2]]}"]
    if every > 1:
        parts.append(f"INTERVAL={every}")
    listed: dict[str, list[str]] = {"BYDAY": [], "BYMONTHDAY": [], "BYMONTH": []}
    skipped: list[str] = []
    rest = iter(words[1:])
    for word in rest:
        if word == "->":
            parts.append(f"UNTIL={_day(next(rest, '')):%Y%m%d}")
        elif word[0] == "!":
            skipped.append(_day(word[1:]).isoformat())
        elif word[0] == "w":
            listed["BYDAY"].append(_weekday(int(word[1:])))
        elif word[0] == "d":
            listed["BYMONTHDAY"].append(str(int(word[1:])))
        elif word[0] == "m":
            listed["BYMONTH"].append(str(int(word[1:])))
        else:
            raise ValueError(word)
    parts += [f"{name}={','.join(each)}" for name, each in listed.items() if each]
    try:
        return parse(";".join(parts)).text(), sorted(set(skipped))
    except Usage as error:
        raise ValueError(rule) from error


def _beside(repeat: str, start: date, skipped: list[str]) -> tuple[date, ...]:
    """The day that it begins on, where the rule gives another one first."""
    if not repeat or start.isoformat() in skipped:
        return ()
    return () if days(parse(repeat), start, start, start) else (start,)


def _weekday(number: int) -> str:
    """calcurse counts weekdays from Sunday, and adds seven for each week of the month."""
    week, day = divmod(abs(number), 7)
    if week > 53:
        raise ValueError(number)
    order = f"{'-' if number < 0 else ''}{week}" if week else ""
    return order + _WEEKDAYS[day]


def _todo(
    found: re.Match[str], number: int, here: Here, keys: Keys, note: Notes
) -> Found | Left:
    title = found[4].strip()
    notes = note(found[3]).strip("\n") if found[3] else ""
    if not title:
        return Left("", nothing_words(), number)
    text = f"{title}\n{notes}" if notes else title
    if too_long(text):
        return Left(title, too_long_words(), number)
    rank = int(found[2])
    return Found(
        noun="matter",
        key=keys.of("todo", title),
        fields={
            "title": text,
            "day": here.today,
            "at": None,
            "state": "done" if found[1] else "open",
            "important": 0 < rank < 4,
        },
        kept={"priority": rank} if rank else {},
        line=number,
        guessed=("day",),
    )


def _day(text: str) -> date:
    month, day, year = text.split("/")
    return date(int(year), int(month), int(day))


def _time(text: str) -> time:
    return time(int(text[:2]), int(text[3:]))
