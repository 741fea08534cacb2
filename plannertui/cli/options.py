"""Command lines: what a verb takes, and what was given to it."""

from __future__ import annotations

from plannertui.core.errors import Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plannertui.cli.session import Session

    Run = Callable[["Session", "Args"], int]


__all__ = ["COMMON", "N_", "Args", "Command", "Group", "Option", "parse"]


class Option:
    """One option: ``--name``, with a value when ``value`` names it for people.

    Without ``help`` it is not listed: the help of another or a note tells of it.
    ``many``: may be given again. ``optional``: the value may be left out; then the next
    word is taken as the value unless it is an option or looks like a handle.
    """

    __slots__ = ("help", "many", "name", "optional", "short", "value")

    def __init__(
        self,
        name: str,
        value: str = "",
        help: str = "",  # noqa: A002
        *,
        short: str = "",
        many: bool = False,
        optional: bool = False,
    ) -> None:
        self.name = name
        self.value = value
        self.help = help
        self.short = short
        self.many = many
        self.optional = optional


COMMON = (
    Option("json"),
    Option("quiet", short="q"),
    Option("help", short="h"),
    Option("db", "PATH"),
    Option("config", "PATH"),
    Option("lang", "LANG"),
    Option("passphrase-fd", "N"),
    Option("demo"),
    Option("version"),
)


class Args:
    """What was given: ``words`` in order, and the options by name.

    ``literal`` is the number of words, from the end, that came after ``--``.
    """

    __slots__ = ("given", "literal", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.given: dict[str, list[str]] = {}
        self.literal = 0

    def has(self, name: str) -> bool:
        """Whether ``--name`` was given."""
        return name in self.given

    def get(self, name: str) -> str | None:
        """The value of ``--name``, None when it was not given."""
        values = self.given.get(name)
        return values[-1] if values else None

    def all(self, name: str) -> list[str]:
        """The values of ``--name``, in the order given."""
        return self.given.get(name, [])

    def number(self, name: str) -> float | None:
        """The value of ``--name`` as a number."""
        text = self.get(name)
        if text is None:
            return None
        value = plain_number(text)
        if value is None:
            raise Usage(
                _('--{name} takes a number, not "{text}".').format(name=name, text=text)
            )
        return value

    def count(self, name: str) -> int | None:
        """The value of ``--name`` as a whole number from 1."""
        text = self.get(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and int(text[:18]) > 0):
            raise Usage(
                _('{option} takes a whole number from 1, not "{text}".').format(
                    option=("-" if len(name) == 1 else "--") + name, text=text
                )
            )
        return int(text[:18])

    def choice(self, name: str, among: Sequence[str]) -> str | None:
        """The value of ``--name``, one of ``among``."""
        text = self.get(name)
        if text is not None and text not in among:
            raise Usage(
                _('--{name} is one of {choices}, not "{text}".').format(
                    name=name, choices=", ".join(among), text=text
                )
            )
        return text


class Command:
    """One verb: what it is for, what it takes, and the function that does it.

    ``words`` shows its arguments in the usage line; summary, notes and examples are
    msgids. ``run`` returns the exit code and raises PlannerError.
    """

    __slots__ = ("examples", "name", "notes", "options", "run", "summary", "words")

    def __init__(
        self,
        name: str,
        summary: str,
        run: Run,
        *,
        words: str = "",
        options: Sequence[Option] = (),
        notes: Sequence[str] = (),
        examples: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.summary = summary
        self.run = run
        self.words = words
        self.options = options
        self.notes = notes
        self.examples = examples


class Group:
    """A noun with commands of its own, such as ``goal add``; groups nest.

    ``default`` is the command meant by the noun alone, ``other`` the one meant when the
    first word is none of the commands (``goal G1``); empty: that is a usage error.
    """

    __slots__ = ("commands", "default", "examples", "name", "other", "summary")

    def __init__(
        self,
        name: str,
        summary: str,
        commands: dict[str, Command | Group],
        *,
        default: str = "",
        other: str = "",
        examples: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.summary = summary
        self.commands = commands
        self.default = default
        self.other = other
        self.examples = examples


def plain_number(text: str) -> float | None:
    """``text`` as a number below 1e15, full-width forms too; None for anything else."""
    try:
        value = float(text.replace("−", "-").replace("－", "-").replace("．", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e15 and "_" not in text else None


def is_option(token: str) -> bool:
    """Whether ``token`` is written as an option: ``-x``, ``--name`` or ``--name=…``.

    Text that merely begins with a hyphen ("- milk", "-5 °C", "--") is none.
    """
    name = token.split("=", 1)[0].lstrip("-")
    if not token.startswith("-") or not name or not name[0].isalpha():
        return False
    if not token.startswith("--"):
        return len(name) == 1 or name[1:].isdigit()
    return name.isascii() and name.replace("-", "").isalnum()


def looks_like_handle(token: str) -> bool:
    """Whether ``token`` is a letter with a number: J105, g2.3."""
    number = token[1:].replace(".", "", 1)
    return token[:1].isascii() and token[:1].isalpha() and number.isdigit()


def nearest(word: str, among: Sequence[str]) -> str:
    """The one of ``among`` that ``word`` most likely means, empty when none is near."""
    from difflib import get_close_matches

    found = get_close_matches(word.lower(), among, n=1, cutoff=0.6)
    return found[0] if found else ""


def split_common(tokens: Sequence[str]) -> tuple[list[str], list[str]]:
    """``tokens`` as the common options in front and the rest, which starts with a word."""
    names = {f"--{option.name}": option for option in COMMON}
    names.update({f"-{option.short}": option for option in COMMON if option.short})
    at = 0
    while at < len(tokens):
        token = tokens[at]
        option = names.get(token.split("=", 1)[0])
        if option is None:
            break
        at += 1
        if option.value and "=" not in token:
            at += 1
    return list(tokens[:at]), list(tokens[at:])


def parse(tokens: Sequence[str], options: Sequence[Option]) -> Args:
    """Read ``tokens`` by ``options`` and the common ones.

    Options and words may stand in any order; after ``--`` everything is a word.
    """
    names: dict[str, Option] = {}
    for option in (*COMMON, *options):
        names["--" + option.name] = option
        if option.short:
            names["-" + option.short] = option
    args = Args()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token == "--":
            args.words.extend(tokens[at:])
            args.literal = len(tokens) - at
            break
        if not is_option(token) and not (token in names and token == "-0"):
            args.words.append(token)
            continue
        name, equals, value = token.partition("=")
        if name not in names and not name.startswith("--") and name[:2] in names:
            name, equals, value = name[:2], "=", name[2:]
        found = names.get(name)
        if found is None:
            raise Usage(_unknown(name, list(names)))
        if not found.value:
            if equals:
                raise Usage(_("{name} takes no value.").format(name=name))
            value = ""
        elif not equals and not found.optional:
            if at >= len(tokens):
                raise Usage(_("{name} needs a value.").format(name=name))
            value = tokens[at]
            at += 1
        elif not equals and at < len(tokens):
            follows = tokens[at]
            free = follows != "--" and not is_option(follows)
            if free and not looks_like_handle(follows):
                value = follows
                at += 1
        if found.value == "PATH" and not value:
            # An unset variable in a script must not mean the usual file.
            raise Usage(_("{name} needs a value.").format(name=name))
        if found.name in args.given and found.value and not found.many:
            raise Usage(_("{name} was given twice.").format(name=name))
        args.given.setdefault(found.name, []).append(value)
    return args


def _unknown(name: str, among: Sequence[str]) -> str:
    """The words for an option that is none of ``among``."""
    near = nearest(name, among)
    if near:
        return _("There is no option {name}. Did you mean {near}?").format(
            name=name, near=near
        )
    return _(
        "There is no option {name}. Put -- before text that begins with -."
    ).format(name=name)
