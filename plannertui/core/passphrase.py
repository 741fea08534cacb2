"""How well a passphrase stands up to guessing: advice, never a refusal."""

from __future__ import annotations

from math import log2

from plannertui.i18n import gettext as _

ENOUGH = 55.0
"""Bits, as roughly counted here: with scrypt in front, many lives of a fast machine."""
# What is tried first, in any case and with figures at its end.
COMMON = (
    *("password", "passwort", "qwerty", "qwertz", "azerty", "asdf", "abc", "letmein"),
    *("welcome", "admin", "master", "dragon", "monkey", "football", "iloveyou"),
    *("planner", "plannertui", "ptui", "secret", "woaini", "mima", "test"),
)
_SETS = (
    (str.islower, 26),
    (str.isupper, 26),
    (str.isdecimal, 10),
    (lambda char: not char.isalnum() and char.isascii(), 33),
    (lambda char: not char.isascii(), 1500),
)


def bits(passphrase: str) -> float:
    """A rough and kind estimate of what guessing costs, in bits.

    Runs and repetitions count once; a common word counts as one letter.
    """
    low = passphrase.casefold()
    for word in COMMON:
        low = low.replace(word, word[0])
    fresh = 0
    for at, char in enumerate(low):
        step = ord(char) - ord(low[at - 1]) if at else 9
        begun_before = at > 1 and low[:at].find(low[at - 2 : at + 1]) >= 0
        fresh += not (step in (-1, 0, 1) or begun_before)
    room = sum(size for test, size in _SETS if any(test(char) for char in passphrase))
    return fresh * log2(room) if room else 0.0


def advice(passphrase: str) -> str:
    """What to say of a passphrase that is easily guessed; "" for one that is not."""
    if bits(passphrase) >= ENOUGH:
        return ""
    return _(
        "That one is easily guessed. Better: four or five words that do not belong "
        "together, which only you would put side by side."
    )
