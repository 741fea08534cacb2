"""The bank of questions: the shipped one and what the user adds or leaves off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os.path import dirname, join
from typing import Literal, NamedTuple

Cadence = Literal["daily", "weekly", "monthly", "quarterly", "yearly", "situational"]
CADENCES: tuple[Cadence, ...] = (
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "yearly",
    "situational",
)
YIELDS = ("ask", "promise", "win", "lesson", "warn", "grey", "standard")
POINTS = ("a", "b", "c", "d")

# What may open a situational question, in order of precedence.
TRIGGERS = (
    "situation_open_emergency",
    "boundary_open",
    "disagree",
    "situation_open_contradiction",
    "one_on_one_soon",
    "after_one_on_one",
    "promise_due",
    "surprise_logged",
    "situation_closed",
    "goal_slipping",
    "setback",
    "appraisal_soon",
    "new_leader",
    "win_without_evidence",
    "quiet_leader",
    "no_own_course",
)


class Lens(NamedTuple):
    """An angle to look from; ``order`` breaks ties between lenses."""

    id: str
    order: int
    name_en: str
    name_zh: str

    def name(self, language: str) -> str:
        """What people call it in ``language``."""
        return self.name_zh if language.startswith("zh") else self.name_en


class Prompt(NamedTuple):
    """One question, in both languages.

    ``trigger`` is empty unless it is situational; ``yields`` is what one key may turn the
    answer into, or empty; ``point`` is empty in a user's own prompt without one.
    """

    id: str
    lens: str
    cadence: Cadence
    point: str
    text_en: str
    text_zh: str
    trigger: str = ""
    yields: str = ""

    def text(self, language: str) -> str:
        """The question in ``language``."""
        return self.text_zh if language.startswith("zh") else self.text_en


class Bank(NamedTuple):
    """The questions in use, in the order of their files, and the lenses by order.

    ``disabled`` are kept to be read beside old answers; ``points`` say what a to d mean.
    """

    prompts: tuple[Prompt, ...]
    lenses: tuple[Lens, ...]
    points: Mapping[str, str]
    disabled: tuple[Prompt, ...] = ()

    def get(self, prompt_id: str) -> Prompt | None:
        """The question with ``prompt_id``, in use or not; None for one unknown."""
        for prompt in (*self.prompts, *self.disabled):
            if prompt.id == prompt_id:
                return prompt
        return None

    def of(self, cadence: Cadence) -> tuple[Prompt, ...]:
        """The questions in use that are asked at ``cadence``."""
        return tuple(prompt for prompt in self.prompts if prompt.cadence == cadence)

    def opened_by(self, trigger: str) -> tuple[Prompt, ...]:
        """The questions in use that ``trigger`` opens."""
        return tuple(prompt for prompt in self.prompts if prompt.trigger == trigger)

    def lens(self, lens_id: str) -> Lens | None:
        """The lens with ``lens_id``; None for one unknown."""
        return next((lens for lens in self.lenses if lens.id == lens_id), None)


def load_bank(user_text: str | bytes | None = None, user_path: str = "") -> Bank:
    """The shipped bank with the user's own file, when there is one, merged into it.

    ``user_text`` is what that file holds; ``user_path`` names it in errors. BadSettings
    says file, line and key.
    """
    path = join(dirname(dirname(__file__)), "data", "prompts.toml")
    with open(path, encoding="utf-8") as file:
        shipped = _shipped(file)
    if user_text is None:
        return shipped
    from plannertui.core.promptfile import PromptFile

    return PromptFile(user_text, user_path or "prompts.toml").bank(shipped)


def _shipped(lines: Iterable[str]) -> Bank:
    """The bank of the shipped file, which has one plain ``key = value`` to a line.

    Reading it as any TOML takes ten times as long, at every start of the screen; a test
    holds both to the same bank.
    """
    points: dict[str, str] = {}
    tables: dict[str, list[dict[str, str]]] = {"lens": [], "prompt": []}
    table: dict[str, str] = {}
    for line in lines:
        if line.startswith("[["):
            table = {}
            tables[line.strip("[]\n")].append(table)
        elif line.startswith("[points]"):
            table = points
        elif line[:1].isalpha():
            key, _equals, value = line.partition(" = ")
            table[key] = value.strip('"\n')
    lenses = [
        Lens(one["id"], int(one["order"]), one["name_en"], one["name_zh"])
        for one in tables["lens"]
    ]
    known: dict[str, Cadence] = {name: name for name in CADENCES}
    prompts = [
        Prompt(
            one["id"],
            one["lens"],
            known[one["cadence"]],
            one["point"],
            one["text_en"],
            one["text_zh"],
            one.get("trigger", ""),
            one.get("yields", ""),
        )
        for one in tables["prompt"]
    ]
    lenses.sort(key=lambda lens: lens.order)
    return Bank(tuple(prompts), tuple(lenses), points)
