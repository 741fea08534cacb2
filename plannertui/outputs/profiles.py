"""Profiles: which material stands under which heading, as a form of one's organisation asks."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plannertui.core.errors import BadSettings, NotFound
from plannertui.i18n import gettext as _
from plannertui.i18n import language
from plannertui.outputs.render import HERE

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCES = (
    *("why", "task", "actions", "outcomes", "result", "documents", "witnesses"),
    *("credit", "failures", "learned", "months", "facts", "goals", "entries"),
    *("to_come", "serves"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One heading: where its material comes from, and whether it may be empty.

    ``tags`` choose the entries that belong there; with ``rest`` it takes those that no
    other part took. Nothing but those tags fills one that is written ``alone``.
    """

    heading: str
    source: str
    tags: tuple[str, ...] = ()
    rest: bool = False
    required: bool = False
    alone: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A form: parts of the whole, and parts of each goal's block."""

    name: str
    title: str
    sections: tuple[Part, ...]
    block: tuple[Part, ...]


def load(name: str, users: str = "") -> Profile:
    """The profile called ``name``; the user's own comes first."""
    for folder in (
        os.path.join(users, "profiles") if users else "",
        os.path.join(HERE, "profiles"),
    ):
        path = os.path.join(folder, f"{name}.toml") if folder else ""
        if path and os.path.isfile(path) and os.sep not in name:
            return _read(path, name)
    raise NotFound(
        _("There is no profile {name}. There are: {known}").format(
            name=name, known=", ".join(known(users))
        )
    )


def known(users: str = "") -> list[str]:
    """The names of all profiles."""
    found: dict[str, None] = dict.fromkeys(("plain", "star", "ccar", "cn-5"))
    if users and os.path.isdir(os.path.join(users, "profiles")):
        for file in sorted(os.listdir(os.path.join(users, "profiles"))):
            if file.endswith(".toml"):
                found[file[:-5]] = None
    return list(found)


def _read(path: str, name: str) -> Profile:
    try:
        with open(path, "rb") as file:
            data = tomllib.load(file)
        return Profile(
            name,
            _said(data.get("title", [name, name])),
            tuple(_part(row) for row in data.get("section", ())),
            tuple(_part(row) for row in data.get("block", ())),
        )
    except (
        tomllib.TOMLDecodeError,
        UnicodeDecodeError,
        TypeError,
        ValueError,
    ) as error:
        message = _("{path} cannot be read: {reason}. Mend it or move it away.")
        raise BadSettings(message.format(path=path, reason=error)) from error


def _part(row: dict[str, Any]) -> Part:
    source = row.get("from", "entries")
    if source not in SOURCES:
        raise ValueError(f"from = {source!r}: {', '.join(SOURCES)}")
    return Part(
        _said(row.get("heading", ["", ""])),
        source,
        tuple(str(tag).casefold() for tag in row.get("tags", ())),
        row.get("rest", False) is True,
        row.get("required", False) is True,
        row.get("alone", False) is True,
        _said(row.get("hint", ["", ""])),
    )


def _said(both: Sequence[str] | str) -> str:
    """A text in the language in use, of a pair or as it is."""
    if isinstance(both, str):
        return both
    return str(both[1 if language() == "zh_Hans" and len(both) > 1 else 0])
