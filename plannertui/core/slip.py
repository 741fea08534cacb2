"""One line as a capture verb was given it: the words, the options, and the moment.

It is understood the same way whether it goes into the store at once, or was sealed while
the store was locked and is filed later: by the day, the hour and the settings at which it
was typed. On the shell's quick path: imports next to nothing.
"""

from __future__ import annotations

from plannertui.core.capture import WRITTEN, parse
from plannertui.core.errors import EmptyText, Usage
from plannertui.core.text import clean
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime

    from plannertui.core.capture import Capture
    from plannertui.core.tokens import Resolve

VERSION = 1

# What is sealed is filled up with blanks, so that its length says little.
ROUND = 256
_GOAL = "gGｇＧ"


class Slip:
    """What was typed, by ``verb``, on the day ``today`` at the moment ``at``.

    ``people`` and ``goal`` are names as typed, ``tags`` are without ``#``; ``by``, ``on``
    and ``revisit`` are the days that the options meant then.
    """

    __slots__ = (
        "at",
        "by",
        "goal",
        "number",
        "on",
        "people",
        "revisit",
        "tags",
        "text",
        "today",
        "uid",
        "verb",
        "year_start",
        "zone",
    )

    def __init__(
        self, verb: str, text: str, *, at: datetime, today: date, year_start: int = 1
    ) -> None:
        self.verb = verb
        self.text = text
        self.at = at
        self.today = today
        self.year_start = year_start
        self.zone = ""
        self.uid = ""
        self.people: list[str] = []
        self.goal: str | None = None
        self.number: float | None = None
        self.tags: list[str] = []
        self.by: date | None = None
        self.on: date | None = None
        self.revisit: date | None = None

    @property
    def day(self) -> date:
        """The day it belongs to."""
        return self.on or self.today

    @property
    def timed(self) -> bool:
        """Whether it was written on its day itself."""
        return self.day == self.today


def understand(slip: Slip, resolve: Resolve, told: list[str] | None = None) -> Capture:
    """What ``slip`` says, less the people and the goal of its options.

    Raises EmptyText and Usage for what cannot be meant. With ``told`` nothing is refused:
    what cannot be used stays in the text, and that is added to ``told``.
    """
    line = parse(
        slip.text,
        today=slip.today,
        resolve=resolve,
        kind=None if slip.verb == "add" else slip.verb,
        year_start=slip.year_start,
        goal=slip.goal is not None,
    )
    if not line.text.strip():
        if told is None:
            raise EmptyText(nothing())
        line.text = slip.text
    for tag in slip.tags:
        if tag not in line.tags:
            line.tags.append(tag)
    _date(slip, line, told)
    if slip.revisit is not None:
        if line.kind in WRITTEN:
            line.revisit = slip.revisit
        elif told is None:
            raise Usage(_("What is written down is seen again; a matter is due."))
    if slip.number is not None:
        line.number = slip.number
    return line


def _date(slip: Slip, line: Capture, told: list[str] | None) -> None:
    """Give ``line`` the dates of the options; two dates for one thing are refused."""
    written = line.kind in WRITTEN
    wanted, problem = None, ""
    if slip.by is not None:
        wanted = slip.by
        if written and line.kind != "warn":
            problem = _("A {kind} is not due; for its day use --on.")
            problem = problem.format(kind=kind_word(line.kind))
        elif line.date not in (None, slip.by):
            problem = _("Two dates were given, in the text and by --by.")
    elif not written and slip.day > slip.today:
        problem = _("--on is the day it came up; for a due date use --by.")
    if not problem and slip.on is not None and written and line.kind != "warn":
        wanted = slip.on
        if line.date not in (None, slip.on):
            problem = _("Two dates were given, in the text and by --on.")
    if problem and told is None:
        raise Usage(problem)
    if wanted is None:
        return
    if line.date not in (None, wanted) and told is not None:
        keep(line, line.date_text, told)
    line.date = wanted


def keep(line: Capture, typed: str, told: list[str]) -> None:
    """Let ``typed`` stay at the end of the text of ``line``, and tell it."""
    line.text = f"{line.text} {typed}"
    told.append(_("{names} kept as text").format(names=typed))


def nothing() -> str:
    """The words for an empty text."""
    return _('There was nothing to write down. Try: ptui note "what happened"')


def may_count(slip: Slip) -> bool:
    """Whether ``--n`` may have a goal to add to, as far as can be told without a store.

    A goal is named by its handle alone.
    """
    if slip.goal is not None:
        return True
    text = slip.text.replace("＠", "@")
    pieces = text.split("@")[1:]
    return any(p[:1] in _GOAL and p[1:2].isdigit() for p in pieces if p)


def tag_name(text: str) -> str:
    """``text`` as a tag: without its #, and in one piece."""
    name = text.strip().removeprefix("#").removeprefix("＃")
    if not name or any(char.isspace() for char in name):
        raise Usage(_('A tag is one word, not "{text}".').format(text=text))
    return name


def written(slip: Slip) -> bytes:
    """``slip`` as JSON, filled up; ``read`` reads it.

    Written by hand: importing json costs more than all the rest of capturing.
    """
    fields = [
        f'"version":{VERSION}',
        *(
            f'"{name}":{_quoted(value)}'
            for name, value in (
                ("uid", slip.uid),
                ("at", slip.at.isoformat()),
                ("zone", slip.zone),
                ("today", slip.today.isoformat()),
                ("verb", slip.verb),
                ("text", slip.text),
                ("by", slip.by.isoformat() if slip.by else ""),
                ("on", slip.on.isoformat() if slip.on else ""),
                ("revisit", slip.revisit.isoformat() if slip.revisit else ""),
            )
        ),
        f'"year_start":{slip.year_start}',
        f'"goal":{"null" if slip.goal is None else _quoted(slip.goal)}',
        f'"n":{"null" if slip.number is None else repr(slip.number)}',
        f'"people":[{",".join(map(_quoted, slip.people))}]',
        f'"tags":[{",".join(map(_quoted, slip.tags))}]',
    ]
    data = ("{" + ",".join(fields) + "}").encode()
    return data + b" " * (-len(data) % ROUND)


def _quoted(text: str) -> str:
    """``text`` as a JSON string."""
    text = clean(text).replace("\\", "\\\\").replace('"', '\\"')
    if not text.isprintable():
        text = "".join(c if c >= " " else f"\\u{ord(c):04x}" for c in text)
    return f'"{text}"'


def read(data: bytes) -> Slip:
    """The slip that ``written`` wrote; ValueError for anything else."""
    import json
    from datetime import date, datetime

    def day(name: str) -> date | None:
        return date.fromisoformat(found[name]) if found[name] else None

    try:
        found = json.loads(data)
        if found["version"] != VERSION:
            raise ValueError("written by another version")
        slip = Slip(
            found["verb"],
            found["text"],
            at=datetime.fromisoformat(found["at"]),
            today=date.fromisoformat(found["today"]),
            year_start=int(found["year_start"]),
        )
        for name in ("uid", "zone", "goal", "people", "tags"):
            setattr(slip, name, found[name])
        slip.number = None if found["n"] is None else float(found["n"])
        slip.by, slip.on, slip.revisit = day("by"), day("on"), day("revisit")
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no slip") from error
    strings = [slip.verb, slip.text, slip.uid, slip.zone, slip.goal or ""]
    if not all(isinstance(each, str) for each in [*strings, *slip.people, *slip.tags]):
        raise ValueError("no slip")
    return slip
