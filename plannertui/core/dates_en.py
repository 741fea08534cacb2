"""Dates in figures and in English; what each form means stands in ``core.dates``."""

from __future__ import annotations

from plannertui.core.dates import (
    Asked,
    edge,
    exact,
    last_days,
    month,
    month_day,
    one,
    part,
    shift,
    week,
    whole_year,
)
from plannertui.core.day import plus_days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.core.dates import Span


def _numbered_names(first: int, *names: str) -> dict[str, int]:
    return {name: at for at, each in enumerate(names, first) for name in each.split()}


DAYS = {
    "today": 0,
    "tod": 0,
    "tomorrow": 1,
    "tom": 1,
    "tmr": 1,
    "tmrw": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}
WEEKDAYS = _numbered_names(
    0,
    "mon monday",
    "tue tues tuesday",
    "wed weds wednesday",
    "thu thur thurs thursday",
    "fri friday",
    "sat saturday",
    "sun sunday",
)
MONTHS = _numbered_names(
    1,
    "jan january",
    "feb february",
    "mar march",
    "apr april",
    "may",
    "jun june",
    "jul july",
    "aug august",
    "sep sept september",
    "oct october",
    "nov november",
    "dec december",
)
COUNTS = _numbered_names(
    1,
    "a an one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)
UNITS = {
    name: names[0]
    for names in (
        "d day days",
        "w wk wks week weeks",
        "m mo mon month months",
        "y yr yrs year years",
    )
    for name in names.split()
}
SIDES = {"this": 0, "next": 1, "last": -1}
ORDINALS = ("st", "nd", "rd", "th")
PERIODS = {"w": "week", "m": "month", "q": "quarter", "y": "year"}


def read(text: str, asked: Asked) -> Span | None:
    """The span that ``text``, half-width and in lower case, names; None when none."""
    words = _words(text)
    if words is None:
        return None
    if not any(word.isdigit() for word in words):
        return _named(words, asked)
    shape = "".join(
        "9" if word.isdigit() else "a" if word.isalpha() else word for word in words
    )
    return _figures(shape, words) or _dated(shape, words, asked)


def _words(text: str) -> list[str] | None:
    """Runs of digits, runs of letters and single signs; None for any other character."""
    words: list[str] = []
    joins = False
    for character in text:
        if character.isspace():
            joins = False
            continue
        if character.isdigit() or "a" <= character <= "z":
            if joins and words[-1].isdigit() == character.isdigit():
                words[-1] += character
            else:
                words.append(character)
            joins = True
        elif character in "-/.,+":
            words.append(character)
            joins = False
        else:
            return None
    return words


def _figures(shape: str, words: list[str]) -> Span | None:
    """A year first and figures after it."""
    first = words[0]
    if shape == "9" and len(first) == 8:
        return exact(int(first[:4]), int(first[4:6]), int(first[6:]))
    if not _is_year(first) or any(len(word) > 2 for word in words[1:]):
        return None
    if shape in ("9-9-9", "9/9/9", "9.9.9"):
        return exact(int(first), int(words[2]), int(words[4]))
    if shape in ("9-9", "9/9"):
        return month(int(first), int(words[2]))
    if shape == "9-a9-9" and words[2] == "w":
        return week(int(first), int(words[3]), int(words[5]))
    return None


def _dated(shape: str, words: list[str], asked: Asked) -> Span | None:
    """Figures with letters, or without a year."""
    if shape == "9":
        return whole_year(int(words[0])) if asked.span and _is_year(words[0]) else None
    if shape == "9-9":
        return _month_day(asked, words[0], words[2])
    if shape in ("+9a", "-9a"):
        unit = UNITS.get(words[2])
        sign = 1 if words[0] == "+" else -1
        return shift(asked, sign * int(words[1]), unit) if unit else None
    # A day with its ending, 20th, and a comma before the year say nothing more.
    if any(word in MONTHS for word in words):
        words = [
            word
            for at, word in enumerate(words)
            if not (word in ORDINALS and at and words[at - 1].isdigit())
        ]
        if len(words) == 4 and words[2] == ",":
            del words[2]
        return _month_named(words, asked)
    if words[-1] == "ago" or words[0] == "in":
        return _counted(words, asked)
    if shape == "a9a" and words[0] in ("last", "past") and UNITS.get(words[2]) == "d":
        return last_days(asked, int(words[1]))
    return _numbered([word for word in words if word != "-"], shape, asked)


def _month_named(words: list[str], asked: Asked) -> Span | None:
    """sep 20, 20 sep, sep 2024, 20 sep 2024, sep 20 2024."""
    name = next(word for word in words if word in MONTHS)
    figures = [word for word in words if word.isdigit()]
    if len(figures) + 1 != len(words) or words.index(name) > 1:
        return None
    if len(figures) == 1:
        if _is_year(figures[0]) and words[0] == name:
            return month(int(figures[0]), MONTHS[name])
        return _month_day(asked, str(MONTHS[name]), figures[0])
    if len(figures) == 2 and len(figures[0]) <= 2 and _is_year(figures[1]):
        return exact(int(figures[1]), MONTHS[name], int(figures[0]))
    return None


def _counted(words: list[str], asked: Asked) -> Span | None:
    """in 2 weeks, 3d ago, a month ago."""
    ago = words[-1] == "ago"
    if len(words) != 3 or ago == (words[0] == "in"):
        return None
    number, unit = words[:2] if ago else words[1:]
    count = int(number) if number.isdigit() else COUNTS.get(number)
    if count is None or unit not in UNITS:
        return None
    return shift(asked, -count if ago else count, UNITS[unit])


def _numbered(words: list[str], shape: str, asked: Asked) -> Span | None:
    """Weeks, quarters, halves and fiscal years by number."""
    if shape.replace("-", "", 1) not in ("a9", "9a9", "a99", "a9a9"):
        return None
    if "-" in shape and shape not in ("9-a9", "a9-a9"):
        return None
    if words[0] == "fy":
        year = _fiscal(words[1])
        if year is None or len(words) == 3:
            return None
        if len(words) == 2:
            return whole_year(year, asked.year_start)
        return _part(year, words[2], words[3], asked) if words[2] in "qh" else None
    if len(words) == 2:
        return _nearest_part(words[0], words[1], asked)
    if len(words) == 3 and words[0].isdigit():
        return _part(_year(words[0]), words[1], words[2], asked)
    if len(words) == 3:
        return _part(_year(words[2]), words[0], words[1], asked)
    return None


def _part(year: int | None, letter: str, number: str, asked: Asked) -> Span | None:
    if year is None:
        return None
    if letter in ("w", "week") and len(number) == 3:
        return week(year, int(number[:2]), int(number[2]))
    if len(number) > 2:
        return None
    if letter in ("w", "week"):
        return week(year, int(number))
    if letter in ("q", "h"):
        return part(year, letter, int(number), asked.year_start)
    return None


def _nearest_part(letter: str, number: str, asked: Asked) -> Span | None:
    if len(number) > 2 or letter not in ("w", "week", "q", "h"):
        return None
    if letter in ("w", "week"):
        around = asked.today.isocalendar()[0]
        return asked.nearest(around, lambda year: week(year, int(number)))
    return asked.nearest(
        asked.year, lambda year: part(year, letter, int(number), asked.year_start)
    )


def _named(words: list[str], asked: Asked) -> Span | None:
    """Words without a figure."""
    if words[0] == "the":
        words = words[1:]
    phrase = " ".join(words)
    if phrase in DAYS:
        return one(plus_days(asked.today, DAYS[phrase]))
    if len(words) == 3 and (words[0] == "in" or words[2] == "ago"):
        return _counted(words, asked)
    if len(words) >= 3 and words[0] in ("end", "start") and words[1] == "of":
        rest = [word for word in words[2:] if word != "the"]
        side = SIDES[rest.pop(0)] if rest and rest[0] in SIDES else 0
        if len(rest) == 1:
            return edge(_period(rest[0], side, asked), words[0] == "end")
        return None
    if len(words) == 2 and words[0] in SIDES:
        return _sided(words[1], SIDES[words[0]], asked)
    return _single(words[0], asked) if len(words) == 1 else None


def _single(word: str, asked: Asked) -> Span | None:
    if word in WEEKDAYS:
        return asked.weekday(WEEKDAYS[word])
    if word in MONTHS:
        return asked.nearest(asked.today.year, lambda year: month(year, MONTHS[word]))
    if len(word) == 3 and word[:2] in ("eo", "so") and word[2] in PERIODS:
        return edge(_period(PERIODS[word[2]], 0, asked), word[0] == "e")
    return None


def _sided(word: str, side: int, asked: Asked) -> Span | None:
    """this, next and last with a weekday or a period."""
    if word in WEEKDAYS:
        return asked.weekday(WEEKDAYS[word], side)
    return _period(word, side, asked)


def _period(word: str, offset: int, asked: Asked) -> Span | None:
    if word == "week":
        return asked.week(offset)
    if word == "month":
        return asked.month(offset)
    if word == "quarter":
        return asked.quarter(offset)
    return whole_year(asked.today.year + offset) if word == "year" else None


def _month_day(asked: Asked, number: str, day: str) -> Span | None:
    if len(number) > 2 or len(day) > 2:
        return None
    return month_day(asked, int(number), int(day))


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def _year(word: str) -> int | None:
    return int(word) if _is_year(word) else None


def _fiscal(word: str) -> int | None:
    """The year of FY2024 or FY24, which is of this century."""
    return 2000 + int(word) if len(word) == 2 else _year(word)
