"""The forms in which things come in and go out: one table, each module imported when asked.

A module that reads has ``read(source, asked) -> Reading`` (see ``importing``); one that
writes has ``write(db, chosen, asked) -> Iterable[str]`` (see ``exporting``), or, where
``folder`` is set, ``write_folder(db, chosen, asked, path)``. Both raise BadFile with words
that name the line, where the form has lines.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from typing import Any, NamedTuple

from plannertui.core.errors import Usage
from plannertui.exchange.files import Source
from plannertui.i18n import N_
from plannertui.i18n import gettext as _


class Format(NamedTuple):
    """One form: its name, what it is for people, which ways it goes, and its module.

    ``endings`` are those of its files' names; ``marks`` what stands in the first bytes
    of a file of it and of no other, without case. ``folder``: it is written as several
    files.
    """

    name: str
    title: str
    reads: bool
    writes: bool
    module: str
    endings: tuple[str, ...] = ()
    marks: tuple[bytes, ...] = ()
    folder: bool = False


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            "ics",
            N_("calendar file (iCalendar)"),
            True,
            True,
            "ics",
            (".ics", ".ical", ".ifb", ".icalendar"),
            (b"begin:vcalendar",),
        ),
        Format(
            "jrnl", N_("jrnl: its JSON export, or its text file"), True, True, "jrnl"
        ),
        Format(
            "dayone",
            N_("Day One: the JSON export, as a zip"),
            True,
            False,
            "dayone",
            (".zip",),
        ),
        Format(
            "obsidian",
            N_("Obsidian: a folder of daily notes"),
            True,
            False,
            "obsidian",
            (".md",),
        ),
        Format(
            "org", N_("org-journal: Org files by days"), True, True, "org", (".org",)
        ),
        Format(
            "taskwarrior",
            N_("Taskwarrior: what task export prints"),
            True,
            False,
            "taskwarrior",
        ),
        Format("calcurse", N_("calcurse: its data folder"), True, False, "calcurse"),
        Format("todotxt", N_("todo.txt"), True, True, "todotxt"),
        Format(
            "csv",
            N_("table (CSV), with --map text=COLUMN,on=COLUMN"),
            True,
            True,
            "csvfile",
            (".csv", ".tsv"),
        ),
        Format(
            "markdown", N_("Markdown: a file, or a folder"), False, True, "markdown"
        ),
        Format("html", N_("one HTML page"), False, True, "htmlpage"),
    )
}

HEAD = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asked for: the moment, their day and zone, and the form's options.

    ``day_start`` is in minutes after midnight.

    ``zone`` is an IANA name, empty where the machine does not say. ``private``: what is
    private goes out, too. ``source``: only what came from there.
    """

    now: datetime
    today: date
    day_start: int = 240
    zone: str = ""
    private: bool = False
    source: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


ALSO = {
    "md": "markdown",
    "htm": "html",
    "ical": "ics",
    "icalendar": "ics",
    "todo": "todotxt",
    "task": "taskwarrior",
    "orgjournal": "org",
}
"""What people call a form otherwise, besides "todo.txt" and "day-one"."""


def named(name: str, *, reads: bool = False, writes: bool = False) -> Format:
    """The form called ``name``; Usage, with those there are, when there is none."""
    called = name.strip().lower().lstrip(".").replace(".", "").replace("-", "")
    form = FORMATS.get(ALSO.get(called, called))
    if form is None or (reads and not form.reads) or (writes and not form.writes):
        among = [
            one.name
            for one in FORMATS.values()
            if (one.reads or not reads) and (one.writes or not writes)
        ]
        raise Usage(
            _('There is no form "{name}". There are: {names}.').format(
                name=name, names=", ".join(sorted(among))
            )
        )
    return form


def guess(source: Source) -> Format | None:
    """The form of ``source`` by its first bytes, else by its name; None when unclear."""
    if not source.is_folder:
        head = plain(source.head(HEAD)).lower()
        for form in FORMATS.values():
            if form.reads and any(mark in head for mark in form.marks):
                return form
    ending = os.path.splitext(source.name)[1].lower()
    found = [form for form in FORMATS.values() if ending and ending in form.endings]
    return found[0] if len(found) == 1 and found[0].reads else None


def plain(raw: bytes) -> bytes:
    """The first bytes of a file without what UTF-16 puts between them."""
    return raw.replace(b"\0", b"") if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else raw


def module(form: Format) -> Any:
    """The module of ``form``, imported now."""
    return import_module("plannertui.exchange." + form.module)
