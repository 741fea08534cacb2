"""Where the texts of a report wait while its template is filled in.

A template, whoever wrote it, never sees a text: it places tokens, and the texts come in
when it is done. So no template can cut the mark from a guess, put a setback under a
heading that sounds like a success, undo the escaping, or reach anything but what may leave.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from plannertui.core.errors import BadSettings
from plannertui.core.realnames import RealNames
from plannertui.core.text import visible
from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

OPEN, SHUT = "\ue000", "\ue001"

Sort = Literal["text", "failure", "person"]

FAILURE_HEADINGS = frozenset(
    (
        "what did not work",
        "less good",
        "said against, fairly",
        "what failed, and what i do differently",
        "problems",
        "problems and shortcomings",
        "没有做成的",
        "不足",
        "公平地说，不足之处",
        "失败之处，以及今后的不同做法",
        "存在的问题",
    )
)
"""Below these alone a setback or a surprise stands without a word of its own."""

_TOKEN = re.compile(OPEN + r"(\d+)" + SHUT)
# A heading, an underlined heading's second line, a bold label at the start or inside.
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)[\s#]*$")
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_LIST = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s")
_MARKERS = re.compile(r"^[\s>#*+\-\d.)]*$")
_REFERENCE = re.compile(r"[@＠]([^\s@＠#＃,;:!?()，。；：！？（）、]+)")
_NOBODY = "\ue002"
_LEFT_OFF = re.compile(r"\s*" + _NOBODY)
_LAST_WORD = re.compile(r"\s*([@＠#＃])([^\s@＠#＃]+)\s*$")
# Pictures of control characters, and what no font has: nothing a reader would miss.
_GONE = dict.fromkeys([*range(0x2400, 0x2427), *range(0xE000, 0xF900)])
_ENDS = ".。!！?？"
_GOES_ON = ",;:，；：、"
_SPECIAL = re.compile(r"[\\`*\[\]<>|~]|_(?!\w)|(?<!\w)_|&(?=[#\w]+;)|!(?=\[)")
_LEADING = re.compile(r"^(?:[#>+=-]|\d{1,9}(?=[.)]))")


@dataclass(frozen=True, slots=True)
class Kept:
    """A text in the vault; a failure has words of its own where it would mislead."""

    text: str
    sort: Sort = "text"


class Vault:
    """The texts of one report, each known to its template by a token.

    ``real`` are real names and the alias that stands for each; ``typed`` are names typed
    at export, by alias. ``resolve`` says what a reference in a text is called, "" for one
    that is left off and None for what is no reference.
    """

    def __init__(
        self,
        real: Mapping[str, str],
        typed: Mapping[str, str],
        resolve: Callable[[str], str | None],
    ) -> None:
        self._kept: list[Kept] = []
        self._real = RealNames(real)
        self._typed = dict(typed)
        self._resolve = resolve

    def put(self, text: str, *, tags: Iterable[str] = (), sort: Sort = "text") -> str:
        """The token of ``text``; "" where nothing is left of it."""
        tidy = self.tidy(text, tags)
        if not tidy:
            return ""
        return self._token(Kept(tidy, sort))

    def person(self, alias: str) -> str:
        """The token of somebody's alias, or of the name typed for it."""
        return self._token(Kept(self._typed.get(alias) or self.tidy(alias), "person"))

    def guess(self, text: str, basis: str) -> str:
        """The token of a belief together with what it rests on: never one alone."""
        tidy = self.tidy(text)
        if not tidy:
            return ""
        return self._token(Kept(_("{text} ({basis})").format(text=tidy, basis=basis)))

    def _token(self, kept: Kept) -> str:
        self._kept.append(kept)
        return f"{OPEN}{len(self._kept) - 1}{SHUT}"

    def tidy(self, text: str, tags: Iterable[str] = ()) -> str:
        """``text`` on one line, without real names, handles and tags at its end."""
        text = " ".join(visible(text).translate(_GONE).split())
        known = {tag.casefold() for tag in tags}
        while found := _LAST_WORD.search(text):
            mark, word = found[1], found[2].rstrip(".。")
            if mark in "#＃":
                if word.casefold() not in known:
                    break
            elif self._resolve(word) is None:
                break
            text = text[: found.start()]
        text = _LEFT_OFF.sub("", _REFERENCE.sub(self._named, text))
        text, _count = self._real.hide(text)
        return " ".join(text.split())

    def _named(self, found: re.Match[str]) -> str:
        word = found[1]
        ending = word[len(word.rstrip(".")) :]
        called = self._resolve(word.rstrip("."))
        if called is None:
            return found[0]
        return (self._typed.get(called, called) or _NOBODY) + ending

    # -- the way out -------------------------------------------------------------------

    def reveal(self, filled: str) -> str:
        """``filled``, a template's output, with the texts in it, as Markdown."""
        label = ""
        lines: list[str] = []
        rows = filled.split("\n")
        for number, row in enumerate(rows):
            following = rows[number + 1].strip() if number + 1 < len(rows) else ""
            lines.append(self._line(row, label))
            label = _label_after(row, following, label)
        text = "\n".join(lines)
        if OPEN in text or SHUT in text:
            raise BadSettings(
                _("A template cuts a text in two; texts are placed whole.")
            )
        return text

    def plain(self, text: str) -> str:
        """``text`` with its tokens as plain words, for a title."""
        return _TOKEN.sub(lambda found: self._at(found).text, text)

    def _at(self, found: re.Match[str]) -> Kept:
        number = int(found[1][:9])
        return self._kept[number] if number < len(self._kept) else Kept("")

    def _line(self, row: str, label: str) -> str:
        parts: list[str] = []
        end = 0
        for found in _TOKEN.finditer(row):
            before = row[: found.start()]
            kept = self._at(found)
            text = escape(kept.text, first=_MARKERS.match(before) is not None)
            inside = [bold[1] or bold[2] for bold in _BOLD.finditer(before)]
            if kept.sort == "failure" and not _allowed(inside[-1] if inside else label):
                text = _("did not work: {text}").format(text=text)
            parts += [row[end : found.start()], text]
            end = found.end()
            # One mark ends a sentence, be it the text's or the template's.
            following = row[end : end + 1]
            if text[-1:] in _ENDS and following and following in _ENDS:
                end += 1
            elif text[-1:] in (".", "。") and following and following in _GOES_ON:
                parts[-1] = text[:-1]
        return "".join([*parts, row[end:]])


def _label_after(row: str, following: str, label: str) -> str:
    """The heading or label that the lines after ``row`` stand under."""
    heading = _HEADING.match(row)
    if heading is not None:
        return heading[1]
    bold = [found[1] or found[2] for found in _BOLD.finditer(row)]
    if bold:
        return str(bold[-1])
    if not row.strip() or _LIST.match(row):
        return label
    if (following and set(following) <= {"="}) or (
        following and set(following) <= {"-"}
    ):
        return row.strip()
    # A line that is neither: what comes after it no longer stands under the label.
    return label if _TOKEN.match(row.strip()) else ""


def _allowed(label: str) -> bool:
    plain = label.strip(" *_#:：.。").casefold()
    return plain in FAILURE_HEADINGS


def escape(text: str, *, first: bool = False) -> str:
    """``text`` so that Markdown takes every character of it as itself."""
    text = _SPECIAL.sub(lambda found: "\\" + found[0], text)
    if first:
        found = _LEADING.match(text)
        if found is not None:
            at = found.end() if found[0][0].isdigit() else 0
            text = text[:at] + "\\" + text[at:]
    return text
