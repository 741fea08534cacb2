"""Finding things by what people type: handles, aliases, tags.

``resolve`` is on the shell's daily path: imports next to nothing.
"""

from __future__ import annotations

from plannertui.core.errors import NotFound
from plannertui.i18n import gettext as _
from plannertui.store.open import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.core.rows import Row

    Found = tuple[int, str, str, str]

# Where the words for each noun stand.
LABELS = {
    "person": "alias",
    "goal": "title",
    "matter": "title",
    "event": "title",
    "situation": "line",
    "entry": "text",
    "priority": "text",
    "milestone": "title",
    "year": "theme",
}


def split(handle: str) -> tuple[str, int] | None:
    """``handle`` as its letter and number ("L1.2" is "L1." and 2), None if it is none."""
    digits = len(handle)
    while digits and handle[digits - 1] in "0123456789":
        digits -= 1
    letter = handle[:digits].upper()
    if not letter or digits == len(handle) or len(handle) - digits > 15:
        return None
    return letter, int(handle[digits:])


def resolve(db: Store, name: str, *, trashed: bool = False) -> Found | None:
    """What ``name``, a handle or an alias, refers to: id, handle, label and noun.

    Aliases are compared without case and with blanks as hyphens. What lies in the trash
    is found only with ``trashed``.
    """
    parts = split(name)
    if parts is not None:
        row = db.one(
            "SELECT id, letter || number, type FROM handle "
            "WHERE letter = ? AND number = ?",
            parts,
        )
        if row is not None:
            found = _labelled(db, row, trashed)
            if found is not None:
                return found
    row = db.one(
        "SELECT p.id, h.letter || h.number, p.alias, 'person' FROM person p "
        "JOIN handle h ON h.id = p.id WHERE p.slug = ? AND p.deleted_at IS NULL "
        "AND p.state != 'forgotten' ORDER BY p.state = 'past', p.id",
        ("-".join(name.casefold().split()),),
    )
    return None if row is None else (row[0], row[1], row[2], row[3])


def _labelled(db: Store, row: tuple[int, str, str], trashed: bool) -> Found | None:
    number, handle, noun = row
    column = LABELS[noun]
    gone = "" if trashed or noun == "milestone" else " AND deleted_at IS NULL"
    label = db.one(f"SELECT {column} FROM {noun} WHERE id = ?{gone}", (number,))
    return None if label is None else (number, handle, label[0], noun)


def need(db: Store, name: str, *nouns: str, trashed: bool = False) -> Found:
    """What ``name`` refers to; raises NotFound when it is none of ``nouns``."""
    found = resolve(db, name, trashed=trashed)
    if found is None or (nouns and found[3] not in nouns):
        raise NotFound(
            _("There is no {name} here. 'ptui ls' shows the handles.").format(name=name)
        )
    return found


def complete(db: Store, prefix: str, limit: int = 20) -> list[tuple[str, str, str]]:
    """Handle, label and noun of what ``prefix`` may become: people and goals first."""
    wanted = prefix.casefold()
    found: list[tuple[str, str, str]] = []
    rows = db.read(
        "SELECT h.letter || h.number, p.alias, 'person', p.slug FROM person p "
        "JOIN handle h ON h.id = p.id WHERE p.deleted_at IS NULL AND p.state = 'active' "
        "UNION ALL SELECT h.letter || h.number, g.title, 'goal', '' FROM goal g "
        "JOIN handle h ON h.id = g.id WHERE g.deleted_at IS NULL "
        "AND g.state IN ('draft', 'active', 'paused')"
    )
    for handle, label, noun, slug in rows:
        if handle.casefold().startswith(wanted) or slug.startswith(wanted):
            found.append((handle, label, noun))
    parts = split(prefix)
    if parts is not None and len(found) < limit:
        rows = db.read(
            "SELECT id, letter || number, type FROM handle WHERE letter = ? "
            "AND number BETWEEN ? AND ? ORDER BY number LIMIT ?",
            (parts[0], parts[1], parts[1] * 10 + 9, limit),
        )
        have = {handle for handle, label, noun in found}
        for row in rows:
            named = _labelled(db, row, False)
            if named and named[1] not in have and named[1].startswith(prefix.upper()):
                found.append((named[1], named[2], named[3]))
    return found[:limit]


def tags(db: Store, prefix: str = "") -> list[tuple[str, int]]:
    """Tags that begin with ``prefix`` and how often each is used, most used first."""
    rows = db.read(
        "SELECT name, count(*) FROM tag WHERE substr(name, 1, ?) = ? "
        "GROUP BY name ORDER BY count(*) DESC, name",
        (len(prefix), prefix),
    )
    return [(name, count) for name, count in rows]


def find(db: Store, name: str) -> Row:
    """The noun that ``name``, a handle or alias, refers to; NotFound when there is none."""
    from importlib import import_module

    number, _handle, _label, noun = need(db, name, trashed=True)
    if noun == "milestone":
        number = db.read("SELECT goal_id FROM milestone WHERE id = ?", (number,))[0][0]
        noun = "goal"
    module = import_module(f"plannertui.store.{MODULES[noun]}")
    # A year's own number is not its id.
    get = module.by_id if noun == "year" else module.get
    row: Row = get(db, number)
    return row


MODULES = {
    "person": "people",
    "goal": "goals",
    "matter": "matters",
    "event": "events",
    "situation": "situations",
    "entry": "entries",
    "priority": "priorities",
    "year": "years",
}
