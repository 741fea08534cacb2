"""The user's own editor on a private file that is gone afterwards."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile

from plannertui.core.errors import Refused
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session


def ask_editor(session: Session, text: str) -> tuple[str, str]:
    """``text`` as it comes back from the editor, and the file it is kept in until then.

    The file is read also when the editor ends with an error: what was written counts.
    The caller removes it with :func:`forget` once the text is safe.
    """
    env = session.env
    words = session.settings.editor or env.get("VISUAL") or env.get("EDITOR") or "vi"
    try:
        command = shlex.split(words)
    except ValueError as error:
        raise Refused(
            _("The editor cannot be read: {command}").format(command=words)
        ) from error
    folder = tempfile.mkdtemp(
        prefix="plannertui-", dir=_private(env.get("XDG_RUNTIME_DIR"))
    )
    path = os.path.join(folder, "text.md")
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(file, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text + "\n")
    session.out.flush()
    # Ctrl-C belongs to the editor as long as it runs.
    # It would inherit that the signal is ignored, but not a function.
    before = signal.signal(signal.SIGINT, lambda *_signal: None)
    try:
        done = subprocess.run([*command, path], check=False)
    except OSError as error:
        forget(path)
        raise Refused(
            _("The editor {command} does not start: {reason}. Set VISUAL.").format(
                command=words, reason=error.strerror
            )
        ) from error
    finally:
        signal.signal(signal.SIGINT, before)
    if done.returncode:
        session.out.talk(
            _(
                "The editor ended with code {code}; its text is taken all the same."
            ).format(code=done.returncode)
        )
    try:
        with open(path, "rb") as back:
            written = session.decode(back.read())
    except FileNotFoundError:
        return text, path
    written = written.replace("\r\n", "\n")
    return (text if written == text + "\n" else written.rstrip("\n")), path


def forget(path: str) -> None:
    """Remove the private file and its folder, with whatever the editor left there."""
    shutil.rmtree(os.path.dirname(path), ignore_errors=True)


def _private(folder: str | None) -> str | None:
    """The user's runtime folder where there is one that can be written."""
    if folder and os.path.isdir(folder) and os.access(folder, os.W_OK):
        return folder
    return None
