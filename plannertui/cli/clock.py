"""The clock of the shell: the only place there that reads the time."""

from __future__ import annotations

from datetime import datetime

from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def now(env: Mapping[str, str]) -> datetime:
    """The local time with its offset; PLANNERTUI_NOW, an ISO stamp, overrides it."""
    given = env.get("PLANNERTUI_NOW")
    if not given:
        return datetime.now().astimezone()
    try:
        moment = datetime.fromisoformat(given)
        return moment if moment.tzinfo is not None else moment.astimezone()
    except (ValueError, OverflowError) as error:
        raise Usage(
            _('PLANNERTUI_NOW is not an ISO date and time: "{text}".').format(
                text=given
            )
        ) from error


def zone(env: Mapping[str, str]) -> str:
    """The IANA name of the machine's zone, empty where it does not say."""
    import os

    name = env.get("TZ", "").lstrip(":")
    if not name:
        try:
            name = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
        except OSError:
            return ""
    # A rule in the POSIX form ("CET-1CEST,M3.5.0,M10.5.0") has no name.
    return "" if name.startswith("/") or "," in name else name
