"""``completion``: scripts for bash, zsh and fish, and the hidden verb that they ask."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.options import Args, Command, Group
from plannertui.core.errors import PlannerError, Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session

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
    from plannertui.cli.candidates import candidates

    session.asks = False
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
