"""The language of what people read.

The source strings are English. ``use`` picks a catalogue once, at an entry point;
English needs none, so the shell's daily path imports no gettext.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextvars import ContextVar
    from gettext import NullTranslations
    from types import TracebackType

LANGUAGES = ("en", "zh_Hans")

_language = "en"
_catalogue: NullTranslations | None = None
_apart: ContextVar[tuple[str, NullTranslations | None] | None] | None = None
"""What is spoken in one thread or task alone; made by the first that does."""


def use(language: str) -> None:
    """Speak ``language`` ("en" or "zh_Hans") from now on; anything else is English."""
    global _language, _catalogue
    _language, _catalogue = _found(language)


def _found(language: str) -> tuple[str, NullTranslations | None]:
    if language not in LANGUAGES or language == "en":
        return "en", None
    if language == _language and _catalogue is not None:
        return _language, _catalogue
    import gettext as gnu
    from os.path import dirname, join

    return language, gnu.translation(
        "plannertui", join(dirname(__file__), "locale"), [language], fallback=True
    )


class speaking:
    """Speak ``language`` inside the ``with``, in this thread or task alone.

    The screen goes on in its own language while a thread makes a report in another.
    """

    def __init__(self, language: str) -> None:
        global _apart
        if _apart is None:
            from contextvars import ContextVar

            _apart = ContextVar("spoken", default=None)
        self._variable = _apart
        self._spoken = _found(language)

    def __enter__(self) -> None:
        self._token = self._variable.set(self._spoken)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._variable.reset(self._token)


def _in_use() -> tuple[str, NullTranslations | None]:
    spoken = None if _apart is None else _apart.get()
    return (_language, _catalogue) if spoken is None else spoken


def language() -> str:
    """The language in use: "en" or "zh_Hans"."""
    return _in_use()[0]


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
    catalogue = _catalogue if _apart is None else _in_use()[1]
    return message if catalogue is None else catalogue.gettext(message)


def pgettext(context: str, message: str) -> str:
    """``message`` where one English word has several: ``context`` tells which is meant."""
    catalogue = _in_use()[1]
    return message if catalogue is None else catalogue.pgettext(context, message)


def ngettext(one: str, many: str, count: int) -> str:
    """``one`` or ``many``, as ``count`` asks for, in the language in use."""
    catalogue = _in_use()[1]
    if catalogue is None:
        return one if count == 1 else many
    return catalogue.ngettext(one, many, count)
