"""Saving an answer or a note: as a new entry, or where nobody changed the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.errors import Conflict, NotFound
from plannertui.i18n import gettext as _
from plannertui.tui.question import is_again

if TYPE_CHECKING:
    from datetime import date

    from plannertui.core.entries import Entry
    from plannertui.store.questions import Question
    from plannertui.tui.planner import Planner
    from plannertui.tui.question import DayQuestions


def target(day: date, question: Question | None, entry: Entry | None) -> str:
    """The name of the draft: of the entry, of the answer to come, or of the day's note."""
    if entry is not None:
        return f"entry:{entry.handle}"
    if question is not None:
        return f"reflect:{day.isoformat()}:{question.prompt.id}"
    return f"note:{day.isoformat()}"


def save(
    planner: Planner,
    questions: DayQuestions,
    day: date,
    question: Question | None,
    entry: Entry | None,
    text: str,
    base_rev: int,
) -> tuple[Entry, str]:
    """The entry that now holds ``text``, and a line to say when it is another one.

    It is another one where somebody changed ``entry`` in the meantime, or removed it.
    """
    from plannertui.store import entries, revisits
    from plannertui.tui import texts

    db, now = planner.db, planner.now()
    links, tags = texts.links_in(db, text)
    if entry is not None:
        try:
            old = texts.present(entries.get(db, entry.id))
            saved = entries.edit(
                db,
                old,
                now,
                base_rev=base_rev,
                text=text,
                links=[*(ref.id for ref in old.refs), *links],
                tags=[*old.tags, *tags],
            )
            return saved, ""
        except (Conflict, NotFound) as error:
            found = entries.get(db, entry.id)
            if isinstance(error, Conflict) and found.text == text:
                return found, ""
            kept = entries.add(
                db,
                kind=entry.kind,
                text=text,
                day=entry.day,
                now=now,
                links=links,
                tags=tags,
                prompt=entry.prompt,
            )
            message = _("{old} was changed elsewhere. Your text is kept as {new}.")
            return kept, message.format(old=entry.handle, new=kept.handle)
    if question is not None and is_again(question):
        then = entries.get(db, question.asked.instance)
        said = revisits.answer(db, then, text, day=day, now=now, links=links, tags=tags)
        return said, ""
    with db.write("reflect" if question is not None else "write note", now):
        saved = entries.add(
            db,
            kind="note" if question is None else "reflection",
            text=text,
            day=day,
            now=now,
            links=links,
            tags=tags,
            timed=day == planner.today,
            prompt=None if question is None else question.prompt.id,
        )
        if question is not None:
            questions.answered(question, day, saved)
    return saved, ""
