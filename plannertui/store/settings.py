"""The user's settings: config.toml, and where the data lies.

On the shell's daily path: the parsed file is remembered in the store, so that reading it
costs one stat while it has not changed.
"""

from __future__ import annotations

import os

from plannertui.core.errors import BadSettings
from plannertui.i18n import gettext as _
from plannertui.i18n import guess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from plannertui.store.open import Store

LEAP_DAYS = ("02-28", "03-01")
AUTO = "auto"
BACKUP_HOURS = 20
# The kind of an ordinary file in the upper bits of its mode.
_REGULAR = 0o10
DEFAULT_CALENDAR = "mon-fri"
IDLE_SECONDS = 600
UNLOCK_SECONDS = 900
NUMBERS = (
    "day_start",
    "year_start",
    "week_start",
    "ambiguous",
    "lock_after",
    "backup_hours",
    "unlock_for",
)


class Settings:
    """What ``config.toml`` says, or the defaults.

    ``day_start`` is in minutes after midnight, ``year_start`` a month, ``calendar`` a
    country code such as "CN" or "DE-BY", or "mon-fri". ``keys`` maps ids of key bindings
    to keys. ``also`` are calendars shown beside, ``week_start`` a weekday, 0 is Monday.
    ``lock_after`` is in seconds, 0 for never; ``curtain_return`` "key" or "passphrase".
    ``unlock_for`` is what ``ptui unlock`` means, in seconds; ``keyring`` whether the key
    is to be looked for there.
    """

    __slots__ = (
        "also",
        "ambiguous",
        "backup_dirs",
        "backup_hours",
        "calendar",
        "curtain_return",
        "day_start",
        "editor",
        "exists",
        "follows",
        "frame",
        "keyring",
        "keys",
        "language",
        "leap_day",
        "lock_after",
        "path",
        "theme",
        "title",
        "unlock_for",
        "week_start",
        "year_start",
    )

    def __init__(self, path: str, env: Mapping[str, str]) -> None:
        self.path = path
        self.exists = False
        self.language = guess(env)
        # Whether the language is that of the environment, since the file names none.
        self.follows = True
        self.calendar = DEFAULT_CALENDAR
        self.also: tuple[str, ...] = ()
        self.week_start = 0
        self.day_start = 240
        self.year_start = 1
        # Where what is of 29 February goes in other years: "02-28" or "03-01".
        self.leap_day = LEAP_DAYS[0]
        self.theme = ""
        # The terminal's title: a neutral word, one's own, or "" for what it has.
        self.title = AUTO
        self.frame = "unicode"
        self.ambiguous = 1
        self.editor = ""
        # Folders that get a copy of every backup, and the hours from one to the next.
        self.backup_dirs: tuple[str, ...] = ()
        self.backup_hours = BACKUP_HOURS
        self.lock_after = IDLE_SECONDS
        self.curtain_return = "key"
        self.unlock_for = UNLOCK_SECONDS
        self.keyring = False
        self.keys: dict[str, str] = {}


def data_path(env: Mapping[str, str], flag: str | None = None) -> str:
    """The store's file: ``--db``, PLANNERTUI_DB, or the platform's data folder."""
    given = flag or env.get("PLANNERTUI_DB")
    if given:
        return os.path.expanduser(given)
    return os.path.join(_folder(env, "XDG_DATA_HOME", "data"), "planner.db")


def config_path(env: Mapping[str, str], flag: str | None = None) -> str:
    """The settings file: ``--config``, PLANNERTUI_CONFIG, or the config folder."""
    given = flag or env.get("PLANNERTUI_CONFIG")
    if given:
        return os.path.expanduser(given)
    return os.path.join(_folder(env, "XDG_CONFIG_HOME", "config"), "config.toml")


def prompts_path(config: str) -> str:
    """The user's own prompts, beside the settings file at ``config``."""
    return os.path.join(os.path.dirname(config), "prompts.toml")


def _folder(env: Mapping[str, str], variable: str, kind: str) -> str:
    base = env.get(variable, "")
    if os.name == "posix" and os.uname().sysname == "Linux":
        # What platformdirs answers here; asking it costs the daily path an import.
        if not os.path.isabs(base):
            tail = ".local/share" if kind == "data" else ".config"
            base = os.path.join(os.path.expanduser("~"), tail)
        return os.path.join(base, "plannertui")
    import platformdirs

    if kind == "data":
        return platformdirs.user_data_dir("plannertui", appauthor=False)
    return platformdirs.user_config_dir("plannertui", appauthor=False)


def load(path: str, env: Mapping[str, str], cache: Store | None = None) -> Settings:
    """The settings of the file at ``path``; BadSettings names the line or key at fault.

    A file that is not there means the defaults. ``cache`` is the store that remembers
    what the file said.
    """
    settings = Settings(path, env)
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return settings
    except OSError as error:
        raise BadSettings(
            _("{path} cannot be read: {reason}").format(
                path=path, reason=error.strerror
            )
        ) from error
    settings.exists = True
    if status.st_mode >> 12 != _REGULAR:
        raise BadSettings(_("{path} is no ordinary file.").format(path=path))
    sign = f"{path}\t{status.st_mtime_ns}\t{status.st_size}"
    if cache is not None:
        kept = (cache.meta("settings") or "").split("\n")
        if kept[0] == sign:
            _recall(settings, kept[1:])
            return settings
    _read(settings)
    if cache is not None:
        cache.remember("settings", "\n".join([sign, *_remember(settings)]))
    return settings


def _remember(settings: Settings) -> list[str]:
    lines = [
        f"{name}\t{getattr(settings, name)}"
        for name in (
            "calendar",
            "day_start",
            "year_start",
            "week_start",
            "theme",
            "frame",
            "ambiguous",
            "editor",
            "title",
            "leap_day",
            "backup_hours",
            "lock_after",
            "curtain_return",
            "unlock_for",
        )
    ]
    if settings.keyring:
        lines.append("keyring\ton")
    if not settings.follows:
        lines.append(f"language\t{settings.language}")
    lines += [f"also\t{code}" for code in settings.also]
    lines += [f"backup_dirs\t{path}" for path in settings.backup_dirs]
    return lines + [f"keys.{name}\t{key}" for name, key in settings.keys.items()]


def _recall(settings: Settings, lines: list[str]) -> None:
    for line in lines:
        name, _tab, value = line.partition("\t")
        if name in NUMBERS:
            setattr(settings, name, int(value))
        elif name == "also":
            settings.also = (*settings.also, value)
        elif name == "keyring":
            settings.keyring = True
        elif name == "backup_dirs":
            settings.backup_dirs = (*settings.backup_dirs, value)
        elif name.startswith("keys."):
            settings.keys[name[5:]] = value
        elif name:
            setattr(settings, name, value)


def _read(settings: Settings) -> None:
    import tomllib

    path = settings.path
    try:
        with open(path, "rb") as file:
            data = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = _("{path} cannot be read: {reason}. Mend it or move it away.")
        raise BadSettings(message.format(path=path, reason=error)) from error
    except OSError as error:
        message = _("{path} cannot be read: {reason}")
        raise BadSettings(message.format(path=path, reason=error.strerror)) from error
    from plannertui.store.configured import put

    for name, value in data.items():
        put(settings, name, value)


def save(path: str, changes: Mapping[str, Any]) -> None:
    """Change settings in the file at ``path``, keeping its comments and its order."""
    import tomlkit

    try:
        os.makedirs(os.path.dirname(path) or ".", mode=0o700, exist_ok=True)
        real = os.path.realpath(path)
        document = tomlkit.document()
        if os.path.exists(real):
            with open(real, encoding="utf-8") as file:
                document = tomlkit.parse(file.read())
        for name, value in changes.items():
            document[name] = value
        part = real + ".part"
        fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with open(fd, "w", encoding="utf-8") as file:
            file.write(tomlkit.dumps(document))
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, real)
    except OSError as error:
        message = _("{path} cannot be written: {reason}")
        raise BadSettings(message.format(path=path, reason=error.strerror)) from error
    except (tomlkit.exceptions.TOMLKitError, UnicodeDecodeError) as error:
        message = _("{path} cannot be read: {reason}. Mend it or move it away.")
        raise BadSettings(message.format(path=path, reason=error)) from error
