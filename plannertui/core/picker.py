"""Which question to ask: deterministic, from the history, the context and the seed.

The same inputs give the same question on every machine: integers only, no clock and no
chance. An open emergency or undecided boundary comes first, then the question that was
planned for today, then what the context opens, then the lens left alone longest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from plannertui.core.picked import STATES, Pick, Shown, Shows, Why, why_text
from plannertui.core.prompts import TRIGGERS, Bank, Cadence, Lens, Prompt

__all__ = [
    "STATES",
    "TRIGGER_ORDER",
    "Pick",
    "Shown",
    "Shows",
    "Why",
    "another",
    "h64",
    "pick",
    "pick_review",
    "why_text",
    "year_questions",
]

Active = Mapping[str, Sequence[tuple[str, str]]]
Workdays = Callable[[date, date], int]

TRIGGER_ORDER = TRIGGERS
URGENT = TRIGGERS[:2]
RECENT = 5
MOST_CONTEXTUAL = 3
LEFT_OUT = 20
LONGEST_GAP = 30
MOST_ANOTHER = 3

# How many questions a review asks, and those of the year in their order.
REVIEW: dict[Cadence, int] = {"weekly": 1, "monthly": 2, "quarterly": 3}
YEAR_CLOSE = ("credit-09", "relation-09", "boundary-08", "downward-10", "reversal-09")
YEAR_OPEN = ("course-09", "course-10", "goals-09")

_MASK = (1 << 64) - 1


def h64(text: str) -> int:
    """A hash of 64 bits: FNV-1a over UTF-8 with the finaliser of splitmix64."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & _MASK
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    value = (value ^ value >> 27) * 0x94D049BB133111EB & _MASK
    return value ^ value >> 31


def pick(
    bank: Bank,
    *,
    seed: int,
    day: date,
    shown: Sequence[Shown],
    active: Active,
    workdays: Workdays,
) -> Pick:
    """The question of ``day``.

    ``shown`` is the history, the last put before the user at its end; what was chosen
    for ``day`` before is returned again. ``active`` holds the triggers that are on, each
    with its (instance, label) pairs. ``workdays(a, b)`` counts those after a up to b.
    """
    history = _History(bank, seed, day, shown, workdays)
    urgent = None if history.urgent_today() else history.open_context(active, URGENT)
    if urgent is not None:
        return urgent
    today = history.today()
    if today:
        return history.again(today[-1], active)
    if history.context_allowed():
        found = history.open_context(active, TRIGGER_ORDER)
        if found is not None:
            return found
    return history.by_lens("daily")


def another(
    bank: Bank,
    *,
    seed: int,
    day: date,
    shown: Sequence[Shown],
    active: Active,
    workdays: Workdays,
) -> Pick | None:
    """Another question for ``day``, None after three.

    The planned one that an urgent one came before is next, then ordinary ones.
    """
    history = _History(bank, seed, day, shown, workdays)
    today = history.today()
    waiting = [
        entry
        for entry in today[:-1]
        if entry.state == "planned" and entry.trigger not in URGENT
    ]
    if waiting:
        return history.again(waiting[0], active)
    if len(today) > MOST_ANOTHER:
        return None
    return history.by_lens("daily")


def pick_review(
    bank: Bank,
    cadence: Cadence,
    *,
    seed: int,
    day: date,
    shown: Sequence[Shown],
    workdays: Workdays,
    since: date | None = None,
    count: int | None = None,
) -> list[Pick]:
    """The questions of a weekly, monthly or quarterly review held on ``day``.

    Those already shown since ``since``, the start of the review, come first, so that a
    review can be taken up again. ``count`` is 1, 2 and 3 unless given.
    """
    wanted = REVIEW.get(cadence, 1) if count is None else count
    first = day if since is None else since
    ids = {prompt.id for prompt in bank.of(cadence)}
    history = _History(bank, seed, day, shown, workdays)
    picks = [
        history.again(entry, {})
        for entry in shown
        if entry.day >= first and entry.prompt_id in ids
    ][:wanted]
    entries = list(shown)
    while len(picks) < min(wanted, len(ids)):
        found = _History(bank, seed, day, entries, workdays).by_lens(cadence)
        picks.append(found)
        entries.append(found.shown(day))
    return picks


def year_questions(bank: Bank, part: Literal["close", "open"]) -> list[Prompt]:
    """The questions that close or open a year, in their order.

    The user's own yearly questions come with the closing ones.
    """
    yearly = {prompt.id: prompt for prompt in bank.of("yearly")}
    order = YEAR_OPEN if part == "open" else YEAR_CLOSE
    found = [yearly[name] for name in order if name in yearly]
    if part == "close":
        known = (*YEAR_CLOSE, *YEAR_OPEN)
        found += [prompt for prompt in yearly.values() if prompt.id not in known]
    return found


class _History:
    """What was shown so far, seen from one day."""

    def __init__(
        self,
        bank: Bank,
        seed: int,
        day: date,
        shown: Sequence[Shown],
        workdays: Workdays,
    ) -> None:
        self.bank = bank
        self.seed = seed
        self.day = day
        self.workdays = workdays
        self.cadence = {
            prompt.id: prompt.cadence for prompt in (*bank.prompts, *bank.disabled)
        }
        self.shown = shown
        # A question that was removed from the bank since is one of a day.
        self.asked = [
            entry
            for entry in shown
            if entry.trigger
            or self.cadence.get(entry.prompt_id, "daily") in ("daily", "situational")
        ]

    def today(self) -> list[Shown]:
        """What was chosen for the day, that still can be shown."""
        return [
            entry
            for entry in self.asked
            if entry.day == self.day and entry.prompt_id in self.cadence
        ]

    def urgent_today(self) -> bool:
        """Whether an urgent question was put before the user on this day."""
        return any(entry.trigger in URGENT for entry in self.today())

    def context_allowed(self) -> bool:
        """Whether fewer than three of the last five questions were contextual."""
        recent = self.asked[-RECENT:]
        return sum(1 for entry in recent if entry.trigger) < MOST_CONTEXTUAL

    def open_context(self, active: Active, triggers: Iterable[str]) -> Pick | None:
        """The first question that an active instance opens and was not asked for it."""
        done = {(entry.prompt_id, entry.instance) for entry in self.asked}
        for trigger in triggers:
            prompts = self.bank.opened_by(trigger)
            for instance, label in active.get(trigger, ()):
                for prompt in prompts:
                    if (prompt.id, instance) not in done:
                        why = Why(self.lens(prompt.lens), None, trigger, label)
                        return Pick(prompt, why, self.turn("daily"), trigger, instance)
        return None

    def by_lens(self, cadence: Cadence) -> Pick:
        """The next of the questions at ``cadence``, from the lens left alone longest."""
        prompts = self.bank.of(cadence)
        entries = self.of(cadence)
        turn = self.turn(cadence)
        seen = {entry.prompt_id for entry in entries if entry.turn == turn}
        left = [prompt for prompt in prompts if prompt.id not in seen]
        if not left:
            turn += 1
            left = list(prompts)
        recent = {entry.prompt_id for entry in entries[-LEFT_OUT:]}
        left = [prompt for prompt in left if prompt.id not in recent] or left
        gaps = {lens.id: self.gap(lens.id, self.shown) for lens in self.bank.lenses}

        def score(lens: Lens) -> int:
            gap = gaps[lens.id]
            count = sum(1 for prompt in left if prompt.lens == lens.id)
            return count * (1 + (LONGEST_GAP if gap is None else min(gap, LONGEST_GAP)))

        # max keeps the first of equals, and the lenses stand in their order.
        best = max(self.bank.lenses, key=score)
        prompt = min(
            (prompt for prompt in left if prompt.lens == best.id),
            key=lambda prompt: h64(f"{self.seed}|{turn}|{prompt.id}"),
        )
        return Pick(prompt, Why(best, gaps[best.id]), turn)

    def again(self, entry: Shown, active: Active) -> Pick:
        """A question chosen before, with the reason that it was chosen for."""
        prompt = self.bank.get(entry.prompt_id)
        assert prompt is not None
        lens = self.lens(prompt.lens)
        if entry.trigger in TRIGGER_ORDER:
            labels = dict(active.get(entry.trigger, ()))
            label = labels.get(entry.instance, entry.instance)
            why = Why(lens, None, entry.trigger, label)
        else:
            before = self.shown[: self.shown.index(entry)]
            why = Why(lens, self.gap(lens.id, before, entry.day))
        return Pick(prompt, why, entry.turn, entry.trigger, entry.instance)

    def of(self, cadence: Cadence) -> list[Shown]:
        """What was shown at ``cadence``; context and removed questions left out."""
        return [
            entry
            for entry in self.shown
            if not entry.trigger and self.cadence.get(entry.prompt_id) == cadence
        ]

    def turn(self, cadence: Cadence) -> int:
        """The turn of the bank that the questions at ``cadence`` are in."""
        return max((entry.turn for entry in self.of(cadence)), default=0)

    def gap(
        self, lens: str, shown: Sequence[Shown], day: date | None = None
    ) -> int | None:
        """Workdays from the last visit to ``lens`` up to the day, None for no visit."""
        last = max((entry.day for entry in shown if entry.lens == lens), default=None)
        if last is None:
            return None
        # A clock that was set back is no reason for a negative count.
        return max(0, self.workdays(last, day or self.day))

    def lens(self, lens_id: str) -> Lens:
        """The lens with ``lens_id``."""
        found = self.bank.lens(lens_id)
        assert found is not None
        return found
