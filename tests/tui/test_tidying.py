"""Garbage is collected when the keys rest, and only then."""

from __future__ import annotations

import gc

import pytest

from plannertui.tui.tidying import Tidying


def test_it_is_collected_once_and_only_after_the_keys_rested(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collected: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda: collected.append(1))
    tidying = Tidying()
    tidying.look()
    assert collected == []
    for _key in range(3):
        tidying.stirred = True
        tidying.look()
    assert collected == []
    tidying.look()
    tidying.look()
    tidying.look()
    assert collected == [1]
