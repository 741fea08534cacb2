"""What to list of all lines: the conditions that a filter puts on each table."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

DAY_COLUMN = {"event": "starts_on", "goal": "start", "milestone": "due"}


class Filter:
    """What to list: days inclusive, kinds, links by id, tag, words, state.

    ``kinds`` are kinds of entries and matters, "grey", "situation" or "event".
    """

    __slots__ = (
        "goal_id",
        "kinds",
        "person_id",
        "since",
        "state",
        "tag",
        "text",
        "trashed",
        "until",
    )

    def __init__(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        kinds: Iterable[str] = (),
        person_id: int | None = None,
        goal_id: int | None = None,
        tag: str | None = None,
        text: str | None = None,
        state: str | None = None,
        trashed: bool = False,
    ) -> None:
        self.since = since
        self.until = until
        self.kinds = frozenset(kinds)
        self.person_id = person_id
        self.goal_id = goal_id
        self.tag = tag
        self.text = text
        self.state = state
        self.trashed = trashed


def where(
    only: Filter, noun: str, tags: Sequence[str] = ()
) -> tuple[str, list[object]] | None:
    """The condition of ``only`` on the table of ``noun``; None when none can match.

    ``tags`` are the spellings of its tag.
    """
    day = DAY_COLUMN.get(noun, "day")
    terms = ["deleted_at IS NOT NULL" if only.trashed else "deleted_at IS NULL"]
    values: list[object] = []
    if only.since is not None:
        terms.append(f"{'ends_on' if noun == 'event' else day} >= ?")
        values.append(only.since.isoformat())
    if only.until is not None:
        terms.append(f"{day} <= ?")
        values.append(only.until.isoformat())
    if only.kinds:
        kinds = sorted(only.kinds)
        if noun in only.kinds:
            pass
        elif noun == "matter" and "grey" in only.kinds:
            terms.append(f"(kind IN ({marks(kinds)}) OR nature = 'grey')")
            values += kinds
        else:
            terms.append(f"kind IN ({marks(kinds)})")
            values += kinds
    if only.state is not None:
        if noun == "entry":
            return None
        terms.append("state = ?")
        values.append(only.state)
    for number, column, owners in (
        (only.person_id, "person_id", ("matter", "situation")),
        (only.goal_id, "goal_id", ("matter",)),
    ):
        if number is not None:
            own = f"{column} = ? OR " if noun in owners else ""
            terms.append(f"({own}id IN (SELECT from_id FROM link WHERE to_id = ?))")
            values += [number, number] if own else [number]
    if only.tag is not None:
        terms.append(f"id IN (SELECT owner_id FROM tag WHERE name IN ({marks(tags)}))")
        values += tags
    if only.text:
        from plannertui.store.search import match

        wanted = match(only.text)
        if wanted is None:
            return None
        terms.append("id IN (SELECT rowid FROM fts WHERE fts MATCH ?)")
        values.append(wanted)
    return " AND ".join(terms), values


def marks(values: Sequence[object]) -> str:
    """Question marks for ``values`` in a query."""
    return ", ".join("?" * len(values))
