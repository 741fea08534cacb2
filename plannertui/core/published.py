"""Published calendars of countries, read from the ``holidays`` package."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from plannertui.core.errors import BadSettings
from plannertui.core.workdays import MON_FRI, WorkYear, mon_fri
from plannertui.i18n import gettext as _

# China publishes last and every year: the library is checked up to its newest notice.
NOTICE = "CN"
# Whoever has moved no workday for so many years has given it up.
GIVEN_UP = 3
# What the library calls a day that is off because another one is worked.
IN_LIEU = re.compile(r"Day off \(substituted from (\d\d)/(\d\d)/\d{4}\)")
IN_LIEU_ZH = re.compile(r"休息日（由 \d{4}-(\d\d)-(\d\d) 调休）")
MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]


def build(code: str, year: int, language: str) -> WorkYear:
    """The workdays of ``year`` under a country's ``code``; see ``workdays.build_year``."""
    code = check(code)
    first_known, last_known = _known_years(code)
    if not first_known <= year <= last_known:
        return mon_fri(code, year, known=False)
    # The notice of a year may move a workday into the December before it.
    wanted = (year, year + 1) if year < last_known else (year,)
    source = _source(code, language, wanted)
    first = date(year, 1, 1).toordinal()
    days = map(date.fromordinal, range(first, date(year, 12, 31).toordinal() + 1))
    off, makeup, names = [], [], {}
    for day in days:
        if not source.is_working_day(day):
            off.append(day)
        elif source.is_weekend(day):
            makeup.append(day)
        name = source.get(day)
        if name:
            names[day] = short_name(name)
    return WorkYear(code, year, off, names, makeup, True)


def check(code: str) -> str:
    """``code`` as it is written ("DE-BY"); BadSettings when there is no such calendar."""
    if code.strip().casefold() in ("", MON_FRI):
        return MON_FRI
    if len(re.split(r"[,，、;；\s]+", code.strip())) > 1:
        raise BadSettings(
            _(
                "calendar = “{code}”: it takes one calendar. Others, shown beside it, "
                'go into the setting also = ["US", "DE-BY"].'
            ).format(code=code)
        )
    country, _dash, region = code.strip().partition("-")
    regions = _countries().get(country.upper())
    if regions is not None:
        if not region:
            return country.upper()
        for known in regions:
            if known.casefold() == region.casefold():
                return f"{country.upper()}-{known}"
    if regions:
        raise BadSettings(
            _(
                "calendar = “{code}”: {country} has no such region. Its regions: {regions}."
            ).format(code=code, country=country.upper(), regions=", ".join(regions))
        )
    raise BadSettings(
        _(
            "calendar = “{code}” is not known. Use a country code such as CN, US or DE-BY, or mon-fri."
        ).format(code=code)
    )


def short_name(name: str) -> str:
    """A holiday's name; the library's long one for a day in lieu, in few words."""
    found = IN_LIEU.fullmatch(name)
    if found is not None:
        month, day = int(found[1]), int(found[2])
        return f"Day off (for {day} {MONTHS[month - 1]})"
    found = IN_LIEU_ZH.fullmatch(name)
    return f"调休（补{int(found[1])}月{int(found[2])}日）" if found else name


def codes() -> list[str]:
    """Every calendar there is: mon-fri, countries, and their regions as "DE-BY"."""
    found = [MON_FRI]
    for country, regions in sorted(_countries().items()):
        found += [country, *(f"{country}-{region}" for region in regions)]
    return found


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    """The countries by code, each with its regions."""
    import holidays

    listed = holidays.list_supported_countries(include_aliases=False)
    return {country: tuple(regions) for country, regions in listed.items()}


def _source(code: str, language: str, years: tuple[int, ...] = ()) -> Any:
    """The library's calendar, with names in ``language`` if it can, else in English."""
    import holidays

    country, _dash, region = code.partition("-")
    plain = holidays.country_holidays(country, subdiv=region or None)
    spoken = plain.supported_languages or ()
    wanted = (
        ("zh_CN", "zh", "en_US", "en") if language == "zh_Hans" else ("en_US", "en")
    )
    for start in wanted:
        for name in spoken:
            if name.startswith(start):
                return holidays.country_holidays(
                    country, subdiv=region or None, years=years, language=name
                )
    return holidays.country_holidays(country, subdiv=region or None, years=years)


@cache
def _known_years(code: str) -> tuple[int, int]:
    """The first and last year that the library has a calendar for, not only rules.

    Countries that move workdays to weekends do so by a notice for each year, which the
    library keeps in tables. Before the first table and after the last, there is none.
    """
    import holidays

    source = _source(code, "en")
    first, last = source.start_year, source.end_year
    moved = _moved(source)
    if not moved:
        return first, last
    newest = max(_moved(holidays.country_holidays(NOTICE)), default=0)
    if max(moved) <= newest - GIVEN_UP:
        return first, last
    return max(first, min(moved)), min(last, max(*moved, newest))


def _moved(source: Any) -> set[int]:
    """The years in which the library's tables move a workday to a weekend."""
    years = set()
    for year, days in (getattr(source, "special_public_holidays", None) or {}).items():
        entries = days if days and isinstance(days[0], tuple) else (days,)
        # (month, day, name) is a holiday; (month, day, from month, from day) a move.
        if any(len(entry) > 3 for entry in entries):
            years.add(year)
    return years
