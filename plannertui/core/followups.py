"""What comes of what was said: each line of a follow-up, and what it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from plannertui.core.errors import EmptyText, UnreadableDate, Usage
from plannertui.core.meetings import one_line
from plannertui.core.priorities import KINDS as PRIORITY_KINDS
from plannertui.i18n import gettext as _

Part = Literal["heard", "promised", "assumed"]
PARTS: tuple[Part, ...] = ("heard", "promised", "assumed")

LINE_LENGTH = 400
_COLONS = (":", "：")
# What the key before the handle of a belief says of it.
BELIEFS = {"as": "confirmed", "partly": "partly", "was": "changed"}

# What a line of each part may become.
INTO: dict[Part, tuple[str, ...]] = {
    "heard": ("note", "priority", "confirmed", "partly", "changed", "answer"),
    "promised": ("promise", "waiting"),
    "assumed": ("ask", "guess"),
}


@dataclass(frozen=True, slots=True)
class Yield:
    """A line of a follow-up and what it becomes.

    ``into`` is one of ``INTO[part]``. ``target`` is the handle of the priority that was
    confirmed or has changed, or of the ask that was answered; ``kind`` is that of a new
    priority or guess.
    """

    part: Part
    text: str
    into: str
    target: str = ""
    kind: str = "goal"
    due: date | None = None


@dataclass(frozen=True, slots=True)
class FollowLine:
    """A line of a follow-up as kept: the words, and the handle of what came of it."""

    text: str
    became: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was heard, promised and assumed in a talk."""

    heard: tuple[FollowLine, ...] = ()
    promised: tuple[FollowLine, ...] = ()
    assumed: tuple[FollowLine, ...] = field(default=())

    def part(self, name: Part) -> tuple[FollowLine, ...]:
        """The lines of one part."""
        lines: tuple[FollowLine, ...] = getattr(self, name)
        return lines


def follow_up_of(data: dict[str, Any]) -> FollowUp:
    """A follow-up as kept."""

    def lines(name: str) -> tuple[FollowLine, ...]:
        kept = data.get(name)
        return tuple(
            FollowLine(str(one.get("text") or ""), str(one.get("became") or ""))
            if isinstance(one, dict)
            else FollowLine(str(one))
            for one in (kept if isinstance(kept, list) else ())
        )

    return FollowUp(lines("heard"), lines("promised"), lines("assumed"))


def read_line(part: Part, text: str, today: date, year_start: int = 1) -> Yield:
    """A line as typed, and what its end says that it becomes.

    At the very end: ``^fri`` the day it is due; ``as:goal``, ``as:pressure`` or
    ``as:position`` something the leader answers for (heard: said; assumed: a guess);
    ``as:L1.2`` confirms that priority, ``partly:L1.2`` it is so in part, ``was:L1.2`` it
    turns out to be this instead;
    ``as:M44`` answers that ask. A promise that begins with ``<`` is theirs.

    Raises UnreadableDate for a day that cannot be read, Usage for what this part of a
    follow-up cannot become, EmptyText when no words are left.
    """
    words = text.split()
    due: date | None = None
    how = target = ""
    while words:
        word = words[-1]
        if part == "promised" and word[:1] in ("^", "＾") and len(word) > 1 and not due:
            due = _day(word[1:], today, year_start)
        elif not how and _key(word) is not None:
            how, target = _key(word) or ("", "")
        else:
            break
        words.pop()
    into = INTO[part][0]
    if part == "promised" and words and words[0][:1] in "<>＜＞":
        into = "waiting" if words[0][0] in "<＜" else "promise"
        words[0] = words[0][1:]
    line = one_line(" ".join(words), LINE_LENGTH, part_word(part))
    if not line:
        raise EmptyText(_("There is nothing to write down: give some text."))
    if how:
        return _meant(part, line, how, target)
    return Yield(part, line, into, due=due)


def _day(text: str, today: date, year_start: int) -> date:
    from plannertui.core.dates import parse_date

    return parse_date(text, today, past=False, year_start=year_start)


def _key(word: str) -> tuple[str, str] | None:
    """``word`` as one of our keys and its value: "as:goal", "was:L1.2"."""
    for colon in _COLONS:
        name, found, value = word.partition(colon)
        if found and value and name.casefold() in BELIEFS:
            return name.casefold(), value.lstrip("@＠")
    return None


def _meant(part: Part, line: str, how: str, target: str) -> Yield:
    word = target.casefold()
    if part == "heard" and how == "as" and word == "note":
        return Yield(part, line, "note")
    if how == "as" and word in PRIORITY_KINDS and part != "promised":
        into = "priority" if part == "heard" else "guess"
        return Yield(part, line, into, kind=word)
    if part == "assumed" and how == "as" and word in ("ask", "guess"):
        return Yield(part, line, word)
    handle = target.upper()
    if part == "heard" and handle[:1] in "LP" and "." in handle:
        return Yield(part, line, BELIEFS[how], target=handle)
    if part == "heard" and how == "as" and handle[:1] == "M":
        return Yield(part, line, "answer", target=handle)
    raise UnreadableOutcome(how, target, part)


class UnreadableOutcome(Usage):
    """A line is to become what it cannot."""

    def __init__(self, how: str, target: str, part: Part) -> None:
        ways = {
            "heard": "as:note, as:goal, as:pressure, as:position, as:L1.2, partly:L1.2, "
            "was:L1.2, as:M44",
            "promised": "^fri, <",
            "assumed": "as:ask, as:goal, as:pressure, as:position",
        }
        message = _('"{what}" means nothing at the end of a line here. Known: {ways}')
        super().__init__(message.format(what=f"{how}:{target}", ways=ways[part]))


def check(line: Yield) -> None:
    """Refuse a line that cannot become what is asked."""
    if line.into not in INTO[line.part]:
        message = _("{value} is none of: {choices}")
        raise Usage(message.format(value=line.into, choices=", ".join(INTO[line.part])))
    if line.into == "promise" and line.due is None:
        message = _('A promise needs its day, such as "{text} ^fri".')
        raise UnreadableDate(message.format(text=line.text))
    if line.into in (*BELIEFS.values(), "answer") and not line.target:
        raise Usage(_('Say which one "{text}" is about.').format(text=line.text))


def part_word(part: str) -> str:
    """What a part of a follow-up is called."""
    return {
        "heard": _("Heard"),
        "promised": _("Promised"),
        "assumed": _("Assumed"),
    }[part]
