"""Tags, which are the same in capitals and in small letters."""

from __future__ import annotations

from plannertui.store.open import Store


def spellings(db: Store, tag: str | None) -> list[str]:
    """The ways in which ``tag`` was written: #Budget and #budget are one."""
    if tag is None:
        return []
    wanted = tag.casefold()
    # From name to name: a tag that is used often is looked at once.
    names = db.read(
        "WITH RECURSIVE each (name) AS (SELECT min(name) FROM tag UNION ALL SELECT "
        "(SELECT min(name) FROM tag WHERE name > each.name) FROM each "
        "WHERE name NOT NULL) SELECT name FROM each WHERE name NOT NULL"
    )
    return [name for (name,) in names if name.casefold() == wanted]
