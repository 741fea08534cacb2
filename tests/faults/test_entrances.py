"""Cases 42, 43, 46, 47: bytes that are no text, at every entrance; what goes out again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import PlannerError
from plannertui.core.text import clean
from plannertui.store import entries, events, goals, items, matters, people, situations
from plannertui.store.items import Filter
from plannertui.store.settings import load, save
from plannertui.tui.app import PlannerApp
from tests.tui.sample import planner

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from plannertui.store.open import Store
    from tests.conftest import Ptui
    from tests.faults.harness import Tally

BAD = {
    "nul": b"before\0after",
    "latin-1": b"caf\xe9 before after",
    "half": "before \u9884 after".encode()[:-8] + b"\xe9\xa2",
    "overlong": b"before \xc0\xaf after",
    "surrogate": b"before \xed\xa0\x80 after",
    "beyond": b"before \xf4\x90\x80\x80 after",
    "utf-16": b"\xff\xfe" + "before after".encode("utf-16-le"),
    "all": bytes(range(256)) + b" before after",
}


def readable(ptui: Ptui, tally: Tally, what: str) -> None:
    """Everything in the store can be read again, by every reader."""
    for words in (("ls", "--all"), ("ls", "--all", "--json"), ("export", "--json")):
        ran = ptui(*words)
        if ran.code:
            tally.loses(f"{what}: {words}: {ran.err}")
    if ptui("doctor").code:
        tally.loses(f"{what}: doctor")


@pytest.mark.case(42, 43)
@pytest.mark.parametrize("name", sorted(BAD))
def test_bytes_that_are_no_text_from_the_shell(
    ptui: Ptui, tmp_path: Path, tally: Tally, name: str
) -> None:
    """Pipe, argument, edit, import from stdin and file: kept as marks, or refused."""
    raw = BAD[name]
    calls: list[tuple[tuple[str | bytes, ...], bytes | None]] = [
        (("note",), raw),
        (("promise", "--by", "fri"), raw),
        (("edit", "J1", "--text", "-"), raw),
        (("goal", "add"), raw),
        (("event", "add", "-", "--on", "today"), raw),
        (("import", "-", "--from", "jrnl"), b"[2024-09-12 09:30] " + raw),
        (("import", "-", "--from", "csv"), b"text,date\n" + raw + b",2024-09-12\n"),
        (("import", "-", "--from", "org"), b"* 2024-09-12 Thu\n** " + raw),
        (("import", "-", "--json"), b'{"format": "' + raw + b'"}'),
    ]
    if b"\0" not in raw:
        calls += [
            (("note", raw), None),
            (("leader", "add", raw[:20]), None),
            (("search", raw), None),
            (("ls", "--tag", raw), None),
        ]
    assert ptui("note", "first").code == 0
    for words, given in calls:
        ran = ptui(*words, input=given)
        tally.tried()
        assert "fault of the program" not in ran.err, (words, ran.err)
        assert ran.code in range(5), words
        if given == raw and words[0] == "note":
            assert ran.code == 0, ran.err
            assert ran.err.strip(), "nothing was said of what was replaced"
            kept = ptui("ls", "--json").json[-1]["text"]
            if "before" in raw.decode("utf-8", "ignore"):
                assert "before" in kept
            assert "\0" not in kept
        if name in ("nul", "latin-1") and ran.code and given is not None:
            assert ran.err.strip()
    readable(ptui, tally, name)
    # A settings file of such bytes is named, and left as it is.
    config = tmp_path / "config.toml"
    config.write_bytes(b'theme = "' + raw + b'"\n')
    before = config.read_bytes()
    ran = ptui("ls", "--config", str(config))
    tally.tried()
    assert ran.code == 0 or "config.toml" in ran.err
    assert config.read_bytes() == before


LONE = "a\ud800b\udfffc\0d"
KEPT = "a\ufffdb\ufffdcd"


@pytest.mark.case(42, 43)
def test_half_characters_below_the_entrances(
    store: Store, now: datetime, tmp_path: Path, tally: Tally
) -> None:
    """Whatever calls the store, no row is made that cannot be read."""
    day = now.date()
    leader = people.add(store, alias=LONE[:8], now=now)
    entries.add(store, text=LONE, day=day, now=now, tags=[LONE])
    matters.add(store, title=LONE, day=day, now=now, person_id=leader.id)
    events.add(store, title=LONE, starts_on=day, now=now, place=LONE, notes=LONE)
    goals.add(store, year=day.year, title=LONE, why=LONE, start=day, due=day, now=now)
    situations.add(store, line=LONE, day=day, now=now)
    found = items.ls(store, Filter())
    tally.tried(len(found))
    assert {item.text for item in found} == {KEPT}
    assert people.get(store, leader.id).alias == clean(LONE[:8])
    for (table,) in store.read(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'fts%'"
    ):
        for row in store.read(f"SELECT * FROM {table}"):
            for value in row:
                if isinstance(value, str):
                    value.encode()
                    assert "\0" not in value, table
    path = tmp_path / "config.toml"
    try:
        save(str(path), {"title": LONE})
    except (PlannerError, UnicodeEncodeError):
        assert not path.exists() or load(str(path), {}) is not None
    else:
        assert load(str(path), {}) is not None


@pytest.mark.case(42, 43)
async def test_a_paste_of_half_characters(store: Store, now: datetime) -> None:
    from textual import events as keys

    from plannertui.tui.isnew import WELCOMED

    store.set_meta(WELCOMED, "1")
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("r")
        app.post_message(keys.Paste(LONE))
        await pilot.pause()
        await pilot.press("ctrl+s", "escape", "a")
        app.post_message(keys.Paste(LONE))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
    assert [item.text for item in items.ls(store, Filter())] == [KEPT, KEPT]


# -- what goes out ------------------------------------------------------------------------

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "＝1＋1",
    "---\ntitle: x\n---",
    "# heading",
    "- [ ] task",
    "<script>alert(1)</script>",
    "![x](http://example.org/x.png)",
    "[[link]] {{x}} {% y %}",
)


@pytest.mark.case(46)
def test_what_goes_out_is_text_there(ptui: Ptui, store: Store, now: datetime) -> None:
    """A table has no formula, a page no front matter, script or picture of ours."""
    import csv
    import io

    for text in FORMULAS:
        entries.add(store, text=text, day=now.date(), now=now, share="ready")
    table = ptui("export", "--to", "csv").out
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell], cells
    back = ptui("import", "-", "--from", "csv", "--dry-run", input=table)
    assert back.code == 0, back.err
    page = ptui("export", "--to", "markdown").out
    lines = page.splitlines()
    # Front matter can only stand at the very beginning, and there it is ours.
    assert "title: x" not in lines[: lines.index("---", 1) if "---" in lines[1:] else 1]
    assert "\n- [ ] task" not in page
    assert "\n# heading" not in page
    html = ptui("report", "weekly", "--html").out or ptui("report", "weekly").out
    assert "<script>" not in html
    document = json.loads(ptui("export", "--json").out)
    kept = {row["text"] for row in document["tables"]["entry"]}
    assert kept == set(FORMULAS)


@pytest.mark.case(47)
def test_the_syntax_of_the_engine_is_words(
    ptui: Ptui, store: Store, now: datetime, tally: Tally
) -> None:
    """Every operator, alone and in pairs: an answer, never an error of the engine."""
    entries.add(store, text="near and not the column", day=now.date(), now=now)
    parts = ['"', "*", "NEAR(", "-", "^", ":", "AND", "OR", "NOT", "(", ")", "{text}"]
    parts += ["text:", "near", "+", "'", ";", "--", "%", "_", "\\", "\u3000", "，"]
    for one in parts:
        for other in ("", *parts):
            ran = ptui("search", "--json", "--", f"{one} {other}".strip())
            tally.tried()
            if "fault" in ran.err or "fts5" in ran.err or ran.code not in (0, 2):
                tally.loses(f"{one} {other}: {ran.code} {ran.err}")
    assert ptui("search", "near", "--json").json
    assert ptui("search", "", "--json").code in (0, 2)
