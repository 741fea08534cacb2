"""Lines of a journal or list, whatever noun they come from.

Read by the shell's daily verbs: plain classes, few imports.
"""

from __future__ import annotations

from datetime import date, datetime

from plannertui.store import slots
from plannertui.store.filters import DAY_COLUMN as DAY_COLUMN
from plannertui.store.filters import Filter as Filter
from plannertui.store.filters import marks as marks
from plannertui.store.filters import where as where
from plannertui.store.open import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from plannertui.core.workdays import WorkCalendar

WRITTEN = ("entry", "matter", "situation")
COLUMNS = "id, noun, kind, text, day, at, due, state, nature, person_id, share, deleted"

# One line of each noun, in the order of COLUMNS.
SELECTS = {
    "entry": "SELECT id, 'entry' AS noun, kind, text, day, at, about AS due, "
    "'' AS state, '' AS nature, NULL AS person_id, share, deleted_at AS deleted "
    "FROM entry",
    "matter": "SELECT id, 'matter', kind, title, day, at, due, state, nature, "
    "person_id, '', deleted_at FROM matter",
    "situation": "SELECT id, 'situation', kind, line, day, at, NULL, state, '', "
    "person_id, '', deleted_at FROM situation",
    "event": "SELECT id, 'event', kind, title, starts_on, time, ends_on, state, '', "
    "NULL, '', deleted_at FROM event",
    "goal": "SELECT id, 'goal', 'goal', title, start, NULL, due, state, '', NULL, '', "
    "deleted_at FROM goal",
    "person": "SELECT id, 'person', relation, alias, substr(created_at, 1, 10), NULL, "
    "NULL, state, '', NULL, '', deleted_at FROM person",
    "priority": "SELECT id, 'priority', basis, text, substr(created_at, 1, 10), NULL, "
    "NULL, state, '', person_id, '', deleted_at FROM priority",
    "year": "SELECT id, 'year', 'year', theme, printf('%04d-01-01', year), NULL, NULL, state, "
    "'', NULL, '', deleted_at FROM year",
    "milestone": "SELECT id, 'milestone', 'milestone', title, "
    "ifnull(due, done_on), NULL, due, iif(done_on IS NULL, 'open', 'done'), '', NULL, "
    "'', NULL FROM milestone",
}


class Item:
    """One line: a thing's handle, noun and kind, its text and day, and what is due.

    ``at`` is "HH:MM" where it was written on its day, ``written`` the stamp, which may be
    of the next date when it was after midnight; ``due`` is the day a matter is
    due, a warning speaks of, or an event ends on. ``again`` says that a matter is listed
    on a day on which it was taken up again, not on the one on which it came up.
    ``rule_day`` is the day of its rule that an occurrence of what repeats has; ``there``
    the time of an event in a zone of its own, "09:00 Asia/Tokyo", ``at`` being that here.
    """

    __slots__ = (
        "again",
        "at",
        "day",
        "deleted",
        "due",
        "handle",
        "id",
        "kind",
        "nature",
        "noun",
        "person",
        "refs",
        "rule_day",
        "share",
        "state",
        "tags",
        "text",
        "there",
        "written",
    )

    def __init__(self, row: Sequence[Any]) -> None:
        self.id: int = row[0]
        self.noun: str = row[1]
        self.kind: str = row[2]
        self.text: str = row[3]
        self.day = date.fromisoformat(row[4]) if row[4] else date.min
        at: str | None = row[5]
        self.written = at
        self.at = at[11:16] if at and len(at) > 5 else at
        self.due = date.fromisoformat(row[6]) if row[6] else None
        self.state: str = row[7]
        self.nature: str = row[8]
        self.share: str = row[10]
        self.deleted: bool = row[11] is not None
        self.again = False
        self.rule_day: date | None = None
        self.there = ""
        self.handle = ""
        self.person: tuple[int, str, str] | None = None
        self.refs: tuple[tuple[int, str, str], ...] = ()
        self.tags: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Item) and self.key() == other.key()

    def __hash__(self) -> int:
        return hash(self.id)

    def key(self) -> tuple[object, ...]:
        """Everything that shows: two items with equal keys look the same."""
        return tuple(getattr(self, name) for name in self.__slots__)


def ls(
    db: Store,
    only: Filter,
    *,
    limit: int | None = None,
    offset: int = 0,
    newest: bool = True,
    nouns: Sequence[str] = ("entry", "matter", "situation", "event"),
) -> list[Item]:
    """The lines that ``only`` lets through, by day and then in the order written."""
    from plannertui.store.tags import spellings

    parts, values = [], []
    tags = spellings(db, only.tag)
    # With links or tags the ids are few: look each up rather than walk the days.
    linked = only.person_id or only.goal_id or only.tag
    narrow = " NOT INDEXED" if linked else ""
    for noun in nouns:
        condition = where(only, noun, tags)
        if condition is not None:
            parts.append(f"{SELECTS[noun]}{narrow} WHERE {condition[0]}")
            values += condition[1]
    if not parts:
        return []
    # The first part names the columns of the whole.
    if not parts[0].startswith(SELECTS["entry"]):
        parts.insert(0, SELECTS["entry"] + " WHERE 0")
    order = "DESC" if newest else "ASC"
    rows = db.read(
        f"{' UNION ALL '.join(parts)} ORDER BY day {order}, id {order} "
        "LIMIT ? OFFSET ?",
        [*values, -1 if limit is None else limit, offset],
    )
    return fill(db, rows)


def fill(db: Store, rows: Iterable[Sequence[Any]]) -> list[Item]:
    """``rows`` in the order of COLUMNS as items, with handles, people, links, tags."""
    rows = list(rows)
    found = [Item(row) for row in rows]
    ids = [item.id for item in found]
    people = {row[0]: row[9] for row in rows if row[9] is not None}
    handles = _handles(db, [*ids, *people.values()])
    links: dict[int, list[tuple[int, str, str]]] = {}
    tags: dict[int, list[str]] = {}
    for part in chunks(ids):
        for owner, number, letter, label in db.read(
            "SELECT l.from_id, h.id, h.letter || h.number, coalesce(p.alias, g.title, '') "
            "FROM link l JOIN handle h ON h.id = l.to_id "
            "LEFT JOIN person p ON p.id = h.id LEFT JOIN goal g ON g.id = h.id "
            f"WHERE l.from_id IN ({marks(part)}) ORDER BY l.id",
            part,
        ):
            links.setdefault(owner, []).append((number, letter, label))
        for owner, name in db.read(
            f"SELECT owner_id, name FROM tag WHERE owner_id IN ({marks(part)}) "
            "ORDER BY id",
            part,
        ):
            tags.setdefault(owner, []).append(name)
    aliases = _aliases(db, sorted(set(people.values())))
    for item in found:
        item.handle = handles.get(item.id, "")
        item.refs = tuple(links.get(item.id, ()))
        item.tags = tuple(tags.get(item.id, ()))
        person = people.get(item.id)
        if person is not None:
            item.person = (person, handles.get(person, ""), aliases.get(person, ""))
    return found


def _handles(db: Store, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in chunks(ids):
        rows = db.read(
            f"SELECT id, letter || number FROM handle WHERE id IN ({marks(part)})",
            part,
        )
        found.update(rows)
    return found


def _aliases(db: Store, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in chunks(ids):
        found.update(
            db.read(f"SELECT id, alias FROM person WHERE id IN ({marks(part)})", part)
        )
    return found


def chunks(ids: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    """``ids`` in slices that one query can take."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def counts(db: Store, first: date, last: date) -> dict[date, int]:
    """How much was written on each day from ``first`` to ``last``."""
    total: dict[date, int] = {}
    for noun in ("entry", "matter", "situation"):
        rows = db.read(
            f"SELECT day, count(*) FROM {noun} WHERE deleted_at IS NULL "
            "AND day BETWEEN ? AND ? GROUP BY day",
            (first.isoformat(), last.isoformat()),
        )
        for day, count in rows:
            when = date.fromisoformat(day)
            total[when] = total.get(when, 0) + count
    return total


def _moment(item: Item) -> float:
    """When it was written, in any zone; 0 where that is not known."""
    try:
        return datetime.fromisoformat(item.written or "").timestamp()
    except ValueError:
        return 0.0


def on_day(
    db: Store, day: date, calendar: WorkCalendar | None = None, zone: str = ""
) -> list[Item]:
    """Everything of ``day``: events first, then what was written in the order it was."""
    found = ls(db, Filter(since=day, until=day), newest=False, nouns=WRITTEN)
    # By the moment: what was written after midnight is the last of its day.
    found.sort(key=_moment)
    return [*of_slots(db, slots.between(db, day, day, calendar, zone=zone)), *found]


def due_between(
    db: Store,
    first: date,
    last: date,
    calendar: WorkCalendar | None = None,
    zone: str = "",
    *,
    events: bool = True,
) -> list[Item]:
    """What falls due or takes place: open matters, milestones not done, events.

    The day of a matter or milestone is here the day it is due; each occurrence of what
    repeats is an item. Without ``calendar`` workdays are Monday to Friday; with ``zone``
    events are at the time that it is there. Without ``events`` only what is due.
    """
    a, b = first.isoformat(), last.isoformat()
    rows = db.read(
        f"{SELECTS['entry']} WHERE 0 UNION ALL {SELECTS['matter']} "
        "WHERE deleted_at IS NULL AND state = 'open' AND due BETWEEN ? AND ? "
        f"UNION ALL {SELECTS['milestone']} WHERE done_on IS NULL "
        "AND due BETWEEN ? AND ? AND goal_id IN (SELECT id FROM goal "
        "WHERE deleted_at IS NULL AND state IN ('draft', 'active', 'paused'))",
        (a, b, a, b),
    )
    found = fill(db, rows)
    for item in found:
        if item.due is not None:
            item.day = item.due
    if events:
        kept = "state != 'cancelled'"
        found += of_slots(
            db, slots.between(db, first, last, calendar, zone=zone, only=kept)
        )
    return sorted(found, key=lambda item: (item.day, item.at or "99", item.id))


def of_slots(db: Store, found: Sequence[slots.Slot]) -> list[Item]:
    """The events of ``found`` as items, each at the time of its slot."""
    rows = []
    for part in chunks(list({slot.id for slot in found})):
        rows += db.read(f"{SELECTS['event']} WHERE id IN ({marks(part)})", part)
    every = {item.id: item for item in fill(db, rows)}
    return [_at_slot(every[slot.id], slot) for slot in found]


def _at_slot(of: Item, slot: slots.Slot) -> Item:
    item = Item.__new__(Item)
    for name in Item.__slots__:
        setattr(item, name, getattr(of, name))
    item.day, item.due, item.at = slot.day, slot.end, slot.time
    item.rule_day = slot.rule_day
    return item
