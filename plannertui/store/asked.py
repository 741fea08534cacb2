"""Which questions were put before the user, and what became of them.

Not part of the history: taking an answer back does not take back having been asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import NotFound, ReadOnly
from plannertui.core.picker import Pick, Shown, Shows, why_text
from plannertui.i18n import language
from plannertui.store.open import Store, explain

if TYPE_CHECKING:
    from plannertui.core.entries import Entry

# More than a turn of the bank with its context, so that no question comes back early.
REMEMBERED = 1000

_SELECT = (
    'SELECT id, day, prompt, lens, cadence, turn, "trigger", instance, state, entry_id, '
    "why FROM asked"
)


class Asked(NamedTuple):
    """One question of a day and its answer's id; ``state`` as in the picker.

    ``why`` is the reason in words, empty when it was given in another language;
    ``words`` is the question as it was asked.
    """

    id: int
    day: date
    prompt: str
    lens: str
    cadence: str
    turn: int
    trigger: str
    instance: str
    state: Shows
    entry_id: int | None
    why: str
    words: str = ""

    def shown(self) -> Shown:
        """This question as the picker takes it."""
        return Shown(
            self.day,
            self.prompt,
            self.lens,
            self.turn,
            self.trigger,
            self.instance,
            self.state,
        )


def _asked(row: Sequence[Any]) -> Asked:
    return Asked(
        row[0],
        date.fromisoformat(row[1]),
        row[2],
        row[3],
        row[4],
        row[5],
        row[6] or "",
        row[7] or "",
        row[8],
        row[9],
        *_kept(row[10]),
    )


def _kept(kept: str) -> tuple[str, str]:
    """The reason, where it is in the language in use, and the words of the question."""
    spoken, _newline, rest = kept.partition("\n")
    words, _newline, why = rest.partition("\n")
    return why if spoken == language() else "", words


def ls(db: Store, limit: int = REMEMBERED) -> list[Asked]:
    """The last questions, in the order they were put before the user."""
    found = db.read(f"{_SELECT} ORDER BY id DESC LIMIT ?", (limit,))
    return [_asked(row) for row in reversed(found)]


def on_day(db: Store, day: date) -> list[Asked]:
    """The questions of ``day``, the current one last; those of reviews are not among them."""
    found = db.read(
        f"{_SELECT} WHERE day = ? AND cadence IN ('daily', 'situational') ORDER BY id",
        (day.isoformat(),),
    )
    return [_asked(row) for row in found]


def put(db: Store, pick: Pick, day: date, state: Shows = "planned") -> None:
    """Make ``pick`` the current question of ``day``; one of that day moves to the end."""
    values = (day.isoformat(), pick.prompt.id, pick.instance or None)
    _run(
        db,
        [
            (
                "DELETE FROM asked WHERE day = ? AND prompt = ? AND instance IS ?",
                values,
            ),
            (
                'INSERT INTO asked (day, prompt, instance, lens, cadence, turn, "trigger", '
                "why, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *values,
                    pick.prompt.lens,
                    # A question of the year may be opened by the day, too.
                    "situational" if pick.trigger else pick.prompt.cadence,
                    pick.turn,
                    pick.trigger or None,
                    "\n".join(
                        [language(), pick.prompt.text(language()), why_text(pick)]
                    ),
                    state,
                ),
            ),
        ],
    )


def mark(db: Store, asked: Asked, state: Shows, entry_id: int | None = None) -> None:
    """Say what became of a question, and which entry answers it."""
    _run(
        db,
        [
            (
                "UPDATE asked SET state = ?, entry_id = ? WHERE id = ?",
                (state, entry_id, asked.id),
            )
        ],
    )


def withdraw(db: Store, asked: Asked) -> None:
    """Forget a question that was planned and never answered nor passed over."""
    _run(
        db,
        [("DELETE FROM asked WHERE id = ? AND state = 'planned'", (asked.id,))],
    )


def answer(db: Store, asked: Asked) -> Entry | None:
    """The entry that answers the question, None when there is none or it was removed."""
    if asked.entry_id is None:
        return None
    from plannertui.store import entries

    try:
        entry = entries.get(db, asked.entry_id)
    except NotFound:
        return None
    return None if entry.deleted_at else entry


def previous(db: Store, prompt_id: str, before: date) -> Entry | None:
    """The last answer to a question from a day before ``before``, or None."""
    row = db.one(
        "SELECT id FROM entry WHERE prompt = ? AND day < ? AND deleted_at IS NULL "
        "ORDER BY day DESC, id DESC LIMIT 1",
        (prompt_id, before.isoformat()),
    )
    if row is None:
        return None
    from plannertui.store import entries

    return entries.get(db, row[0])


def _run(db: Store, statements: list[tuple[str, tuple[object, ...]]]) -> None:
    if db.readonly:
        raise ReadOnly(db.notice)
    own = not db.conn.in_transaction
    try:
        if own:
            db.conn.execute("BEGIN IMMEDIATE")
        for sql, values in statements:
            db.conn.execute(sql, values)
        if own:
            db.conn.execute("COMMIT")
    except driver.Error as error:
        if own and db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise explain(error, db.path) from error
