"""Templates: where they are, filled in inside a sandbox, and what to do about a bad one."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from plannertui.core.errors import BadSettings
from plannertui.i18n import gettext as _
from plannertui.outputs.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data")
OWN = os.path.join(HERE, "templates")
LARGEST = 200_000


def folder_of(settings_path: str) -> str:
    """The folder of the user's own templates, beside the settings; "" for none."""
    return (
        os.path.join(os.path.dirname(settings_path), "templates")
        if settings_path
        else ""
    )


def fill(name: str, language: str, data: Mapping[str, Any], users: str) -> str:
    """The template ``name`` of ``language`` filled with ``data``.

    The user's own, in the folder ``users``, comes first. BadSettings names the file and
    line of one that cannot be used.
    """
    places = [os.path.join(OWN, language)]
    if users and os.path.isdir(own := os.path.join(users, language)):
        places.insert(0, own)
        # They may be changed at any time: looked up and read anew for each report.
        sandbox = _sandbox(places, kept=0)
    else:
        sandbox = _shipped(language)
    try:
        made = sandbox.get_template(f"{name}.md").render(data)
    except TemplateSyntaxError as error:
        raise _bad(error.filename or name, error.lineno, str(error.message)) from error
    except UnicodeDecodeError as error:
        raise _bad(os.path.join(places[0], f"{name}.md"), 1, str(error)) from error
    except (
        TemplateError,
        OverflowError,
        TypeError,
        ValueError,
        ArithmeticError,
    ) as error:
        path, line = _place(error, places)
        raise _bad(path or name, line, str(error)) from error
    except (AttributeError, LookupError, RecursionError, OSError) as error:
        path, line = _place(error, places)
        raise _bad(path or name, line, str(error)) from error
    if len(made) > LARGEST:
        raise _bad(os.path.join(places[0], f"{name}.md"), 1, _("far too long"))
    made = re.sub(r"[ \t]+\n", "\n", made)
    return re.sub(r"\n{3,}", "\n\n", made).strip() + "\n"


@lru_cache
def _shipped(language: str) -> ImmutableSandboxedEnvironment:
    """The sandbox of the templates that came with the program, each compiled once."""
    return _sandbox([os.path.join(OWN, language)], kept=20)


def _sandbox(places: list[str], kept: int) -> ImmutableSandboxedEnvironment:
    sandbox = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(places),
        # Markdown: the texts are escaped on their way in.
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        cache_size=kept,
    )
    for word in ("lipsum", "cycler", "joiner", "dict"):
        sandbox.globals.pop(word, None)
    sandbox.filters["listed"] = lambda words: listed([str(word) for word in words])
    return sandbox


def _place(error: BaseException, places: list[str]) -> tuple[str, int]:
    """The file and line of a template in which ``error`` came up."""
    found = "", 0
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if any(file.startswith(place) for place in places):
            found = file, trace.tb_lineno
        trace = trace.tb_next
    return found


def _bad(path: str, line: int, reason: str) -> BadSettings:
    return BadSettings(
        _(
            "{path}, line {line}: {reason}. Mend the template, or move it away to use "
            "the one that came with the program."
        ).format(path=path, line=line, reason=reason.rstrip("."))
    )


def copy_out(users: str) -> list[str]:
    """Copy the templates and profiles into the folder ``users``; the new files.

    What is there already stays as it is.
    """
    made = []
    for root, target in (
        (OWN, users),
        (os.path.join(HERE, "profiles"), f"{users}/profiles"),
    ):
        for folder, _folders, files in os.walk(root):
            goal = os.path.normpath(os.path.join(target, os.path.relpath(folder, root)))
            os.makedirs(goal, mode=0o700, exist_ok=True)
            for name in sorted(files):
                path = os.path.join(goal, name)
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
                try:
                    fd = os.open(path, flags, 0o600)
                except FileExistsError:
                    continue
                with (
                    open(os.path.join(folder, name), "rb") as source,
                    open(fd, "wb") as file,
                ):
                    file.write(source.read())
                made.append(path)
    return made
