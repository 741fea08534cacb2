"""Goal progress, pace against workdays, and coverage of a leader's priorities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.goals import (
    Coverage,
    Goal,
    Measure,
    Milestone,
    Serve,
    coverage,
    health,
    pace,
    progress,
)
from plannertui.core.priorities import Priority, stale
from plannertui.core.workdays import WorkCalendar, build_year

CHINA = WorkCalendar(lambda year: build_year("CN", year))
ROW: dict[str, Any] = {
    "id": 1,
    "uid": "u",
    "created_at": "",
    "updated_at": "",
    "rev": 1,
}


def goal(**fields: Any) -> Goal:
    return Goal(
        **(
            ROW
            | {
                "handle": "G1",
                "year": 2024,
                "title": "Licence backlog",
                "start": date(2024, 1, 1),
                "due": date(2024, 12, 31),
            }
            | fields
        )
    )


def steps(done: int, total: int) -> tuple[Milestone, ...]:
    return tuple(
        Milestone(n, f"G1.{n}", "step", None, date(2024, 3, 1) if n <= done else None)
        for n in range(1, total + 1)
    )


@pytest.mark.parametrize(
    ("measure", "percent"),
    [
        (Measure("open", "", 412, 100, 412, "down"), 0),
        (Measure("open", "", 412, 100, 188, "down"), 224 / 312 * 100),
        (Measure("open", "", 412, 100, 100, "down"), 100),
        (Measure("open", "", 412, 100, 50, "down"), 100),
        (Measure("open", "", 412, 100, 500, "down"), 0),
        (Measure("visits", "", 0, 10, 4, "up"), 40),
        (Measure("visits", "", 5, 5, 5, "up"), 100),
        (Measure("oldest", "days", 30, 30, 30, "hold"), 100),
        (Measure("uptime", "%", 99, 99, 98, "hold"), 0),
    ],
)
def test_progress_by_measure(measure: Measure, percent: float) -> None:
    assert progress(goal(measure=measure)) == pytest.approx(percent)


def test_progress_by_milestones_and_without_either() -> None:
    assert progress(goal(milestones=steps(3, 5))) == 60
    assert progress(goal()) == 0
    assert progress(goal(state="done")) == 100


@pytest.mark.parametrize(
    ("gap", "word"),
    [
        (11, "ahead"),
        (10, "on_pace"),
        (0, "on_pace"),
        (-10, "on_pace"),
        (-11, "behind"),
        (-25, "behind"),
        (-26, "at_risk"),
    ],
)
def test_health_by_points(gap: int, word: str) -> None:
    assert health(gap) == word


@pytest.mark.parametrize(
    ("fields", "percent", "gap", "word"),
    [
        ({"measure": Measure("open", "", 412, 100, 188, "down")}, 72, 1, "on_pace"),
        ({"milestones": steps(3, 5)}, 60, -11, "behind"),
        ({"milestones": steps(3, 4)}, 75, 4, "on_pace"),
        ({"milestones": steps(1, 5)}, 20, -51, "at_risk"),
    ],
)
def test_the_pace_of_the_four_goals_of_the_example(
    fields: dict[str, object], percent: int, gap: int, word: str
) -> None:
    found = pace(goal(**fields), CHINA, date(2024, 9, 14))
    assert round(found.elapsed) == 71
    assert (round(found.progress), found.gap, found.health) == (percent, gap, word)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_progress_is_a_percentage(start: float, target: float, now: float) -> None:
    measure = Measure("m", "", start, target, now, "down" if target < start else "up")
    assert 0 <= progress(goal(measure=measure)) <= 100


def priority(number: int, **fields: Any) -> Priority:
    return Priority(
        **(
            ROW
            | {"id": number, "handle": f"L1.{number}", "person_id": 9, "text": "x"}
            | fields
        )
    )


def test_coverage_counts_active_priorities_served_by_active_goals() -> None:
    wanted = [priority(n) for n in (1, 2, 3, 4)] + [priority(5, state="dropped")]
    serving = [
        goal(serves=(Serve(1, "L1.1", "x"), Serve(2, "L1.2", "x"))),
        goal(serves=(Serve(2, "L1.2", "x"), Serve(5, "L1.5", "x"))),
        goal(serves=(Serve(3, "L1.3", "x"),)),
        goal(serves=(Serve(4, "L1.4", "x"),), state="released"),
        goal(),
    ]
    assert coverage(serving, wanted) == Coverage(3, 4, 1)
    assert coverage([], []) == Coverage(0, 0, 0)


@pytest.mark.parametrize(
    ("fields", "old"),
    [
        ({"basis": "guess", "checked_on": date(2024, 7, 16)}, False),
        ({"basis": "guess", "checked_on": date(2024, 7, 15)}, True),
        ({"basis": "guess"}, True),
        ({"basis": "said", "checked_on": date(2024, 5, 17)}, False),
        ({"basis": "said", "checked_on": date(2024, 5, 16)}, True),
        ({"basis": "said"}, False),
        ({"basis": "guess", "state": "met"}, False),
    ],
)
def test_a_belief_grows_stale(fields: dict[str, object], old: bool) -> None:
    assert stale(priority(1, **fields), date(2024, 9, 14)) is old


def test_a_goal_is_frozen() -> None:
    with pytest.raises(AttributeError):
        goal().title = "other"  # type: ignore[misc]
    assert replace(goal(), title="other").title == "other"
