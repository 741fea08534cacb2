"""What the last word of a command line may become: verbs, options, handles, tags."""

from __future__ import annotations

from plannertui.cli.options import COMMON, Command, Group, Option, split_common
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.cli.session import Session

    Found = list[tuple[str, str]]

DATES = (
    *("today", "tomorrow", "yesterday", "mon", "tue", "wed", "thu", "fri", "+1w"),
    "eom",
)
# What an argument or a value of this name may be.
NOUNS: dict[str, tuple[str, ...]] = {
    "GOAL": ("goal",),
    "MILESTONE": ("milestone",),
    "PRIORITY": ("priority",),
    "LEADER": ("person",),
    "PERSON": ("person",),
    "WHO": ("person",),
    "EVENT": ("event",),
    "MATTER": ("matter",),
    "REF": ("person", "goal"),
    "HANDLE": (
        *("matter", "entry", "goal", "milestone", "event", "situation", "person"),
        "priority",
    ),
}
# Words that may stand after a handle.
FIXED: dict[str, tuple[str, ...]] = {
    "ANSWER": ("yes", "partly", "no"),
    "up|down": ("up", "down"),
}
# The letters that the handles of each begin with.
LETTERS = {
    "person": "LP",
    "goal": "G",
    "milestone": "G",
    "priority": "LP",
    "event": "E",
    "matter": "M",
    "entry": "J",
    "situation": "S",
}
REPORTED = ("event", "situation", "person")
MOST = 40


def candidates(session: Session, words: Sequence[str]) -> Found:
    """What the last of ``words`` may become."""
    from plannertui.cli.main import ALIASES, VERBS, find

    *before, current = words
    front, rest = split_common(before)
    _remember(session, front)
    if not rest:
        if current.startswith("-"):
            return _options((), current)
        verbs = [verb for verb in VERBS if not verb.startswith("_")]
        return _starting([(verb, "") for verb in verbs], current)
    command = find(ALIASES.get(rest[0], rest[0]))
    rest = rest[1:]
    while isinstance(command, Group):
        more, rest = split_common(rest)
        _remember(session, more)
        if rest and rest[0] in command.commands:
            command = command.commands[rest[0]]
            rest = rest[1:]
        elif not rest and not current.startswith("-"):
            names = [(name, _(one.summary)) for name, one in command.commands.items()]
            found = _starting(names, current)
            other = command.commands.get(command.other)
            if isinstance(other, Command) and current:
                found += _words(session, other.words, current)
            return found
        else:
            name = command.other if rest else command.default
            command = command.commands.get(name)
    if command is None:
        return []
    return _of(session, command, rest, current)


def _of(
    session: Session, command: Command, before: Sequence[str], current: str
) -> Found:
    """What ``current`` may be after ``before`` in the words of ``command``."""
    if "--" in before:
        return _words(session, "", current)
    options = {f"--{option.name}": option for option in (*COMMON, *command.options)}
    options |= {
        f"-{option.short}": option
        for option in (*COMMON, *command.options)
        if option.short
    }
    _remember(session, before)
    name, equals, value = current.partition("=")
    if equals and name in options and options[name].value:
        found = _values(session, command, options[name], value)
        return [(f"{name}={one}", meaning) for one, meaning in found]
    if before and before[-1] in options:
        option = options[before[-1]]
        if option.value:
            found = _values(session, command, option, current)
            if not option.optional:
                return found
            return found + _words(session, command.words, current)
    if current.startswith("-"):
        return _options(command.options, current)
    if command.name == "schema":
        return _schemas(before, current)
    if "B12" in command.words or (command.name == "restore" and current[:1] in "Bb"):
        return _backups(session, current) + _words(session, command.words, current)
    return _words(session, command.words, current)


def _schemas(before: Sequence[str], current: str) -> Found:
    """The next word of the verbs that have a schema and begin with ``before``."""
    from plannertui.cli.schemas import verbs

    at = len(before)
    begun = [verb.split() for verb in verbs() if verb.split()[:at] == list(before)]
    words = dict.fromkeys(verb[at] for verb in begun if len(verb) > at)
    return _starting([(word, "") for word in words], current)


def _backups(session: Session, current: str) -> Found:
    """The backups that begin with ``current``, each with its moment."""
    from plannertui.store.shelf import ls

    found = [(one.handle, one.at[:16].replace("T", " ")) for one in ls(session.path)]
    return _starting(found, current)


def _options(options: Sequence[Option], current: str) -> Found:
    """The options that begin with ``current``."""
    every = [
        (f"--{option.name}", _(option.help) if option.help else "")
        for option in (*options, *COMMON)
    ]
    return _starting(every, current)


def _values(session: Session, command: Command, option: Option, current: str) -> Found:
    """What the value of ``option`` may be."""
    kind = option.value
    if kind == "DATE":
        return _starting([(word, "") for word in DATES], current)
    if kind == "TAG":
        return _tags(session, current)
    if kind == "FORM":
        return _starting(_forms(command), current)
    if kind == "LANG":
        return _starting([("en", ""), ("zh_Hans", "")], current)
    if kind in NOUNS:
        return _handles(session, NOUNS[kind], current)
    return _starting([(word, "") for word in _choices(command, option)], current)


def _forms(command: Command) -> Found:
    """The forms that things come in, or go out, in."""
    from plannertui.exchange.formats import FORMATS

    ways = {"import": "reads", "export": "writes"}
    way = ways.get(command.name, "reads")
    return [(one.name, _(one.title)) for one in FORMATS.values() if getattr(one, way)]


def _choices(command: Command, option: Option) -> Sequence[str]:
    """The fixed words that ``option`` takes; none where it takes any."""
    from plannertui.core import boundary, events, goals, matters, people, priorities

    if option.name == "every":
        return ("1w", "2w", "1m", "none")
    if option.name == "repeat":
        return ("daily", "workdays", "weekly", "2w", "monthly", "yearly", "none")
    if option.name == "remind":
        return ("10m", "30m", "1h", "1d", "none")
    if "MATTER" in command.words and option.name in ("kind", "decision"):
        return tuple(boundary.KINDS) if option.name == "kind" else matters.DECISIONS
    if any(each.name == "quadrants" for each in command.options):
        words = {"kind": (*matters.KINDS, "grey"), "state": (*matters.STATES, "all")}
        if option.name in words:
            return words[option.name]
    if option.name == "side":
        return tuple(matters.SIDES)
    if option.name == "nature":
        return matters.NATURES
    if "|" in option.value:
        return option.value.split("|")
    if option.value == "LIST":
        from plannertui.cli.daylists import LISTS

        return LISTS
    if option.name == "basis":
        return people.BASES
    if option.name == "profile":
        from plannertui.cli.report import PROFILES

        return PROFILES
    if option.name == "relation":
        return people.RELATIONS
    if option.name in ("kind", "state"):
        of_events = "EVENT" in command.words or "[TITLE…]" in command.words
        if any(each.name in ("text", "best") for each in command.options):
            from plannertui.cli import lists

            return lists.KINDS if option.name == "kind" else lists.STATES
        if of_events or command.name == "ls":
            return events.KINDS if option.name == "kind" else events.STATES
        if option.name == "kind":
            return priorities.KINDS
        return (
            ("active", "paused", "draft") if "GOAL" in command.words else goals.STATES
        )
    return ()


def _words(session: Session, takes: str, current: str) -> Found:
    """What a word of a command may be: a name after @, a tag after #, a handle."""
    if current.startswith(("@", "＠")):
        return [
            (current[0] + value, meaning)
            for value, meaning in _handles(session, NOUNS["REF"], current[1:])
        ]
    if current.startswith(("#", "＃")):
        return [(current[0] + name, "") for name, _n in _tags(session, current[1:])]
    wanted = [noun for name in NOUNS if name in takes for noun in NOUNS[name]]
    if wanted:
        fixed = [word for name in FIXED if name in takes for word in FIXED[name]]
        found = _starting([(word, "") for word in fixed], current)
        return _handles(session, wanted, current) + found
    if "DATE" in takes:
        return _starting([(word, "") for word in DATES], current)
    if "KIND [SUBJECT]" in takes:
        from plannertui.cli.report import KINDS

        told = [(kind, _(about)) for kind, about in KINDS.items()]
        return _starting(told, current) or _handles(session, REPORTED, current)
    if "bash|zsh|fish" in takes:
        return _starting([(shell, "") for shell in takes.split("|")], current)
    if "VERB" in takes:
        from plannertui.cli.main import VERBS

        return _starting([(v, "") for v in VERBS if not v.startswith("_")], current)
    return []


def _handles(session: Session, wanted: Sequence[str], current: str) -> Found:
    """Handles of the ``wanted`` nouns, and aliases, that begin with ``current``.

    Only people and goals are named; of anything else the text stays in the store.
    """
    from plannertui.core.people import slug
    from plannertui.store import people
    from plannertui.store.refs import resolve

    if not _there(session):
        return []
    found: Found = []
    if current and "person" in wanted:
        found = [
            (slug(person.alias), person.handle)
            for person in people.ls(session.db)
            if slug(person.alias).startswith(current.casefold())
        ]
    rows: list[tuple[str, str]] = []
    letter = current.rstrip("0123456789").upper()
    for noun in dict.fromkeys(wanted):
        for first in LETTERS[noun]:
            if not current:
                rows += _rows(session, noun, first, chr(ord(first) + 1), "")
            elif letter and letter[0] == first:
                rows += _rows(
                    session, noun, letter, letter + "\0", current[len(letter) :]
                )
    for handle, noun in rows[:MOST]:
        named = resolve(session.db, handle)
        if named is not None:
            told = named[2] if noun in ("person", "goal") else ""
            found.append((handle, told.split("\n", 1)[0][:40]))
    return found


def _rows(
    session: Session, noun: str, first: str, last: str, digits: str
) -> list[tuple[str, str]]:
    """Handles of ``noun`` from ``first`` up to ``last``, their numbers as begun, newest first."""
    where, values = "", []
    if digits:
        begun = []
        for more in range(7):
            low = int(digits[:9]) * 10**more
            begun.append("number BETWEEN ? AND ?")
            values += [low, low + 10**more - 1]
        where = f" AND ({' OR '.join(begun)})"
    found: list[tuple[str, str]] = session.db.read(
        "SELECT letter || number, type FROM handle WHERE letter >= ? AND letter < ? "
        f"AND type = ?{where} ORDER BY letter DESC, number DESC LIMIT ?",
        (first, last, noun, *values, MOST),
    )
    found.reverse()
    return found


def _tags(session: Session, current: str) -> Found:
    from plannertui.store.refs import tags

    if not _there(session):
        return []
    return [(name, str(count)) for name, count in tags(session.db, current)[:MOST]]


def _there(session: Session) -> bool:
    """Whether there is a store to ask; completing makes none."""
    import os

    return os.path.exists(session.path)


def _remember(session: Session, tokens: Sequence[str]) -> None:
    """Let --db and --config in the words to be completed count."""
    for at, token in enumerate(tokens):
        for name in ("db", "config"):
            if token == f"--{name}" and at + 1 < len(tokens):
                session.args.given[name] = [tokens[at + 1]]
            elif token.startswith(f"--{name}="):
                session.args.given[name] = [token.partition("=")[2]]


def _starting(found: Sequence[tuple[str, str]], current: str) -> Found:
    return [one for one in found if one[0].startswith(current)]
