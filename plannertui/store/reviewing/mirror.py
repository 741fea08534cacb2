"""The mirror in a week's review: one standard in turn, and the answer to it."""

from __future__ import annotations

from datetime import datetime

from plannertui.core.entries import Entry
from plannertui.core.errors import NotFound, Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import entries, reviews, rows, years
from plannertui.store.reviewing.desk import Desk, Group, Part
from plannertui.store.reviews import Review

ANSWERS = ("yes", "partly", "no")


def the_standard(desk: Desk) -> list[Group]:
    """The standard whose turn it is, with what was answered before."""
    found = standard_in_turn(desk)
    if found is None:
        empty = _(
            "No standards yet: how do you want people to work for you? e adds them."
        )
        return [Group(_("Standard"), (), empty)]
    number, text, answer, before = found
    about = " ".join(answer_word(each) for each in before)
    said = answer_word(answer) if answer else " / ".join(map(answer_word, ANSWERS))
    part = Part(text, said, "", number, "standard", "" if answer else "muted")
    group = [Group(_("One of your standards"), (part,))]
    if about:
        group.append(Group(_("The last answers"), (Part(about, role="muted"),)))
    return group


def answer_word(answer: str) -> str:
    """Yes, partly or no."""
    return {"yes": _("yes"), "partly": _("partly"), "no": _("no")}.get(answer, answer)


def standard_in_turn(desk: Desk) -> tuple[int, str, str, list[str]] | None:
    """The standard to look at: its id, text, the answer of this review, those before.

    It is the one that this review has answered, else the one left alone longest.
    """
    standards = years.get(desk.db, desk.year).standards
    if not standards:
        return None
    review = desk.review.entry.id if desk.review.entry is not None else 0
    last: dict[int, str] = {}
    every: dict[int, list[str]] = {}
    mine: tuple[int, str] | None = None
    for number, answer, day, own in desk.db.read(
        "SELECT json_extract(e.mirror, '$.standard'), json_extract(e.mirror, '$.answer'), "
        "e.day, EXISTS (SELECT 1 FROM link l WHERE l.from_id = e.id AND l.to_id = ? AND "
        "l.role = 'from') FROM entry e WHERE e.kind = 'mirror' AND e.mirror NOT NULL "
        "AND e.deleted_at IS NULL ORDER BY e.day, e.id",
        (review,),
    ):
        if own:
            mine = (number, answer)
            continue
        last[number] = day
        every.setdefault(number, []).append(answer)
    ids = [standard.id for standard in standards]
    if mine is not None and mine[0] in ids:
        chosen, answer = mine
    else:
        chosen, answer = min(ids, key=lambda number: last.get(number, "")), ""
    text = next(each.text for each in standards if each.id == chosen)
    return chosen, text, answer, every.get(chosen, [])[-6:]


def answered(desk: Desk) -> Entry | None:
    """The entry that holds the answer of this review, if there is one."""
    if desk.review.entry is None:
        return None
    row = desk.db.one(
        "SELECT e.id FROM link l JOIN entry e ON e.id = l.from_id WHERE l.to_id = ? "
        "AND l.role = 'from' AND e.kind = 'mirror' AND e.deleted_at IS NULL "
        "ORDER BY e.id DESC LIMIT 1",
        (desk.review.entry.id,),
    )
    return None if row is None else entries.get(desk.db, row[0])


def answer_standard(
    desk: Desk, answer: str, now: datetime, example: str = ""
) -> tuple[Entry, Review]:
    """Answer the standard whose turn it is; the entry says the example, or the standard.

    Raises Usage for another answer than yes, partly, no; NotFound without standards.
    """
    if answer not in ANSWERS:
        raise Usage(
            _("{value} is none of: {choices}").format(
                value=answer, choices=", ".join(ANSWERS)
            )
        )
    found = standard_in_turn(desk)
    if found is None:
        raise NotFound(_('There are no standards yet: ptui year set --standard "…"'))
    number, text, _answer, _before = found
    with desk.db.write(N_("look into the mirror"), now):
        review = reviews.begin(desk.db, desk.review, today=desk.today, now=now)
        assert review.entry is not None
        old = answered(desk)
        mirror = {"standard": number, "answer": answer}
        if old is not None:
            words = example.strip() or old.text
            entry = entries.edit(desk.db, old, now, mirror=mirror, text=words)
        else:
            entry = entries.add(
                desk.db,
                text=example.strip() or text,
                kind="mirror",
                day=desk.today,
                now=now,
                mirror=mirror,
            )
            rows.set_links(desk.db, entry.id, [review.entry.id], "from")
    return entry, review


def give_example(desk: Desk, example: str, now: datetime) -> None:
    """Put the example into the answer of this review, where there is one."""
    old = answered(desk)
    if old is not None and example.strip() and old.text != example.strip():
        entries.edit(desk.db, old, now, text=example.strip())
