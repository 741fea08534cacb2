"""Filing one captured line. On the shell's daily path: imports next to nothing."""

from __future__ import annotations

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import EmptyText, NotFound, Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store.handles import LETTERS, new_handle, new_uid
from plannertui.store.open import Store, explain, stamp
from plannertui.store.refs import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime

    from plannertui.core.capture import Capture
    from plannertui.core.slip import Slip
    from plannertui.store.refs import Found

LABEL = N_("capture {what}")
ENTRIES = ("note", "win", "lesson", "warn")


class Filed:
    """What became of a line: its handle, noun, kind, day, due date, links, goal moved.

    ``goal_id`` is the first goal referred to, or None; ``moved`` says whether ``n:``
    changed its measure.
    """

    __slots__ = ("day", "due", "goal_id", "handle", "id", "kind", "moved", "noun")

    def __init__(
        self,
        number: int,
        handle: str,
        noun: str,
        kind: str,
        day: date,
        due: date | None,
    ) -> None:
        self.id = number
        self.handle = handle
        self.noun = noun
        self.kind = kind
        self.day = day
        self.due = due
        self.goal_id: int | None = None
        self.moved = False


def named(db: Store, name: str, noun: str) -> Found:
    """The person or the goal that ``name`` names, with or without @; NotFound if none."""
    found = resolve(db, name.removeprefix("@").removeprefix("＠"))
    if found is None:
        text = _('There is no "{name}". Look with: ptui search WORDS')
        raise NotFound(text.format(name=name))
    if found[3] != noun:
        text = _("{handle} is no person. See: ptui person ls")
        if noun == "goal":
            text = _("{handle} is no goal. See: ptui goal ls")
        raise NotFound(text.format(handle=found[1]))
    return found


def read_slip(db: Store, slip: Slip, told: list[str] | None = None) -> Capture:
    """What ``slip`` says, with what its options name in front of what its text names.

    Raises NotFound, EmptyText and Usage. With ``told`` nothing is refused: what cannot be
    used stays in the text, and that is added to ``told``.
    """
    from plannertui.core.slip import keep, understand

    line = understand(slip, lambda name: resolve(db, name), told)
    refs: list[Found] = []
    asked = [(name, "person") for name in slip.people]
    if slip.goal is not None:
        asked.append((slip.goal, "goal"))
    for name, noun in asked:
        try:
            refs.append(named(db, name, noun))
        except NotFound:
            if told is None:
                raise
            name = "-".join(name.removeprefix("@").removeprefix("＠").split())
            keep(line, "@" + name, told)
    have = {ref[0] for ref in refs}
    line.refs = [*refs, *(ref for ref in line.refs if ref[0] not in have)]
    if slip.number is None:
        return line
    goal = next((ref[0] for ref in line.refs if ref[3] == "goal"), None)
    if goal is None and told is None:
        raise Usage(_("--n needs a goal to add to: --goal G1."))
    if told is not None and (goal is None or _measure(db, goal) is None):
        keep(line, f"n:{slip.number:.15g}", told)
        line.number = None
    return line


def file_capture(
    db: Store,
    capture: Capture,
    *,
    day: date,
    now: datetime,
    timed: bool = True,
    uid: str = "",
) -> Filed:
    """File ``capture`` on ``day`` as one action and say what became of it.

    A date given in the line is the day of an entry, the due date of a matter, and the
    day a warning speaks of. ``timed`` says that it is written on ``day`` itself. ``uid`` is
    given where it has one already. Raises EmptyText when there is no text.
    """
    if not capture.text.strip():
        raise EmptyText(_("There is nothing to write down: give some text."))
    try:
        with db.write(LABEL, now, what=capture.kind):
            return _file(db, capture, day, now, timed, uid or new_uid(now))
    except driver.Error as error:
        raise explain(error, db.path) from error


def _file(
    db: Store, capture: Capture, day: date, now: datetime, timed: bool, uid: str
) -> Filed:
    kind = capture.kind
    text = capture.text
    at = stamp(now)
    execute = db.conn.execute
    goal = next((r[0] for r in capture.refs if r[3] == "goal"), None)
    measured = capture.number is not None and _measure(db, goal) is not None
    if not measured and "n" in capture.fields:
        # There is nothing to add it to: it stays in the text as typed.
        text += f" n:{capture.fields['n']}"
        capture.text = text
    if kind in ENTRIES:
        about = capture.date if kind == "warn" else None
        lived = day if kind == "warn" else capture.date or day
        row, handle = new_handle(db, LETTERS["entry"], "entry")
        execute(
            "INSERT INTO entry (id, uid, created_at, updated_at, kind, text, day, at, "
            "about, revisit_on, share) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'private')",
            (
                row,
                uid,
                at,
                at,
                kind,
                text,
                lived.isoformat(),
                at if timed and lived == day else None,
                about and about.isoformat(),
                capture.revisit and capture.revisit.isoformat(),
            ),
        )
        filed = Filed(row, handle, "entry", kind, lived, about)
    else:
        person = next((r[0] for r in capture.refs if r[3] == "person"), None)
        row, handle = new_handle(db, LETTERS["matter"], "matter")
        execute(
            "INSERT INTO matter (id, uid, created_at, updated_at, title, kind, nature, "
            "day, at, person_id, goal_id, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row,
                uid,
                at,
                at,
                text,
                "task" if kind == "grey" else kind,
                "grey" if kind == "grey" else "official",
                day.isoformat(),
                at if timed else None,
                person,
                goal,
                capture.date and capture.date.isoformat(),
            ),
        )
        filed = Filed(row, handle, "matter", kind, day, capture.date)
    add_links(db, row, [ref[0] for ref in capture.refs])
    add_tags(db, row, capture.tags)
    filed.goal_id = goal
    if measured and capture.number is not None:
        _move_measure(db, filed, capture.number, at)
        filed.moved = True
    return filed


def add_links(db: Store, owner: int, ids: list[int], role: str = "ref") -> None:
    """Link ``owner`` to each of ``ids``, inside a write."""
    for other in dict.fromkeys(ids):
        db.conn.execute(
            "INSERT OR IGNORE INTO link (from_id, to_id, role) VALUES (?, ?, ?)",
            (owner, other, role),
        )


def add_tags(db: Store, owner: int, names: list[str]) -> None:
    """Tag ``owner`` with each of ``names``, inside a write."""
    for name in dict.fromkeys(names):
        db.conn.execute(
            "INSERT OR IGNORE INTO tag (owner_id, name) VALUES (?, ?)", (owner, name)
        )


def _measure(db: Store, goal: int | None) -> tuple[float, float, float] | None:
    """The measure of a goal, now, target and start; None where there is none."""
    found: tuple[float, float, float] | None = db.conn.execute(
        "SELECT measure_now, measure_target, measure_start FROM goal "
        "WHERE id = ? AND measure_now IS NOT NULL",
        (goal,),
    ).fetchone()
    return found


def _move_measure(db: Store, filed: Filed, number: float, at: str) -> None:
    """Move the goal's measure by ``number`` towards its target.

    "Twelve cases closed" is n:12 whether the measure counts up or down.
    """
    found = _measure(db, filed.goal_id)
    assert found is not None
    value, target, start = found
    value = value - number if target < start else value + number
    db.conn.execute(
        "UPDATE goal SET measure_now = ?, rev = rev + 1, "
        "updated_at = max(updated_at, ?) WHERE id = ?",
        (value, at, filed.goal_id),
    )
    # It adds to what there is now, so it never stands before the last check-in.
    db.conn.execute(
        "INSERT INTO check_in (goal_id, day, at, value, note) SELECT ?1, "
        "max(?2, ifnull(max(day), '')), ?3, ?4, ?5 FROM check_in WHERE goal_id = ?1 "
        "AND value NOT NULL",
        (filed.goal_id, filed.day.isoformat(), at, value, filed.handle),
    )
