"""Whether a store was just made, so that its owner is asked the first questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.store import glance

if TYPE_CHECKING:
    from plannertui.store.open import Store

WELCOMED = "welcomed"


def is_new(db: Store) -> bool:
    """Whether nothing was ever kept in the store and nobody was asked yet."""
    if db.readonly or db.meta(WELCOMED):
        return False
    return glance.is_empty(db)
