"""Nothing private, no guess as a fact, no failure as a win, no real name: in any report.

Each kind of thing that must not leave carries a word of its own, and every report is made
with the templates of the program and with templates that try to get at it.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from plannertui import i18n
from plannertui.core.errors import BadSettings, PlannerError
from plannertui.core.goals import Measure
from plannertui.core.people import Belief
from plannertui.outputs.report import KINDS, PROFILES, Report, make
from plannertui.store import (
    entries,
    events,
    goals,
    matters,
    people,
    priorities,
    situations,
    trash,
)
from plannertui.store.calendar import work_calendar
from plannertui.store.open import open_store
from plannertui.store.settings import Settings
from tests.examples import costly

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

DAY = date(2024, 9, 12)
KINDS_OF_ENTRIES = (
    *("note", "win", "lesson", "warn", "surprise", "thanks", "feedback", "setback"),
    *("mirror", "reflection", "review"),
)
PRIVATE = "zzprivate"
GUESS = "zzguess"
NAME = "Zznina Qqnamen"
BOUNDARY = "zzboundary"
PREDICTED = "zzpredicted"
FAILED = "zzfailed"
OWN = "zzowncourse"
NEVER = ("zzobstacle", "zzifthen", PRIVATE, BOUNDARY, PREDICTED, "Zznina", "Qqnamen")
GREEDY = """
# Wins, all of them
{% macro dig(x, depth) %}{% if depth %}{% if x is mapping %}{% for k in x %}{{ k }} {{ dig(x[k], depth - 1) }}
{% endfor %}{% elif x is string or x is number %}{{ x }}
{% elif x is iterable %}{% for y in x %}{{ dig(y, depth - 1) }}
{% endfor %}{% endif %}{% endif %}{% endmacro %}
"""


def fill(db: Store, now: datetime, say: str = "") -> None:
    """Everything that there is, each with its word; ``say`` stands in what is ready."""
    leader = people.add(
        db,
        alias="Director",
        name=NAME,
        now=now,
        style={"depth": Belief(f"{GUESS} style", "guess", DAY)},
    )
    known = priorities.add(
        db, leader, text=f"said {say}"[:110], basis="said", checked_on=DAY, now=now
    )
    believed = priorities.add(
        db, leader, text=f"{GUESS} priority", basis="guess", checked_on=DAY, now=now
    )
    goal = goals.add(
        db,
        year=2024,
        title="Backlog",
        start=date(2024, 1, 1),
        due=date(2024, 12, 31),
        now=now,
        measure=Measure("cases", "", 400, 100, 400, "down"),
        obstacle="zzobstacle",
        if_then="zzifthen",
    )
    goal = goals.serve(db, goal, known.id, "", now)
    goal = goals.serve(db, goal, believed.id, f"{GUESS} how", now)
    goal = goals.check_in(db, goal, 200, day=DAY, now=now, note=PRIVATE)
    goals.add(
        db,
        year=2024,
        title=f"{OWN} goal",
        start=date(2024, 1, 1),
        due=date(2024, 12, 31),
        now=now,
    )
    for kind in KINDS_OF_ENTRIES:
        for share in ("private", "ready"):
            word = PRIVATE if share == "private" else f"{kind} of {NAME} {say}"
            if share == "ready" and kind in ("setback", "surprise"):
                word = f"{FAILED} {word}"
            entries.add(
                db,
                kind=kind,
                text=f"{word} @L1 @G1",
                day=DAY,
                now=now,
                share=share,
                links=[leader.id, goal.id],
                tags=["decide"] if kind == "surprise" else [],
                win={
                    "number": "4",
                    "document": "doc",
                    "witnesses": ["L1"],
                    "credit": ["L1"],
                }
                if kind == "win"
                else None,
            )
    for nature in ("official", "private", "grey"):
        for kind in ("task", "promise", "waiting", "ask"):
            matters.add(
                db,
                kind=kind,
                title=BOUNDARY if nature != "official" else f"matter {kind}",
                nature=nature,
                day=DAY,
                due=date(2024, 9, 20),
                now=now,
                person_id=leader.id,
                tags=["ready"],
                boundary={"words": BOUNDARY} if nature == "grey" else None,
            )
    matters.add(
        db,
        kind="ask",
        title=f"{GUESS} ask",
        day=DAY,
        now=now,
        person_id=leader.id,
        priority_id=believed.id,
    )
    events.add(
        db,
        title="Talk",
        kind="one_on_one",
        starts_on=date(2024, 9, 19),
        time="10:00",
        people=[leader.id],
        agenda=[{"ref": "J1"}, {"ref": "M5"}, {"ref": "L1.2"}, {"text": say or "x"}],
        now=now,
    )
    situations.add(
        db,
        line=f"system down {say}"[:140],
        day=DAY,
        now=now,
        person_id=leader.id,
        predicted=PREDICTED,
        chair={"asked_by": PRIVATE, "asked_what": PRIVATE},
        move={"type": "decide", "propose": say},
        options={"options": [{"text": say or "paper", "cost": "2 h"}], "pick": 1},
        close={"lesson": PRIVATE},
    )


def report(
    db: Store, now: datetime, kind: str, folder: str = "", **more: Any
) -> Report:
    """A report of the store at ``now``, with the user's templates in ``folder``."""
    settings = Settings(f"{folder}/config.toml" if folder else "", {})
    calendar = work_calendar(db, settings, "en", now.date())
    return make(
        db,
        kind,
        now=now,
        today=now.date(),
        calendar=calendar,
        settings=settings,
        **more,
    )


def check(made: Report) -> None:
    """What holds for every report that is not the boundary record."""
    for shape in (made.markdown, made.html(), made.title):
        for word in NEVER:
            assert word not in shape
        assert not {"\x1b", "\u202e", "\ue000", "\ue001"} & set(shape)
    for line in made.markdown.split("\n"):
        for found in re.finditer(GUESS + r"[^(（]*", line):
            rest = line[found.end() :]
            assert re.match(r"[(（](guess|猜的|9月12日起是猜的)", rest), line
        if made.kind not in ("brief", "year"):
            assert GUESS not in line
            assert OWN not in line


def under(markdown: str, word: str) -> list[str]:
    """The headings or labels that the lines with ``word`` stand under."""
    found, label = [], ""
    for line in markdown.split("\n"):
        labels = re.findall(r"\*\*(.+?)\*\*", line)
        if line.startswith("#"):
            label = line.lstrip("# ")
        elif labels:
            label = labels[-1]
        if word in line:
            found.append("" if "work: " in line.split(word)[0] else label)
    return found


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_report_tells_what_stays_behind(
    store: Store, now: datetime, kind: str, profile: str, language: str
) -> None:
    if kind != "self" and profile != "plain":
        return
    fill(store, now)
    made = report(store, now, kind, profile=profile, language=language)
    if kind == "boundary":
        assert BOUNDARY in made.markdown
        assert PRIVATE not in made.markdown
        return
    check(made)
    wins = ("wins", "win", "action", "result", "facts", "what was done", "绩", "行动")
    for label in under(made.markdown, FAILED):
        assert label.strip(":：").casefold() not in wins, label
    assert i18n.language() == "en"
    codes = {one.code for one in made.left_out}
    if kind in ("weekly", "nominate", "self", "year", "handover", "brief"):
        assert {"private", "boundary"} <= codes
    for one in made.left_out:
        assert BOUNDARY not in one.text
        assert one.why


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "boundary"])
def test_a_greedy_template_gets_no_more(
    store: Store, now: datetime, tmp_path: Path, kind: str
) -> None:
    fill(store, now)
    folder = tmp_path / "templates" / "en"
    folder.mkdir(parents=True)
    names = set(_names(store, now, kind, folder, tmp_path))
    assert names
    digs = "\n".join(
        f"{{% if {name} is defined %}}{{{{ dig({name}, 6) }}}}{{% endif %}}"
        for name in sorted(names)
    )
    (folder / f"{kind}.md").write_text(GREEDY + digs, encoding="utf-8")
    made = report(store, now, kind, str(tmp_path))
    check(made)
    for line in made.markdown.split("\n"):
        for found in re.finditer(FAILED, line):
            assert line[: found.start()].endswith("did not work: "), line


def _names(
    store: Store, now: datetime, kind: str, folder: Path, home: Path
) -> list[str]:
    """Every name that templates of ``kind`` use."""
    from jinja2 import Environment, meta

    from plannertui.outputs.render import OWN as SHIPPED

    found: set[str] = set()
    for language in ("en", "zh_Hans"):
        text = Path(SHIPPED, language, f"{kind}.md").read_text(encoding="utf-8")
        found |= meta.find_undeclared_variables(
            Environment(autoescape=True).parse(text)
        )
    return sorted(found)


@pytest.mark.parametrize(
    "template",
    [
        "{{ ().__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ bottom.__init__.__globals__ }}",
        "{{ period.items.__func__ }}",
        "{% for x in range(10**9) %}x{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{% include '../../../../../../etc/passwd' %}",
        "{{ nobody }}",
        "{{ 1 / 0 }}",
        "{% if %}",
        "{{ period.label | nonsense }}",
        "{{ (review or ['ab'])[0][1:] }}{{ failures[0][2:] }}",
    ],
)
def test_a_template_that_cannot_be_used_is_named(
    store: Store, now: datetime, tmp_path: Path, template: str
) -> None:
    fill(store, now)
    folder = tmp_path / "templates" / "en"
    folder.mkdir(parents=True)
    (folder / "weekly.md").write_text("fine\n" + template + "\n", encoding="utf-8")
    with pytest.raises(BadSettings) as caught:
        report(store, now, "weekly", str(tmp_path))
    if "two; texts" not in caught.value.message:
        assert "line" in caught.value.message
        assert "Mend the template" in caught.value.message


TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "{{ 7*7 }}{% raw %}",
            "<script>alert(1)</script><img src=x onerror=y>",
            "| a | b |\n|---|---|",
            "# Wins\n\n- all",
            "\u202egnirts \x1b[31m \x00",
            "](javascript:alert(1))",
            "\ue0001\ue001",
            "**Less good:** x",
        ]
    ),
)


@costly(15, suppress_health_check=list(HealthCheck))
@given(say=TEXTS)
def test_hostile_texts_are_texts(
    tmp_path_factory: pytest.TempPathFactory, now: datetime, say: str
) -> None:
    db = open_store(str(tmp_path_factory.mktemp("db") / "planner.db"), now=now)
    try:
        fill(db, now, say)
        for kind in KINDS:
            if kind == "boundary":
                continue
            try:
                made = report(db, now, kind)
            except PlannerError as error:
                raise AssertionError(error.message) from error
            check(made)
            page = made.html()
            assert "<script" not in page
            assert "onerror=" not in re.sub(r"&lt;.*?&gt;", "", page)
    finally:
        db.close()


def test_names_are_typed_and_never_taken_from_the_store(
    store: Store, now: datetime
) -> None:
    fill(store, now)
    made = report(store, now, "brief", names={"L1": "Ms Li"})
    assert "Ms Li" in made.markdown
    assert "Director" not in made.title
    check(made)
    assert "Ms Li" not in report(store, now, "brief", names=True).markdown


@pytest.mark.parametrize("gone", ["trash", "name", "other"])
def test_a_real_name_stays_behind_when_its_person_is_gone(
    store: Store, now: datetime, gone: str
) -> None:
    ann = people.add(store, alias="Ann", name="Annabel Smithson", now=now)
    entries.add(store, text="Annabel Smithson ran it", day=DAY, now=now, share="ready")
    if gone == "trash":
        trash.remove(store, ann.id, now)
    else:
        people.edit(store, ann, now, name=None if gone == "name" else "Ann Other")
    made = report(store, now, "weekly").markdown
    assert "Ann ran it" in made
    assert "Smithson" not in made


def test_ones_own_course_is_not_named_in_passing(store: Store, now: datetime) -> None:
    fill(store, now)
    entries.add(
        store,
        kind="win",
        text="An hour for @G2, then @G1 again",
        day=DAY,
        now=now,
        share="ready",
    )
    text = report(store, now, "weekly").markdown
    assert "An hour for, then Backlog again" in text
    assert OWN not in text


def test_a_required_heading_is_filled_by_hand_too() -> None:
    from plannertui.outputs.report import missing_in

    required = ("Problems",)
    assert missing_in("## Problems\n_hint_\n\n## Next\n- x", required)
    assert missing_in("## Next\n- x", required)
    assert not missing_in("## Problems\n- none was solved in time", required)
    assert not missing_in("## Problems\nA sentence.\n", required)
