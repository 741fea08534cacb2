"""What makes a win checkable: a number, a document, a witness; and whom to credit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plannertui.core.entries import Win
from plannertui.core.praise import advice

if TYPE_CHECKING:
    from datetime import date


STORY = ("before", "did", "after")


def names(text: str) -> tuple[str, ...]:
    """Names between commas, Chinese ones too, each once."""
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def is_proved(win: Win | None) -> bool:
    """Whether a stranger could check it."""
    return win is not None and bool(win.number or win.document or win.witnesses)


def use(win: Win | None, day: date | None) -> Win:
    """``win`` as used in a report on ``day``; None takes that back."""
    return replace(win or Win(), used_on=day)


def story(text: str, win: Win | None) -> str:
    """Everything that a win says about itself, where praise would stand."""
    win = win or Win()
    return "\n".join((text, win.before, win.did, win.after))


def claims(text: str, win: Win | None) -> str:
    """What to say about a win that praises and that nothing proves; empty otherwise."""
    return "" if is_proved(win) else advice(story(text, win))
