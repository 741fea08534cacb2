"""The language of what people read.

The source strings are English. ``use`` picks a catalogue once, at an entry point;
English needs none, so the shell's daily path imports no gettext.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from gettext import NullTranslations

LANGUAGES = ("en", "zh_Hans")

_language = "en"
_catalogue: NullTranslations | None = None


def use(language: str) -> None:
    """Speak ``language`` ("en" or "zh_Hans") from now on; anything else is English."""
    global _language, _catalogue
    if language not in LANGUAGES or language == "en":
        _language, _catalogue = "en", None
        return
    if language == _language and _catalogue is not None:
        return
    import gettext as gnu
    from os.path import dirname, join

    _catalogue = gnu.translation(
        "plannertui", join(dirname(__file__), "locale"), [language], fallback=True
    )
    _language = language


def language() -> str:
    """The language in use: "en" or "zh_Hans"."""
    return _language


def guess(env: Mapping[str, str]) -> str:
    """The language that a POSIX environment asks for, "en" when it asks for none."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = env.get(name, "")
        if value:
            return "zh_Hans" if value.lower().startswith("zh") else "en"
    return "en"


def N_(message: str) -> str:
    """``message`` unchanged, marked for translation where it is shown."""
    return message


def gettext(message: str) -> str:
    """``message`` in the language in use."""
    return message if _catalogue is None else _catalogue.gettext(message)


def pgettext(context: str, message: str) -> str:
    """``message`` where one English word has several: ``context`` tells which is meant."""
    return message if _catalogue is None else _catalogue.pgettext(context, message)


def ngettext(one: str, many: str, count: int) -> str:
    """``one`` or ``many``, as ``count`` asks for, in the language in use."""
    if _catalogue is None:
        return one if count == 1 else many
    return _catalogue.ngettext(one, many, count)
