"""A new passphrase and its recovery code, asked for and shown on the terminal."""

from __future__ import annotations

from plannertui.cli.asking import NoTerminal, Terminal
from plannertui.cli.unlocking import OPTION, TRIES, line
from plannertui.core.errors import Refused, Usage
from plannertui.core.passphrase import advice
from plannertui.i18n import gettext as _
from plannertui.store import sealing
from plannertui.store.key import bare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session
    from plannertui.store.key import Key


def by_script(session: Session) -> bool:
    """Whether a script gives everything: ``--passphrase-fd`` and ``--yes``."""
    return session.args.has(OPTION) and session.args.has("yes")


def new_key(session: Session) -> Key:
    """The key of a new passphrase: the descriptor's next line, or asked for twice.

    Where somebody sits there its recovery code was written down and typed back. Raises
    Refused where nobody can be asked, or the code was not typed back.
    """
    if by_script(session):
        return _made(session, line(session))
    try:
        with Terminal() as terminal:
            if session.args.has(OPTION):
                key = _made(session, line(session))
            else:
                key = sealing.new_key(_twice(terminal))
            _type_back(terminal, key.code)
            return key
    except NoTerminal as error:
        message = _(
            "A passphrase is asked for on a terminal. A script gives it with "
            "--passphrase-fd and --yes, and gets the recovery code on its output."
        )
        raise Refused(message) from error


def _made(session: Session, passphrase: str) -> Key:
    key = sealing.new_key(passphrase)
    said = advice(passphrase)
    if said:
        session.out.talk(said)
    return key


def _twice(terminal: Terminal) -> str:
    """A passphrase, typed the same twice; what it is taken for is said before."""
    terminal.say(
        _(
            "It protects what lies on the disk. Nobody can open it without the "
            "passphrase or the recovery code that is shown next."
        )
    )
    for _try in range(TRIES):
        text = terminal.secret(_("New passphrase: "))
        if text is None:
            break
        try:
            sealing.check_new(text)
        except Usage as error:
            terminal.say(error.message)
            continue
        said = advice(text)
        if said:
            terminal.say(said)
            terminal.say(_("Type it again to keep it, or Enter to choose another."))
        again = terminal.secret(_("The same once more: "))
        if again is None:
            break
        if again == text:
            return text
        if again:
            terminal.say(_("These were two different ones."))
    raise Refused(_("Nothing was changed."))


def show(terminal: Terminal, code: str) -> None:
    """Show ``code`` until Enter, on a screen that leaves nothing behind."""
    terminal.apart()
    terminal.say(
        _(
            "The recovery code opens the planner when the passphrase is forgotten. Write "
            "it on paper and keep it where nobody looks who should not read this."
        )
    )
    groups = code.split("-")
    half = len(groups) // 2
    terminal.say("")
    for part in (groups[:half], groups[half:]):
        terminal.say("    " + "  ".join(part))
    terminal.say("")
    if terminal.ask(_("Enter, when you have it: ")) is None:
        raise Refused(_("Nothing was changed."))


def _type_back(terminal: Terminal, code: str) -> None:
    """Show ``code`` and have it typed back; Enter alone shows it again."""
    show(terminal, code)
    wrong = 0
    terminal.apart()
    while wrong < TRIES:
        said = terminal.ask(
            _("Type the code, blanks are free (Enter alone shows it again): ")
        )
        if said is None:
            break
        if not said.strip():
            show(terminal, code)
            terminal.apart()
            continue
        if bare(said) == bare(code):
            return
        wrong += 1
        terminal.say(_where(said, code))
    raise Refused(_("The code was not typed back. Nothing was changed."))


def _where(said: str, code: str) -> str:
    """Which group of ``said`` differs first from ``code``."""
    typed, right = bare(said), bare(code)
    if len(typed) != len(right):
        text = _("That has {typed} letters and figures, the code has {right}.")
        return text.format(typed=len(typed), right=len(right))
    size = len(code.partition("-")[0])
    at = next(
        n for n, pair in enumerate(zip(typed, right, strict=True)) if len({*pair}) > 1
    )
    return _("Group {number} is another one.").format(number=at // size + 1)
