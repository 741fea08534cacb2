"""How often, in English and in figures; what each form means stands in ``core.rulewords``."""

from __future__ import annotations

from datetime import date

from plannertui.core import rulewords
from plannertui.core.dates_en import COUNTS, MONTHS, WEEKDAYS
from plannertui.core.day import month_length
from plannertui.core.forms import EVERY_WORKDAY, LEAP_DAYS, WORKWEEK, monthly, yearly
from plannertui.core.rules import MOST_APART, WORKDAY, Rule

ONCE = {
    "daily": ("DAILY", 1),
    "weekly": ("WEEKLY", 1),
    "fortnightly": ("WEEKLY", 2),
    "biweekly": ("WEEKLY", 2),
    "fortnight": ("WEEKLY", 2),
    "monthly": ("MONTHLY", 1),
    "bimonthly": ("MONTHLY", 2),
    "quarterly": ("MONTHLY", 3),
    "yearly": ("YEARLY", 1),
    "annually": ("YEARLY", 1),
}
UNITS = {
    name: (freq, times)
    for names, freq, times in (
        ("d day days", "DAILY", 1),
        ("w wk wks week weeks", "WEEKLY", 1),
        ("fortnight fortnights", "WEEKLY", 2),
        ("m mo month months", "MONTHLY", 1),
        ("q quarter quarters", "MONTHLY", 3),
        ("y yr yrs year years", "YEARLY", 1),
    )
    for name in names.split()
}
PLACES = {
    name: place
    for place, names in (
        (1, "first 1st"),
        (2, "second 2nd"),
        (3, "third 3rd"),
        (4, "fourth 4th"),
        (5, "fifth 5th"),
        (-1, "last"),
    )
    for name in names.split()
}
FILLERS = ("the", "of", "a", "an", "in", "day")
PLURALS = {name + "s": day for name, day in WEEKDAYS.items() if len(name) > 4}
WORKDAYS = ("workday", "workdays", "business", "working")


def read(text: str, day: date, leap: str) -> Rule | None:
    """The rule that ``text``, half-width and in lower case, asks for; None when none."""
    text, _until, last = text.partition(" until ")
    words = _words(text)
    if words is None or not words:
        return None
    times = _times(words)
    found = _every(words, day, leap)
    if found is None:
        return None
    if last:
        found = found._replace(until=rulewords.until(last, day))
    elif times:
        found = found._replace(times=rulewords.times(times))
    return found


def _words(text: str) -> list[str] | None:
    for sign in ",;、&":
        text = text.replace(sign, " , ")
    words: list[str] = []
    for word in text.replace(" and ", " , ").split():
        digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
        if digits.isdigit() and word[len(digits) :] in UNITS and digits != word:
            words += [digits, word[len(digits) :]]
        else:
            words.append(word)
    return words if len(words) < 60 else None


def _times(words: list[str]) -> int:
    """Take "10 times", "for 10 times" or "x10" off the end; 0 when it is not there."""
    number = 0
    if len(words) > 1 and words[-1] in ("times", "time") and words[-2].isdecimal():
        number = int(words[-2][:9])
        del words[-2:]
    elif words[-1][:1] == "x" and words[-1][1:].isdecimal():
        number = int(words[-1][1:10])
        del words[-1:]
    if number:
        while words and words[-1] in ("for", ","):
            words.pop()
    while words and words[-1] == ",":
        words.pop()
    return number


def _of_month(words: list[str]) -> list[str]:
    """``words`` without an "of the month" or "each month" that ends them."""
    if words[-1:] == ["month"] and len(words) > 2:
        if words[-2] in ("every", "each"):
            words = words[:-2]
            return words[:-1] if words[-1] in ("of", "in") else words
        if words[-3] in ("of", "in") and words[-2] in ("the", "a"):
            return words[:-3]
    return words


def _every(words: list[str], day: date, leap: str) -> Rule | None:
    short = _of_month(words)
    if len(short) < len(words):
        plain = [word for word in short if word not in ("every", "each")]
        found = _in_month(plain, 1, day)
        if found is not None:
            return found
    if words and words[0] in ONCE:
        freq, interval = ONCE[words[0]]
        return _on(freq, interval, words[1:], day, leap)
    started = bool(words) and words[0] in ("every", "each")
    if started:
        words = words[1:]
    if not words:
        return None
    if " ".join(words) in ("workday", "workdays", "business day", "working day"):
        return EVERY_WORKDAY
    if words in (["weekday"], ["weekdays"]):
        return Rule("WEEKLY", by_day=WORKWEEK)
    interval, rest = 1, words
    if words[0].isdecimal():
        interval, rest = int(words[0][:9]), words[1:]
    elif words[0] in ("other", "second") and len(words) > 1 and words[1] in UNITS:
        interval, rest = 2, words[1:]
    elif words[0] in COUNTS and len(words) > 1 and words[1] in UNITS:
        interval, rest = COUNTS[words[0]], words[1:]
    if rest and rest[0] in UNITS:
        freq, each = UNITS[rest[0]]
        if not 1 <= interval * each <= MOST_APART:
            return None
        return _on(freq, interval * each, rest[1:], day, leap)
    # "every Mon, Thu", "every last Friday", "mondays", "every 15th"
    days = _weekdays(words)
    if days:
        return Rule("WEEKLY", by_day=days)
    if not started or words[0].isdecimal():
        return None
    return _in_month(words, 1, day)


def _on(
    freq: str, interval: int, words: list[str], day: date, leap: str
) -> Rule | None:
    while words and words[0] in ("on", ","):
        words = words[1:]
    if freq == "DAILY":
        return None if words else Rule("DAILY", interval)
    if freq == "WEEKLY":
        days = _weekdays(words) if words else ((0, day.weekday()),)
        return Rule("WEEKLY", interval, by_day=days) if days else None
    if freq == "MONTHLY":
        return _in_month(words, interval, day) if words else monthly(day.day, interval)
    if not words:
        return yearly(day.month, day.day, interval, leap)
    return _in_year(words, interval, leap)


def _weekdays(words: list[str]) -> tuple[tuple[int, int], ...]:
    names = WEEKDAYS | PLURALS
    if len(words) == 3 and words[1] in ("to", "-") and words[0] in names:
        first, last = names[words[0]], names.get(words[2], -1)
        return tuple((0, each) for each in range(first, last + 1))
    given = [word for word in words if word != ","]
    if not given or any(word not in names for word in given):
        return ()
    return tuple((0, each) for each in sorted({names[word] for word in given}))


def _number(word: str) -> int:
    """The number of "15" or "15th", 0 for anything else."""
    digits = word.removesuffix("st").removesuffix("nd").removesuffix("rd")
    digits = digits.removesuffix("th")
    return int(digits) if digits.isdecimal() and len(digits) < 3 else 0


def _in_month(words: list[str], interval: int, day: date) -> Rule | None:
    words = [word for word in _of_month(words) if word not in ("the", "on")]
    if len(words) == 4 and words[1:] == ["or", "last", "day"]:
        number = _number(words[0])
        return monthly(number, interval) if 28 < number <= 31 else None
    if words == ["last", "day"]:
        return Rule("MONTHLY", interval, by_month_day=(-1,))
    if len(words) >= 2 and words[0] in PLACES:
        place = PLACES[words[0]]
        if words[1] in WORKDAYS and words[2:] in ([], ["day"]):
            if place not in (1, -1):
                return None
            on = ((0, WORKDAY),)
            return Rule("MONTHLY", interval, by_day=on, by_set_pos=(place,))
        if words[1] in WEEKDAYS and len(words) == 2:
            return Rule("MONTHLY", interval, by_day=((place, WEEKDAYS[words[1]]),))
    given = [word for word in words if word not in (",", "day")]
    numbers = sorted({_number(word) for word in given})
    if not numbers or not 1 <= numbers[0] <= numbers[-1] <= 31:
        return None
    if len(numbers) == 1:
        return monthly(numbers[0], interval)
    return Rule("MONTHLY", interval, by_month_day=tuple(numbers))


def _in_year(words: list[str], interval: int, leap: str) -> Rule | None:
    words = [word for word in words if word not in ("the", "of", "in", "on")]
    if "or" in words:
        at = words.index("or")
        first, other = _month_day(words[:at]), _month_day(words[at + 1 :])
        if first != (2, 29) or other is None:
            return None
        named = f"{other[0]:02d}-{other[1]:02d}"
        return yearly(2, 29, interval, named) if named in LEAP_DAYS else None
    if len(words) == 3 and words[0] in PLACES and words[1] in WEEKDAYS:
        month = MONTHS.get(words[2])
        on = ((PLACES[words[0]], WEEKDAYS[words[1]]),)
        return Rule("YEARLY", interval, by_day=on, by_month=(month,)) if month else None
    found = _month_day(words)
    return yearly(*found, interval, leap) if found else None


def _month_day(words: list[str]) -> tuple[int, int] | None:
    """The month and day of "17 sep", "sep 17th" or "09-17"."""
    if len(words) == 1:
        month, _sign, number = words[0].replace("/", "-").partition("-")
        if not (month.isdecimal() and number.isdecimal()):
            return None
        found = int(month[:4]), int(number[:4])
    elif len(words) == 2 and words[0] in MONTHS:
        found = MONTHS[words[0]], _number(words[1])
    elif len(words) == 2 and words[1] in MONTHS:
        found = MONTHS[words[1]], _number(words[0])
    else:
        return None
    if not 1 <= found[0] <= 12 or not 1 <= found[1] <= month_length(2024, found[0]):
        return None
    return found
