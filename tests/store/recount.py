"""The figures again, counted by hand in plain Python from the exported document."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plannertui.core.workdays import WorkCalendar

SIDES = {"leader": "up", "above": "up", "peer": "peers", "below": "down"}


class Recount:
    """What a careful reader of the JSON would count, without a look at our queries."""

    def __init__(self, document: dict[str, Any], first: date, last: date) -> None:
        self.tables: dict[str, list[dict[str, Any]]] = document["tables"]
        self.first, self.last = first, last

    def alive(self, table: str) -> list[dict[str, Any]]:
        return [row for row in self.tables[table] if row.get("deleted_at") is None]

    def inside(self, day: str | None) -> bool:
        return day is not None and self.first <= date.fromisoformat(day) <= self.last

    def people(self) -> dict[int, dict[str, Any]]:
        return {row["id"]: row for row in self.tables["person"]}

    def promises(self, today: date) -> tuple[Counter[str], Counter[str]]:
        kept: Counter[str] = Counter()
        every: Counter[str] = Counter()
        for m in self.alive("matter"):
            if m["kind"] != "promise" or m["nature"] == "grey" or not m["due"]:
                continue
            if date.fromisoformat(m["due"]) >= today or not self.inside(m["due"]):
                continue
            person = self.people().get(m["person_id"], {})
            where = SIDES.get(person.get("relation", ""), "others")
            every[where] += 1
            kept[where] += self.kept(m)
        return kept, every

    @staticmethod
    def kept(m: dict[str, Any]) -> bool:
        """Done by the first date; or by the last, moved and told in time, twice at most."""
        if m["state"] != "done" or m["closed_on"] > m["due"]:
            return False
        moves = json.loads(m["moves"])
        if all(m["closed_on"] <= old for old, _told in moves):
            return True
        return len(moves) <= 2 and all(told and told <= old for old, told in moves)

    def entries(self, kind: str) -> list[dict[str, Any]]:
        return [
            e
            for e in self.alive("entry")
            if e["kind"] == kind and self.inside(e["day"])
        ]

    def warned(self) -> int:
        return sum(
            e["about"] is None or e["about"] >= e["day"] for e in self.entries("warn")
        )

    def started(self) -> int:
        return sum(
            m["kind"] in ("task", "promise")
            and m["origin"] == "mine"
            and m["nature"] != "grey"
            and self.inside(m["day"])
            for m in self.alive("matter")
        )

    def options(self) -> tuple[int, int]:
        up = [
            s
            for s in self.alive("situation")
            if self.inside(s["day"])
            and (
                s["state"] == "sent"
                or (s["state"] == "closed" and _message(s["move"]).strip())
            )
        ]
        two = [
            s
            for s in up
            if sum(bool(o["text"].strip()) for o in _options(s["options"])) > 1
        ]
        return len(two), len(up)

    def checked(self) -> tuple[int, int]:
        found = [
            s["match"]
            for s in self.alive("situation")
            if s["state"] == "closed"
            and s["match"] in ("yes", "partly", "no")
            and self.inside(s["closed_on"] or s["day"])
        ]
        people = self.people()
        for k in self.alive("priority"):
            if people[k["person_id"]]["deleted_at"] is None:
                found += [
                    right
                    for on, was, right in json.loads(k["checks"])
                    if was == "guess" and self.inside(on)
                ]
        return found.count("yes"), len(found)

    def lessons(self) -> tuple[int, int]:
        closed = [
            s
            for s in self.alive("situation")
            if s["state"] == "closed" and self.inside(s["closed_on"] or s["day"])
        ]
        learned = [s for s in closed if json.loads(s["close"]).get("lesson", "")]
        return len(learned), len(closed)

    def basis(self, today: date) -> tuple[Counter[str], int]:
        people = self.people()
        active = [
            k
            for k in self.alive("priority")
            if k["state"] == "active" and people[k["person_id"]]["deleted_at"] is None
        ]
        old = [
            k
            for k in active
            if k["basis"] == "guess"
            and (
                k["checked_on"] is None
                or date.fromisoformat(k["checked_on"]) < today - timedelta(days=60)
            )
        ]
        return Counter(k["basis"] for k in active), len(old)

    def aligned(self, year: int) -> tuple[int, int, int]:
        """Served, all, own."""
        leader = [
            p["id"]
            for p in self.alive("person")
            if p["is_primary"] and p["state"] == "active"
        ]
        wanted = {
            k["id"]
            for k in self.alive("priority")
            if k["state"] == "active" and k["person_id"] in leader
        }
        goals = {
            g["id"]
            for g in self.alive("goal")
            if g["year"] == year and g["state"] == "active"
        }
        alive = {k["id"] for k in self.alive("priority")}
        serves = [
            s
            for s in self.tables["serve"]
            if s["goal_id"] in goals and s["priority_id"] in alive
        ]
        served = {s["priority_id"] for s in serves} & wanted
        return len(served), len(wanted), len(goals - {s["goal_id"] for s in serves})

    def reflected(self, days: list[date]) -> int:
        done = {e["day"] for e in self.alive("entry") if e["kind"] == "reflection"}
        return sum(day.isoformat() in done for day in days)

    def workdays(self, calendar: WorkCalendar) -> list[date]:
        found, day = [], self.first
        while day <= self.last:
            if calendar.is_workday(day):
                found.append(day)
            day += timedelta(days=1)
        return found

    def wins(self) -> dict[str, tuple[int, int]]:
        """Proved wins and claims by the goal's handle, "" for wins without one."""
        handles = {
            h["id"]: f"{h['letter']}{h['number']}" for h in self.tables["handle"]
        }
        goals = {g["id"] for g in self.alive("goal")}
        found: dict[str, list[int]] = {}
        for e in self.entries("win"):
            win = json.loads(e["win"]) if e["win"] else {}
            proved = bool(
                win.get("number") or win.get("document") or win.get("witnesses")
            )
            named = {
                link["to_id"]
                for link in self.tables["link"]
                if link["from_id"] == e["id"] and link["to_id"] in goals
            }
            for goal in named or {0}:
                counts = found.setdefault(handles.get(goal, ""), [0, 0])
                counts[0 if proved else 1] += 1
        return {name: (a, b) for name, (a, b) in found.items()}


def _message(text: str) -> str:
    move = json.loads(text)
    return f"{move.get('message', '')}{move.get('propose', '')}"


def _options(text: str) -> list[dict[str, str]]:
    given: list[dict[str, str]] = json.loads(text).get("options", [])
    return given


def check(
    told: dict[str, Any], by_hand: Recount, today: date, calendar: WorkCalendar
) -> None:
    """Every figure that was ``told`` of the span against the recount of it."""
    found = told["figures"]
    kept, every = by_hand.promises(today)
    assert (found["kept"]["count"], found["kept"]["of"]) == (
        kept.total(),
        every.total(),
    )
    for where in ("up", "peers", "down", "others"):
        part = found[f"kept_{where}"]
        assert (part["count"], part["of"]) == (kept[where], every[where])
    assert found["warned"]["count"] == by_hand.warned()
    assert found["surprised"]["count"] == len(by_hand.entries("surprise"))
    assert found["started"]["count"] == by_hand.started()
    for name, pair in (
        ("options", by_hand.options()),
        ("checked", by_hand.checked()),
        ("lessons", by_hand.lessons()),
    ):
        assert (found[name]["count"], found[name]["of"]) == pair
    basis, stale = by_hand.basis(today)
    for name in ("said", "seen", "guess"):
        assert found[f"basis_{name}"]["count"] == basis[name]
    assert found["basis_stale"]["count"] == stale
    served, wanted, own = by_hand.aligned(today.year)
    assert (found["aligned"]["count"], found["aligned"]["of"]) == (served, wanted)
    assert found["own"]["count"] == own
    long_before = today - timedelta(days=75)
    twenty = Recount({"tables": by_hand.tables}, long_before, today)
    recent = twenty.workdays(calendar)[-20:]
    assert found["reflected"]["count"] == by_hand.reflected(recent)
    worked = by_hand.workdays(calendar)
    assert found["reflected_span"]["count"] == by_hand.reflected(worked)
    assert found["reflected_span"]["of"] == len(worked)
    shown = {
        row["goal"]: (row["evidence"], row["claims"])
        for row in told["evidence"]
        if row["evidence"] or row["claims"]
    }
    assert shown == by_hand.wins()
