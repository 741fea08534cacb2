"""The sample year: an invented licensing office, lived from January to September 2024.

What was written is in ``data/demo.toml``, in both languages; here it is put into a store
as if it had been typed day by day. Nothing is random.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from plannertui.core.goals import Goal, Measure
from plannertui.core.people import Belief
from plannertui.exchange.demo_hard import grey_matters, hard_moments
from plannertui.exchange.demo_journal import evenings, journal
from plannertui.exchange.demo_leader import leaders
from plannertui.exchange.demo_matters import weigh
from plannertui.exchange.demo_meet import talks
from plannertui.exchange.demo_outputs import ready, to_bring
from plannertui.exchange.demo_questions import ask_questions, choose_questions
from plannertui.exchange.demo_review import hold_reviews, write_month
from plannertui.i18n import N_
from plannertui.store import entries, events, goals, matters, people, priorities, years
from plannertui.store.open import Store, open_store

YEAR = 2024
CALENDAR = "CN"
# Chosen so that the question of the last evening was asked, and answered, in June.
SEED = 6
ZONE = ZoneInfo("Asia/Shanghai")


def demo_now() -> datetime:
    """The evening that the sample is opened on: Saturday 14 September 2024, 18:10."""
    return datetime(YEAR, 9, 14, 18, 10, tzinfo=ZONE)


def make(folder: str, language: str = "en") -> str:
    """Make the sample's store in ``folder``, which must be private, and give its path."""
    path = os.path.join(folder, "planner.db")
    db = open_store(path, now=demo_now())
    try:
        build(db, demo_now(), language)
    finally:
        db.close()
    return path


def build(db: Store, now: datetime, language: str = "en") -> None:
    """Fill the empty store ``db`` with the sample year up to ``now``, as no undoable step."""
    sample = Sample(db, now, language)
    db.set_meta("seed", str(SEED))
    with db.write(N_("the sample year"), now, kind="sample"):
        sample.people()
        sample.year()
        sample.goals()
        sample.matters()
        leaders(sample)
        grey_matters(sample)
        weigh(sample)
        sample.events()
        talks(sample)
        hard_moments(sample)
        journal(sample)
        ready(sample)
        evenings(sample)
        write_month(sample)
        chosen = choose_questions(sample)
        sample.keep()
        hold_reviews(sample)
        to_bring(sample)
        ask_questions(sample, chosen)


def moment(day: str, clock: str) -> datetime:
    """The moment of a wall time on a day of the sample ("09-14" or with the year)."""
    lived = date.fromisoformat(day if len(day) == 10 else f"{YEAR}-{day}")
    return datetime.combine(lived, time.fromisoformat(clock), ZONE)


class Sample:
    """The sample's texts in one language, on their way into one store."""

    def __init__(self, db: Store, now: datetime, language: str) -> None:
        self.db = db
        self.now = now
        self.at = 1 if language == "zh_Hans" else 0
        here = os.path.dirname(os.path.dirname(__file__))
        with open(os.path.join(here, "data", "demo.toml"), "rb") as file:
            self.data: dict[str, Any] = tomllib.load(file)
        self.ids: dict[str, int] = {}
        self.waiting: list[tuple[datetime, dict[str, Any]]] = []

    def say(self, both: Sequence[str]) -> str:
        """One of a pair of texts, the one in the language of this sample."""
        return both[self.at] if both else ""

    def links(self, text: str) -> list[int]:
        """The ids of the handles that ``text`` refers to with @."""
        words = [word.rstrip(".,;:：，。；）)") for word in text.split("@")[1:]]
        return [self.ids[w.split()[0]] for w in words if w and w.split()[0] in self.ids]

    def write(self, at: datetime, **fields: Any) -> None:
        """Hand in an entry of the moment ``at``; ``keep`` puts them in order."""
        self.waiting.append((at, fields))

    def keep(self) -> None:
        """Write down what was handed in, so that handles follow the year."""
        for at, fields in sorted(self.waiting, key=lambda one: one[0]):
            entries.add(self.db, day=at.date(), now=at, **fields)

    def people(self) -> None:
        """Leaders and what they answer for, colleagues, officers."""
        first = moment("01-02", "08:30")
        for row in self.data["person"]:
            person = people.add(
                self.db,
                alias=self.say(row["alias"]),
                relation=row["relation"],
                in_room=row.get("in_room", False),
                since=date(2022, 6, 1),
                style={
                    name: Belief(
                        (english, chinese)[self.at], basis, date.fromisoformat(checked)
                    )
                    for name, english, chinese, basis, checked in row.get("style", ())
                },
                now=first,
            )
            self.ids[person.handle] = person.id
            for kind, basis, checked, rank, *texts, state in row.get("priorities", ()):
                checked_on = date.fromisoformat(checked)
                made = priorities.add(
                    self.db,
                    person,
                    text=self.say(texts),
                    kind=kind,
                    basis=basis,
                    rank=rank,
                    checked_on=checked_on,
                    since=first.date(),
                    now=first,
                )
                self.ids[made.handle] = made.id
                if state != "active":
                    priorities.edit(self.db, made, first, state=state, until=checked_on)

    def year(self) -> None:
        """Theme, refusals, standards, lines, whom to ask."""
        row = self.data["year"]
        years.save(
            self.db,
            YEAR,
            moment("01-12", "17:15"),
            theme=self.say(row["theme"]),
            refusals=[self.say(text) for text in row["refusals"]],
            standards=[self.say(text) for text in row["standards"]],
            lines=[self.say(text) for text in row["lines"]],
            askers=[self.say(text) for text in row["askers"]],
            appraisal_on=date.fromisoformat(row["appraisal_on"]),
            calendar=CALENDAR,
        )

    def goals(self) -> None:
        """Four goals with their milestones, and a check-in for every week."""
        made_at = moment("01-02", "17:50")
        for row in self.data["goal"]:
            goal = goals.add(
                self.db,
                year=YEAR,
                title=self.say(row["title"]),
                why=self.say(row["why"]),
                measure=self._measure(row.get("measure")),
                start=date(YEAR, 1, 1),
                due=date(YEAR, 12, 31),
                obstacle=self.say(row["obstacle"]),
                if_then=self.say(row["if_then"]),
                now=made_at,
            )
            self.ids[goal.handle] = goal.id
            for served, *how in row["serves"]:
                goal = goals.serve(
                    self.db, goal, self.ids[served], self.say(how), made_at
                )
            for *title, due, done in row.get("milestones", ()):
                goal = goals.add_milestone(
                    self.db, goal, self.say(title), date.fromisoformat(due), made_at
                )
                if done:
                    goal = goals.tick(
                        self.db,
                        goal,
                        goal.milestones[-1].id,
                        date.fromisoformat(done),
                        moment(done, "17:00"),
                    )
            if goal.measure is not None:
                self._check_ins(goal)

    def _measure(self, row: Sequence[Any] | None) -> Measure | None:
        if row is None:
            return None
        *words, start, target = row
        direction = "down" if target < start else "up"
        name, unit = self.say(words[:2]), self.say(words[2:])
        return Measure(name, unit, start, target, start, direction)  # type: ignore[arg-type]

    def _check_ins(self, goal: Goal) -> None:
        for day, value, *note in self.data["weeks"]:
            at = moment(day, "17:00")
            goal = goals.check_in(
                self.db, goal, value, day=at.date(), now=at, note=self.say(note)
            )

    def matters(self) -> None:
        """Promises up, across and down; what is awaited; what to ask; tasks."""
        for row in self.data["matters"]["list"]:
            kind, day, who, goal, *title, due, closed, how = row
            at = moment(day, "11:16")
            text = self.say(title)
            matter = matters.add(
                self.db,
                title=text,
                day=at.date(),
                now=at,
                kind=kind,
                person_id=self.ids.get(who),
                goal_id=self.ids.get(goal),
                due=date.fromisoformat(due) if due else None,
                origin="asked" if how == "asked" else "mine",
                important="G" in goal and kind == "task",
                links=[self.ids[name] for name in (who, goal) if name],
            )
            if how.startswith("moved"):
                _word, old, _told, told = how.split()
                before = matters.edit(self.db, matter, at, due=date.fromisoformat(old))
                matter = matters.move(
                    self.db,
                    before,
                    date.fromisoformat(due),
                    date.fromisoformat(told),
                    moment(told, "09:30"),
                )
            if closed:
                ended = moment(closed, "16:30")
                matters.done(self.db, matter, ended.date(), ended)

    def events(self) -> None:
        """Talks and meetings; those gone by were held, and followed up."""
        for row in self.data["events"]["list"]:
            day, clock, minutes, kind, who, *rest = row
            starts = date.fromisoformat(day)
            gone = starts < self.now.date()
            events.add(
                self.db,
                title=self.say(rest[:2]),
                wanted=self.say(rest[2:]),
                starts_on=starts,
                time=clock or None,
                minutes=minutes or None,
                zone=ZONE.key if clock else "",
                kind=kind,
                people=[self.ids[who]] if who else (),
                state="followed_up" if gone else "planned",
                now=moment("01-02", "18:00"),
            )
        for day, rule, clock, minutes, out, *title in self.data["events"]["repeating"]:
            events.add(
                self.db,
                title=self.say(title),
                starts_on=date.fromisoformat(day),
                time=clock,
                minutes=minutes,
                zone=ZONE.key,
                repeat=rule,
                skipped=[date.fromisoformat(each) for each in out],
                now=moment("01-02", "18:00"),
            )
