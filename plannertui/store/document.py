"""Reading an exported document with care: what it says is checked before it is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from math import isfinite
from typing import Any

from plannertui.core import (
    entries,
    events,
    goals,
    matters,
    people,
    priorities,
    situations,
    years,
)
from plannertui.core.errors import BadFile, NewerSchema, PlannerError
from plannertui.i18n import gettext as _
from plannertui.store.dump import FORMAT, TABLES, VERSION
from plannertui.store.open import SCHEMA, Store
from plannertui.store.rows import dump

Tables = dict[str, list[dict[str, Any]]]

LARGEST = 512 * 1024 * 1024

DATES = frozenset(
    [
        "day",
        "due",
        "start",
        "starts_on",
        "ends_on",
        "slot_on",
        "checked_on",
        "since",
        "until",
        "closed_on",
        "told_on",
        "appraisal_on",
        "about",
        "done_on",
        "revisit_on",
        "first_on",
        "last_on",
    ]
)
STAMPS = frozenset(["created_at", "updated_at", "deleted_at", "at"])
LISTS = frozenset(
    [
        *("refusals", "standards", "lines", "askers", "moves", "agenda", "checks"),
        *("carried", "firsts", "skipped", "extra", "reminders"),
    ]
)
OBJECTS = frozenset(
    [
        "style",
        "boundary",
        "facts",
        "chair",
        "heart",
        "options",
        "move",
        "close",
        "follow_up",
        "win",
        "mirror",
        "snapshot",
        "before",
        "kept",
    ]
)
CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("year", "state"): years.STATES,
    ("goal", "state"): goals.STATES,
    ("goal", "measure_direction"): goals.DIRECTIONS,
    ("person", "relation"): people.RELATIONS,
    ("person", "state"): people.STATES,
    ("priority", "kind"): priorities.KINDS,
    ("priority", "basis"): priorities.BASES,
    ("priority", "state"): priorities.STATES,
    ("matter", "kind"): matters.KINDS,
    ("matter", "nature"): matters.NATURES,
    ("matter", "origin"): matters.ORIGINS,
    ("matter", "state"): matters.STATES,
    ("event", "kind"): events.KINDS,
    ("event", "state"): events.STATES,
    ("situation", "kind"): situations.KINDS,
    ("situation", "state"): situations.STATES,
    ("entry", "kind"): entries.KINDS,
    ("entry", "share"): entries.SHARES,
}


def parse(text: str) -> Any:
    """The value of JSON ``text``; BadFile with line and column when it is none."""
    try:
        return json.loads(text)
    except RecursionError:
        raise BadFile(_("The file is nested too deeply to be an export.")) from None
    except ValueError as error:
        if not isinstance(error, json.JSONDecodeError):
            raise BadFile(_("The file holds a number that is too long.")) from None
        raise BadFile(
            _("The file is not JSON: line {line}, column {column}: {reason}.").format(
                line=error.lineno, column=error.colno, reason=error.msg
            )
        ) from None


def checked(db: Store, document: Any) -> Tables:
    """The tables of an exported ``document``, every row complete and of the right types.

    Raises BadFile naming table, row and column, and NewerSchema for one that a newer
    version has made.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise BadFile(_("The file is not an export of plannertui (ptui export)."))
    for key, known in (("version", VERSION), ("schema", SCHEMA)):
        number = document.get(key)
        if not isinstance(number, int):
            raise BadFile(_("The file is not an export of plannertui (ptui export)."))
        if number > known:
            raise NewerSchema(
                _("The file was made by a newer version of plannertui: update first.")
            )
    given = document.get("tables")
    if not isinstance(given, dict):
        raise BadFile(_("The file is not an export of plannertui (ptui export)."))
    unknown = sorted(set(given) - set(TABLES))
    if unknown:
        raise BadFile(
            _("The file has an unknown table: {table}.").format(table=unknown[0])
        )
    return {table: _table(db, table, given.get(table, [])) for table in TABLES}


def _table(db: Store, table: str, rows: Any) -> list[dict[str, Any]]:
    if not isinstance(rows, list):
        raise _wrong(table, 0, "[…]")
    blank, checks = _columns(db, table)
    known = blank.keys()
    found = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not row.keys() <= known:
            extra = sorted(row.keys() - known) if isinstance(row, dict) else ["{…}"]
            raise _wrong(table, number, extra[0])
        found.append({**blank, **row})
        if table == "revision" and isinstance(before := found[-1]["before"], dict):
            # So the first version wrote what people were before their names went out.
            found[-1]["before"] = dump(before)
    for name, check in checks:
        try:
            values = {row[name] for row in found}
        except TypeError:
            values = None
        if values is None or not all(map(check, values)):
            raise _wrong(table, _first_wrong(found, name, check), name)
        if not _keepable(values):
            for row in found:
                if isinstance(row[name], str):
                    row[name] = _text(row[name])
    return found


def _first_wrong(
    rows: list[dict[str, Any]], name: str, check: Callable[[Any], bool]
) -> int:
    """The number of the first row whose ``name`` fails ``check``, from 1."""
    for number, row in enumerate(rows, 1):
        value = row[name]
        if isinstance(value, list | dict) or not check(value):
            return number
    return len(rows)


def _keepable(values: set[Any]) -> bool:
    """Whether every text among ``values`` can be kept as it is."""
    texts = "".join([value for value in values if value.__class__ is str])
    if "\0" in texts:
        return False
    try:
        texts.encode()
    except UnicodeEncodeError:
        return False
    return True


def _columns(
    db: Store, table: str
) -> tuple[dict[str, Any], list[tuple[str, Callable[[Any], bool]]]]:
    """A row of defaults, and for each column what its values have to be."""
    blank: dict[str, Any] = {}
    checks = []
    for _cid, name, kind, required, default, key in db.read(
        f"PRAGMA table_info({table})"
    ):
        blank[name] = None
        if default is not None:
            blank[name] = db.read(f"SELECT {default}")[0][0]
        checks.append((name, _check(table, name, kind, bool(required or key))))
    return blank, checks


def _check(table: str, name: str, kind: str, required: bool) -> Callable[[Any], bool]:
    """What a value of this column has to be."""
    choices = CHOICES.get((table, name))
    check: Callable[[Any], bool]
    if choices is not None:
        check = set(choices).__contains__
    elif table == "sqlite_sequence":
        return lambda value: isinstance(value, int | str)
    elif name in DATES:
        check = _is_date
    elif name in STAMPS:
        check = _is_stamp
    elif name in ("skipped", "extra"):
        check = _is_days
    elif name == "reminders":
        check = _is_minutes
    elif name == "repeat":
        check = _is_repeat
    elif name in LISTS:
        check = _is_list
    elif name in OBJECTS:
        check = _is_object
    elif kind == "INTEGER":
        check = _is_integer
    elif kind == "REAL":
        check = _is_number
    else:
        check = _is_text
    if required:
        return check
    return lambda value: value is None or check(value)


def _is_text(value: Any) -> bool:
    return value.__class__ is str


def _is_integer(value: Any) -> bool:
    return value.__class__ is int and -(1 << 63) <= value < 1 << 63


def _is_number(value: Any) -> bool:
    if value.__class__ is int:
        return bool(abs(value) < 1 << 63)
    return value.__class__ is float and isfinite(value)


def _is_date(value: Any) -> bool:
    try:
        return (
            value.__class__ is str
            and len(value) == 10
            and bool(date.fromisoformat(value))
        )
    except ValueError:
        return False


def _is_stamp(value: Any) -> bool:
    try:
        return value.__class__ is str and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def _is_list(value: Any) -> bool:
    return value == "[]" or isinstance(_json(value), list)


def _is_days(value: Any) -> bool:
    if value == "[]":
        return True
    found = _json(value)
    return isinstance(found, list) and all(map(_is_date, found))


def _is_minutes(value: Any) -> bool:
    if value == "[]":
        return True
    found = _json(value)
    return isinstance(found, list) and all(map(_is_integer, found))


def _is_repeat(value: Any) -> bool:
    """The rhythm of a series, or a rule that can be read."""
    if value == "":
        return True
    if not _is_text(value):
        return False
    from plannertui.core.rules import is_rule, parse

    try:
        return not is_rule(value) or bool(parse(value))
    except PlannerError:
        return False


def _is_object(value: Any) -> bool:
    return value == "{}" or isinstance(_json(value), dict)


def _json(value: Any) -> Any:
    try:
        return json.loads(value) if value.__class__ is str else None
    except (ValueError, RecursionError):
        return None


def _text(value: str) -> str:
    """``value`` able to be kept: no NUL, half a character as its mark."""
    try:
        value.encode()
    except UnicodeEncodeError:
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value.replace("\0", "")


def _wrong(table: str, number: int, name: str) -> BadFile:
    return BadFile(
        _("The file cannot be read in: {table}, row {number}: {name}.").format(
            table=table, number=number, name=name
        )
    )
