"""The program's entry: find the verb, run it, turn errors into words and exit codes."""

from __future__ import annotations

import os
import sys

from plannertui import i18n
from plannertui.cli.options import Command, Group, nearest, parse, split_common
from plannertui.cli.streams import forget, leave, let_go
from plannertui.core.errors import Locked, PlannerError, Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plannertui.cli.session import Session
    from plannertui.store.open import Store
    from plannertui.store.seal import Seal
    from plannertui.store.settings import Settings

QUICK = "quick"
VERBS = {
    "add": QUICK,
    "note": QUICK,
    "win": QUICK,
    "promise": QUICK,
    "waiting": QUICK,
    "ask": QUICK,
    "warn": QUICK,
    "lesson": QUICK,
    "grey": QUICK,
    "today": "daily",
    "one": "one",
    "carry": "carry",
    "onthisday": "thisday",
    "ls": "lists",
    "search": "lists",
    "show": "show",
    "edit": "edit",
    "done": "change",
    "move": "change",
    "drop": "change",
    "reopen": "change",
    "matters": "matters",
    "boundary": "boundary",
    "rm": "bin",
    "trash": "bin",
    "restore": "bin",
    "purge": "bin",
    "log": "versions",
    "undo": "bin",
    "redo": "bin",
    "goal": "goals",
    "leader": "leaders",
    "person": "leaders",
    "year": "years",
    "calendar": "calendar",
    "reflect": "reflect",
    "review": "reviews",
    "revisit": "revisits",
    "event": "events",
    "notify": "notify",
    "meet": "meetverbs",
    "situation": "situations",
    "report": "report",
    "ready": "report",
    "evidence": "evidence",
    "mirror": "mirror",
    "inbox": "inbox",
    "lock": "lock",
    "unlock": "lock",
    "doctor": "doctor",
    "backup": "backup",
    "export": "exchange",
    "import": "exchange",
    "schema": "schemas",
    "completion": "completion",
    "__complete": "completion",
    "help": "help",
}
# The verbs of every day: what they do first is to open the store.
DAILY = frozenset(
    verb for verb, module in VERBS.items() if module in (QUICK, "daily", "lists")
)
# Without a verb, these ask for something else than the screen on one's own store.
NO_SCREEN = frozenset(("--version", "--help", "-h", "--demo"))
ALIASES = {
    "new": "add",
    "list": "ls",
    "find": "search",
    "grep": "search",
    "delete": "rm",
    "gray": "grey",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program on ``argv`` (the process's own by default); the exit code."""
    tokens = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _checked(tokens, os.environ)
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        # The reader has what it wanted; nothing may be written at exit either.
        forget(1)
        code = 0
    if argv is None:
        if "textual" not in sys.modules:
            leave(code)
        let_go()
    return code


def find(verb: str) -> Command | Group | None:
    """The command or group called ``verb``, imported now; None when there is none."""
    verb = ALIASES.get(verb, verb)
    module = VERBS.get(verb)
    if module is None:
        return None
    if module == QUICK:
        from plannertui.cli import quick

        return quick.command(verb)
    from importlib import import_module

    commands: dict[str, Command | Group]
    commands = import_module("plannertui.cli." + module).COMMANDS
    return commands.get(verb)


def _checked(tokens: list[str], env: Mapping[str, str]) -> int:
    """Run ``tokens``; every error becomes one line (or JSON) and an exit code."""
    from plannertui.cli.output import Output

    session: list[Session] = []
    try:
        try:
            code = _run(tokens, env, session)
            if session:
                session[0].end()
            return code
        finally:
            if session:
                session[0].close()
    except PlannerError as error:
        plain = tokens[: tokens.index("--")] if "--" in tokens else tokens
        if session and error.code != "output":
            error.text = error.text or session[0].taken
        Output(env, json="--json" in plain).failed(error)
        if error.code == "output":
            forget(1)
        return error.exit_code
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except OSError as error:
        if env.get("PLANNERTUI_DEBUG"):
            raise
        reason = error.strerror or str(error)
        words = _("The system refused: {reason}.").format(reason=reason)
        if error.filename is not None:
            words = _("The system refused: {reason}: {path}").format(
                reason=reason, path=os.fsdecode(error.filename)
            )
        Output(env, json="--json" in tokens).failed(PlannerError(words))
        forget(1)
        return 1
    except Exception as error:
        if env.get("PLANNERTUI_DEBUG"):
            raise
        words = _(
            "This is a fault of the program: {kind}. Run it again with "
            "PLANNERTUI_DEBUG=1 to see where."
        ).format(kind=type(error).__name__)
        Output(env, json="--json" in tokens).failed(PlannerError(words))
        return 1


def _run(tokens: list[str], env: Mapping[str, str], session: list[Session]) -> int:
    """Find what ``tokens`` ask for and do it."""
    front, rest = split_common(tokens)
    verb = rest[0] if rest and not rest[0].startswith("-") else ""
    settings, db, sealed = _surroundings(verb, tokens, env)
    if not verb:
        from plannertui.cli.screen import without_verb

        return without_verb(parse(front + rest, ()), env, settings, db)
    rest = rest[1:]
    command = find(verb)
    if command is None:
        raise Usage(_unknown_verb(verb, VERBS))
    path = ALIASES.get(verb, verb)
    while isinstance(command, Group):
        more, rest = split_common(rest)
        front += more
        name = rest[0] if rest and not rest[0].startswith("-") else ""
        if name in command.commands:
            rest = rest[1:]
        elif "--help" in front or "-h" in front or rest[:1] in (["--help"], ["-h"]):
            from plannertui.cli.help import show_group

            return show_group(command, path, env)
        elif name:
            if not command.other:
                raise Usage(_unknown_verb(name, command.commands, path))
            name = command.other
        elif command.default:
            name = command.default
        else:
            raise Usage(
                _("{path} needs one of: {names}.").format(
                    path=path, names=", ".join(command.commands)
                )
            )
        command = command.commands[name]
        path = f"{path} {name}"
    before = rest[: rest.index("--")] if "--" in rest else rest
    if "--help" in front + before or "-h" in front + before:
        # Asked for before the words are read, so that it always answers.
        from plannertui.cli.help import show_command

        return show_command(command, path, env)
    args = parse(front + rest, command.options)
    if args.has("demo"):
        raise Usage(_("--demo is for the screen: ptui --demo"))
    from plannertui.cli.session import Session

    session.append(Session(args, env, settings, db, sealed))
    return command.run(session[0], args)


def _surroundings(
    verb: str, tokens: Sequence[str], env: Mapping[str, str]
) -> tuple[Settings | None, Store | None, Seal | None]:
    """The settings and, where it helps to read them, the store; the language is set.

    Of a locked store into which one captures its note is given, and the settings in it.
    Errors in the command line are told in it, so it is wanted before the line is read.
    What a settings file says is remembered in the store: the screen and the verbs of
    every day ask there, without a TOML parser. Whoever needs what cannot be read says so.
    """
    from plannertui.store.settings import config_path, load

    path = config_path(env, _peek(tokens, "--config"))
    settings = db = note = None
    try:
        name = ALIASES.get(verb, verb)
        screen = not verb and NO_SCREEN.isdisjoint(tokens)
        if VERBS.get(name) == QUICK:
            db, note = _locked(tokens, env)
        if note is not None:
            from plannertui.cli.sealed import settings_of

            settings = settings_of(note, path, env)
        else:
            daily = screen or name in DAILY
            if db is None and daily and os.path.exists(path):
                from plannertui.store.open import open_store
                from plannertui.store.settings import data_path

                file = data_path(env, _peek(tokens, "--db"))
                if os.path.exists(file):
                    from plannertui.cli.clock import now

                    try:
                        db = open_store(file, now=now(env))
                    except Locked:
                        # Nobody is asked twice: what needs it asks when it opens it.
                        from plannertui.cli.unlocking import held

                        db = held(file, env, now(env))
            settings = load(path, env, db)
    except PlannerError:
        pass
    asked = settings.language if settings is not None else i18n.guess(env)
    i18n.use(_language(tokens) or asked)
    return settings, db, note


def _locked(
    tokens: Sequence[str], env: Mapping[str, str]
) -> tuple[Store | None, Seal | None]:
    """The store that an unlocked session opens, else the note of the locked store.

    Neither where it is not sealed, or is about to be unlocked by what the user gives.
    """
    from plannertui.store.settings import data_path

    path = os.path.realpath(data_path(env, _peek(tokens, "--db")))
    # One look: that is all it costs where nothing is sealed.
    if not os.path.exists(path + ".seal") or _peek(tokens, "--passphrase-fd"):
        return None, None
    from plannertui.cli.clock import now
    from plannertui.cli.sealed import note_of
    from plannertui.cli.unlocking import held

    db = held(path, env, now(env))
    return (db, None) if db is not None else (None, note_of(path))


def _language(tokens: Sequence[str]) -> str:
    """The language that ``--lang`` asks for, empty without it."""
    asked = _peek(tokens, "--lang")
    if not asked:
        return ""
    if asked.lower().startswith("zh"):
        return "zh_Hans"
    if asked.lower().partition("_")[0] != "en":
        raise Usage(_('--lang is en or zh_Hans, not "{text}".').format(text=asked))
    return "en"


def _peek(tokens: Sequence[str], name: str) -> str | None:
    """The value that ``--name`` seems to have."""
    for at, token in enumerate(tokens):
        if token == "--":
            break
        if token == name and at + 1 < len(tokens):
            return tokens[at + 1]
        if token.startswith(name + "="):
            return token[len(name) + 1 :]
    return None


def _unknown_verb(word: str, among: Mapping[str, object], path: str = "") -> str:
    """The words for a verb that is none of ``among``; it is never taken as text."""
    near = nearest(word, [name for name in among if name[0] != "_"])
    call = f"ptui {path} ".replace("  ", " ")
    if near:
        return _('There is no verb "{word}". Did you mean: {call}{near}').format(
            word=word, call=call, near=near
        )
    return _('There is no verb "{word}". See: {call}--help').format(
        word=word, call=call
    )
