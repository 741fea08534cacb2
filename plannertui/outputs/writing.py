"""Writing a report to a file: whole or not at all, for its owner's eyes, never over another."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from plannertui.core.errors import NotFound, Refused, StoreError, Usage
from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from plannertui.outputs.report import Report

ENDINGS = (".md", ".html", ".pdf", ".txt")


def write(report: Report, path: str, *, replace: bool = False) -> str:
    """Write ``report`` as the ending of ``path`` says, and give the full path.

    Raises Refused for a file that is there already, unless ``replace``; and for a report
    that still lacks what its form asks for.
    """
    path = os.path.abspath(os.path.expanduser(path))
    if report.missing:
        raise Refused(
            _("Not written yet: {missing}.").format(missing="; ".join(report.missing))
        )
    ending = os.path.splitext(path)[1].lower()
    if ending not in ENDINGS:
        raise Usage(
            _("A report is written to a file that ends in {endings}.").format(
                endings=", ".join(ENDINGS[:3])
            )
        )
    check(path, replace=replace)
    if ending == ".html":
        content = report.html().encode()
    elif ending == ".pdf":
        content = pdf(report)
    else:
        content = report.markdown.encode()
    _put(path, content, replace)
    return path


def check(path: str, *, replace: bool) -> None:
    """Refuse a path that cannot or may not be written to."""
    try:
        there = os.lstat(path)
    except FileNotFoundError:
        there = None
    except OSError as error:
        raise _failed(path, error) from error
    if there is not None and not stat.S_ISREG(there.st_mode):
        message = _("{path} is no ordinary file. Choose another name.")
        raise Refused(message.format(path=path))
    if there is not None and not replace:
        message = _("{path} is there already. Choose another name, or --yes.")
        raise Refused(message.format(path=path))
    check_folder(os.path.dirname(path))


def check_folder(folder: str) -> None:
    """Refuse a folder that is none, or in which others could put a link in the way."""
    if not os.path.isdir(folder):
        raise NotFound(_("There is no folder {path}.").format(path=folder))
    mode = os.stat(folder).st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        message = _("Everybody may write to {path}. Choose another folder.")
        raise Refused(message.format(path=folder))


def _put(path: str, content: bytes, replace: bool) -> None:
    part = f"{path}.{os.getpid()}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        fd = os.open(part, flags, 0o600)
        with open(fd, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(part, path)
        else:
            take_name(part, path)
    except FileExistsError:
        message = _("{path} is there already. Choose another name, or --yes.")
        raise Refused(message.format(path=path)) from None
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        if os.path.lexists(part):
            os.unlink(part)


def take_name(part: str, path: str) -> None:
    """Call the file ``part`` ``path``; FileExistsError where the name is taken.

    A link fails where it was taken in the meantime; a rename does not.
    """
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks know no links: there the name is taken first, and then filled.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        os.close(os.open(path, flags, 0o600))
        os.replace(part, path)


def _failed(path: str, error: OSError) -> StoreError:
    message = _("{path} cannot be written: {reason}")
    return StoreError(message.format(path=path, reason=error.strerror))


def pdf(report: Report) -> bytes:
    """The page of ``report`` as a PDF; Refused where the extra is not installed."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise Refused(
            _(
                "PDF needs an extra: pip install 'plannertui[pdf]'. Or write .html and "
                "print it from the browser."
            )
        ) from error
    made: bytes = HTML(string=report.html(), url_fetcher=_nothing).write_pdf()
    return made


def _nothing(url: str) -> dict[str, str]:
    """No page of ours fetches anything."""
    raise ValueError(url)
