"""What an event may be: its days, its time, its rule; and what follows from the rule."""

from __future__ import annotations

from typing import Any

from plannertui.core.errors import EmptyText, Usage
from plannertui.core.events import KINDS, STATES, WANTED_LENGTH
from plannertui.core.recurrence import last_day
from plannertui.core.rules import is_rule, parse
from plannertui.i18n import gettext as _

# What a check of changes has to know of the event as it is.
CHECKED = (
    *("kind", "title", "starts_on", "ends_on", "time", "zone", "repeat", "extra"),
    "last_on",
)
LONGEST_DAYS = 3660
LONGEST_MINUTES = 7 * 24 * 60
MOST_REMINDERS = 20
EARLIEST_REMINDER = 366 * 24 * 60
PLACE_LENGTH = 400
URL_LENGTH = 2000
MOST_DAYS = 5000


def complete(changes: dict[str, Any], have: dict[str, Any]) -> dict[str, Any]:
    """``changes`` to an event that is ``have``, checked, with what follows from a rule.

    ``last_on`` follows from rule, first day and extra days; without a rule there is
    neither one nor a day left out. EmptyText and Usage say what is wrong.
    """
    values = have | changes
    _check(values, changes)
    made = dict(changes)
    if "repeat" not in changes and not have.get("last_on"):
        return made
    if not {"repeat", "starts_on", "extra"} & changes.keys():
        return made
    if not is_rule(values["repeat"]):
        made |= {"last_on": None, "skipped": (), "extra": ()}
        return made
    rule = parse(values["repeat"], time=values.get("time"), zone=values.get("zone", ""))
    made["repeat"] = rule.text()
    extra = values.get("extra") or ()
    made["last_on"] = max([last_day(rule, values["starts_on"]), *extra])
    return made


def _check(values: dict[str, Any], changes: dict[str, Any]) -> None:
    if not values["title"].strip():
        raise EmptyText(_("There is nothing to write down: give some text."))
    for name, choices in (("kind", KINDS), ("state", STATES)):
        if name in changes and changes[name] not in choices:
            raise Usage(
                _("{value} is none of: {choices}").format(
                    value=changes[name], choices=", ".join(choices)
                )
            )
    if values["ends_on"] < values["starts_on"]:
        raise Usage(_("It would end before it begins."))
    if (values["ends_on"] - values["starts_on"]).days > LONGEST_DAYS:
        raise Usage(_("An event lasts at most ten years."))
    for name, field, limit in (
        ("wanted", _("The decision wanted"), WANTED_LENGTH),
        ("place", _("The place"), PLACE_LENGTH),
        ("url", _("The address"), URL_LENGTH),
    ):
        if len(changes.get(name, "")) > limit:
            message = _("{field} has {count} characters; {limit} fit.")
            raise Usage(
                message.format(field=field, count=len(changes[name]), limit=limit)
            )
    minutes = changes.get("minutes")
    if minutes is not None and not 0 <= minutes <= LONGEST_MINUTES:
        raise Usage(_("It lasts up to a week; for more, give its last day."))
    reminders = changes.get("reminders", ())
    if len(reminders) > MOST_REMINDERS:
        message = _("An event has at most {limit} reminders.")
        raise Usage(message.format(limit=MOST_REMINDERS))
    if any(not 0 <= each <= EARLIEST_REMINDER for each in reminders):
        raise Usage(_("A reminder comes at most a year before."))
    if max(len(changes.get("skipped", ())), len(changes.get("extra", ()))) > MOST_DAYS:
        message = _("At most {limit} days can be left out or added.")
        raise Usage(message.format(limit=MOST_DAYS))
    _check_time(changes.get("time"))


def _check_time(time: str | None) -> None:
    if time is None:
        return
    hours, colon, minutes = time.partition(":")
    good = bool(colon) and len(hours) == len(minutes) == 2
    good = good and (hours + minutes).isascii() and (hours + minutes).isdigit()
    if not (good and int(hours) < 24 and int(minutes) < 60):
        message = _("{value} is no time of day. Write it like 09:30.")
        raise Usage(message.format(value=time))
