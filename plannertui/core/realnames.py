"""Real names in texts and tags, and the aliases that go out in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from plannertui.core.tokens import in_tag

_TAGGED = re.compile(r"([#＃])([^\s#＃@＠,;:!?()，。；：！？（）、]+)")
_ODD = re.compile(r"[^\w .@'-]+")
_MARKS = ("@", "＠")


class RealNames:
    """Finds the names of ``known``, each with its alias, as words and as tags."""

    def __init__(self, known: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
        pairs = known.items() if isinstance(known, Mapping) else known
        every = [(name, alias) for name, alias in pairs if name.strip()]
        every.sort(key=lambda one: -len(one[0]))
        self._known = [
            (_pattern(name, r"[\s_-]+"), _pattern(name, "[_-]*"), alias)
            for name, alias in every
        ]

    def __bool__(self) -> bool:
        return bool(self._known)

    def hide(self, text: str) -> tuple[str, int]:
        """``text`` with aliases, and how many names were in it.

        A tag that spells a name is the alias's tag, and left out where it can have none.
        """
        total = 0

        def tagged(found: re.Match[str]) -> str:
            nonlocal total
            tag, count = self.tag(found[2])
            total += count
            return found[1] + tag if tag else ""

        if self._known and ("#" in text or "＃" in text):
            text = _TAGGED.sub(tagged, text)
        for pattern, _tag, alias in self._known:
            text, count = pattern.subn(_referring(alias), text)
            total += count
        return text, total

    def plainly(self, text: str) -> tuple[str, int]:
        """The same where marks would be taken for something else: in words alone."""
        total = 0
        for pattern, _tag, alias in self._known:
            words = " ".join(_ODD.sub(" ", alias).split())
            text, count = pattern.subn(_always(words), text)
            total += count
        return text, total

    def tag(self, tag: str) -> tuple[str, int]:
        """``tag`` with aliases, "" where nothing is left, and how many names it spelled."""
        total = 0
        for _name, pattern, alias in self._known:
            tag, count = pattern.subn(_always(f"-{_as_tag(alias)}-"), tag)
            total += count
        if not total:
            return tag, 0
        return "-".join(filter(None, tag.split("-"))), total

    def found_in(self, text: str) -> bool:
        """Whether a name is in ``text``, as words."""
        return any(pattern.search(text) for pattern, _tag, _alias in self._known)

    def tagged_in(self, text: str) -> bool:
        """Whether a name is in ``text``, were it a tag."""
        return any(pattern.search(text) for _name, pattern, _alias in self._known)


def _always(words: str) -> Callable[[re.Match[str]], str]:
    return lambda _found: words


def _as_tag(alias: str) -> str:
    """``alias`` as a tag: what none may hold becomes a hyphen, "" if nothing stays."""
    shown = "".join(char if in_tag(char) else "-" for char in alias)
    tag = "-".join(filter(None, shown.split("-")))
    return tag if any(map(str.isalpha, tag)) else ""


def _referring(alias: str) -> Callable[[re.Match[str]], str]:
    """Writes ``alias``, and where a reference spells the name, one of a single word."""

    def told(found: re.Match[str]) -> str:
        if found.string[max(0, found.start() - 1) : found.start()] in _MARKS:
            return "-".join(alias.split())
        return alias

    return told


def _pattern(name: str, between: str) -> re.Pattern[str]:
    """Finds a real name as a word, in any case; one in Han characters anywhere."""
    parts = [part for part in re.split(r"[\s_-]+", name) if part] or [name]
    inner = between.join(map(re.escape, parts))
    if name.isascii():
        inner = rf"(?<![^\W_]){inner}(?![^\W_])"
    return re.compile(inner, re.IGNORECASE)
