"""A prompt file as people write it, and where exactly it is wrong."""

from __future__ import annotations

import tomllib
from typing import Any

from plannertui.core.errors import BadSettings
from plannertui.core.prompts import (
    CADENCES,
    POINTS,
    TRIGGERS,
    YIELDS,
    Bank,
    Cadence,
    Lens,
    Prompt,
)
from plannertui.core.text import clean
from plannertui.i18n import gettext as _

ID_LENGTH = 40
TEXT_LENGTH = 300

TOP_KEYS = ("version", "points", "disable", "lens", "prompt")
LENS_KEYS = ("id", "order", "name_en", "name_zh")
PROMPT_KEYS = (
    "id",
    "lens",
    "cadence",
    "point",
    "text_en",
    "text_zh",
    "trigger",
    "yields",
)

Table = dict[str, Any]


class PromptFile:
    """Reads one prompt file and says where it is wrong."""

    def __init__(self, text: str | bytes, path: str) -> None:
        self.path = path
        if isinstance(text, bytes):
            try:
                text = text.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                line = error.object.count(b"\n", 0, error.start) + 1
                raise self.wrong(_("this is not UTF-8 text"), line) from error
        self.text = text.removeprefix("\ufeff")

    def bank(self, base: Bank | None) -> Bank:
        """The bank of this file, on top of ``base``."""
        try:
            data = tomllib.loads(self.text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            # The library's own words hold line and column: "… (at line 3, column 5)".
            raise self.wrong(
                _("this is not valid TOML: {reason}").format(reason=error)
            ) from error
        for key in data:
            if key not in TOP_KEYS:
                raise self.unknown_key(key, TOP_KEYS, self.line_of(key))
        lenses = list(base.lenses) if base else []
        for line, table in self.tables(data, "lens"):
            lenses.append(self.lens(table, line, lenses))
        lenses.sort(key=lambda lens: lens.order)
        known = {prompt.id for prompt in (base.prompts if base else ())}
        prompts = list(base.prompts) if base else []
        names = {lens.id for lens in lenses}
        for line, table in self.tables(data, "prompt"):
            prompts.append(self.prompt(table, line, names, known))
            known.add(prompts[-1].id)
        off = self.disabled(data, known)
        points = data.get("points", {})
        if not isinstance(points, dict):
            raise self.wrong(_("points is not a table"), self.line_of("points"))
        bank = Bank(
            tuple(prompt for prompt in prompts if prompt.id not in off),
            tuple(lenses),
            {**(base.points if base else {}), **points},
            tuple(prompt for prompt in prompts if prompt.id in off),
        )
        if not bank.of("daily"):
            raise self.wrong(
                _("disable leaves no daily question; leave at least one"),
                self.line_of("disable"),
            )
        return bank

    def lens(self, table: Table, line: int, have: list[Lens]) -> Lens:
        """One ``[[lens]]``; it comes last when it has no order."""
        key = self.key(table, line, "lens")
        where = f"lens “{key}”"
        for name in table:
            if name not in LENS_KEYS:
                raise self.unknown_key(name, LENS_KEYS, self.line_of(name, line), where)
        if any(lens.id == key for lens in have):
            raise self.wrong(_("this id is taken already"), line, where)
        order = table.get("order", max((lens.order for lens in have), default=0) + 1)
        if not isinstance(order, int) or isinstance(order, bool):
            raise self.wrong(_("order is not a whole number"), line, where)
        en, zh = self.both(table, "name", line, where)
        return Lens(key, order, en, zh)

    def prompt(
        self, table: Table, line: int, lenses: set[str], have: set[str]
    ) -> Prompt:
        """One ``[[prompt]]``."""
        key = self.key(table, line, "prompt")
        where = f"prompt “{key}”"
        for name in table:
            if name not in PROMPT_KEYS:
                raise self.unknown_key(
                    name, PROMPT_KEYS, self.line_of(name, line), where
                )
        if key in have:
            raise self.wrong(
                _("this id is taken already; give it another one"), line, where
            )
        lens = self.choice(table, "lens", tuple(sorted(lenses)), line, where)
        cadence = self.choice(table, "cadence", CADENCES, line, where)
        trigger = ""
        if cadence == "situational" or ("trigger" in table and cadence == "yearly"):
            trigger = self.choice(table, "trigger", TRIGGERS, line, where)
        elif "trigger" in table:
            raise self.wrong(
                _("trigger goes only with cadence = “situational” or “yearly”"),
                line,
                where,
            )
        point = self.choice(table, "point", POINTS, line, where, optional=True)
        yields = self.choice(table, "yields", YIELDS, line, where, optional=True)
        en, zh = self.both(table, "text", line, where)
        known: Cadence = next(name for name in CADENCES if name == cadence)
        return Prompt(key, lens, known, point, en, zh, trigger, yields)

    def disabled(self, data: Table, known: set[str]) -> set[str]:
        """The ids that the file leaves off."""
        off = data.get("disable", [])
        line = self.line_of("disable")
        if not isinstance(off, list) or not all(isinstance(name, str) for name in off):
            raise self.wrong(_("disable is not a list of ids"), line)
        for name in off:
            if name not in known:
                raise self.wrong(
                    _("disable: no prompt has the id “{id}”").format(id=name), line
                )
        return set(off)

    def tables(self, data: Table, name: str) -> list[tuple[int, Table]]:
        """The ``[[name]]`` tables, each with the line that it starts on."""
        found = data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(t, dict) for t in found):
            raise self.wrong(
                _("write [[{name}]] for each one").format(name=name),
                self.line_of(name),
            )
        heads = [
            number
            for number, line in enumerate(self.text.split("\n"), 1)
            if line.partition("#")[0].replace(" ", "").strip() == f"[[{name}]]"
        ]
        lines = heads if len(heads) == len(found) else [0] * len(found)
        return list(zip(lines, found, strict=True))

    def key(self, table: Table, line: int, noun: str) -> str:
        """The id of a table."""
        key = table.get("id")
        if not isinstance(key, str) or not key.strip():
            raise self.wrong(_("id is missing"), line, f"[[{noun}]]")
        if len(key) > ID_LENGTH or not key.isprintable() or "|" in key or " " in key:
            raise self.wrong(
                _("an id is one short word, such as my-01"), line, f"{noun} “{key:.60}”"
            )
        return key

    def choice(
        self,
        table: Table,
        name: str,
        allowed: tuple[str, ...],
        line: int,
        where: str,
        *,
        optional: bool = False,
    ) -> str:
        """The value of ``name``, one of ``allowed``; empty when left out of choice."""
        value = table.get(name)
        if value is None and optional:
            return ""
        if value is None:
            raise self.wrong(
                _("{key} is missing; known are {names}").format(
                    key=name, names=", ".join(allowed)
                ),
                line,
                where,
            )
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(
                _("{key} = “{value}” is not known; known are {names}").format(
                    key=name,
                    value=" ".join(str(value).split())[:ID_LENGTH],
                    names=", ".join(allowed),
                ),
                self.line_of(name, line),
                where,
            )
        return value

    def both(self, table: Table, name: str, line: int, where: str) -> tuple[str, str]:
        """The English and the Chinese ``name``; one alone stands for both."""
        found = []
        for key in (f"{name}_en", f"{name}_zh"):
            value = table.get(key, "")
            if not isinstance(value, str):
                raise self.wrong(_("{key} is not text").format(key=key), line, where)
            value = clean(value).strip()
            if len(value) > TEXT_LENGTH:
                raise self.wrong(
                    _("{key} is longer than {count} characters").format(
                        key=key, count=TEXT_LENGTH
                    ),
                    line,
                    where,
                )
            found.append(value)
        en, zh = found
        if not en and not zh:
            raise self.wrong(
                _("give {key}_en, {key}_zh or both").format(key=name), line, where
            )
        return en or zh, zh or en

    def line_of(self, key: str, after: int = 0) -> int:
        """The line past ``after`` that sets ``key``; ``after`` when it cannot be told."""
        for number, line in enumerate(self.text.split("\n"), 1):
            if number > after and line.strip(" \t[\"'").startswith(key):
                return number
        return after

    def unknown_key(
        self, key: str, allowed: tuple[str, ...], line: int, where: str = ""
    ) -> BadSettings:
        """The error for a key that nothing reads."""
        if where and key in TOP_KEYS:
            return self.wrong(
                _("{key} belongs above the first [[lens]] or [[prompt]]").format(
                    key=key
                ),
                line,
                where,
            )
        return self.wrong(
            _("{key} is not a known key; known are {names}").format(
                key=key, names=", ".join(allowed)
            ),
            line,
            where,
        )

    def wrong(self, words: str, line: int = 0, where: str = "") -> BadSettings:
        """The error that says where and what."""
        place = self.path
        if line:
            place = _("{path}, line {line}").format(path=place, line=line)
        return BadSettings(": ".join(part for part in (place, where, words) if part))
