"""What a calendar file says of all of a series from a day on: the series becomes two."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from plannertui.core.errors import Usage
from plannertui.core.forms import ended, rest
from plannertui.core.rules import Rule, parse
from plannertui.exchange.icsevents import anchored
from plannertui.exchange.icsvalues import When
from plannertui.i18n import gettext as _


class Master(NamedTuple):
    """A series: the key of the part that is its last by now, and how it began.

    ``later`` is how many days later than the rule that part takes place.
    """

    key: str
    told: When
    start: When
    later: timedelta = timedelta()


def parted(
    master: dict[str, Any], slot: date, fields: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A series as two: up to the day before ``slot``, and from it on with ``fields``."""
    before, after = dict(master), dict(fields)
    rule = parse(master["repeat"]) if master["repeat"] else None
    if rule is None:
        return before, after
    later = fields["starts_on"] - slot
    before["repeat"] = ended(rule, slot).text()
    for name in ("skipped", "extra"):
        before[name] = tuple(day for day in master[name] if day < slot)
        after[name] = tuple(day + later for day in master[name] if day > slot)
    if not after["repeat"]:
        left = _later(rest(rule, master["starts_on"], slot), later.days)
        after["repeat"] = left.text()
    after["extra"] = anchored(after["repeat"], after["starts_on"], after["extra"])
    return before, after


def _later(rule: Rule, days: int) -> Rule:
    """``rule`` with all its days so many days later; Usage where that is no rule."""
    if not days:
        return rule
    if rule.until is not None:
        rule = rule._replace(until=rule.until + timedelta(days=days))
    if rule.plain:
        return rule
    weekly = rule.freq in ("DAILY", "WEEKLY") and rule._replace(by_day=()).plain
    if not weekly or rule.by_workdays:
        raise Usage(_("it moves all that follow, and its rule cannot be moved"))
    moved = sorted((0, (day + days) % 7) for _n, day in rule.by_day)
    return rule._replace(by_day=tuple(moved))
