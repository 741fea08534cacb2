"""The user's own editor on a private file that is gone afterwards."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress

from plannertui.core.errors import PlannerError, Refused
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plannertui.cli.session import Session

IN_MEMORY = frozenset(("tmpfs", "ramfs"))
SHARED = "/dev/shm"
PATIENCE = 2.0
ENDING = ("SIGTERM", "SIGHUP", "SIGQUIT")


def ask_editor(
    session: Session, text: str, keep: Callable[[str], None]
) -> tuple[str, str]:
    """``text`` as it comes back from the editor, and the file it is kept in until then.

    The file is read also when the editor ends with an error: what was written counts.
    The caller removes it with :func:`forget` once the text is safe. Of a sealed store it
    lies in memory only, and is gone also after a signal, which ``keep`` is given the
    text at; Refused where there is no such memory.
    """
    env = session.env
    words = session.settings.editor or env.get("VISUAL") or env.get("EDITOR") or "vi"
    try:
        command = shlex.split(words)
    except ValueError as error:
        raise Refused(
            _("The editor cannot be read: {command}").format(command=words)
        ) from error
    private = _private(env.get("XDG_RUNTIME_DIR"))
    sealed = session.db.key is not None
    if sealed:
        private = in_memory(private)
    folder = tempfile.mkdtemp(prefix="plannertui-", dir=private)
    path = os.path.join(folder, "text.md")
    try:
        with _signals(sealed):
            try:
                return _edited(session, command, words, path, text), path
            except _Ended:
                with suppress(PlannerError, OSError):
                    keep(_read(path, text, session))
                forget(path)
                raise
            except BaseException:
                forget(path)
                raise
    except _Ended as ended:
        os.kill(os.getpid(), ended.number)
        raise


class _Ended(BaseException):
    """A signal asks this process to end, and there is a text to be taken away first."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def _signals(sealed: bool) -> Iterator[None]:
    """Leave Ctrl-C to the editor; of a ``sealed`` store let no signal leave the text."""

    def end(number: int, _frame: object) -> None:
        # One is enough: what is done now is not to be cut off.
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        raise _Ended(number)

    # It would inherit that a signal is ignored, but not a function.
    before = {signal.SIGINT: signal.signal(signal.SIGINT, lambda *_signal: None)}
    if sealed:
        for name in ENDING:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _edited(
    session: Session, command: list[str], words: str, path: str, text: str
) -> str:
    """The text after the editor was used on it in the file ``path``."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(file, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text + "\n")
    session.out.flush()
    try:
        process = subprocess.Popen([*command, path])
    except OSError as error:
        raise Refused(
            _("The editor {command} does not start: {reason}. Set VISUAL.").format(
                command=words, reason=error.strerror
            )
        ) from error
    try:
        code = process.wait()
    except _Ended:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
        raise
    if code:
        session.out.talk(
            _(
                "The editor ended with code {code}; its text is taken all the same."
            ).format(code=code)
        )
    return _read(path, text, session)


def _read(path: str, text: str, session: Session) -> str:
    """What the file has by now; ``text`` where nothing of it was changed."""
    try:
        with open(path, "rb") as back:
            written = session.decode(back.read())
    except FileNotFoundError:
        return text
    written = written.replace("\r\n", "\n")
    return text if written == text + "\n" else written.rstrip("\n")


def in_memory(private: str | None) -> str:
    """A folder for what must not come onto a disk; Refused where there is none."""
    from plannertui.store.place import file_system

    for folder in (private, SHARED):
        if folder and os.access(folder, os.W_OK | os.X_OK):
            real = os.path.realpath(folder)
            if file_system(real) in IN_MEMORY:
                return real
    raise Refused(
        _(
            "The planner is encrypted, and an editor would write the text onto the disk: "
            "there is no folder in memory. Set XDG_RUNTIME_DIR to one (tmpfs), or use: "
            "ptui edit J105 --text -"
        )
    )


def forget(path: str) -> None:
    """Overwrite and remove the private file, with whatever the editor left there."""
    folder = os.path.dirname(path)
    for inside, _folders, names in os.walk(folder):
        for name in names:
            _overwrite(os.path.join(inside, name))
    shutil.rmtree(folder, ignore_errors=True)


def _overwrite(path: str) -> None:
    try:
        file = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
    except OSError:
        return
    try:
        os.pwrite(file, bytes(os.fstat(file).st_size), 0)
        os.fsync(file)
    except OSError:
        pass
    finally:
        os.close(file)


def _private(folder: str | None) -> str | None:
    """The user's runtime folder where there is one that can be written."""
    if folder and os.path.isdir(folder) and os.access(folder, os.W_OK):
        return folder
    return None
