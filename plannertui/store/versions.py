"""The versions of a thing, read from the history that triggers keep, and one brought back.

A version is what a thing said after one action. They are counted from 1, the oldest, and
since history is append-only a number always means the same. Words that belong to a thing
but stand in tables of their own (tags, links) are part of it; a boundary record is not:
it leaves by its own verb.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plannertui.core.errors import NotFound
from plannertui.core.fieldwords import as_text
from plannertui.core.versions import Piece, pieces
from plannertui.i18n import gettext as _
from plannertui.store import rows
from plannertui.store.history import words
from plannertui.store.refs import split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plannertui.store.open import Store

    Values = dict[str, Any]
    Parts = dict[tuple[str, int], Values]

# Parts that are shown, the column that says whose they are, and what they are called.
OWNED = {"tag": "owner_id", "link": "from_id", "serve": "goal_id"}
ROLES = {"ref": "refs", "with": "people"}
# What the program keeps for itself, or what follows from the rest.
SILENT = frozenset(
    (
        *("id", "uid", "rev", "created_at", "updated_at", "deleted_at", "slug"),
        *("moves", "boundary", "slot_on", "series_id", "last_on", "position"),
        *("mirror", "snapshot", "prompt", "measure_direction", "successor_id"),
    )
)
LISTS = frozenset(
    (
        *("refusals", "standards", "lines", "askers", "style", "checks", "carried"),
        *("firsts", "agenda", "follow_up", "skipped", "extra", "reminders", "facts"),
        *("chair", "heart", "options", "move", "close", "win"),
    )
)
PROSE = frozenset(
    (
        *("text", "title", "line", "theme", "why", "obstacle", "if_then", "notes"),
        *("wanted", "place", "rule", "predicted", "actual", "clock", "refusals"),
        *("standards", "lines", "agenda", "follow_up", "facts", "chair", "heart"),
        *("options", "move", "close", "win", "style", "released_why"),
    )
)
MAIN = {
    **dict.fromkeys(("goal", "matter", "event", "milestone"), "title"),
    **dict.fromkeys(("entry", "priority"), "text"),
    "situation": "line",
    "person": "alias",
    "year": "theme",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a version says otherwise than the one before it; "" for nothing."""

    field: str
    was: str
    now: str

    @property
    def pieces(self) -> list[Piece]:
        """The difference, of what people wrote word by word."""
        return pieces(self.was, self.now, by_words=self.field in PROSE)


@dataclass(frozen=True, slots=True)
class Version:
    """What a thing said after one action: ``at`` when, ``label`` which.

    ``values`` is its row, None where it was not there; ``fields`` what people read of
    it; ``changes`` what differs from the version before, in the first one everything.
    """

    number: int
    at: str
    label: str
    kind: str
    values: Values | None
    parts: tuple[tuple[str, Values], ...]
    fields: dict[str, str]
    changes: tuple[Change, ...]
    boundary: bool = False

    @property
    def trashed(self) -> bool:
        """Whether it lay in the trash."""
        return bool(self.values and self.values.get("deleted_at"))


@dataclass(frozen=True, slots=True)
class Versions:
    """Every version of the thing with this id, the oldest first."""

    id: int
    handle: str
    noun: str
    every: tuple[Version, ...]

    @property
    def last(self) -> Version:
        """What it says now."""
        return self.every[-1]

    @property
    def title(self) -> str:
        """What it is called, in the last version in which it was there."""
        for version in reversed(self.every):
            if version.values is not None:
                return version.fields.get(MAIN[self.noun], "")
        return ""

    def get(self, number: int) -> Version:
        """Version ``number``; NotFound says which there are."""
        if 1 <= number <= len(self.every):
            return self.every[number - 1]
        raise NotFound(
            _("{handle} has no version {number}; the last is {last}.").format(
                handle=self.handle, number=number, last=len(self.every)
            )
        )


def find(db: Store, name: str, *, names: bool = False) -> Versions:
    """The versions of what has the handle or alias ``name``, also in the trash or undone.

    With ``names`` real names of people are among them. Raises NotFound, and says so where
    the thing was erased.
    """
    from plannertui.store.refs import resolve

    found = resolve(db, name, trashed=True)
    number = found[0] if found else None
    if number is None and (parts := split(name)) is not None:
        row = db.one("SELECT id FROM handle WHERE letter = ? AND number = ?", parts)
        number = row[0] if row else None
    if number is None:
        raise NotFound(
            _("There is no {name} here. 'ptui ls' shows the handles.").format(name=name)
        )
    return of(db, number, names=names)


def of(db: Store, number: int, *, names: bool = False) -> Versions:
    """The versions of the thing with this id; NotFound where it was erased."""
    handle, noun = db.read(
        "SELECT letter || number, type FROM handle WHERE id = ?", (number,)
    )[0]
    steps = db.read(
        "SELECT r.id, r.group_id, r.op, r.before, a.at, a.label, a.kind FROM revision r "
        "LEFT JOIN action a ON a.id = r.group_id WHERE r.row_id = ? AND r.tbl = ? "
        "ORDER BY r.id",
        (number, noun),
    )
    current = _row(db, noun, number)
    if current is None and not any(step[3] for step in steps):
        raise NotFound(
            _(
                "{handle} was erased for good: nothing of it is kept, and nothing can be "
                "brought back from here. A backup made before may still have it."
            ).format(handle=handle)
        )
    actions = _by_action(steps)
    if not actions or actions[0][0][2] != "insert":
        # Nothing says how it came to be: it was kept before anything was recorded.
        actions.insert(0, [])
    owned = _parts(db, noun, number, actions)
    images = [_after(actions, at, current) for at in range(len(actions))]
    known = _names(db, images, owned)
    silent = SILENT if names else SILENT | {"name"}
    every: list[Version] = []
    fields: dict[str, str] = {}
    record = None
    for at, (action, image) in enumerate(zip(actions, images, strict=True)):
        before, fields = fields, _fields(image, owned[at], known, silent)
        was, record = record, (image or {}).get("boundary")
        first = action[0] if action else (0, None, "", None, "", "", "")
        stamp = first[4] or (image or {}).get("created_at" if at == 0 else "") or ""
        every.append(
            Version(
                at + 1,
                stamp,
                words(first[5] or ""),
                first[6] or "",
                image,
                owned[at],
                fields,
                tuple(compare(before, fields)) if image is not None else (),
                was != record and image is not None,
            )
        )
    return Versions(number, handle, noun, tuple(every))


def _row(db: Store, noun: str, number: int) -> Values | None:
    names = [each[1] for each in db.read(f"PRAGMA table_info({noun})")]
    row = db.one(f"SELECT * FROM {noun} WHERE id = ?", (number,))
    return None if row is None else dict(zip(names, row, strict=True))


def _by_action(steps: list[Any]) -> list[list[Any]]:
    """``steps`` together as the actions made them; what no action made stands alone."""
    found: list[list[Any]] = []
    for step in steps:
        if found and step[1] is not None and found[-1][0][1] == step[1]:
            found[-1].append(step)
        else:
            found.append([step])
    return found


def _after(actions: list[list[Any]], at: int, current: Values | None) -> Values | None:
    """The row after the action ``at``: what the next one found."""
    if at + 1 == len(actions):
        return current
    before = actions[at + 1][0][3]
    return None if before is None else json.loads(before)


def _parts(
    db: Store, noun: str, number: int, actions: list[list[Any]]
) -> list[tuple[tuple[str, Values], ...]]:
    """The tags and links after each action, found by going back from those of now."""
    have: Parts = {}
    for table, owner in OWNED.items():
        names = [each[1] for each in db.read(f"PRAGMA table_info({table})")]
        if noun == "milestone" or (table == "serve" and noun != "goal"):
            continue
        for row in db.read(f"SELECT * FROM {table} WHERE {owner} = ?", (number,)):
            have[table, row[0]] = dict(zip(names, row, strict=True))
    found: list[tuple[tuple[str, Values], ...]] = []
    for action in reversed(actions):
        ordered = sorted(have.items(), key=lambda part: part[0])
        found.append(tuple((key[0], row) for key, row in ordered))
        if not action or action[0][1] is None:
            continue
        belongs = " OR ".join(
            f"(tbl = '{table}' AND (before IS NULL OR before ->> '{owner}' = :own))"
            for table, owner in OWNED.items()
        )
        for table, part, op, before in db.read(
            f"SELECT tbl, row_id, op, before FROM revision WHERE group_id = :group "
            f"AND ({belongs}) ORDER BY id DESC",
            {"own": number, "group": action[0][1]},  # type: ignore[arg-type]
        ):
            if op == "insert":
                have.pop((table, part), None)
            else:
                have[table, part] = json.loads(before)
    return found[::-1]


def _names(
    db: Store,
    images: Iterable[Values | None],
    owned: Iterable[tuple[tuple[str, Values], ...]],
) -> dict[int, str]:
    """What the ids in rows and links stand for: handle and label."""
    wanted = {
        value
        for image in images
        for name, value in (image or {}).items()
        if name.endswith("_id") and value
    }
    for parts in owned:
        for table, row in parts:
            if table != "tag":
                wanted.add(row["to_id"] if table == "link" else row["priority_id"])
    return {
        number: f"@{ref.handle} {ref.label.split(chr(10), 1)[0]}".strip()
        for number, ref in rows.refs_by_id(db, wanted).items()
    }


def _fields(
    image: Values | None,
    parts: Iterable[tuple[str, Values]],
    known: dict[int, str],
    silent: Iterable[str],
) -> dict[str, str]:
    """What people read of a row and its parts, by field."""
    found: dict[str, str] = {}
    if image is None:
        return found
    for name, value in image.items():
        if name not in silent:
            found[name] = as_text(name, _plain(name, value), known)
    lists: dict[str, list[str]] = {}
    for table, row in parts:
        if table == "tag":
            lists.setdefault("tags", []).append("#" + row["name"])
        elif table == "serve":
            said = f"{known.get(row['priority_id'], '…')} {row['how']}".strip()
            lists.setdefault("serves", []).append(said)
        elif row["role"] in ROLES:
            name = ROLES[row["role"]]
            lists.setdefault(name, []).append(known.get(row["to_id"], "…"))
    for name, lines in lists.items():
        found[name] = "\n".join(lines)
    return {name: text for name, text in found.items() if text}


def _plain(name: str, value: Any) -> Any:
    """A column's value with its JSON read, where it holds a list or an object."""
    return json.loads(value) if name in LISTS and value else value


def compare(before: dict[str, str], fields: dict[str, str]) -> Iterable[Change]:
    """The fields that differ, those of ``before`` first."""
    for name in {**before, **fields}:
        was, now = before.get(name, ""), fields.get(name, "")
        if was != now:
            yield Change(name, was, now)
