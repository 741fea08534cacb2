"""How many examples a property is tried with, where each of them costs much."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

USUAL = 50
"""The examples of the profile that is used when no other is asked for."""


def costly(count: int, **more: Any) -> settings:
    """``count`` examples; as many times more as the profile in use looks harder.

    A number in the settings of a test would keep any profile from changing it.
    """
    profile = settings.default
    assert profile is not None
    factor = profile.max_examples / USUAL
    return settings(max_examples=max(1, round(count * factor)), **more)
