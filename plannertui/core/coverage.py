"""Whom the goals serve: which goal serves which priority, and what nobody serves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from plannertui.core.goals import Coverage, coverage

if TYPE_CHECKING:
    from plannertui.core.goals import Goal, Serve
    from plannertui.core.priorities import Priority

__all__ = ["Coverage", "coverage", "served_by", "where_is_mine"]


def served_by(
    goals: Iterable[Goal], priorities: Sequence[Priority]
) -> dict[int, list[tuple[Goal, Serve]]]:
    """For each of ``priorities``, by id, the active goals that serve it, and how."""
    found: dict[int, list[tuple[Goal, Serve]]] = {each.id: [] for each in priorities}
    for goal in goals:
        if goal.state != "active":
            continue
        for serve in goal.serves:
            if serve.priority_id in found:
                found[serve.priority_id].append((goal, serve))
    return found


def where_is_mine(of: Coverage) -> bool:
    """Whether everything is the leader's: each priority served, and no own course."""
    return 0 < of.priorities == of.served and of.own == 0
