"""Help that fits a screen: what a verb takes, then examples."""

from __future__ import annotations

from plannertui.cli.options import Args, Command, Group
from plannertui.cli.output import Output
from plannertui.core.errors import Usage
from plannertui.core.text import cell_width, pad
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from plannertui.cli.session import Session

VERBS = (
    (N_("Write"), "add note win promise waiting ask warn lesson grey"),
    (N_("Each day"), "today one carry onthisday notify"),
    (N_("Look"), "calendar matters boundary evidence mirror ls search show"),
    (N_("Change"), "edit done move drop reopen undo redo log"),
    (N_("Trash"), "rm trash restore purge"),
    (
        N_("Things"),
        "goal leader person year reflect review revisit event meet situation",
    ),
    (N_("To work"), "report ready"),
    (N_("Data"), "lock unlock backup inbox doctor export import schema completion"),
)
OPTIONS = (
    ("--json", N_("one JSON document; errors as JSON on stderr")),
    ("-q, --quiet", N_("no talk: only the data")),
    ("--db PATH", N_("the data file; --config PATH the settings")),
    ("--lang LANG", N_("en or zh_Hans; --demo looks around in an invented year")),
    ("--passphrase-fd N", N_("read the passphrase from that file descriptor")),
    ("--", N_("everything after it is text")),
)
EXAMPLES = (
    N_('ptui win "Twelve old cases closed" --goal G1 --n 12'),
    N_('ptui promise "list of the 30 oldest cases" --to L1 --by fri'),
    "ptui today",
    N_("ptui ls --since monday --kind win"),
    N_("ptui move M41 --to +3d --told"),
)


def show_all(env: Mapping[str, str]) -> int:
    """Print the help of the whole program."""
    out = Output(env)
    out.line(_("Usage: ptui VERB [words] [options]      ptui alone opens the screen"))
    out.line()
    names = [_(name) for name, _verbs in VERBS]
    width = max(map(cell_width, names)) + 2
    for name, (_name, verbs) in zip(names, VERBS, strict=True):
        out.line("  ", (pad(name, width), "strong"), verbs)
    out.line()
    for option, text in OPTIONS:
        out.line("  ", (pad(option, 19), "accent"), _(text))
    out.line()
    out.line(_("ptui VERB --help tells more. Examples:"))
    for example in EXAMPLES:
        out.line("  ", _(example))
    out.flush()
    return 0


def show_group(group: Group, path: str, env: Mapping[str, str]) -> int:
    """Print the help of a noun: its commands."""
    out = Output(env)
    out.line(_("Usage: ptui {path} COMMAND [words] [options]").format(path=path))
    out.line()
    out.line(_(group.summary))
    out.line()
    width = max(map(len, group.commands)) + 2
    for name, command in group.commands.items():
        if command.name != name:
            # Another word for the same.
            continue
        out.line("  ", (pad(name, width), "strong"), _(command.summary))
    _examples(out, [_(example) for example in group.examples])
    out.flush()
    return 0


def show_command(command: Command, path: str, env: Mapping[str, str]) -> int:
    """Print the help of one verb."""
    out = Output(env)
    words = " " + _(command.words) if command.words else ""
    out.line(_("Usage: ptui {path}{words} [options]").format(path=path, words=words))
    out.line()
    out.line(_(command.summary))
    for note in command.notes:
        out.line(_(note))
    rows = []
    for option in command.options:
        if not option.help:
            continue
        name = "--" + option.name
        if option.short:
            both = f"-{option.short}, {name}"
            name = "-" + option.short if option.short == option.name else both
        if option.value:
            name += f"[={option.value}]" if option.optional else f" {option.value}"
        rows.append((name, _(option.help)))
    if rows:
        out.line()
        width = max(cell_width(name) for name, _text in rows) + 2
        for name, text in rows:
            out.line("  ", (pad(name, width), "accent"), text)
    _examples(out, [_(example) for example in command.examples])
    out.flush()
    return 0


def _examples(out: Output, examples: list[str]) -> None:
    if examples:
        out.line()
        out.line(_("Examples:"))
        for example in examples:
            out.line("  ", example)


DATES = (
    ("2024-09-20", N_("also 2024/9/20, 20 sep 2024, 2024年9月20日")),
    ("9-20, sep 20", N_("the next one when planning, the last one when writing")),
    ("today, tomorrow", N_("yesterday; 今天 明天 后天 昨天 前天")),
    ("fri", N_("the next Friday when planning, the last when writing; 周五")),
    ("next fri, last fri", N_("of the week after or before this one; 下周五 上周五")),
    ("+3d, +2w, +1m", N_("from today; in 2 weeks, 3d ago, 三天后")),
    ("eow, eom, eoq, eoy", N_("the end of the week, month, quarter, year; 月底 年底")),
    ("sow, som, soq, soy", N_("their first days")),
    ("2024-W37, W37", N_("a week: its last day, or all of it in a list")),
    ("2024-09, sep", N_("a month; this month, last month, 本月 上个月")),
    ("Q3, 2024-Q3, H1", N_("a quarter or half year, by the start of your year")),
    ("2024, this year", N_("a year")),
    ("last 30 days", N_("in lists: the days up to today")),
)


def show_dates(env: Mapping[str, str]) -> int:
    """Print how a date can be written."""
    out = Output(env)
    out.line(_("How to write a date, in options and after ^ in a line"))
    out.line()
    width = max(cell_width(name) for name, _text in DATES) + 2
    for name, text in DATES:
        out.line("  ", (pad(name, width), "accent"), _(text))
    out.line()
    out.line(
        _("What is not clear is an error, never a guess: 11/12/2024, 7, march 35.")
    )
    out.line()
    out.line(_("Examples:"))
    for example in (
        N_("ptui promise the list --to L1 --by 'next fri'"),
        "ptui ls --on 'last week'",
        "ptui ls --from 2024-Q2 --to eom",
    ):
        out.line("  ", _(example))
    out.flush()
    return 0


def run(session: Session, args: Args) -> int:
    """Print the help of the verb named, or of the program."""
    from plannertui.cli.main import find

    if not args.words:
        return show_all(session.env)
    path = args.words[0]
    if path == "dates":
        return show_dates(session.env)
    command = find(path)
    for word in args.words[1:]:
        if isinstance(command, Group) and word in command.commands:
            command = command.commands[word]
            path = f"{path} {word}"
        else:
            command = None
    if command is None:
        raise Usage(
            _('There is no verb "{word}". See: {call}--help').format(
                word=" ".join(args.words), call="ptui "
            )
        )
    if isinstance(command, Group):
        return show_group(command, path, session.env)
    return show_command(command, path, session.env)


COMMANDS: dict[str, Command | Group] = {
    "help": Command(
        "help",
        N_("Show the help of the program, of a verb, or of dates."),
        run,
        words=N_("[VERB | dates]"),
        examples=("ptui help promise", "ptui help goal add", "ptui help dates"),
    )
}
