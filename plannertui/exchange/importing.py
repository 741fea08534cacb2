"""Taking in what other programs wrote: first a plan, then all of it in one action.

A reader (see ``formats``) makes a ``Reading`` out of a file. ``plan`` compares it with
the store and with what came last time; ``apply`` does what the plan says, in one action
that one undo takes back. Taken in again, the same file changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from plannertui.core.errors import Conflict, ReadOnly, Refused, Usage
from plannertui.exchange import lone
from plannertui.exchange.present import (
    EMPTY,
    Here,
    Names,
    base_of,
    by_uid,
    here_of,
    values_of,
)
from plannertui.exchange.reading import (
    LARGEST_FILE,
    LARGEST_TEXT,
    Found,
    Left,
    Loose,
    Progress,
    Reading,
    digest,
    seen,
)
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import foreign
from plannertui.store.foreign import Foreign
from plannertui.store.open import Store

__all__ = [
    "LARGEST_FILE",
    "LARGEST_TEXT",
    "Found",
    "Left",
    "Loose",
    "Plan",
    "Reading",
    "Step",
    "apply",
    "digest",
    "plan",
]


class Step(NamedTuple):
    """One thing to be added, changed, or only noted as seen (``names`` is empty then).

    ``held`` are the fields that stay as they are here.
    """

    found: Found
    item_id: int | None = None
    handle: str = ""
    rev: int = 0
    names: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    restore: bool = False


@dataclass(slots=True)
class Plan:
    """What an import would do; ``noted`` are things that are the same, told otherwise."""

    source: str
    added: list[Step] = field(default_factory=list)
    changed: list[Step] = field(default_factory=list)
    noted: list[Step] = field(default_factory=list)
    same: int = 0
    left: list[Left] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)


def plan(
    db: Store,
    source: str,
    reading: Reading,
    *,
    theirs: bool = False,
    again: bool = False,
) -> Plan:
    """What taking ``reading`` in would do; nothing is written.

    What was changed both here and there is left, or with ``theirs`` becomes what it is
    there. What was deleted here stays so, or with ``again`` comes back.
    """
    made = Plan(source, unknown=reading.unknown, notes=list(reading.notes))
    made.left = list(reading.left)
    founds = _once(reading.found, made.left)
    last = foreign.of_source(db, source)
    founds, series = lone.placed(db, founds, last)
    ours = by_uid(db, founds)
    ids = {found.key: ours[found.uid] for found in founds if found.uid in ours}
    for found in founds:
        before = last.get(found.key)
        if before is not None and before.item_id is not None:
            ids[found.key] = before.item_id
    ids |= series
    made.ids = ids
    here = here_of(db, founds, ids)
    people = Names(db, made.notes)
    for found in founds:
        before = last.get(found.key) or last.get(foreign.gone_key(source, found.key))
        number = ids.get(found.key)
        there = None if number is None else here.get(number)
        found = _taking_place_again(found, before)
        values = values_of(found, people, ids)
        if before is None and there is None:
            made.added.append(Step(found))
        elif there is None or there.deleted:
            _gone(made, found, there, again)
        else:
            _compare(made, found, values, before, there, theirs)
    for loose in reading.loose:
        before = last.get(loose.key)
        if before is None or before.kept != loose.kept:
            made.loose.append(loose)
    return made


def _once(founds: Iterable[Found], left: list[Left]) -> list[Found]:
    """``founds`` with each key once: the first; others that differ are told."""
    kept: dict[str, Found] = {}
    for found in founds:
        first = kept.setdefault(found.key, found)
        if first is not found and first.fields != found.fields:
            why = _("it has the same id as another one in the file")
            left.append(Left(found.label, why, found.line))
    return list(kept.values())


def _taking_place_again(found: Found, before: Foreign | None) -> Found:
    """``found`` as planned, where it came as cancelled and is so no longer."""
    base = {} if before is None else before.kept.get("base", {})
    if base.get("state") != "cancelled" or "state" in found.fields:
        return found
    return replace(found, fields=found.fields | {"state": "planned"})


def _gone(made: Plan, found: Found, there: Here | None, again: bool) -> None:
    if not again:
        why = _("it was deleted here; --again brings it back")
        handle = there.handle if there is not None else ""
        made.left.append(Left(found.label, why, found.line, handle))
    elif there is None:
        made.added.append(Step(found))
    else:
        names = tuple(found.fields)
        made.changed.append(
            Step(found, there.id, there.handle, there.rev, names, restore=True)
        )


def _compare(
    made: Plan,
    found: Found,
    values: dict[str, Any],
    before: Foreign | None,
    there: Here,
    theirs: bool,
) -> None:
    """Whether ``found`` is news for the thing that is here, and may change it."""
    names = tuple(
        name
        for name, value in values.items()
        if there.values.get(name) != value and name not in found.guessed
    )
    held: tuple[str, ...] = ()
    if found.uid:
        # Written by this program: what it left out then does not empty what is here.
        held = tuple(name for name in names if values[name] in EMPTY)
        names = tuple(name for name in names if name not in held)
    step = Step(found, there.id, there.handle, there.rev, names, held)
    if not names:
        if (before is not None and before.seen == seen(found)) or before is None:
            made.same += 1
        else:
            made.noted.append(step)
        return
    if before is not None:
        base = before.kept.get("base", {})
        changed_here = any(there.values.get(name) != base.get(name) for name in base)
        changed_there = before.seen != seen(found)
    else:
        changed_here = found.rev != there.rev
        changed_there = True
    if not changed_there:
        made.same += 1
    elif changed_here and not theirs:
        why = _("it was changed both here and there; --theirs takes theirs")
        made.left.append(Left(found.label, why, found.line, there.handle))
    else:
        made.changed.append(step)


def apply(
    db: Store, made: Plan, now: datetime, progress: Progress | None = None
) -> dict[str, str]:
    """Do what the plan says, as one action; the handles of what was added, by key.

    What cannot be, such as an event that ends before it begins, goes to what is left.
    Raises Conflict, with nothing done, when somebody has written in the meantime, and
    StoreError when no backup could be made first.
    """
    from plannertui.exchange import keeping
    from plannertui.store import backups

    handles: dict[str, str] = {}
    refused: set[str] = set()
    if not (made.added or made.changed or made.noted or made.loose):
        return handles
    backups.before(db, now, "import")
    # What an event is one of, or an entry is about, comes before it.
    added = sorted(
        made.added, key=lambda step: bool(step.found.series or step.found.links)
    )
    total = len(added) + len(made.changed) + len(made.noted)
    done = 0
    with db.write(N_("import"), now):
        names = Names(db, [])
        ids = {
            step.found.key: step.item_id
            for step in (*made.changed, *made.noted)
            if step.item_id is not None
        }
        ids |= {key: number for key, number in made.ids.items() if key not in ids}
        # Looked at before anything is written: what comes back brings others along.
        for step in (*made.changed, *made.noted):
            _unchanged(db, step)
        for step in (*added, *made.changed, *made.noted):
            if progress is not None and done % 100 == 0:
                progress(done, total)
            done += 1
            values = values_of(step.found, names, ids)
            try:
                with foreign.whole(db):
                    if step.item_id is None:
                        about = [ids[key] for key in step.found.links if key in ids]
                        if about:
                            values["people"] = [*values.get("people", ()), *about]
                        number, handle = keeping.add(db, step.found.noun, values, now)
                        ids[step.found.key] = number
                        handles[step.found.key] = handle
                    else:
                        number = step.item_id
                        if step.names:
                            keeping.change(db, step, values, now)
            except (Conflict, ReadOnly):
                raise
            except (Usage, Refused) as error:
                # What cannot be here, such as a grey matter closed without a decision.
                refused.add(step.found.key)
                made.left.append(
                    Left(step.found.label, error.message, step.found.line, step.handle)
                )
                continue
            kept = {
                "base": base_of(values, (*step.held, *step.found.guessed)),
                **step.found.kept,
            }
            if step.found.slot is not None and step.found.series:
                lone.left_out(db, made.source, step.found, ids[step.found.series], now)
            digested = seen(step.found)
            foreign.put(
                db, Foreign(made.source, step.found.key, number, kept, digested)
            )
        for loose in made.loose:
            foreign.put(db, Foreign(made.source, loose.key, None, loose.kept, ""))
    made.added = [step for step in added if step.found.key in handles]
    made.changed = [step for step in made.changed if step.found.key not in refused]
    if progress is not None:
        progress(total, total)
    return handles


def _unchanged(db: Store, step: Step) -> None:
    number = step.item_id
    if number is None or foreign.rev(db, step.found.noun, number) != step.rev:
        raise Conflict(
            _("Somebody else has just written; nothing was taken in. Try again.")
        )
