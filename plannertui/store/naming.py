"""What takes the names that somebody ever had out of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plannertui.core.people import slug
from plannertui.store import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from plannertui.core.people import Person
    from plannertui.store.open import Store


def namer(db: Store, person: Person) -> Callable[[str], str]:
    """What puts the handle of ``person`` in the place of every name they ever had.

    A real name is found in any case, an alias as it is written. An alias that somebody
    else has, too, or of a single character, is found only after an @.
    """
    aliases, names = _ever(db, person)
    others = {
        slug(row[0])
        for row in db.read(
            "SELECT alias FROM person WHERE id != ? AND state != 'forgotten'",
            (person.id,),
        )
    }
    parts = []
    for alias in aliases:
        own = slug(alias) not in others
        if own:
            parts.append(rf"(?i:(?<=[@＠#＃]){re.escape(slug(alias))}){_end(alias)}")
        if own and len(alias) > 1:
            parts.append(_whole(alias))
    parts += [f"(?i:{_whole(name)})" for name in names]
    # As a tag or a reference spells it.
    parts += [
        rf"(?i:(?<=[@＠#＃]){'[_-]*'.join(map(re.escape, name.split()))}){_end(name)}"
        for name in names
    ]
    if not parts:
        return lambda text: text
    pattern = re.compile("|".join(sorted(parts, key=len, reverse=True)))
    return lambda text: pattern.sub(person.handle, text)


def _ever(db: Store, person: Person) -> tuple[set[str], set[str]]:
    """Every alias and every real name that ``person`` ever had."""
    aliases, names = {person.alias}, {person.name or ""}
    for (before,) in db.read(
        "SELECT before FROM revision WHERE tbl = 'person' AND row_id = ? "
        "AND before NOT NULL",
        (person.id,),
    ):
        image = rows.load(before)
        aliases.add(image.get("alias") or "")
        names.add(image.get("name") or "")
    return aliases - {""}, {" ".join(each.split()) for each in names} - {""}


def _whole(words: str) -> str:
    """A pattern for ``words`` as a whole, with any blanks between them."""
    inner = r"\s+".join(re.escape(each) for each in words.split())
    head = r"(?<![^\W_])" if _spaced(words[0]) else ""
    return f"{head}{inner}{_end(words)}"


def _end(words: str) -> str:
    return r"(?![^\W_])" if _spaced(words[-1]) else ""


def _spaced(letter: str) -> bool:
    """Whether words with ``letter`` stand between blanks, as Chinese ones do not."""
    return letter.isalnum() and not "\u2e80" <= letter <= "\U0003ffff"
