"""What config.toml may say: each setting is checked, and a wrong one is named."""

from __future__ import annotations

import os

from plannertui.core.errors import BadSettings
from plannertui.i18n import gettext as _
from plannertui.store.settings import LEAP_DAYS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.store.settings import Settings

LANGUAGES = ("auto", "en", "zh_Hans")
FRAMES = ("unicode", "ascii")
WEEKDAYS = (
    *("monday", "tuesday", "wednesday", "thursday"),
    *("friday", "saturday", "sunday"),
)
RETURNS = ("key", "passphrase")
MOST_ALSO = 5
MOST_FOLDERS = 5
MOST_HOURS = 24 * 31
UNITS = {"s": 1, "m": 60, "h": 3600}
MOST_SECONDS = 86_400
MOST_UNLOCKED = 43_200


def put(settings: Settings, name: str, value: Any) -> None:
    """Set ``name`` to ``value`` as the file has it; BadSettings names the line at fault."""

    def bad(expected: str) -> BadSettings:
        message = _("{path}: {key} = {value!r} should be {expected}.")
        return BadSettings(
            message.format(
                path=_where(settings.path, name),
                key=name,
                value=value,
                expected=expected,
            )
        )

    if name == "language":
        if value not in LANGUAGES:
            raise bad('"auto", "en" / "zh_Hans"')
        if value != "auto":
            settings.language, settings.follows = value, False
    elif name == "day_start":
        settings.day_start = _minutes(value)
        if settings.day_start < 0:
            raise bad('"04:00"')
    elif name == "year_start":
        month = value
        if isinstance(value, str) and value.isascii() and value.isdigit():
            month = int(value[:3])
        if (
            isinstance(month, bool)
            or not isinstance(month, int)
            or not 1 <= month <= 12
        ):
            raise bad("1 … 12")
        settings.year_start = month
    elif name == "week_start":
        if value not in WEEKDAYS:
            raise bad('"monday" … "sunday"')
        settings.week_start = WEEKDAYS.index(value)
    elif name == "also":
        if not _are_codes(value):
            raise bad('["DE", "US"]')
        settings.also = tuple(dict.fromkeys(value))
    elif name in ("calendar", "theme", "editor", "title"):
        if not isinstance(value, str) or "\n" in value or "\t" in value:
            raise bad('"…"')
        setattr(settings, name, value)
    elif name == "frame":
        if value not in FRAMES:
            raise bad('"unicode" / "ascii"')
        settings.frame = value
    elif name == "lock_after":
        settings.lock_after = _seconds(value)
        if settings.lock_after < 0:
            raise bad('"10m", "1h" / "off"')
    elif name == "unlock_for":
        settings.unlock_for = _seconds(value)
        if not 0 < settings.unlock_for <= MOST_UNLOCKED:
            raise bad('"15m" … "12h"')
    elif name == "keyring":
        if not isinstance(value, bool):
            raise bad("true / false")
        settings.keyring = value
    elif name == "curtain_return":
        if value not in RETURNS:
            raise bad('"key" / "passphrase"')
        settings.curtain_return = value
    elif name == "leap_day":
        if value not in LEAP_DAYS:
            raise bad('"02-28" / "03-01"')
        settings.leap_day = value
    elif name == "ambiguous":
        if value not in (1, 2) or isinstance(value, bool):
            raise bad("1 / 2")
        settings.ambiguous = value
    elif name == "backup_dirs":
        if not _are_folders(value):
            raise bad('["/media/usb/planner", "~/Sync"]')
        settings.backup_dirs = tuple(dict.fromkeys(map(os.path.expanduser, value)))
    elif name == "backup_hours":
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not 0 <= value <= MOST_HOURS:
            raise bad(f"0 … {MOST_HOURS}")
        settings.backup_hours = value
    elif name == "keys":
        if not isinstance(value, dict):
            raise bad('{"pane.verb" = "key"}')
        _set_keys(settings, "", value, bad)
    else:
        known = "language, calendar, also, day_start, week_start, year_start, theme, "
        message = _("{path}: there is no setting {key}. There are: {known}")
        raise BadSettings(
            message.format(
                path=_where(settings.path, name),
                key=name,
                known=known
                + "frame, ambiguous, editor, title, leap_day, lock_after, "
                + "curtain_return, unlock_for, keyring, backup_hours, backup_dirs, "
                + "[keys]",
            )
        )


def _are_codes(value: Any) -> bool:
    """Whether ``value`` is a list of at most so many words that may name calendars."""
    return (
        isinstance(value, list)
        and len(value) <= MOST_ALSO
        and all(isinstance(c, str) and c.strip() and c.isprintable() for c in value)
    )


def _are_folders(value: Any) -> bool:
    """Whether ``value`` is a list of at most so many whole paths."""
    return (
        isinstance(value, list)
        and len(value) <= MOST_FOLDERS
        and all(
            isinstance(path, str)
            and os.path.isabs(os.path.expanduser(path))
            and not set(path) & {"\n", "\t", "\0"}
            for path in value
        )
    )


def _where(path: str, name: str) -> str:
    """The file, and the line in which ``name`` is set where that is found."""
    try:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.partition("=")[0].strip().strip("[]\"' ") == name:
                    words = _("{path}, line {line}")
                    return words.format(path=path, line=number)
    except OSError:
        pass
    return path


def _set_keys(settings: Settings, prefix: str, table: dict[str, Any], bad: Any) -> None:
    for name, key in table.items():
        if isinstance(key, dict):
            # [keys] goals.edit = "e" and "goals.edit" = "e" mean the same.
            _set_keys(settings, f"{prefix}{name}.", key, bad)
        elif isinstance(key, str) and key.strip() and not {*"\n\t"} & {*name, *key}:
            settings.keys[prefix + name] = key
        else:
            raise bad('{"pane.verb" = "key"}')


def _minutes(value: Any) -> int:
    """ "04:00" in minutes after midnight, -1 when it is none; at most noon."""
    if not isinstance(value, str):
        return -1
    hours, colon, minutes = value.partition(":")
    if not (colon and (hours + minutes).isascii() and len(minutes) == 2):
        return -1
    if not (hours.isdigit() and minutes.isdigit() and len(hours) <= 2):
        return -1
    total = int(hours) * 60 + int(minutes)
    return total if int(minutes) < 60 and total <= 720 else -1


def _seconds(value: Any) -> int:
    """ "10m" in seconds, 0 for "off", -1 when it is none; at most a day."""
    if value == "off":
        return 0
    if not isinstance(value, str) or value[-1:] not in UNITS:
        return -1
    figures = value[:-1]
    if not (figures.isascii() and figures.isdigit() and len(figures) <= 5):
        return -1
    total = int(figures) * UNITS[value[-1]]
    return total if 0 < total <= MOST_SECONDS else -1
