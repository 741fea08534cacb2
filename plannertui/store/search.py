"""Full-text search over every noun, in English by stem and in Chinese by any word."""

from __future__ import annotations

from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _
from plannertui.store.folding import FOLDED, fts_text, is_han
from plannertui.store.items import (
    COLUMNS,
    SELECTS,
    Filter,
    Item,
    chunks,
    fill,
    marks,
    where,
)
from plannertui.store.open import Store
from plannertui.store.tags import spellings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

# Ranking every hit of a common word would grow with the journal.
RANKED = 2000
SNIPPET = 90
# The index takes seconds over a page of words that all have to be there.
LONGEST = 1000
NOUNS = tuple(noun for noun in SELECTS if noun != "milestone")


class Hit:
    """One thing found: its line, a snippet of its text, the matches in it (start, end)."""

    __slots__ = ("item", "snippet", "spans")

    def __init__(self, item: Item, snippet: str, spans: list[tuple[int, int]]) -> None:
        self.item = item
        self.snippet = snippet
        self.spans = spans


def terms(query: str) -> list[str]:
    """The words of ``query``; "a phrase" in quotation marks stays together."""
    found: list[str] = []
    for number, part in enumerate(query.replace("“", '"').replace("”", '"').split('"')):
        if number % 2 and part.strip():
            found.append(part.strip())
        else:
            found += part.split()
    return found


def match(query: str, *, prefix: bool = False) -> str | None:
    """``query`` for the index, every word required; None when it holds no word.

    With ``prefix`` the last word may be unfinished. Nothing in it is search syntax.
    Usage for one that is too long.
    """
    if len(query) > LONGEST:
        raise Usage(
            _("Search for fewer words: {count} characters at most.").format(
                count=LONGEST
            )
        )
    wanted = []
    for term in dict.fromkeys(terms(query)):
        spaced = fts_text(term)
        if not any(c.isalnum() for c in spaced):
            continue
        wanted.append((term, '"' + spaced.replace('"', " ").replace("\0", " ") + '"'))
    if not wanted:
        return None
    last = wanted[-1][0]
    open_ended = (
        prefix
        and not query[-1:].isspace()
        and len(last) > 1
        and last[-1].isalnum()
        and not is_han(last[-1])
    )
    text = " AND ".join(quoted for _term, quoted in wanted)
    return text + "*" if open_ended else text


def search(
    db: Store,
    query: str,
    *,
    limit: int | None = 20,
    offset: int = 0,
    ranked: bool = False,
    only: Filter | None = None,
) -> list[Hit]:
    """What matches every word of ``query``, newest first, or the best of the newest.

    ``ranked`` orders the newest two thousand hits by bm25; ``limit`` None gives all.
    """
    # Whole words first: an unfinished one costs more, and only rarely adds newer hits.
    found: list[Hit] = []
    if limit is not None:
        found = _search(db, query, match(query), limit, offset, ranked, only)
    if limit is None or len(found) < limit:
        unfinished = match(query, prefix=True)
        found = _search(db, query, unfinished, limit, offset, ranked, only)
    return found


def _search(
    db: Store,
    query: str,
    wanted: str | None,
    limit: int | None,
    offset: int,
    ranked: bool,
    only: Filter | None,
) -> list[Hit]:
    if wanted is None:
        return []
    most = -1 if limit is None else limit
    if only is not None:
        rows = _filtered(db, wanted, only, -1 if most < 0 else most + offset, ranked)
        return [_hit(item, query) for item in fill(db, rows[offset:][:limit])]
    if ranked:
        rows = db.read(
            "SELECT rowid FROM fts WHERE fts MATCH ? AND rowid >= ifnull((SELECT rowid "
            "FROM fts WHERE fts MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?), 0) "
            "ORDER BY bm25(fts), rowid DESC LIMIT ? OFFSET ?",
            (wanted, wanted, RANKED, most, offset),
        )
    else:
        rows = db.read(
            "SELECT rowid FROM fts WHERE fts MATCH ? "
            "ORDER BY rowid DESC LIMIT ? OFFSET ?",
            (wanted, most, offset),
        )
    return [_hit(item, query) for item in by_id(db, [row[0] for row in rows])]


def _filtered(
    db: Store, wanted: str, only: Filter, most: int, ranked: bool
) -> list[Sequence[Any]]:
    """The rows that ``only`` lets through, newest first or the best of the newest."""
    rows: list[Sequence[Any]] = []
    tags = spellings(db, only.tag)
    for noun in ("entry", "matter", "situation", "event"):
        condition = where(only, noun, tags)
        if condition is None:
            continue
        # CROSS JOIN keeps the order of the index: newest first, and only as many
        # as are wanted.
        score = ", bm25(fts)" if ranked else ""
        joined = SELECTS[noun].replace(
            f" FROM {noun}",
            f"{score} FROM fts CROSS JOIN {noun} ON {noun}.id = fts.rowid",
        )
        rows += db.read(
            f"{joined} WHERE fts MATCH ? AND {condition[0]} "
            "ORDER BY fts.rowid DESC LIMIT ?",
            (wanted, *condition[1], RANKED if ranked else most),
        )
    rows.sort(key=lambda row: row[0], reverse=True)
    if ranked:
        rows.sort(key=lambda row: row[-1])
    return rows


def by_id(db: Store, ids: Sequence[int]) -> list[Item]:
    """The things with these ids as items, in this order; what is gone is left out."""
    nouns: dict[str, list[int]] = {}
    for part in chunks(ids):
        for number, noun in db.read(
            f"SELECT id, type FROM handle WHERE id IN ({marks(part)})", part
        ):
            nouns.setdefault(noun, []).append(number)
    rows = []
    for noun, numbers in nouns.items():
        for part in chunks(numbers):
            rows += db.read(f"{SELECTS[noun]} WHERE id IN ({marks(part)})", part)
    found = {item.id: item for item in fill(db, rows)}
    return [found[number] for number in ids if number in found]


def _hit(item: Item, query: str) -> Hit:
    spans = matches(item.text, query)
    start = 0
    if spans and spans[0][0] > SNIPPET // 2:
        start = spans[0][0] - SNIPPET // 3
    end = min(len(item.text), start + SNIPPET)
    head, tail = "…" if start else "", "…" if end < len(item.text) else ""
    shift = len(head) - start
    snippet = head + item.text[start:end].replace("\n", " ") + tail
    return Hit(
        item,
        snippet,
        [(a + shift, min(b, end) + shift) for a, b in spans if start <= a < end],
    )


def matches(text: str, query: str) -> list[tuple[int, int]]:
    """Where the words of ``query`` stand in ``text``, in order and without overlap.

    A word that is there only in another form is marked where it begins the same.
    """
    lower = _lower(text)
    spans: list[tuple[int, int]] = []
    for term in terms(query):
        wanted = _lower(term)
        found = _all(lower, wanted)
        if not found and wanted.isascii() and len(wanted) > 3:
            stem = wanted[: max(3, len(wanted) - 3)]
            for start, end in _all(lower, stem):
                if start == 0 or not lower[start - 1].isalnum():
                    while end < len(lower) and lower[end].isalnum():
                        end += 1
                    found.append((start, end))
        spans += found
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not merged or start >= merged[-1][1]:
            merged.append((start, end))
    return merged


def _lower(text: str) -> str:
    """``text`` in small plain letters, each in its place."""
    lower = text.lower()
    if lower.isascii():
        return lower
    return "".join(
        plain if len(plain := FOLDED.get(char, char).lower()) == 1 else char
        for char in text
    )


def _all(text: str, wanted: str) -> list[tuple[int, int]]:
    found, at = [], text.find(wanted) if wanted else -1
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = text.find(wanted, at + len(wanted))
    return found


__all__ = ["COLUMNS", "Hit", "by_id", "match", "matches", "search", "terms"]
