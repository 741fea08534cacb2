"""``completion``: scripts for bash, zsh and fish, and the hidden verb that they ask."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.options import COMMON, Args, Command, Group, Option, split_common
from plannertui.core.errors import PlannerError, Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.cli.session import Session

    Found = list[tuple[str, str]]

BASH = """\
_ptui() {
    local IFS=$'\\n'
    COMPREPLY=($("$1" __complete -- bash "${COMP_LINE:0:$COMP_POINT}" 2>/dev/null))
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _ptui ptui plannertui
"""
ZSH = """\
#compdef ptui plannertui
_ptui() {
    local -a values shown
    local line
    for line in "${(@f)$("${words[1]}" __complete -- zsh "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        values+=("${line%%$'\\t'*}")
        shown+=("${line//$'\\t'/  }")
    done
    (( $#values )) && compadd -l -d shown -a values || _files
}
if [[ $funcstack[1] == _ptui ]]; then _ptui "$@"; else compdef _ptui ptui plannertui; fi
"""
FISH = """\
function __ptui_complete
    set -l line (commandline -opc) (commandline -ct)
    $line[1] __complete -- fish $line[2..-1] 2>/dev/null
end
complete -c ptui -a '(__ptui_complete)'
complete -c plannertui -a '(__ptui_complete)'
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}

# Where bash begins a new word inside of what people see as one.
BREAKS = "@=:"
DATES = (
    *("today", "tomorrow", "yesterday", "mon", "tue", "wed", "thu", "fri", "+1w"),
    "eom",
)
# The letters of the handles that an argument or a value of this name may be.
NOUNS = {
    "GOAL": "G",
    "MILESTONE": "G",
    "PRIORITY": "L",
    "LEADER": "L",
    "PERSON": "LP",
    "WHO": "LP",
    "EVENT": "E",
    "REF": "LPG",
    "HANDLE": "GLPMESJ",
}
MOST = 40


def script(session: Session, args: Args) -> int:
    """Print the script of one shell."""
    (shell,) = nouns.only(args, 1, "ptui completion")
    if shell not in SCRIPTS:
        raise Usage(
            _("{value} is none of: {choices}").format(
                value=shell, choices=", ".join(SCRIPTS)
            )
        )
    if session.out.out is not None:
        session.out.out.write(SCRIPTS[shell])
    return 0


def complete(session: Session, args: Args) -> int:
    """Print what the last word may become, a line each, with a tab before its meaning."""
    shell, *words = args.words or [""]
    cut = ""
    if shell == "bash":
        words = _split(words[0] if words else "")[1:]
        current = words[-1] if words else ""
        at = max(map(current.rfind, BREAKS))
        cut = current[: at + 1]
    if not words:
        words = [""]
    try:
        found = candidates(session, words)
    except PlannerError:
        # Nothing to offer is no reason to write into somebody's command line.
        found = []
    for value, meaning in found:
        value = value[len(cut) :]
        plain = shell == "bash" or not meaning
        session.out.line(value if plain else f"{value}\t{meaning}")
    return 0


def _split(line: str) -> list[str]:
    """The words of a command line that may end inside a quotation."""
    words, word, quote, begun = [], "", "", False
    escaped = False
    for char in line:
        if escaped:
            word, escaped = word + char, False
        elif char == "\\" and quote != "'":
            escaped = begun = True
        elif quote:
            if char == quote:
                quote = ""
            else:
                word += char
        elif char in "'\"":
            quote, begun = char, True
        elif char in " \t":
            if begun or word:
                words.append(word)
            word, begun = "", False
        else:
            word += char
    return [*words, word]


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
    return _words(session, command.words, current)


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
    if kind == "LANG":
        return _starting([("en", ""), ("zh_Hans", "")], current)
    if kind in NOUNS:
        return _handles(session, NOUNS[kind], current)
    return _starting([(word, "") for word in _choices(command, option)], current)


def _choices(command: Command, option: Option) -> Sequence[str]:
    """The fixed words that ``option`` takes; none where it takes any."""
    from plannertui.core import events, goals, people, priorities

    if option.name == "basis":
        return people.BASES
    if option.name == "relation":
        return people.RELATIONS
    if option.name in ("kind", "state"):
        of_events = "EVENT" in command.words or "[TITLE…]" in command.words
        if command.name in ("ls", "search") and len(command.options) > 5:
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
            for value, meaning in _handles(session, "LPG", current[1:])
        ]
    if current.startswith(("#", "＃")):
        return [(current[0] + name, "") for name, _n in _tags(session, current[1:])]
    letters = "".join(NOUNS[name] for name in NOUNS if name in takes)
    if letters:
        return _handles(session, letters, current)
    if "bash|zsh|fish" in takes:
        return _starting([(shell, "") for shell in SCRIPTS], current)
    if "VERB" in takes:
        from plannertui.cli.main import VERBS

        return _starting([(v, "") for v in VERBS if not v.startswith("_")], current)
    return []


def _handles(session: Session, letters: str, current: str) -> Found:
    """Handles and aliases that begin with ``current``.

    Only people and goals are named; of anything else the text stays in the store.
    """
    from plannertui.core.people import slug
    from plannertui.store.refs import complete as read

    if not _there(session):
        return []
    found: Found = []
    tries = [current] if current else list(dict.fromkeys(letters))
    for one in tries:
        for handle, label, noun in read(session.db, one, MOST):
            if handle[0] not in letters:
                continue
            named = noun in ("person", "goal")
            meaning = label.split("\n", 1)[0][:40] if named else ""
            by_handle = handle.casefold().startswith(current.casefold())
            if by_handle:
                found.append((handle, meaning))
            if (
                noun == "person"
                and current
                and slug(label).startswith(current.casefold())
            ):
                found.append((slug(label), handle))
    return list(dict.fromkeys(found))


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


COMMANDS: dict[str, Command | Group] = {
    "completion": Command(
        "completion",
        N_("Print the completion script of a shell."),
        script,
        words="bash|zsh|fish",
        notes=(
            N_("bash: put this into ~/.bashrc:  source <(ptui completion bash)"),
            N_("zsh: into ~/.zshrc, after compinit:  source <(ptui completion zsh)"),
            N_("fish: ptui completion fish > ~/.config/fish/completions/ptui.fish"),
        ),
        examples=("ptui completion bash",),
    ),
    "__complete": Command("__complete", "", complete, words="-- SHELL WORDS…"),
}
