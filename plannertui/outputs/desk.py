"""What a report is made on: the store read by the rules, and a list of what stays behind.

Only what may leave gets past here: entries marked as ready, matters that carry the tag
``ready``, goals with their measures, what leaders have said or been seen to want.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from plannertui import i18n
from plannertui.core.day import later
from plannertui.core.entries import Entry, proof
from plannertui.core.people import slug
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.outputs.vault import Vault
from plannertui.outputs.wording import day
from plannertui.store import entries, goals, matters, people, priorities
from plannertui.store.items import Filter, ls
from plannertui.store.refs import resolve
from plannertui.store.sharing import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plannertui.core.goals import Goal
    from plannertui.core.matters import Matter
    from plannertui.core.people import Person
    from plannertui.core.priorities import Priority
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.open import Store
    from plannertui.store.settings import Settings

FAILURES = ("setback", "surprise")
TAGS = {
    "decide": ("decide", "请示"),
    "inform": ("inform", "报告"),
    "next": ("next", "下周"),
    "breath": ("breath", "一句话"),
    "how": ("how", "做法"),
    "post": ("post", "岗位"),
    "fact": ("fact", "事实"),
    "guess": ("guess", "猜的"),
    "question": ("question", "问题"),
}
"""The tags by which a ready entry says where in a report it belongs."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a report leaves out, for the user's eyes: its handle, words, and why."""

    handle: str
    text: str
    why: str
    code: str = ""


PRIVATE = N_("private: S or ptui ready marks it")


@dataclass(slots=True)
class Desk:
    """Everything one report is made from; ``first`` to ``last`` is its period."""

    db: Store
    now: datetime
    today: date
    calendar: WorkCalendar
    settings: Settings
    typed: Mapping[str, str] = field(default_factory=dict)
    subject: int = 0
    first: date = date.min
    last: date = date.max
    left: list[LeftOut] = field(default_factory=list)
    vault: Vault = field(init=False)
    used: list[int] = field(default_factory=list)
    seen: dict[int, Entry] = field(default_factory=dict)
    placed: set[int] = field(default_factory=set)
    reader: str = field(default_factory=i18n.language)
    """The language of the one at the screen, whatever that of the report."""

    def __post_init__(self) -> None:
        everybody = people.ls(self.db, past=True)
        real = people.real_names(self.db)
        self.vault = Vault(real, self._typed(everybody), self._called)

    def _typed(self, everybody: list[Person]) -> dict[str, str]:
        """The names typed at export, by the alias that each stands for."""
        by_key = {p.handle.casefold(): p.alias for p in everybody}
        by_key |= {slug(p.alias): p.alias for p in everybody}
        found = {}
        for key, name in self.typed.items():
            alias = by_key.get(slug(key.removeprefix("@")))
            if alias is not None:
                found[alias] = name
        return found

    def _called(self, word: str) -> str | None:
        """What a reference in a text is called; "" for what is named to nobody."""
        found = resolve(self.db, word, trashed=True)
        if found is None:
            return None
        if found[3] == "goal":
            # One's own course is not named in passing either.
            return found[2] if goals.get(self.db, found[0]).serves else ""
        return found[2] if found[3] == "person" else ""

    # -- texts -------------------------------------------------------------------------

    def text(self, entry: Entry) -> str:
        """An entry's text, marked where it tells of a failure."""
        self.placed.add(entry.id)
        sort = "failure" if entry.kind in FAILURES else "text"
        return self.vault.put(entry.text, tags=entry.tags, sort=sort)  # type: ignore[arg-type]

    def day(self, on: date) -> str:
        """A day as the report writes it."""
        return day(on, self.today)

    def alias(self, name: str) -> str:
        """Whom a handle or alias names, as the report calls them."""
        found = resolve(self.db, name.removeprefix("@"))
        if found is not None and found[3] == "person":
            return self.vault.person(found[2])
        return self.vault.put(name)

    def leave_out(
        self,
        handle: str,
        text: str,
        why: str,
        code: str = "",
        tags: Iterable[str] = (),
    ) -> None:
        """Say that something stays behind; ``why`` is still to be translated."""
        shown = self.vault.tidy(text, tags)
        with i18n.speaking(self.reader):
            self.left.append(LeftOut(handle, shown, _(why), code))

    # -- what may leave ----------------------------------------------------------------

    def ready(self, *, since: date | None = None) -> list[Entry]:
        """The ready entries of the period, the first first; the others are left out."""
        ready = []
        only = Filter(since=since or self.first, until=self.last)
        for item in ls(self.db, only, newest=False, nouns=("entry",)):
            if item.share == "ready":
                ready.append(item.id)
            elif item.day >= self.first:
                why = PRIVATE
                self.leave_out(item.handle, item.text, why, "private", item.tags)
        found = entries.some(self.db, ready)
        self.seen |= {entry.id: entry for entry in found if entry.day >= self.first}
        return found

    def unplaced(self) -> None:
        """Say of ready entries that this report has no place for them."""
        told = {one.handle for one in self.left}
        for number, entry in self.seen.items():
            if number not in self.placed and entry.handle not in told:
                why = N_("ready, but this report has no place for it")
                self.leave_out(entry.handle, entry.text, why, "place", entry.tags)

    def sealed(self) -> None:
        """Say of grey matters that they leave by a verb of their own alone."""
        for matter in matters.grey(self.db, self.first, self.last):
            if is_sealed(matter):
                with i18n.speaking(self.reader):
                    words = _("a boundary record")
                why = N_("it leaves only by: ptui report boundary")
                self.leave_out(matter.handle, words, why, "boundary")

    def open_matters(self, person_id: int | None = None) -> list[Matter]:
        """Open matters that may leave with their title; the others are left out."""
        found = []
        for matter in matters.ls(self.db, person_id=person_id):
            if is_sealed(matter) or matter.nature != "official":
                continue
            if WORDS & {tag.casefold() for tag in matter.tags}:
                found.append(matter)
            else:
                self.leave_out(
                    matter.handle,
                    matter.title,
                    N_("a matter of your own: ready marks it"),
                    "matter",
                )
        return found

    def known(self, person: Person | None) -> list[Priority]:
        """What ``person`` said or was seen to want; guesses are left out."""
        if person is None:
            return []
        found = []
        for priority in priorities.ls(self.db, person.id):
            if priority.basis == "guess":
                self.leave_out(
                    priority.handle,
                    priority.text,
                    N_("a guess: ask before it is told"),
                    "guess",
                )
            else:
                found.append(priority)
        return found

    def claims_out(self, found: Iterable[Entry]) -> list[Entry]:
        """``found`` without wins that nothing proves; they are left out."""
        kept = []
        for entry in found:
            if proof(entry) == "claim":
                self.leave_out(
                    entry.handle,
                    entry.text,
                    N_("a claim: add a number, a document or a witness"),
                    "claim",
                )
            else:
                kept.append(entry)
        return kept

    def use(self, entry: Entry) -> None:
        """Note that a win is told in this report."""
        if entry.kind == "win" and entry.id not in self.used:
            self.used.append(entry.id)

    def win(self, entry: Entry) -> dict[str, Any]:
        """A ready win with what proves it."""
        self.use(entry)
        put = self.vault.put
        win = entry.win
        return {
            "text": self.text(entry),
            "day": self.day(entry.day),
            "number": put(win.number) if win else "",
            "document": put(win.document) if win else "",
            "before": put(win.before) if win else "",
            "did": put(win.did) if win else "",
            "after": put(win.after) if win else "",
            "witnesses": [self.alias(name) for name in win.witnesses] if win else [],
            "credit": [self.alias(name) for name in win.credit] if win else [],
        }

    def leader(self) -> Person | None:
        """Whom the report is for: the person it is about, else the primary leader."""
        if self.subject:
            for person in people.ls(self.db, past=True):
                if person.id == self.subject:
                    return person
        return people.primary(self.db)

    def goals(self, year: int, *, own: bool = False) -> list[Goal]:
        """The goals of a year that may be told: not drafts, and not one's own course.

        Those that serve nobody stay behind, unless for one's ``own`` eyes, or where no
        goal of the year says whom it serves.
        """
        found = [g for g in goals.ls(self.db, year, past=True) if g.state != "draft"]
        if own or not any(goal.serves for goal in found):
            return found
        for goal in found:
            if not goal.serves:
                why = N_("your own course: say whom it serves, to tell it")
                self.leave_out(goal.handle, goal.title, why, "own")
        return [goal for goal in found if goal.serves]

    def back(self, days: int) -> date:
        """So many days before today."""
        return later(self.today, -days)


def is_sealed(matter: Matter) -> bool:
    """Whether a matter is grey, or has been looked at as one: it never leaves."""
    return matter.nature == "grey" or bool(matter.boundary)


def tagged(entry: Entry, name: str) -> bool:
    """Whether the entry carries one of the tags called ``name``."""
    return bool({tag.casefold() for tag in entry.tags} & set(TAGS[name]))
